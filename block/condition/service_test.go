package condition_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/condition"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/trajectory"
	"leerkring/writing"
)

const today clock.Date = "2026-03-19"

var (
	hour  = condition.Words{Kind: condition.Timetable, Text: "Donderdag het achtste uur vrij voor de PLG", Essential: true, SharedTime: true, By: "2026-04-10"}
	cover = condition.Words{Kind: condition.Time, Text: "Inval bij lesbezoek"}
)

func (w *town) ask(words condition.Words, whom string) string {
	return w.add("member", condition.New{Words: words, AskedID: w.people[whom], Says: "Lukt dat vóór april?"})
}

func yes(due clock.Date) condition.Answer {
	return condition.Answer{To: condition.Promised, Words: "Het staat er na de vakantie in.", Due: due}
}

func TestFromAskedToKept(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.ask(hour, "leader")
		w.add("second", condition.New{Words: cover})
		if e := w.last(); e.Kind != "condition.added" || e.To != 1 || e.TrajectoryID != w.id || e.SchoolID != w.schoolID {
			t.Errorf("journal: %+v", e)
		}
		p := w.page("leader")
		if len(p.Conditions) != 2 || p.Conditions[0].ID != id || p.Conditions[0].State != condition.Asked || p.Conditions[1].State != condition.Spotted {
			t.Fatalf("%+v", p.Conditions)
		}
		if v := p.Conditions[0]; !v.MayAnswer || v.MayMark || v.Last().Words != "Lukt dat vóór april?" || v.Last().By != w.people["member"] || v.Last().AskedID != w.people["leader"] {
			t.Errorf("%+v", v)
		}
		if p.People[w.people["leader"]].Name != "Naam leader" || p.Activation.Yes() || !p.MayWaive || !p.MayAdd {
			t.Errorf("%+v", p)
		}
		if f := w.facts(); f["shared_time_condition"].State != trajectory.Open || f["conditions_named"].State != trajectory.Partly {
			t.Errorf("facts: %v", f)
		}
		if err := w.conditions.Promise(ctx, w.who("leader"), id, 1, yes("2026-03-27")); err != nil {
			t.Fatal(err)
		}
		if e := w.last(); e.Kind != "condition.promised" || e.ObjectID != id {
			t.Errorf("journal: %+v", e)
		}
		if v := w.page("member").Conditions[0]; v.State != condition.Promised || v.Due != "2026-03-27" || v.AnsweredBy != w.people["leader"] || v.MayAnswer || !v.MayMark || v.Overdue {
			t.Errorf("%+v", v)
		}
		if a := w.page("member").Activation; !a.Yes() || w.facts()["shared_time_condition"].State != trajectory.Partly {
			t.Errorf("a promise lets the plan begin: %+v", a)
		}
		w.clock.Move(10 * 24 * time.Hour)
		if !w.page("member").Conditions[0].Overdue {
			t.Error("its day has passed")
		}
		if err := w.conditions.Mark(ctx, w.who("second"), id, 2, true, "Het staat in het rooster."); err != nil {
			t.Fatal(err)
		}
		if w.facts()["shared_time_condition"].State != trajectory.Met {
			t.Error("the shared hour is there")
		}
		if err := w.conditions.Mark(ctx, w.who("second"), id, 3, false, "Er is toch iets overheen gepland."); err != nil {
			t.Fatal(err)
		}
		if err := w.conditions.Ask(ctx, w.who("lead"), id, 4, w.people["timetabler"], "Kan het op dinsdag?"); err != nil {
			t.Fatal(err)
		}
		one := w.one("lead", id)
		var states []condition.State
		for _, s := range one.Said {
			states = append(states, s.State)
		}
		if want := []condition.State{condition.Asked, condition.Promised, condition.Kept, condition.NotKept, condition.Asked}; !slices.Equal(states, want) {
			t.Errorf("what was said stays: %v", states)
		}
		if one.AskedID != w.people["timetabler"] || one.AnsweredBy != "" || one.Due != "" || one.OpenSince != "2026-03-29" || one.Said[1].Due != "2026-03-27" || one.Said[1].Words == "" {
			t.Errorf("%+v", one)
		}
	})
}

