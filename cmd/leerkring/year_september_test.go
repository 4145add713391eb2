package main

import (
	"bytes"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"leerkring/backup"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/school"
	"leerkring/trajectory"
)

// board lets somebody sit at the board who is nobody's colleague.
func (r *hands) board() {
	r.t.Helper()
	id, err := r.h.schools.AddStaff(r.t.Context(), r.known("admin").Who, r.school, school.NewStaff{Name: "hans", Email: "hans@kust.example", Active: true, OfBoard: true})
	r.ok(err)
	r.people["hans"] = id
}

// boardReads looks along with the board: it finds these words, no title, no name of anybody, no word of a team
// or a leader, and nothing to press.
func (y *years) boardReads(want ...string) {
	y.t.Helper()
	path := y.follows("hans", "/trajectories", yearPath+"?school="+y.school)
	body := y.sees("hans", path)
	body = body[strings.Index(body, "<main"):strings.Index(body, "</main>")]
	words := spoken(body)
	for _, x := range want {
		if !strings.Contains(words, x) {
			y.t.Errorf("the board does not read %q in %s", x, words)
		}
	}
	for _, x := range []string{"colleague", "lead", "member", "admin", "Bea Heer", "Aansluiting", "De methode dekt het nu", "Lezen", "Rekenen", "Muziek", "Schoolplein"} {
		if strings.Contains(words, x) {
			y.t.Errorf("the board reads %q in %s", x, words)
		}
	}
	if strings.Contains(body, "<form") || strings.Contains(body, "/trajectories/") {
		y.t.Errorf("the board is offered something: %s", body)
	}
	if again := y.sees("hans", yearPath); !strings.Contains(spoken(again), want[0]) {
		y.t.Error("without a school in its address the page is another")
	}
	before := y.one(`select cast(count(*) as text) from journal`)
	for _, x := range []struct {
		method, path string
		fields       url.Values
	}{
		{http.MethodGet, lookPath, nil}, {http.MethodGet, lookPath + "?school=" + y.school, nil}, {http.MethodGet, yearPath + "?school=" + y.next, nil}, {http.MethodGet, "/school?school=" + y.school, nil},
		{http.MethodPost, openPath, url.Values{"year": {y.next}, "school": {y.school}}}, {http.MethodPost, undoPath, url.Values{"year": {y.next}, "school": {y.school}}},
		{http.MethodPost, "/school/focus-points/" + y.points["Lezen"] + "/after", url.Values{"after": {"stopped"}, "version": {"2"}, "school": {y.school}}},
	} {
		if code := y.send("hans", x.method, x.path, x.fields).Code; code != http.StatusNotFound {
			y.t.Errorf("%s %s as the board: %d", x.method, x.path, code)
		}
	}
	if after := y.one(`select cast(count(*) as text) from journal`); after != before {
		y.t.Error("the board changed something")
	}
}

