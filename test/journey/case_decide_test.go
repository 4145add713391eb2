//go:build browser

package journey

const (
	goal      = "Leerlingen pakken een grote vraag zelf aan."
	core      = "Elke week één open vraag, hardop voorgedaan."
	objection = "Elke week haal ik niet naast de practica."
)

// decide is phase 3: a plan that everybody recognises, and a decision.
func (c *transition) decide() {
	c.plan()
	c.table()
	c.step("3: put to the decision", func() {
		c.marieke.Click("Vraag een besluit")
		c.picture(c.marieke, "ask-decision")
		c.marieke.Click("Leg het voor")
		c.marieke.See("Het ligt voor")
	})
	c.step("3: a yes, a wish and an objection", func() {
		c.joost.Goto("/week")
		c.joost.See("Kun je verder met ‘Van 3 naar 4 havo/vwo’?")
		c.picture(c.joost, "week-decide")
		c.joost.reacts(c.at, "Ja, akkoord", "", "Je reactie staat erbij")
		c.noor.reacts(c.at, "Ja, met een wens", "Spreek af wie de eerste vraag maakt.", "Je wens staat erbij")
		c.picture(c.noor, "wish")
		c.samira.reacts(c.at, "Nee, ik heb een bezwaar", objection, "Je bezwaar staat erbij")
		c.marieke.reacts(c.at, "Ja, akkoord", "", "Je reactie staat erbij")
		c.marieke.Click("Lees alle reacties")
		c.decision = c.marieke.at()
	})
	c.step("3: the objection gets an owner and a date, and an answer", func() {
		c.marieke.beside(objection, "Zeg wie het oppakt")
		c.marieke.Fill("Wie pakt het op?", "Joost Verhagen")
		c.marieke.Fill("Voor welke dag?", today(c.t, 7))
		c.marieke.Click("Spreek het af")
		c.marieke.See("Joost Verhagen pakt dit op vóór")
		c.joost.Goto(c.decision)
		c.joost.answersReaction(objection, "Antwoord", "Om de week is genoeg.")
		c.joost.See("Samira leest het antwoord nog")
		c.picture(c.joost, "objection-answered")
	})
	c.step("3: whoever objected is asked whether that solves it: not yet", func() {
		c.samira.Goto("/week")
		c.samira.See("Er is een antwoord op je bezwaar bij ‘Van 3 naar 4 havo/vwo’")
		c.picture(c.samira, "week-asked-back")
		c.samira.Click("Lees het antwoord")
		c.samira.See("Lost dit je bezwaar op?")
		c.picture(c.samira, "asked-back")
		c.samira.Click("Nog niet")
		c.samira.See("Je bezwaar blijft open tot er een ander antwoord is")
		c.picture(c.samira, "not-yet")
		c.joost.See("nog niet opgelost, zegt Samira") // his page was open
	})
	c.step("3: no decision closes quietly over it", func() {
		c.marieke.Goto(c.decision)
		c.marieke.closes("Iedereen kan ermee verder, en we beginnen klein.")
		c.marieke.See("Er staat nog één bezwaar open. Praat er eerst over")
		c.picture(c.marieke, "not-quietly")
	})
	c.step("3: another answer solves it", func() {
		c.joost.answersReaction(objection, "Pas het antwoord aan", "Om de week in weken met een practicum, en Joost maakt de vraag.")
		c.samira.Goto(c.decision)
		c.samira.See("Lost dit je bezwaar op?")
		c.samira.Click("Voor mij is het opgelost")
		c.samira.See("Je bezwaar is opgelost")
		c.picture(c.samira, "solved")
	})
	c.step("3: the decision is closed", func() {
		c.marieke.Goto(c.decision)
		c.marieke.answersReaction("Spreek af wie de eerste vraag maakt.", "Antwoord", "Joost maakt de eerste, daarna om de beurt.")
		c.marieke.closes("Iedereen kan ermee verder, en we beginnen klein.")
		c.marieke.See("Het besluit staat vast")
		c.picture(c.marieke, "decided")
	})
	c.forward("Doe & monitor", "De eerste vraag staat klaar voor maandag.")
}

