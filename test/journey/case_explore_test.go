//go:build browser

package journey

import (
	"fmt"

	"leerkring/test/browser"
)

const (
	unease  = "In 4 havo vroegen vijf leerlingen mij wat ‘leg uit’ betekent."
	summary = "Bij biologie leren ze mijn samenvatting, en niet het verband."
	pupils  = "Ik weet niet wanneer mijn antwoord goed genoeg is."
	waits   = "Op de gang is het na de pauze te druk om te beginnen."
	topicA  = "Zelf een grote vraag aanpakken"
	topicB  = "Rustig beginnen na de pauze"
)

// explore is phase 1: from the first unease to a focus point of the year.
func (c *transition) explore() {
	c.step("1: begin, and ask the group in", func() {
		c.at = c.marieke.begins("Van 3 naar 4 havo/vwo", "Wie in 3 goed meekomt, loopt in 4 vast bij grotere vragen.", "")
		c.picture(c.marieke, "begun")
		c.marieke.asks(c.at, "Noor Haddad", "Lid van de groep", "mens en maatschappij")
		c.marieke.asks(c.at, "Joost Verhagen", "Lid van de groep", "sectie exact")
		c.marieke.asks(c.at, "Samira Essaidi", "Lid van de groep", "bovenbouw")
		c.picture(c.marieke, "people")
	})
	c.step("1: the first unease appears where the lead is looking", func() {
		c.marieke.Goto(c.at)
		c.joost.answers(c.at, "f1.q1", unease)
		c.samira.answers(c.at, "f1.q1", summary)
		c.noor.answers(c.at, "f1.q2", waits)
		c.marieke.See(summary) // nobody reloads
		c.picture(c.marieke, "unease")
	})
	c.step("1: a colleague replies", func() {
		c.noor.Goto(c.at + "/questions/f1.q1")
		c.noor.beside(unease, "Reageer")
		c.noor.Fill("Je reactie", "Bij mij ook. Ze wachten tot ik het voordoe.")
		c.noor.Click("Plaats je reactie")
		c.noor.See("Ze wachten tot ik het voordoe.")
		c.picture(c.noor, "reply")
		c.joost.Goto(c.at + "/questions/f1.q1")
		c.joost.See("Ze wachten tot ik het voordoe.")
	})
	c.pupil()
	c.alone()
	c.candidates()
	c.weigh()
	c.choose()
	c.forward("Verdiep", "Het rooster volgt: Ilse regelt het vaste uur.")
}

// pupil lets a pupil answer by the link that the lead makes.
func (c *transition) pupil() {
	pupil := &person{c.browser.Person("a pupil", browser.Phone), c.t}
	c.step("1: a pupil answers without an account", func() {
		c.marieke.Goto(c.at + "/questions/f1.q1")
		c.marieke.Click("Maak een link voor leerlingen")
		c.marieke.See("Zonder account en zonder naam")
		c.picture(c.marieke, "pupil-link")
		pupil.opens(c.marieke.Value("De link"))
		pupil.See("Je naam komt er niet bij. Iedereen die op Het Baken College werkt, kan je antwoord lezen.")
		pupil.Fill("Jouw antwoord", pupils)
		c.picture(pupil, "pupil-question")
		pupil.Click("Stuur")
		pupil.See("Dank je wel. Je antwoord is binnen.")
		c.picture(pupil, "pupil-thanks")
	})
	c.step("1: nothing of the pupil stays behind", func() {
		if left := pupil.Value("Jouw antwoord"); left != "" {
			c.t.Errorf("the next pupil reads %q", left)
		}
		if cookies := pupil.Cookies(); len(cookies) > 0 {
			c.t.Errorf("the browser of a pupil keeps %v", cookies)
		}
		if n := browser.Eval[int](pupil.Person, `localStorage.length + sessionStorage.length`); n > 0 {
			c.t.Errorf("the browser of a pupil stores %d things", n)
		}
		c.joost.See(pupils) // the page that was open gets it by itself
		c.joost.See("Leerling,")
		c.picture(c.joost, "pupil-heard")
	})
}

