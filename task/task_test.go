package task_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
	"leerkring/method"
	"leerkring/school"
	"leerkring/task"
	"leerkring/trajectory"
)

// town is a school with a trajectory in which somebody from outside takes part.
type town struct {
	t        *testing.T
	d        *db.DB
	clock    *clock.Fake
	tasks    *task.Service
	schoolID string
	id       string
	people   map[string]string
}

func each(t *testing.T, f func(t *testing.T, w *town)) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, newTown(t, d)) })
}

func newTown(t *testing.T, d *db.DB) *town {
	t.Helper()
	c := clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC))
	w := &town{t: t, d: d, clock: c, tasks: task.NewService(d, c), people: map[string]string{}}
	schools := school.NewService(d, c)
	found := must(schools.Found(t.Context(), school.Founding{Board: "Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"}))(t)
	other := must(schools.Found(t.Context(), school.Founding{Board: "Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"}))(t)
	w.schoolID, w.people["admin"], w.people["outsider"] = found.SchoolID, found.AdminID, other.AdminID
	for _, name := range []string{"noor", "sem", "leader"} {
		w.people[name] = must(schools.AddStaff(t.Context(), w.who("admin"), w.schoolID, school.NewStaff{Name: "Naam " + name, Email: name + "@baken.example", Active: true}))(t)
	}
	if err := schools.Appoint(t.Context(), w.who("admin"), w.schoolID, w.people["leader"], access.Role{Kind: access.RoleLeader, SchoolID: w.schoolID}); err != nil {
		t.Fatal(err)
	}
	walks := trajectory.NewService(d, c, must(method.Builtin())(t))
	w.id = must(walks.Begin(t.Context(), w.who("noor"), trajectory.Start{SchoolID: w.schoolID, MethodID: "verbetercyclus", Title: "Feedback", Open: true}))(t)
	w.people["guest"] = must(walks.Invite(t.Context(), w.who("noor"), w.id, trajectory.Invitation{Name: "Gijs Vreemd", Email: "g@elders.example", Role: trajectory.Guest}, schools))(t)
	if err := d.Write(t.Context(), func(tx *db.Tx) error { // accepted the invitation
		_, err := db.Exec(t.Context(), tx, `update person set state = 'active' where id = $1`, w.people["guest"])
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return w
}

func must[T any](x T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

func (w *town) who(name string) access.Who {
	w.t.Helper()
	return must(school.Knows(w.t.Context(), w.d, w.people[name]))(w.t).Who
}

func (w *town) add(by string, n task.New) (x task.Task, err error) {
	w.t.Helper()
	if n.SchoolID == "" {
		n.SchoolID = w.schoolID
	}
	err = w.d.Write(w.t.Context(), func(tx *db.Tx) (err error) {
		x, err = task.Add(w.t.Context(), tx, w.who(by), n, w.clock.Now())
		return err
	})
	return x, err
}

func (w *town) entries(id string) []journal.Entry {
	w.t.Helper()
	return must(journal.Of(w.t.Context(), w.d, "task", id))(w.t)
}

func TestATaskBelongsToSomebodyWhoIsThere(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		x := must(w.add("noor", task.New{TrajectoryID: w.id, SourceKind: "meeting", SourceID: "m", OwnerID: w.people["sem"], Body: " Stuur de uitnodiging ", DueOn: "2026-03-27"}))(t)
		list := must(task.OfTrajectory(t.Context(), w.d, w.id))(t)
		if len(list) != 1 || list[0] != x || x.Body != "Stuur de uitnodiging" || x.State != task.Open || x.MadeBy != w.people["noor"] || x.Version != 1 {
			t.Errorf("%+v %+v", list, x)
		}
		if e := w.entries(x.ID); len(e) != 1 || e[0].Kind != "task.added" || e[0].TrajectoryID != w.id || e[0].To != 1 {
			t.Errorf("journal %+v", e)
		}
		if _, err := w.add("noor", task.New{TrajectoryID: w.id, OwnerID: w.people["guest"], Body: "Bel de expert"}); err != nil {
			t.Errorf("somebody from outside who takes part: %v", err)
		}
		for name, n := range map[string]task.New{
			"nobody":                          {Body: "Iets doen"},
			"somebody who does not exist":     {OwnerID: ident.At(w.clock.Now()), Body: "Iets doen"},
			"somebody of another board":       {TrajectoryID: w.id, OwnerID: w.people["outsider"], Body: "Iets doen"},
			"a guest, outside their group":    {OwnerID: w.people["guest"], Body: "Iets doen"},
			"a school where they do not work": {SchoolID: ident.At(w.clock.Now()), OwnerID: w.people["sem"], Body: "Iets doen"},
		} {
			if _, err := w.add("noor", n); key(err) != "task.owner" {
				t.Errorf("%s: %v", name, err)
			}
		}
		for name, body := range map[string]string{"no words": "  x ", "a letter": strings.Repeat("a", 301)} {
			if _, err := w.add("noor", task.New{OwnerID: w.people["sem"], Body: body}); key(err) != "task.body" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := must(db.One(t.Context(), w.d, `select count(*) from task`, db.Int))(t); n != 2 {
			t.Errorf("%d tasks: a refused one was kept", n)
		}
	})
}

func key(err error) string {
	if f := errs.FieldsOf(err); len(f) > 0 {
		return f[0].Key
	}
	return ""
}

func TestSettlingIsTheOwners(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		x := must(w.add("noor", task.New{TrajectoryID: w.id, OwnerID: w.people["sem"], Body: "Stuur de uitnodiging"}))(t)
		for _, name := range []string{"noor", "admin", "leader", "guest", "outsider"} {
			if err := w.tasks.Settle(t.Context(), w.who(name), x.ID, task.Done); !errs.IsAbsent(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := w.tasks.Settle(t.Context(), w.who("sem"), ident.At(w.clock.Now()), task.Done); !errs.IsAbsent(err) {
			t.Errorf("a task that is not there: %v", err)
		}
		if err := w.tasks.Settle(t.Context(), w.who("sem"), x.ID, "gone"); !errs.Is(err, errs.KindInvalid) {
			t.Errorf("an unknown state: %v", err)
		}
		if e := w.entries(x.ID); len(e) != 1 {
			t.Fatalf("a refusal changed something: %+v", e)
		}
		w.clock.Move(time.Hour)
		for _, to := range []task.State{task.Done, task.Done, task.Open, task.Dropped} { // done twice is done once
			if err := w.tasks.Settle(t.Context(), w.who("sem"), x.ID, to); err != nil {
				t.Fatal(err)
			}
		}
		got := must(task.OfTrajectory(t.Context(), w.d, w.id))(t)[0]
		if got.State != task.Dropped || got.Version != 4 || !got.SettledAt.Equal(w.clock.Now()) {
			t.Errorf("%+v", got)
		}
		e := w.entries(x.ID)
		if len(e) != 4 || e[1].Kind != "task.done" || e[2].Kind != "task.open" || e[3].From != 3 || e[3].To != 4 {
			t.Errorf("journal %+v", e)
		}
	})
}

func TestMineAreMyOpenOnesNearestFirst(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for _, n := range []task.New{
			{OwnerID: w.people["sem"], Body: "Zonder dag"},
			{OwnerID: w.people["sem"], Body: "In mei", DueOn: "2026-05-01"},
			{OwnerID: w.people["sem"], Body: "Morgen", DueOn: "2026-03-20", TrajectoryID: w.id},
			{OwnerID: w.people["noor"], Body: "Van Noor", DueOn: "2026-03-20"},
		} {
			must(w.add("noor", n))(t)
		}
		mine := must(task.Mine(t.Context(), w.d, w.who("sem")))(t)
		if len(mine) != 3 || mine[0].Body != "Morgen" || mine[1].Body != "In mei" || mine[2].DueOn != "" {
			t.Errorf("%+v", mine)
		}
		if err := w.tasks.Settle(t.Context(), w.who("sem"), mine[0].ID, task.Done); err != nil {
			t.Fatal(err)
		}
		if mine = must(task.Mine(t.Context(), w.d, w.who("sem")))(t); len(mine) != 2 {
			t.Errorf("%+v", mine)
		}
	})
}

