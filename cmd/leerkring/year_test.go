package main

import (
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/school"
)

// years is a school with two school years in its calendar and a leader, and a focus point of each kind.
type years struct {
	*hands
	next   string // the year to come
	points map[string]string
}

func eachYears(t *testing.T, f func(t *testing.T, y *years)) {
	eachHands(t, func(t *testing.T, r *hands) {
		r.leader("colleague")
		r.leader("eva")
		r.board()
		y := &years{hands: r, points: map[string]string{}}
		for _, x := range []school.Year{{Name: "2025–2026", Starts: "2025-08-18", Ends: "2026-07-17"}, {Name: "2026–2027", Starts: "2026-08-24", Ends: "2027-07-16"}} {
			r.ok(r.h.schools.AddYear(t.Context(), r.known("admin").Who, r.school, x))
		}
		r.ok(r.h.schools.AddPeriods(t.Context(), r.known("admin").Who, r.school, []school.Period{{Kind: school.Holiday, Name: "Zomervakantie", From: "2026-07-18", To: "2026-08-23"}}))
		y.next = r.one(`select id from school_year where name = $1`, "2026–2027")
		for title, state := range map[string]school.FocusState{"Lezen": school.Chosen, "Rekenen": school.Chosen, "Muziek": school.Parked, "Schoolplein": school.Proposed} {
			y.points[title] = y.point(title, state)
		}
		f(t, y)
	})
}

func (y *years) point(title string, state school.FocusState) (id string) {
	y.t.Helper()
	who := y.known("colleague").Who
	y.ok(y.h.db.Write(y.t.Context(), func(tx *db.Tx) error {
		p, err := school.ProposeFocus(y.t.Context(), tx, who, school.NewFocus{SchoolID: y.school, Title: title}, journal.Entry{At: y.clock.Now(), ActorID: who.ID, SchoolID: y.school})
		id = p.ID
		return err
	}))
	if state != school.Proposed {
		c := school.FocusChoice{State: state}
		if state == school.Parked {
			c.ParkedFor = "2026–2027"
		}
		y.ok(y.h.schools.ChooseFocus(y.t.Context(), who, id, 1, c))
	}
	return id
}

// on is another day, at ten; who signed in before does so again.
func (y *years) on(month time.Month, day int) {
	y.clock.Set(time.Date(2026, month, day, 8, 0, 0, 0, time.UTC))
	y.cookies = map[string]string{}
}

func (y *years) stands(title string) string {
	y.t.Helper()
	for _, f := range y.focus() {
		if f.ID == y.points[title] {
			return string(f.State)
		}
	}
	return ""
}

func (y *years) focus() []school.FocusPoint {
	y.t.Helper()
	list, err := y.h.schools.FocusPoints(y.t.Context(), y.known("colleague").Who, y.school)
	y.ok(err)
	return list
}

func (y *years) openings() string {
	y.t.Helper()
	return y.one(`select cast(count(*) as text) from journal where kind = 'school_year.opened' and school_id = $1`, y.school)
}

const (
	yearPath      = "/school/year"
	leaderChooses = "Welke speerpunten gaan volgend jaar door?"
	leaderOpens   = "Open het schooljaar 2026–2027"
	lookPath      = "/school/year/open/form"
	openPath      = "/school/year/open"
	undoPath      = "/school/year/undo"
	weekAsks      = "Gaan jullie door na de zomer met ‘Aansluiting’?"
)

