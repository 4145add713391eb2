package contribution

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
)

// Monday morning at school.
var start = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// house is a school with one trajectory of five who take part, and people around it.
type schoolhouse struct {
	t       testing.TB
	ctx     context.Context
	db      *db.DB
	clock   *clock.Fake
	schools *school.Service
	walks   *trajectory.Service
	said    *Service
	founded school.Founded
	admin   access.Who
	teamID  string
	ids     map[string]string
	walk    string // the trajectory
}

var members = []string{"noor", "joost", "samira", "thijs", "kim"} // noor leads

func newHouse(t testing.TB, d *db.DB) *schoolhouse {
	t.Helper()
	lib, err := method.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	h := &schoolhouse{t: t, ctx: context.Background(), db: d, clock: clock.NewFake(start), ids: map[string]string{}}
	h.schools = school.NewService(d, h.clock)
	h.walks = trajectory.NewService(d, h.clock, lib)
	h.said = NewService(d, h.clock, h.walks)
	h.walks.Tells(h.said)
	h.founded, err = h.schools.Found(h.ctx, school.Founding{Board: "Bestuur", School: school.School{Name: "Het Baken"}, AdminName: "Ad Min", AdminEmail: "ad@baken.example"})
	h.ok(err)
	h.ids["admin"] = h.founded.AdminID
	h.admin = h.who("admin")
	h.teamID, err = h.schools.AddTeam(h.ctx, h.admin, h.founded.SchoolID, school.Department, "Frans")
	h.ok(err)
	for _, name := range append([]string{"leyla", "wim", "ilse", "petra"}, members...) {
		h.staff(name)
	}
	h.ok(h.schools.Appoint(h.ctx, h.admin, h.founded.SchoolID, h.ids["ilse"], access.Role{Kind: access.RoleLeader, SchoolID: h.founded.SchoolID}))
	h.walk = h.begin("noor", true)
	return h
}

func (h *schoolhouse) staff(name string) {
	h.t.Helper()
	n := school.NewStaff{Name: name + " Jansen", Email: name + "@baken.example", Subject: "vak van " + name, Active: true}
	if name == "leyla" {
		n.TeamIDs = []string{h.teamID}
	}
	id, err := h.schools.AddStaff(h.ctx, h.admin, h.founded.SchoolID, n)
	h.ok(err)
	h.ids[name] = id
}

// begin makes a trajectory of the five.
func (h *schoolhouse) begin(lead string, open bool) string {
	h.t.Helper()
	id, err := h.walks.Begin(h.ctx, h.who(lead), trajectory.Start{SchoolID: h.founded.SchoolID, MethodID: "verbetercyclus", Title: "Lezen in elk vak", Open: open})
	h.ok(err)
	for _, name := range members {
		if name != lead {
			h.joins(id, name, trajectory.Member, "")
		}
	}
	return id
}

// joins puts somebody into a trajectory, as an invitation would.
func (h *schoolhouse) joins(walk, name string, role trajectory.Role, ends clock.Date) {
	h.t.Helper()
	h.ok(h.db.Write(h.ctx, func(tx *db.Tx) error {
		_, err := db.Exec(h.ctx, tx, `insert into participant (trajectory_id, person_id, role, ends_on, joined_at) values ($1, $2, $3, $4, $5)`,
			walk, h.ids[name], string(role), ends, h.clock.Now())
		return err
	}))
}

// guests asks a guest and a process coach in.
func (h *schoolhouse) guests() {
	h.t.Helper()
	sc, err := school.Read(h.ctx, h.db, h.founded.SchoolID)
	h.ok(err)
	for _, name := range []string{"eva", "coen"} {
		h.ok(h.db.Write(h.ctx, func(tx *db.Tx) error {
			h.ids[name], err = h.schools.AddGuest(h.ctx, tx, h.who("noor"), sc, name+" Buiten", name+"@elders.example")
			if err == nil {
				_, err = db.Exec(h.ctx, tx, `update person set state = 'active' where id = $1`, h.ids[name])
			}
			return err
		}))
	}
	h.joins(h.walk, "eva", trajectory.Guest, h.today().Add(100))
	h.joins(h.walk, "coen", trajectory.Coach, h.today().Add(100))
}

// elsewhere is a colleague of another board in the same installation.
func (h *schoolhouse) elsewhere() access.Who {
	h.t.Helper()
	other, err := h.schools.Found(h.ctx, school.Founding{Board: "Ander bestuur", School: school.School{Name: "De Kreek"}, AdminName: "Vera Vos", AdminEmail: "vera@kreek.example"})
	h.ok(err)
	k, err := school.Knows(h.ctx, h.db, other.AdminID)
	h.ok(err)
	return k.Who
}

