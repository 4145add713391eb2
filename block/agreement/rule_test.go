package agreement

import (
	"slices"
	"strings"
	"testing"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/trajectory"
)

func keys(err error) []string {
	var out []string
	for _, f := range errs.FieldsOf(err) {
		out = append(out, f.Name+" "+f.Key)
	}
	return out
}

const today = clock.Date("2026-03-19")

func long(n int) string { return strings.Repeat("é", n) }

func TestALineFitsItsPlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		l    Line
		page bool
		want []string
	}{
		{"whole", Line{Core, "Wij groeten bij de deur.", "ieder hoort zijn naam"}, true, nil},
		{"empty, of no kind", Line{Kind: "rule"}, true, []string{"kind form.choose", "body agreement.line_empty"}},
		{"too long for the page", Line{Core, long(maxBody + 1), ""}, true, []string{"body form.too_long_max"}},
		{"as long as fits", Line{Core, long(maxBody), long(maxQuality)}, true, nil},
		{"in an hour one says more", Line{Core, long(maxBody + 1), ""}, false, nil},
		{"there is an end to that", Line{Core, long(maxAgreed + 1), long(maxQuality + 1)}, false, []string{"body form.too_long_max", "quality form.too_long_max"}},
	} {
		if got := keys(c.l.Check(c.page)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestThePageIsFullAtSevenAndFive(t *testing.T) {
	t.Parallel()
	many := func(n int, k Kind, s State, on bool) []Agreement {
		return slices.Repeat([]Agreement{{ID: "x", Kind: k, State: s, OnPage: on}}, n)
	}
	for _, c := range []struct {
		name string
		all  []Agreement
		k    Kind
		not  string
		want string
	}{
		{"six is room for one", many(6, Core, Standing, true), Core, "", ""},
		{"seven is full", many(7, Core, Standing, true), Core, "", "agreement.core_full"},
		{"five of own choice is full", many(5, Room, Standing, true), Room, "", "agreement.room_full"},
		{"the other half does not count", many(7, Core, Standing, true), Room, "", ""},
		{"what is proposed does not count", many(9, Core, Proposed, true), Core, "", ""},
		{"nor what is retired or off the page", append(many(9, Core, Retired, true), many(9, Core, Standing, false)...), Core, "", ""},
		{"nor the line itself", many(7, Core, Standing, true), Core, "x", ""},
	} {
		got := ""
		if f := errs.FieldsOf(hasRoom(c.all, c.k, c.not)); len(f) > 0 {
			got = f[0].Key
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestWordsOfThePage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		w    Words
		want []string
	}{
		{"a title is enough", Words{Title: "Rust"}, nil},
		{"no title", Words{Sentence: "zin"}, []string{"title agreement.title_empty"}},
		{"too long", Words{Title: long(maxTitle + 1), Sentence: long(maxSentence + 1), Steps: []string{"a", long(maxStep + 1)}}, []string{"title form.too_long_max", "sentence form.too_long_max", "step-2 form.too_long_max"}},
		{"five steps", Words{Title: "Rust", Steps: []string{"a", "b", "c", "d", "e"}}, []string{"step-1 agreement.many_steps"}},
	} {
		if got := keys(c.w.Check()); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	w := Words{Title: " Rust ", Steps: []string{"", " a ", "b"}}.clean()
	if back := WordsOf(w.body()); back.Title != "Rust" || !slices.Equal(back.Steps, []string{"a", "b"}) {
		t.Errorf("back %+v", back)
	}
}

func TestCareOfThePage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		c    Care
		was  clock.Date
		want []string
	}{
		{"nothing yet", Care{}, "", nil},
		{"whole", Care{CaretakerID: "a", StandInID: "b", ReviewOn: today.Add(1), Reading: []Reading{{"De kaart", "https://school.example/kaart"}, {"Vraag Rosa", ""}}}, "", nil},
		{"one's own stand-in", Care{CaretakerID: "a", StandInID: "a"}, "", []string{"stand_in agreement.stand_in_self"}},
		{"a stand-in for nobody", Care{StandInID: "a"}, "", []string{"caretaker agreement.caretaker_first"}},
		{"a day that is today", Care{ReviewOn: today}, "", []string{"review_on agreement.review_day"}},
		{"a day that has passed and stood already", Care{ReviewOn: today.Add(-30)}, today.Add(-30), nil},
		{"far away", Care{ReviewOn: "2030-01-01"}, "", []string{"review_on agreement.review_day"}},
		{"a link without a name", Care{Reading: []Reading{{"", "https://x.example"}}}, "", []string{"reading-1 agreement.reading_name"}},
		{"a link that is a script", Care{Reading: []Reading{{"a", ""}, {"b", "javascript:alert(1)"}}}, "", []string{"link-2 agreement.reading_link"}},
		{"a link with a space", Care{Reading: []Reading{{"b", "https://x.example/ \"onclick"}}}, "", []string{"link-1 agreement.reading_link"}},
		{"four to read", Care{Reading: []Reading{{"a", ""}, {"b", ""}, {"c", ""}, {"d", ""}}}, "", []string{"reading-1 agreement.many_reading"}},
		{"too long", Care{Hours: long(maxHours + 1), Doing: long(maxDoing + 1), Meeting: long(maxMeeting + 1), Often: long(maxOften + 1)}, "",
			[]string{"hours form.too_long_max", "doing form.too_long_max", "meeting form.too_long_max", "often form.too_long_max"}},
	} {
		if got := keys(c.c.clean().Check(today, c.was)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	c := Care{CaretakerID: "a", Hours: "h", Doing: "d", StandInID: "b", ReviewOn: today, Meeting: "m", Often: "o", Reading: []Reading{{"x", "https://x.example"}}, BuddyID: "c"}
	back := CareOf(c.body())
	if len(back.Reading) != 1 || back.Reading[0] != c.Reading[0] || back.CaretakerID != "a" || back.ReviewOn != today || back.BuddyID != "c" || back.Often != "o" {
		t.Errorf("back %+v", back)
	}
}

func TestWhoSeesWhoSigned(t *testing.T) {
	t.Parallel()
	p := Page{Care: Care{CaretakerID: "a", StandInID: "b", BuddyID: "c"}}
	if got := p.MaySeeSigned(); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("whoever keeps it alive, nobody else: %v", got)
	}
	if (Page{}).Keeps("") || !p.Keeps("b") || p.Keeps("c") {
		t.Error("who keeps it alive")
	}
	if got := (Page{}).MaySeeSigned(); len(got) != 0 {
		t.Errorf("without a caretaker nobody: %v", got)
	}
}

func TestHalfAYearOnIsAFriday(t *testing.T) {
	t.Parallel()
	for d := today; d < today.Add(7); d = d.Add(1) {
		half := HalfYear(d)
		if half.Weekday() != 5 || d.Days(half) < 175 || d.Days(half) > 190 {
			t.Errorf("%s: %s", d, half)
		}
	}
}

func TestWhenATaskIsDue(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, item          string
		last, since, review clock.Date
		want                clock.Date
	}{
		{"nobody keeps it", "zorg.1", "", "", "2026-06-12", ""},
		{"six weeks after being named", "zorg.1", "", "2026-03-19", "", "2026-04-30"},
		{"six weeks after the last time", "zorg.1", "2026-05-01", "2026-03-19", "", "2026-06-12"},
		{"a last time of somebody before does not count", "zorg.1", "2025-05-01", "2026-03-19", "", "2026-04-30"},
		{"newcomers come in August", "zorg.2", "", "2026-03-19", "", "2026-08-20"},
		{"named in the beginning of August", "zorg.2", "", "2026-08-05", "", "2026-08-20"},
		{"named after that day", "zorg.2", "", "2026-08-25", "", "2027-08-20"},
		{"done in August", "zorg.2", "2026-08-10", "2026-03-19", "", "2027-08-20"},
		{"done in July is not August", "zorg.2", "2026-07-01", "2026-03-19", "", "2026-08-20"},
		{"done two years on end", "zorg.2", "2027-08-21", "2026-03-19", "", "2028-08-20"},
		{"the day to look again", "zorg.4", "", "2026-03-19", "2026-06-12", "2026-06-12"},
		{"no day to look again", "zorg.4", "", "2026-03-19", "", ""},
		{"once a year in May", "zorg.5", "", "2026-03-19", "", "2026-05-01"},
		{"on a fixed agenda by itself", "zorg.6", "", "2026-03-19", "", ""},
		{"a task of a school's own", "eigen.1", "", "2026-03-19", "", "2026-09-17"},
	} {
		if got := DueOn(c.item, c.last, c.since, c.review); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestTheFirstTaskIsAsked(t *testing.T) {
	t.Parallel()
	tasks := []Task{{Item: method.Item{ID: "a"}, Due: today.Add(9)}, {Item: method.Item{ID: "b"}, Due: today.Add(3)}, {Item: method.Item{ID: "c"}, Due: today, Review: true}, {Item: method.Item{ID: "d"}}}
	if first, ok := First(tasks, today.Add(7)); !ok || first.Item.ID != "b" {
		t.Errorf("first %+v", first)
	}
	if _, ok := First(tasks, today.Add(1)); ok {
		t.Error("nothing is due yet, and the look again is asked by itself")
	}
}

func TestTheMethodHasSixTasks(t *testing.T) {
	t.Parallel()
	lib, err := method.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	pack, ok := lib.Latest("verbetercyclus")
	if !ok {
		t.Fatal("no pack")
	}
	tasks := Tasks(pack, Page{CareSince: today}, nil)
	if len(tasks) != 6 || !tasks[3].Review {
		t.Errorf("tasks %+v", tasks)
	}
	for _, task := range tasks {
		if _, known := rhythms[task.Item.ID]; !known {
			t.Errorf("%s has no rhythm of its own", task.Item.ID)
		}
	}
	small, _ := lib.Latest("kleine-ronde")
	if got := Tasks(small, Page{CareSince: today}, nil); len(got) != 0 {
		t.Errorf("a pack without the list has no tasks: %+v", got)
	}
	if got := BackStages(pack, "borg"); len(got) < 2 || !slices.Contains(got, "verdiep") || !slices.Contains(got, "besluit") {
		t.Errorf("back to %v", got)
	}
	if got := BackStages(pack, "nowhere"); got != nil {
		t.Errorf("from nowhere %v", got)
	}
}

func TestACheckCountsHands(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		h    Held
		want []string
	}{
		{"whole", Held{Yes: 10, Almost: 3, Wanted: WantedYes}, nil},
		{"no hands, no answer", Held{}, []string{"yes agreement.no_hands", "wanted form.choose"}},
		{"fewer than none", Held{Yes: 3, No: -1, Wanted: WantedNo}, []string{"no agreement.hands"}},
		{"tomorrow", Held{On: today.Add(1), Yes: 1, Wanted: WantedYes}, []string{"on agreement.held_later"}},
		{"looking again in the past", Held{Yes: 1, Wanted: WantedYes, NextOn: today}, []string{"next_on agreement.review_day"}},
		{"a speech", Held{Yes: 1, Wanted: WantedYes, Note: long(maxNote + 1)}, []string{"note form.too_long_max"}},
	} {
		if got := keys(c.h.Check(today)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	for _, c := range []struct {
		name string
		h    Held
		want clock.Date
	}{
		{"half a year on", Held{Wanted: WantedYes}, HalfYear(today)},
		{"as was said", Held{Wanted: WantedChanged, NextOn: today.Add(30)}, today.Add(30)},
		{"what stops is not looked at again", Held{Wanted: WantedNo}, ""},
	} {
		if got := c.h.next(today); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestHalfAYearWithoutACheck(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name          string
		secured, last clock.Date
		want          bool
	}{
		{"not secured", "", "", false},
		{"secured this month", today.Add(-20), "", false},
		{"secured half a year ago", today.Add(-182), "", true},
		{"a day less", today.Add(-181), "", false},
		{"checked since", today.Add(-400), today.Add(-30), false},
		{"checked long ago", today.Add(-400), today.Add(-200), true},
	} {
		if got := noCheckHalfYear(c.secured, c.last, today); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestAnEvaluationEndsSomewhere(t *testing.T) {
	t.Parallel()
	stages := []string{"verdiep", "besluit"}
	for _, c := range []struct {
		name string
		e    Evaluation
		want []string
	}{
		{"kept", Evaluation{Well: "We luisterden.", Problem: Smaller, Outcome: KeepIt}, nil},
		{"back", Evaluation{Otherwise: "Eerder tellen.", Problem: Smaller, Outcome: GoBack, BackTo: "verdiep"}, nil},
		{"back to nowhere", Evaluation{Well: "x", Problem: Gone, Outcome: GoBack, BackTo: "verken"}, []string{"outcome agreement.back_to"}},
		{"nothing said", Evaluation{}, []string{"well agreement.looked_back_empty", "problem form.choose", "outcome form.choose"}},
		{"too long", Evaluation{Well: long(maxLookedBack + 1), Problem: Other, Outcome: NewCycle}, []string{"well form.too_long_max"}},
		{"in the future", Evaluation{Well: "x", Problem: Other, Outcome: NewCycle, On: today.Add(1)}, []string{"on agreement.held_later"}},
	} {
		if got := keys(c.e.Check(stages, today)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	e := Evaluation{Well: " a ", Otherwise: "b", Rest: "c", Problem: Gone, Outcome: KeepIt, BackTo: "verdiep"}.clean(today)
	if e.BackTo != "" || e.On != today {
		t.Errorf("clean %+v", e)
	}
	if back := EvaluationOf(e.body()); back != e {
		t.Errorf("back %+v, want %+v", back, e)
	}
}

func TestWhatThePageTells(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		got  trajectory.Value
		want trajectory.Reading
	}{
		{"a page with all", pageReady(Ready{true, true, true}), trajectory.Met},
		{"a page without a day", pageReady(Ready{true, true, false}), trajectory.Partly},
		{"only a title", pageReady(Ready{Title: true}), trajectory.Partly},
		{"only a day", pageReady(Ready{Review: true}), trajectory.Open},
		{"nobody keeps it, though hours are there", cared(Care{Hours: "h", StandInID: "b"}), trajectory.Open},
		{"a caretaker alone", cared(Care{CaretakerID: "a"}), trajectory.Partly},
		{"with hours and a stand-in", cared(Care{CaretakerID: "a", Hours: "h", StandInID: "b"}), trajectory.Met},
		{"in which meeting, not how often", recurs(Care{Meeting: "m"}), trajectory.Partly},
		{"both", recurs(Care{Meeting: "m", Often: "o"}), trajectory.Met},
		{"neither", recurs(Care{}), trajectory.Open},
	} {
		if c.got.State != c.want {
			t.Errorf("%s: %s, want %s", c.name, c.got.State, c.want)
		}
	}
	r := ready(Page{Words: Words{Title: "x"}, Care: Care{ReviewOn: today.Add(-1)}}, []Agreement{{OnPage: true, State: Standing, Kind: Core}}, today)
	if !r.Title || !r.Core || r.Review {
		t.Errorf("a day that has passed is none: %+v", r)
	}
}
