package plan_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"leerkring/access"
	"leerkring/block/plan"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/trajectory"
	"leerkring/why"
	"leerkring/writing"
)

var goal = plan.Goal{Text: "Elke leerling hoort één volgende stap", Approach: "slotvraag", Teachers: "vragen", Pupils: "denken vooruit", Result: "minder herkansen", NoticedBy: "weekvraag"}

func TestAPlanBeginsAtTheFirstEdit(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		if p := w.page("member"); p.Plan.Begun() || p.Plan.State != plan.Concept || !p.MayEdit || p.MayLead {
			t.Fatalf("an empty plan, for a member: %+v", p)
		}
		clash, err := w.plans.EditHead(ctx, w.who("member"), w.id, 0, plan.Head{Why: "Vier van de tien weten het niet.", Keep: "De rustige start", Strategy: plan.Pilot, With: "3A"})
		if err != nil || clash != nil {
			t.Fatal(err, clash)
		}
		g := w.add("member", goal, finding, voice)
		a := w.add("lead", plan.Action{Text: "Elke les eindigt met mijn volgende stap", Who: "Iedereen in leerjaar 3", FromOn: "2026-04-13", GoalID: g})
		w.add("lead", plan.Core{Text: "Elke les eindigt met een vraag"})
		w.add("second", plan.Room{Text: "Tot 22 mei mag het één les per week zijn", Pace: true})
		w.add("second", plan.Hearing{Who: "Ouders", What: "Kort stuk", When: "nieuwsbrief april"})
		w.add("second", plan.Look{On: "2026-06-04", Question: "Merken leerlingen het?"})
		p := w.page("colleague")
		if p.Plan.Head.Keep != "De rustige start" || len(p.Goals) != 1 || len(p.Actions) != 1 || len(p.Core) != 1 || !p.Room[0].Is.Pace || len(p.Hearings) != 1 || len(p.Looks) != 1 {
			t.Fatalf("%+v", p)
		}
		if ground := p.Grounds[a]; !ground.Stands() || len(ground.Findings) != 1 || ground.Findings[0] != finding || ground.Voices[0] != voice || ground.Goals[0].ID != g {
			t.Errorf("the ground of an action: %+v", ground)
		}
		if p.MayEdit || p.MayLead || p.Goals[0].MayRemove {
			t.Error("a colleague reads an open plan, and changes nothing")
		}
		if p.People[w.people["member"]].Name != "Naam member" {
			t.Errorf("names for the page: %v", p.People)
		}
		want := []string{"plan.changed", "goal.added", "action_item.added", "plan_item.added", "plan_item.added", "plan_item.added", "plan_item.added"}
		if got := w.kinds(); !slices.Equal(got[len(got)-len(want):], want) {
			t.Errorf("journal: %v", got)
		}
		if f := w.facts(); f["chain_complete"].State != trajectory.Met || f["plan_fields_complete"].State != trajectory.Met || f["actions_without_hours"].Number != 1 {
			t.Errorf("facts: %v", f)
		}
	})
}

func TestAFirstPlanInOneAct(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		quick := plan.QuickPlan{Why: "Leerlingen weten niet hoe verder", Goals: []plan.QuickGoal{{Text: "Eén stap"}, {Text: "Zelf vragen", NoticedBy: "lesbezoek", Answers: []why.Ref{finding}}},
			Actions: []plan.QuickAction{{Text: "Slotvraag", Who: "iedereen", When: "vanaf 13 april", Goal: 2}, {Text: "Voorbeelden"}}, Core: []string{"Elke les"}, Room: []string{"De vorm", "De klas"}}
		if err := w.plans.Draft(ctx, w.who("member"), w.id, quick); err != nil {
			t.Fatal(err)
		}
		p := w.page("lead")
		if len(p.Goals) != 2 || len(p.Actions) != 2 || len(p.Room) != 2 || p.Plan.Head.Why == "" || p.Actions[0].Is.GoalID != p.Goals[1].ID {
			t.Fatalf("%+v", p)
		}
		if serving := p.Serving(p.Goals[1].ID); len(serving) != 1 || serving[0].Is.Text != "Slotvraag" || len(p.Serving("")) != 1 {
			t.Errorf("%+v", serving)
		}
		if !p.Grounds[p.Actions[0].ID].Stands() {
			t.Error("the quick goal cites a finding, and its action stands on it")
		}
		if got := w.kinds(); got[len(got)-1] != "plan.drafted" || slices.Contains(got, "goal.added") {
			t.Errorf("one act, one entry: %v", got)
		}
		before := w.state()
		if err := w.plans.Draft(ctx, w.who("member"), w.id, quick); !errs.Is(err, errs.KindConflict) || key(err) != "plan.begun_meanwhile" {
			t.Errorf("a plan that stands is not drafted again: %v", err)
		}
		for name, bad := range map[string]plan.QuickPlan{
			"nothing":            {},
			"an empty goal":      {Goals: []plan.QuickGoal{{}}},
			"a goal that is not": {Actions: []plan.QuickAction{{Text: "x", Goal: 1}}},
		} {
			if err := w.plans.Draft(ctx, w.who("member"), w.other, bad); !errs.Is(err, errs.KindInvalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if w.state() != before {
			t.Error("a refusal changed something")
		}
	})
}

