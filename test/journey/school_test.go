//go:build browser

package journey

import (
	"net/url"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/test/browser"
	"leerkring/test/whole"
)

func TestMain(m *testing.M) { browser.Main(m) }

// school is Het Baken College without a single trajectory, open for everybody.
type school struct {
	t        *testing.T
	program  *whole.Program
	browser  *browser.Browser
	database string
	at       string // the step that the journey is at
}

// each walks a journey on both engines, one after the other: two Chromiums at once wait
// for each other.
func each(t *testing.T, walk func(t *testing.T, s *school), args ...string) {
	t.Run("sqlite", func(t *testing.T) {
		dir := t.TempDir()
		walk(t, open(t, "sqlite:"+filepath.Join(dir, "leerkring.db"), append(args, "--data", dir)...))
	})
	t.Run("postgres", func(t *testing.T) {
		address := dbtest.PostgresURL(t)
		walk(t, open(t, address, append(args, "--data", t.TempDir(), "--database", address)...))
	})
}

func open(t *testing.T, database string, args ...string) *school {
	t.Helper()
	p := whole.Demo(t, append(args, "--empty")...)
	s := &school{t: t, program: p, browser: browser.New(t, p.Address), database: database}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the journey came as far as: %s", s.at)
			if log := p.Log(); log != "" {
				t.Logf("the program wrote: %s", log)
			}
		}
	})
	return s
}

// step is a named part of a journey.
func (s *school) step(name string, walk func()) {
	s.at = name
	walk()
}

// person is somebody at a screen, who knows a few ways around the pages.
type person struct {
	*browser.Person
	t *testing.T
}

// comes lets in somebody for whom the demo keeps a link.
func (s *school) comes(role string, how ...browser.Option) *person {
	s.t.Helper()
	who := s.program.Role(role)
	return s.enters(who.Name, who.SignIn, how...)
}

// byMail lets in somebody who asks for a link with an address, and follows the link in
// the mail that the program wrote.
func (s *school) byMail(name, email string, how ...browser.Option) *person {
	s.t.Helper()
	p := &person{s.browser.Person(name, how...), s.t}
	p.Goto("/sign-in")
	p.Click("Nederlands") // nobody knows yet which language a stranger reads
	p.Fill("mailadres", email)
	p.Click("Mail me een link")
	p.See("Acht letters") // the mail is written by now
	p.through(s.link(email))
	return p
}

func (s *school) enters(name, link string, how ...browser.Option) *person {
	s.t.Helper()
	p := &person{s.browser.Person(name, how...), s.t}
	p.through(link)
	return p
}

// through goes in by a link, and past the welcome that somebody new is shown.
func (p *person) through(link string) {
	p.t.Helper()
	at, err := url.Parse(link)
	if err != nil {
		p.t.Fatal(err)
	}
	p.Goto(at.Path)
	p.Click("Ga naar binnen")
	p.Goto("/week")
}

var linkInMail = regexp.MustCompile(`http://\S+/sign-in/link/\S+`)

// link reads the last mail to an address where it waits to be sent.
func (s *school) link(email string) string {
	s.t.Helper()
	d, err := db.Open(s.t.Context(), s.database)
	if err != nil {
		s.t.Fatal(err)
	}
	text, err := db.One(s.t.Context(), d, `select body_text from mail where address = $1 order by made_at desc, id desc limit 1`, db.Str, email)
	if e := d.Close(); err == nil {
		err = e
	}
	if err != nil {
		s.t.Fatalf("the mail to %s: %v", email, err)
	}
	link := linkInMail.FindString(text)
	if link == "" {
		s.t.Fatalf("the mail to %s has no link", email)
	}
	return link
}

// next goes on by keyboard from the field that was written last to the button with this
// name, and presses it: a page may have the same word on the button of each form.
func (p *person) next(button string) {
	p.t.Helper()
	passed := []string{}
	for range 40 {
		p.Press(kb.Tab)
		at := p.Focused()
		if at == button {
			p.Press(kb.Enter)
			return
		}
		passed = append(passed, at)
	}
	p.t.Fatalf("at %s: no button %q after the field; passed %s", p.Path(), button, strings.Join(passed, " | "))
}

// unfold opens the part of the page with this name, unless it is open.
func (p *person) unfold(name string) {
	p.t.Helper()
	open := browser.Eval[bool](p.Person, `[...document.querySelectorAll("details[open] > summary")].some((s) => s.innerText.trim() === `+strconv.Quote(name)+`)`)
	if !open {
		p.Click(name)
	}
}

var trajectoryAt = regexp.MustCompile(`^/trajectories/[0-9a-z]{26}`)

// begins begins the case of the journeys and returns where it lives.
func (p *person) begins(title, about, stage string) string {
	p.t.Helper()
	p.Goto("/trajectories")
	p.Click("iets oplossen wat ons al langer dwarszit")
	p.Fill("Hoe noemen jullie het?", title)
	p.Fill("Waar gaat het om?", about)
	if stage != "" {
		p.Choose(stage)
	}
	p.Click("Begin")
	at := trajectoryAt.FindString(p.Path())
	if at == "" {
		p.t.Fatalf("began, and came to %s", p.Path())
	}
	return at
}

// asks asks a colleague in.
func (p *person) asks(at, colleague, role, behalf string) {
	p.t.Helper()
	p.Goto(at + "/people")
	p.Fill("Collega", colleague)
	p.Choose(role)
	p.Fill("Namens wie?", behalf)
	p.Click("Vraag erbij")
	p.See(colleague)
}

// answers answers a question on its own page.
func (p *person) answers(at, question, text string) {
	p.t.Helper()
	p.Goto(at + "/questions/" + question)
	p.unfold("Geef jouw antwoord")
	p.Fill("Wat zeg jij?", text)
	p.next("Voeg toe")
	p.See("Je bijdrage staat erbij")
}

// complaint is what stands at the field with this label as wrong, as a screen reader
// finds it.
func (p *person) complaint(label string) string {
	p.t.Helper()
	return browser.Eval[string](p.Person, `(() => {
		const field = [...document.querySelectorAll("[aria-invalid=true]")].find((f) => [...(f.labels ?? [])].some((l) => l.innerText.trim().startsWith(`+strconv.Quote(label)+`)));
		return (field?.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)).filter((e) => e?.classList.contains("error")).map((e) => e.innerText).join(" ");
	})()`)
}
