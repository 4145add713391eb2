//go:build browser

package journey

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"leerkring/method"
	"leerkring/test/browser"
)

// formWalk is a form of learning together that a group walks from its first step to its last.
type formWalk struct {
	*school
	pack     *method.Pack
	words    *method.Words
	lead     *person
	at       string // the trajectory
	pictures string // the folder
}

// alone walks on SQLite only. Both walks are long, and what they keep is shown on both engines
// by shorter journeys: the steps of a method, a session, an hour, a page of agreements.
func alone(t *testing.T) *school {
	t.Helper()
	dir := t.TempDir()
	return open(t, "sqlite:"+filepath.Join(dir, "leerkring.db"), "--data", dir)
}

// setsOff begins a form from home, as somebody does who knows what they want and not how it is
// called.
func (s *school) setsOff(lead *person, id, title, about string) *formWalk {
	s.t.Helper()
	library, err := method.Builtin()
	if err != nil {
		s.t.Fatal(err)
	}
	pack, ok := library.Latest(id)
	if !ok {
		s.t.Fatalf("no pack %s", id)
	}
	w := &formWalk{school: s, pack: pack, words: library.Words("vo", "nl", nil), lead: lead, pictures: id}
	s.step("begin from home", func() {
		lead.Goto("/week")
		lead.Click("Trajecten")
		need := w.words.Render(pack.Need)
		if !lead.Has(need) { // not one of the few that stand there
			lead.Click("Alle manieren, naar wat jullie willen")
		}
		lead.Click(need)
		if lead.Has("Begin hiermee") {
			lead.Click("Begin hiermee")
		}
		lead.Fill("Hoe noemen jullie het?", title)
		lead.Fill("Waar gaat het om?", about)
		lead.Click("Begin")
		lead.See("Jullie zijn begonnen")
		if w.at = trajectoryAt.FindString(lead.Path()); w.at == "" {
			s.t.Fatalf("began, and came to %s", lead.Path())
		}
	})
	return w
}

// name is what the group reads as the name of a step.
func (w *formWalk) name(number int) string { return w.words.Render(w.pack.Stages[number-1].Name) }

// stands checks where the group is: the step by its name and number, and one way on, to the next.
// Whoever is there already sees by itself what changes.
func (w *formWalk) stands(number int) {
	w.t.Helper()
	if w.lead.at() != w.at {
		w.lead.Goto(w.at)
	}
	w.lead.See(fmt.Sprintf("Stap %d van %d", number, len(w.pack.Stages)))
	type page struct{ Name, On string }
	want := page{Name: w.name(number)}
	if number < len(w.pack.Stages) {
		want.On = "Door naar " + w.name(number+1)
	}
	got := page{
		Name: browser.Eval[string](w.lead.Person, `document.querySelector("#stage-h")?.innerText.trim() ?? ""`),
		On:   browser.Eval[string](w.lead.Person, `[...document.querySelectorAll("main a, main button")].filter((e) => e.checkVisibility() && e.innerText.trim().startsWith("Door naar ")).map((e) => e.innerText.trim()).join(" | ")`),
	}
	if got != want {
		w.t.Fatalf("step %d: the page reads %+v, must be %+v", number, got, want)
	}
}

// goesOn takes the group from a step to the next, and tells whether it had to say why.
func (w *formWalk) goesOn(number int) (why bool) {
	w.t.Helper()
	next := w.name(number + 1)
	w.step("on to "+next, func() {
		if w.lead.at() != w.at {
			w.lead.Goto(w.at)
		}
		w.lead.Click("Door naar " + next)
		if why = w.lead.asksWhy(); why {
			w.lead.Fill("gaan jullie nu toch door?", "Dat halen we later in.")
		}
		w.lead.Click("Door naar " + next)
		w.lead.See("Jullie zijn weer verder")
	})
	w.stands(number + 1)
	return why
}

// says answers the question of a step.
func (w *formWalk) says(p *person, question, text string) {
	w.t.Helper()
	w.step("somebody answers "+question, func() { p.answers(w.at, question, text) })
}

// found writes down in the step what the group found, for whoever was not there.
func (w *formWalk) found(p *person, whom, text string) {
	w.t.Helper()
	w.step("what was found", func() {
		p.Goto(w.at + "/sources")
		p.unfold("Schrijf op wat jullie vonden")
		p.Fill("Wat vonden jullie?", text)
		p.Fill("Voor wie speelt het?", whom)
		p.next("Bewaar wat jullie vonden")
		p.See(text)
	})
}