// Two people open the same goal and save at once: one text stands, the other is kept
// beside it, both are shown, and merging loses neither.
func TestTwoPeopleEditTheSameGoalAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.add("lead", goal)
		clashes := map[string]*writing.Clash{}
		var mu sync.Mutex
		var wg sync.WaitGroup
		for _, name := range []string{"member", "second"} {
			who, mine := w.who(name), goal
			mine.Text = "Tekst van " + name
			wg.Go(func() {
				clash, err := w.plans.Edit(ctx, who, w.id, id, 1, mine)
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
				mu.Lock()
				defer mu.Unlock()
				clashes[name] = clash
			})
		}
		wg.Wait()
		late, first := "member", "second"
		if clashes["second"] != nil {
			late, first = "second", "member"
		}
		c := clashes[late]
		if c == nil || clashes[first] != nil || c.Theirs["text"] != "Tekst van "+first || c.Yours["text"] != "Tekst van "+late || c.AuthorID != w.people[first] || c.Current != 2 {
			t.Fatalf("late %s: %+v, %+v", late, c, clashes[first])
		}
		if p := w.page("lead"); p.Goals[0].Is.Text != "Tekst van "+first || p.Goals[0].Version != 2 {
			t.Errorf("nothing is overwritten unseen: %+v", p.Goals[0])
		}
		past := must(w.plans.Past(ctx, w.who(late), w.id, id))(t)
		if len(past.History) != 3 || len(past.Waiting) != 1 || past.Waiting[0].Body["text"] != "Tekst van "+late {
			t.Fatalf("both texts are kept: %+v", past)
		}
		if other := must(w.plans.Past(ctx, w.who(first), w.id, id))(t); len(other.Waiting) != 0 {
			t.Errorf("only the writer is asked to merge: %+v", other.Waiting)
		}
		merged := goal
		merged.Text = "Samen"
		if clash, err := w.plans.Edit(ctx, w.who(late), w.id, id, c.Current, merged); err != nil || clash != nil {
			t.Fatal(err, clash)
		}
		past = must(w.plans.Past(ctx, w.who(late), w.id, id))(t)
		if len(past.History) != 4 || len(past.Waiting) != 0 || past.Version != 3 || w.page("lead").Goals[0].Is.Text != "Samen" {
			t.Errorf("after merging: %+v", past)
		}
		if got := w.kinds(); !slices.Contains(got, "goal.kept_beside") {
			t.Errorf("what was kept beside has its entry: %v", got)
		}
	})
}

func TestAClashMayBeLetGoAndTheHeadClashesToo(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		head := func(name string, base int, text string) *writing.Clash {
			return must(w.plans.EditHead(ctx, w.who(name), w.id, base, plan.Head{Why: text}))(t)
		}
		head("lead", 0, "een")
		if c := head("member", 0, "twee"); c == nil || c.Theirs["why"] != "een" {
			t.Fatalf("%+v", c)
		}
		if c := head("second", 0, "een"); c != nil {
			t.Errorf("the same words are no clash: %+v", c)
		}
		if err := w.plans.LetGo(ctx, w.who("member"), w.id, w.id); err != nil {
			t.Fatal(err)
		}
		past := must(w.plans.Past(ctx, w.who("member"), w.id, w.id))(t)
		if len(past.Waiting) != 0 || len(past.History) != 2 || past.Version != 1 {
			t.Errorf("%+v", past)
		}
	})
}

