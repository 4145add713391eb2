package school_test

import (
	"strings"
	"sync"
	"testing"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/school"
)

func TestVisionIsTheLeaders(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.vision("Elke leerling telt.")
		second := w.vision("Wij leren van elkaar.")
		lines, err := w.schools.Vision(t.Context(), w.who("sem"), w.id)
		w.ok(err)
		if len(lines) != 2 || lines[0].Position != 1 || lines[1].ID != second || lines[1].Position != 2 {
			t.Errorf("%+v", lines)
		}
		for _, name := range []string{"noor", "admin", "outsider"} {
			w.refused("absent", func() error {
				_, err := w.schools.AddVisionLine(t.Context(), w.who(name), w.id, "Iets anders.")
				return err
			})
		}
		for _, body := range []string{"x", strings.Repeat("a", 241)} {
			w.refused("school.vision_length", func() error {
				_, err := w.schools.AddVisionLine(t.Context(), w.who("leader"), w.id, body)
				return err
			})
		}
		if _, err := w.schools.Vision(t.Context(), w.who("outsider"), w.id); refusal(err) != "absent" {
			t.Errorf("another board reads the vision: %v", err)
		}
	})
}

func TestCandidatesGetLettersInTheirExploration(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		a, b := w.proposal("Feedback in de les", "walk"), w.proposal("Rust in de gang", "walk")
		if a.Letter != "A" || b.Letter != "B" || a.State != school.Proposed {
			t.Errorf("%+v %+v", a, b)
		}
		if own := w.proposal("Los onderwerp", ""); own.Letter != "" {
			t.Errorf("a topic of no exploration has no letter: %q", own.Letter)
		}
		list, err := school.FocusOf(t.Context(), w.d, "walk")
		w.ok(err)
		if len(list) != 2 || list[0].ID != a.ID || list[1].Title != "Rust in de gang" {
			t.Errorf("%+v", list)
		}
		if e := w.last("focus_point", b.ID); e.Kind != "focus_point.proposed" || e.TrajectoryID != "walk" || e.ActorID != w.people["noor"] {
			t.Errorf("journal %+v", e)
		}
		for range 24 {
			w.proposal("Nog een onderwerp", "walk")
		}
		for want, n := range map[string]school.NewFocus{
			"school.focus_many":  {SchoolID: w.id, TrajectoryID: "walk", Title: "Nummer zevenentwintig"},
			"school.focus_title": {SchoolID: w.id, Title: "x"},
			"form.too_long_max":  {SchoolID: w.id, Title: "Lang", Body: strings.Repeat("a", 2001)},
		} {
			w.refused(want, func() error {
				return w.d.Write(t.Context(), func(tx *db.Tx) error {
					_, err := school.ProposeFocus(t.Context(), tx, w.who("noor"), n, journal.Entry{At: w.clock.Now(), ActorID: w.people["noor"]})
					return err
				})
			})
		}
	})
}

func TestChoosingAFocusPoint(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		f := w.proposal("Feedback in de les", "")
		choose := func(who string, version int, c school.FocusChoice) error {
			return w.schools.ChooseFocus(t.Context(), w.who(who), f.ID, version, c)
		}
		for _, name := range []string{"noor", "admin", "outsider"} {
			w.refused("absent", func() error { return choose(name, 1, school.FocusChoice{State: school.Chosen}) })
		}
		w.refused("absent", func() error { // who keeps an eye on it works here
			return choose("leader", 1, school.FocusChoice{State: school.Chosen, KeeperID: w.people["outsider"]})
		})
		w.refused("school.focus_move", func() error { return choose("leader", 1, school.FocusChoice{State: school.Done}) })
		w.refused("school.park_year", func() error { return choose("leader", 1, school.FocusChoice{State: school.Parked}) })
		w.refused("form.changed_meanwhile", func() error { return choose("leader", 7, school.FocusChoice{State: school.Chosen}) })
		w.ok(choose("leader", 1, school.FocusChoice{State: school.Parked, ParkedFor: "2026–2027", KeeperID: w.people["noor"], Reason: "Eerst de basis.", BackOn: "2026-09-01"}))
		got, err := w.schools.FocusByID(t.Context(), w.who("sem"), f.ID)
		w.ok(err)
		if got.State != school.Parked || got.ParkedFor != "2026–2027" || got.KeeperID != w.people["noor"] || got.Reason != "Eerst de basis." || got.BackOn != "2026-09-01" || got.Version != 2 {
			t.Errorf("%+v", got)
		}
		if e := w.last("focus_point", f.ID); e.Kind != "focus_point.parked" || e.From != 1 || e.To != 2 {
			t.Errorf("journal %+v", e)
		}
		w.ok(choose("leader", 2, school.FocusChoice{State: school.Chosen}))
		if got, err = w.schools.FocusByID(t.Context(), w.who("sem"), f.ID); err != nil || got.ParkedFor != "" || got.KeeperID != "" {
			t.Errorf("a chosen one is not parked any more: %+v %v", got, err)
		}
		if _, err := w.schools.FocusByID(t.Context(), w.who("outsider"), f.ID); refusal(err) != "absent" {
			t.Errorf("another board reads it: %v", err)
		}
	})
}

