package newcomer_test

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/agreement"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/school"
	"leerkring/web/newcomer"
	"leerkring/web/room/roomtest"
	weekweb "leerkring/web/week"
	"leerkring/week"
)

// pages are what somebody new reads, and whom pages name for newcomers.
type pages struct {
	list    []agreement.ForNew
	buddies map[string][]string
	asked   []string // for whom
	err     error
}

func (p *pages) ForNewcomer(_ context.Context, who access.Who, _ string) ([]agreement.ForNew, error) {
	p.asked = append(p.asked, who.ID)
	return p.list, p.err
}

func (p *pages) Buddies(context.Context, string) (map[string][]string, error) { return p.buddies, nil }

// keys are what differs each time that a form is shown.
var keys = regexp.MustCompile(`name="idempotency_key" value="[^"]*"`)

// town is a school at work in which Sara is new, with the pages of newcomers and the week.
type town struct {
	*roomtest.Site
	t       *testing.T
	d       *db.DB
	clock   *clock.Fake
	schools *school.Service
	pages   *pages
	id      string
	admin   access.Who
	people  map[string]string
	teams   map[string]string
}

func newTown(t *testing.T) *town {
	t.Helper()
	t.Parallel()
	w := &town{t: t, d: dbtest.SQLite(t), clock: clock.NewFake(time.Date(2026, 3, 18, 8, 0, 0, 0, time.UTC)), pages: &pages{}, people: map[string]string{}, teams: map[string]string{}}
	w.schools = school.NewService(w.d, w.clock)
	found, err := w.schools.Found(t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"})
	w.ok(err)
	w.id = found.SchoolID
	k, err := school.Knows(t.Context(), w.d, found.AdminID)
	w.ok(err)
	w.admin = k.Who
	for _, name := range []string{"Sectie talen", "Sectie exact"} {
		w.teams[name], err = w.schools.AddTeam(t.Context(), w.admin, w.id, school.Department, name)
		w.ok(err)
	}
	w.joins("Ilse Brand")
	w.ok(w.schools.Appoint(t.Context(), w.admin, w.id, w.people["Ilse Brand"], access.Role{Kind: access.RoleLeader, SchoolID: w.id}))
	w.joins("Mo Bakker", "Sectie talen")
	w.joins("Ellen Vos", "Sectie talen")
	w.joins("Anouk Visser", "Sectie talen")
	w.ok(w.schools.Appoint(t.Context(), w.admin, w.id, w.people["Anouk Visser"], access.Role{Kind: access.RoleTeamLeader, SchoolID: w.id, TeamID: w.teams["Sectie talen"]}))
	w.joins("Joost Smit", "Sectie exact")
	w.clock.Set(time.Date(2026, 10, 6, 8, 0, 0, 0, time.UTC))
	w.joins("Sara Yilmaz", "Sectie talen")
	packs, err := method.Builtin()
	w.ok(err)
	w.Site = roomtest.New(t, w.d, w.clock, packs, newcomer.Texts, week.Texts, weekweb.Texts)
	rm := &newcomer.Room{Schools: w.schools, Pages: w.pages}
	home := &weekweb.Room{Weeks: week.NewService(w.d, w.clock, w.schools), Schools: w.schools, Beside: rm.Beside}
	w.Route("GET", "/week", home.Show)
	w.Route("GET", "/newcomers", rm.List)
	w.Route("GET", "/newcomers/{person}/form", rm.Form)
	w.Route("POST", "/newcomers/{person}/colleague", rm.Name)
	w.Route("POST", "/newcomers/{person}/offer", rm.Offer)
	w.Route("POST", "/newcomers/{person}/stop", rm.Stop)
	w.Route("POST", "/newcomers/{person}/again", rm.Again)
	return w
}

func (w *town) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) joins(name string, teams ...string) {
	w.t.Helper()
	n := school.NewStaff{Name: name, Email: strings.ReplaceAll(strings.ToLower(name), " ", ".") + "@baken.example", Active: true}
	for _, team := range teams {
		n.TeamIDs = append(n.TeamIDs, w.teams[team])
	}
	id, err := w.schools.AddStaff(w.t.Context(), w.admin, w.id, n)
	w.ok(err)
	w.people[name] = id
}

func (w *town) does(name, act string, fields ...string) roomtest.Reply {
	w.t.Helper()
	return w.Post(w.people[name], "/newcomers/"+w.people["Sara Yilmaz"]+"/"+act, append(fields, "school", w.id)...)
}

