package meeting_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/meeting"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
)

// agreed keeps agreements as the agreement page would, in memory.
type agreed struct {
	mu   sync.Mutex
	rows []meeting.Agreed
}

func (p *agreed) Agree(_ context.Context, _ *db.Tx, _ trajectory.Seen, meetingID, body string, _ time.Time) (string, error) {
	if body == "" {
		return "", errs.Invalid("agreement.empty").On("body")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	id := fmt.Sprint("agreement-", len(p.rows)+1)
	p.rows = append(p.rows, meeting.Agreed{ID: id, MeetingID: meetingID, Body: body})
	return id, nil
}

func (p *agreed) OfMeetings(_ context.Context, _ db.Queryer, _ trajectory.Seen, ids []string) ([]meeting.Agreed, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []meeting.Agreed
	for _, a := range p.rows {
		if slices.Contains(ids, a.MeetingID) {
			out = append(out, a)
		}
	}
	return out, nil
}

func (p *agreed) CountOf(ctx context.Context, q db.Queryer, _, meetingID string) (int, error) {
	list, err := p.OfMeetings(ctx, q, trajectory.Seen{}, []string{meetingID})
	return len(list), err
}

// town is a school with a trajectory, and a person for every role towards it.
type town struct {
	t            *testing.T
	d            *db.DB
	clock        *clock.Fake
	trajectories *trajectory.Service
	meetings     *meeting.Service
	schoolID     string
	id           string // the trajectory
	other        string // another trajectory of the same school, of other people
	people       map[string]string
}

func each(t *testing.T, f func(t *testing.T, w *town)) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, newTown(t, d)) })
}

var thursday = time.Date(2026, 3, 19, 14, 10, 0, 0, time.UTC)

func newTown(t *testing.T, d *db.DB) *town {
	t.Helper()
	w := &town{t: t, d: d, clock: clock.NewFake(time.Date(2026, 3, 17, 9, 0, 0, 0, time.UTC)), people: map[string]string{}}
	w.trajectories = trajectory.NewService(d, w.clock, must(method.Builtin())(t))
	schools := school.NewService(d, w.clock)
	found := must(schools.Found(t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"}))(t)
	w.schoolID, w.people["admin"] = found.SchoolID, found.AdminID
	for _, name := range []string{"lead", "member", "second", "coach", "guest", "colleague", "leader", "standin"} {
		w.people[name] = must(schools.AddStaff(t.Context(), w.who("admin"), w.schoolID, school.NewStaff{Name: "Naam " + name, Email: name + "@baken.example", Active: true}))(t)
	}
	if err := schools.Appoint(t.Context(), w.who("admin"), w.schoolID, w.people["leader"], access.Role{Kind: access.RoleLeader, SchoolID: w.schoolID}); err != nil {
		t.Fatal(err)
	}
	elsewhere := must(schools.Found(t.Context(), school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"}))(t)
	w.people["outsider"] = elsewhere.AdminID
	w.id = must(w.trajectories.Begin(t.Context(), w.who("lead"), trajectory.Start{SchoolID: w.schoolID, MethodID: "verbetercyclus", Title: "Feedback in elke les", StageID: "doe", Open: true}))(t)
	w.other = must(w.trajectories.Begin(t.Context(), w.who("colleague"), trajectory.Start{SchoolID: w.schoolID, MethodID: "verbetercyclus", Title: "Rust in de gang", Open: true}))(t)
	w.exec(`delete from staff where person_id = $1`, w.people["guest"])
	w.exec(`update person set guest = true where id = $1`, w.people["guest"])
	for name, role := range map[string]string{"member": "member", "second": "member", "guest": "guest", "coach": "begeleider"} {
		w.exec(`insert into participant (trajectory_id, person_id, role, joined_at) values ($1, $2, $3, $4)`, w.id, w.people[name], role, w.clock.Now())
	}
	w.exec(`update participant set stand_in_id = $2 where trajectory_id = $1 and role = 'lead'`, w.id, w.people["standin"])
	w.meetings = meeting.NewService(d, w.clock, w.trajectories, &agreed{})
	w.trajectories.Tells(w.meetings)
	return w
}

func (w *town) exec(sql string, args ...any) {
	w.t.Helper()
	if err := w.d.Write(w.t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(w.t.Context(), tx, sql, args...)
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
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

func (w *town) seen(name string) trajectory.Seen {
	w.t.Helper()
	return must(w.trajectories.Reach(w.t.Context(), w.d, w.who(name), w.id))(w.t)
}

func (w *town) closeIn() {
	w.t.Helper()
	seen := w.seen("lead")
	if err := w.trajectories.Edit(w.t.Context(), w.who("lead"), w.id, seen.Version, trajectory.Change{Title: seen.Title, Open: false}); err != nil {
		w.t.Fatal(err)
	}
}

// items are an ordinary hour of 60 minutes.
func items() []meeting.NewItem {
	return []meeting.NewItem{
		{Part: meeting.Share, Question: "Wat lukte er?", Reason: meeting.BecauseLast, Minutes: 10},
		{Part: meeting.Learn, Question: "Hoe vaak lukte het ons?", Reason: meeting.BecauseNotHeard, ElementID: "f4.q1", Minutes: 35},
		{Part: meeting.Decide, Question: "Doet iedereen dit?", Minutes: 15},
	}
}

// ready makes an hour that is put ready: the lead's, led by the member.
func (w *town) ready() string {
	w.t.Helper()
	id := must(w.meetings.Make(w.t.Context(), w.who("lead"), w.id, meeting.Plan{StartsAt: thursday, Minutes: 60, Place: "1.08", HostID: w.people["member"], KeeperID: w.people["second"], Guests: []string{w.people["guest"]}}, items()))(w.t)
	w.ok(w.meetings.PutReady(w.t.Context(), w.who("lead"), w.id, id))
	return id
}

// begun makes an hour that is going on.
func (w *town) begun() string {
	w.t.Helper()
	id := w.ready()
	w.clock.Set(thursday)
	w.ok(w.meetings.Begin(w.t.Context(), w.who("member"), w.id, id))
	return id
}

func (w *town) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) hour(name, id string) meeting.Hour {
	w.t.Helper()
	return must(w.meetings.Hour(w.t.Context(), w.d, w.seen(name), id))(w.t)
}

// kinds are the entries of the journal of the trajectory, oldest first.
func (w *town) kinds() []string {
	w.t.Helper()
	list := must(journal.Trajectory(w.t.Context(), w.d, w.id, 1000))(w.t)
	out := make([]string, len(list))
	for i, e := range list {
		out[len(list)-1-i] = e.Kind
	}
	return out
}

// state is everything that this room keeps, as one text: to see that nothing changed.
func (w *town) state() string {
	w.t.Helper()
	texts := must(db.All(w.t.Context(), w.d, `
		select id || state || place || version || coalesce(host_id, '') || coalesce(current_item_id, '') || starts_at from meeting
		union all select id || question || minutes || position || spent_seconds || coalesce(started_at, '') || coalesce(ended_at, '') || coalesce(removed_at, '') from meeting_item
		union all select id || body || said_by || coalesce(withdrawn_at, '') from meeting_note
		union all select meeting_id || person_id from meeting_present
		union all select id || body from task
		union all select id || body from text_version
		union all select kind || object_id from journal order by 1`, db.Str))(w.t)
	all := ""
	for _, s := range texts {
		all += s + "\n"
	}
	return all
}

func key(err error) string {
	f := errs.FieldsOf(err)
	if len(f) == 0 {
		return ""
	}
	return f[0].Key
}
