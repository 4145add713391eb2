//go:build browser

package journey

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"leerkring/test/browser"
)

// TestProofA_TransitionCase walks the case of the third and fourth year with six people,
// from the first unease to what is agreed.
func TestProofA_TransitionCase(t *testing.T) {
	each(t, func(t *testing.T, s *school) {
		c := &transition{school: s, marieke: s.comes("kartrekker"), ilse: s.comes("schoolleider"), noor: s.comes("docent"), rob: s.comes("beheerder"),
			joost: s.byMail("Joost Verhagen", "joost@hetbaken.example"), samira: s.byMail("Samira Essaidi", "samira@hetbaken.example")}
		c.explore()
		c.understand()
		c.decide()
		c.do()
		c.secure()
	})
}

// transition is the case and who walk it.
type transition struct {
	*school
	marieke, ilse, noor, rob, joost, samira *person
	at                                      string // the trajectory
	decision                                string // the decision about the plan
}

func (c *transition) explore() {
	c.step("1: begin, and ask the group in", func() {
		c.at = c.marieke.begins("Van 3 naar 4 havo/vwo", "Wie in 3 goed meekomt, loopt in 4 vast bij grotere vragen.", "")
		c.marieke.asks(c.at, "Noor Haddad", "Lid van de groep", "mens en maatschappij")
		c.marieke.asks(c.at, "Joost Verhagen", "Lid van de groep", "sectie exact")
		c.marieke.asks(c.at, "Samira Essaidi", "Lid van de groep", "bovenbouw")
		c.marieke.Picture("journey-1-people")
	})
	c.step("1: the first unease", func() {
		c.joost.answers(c.at, "f1.q1", "In 4 havo vroegen vijf leerlingen mij wat ‘leg uit’ betekent.")
		c.samira.answers(c.at, "f1.q1", "Bij biologie leren ze mijn samenvatting, en niet het verband.")
		c.noor.answers(c.at, "f1.q2", "Bij geschiedenis zie ik het ook: een bron lezen kan, erover schrijven niet.")
		c.marieke.Goto(c.at)
		c.marieke.See("Bij biologie leren ze mijn samenvatting")
		c.marieke.Picture("journey-1-answers")
	})
	c.step("1: a candidate for the focus of the year", func() {
		c.marieke.Goto(c.at + "/explore")
		c.marieke.Choose("In 4 havo vroegen")
		c.marieke.Choose("Bij biologie leren")
		c.marieke.Fill("Hoe heet het?", "Zelf een grote vraag aanpakken")
		c.marieke.Fill("Welke zin uit onze visie hoort hierbij?", "Leerlingen sturen zelf")
		c.marieke.next("Maak er een onderwerp van")
		c.marieke.See("Het onderwerp staat erbij")
		c.marieke.Picture("journey-1-candidate")
	})
	c.step("1: the leader chooses", func() {
		c.ilse.Goto(c.at + "/explore")
		c.ilse.See("Past bij Leerlingen sturen zelf")
		c.ilse.Click("Kies over A")
		c.ilse.Fill("Waarom? Collega's lezen deze zin.", "Hier lopen drie vakken tegelijk op vast, en het past bij onze visie.")
		c.ilse.Click("Houd vast")
		c.marieke.Goto(c.at + "/explore")
		c.marieke.See("Hier lopen drie vakken tegelijk op vast")
		c.marieke.Picture("journey-1-choice")
	})
	c.forward("Verdiep", "Het rooster volgt: Ilse regelt het vaste uur.")
}

// forward goes on to the next stage, with a word about what is still open.
func (c *transition) forward(stage, why string) {
	c.step("on to "+stage, func() {
		c.marieke.Goto(c.at)
		c.marieke.Click("Door naar " + stage)
		c.marieke.Fill("gaan jullie nu toch door?", why)
		c.marieke.Click("Door naar " + stage)
		c.marieke.See("Jullie zijn een fase verder")
		c.marieke.See(stage + " sinds")
		c.marieke.Picture("journey-to-" + strings.ReplaceAll(strings.ToLower(stage), " & ", "-"))
	})
}

