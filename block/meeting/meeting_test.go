package meeting

import (
	"cmp"
	"fmt"
	"strings"
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
		out += fmt.Sprintf("%s:%s(%s) ", p.Part, p.ElementID, strings.TrimPrefix(p.Reason, "meeting.because_"))
	}
	return out
}

func TestPropose(t *testing.T) {
	t.Parallel()
	open := []trajectory.Criterion{{Criterion: method.Criterion{ID: "g0", Weight: method.Core}, State: trajectory.Met}, {Criterion: method.Criterion{ID: "g1", Weight: method.Core}, State: trajectory.Partly}}
	silent := []Voiced{{ElementID: "q1"}, {ElementID: "q2"}, {ElementID: "q3"}}
	for _, c := range []struct {
		name string
		k    Known
		want string
	}{
		{"a first hour without a gate asks the three core questions", Known{Voiced: silent},
			"learn:q1(not_heard) learn:q2(not_heard) learn:q3(not_heard) "},
		{"an open criterion becomes the thing to decide", Known{Gate: open, Voiced: silent},
			"learn:q1(not_heard) learn:q2(not_heard) decide:g1(open) "},
		{"last time comes first", Known{Earlier: true, Gate: open, Voiced: silent},
			"share:(last) learn:q1(not_heard) learn:q2(not_heard) decide:g1(open) "},
		{"another sound goes before what was heard least", Known{Gate: open, Voiced: []Voiced{{ElementID: "q1", Count: 5}, {ElementID: "q2"}, {ElementID: "q3", Count: 4, OtherSound: true}}},
			"learn:q3(other_sound) learn:q2(not_heard) decide:g1(open) "},
		{"what the coach would ask now takes a place", Known{Facts: trajectory.Facts{"count_lower_twice": trajectory.Is(true)}, Voiced: []Voiced{{ElementID: "q1", Count: 2}, {ElementID: "q2", Count: 1}, {ElementID: "q3", Count: 3}}},
			"learn:s1(stuck) learn:q2(heard_least) learn:q1(heard_least) "},
		{"another sound in a question that waits behind the link is due as well", Known{Voiced: []Voiced{{ElementID: "m1", Count: 1, OtherSound: true}}},
			"learn:m1(other_sound) learn:q1(core) learn:q2(core) "},
		{"a quarter of an hour has one question", Known{Minutes: 15, Earlier: true, Gate: open, Voiced: silent},
			"share:(last) learn:q1(not_heard) "},
		{"ten minutes do not look back", Known{Minutes: 10, Earlier: true, Gate: open, Voiced: silent},
			"learn:q1(not_heard) "},
		{"without questions there is a criterion at least", Known{Stage: &method.Stage{ID: "x"}, Gate: open},
			"decide:g1(open) "},
	} {
		if c.k.Stage == nil {
			c.k.Stage = stage()
		}
		c.k.Minutes = cmp.Or(c.k.Minutes, 60)
		if got := short(Propose(c.k)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestMinutesAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		k := Known{Stage: stage(), Minutes: rapid.IntRange(10, 240).Draw(t, "minutes"), Earlier: rapid.Bool().Draw(t, "earlier")}
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

func at(minute int) time.Time { return time.Date(2026, 3, 19, 14, 10+minute, 0, 0, time.UTC) }

func TestTimeOfAnItem(t *testing.T) {
	t.Parallel()
	i := Item{Minutes: 20}.start(at(0))
	if i.Left(at(5)) != 15*time.Minute || i.Left(at(22)) != -2*time.Minute {
		t.Errorf("left %v, %v", i.Left(at(5)), i.Left(at(22)))
	}
	if again := i.start(at(3)); again != i {
		t.Error("who presses again does not begin again")
	}
	i = i.stop(at(8), time.Hour)
	if i.Running() || i.Left(at(30)) != 12*time.Minute || i.stop(at(40), time.Hour) != i {
		t.Errorf("while the group is elsewhere nothing runs: %+v", i)
	}
	i = i.start(at(30))
	if i.Left(at(31)) != 11*time.Minute || !i.Since().Equal(at(22)) {
		t.Errorf("back at an item it goes on where it was: %v, %v", i.Left(at(31)), i.Since())
	}
	if i = i.stop(at(30).Add(72*time.Hour), time.Hour); i.Spent != 68*time.Minute {
		t.Errorf("an hour that nobody closed counts as an hour: %v", i.Spent)
	}
}

func TestSpent(t *testing.T) {
	t.Parallel()
	plan := []Item{{Part: Learn, Minutes: 20}, {Part: Organise, Minutes: 5}, {Part: Decide, Minutes: 35}}
	if got := Spent(plan); got[Learn] != 20 || got[Organise] != 5 || got[Decide] != 35 {
		t.Errorf("before the hour it is as planned: %v", got)
	}
	held := []Item{plan[0].start(at(0)).stop(at(12), time.Hour), plan[1].start(at(12)).stop(at(26), time.Hour), plan[2]}
	if got := Spent(held); got[Learn] != 12 || got[Organise] != 14 || len(got) != 2 {
		t.Errorf("what was skipped takes nothing: %v", got)
	}
	if !MostlyOrganising(held) || MostlyOrganising(plan) {
		t.Error("14 of 26 minutes is more than half, 5 of 60 is not")
	}
	if MostlyOrganising(nil) {
		t.Error("no hour, nothing to say")
	}
	if Planned(plan) != 60 {
		t.Error("the hour adds up")
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
	begun := Meeting{State: Live, StartedAt: now, CurrentID: "a"}
	if m, err := begun.NotYet(0); err != nil || m.State != Ready || !m.StartedAt.IsZero() || m.CurrentID != "" {
		t.Errorf("who tried the board has not begun: %+v, %v", m, err)
	}
	if _, err := begun.NotYet(1); err == nil || errs.FieldsOf(err)[0].Key != "meeting.something_said" {
		t.Errorf("an hour in which something was said goes on: %v", err)
	}
	if _, err := (Meeting{State: Ready}).NotYet(0); !errs.Is(err, errs.KindInvalid) {
		t.Error("what did not begin is not taken back")
	}
	items := []Item{{ID: "a"}, {ID: "b"}}
	if i, ok := Next(items, ""); !ok || i.ID != "a" {
		t.Error("the first item comes first")
	}
	if _, ok := Next(items, "b"); ok {
		t.Error("after the last there is none")
	}
	if _, ok := Next(items, "gone"); ok {
		t.Error("after what is not there comes nothing")
	}
	if _, ok := Next(nil, ""); ok {
		t.Error("an empty hour has no first item")
	}
}

func TestWhenSomethingCanBeWritten(t *testing.T) {
	t.Parallel()
	closed := Meeting{State: Closed, ClosedAt: at(0)}
	for _, c := range []struct {
		name string
		m    Meeting
		now  time.Time
		want bool
	}{
		{"while it goes on", Meeting{State: Live}, at(0), true},
		{"the same evening", closed, at(0).Add(6 * time.Hour), true},
		{"two days later", closed, at(0).Add(48 * time.Hour), false},
		{"an hour that is off", Meeting{State: Cancelled}, at(0), false},
	} {
		if c.m.Takes(c.now) != c.want {
			t.Errorf("%s: %v", c.name, !c.want)
		}
	}
}

func TestChangingThePlan(t *testing.T) {
	t.Parallel()
	p := Plan{StartsAt: at(0), Minutes: 60, KeeperID: "k"}
	m, err := Meeting{State: Ready, HostID: "h", StartsAt: at(30), Minutes: 45}.planned(p)
	if err != nil || m.HostID != "h" || m.KeeperID != "k" || m.Minutes != 60 {
		t.Errorf("somebody always leads: %+v, %v", m, err)
	}
	if _, err := (Meeting{State: Live, StartsAt: at(30), Minutes: 60}).planned(p); err == nil {
		t.Error("the time of an hour that goes on stays")
	}
	if _, err := (Meeting{State: Live, StartsAt: at(0), Minutes: 60}).planned(p); err != nil {
		t.Errorf("another keeper of the board is fine: %v", err)
	}
	if _, err := (Meeting{State: Closed, StartsAt: at(0), Minutes: 60}).planned(p); err == nil {
		t.Error("an hour that is over stays")
	}
}

func TestNotesAreTidy(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		n     NewNote
		field string
	}{
		{"words", NewNote{Body: "  Zij las eerst het voorbeeld. "}, ""},
		{"of a pupil", NewNote{Body: "Ik vergelijk", SaidBy: ByPupil}, ""},
		{"of the group", NewNote{Body: "We weten het niet", SaidBy: ByGroup}, ""},
		{"nothing", NewNote{Body: " \n "}, "note"},
		{"a whole story", NewNote{Body: strings.Repeat("o", maxNote+1)}, "note"},
		{"of nobody", NewNote{Body: "Ja", SaidBy: "Piet"}, "said_by"},
	} {
		n, err := c.n.tidy()
		switch {
		case c.field == "" && (err != nil || strings.TrimSpace(n.Body) != n.Body):
			t.Errorf("%s: %q, %v", c.name, n.Body, err)
		case c.field != "" && (len(errs.FieldsOf(err)) != 1 || errs.FieldsOf(err)[0].Name != c.field):
			t.Errorf("%s: %v", c.name, err)
		}
	}
	n := Note{WriterID: "keeper", PersonID: "joost"}
	if !n.Mine("keeper") || !n.Mine("joost") || n.Mine("noor") || n.Mine("") {
		t.Error("words are of who wrote them and of who said them")
	}
}

func TestItemsAreChecked(t *testing.T) {
	t.Parallel()
	good := NewItem{Part: Learn, Question: "Wat zagen we?", Minutes: 10}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	for field, bad := range map[string]NewItem{
		"part":     {Part: "chat", Question: good.Question, Minutes: 10},
		"question": {Part: Learn, Question: " ? ", Minutes: 10},
		"minutes":  {Part: Learn, Question: good.Question},
	} {
		if err := bad.Check(); len(errs.FieldsOf(err)) != 1 || errs.FieldsOf(err)[0].Name != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	many := make([]NewItem, mostItems+1)
	for i := range many {
		many[i] = good
	}
	if err := checkItems(many); !errs.Is(err, errs.KindInvalid) || checkItems(many[1:]) != nil {
		t.Errorf("an hour holds %d items: %v", mostItems, err)
	}
	if !IsReason(BecauseOpen) || IsReason("omdat het kan") || IsReason("") {
		t.Error("a reason of the product is told from somebody's own")
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