// september goes on after the opening: its day is over, somebody is new, teams walk, focus points
// run, and nobody is asked again what was answered in May.
func (y *years) september() {
	t := y.t
	t.Helper()
	ctx := t.Context()

	y.on(time.August, 25)
	if y.offers("colleague", yearPath, undoPath) {
		t.Error("undoing is offered on the next day")
	}
	if code := y.send("colleague", http.MethodPost, undoPath, url.Values{"year": {y.next}, "school": {y.school}}).Code; code != http.StatusUnprocessableEntity {
		t.Errorf("undone on the next day: %d", code)
	}
	y.opened()
	kept := func() string { return y.one(`select undo from year_opening where year_id = $1`, y.next) }
	if !strings.Contains(kept(), "De methode dekt het nu") && !strings.Contains(kept(), y.people["colleague"]) {
		t.Error("nothing stood before the opening: ", kept())
	}
	_, err := y.h.schools.ForgetUndo(ctx)
	if y.ok(err); kept() != "[]" {
		t.Error("what stood before the opening stays in the row: ", kept())
	}

	y.on(time.August, 31)
	team, err := y.h.schools.AddTeam(ctx, y.known("admin").Who, y.school, school.YearTeam, "Onderbouw 2026")
	y.ok(err)
	y.people["nieuw"], err = y.h.schools.AddStaff(ctx, y.known("admin").Who, y.school, school.NewStaff{Name: "nieuw", Email: "nieuw@baken.example", TeamIDs: []string{team}, Active: true})
	y.ok(err)
	y.tells("nieuw", yearPath, "Zo begon 2026–2027")
	y.tells("nieuw", yearPath, "Jij leidt nu geen traject.")
	_, err = y.h.trajectories.Invite(ctx, y.known("lead").Who, y.at, trajectory.Invitation{PersonID: y.people["nieuw"], Role: trajectory.Member}, y.h.schools)
	y.ok(err)
	y.tells("nieuw", "/trajectories", "Aansluiting")

	y.on(time.September, 7)
	if !y.inOrder("member", "/school", "Gekozen, begint nog", "Schoolplein") {
		t.Error("what was chosen is not there, or runs by itself")
	}
	_, err = y.h.trajectories.Begin(ctx, y.known("member").Who, trajectory.Start{SchoolID: y.school, MethodID: "kleine-ronde", Title: "Het plein", Open: true, FocusPointID: y.points["Schoolplein"], TeamIDs: []string{team}})
	y.ok(err)
	if !y.inOrder("nieuw", "/school", "Hier werken we nu aan", "Schoolplein", "Gekozen, begint nog", "Lezen") {
		t.Error("a team works on it, and it does not run")
	}

	y.on(time.September, 21)
	for _, name := range []string{"colleague", "lead", "member", "admin", "nieuw", "eva"} {
		for _, asked := range []string{weekAsks, "na de zomer", leaderChooses, leaderOpens} {
			y.hides(name, "/week", asked)
		}
		y.tells(name, yearPath, "Van 2026–2027 naar het volgende schooljaar")
		y.tells(name, yearPath, "Nu hoeft er niets")
		y.tells(name, yearPath, "Zo begon 2026–2027")
		y.hides(name, yearPath, "is nog niet geopend")
		y.hides(name, yearPath, "gaat door na de zomer") // said of the year that is over
	}
	if code := y.send("colleague", http.MethodPost, openPath, url.Values{"year": {y.next}, "school": {y.school}}).Code; code != http.StatusSeeOther {
		t.Errorf("opened again in September: %d", code)
	}
	if code := y.send("colleague", http.MethodPost, undoPath, url.Values{"year": {y.next}, "school": {y.school}}).Code; code != http.StatusUnprocessableEntity {
		t.Errorf("undone in September: %d", code)
	}
	y.opened()
	y.boardReads("Nu hoeft er niets", "Zo begon 2026–2027", "2 trajecten lopen", "Eén voorstel wacht op een keuze", "Eén is gestopt")
}

// inOrder reports whether words stand on a page one after the other.
func (y *years) inOrder(name, path string, words ...string) bool {
	y.t.Helper()
	page := spoken(y.sees(name, path))
	for _, x := range words {
		at := strings.Index(page, x)
		if at < 0 {
			return false
		}
		page = page[at:]
	}
	return true
}

// A copy of the day of the opening is restored later: the way back is not in it any more.
func TestProofR7_ARestoreForgetsWhatStoodBeforeAnOpening(t *testing.T) {
	eachYears(t, func(t *testing.T, y *years) {
		y.on(time.August, 24)
		_, err := y.h.schools.OpenYear(t.Context(), y.known("colleague").Who, y.school, y.next, y.h.trajectories.Standing)
		y.ok(err)
		if y.one(`select undo from year_opening`) == "[]" {
			t.Fatal("nothing stood before the opening")
		}
		y.exec(`update year_opening set opened_at = '2025-08-25T08:00:00.000000Z'`) // a restore goes by the clock of the machine
		key := []byte(strings.Repeat("k", 32))
		made, err := backup.Make(t.Context(), t.TempDir(), key, backup.Source{DB: y.h.db, Program: Version, At: clock.System{}.Now()})
		y.ok(err)
		keys, back := filepath.Join(t.TempDir(), "keys"), t.TempDir()
		y.ok(os.WriteFile(keys, key, 0o600))
		var out, errOut bytes.Buffer
		if code := Main(t.Context(), []string{"restore", made.Path, "--data", back, "--keys", keys}, nil, &out, &errOut); code != 0 {
			t.Fatalf("%d %s %s", code, &out, &errOut)
		}
		d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(back, "leerkring.db"))
		y.ok(err)
		undo, err := db.One(t.Context(), d, `select undo from year_opening`, db.Str)
		y.ok(err)
		began, err := db.One(t.Context(), d, `select began from year_opening`, db.Str)
		y.ok(err)
		if undo != "[]" || began != y.one(`select began from year_opening`) {
			t.Errorf("restored: %s, %s", undo, began)
		}
		y.ok(d.Close())
	})
}
