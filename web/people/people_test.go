package people_test

import (
	"net/http"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	peopleweb "leerkring/web/people"
	"leerkring/web/room/roomtest"
)

// town is two schools of one board, with their people and the pages of people.
type town struct {
	*roomtest.Site
	t            *testing.T
	d            *db.DB
	schools      *school.Service
	trajectories *trajectory.Service
	school       school.School
	team         string
	people       map[string]string
}

func (w *town) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) who(name string) access.Who {
	w.t.Helper()
	k, err := school.Knows(w.t.Context(), w.d, w.people[name])
	w.ok(err)
	return k.Who
}

func open(t *testing.T) *town {
	t.Helper()
	t.Parallel()
	library, err := method.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	c := clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC))
	w := &town{t: t, d: dbtest.SQLite(t), people: map[string]string{}}
	w.schools, w.trajectories = school.NewService(w.d, c), trajectory.NewService(w.d, c, library)
	found, err := w.schools.Found(t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"})
	w.ok(err)
	w.people["admin"] = found.AdminID
	w.school, err = w.schools.School(t.Context(), w.who("admin"), found.SchoolID)
	w.ok(err)
	w.team, err = w.schools.AddTeam(t.Context(), w.who("admin"), found.SchoolID, school.Department, "Sectie wiskunde")
	w.ok(err)
	for name, n := range map[string]school.NewStaff{
		"noor": {Name: "Noor Haddad", Subject: "geschiedenis"},
		"daan": {Name: "Daan Postma", Subject: "wiskunde", Functions: []string{"mentor"}, TeamIDs: []string{w.team}},
		"wim":  {Name: "Wim Hofman"},
	} {
		n.Email, n.Active = name+"@baken.example", true
		w.people[name], err = w.schools.AddStaff(t.Context(), w.who("admin"), found.SchoolID, n)
		w.ok(err)
	}
	other, err := w.schools.Found(t.Context(), school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"})
	w.ok(err)
	w.people["outsider"] = other.AdminID
	w.Site = roomtest.New(t, w.d, c, library, peopleweb.Texts)
	rm := &peopleweb.Room{Schools: w.schools, Trajectories: w.trajectories}
	w.Route("GET", "/people", rm.List)
	w.Route("GET", "/people/{id}", rm.Show)
	return w
}

func (w *town) begin(title string, open bool) string {
	w.t.Helper()
	id, err := w.trajectories.Begin(w.t.Context(), w.who("daan"), trajectory.Start{SchoolID: w.school.ID, MethodID: "verbetercyclus", Title: title, Question: "Waar gaat het om?", Open: open})
	w.ok(err)
	_, err = w.trajectories.Invite(w.t.Context(), w.who("daan"), id, trajectory.Invitation{PersonID: w.people["wim"], Role: trajectory.Member}, w.schools)
	w.ok(err)
	return id
}

func TestWhoIsWho(t *testing.T) {
	w := open(t)
	noor := w.people["noor"]
	page := w.Get(noor, "/people")
	page.Has(t, "4 collega", "Daan Postma", "mentor, wiskunde", "Sectie wiskunde", "geschiedenis, dat ben jij", "Iedereen")
	page.Lacks(t, "@baken.example", "Oda Ver", "Beheerder")
	team := w.Get(noor, "/people?team="+w.team)
	team.Has(t, "1 collega", "Daan Postma")
	team.Lacks(t, "Wim Hofman")
	w.ok(w.d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `update person set state = 'suspended' where id = $1`, w.people["wim"])
		return err
	}))
	w.Get(noor, "/people").Lacks(t, "Wim Hofman")
	if r := w.Get(noor, "/people/"+w.people["wim"]); r.Status != http.StatusNotFound {
		t.Errorf("somebody suspended: %d", r.Status)
	}
	empty, err := w.schools.AddTeam(t.Context(), w.who("admin"), w.school.ID, school.PLC, "PLG Lezen")
	w.ok(err)
	w.Get(noor, "/people?team="+empty).Has(t, "In dit team zit nog niemand")
	w.Lang = "en"
	w.Get(noor, "/people").Has(t, "3 colleagues", "that is you")
}

func TestAColleagueShowsWhatTheReaderMaySee(t *testing.T) {
	w := open(t)
	w.begin("Feedback in elke les", true)
	w.begin("Alleen de groep", false)
	daan := "/people/" + w.people["daan"]
	page := w.Get(w.people["noor"], daan)
	page.Has(t, "Daan Postma", "mentor, wiskunde", "Waar Daan aan meedoet", "Feedback in elke les", "Sectie wiskunde")
	page.Lacks(t, "Alleen de groep", "@baken.example")
	w.Get(w.people["wim"], daan).Has(t, "Feedback in elke les", "Alleen de groep")
	w.Get(w.people["noor"], "/people/"+w.people["noor"]).Has(t, "Hier staat nog niets.", "Verander je eigen gegevens", "Nog geen team.")
	if r := w.Get(w.people["outsider"], daan); r.Status != http.StatusNotFound {
		t.Errorf("another board: %d", r.Status)
	}
	for _, path := range []string{"/people/x", "/people?team=" + w.people["daan"], "/people?school=" + w.people["daan"], "/people/" + w.people["outsider"]} {
		if r := w.Get(w.people["noor"], path); r.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, r.Status)
		}
	}
}

func TestAGuestFindsNobody(t *testing.T) {
	w := open(t)
	id := w.begin("Feedback in elke les", true)
	guest, err := w.trajectories.Invite(t.Context(), w.who("daan"), id, trajectory.Invitation{Name: "Gast Dijk", Email: "gast@uni.example", Role: trajectory.Guest}, w.schools)
	w.ok(err)
	w.ok(w.d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `update person set state = 'active' where id = $1`, guest)
		return err
	}))
	for _, path := range []string{"/people", "/people/" + w.people["daan"], "/people/" + guest, "/people?school=" + w.school.ID} {
		if r := w.Get(guest, path); r.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, r.Status)
		}
	}
	w.Get(w.people["noor"], "/people").Lacks(t, "Gast Dijk")
}

func TestThePagesAskTheSameNumberOfQuestionsHoweverManyPeople(t *testing.T) {
	w := open(t)
	few := w.Counting(func() { w.Get(w.people["noor"], "/people"); w.Get(w.people["noor"], "/people/"+w.people["daan"]) })
	for _, title := range []string{"Een", "Twee", "Drie"} {
		w.begin(title+" en meer", true)
	}
	many := w.Counting(func() { w.Get(w.people["noor"], "/people"); w.Get(w.people["noor"], "/people/"+w.people["daan"]) })
	if few != many {
		t.Errorf("%d queries, later %d", few, many)
	}
}
