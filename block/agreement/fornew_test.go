package agreement_test

import (
	"slices"
	"strings"
	"testing"

	"leerkring/block/agreement"
	"leerkring/internal/clock"
)

func TestWhichPagesSomebodyNewReads(t *testing.T) {
	t.Parallel()
	page := func(title string, of agreement.Near, fresh clock.Date) agreement.ForNew {
		return agreement.ForNew{TrajectoryID: strings.Repeat(title, 2), Title: title, Of: of, Fresh: fresh}
	}
	for _, c := range []struct {
		name  string
		pages []agreement.ForNew
		want  string
	}{
		{"none", nil, ""},
		{"as many as there are", []agreement.ForNew{page("a", agreement.OfSchool, "2026-01-01"), page("b", agreement.OfMyTeam, "2026-01-01")}, "b a"},
		{"the own team before a newer one of the school", []agreement.ForNew{page("a", agreement.OfSchool, "2026-09-01"), page("b", agreement.OfMyTeam, "2024-01-01")}, "b a"},
		{"where one takes part and the own team are as near", []agreement.ForNew{page("a", agreement.OfMine, "2026-01-01"), page("b", agreement.OfMyTeam, "2026-02-01")}, "b a"},
		{"what was looked at last", []agreement.ForNew{page("a", agreement.OfSchool, "2026-01-01"), page("b", agreement.OfSchool, "2026-03-01"), page("c", agreement.OfSchool, "2026-02-01"), page("d", agreement.OfSchool, "2025-02-01")}, "b c a"},
		{"then the title", []agreement.ForNew{page("c", agreement.OfSchool, "2026-01-01"), page("a", agreement.OfSchool, "2026-01-01"), page("b", agreement.OfSchool, "2026-01-01")}, "a b c"},
		{"three of four of the own team", []agreement.ForNew{page("d", agreement.OfMyTeam, "2026-01-01"), page("a", agreement.OfSchool, "2026-06-01"), page("b", agreement.OfMyTeam, "2026-01-01"), page("c", agreement.OfMyTeam, "2026-01-01")}, "b c d"},
	} {
		for range 2 {
			var got []string
			for _, p := range agreement.PickForNew(c.pages) {
				got = append(got, p.Title)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s: %v, want %s", c.name, got, c.want)
			}
			slices.Reverse(c.pages)
		}
	}
}

func TestThePagesOfSomebodyNew(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		read := func(name, schoolID string) string {
			t.Helper()
			list, err := w.pages.ForNewcomer(w.ctx, w.who(name), schoolID)
			w.ok(err)
			var out []string
			for _, p := range list {
				s := p.Title + " " + map[agreement.Near]string{agreement.OfMine: "mine", agreement.OfMyTeam: "team " + p.Team, agreement.OfSchool: "school"}[p.Of]
				if p.Signed {
					s += " signed"
				}
				out = append(out, s)
			}
			return strings.Join(out, ", ")
		}
		is := func(what, got, want string) {
			t.Helper()
			if got != want {
				t.Errorf("%s: %q, want %q", what, got, want)
			}
		}
		w.words(0, "Rust in de pauze")
		is("nothing stands on it yet", read("colleague", w.schoolID), "")
		w.line(agreement.Room, "Hoe je groet.")
		is("own choice alone is no page", read("colleague", w.schoolID), "")
		w.line(agreement.Core, "Wij staan bij de deur.")
		is("a page without a team", read("colleague", w.schoolID), "Rust in de pauze school")
		is("for who takes part", read("member", w.schoolID), "Rust in de pauze mine")
		is("a leader is a colleague too", read("leader", w.schoolID), "Rust in de pauze school")
		is("of another board", read("outsider", w.schoolID), "")
		is("of another school", read("colleague", "elsewhere"), "")

		w.exec(`insert into team (id, school_id, kind, name, made_at) values ('01team', $1, 'department', 'Sectie talen', $2)`, w.schoolID, w.clock.Now())
		w.exec(`insert into trajectory_team (trajectory_id, team_id) values ($1, '01team')`, w.id)
		is("a page of another team", read("colleague", w.schoolID), "")
		w.exec(`insert into team_member (team_id, person_id) values ('01team', $1)`, w.people["colleague"])
		is("a page of the own team", read("colleague", w.schoolID), "Rust in de pauze team Sectie talen")

		w.ok(w.pages.Sign(w.ctx, w.who("colleague"), w.id, false))
		is("signed", read("colleague", w.schoolID), "Rust in de pauze team Sectie talen signed")
		w.exec(`insert into team_member (team_id, person_id) values ('01team', $1)`, w.people["lead"])
		is("for somebody else it is not", read("lead", w.schoolID), "Rust in de pauze team Sectie talen")

		w.closeIn()
		is("closed to others", read("colleague", w.schoolID), "")
		is("a leader may read it then, and not sign", read("leader", w.schoolID), "")
		is("but not to who takes part", read("member", w.schoolID), "Rust in de pauze mine")
		w.exec(`update trajectory set state = 'stopped' where id = $1`, w.id)
		is("of a trajectory that stopped", read("member", w.schoolID), "")
	})
}

func TestWhomPagesNameForNewcomers(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.whole()
		got, err := w.pages.Buddies(w.ctx, w.schoolID)
		w.ok(err)
		if len(got) != 1 || !slices.Equal(got[""], []string{w.people["member"]}) {
			t.Errorf("named: %v", got)
		}
		w.exec(`insert into team (id, school_id, kind, name, made_at) values ('01team', $1, 'department', 'Sectie talen', $2)`, w.schoolID, w.clock.Now())
		w.exec(`insert into trajectory_team (trajectory_id, team_id) values ($1, '01team')`, w.id)
		if got, err = w.pages.Buddies(w.ctx, w.schoolID); err != nil || !slices.Equal(got["01team"], []string{w.people["member"]}) || len(got) != 1 {
			t.Errorf("named by team: %v %v", got, err)
		}
		if other, err := w.pages.Buddies(w.ctx, "elsewhere"); err != nil || len(other) != 0 {
			t.Errorf("of another school: %v %v", other, err)
		}
		w.closeIn()
		if got, err = w.pages.Buddies(w.ctx, w.schoolID); err != nil || len(got) != 0 {
			t.Errorf("of a closed trajectory: %v %v", got, err)
		}
	})
}