// Whatever order editors save in, every text that was sent in is current, in the history
// or waits as a conflict.
func TestNoTextIsEverLost(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.add("lead", plan.Core{Text: "begin"})
		var wg sync.WaitGroup
		for i, name := range []string{"lead", "member", "second", "lead", "member", "second", "lead", "member"} {
			who := w.who(name)
			wg.Go(func() {
				for j := range 4 {
					if _, err := w.plans.Edit(ctx, who, w.id, id, 1+j, plan.Core{Text: fmt.Sprint("tekst ", i, " ", j)}); err != nil {
						t.Errorf("%v", err)
					}
				}
			})
		}
		wg.Wait()
		past := must(w.plans.Past(ctx, w.who("lead"), w.id, id))(t)
		kept := map[string]bool{}
		for _, v := range past.History {
			kept[v.Body["text"]] = true
		}
		if len(kept) != 33 || !kept[w.page("lead").Core[0].Is.Text] {
			t.Errorf("%d of 33 texts are kept", len(kept))
		}
	})
}

func TestPlacesRemovalAndRestoring(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		var ids []string
		for _, text := range []string{"a", "b", "c", "d"} {
			ids = append(ids, w.add("member", plan.Core{Text: text}))
		}
		w.add("member", plan.Room{Text: "vrij"})
		order := func(want string) {
			t.Helper()
			got := ""
			for i, c := range w.page("lead").Core {
				got += c.Is.Text
				if c.Number != i+1 {
					t.Errorf("%s stands on place %d", c.Is.Text, c.Number)
				}
			}
			if got != want {
				t.Errorf("order %s, want %s", got, want)
			}
		}
		move := func(id string, to int) {
			t.Helper()
			if err := w.plans.Move(ctx, w.who("second"), w.id, id, to); err != nil {
				t.Fatal(err)
			}
		}
		move(ids[0], 3)
		order("bcad")
		move(ids[3], 1)
		order("dbca")
		move(ids[1], 99)
		order("dcab")
		move(ids[2], -4)
		order("cdab")
		if err := w.plans.Remove(ctx, w.who("second"), w.id, ids[0], 1); !errs.IsAbsent(err) {
			t.Errorf("a member takes away only what is their own: %v", err)
		}
		if err := w.plans.Remove(ctx, w.who("member"), w.id, ids[3], 1); err != nil {
			t.Fatal(err)
		}
		order("cab")
		if err := w.plans.Remove(ctx, w.who("lead"), w.id, ids[0], 7); !errs.Is(err, errs.KindConflict) {
			t.Errorf("nobody takes away what they have not read: %v", err)
		}
		if err := w.plans.Remove(ctx, w.who("lead"), w.id, ids[0], 1); err != nil {
			t.Fatal(err)
		}
		order("cb")
		if _, err := w.plans.Edit(ctx, w.who("member"), w.id, ids[0], 1, plan.Core{Text: "te laat"}); key(err) != "plan.taken_away" {
			t.Errorf("%v", err)
		}
		gone := must(w.plans.Removed(ctx, w.who("second"), w.id))(t)
		if len(gone) != 2 || gone[0].RemovedBy == "" || len(must(w.plans.Past(ctx, w.who("second"), w.id, ids[0]))(t).History) != 1 {
			t.Errorf("what is taken away keeps its words: %+v", gone)
		}
		for range 2 { // twice is once
			if err := w.plans.Restore(ctx, w.who("second"), w.id, ids[3]); err != nil {
				t.Fatal(err)
			}
		}
		order("cbd")
	})
}