func TestRightsPerRole(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.ask(hour, "timetabler")
		fresh := w.ask(cover, "timetabler")
		acts := map[string]func(who access.Who) error{
			"add": func(who access.Who) error {
				_, err := w.conditions.Add(ctx, who, w.id, condition.New{Words: cover})
				return err
			},
			"edit":    func(who access.Who) error { _, err := w.conditions.Edit(ctx, who, id, 1, hour); return err },
			"ask":     func(who access.Who) error { return w.conditions.Ask(ctx, who, id, 1, w.people["leader"], "") },
			"promise": func(who access.Who) error { return w.conditions.Promise(ctx, who, fresh, 1, yes("")) },
			"mark":    func(who access.Who) error { return w.conditions.Mark(ctx, who, id, 1, true, "") },
			"remove":  func(who access.Who) error { return w.conditions.Remove(ctx, who, id, 1) },
			"restore": func(who access.Who) error { return w.conditions.Restore(ctx, who, id) },
			"waive":   func(who access.Who) error { return w.conditions.Waive(ctx, who, w.id, "Wij lossen het op.") },
		}
		refused := map[string][]string{
			"colleague":  {"add", "edit", "ask", "promise", "mark", "remove", "restore", "waive"},
			"guest":      {"add", "edit", "ask", "promise", "mark", "remove", "restore", "waive"},
			"outsider":   {"add", "edit", "ask", "promise", "mark", "remove", "restore", "waive"},
			"admin":      {"add", "edit", "ask", "promise", "mark", "remove", "restore", "waive"},
			"timetabler": {"add", "edit", "ask", "mark", "remove", "restore", "waive"}, // is asked, and answers only
			"second":     {"promise", "remove", "waive"},
			"lead":       {"promise", "waive"}, // nobody promises for another
			"leader":     {"mark", "remove"},   // the group says whether it was kept
		}
		before := w.state()
		for name, list := range refused {
			for _, act := range list {
				if err := acts[act](w.who(name)); !errs.IsAbsent(err) {
					t.Errorf("%s may %s: %v", name, act, err)
				}
			}
		}
		if w.state() != before {
			t.Error("a refusal changed something")
		}
		for _, c := range []struct{ name, act string }{{"leader", "waive"}, {"leader", "add"}, {"timetabler", "promise"}, {"lead", "remove"}, {"second", "restore"}, {"second", "edit"}, {"leader", "ask"}} {
			if err := acts[c.act](w.who(c.name)); err != nil {
				t.Errorf("%s may %s: %v", c.name, c.act, err)
			}
		}
		if err := acts["mark"](w.who("second")); !errs.Is(err, errs.KindConflict) || key(err) != "condition.answered_meanwhile" {
			t.Errorf("marking what was asked again meanwhile: %v", err)
		}
	})
}

