//go:build browser

package sweep

import (
	"testing"

	"leerkring/test/browser"
)

// readable is what a page is without script: its one title, how much can be read, what can be
// pressed to no avail, and forms that a browser cannot send by itself.
const readable = `(() => {
	const shown = (e) => e.checkVisibility(), main = document.querySelector("main");
	const name = (e) => e.outerHTML.slice(0, 160);
	return {heads: [...document.querySelectorAll("h1")].filter(shown).map((h) => h.innerText.trim()), read: (main ?? document.body).innerText.trim().length,
		dead: [...document.querySelectorAll("button")].filter((b) => shown(b) && (b.type !== "submit" || !b.form)).map(name),
		stuck: [...document.forms].filter((f) => !f.hasAttribute("action") || ![...f.elements].some((e) => e.type === "submit")).map(name),
		waits: [...document.querySelectorAll("main [aria-busy=true]")].filter(shown).map(name)};
})()`

type readableOf struct {
	Heads              []string
	Read               int
	Dead, Stuck, Waits []string
}

// TestProofA_EveryPageWithoutScript reads every page of the map, in every state that the demo
// school has, in a browser that runs no script: what is to be read is there, every form can be
// sent, and nothing stands there that only a script could press.
func TestProofA_EveryPageWithoutScript(t *testing.T) {
	s := open(t)
	kept := choose(s.crawl(t, s.stage(t)...))
	b := browser.New(t, browser.Localhost(s.program.Address))
	wide, phone := b.Person("wide", browser.NoScript), b.Person("phone", browser.NoScript, browser.Phone)
	for i, one := range kept {
		p := wide
		if i%2 == 1 {
			p = phone // how wide the screen is changes nothing but the place of things
		}
		p.Carry(one.who.cookies())
		p.Goto(one.address)
		f := browser.Eval[readableOf](p, readable)
		if len(f.Heads) != 1 || f.Read < 20 || len(f.Dead)+len(f.Stuck)+len(f.Waits) > 0 {
			t.Errorf("%s as %s without script: %+v", one.address, one.who.name, f)
		}
		if px := p.Sideways(); px > 0 {
			t.Errorf("%s as %s without script: %d pixels too wide", one.address, one.who.name, px)
		}
	}
	t.Logf("%d pages read", len(kept))
}