// lays sets a session ready from the page of the step, and gives its path. Who takes part in the
// trajectory is asked already.
func (w *formWalk) lays(form string) string {
	w.t.Helper()
	path := ""
	w.step("set ready: "+form, func() {
		w.lead.Goto(w.at)
		w.lead.Click("Zet klaar: " + form)
		w.lead.Click("Zet klaar")
		if path = sessionAt.FindString(w.lead.Path()); path == "" {
			w.t.Fatalf("set ready, and came to %s", w.lead.Path())
		}
	})
	return path
}

// gives says who has a role; names are first names, as in the circle.
func (w *formWalk) gives(role, who string) {
	w.t.Helper()
	w.lead.Fill(role, who)
	w.lead.next("Kies")
	w.lead.See("Wie doet wat")
}

// speaks is who has the word, as everybody in the room reads it.
func (p *person) speaks() string {
	p.t.Helper()
	return browser.Eval[string](p.Person, `document.querySelector("#s-turns li[aria-current]")?.innerText ?? ""`)
}

// looks keeps a picture of a page in light on a laptop, and of another in dark on a phone.
func (w *formWalk) looks(wide, phone *person, name string) {
	w.t.Helper()
	for look, p := range map[string]*person{"wide": wide, "phone-dark": phone} {
		if p == nil {
			continue
		}
		p.Picture("forms/" + w.pictures + "-" + name + "-" + look)
		if n := p.Sideways(); n > 0 {
			w.t.Errorf("%s, %s: %d pixels too wide", name, look, n)
		}
	}
}

// nextRound begins a new round from the page about the trajectory.
func (w *formWalk) nextRound(lead *person, title, question, stage string) {
	w.t.Helper()
	w.step("a new round", func() {
		lead.Goto(w.at)
		lead.Click("Over dit traject")
		lead.Fill("Hoe heet de nieuwe ronde?", title)
		lead.Fill("Wat is nu de vraag?", question)
		lead.Fill("Waar beginnen jullie?", stage)
		lead.Click("Begin een nieuwe ronde")
		lead.See("De nieuwe ronde is begonnen")
		lead.See(question)
		lead.See(stage)
		if at := trajectoryAt.FindString(lead.Path()); at == "" || at == w.at {
			w.t.Fatalf("a new round, and came to %s", lead.Path())
		}
		lead.Click("Geschiedenis")
		lead.See("Dit is een nieuwe ronde van een eerder traject")
	})
}

// debrief is one lesson debrief of the walk: who taught, who watched, and what comes of it.
type debrief struct {
	teacher, observer string
	change            string
	others            []*person
	names             []string
}

