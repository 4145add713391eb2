package session_test

import (
	"strings"
	"sync"
	"testing"

	"leerkring/block/session"
	"leerkring/internal/db"
	"leerkring/journal"
	"leerkring/task"
)

// settling is a session of a team, of the lead and the member with two colleagues, at the step where
// it writes down who does what.
func (w *town) settling() (id, text string) {
	w.t.Helper()
	id = must(w.sessions.Plan(w.ctx(), w.who("lead"), session.Plan{SchoolID: w.schoolID, MethodID: "consentronde", TrajectoryID: w.trajectory, StartsAt: afternoon, PresenterID: w.people["anna"], People: w.ids("member", "anna", "bas")}))(w.t)
	for _, name := range []string{"lead", "member", "anna", "bas"} {
		w.ok(w.sessions.Join(w.ctx(), w.who(name), id, true))
	}
	w.clock.Set(afternoon)
	w.ok(w.sessions.Begin(w.ctx(), w.who("lead"), id))
	for v := w.view("lead", id); v.At().Stage.ID != "vastleggen"; v = w.view("lead", id) {
		w.ok(w.sessions.Next(w.ctx(), w.who("lead"), id, v.Step))
	}
	text = must(w.sessions.Write(w.ctx(), w.who("lead"), id, "vastleggen.taak", "", 0, "Anna maakt het rooster", ""))(w.t)
	return id, text
}

func (w *town) due() session.NewTask {
	return session.NewTask{Body: "Anna maakt het rooster", DueOn: "2026-03-27"}
}

func TestATextOfATeamBecomesOneTask(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id, text := w.settling()
		n := w.due()
		n.OwnerID = w.people["anna"]
		for _, name := range []string{"colleague", "leader", "outsider", "admin"} {
			w.refused(w.sessions.TaskOf(w.ctx(), w.who(name), id, text, n), "absent")
		}
		bad := n
		bad.DueOn = "2026-01-01"
		w.refused(w.sessions.TaskOf(w.ctx(), w.who("bas"), id, text, bad), "session.task_date")
		bad = n
		bad.OwnerID = w.people["outsider"]
		w.refused(w.sessions.TaskOf(w.ctx(), w.who("bas"), id, text, bad), "task.owner")
		w.refused(w.sessions.TaskOf(w.ctx(), w.who("bas"), id, id, n), "absent")
		var all sync.WaitGroup
		for _, name := range []string{"lead", "member", "bas", "anna", "lead", "bas"} { // everybody presses at once
			who := w.who(name)
			all.Go(func() {
				if err := w.sessions.TaskOf(t.Context(), who, id, text, n); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		list := must(task.OfTrajectory(t.Context(), w.d, w.trajectory))(t)
		if len(list) != 1 || list[0].OwnerID != w.people["anna"] || list[0].TextID != text || list[0].SourceKind != "session" || list[0].SourceID != id || list[0].DueOn != "2026-03-27" {
			t.Fatalf("%+v", list)
		}
		w.ok(w.sessions.Close(w.ctx(), w.who("lead"), id))
		w.clock.Set(afternoon.AddDate(0, 2, 0)) // months later it is still the same
		n.DueOn = "2026-06-01"
		w.ok(w.sessions.TaskOf(w.ctx(), w.who("member"), id, text, n))
		if v := w.view("bas", id); len(v.Tasks) != 1 {
			t.Errorf("%+v", v.Tasks)
		} else if x, ok := v.TaskFrom(text); !ok || x.DueOn != "2026-03-27" {
			t.Errorf("%+v", x)
		}
	})
}

// What somebody makes of their own words in a closed circle is theirs: for nobody else it is there,
// and nothing in the journal says that it came from a circle.
func TestATaskOutOfACircleIsItsWritersAlone(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.circle()
		w.clock.Set(afternoon)
		w.ok(w.sessions.Begin(w.ctx(), w.who("host"), id))
		w.to(id, "afronden")
		text := must(w.sessions.Write(w.ctx(), w.who("bas"), id, "afronden.eigen", "", 0, "Eerst tellen, dan praten.", ""))(t)
		w.ok(w.sessions.Close(w.ctx(), w.who("host"), id))
		before := w.view("bas", id).Version
		n := session.NewTask{OwnerID: w.people["cato"], Body: "Eerst tellen", DueOn: "2026-03-27"}
		for _, name := range []string{"cato", "host", "anna", "leader", "admin", "colleague", "outsider", "lead"} {
			w.refused(w.sessions.TaskOf(w.ctx(), w.who(name), id, text, n), "absent")
		}
		w.ok(w.sessions.TaskOf(w.ctx(), w.who("bas"), id, text, n))
		w.ok(w.sessions.TaskOf(w.ctx(), w.who("bas"), id, text, n))
		mine := must(task.Mine(t.Context(), w.d, w.who("bas")))(t)
		if len(mine) != 1 || mine[0].OwnerID != w.people["bas"] || mine[0].TrajectoryID != "" || mine[0].SourceKind != session.FromNote {
			t.Fatalf("%+v", mine)
		}
		for _, name := range []string{"cato", "host", "anna"} {
			if v := w.view(name, id); len(v.Tasks) != 0 {
				t.Errorf("%s sees what bas took on: %+v", name, v.Tasks)
			}
		}
		if v := w.view("bas", id); len(v.Tasks) != 1 || v.Version != before {
			t.Errorf("%d tasks, and the session tells of it", len(v.Tasks))
		}
		if list := must(task.OfSource(t.Context(), w.d, "session", id))(t); len(list) != 0 {
			t.Errorf("%+v", list)
		}
		for _, e := range must(journal.Of(t.Context(), w.d, "task", mine[0].ID))(t) {
			if e.TrajectoryID != "" || strings.Contains(e.Kind, "session") {
				t.Errorf("%+v", e)
			}
		}
		for name, want := range map[string]int{"bas": 1, "cato": 1, "colleague": 0, "leader": 0, "outsider": 0, "lead": 0} {
			if list := must(w.sessions.Among(t.Context(), w.who(name), []string{id}))(t); len(list) != want {
				t.Errorf("%s finds %d", name, len(list))
			}
		}
	})
}