// T-R6: the same form sent many times at once is one task and one entry.
func TestProofR6_TheSameActManyTimesIsDoneOnce(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		sem := w.who("sem")
		var wg sync.WaitGroup
		results := make([]error, 12)
		for i := range results {
			wg.Go(func() {
				ctx := db.Once(t.Context(), sem.ID, "the key of one form")
				results[i] = w.d.Write(ctx, func(tx *db.Tx) error {
					_, err := task.Add(ctx, tx, sem, task.New{SchoolID: w.schoolID, OwnerID: sem.ID, Body: "Stuur de uitnodiging"}, w.clock.Now())
					return err
				})
			})
		}
		wg.Wait()
		done := 0
		for _, err := range results {
			switch {
			case err == nil:
				done++
			case !errors.Is(err, db.ErrRepeated):
				t.Errorf("%v", err)
			}
		}
		mine := must(task.Mine(t.Context(), w.d, sem))(t)
		if done != 1 || len(mine) != 1 || len(w.entries(mine[0].ID)) != 1 {
			t.Errorf("done %d times, %d tasks", done, len(mine))
		}
		// a refused act keeps no key: mending the form and sending it again works
		for i, body := range []string{"x", "Nu met woorden"} {
			ctx := db.Once(t.Context(), sem.ID, "another key")
			err := w.d.Write(ctx, func(tx *db.Tx) error {
				_, err := task.Add(ctx, tx, sem, task.New{SchoolID: w.schoolID, OwnerID: sem.ID, Body: body}, w.clock.Now())
				return err
			})
			if (err == nil) != (i == 1) {
				t.Errorf("%q: %v", body, err)
			}
		}
		// somebody else's key is another key
		if err := w.d.Write(db.Once(t.Context(), w.people["noor"], "the key of one form"), func(tx *db.Tx) error { return nil }); err != nil {
			t.Error(err)
		}
	})
}
