package monitor

import (
	"slices"
	"strings"
	"testing"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/trajectory"
)

func keys(err error) []string {
	var out []string
	for _, f := range errs.FieldsOf(err) {
		out = append(out, f.Name+" "+f.Key)
	}
	return out
}

func TestWhatATellingMayHold(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", maxTold+1)
	for _, c := range []struct {
		name string
		t    Telling
		want []string
	}{
		{"a total is enough", Telling{Totals: map[string]Total{"a": {0, 3}}}, nil},
		{"one sentence is enough", Telling{Seen: "Ze vroegen elkaar."}, nil},
		{"only what follows is nothing", Telling{Follows: Help}, []string{"seen monitor.told_nothing"}},
		{"spaces are nothing", Telling{Seen: "  "}, []string{"seen monitor.told_nothing"}},
		{"more than there were", Telling{Totals: map[string]Total{"a": {4, 3}}}, []string{"yes-a monitor.total_more"}},
		{"of nothing", Telling{Totals: map[string]Total{"a": {0, 0}}}, []string{"of-a monitor.total_of"}},
		{"less than nothing", Telling{Totals: map[string]Total{"a": {-1, 3}}}, []string{"of-a monitor.total_of"}},
		{"too long, in the order of the form", Telling{Helped: long, Rival: long}, []string{"helped form.too_long_max", "rival form.too_long_max"}},
		{"exactly as long as fits", Telling{Seen: strings.Repeat("é", maxTold)}, nil},
		{"no such answer", Telling{Seen: "x", Follows: "blame", Found: "who"}, []string{"follows form.choose", "found form.choose"}},
	} {
		if got := keys(c.t.Check()); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestATellingComesBackFromItsVersion(t *testing.T) {
	t.Parallel()
	in := Telling{On: "2026-03-19", Totals: map[string]Total{"a": {7, 12}, "b": {0, 1}}, Seen: "s", Helped: "h", Hindered: "i", Follows: Adjust, Next: "n", Rival: "r", Convince: "c", Found: FoundNot}
	out := TellingOf(in.words())
	if len(out.Totals) != 2 || out.Totals["a"] != in.Totals["a"] || out.Totals["b"] != in.Totals["b"] {
		t.Errorf("totals %v", out.Totals)
	}
	in.Totals, out.Totals = nil, nil
	if in.On != out.On || in.Seen != out.Seen || in.Helped != out.Helped || in.Hindered != out.Hindered || in.Follows != out.Follows || in.Next != out.Next || in.Rival != out.Rival || in.Convince != out.Convince || in.Found != out.Found {
		t.Errorf("got %+v, want %+v", out, in)
	}
	if damaged := TellingOf(map[string]string{"count.a": "seven of twelve"}); len(damaged.Totals) != 0 {
		t.Errorf("a damaged total is none: %v", damaged.Totals)
	}
}

func TestAMomentIsAShortOne(t *testing.T) {
	t.Parallel()
	today := clock.Date("2026-03-19")
	for _, c := range []struct {
		name string
		n    NewMoment
		want []string
	}{
		{"today with the usual minutes", NewMoment{On: today}, nil},
		{"yesterday", NewMoment{On: "2026-03-18"}, []string{"on monitor.when"}},
		{"no day", NewMoment{}, []string{"on monitor.when"}},
		{"years ahead", NewMoment{On: "2028-01-01"}, []string{"on monitor.when"}},
		{"a whole morning", NewMoment{On: today, Minutes: 180}, []string{"minutes monitor.minutes"}},
		{"another way", NewMoment{On: today, How: "survey"}, []string{"how form.choose"}},
		{"a long question", NewMoment{On: today, Question: strings.Repeat("w", maxQuestion+1)}, []string{"question form.too_long_max"}},
	} {
		if got := keys(c.n.Check(today)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestHoldingAndSkipping(t *testing.T) {
	t.Parallel()
	today := clock.Date("2026-03-19")
	for _, c := range []struct {
		name string
		m    Moment
		t    Telling
		day  clock.Date
		want []string
	}{
		{"held today when no day is said", Moment{State: Planned, On: "2026-03-26"}, Telling{}, today, nil},
		{"held on a day that has passed", Moment{State: Planned}, Telling{On: "2026-03-12"}, "2026-03-12", nil},
		{"a correction keeps the day", Moment{State: Held, HeldOn: "2026-03-12"}, Telling{}, "2026-03-12", nil},
		{"a skipped one can be held after all", Moment{State: Skipped, Word: "vrij"}, Telling{}, today, nil},
		{"not before it is there", Moment{State: Planned}, Telling{On: "2026-03-20"}, "", []string{"on monitor.held_later"}},
	} {
		m, err := c.m.hold(c.t, today)
		if got := keys(err); !slices.Equal(got, c.want) || m.HeldOn != c.day && err == nil || err == nil && (m.State != Held || m.Word != "" || m.Told.On != c.day) {
			t.Errorf("%s: %v %+v", c.name, got, m)
		}
	}
	for _, c := range []struct {
		name, word string
		state      State
		want       []string
	}{
		{"with a word", " vrij ", Planned, nil},
		{"without", " ", Planned, []string{"word monitor.skip_word"}},
		{"after it was held", "vrij", Held, []string{" monitor.is_held"}},
		{"with a speech", strings.Repeat("w", maxWord+1), Planned, []string{"word form.too_long_max"}},
	} {
		m, err := Moment{State: c.state}.skip(c.word)
		if got := keys(err); !slices.Equal(got, c.want) || err == nil && (m.State != Skipped || m.Word != "vrij") {
			t.Errorf("%s: %v %+v", c.name, got, m)
		}
	}
}

func TestIndicatorsHaveWordsAndAKind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		n    NewIndicator
		want []string
	}{
		{"whole", NewIndicator{Kind: Mechanism, Body: "Ze kiezen zelf", Unit: "klassen"}, nil},
		{"no words, no kind", NewIndicator{Body: " a "}, []string{"kind form.choose", "body monitor.indicator_empty"}},
		{"too long", NewIndicator{Kind: Result, Body: strings.Repeat("w", maxIndicator+1), Unit: strings.Repeat("w", maxUnit+1)}, []string{"body form.too_long_max", "unit form.too_long_max"}},
	} {
		if got := keys(c.n.Check()); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestThreeDaysWithSchool(t *testing.T) {
	t.Parallel()
	holiday := func(from, to clock.Date) school.Period {
		return school.Period{Kind: school.Holiday, From: from, To: to}
	}
	for _, c := range []struct {
		name  string
		today clock.Date // a Thursday, unless said
		p     []school.Period
		want  []clock.Date
	}{
		{"ordinary weeks", "2026-03-19", nil, []clock.Date{"2026-03-26", "2026-04-09", "2026-04-30"}},
		{"on a Saturday Mondays are proposed", "2026-03-21", nil, []clock.Date{"2026-03-23", "2026-04-06", "2026-04-27"}},
		{"a day off moves within its week", "2026-03-19", []school.Period{holiday("2026-03-26", "2026-03-26")}, []clock.Date{"2026-03-27", "2026-04-09", "2026-04-30"}},
		{"a Friday off is moved to before", "2026-03-20", []school.Period{holiday("2026-03-27", "2026-03-27")}, []clock.Date{"2026-03-23", "2026-04-10", "2026-05-01"}},
		{"a holiday does not count", "2026-03-19", []school.Period{holiday("2026-03-21", "2026-04-05")}, []clock.Date{"2026-04-09", "2026-04-23", "2026-05-14"}},
		{"nor does a busy week of one of the teams", "2026-03-19", []school.Period{{Kind: school.Busy, TeamID: "t", From: "2026-03-23", To: "2026-03-27"}}, []clock.Date{"2026-04-02", "2026-04-16", "2026-05-07"}},
		{"that of another team does", "2026-03-19", []school.Period{{Kind: school.Busy, TeamID: "x", From: "2026-03-23", To: "2026-03-27"}}, []clock.Date{"2026-03-26", "2026-04-09", "2026-04-30"}},
		{"a year without school gives none", "2026-03-19", []school.Period{holiday("2026-01-01", "2027-12-31")}, nil},
	} {
		got := Three(school.Calendar{Periods: c.p}, c.today, []string{"t"})
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		cal := school.Calendar{Periods: c.p}
		for _, d := range got {
			if !cal.SchoolDay(d) {
				t.Errorf("%s: %s is no school day", c.name, d)
			}
		}
	}
}

// row makes a series of a kind from totals out of ten.
func row(k Kind, yes ...int) Series {
	s := Series{Indicator: Indicator{Kind: k}}
	for i, y := range yes {
		s.Points = append(s.Points, Point{On: clock.Date("2026-03-01").Add(7 * i), Total: Total{y, 10}})
	}
	return s
}

func TestCountsAreMostlyMet(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		s    []Series
		want trajectory.Reading
	}{
		{"nothing counted", nil, trajectory.Open},
		{"followed and not counted", []Series{row(CarriedOut)}, trajectory.Open},
		{"three times at least half", []Series{row(CarriedOut, 5, 7, 6)}, trajectory.Met},
		{"what was before the last three is past", []Series{row(CarriedOut, 1, 1, 5, 7, 6)}, trajectory.Met},
		{"twice is no ordinary week yet", []Series{row(CarriedOut, 9, 9)}, trajectory.Partly},
		{"one below half", []Series{row(CarriedOut, 8, 4, 8)}, trajectory.Partly},
		{"all below half", []Series{row(CarriedOut, 4, 4, 1)}, trajectory.Open},
		{"two are followed, one is not there yet", []Series{row(CarriedOut, 8, 8, 8), row(CarriedOut, 8)}, trajectory.Partly},
		{"other kinds do not count here", []Series{row(Result, 9, 9, 9)}, trajectory.Open},
	} {
		if got := mostlyMet(c.s).State; got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestWhatTheRowsTell(t *testing.T) {
	t.Parallel()
	held := func(t Telling) []Moment { return []Moment{{State: Held, HeldOn: "2026-03-19", Told: t}} }
	for _, c := range []struct {
		name string
		got  any
		want any
	}{
		{"the mechanism was seen in half", mechanismSeen([]Series{row(Mechanism, 1, 5)}, nil).State, trajectory.Met},
		{"the last time counts", mechanismSeen([]Series{row(Mechanism, 9, 2)}, nil).State, trajectory.Partly},
		{"it was not seen at all", mechanismSeen([]Series{row(Mechanism, 0)}, nil).State, trajectory.Open},
		{"words without a count are partly", mechanismSeen(nil, held(Telling{Seen: "Ze vragen elkaar."})).State, trajectory.Partly},
		{"words beside a count that says no", mechanismSeen([]Series{row(Mechanism, 0)}, held(Telling{Seen: "Ze vragen elkaar."})).State, trajectory.Open},
		{"fell twice", lowerTwice([]Series{row(CarriedOut, 9, 8, 7)}), true},
		{"fell once", lowerTwice([]Series{row(CarriedOut, 7, 8, 7)}), false},
		{"stayed the same", lowerTwice([]Series{row(CarriedOut, 8, 8, 7)}), false},
		{"two are too few to fall twice", lowerTwice([]Series{row(CarriedOut, 8, 7)}), false},
		{"a result that falls is no fall of carrying out", lowerTwice([]Series{row(Result, 9, 8, 7)}), false},
		{"a smaller part of more is a fall", lowerTwice([]Series{{Indicator: Indicator{Kind: CarriedOut}, Points: []Point{{Total: Total{3, 4}}, {Total: Total{6, 9}}, {Total: Total{6, 10}}}}}), true},
		{"a result was added", resultRises([]Series{row(Result)}), true},
		{"a result rises", resultRises([]Series{row(Result, 5, 6)}), true},
		{"a result falls", resultRises([]Series{row(Result, 6, 5)}), false},
		{"no result is followed", resultRises([]Series{row(Mechanism, 5, 6)}), false},
		{"a rival was named", rivalNamed(held(Telling{Rival: "Toetsweek"})), true},
		{"no rival", rivalNamed(held(Telling{Seen: "x"})), false},
		{"what waits in a planned moment is no telling", rivalNamed([]Moment{{State: Planned, Told: Telling{Rival: "x"}}}), false},
		{"help was found in part", helpFindable(held(Telling{Found: FoundPartly})).State, trajectory.Partly},
		{"help was not talked about", helpFindable(held(Telling{Seen: "x"})).State, trajectory.Open},
		{"the last word about help counts", helpFindable([]Moment{{State: Held, HeldOn: "2026-03-19", Told: Telling{Found: FoundYes}}, {State: Held, HeldOn: "2026-03-12", Told: Telling{Found: FoundNot}}}).State, trajectory.Met},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
}

func TestASeriesIsALineFromThreeMomentsOn(t *testing.T) {
	t.Parallel()
	i := []Indicator{{ID: "a"}, {ID: "b"}}
	m := []Moment{
		{ID: "2", State: Held, HeldOn: "2026-03-12", Told: Telling{Totals: map[string]Total{"a": {2, 3}}}},
		{ID: "1", State: Held, HeldOn: "2026-03-05", Told: Telling{Totals: map[string]Total{"a": {1, 3}}}},
		{ID: "3", State: Planned, Told: Telling{Totals: map[string]Total{"a": {9, 9}}}},
	}
	s := SeriesOf(i, m)
	if len(s) != 2 || len(s[0].Points) != 2 || s[0].Points[0].MomentID != "1" || s[0].Line() || len(s[1].Points) != 0 {
		t.Errorf("two points, in order, and no line: %+v", s)
	}
	if last, ok := s[0].Last(); !ok || last.Total != (Total{2, 3}) {
		t.Errorf("last %v", last)
	}
	m[2].State, m[2].HeldOn = Held, "2026-03-19"
	if s := SeriesOf(i, m); !s[0].Line() {
		t.Error("three are a line")
	}
	if (Total{}).Share() != 0 || (Total{3, 4}).Share() != 0.75 || (Total{1, 3}).Half() || !(Total{1, 2}).Half() {
		t.Error("shares")
	}
}

func TestMissingDays(t *testing.T) {
	t.Parallel()
	days := []clock.Date{"2026-03-26", "2026-04-09", "2026-04-30"}
	planned := []Moment{{State: Planned, On: "2026-03-24"}, {State: Skipped, On: "2026-04-09"}, {State: Held, On: "2026-04-30"}}
	if got := missing(days, planned); !slices.Equal(got, days[1:]) {
		t.Errorf("only a planned moment of the same week takes its place: %v", got)
	}
}
