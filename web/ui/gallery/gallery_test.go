package gallery

import (
	"context"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"leerkring/web/ui/markup"
)

func TestEverySampleIsGoodHTML(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		for _, theme := range []string{"light", "dark"} {
			html := text(t, s.Make(theme))
			for _, fault := range markup.Check(placed(html)) {
				t.Errorf("%s, %s, %s: %s", s.Name, s.State, theme, fault)
			}
			if again := text(t, s.Make(theme)); again != html {
				t.Errorf("%s, %s: not the same twice", s.Name, s.State)
			}
		}
	}
}

// placed gives a part the place that its jumps lead to.
func placed(html string) string {
	if strings.HasPrefix(html, "<!") {
		return html
	}
	return `<main id="main">` + html + `</main>`
}

func TestPagesAreWhole(t *testing.T) {
	t.Parallel()
	SetStyles("/app.css")
	pages := 0
	for _, s := range All() {
		html := text(t, s.Make("dark"))
		if !strings.HasPrefix(html, "<!") {
			continue
		}
		pages++
		for _, want := range []string{`<html lang="nl" data-theme="dark">`, `href="#main"`, `<main`, ` – Leerkring</title>`, `href="/app.css"`} {
			if !strings.Contains(html, want) {
				t.Errorf("%s, %s has no %s", s.Name, s.State, want)
			}
		}
		if n := strings.Count(html, "<h1"); n != 1 {
			t.Errorf("%s, %s has %d first headings", s.Name, s.State, n)
		}
	}
	if pages < 5 {
		t.Errorf("only %d pages", pages)
	}
}

func TestIndexLeadsToEverySample(t *testing.T) {
	t.Parallel()
	html := text(t, Index(All()))
	seen := map[string]bool{}
	for _, s := range All() {
		if seen[s.Slug()] {
			t.Errorf("two samples are called %s", s.Slug())
		}
		seen[s.Slug()] = true
		if !strings.Contains(html, `href="`+s.Slug()+`.dark.html"`) {
			t.Errorf("the index does not lead to %s", s.Slug())
		}
		if faults := markup.Check(text(t, Show(s, "light"))); len(faults) > 0 && s.Group() == "parts" {
			t.Errorf("%s, shown: %s", s.Slug(), strings.Join(faults, "; "))
		}
	}
}

func TestTheSameSampleTwiceIsRefused(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("it was taken")
		}
	}()
	Register("parts/button", "all kinds", nil)
}

func text(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