// Who is asked from outside a closed trajectory reads and answers that one condition, and
// nothing else.
func TestAskedFromOutsideAClosedTrajectory(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.ask(hour, "timetabler")
		other := w.ask(cover, "leader")
		w.closeIn()
		petra := w.who("timetabler")
		if _, err := w.trajectories.Reach(ctx, w.d, petra, w.id); !errs.IsAbsent(err) {
			t.Fatalf("the trajectory is closed to her: %v", err)
		}
		one := w.one("timetabler", id)
		if one.Inside || one.Title != "Feedback in elke les" || !one.MayAnswer || one.MayMark || one.MayEdit || one.MayRemove || len(one.History) != 0 || one.Today != today || !slices.Equal(one.Guests, []string{"Gijs Vreemd"}) || one.People[w.people["member"]].Name != "Naam member" {
			t.Errorf("%+v", one)
		}
		if _, err := w.conditions.One(ctx, w.d, petra, other); !errs.IsAbsent(err) {
			t.Errorf("another condition of that group: %v", err)
		}
		for _, name := range []string{"colleague", "outsider", "admin"} {
			if _, err := w.conditions.One(ctx, w.d, w.who(name), id); !errs.IsAbsent(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		before := w.state()
		if _, err := w.conditions.Edit(ctx, petra, id, 1, cover); !errs.IsAbsent(err) {
			t.Errorf("she changes its words: %v", err)
		}
		if err := w.conditions.Remove(ctx, petra, id, 1); !errs.IsAbsent(err) {
			t.Errorf("she takes it away: %v", err)
		}
		if w.state() != before {
			t.Error("a refusal changed something")
		}
		if err := w.conditions.Promise(ctx, petra, id, 1, condition.Answer{To: condition.Later, Due: "2026-04-01"}); err != nil {
			t.Fatal(err)
		}
		if err := w.conditions.Ask(ctx, w.who("lead"), id, 2, w.people["leader"], ""); err != nil {
			t.Fatal(err)
		}
		if _, err := w.conditions.One(ctx, w.d, petra, id); !errs.IsAbsent(err) {
			t.Errorf("asked no more, she sees it no more: %v", err)
		}
		gone := w.ask(cover, "timetabler")
		w.exec(`delete from staff where person_id = $1`, w.people["timetabler"])
		if _, err := w.conditions.One(ctx, w.d, w.who("timetabler"), gone); !errs.IsAbsent(err) {
			t.Errorf("she left the school: %v", err)
		}
	})
}

func TestWhoCanBeAsked(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		before := w.state()
		for name, id := range map[string]string{"somebody of another board": w.people["outsider"], "nobody": "0123456789abcdef"} {
			if _, err := w.conditions.Add(ctx, w.who("lead"), w.id, condition.New{Words: hour, AskedID: id}); !errs.IsAbsent(err) {
				t.Errorf("%s is asked: %v", name, err)
			}
		}
		if w.state() != before {
			t.Error("a refusal changed something")
		}
		w.ask(cover, "guest")
		id := w.add("lead", condition.New{Words: hour})
		if err := w.conditions.Ask(ctx, w.who("lead"), id, 0, "", ""); key(err) != "condition.asked_choose" {
			t.Errorf("asking nobody in particular: %v", err)
		}
	})
}

// Two people answer at once: one answer stands, the other is told to read it first, and
// nothing is said twice.
func TestTwoPeopleAnswerAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.ask(hour, "timetabler")
		var mu sync.Mutex
		var wg sync.WaitGroup
		conflicts := 0
		for _, name := range []string{"leader", "timetabler"} {
			who := w.who(name)
			wg.Go(func() {
				err := w.conditions.Promise(ctx, who, id, 1, yes(""))
				mu.Lock()
				defer mu.Unlock()
				if errs.Is(err, errs.KindConflict) {
					conflicts++
				} else if err != nil {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
		wg.Wait()
		if one := w.one("lead", id); conflicts != 1 || len(one.Said) != 2 || one.Step != 2 {
			t.Errorf("%d conflicts, %+v", conflicts, one.Said)
		}
	})
}

func TestWordsKeepTheirVersions(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.ask(hour, "leader")
		mine, theirs := hour, hour
		mine.Text, theirs.Text = "Dinsdag het achtste uur", "Woensdag het eerste uur"
		if clash, err := w.conditions.Edit(ctx, w.who("member"), id, 1, mine); err != nil || clash != nil {
			t.Fatal(err, clash)
		}
		clash, err := w.conditions.Edit(ctx, w.who("second"), id, 1, theirs)
		if err != nil || clash == nil || clash.Theirs["text"] != mine.Text || clash.Yours["text"] != theirs.Text || clash.Current != 2 {
			t.Fatalf("%v, %+v", err, clash)
		}
		one := w.one("second", id)
		if one.Text != mine.Text || len(one.History) != 3 || one.Version != 2 || one.Step != 1 {
			t.Errorf("%+v", one)
		}
		if clash, err := w.conditions.Edit(ctx, w.who("second"), id, 2, theirs); err != nil || clash != nil || w.one("lead", id).Text != theirs.Text {
			t.Errorf("merging: %v, %+v", err, clash)
		}
		if err := w.conditions.Remove(ctx, w.who("member"), id, 2); key(err) != "condition.answered_meanwhile" {
			t.Errorf("taking away words that were not read: %v", err)
		}
		if err := w.conditions.Remove(ctx, w.who("member"), id, 3); err != nil {
			t.Fatal(err)
		}
		if p := w.page("lead"); len(p.Conditions) != 0 || len(p.Taken) != 1 || !p.Activation.Yes() || len(w.asked("leader", today)) != 0 {
			t.Errorf("%+v", p)
		}
		for name, err := range map[string]error{
			"promise": w.conditions.Promise(ctx, w.who("leader"), id, 1, yes("")),
			"mark":    w.conditions.Mark(ctx, w.who("lead"), id, 1, true, ""),
		} {
			if key(err) != "condition.taken_away" {
				t.Errorf("%s what was taken away: %v", name, err)
			}
		}
		if _, err := w.conditions.One(ctx, w.d, w.who("lead"), id); !errs.IsAbsent(err) {
			t.Errorf("it has no page any more: %v", err)
		}
		for range 2 {
			if err := w.conditions.Restore(ctx, w.who("second"), id); err != nil {
				t.Fatal(err)
			}
		}
		if p := w.page("lead"); len(p.Conditions) != 1 || len(p.Conditions[0].Said) != 1 {
			t.Errorf("put back with what was said: %+v", p)
		}
	})
}