// TestProofB_LessonStudyWithTwoLessons walks a lesson study through its fifteen steps. A teacher
// begins it and asks two colleagues in; both lessons are talked through in a session of their own,
// in its fixed order, and the second lesson is taught by somebody else.
func TestProofB_LessonStudyWithTwoLessons(t *testing.T) {
	s := alone(t)
	noor := s.comes("docent")
	joost := s.byMail("Joost Verhagen", "joost@hetbaken.example", browser.Phone, browser.Dark)
	samira := s.byMail("Samira Essaidi", "samira@hetbaken.example")
	w := s.setsOff(noor, "lesson-study", "Breuken delen in klas 2", "Waarom keren leerlingen de breuk om zonder te weten waarom?")
	s.step("two colleagues are asked in", func() {
		noor.asks(w.at, "Joost Verhagen", "Lid van de groep", "wiskunde")
		noor.asks(w.at, "Samira Essaidi", "Lid van de groep", "wiskunde")
	})
	w.says(joost, "ls1.q1", "Dat niemand het over mij heeft, en wel over de les.")
	joost.Goto(w.at)
	w.looks(noor, joost, "start")
	w.stands(1)
	w.goesOn(1)
	w.says(samira, "ls2.q2", "Delen door een half: A, B en C zeggen alle drie dat het kleiner wordt.")
	w.goesOn(2)
	w.says(joost, "ls3.q2", "Het omkeren is een regel geworden waar niemand iets bij ziet.")
	w.goesOn(3)
	w.says(samira, "ls4.q3", "B pakt de stroken, C wacht tot een ander begint.")
	w.goesOn(4)
	w.says(joost, "ls5.q2", "C telde de stroken op zijn vingers en lachte.")
	w.goesOn(5)
	w.says(samira, "ls6.q1", "B zei: toen ik het zag liggen, snapte ik het.")
	w.goesOn(6)
	w.debriefed(debrief{teacher: "Joost", observer: "Samira", change: "De stroken komen vóór de som. Dan zegt C wat hij ziet.", others: []*person{joost, samira}, names: []string{"Joost", "Samira"}}, 7)
	w.says(noor, "ls7.q1", "Eerst leggen, dan pas rekenen: B zag het pas toen het lag.")
	if w.goesOn(7) {
		t.Error("the debrief was held, and the page asks why the group goes on")
	}
	w.goesOn(8)
	w.says(samira, "ls9.q2", "Nu gaf ik de les. C zei hardop hoeveel halve er in drie passen.")
	w.goesOn(9)
	w.says(noor, "lsa.q1", "C zei: nu weet ik waarom het meer wordt.")
	w.goesOn(10)
	w.debriefed(debrief{teacher: "Samira", observer: "Joost", change: "De vraag aan elkaar blijft. Het blad met tien sommen gaat eruit.", others: []*person{joost, samira}, names: []string{"Joost", "Samira"}}, 11)
	w.says(joost, "lsb.q1", "A en C voorspelden nu zelf of het groter werd. B nog niet.")
	if w.goesOn(11) {
		t.Error("the second debrief was held, and the page asks why the group goes on")
	}
	w.says(samira, "lsc.q2", "Donderdag laat ik 2b eerst leggen.")
	w.goesOn(12)
	w.found(joost, "klas 2", "Wie eerst legt, zegt vaker zelf of het antwoord groter wordt.")
	w.goesOn(13)
	w.says(noor, "lse.q2", "Een collega van natuurkunde herkent het bij formules.")
	w.goesOn(14)
	w.says(samira, "lsf.q2", "Zien ze het ook zonder stroken?")
	joost.Goto(w.at)
	w.looks(noor, joost, "what-next")
	noor.Axe()
	w.nextRound(noor, "Breuken delen, zonder stroken", "Zien ze het ook zonder stroken?", w.name(2))
}

// debriefed holds the lesson debrief of a step, from the button on its page to the own card, and
// checks that the step knows that it was held.
func (w *formWalk) debriefed(d debrief, number int) {
	w.t.Helper()
	library, err := method.Builtin()
	if err != nil {
		w.t.Fatal(err)
	}
	pack, _ := library.Latest("lesbespreking")
	c := &circle{school: w.school, pack: pack, words: w.words, host: w.lead, others: d.others, names: d.names}
	c.path = w.lays(w.words.Render(pack.Name))
	for i, p := range c.others {
		c.step(c.names[i]+" comes in", func() {
			p.Goto(c.path)
			p.Choose("Wat hier gezegd wordt, blijft hier. En niemand in deze kring beoordeelt een ander.")
			p.Click("Ik ben er")
			p.See("Je bent binnen")
		})
	}
	c.step("roles", func() {
		c.host.See("Jullie zijn met 3")
		w.gives("lesgever", d.teacher)
		w.gives("observator", d.observer)
		w.looks(c.host, c.others[0], strconv.Itoa(number)+"-roles")
		c.host.Click("Begin")
	})
	steps := c.steps()
	for i, s := range steps {
		c.step("debrief, "+s.name, func() {
			c.host.See(s.name)
			for _, p := range c.others {
				p.See(s.name)
			}
			want := map[string]string{"eerste-indruk": d.teacher, "per-leerling": d.observer}[s.ID]
			if got := c.others[0].speaks(); !strings.Contains(got, want) {
				c.t.Errorf("%s: %q has the word, must be %s", s.name, got, want)
			}
			text := "Dit zag ik: B legde drie halve stroken naast elkaar."
			if s.ID == "bijsturen" {
				text = d.change
			}
			for _, f := range s.Fields {
				if f.For != method.ForSelf && c.others[0].asked(c.words.Render(f.Text)) {
					c.writes(c.others[0], s, text)
					c.host.See(text) // it lies on the table
				}
			}
			if s.ID == "patronen" && number == 7 {
				w.looks(c.host, c.others[0], "debrief")
				c.others[0].Axe()
			}
			if i < len(steps)-1 {
				c.host.Click("Naar ‘" + steps[i+1].name + "’")
			}
		})
	}
	c.step("close the debrief", func() {
		c.host.Click("Sluit samen af")
		for _, p := range append([]*person{c.host}, c.others...) {
			p.See("Je eigen kaart")
		}
		c.host.See(d.change)
		c.host.unfold("Laat iets verdergaan")
		c.host.Fill("Wat mogen anderen weten?", d.change)
		c.host.Click("Laat dit zien")
		c.host.See("Dit staat nu waar je het wilde hebben")
	})
	c.step("the step knows that it was held", func() {
		w.stands(number)
		c.host.See("gehaald")
		c.host.See(d.change) // let go from the circle, and nothing else
		c.host.NotSee("Dit zag ik: B legde")
	})
}