func TestVersionsFromConceptToAdjusted(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		lead := w.who("lead")
		if _, err := w.plans.PutUp(ctx, lead, w.id, plan.Discussed, ""); key(err) != "plan.nothing_yet" {
			t.Errorf("%v", err)
		}
		a := w.add("lead", plan.Action{Text: "een"})
		if n := must(w.plans.PutUp(ctx, lead, w.id, plan.Discussed, ""))(t); n != 1 {
			t.Fatalf("version %d", n)
		}
		b := w.add("member", plan.Action{Text: "twee"})
		if _, err := w.plans.PutUp(ctx, lead, w.id, plan.ToDecision, ""); key(err) != "plan.version_reason" {
			t.Errorf("%v", err)
		}
		if n := must(w.plans.PutUp(ctx, lead, w.id, plan.ToDecision, "Na de bespreking: actie 2."))(t); n != 2 {
			t.Fatalf("version %d", n)
		}
		must(w.plans.Edit(ctx, lead, w.id, a, 1, plan.Action{Text: "een, kleiner"}))(t)
		p := w.page("colleague")
		if p.Actions[1].Mark != (plan.Mark{What: plan.New, Number: 2}) || p.Actions[0].Mark != (plan.Mark{What: plan.Changed}) || len(p.Changes) != 1 || p.Last().Reason == "" {
			t.Errorf("marks: %+v", p)
		}
		if steps := p.Plan.Steps(); !steps[2].Now || steps[1].At.IsZero() {
			t.Errorf("%+v", steps)
		}
		frozen := must(w.plans.Version(ctx, w.who("colleague"), w.id, 2))(t)
		if got := frozen.Plan.Of(plan.ActionKind); len(got) != 2 || got[0].Item().(plan.Action).Text != "een" {
			t.Errorf("a frozen version does not move: %+v", frozen)
		}
		w.settle(2, "agreed")
		if p := w.page("lead"); p.Plan.State != plan.Settled || p.Plan.Standing != 2 {
			t.Errorf("%+v", p.Plan)
		}
		if f := w.facts()["plan_changed_with_reason"]; f.State != trajectory.Open {
			t.Errorf("never adjusted is open: %+v", f)
		}
		if _, err := w.plans.Adjust(ctx, lead, w.id, "", "de PLG"); key(err) != "plan.adjust_reason" {
			t.Errorf("%v", err)
		}
		if n := must(w.plans.Adjust(ctx, lead, w.id, "In week twee bleek het te veel.", "de PLG, op 14 mei"))(t); n != 3 {
			t.Fatalf("version %d", n)
		}
		if f := w.facts()["plan_changed_with_reason"]; f.State != trajectory.Met {
			t.Errorf("adjusted with its reason: %+v", f)
		}
		changes := must(w.plans.Between(ctx, w.who("colleague"), w.id, 1, 0))(t)
		if len(changes) != 2 || changes[0].ID != a || changes[0].What != plan.Changed || changes[1].ID != b || changes[1].What != plan.New {
			t.Errorf("%+v", changes)
		}
		p = w.page("lead")
		if p.Plan.Standing != 3 || len(p.Versions) != 3 || p.Versions[0].Adjusts != 2 || p.Versions[0].DecidedBy == "" || len(p.Changes) != 0 {
			t.Errorf("%+v", p.Versions)
		}
		if _, err := w.plans.Adjust(ctx, lead, w.id, "nog eens", "de PLG"); key(err) != "plan.nothing_changed" {
			t.Errorf("%v", err)
		}
	})
}

func TestADecisionAboutAChangeOfASettledPlan(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		w.add("lead", plan.Action{Text: "een"})
		must(w.plans.PutUp(ctx, w.who("lead"), w.id, plan.ToDecision, ""))(t)
		w.settle(1, "agreed_subject_to")
		w.add("lead", plan.Action{Text: "twee"})
		must(w.plans.PutUp(ctx, w.who("lead"), w.id, plan.ToDecision, "erbij"))(t)
		w.settle(2, "no")
		if p := w.page("lead"); p.Plan.State != plan.Settled || p.Plan.Standing != 1 {
			t.Fatalf("no keeps what was settled: %+v", p.Plan)
		}
		must(w.plans.PutUp(ctx, w.who("lead"), w.id, plan.ToDecision, ""))(t)
		w.settle(2, "agreed")
		p := w.page("lead")
		if p.Plan.Standing != 2 || p.Versions[0].Adjusts != 1 || w.facts()["plan_changed_with_reason"].State != trajectory.Met {
			t.Errorf("%+v", p.Versions)
		}
		before := w.state()
		if err := w.settled(why.Ref{Kind: "plan", ID: w.other}, 2, "agreed"); !errs.IsAbsent(err) {
			t.Errorf("the plan of another trajectory: %v", err)
		}
		if err := w.settled(why.Ref{Kind: "plan", ID: w.id}, 9, "agreed"); !errs.IsAbsent(err) {
			t.Errorf("a version that is not there: %v", err)
		}
		if err := w.settled(why.Ref{Kind: "agreement_page", ID: "x"}, 1, "agreed"); err != nil || w.state() != before {
			t.Errorf("what is no plan is no concern of this room: %v", err)
		}
	})
}

