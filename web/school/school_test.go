package school_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room/roomtest"
	schoolweb "leerkring/web/school"
	"leerkring/writing"
)

// town is a school with its people and its pages.
type town struct {
	*roomtest.Site
	t            *testing.T
	d            *db.DB
	schools      *school.Service
	trajectories *trajectory.Service
	id           string
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
	w.id, w.people["admin"] = found.SchoolID, found.AdminID
	for name, full := range map[string]string{"leader": "Ilse Brand", "noor": "Noor Haddad", "daan": "Daan Postma", "timetabler": "Petra Vos"} {
		w.people[name], err = w.schools.AddStaff(t.Context(), w.who("admin"), w.id, school.NewStaff{Name: full, Email: name + "@baken.example", Active: true})
		w.ok(err)
	}
	for name, kind := range map[string]access.RoleKind{"leader": access.RoleLeader, "timetabler": access.RoleTimetabler} {
		w.ok(w.schools.Appoint(t.Context(), w.who("admin"), w.id, w.people[name], access.Role{Kind: kind, SchoolID: w.id}))
	}
	other, err := w.schools.Found(t.Context(), school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"})
	w.ok(err)
	w.people["outsider"] = other.AdminID
	w.Site = roomtest.New(t, w.d, c, library, schoolweb.Texts, writing.Texts)
	rm := &schoolweb.Room{Schools: w.schools, Trajectories: w.trajectories}
	w.Route("GET", "/school", rm.Show)
	w.Route("POST", "/school/focus-points", rm.Suggest)
	w.Route("POST", "/school/focus-points/{focus}", rm.Choose)
	w.Route("POST", "/school/vision", rm.AddLine)
	w.Route("POST", "/school/vision/{line}", rm.ChangeLine)
	w.Route("POST", "/school/vision/{line}/drop", rm.DropLine)
	w.Route("GET", "/school/calendar", rm.Calendar)
	w.Route("POST", "/school/calendar", rm.AddPeriod)
	w.Route("POST", "/school/calendar/{period}/remove", rm.RemovePeriod)
	w.Route("POST", "/school/holidays", rm.TakeHolidays)
	w.Route("POST", "/school/years", rm.AddYear)
	w.Route("POST", "/school/years/{year}/remove", rm.RemoveYear)
	return w
}

// done posts a form and expects to go on to a page that says so.
func (w *town) done(name, said, path string, fields ...string) {
	w.t.Helper()
	if r := w.Post(w.people[name], path, fields...); !strings.Contains(r.Location, "said="+said) {
		w.t.Fatalf("%s by %s: %d, %q, %v %s", path, name, r.Status, r.Location, r.Err, r.Body)
	}
}

// absent expects that a form finds nothing.
func (w *town) absent(name, path string, fields ...string) {
	w.t.Helper()
	if r := w.Post(w.people[name], path, fields...); r.Status != http.StatusNotFound {
		w.t.Errorf("%s by %s: %d %q", path, name, r.Status, r.Location)
	}
}

func first(t *testing.T, body, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(body)
	if m == nil {
		t.Fatalf("no %s on the page", pattern)
	}
	return m[1]
}

func TestTheVisionIsTheLeadersToWrite(t *testing.T) {
	w := open(t)
	w.Get(w.people["noor"], "/school").Has(t, "De schoolleiding schrijft ze")
	w.Get(w.people["noor"], "/school").Lacks(t, "Verander de visie")
	w.done("leader", "school_line_added", "/school/vision", "line", "Taal opent deuren")
	page := w.Get(w.people["leader"], "/school")
	page.Has(t, "Taal opent deuren", "Verander de visie")
	id := first(t, page.Body, `/school/vision/([0-9a-z]{26})`)
	w.Post(w.people["leader"], "/school/vision/"+id, "line", "T").Has(t, "Schrijf één zin van 3 tot 240 tekens", `href="#line-`+id)
	w.Post(w.people["leader"], "/school/vision", "line", "T").Has(t, "Schrijf één zin van 3 tot 240 tekens", `href="#line-new`)
	for _, name := range []string{"noor", "admin", "outsider"} {
		w.absent(name, "/school/vision", "line", "Van mij")
		w.absent(name, "/school/vision/"+id, "line", "Van mij")
		w.absent(name, "/school/vision/"+id+"/drop")
	}
	w.done("leader", "school_line_changed", "/school/vision/"+id, "line", "Taal opent elke deur")
	page = w.Get(w.people["noor"], "/school")
	page.Has(t, "Taal opent elke deur")
	id = first(t, w.Get(w.people["leader"], "/school").Body, `/school/vision/([0-9a-z]{26})`)
	w.done("leader", "school_line_dropped", "/school/vision/"+id+"/drop", "line", "")
	w.Get(w.people["noor"], "/school").Lacks(t, "Taal opent elke deur")
}

func TestAnybodyProposesAndTheLeaderChooses(t *testing.T) {
	w := open(t)
	w.Post(w.people["noor"], "/school/focus-points", "title", "L", "body", "Zeven leerlingen sloegen de tekst over.").Has(t, "Geef het een naam van 3 tot 120 tekens", "Zeven leerlingen sloegen de tekst over.")
	if _, err := w.House.Drafts.Save(t.Context(), w.people["noor"], "focus/"+w.id, writing.Body{"title": "Lezen"}); err != nil {
		t.Fatal(err)
	}
	w.Get(w.people["noor"], "/school").Has(t, `value="Lezen"`)
	w.done("noor", "school_suggested", "/school/focus-points", "title", "Lezen in elke les", "body", "Zeven leerlingen sloegen de tekst over.")
	page := w.Get(w.people["noor"], "/school")
	page.Has(t, "Voorgesteld", "Lezen in elke les", "Er loopt nu geen speerpunt.")
	page.Lacks(t, `value="Lezen"`, "Kies over ‘Lezen")
	w.absent("outsider", "/school/focus-points", "title", "Van buiten", "school", w.id)

	page = w.Get(w.people["leader"], "/school")
	page.Has(t, "Kies over ‘Lezen in elke les’", "We bewaren dit")
	id := first(t, page.Body, `action="/school/focus-points/([0-9a-z]{26})"`)
	at := "/school/focus-points/" + id
	w.Post(w.people["leader"], at, "version", "1").Has(t, "Kies een van de antwoorden", `href="#state-`+id)
	w.Post(w.people["leader"], at, "version", "1", "state", "parked", "reason", "Het jaar is vol.").Has(t, "Noem het schooljaar", "Het jaar is vol.", `href="#parked_for-`+id)
	w.absent("noor", at, "version", "1", "state", "chosen")
	w.absent("outsider", at, "version", "1", "state", "chosen")
	w.absent("leader", at, "version", "1", "state", "parked", "parked_for", "2026–2027", "keeper", w.people["outsider"])
	w.done("leader", "school_chosen", at, "version", "1", "state", "parked", "parked_for", "2026–2027", "keeper", w.people["noor"], "reason", "Het jaar is vol.")
	w.Get(w.people["daan"], "/school").Has(t, "Bewaard voor later", "Komt terug in 2026–2027. Noor Haddad houdt dit in de gaten.", "Het jaar is vol.")
	w.Post(w.people["leader"], at, "version", "1", "state", "chosen").Has(t, "Iemand anders paste dit net aan")
	w.done("leader", "school_chosen", at, "version", "2", "state", "chosen")
	w.Lang = "en"
	w.Get(w.people["leader"], "/school").Has(t, "Chosen, still to begin", "Lezen in elke les")
}

func TestAFocusPointShowsWhatServesIt(t *testing.T) {
	w := open(t)
	f, err := w.schools.Suggest(t.Context(), w.who("noor"), school.NewFocus{SchoolID: w.id, Title: "Lezen in elke les"})
	w.ok(err)
	for title, open := range map[string]bool{"PLG Lezen": true, "Alleen de groep": false} {
		id, err := w.trajectories.Begin(t.Context(), w.who("daan"), trajectory.Start{SchoolID: w.id, MethodID: "verbetercyclus", Title: title, Question: "Waar gaat het om?", Open: open})
		w.ok(err)
		w.ok(w.d.Write(t.Context(), func(tx *db.Tx) error {
			_, err := db.Exec(t.Context(), tx, `update trajectory set focus_point_id = $2, state = 'active' where id = $1`, id, f.ID)
			return err
		}))
	}
	page := w.Get(w.people["noor"], "/school")
	page.Has(t, "Hieraan werkt:", "PLG Lezen")
	page.Lacks(t, "Alleen de groep")
	w.Get(w.people["daan"], "/school").Has(t, "PLG Lezen", "Alleen de groep")
	page.Has(t, "Er loopt nu geen speerpunt.") // only proposed
	w.ok(w.schools.ChooseFocus(t.Context(), w.who("leader"), f.ID, f.Version, school.FocusChoice{State: school.Chosen, Reason: "Dit speelt overal."}))
	page = w.Get(w.people["noor"], "/school")
	page.Has(t, "Hier werken we nu aan")
	page.Lacks(t, "Er loopt nu geen speerpunt.", "Gekozen, begint nog")
}

func TestACandidateOfAClosedGroupStaysThere(t *testing.T) {
	w := open(t)
	id, err := w.trajectories.Begin(t.Context(), w.who("daan"), trajectory.Start{SchoolID: w.id, MethodID: "verbetercyclus", Title: "Alleen de groep", Question: "Waar gaat het om?"})
	w.ok(err)
	f, err := w.schools.Suggest(t.Context(), w.who("daan"), school.NewFocus{SchoolID: w.id, Title: "Nog maar een gedachte"})
	w.ok(err)
	w.ok(w.d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `update focus_point set trajectory_id = $2 where id = $1`, f.ID, id)
		return err
	}))
	w.Get(w.people["noor"], "/school").Lacks(t, "Nog maar een gedachte")
	w.Get(w.people["daan"], "/school").Has(t, "Nog maar een gedachte", "Komt uit:")
}

