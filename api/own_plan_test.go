package api_test

import (
	"testing"

	"leerkring/api"
	"leerkring/block/plan"
)

// A goal that came from a plan which the team had already says so, and one that was made here does not.
func TestAGoalSaysThatItCameAlong(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.begin(true)
		_, err := w.rooms.Plans.TakeOver(t.Context(), w.who("lead"), id, plan.OwnPaper{Title: "Leesplan", Items: []plan.OwnItem{{Digest: "a", Item: plan.Goal{Text: "Elke dag lezen."}}}})
		if err != nil {
			t.Fatal(err)
		}
		w.ask("lead", "POST", "/trajectories/"+id+"/plan/items", `{"goal":{"text":"Zelf kiezen wat je leest."}}`).id()
		var items api.List[api.PlanItem]
		w.ask("guest", "GET", "/trajectories/"+id+"/plan/items", "").into(&items)
		if len(items.Items) != 2 || items.Items[0].Ground.OwnPlan == nil || items.Items[0].Ground.OwnPlan.Title != "Leesplan" || items.Items[0].Ground.OwnPlan.CameAt.IsZero() || items.Items[1].Ground.OwnPlan != nil {
			t.Errorf("%+v", items.Items)
		}
	})
}
