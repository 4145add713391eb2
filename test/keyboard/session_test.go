//go:build browser

package keyboard

import (
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"leerkring/test/browser"
)

var sessionAt = regexp.MustCompile(`^/sessions/[0-9a-z]{26}`)

// TestAccessibility_KeyboardSessions plays what a circle and a team do together at one time: by who
// leads, by who takes part, and at the board of the week.
func TestAccessibility_KeyboardSessions(t *testing.T) {
	h := open(t)
	for _, flow := range []struct {
		name, role string
		play       func(*house, *hands)
	}{
		{"lead a session", "kartrekker", (*house).leads},
		{"take part in a session", "docent", (*house).takesPart},
		{"week board", "kartrekker", (*house).weekBoard},
	} {
		t.Run(flow.name, func(t *testing.T) { flow.play(h, h.comes(t, flow.name, flow.role)) })
	}
}

// whole keeps all that a screen reader finds: what moves a session on stands outside the main part.
func (k *hands) whole(step string) {
	k.t.Helper()
	at := ids.ReplaceAllString(k.Path(), "ID")
	k.tree.WriteString("## " + step + " (" + at + ")\n" + k.Tree("") + "\n")
}

// is is a stop of this kind.
func is(kind string) func(browser.Stop) bool {
	return func(s browser.Stop) bool { return strings.HasPrefix(s.Kind, kind) }
}

// calls begins a way of working from home, in three steps: what one wants, which way, and ready.
func (k *hands) calls(need string, people ...string) string {
	k.t.Helper()
	k.Goto("/week")
	k.presses("Begin iets nieuws")
	k.until(need, has(need))
	k.Press(kb.Enter)
	for _, name := range people {
		k.picks(name)
	}
	k.presses("Zet klaar")
	at := sessionAt.FindString(k.Path())
	if at == "" {
		k.t.Fatalf("%s: after three steps it is at %s", k.flow, k.Path())
	}
	return at
}

func (h *house) leads(k *hands) {
	at := k.calls("een lastig moment", "Noor Haddad", "Samira Essaidi", "Thijs Kuiper")
	k.whole("the waiting room, of who leads")
	for _, name := range []string{"Noor", "Samira", "Thijs"} {
		k.presses(name + " is er")
	}
	k.writes("inbrenger", "Samira")
	k.presses("Kies")
	k.presses("Begin")
	k.See("Incident kiezen")
	k.whole("the first step, of who leads")
	k.presses("Naar ‘Situatie vertellen’")
	k.See("stap 2 van 10")
	k.whole("somebody tells")
	k.presses("Pauze")
	k.See("De klok staat stil")
	k.presses("Ga verder")
	k.presses("Meer")
	k.See("Dit kun je zeggen")
	k.presses("Sluit nu af")
	k.See("Je eigen kaart")
	if k.Path() != at {
		k.t.Errorf("closing leads to %s", k.Path())
	}
	k.finds("closed")
}

// takesPart is done while somebody else leads with a mouse.
func (h *house) takesPart(k *hands) {
	host := h.comes(k.t, "", "kartrekker")
	at := host.calls("ontdekken waarom iets goed ging", "Noor Haddad", "Samira Essaidi", "Thijs Kuiper")
	k.Goto(at)
	k.whole("asked")
	k.picks("Wat hier gezegd wordt")
	k.presses("Ik ben er")
	k.See("Je bent binnen")
	host.Reload()
	for _, name := range []string{"Samira", "Thijs"} {
		host.presses(name + " is er")
	}
	host.writes("inbrenger", "Samira")
	host.presses("Kies")
	host.Click("Begin")
	k.See("stap 1 van 4")
	k.whole("somebody tells, of who takes part")
	k.presses("Wat geholpen kan hebben, op volgorde")
	k.until("the box", is("textarea"))
	k.Type("Hij wachtte.")
	k.presses("Bewaar")
	k.presses("Wat geholpen kan hebben, op volgorde") // shut again: somebody may look along
	k.See("Bewaard")
	host.Click("Naar ‘Wat hielp’")
	k.See("stap 2 van 4")
	if said := browser.Eval[string](k.Person, `document.querySelector("[data-live-said]")?.textContent ?? ""`); !regexp.MustCompile(`^Nieuwe stap: Wat hielp\. 20 minuten\.`).MatchString(said) {
		k.t.Errorf("when the step changes a screen reader is told %q", said)
	}
	host.Click("Naar ‘Verdiepen’")
	k.See("stap 3 van 4")
	k.whole("a queue of hands")
	k.presses("Steek je hand op")
	k.See("jij bent aan de beurt")
	k.whole("the turn of the reader")
	k.presses("Geef de beurt door")
	host.Reload()
	host.Click("Naar ‘Wat leren wij’")
	k.See("stap 4 van 4")
	k.presses("Wat neem ik mee, en wanneer doe ik er iets mee?")
	k.until("the box", is("textarea"))
	k.Type("Ik wacht tien tellen.")
	k.presses("Bewaar")
	k.presses("Wat neem ik mee, en wanneer doe ik er iets mee?")
	k.See("Bewaard")
	host.Click("Sluit samen af")
	k.See("Je eigen kaart")
	k.finds("closed, of who took part")
}

func (h *house) weekBoard(k *hands) {
	k.calls("elke week een kwartier", "Noor Haddad")
	k.presses("Noor is er")
	k.presses("Begin")
	k.See("Wat lukte")
	k.whole("the board")
	k.writes("Wat lukte", "Zij begonnen zelf.")
	k.Press(kb.Enter)
	k.See("Zij begonnen zelf.")
	k.Stands() // the board gives the field back for the next line
	k.writes("Wat gaat iemand doen?", "Ik vraag vijf leerlingen.")
	k.writes("Wie?", "Noor")
	k.presses("Hang de taak op")
	k.See("Ik vraag vijf leerlingen.")
	k.Stands()
	k.Reload() // the card is there to move once the server has it
	k.until("the card", has("Ik vraag vijf leerlingen."))
	k.Press(kb.Enter)
	k.presses("Mee bezig")
	if at := k.Stands().Name; !strings.HasPrefix(at, "Ik vraag vijf leerlingen.") {
		k.t.Errorf("a card was moved, and the keyboard is on %q", at)
	}
	k.whole("a card that moved")
	for _, step := range []string{"Doelen", "Acties", "Eén ding in de weg"} {
		k.until(step, has("Naar ‘"+step))
		k.Press(kb.Enter)
	}
	k.presses("Sluit samen af")
	k.See("Wie erbij was")
	k.finds("the board, closed")
}
