package enter

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"leerkring/block/plan"
	"leerkring/block/plan/takeover"
	"leerkring/internal/errs"
	"leerkring/test/enter/sample"
	"leerkring/trajectory"
)

// what the plan of the sample becomes.
var placed = map[takeover.Target]int{takeover.Question: 1, takeover.Why: 1, takeover.Goal: 3, takeover.Action: 8, takeover.Core: 1, takeover.Hearing: 1, takeover.Look: 1, takeover.Beside: 2}

// A team that starts in the middle of its year begins in the third stage with its plan in place:
// the stages before are walked before, and nobody in the file became anything.
func TestProofF_APlanFromWordBegins(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		p := reads(t, sample.Plan(t))
		if got := counts(p); p.Title != "Leesplezier in de onderbouw" || !reflect.DeepEqual(got, placed) {
			t.Fatalf("%q %v", p.Title, got)
		}
		people, parts := w.count(`select count(*) from person`), w.count(`select count(*) from participant`)
		lines := takeover.Settle(p.Lines, takeover.Terms{Begins: true, Stands: plan.Standing{Draft: true}})
		start := trajectory.Start{SchoolID: w.schoolID, MethodID: "verbetercyclus", Title: p.Title, StageID: "besluit", Open: true}
		id, out, err := w.plans.BeginFrom(t.Context(), w.who("lead"), start, takeover.Paper("Leesplan", lines))
		w.ok(err)
		if out != (plan.TakenOver{Placed: 15, Beside: 2}) {
			t.Errorf("%+v", out)
		}
		if n := w.count(`select count(*) from stage_visit where trajectory_id = $1 and move = 'before'`, id); n != 2 {
			t.Errorf("%d stages were walked before", n)
		}
		if w.count(`select count(*) from person`) != people || w.count(`select count(*) from participant`) != parts+1 {
			t.Error("a name in a file became somebody")
		}
		if n := w.count(`select count(*) from plan_item where trajectory_id = $1 and coalesce(owner_id, '') <> ''`, id); n != 0 {
			t.Errorf("%d actions have an owner", n)
		}
		for kind, want := range map[string]int{"goal.added": 3, "action_item.added": 8, "plan.put_beside": 1} {
			if n := w.count(`select count(*) from journal where kind = $1 and trajectory_id = $2 and actor_id = $3`, kind, id, w.people["lead"]); n != want {
				t.Errorf("%d entries %s", n, kind)
			}
		}
		before := w.state()
		start.StageID = "nowhere"
		if _, _, err := w.plans.BeginFrom(t.Context(), w.who("lead"), start, takeover.Paper("Leesplan", lines)); err == nil || w.state() != before {
			t.Error("a stage that is none", err)
		}
	})
}

// Twice is once, whoever does it; what somebody changed since stays changed.
func TestProofF_APlanFromWordTwice(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		raw := sample.Plan(t)
		if out := w.takes("lead", raw); out != (plan.TakenOver{Placed: 15, Beside: 3}) { // the trajectory has its question
			t.Fatalf("%+v", out)
		}
		seen, err := w.walks.Reach(t.Context(), w.d, w.who("member"), w.id)
		w.ok(err)
		page, err := w.plans.Page(t.Context(), w.d, seen)
		w.ok(err)
		goal := page.Goals[0]
		_, err = w.plans.Edit(t.Context(), w.who("member"), w.id, goal.ID, goal.Version, plan.Goal{Text: "Iedereen leest elke dag."})
		w.ok(err)
		whole := w.state()
		for _, by := range []string{"lead", "member"} {
			if out := w.takes(by, raw); out.Placed+out.Beside != 0 || w.state() != whole {
				t.Errorf("a second time: %+v", out)
			}
		}
		// each line beside goes to its place with one press, once, and the rest is put away
		for i, x := range page.Beside {
			place := func() error {
				if i > 0 {
					return w.plans.PutAway(t.Context(), w.who("member"), w.id, x.ID)
				}
				_, err := w.plans.PlacePiece(t.Context(), w.who("member"), w.id, x.ID, nil, func(s string) (plan.Item, error) { return takeover.AsItem(s, takeover.Action, today) })
				return err
			}
			w.ok(place())
			w.ok(place())
		}
		page, err = w.plans.Page(t.Context(), w.d, seen)
		w.ok(err)
		if len(page.Beside) != 0 || len(page.Actions) != 9 {
			t.Errorf("%d beside, %d actions", len(page.Beside), len(page.Actions))
		}
	})
}

