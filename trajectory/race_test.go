package trajectory_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/trajectory"
	"leerkring/writing"
)

// sent is one form that somebody sent: its words, and what came back.
type sent struct {
	kind, words string
	err         error
}

// storm sends forms at the same time, each with words of its own, and on whatever version
// its page showed.
func (w *town) storm(kinds []string, versions []int) []sent {
	w.t.Helper()
	whos := map[string]access.Who{"edit": w.who("lead"), "move": w.who("second"), "call": w.who("member"), "rest": w.who("lead")}
	out := make([]sent, len(kinds))
	var wg sync.WaitGroup
	for i, kind := range kinds {
		wg.Go(func() {
			words, ctx := fmt.Sprintf("%s nummer %d", kind, i), w.t.Context()
			var err error
			switch kind {
			case "edit":
				err = w.walks.Edit(ctx, whos[kind], w.id, versions[i], trajectory.Change{Title: "Feedback", Question: words, Open: true})
			case "move":
				err = w.walks.Move(ctx, whos[kind], w.id, versions[i], trajectory.Step{Move: trajectory.MoveForward, StageID: "verdiep"}, words)
				if refusal(err) == "trajectory.no_such_step" {
					err = w.walks.Move(ctx, whos[kind], w.id, versions[i], trajectory.Step{Move: trajectory.MoveBack, StageID: "verken"}, words)
				}
			case "call":
				err = w.walks.CallGate(ctx, whos[kind], w.id, "f1.g1", trajectory.Partly, words)
			case "rest":
				err = w.walks.SetState(ctx, whos[kind], w.id, versions[i], trajectory.Paused, words, "2026-04-01")
			}
			out[i] = sent{kind, words, err}
		})
	}
	wg.Wait()
	return out
}

// kept are all words that the trajectory keeps, in whatever place.
func (w *town) kept() []string {
	w.t.Helper()
	out := must(db.All(w.t.Context(), w.d, `select reason from stage_visit where trajectory_id = $1 union all select question from trajectory where id = $1 union all select state_reason from trajectory where id = $1`, db.Str, w.id))(w.t)
	for _, v := range must(db.All(w.t.Context(), w.d, `select body, author_id from text_version`, func(v *writing.Version) []any { return []any{db.JSON(&v.Body), &v.AuthorID} }))(w.t) {
		for _, words := range v.Body {
			out = append(out, words)
		}
	}
	return out
}

// T-R4 at the level of the service: people press at the same moment, on pages of any age.
// Every text is kept, or its writer is told and has it still.
func TestProofR4_ParallelActsLoseNoText(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.ok(w.walks.HandOver(t.Context(), w.who("lead"), w.id, w.people["lead"], trajectory.Lead, w.people["second"]))
		lead := w.who("lead")
		rapid.Check(t, func(r *rapid.T) {
			id, err := w.walks.Begin(t.Context(), lead, trajectory.Start{SchoolID: w.schoolID, MethodID: "verbetercyclus", Title: "Feedback", Open: true})
			if err != nil {
				r.Fatal(err)
			}
			w.id = id
			for name, role := range map[string]string{"second": "lead", "member": "member"} {
				w.exec(`insert into participant (trajectory_id, person_id, role, joined_at) values ($1, $2, $3, $4)`, id, w.people[name], role, w.clock.Now())
			}
			n := rapid.SampledFrom([]int{2, 3, 5, 30}).Draw(r, "acts")
			kinds := rapid.SliceOfN(rapid.SampledFrom([]string{"edit", "edit", "move", "move", "call", "rest"}), n, n).Draw(r, "kinds")
			versions := rapid.SliceOfN(rapid.SampledFrom([]int{1, 1, 1, 2, 3}), n, n).Draw(r, "versions")
			forms := w.storm(kinds, versions)
			kept, done, calls := w.kept(), 0, 0
			for _, f := range forms {
				switch {
				case f.err == nil && !slices.Contains(kept, f.words):
					r.Fatalf("%q was accepted and is gone", f.words)
				case f.err == nil && f.kind == "call":
					calls++
				case f.err == nil:
					done++
				case errs.IsAbsent(f.err) && f.kind == "call": // the team went on: its question is not asked now
				case !errs.Is(f.err, errs.KindConflict) && !errs.Is(f.err, errs.KindInvalid):
					r.Fatalf("%s: not told what to do: %v", f.words, f.err)
				}
			}
			seen, err := w.walks.Reach(t.Context(), w.d, lead, id)
			if err != nil {
				r.Fatal(err)
			}
			if seen.Version != 1+done {
				r.Fatalf("version %d after %d changes", seen.Version, done)
			}
			visits, err := w.walks.Visits(t.Context(), w.d, seen)
			if err != nil {
				r.Fatal(err)
			}
			for i, v := range visits {
				if here := v.ID == seen.VisitID; v.Number != i+1 || v.LeftAt.IsZero() != here || here != (i == len(visits)-1) {
					r.Fatalf("visits are torn: %+v", visits)
				}
			}
			entries, err := journal.Trajectory(t.Context(), w.d, id, 1000)
			if err != nil || len(entries) != 1+done+calls {
				r.Fatalf("%d entries for a beginning, %d changes and %d calls (%v)", len(entries), done, calls, err)
			}
		})
	})
}
