//go:build browser

package browser

import (
	"fmt"
	"strings"
	"testing"

	"leerkring/internal/ident"
)

const form = `<form method="post" action="/send" data-draft="note/1"><input type="hidden" name="idempotency_key" value="k1">
<label>Verhaal <textarea name="story"></textarea></label> <button>Stuur</button>
<p data-draft-status data-saved="Bewaard om {time} uur." data-waiting="Nog niet bewaard." data-signed-out="Je bent uitgelogd."></p></form>`

func TestADoublePressSendsOnce(t *testing.T) {
	s, address := newSchool(t, form)
	s.hold = make(chan struct{})
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	p.Fill("Verhaal", "een keer")
	Eval[any](p, `(() => { const b = document.querySelector("button"); b.click(); b.click(); })()`)
	if busy := Eval[string](p, `document.querySelector("button").getAttribute("aria-busy") ?? ""`); busy != "true" {
		t.Errorf("busy %q", busy)
	}
	close(s.hold)
	p.See("Ontvangen: een keer")
	s.with(func() {
		if len(s.posts) != 1 {
			t.Errorf("sent %d times", len(s.posts))
		}
	})
}

func TestAFormWithoutNetworkKeepsItsTextAndSaysSo(t *testing.T) {
	s, address := newSchool(t, form)
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	p.Fill("Verhaal", "blijft staan")
	p.Offline(true)
	p.See("Geen verbinding.")
	p.Click("Stuur")
	p.See("Je tekst staat er nog.")
	if p.Value("Verhaal") != "blijft staan" || p.Path() != "/page" {
		t.Errorf("%q at %s", p.Value("Verhaal"), p.Path())
	}
	p.Offline(false)
	p.NotSee("Geen verbinding.")
	p.Click("Stuur")
	p.See("Ontvangen: blijft staan")
	s.with(func() {
		if len(s.keys) != 1 || s.keys[0] != "k1" {
			t.Errorf("keys %q", s.keys)
		}
	})
}

func TestComingBackAndWritingSomethingElseIsASecondThing(t *testing.T) {
	s, address := newSchool(t, form)
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	p.Fill("Verhaal", "eerste")
	p.Click("Stuur")
	p.See("Ontvangen: eerste")
	p.Back()
	if p.Value("Verhaal") != "eerste" {
		t.Fatalf("back at a page with %q: the browser did not keep it", p.Value("Verhaal"))
	}
	p.Fill("Verhaal", "tweede")
	p.Click("Stuur")
	p.See("Ontvangen: tweede")
	s.with(func() {
		if len(s.keys) != 2 || s.keys[0] == s.keys[1] || !ident.ValidCode(s.keys[1], 20) {
			t.Errorf("keys %q", s.keys)
		}
	})
}

func TestADraftIsKeptWhileWriting(t *testing.T) {
	s, address := newSchool(t, form)
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	p.Fill("Verhaal", "half")
	s.eventually(t, "the draft", func() bool { return s.drafts["note/1"] == "half" })
	p.See("Bewaard om ")
	if !strings.Contains(p.Text(), ".") || strings.Contains(p.Text(), "{time}") {
		t.Errorf("says %q", p.Text())
	}
}

func TestADraftWaitsForTheNetwork(t *testing.T) {
	s, address := newSchool(t, form)
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	p.Offline(true)
	p.See("Geen verbinding.")
	p.Fill("Verhaal", "zonder lijn")
	p.See("Nog niet bewaard.")
	s.with(func() {
		if len(s.drafts) != 0 {
			t.Errorf("drafts %q", s.drafts)
		}
	})
	p.Offline(false)
	s.eventually(t, "the draft after all", func() bool { return s.drafts["note/1"] == "zonder lijn" })
	p.NotSee("Geen verbinding.")
	p.See("Bewaard om ")
}

func TestADraftOfSomebodyWhoIsSignedOutStaysInTheField(t *testing.T) {
	s, address := newSchool(t, form)
	s.signed = false
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	p.Fill("Verhaal", "nog hier")
	p.See("Je bent uitgelogd.")
	if p.Value("Verhaal") != "nog hier" {
		t.Errorf("field %q", p.Value("Verhaal"))
	}
}

func TestADraftIsSentWhenThePageIsLeft(t *testing.T) {
	s, address := newSchool(t, form+`<p><a href="/door">Weg</a></p>`)
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	Eval[any](p, `(() => { const f = document.querySelector("textarea"); f.value = "net weg"; f.dispatchEvent(new Event("input", {bubbles: true})); document.querySelector("a").click(); })()`)
	p.See("De deur")
	s.eventually(t, "the last words", func() bool { return s.drafts["note/1"] == "net weg" })
}