// alone is the blind first round: nobody reads another before everybody wrote.
func (c *transition) alone() {
	mine := map[*person]string{
		c.joost: "Het grote vraagstuk: daar lopen drie vakken op vast.", c.noor: "De grote vraag. De gang kan wachten.",
		c.samira: "De grote vraag, en klein beginnen.", c.marieke: "Zelf beginnen aan iets groots.",
	}
	c.step("1: first everybody for themselves", func() {
		c.marieke.Goto(c.at + "/questions/f1.q3")
		c.marieke.Click("Vraag het")
		c.marieke.See("Ieder voor zich: 0 van 4 schreven al")
		c.joost.answers(c.at, "f1.q3", mine[c.joost])
		c.noor.answers(c.at, "f1.q3", mine[c.noor])
		c.joost.Goto(c.at + "/questions/f1.q3")
		c.joost.See("2 van 4 schreven al")
		c.joost.See(mine[c.joost])
		c.joost.NotSee(mine[c.noor])
		c.picture(c.joost, "blind")
		c.ilse.Goto(c.at + "/questions/f1.q3")
		c.ilse.NotSee(mine[c.joost])
		c.ilse.NotSee(mine[c.noor]) // nor does the leader
	})
	c.step("1: then all at once, with names", func() {
		c.samira.answers(c.at, "f1.q3", mine[c.samira])
		c.joost.NotSee(mine[c.samira])
		c.marieke.answers(c.at, "f1.q3", mine[c.marieke])
		for _, text := range mine {
			c.joost.See(text)
		}
		c.joost.See("4 van 4 zijn gehoord")
		c.picture(c.joost, "blind-opened")
	})
}

func (c *transition) candidates() {
	c.step("1: what belongs together", func() {
		c.marieke.Goto(c.at + "/explore")
		c.marieke.Choose("In 4 havo vroegen")
		c.marieke.Choose("Bij biologie leren")
		c.marieke.Choose("Ik weet niet wanneer")
		c.marieke.Fill("Hoe heet het?", topicA)
		c.marieke.Fill("Welke zin uit onze visie hoort hierbij?", "Leerlingen sturen zelf")
		c.marieke.Click("Maak er een onderwerp van")
		c.marieke.See("Het onderwerp staat erbij")
		c.marieke.Choose("Op de gang is het")
		c.marieke.Fill("Hoe heet het?", topicB)
		c.marieke.Click("Maak er een onderwerp van")
		c.marieke.See("2 onderwerpen")
		c.picture(c.marieke, "candidates")
	})
}

// weigh asks all colleagues for importance against effort: the spread is shown from ten
// answers up, so some colleagues help who do not walk along.
func (c *transition) weigh() {
	c.step("1: all colleagues weigh", func() {
		c.marieke.Click("Laat iedereen wegen")
		c.marieke.Choose("Heel de school")
		c.marieke.beside("Dit kan vanaf vijf mensen", "Vraag het")
		c.marieke.See("Iedereen kan nu wegen")
		group := []*person{c.marieke, c.joost, c.samira, c.noor}
		for _, name := range []string{"thijs", "jeroen", "eva", "sander", "hugo", "claire"} {
			group = append(group, c.byMail(name, name+"@hetbaken.example"))
		}
		for i, p := range group {
			p.weighs("Van 3 naar 4 havo/vwo", map[string][2]string{
				topicA: {fmt.Sprint(4 + i%2), fmt.Sprint(2 + i%2)},
				topicB: {fmt.Sprint(2 + i%2), fmt.Sprint(1 + 4*(i%2))}, // half thinks that it takes nothing
			})
		}
		c.picture(c.noor, "weigh")
		c.ilse.Goto(c.at + "/explore")
		c.ilse.NotSee("niet eens") // the leader sees nothing earlier than the others
		c.marieke.Goto(c.at + "/explore")
		c.marieke.Click("Sluit het wegen")
		c.marieke.See("Gesloten. 10 antwoorden.")
		c.marieke.See("Over " + topicB + " zijn we het niet eens.")
		c.picture(c.marieke, "spread")
	})
}

func (c *transition) choose() {
	c.step("1: the leader keeps one, and parks the other for a named year", func() {
		c.ilse.Goto(c.at + "/explore")
		c.ilse.See("Past bij Leerlingen sturen zelf")
		c.ilse.Click("Kies over A " + topicA)
		c.ilse.Fill("Waarom? Collega’s lezen deze zin.", "Hier lopen drie vakken tegelijk op vast, en het past bij onze visie.")
		c.ilse.Click("Houd vast")
		c.ilse.See("Iedereen ziet wat jullie kiezen")
		c.ilse.Click("Kies over B " + topicB)
		year := c.ilse.last("Terug in schooljaar")
		c.ilse.Fill("Waarom? Collega’s lezen deze zin.", "Eerst één ding afmaken.")
		c.ilse.Fill("Terug in schooljaar", year)
		c.ilse.Fill("Wie houdt het in het oog?", "Noor Haddad")
		c.ilse.Click("Parkeer")
		c.picture(c.ilse, "choice")
		c.marieke.Goto(c.at + "/explore")
		c.marieke.See("Hier lopen drie vakken tegelijk op vast")
		c.marieke.See("Terug in " + year + ".")
		c.marieke.See("Noor Haddad houdt het in het oog.")
		c.marieke.See("Eerst één ding afmaken.")
	})
}
