//go:build browser

package journey

const (
	counted = "Er was een open vraag, hardop voorgedaan."
	errand  = "vraagt vier leerlingen hoe zij beginnen"
)

// do is phase 4: doing, counting together, and adjusting.
func (c *transition) do() {
	c.hour()
	c.step("4: a task is done where it is asked: in the week", func() {
		c.noor.Goto("/week")
		c.noor.See(errand)
		c.picture(c.noor, "week-task")
		c.noor.Click("Gedaan")
		c.noor.NotSee(errand)
	})
	c.step("4: what was promised is kept", func() {
		c.marieke.Goto(c.at + "/conditions")
		c.marieke.See("toegezegd")
		c.marieke.Click("Donderdag het achtste uur")
		c.marieke.unfold("Is het er?")
		c.marieke.Click("Het is er")
		c.marieke.See("Mooi, geregeld.")
		c.picture(c.marieke, "condition-kept")
	})
	c.count()
	c.step("4: the plan is adjusted, with its reason", func() {
		c.marieke.Click("Naar het verbeterplan")
		c.marieke.Click(": Vast en vrij")
		c.marieke.Click("Voeg iets vrijs toe")
		c.marieke.Fill("Wat kies je zelf?", "In weken met een practicum: om de week.")
		c.marieke.Click("Bewaar")
		c.marieke.See("Het staat in het plan.")
		c.marieke.Goto(c.at + "/plan")
		c.marieke.Fill("Waarom stellen jullie bij?", "Elke week bleek te veel naast de practica.")
		c.marieke.Fill("Wie besloot dit?", "De PLG, in het uur van vandaag.")
		c.marieke.Click("Stel bij")
		c.marieke.See("Het bijgestelde plan geldt vanaf nu")
		c.marieke.See("Versie 2 van")
		c.marieke.See("Besloten door De PLG, in het uur van vandaag. Vergelijk")
		c.marieke.See("Elke week bleek te veel naast de practica.")
		c.picture(c.marieke, "adjusted")
		c.samira.Goto(c.at + "/plan")
		c.samira.Click("Vergelijk met versie 1")
		c.samira.See("In weken met een practicum: om de week.")
		c.picture(c.samira, "compared")
	})
	c.forward("Borg", "Twee lijnen gaan de goede kant op.")
}

// hour is the PLG hour: planned, prepared, held with a board and a phone, closed.
func (c *transition) hour() {
	hour := ""
	c.step("4: an hour is planned and prepared", func() {
		c.marieke.Goto(c.at + "/meetings")
		c.marieke.Fill("Dag", today(c.t, 0))
		c.marieke.Fill("Begint om", "15:10")
		c.marieke.Fill("Minuten", "60")
		c.marieke.Fill("Waar?", "lokaal 1.08")
		c.marieke.Click("Plan dit uur")
		hour = trajectoryAt.FindString(c.marieke.Path()) + hourAt.FindString(c.marieke.Path())
		c.marieke.Goto(hour + "/prepare")
		c.picture(c.marieke, "prepare")
		c.marieke.Click("Zet klaar voor vandaag")
		c.marieke.See("De groep kan de agenda lezen")
		c.noor.Goto(hour)
		c.noor.See("Zo kom je voorbereid binnen")
	})
	c.step("4: it begins on the board, and the phone turns by itself", func() {
		c.marieke.Goto(hour + "/board")
		c.marieke.Click("Begin het uur")
		c.noor.Fill("Wat breng je in?", "Vier van de zes begonnen zonder mij.")
		c.noor.Click("Breng in")
		c.marieke.See("Vier van de zes begonnen zonder mij.")
		c.picture(c.noor, "hour-phone")
	})
	c.step("4: an agreement, and a task with its owner and date", func() {
		c.marieke.Fill("Wij …", "laten de stilte duren")
		c.marieke.Click("Spreek dit af")
		c.noor.See("We laten de stilte duren.")
		c.marieke.Fill("Wie?", "Noor")
		c.marieke.Fill("Doet wat?", errand)
		c.marieke.Fill("Vóór welke dag?", today(c.t, 5))
		c.marieke.Click("Geef deze taak")
		c.noor.See(errand)
		c.picture(c.marieke, "board")
	})
	c.step("4: it is closed, and everybody has it", func() {
		c.marieke.Click("Sluit af")
		c.marieke.See("Wie waren er?")
		c.picture(c.marieke, "closing")
		c.marieke.Click("Sluit af en deel met iedereen")
		c.marieke.See("Afspraken en taken staan bij iedereen")
		c.noor.See("Dit zeiden we")
		c.picture(c.marieke, "minutes")
	})
}

// count is a moment at which the group counts together: a total, and no names.
func (c *transition) count() {
	c.step("4: what we count", func() {
		c.marieke.Goto(c.at + "/monitor")
		c.picture(c.marieke, "monitor-empty")
		c.marieke.unfold("Volg nog iets")
		c.marieke.Fill("Wat wil je zien gebeuren?", counted)
		c.marieke.Fill("Wat tel je?", "lessen")
		c.marieke.next("Volg dit")
		c.marieke.See("Dit volgen jullie vanaf nu")
		c.marieke.unfold("Plan een moment")
		c.marieke.Fill("Op welke dag?", today(c.t, 0))
		c.marieke.next("Plan dit moment")
		c.marieke.See("Gepland.")
	})
	c.step("4: the group counts a total", func() {
		c.marieke.Click("Vul samen in")
		c.noor.Goto(c.marieke.at())
		c.marieke.Fill("Gelukt", "7")
		c.marieke.Fill("In totaal", "12")
		c.marieke.Fill("Wat hielp toen het lukte?", "De vraag stond al op het bord.")
		c.marieke.Fill("Wat stond er in de weg?", "Een week met twee practica.")
		c.marieke.Choose("bijstellen")
		c.marieke.Fill("Wat precies?", "Om de week in weken met een practicum.")
		c.picture(c.marieke, "counting")
		c.marieke.Click("Bewaar voor de groep")
		c.marieke.See("Bewaard")
		c.noor.See("gehouden op") // her page was open
		c.marieke.Goto(c.marieke.at())
		c.marieke.See("Jullie willen bijstellen")
		c.picture(c.marieke, "counted")
	})
}