// TestProofB_PDCAYearWithHandOver walks a year of learning from each other through its twelve
// steps, with an hour, a task and a session on the way. At the end somebody else takes it over,
// and begins the next round.
func TestProofB_PDCAYearWithHandOver(t *testing.T) {
	s := alone(t)
	marieke, noor := s.comes("kartrekker"), s.comes("docent", browser.Phone, browser.Dark)
	w := s.setsOff(marieke, "pdca-collegiaal-leren", "Een jaar bij elkaar kijken", "We zien elkaars lessen nooit.")
	s.step("colleagues are asked in", func() {
		for _, full := range []string{"Noor Haddad", "Joost Verhagen", "Samira Essaidi"} {
			marieke.asks(w.at, full, "Lid van de groep", "leerjaar 3")
		}
	})
	w.says(noor, "pd1.q1", "Van Samira leerde ik de stilte laten duren.")
	noor.Goto(w.at)
	w.looks(marieke, noor, "start")
	w.stands(1)
	w.goesOn(1)
	w.says(noor, "pd2.q2", "Moet ik dan iemand in mijn les laten? Alleen als je dat wilt.")
	w.goesOn(2)
	w.says(noor, "pd3.q2", "Ik wil eerst weten wie er komt kijken.")
	w.goesOn(3)
	w.says(noor, "pd4.q2", "Laat de lange uitleg eruit, dan wordt het een goed uur.")
	w.goesOn(4)
	w.meets(noor)
	w.goesOn(5)
	w.says(noor, "pd6.q1", "Het loopt. Ik zag deze week twee lessen.")
	w.goesOn(6)
	w.says(noor, "pd7.q2", "Ik tel nu tot vijf voordat ik zelf iets zeg.")
	w.goesOn(7)
	if why := w.goesOn(8); why {
		t.Error("nothing is open, and the page asks why")
	}
	w.looksBack(noor)
	w.says(noor, "pd9.q2", "Kijken zonder oordeel kun je leren.")
	if w.goesOn(9) {
		t.Error("the second meeting was held, and the page asks why the group goes on")
	}
	w.found(marieke, "leerjaar 3", "Wie bij een ander keek, probeerde daarna zelf iets nieuws.")
	w.goesOn(10)
	w.says(noor, "pdb.q2", "Zet erbij dat het uur in het rooster staat.")
	w.goesOn(11)
	w.settles()
	w.looks(marieke, noor, "settle")
	marieke.Axe()
	w.handsOver(marieke, noor)
	w.nextRound(noor, "Een tweede jaar bij elkaar kijken", "Wie kijkt er nog niet mee?", w.name(3))
}

// meets is the first meeting, as an hour: an agreement, and a task with an owner and a date.
func (w *formWalk) meets(noor *person) {
	const errand = "vraagt het rooster om twee vrije uren"
	hour := ""
	w.step("the first meeting is planned and begins", func() {
		w.lead.Goto(w.at + "/meetings")
		w.lead.Fill("Dag", today(w.t, 0))
		w.lead.Fill("Begint om", "15:10")
		w.lead.Fill("Minuten", "60")
		w.lead.Click("Plan dit uur")
		hour = w.at + hourAt.FindString(w.lead.Path())
		w.lead.Goto(hour + "/prepare")
		w.lead.Click("Zet klaar voor vandaag")
		w.lead.See("De groep kan de agenda lezen")
		w.lead.Goto(hour + "/board")
		w.lead.Click("Begin het uur")
	})
	w.step("an agreement, and a task with its owner and date", func() {
		w.lead.Fill("Wij …", "kijken elke maand één les bij een ander")
		w.lead.Click("Spreek dit af")
		w.lead.See("We kijken elke maand één les bij een ander.")
		w.lead.Fill("Wie?", "Noor")
		w.lead.Fill("Doet wat?", errand)
		w.lead.Fill("Vóór welke dag?", today(w.t, 5))
		w.lead.Click("Geef deze taak")
		w.lead.See(errand)
		w.lead.Click("Sluit af")
		w.lead.See("Wie waren er?")
		w.lead.Click("Sluit af en deel met iedereen")
		w.lead.See("Afspraken en taken staan bij iedereen")
	})
	w.step("the task is done in the week of its owner", func() {
		noor.Goto("/week")
		noor.See(errand)
		w.looks(nil, noor, "task")
		noor.Axe()
		noor.Click("Gedaan")
		noor.NotSee(errand)
	})
}

