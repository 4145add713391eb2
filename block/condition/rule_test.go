package condition

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/trajectory"
)

const today clock.Date = "2026-03-19"

func keyOf(err error) string {
	if f := errs.FieldsOf(err); len(f) > 0 {
		return f[0].Name + ": " + f[0].Key
	}
	return ""
}

func TestWhatAConditionNeeds(t *testing.T) {
	t.Parallel()
	hour := Words{Kind: Timetable, Text: "Donderdag het achtste uur vrij"}
	with := func(change func(*Words)) Words { w := hour; change(&w); return w }
	for name, c := range map[string]struct {
		words Words
		want  string
	}{
		"one sentence and what it is about":   {hour, ""},
		"without words":                       {with(func(w *Words) { w.Text = " \n" }), "text: condition.text_empty"},
		"about nothing":                       {with(func(w *Words) { w.Kind = "" }), "kind: condition.kind_choose"},
		"about something that we do not know": {with(func(w *Words) { w.Kind = "love" }), "kind: condition.kind_choose"},
		"kept short, counted in characters":   {with(func(w *Words) { w.Text = strings.Repeat("é", 301) }), "text: form.too_long_max"},
		"three hundred characters are fine":   {with(func(w *Words) { w.Text = strings.Repeat("é", 300) }), ""},
		"needed on a day that does not exist": {with(func(w *Words) { w.By = "2026-02-30" }), "by: form.date"},
	} {
		if got := keyOf(c.words.Check()); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	for _, w := range []Words{hour, {Mandate, "Wij beslissen zelf", true, false, "2026-04-01"}, {Time, "Een uur", false, true, ""}} {
		if got := WordsOf(w.body()); got != w {
			t.Errorf("%+v became %+v", w, got)
		}
	}
}

// Every move between every two states, as one table: what is not in it is refused.
func TestFromEveryStateToEveryState(t *testing.T) {
	t.Parallel()
	possible := map[State]string{
		Spotted:  "asked promised refused later kept",
		Asked:    "asked promised refused later kept",
		Promised: "promised refused later kept not_kept",
		Refused:  "asked promised refused later kept",
		Later:    "asked promised refused later kept",
		Kept:     "not_kept",
		NotKept:  "asked promised refused later kept",
	}
	steps := map[State]Step{Asked: {AskedID: "petra"}, Promised: {}, Refused: {Words: "geen uren"}, Later: {Due: "2026-04-01"}, Kept: {}, NotKept: {}, Spotted: {}}
	for was, list := range possible {
		for to, step := range steps {
			step.To = to
			c := Condition{State: was, Step: 4, AskedID: "ilse", OpenSince: "2026-03-01"}
			got, err := c.Take(step, "ilse", today)
			may := slices.Contains(strings.Fields(list), string(to))
			switch {
			case may && (err != nil || got.State != to || got.Step != 5):
				t.Errorf("%s to %s: %+v, %v", was, to, got, err)
			case !may && (keyOf(err) != ": condition.moved_on" || !errs.Is(err, errs.KindConflict) || !reflect.DeepEqual(got, c)):
				t.Errorf("%s to %s is no step: %+v, %v", was, to, got, err)
			}
			if c.Can(to) != may {
				t.Errorf("%s to %s: Can says %v", was, to, !may)
			}
		}
	}
}

func TestWhatAStepNeedsAndLeaves(t *testing.T) {
	t.Parallel()
	asked := Condition{State: Asked, AskedID: "ilse", OpenSince: "2026-03-01", Words: Words{By: "2026-04-10"}}
	for name, c := range map[string]struct {
		from Condition
		step Step
		want string
		left Condition // state, asked, answered, due and open since
	}{
		"asking somebody":                     {Condition{State: Spotted, OpenSince: "2026-03-05"}, Step{To: Asked, AskedID: "petra"}, "", Condition{State: Asked, AskedID: "petra", OpenSince: "2026-03-05"}},
		"asking nobody":                       {asked, Step{To: Asked}, "asked: condition.asked_choose", Condition{}},
		"asking again clears the answer":      {Condition{State: Later, AskedID: "ilse", AnsweredBy: "ilse", Due: "2026-05-01", OpenSince: "2026-03-01"}, Step{To: Asked, AskedID: "ilse"}, "", Condition{State: Asked, AskedID: "ilse", OpenSince: "2026-03-01"}},
		"yes, by the day that it is needed":   {asked, Step{To: Promised}, "", Condition{State: Promised, AskedID: "ilse", AnsweredBy: "nel", Due: "2026-04-10"}},
		"yes, by a day of one's own":          {asked, Step{To: Promised, Due: "2026-03-19"}, "", Condition{State: Promised, AskedID: "ilse", AnsweredBy: "nel", Due: "2026-03-19"}},
		"yes, by yesterday":                   {asked, Step{To: Promised, Due: "2026-03-18"}, "due: condition.due_past", Condition{}},
		"yes, in another age":                 {asked, Step{To: Promised, Due: "2028-04-01"}, "due: condition.due_far", Condition{}},
		"yes, on no day":                      {asked, Step{To: Promised, Due: "spring"}, "due: form.date", Condition{}},
		"no, and why":                         {asked, Step{To: Refused, Words: "Er zijn geen uren."}, "", Condition{State: Refused, AskedID: "ilse", AnsweredBy: "nel", OpenSince: "2026-03-01"}},
		"no, and that is all":                 {asked, Step{To: Refused, Words: " - "}, "words: condition.refuse_words", Condition{}},
		"later, on a day":                     {asked, Step{To: Later, Due: "2026-03-20"}, "", Condition{State: Later, AskedID: "ilse", AnsweredBy: "nel", Due: "2026-03-20", OpenSince: "2026-03-01"}},
		"later, today":                        {asked, Step{To: Later, Due: today}, "due: condition.later_when", Condition{}},
		"later, some day":                     {asked, Step{To: Later}, "due: condition.later_when", Condition{}},
		"kept":                                {Condition{State: Promised, Due: "2026-03-01"}, Step{To: Kept}, "", Condition{State: Kept, Due: "2026-03-01"}},
		"not kept is open from today":         {Condition{State: Promised, Due: "2026-03-01"}, Step{To: NotKept}, "", Condition{State: NotKept, Due: "2026-03-01", OpenSince: today}},
		"taking a promise back is open again": {Condition{State: Promised}, Step{To: Refused, Words: "Het lukt niet."}, "", Condition{State: Refused, AnsweredBy: "nel", OpenSince: today}},
		"words have an end":                   {asked, Step{To: Promised, Words: strings.Repeat("w", 601)}, "words: form.too_long_max", Condition{}},
	} {
		got, err := c.from.Take(c.step, "nel", today)
		if keyOf(err) != c.want {
			t.Errorf("%s: got %q, want %q", name, keyOf(err), c.want)
			continue
		}
		if err == nil && (got.State != c.left.State || got.AskedID != c.left.AskedID || got.AnsweredBy != c.left.AnsweredBy || got.Due != c.left.Due || got.OpenSince != c.left.OpenSince) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestAPlanWaitsForWhatIsEssential(t *testing.T) {
	t.Parallel()
	essential := func(id string, s State) Condition {
		return Condition{ID: id, Words: Words{Essential: true}, State: s}
	}
	gone := essential("g", Refused)
	gone.RemovedAt = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	waive := func(id string, ids ...string) Waiver {
		return Waiver{ID: id, Conditions: ids, Reason: "Wij lossen het op."}
	}
	for name, c := range map[string]struct {
		list    []Condition
		waivers []Waiver
		open    int
		yes     bool
		by      string
	}{
		"nothing is needed":                      {nil, nil, 0, true, ""},
		"something is open, but not essential":   {[]Condition{{ID: "a", State: Refused}}, nil, 0, true, ""},
		"promised is enough":                     {[]Condition{essential("a", Promised), essential("b", Kept)}, nil, 0, true, ""},
		"asked is not":                           {[]Condition{essential("a", Asked)}, nil, 1, false, ""},
		"an honest no is not":                    {[]Condition{essential("a", Refused), essential("b", Later), essential("c", NotKept), essential("d", Spotted)}, nil, 4, false, ""},
		"what was taken away holds nothing up":   {[]Condition{gone}, nil, 0, true, ""},
		"a leader says why":                      {[]Condition{essential("a", Asked), essential("b", Later)}, []Waiver{waive("w", "a", "b", "c")}, 2, true, "w"},
		"a leader said why of another":           {[]Condition{essential("a", Asked), essential("b", Later)}, []Waiver{waive("w", "a")}, 2, false, ""},
		"the newest reason that covers":          {[]Condition{essential("a", Asked)}, []Waiver{waive("new", "b"), waive("later", "a"), waive("old", "a")}, 1, true, "later"},
		"no waiver is shown when none is needed": {[]Condition{essential("a", Kept)}, []Waiver{waive("w", "a")}, 0, true, ""},
	} {
		if got := CanActivate(c.list, c.waivers); len(got.Open) != c.open || got.Yes() != c.yes || got.Waiver.ID != c.by {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestFactsFromWhatIsNeeded(t *testing.T) {
	t.Parallel()
	v := func(s trajectory.Reading, n int) trajectory.Value { return trajectory.Value{State: s, Number: n} }
	shared := func(s State) Condition { return Condition{Words: Words{SharedTime: true}, State: s} }
	gone := shared(Kept)
	gone.RemovedAt = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		list []Condition
		fact method.Fact
		want trajectory.Value
	}{
		"nothing named":                            {nil, "conditions_named", v(trajectory.Open, 0)},
		"a name and a day":                         {[]Condition{{State: Asked, AskedID: "p", Words: Words{By: "2026-04-01"}}}, "conditions_named", v(trajectory.Met, 1)},
		"a name without a day":                     {[]Condition{{State: Asked, AskedID: "p"}}, "conditions_named", v(trajectory.Open, 0)},
		"a leader promised unasked, by a day":      {[]Condition{{State: Promised, AnsweredBy: "p", Due: "2026-04-01"}, {State: Spotted, Words: Words{By: "2026-04-01"}}}, "conditions_named", v(trajectory.Partly, 1)},
		"it was there already":                     {[]Condition{{State: Kept}}, "conditions_named", v(trajectory.Met, 1)},
		"nothing essential is open":                {[]Condition{{State: Asked, OpenSince: "2026-03-01"}}, "essential_condition_open_days", v(trajectory.Open, 0)},
		"the longest that is open":                 {[]Condition{{State: Asked, OpenSince: "2026-03-10", Words: Words{Essential: true}}, {State: Refused, OpenSince: "2026-03-05", Words: Words{Essential: true}}}, "essential_condition_open_days", v(trajectory.Met, 14)},
		"a promise is not open":                    {[]Condition{{State: Promised, Words: Words{Essential: true}}}, "essential_condition_open_days", v(trajectory.Open, 0)},
		"no shared hour":                           {[]Condition{{State: Kept}}, "shared_time_condition", v(trajectory.Open, 0)},
		"a shared hour is promised":                {[]Condition{shared(Promised)}, "shared_time_condition", v(trajectory.Partly, 1)},
		"a shared hour is in the timetable":        {[]Condition{shared(Kept), shared(Asked)}, "shared_time_condition", v(trajectory.Met, 1)},
		"one kept, one promised":                   {[]Condition{shared(Kept), shared(Promised)}, "shared_time_condition", v(trajectory.Met, 1)},
		"a shared hour that was taken away":        {[]Condition{gone}, "shared_time_condition", v(trajectory.Open, 0)},
		"a shared hour that was asked and no more": {[]Condition{shared(Asked)}, "shared_time_condition", v(trajectory.Open, 0)},
	} {
		got := tell(c.list, today)
		if len(got) != 3 || got[c.fact] != c.want {
			t.Errorf("%s: %s is %+v, want %+v", name, c.fact, got[c.fact], c.want)
		}
	}
}

func TestAPromiseIsOverdueAfterItsDay(t *testing.T) {
	t.Parallel()
	for due, want := range map[clock.Date]bool{"2026-03-18": true, today: false, "": false} {
		if got := (Condition{State: Promised, Due: due}).Overdue(today); got != want {
			t.Errorf("due %q: %v", due, got)
		}
	}
	if (Condition{State: Later, Due: "2026-03-01"}).Overdue(today) {
		t.Error("later is no promise")
	}
}