func (w *town) settle(number int, outcome string) {
	w.t.Helper()
	if err := w.settled(why.Ref{Kind: "plan", ID: w.id}, number, outcome); err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) settled(ref why.Ref, number int, outcome string) error {
	seen := must(w.trajectories.Reach(w.t.Context(), w.d, w.who("lead"), w.id))(w.t)
	return w.d.Write(w.t.Context(), func(tx *db.Tx) error {
		return w.plans.Settled(w.t.Context(), tx, seen, ref, number, outcome)
	})
}

// Every act against every role, open and closed in.
func TestWhoMayDoWhat(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.add("lead", goal, finding)
		must(w.plans.PutUp(t.Context(), w.who("lead"), w.id, plan.Discussed, ""))(t)
		w.add("lead", plan.Core{Text: "een"})
		seeing := func(who access.Who) error {
			_, err := w.plans.Version(t.Context(), who, w.id, 1)
			return err
		}
		acts := map[string]func(ctx context.Context, who access.Who) error{
			"edit head": func(ctx context.Context, who access.Who) error {
				_, err := w.plans.EditHead(ctx, who, w.id, 99, plan.Head{Why: who.ID})
				return err
			},
			"add": func(ctx context.Context, who access.Who) error {
				_, err := w.plans.Add(ctx, who, w.id, plan.Core{Text: who.ID})
				return err
			},
			"edit": func(ctx context.Context, who access.Who) error {
				_, err := w.plans.Edit(ctx, who, w.id, id, 99, goal)
				return err
			},
			"answers": func(ctx context.Context, who access.Who) error {
				return w.plans.Answers(ctx, who, w.id, id, []why.Ref{finding})
			},
			"move": func(ctx context.Context, who access.Who) error { return w.plans.Move(ctx, who, w.id, id, 1) },
			"removed": func(ctx context.Context, who access.Who) error {
				_, err := w.plans.Removed(ctx, who, w.id)
				return err
			},
			"remove": func(ctx context.Context, who access.Who) error {
				if err := w.plans.Remove(ctx, who, w.id, id, 1); err != nil {
					return err
				}
				return w.plans.Restore(ctx, who, w.id, id)
			},
			"put up": func(ctx context.Context, who access.Who) error {
				_, err := w.plans.PutUp(ctx, who, w.id, plan.Discussed, "omdat")
				return err
			},
			"read": func(_ context.Context, who access.Who) error { return seeing(who) },
		}
		// The head clashes with nothing while it has no words; base 99 must not be kept as a version.
		must(w.plans.EditHead(t.Context(), w.who("lead"), w.id, 0, plan.Head{Why: "begin"}))(t)
		partTakes := "edit head, add, edit, answers, move, removed, read"
		rights := map[string]string{
			"lead": partTakes + ", remove, put up", "member": partTakes, "colleague": "read", "leader": "read", "guest": "read", "admin": "read", "outsider": "",
		}
		check := func(rights map[string]string, state string) {
			t.Helper()
			for name, may := range rights {
				who := w.who(name)
				for act, do := range acts {
					before := w.state()
					err := do(t.Context(), who)
					if slices.Contains(strings.Split(may, ", "), act) {
						if err != nil {
							t.Errorf("%s, %s: %s must be allowed: %v", state, name, act, err)
						}
						continue
					}
					if !errs.IsAbsent(err) {
						t.Errorf("%s, %s: %s must be absent: %v", state, name, act, err)
					}
					if w.state() != before {
						t.Errorf("%s, %s: refused %s changed something", state, name, act)
					}
				}
			}
		}
		check(rights, "open")
		w.closeIn()
		rights["colleague"], rights["admin"] = "", ""
		check(rights, "closed in")
		w.end()
		for name := range rights {
			rights[name] = strings.TrimPrefix(rights[name], strings.TrimSuffix(partTakes, "read"))
			rights[name] = strings.TrimSuffix(rights[name], ", remove, put up")
		}
		check(rights, "ended")
	})
}

func (w *town) end() {
	w.t.Helper()
	seen := must(w.trajectories.Reach(w.t.Context(), w.d, w.who("lead"), w.id))(w.t)
	if err := w.trajectories.SetState(w.t.Context(), w.who("lead"), w.id, seen.Version, trajectory.Stopped, "genoeg zo", ""); err != nil {
		w.t.Fatal(err)
	}
}

