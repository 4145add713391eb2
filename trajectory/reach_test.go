package trajectory_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/ident"
	"leerkring/trajectory"
)

func TestWhoReachesATrajectory(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		allowed := func(want ...string) {
			t.Helper()
			for _, name := range cast {
				if _, err := w.reach(name, w.id); (err == nil) != slices.Contains(want, name) {
					t.Errorf("%s: %v", name, err)
				} else if err != nil && refusal(err) != "absent" {
					t.Errorf("%s: not absent but %v", name, err)
				}
			}
		}
		allowed("lead", "member", "second", "colleague", "leader", "admin", "guest", "coach")
		w.closeIn()
		allowed("lead", "member", "second", "leader", "guest", "coach")
		w.edit(func(c *trajectory.Change) { c.SponsorID = w.people["leader"] })
		s := w.seen("lead")
		w.ok(w.walks.SetState(t.Context(), w.who("lead"), w.id, s.Version, trajectory.Stopped, "Het lukt niet.", ""))
		allowed("lead", "member", "second", "leader", "guest", "coach")
		w.clock.Set(time.Date(2026, 5, 31, 22, 0, 0, 0, time.UTC)) // 00:00 at school on the guest's end date
		allowed("lead", "member", "second", "leader", "coach")
		w.clock.Set(time.Date(2027, 3, 21, 0, 0, 0, 0, time.UTC)) // a year later
		allowed("lead", "member", "second", "leader")
		if _, err := w.walks.Reach(t.Context(), w.d, access.Who{}, w.id); refusal(err) != "absent" {
			t.Errorf("nobody: %v", err)
		}
		if _, err := w.reach("lead", ident.At(w.clock.Now())); refusal(err) != "absent" {
			t.Errorf("nothing: %v", err)
		}
		if _, err := w.reach("lead", w.people["lead"]); refusal(err) != "absent" {
			t.Errorf("an id of another kind: %v", err)
		}
	})
}

func TestWhatEachRoleMayDo(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.ok(w.walks.HandOver(t.Context(), w.who("lead"), w.id, w.people["lead"], trajectory.Lead, w.people["second"]))
		for name, want := range map[string]struct {
			role                 trajectory.Role
			edits, leads, invite bool
		}{
			"lead": {trajectory.Lead, true, true, true}, "second": {trajectory.StandIn, true, true, true}, "member": {trajectory.Member, true, false, false},
			"coach": {trajectory.Coach, true, false, false}, "guest": {trajectory.Guest, false, false, false},
			"colleague": {trajectory.NoOne, false, false, false}, "leader": {trajectory.NoOne, false, false, false}, "admin": {trajectory.NoOne, false, false, false},
		} {
			s := w.seen(name)
			if s.Role != want.role || s.May(access.Edit, access.Trajectory, "") != want.edits || s.May(access.Lead, access.Trajectory, "") != want.leads || s.May(access.Invite, access.Membership, "") != want.invite {
				t.Errorf("%s: role %q, edits %v, leads %v, invites %v", name, s.Role, s.May(access.Edit, access.Trajectory, ""), s.May(access.Lead, access.Trajectory, ""), s.May(access.Invite, access.Membership, ""))
			}
			for act, do := range map[string]func() error{
				"move": func() error {
					return w.walks.Move(t.Context(), w.who(name), w.id, s.Version, trajectory.Step{Move: trajectory.MoveForward, StageID: "besluit"}, "")
				},
				"edit": func() error {
					return w.walks.Edit(t.Context(), w.who(name), w.id, 99, trajectory.Change{Title: "Anders"})
				},
				"rest": func() error {
					return w.walks.SetState(t.Context(), w.who(name), w.id, 99, trajectory.Stopped, "Klaar ermee.", "")
				},
				"next": func() error { _, err := w.walks.NextCycle(t.Context(), w.who(name), w.id, "", "", ""); return err },
			} {
				if err := do(); (refusal(err) == "absent") == want.leads && act != "next" {
					t.Errorf("%s, %s: %v", name, act, err)
				}
			}
			if _, err := w.walks.NextCycle(t.Context(), w.who(name), w.id, "Volgende ronde", "", "no-such-stage"); (refusal(err) == "absent") == want.leads {
				t.Errorf("%s, next cycle: %v", name, err)
			}
		}
		if s := w.seen("lead"); s.StageID != "verken" || s.Version != 1 {
			t.Errorf("a refusal changed something: %+v", s.Trajectory)
		}
	})
}