func (w *town) goes(r roomtest.Reply, to string) {
	w.t.Helper()
	if r.Location != to {
		w.t.Errorf("it went to %q (%d, %v), not %s", r.Location, r.Status, r.Err, to)
	}
}

func (w *town) absent(r roomtest.Reply) {
	w.t.Helper()
	if !errs.IsAbsent(r.Err) {
		w.t.Errorf("%d, %v", r.Status, r.Err)
	}
}

func TestTheFirstWeeksOfSomebodyNew(t *testing.T) {
	w := newTown(t)
	sara, mo := w.people["Sara Yilmaz"], w.people["Mo Bakker"]
	w.Get(sara, "/week").Has(t, "Je eerste weken", "Wie je op weg helpt, is nog open", "staan nog niet op papier", "Ik weet de weg nu")

	w.pages.list = []agreement.ForNew{{TrajectoryID: "01a", Title: "Feedback in elke les", Of: agreement.OfMyTeam, Team: "Sectie talen", Signed: true},
		{TrajectoryID: "01b", Title: "Rust in de pauze", Of: agreement.OfSchool}, {TrajectoryID: "01c", Title: "Huiswerk", Of: agreement.OfMine}}
	w.Get(sara, "/week").Has(t, "3 bladzijden om te lezen", `href="/trajectories/01a/agreement"`, "afspraken van Sectie talen", "voor de hele school", "van een groep waarin je meedoet", "Gelezen")
	w.Get(sara, "/newcomers").Has(t, "Jij bent hier nieuw", `href="/week"`)

	leader := w.Get(w.people["Ilse Brand"], "/week")
	leader.Has(t, "Nieuw op school", "Sara Yilmaz is net begonnen", `href="/newcomers"`)
	list := w.Get(w.people["Ilse Brand"], "/newcomers")
	list.Has(t, "Sara Yilmaz", "Sectie talen", "Voorstel: Ellen Vos, ook van Sectie talen", "Laat Ellen helpen", `aria-label="Laat Ellen helpen, voor Sara"`, "Kies iemand anders")
	list.Lacks(t, "Ik help Sara op weg")

	w.goes(w.does("Ilse Brand", "colleague", "helper", w.people["Ellen Vos"], "was", ""), "/newcomers?said=newcomer_named")
	w.Get(sara, "/week").Has(t, "Ellen Vos", "helpt je op weg")
	w.Get(w.people["Ellen Vos"], "/week").Has(t, "Je helpt Sara op weg", "Het past me niet meer")
	for _, name := range []string{"Mo Bakker", "Joost Smit", "Bea Heer"} {
		id := w.people[name]
		if name == "Bea Heer" {
			id = w.admin.ID
		}
		w.Get(id, "/week").Lacks(t, "Sara", "Ellen")
		w.Get(id, "/newcomers").Lacks(t, "Sara", "Ellen")
	}

	// a page of before, and one's own choice
	w.does("Anouk Visser", "colleague", "helper", mo, "was", "", "chosen", "1").Has(t, "Ellen Vos helpt Sara al")
	w.Get(w.people["Anouk Visser"], "/newcomers/"+sara+"/form").Has(t, "Nu helpt Ellen Vos", "In hetzelfde team", "Andere collega’s", "Joost Smit")
	w.goes(w.does("Anouk Visser", "colleague", "helper", mo, "was", w.people["Ellen Vos"], "chosen", "1"), "/newcomers?said=newcomer_named")
	w.Get(w.people["Ellen Vos"], "/week").Lacks(t, "Sara")

	w.goes(w.does("Mo Bakker", "stop"), "/week?said=newcomer_stopped")
	w.Get(w.people["Ellen Vos"], "/newcomers").Has(t, "Nog niemand helpt Sara op weg", "Ik help Sara op weg")
	w.Get(w.people["Ellen Vos"], "/week").Has(t, "Sara Yilmaz is net begonnen", "Wie helpt op weg?")
	for name, asked := range map[string]bool{"Ellen Vos": false, "Anouk Visser": true} { // who is away is asked nothing; who names can
		k, err := school.Knows(t.Context(), w.d, w.people[name])
		w.ok(err)
		away := func(until clock.Date) {
			w.ok(w.schools.Update(t.Context(), k.Who, school.Details{Name: name, Language: "nl", WorkingDays: k.Person.WorkingDays, AwayUntil: until}, "2026-10-06"))
		}
		away("2026-10-20")
		if got := strings.Contains(w.Get(k.Who.ID, "/week").Body, "Sara Yilmaz is net begonnen"); got != asked {
			t.Errorf("%s, who is away, is asked: %v", name, got)
		}
		away("")
	}
	w.goes(w.does("Ellen Vos", "offer"), "/week?said=newcomer_offered")
	w.does("Mo Bakker", "offer").Has(t, "Een collega was net eerder")

	w.goes(w.does("Sara Yilmaz", "stop"), "/newcomers?said=newcomer_settled")
	w.Get(sara, "/week").Lacks(t, "Je eerste weken", "Rust in de pauze")
	w.Get(w.people["Ilse Brand"], "/newcomers").Lacks(t, "Sara")
	w.Get(sara, "/newcomers").Has(t, "Toch nog graag hulp")
	w.goes(w.does("Sara Yilmaz", "again"), "/week?said=newcomer_again")
	w.Get(sara, "/week").Has(t, "Ellen Vos", "helpt je op weg")
	for _, id := range w.pages.asked {
		if id != sara {
			t.Error("what somebody read was asked for somebody else")
		}
	}
}

