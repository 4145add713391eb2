package task_test

import (
	"net/http"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/method"
	"leerkring/school"
	"leerkring/task"
	"leerkring/web/room/roomtest"
	taskweb "leerkring/web/task"
)

func must[T any](x T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

// A task is settled by its owner, wherever it stands; for everybody else it is not there.
func TestATaskIsSettledByItsOwner(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	d, c := dbtest.SQLite(t), clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC))
	schools := school.NewService(d, c)
	found := must(schools.Found(ctx, school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"}))(t)
	who := func(id string) access.Who { return must(school.Knows(ctx, d, id))(t).Who }
	people := map[string]string{}
	for _, name := range []string{"owner", "maker", "leader"} {
		people[name] = must(schools.AddStaff(ctx, who(found.AdminID), found.SchoolID, school.NewStaff{Name: "Naam " + name, Email: name + "@baken.example", Active: true}))(t)
	}
	if err := schools.Appoint(ctx, who(found.AdminID), found.SchoolID, people["leader"], access.Role{Kind: access.RoleLeader, SchoolID: found.SchoolID}); err != nil {
		t.Fatal(err)
	}
	var added task.Task
	if err := d.Write(ctx, func(tx *db.Tx) error {
		var err error
		added, err = task.Add(ctx, tx, who(people["maker"]), task.New{SchoolID: found.SchoolID, OwnerID: people["owner"], Body: "haalt drie voorbeelden op", DueOn: "2026-03-26"}, c.Now())
		return err
	}); err != nil {
		t.Fatal(err)
	}
	site := roomtest.New(t, d, c, must(method.Builtin())(t), task.Texts, taskweb.Texts)
	rm := &taskweb.Room{Tasks: task.NewService(d, c)}
	site.Route("POST", "/tasks/{task}", rm.Settle)
	open := func() int { return len(must(task.Mine(ctx, d, who(people["owner"])))(t)) }
	at := "/tasks/" + added.ID
	for _, name := range []string{"maker", "leader"} {
		if r := site.Post(people[name], at, "state", "done"); !errs.IsAbsent(r.Err) || open() != 1 {
			t.Errorf("%s: %v", name, r.Err)
		}
	}
	for _, state := range []string{"", "gone"} {
		if r := site.Post(people["owner"], at, "state", state); r.Status != http.StatusUnprocessableEntity || open() != 1 {
			t.Errorf("state %q: %d", state, r.Status)
		}
	}
	for _, c := range []struct{ state, back, to string }{
		{"done", "", "/week?task=" + added.ID + "&said=task_done"},
		{"open", "", "/week?task=" + added.ID + "&said=task_open"},
		{"dropped", "/trajectories", "/trajectories?said=task_dropped"},
		{"done", "//elders.example/", "/week?task=" + added.ID + "&said=task_done"},
	} {
		if r := site.Post(people["owner"], at, "state", c.state, "back", c.back); r.Location != c.to {
			t.Errorf("%s: went to %s, %v", c.state, r.Location, r.Err)
		}
		if (open() == 1) != (c.state == "open") {
			t.Errorf("%s: %d open", c.state, open())
		}
	}
	last := must(journal.NewReader(d).Next(ctx, 100))(t)
	if e := last[len(last)-1]; e.Kind != "task.done" || e.ActorID != people["owner"] || e.ObjectID != added.ID || e.From+1 != e.To {
		t.Errorf("journal: %+v", e)
	}
	if r := site.Post(people["owner"], "/tasks/none", "state", "done"); !errs.IsAbsent(r.Err) {
		t.Errorf("what is not there: %v", r.Err)
	}
}
