package school_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"leerkring/access"
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
	w.ok(w.schools.GiveRole(w.t.Context(), w.who("admin"), w.id, id, access.Role{Kind: access.RoleBoard}))
}

// The board reads titles of what a leader decided, and figures: never a proposal's, never who, never why.
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

		odd := w.proposal("Engels", "") // where a year is named, any words fit: they are of who wrote them
		w.ok(w.schools.ChooseFocus(t.Context(), w.who("leader"), odd.ID, 1, school.FocusChoice{State: school.Parked, ParkedFor: "2027, Geheim van Sem"}))

		is := func(y school.BoardYear) map[string]string {
			out := map[string]string{}
			for _, x := range y.Results {
				out[x.Title] = strings.TrimRight(string(x.State)+" "+string(x.After)+" "+x.Until, " ")
			}
			return out
		}
		read := func() school.BoardYear {
			t.Helper()
			y, err := w.schools.BoardYear(t.Context(), w.who("hans"), w.id)
			w.ok(err)
			all := fmt.Sprintf("%+v %+v", y, y.Began)
			for _, not := range []string{"Plein", "Ouders", "Geheim", w.people["leader"], w.people["noor"], w.people["sem"]} {
				if strings.Contains(all, not) {
					t.Errorf("the board reads %q: %s", not, all)
				}
			}
			return y
		}
		y := read()
		want := map[string]string{"Lezen": "chosen", "Rekenen": "chosen stopped", "Toetsen": "chosen parked 2027–2028", "Muziek": "parked  2026–2027", "Engels": "parked"}
		if got := is(y); fmt.Sprint(got) != fmt.Sprint(want) || y.Proposed != 1 || y.Step != school.Choosing || y.Began != nil {
			t.Errorf("in May: %v, %d proposed, step %d", got, y.Proposed, y.Step)
		}

		w.clock.Set(time.Date(2026, 8, 24, 9, 0, 0, 0, time.UTC))
		_, err = w.schools.OpenYear(t.Context(), w.who("leader"), w.id, next, standing)
		w.ok(err)
		y = read()
		b := y.Began
		if b == nil || b.Year != "2026–2027" || b.On != "2026-08-24" || b.Back != 1 || b.Active != 2 || b.Resting != 1 || fmt.Sprint(b.Focus) != "map[parked:[Toetsen] stopped:[Rekenen] went_on:[Lezen]]" {
			t.Errorf("what it began with: %+v", b)
		}
		if got := is(y); got["Rekenen"] != "stopped" || got["Toetsen"] != "parked  2027–2028" || got["Muziek"] != "" || y.Proposed != 2 {
			t.Errorf("after the opening: %v, %d proposed", got, y.Proposed)
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