func TestALeaderSaysWhyAPlanCanBegin(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		leader := w.who("leader")
		if err := w.conditions.Waive(ctx, leader, w.id, "Er is niets open."); key(err) != "condition.nothing_open" {
			t.Errorf("nothing to waive: %v", err)
		}
		w.ask(hour, "leader")
		if err := w.conditions.Waive(ctx, leader, w.id, "  "); key(err) != "condition.waive_reason" {
			t.Errorf("without a reason: %v", err)
		}
		if err := w.conditions.Waive(ctx, leader, w.id, "Tot de zomer vergaderen we in de pauze."); err != nil {
			t.Fatal(err)
		}
		if e := w.last(); e.Kind != "condition.waived" || e.ObjectKind != "condition_waiver" {
			t.Errorf("journal: %+v", e)
		}
		p := w.page("member")
		if a := p.Activation; !a.Yes() || len(a.Open) != 1 || a.Waiver.Reason == "" || a.Waiver.By != w.people["leader"] || p.People[a.Waiver.By].Name == "" {
			t.Errorf("%+v", a)
		}
		second := cover
		second.Essential = true
		w.ask(second, "leader")
		if a := must(w.conditions.Activation(ctx, w.d, w.seen("colleague")))(t); a.Yes() || len(a.Open) != 2 {
			t.Errorf("the reason was about the other one: %+v", a)
		}
	})
}

