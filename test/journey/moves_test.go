//go:build browser

package journey

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"leerkring/test/browser"
)

// today is the day of the school, some days on.
func today(t *testing.T, on int) string {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	return time.Now().In(zone).AddDate(0, 0, on).Format(time.DateOnly)
}

// beside presses the button, link or fold with this name that stands closest to a text: a
// page may have the same word beside each of its things. It goes by the keyboard, as
// somebody who tabs there does.
func (p *person) beside(text, name string) {
	p.t.Helper()
	if !browser.Eval[bool](p.Person, `(async () => {
		const tidy = (s) => (s ?? "").replace(/\s+/g, " ").trim();
		const called = (e) => tidy(e.getAttribute("aria-label")) || tidy(e.innerText);
		for (const end = Date.now() + 8000; Date.now() < end; await new Promise((r) => setTimeout(r, 50))) {
			let best = null, least = Infinity;
			for (const e of document.querySelectorAll("a, button, summary")) {
				if (called(e) !== `+strconv.Quote(name)+` || e.offsetParent === null) continue;
				for (let at = e.parentElement; at; at = at.parentElement) {
					const all = tidy(at.innerText) + " " + tidy(at.getAttribute("aria-label"));
					if (!all.includes(`+strconv.Quote(text)+`)) continue;
					if (all.length < least) [best, least] = [e, all.length];
					break;
				}
			}
			best?.scrollIntoView({block: "center"});
			best?.focus();
			if (best && document.activeElement === best) return true;
		}
		return false;
	})()`) {
		p.t.Fatalf("at %s: no %q beside %q in: %s", p.Path(), name, text, p.Text())
	}
	p.Press(enter)
}

// marks chooses a radio of a scale in the row with this title.
func (p *person) marks(title, field, value string) {
	p.t.Helper()
	p.See(title)
	if !browser.Eval[bool](p.Person, `(() => {
		const row = [...document.querySelectorAll("li.rate")].find((li) => li.innerText.includes(`+strconv.Quote(title)+`));
		const box = row?.querySelector(`+strconv.Quote(`input[name^="`+field+`-"][value="`+value+`"]`)+`);
		box?.click();
		return box?.checked === true;
	})()`) {
		p.t.Fatalf("at %s: cannot give %s %s to %q", p.Path(), field, value, title)
	}
}

// last is the last choice of a list with this label.
func (p *person) last(label string) string {
	p.t.Helper()
	return browser.Eval[string](p.Person, `[...document.querySelectorAll("select")].filter((s) => s.offsetParent !== null && [...s.labels].some((l) => l.innerText.trim() === `+strconv.Quote(label)+`)).at(-1)?.options[1]?.text.trim() ?? ""`)
}

// opens goes to an address that somebody shows or sends.
func (p *person) opens(address string) {
	p.t.Helper()
	at, err := url.Parse(address)
	if err != nil || at.Path == "" {
		p.t.Fatalf("no address: %q", address)
	}
	p.Goto(at.Path)
}

// weighs gives each topic its importance and effort, from the person's own week.
func (p *person) weighs(title string, topics map[string][2]string) {
	p.t.Helper()
	p.Goto("/week")
	p.See("Zeg wat je belangrijk vindt bij ‘" + title + "’")
	p.Click("Weeg mee")
	for topic, scale := range topics {
		p.marks(topic, "importance", scale[0])
		p.marks(topic, "effort", scale[1])
	}
	p.Click("Bewaar mijn weging")
	p.See("Tot de sluiting kun je het nog veranderen")
}

// at is the path without its question.
func (p *person) at() string {
	p.t.Helper()
	path, _, _ := strings.Cut(p.Path(), "?")
	path, _, _ = strings.Cut(path, "#")
	return path
}

const enter = kb.Enter

var hourAt = regexp.MustCompile(`/meetings/[0-9a-z]{26}`)

// answersAs answers a question and says where the answer belongs.
func (p *person) answersAs(at, question, chip, text string) {
	p.t.Helper()
	p.Goto(at + "/questions/" + question)
	p.unfold("Geef jouw antwoord")
	p.Fill("Wat zeg jij?", text)
	p.Choose(chip)
	p.Fill("Wat zeg jij?", text)
	p.next("Voeg toe")
	p.See("Je bijdrage staat erbij")
}

// unfoldIn opens the fold with this name in the form that has a field with this label.
func (p *person) unfoldIn(label, name string) {
	p.t.Helper()
	if !browser.Eval[bool](p.Person, `(() => {
		const field = [...document.querySelectorAll("input, textarea")].find((f) => f.offsetParent !== null && [...f.labels].some((l) => l.innerText.trim().startsWith(`+strconv.Quote(label)+`)));
		const fold = [...(field?.form?.querySelectorAll("summary") ?? [])].find((s) => s.innerText.trim() === `+strconv.Quote(name)+`);
		fold?.focus();
		return document.activeElement === fold;
	})()`) {
		p.t.Fatalf("at %s: no fold %q beside %q", p.Path(), name, label)
	}
	p.Press(enter)
}

// inGroup chooses the option with this name in the group with this title.
func (p *person) inGroup(title, option string) {
	p.t.Helper()
	if !browser.Eval[bool](p.Person, `(() => {
		const group = [...document.querySelectorAll("fieldset")].find((f) => f.offsetParent !== null && f.querySelector("legend")?.innerText.trim().startsWith(`+strconv.Quote(title)+`));
		const label = [...(group?.querySelectorAll("label") ?? [])].find((l) => l.innerText.trim().startsWith(`+strconv.Quote(option)+`));
		const box = label?.control ?? label?.querySelector("input");
		box?.focus();
		box?.click();
		return box?.checked === true;
	})()`) {
		p.t.Fatalf("at %s: no %q in %q in: %s", p.Path(), option, title, p.Text())
	}
}

// cites says that a source speaks for something, or against it.
func (p *person) cites(side, source string) {
	p.t.Helper()
	p.inGroup(side, source)
}
