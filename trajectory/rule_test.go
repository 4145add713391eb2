package trajectory_test

import (
	"strings"
	"testing"

	"leerkring/internal/clock"
	"leerkring/method"
	"leerkring/trajectory"
)

func TestReadingAGateOff(t *testing.T) {
	t.Parallel()
	facts := trajectory.Facts{"choice_made": trajectory.Is(true), "parked_list": trajectory.Is(false), "vision_linked": trajectory.Share(1, 3), "findings_labelled": trajectory.Share(3, 3), "sources_translated": trajectory.Count(0)}
	for name, c := range map[string]struct {
		from []method.Fact
		call trajectory.Reading
		want trajectory.Reading
	}{
		"met when every fact is":              {[]method.Fact{"choice_made", "findings_labelled"}, "", trajectory.Met},
		"partly when one is":                  {[]method.Fact{"choice_made", "parked_list"}, "", trajectory.Partly},
		"partly when one is partly":           {[]method.Fact{"vision_linked"}, "", trajectory.Partly},
		"open when none is":                   {[]method.Fact{"parked_list", "sources_translated"}, "", trajectory.Open},
		"open when nobody tells":              {[]method.Fact{"plan_fields_complete"}, "", trajectory.Open},
		"open when nothing is asked":          {nil, "", trajectory.Open},
		"the team's own word over what was":   {[]method.Fact{"parked_list"}, trajectory.Met, trajectory.Met},
		"the team's own word, also downwards": {[]method.Fact{"choice_made"}, trajectory.Open, trajectory.Open},
		"counting nothing is open":            {[]method.Fact{"sources_translated"}, "", trajectory.Open},
		"a share of everything is met":        {[]method.Fact{"findings_labelled"}, "", trajectory.Met},
	} {
		stage := &method.Stage{Gate: []method.Criterion{{ID: "g", Weight: method.Core, From: c.from}}}
		var calls []trajectory.Call
		if c.call != "" {
			calls = []trajectory.Call{{ElementID: "g", Value: c.call, Note: "zo"}, {ElementID: "other", Value: trajectory.Met}}
		}
		got := trajectory.Gate(stage, facts, calls)
		if len(got) != 1 || got[0].State != c.want || got[0].Called != (c.call != "") {
			t.Errorf("%s: %+v", name, got)
		}
		open := 1
		if c.want == trajectory.Met {
			open = 0
		}
		if trajectory.OpenCore(got) != open {
			t.Errorf("%s: %d open", name, trajectory.OpenCore(got))
		}
	}
	if got := trajectory.Gate(&method.Stage{Gate: []method.Criterion{{ID: "m", Weight: "more"}}}, facts, nil); trajectory.OpenCore(got) != 0 {
		t.Error("only core criteria hold a team back")
	}
}

func TestAShareIsOfSomething(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		have, of int
		want     trajectory.Reading
	}{{0, 0, trajectory.Open}, {3, 0, trajectory.Open}, {0, 4, trajectory.Open}, {1, 4, trajectory.Partly}, {4, 4, trajectory.Met}, {5, 4, trajectory.Met}} {
		if got := trajectory.Share(c.have, c.of); got.State != c.want {
			t.Errorf("%d of %d: %s", c.have, c.of, got.State)
		}
	}
}

func TestAStageOpensFourQuestionsAtMost(t *testing.T) {
	t.Parallel()
	q := func(id string, w method.Weight, when method.Fact) method.Question {
		return method.Question{ID: id, Weight: w, When: when}
	}
	facts := trajectory.Facts{"stuck": trajectory.Is(true), "also": trajectory.Is(true), "calm": trajectory.Is(false)}
	ids := func(list []method.Question) string {
		out := ""
		for _, x := range list {
			out += x.ID + " "
		}
		return out
	}
	for name, c := range map[string]struct {
		all        []method.Question
		open, more string
	}{
		"core ones":                     {[]method.Question{q("a", method.Core, ""), q("b", method.Core, "")}, "a b ", ""},
		"not more than four":            {[]method.Question{q("a", method.Core, ""), q("b", method.Core, ""), q("c", method.Core, ""), q("d", method.Core, ""), q("e", method.Core, "")}, "a b c d ", "e "},
		"one that helps when stuck":     {[]method.Question{q("a", method.Core, ""), q("s", method.WhenStuck, "stuck"), q("z", method.WhenStuck, "also")}, "a s ", "z "},
		"not when the team goes on":     {[]method.Question{q("a", method.Core, ""), q("s", method.WhenStuck, "calm")}, "a ", "s "},
		"the rest stands behind a link": {[]method.Question{q("m", "more", ""), q("a", method.Core, "")}, "a ", "m "},
	} {
		open, more := trajectory.Questions(&method.Stage{Questions: c.all}, facts)
		if ids(open) != c.open || ids(more) != c.more {
			t.Errorf("%s: %q and %q", name, ids(open), ids(more))
		}
	}
}

func TestStepsAreThoseOfThePack(t *testing.T) {
	t.Parallel()
	pack := &method.Pack{Stages: []method.Stage{{ID: "a"}, {ID: "b", BackTo: []string{"a"}}, {ID: "c", BackTo: []string{"a", "b"}}}}
	for stage, want := range map[string]int{"a": 1, "b": 2, "c": 2, "unknown": 0} {
		if got := trajectory.Steps(pack, stage); len(got) != want {
			t.Errorf("%s: %v", stage, got)
		}
	}
	if got := trajectory.Steps(pack, "c"); got[0] != (trajectory.Step{Move: trajectory.MoveBack, StageID: "a"}) {
		t.Errorf("%v", got)
	}
}

func TestStatesOfATrajectory(t *testing.T) {
	t.Parallel()
	const today = clock.Date("2026-03-19")
	all := []trajectory.State{trajectory.Draft, trajectory.Active, trajectory.Paused, trajectory.Stopped, trajectory.Done}
	allowed := map[trajectory.State]string{trajectory.Draft: "active stopped", trajectory.Active: "paused stopped done", trajectory.Paused: "active stopped", trajectory.Stopped: "active", trajectory.Done: "active"}
	for _, from := range all {
		for _, to := range all {
			got, err := trajectory.Trajectory{State: from}.Rest(to, "Omdat het zo is.", "2026-04-01", today)
			want := false
			for _, s := range strings.Fields(allowed[from]) {
				want = want || s == string(to)
			}
			if (err == nil) != want || err == nil && got.State != to {
				t.Errorf("%s to %s: %v", from, to, err)
			}
			if err == nil && (got.StateUntil != "") != (to == trajectory.Paused) {
				t.Errorf("%s to %s: until %q", from, to, got.StateUntil)
			}
		}
	}
}