func TestWhatWaitsForAPerson(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.ask(hour, "timetabler")
		w.ask(cover, "leader")
		names := func(name string, on clock.Date) string {
			out := ""
			for _, a := range w.asked(name, on) {
				out += fmt.Sprintf("%s %s %v. ", a.Text, a.Title, a.Promised)
			}
			return out
		}
		want := hour.Text + " Feedback in elke les false. "
		if got := names("timetabler", today); got != want {
			t.Errorf("asked: %q", got)
		}
		if len(w.asked("leader", today)) != 1 || len(w.asked("colleague", today)) != 0 || len(w.asked("lead", today)) != 0 || len(w.asked("outsider", today)) != 0 {
			t.Error("each is told about the own work only")
		}
		w.closeIn()
		if names("timetabler", today) != want {
			t.Error("also when the trajectory is closed")
		}
		if err := w.conditions.Promise(ctx, w.who("timetabler"), id, 1, condition.Answer{To: condition.Later, Due: "2026-04-01"}); err != nil {
			t.Fatal(err)
		}
		if names("timetabler", "2026-03-31") != "" || names("timetabler", "2026-04-01") != want {
			t.Error("later comes back on its day")
		}
		if err := w.conditions.Promise(ctx, w.who("timetabler"), id, 2, yes("2026-04-20")); err != nil {
			t.Fatal(err)
		}
		if names("timetabler", "2026-04-12") != "" || names("timetabler", "2026-04-13") != hour.Text+" Feedback in elke les true. " {
			t.Error("an own promise comes back in the week before its day")
		}
		w.exec(`update person set away_until_on = '2026-05-01' where id = $1`, w.people["timetabler"])
		if names("timetabler", "2026-04-30") != "" || names("timetabler", "2026-05-01") == "" {
			t.Error("who is away is asked nothing")
		}
		if err := w.trajectories.SetState(ctx, w.who("lead"), w.id, w.seen("lead").Version, trajectory.Paused, "We rusten even", "2026-06-01"); err != nil {
			t.Fatal(err)
		}
		if names("timetabler", "2026-05-01") != "" || len(w.asked("leader", today)) != 0 {
			t.Error("a team that rests asks nothing")
		}
	})
}

func TestAnEndedTrajectoryIsReadAndNotChanged(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.ask(hour, "timetabler")
		w.closeIn()
		if err := w.trajectories.SetState(ctx, w.who("lead"), w.id, w.seen("lead").Version, trajectory.Done, "", ""); err != nil {
			t.Fatal(err)
		}
		before := w.state()
		for name, err := range map[string]error{
			"promise from outside": w.conditions.Promise(ctx, w.who("timetabler"), id, 1, yes("")),
			"promise by a leader":  w.conditions.Promise(ctx, w.who("leader"), id, 1, yes("")),
			"mark":                 w.conditions.Mark(ctx, w.who("lead"), id, 1, true, ""),
			"ask":                  w.conditions.Ask(ctx, w.who("lead"), id, 1, w.people["leader"], ""),
		} {
			if !errs.IsAbsent(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if w.state() != before || w.one("member", id).MayAnswer || w.one("timetabler", id).MayAnswer {
			t.Error("it is there to read")
		}
	})
}

func TestOnePageIsAsManyQueriesHoweverMuchThereIs(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		count := func() string {
			seen, who := w.seen("member"), w.who("leader")
			ctx, n := db.Counting(t.Context())
			must(w.conditions.Read(ctx, w.d, seen))(t)
			read := n()
			must(w.conditions.Facts(ctx, w.d, seen))(t)
			facts := n() - read
			must(w.conditions.AskedOf(ctx, who, today))(t)
			return fmt.Sprint(read, facts, n()-read-facts)
		}
		w.ask(hour, "leader")
		few := count()
		for range 8 {
			id := w.ask(cover, "leader")
			if err := w.conditions.Promise(t.Context(), w.who("leader"), id, 1, yes("2026-03-20")); err != nil {
				t.Fatal(err)
			}
		}
		if many := count(); many != few || few != "4 1 1" {
			t.Errorf("%s queries with little, %s with much", few, many)
		}
	})
}

func TestADraftEndsWhenItIsSaid(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		drafts := writing.NewDrafts(w.d, w.clock)
		waiting := func(name string) int {
			return len(must(drafts.Under(ctx, w.people[name], condition.DraftPrefix(w.id)))(t))
		}
		must(drafts.Save(ctx, w.people["member"], condition.DraftKey(w.id, ""), writing.Body{"text": "half"}))(t)
		id := w.ask(hour, "leader")
		must(drafts.Save(ctx, w.people["leader"], condition.DraftKey(w.id, id), writing.Body{"words": "half"}))(t)
		if err := w.conditions.Promise(ctx, w.who("leader"), id, 1, yes("")); err != nil || waiting("member")+waiting("leader") != 0 {
			t.Errorf("%v, %d and %d drafts", err, waiting("member"), waiting("leader"))
		}
	})
}
