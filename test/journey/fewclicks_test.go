//go:build browser

package journey

import "testing"

// most is how many clicks a first plan may cost, the way in included.
const most = 25

func TestProofA_FirstPlanInFewClicks(t *testing.T) {
	each(t, func(t *testing.T, s *school) {
		marieke := s.comes("kartrekker")
		marieke.Click("Trajecten")
		marieke.Click("iets oplossen wat ons al langer dwarszit")
		marieke.Fill("Hoe noemen jullie het?", "Van 3 naar 4 havo/vwo")
		marieke.Fill("Waar gaat het om?", "Wie in 3 goed meekomt, loopt in 4 vast bij grotere vragen.")
		marieke.Choose("Besluit")
		marieke.Click("Begin")
		marieke.Click("Verbeterplan")
		marieke.Fill("Waarom doen we dit?", "In 4 havo vroegen vijf leerlingen wat ‘leg uit’ betekent.")
		marieke.Fill("Wat willen we bereiken?", "Leerlingen pakken een grote vraag zelf aan.")
		marieke.Fill("Wat doet iedereen?", "Elke week één open vraag, hardop voorgedaan.")
		marieke.Click("Zet het eerste plan neer")
		marieke.See("Je eerste plan staat er")
		marieke.See("Leerlingen pakken een grote vraag zelf aan.")
		marieke.Click("Leg het op tafel")
		marieke.See("Het plan ligt op tafel")
		marieke.Picture("journey-first-plan")
		t.Logf("a first plan on the table in %d clicks, the way in included", marieke.Clicks())
		if marieke.Clicks() >= most {
			t.Errorf("a first plan on the table costs %d clicks, must be fewer than %d", marieke.Clicks(), most)
		}
	})
}
