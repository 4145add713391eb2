package enter

import (
	"strings"
	"sync"
	"testing"

	"leerkring/block/plan"
	"leerkring/block/plan/takeover"
	"leerkring/internal/errs"
	"leerkring/test/enter/sample"
)

// long is a line of a plan that no field of it takes.
var long = strings.TrimSpace(strings.Repeat("Eerst praten we hier nog lang over door. ", 12))

func asAction(s string) (plan.Item, error) { return takeover.AsItem(s, takeover.Action, today) }

// waits is the one line that waits beside the plan of the town.
func (w *town) waits() plan.Piece {
	w.t.Helper()
	_, page := w.pageOf(w.id)
	if len(page.Beside) != 1 {
		w.t.Fatalf("%d lines wait", len(page.Beside))
	}
	return page.Beside[0]
}

func (w *town) putBeside(text string) plan.Piece {
	w.t.Helper()
	_, err := w.plans.TakeOver(w.t.Context(), w.who("lead"), w.id, plan.OwnPaper{Title: "Ons leesplan", Beside: []plan.OwnText{{Digest: "d" + text[:4], Head: "Acties", Text: text}}})
	w.ok(err)
	return w.waits()
}

// A line beside that is too long is shortened where it waits; each of its texts is kept.
func TestALineBesideIsShortened(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		x := w.putBeside(long)
		before := w.state()
		if _, err := w.plans.PlacePiece(t.Context(), w.who("lead"), w.id, x.ID, nil, asAction); err == nil || w.state() != before {
			t.Fatal("it fits nowhere, and went there", err)
		}
		for name, text := range map[string]string{"nothing": " ", "too much": strings.Repeat("x", 20_001)} {
			if _, err := w.plans.EditPiece(t.Context(), w.who("lead"), w.id, x.ID, plan.PieceEdit{Base: x.Version, Text: text}); err == nil || w.state() != before {
				t.Error(name, err)
			}
		}
		clash, err := w.plans.EditPiece(t.Context(), w.who("member"), w.id, x.ID, plan.PieceEdit{Base: x.Version, Text: " Eerst praten we erover. "})
		w.ok(err)
		if now := w.waits(); clash != nil || now.Text != "Eerst praten we erover." || now.Version != 2 || now.Head != "Acties" {
			t.Errorf("%+v %v", now, clash)
		}
		history := func() string {
			return w.lines(`select version || ' ' || kept || ' ' || author_id from text_version where object_kind = 'plan_line' and object_id = $1 order by version, kept, id`, x.ID)
		}
		lead, member := w.people["lead"], w.people["member"]
		if got, want := history(), "1 current "+lead+"\n2 current "+member; got != want {
			t.Errorf("kept are\n%s", got)
		}
		if n := w.count(`select count(*) from journal where kind = 'plan_line.changed' and actor_id = $1`, member); n != 1 {
			t.Errorf("%d entries", n)
		}
		whole := w.state()
		clash, err = w.plans.EditPiece(t.Context(), w.who("lead"), w.id, x.ID, plan.PieceEdit{Base: 2, Text: "Eerst praten we erover."})
		if w.ok(err); clash != nil || w.state() != whole {
			t.Error("the same words changed something")
		}

		// somebody who read the first version: both texts are kept, and nothing goes to its place
		clash, err = w.plans.PlacePiece(t.Context(), w.who("lead"), w.id, x.ID, &plan.PieceEdit{Base: 1, Text: "Praat erover."}, asAction)
		w.ok(err)
		if now := w.waits(); clash == nil || clash.Current != 2 || now.Text != "Eerst praten we erover." || !strings.Contains(history(), "conflict "+lead) {
			t.Errorf("%+v %+v\n%s", clash, now, history())
		}

		// the words are changed and go to their place with one press
		clash, err = w.plans.PlacePiece(t.Context(), w.who("lead"), w.id, x.ID, &plan.PieceEdit{Base: 2, Text: "Praat erover (Tom, 3 februari 2026)"}, asAction)
		w.ok(err)
		_, page := w.pageOf(w.id)
		if clash != nil || len(page.Beside) != 0 || len(page.Actions) != 1 || page.Actions[0].Is.Text != "Praat erover" || page.Actions[0].Is.Who != "Tom" {
			t.Fatalf("%+v %+v", clash, page.Actions)
		}
		if g := page.Grounds[page.Actions[0].ID].Paper; !g.Is() || g.Title != "Ons leesplan" || g.At.IsZero() {
			t.Errorf("where it came from: %+v", g)
		}
		if !strings.HasSuffix(history(), "3 current "+lead) {
			t.Errorf("kept are\n%s", history())
		}
		if _, err := w.plans.EditPiece(t.Context(), w.who("lead"), w.id, x.ID, plan.PieceEdit{Base: 3, Text: "Nog eens"}); errs.KindOf(err) != errs.KindConflict {
			t.Error("words of a line that has its place", err)
		}
	})
}

// Two people who press at once give a line one place, or put it away: whoever came second hears it.
func TestALineBesideGoesToOnePlace(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		x := w.putBeside("Een kast vullen")
		lead, member := w.who("lead"), w.who("member")
		var both sync.WaitGroup
		failed := make([]error, 2)
		both.Go(func() { _, failed[0] = w.plans.PlacePiece(t.Context(), lead, w.id, x.ID, nil, asAction) })
		both.Go(func() { failed[1] = w.plans.PutAway(t.Context(), member, w.id, x.ID) })
		both.Wait()
		_, page := w.pageOf(w.id)
		placed := w.count(`select count(*) from journal where kind = 'action_item.added'`)
		away := w.count(`select count(*) from journal where kind = 'plan.put_away'`)
		if placed+away != 1 || len(page.Actions) != placed || len(page.Beside) != 0 {
			t.Errorf("%d placed, %d put away, %d actions", placed, away, len(page.Actions))
		}
		for i, err := range failed {
			if err != nil && errs.KindOf(err) != errs.KindConflict {
				t.Errorf("%d: %v", i, err)
			}
		}
		if (failed[0] == nil) == (failed[1] == nil) {
			t.Errorf("both were told the same: %v", failed)
		}

		y := w.putBeside("Boeken kopen")
		for range 2 {
			both.Go(func() {
				if _, err := w.plans.PlacePiece(t.Context(), lead, w.id, y.ID, nil, asAction); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		if n := w.count(`select count(*) from plan_item where kind = 'action' and body like '%Boeken kopen%'`); n != 1 {
			t.Errorf("the same press twice: %d actions", n)
		}
	})
}

// What came from a plan of the team says which, on paper too.
func TestWhatWasTakenOverSaysSo(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.takes("lead", sample.Plan(t))
		_, err := w.plans.Add(t.Context(), w.who("lead"), w.id, plan.Goal{Text: "Een doel dat hier ontstond"})
		w.ok(err)
		_, page := w.pageOf(w.id)
		for i, g := range page.Goals {
			if page.Grounds[g.ID].Paper.Is() != (i < 3) {
				t.Errorf("goal %d: %+v", g.Number, page.Grounds[g.ID].Paper)
			}
		}
		for lang, want := range map[string]string{
			"nl": "Uit ons eigen plan ‘Leesplan’, overgenomen op 19 november 2025: doelen 1–3 en acties 1–8.",
			"en": "From our own plan ‘Leesplan’, taken over on 19 November 2025: goals 1–3 and actions 1–8.",
		} {
			text := textOf(t, w.printed(w.id, lang, sectors[0], "docx"))
			if strings.Count(text, want) != 1 {
				t.Errorf("%s: no line %q in\n%s", lang, want, text)
			}
		}
	})
}