// plan is written on one page first, and then filled in.
func (c *transition) plan() {
	c.step("3: a first plan on one page", func() {
		c.marieke.Goto(c.at + "/plan")
		c.picture(c.marieke, "plan-empty")
		c.marieke.Fill("Waarom doen we dit?", unease)
		c.marieke.Fill("Wat willen we bereiken?", goal)
		c.marieke.Fill("Waaraan merken we dat het lukt?", "Ze beginnen zonder te wachten tot wij naast hen staan.")
		c.marieke.Fill("Wat doet iedereen?", core)
		c.marieke.Fill("Wat kies je zelf?", "Bij welk hoofdstuk je begint.")
		c.marieke.Click("Zet het eerste plan neer")
		c.marieke.See("Je eerste plan staat er")
	})
	c.step("3: the goal gets its chain, and what it rests on", func() {
		c.marieke.Click("Pas doel 1 aan")
		c.marieke.Fill("Wat gaan wij doen?", "We doen elke week één open vraag hardop voor.")
		c.marieke.Fill("Wat doen docenten daardoor anders?", "We laten de stilte duren.")
		c.marieke.Fill("Wat gebeurt er dan bij leerlingen?", "Ze beginnen zelf, en durven half af te zijn.")
		c.marieke.Fill("Wat levert dat op, denken we?", "In 4 lopen er minder vast bij een grote vraag.")
		c.marieke.Click("Bewaar")
		c.marieke.See("Aangepast.")
		c.marieke.Click("Pas doel 1 aan")
		c.marieke.Choose(found)
		c.marieke.Click("Bewaar waar het op steunt")
		c.marieke.See("Bewaard waar dit doel op steunt")
	})
	c.step("3: an action with its owner and dates", func() {
		c.marieke.Click("Schrijf een actie")
		c.marieke.Fill("Wat gaan jullie doen?", "Samen drie open vragen maken voor periode 2.")
		c.marieke.Fill("Voor welk doel?", "Doel 1: "+goal)
		c.marieke.Fill("Wie trekt het?", "Joost Verhagen")
		c.marieke.Fill("Vanaf", today(c.t, 7))
		c.marieke.Fill("Tot en met", today(c.t, 42))
		c.marieke.Click("Bewaar")
		c.marieke.See("Het staat in het plan.")
	})
	c.step("3: who hears what, and when to look back", func() {
		c.marieke.Click("Schrijf wie het hoort")
		c.marieke.Fill("Wie hoort het?", "ouders van leerjaar 3")
		c.marieke.Fill("Wat vertellen jullie?", "Waarom hun kind vaker zelf moet beginnen.")
		c.marieke.Fill("Of in woorden", "op de ouderavond van januari")
		c.marieke.Click("Bewaar")
		c.marieke.Click("Prik een moment")
		c.marieke.Fill("Wat willen jullie dan weten?", "Lukt het ons, en wat hielp?")
		c.marieke.Fill("Op welke dag?", today(c.t, 45))
		c.marieke.Fill("Hoe komen jullie erachter?", "Samen tellen, en acht leerlingen vragen.")
		c.marieke.Fill("Wie bereidt het voor?", "Samira Essaidi")
		c.marieke.Click("Bewaar")
		c.marieke.See("Het staat in het plan.")
		c.picture(c.marieke, "plan")
	})
}

// table puts the plan where everybody reads the same version, and says something to it.
func (c *transition) table() {
	c.step("3: on the table", func() {
		c.marieke.Goto(c.at + "/plan")
		c.marieke.Click("Leg het op tafel")
		c.marieke.See("Het plan ligt op tafel")
	})
	c.step("3: a colleague's remark stands in the margin of who is reading", func() {
		c.noor.Goto(c.at + "/plan")
		c.noor.beside("Reacties bij Vast en vrij", "Zeg er iets bij")
		c.noor.Fill("Wat wil je zeggen?", "Mag de vraag ook uit het boek komen?")
		c.noor.Click("Zet het erbij")
		c.noor.See("Je reactie staat erbij")
		c.marieke.See("Mag de vraag ook uit het boek komen?")
		c.marieke.beside("Mag de vraag ook uit het boek komen?", "Antwoord")
		c.marieke.Fill("Je antwoord", "Zeker. Als je hem maar hardop voordoet.")
		c.marieke.Click("Stuur je antwoord")
		c.noor.See("Als je hem maar hardop voordoet.")
		c.picture(c.marieke, "plan-on-the-table")
		c.picture(c.noor, "plan-remark")
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

// answersReaction opens the fold beside what somebody said, and writes what is done with it.
func (p *person) answersReaction(words, fold, text string) {
	p.t.Helper()
	p.beside(words, fold)
	p.Fill("Wat doen jullie ermee?", text)
	p.next("Zet het antwoord erbij")
	p.See("Je antwoord staat erbij")
}

// closes ends the decision with a yes.
func (p *person) closes(why string) {
	p.t.Helper()
	p.unfold("Sluit dit besluit")
	p.Choose("akkoord We gaan het doen.")
	p.Fill("Waarom?", why)
	p.Click("Sluit en leg vast")
}