func TestOfTwoChoicesAtOnceOneHolds(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		f := w.proposal("Feedback in de les", "")
		leader := w.who("leader")
		var wg sync.WaitGroup
		results := make([]error, 8)
		for i := range results {
			wg.Go(func() {
				results[i] = w.schools.ChooseFocus(t.Context(), leader, f.ID, 1, school.FocusChoice{State: school.Chosen})
			})
		}
		wg.Wait()
		done := 0
		for _, err := range results {
			switch {
			case err == nil:
				done++
			case !errs.Is(err, errs.KindConflict):
				t.Errorf("not a conflict: %v", err)
			}
		}
		entries, err := journal.Of(t.Context(), w.d, "focus_point", f.ID)
		w.ok(err)
		if done != 1 || len(entries) != 2 {
			t.Errorf("%d choices and %d entries", done, len(entries))
		}
	})
}

func TestWordsOfAFocusPoint(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		f := w.proposal("Feedback in de les", "")
		line := w.vision("Elke leerling telt.")
		w.ok(w.schools.Appoint(t.Context(), w.who("outsider"), w.otherID, w.people["outsider"], access.Role{Kind: access.RoleLeader, SchoolID: w.otherID}))
		theirs, err := w.schools.AddVisionLine(t.Context(), w.who("outsider"), w.otherID, "Van een andere school.")
		w.ok(err)
		edit := func(who string, version int, words school.FocusWords) error {
			return w.schools.EditFocus(t.Context(), w.who(who), f.ID, version, words)
		}
		w.refused("absent", func() error { return edit("noor", 1, school.FocusWords{Title: "Anders"}) })
		w.refused("absent", func() error { return edit("outsider", 1, school.FocusWords{Title: "Anders"}) })
		w.refused("absent", func() error { return edit("leader", 1, school.FocusWords{Title: "Anders", VisionLineID: theirs}) })
		w.refused("school.focus_title", func() error { return edit("leader", 1, school.FocusWords{Title: " "}) })
		w.ok(edit("leader", 1, school.FocusWords{Title: " Feedback die helpt ", Body: "In elke les.", VisionLineID: line}))
		w.refused("form.changed_meanwhile", func() error { return edit("leader", 1, school.FocusWords{Title: "Te laat"}) })
		got, err := w.schools.FocusPoints(t.Context(), w.who("noor"), w.id)
		w.ok(err)
		if len(got) != 1 || got[0].Title != "Feedback die helpt" || got[0].VisionLineID != line || got[0].Version != 2 {
			t.Errorf("%+v", got)
		}
		if e := w.last("focus_point", f.ID); e.Kind != "focus_point.changed" || e.From != 1 || e.To != 2 {
			t.Errorf("journal %+v", e)
		}
	})
}

// T-C6: nothing of one board crosses to another, whatever the role at home.
func TestProofC6_TwoBoardsShareNothing(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for _, kind := range []access.RoleKind{access.RoleLeader, access.RoleBoard, access.RolePrivacy, access.RoleTimetabler} {
			w.ok(w.schools.Appoint(t.Context(), w.who("outsider"), w.otherID, w.people["outsider"], access.Role{Kind: kind, SchoolID: w.otherID}))
		}
		stranger := w.who("outsider")
		f := w.proposal("Feedback in de les", "")
		for name, read := range map[string]func() error{
			"school":       func() error { _, err := w.schools.School(t.Context(), stranger, w.id); return err },
			"people":       func() error { _, _, err := w.schools.People(t.Context(), stranger, w.id); return err },
			"teams":        func() error { _, err := w.schools.Teams(t.Context(), stranger, w.id); return err },
			"leaders":      func() error { _, err := w.schools.Leaders(t.Context(), stranger, w.id); return err },
			"vision":       func() error { _, err := w.schools.Vision(t.Context(), stranger, w.id); return err },
			"focus points": func() error { _, err := w.schools.FocusPoints(t.Context(), stranger, w.id); return err },
			"focus point":  func() error { _, err := w.schools.FocusByID(t.Context(), stranger, f.ID); return err },
			"choice": func() error {
				return w.schools.ChooseFocus(t.Context(), stranger, f.ID, 1, school.FocusChoice{State: school.Chosen})
			},
			"year": func() error {
				return w.schools.AddYear(t.Context(), stranger, w.id, school.Year{Name: "x", Starts: "2026-01-01", Ends: "2026-02-01"})
			},
			"staff": func() error {
				_, err := w.schools.AddStaff(t.Context(), stranger, w.id, school.NewStaff{Name: "Spion", Email: "s@x.example"})
				return err
			},
		} {
			t.Run(name, func(t *testing.T) { w.refused("absent", read) })
		}
		// the same address at two boards is two people, who know nothing of each other
		id, err := w.schools.AddStaff(t.Context(), stranger, w.otherID, school.NewStaff{Name: "Noor Haddad", Email: "noor@baken.example", Active: true})
		w.ok(err)
		if id == w.people["noor"] {
			t.Fatal("one account at two boards")
		}
		w.people["noor there"] = id
		if got := w.who("noor there"); got.BoardID == w.board || len(got.Schools) != 1 || got.Schools[0] != w.otherID {
			t.Errorf("%+v", got)
		}
		if found, err := school.ByEmail(t.Context(), w.d, "noor@baken.example"); err != nil || len(found) != 2 {
			t.Errorf("%v %v", found, err)
		}
	})
}
