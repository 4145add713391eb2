package meeting

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/trajectory"
)

func stage() *method.Stage {
	return &method.Stage{ID: "doe", Questions: []method.Question{
		{ID: "q1", Weight: method.Core, Text: method.Text{NL: "een"}},
		{ID: "q2", Weight: method.Core, Text: method.Text{NL: "twee"}},
		{ID: "q3", Weight: method.Core, Text: method.Text{NL: "drie"}},
		{ID: "s1", Weight: method.WhenStuck, When: "count_lower_twice", Text: method.Text{NL: "vast"}},
		{ID: "m1", Weight: method.More, Text: method.Text{NL: "meer"}},
	}}
}

func short(list []Proposal) string {
	out := ""
	for _, p := range list {
		out += fmt.Sprintf("%s:%s%s(%s) ", p.Part, p.ElementID, p.GateID, p.ReasonKey)
	}
	return out
}

func TestPropose(t *testing.T) {
	t.Parallel()
	open := []trajectory.Criterion{{Criterion: method.Criterion{ID: "g0", Weight: method.Core}, State: trajectory.Met}, {Criterion: method.Criterion{ID: "g1", Weight: method.Core}, State: trajectory.Partly}}
	for _, c := range []struct {
		name string
		k    Known
		want string
	}{
		{"a first hour without a gate asks the three core questions", Known{},
			"learn:q1(meeting.because_not_heard) learn:q2(meeting.because_not_heard) learn:q3(meeting.because_not_heard) "},
		{"an open criterion becomes the thing to decide", Known{Gate: open},
			"learn:q1(meeting.because_not_heard) learn:q2(meeting.because_not_heard) decide:g1(meeting.because_open) "},
		{"last time comes first", Known{Earlier: true, Gate: open},
			"share:(meeting.because_last) learn:q1(meeting.because_not_heard) learn:q2(meeting.because_not_heard) decide:g1(meeting.because_open) "},
		{"another sound goes before what was heard least", Known{Gate: open, Voiced: []Voiced{{ElementID: "q1", Count: 5}, {ElementID: "q3", Count: 4, OtherSound: "Joost"}}},
			"learn:q3(meeting.because_other_sound) learn:q2(meeting.because_not_heard) decide:g1(meeting.because_open) "},
		{"what the coach would ask now takes a place", Known{Facts: trajectory.Facts{"count_lower_twice": trajectory.Is(true)}, Voiced: []Voiced{{ElementID: "q1", Count: 2}, {ElementID: "q2", Count: 1}, {ElementID: "q3", Count: 3}}},
			"learn:s1(meeting.because_stuck) learn:q2(meeting.because_heard_least) learn:q1(meeting.because_heard_least) "},
	} {
		c.k.Stage, c.k.Minutes = stage(), 60
		if got := short(Propose(c.k)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestMinutesAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		k := Known{Stage: stage(), Minutes: rapid.IntRange(30, 240).Draw(t, "minutes"), Earlier: rapid.Bool().Draw(t, "earlier")}
		if rapid.Bool().Draw(t, "gate") {
			k.Gate = []trajectory.Criterion{{Criterion: method.Criterion{ID: "g1", Weight: method.Core}, State: trajectory.Open}}
		}
		sum := 0
		for _, p := range Propose(k) {
			if p.Minutes < itemStep || p.Minutes%itemStep != 0 {
				t.Fatalf("%d minutes for %s", p.Minutes, p.Part)
			}
			sum += p.Minutes
		}
		if want := k.Minutes - k.Minutes%itemStep; sum != want {
			t.Fatalf("%d minutes proposed for an hour of %d", sum, want)
		}
	})
}

func TestSpent(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 19, 14, 10, 0, 0, time.UTC)
	items := []Item{{Part: Learn, Minutes: 20, StartedAt: at, EndedAt: at.Add(12 * time.Minute)}, {Part: Organise, Minutes: 5, StartedAt: at, EndedAt: at.Add(14 * time.Minute)}}
	if got := Spent(items); got[Learn] != 12 || got[Organise] != 14 {
		t.Errorf("%v", got)
	}
	if !MostlyOrganising(items) {
		t.Error("14 of 26 minutes is more than half")
	}
	if MostlyOrganising(nil) {
		t.Error("no hour, nothing to say")
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 19, 14, 10, 0, 0, time.UTC)
	if _, err := (Meeting{State: Closed}).Begin(now); !errs.Is(err, errs.KindInvalid) {
		t.Error("a closed meeting does not begin again")
	}
	if m, err := (Meeting{State: Ready}).Begin(now); err != nil || m.State != Live || m.StartedAt != now {
		t.Error("a ready meeting begins")
	}
	if _, err := (Meeting{State: Ready}).Close(now); !errs.Is(err, errs.KindInvalid) {
		t.Error("what did not begin does not close")
	}
	items := []Item{{ID: "a"}, {ID: "b"}}
	if i, ok := Next(items, ""); !ok || i.ID != "a" {
		t.Error("the first item comes first")
	}
	if _, ok := Next(items, "b"); ok {
		t.Error("after the last there is none")
	}
}

func TestPlansAreChecked(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 17, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name  string
		plan  Plan
		field string
	}{
		{"an hour on Thursday", Plan{StartsAt: now.AddDate(0, 0, 2), Minutes: 60}, ""},
		{"last week", Plan{StartsAt: now.AddDate(0, 0, -7), Minutes: 60}, "date"},
		{"two minutes", Plan{StartsAt: now.AddDate(0, 0, 2), Minutes: 2}, "minutes"},
	} {
		err := c.plan.Check(now)
		if c.field == "" && err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if c.field != "" && (len(errs.FieldsOf(err)) != 1 || errs.FieldsOf(err)[0].Name != c.field) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
