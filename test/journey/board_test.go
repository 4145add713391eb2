//go:build browser

package journey

import (
	"os"
	"path/filepath"
	"testing"

	"leerkring/test/bring/sample"
	"leerkring/test/browser"
)

// TestProofF_ABoardComesAlong begins a trajectory, brings a board from Trello and a plan from Planner
// to it, and comes back with the same file.
func TestProofF_ABoardComesAlong(t *testing.T) {
	dir := t.TempDir()
	s := open(t, "sqlite:"+filepath.Join(dir, "leerkring.db"), "--data", dir)
	lays := func(name string, raw []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	trello, planner := lays("bord.json", sample.Trello), lays("plan.xlsx", sample.Planner(t, "nl", sample.Dutch))
	marieke := s.comes("kartrekker")
	at := ""
	s.step("begins", func() {
		marieke.Goto("/trajectories/new?method=verbetercyclus")
		marieke.Fill("Hoe noemen jullie het?", "Feedback in elke les")
		marieke.next("Begin")
		at = trajectoryAt.FindString(marieke.Path())
	})
	s.step("looks at the board of Trello", func() {
		marieke.Goto(at + "/meetings")
		marieke.Click("Neem een bord over")
		marieke.See("Zo haal je een bord op")
		marieke.Picture("board/empty")
		marieke.Axe()
		marieke.Upload("Het bestand van jullie bord", trello)
		marieke.next("Kijk wat erin zit")
		marieke.See("Hieronder 5 taken en 2 afspraken.")
		marieke.See("Nog niets veranderd")
		marieke.Picture("board/look")
		marieke.Axe()
	})
	s.step("mends what is too long, and brings it", func() {
		marieke.Fill("Te lang. Maak er 90 tekens van", "Bij een bezoek zeg je eerst wat goed ging")
		marieke.Click("Zet erin: 5 taken en 2 afspraken")
		marieke.See("Van een bord kwamen hier 5 taken en 2 afspraken.")
		marieke.Picture("board/brought")
		marieke.Axe()
		marieke.Click("Bespreek de voorstellen bij ‘Zo werken wij’")
		marieke.See("Bij een bezoek zeg je eerst wat goed ging")
		marieke.See("Voorgesteld")
	})
	s.step("finds the tasks in the week", func() {
		marieke.Goto("/week")
		marieke.See("Zet het rooster van de lesbezoeken klaar")
	})
	s.step("comes back with the same file, without script", func() {
		plain := s.comes("kartrekker", browser.NoScript)
		plain.Goto(at + "/agreement")
		plain.Click("Neem een bord over")
		plain.Upload("Het bestand van jullie bord", trello)
		plain.next("Kijk wat erin zit")
		plain.See("7 kaarten staan er al.")
		plain.See("Nu komt er niets mee.")
	})
	s.step("brings a plan of Planner, on a phone in the dark", func() {
		again := s.comes("kartrekker", browser.Phone, browser.Dark)
		again.Goto(at + "/bring/form")
		again.Upload("Het bestand van jullie bord", planner)
		again.next("Kijk wat erin zit")
		again.See("Hieronder 2 taken en 1 afspraak.")
		if wide := again.Sideways(); wide != 0 {
			t.Errorf("the page is %d pixels wider than the phone", wide)
		}
		again.Picture("board/plan-phone")
		again.Axe()
		again.Click("Zet erin: 2 taken en 1 afspraak")
		again.See("Van een bord kwamen hier 7 taken en 3 afspraken.")
	})
}
