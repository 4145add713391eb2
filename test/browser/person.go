package browser

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// patience is how long a person waits for something to appear, and limit how
// long the browser may take for one command.
const (
	patience = 10 * time.Second
	limit    = 30 * time.Second
)

// Person is somebody at a screen. Every helper fails the test by itself.
type Person struct {
	t      testing.TB
	name   string
	base   *url.URL
	ctx    context.Context
	page   *watch
	screen screen
	clicks int
	waits  time.Duration
}

type screen struct {
	width, height int64
	dark          bool
	noScript      bool
}

// Option says how a person looks at the product.
type Option func(*screen)

// Phone is a screen of 390 wide. Without it the screen is 1280 wide.
func Phone(s *screen) { s.width, s.height = 390, 844 }

// Dark prefers the dark scheme.
func Dark(s *screen) { s.dark = true }

// NoScript switches JavaScript off.
func NoScript(s *screen) { s.noScript = true }

// Person opens a new tab with its own cookies and storage.
func (b *Browser) Person(name string, how ...Option) *Person {
	b.t.Helper()
	p := &Person{t: b.t, name: name, base: b.base, screen: screen{width: 1280, height: 800}, waits: patience}
	for _, option := range how {
		option(&p.screen)
	}
	p.page = newWatch(b.base.Host)
	ctx, leave := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(p.page.event))
	p.ctx = ctx
	p.page.dismiss = func() {
		// The tab waits for an answer, and we are called by what would hear it.
		go func() { _ = p.try(command(page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{})) }()
	}
	p.t.Cleanup(func() {
		p.page.report(p.t, p.name)
		leave()
	})
	// The tab lives as long as the context of its first command: no time limit here.
	if err := chromedp.Do(ctx, p.show()); err != nil {
		p.fail("open a tab: %v", err)
	}
	return p
}

// Look changes the screen of a person who is already looking.
func (p *Person) Look(how ...Option) {
	p.t.Helper()
	p.screen = screen{width: 1280, height: 800, noScript: p.screen.noScript}
	for _, option := range how {
		option(&p.screen)
	}
	p.do("change the screen", p.show())
}

// show applies the screen. Movement is always reduced, so that a picture and a
// measurement of contrast never fall in the middle of it.
func (p *Person) show() chromedp.Action[chromedp.Void] {
	s := p.screen
	scheme := "light"
	if s.dark {
		scheme = "dark"
	}
	var viewport []chromedp.EmulateViewportOption
	if s.width < 600 {
		viewport = append(viewport, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	return chromedp.Steps(
		chromedp.EmulateViewport(s.width, s.height, viewport...),
		command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme},
			{Name: "prefers-reduced-motion", Value: "reduce"},
		}}),
		command(emulation.SetLocaleOverride, emulation.SetLocaleOverrideParams{Locale: "nl-NL"}),
		command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: s.noScript}),
	)
}

// OnPaper shows the page as it would be printed, until the next Look.
func (p *Person) OnPaper() {
	p.t.Helper()
	p.do("show paper", command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}))
}

// do runs steps within the patience of the person.
func (p *Person) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := p.try(steps...); err != nil {
		p.fail("%s: %v", what, err)
	}
}

func (p *Person) try(steps ...chromedp.Action[chromedp.Void]) error {
	ctx, cancel := context.WithTimeout(p.ctx, limit)
	defer cancel()
	return chromedp.Do(ctx, steps...)
}

// until asks again and again, and gives the last answer when patience ends.
func (p *Person) until(ask func() error) error {
	ctx, cancel := context.WithTimeout(p.ctx, p.waits)
	defer cancel()
	for {
		err := ask()
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(40 * time.Millisecond):
		}
	}
}

// fail ends the test with who, where and what.
func (p *Person) fail(format string, args ...any) {
	p.t.Helper()
	p.t.Fatalf(strings.Join([]string{p.name, " at ", p.page.where(), ": ", format}, ""), args...)
}
