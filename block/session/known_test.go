package session_test

import (
	"testing"
	"time"

	"leerkring/block/session"
)

// What a calendar shows is what somebody may know of: nobody else's circle, and no other day.
func TestBetweenTwoDaysSomebodyFindsTheirOwn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		circle := must(w.sessions.Plan(w.ctx(), w.who("lead"), session.Plan{SchoolID: w.schoolID, MethodID: "incidentmethode", TrajectoryID: w.trajectory, StartsAt: afternoon, People: w.ids("anna")}))(t)
		board := must(w.sessions.Plan(w.ctx(), w.who("lead"), session.Plan{SchoolID: w.schoolID, MethodID: "weekbord", TrajectoryID: w.trajectory, StartsAt: afternoon}))(t)
		for name, want := range map[string][]string{"lead": {circle, board}, "anna": {circle}, "member": {board}, "leader": nil, "colleague": nil, "outsider": nil, "admin": nil} {
			list := must(w.sessions.Between(t.Context(), w.who(name), afternoon, afternoon.Add(time.Minute)))(t)
			if len(list) != len(want) {
				t.Errorf("%s finds %d, want %d", name, len(list), len(want))
			}
			for i, x := range list {
				if i < len(want) && x.ID != want[i] {
					t.Errorf("%s finds %s", name, x.ID)
				}
			}
			if late := must(w.sessions.Between(t.Context(), w.who(name), afternoon.Add(time.Minute), afternoon.AddDate(0, 0, 1)))(t); len(late) != 0 {
				t.Errorf("%s finds %d on another day", name, len(late))
			}
		}
		w.exec(`update participant set ends_on = '2026-03-01' where person_id = $1`, w.people["member"])
		if list := must(w.sessions.Between(t.Context(), w.who("member"), afternoon, afternoon.Add(time.Minute)))(t); len(list) != 0 {
			t.Error("whose time in the team is over finds its board")
		}
		id, small, _ := w.day()
		for name, want := range map[string]int{"anna": 1, "bas": 1, "cato": 0, "host": 0, "outsider": 0} {
			list := must(w.sessions.FollowUps(t.Context(), w.who(name), "2026-06-01", "2026-06-01"))(t)
			if len(list) != want {
				t.Errorf("%s finds %+v", name, list)
			}
			if name == "anna" && (list[0].SessionID != id || list[0].OfferID != small || list[0].Text != "Tien minuten in het overleg") {
				t.Errorf("%+v", list)
			}
		}
		if list := must(w.sessions.FollowUps(t.Context(), w.who("anna"), "2026-05-01", "2026-05-31"))(t); len(list) != 0 {
			t.Errorf("%+v", list)
		}
	})
}