// March to the third week of September in one school, with what each of its people and its board find on the page and in their week.
func TestProofF_TheSchoolYearRollsOver(t *testing.T) {
	eachYears(t, func(t *testing.T, y *years) {
		at := "/trajectories/" + y.at
		y.on(time.March, 16)
		for _, name := range []string{"colleague", "lead", "member", "admin"} {
			y.tells(name, yearPath, "Van 2025–2026 naar 2026–2027")
			y.tells(name, yearPath, "Er staat geen wens open")
			y.hides(name, "/week", weekAsks)
		}
		y.boardReads("Groepen zeggen nu wat ze volgend jaar in het rooster nodig hebben", "Eén is bewaard voor later", "Eén voorstel wacht op een keuze", "Eén traject loopt")
		y.tells("colleague", lookPath, "Openen kan vanaf ma 4 mei")
		if y.offers("colleague", lookPath, openPath) {
			t.Error("the year opens in March")
		}
		if code := y.send("colleague", http.MethodPost, openPath, url.Values{"year": {y.next}}).Code; code == http.StatusSeeOther {
			t.Error("the year is opened in March")
		}

		y.on(time.May, 11)
		y.tells("lead", "/week", weekAsks)
		y.tells("colleague", "/week", leaderChooses)
		for _, name := range []string{"lead", "member", "admin"} {
			y.hides(name, "/week", leaderChooses)
		}
		for _, name := range []string{"member", "colleague", "admin"} {
			y.hides(name, "/week", weekAsks)
			if code := y.send(name, http.MethodGet, at+"/year/form", nil).Code; code != http.StatusNotFound && code != http.StatusForbidden {
				t.Errorf("%s answers for the lead: %d", name, code)
			}
		}
		y.hides("colleague", yearPath, "gaat door na de zomer")
		y.presses("lead", at+"/year/form", at+"/year", "after", "on")
		y.hides("lead", "/week", weekAsks)
		y.tells("member", yearPath, "gaat door na de zomer")
		after := func(title string) string { return "/school/focus-points/" + y.points[title] + "/after" }
		for _, name := range []string{"lead", "member", "admin"} {
			if y.offers(name, yearPath, after("Rekenen")) {
				t.Errorf("%s decides about a focus point", name)
			}
		}
		y.presses("colleague", yearPath, after("Rekenen"), "after", "stopped", "reason", "De methode dekt het nu.")
		y.presses("colleague", yearPath, after("Schoolplein"), "after", "goes_on")
		y.tells("colleague", "/week", leaderChooses) // one is still open
		y.presses("colleague", yearPath, after("Lezen"), "after", "goes_on")
		y.hides("colleague", "/week", leaderChooses)
		y.boardReads("Eén stopt", "Aan 2 speerpunten wordt gewerkt", "Eén voorstel wacht op een keuze")
		if y.stands("Rekenen") != "chosen" || y.stands("Schoolplein") != "proposed" {
			t.Error("a choice for the year to come holds at once")
		}

		y.on(time.June, 29)
		y.tells("lead", yearPath, "Jij leidt dit. Kijk wie het na de zomer doet.")
		y.tells("member", yearPath, "Jij leidt nu geen traject.")
		y.follows("lead", yearPath, "/handover")
		y.boardReads("Wie iets doorgeeft, doet dat nu")

		y.on(time.July, 27) // summer
		for _, name := range []string{"lead", "member", "colleague"} {
			y.hides(name, "/week", "na de zomer")
			y.hides(name, "/week", leaderOpens)
		}
		y.boardReads("opent het nieuwe jaar. Tot dan loopt alles door")

		y.on(time.August, 24)
		y.tells("colleague", "/week", leaderOpens)
		y.hides("lead", "/week", leaderOpens)
		for _, name := range []string{"lead", "member", "admin"} {
			if code := y.send(name, http.MethodGet, lookPath, nil).Code; code == http.StatusOK {
				t.Errorf("%s opens the year", name)
			}
			if code := y.send(name, http.MethodPost, openPath, url.Values{"year": {y.next}}).Code; code != http.StatusNotFound {
				t.Errorf("%s opened the year: %d", name, code)
			}
		}
		for _, words := range []string{"Gaat door in 2026–2027 Lezen", "Begint in 2026–2027 Schoolplein", "Komt terug als voorstel Muziek", "Stopt Rekenen", "1 traject loopt gewoon door"} {
			y.tells("colleague", lookPath, words)
		}
		y.presses("colleague", lookPath, openPath)
		y.opened()
		y.hides("colleague", "/week", leaderOpens)
		for _, name := range []string{"colleague", "lead", "member", "admin"} {
			y.tells(name, yearPath, "Zo begon 2026–2027")
			y.tells(name, yearPath, "Terug als voorstel Muziek")
		}
		if code := y.send("eva", http.MethodPost, openPath, url.Values{"year": {y.next}}).Code; code != http.StatusSeeOther {
			t.Errorf("opened again: %d", code)
		}
		y.opened()
		y.tells("colleague", yearPath, "Trajecten die lopen Aansluiting")
		y.boardReads("Zo begon 2026–2027", "Eén speerpunt ging door", "Eén speerpunt begon", "Eén is gestopt", "Eén speerpunt kwam terug als voorstel", "Eén traject loopt")
		y.september()
	})
}

// opened holds the focus points against what was decided in May.
func (y *years) opened() {
	y.t.Helper()
	for title, want := range map[string]string{"Lezen": "chosen", "Rekenen": "stopped", "Muziek": "proposed", "Schoolplein": "chosen"} {
		if got := y.stands(title); got != want {
			y.t.Errorf("%s is %s, not %s", title, got, want)
		}
	}
	if n := y.openings(); n != "1" {
		y.t.Errorf("%s openings in the journal", n)
	}
	if state := y.one(`select state from trajectory where id = $1`, y.at); state != "active" {
		y.t.Errorf("the trajectory is %s", state)
	}
}