func TestTheCalendarIsKeptByThreeRoles(t *testing.T) {
	w := open(t)
	w.Get(w.people["noor"], "/school/calendar").Has(t, "De kalender is nog leeg", "passen de kalender aan")
	w.Get(w.people["noor"], "/school/calendar").Lacks(t, "Neem vakanties over")
	w.done("admin", "school_year_added", "/school/years", "name", "2025–2026", "starts", "2025-08-01", "ends", "2026-07-31")
	w.done("leader", "school_year_added", "/school/years", "name", "2024–2025", "starts", "2024-08-01", "ends", "2025-07-31")
	w.Post(w.people["admin"], "/school/years", "name", "2025–2026", "starts", "2025-08-01", "ends", "2026-07-31").Has(t, "Dit schooljaar staat er al", `href="#year-name"`)
	w.done("timetabler", "school_period_added", "/school/calendar", "kind", "busy", "name", "toetsweek", "from", "2026-06-15", "to", "2026-06-19")
	w.done("timetabler", "school_holidays_taken", "/school/holidays", "region", "noord")
	w.done("timetabler", "school_holidays_there", "/school/holidays", "region", "noord")
	page := w.Get(w.people["noor"], "/school/calendar")
	page.Has(t, "2025–2026", "dit schooljaar", "meivakantie", "toetsweek", "De hele school", "Eerdere jaren", "2030")
	page.Lacks(t, "/remove")
	w.Post(w.people["timetabler"], "/school/calendar", "kind", "busy", "name", "toetsweek").Has(t, "Kies de eerste dag", `value="toetsweek"`, `href="#f-from"`)
	w.Post(w.people["timetabler"], "/school/calendar", "kind", "busy", "name", "toetsweek", "from", "2026-06-19", "to", "2026-06-15").Has(t, "De laatste dag komt na de eerste")
	period := first(t, w.Get(w.people["timetabler"], "/school/calendar").Body, `/school/calendar/([0-9a-z]{26})/remove`)
	for _, name := range []string{"noor", "outsider"} {
		w.absent(name, "/school/calendar", "kind", "busy", "name", "feest", "from", "2026-06-15", "school", w.id)
		w.absent(name, "/school/holidays", "region", "noord", "school", w.id)
		w.absent(name, "/school/years", "name", "2030", "starts", "2030-08-01", "ends", "2031-07-31", "school", w.id)
		w.absent(name, "/school/calendar/"+period+"/remove", "school", w.id)
	}
	w.absent("outsider", "/school/calendar/"+period+"/remove")
	w.done("leader", "school_period_removed", "/school/calendar/"+period+"/remove")
	year := first(t, w.Get(w.people["leader"], "/school/calendar").Body, `/school/years/([0-9a-z]{26})/remove`)
	w.done("leader", "school_year_removed", "/school/years/"+year+"/remove")
	w.Lang = "en"
	w.Get(w.people["timetabler"], "/school/calendar").Has(t, "Take holidays over", "Busy weeks")
}

func TestOtherSchoolsAreNotThere(t *testing.T) {
	w := open(t)
	for _, path := range []string{"/school?school=" + w.id, "/school/calendar?school=" + w.id, "/school?school=x"} {
		if r := w.Get(w.people["outsider"], path); r.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, r.Status)
		}
	}
}