func livePart(count int, text string) string {
	return fmt.Sprintf(`<section id="part" data-live-part><p>Er zijn %d antwoorden.</p><details><summary>Meer</summary><p>Uitleg.</p></details>
		<form method="post" action="/send"><input type="hidden" name="version" value="%d"><label>Jouw antwoord <textarea name="story">%s</textarea></label>
		<label>Van een ander <input name="other" value="%s"></label> <button>Stuur</button></form></section><p id="outside">Buiten %d.</p>`, count, count, text, text, count)
}

func TestALivePartFollowsTheServer(t *testing.T) {
	s, address := newSchool(t, livePart(1, ""))
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	p.Click("Meer")
	s.eventually(t, "somebody listens", func() bool { return len(s.events) > 0 })
	s.becomes(livePart(2, "van de server"))
	p.See("Er zijn 2 antwoorden.")
	p.See("Uitleg.")   // what was opened stays open
	p.See("Buiten 1.") // what is no part stays
	p.See("Bijgewerkt.")
	if p.Value("Jouw antwoord") != "van de server" {
		t.Errorf("an untouched field has %q", p.Value("Jouw antwoord"))
	}
	p.Axe()
}

func TestWhatAPersonTypesIsNeverReplaced(t *testing.T) {
	s, address := newSchool(t, livePart(1, "oud"))
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	s.eventually(t, "somebody listens", func() bool { return len(s.events) > 0 })
	p.Fill("Jouw antwoord", "mijn eigen woorden")
	s.becomes(livePart(2, "nieuw"))
	p.See("Er zijn 2 antwoorden.")
	if p.Value("Jouw antwoord") != "mijn eigen woorden" || p.Value("Van een ander") != "nieuw" {
		t.Errorf("fields %q and %q", p.Value("Jouw antwoord"), p.Value("Van een ander"))
	}
	if v := Eval[string](p, `document.querySelector("[name=version]").value`); v != "1" {
		t.Errorf("the version under the typed text became %s", v)
	}
	if f := Eval[string](p, `document.activeElement.name`); f != "story" {
		t.Errorf("focus is at %q", f)
	}
	// The round closes: the server shows no form any more, the typed text stays.
	s.becomes(`<section id="part" data-live-part><p>Gesloten.</p></section>`)
	p.See("Gesloten.")
	if p.Value("Jouw antwoord") != "mijn eigen woorden" {
		t.Errorf("field %q", p.Value("Jouw antwoord"))
	}
}

func TestALivePageComesBackAfterARefusal(t *testing.T) {
	s, address := newSchool(t, livePart(1, ""))
	s.down = true
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	s.eventually(t, "a second try", func() bool { return s.opened >= 2 })
	s.with(func() { s.down = false; s.page = livePart(7, "") })
	p.See("Er zijn 7 antwoorden.") // what was missed meanwhile is fetched
}

func TestTheClockRunsOnTheTimeOfTheServer(t *testing.T) {
	// The server made the page at its own 14:10; the part began a minute before.
	clock := `<svg class="klok" viewBox="-240 -240 480 480" role="img" aria-label="Klok" data-clock data-server-now="2001-01-01T14:10:00Z" data-started-at="2001-01-01T14:09:00Z" data-seconds="%d" data-label="Nog {minutes} minuten."><path class="st now" d="M0 -190A190 190 0 1 1 -1 -189.99"/><path class="st run" d=""/><circle class="here" cx="0" cy="-190" r="13"/><text class="tijd" y="16"></text></svg>`
	s, address := newSchool(t, fmt.Sprintf(clock, 120))
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	p.See("0:5") // 0:59 and on
	if label := Eval[string](p, `document.querySelector("svg").getAttribute("aria-label")`); label != "Nog 1 minuten." {
		t.Errorf("label %q", label)
	}
	half := Eval[float64](p, `Number(document.querySelector(".here").getAttribute("cy"))`)
	if half < 150 {
		t.Errorf("half way the dot is at %v, not below", half)
	}
	s.with(func() { s.page = fmt.Sprintf(clock, 50) })
	p.Reload()
	p.See("+0:1") // ten seconds over
}

func TestAToastGoesUnlessThereIsAChoice(t *testing.T) {
	_, address := newSchool(t, `<div class="toast"><span>Gedaan.</span></div><div class="toast" data-stay><span>Weg.</span> <button>Terug</button></div>`)
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	p.See("Gedaan.")
	p.NotSee("Gedaan.")
	p.See("Weg.")
}

func TestEveryPageOfTheIslandsWorksWithoutScript(t *testing.T) {
	s, address := newSchool(t, form+livePart(3, "lees"))
	p := New(t, address).Person("Noor", NoScript)
	p.Goto("/page")
	p.See("Er zijn 3 antwoorden.")
	p.Fill("Verhaal", "zonder script")
	Eval[any](p, `document.querySelector("form").submit()`)
	p.See("Ontvangen: zonder script")
	s.with(func() {
		if len(s.posts) != 1 {
			t.Errorf("posts %q", s.posts)
		}
	})
}