// Two leaders who press at the same moment open one year, in October as well.
func TestProofF_TheSchoolYearRollsOverOnceForTwoLeaders(t *testing.T) {
	eachYears(t, func(t *testing.T, y *years) {
		y.on(time.October, 12)
		y.tells("member", yearPath, "2026–2027 loopt al, en is nog niet geopend.")
		var wg sync.WaitGroup
		again, failed := make([]bool, 2), make([]error, 2)
		for i, name := range []string{"colleague", "eva"} {
			who := y.known(name).Who
			wg.Go(func() {
				again[i], failed[i] = y.h.schools.OpenYear(t.Context(), who, y.school, y.next, y.h.trajectories.Standing)
			})
		}
		wg.Wait()
		if failed[0] != nil || failed[1] != nil || again[0] == again[1] {
			t.Fatalf("again %v, failed %v", again, failed)
		}
		if n := y.openings(); n != "1" {
			t.Errorf("%s openings in the journal", n)
		}
		if y.stands("Lezen") != "chosen" || y.stands("Muziek") != "proposed" {
			t.Error("a focus point stopped by itself")
		}
	})
}

// Opened too soon, in June: it goes back the same day, and not once somebody went on with a point.
func TestProofF_TheSchoolYearRollsBackTheSameDay(t *testing.T) {
	eachYears(t, func(t *testing.T, y *years) {
		y.on(time.June, 8)
		before := y.focus()
		y.presses("colleague", lookPath, openPath)
		y.presses("eva", yearPath, undoPath)
		for i, f := range y.focus() {
			f.Version, before[i].Version = 0, 0
			if f.State != before[i].State || f.ParkedFor != before[i].ParkedFor || f.Year != before[i].Year || f.Title != before[i].Title {
				t.Errorf("%+v was %+v", f, before[i])
			}
		}
		y.presses("colleague", lookPath, openPath)
		y.on(time.June, 9)
		err := y.h.schools.UndoOpening(t.Context(), y.known("colleague").Who, y.school, y.next)
		if !errs.Is(err, errs.KindInvalid) || y.stands("Muziek") != "proposed" {
			t.Errorf("the next day: %v", err)
		}
		if y.offers("colleague", yearPath, undoPath) {
			t.Error("undoing is offered the next day")
		}
	})
}

// The day of a school is the one on its own wall: around the change of the clock, and in another zone.
func TestProofF_TheSchoolYearFollowsTheSchoolsOwnClock(t *testing.T) {
	eachYears(t, func(t *testing.T, y *years) {
		for _, x := range []struct {
			zone string
			at   time.Time
			want clock.Date
		}{
			{"Europe/Amsterdam", time.Date(2026, 3, 29, 0, 59, 0, 0, time.UTC), "2026-03-29"},
			{"Europe/Amsterdam", time.Date(2026, 3, 29, 21, 59, 0, 0, time.UTC), "2026-03-29"},
			{"Europe/Amsterdam", time.Date(2026, 3, 29, 22, 0, 0, 0, time.UTC), "2026-03-30"},
			{"Europe/Amsterdam", time.Date(2026, 5, 3, 21, 59, 0, 0, time.UTC), "2026-05-03"},
			{"Europe/Amsterdam", time.Date(2026, 5, 3, 22, 0, 0, 0, time.UTC), "2026-05-04"},
			{"America/Curacao", time.Date(2026, 5, 4, 3, 59, 0, 0, time.UTC), "2026-05-03"},
			{"America/Curacao", time.Date(2026, 5, 4, 4, 0, 0, 0, time.UTC), "2026-05-04"},
		} {
			y.ok(y.h.db.Write(t.Context(), func(tx *db.Tx) error {
				_, err := db.Exec(t.Context(), tx, `update school set zone = $1 where id = $2`, x.zone, y.school)
				return err
			}))
			y.clock.Set(x.at)
			turn, err := y.h.schools.TurnAt(t.Context(), y.school)
			y.ok(err)
			if turn.Today != x.want || turn.MayOpen(turn.Today) != (x.want >= "2026-05-04") || turn.ChoosingOn != "2026-05-04" {
				t.Errorf("%s at %s: %s, may open %v from %s", x.zone, x.at, turn.Today, turn.MayOpen(turn.Today), turn.ChoosingOn)
			}
		}
	})
}
