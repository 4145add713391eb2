package browser

import (
	"errors"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Goto opens a path of the server, or a full address on it.
func (p *Person) Goto(path string) {
	p.t.Helper()
	address, err := p.base.Parse(path)
	if err != nil {
		p.fail("go to %q: %v", path, err)
	}
	p.do("go to "+path, chromedp.Navigate(address.String()))
	p.settle()
}

// Reload asks for the page again.
func (p *Person) Reload() {
	p.t.Helper()
	p.do("reload", chromedp.Reload())
	p.settle()
}

// Back goes to the page before.
func (p *Person) Back() {
	p.t.Helper()
	history, err := ask(p, page.GetNavigationHistory, cdp.Empty{})
	if err == nil && history.CurrentIndex == 0 {
		err = errors.New("this is the first page")
	}
	if err != nil {
		p.fail("go back: %v", err)
	}
	// A page that the browser kept does not load again: there is no event to wait for.
	before := history.Entries[history.CurrentIndex-1]
	p.do("go back", command(page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: before.ID}))
	p.settle()
}

// Click presses the button, link, box or summary with this name.
func (p *Person) Click(name string) {
	p.t.Helper()
	p.press(pressable, name)
	p.clicks++
	p.settle()
}

// Clicks is how often this person has clicked: what a task costs.
func (p *Person) Clicks() int { return p.clicks }

// Choose ticks the box, radio or switch with this name, unless it is on already.
func (p *Person) Choose(name string) {
	p.t.Helper()
	one := p.wait(choosable, name)
	if call[bool](p, one.id, "function() { return this.checked === true || this.selected === true }") {
		return
	}
	p.Click(name)
}

// Fill writes text in the field with this label, in place of what was there.
func (p *Person) Fill(label, text string) {
	p.t.Helper()
	one := p.wait(fillable, label)
	kind := call[string](p, one.id, "function() { this.focus(); return this.type ?? '' }")
	switch kind {
	case "date", "time", "month", "range", "color":
		// Their keys depend on the language of the browser: set and tell.
		set(p, one.id, text)
	case "select-one":
		p.pick(one, text)
	default:
		call[any](p, one.id, "function() { this.select ? this.select() : getSelection().selectAllChildren(this) }")
		if text == "" {
			p.Press(kb.Delete)
			return
		}
		p.do("write in "+label, command(input.InsertText, input.InsertTextParams{Text: text}))
	}
}

// Type presses the keys of text one by one in what has focus.
func (p *Person) Type(text string) {
	p.t.Helper()
	p.do("type", chromedp.KeyEvent(text))
}

// Press presses one key: kb.Tab, kb.Enter, kb.Escape.
func (p *Person) Press(key string) {
	p.t.Helper()
	p.do("press a key", chromedp.KeyEvent(key))
	p.settle()
}

// Focused is the accessible name of what has focus: the one the keyboard is on.
func (p *Person) Focused() string {
	p.t.Helper()
	return Eval[string](p, `(() => {
		const e = document.activeElement;
		return (e.labels?.[0]?.innerText ?? e.getAttribute("aria-label") ?? e.innerText ?? "").trim().replace(/\s+/g, " ");
	})()`)
}

// Upload chooses a file of this machine in the field with this label.
func (p *Person) Upload(label, path string) {
	p.t.Helper()
	one := p.wait([]string{"button", "textbox"}, label)
	p.do("upload", command(dom.SetFileInputFiles, dom.SetFileInputFilesParams{BackendNodeID: one.id, Files: []string{path}}))
}

func (p *Person) pick(one thing, text string) {
	p.t.Helper()
	chosen := call[bool](p, one.id, `function() {
		const option = [...this.options].find((o) => o.text.trim() === `+quoted(text)+`);
		if (!option) return false;
		this.value = option.value;
		this.dispatchEvent(new Event("input", {bubbles: true}));
		this.dispatchEvent(new Event("change", {bubbles: true}));
		return true;
	}`)
	if !chosen {
		p.fail("%q has no choice %q", one.name, text)
	}
}

func set(p *Person, id cdp.BackendNodeID, text string) {
	p.t.Helper()
	call[any](p, id, `function() {
		this.value = `+quoted(text)+`;
		this.dispatchEvent(new Event("input", {bubbles: true}));
		this.dispatchEvent(new Event("change", {bubbles: true}));
	}`)
}