func (c *transition) understand() {
	c.step("2: what we know, and from whom", func() {
		c.joost.Goto(c.at + "/sources")
		c.joost.unfold("Voeg een bron toe")
		c.joost.Fill("Hoe heet de bron?", "Gesprek met acht leerlingen uit 4 havo")
		c.joost.Fill("Wat zegt deze bron?", "Ze zeggen: in 3 deed de docent de vraag altijd voor.")
		c.joost.next("Zet deze bron erbij")
		c.joost.See("Gesprek met acht leerlingen uit 4 havo")
	})
	c.step("2: how we explain it", func() {
		c.samira.Goto(c.at + "/sources")
		c.samira.unfold("Voeg een verklaring toe")
		c.samira.Fill("Hoe verklaar je dit?", "Wij lossen het zelf op zodra een klas stilvalt.")
		c.samira.Fill("Wie verklaart het zo?", "sectie biologie")
		c.samira.next("Zet deze verklaring erbij")
		c.samira.See("Wij lossen het zelf op zodra een klas stilvalt.")
	})
	c.step("2: what we found", func() {
		c.marieke.Goto(c.at + "/sources")
		c.marieke.unfold("Schrijf op wat jullie vonden")
		c.marieke.Fill("Wat vonden jullie?", "Leerlingen oefenen het aanpakken van een grote vraag bijna nooit alleen.")
		c.marieke.next("Bewaar wat jullie vonden")
		c.marieke.See("bijna nooit alleen")
		c.marieke.Picture("journey-2-sources")
	})
	c.forward("Besluit", "We weten genoeg om klein te beginnen.")
}

func (c *transition) decide() {
	c.step("3: a first plan on one page", func() {
		c.marieke.Goto(c.at + "/plan")
		c.marieke.Fill("Waarom doen we dit?", "In 4 havo vroegen vijf leerlingen wat ‘leg uit’ betekent.")
		c.marieke.Fill("Wat willen we bereiken?", "Leerlingen pakken een grote vraag zelf aan.")
		c.marieke.Fill("Waaraan merken we dat het lukt?", "Ze beginnen zonder te wachten tot wij naast hen staan.")
		c.marieke.Fill("Wat doet iedereen?", "Elke week één open vraag, hardop voorgedaan.")
		c.marieke.Fill("Wat kies je zelf?", "Bij welk hoofdstuk je begint.")
		c.marieke.Click("Zet het eerste plan neer")
		c.marieke.See("Je eerste plan staat er")
		c.marieke.Picture("journey-3-plan")
	})
	c.step("3: on the table", func() {
		c.marieke.Click("Leg het op tafel")
		c.marieke.See("Het plan ligt op tafel")
	})
	c.step("3: put to the decision", func() {
		c.marieke.Click("Vraag een besluit")
		c.marieke.Picture("journey-3-ask")
		c.marieke.Click("Leg het voor")
		c.marieke.See("Het ligt voor")
	})
	c.step("3: a yes, a wish and an objection", func() {
		c.joost.reacts(c.at, "Ja, akkoord", "", "Je reactie staat erbij")
		c.noor.reacts(c.at, "Ja, met een wens", "Spreek af wie de eerste vraag maakt.", "Je wens staat erbij")
		c.samira.reacts(c.at, "Nee, ik heb een bezwaar", "Elke week haal ik niet naast de practica.", "Je bezwaar staat erbij")
		c.samira.Picture("journey-3-objection")
	})
	c.step("3: the objection is answered", func() {
		c.marieke.Goto(c.at + "/plan")
		c.marieke.Click("Lees alle reacties")
		c.decision = strings.SplitN(c.marieke.Path(), "?", 2)[0]
		c.marieke.answersReaction("Antwoord", "Om de week is genoeg in weken met een practicum.")
		c.samira.Goto(c.decision)
		c.samira.See("Om de week is genoeg in weken met een practicum.")
		c.samira.See("beantwoord")
	})
	c.step("3: the decision is closed", func() {
		c.marieke.reacts(c.at, "Ja, akkoord", "", "Je reactie staat erbij")
		c.marieke.Goto(c.decision)
		c.marieke.unfold("Sluit dit besluit")
		c.marieke.Choose("akkoord We gaan het doen.")
		c.marieke.Fill("Waarom?", "Iedereen kan ermee verder, en we beginnen klein.")
		if strings.Contains(c.marieke.Text(), "en sluiten toch") {
			c.marieke.Choose("en sluiten toch")
		}
		c.marieke.Click("Sluit en leg vast")
		c.marieke.See("Het besluit staat vast")
		c.marieke.Picture("journey-3-decided")
	})
	c.forward("Doe & monitor", "De eerste vraag staat klaar voor maandag.")
}

