package school_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/school"
)

// hans makes somebody who sits at the board and is nobody's colleague.
func (w *town) hans() {
	w.t.Helper()
	id, err := w.schools.AddStaff(w.t.Context(), w.who("admin"), w.id, school.NewStaff{Name: "Hans Bestuur", Email: "hans@kust.example", Active: true, OfBoard: true})
	w.ok(err)
	w.people["hans"] = id
}

// The board reads figures: never a title, never who, never why.
func TestTheBoardReadsWhatASchoolDecided(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.hans()
		for _, y := range []school.Year{{Name: "2025–2026", Starts: "2025-08-18", Ends: "2026-07-17"}, {Name: "2026–2027", Starts: "2026-08-24", Ends: "2027-07-16"}} {
			w.ok(w.schools.AddYear(t.Context(), w.who("admin"), w.id, y))
		}
		next, err := db.One(t.Context(), w.d, `select id from school_year where name = $1`, db.Str, "2026–2027")
		w.ok(err)
		points := map[string]string{}
		for title, state := range map[string]school.FocusState{"Lezen": school.Chosen, "Rekenen": school.Chosen, "Muziek": school.Parked, "Plein": school.Proposed, "Toetsen": school.Chosen, "Ouders": school.PassedOn} {
			f := w.proposal(title, "")
			points[title] = f.ID
			if state == school.Proposed {
				continue
			}
			c := school.FocusChoice{State: state, Reason: "Geheim " + title, KeeperID: w.people["sem"]}
			if state == school.Parked {
				c.ParkedFor = "2026–2027"
			}
			w.ok(w.schools.ChooseFocus(t.Context(), w.who("leader"), f.ID, 1, c))
		}
		w.clock.Set(time.Date(2026, 5, 11, 9, 0, 0, 0, time.UTC))
		w.ok(w.schools.DecideAfter(t.Context(), w.who("leader"), points["Rekenen"], 2, school.After{Choice: school.Stops, Reason: "Geheim na dit jaar"}))
		w.ok(w.schools.DecideAfter(t.Context(), w.who("leader"), points["Toetsen"], 2, school.After{Choice: school.Rests, Until: "2027–2028", Reason: "Geheim tot later"}))

		read := func() school.BoardYear {
			t.Helper()
			y, err := w.schools.BoardYear(t.Context(), w.who("hans"), w.id)
			w.ok(err)
			all := fmt.Sprintf("%+v %+v", y, y.Began)
			for _, not := range []string{"Lezen", "Rekenen", "Muziek", "Plein", "Toetsen", "Ouders", "Geheim", w.people["leader"], w.people["noor"], w.people["sem"]} {
				if strings.Contains(all, not) {
					t.Errorf("the board reads %q: %s", not, all)
				}
			}
			return y
		}
		y := read()
		if y.Points[school.Chosen] != 3 || y.Points[school.Parked] != 1 || y.Points[school.Proposed] != 1 || y.After[school.Stops] != 1 || y.After[school.Rests] != 1 || y.After[school.Undecided] != 2 || y.Step != school.Choosing || y.Began != nil {
			t.Errorf("in May: %+v", y)
		}

		w.clock.Set(time.Date(2026, 8, 24, 9, 0, 0, 0, time.UTC))
		_, err = w.schools.OpenYear(t.Context(), w.who("leader"), w.id, next, standing)
		w.ok(err)
		y = read()
		b := y.Began
		if b == nil || b.Year != "2026–2027" || b.On != "2026-08-24" || b.Focus[school.CameBack] != 1 || b.Active != 2 || b.Resting != 1 || b.Focus[school.Kept] != 1 || b.Focus[school.Ended] != 1 || b.Focus[school.WentOn] != 1 || b.Focus[school.Taken] != 0 {
			t.Errorf("what it began with: %+v", b)
		}
		if y.Points[school.Stopped] != 1 || y.Points[school.Parked] != 1 || y.Points[school.Proposed] != 2 || y.Points[school.Chosen]+y.Points[school.Running] != 1 {
			t.Errorf("after the opening: %v", y.Points)
		}

		for name, reads := range map[string]bool{"hans": true, "leader": true, "noor": true, "outsider": false} {
			_, err := w.schools.BoardYear(t.Context(), w.who(name), w.id)
			if reads != (err == nil) || err != nil && !errs.IsAbsent(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := w.schools.BoardYear(t.Context(), w.who("hans"), w.otherID); !errs.IsAbsent(err) {
			t.Errorf("a school of another board: %v", err)
		}
		if list, err := w.schools.OfBoard(t.Context(), w.who("hans")); err != nil || len(list) != 1 || list[0].ID != w.id {
			t.Errorf("the schools of the board: %v %v", list, err)
		}
	})
}

// standing are trajectories of a school, which live a floor higher.
func standing(context.Context, db.Queryer, string) ([]school.Standing, error) {
	return []school.Standing{{ID: "1", State: "active"}, {ID: "2", State: "active"}, {ID: "3", State: "paused", Until: "2026-10-01"}, {ID: "4", State: "done"}}, nil
}
