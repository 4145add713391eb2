//go:build browser

package journey

import (
	"strings"
	"testing"

	"leerkring/test/browser"
)

// TestATeamWalksALessonStudyStepByStep goes from the start to the first debrief and back a
// step. Nobody reads a manual: each step says what to do, how long it takes, and where the
// team is.
func TestATeamWalksALessonStudyStepByStep(t *testing.T) {
	each(t, func(t *testing.T, s *school) {
		p := s.comes("kartrekker")
		keep := func(name string) {
			if !strings.HasPrefix(s.database, "sqlite:") {
				return
			}
			for look, how := range map[string][]browser.Option{"wide": nil, "wide-dark": {browser.Dark}, "phone": {browser.Phone}, "phone-dark": {browser.Phone, browser.Dark}} {
				p.Look(how...)
				p.Axe()
				if p.Sideways() > 0 {
					t.Errorf("%s in %s goes %d pixels sideways", name, look, p.Sideways())
				}
				p.Picture("steps/" + name + "-" + look)
			}
			p.Look()
		}
		s.step("begin", func() {
			p.Goto("/trajectories/new?method=lesson-study")
			p.Fill("Hoe noemen jullie het?", "Breuken delen in klas 2")
			p.Fill("Waar gaat het om?", "Waarom keren leerlingen de breuk om zonder te weten waarom?")
			p.Click("Begin")
			p.See("Stap 1 van 15")
			p.See("Zo doe je dit")
		})
		at, _, _ := strings.Cut(p.Path(), "?")
		keep("start")
		for _, stage := range []string{"Doel", "Voorstudie", "Lesontwerp", "Eerste les en kijken"} {
			s.step("on to "+stage, func() { p.on(at, stage) })
		}
		s.step("the lesson that is watched", func() {
			p.Goto(at)
			p.See("Stap 5 van 15")
			for _, name := range []string{"Stap 5, Eerste les en kijken: hier zijn we nu", "Stap 4, Lesontwerp: geweest", "Stap 6, Gesprekjes met leerlingen: nog niet geweest"} {
				if !p.Has(name) {
					t.Errorf("nothing is called %q", name)
				}
			}
			keep("lesson")
			p.Click("Blad om op te schrijven")
			p.See("Gezien en gehoord")
			keep("sheet")
			p.OnPaper()
			p.Picture("steps/sheet-paper")
			p.Look()
		})
		for _, stage := range []string{"Gesprekjes met leerlingen", "Eerste lesbespreking"} {
			s.step("on to "+stage, func() { p.on(at, stage) })
		}
		s.step("the debrief is planned from its step", func() {
			p.Goto(at)
			p.See("Afgelezen van de bijeenkomst die bij deze stap gehouden is")
			keep("debrief")
			p.Click("Plan deze bijeenkomst")
			p.See("Lesbespreking")
		})
		s.step("and back", func() {
			p.Goto(at)
			p.Click("Terug naar Lesontwerp")
			keep("back")
			p.Fill("Waarom gaan jullie terug?", "We voorspelden niets voor C.")
			p.Click("Terug naar Lesontwerp")
			p.See("Stap 4 van 15")
			keep("again")
			p.Goto("/trajectories")
			p.See("Lesontwerp")
			keep("list")
			p.Goto(at + "/settings/form")
			p.See("Een nieuwe vraag begint meestal vooraan")
			keep("settings")
			p.Goto(at + "/history")
			keep("history")
		})
	})
}

// on goes on to the next stage, with a word where something is still open.
func (p *person) on(at, stage string) {
	p.t.Helper()
	p.Goto(at)
	p.Click("Door naar " + stage)
	if p.asksWhy() {
		p.Fill("gaan jullie nu toch door?", "Dat halen we later in.")
	}
	p.Click("Door naar " + stage)
	p.See("Jullie zijn weer verder")
}