func (c *transition) do() {
	c.step("4: what we count", func() {
		c.marieke.Goto(c.at + "/monitor")
		c.marieke.unfold("Volg nog iets")
		c.marieke.Fill("Wat wil je zien gebeuren?", "Er was een open vraag, hardop voorgedaan.")
		c.marieke.Fill("Wat tel je?", "lessen")
		c.marieke.next("Volg dit")
		c.marieke.See("Dit volgen jullie vanaf nu")
	})
	c.step("4: a moment, held", func() {
		c.marieke.unfold("Plan een moment")
		c.marieke.Fill("Op welke dag?", time.Now().Format(time.DateOnly))
		c.marieke.next("Plan dit moment")
		c.marieke.See("Gepland.")
		c.marieke.Click("Vul samen in")
		c.marieke.Fill("Gelukt", "7")
		c.marieke.Fill("In totaal", "12")
		c.marieke.Fill("Wat hielp toen het lukte?", "De vraag stond al op het bord.")
		c.marieke.next("Bewaar voor de groep")
		c.marieke.See("Bewaard")
		c.marieke.Picture("journey-4-moment")
	})
	c.step("4: the plan is adjusted", func() {
		c.marieke.Goto(c.at + "/plan/items/new?kind=room")
		c.marieke.Fill("Wat kies je zelf?", "In weken met een practicum: om de week.")
		c.marieke.Click("Bewaar")
		c.marieke.Goto(c.at + "/plan")
		c.marieke.Fill("Waarom stellen jullie bij?", "Elke week bleek te veel naast de practica.")
		c.marieke.Fill("Wie besloot dit?", "De PLG, in het uur van vandaag.")
		c.marieke.Click("Stel bij")
		c.marieke.See("Het bijgestelde plan geldt vanaf nu")
		c.marieke.Picture("journey-4-adjusted")
	})
	c.step("4: the next hour is planned", func() {
		c.marieke.Goto(c.at + "/meetings/new")
		c.marieke.Fill("Dag", time.Now().AddDate(0, 0, 7).Format(time.DateOnly))
		c.marieke.Fill("Begint om", "15:30")
		c.marieke.Fill("Minuten", "60")
		c.marieke.Click("Plan dit uur")
		c.marieke.See("Zo loopt het uur")
		c.marieke.Picture("journey-4-meeting")
	})
	c.forward("Borg", "Twee lijnen gaan de goede kant op.")
}

func (c *transition) secure() {
	c.step("5: one line that everybody keeps", func() {
		c.noor.Goto(c.at + "/agreement/edit")
		c.noor.Fill("Wat doen jullie altijd?", "Wij doen elke week één open vraag hardop voor.")
		c.noor.Click("Stel deze regel voor")
		c.marieke.Goto(c.at + "/agreement")
		c.marieke.Click("Stel vast")
		c.marieke.See("Wij doen elke week één open vraag hardop voor.")
	})
	c.step("5: it has a name, a caretaker, a place in a meeting and a day to look again", func() {
		c.marieke.Goto(c.at + "/agreement/edit")
		c.marieke.Fill("Hoe noemen jullie het?", "Een open vraag, hardop voorgedaan")
		c.marieke.next("Bewaar")
		c.marieke.See("Bewaard.")
		c.marieke.Goto(c.at + "/agreement/edit")
		c.marieke.Fill("Wie houdt dit levend?", "Noor Haddad")
		c.marieke.Fill("In welk overleg komt het terug?", "teamoverleg")
		c.marieke.Fill("Wanneer kijken jullie er opnieuw naar?", time.Now().AddDate(0, 5, 0).Format(time.DateOnly))
		c.marieke.next("Bewaar")
		c.marieke.See("Bewaard.")
	})
	c.step("5: the page is fixed", func() {
		c.marieke.Goto(c.at + "/agreement")
		c.marieke.Click("Zet deze versie vast")
		c.marieke.See("Vastgezet.")
		c.marieke.See("Versie 1")
		c.marieke.Picture("journey-5-agreement")
	})
	c.step("5: a colleague who was never asked reads it", func() {
		c.rob.Goto(c.at + "/agreement")
		c.rob.See("Wij doen elke week één open vraag hardop voor.")
		c.rob.See("Versie 1")
	})
	c.step("5: it is secured", func() {
		c.marieke.Goto(c.at + "/settings/form")
		c.marieke.Click("Het is vast")
		c.marieke.See("Dit is vast")
		c.marieke.Picture("journey-5-secured")
	})
}

// reacts says whether somebody can go on with the plan.
func (p *person) reacts(at, choice, text, said string) {
	p.t.Helper()
	p.Goto(at + "/plan")
	p.Choose(choice)
	if text != "" {
		p.Fill("Wat is je wens of bezwaar?", text)
	}
	p.Click("Geef je reactie")
	p.See(said)
}

// answersReaction answers the first objection or wish of the page.
func (p *person) answersReaction(fold, text string) {
	p.t.Helper()
	browser.Eval[bool](p.Person, `(() => { const s = [...document.querySelectorAll("summary")].find((s) => s.innerText.trim() === `+strconv.Quote(fold)+`); s.click(); return true })()`)
	p.Fill("Wat doen jullie ermee?", text)
	p.next("Zet het antwoord erbij")
	p.See("Je antwoord staat erbij")
}
