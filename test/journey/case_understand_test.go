//go:build browser

package journey

const (
	talk    = "Gesprek met acht leerlingen uit 4 havo"
	results = "Cijfers van vier jaar overgang"
	helping = "Wij lossen het zelf op zodra een klas stilvalt."
	found   = "Leerlingen oefenen het aanpakken van een grote vraag bijna nooit alleen."
)

// understand is phase 2: what is really the matter, and what the plan will need.
func (c *transition) understand() {
	c.step("2: how it goes now, and what must stay", func() {
		c.noor.answersAs(c.at, "f2.q2", "houden", "De start met een bron op het bord: daar praten ze meteen over.")
		c.samira.answersAs(c.at, "f2.q2", "schuurt", "Bij een open vraag kijken ze eerst naar mij.")
		c.noor.Goto(c.at + "/sources")
		c.noor.See("De start met een bron op het bord")
	})
	c.step("2: several explanations, each with its owner", func() {
		c.samira.Goto(c.at + "/sources")
		c.samira.unfold("Voeg een verklaring toe")
		c.samira.Fill("Hoe verklaar je dit?", helping)
		c.samira.Fill("Wie verklaart het zo?", "sectie biologie")
		c.samira.Choose("bij ons")
		c.samira.next("Zet deze verklaring erbij")
		c.samira.See("Je verklaring staat naast de andere")
		c.joost.Goto(c.at + "/sources")
		c.joost.unfold("Voeg een verklaring toe")
		c.joost.Fill("Hoe verklaar je dit?", "In 3 vraagt de toets alleen om een kort antwoord.")
		c.joost.Fill("Wie verklaart het zo?", "leerlingen uit 4 havo")
		c.joost.next("Zet deze verklaring erbij")
		c.joost.See(helping)
		c.joost.See("leerlingen uit 4 havo")
	})
	c.step("2: what was tried before", func() {
		c.noor.Click("Voeg toe wat er was")
		c.noor.Fill("Wat is er geprobeerd?", "Een stappenkaart in alle lokalen.")
		c.noor.Fill("Wanneer ongeveer?", "twee jaar geleden")
		c.noor.Fill("Wat kwam ervan?", "Na de herfst keek niemand er meer naar.")
		c.noor.next("Zet dit erbij")
		c.noor.See("Na de herfst keek niemand er meer naar.")
	})
	c.sources()
	c.step("2: a counter-voice speaks against what we thought", func() {
		c.noor.Goto(c.at + "/sources")
		c.noor.unfold("Voeg een bron toe")
		c.noor.Fill("Hoe heet de bron?", results)
		c.noor.Fill("Wat zegt deze bron?", "Wie in 3 veel grote opdrachten had, doet het in 4 niet beter.")
		c.noor.Fill("Waar komt het vandaan?", "eigen gegevens")
		c.noor.unfoldIn("Hoe heet de bron?", "Meer erbij zeggen")
		c.noor.Choose("spreekt het tegen")
		c.noor.next("Zet deze bron erbij")
		c.noor.See("De bron staat erbij")
		c.noor.See("spreekt tegen wat we dachten")
		c.samira.Goto(c.at + "/sources")
		c.samira.beside(helping, "Bekijk deze verklaring")
		c.samira.unfold("Welke bronnen spreken mee?")
		c.samira.cites("Spreekt ervoor", talk)
		c.samira.cites("Spreekt ertegen", results)
		c.samira.Press(enter)
		c.samira.See("Bewaard.")
		c.picture(c.samira, "explanation")
	})
	c.step("2: a finding that cites its evidence, and colleagues who recognise it", func() {
		c.marieke.Goto(c.at + "/sources")
		c.marieke.unfold("Schrijf op wat jullie vonden")
		c.marieke.Fill("Wat vonden jullie?", found)
		c.marieke.Fill("Voor wie speelt het?", "3 en 4 havo")
		c.marieke.unfold("Steunt op")
		c.marieke.inGroup("Steunt op", talk)
		c.marieke.Fill("Wat vonden jullie?", found)
		c.marieke.next("Bewaar wat jullie vonden")
		c.marieke.See("Vraag ook collega’s of zij dit herkennen")
		c.picture(c.marieke, "sources")
		c.marieke.Click("Vraag collega’s of zij dit herkennen")
		c.marieke.See("Collega’s kunnen nu zeggen wat ze herkennen")
	})
	c.promise()
	c.forward("Besluit", "We weten genoeg om klein te beginnen.")
}

