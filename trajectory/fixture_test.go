package trajectory_test

import (
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
	"leerkring/trajectory"
)

// town is two boards; the first has two schools, and at one of them a team on its way
// with a person for every role towards it.
type town struct {
	t        *testing.T
	d        *db.DB
	clock    *clock.Fake
	schools  *school.Service
	walks    *trajectory.Service
	board    string
	schoolID string
	second   string // another school of the same board
	otherID  string // a school of another board
	id       string
	people   map[string]string
}

func each(t *testing.T, f func(t *testing.T, w *town)) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, newTown(t, d)) })
}

// cast are all people of the town, and what they are to the trajectory.
var cast = []string{"lead", "member", "second", "colleague", "leader", "admin", "guest", "coach", "elsewhere", "outsider"}

func newTown(t *testing.T, d *db.DB) *town {
	t.Helper()
	w := &town{t: t, d: d, clock: clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC)), people: map[string]string{}}
	w.schools = school.NewService(d, w.clock)
	w.walks = trajectory.NewService(d, w.clock, must(method.Builtin())(t))
	found := must(w.schools.Found(t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"}))(t)
	w.board, w.schoolID, w.people["admin"] = found.BoardID, found.SchoolID, found.AdminID
	other := must(w.schools.Found(t.Context(), school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"}))(t)
	w.otherID, w.people["outsider"] = other.SchoolID, other.AdminID
	for _, name := range []string{"lead", "member", "second", "colleague", "leader", "coach", "elsewhere"} {
		w.people[name] = must(w.schools.AddStaff(t.Context(), w.who("admin"), w.schoolID, school.NewStaff{Name: "Naam " + name, Email: name + "@baken.example", Active: true}))(t)
	}
	w.ok(w.schools.Appoint(t.Context(), w.who("admin"), w.schoolID, w.people["leader"], access.Role{Kind: access.RoleLeader, SchoolID: w.schoolID}))
	w.second = ident.At(w.clock.Now())
	w.exec(`insert into school (id, board_id, name, sector, language, zone, made_at) values ($1, $2, 'Het Anker', 'vo', 'nl', 'Europe/Amsterdam', $3)`, w.second, w.board, w.clock.Now())
	for _, name := range []string{"coach", "elsewhere"} {
		w.exec(`update staff set school_id = $2 where person_id = $1`, w.people[name], w.second)
	}
	w.id = w.begin("lead", trajectory.Start{Open: true})
	for name, role := range map[string]trajectory.Role{"member": trajectory.Member, "second": trajectory.Member, "coach": trajectory.Coach} {
		must(w.walks.Invite(t.Context(), w.who("lead"), w.id, trajectory.Invitation{PersonID: w.people[name], Role: role}, w.schools))(t)
	}
	w.people["guest"] = must(w.walks.Invite(t.Context(), w.who("lead"), w.id, trajectory.Invitation{Name: "Gijs Vreemd", Email: "gijs@elders.example", Role: trajectory.Guest, EndsOn: "2026-06-01"}, w.schools))(t)
	w.exec(`update person set state = 'active' where id = $1`, w.people["guest"])
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

func (w *town) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) exec(sql string, args ...any) {
	w.t.Helper()
	w.ok(w.d.Write(w.t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(w.t.Context(), tx, sql, args...)
		return err
	}))
}

func (w *town) who(name string) access.Who {
	w.t.Helper()
	return must(school.Knows(w.t.Context(), w.d, w.people[name]))(w.t).Who
}

// begin starts a trajectory with what st leaves out.
func (w *town) begin(name string, st trajectory.Start) string {
	w.t.Helper()
	if st.SchoolID == "" {
		st.SchoolID = w.schoolID
	}
	if st.MethodID == "" {
		st.MethodID = "verbetercyclus"
	}
	if st.Title == "" {
		st.Title = "Feedback in elke les"
	}
	return must(w.walks.Begin(w.t.Context(), w.who(name), st))(w.t)
}

func (w *town) reach(name, id string) (trajectory.Seen, error) {
	w.t.Helper()
	return w.walks.Reach(w.t.Context(), w.d, w.who(name), id)
}

func (w *town) seen(name string) trajectory.Seen {
	w.t.Helper()
	return must(w.reach(name, w.id))(w.t)
}

// edit changes the trajectory as its lead, from how it stands.
func (w *town) edit(change func(c *trajectory.Change)) {
	w.t.Helper()
	s := w.seen("lead")
	c := trajectory.Change{Title: s.Title, Question: s.Question, Open: s.Open, TeamIDs: s.TeamIDs, SponsorID: s.SponsorID}
	change(&c)
	w.ok(w.walks.Edit(w.t.Context(), w.who("lead"), w.id, s.Version, c))
}

func (w *town) closeIn() { w.edit(func(c *trajectory.Change) { c.Open = false }) }

// onward moves the team on to the next stage, with a reason for what is open.
func (w *town) onward(stage string) {
	w.t.Helper()
	w.ok(w.walks.Move(w.t.Context(), w.who("lead"), w.id, w.seen("lead").Version, trajectory.Step{Move: trajectory.MoveForward, StageID: stage}, "Het kan niet wachten."))
}

// state is everything that this room keeps, as one text: to see that nothing changed.
func (w *town) state() string {
	w.t.Helper()
	list := must(db.All(w.t.Context(), w.d, `
		select id || title || question || state || state_reason || version || coalesce(state_until_on, '') || open || coalesce(sponsor_id, '') || stage_id || visit_id from trajectory
		union all select id || number || stage_id || reason || coalesce(left_at, '') from stage_visit
		union all select trajectory_id || person_id || role || coalesce(stand_in_id, '') || coalesce(ends_on, '') || coalesce(left_at, '') || joined_at from participant
		union all select trajectory_id || team_id from trajectory_team
		union all select visit_id || element_id || value || note from gate_call
		union all select id || hash || coalesce(closed_at, '') from pupil_link
		union all select id || name || state from person
		union all select id || body from text_version
		union all select kind || object_id || seq from journal order by 1`, db.Str))(w.t)
	all := ""
	for _, s := range list {
		all += s + "\n"
	}
	return all
}

// refused asserts that an act was refused in a way, and that nothing changed.
func (w *town) refused(want string, act func() error) {
	w.t.Helper()
	before := w.state()
	err := act()
	if got := refusal(err); got != want {
		w.t.Errorf("got %q (%v), want %q", got, err, want)
	}
	if w.state() != before {
		w.t.Error("a refused act changed something")
	}
}

// refusal is «absent», or the text key of the first field.
func refusal(err error) string {
	switch {
	case err == nil:
		return "done"
	case errs.IsAbsent(err):
		return "absent"
	}
	if f := errs.FieldsOf(err); len(f) > 0 {
		return f[0].Key
	}
	return "fault: " + err.Error()
}

// newest is the newest entry of the journal of the trajectory.
func (w *town) newest() journal.Entry {
	w.t.Helper()
	return must(journal.Trajectory(w.t.Context(), w.d, w.id, 1))(w.t)[0]
}

func (w *town) participants() map[string]trajectory.Participant {
	w.t.Helper()
	out := map[string]trajectory.Participant{}
	for _, p := range must(w.walks.Participants(w.t.Context(), w.d, w.seen("lead")))(w.t) {
		out[p.PersonID] = p
	}
	return out
}
