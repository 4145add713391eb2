package browser

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
)

// See waits until the text can be read on the page, however it is broken into
// lines and marks. What a screen does not show is not there.
func (p *Person) See(text string) {
	p.t.Helper()
	err := p.until(func() error {
		// A page that is being left has no text for a moment: ask again.
		shown, err := p.text()
		if err == nil && !strings.Contains(shown, tidy(text)) {
			err = fmt.Errorf("does not see %q in:\n%s", text, shown)
		}
		return err
	})
	if err != nil {
		p.fail("%v", err)
	}
}

// NotSee waits until the text can no longer be read.
func (p *Person) NotSee(text string) {
	p.t.Helper()
	err := p.until(func() error {
		shown, err := p.text()
		if err == nil && strings.Contains(shown, tidy(text)) {
			err = fmt.Errorf("still sees %q", text)
		}
		return err
	})
	if err != nil {
		p.fail("%v", err)
	}
}

// Text is everything that can be read on the page, on one line.
func (p *Person) Text() string {
	p.t.Helper()
	text, err := p.text()
	if err != nil {
		p.fail("text: %v", err)
	}
	return text
}

func (p *Person) text() (string, error) {
	text, err := eval[string](p, "document.body ? document.body.innerText : ''")
	return tidy(text), err
}

// Value is what stands in the field with this label.
func (p *Person) Value(label string) string {
	p.t.Helper()
	return call[string](p, p.wait(fillable, label).id, "function() { return String(this.value ?? this.innerText) }")
}

// Chosen says whether the box, radio or switch with this name is on.
func (p *Person) Chosen(name string) bool {
	p.t.Helper()
	return call[bool](p, p.wait(choosable, name).id, "function() { return this.checked === true }")
}

// Has says whether there is something to press with this name, now.
func (p *Person) Has(name string) bool {
	p.t.Helper()
	_, err := p.find(pressable, name)
	return err == nil
}

// Title is the title of the page.
func (p *Person) Title() string {
	p.t.Helper()
	return Eval[string](p, "document.title")
}

// Path is where the person is, without the host.
func (p *Person) Path() string {
	p.t.Helper()
	at, err := url.Parse(Eval[string](p, "location.href"))
	if err != nil {
		p.fail("path: %v", err)
	}
	return at.RequestURI()
}

// Sideways is how many pixels the page is wider than the screen: must be 0.
func (p *Person) Sideways() int {
	p.t.Helper()
	return Eval[int](p, "document.documentElement.scrollWidth - document.documentElement.clientWidth")
}

func quoted(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err) // text always fits
	}
	return string(b)
}