// T-C7: whatever the trajectories and the people, everything that a list shows can be
// opened, and what takes part or works there finds everything it may open.
func TestProofC7_AListTellsWhatItsPagesTell(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		whos := map[string]access.Who{}
		for _, name := range cast {
			whos[name] = w.who(name)
		}
		rapid.Check(t, func(r *rapid.T) {
			var sql []string
			var args [][]any
			add := func(s string, a ...any) { sql, args = append(sql, s), append(args, a) }
			add(`delete from participant`)
			add(`delete from stage_visit`)
			add(`delete from trajectory`)
			ids := []string{}
			for i := range rapid.IntRange(1, 6).Draw(r, "trajectories") {
				id := ident.At(w.clock.Now())
				ids = append(ids, id)
				at := rapid.SampledFrom([]string{w.schoolID, w.second, w.otherID}).Draw(r, fmt.Sprint("school ", i))
				add(`insert into trajectory (id, school_id, method_id, method_version, title, state, open, stage_id, visit_id, started_on, made_by, made_at, sponsor_id) values ($1, $2, 'verbetercyclus', (select max(version) from method_version where method_id = 'verbetercyclus'), 'x', $3, $4, 'verken', 'v', '2026-03-19', $5, $6, $7)`,
					id, at, rapid.SampledFrom([]string{"draft", "active", "paused", "stopped", "done"}).Draw(r, "state"), rapid.Bool().Draw(r, "open"),
					w.people[rapid.SampledFrom(cast).Draw(r, "maker")], w.clock.Now(), w.people[rapid.SampledFrom(cast).Draw(r, "sponsor")])
				for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(cast), 0, 4, rapid.ID).Draw(r, "people") {
					var left any
					if rapid.Bool().Draw(r, "left") {
						left = w.clock.Now()
					}
					var ends any
					if rapid.Bool().Draw(r, "ended") {
						ends = "2026-03-19"
					}
					add(`insert into participant (trajectory_id, person_id, role, ends_on, joined_at, left_at, stand_in_id) values ($1, $2, $3, $4, $5, $6, $7)`, id, w.people[name],
						rapid.SampledFrom([]string{"lead", "member", "guest", "begeleider"}).Draw(r, "role"), ends, w.clock.Now(), left, w.people[rapid.SampledFrom(cast).Draw(r, "stand-in")])
				}
			}
			if err := w.d.Write(t.Context(), func(tx *db.Tx) error {
				for i := range sql {
					if _, err := db.Exec(t.Context(), tx, sql[i], slices.Clone(args[i])...); err != nil {
						return err
					}
				}
				return nil
			}); err != nil {
				r.Fatal(err)
			}
			for name, who := range whos {
				listed, err := w.walks.List(t.Context(), who)
				if err != nil {
					r.Fatal(err)
				}
				shown := map[string]bool{}
				for _, s := range listed {
					shown[s.ID] = true
					if s.School.BoardID != who.BoardID {
						r.Fatalf("%s sees a trajectory of another board", name)
					}
				}
				for _, id := range ids {
					s, err := w.walks.Reach(t.Context(), w.d, who, id)
					takesPart := err == nil && (slices.Contains(who.Schools, s.SchoolID) || s.Role != trajectory.NoOne && s.Role != trajectory.StandIn)
					if shown[id] && err != nil {
						r.Fatalf("%s: listed, and then %v", name, err)
					}
					if takesPart && !shown[id] {
						r.Fatalf("%s: can be opened, and is not listed: %+v", name, s.Trajectory)
					}
				}
			}
		})
	})
}
