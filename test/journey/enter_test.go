//go:build browser

package journey

import (
	"os"
	"path/filepath"
	"testing"

	"leerkring/test/enter/sample"
)

// mostForOwnPlan is how many clicks it may cost to come in with a plan from Word.
const mostForOwnPlan = 10

func TestProofF_ATeamComesInWithItsPlan(t *testing.T) {
	each(t, func(t *testing.T, s *school) {
		file := filepath.Join(t.TempDir(), "plan.docx")
		if err := os.WriteFile(file, sample.Plan(t), 0o600); err != nil {
			t.Fatal(err)
		}
		marieke := s.comes("kartrekker")
		marieke.Goto("/trajectories/new")
		marieke.Click("We hebben al een plan")
		marieke.Upload("Het bestand van jullie plan", file)
		marieke.Click("Kijk wat het wordt")
		marieke.See("Dit wordt jullie plan")
		marieke.See("3 doelen")
		marieke.Picture("journey-own-plan-look")
		marieke.Choose("Besluit")
		marieke.Click("Begin met dit plan")
		marieke.See("Jullie traject is begonnen")
		marieke.See("Leeskwartier in het rooster zetten")
		marieke.See("Nog 2 regels zonder plek")
		marieke.Picture("journey-own-plan")
		t.Logf("a trajectory with its plan in %d clicks", marieke.Clicks())
		if marieke.Clicks() > mostForOwnPlan {
			t.Errorf("it costs %d clicks, may be %d", marieke.Clicks(), mostForOwnPlan)
		}
	})
}