// A child of another trajectory under an allowed parent does not exist.
func TestForeignThingsAreAbsent(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx, lead := t.Context(), w.who("lead")
		id := w.add("lead", goal)
		core := w.add("lead", plan.Core{Text: "vast"})
		must(w.plans.Add(ctx, lead, w.other, goal))(t)
		before := w.state()
		tries := map[string]func() error{
			"edit under another parent":      func() error { _, err := w.plans.Edit(ctx, lead, w.other, id, 1, goal); return err },
			"edit as another kind":           func() error { _, err := w.plans.Edit(ctx, lead, w.id, id, 1, plan.Core{Text: "x"}); return err },
			"move under another parent":      func() error { return w.plans.Move(ctx, lead, w.other, id, 1) },
			"remove under another parent":    func() error { return w.plans.Remove(ctx, lead, w.other, id, 1) },
			"restore under another parent":   func() error { return w.plans.Restore(ctx, lead, w.other, id) },
			"let go under another parent":    func() error { return w.plans.LetGo(ctx, lead, w.other, id) },
			"past under another parent":      func() error { _, err := w.plans.Past(ctx, lead, w.other, id); return err },
			"version of another plan":        func() error { _, err := w.plans.Version(ctx, lead, w.other, 1); return err },
			"compare with nothing":           func() error { _, err := w.plans.Between(ctx, lead, w.id, 3, 0); return err },
			"a finding of another team":      func() error { return w.plans.Answers(ctx, lead, w.id, id, []why.Ref{foreign}) },
			"a ground that is no ground":     func() error { return w.plans.Answers(ctx, lead, w.id, id, []why.Ref{{Kind: "reflection", ID: "x"}}) },
			"a new goal on a foreign ground": func() error { _, err := w.plans.Add(ctx, lead, w.id, goal, foreign); return err },
			"a line that answers evidence":   func() error { _, err := w.plans.Add(ctx, lead, w.id, plan.Core{Text: "x"}, source); return err },
			"answers of what is no goal":     func() error { return w.plans.Answers(ctx, lead, w.id, core, nil) },
			"an owner from another board": func() error {
				_, err := w.plans.Add(ctx, lead, w.id, plan.Action{Text: "x", OwnerID: w.people["outsider"]})
				return err
			},
			"an action for a goal elsewhere": func() error {
				_, err := w.plans.Add(ctx, lead, w.other, plan.Action{Text: "x", GoalID: id})
				return err
			},
			"an action for what is no goal": func() error {
				_, err := w.plans.Add(ctx, lead, w.id, plan.Action{Text: "x", GoalID: core})
				return err
			},
			"nothing at all": func() error { _, err := w.plans.Edit(ctx, lead, w.id, "", 1, goal); return err },
		}
		for name, try := range tries {
			if err := try(); !errs.IsAbsent(err) {
				t.Errorf("%s: %v", name, err)
			}
			if w.state() != before {
				t.Fatalf("%s changed something", name)
			}
		}
		must(w.plans.Add(ctx, lead, w.id, plan.Action{Text: "x", OwnerID: w.people["colleague"], GoalID: id}))(t)
		must(w.plans.Add(ctx, lead, w.id, plan.Action{Text: "x", OwnerID: w.people["guest"]}))(t)
	})
}

func TestAnswersAndServingFollowTheEdits(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx, lead := t.Context(), w.who("lead")
		one, two := w.add("lead", goal, finding, source), w.add("lead", goal)
		w.link(against, why.Opposes, finding)
		a := w.add("member", plan.Action{Text: "x", GoalID: one}, voice)
		if g := w.page("lead").Grounds[a]; len(g.For) != 1 || len(g.Against) != 1 || len(g.Voices) != 1 {
			t.Fatalf("%+v", g)
		}
		must(w.plans.Edit(ctx, lead, w.id, a, 1, plan.Action{Text: "x", GoalID: two}))(t)
		if g := w.page("lead").Grounds[a]; len(g.Goals) != 1 || g.Goals[0].ID != two || len(g.Findings) != 0 || len(g.Voices) != 1 {
			t.Errorf("an action serves one goal, and keeps its voice: %+v", g)
		}
		if err := w.plans.Answers(ctx, lead, w.id, one, []why.Ref{voice}); err != nil {
			t.Fatal(err)
		}
		if g := w.page("lead").Grounds[one]; len(g.Findings) != 0 || len(g.For) != 0 || len(g.Voices) != 1 {
			t.Errorf("%+v", g)
		}
		must(w.plans.PutUp(ctx, lead, w.id, plan.Discussed, ""))(t)
		if err := w.plans.Answers(ctx, lead, w.id, one, nil); err != nil {
			t.Fatal(err)
		}
		if p := w.page("lead"); len(p.Changes) != 1 || p.Changes[0].Fields[0] != "answers" {
			t.Errorf("a goal that lost its ground is a change: %+v", p.Changes)
		}
	})
}

