//go:build browser

package keyboard

import (
	"regexp"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"leerkring/test/browser"
)

var trajectoryAt = regexp.MustCompile(`^/trajectories/[0-9a-z]{26}`)

// TestAccessibility_KeyboardTeam plays what a team does, from the beginning to the page that
// it keeps. Each flow goes on where the one before it came.
func TestAccessibility_KeyboardTeam(t *testing.T) {
	g := &game{house: open(t)}
	for _, flow := range []struct {
		name, role string
		play       func(*game, *hands)
	}{
		{"begin a trajectory", "kartrekker", (*game).begin},
		{"invite somebody", "kartrekker", (*game).invite},
		{"answer a question", "docent", (*game).answer},
		{"plan with a conflict", "kartrekker", (*game).plan},
		{"ask a decision", "kartrekker", (*game).ask},
		{"react to a decision", "docent", (*game).react},
		{"hold an hour", "kartrekker", (*game).hour},
		{"monitor moment", "kartrekker", (*game).moment},
		{"agreement page", "kartrekker", (*game).agree},
		{"my week", "docent", (*game).week},
		{"plan from Word", "kartrekker", (*game).word}, // begins one of its own
	} {
		t.Run(flow.name, func(t *testing.T) {
			if g.at == "" && flow.name != "begin a trajectory" && flow.name != "plan from Word" {
				t.Fatal("there is no trajectory to go on with")
			}
			flow.play(g, g.comes(t, flow.name, flow.role))
		})
	}
}

// game is one trajectory in the hands of several people.
type game struct {
	*house
	at string
}

func (g *game) begin(k *hands) {
	k.finds("an empty week")
	k.presses("Trajecten")
	k.finds("no trajectories")
	k.until("iets oplossen", has("iets oplossen"))
	k.Press(kb.Enter)
	k.finds("the form")
	k.writes("Hoe noemen jullie het?", "Van 3 naar 4")
	k.writes("Waar gaat het om?", "Wie in 3 goed meekomt, loopt in 4 vast.")
	k.presses("Begin")
	if g.at = trajectoryAt.FindString(k.Path()); g.at == "" {
		k.t.Fatalf("began, and came to %s", k.Path())
	}
	k.finds("the trajectory")
}

func (g *game) invite(k *hands) {
	k.Goto(g.at + "/people")
	k.presses("Vraag erbij") // nobody is chosen
	k.See("Kies")
	k.finds("refused")
	k.writes("Collega", "Noor H")
	k.picks("Lid van de groep")
	k.writes("Namens wie?", "mens en maatschappij")
	k.presses("Vraag erbij")
	k.See("Noor Haddad")
	k.finds("two people")
}

func (g *game) answer(k *hands) {
	k.Goto(g.at + "/questions/f1.q1")
	k.finds("the question")
	if !k.Has("Wat zeg jij?") {
		k.presses("Geef jouw antwoord")
	}
	k.writes("Wat zeg jij?", "Drie leerlingen pakten hun boek pas toen ik naast hen stond.")
	k.presses("Voeg toe")
	k.See("Je bijdrage staat erbij")
	k.finds("one answer")
}

// plan is written, and then changed by two people at once.
func (g *game) plan(k *hands) {
	k.Goto(g.at + "/plan")
	k.finds("no plan")
	k.writes("Wat willen we bereiken?", "Leerlingen pakken een grote vraag zelf aan.")
	k.writes("Wat doet iedereen?", "Elke week één open vraag.")
	k.presses("Zet het eerste plan neer")
	k.See("Je eerste plan staat er")
	k.finds("the first plan")
	k.until("the goal", has("Pas doel 1 aan"))
	k.Press(kb.Enter)
	k.finds("one goal")
	other := g.comes(k.t, "", "docent")
	other.Goto(k.Path())
	other.Fill("Wat willen jullie bereiken?", "Leerlingen beginnen zelf.")
	other.Click("Bewaar")
	other.See("Leerlingen beginnen zelf.")
	k.to("Wat willen jullie bereiken?")
	k.Press(kb.End)
	k.Type(" Elke week.")
	k.presses("Bewaar")
	k.See("Beide versies zijn bewaard")
	k.finds("both versions")
	k.presses("Zet dit in het plan")
	k.See("Elke week.")
}