// Who does not take part has no way in, and cannot tell a line from one that is not there.
func TestProofF_APlanFromWordRights(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.takes("lead", sample.Plan(t))
		line := w.lines(`select id from plan_line where state = 'waiting' order by position limit 1`)
		paper := takeover.Paper("Leesplan", takeover.Settle(reads(t, sample.Plan(t)).Lines, takeover.Terms{}))
		before := w.state()
		for _, by := range []string{"colleague", "outsider"} {
			if _, err := w.stands(by); !errs.IsAbsent(err) {
				t.Errorf("%s reads what stands: %v", by, err)
			}
			if _, err := w.plans.TakeOver(t.Context(), w.who(by), w.id, paper); !errs.IsAbsent(err) {
				t.Errorf("%s: %v", by, err)
			}
			for _, id := range []string{line, "nothing"} {
				if err := w.plans.PutAway(t.Context(), w.who(by), w.id, id); !errs.IsAbsent(err) {
					t.Errorf("%s %s: %v", by, id, err)
				}
			}
		}
		if err := w.plans.PutAway(t.Context(), w.who("lead"), w.id, "nothing"); !errs.IsAbsent(err) {
			t.Error(err)
		}
		if _, _, err := w.plans.BeginFrom(t.Context(), w.who("outsider"), trajectory.Start{SchoolID: w.schoolID, MethodID: "verbetercyclus", Title: "Elders"}, paper); !errs.IsAbsent(err) {
			t.Error(err)
		}
		if w.state() != before {
			t.Error("something changed")
		}
	})
}

// An act that fails half-way leaves nothing, and what does not fit goes beside with the reason.
func TestProofF_APlanFromWordBounds(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		before := w.state()
		broken := plan.OwnPaper{Items: []plan.OwnItem{{Digest: "a", Item: plan.Goal{Text: "Een goed doel."}}, {Digest: "b", Item: plan.Goal{}}}}
		if _, err := w.plans.TakeOver(t.Context(), w.who("lead"), w.id, broken); err == nil || w.state() != before {
			t.Fatal("half of it stands", err)
		}
		ctx, stop := context.WithCancel(t.Context())
		stop()
		if _, _, err := w.plans.BeginFrom(ctx, w.who("lead"), trajectory.Start{SchoolID: w.schoolID, MethodID: "verbetercyclus", Title: "Afgebroken"}, broken); err == nil || w.state() != before {
			t.Fatal("a trajectory without its plan", err)
		}
		parts := []string{sample.Heading(1, "Veel"), sample.Heading(2, "Doelen")}
		for i := range 15 {
			parts = append(parts, sample.Item(fmt.Sprintf("Doel waar we voor gaan, de %d-de keer", i)))
		}
		parts = append(parts, sample.Heading(2, "Acties"), sample.Table([]string{"Wat", "Wie"}, []string{strings.Repeat("lang ", 120), "Ans"}))
		raw := sample.Docx(t, parts...)
		stands, err := w.stands("lead")
		w.ok(err)
		reasons := map[string]int{}
		for _, l := range takeover.Settle(reads(t, raw).Lines, takeover.Terms{Stands: stands}) {
			for _, f := range l.Why {
				reasons[f.Key]++
			}
		}
		if reasons["plan.too_many"] != 3 || len(reasons) != 2 {
			t.Errorf("reasons %v", reasons)
		}
		if out := w.takes("lead", raw); out != (plan.TakenOver{Placed: 12, Beside: 4}) {
			t.Errorf("%+v", out)
		}
	})
}

// The same plan reads the same as an office program writes it, as it is pasted, and as an old text file.
func TestProofF_APlanFromWordInItsForms(t *testing.T) {
	pasted := "Rekenen\n\nAanleiding\nDe helft haalt het niet – in één keer.\n\nDoelen\n• Elke leerling rekent vlot.\n\nActies\nWat\tWie\tWanneer\nOefenuur inroosteren\tRenée\t3 februari 2026\n"
	old := strings.NewReplacer("–", "\x96", "é", "\xe9", "•", "\x95", "\n", "\r\n").Replace(pasted)
	for name, raw := range map[string][]byte{"word": sample.Office, "open": sample.Open, "pasted": []byte(pasted), "windows": []byte(old)} {
		p := reads(t, raw)
		var said []string
		for _, l := range p.Lines {
			said = append(said, fmt.Sprintf("%s: %s/%s/%s", l.To, l.Text, l.Who, l.From))
		}
		if got := strings.Join(said, "\n"); p.Title != "Rekenen" || got != "why: De helft haalt het niet – in één keer.//\ngoal: Elke leerling rekent vlot.//\naction: Oefenuur inroosteren/Renée/2026-02-03" {
			t.Errorf("%s: %q\n%s", name, p.Title, got)
		}
	}
}