func TestThePageAsksAConstantNumberOfQueries(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		count := func() int {
			seen := must(w.trajectories.Reach(t.Context(), w.d, w.who("member"), w.id))(t)
			ctx, asked := db.Counting(t.Context())
			must(w.plans.Page(ctx, w.d, seen))(t)
			must(w.plans.Facts(ctx, w.d, seen))(t)
			return asked()
		}
		w.add("lead", goal, finding)
		few := count()
		for i := range 8 {
			g := w.add("member", goal, finding)
			w.add("second", plan.Action{Text: fmt.Sprint(i), GoalID: g, OwnerID: w.people["lead"]})
			must(w.plans.PutUp(t.Context(), w.who("lead"), w.id, plan.Discussed, "meer"))(t)
		}
		if many := count(); many != few || few != 8 {
			t.Errorf("%d queries for a small plan, %d for a large one", few, many)
		}
	})
}

func TestAPlanHasBounds(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for range 12 {
			w.add("lead", goal)
		}
		if _, err := w.plans.Add(t.Context(), w.who("lead"), w.id, goal); key(err) != "plan.too_many" {
			t.Errorf("%v", err)
		}
		first := w.page("lead").Goals[0]
		if err := w.plans.Remove(t.Context(), w.who("lead"), w.id, first.ID, 1); err != nil {
			t.Fatal(err)
		}
		w.add("lead", goal)
		if err := w.plans.Restore(t.Context(), w.who("lead"), w.id, first.ID); key(err) != "plan.too_many" {
			t.Errorf("%v", err)
		}
		many := slices.Repeat([]why.Ref{finding}, 31)
		if err := w.plans.Answers(t.Context(), w.who("lead"), w.id, w.page("lead").Goals[0].ID, many); key(err) != "plan.many_grounds" {
			t.Errorf("%v", err)
		}
	})
}

func TestADraftEndsWhenItBecomesText(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx, drafts := t.Context(), writing.NewDrafts(w.d, w.clock)
		me := w.people["member"]
		id := w.add("lead", goal)
		for _, k := range []string{plan.DraftKey("core", w.id), plan.DraftKey("goal", id), plan.DraftKey("plan", w.id)} {
			must(drafts.Save(ctx, me, k, writing.Body{"text": "half"}))(t)
		}
		w.add("member", plan.Core{Text: "heel"})
		must(w.plans.Edit(ctx, w.who("member"), w.id, id, 1, plan.Goal{Text: "heel"}))(t)
		must(w.plans.EditHead(ctx, w.who("member"), w.id, 0, plan.Head{Why: "heel"}))(t)
		for _, k := range []string{plan.DraftKey("core", w.id), plan.DraftKey("goal", id), plan.DraftKey("plan", w.id)} {
			if d := must(drafts.Of(ctx, me, k))(t); len(d.Body) != 0 {
				t.Errorf("%s still holds %v", k, d.Body)
			}
		}
	})
}

func TestThereForRoomsThatReact(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id, core := w.add("lead", goal), w.add("lead", plan.Core{Text: "vast"})
		there := func(name, kind, id string) bool {
			seen := must(w.trajectories.Reach(t.Context(), w.d, w.who(name), w.id))(t)
			err := w.plans.There(kind)(t.Context(), w.d, seen, id)
			if err != nil && !errs.IsAbsent(err) {
				t.Fatal(err)
			}
			return err == nil
		}
		for name, c := range map[string]struct {
			kind, id string
			want     bool
		}{
			"the plan itself":           {"plan", w.id, true},
			"a line of it":              {"plan", core, true},
			"a goal":                    {"goal", id, true},
			"a goal under another name": {"action_item", id, false},
			"a plan elsewhere":          {"plan", w.other, false},
			"nothing":                   {"goal", "", false},
		} {
			if got := there("colleague", c.kind, c.id); got != c.want {
				t.Errorf("%s: %v", name, got)
			}
		}
		defer func() {
			if recover() == nil {
				t.Error("a goal cannot answer a reflection: that is a mistake of ours")
			}
		}()
		w.plans.Cites("reflection", nil)
	})
}