// sources are brought in, appraised, and translated to the own pupils.
func (c *transition) sources() {
	c.step("2: a source", func() {
		c.joost.Goto(c.at + "/sources")
		c.joost.unfold("Voeg een bron toe")
		c.joost.Fill("Hoe heet de bron?", talk)
		c.joost.Fill("Wat zegt deze bron?", "Ze zeggen: in 3 deed de docent de vraag altijd voor.")
		c.joost.Fill("Waar komt het vandaan?", "gesprek")
		c.joost.next("Zet deze bron erbij")
		c.joost.See("De bron staat erbij")
	})
	c.step("2: appraised, and translated", func() {
		c.joost.Click(talk)
		c.joost.unfold("Vul deze bron aan")
		c.joost.Fill("Dit betekent voor onze leerlingen", "Onze leerlingen kunnen het wel, maar beginnen nooit zelf.")
		c.joost.unfold("Hoe stevig, en wat dachten we al?")
		c.joost.Choose("aanwijzing")
		c.joost.Choose("past erbij")
		c.joost.unfold("Vijf korte vragen aan deze bron")
		c.joost.inGroup("Gaat het over onze vraag?", "ja")
		c.joost.inGroup("Geloven we het?", "deels")
		c.joost.Click("Bewaar")
		c.joost.See("Bewaard.")
		c.joost.See("Onze leerlingen kunnen het wel, maar beginnen nooit zelf.")
		c.joost.See("aanwijzing")
		c.picture(c.joost, "source")
	})
}

// promise asks the leader for what the plan needs; she says yes, by a day.
func (c *transition) promise() {
	c.step("2: what it will need is asked", func() {
		c.marieke.Goto(c.at + "/conditions")
		c.marieke.unfold("Schrijf op wat nodig is")
		c.marieke.Fill("Wat is er nodig?", "Donderdag het achtste uur, alle vier vrij.")
		c.marieke.Fill("Waar gaat het om?", "rooster")
		c.marieke.Choose("Zonder dit kan het plan niet beginnen")
		c.marieke.Choose("Dit is een vast uur samen, in het rooster")
		c.marieke.Fill("Wie vraag je?", "Ilse Brandsma")
		c.marieke.Fill("Wat zeg je erbij?", "Zonder een vast uur praten we alleen op de gang.")
		c.marieke.Click("Zet erbij")
		c.marieke.See("Het plan wacht op: Donderdag het achtste uur, alle vier vrij. Is dit toegezegd")
		c.picture(c.marieke, "condition-asked")
	})
	c.step("2: and promised by the leader, from her week", func() {
		c.ilse.Goto("/week")
		c.ilse.See("Kun je dit regelen voor ‘Van 3 naar 4 havo/vwo’?")
		c.picture(c.ilse, "leader-week")
		c.ilse.Click("Geef antwoord")
		c.condition = c.ilse.at()
		c.ilse.Choose("Ja, dat komt er")
		c.ilse.Fill("Wat zeg je erbij?", "Petra zet het erin vanaf januari.")
		c.ilse.Fill("wanneer is het er?", today(c.t, 14))
		c.ilse.Click("Geef antwoord")
		c.ilse.See("De groep ziet je ja")
		c.marieke.See("toegezegd") // her page was open
		c.picture(c.ilse, "condition-promised")
	})
}
