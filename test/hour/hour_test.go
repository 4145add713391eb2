//go:build browser

package hour

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"leerkring/test/browser"
	"leerkring/test/whole"
)

func TestMain(m *testing.M) { browser.Main(m) }

var (
	trajectoryAt = regexp.MustCompile(`^/trajectories/[0-9a-z]{26}`)
	hourAt       = regexp.MustCompile(`^/trajectories/[0-9a-z]{26}/meetings/[0-9a-z]{26}`)
)

// enters lets somebody of the demo in.
func enters(t *testing.T, program *whole.Program, b *browser.Browser, role string, how ...browser.Option) *browser.Person {
	t.Helper()
	who := program.Role(role)
	p := b.Person(who.Name, how...)
	at, err := url.Parse(who.SignIn)
	if err != nil {
		t.Fatal(err)
	}
	p.Goto(at.Path)
	p.Click("Ga naar binnen")
	p.Goto("/week")
	return p
}

// begins starts a trajectory with a colleague in it, and returns where it lives.
func begins(t *testing.T, lead *browser.Person, colleague string) string {
	t.Helper()
	lead.Goto("/trajectories")
	lead.Click("iets oplossen wat ons al langer dwarszit")
	lead.Fill("Hoe noemen jullie het?", "Aansluiting klas 3–4")
	lead.Fill("Waar gaat het om?", "Leerlingen weten na een onvoldoende niet hoe verder.")
	lead.Click("Begin")
	at := trajectoryAt.FindString(lead.Path())
	lead.Goto(at + "/people")
	lead.Fill("Collega", colleague)
	lead.Choose("Lid van de groep")
	lead.Click("Vraag erbij")
	lead.See(colleague)
	return at
}