// word begins with a plan that is there already, and gives what waits beside it other words.
func (g *game) word(k *hands) {
	k.Goto("/trajectories/own/form?method=verbetercyclus")
	k.finds("the form")
	k.to("Of plak hier de tekst")
	for _, line := range []string{"# Lezen", "## Doelen", "- Elke dag lezen we een kwartier.", "## Begroting", "Er is tweehonderd euro.", "", "Nog even wachten."} {
		k.Type(line)
		k.Press(kb.Enter)
	}
	k.presses("Kijk wat het wordt")
	k.See("Dit wordt jullie plan")
	k.finds("the look")
	k.picks("Besluit")
	k.presses("Begin met dit plan")
	k.See("Nog 2 regels zonder plek")
	k.finds("the plan with what waits")
	k.until("the words", has("Pas de woorden aan"))
	k.Press(kb.Enter)
	k.to("De woorden van deze regel")
	k.Press(kb.End)
	k.Type(" Voor boeken.")
	k.presses("Bewaar deze woorden")
	k.See("Er is tweehonderd euro. Voor boeken.")
	k.presses("Leg weg")
	k.See("Nog één regel zonder plek")
	k.finds("one line waits")
}

func (g *game) ask(k *hands) {
	k.Goto(g.at + "/plan")
	k.presses("Leg het op tafel")
	k.See("Het plan ligt op tafel")
	k.presses("Vraag een besluit")
	k.finds("the question")
	k.presses("Leg het voor")
	k.See("Het ligt voor")
	k.finds("it is asked")
}

func (g *game) react(k *hands) {
	k.Goto(g.at + "/plan")
	k.finds("asked")
	k.picks("Ja, met een wens")
	k.writes("Wat is je wens of bezwaar?", "Liever in juni.")
	k.presses("Geef je reactie")
	k.See("Je wens staat erbij")
	k.finds("said")
}

// hour plans one, holds it on the board and closes it.
func (g *game) hour(k *hands) {
	k.Goto(g.at + "/meetings")
	k.finds("no hour")
	k.presses("Plan dit uur")
	hour := regexp.MustCompile(`^/trajectories/[0-9a-z]{26}/meetings/[0-9a-z]{26}`).FindString(k.Path())
	k.Goto(hour + "/prepare")
	k.finds("prepare")
	k.until("Zet klaar", has("Zet klaar"))
	k.Press(kb.Enter)
	k.See("De groep kan de agenda lezen")
	k.Goto(hour + "/board")
	k.finds("the board before")
	k.presses("Begin het uur")
	k.See("Wij doen altijd")
	k.finds("the board")
	k.writes("Wat breng je in?", "Zij las eerst het voorbeeld.")
	k.presses("Breng in")
	k.See("Zij las eerst het voorbeeld.")
	k.writes("Wij …", "laten eerst een voorbeeld zien")
	k.presses("Spreek dit af")
	k.See("We laten eerst een voorbeeld zien.")
	k.presses("Sluit af")
	k.See("Wie waren er?")
	k.finds("close")
	k.presses("Sluit af en deel met iedereen")
	k.See("Wie er waren")
	k.finds("minutes")
}

func (g *game) moment(k *hands) {
	k.Goto(g.at + "/monitor")
	k.finds("nothing followed")
	if !k.Has("Volg dit") {
		k.presses("Volg nog iets")
	}
	k.writes("Wat wil je zien gebeuren?", "Er was een open vraag.")
	k.writes("Wat tel je?", "lessen")
	k.presses("Volg dit")
	k.See("Dit volgen jullie vanaf nu")
	if !k.Has("Plan dit moment") {
		k.presses("Plan een moment")
	}
	k.dates("Op welke dag?", time.Now())
	k.presses("Plan dit moment")
	k.See("Gepland.")
	k.finds("a moment today")
	k.presses("Vul samen in")
	k.finds("fill in together")
	k.writes("Gelukt", "7")
	k.writes("In totaal", "12")
	k.presses("Bewaar voor de groep")
	k.See("Bewaard")
	k.finds("held")
}

func (g *game) agree(k *hands) {
	k.Goto(g.at + "/agreement/edit")
	k.finds("write")
	k.writes("Wat doen jullie altijd?", "Wij doen elke week een open vraag hardop voor.")
	k.presses("Stel deze regel voor")
	k.Goto(g.at + "/agreement")
	k.finds("proposed")
	k.presses("Stel vast")
	k.See("Wij doen elke week een open vraag hardop voor.")
	k.finds("it stands")
}

func (g *game) week(k *hands) {
	k.finds("the week")
	k.until("the end of the page", func(s browser.Stop) bool { return s.Kind == "page" })
}