func TestNobodySeesWhatSomebodyNewRead(t *testing.T) {
	w := newTown(t)
	read := func() (out string) {
		for _, name := range []string{"Ilse Brand", "Anouk Visser", "Mo Bakker", "Joost Smit"} {
			for _, path := range []string{"/week", "/newcomers", "/newcomers/" + w.people["Sara Yilmaz"] + "/form"} {
				page := w.Get(w.people[name], path)
				if strings.Contains(page.Body, "Gelezen") || strings.Contains(page.Body, "Rust in de pauze") {
					t.Errorf("%s sees at %s what Sara reads", name, path)
				}
				out += keys.ReplaceAllString(page.Body, "")
			}
		}
		return out
	}
	before := read()
	w.pages.list = []agreement.ForNew{{TrajectoryID: "01b", Title: "Rust in de pauze", Of: agreement.OfSchool, Signed: true}}
	if after := read(); after != before {
		t.Error("pages of others differ by what Sara read")
	}
}

func TestThePageOfWhoHasNothingToDo(t *testing.T) {
	w := newTown(t)
	w.Get(w.people["Joost Smit"], "/newcomers").Has(t, "heb je hier niets te doen", `href="/people"`)
	for _, name := range []string{"Joost Smit", "Mo Bakker", "Sara Yilmaz"} {
		w.absent(w.Get(w.people[name], "/newcomers/"+w.people["Sara Yilmaz"]+"/form"))
	}
	w.absent(w.does("Joost Smit", "offer"))
	w.absent(w.does("Mo Bakker", "colleague", "helper", w.people["Ellen Vos"]))
	w.absent(w.does("Joost Smit", "stop"))
}

func TestAFormThatNamesNobodyComesBack(t *testing.T) {
	w := newTown(t)
	w.does("Ilse Brand", "colleague", "helper", "", "was", "", "chosen", "1").Has(t, "Kies", "In hetzelfde team")
	w.does("Ilse Brand", "colleague", "helper", "nobody", "was", "").Has(t, "Nieuw op school")
}

func TestWithoutATeamTheLeaderChooses(t *testing.T) {
	w := newTown(t)
	w.joins("Nina Ros")
	w.Get(w.people["Ilse Brand"], "/newcomers").Has(t, "We vinden voor Nina nu niemand")
}

func TestPagesThatFailAreNoEmptyList(t *testing.T) {
	w := newTown(t)
	w.pages.err = errors.New("broken")
	if page := w.Get(w.people["Sara Yilmaz"], "/week"); page.Status == 200 {
		t.Error("a fault is shown as no pages")
	}
}

func TestThePagesAskAsMuchForOneAsForMany(t *testing.T) {
	w := newTown(t)
	leader, sara := w.people["Ilse Brand"], w.people["Sara Yilmaz"]
	count := func(who, path string) int { return w.Counting(func() { w.Get(who, path) }) }
	one := map[string]int{}
	paths := map[string]string{"/week": leader, "/newcomers": leader, "/newcomers/" + sara + "/form": leader}
	for path, who := range paths {
		one[path] = count(who, path)
	}
	for _, name := range []string{"Nina Ros", "Bo Berg", "Cas Bos"} {
		w.joins(name, "Sectie talen", "Sectie exact")
	}
	for path, who := range paths {
		if n := count(who, path); n != one[path] || n > 16 {
			t.Errorf("%s takes %d queries for one and %d for four", path, one[path], n)
		}
	}
	if n := one["/newcomers"]; n < 5 {
		t.Errorf("%d queries are counted", n)
	}
	t.Log(one)
}