func TestWordsThatWereLetGoBecomeATaskOfTheTrajectory(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := must(w.sessions.Plan(w.ctx(), w.who("lead"), session.Plan{SchoolID: w.schoolID, MethodID: "incidentmethode", TrajectoryID: w.trajectory, StartsAt: afternoon,
			PresenterID: w.people["anna"], People: w.ids("bas", "cato", "daan")}))(t)
		for _, name := range []string{"lead", "anna", "bas", "cato", "daan"} {
			w.ok(w.sessions.Join(w.ctx(), w.who(name), id, true))
		}
		w.clock.Set(afternoon)
		w.ok(w.sessions.Begin(w.ctx(), w.who("lead"), id))
		w.ok(w.sessions.Close(w.ctx(), w.who("lead"), id))
		release := must(w.sessions.LetGo(w.ctx(), w.who("lead"), id, "agreement", "We beginnen met de deur.", w.trajectory))(t)
		n := session.NewTask{OwnerID: w.people["member"], Body: "Begin met de deur", DueOn: "2026-03-27"}
		for _, name := range []string{"bas", "member", "leader", "outsider"} {
			w.refused(w.sessions.TaskOfRelease(w.ctx(), w.who(name), id, release, n), "absent")
		}
		w.ok(w.sessions.TaskOfRelease(w.ctx(), w.who("lead"), id, release, n))
		w.ok(w.sessions.TaskOfRelease(w.ctx(), w.who("lead"), id, release, n))
		list := must(task.OfTrajectory(t.Context(), w.d, w.trajectory))(t)
		if len(list) != 1 || list[0].SourceKind != session.FromRelease || list[0].SourceID != release || list[0].OwnerID != w.people["member"] {
			t.Fatalf("%+v", list)
		}
		// Who does it was not in the circle: no road leads back to it.
		if found := must(w.sessions.Among(t.Context(), w.who("member"), []string{id, list[0].SourceID}))(t); len(found) != 0 {
			t.Errorf("%+v", found)
		}
		if rows := must(db.All(t.Context(), w.d, `select id from task where source_id = $1`, db.Str, id))(t); len(rows) != 0 {
			t.Error("a task names the circle")
		}
	})
}
