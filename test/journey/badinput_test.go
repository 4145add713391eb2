//go:build browser

package journey

import "testing"

// TestProofA_BadInput fills in five forms wrongly: the page says kindly what is wrong, at
// the field, and everything that was typed is still there.
func TestProofA_BadInput(t *testing.T) {
	each(t, func(t *testing.T, s *school) {
		marieke := s.comes("kartrekker")
		s.step("something new without a name", func() {
			marieke.Goto("/trajectories/new?method=verbetercyclus")
			marieke.Fill("Waar gaat het om?", "Wie in 3 goed meekomt, loopt in 4 vast.")
			marieke.Click("Begin")
			marieke.refused("Hoe noemen jullie het?")
			marieke.still("Waar gaat het om?", "Wie in 3 goed meekomt, loopt in 4 vast.")
		})
		at := marieke.begins("Van 3 naar 4 havo/vwo", "Wie in 3 goed meekomt, loopt in 4 vast bij grotere vragen.", "")
		s.step("somebody asked in, but nobody chosen", func() {
			marieke.Goto(at + "/people")
			marieke.Fill("Namens wie?", "sectie exact")
			marieke.Click("Vraag erbij")
			marieke.refused("Collega")
			marieke.still("Namens wie?", "sectie exact")
		})
		s.step("an answer with a link that is none", func() {
			marieke.Goto(at + "/questions/f1.q1")
			marieke.unfold("Geef jouw antwoord")
			marieke.Fill("Wat zeg jij?", "In 4 havo vroegen vijf leerlingen wat ‘leg uit’ betekent.")
			marieke.unfold("Meer erbij zeggen")
			marieke.Fill("Link", "javascript:alert(1)")
			marieke.next("Voeg toe")
			marieke.refused("Link")
			marieke.still("Wat zeg jij?", "In 4 havo vroegen vijf leerlingen wat ‘leg uit’ betekent.")
			marieke.still("Link", "javascript:alert(1)")
		})
		s.step("a first plan with a sign of success, but no goal", func() {
			marieke.Goto(at + "/plan")
			marieke.Fill("Waarom doen we dit?", "Het is elk jaar hetzelfde in september.")
			marieke.Fill("Waaraan merken we dat het lukt?", "Ze beginnen zonder te wachten.")
			marieke.Click("Zet het eerste plan neer")
			marieke.refused("Wat willen we bereiken?")
			marieke.still("Waarom doen we dit?", "Het is elk jaar hetzelfde in september.")
			marieke.still("Waaraan merken we dat het lukt?", "Ze beginnen zonder te wachten.")
		})
		s.step("resting without a word", func() {
			marieke.Goto(at + "/settings/form")
			marieke.Fill("Rusten tot", "2020-01-01")
			marieke.Click("We rusten")
			marieke.refused("Wat zeggen jullie erbij?")
			marieke.still("Rusten tot", "2020-01-01")
		})
	})
}

// refused waits for the message at the field with this label: the field says itself that
// it is wrong, and what would help.
func (p *person) refused(label string) {
	p.t.Helper()
	p.See("Kijk nog even hiernaar")
	if said := p.complaint(label); said == "" {
		p.t.Errorf("%s says nothing at %q", p.Path(), label)
	}
}

// still fails when a field lost what was typed in it.
func (p *person) still(label, text string) {
	p.t.Helper()
	if now := p.Value(label); now != text {
		p.t.Errorf("%s: %q holds %q, typed was %q", p.Path(), label, now, text)
	}
}