// looksBack is the second meeting, by the form that the step names. Two of the four sit there
// without a phone.
func (w *formWalk) looksBack(noor *person) {
	library, err := method.Builtin()
	if err != nil {
		w.t.Fatal(err)
	}
	pack, _ := library.Latest("succesinterview")
	c := &circle{school: w.school, pack: pack, words: w.words, host: w.lead, others: []*person{noor}, names: []string{"Noor"}}
	c.path = w.lays(w.words.Render(pack.Name))
	c.step("everybody is there", func() {
		noor.Goto(c.path)
		noor.Click("Ik ben er")
		noor.See("Je bent binnen")
		for _, name := range []string{"Joost", "Samira"} {
			c.host.Click(name + " is er")
		}
		c.host.See("Jullie zijn met 4")
		w.gives("verteller", "Noor")
		c.host.Click("Begin")
	})
	steps := c.steps()
	for i, s := range steps {
		c.step("looking back, "+s.name, func() {
			c.host.See(s.name)
			noor.See(s.name)
			for _, f := range s.Fields {
				label := c.words.Render(f.Text)
				if f.For == method.ForSelf || !noor.asked(label) {
					continue
				}
				c.writes(noor, s, "Er was steeds een vast uur.")
				c.host.See("Er was steeds een vast uur.")
			}
			if s.ID == "patronen" {
				w.looks(c.host, noor, "looking-back")
			}
			if i < len(steps)-1 {
				c.host.Click("Naar ‘" + steps[i+1].name + "’")
			}
		})
	}
	c.step("closed together", func() {
		c.host.Click("Sluit samen af")
		c.host.See("Je eigen kaart")
		noor.See("Je eigen kaart")
	})
	w.step("the step knows that the meeting was held", func() {
		w.stands(9)
		w.lead.See("gehaald")
	})
}

// settles puts down what stays, with who keeps it alive and who stands in.
func (w *formWalk) settles() {
	const line = "Wij kijken elke maand één les bij een ander."
	w.step("what stays", func() {
		w.lead.Goto(w.at + "/agreement/edit")
		w.lead.Fill("Wat doen jullie altijd?", line)
		w.lead.Click("Stel deze regel voor")
		w.lead.See("Voorgesteld.")
		w.lead.Goto(w.at + "/agreement/edit")
		w.lead.Fill("Wie houdt dit levend?", "Noor Haddad")
		w.lead.Fill("En wie als die er niet is?", "Joost Verhagen")
		w.lead.Fill("Hoeveel tijd is daarvoor?", "een uur per maand")
		w.lead.Fill("Wanneer kijken jullie er opnieuw naar?", today(w.t, 150))
		w.lead.next("Bewaar")
		w.lead.See("Bewaard.")
		w.stands(12)
		w.lead.See("gehaald") // who keeps it alive is known
	})
}

// handsOver gives the trajectory to the next lead, on the page of its people.
func (w *formWalk) handsOver(old, next *person) {
	name := w.program.Role("kartrekker").Name
	w.step("handed over", func() {
		old.Goto(w.at + "/people")
		old.Click("Verander iets bij Noor Haddad")
		old.Fill("Vervanger", "Joost Verhagen")
		old.Click("Maak trekker")
		old.See("Bewaard.")
		old.See("Vervanger: Joost Verhagen")
		old.Click("Verander iets bij " + name)
		old.Click("Geef het trekken over")
		old.See("Bewaard.")
		w.looks(old, nil, "handed-over")
		old.Goto(w.at)
		old.See("Noor Haddad trekt dit")
		if old.Has("Over dit traject") {
			w.t.Error("who handed it over still leads it")
		}
		next.Goto("/trajectories")
		next.See("Jij trekt dit.")
		next.Goto(w.at)
		if !next.Has("Over dit traject") {
			w.t.Error("the next lead cannot lead it")
		}
	})
}