// TestAnHourWithTwoScreens plans an hour, makes it, holds it and closes it. Nobody
// reloads: what the one does, the other sees.
func TestAnHourWithTwoScreens(t *testing.T) {
	program := whole.Demo(t, "--empty")
	b := browser.New(t, program.Address)
	marieke := enters(t, program, b, "kartrekker")
	noor := enters(t, program, b, "docent", browser.Phone)
	name := program.Role("docent").Name
	first, _, _ := strings.Cut(name, " ")
	at := begins(t, marieke, name)

	// Planning: a day and a time, and the rest is proposed.
	marieke.Goto(at + "/meetings")
	marieke.See("Er staat nog geen uur gepland")
	before := marieke.Clicks()
	today := browser.Eval[string](marieke, `new Date(Date.now() + 3600e3).toLocaleDateString("sv", {timeZone: "Europe/Amsterdam"})`)
	marieke.Fill("Dag", today)
	marieke.Fill("Begint om", "15:10")
	marieke.Fill("Waar?", "lokaal 1.08")
	marieke.Click("Plan dit uur")
	hour := hourAt.FindString(marieke.Path())
	if hour == "" {
		t.Fatalf("planned, and came to %s", marieke.Path())
	}
	marieke.See("60 van 60 minuten")
	marieke.Goto("/week")
	marieke.Click("Maak het af") // the host is asked to finish it

	// Making it: minutes that add up, and ready.
	marieke.Click("Vijf minuten minder voor Vraag 1")
	marieke.See("55 van 60 minuten")
	marieke.See("Er zijn nog 5 minuten over")
	marieke.Click("Vijf minuten meer voor Vraag 2")
	marieke.See("60 van 60 minuten")
	marieke.Goto(hour + "/prepare")
	marieke.Click("Zet klaar voor vandaag")
	marieke.See("De groep kan de agenda lezen")
	if n := marieke.Clicks() - before; n > 6 {
		t.Errorf("an hour takes %d clicks to make", n)
	}
	noor.Goto(hour)
	noor.See("Zo kom je voorbereid binnen")

	// The hour begins on the board; the phone of Noor turns by itself.
	marieke.Goto(hour + "/board")
	marieke.Click("Begin het uur")
	marieke.See("Wij doen altijd")
	noor.See("Wat breng je in?")
	noor.Fill("Wat breng je in?", "Zij las eerst het voorbeeld.")
	noor.Click("Breng in")
	marieke.See("Zij las eerst het voorbeeld.")
	marieke.See(first)

	// What somebody is typing is never taken away.
	noor.Fill("Wat breng je in?", "Half af")
	marieke.Fill("Wij …", "laten eerst een voorbeeld zien")
	marieke.Click("Spreek dit af")
	marieke.See("We laten eerst een voorbeeld zien.")
	noor.See("We laten eerst een voorbeeld zien.")
	if v := noor.Value("Wat breng je in?"); v != "Half af" {
		t.Errorf("what Noor was writing became %q", v)
	}

	// The next question stands on both screens, and two minutes more.
	noor.Fill("Wat breng je in?", "")
	noor.Goto(hour)
	marieke.Click("Naar vraag 2")
	noor.See("Deel 2 van 3")
	marieke.Click("2 minuten")
	marieke.Fill("Wat breng je in?", "We weten het niet.")
	marieke.Click("Breng in")
	noor.See("We weten het niet.")

	// A task has one person and a day.
	marieke.Fill("Doet wat?", "vraagt vier leerlingen hoe zij vergelijken")
	marieke.Click("Geef deze taak")
	marieke.See("Kies één collega die dit doet")
	if v := marieke.Value("Doet wat?"); v != "vraagt vier leerlingen hoe zij vergelijken" {
		t.Errorf("what was typed came back as %q", v)
	}
	marieke.Fill("Wie?", first)
	marieke.Click("Geef deze taak")
	noor.See("vraagt vier leerlingen hoe zij vergelijken")

	// Closing: everybody has it.
	marieke.Click("Sluit af")
	marieke.See("Wie waren er?")
	marieke.NotSee("Wat is de volgende stap?")
	marieke.Click("Sluit af en deel met iedereen")
	marieke.See("Afspraken en taken staan bij iedereen")
	marieke.See("Wie er waren")
	noor.See("Dit zeiden we")
	noor.Goto("/week")
	noor.See("vraagt vier leerlingen hoe zij vergelijken")
	noor.Click("Gedaan")
	noor.NotSee("vraagt vier leerlingen hoe zij vergelijken")
	noor.Click("Toch nog open")
	noor.See("vraagt vier leerlingen hoe zij vergelijken")
	noor.Click("Gedaan")

	// The next hour looks back at it.
	marieke.Goto(at + "/meetings")
	marieke.Click("Plan dit uur")
	marieke.See("Van vorige keer")
	marieke.See("We laten eerst een voorbeeld zien.")
	marieke.Click("gelukt")
	marieke.See("gelukt")
	marieke.See("klaar")
}

// TestAnHourWithoutScript holds an hour on a machine without JavaScript.
func TestAnHourWithoutScript(t *testing.T) {
	program := whole.Demo(t, "--empty")
	b := browser.New(t, program.Address)
	marieke := enters(t, program, b, "kartrekker", browser.NoScript)
	at := begins(t, marieke, program.Role("docent").Name)
	marieke.Goto(at + "/meetings/new")
	marieke.Click("Plan dit uur")
	hour := hourAt.FindString(marieke.Path())
	marieke.Click("Vijf minuten minder voor Vraag 1")
	marieke.See("55 van 60 minuten")
	marieke.Click("Vijf minuten meer voor Vraag 1")
	marieke.Goto(hour + "/prepare")
	marieke.Click("Zet klaar voor")
	marieke.Goto(hour)
	marieke.Click("Begin zonder bord")
	marieke.Fill("Wat breng je in?", "Zonder script gaat het ook.")
	marieke.Click("Breng in")
	marieke.See("Zonder script gaat het ook.")
	marieke.Click("Naar vraag 2")
	marieke.See("Deel 2 van 3")
	marieke.Click("Sluit af")
	marieke.See("Wat is de volgende stap?")
	marieke.Fill("Wie?", program.Role("kartrekker").Name[:strings.Index(program.Role("kartrekker").Name, " ")])
	marieke.Fill("Doet wat?", "vraagt het na")
	marieke.Click("Sluit af en deel met iedereen")
	marieke.See("vraagt het na")
}