func (h *schoolhouse) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *schoolhouse) who(name string) access.Who {
	h.t.Helper()
	k, err := school.Knows(h.ctx, h.db, h.ids[name])
	h.ok(err)
	return k.Who
}

func (h *schoolhouse) seen(name string) trajectory.Seen {
	h.t.Helper()
	seen, err := h.walks.Reach(h.ctx, h.db, h.who(name), h.walk)
	h.ok(err)
	return seen
}

// says answers a question and returns the answer's id.
func (h *schoolhouse) says(name, element, text string) string {
	h.t.Helper()
	id, err := h.said.Add(h.ctx, h.who(name), h.walk, Answer{ElementID: element, Words: Words{Body: text}})
	h.ok(err)
	return id
}

func (h *schoolhouse) opens(n NewRound) string {
	h.t.Helper()
	if n.Audience == "" {
		n.Audience = Team
	}
	if n.ClosesOn == "" {
		n.ClosesOn = h.today().Add(4)
	}
	id, err := h.said.Open(h.ctx, h.who("noor"), h.walk, n)
	h.ok(err)
	return id
}

func (h *schoolhouse) today() clock.Date { return clock.On(h.clock.Now(), clock.Zone("")) }

func (h *schoolhouse) one(name, id string) Contribution {
	h.t.Helper()
	c, err := h.said.One(h.ctx, h.db, h.seen(name), id)
	h.ok(err)
	return c
}

func (h *schoolhouse) round(name, id string) RoundView {
	h.t.Helper()
	v, err := h.said.Round(h.ctx, h.db, h.seen(name), id)
	h.ok(err)
	return v
}

func (h *schoolhouse) away(name string, until clock.Date) {
	h.t.Helper()
	h.ok(h.schools.Update(h.ctx, h.who(name), school.Details{Name: name + " Jansen", AwayUntil: until}, h.today()))
}

// log returns the kinds and actors of the journal of the trajectory, oldest first.
func (h *schoolhouse) log() (out []string) {
	h.t.Helper()
	list, err := journal.Trajectory(h.ctx, h.db, h.walk, 1000)
	h.ok(err)
	for i := len(list) - 1; i >= 0; i-- {
		out = append(out, list[i].Kind+" by "+h.name(list[i].ActorID))
	}
	return out
}

func (h *schoolhouse) name(id string) string {
	for name, x := range h.ids {
		if x == id {
			return name
		}
	}
	return id
}

// dump is everything that the tables of this room and its neighbours hold, to see that
// a refusal left nothing behind.
func (h *schoolhouse) dump() string {
	h.t.Helper()
	all := ""
	for _, q := range []string{
		`select id || body || source || link || kind || chip || withdrawn || settled_note || outcome || cast(version as text) from contribution order by id`,
		`select id || form || closes_on || coalesce(closed_at, '') || closed_why || cast(answered as text) from round order by id`,
		`select focus_point_id || person_id || round_id || cast(importance as text) || cast(effort as text) from rating order by focus_point_id, person_id`,
		`select round_id || focus_point_id || cast(answers as text) from rating_figure order by round_id, focus_point_id`,
		`select id || body from text_version order by id`,
		`select id || about_id || alt from picture order by id`,
		`select from_id || to_id || relation from why_link order by from_id, to_id`,
		`select id || title || body || state || cast(version as text) from focus_point order by id`,
		`select kind || object_id || actor_id from journal order by seq`,
	} {
		rows, err := db.All(h.ctx, h.db, q, db.Str)
		h.ok(err)
		raw, err := json.Marshal(rows)
		h.ok(err)
		all += string(raw) + "\n"
	}
	return all
}

// absent runs an act that must be refused as if nothing were there, and leave nothing.
func (h *schoolhouse) absent(what string, act func() error) {
	h.t.Helper()
	before := h.dump()
	if err := act(); !errs.IsAbsent(err) {
		h.t.Errorf("%s: %v, want absent", what, err)
	}
	if after := h.dump(); after != before {
		h.t.Errorf("%s left something behind:\n%s\n%s", what, before, after)
	}
}

// refused runs an act that must be refused with this text, and leave nothing.
func (h *schoolhouse) refused(what, key string, act func() error) {
	h.t.Helper()
	before := h.dump()
	if err := act(); keyOf(err) != key {
		h.t.Errorf("%s: %v, want %s", what, err, key)
	}
	if after := h.dump(); after != before {
		h.t.Errorf("%s left something behind:\n%s\n%s", what, before, after)
	}
}
