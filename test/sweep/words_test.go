//go:build browser

package sweep

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"leerkring/test/browser"
)

// hostile are words that would do something if any page took them for more than words. Each
// has the mark by which it is found again.
var hostile = []string{
	`zq:"><img src=x onerror=alert(1)>`,
	`zq:</textarea></title><script>alert(1)</script>`,
	`zq:[x](javascript:alert(1)) <svg onload=alert(1)>`,
	`zq:' autofocus onfocus=alert(1) x='`,
	"zq:${alert(1)}{{7*7}}`-alert(1)-`",
	`zq:![x](http://elsewhere.example/x.png)`,
	`zq:<a href=javascript:alert(1)>x</a><base href=//elsewhere.example>`,
}

// awake are traces of words that became more than words.
const awake = `document.querySelectorAll("img[src='x'], [onerror], [onload], [onfocus], a[href^='javascript:' i], img[src*='elsewhere'], base, main script").length + (document.body.innerText.includes("zq:${alert(1)}49") ? 1 : 0)`

// TestProofA_HostileWordsStayWords types hostile words in every text field of every form that
// the people of the demo meet, and then looks at every page that shows them: no dialog opens,
// no script fails, nothing breaks the content security policy (each of these fails a test by
// itself), and the page holds no element that came from the words.
func TestProofA_HostileWordsStayWords(t *testing.T) {
	s := open(t)
	stranger := s.stage(t)
	sent, taken, done := 0, 0, map[string]bool{}
	for _, page := range s.crawl(t, stranger...) {
		for _, f := range page.forms {
			key := trajectory.FindString(f.action) + pattern(f.action)
			if len(f.free) == 0 || done[key] {
				continue
			}
			done[key] = true
			for n, name := range f.free {
				f.fields.Set(name, fmt.Sprintf("%s %d", hostile[(sent+n)%len(hostile)], sent))
			}
			for _, choice := range f.empty { // a choice that nobody made is made
				if name, value, _ := strings.Cut(choice, "="); !f.fields.Has(name) {
					f.fields.Set(name, value)
				}
			}
			sent++
			switch got := page.who.post(t, f.action, f.fields); {
			case got.status >= http.StatusInternalServerError:
				t.Errorf("%s as %s: %d", f.action, page.who.name, got.status)
			case got.status == http.StatusOK:
				taken++
			}
		}
	}
	var show []seen
	for _, page := range s.crawl(t, stranger...) {
		if page.hostile {
			show = append(show, page)
		}
	}
	b := browser.New(t, browser.Localhost(s.program.Address)).Person("reader")
	lines := map[string]int{}
	for _, page := range show {
		if lines[page.pattern]++; lines[page.pattern] > 4 {
			continue
		}
		b.Carry(page.who.cookies())
		b.Goto(page.address)
		browser.Eval[bool](b, unfold)
		if n := browser.Eval[int](b, awake); n > 0 {
			t.Errorf("%s as %s: %d things came alive", page.address, page.who.name, n)
		}
	}
	t.Logf("%d forms with hostile words, %d of them taken; %d pages show them, of %d kinds", sent, taken, len(show), len(lines))
	if taken < 40 || len(lines) < 20 {
		t.Error("too few of the words arrived anywhere: nothing was tried")
	}
}

// pattern is an address without its ids.
func pattern(action string) string { return anyID.ReplaceAllString(action, "ID") }
