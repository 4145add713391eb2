//go:build browser

package journey

import "leerkring/test/browser"

const rule = "Wij doen elke week één open vraag hardop voor."

// secure is phase 5: how we work from now on, and what begins after it.
func (c *transition) secure() {
	c.step("5: one line that everybody keeps, proposed by one and settled together", func() {
		c.noor.Goto(c.at + "/agreement")
		c.picture(c.noor, "agreement-empty")
		c.noor.Goto(c.at + "/agreement/edit")
		c.noor.Fill("Wat doen jullie altijd?", rule)
		c.noor.Fill("Wanneer is het goed gedaan?", "leerlingen schrijven eerst zelf")
		c.noor.Click("Stel deze regel voor")
		c.noor.See("Voorgesteld.")
		c.marieke.Goto(c.at + "/agreement")
		c.marieke.beside(rule, "Stel vast")
		c.marieke.See("Vastgesteld.")
		c.marieke.See(rule)
	})
	c.step("5: it has a name, a caretaker and a stand-in, a place and a day, and something to read", func() {
		c.marieke.Goto(c.at + "/agreement/edit")
		c.marieke.Fill("Hoe noemen jullie het?", "Een open vraag, hardop voorgedaan")
		c.marieke.Fill("Waar is het voor, in één zin?", "Leerlingen leren zelf te beginnen aan iets groots.")
		c.marieke.next("Bewaar")
		c.marieke.See("Bewaard.")
		c.marieke.Goto(c.at + "/agreement/edit")
		c.marieke.Fill("Wie houdt dit levend?", "Noor Haddad")
		c.marieke.Fill("En wie als die er niet is?", "Joost Verhagen")
		c.marieke.Fill("In welk overleg komt het terug?", "teamoverleg")
		c.marieke.Fill("Hoe vaak?", "drie keer per jaar")
		c.marieke.Fill("Wanneer kijken jullie er opnieuw naar?", today(c.t, 150))
		c.marieke.Fill("Van wie hoort een nieuwe collega dit?", "Samira Essaidi")
		c.marieke.Fill("Wat is het? (1)", "De drie vragen van periode 2")
		c.marieke.next("Bewaar")
		c.marieke.See("Bewaard.")
	})
	c.step("5: the page is fixed", func() {
		c.marieke.Goto(c.at + "/agreement")
		c.marieke.Click("Zet deze versie vast")
		c.marieke.See("Vastgezet.")
		c.marieke.See("Versie 1")
		c.picture(c.marieke, "agreement")
		c.marieke.Paper("case/agreement")
	})
	c.newcomer()
	c.lookBack()
}

// newcomer is a colleague who came later, and only reads: with the own name, if wanted.
func (c *transition) newcomer() {
	c.step("5: a newcomer reads it, and says so", func() {
		ines := c.byMail("Lotte Brouwer", "lotte@hetbaken.example", browser.Phone)
		ines.Goto(c.at + "/agreement")
		ines.See(rule)
		ines.See("De drie vragen van periode 2")
		ines.See("Vraag het aan Samira")
		ines.Click("Ik heb dit gelezen")
		ines.See("Je naam staat erbij")
		ines.unfold("Er wringt iets, of ik heb een vraag")
		ines.Fill("Wat wringt er, of wat vraag je je af?", "Geldt dit ook in een mentorles?")
		ines.Click("Zet het erbij")
		ines.See("Geldt dit ook in een mentorles?")
		c.picture(ines, "newcomer")
		c.noor.Goto(c.at + "/agreement") // who keeps it alive sees who read it
		c.noor.See("Lotte Brouwer")
		c.picture(c.noor, "caretaker")
		c.samira.Goto(c.at + "/agreement") // a colleague who does not care for it sees no names
		c.samira.NotSee("Zetten hun naam")
	})
}

// lookBack ends the cycle: half solved, secured, and the next round begins from it.
func (c *transition) lookBack() {
	first := c.at
	c.step("5: the group looks back", func() {
		c.marieke.Goto(c.at + "/agreement")
		c.marieke.Click("Kijk samen terug")
		c.marieke.Choose("kleiner")
		c.marieke.unfold("Wat is er nog van over?")
		c.marieke.Fill("Wat is er nog van over?", "Bij de talen zien we het nog niet.")
		c.marieke.Fill("Wat deden wij als groep goed?", "Klein begonnen, en elke keer geteld.")
		c.marieke.Fill("Wat doen we een volgende keer anders?", "De talen vanaf het begin erbij vragen.")
		c.marieke.Choose("We beginnen een nieuwe ronde")
		c.picture(c.marieke, "looking-back")
		c.marieke.Click("Bewaar wat we zeiden")
		c.marieke.See("Daar begint de volgende groep mee")
		c.picture(c.marieke, "looked-back")
	})
	c.step("5: the next round begins from it", func() {
		c.marieke.Click("Begin de nieuwe ronde")
		c.marieke.Fill("Hoe heet de nieuwe ronde?", "Van 3 naar 4: de talen")
		c.marieke.Fill("Wat is nu de vraag?", "Bij de talen wachten leerlingen nog tot wij beginnen.")
		c.marieke.Choose("Verdiep")
		c.picture(c.marieke, "next-round-form")
		c.marieke.Click("Begin een nieuwe ronde")
		c.marieke.See("De nieuwe ronde is begonnen")
		c.marieke.See("Bij de talen wachten leerlingen nog tot wij beginnen.")
		c.marieke.See("Ronde 2")
		c.picture(c.marieke, "next-round")
	})
	c.step("5: and the first one is secured", func() {
		c.marieke.Goto(first + "/settings/form")
		c.marieke.Click("Het is vast")
		c.marieke.See("Dit is vast")
		c.picture(c.marieke, "secured")
		c.ilse.Goto("/trajectories")
		c.ilse.See("Er loopt één traject op school.")
		c.ilse.See("Van 3 naar 4: de talen")
		c.picture(c.ilse, "leader-list")
	})
}
