//go:build browser

package sweep

import (
	"strconv"
	"testing"

	"leerkring/test/browser"
)

// looks are the ways in which every page is seen: a page that is fine in one of them may
// still be unreadable in another.
var looks = map[string][]browser.Option{
	"wide, light": nil, "wide, dark": {browser.Dark}, "phone, light": {browser.Phone}, "phone, dark": {browser.Phone, browser.Dark},
}

// unfold opens every fold of the page: what is folded away is judged too. The menu of a
// person lies over the page and stays shut.
const unfold = `(() => { for (const d of document.querySelectorAll("details:not([data-menu])")) d.open = true; return true; })()`

// facts are what a page must have beside what axe asks.
const facts = `(() => {
	const shown = (e) => e.checkVisibility();
	return {title: document.title.trim(), heads: [...document.querySelectorAll("h1")].filter(shown).map((h) => h.innerText.trim()),
		lang: document.documentElement.lang, styles: document.querySelectorAll("[style]").length};
})()`

type factsOf struct {
	Title, Lang string
	Heads       []string
	Styles      int
}

// judge looks at a page in the four looks, loaded once: as it comes, and then with every fold
// open in all four.
func judge(t *testing.T, p *browser.Person, page string) {
	t.Helper()
	f := browser.Eval[factsOf](p, facts)
	if f.Title == "" || f.Lang == "" || len(f.Heads) != 1 || f.Heads[0] == "" || f.Styles > 0 {
		t.Errorf("%s: a title, a language and one h1 are asked, and no style in the page: %+v", page, f)
	}
	look := func(name string) {
		t.Helper()
		p.Look(looks[name]...)
		p.Axe()
		if px := p.Sideways(); px > 0 {
			t.Errorf("%s, %s: %d pixels too wide", page, name, px)
		}
	}
	look("wide, light")
	browser.Eval[bool](p, unfold)
	for _, name := range []string{"phone, light", "phone, dark", "wide, dark", "wide, light"} {
		look(name)
	}
}

// visit opens a page as the person who saw it, and judges it.
func visit(t *testing.T, p *browser.Person, one seen) {
	t.Helper()
	p.Carry(one.who.cookies())
	p.Look()
	p.Goto(one.address)
	if at := newAtlas().pattern(p.Path()); at != one.pattern {
		t.Errorf("%s as %s leads a browser to %s", one.address, one.who.name, p.Path())
	}
	judge(t, p, one.address+" as "+one.who.name)
}

// TestAccessibility_EveryPage asks axe about every page of the map, in every state that the
// demo school and an empty school have. A line of the map that nobody sees fails.
func TestAccessibility_EveryPage(t *testing.T) {
	lines := map[string]int{}
	sweep := func(t *testing.T, s *school, more []string) {
		all := s.crawl(t, more...)
		kept := choose(all)
		// Two tabs, for two cores: each page is loaded once and judged five times.
		t.Run("tabs", func(t *testing.T) {
			for tab := range 2 {
				t.Run(strconv.Itoa(tab+1), func(t *testing.T) {
					t.Parallel()
					p := browser.New(t, browser.Localhost(s.program.Address)).Person("axe")
					for i := tab; i < len(kept); i += 2 {
						visit(t, p, kept[i])
					}
				})
			}
		})
		for _, one := range kept {
			lines[one.pattern]++
		}
		t.Logf("%d pages opened, %d looked at", len(all), len(kept))
	}
	t.Run("the demo school", func(t *testing.T) {
		s := open(t)
		sweep(t, s, s.stage(t))
		t.Run("looked at first", func(t *testing.T) { s.lookedAt(t, judge) })
	})
	t.Run("an empty school", func(t *testing.T) {
		sweep(t, open(t, "--empty"), nil)
	})
	for _, r := range routes() {
		if why := notPages[r.Pattern]; why == "" && lines[r.Pattern] == 0 {
			t.Errorf("nobody saw %s", r.Pattern)
		} else if why != "" && lines[r.Pattern] > 0 {
			t.Errorf("%s is a page after all", r.Pattern)
		}
	}
}
