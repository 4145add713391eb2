package plan

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/trajectory"
	"leerkring/why"
	"leerkring/writing"
)

func keyOf(err error) string {
	if f := errs.FieldsOf(err); len(f) > 0 {
		return f[0].Name + ": " + f[0].Key
	}
	return ""
}

func TestWhatAnItemNeeds(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 301)
	for name, c := range map[string]struct {
		item Item
		want string
	}{
		"a goal is one sentence":                  {Goal{Text: "Elke leerling hoort een volgende stap."}, ""},
		"a goal without words is no goal":         {Goal{Text: "  ", Approach: "iets"}, "text: plan.goal_empty"},
		"a goal is short, counted in characters":  {Goal{Text: long}, "text: form.too_long_max"},
		"three hundred characters are fine":       {Goal{Text: long[:600]}, ""},
		"an action needs no who and when yet":     {Action{Text: "Voorbeelden verzamelen"}, ""},
		"an action without words is no action":    {Action{Who: "iedereen"}, "text: plan.action_empty"},
		"an action ends after it began":           {Action{Text: "Oefenen", FromOn: "2026-05-22", ToOn: "2026-04-13"}, "to_on: plan.days_turned"},
		"an action of one day":                    {Action{Text: "Oefenen", FromOn: "2026-05-22", ToOn: "2026-05-22"}, ""},
		"a day that does not exist":               {Action{Text: "Oefenen", FromOn: "2026-02-30"}, "from_on: form.date"},
		"a core line has words":                   {Core{}, "text: plan.core_empty"},
		"a room line has words":                   {Room{Pace: true}, "text: plan.room_empty"},
		"a hearing says who":                      {Hearing{What: "Hoe loopt het?"}, "who: plan.hearing_who"},
		"a hearing says what":                     {Hearing{Who: "Ouders"}, "what: plan.hearing_what"},
		"a look has a question":                   {Look{On: "2026-06-04"}, "question: plan.look_question"},
		"a look may get its day later":            {Look{Question: "Lukt het?"}, ""},
		"a look on no day":                        {Look{Question: "Lukt het?", On: "juni"}, "on: form.date"},
		"when in words is kept short":             {Hearing{Who: "Ouders", What: "Brief", When: strings.Repeat("w", 121)}, "when: form.too_long_max"},
		"hours in words are kept short, and fine": {Action{Text: "Oefenen", Hours: "kost geen extra tijd"}, ""},
	} {
		if got := keyOf(c.item.Check()); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	if err := (Head{Strategy: "someday", Detail: "vague"}).Check(); len(errs.FieldsOf(err)) != 2 {
		t.Errorf("both choices of the head must be refused: %v", err)
	}
	if err := (Head{}).Check(); err != nil {
		t.Errorf("an empty head is the start of a plan: %v", err)
	}
}

func TestItemsComeBackAsTheyWent(t *testing.T) {
	t.Parallel()
	for _, item := range []Item{
		Goal{"Doel", "aanpak", "docenten", "leerlingen", "resultaat", "merken"},
		Action{"Actie", "p1", "allen", "2026-04-13", "2026-05-22", "na de vakantie", "2 uur", "3A", "g1"},
		Core{"vast"}, Room{"vrij", true}, Room{"vrij", false}, Hearing{"ouders", "brief", "2026-04-01", "april"}, Look{"2026-06-04", "Lukt het?", "gesprek", "Esra"},
	} {
		if got := ItemOf(item.Kind(), item.body()); !reflect.DeepEqual(got, item) {
			t.Errorf("%s: %+v became %+v", item.Kind(), item, got)
		}
	}
	h := Head{"waarom", "houden", Pilot, "3A", InDetail}
	if got := HeadOf(h.body()); got != h {
		t.Errorf("%+v became %+v", h, got)
	}
}

func TestCompareTellsNewChangedAndGone(t *testing.T) {
	t.Parallel()
	item := func(id string, position int, text string, answers ...why.Ref) Frozen {
		return Frozen{ID: id, Kind: GoalKind, Position: position, Body: writing.Body{"text": text}, Answers: answers}
	}
	f1, f2 := why.Ref{Kind: "finding", ID: "1"}, why.Ref{Kind: "finding", ID: "2"}
	before := Snapshot{Head: writing.Body{"why": "eerst"}, Items: []Frozen{item("a", 1, "blijft", f1, f2), item("b", 2, "oud"), item("c", 3, "weg"), item("d", 4, "grond", f1)}}
	after := Snapshot{Head: writing.Body{"why": "daarna", "keep": "dit"}, Items: []Frozen{item("b", 1, "nieuw"), item("a", 2, "blijft", f2, f1), item("d", 3, "grond", f2), item("e", 4, "erbij")}}
	want := []struct {
		id     string
		what   What
		fields string
	}{{"", Changed, "keep why"}, {"b", Changed, "text"}, {"d", Changed, "answers"}, {"e", New, "text"}, {"c", Gone, "text"}}
	got := Compare(before, after)
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i, w := range want {
		if got[i].ID != w.id || got[i].What != w.what || strings.Join(got[i].Fields, " ") != w.fields {
			t.Errorf("change %d: got %+v, want %+v", i, got[i], w)
		}
	}
	if got[1].Before["text"] != "oud" || got[1].After["text"] != "nieuw" {
		t.Errorf("both sides of a change: %+v", got[1])
	}
	if again := Compare(after, after); len(again) != 0 {
		t.Errorf("a plan differs from itself: %+v", again)
	}
	back := Compare(after, before) // the other way round, new and gone change places
	if len(back) != len(got) || back[2].What != New || back[2].ID != "c" || back[4].What != Gone || back[4].ID != "e" {
		t.Errorf("%+v", back)
	}
}

func TestMarksTellSinceWhen(t *testing.T) {
	t.Parallel()
	item := func(id, text string) Frozen {
		return Frozen{ID: id, Kind: ActionKind, Body: writing.Body{"text": text}}
	}
	one := Snapshot{Items: []Frozen{item("a", "1"), item("b", "1")}}
	two := Snapshot{Items: []Frozen{item("a", "1"), item("b", "2"), item("c", "2")}}
	now := Snapshot{Items: []Frozen{item("a", "3"), item("b", "2"), item("c", "2"), item("d", "3")}}
	want := map[string]Mark{"a": {Changed, 0}, "b": {Changed, 2}, "c": {New, 2}, "d": {New, 0}}
	if got := Marks(&one, two, 2, now); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := Marks(nil, one, 1, one); len(got) != 0 {
		t.Errorf("a first version marks nothing: %v", got)
	}
	if got := Marks(&now, two, 2, two); got["d"].What != Same {
		t.Errorf("what is gone has no place for a mark: %v", got)
	}
}

func TestPuttingUp(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		plan    Plan
		last    Version
		to      State
		empty   bool
		reason  string
		want    string // the refusal
		number  int
		freezes bool
	}{
		"a first version needs no reason":          {plan: Plan{State: Concept, Revision: 4}, to: Discussed, number: 1, freezes: true},
		"a small team goes straight to a decision": {plan: Plan{State: Concept, Revision: 4}, to: ToDecision, number: 1, freezes: true},
		"an empty plan is not put up":              {plan: Plan{State: Concept}, to: Discussed, empty: true, want: ": plan.nothing_yet"},
		"what changed since says why":              {plan: Plan{State: Discussed, Revision: 5}, last: Version{Number: 1, Revision: 4}, to: ToDecision, want: "reason: plan.version_reason"},
		"and is the next version":                  {plan: Plan{State: Discussed, Revision: 5}, last: Version{Number: 1, Revision: 4}, to: ToDecision, reason: "actie 3 erbij", number: 2, freezes: true},
		"nothing changed: the same version":        {plan: Plan{State: Discussed, Revision: 4}, last: Version{Number: 1, Revision: 4}, to: ToDecision, number: 1},
		"back from a decision to talk":             {plan: Plan{State: ToDecision, Revision: 4}, last: Version{Number: 2, Revision: 4}, to: Discussed, number: 2},
		"nobody puts up to settled":                {plan: Plan{State: ToDecision}, to: Settled, want: "to: form.choice"},
		"a reason fits on a line or two":           {plan: Plan{State: Concept}, to: Discussed, reason: strings.Repeat("x", 601), want: "reason: form.too_long_max"},
	} {
		next, v, freeze, err := c.plan.putUp(c.to, c.last, c.empty, c.reason, now)
		if keyOf(err) != c.want {
			t.Errorf("%s: refused with %q, want %q", name, keyOf(err), c.want)
			continue
		}
		if err == nil && (v.Number != c.number || freeze != c.freezes || next.State != c.to) {
			t.Errorf("%s: version %d, frozen %v, state %s", name, v.Number, freeze, next.State)
		}
	}
}

func TestAdjustingAndOutcomes(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 14, 9, 0, 0, 0, time.UTC)
	settled := Plan{State: Settled, Standing: 2, Revision: 9}
	for name, c := range map[string]struct {
		plan            Plan
		last            Version
		reason, decided string
		want            string
	}{
		"a settled plan is adjusted with a reason":   {settled, Version{Number: 2, Revision: 8}, "te veel tegelijk", "de PLG", ""},
		"a plan that was never settled just changes": {Plan{State: Concept, Revision: 9}, Version{}, "omdat", "de PLG", ": plan.not_settled"},
		"nothing changed, nothing to adjust":         {settled, Version{Number: 2, Revision: 9}, "omdat", "de PLG", ": plan.nothing_changed"},
		"no reason, no adjustment":                   {settled, Version{Number: 2, Revision: 8}, " ", "de PLG", "reason: plan.adjust_reason"},
		"somebody decided it":                        {settled, Version{Number: 2, Revision: 8}, "te veel tegelijk", "", "decided_by: plan.adjust_decided_by"},
	} {
		next, v, err := c.plan.adjust(c.last, c.reason, c.decided, now)
		if keyOf(err) != c.want {
			t.Errorf("%s: %q, want %q", name, keyOf(err), c.want)
		}
		if err == nil && (v.Number != 3 || v.Adjusts != 2 || next.Standing != 3) {
			t.Errorf("%s: %+v %+v", name, v, next)
		}
	}
	for name, c := range map[string]struct {
		plan         Plan
		number, last int
		agreed       bool
		state        State
		standing     int
	}{
		"agreed puts the version in force":        {Plan{State: ToDecision}, 3, 3, true, Settled, 3},
		"no gives the plan back to talk":          {Plan{State: ToDecision}, 3, 3, false, Discussed, 0},
		"no to a change keeps what was settled":   {Plan{State: ToDecision, Standing: 2}, 3, 3, false, Settled, 2},
		"a newer version stays put up":            {Plan{State: ToDecision}, 3, 4, false, ToDecision, 0},
		"a plan back in talk is left where it is": {Plan{State: Discussed}, 3, 3, false, Discussed, 0},
	} {
		if got := c.plan.after(c.number, c.last, c.agreed, now); got.State != c.state || got.Standing != c.standing {
			t.Errorf("%s: %s, standing %d", name, got.State, got.Standing)
		}
	}
}

func TestStepsOfThePlan(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 29, 9, 0, 0, 0, time.UTC)
	steps := Plan{State: Discussed, MadeAt: at, DiscussedAt: at.AddDate(0, 1, 0), PutUpAt: at.AddDate(0, 2, 0)}.Steps()
	if len(steps) != 4 || !steps[0].Done || !steps[1].Now || steps[1].Done || steps[2].Now {
		t.Fatalf("%+v", steps)
	}
	if !steps[2].At.IsZero() || steps[1].At.IsZero() {
		t.Errorf("a step that lies ahead again has no day: %+v", steps)
	}
}

func TestTimePath(t *testing.T) {
	t.Parallel()
	action := func(id string, from, to clock.Date) Placed[Action] {
		return Placed[Action]{ID: id, Is: Action{FromOn: from, ToOn: to}}
	}
	p := TimePath([]Placed[Action]{
		action("until", "", "2026-04-10"), action("onwards", "2026-04-13", ""), action("both", "2026-04-16", "2026-05-22"), action("words", "", ""),
	}, []Placed[Look]{{ID: "look", Is: Look{On: "2026-06-04"}}, {ID: "some day", Is: Look{}}})
	if !reflect.DeepEqual(p.Months, []clock.Date{"2026-04-01", "2026-05-01", "2026-06-01"}) {
		t.Fatalf("months %v", p.Months)
	}
	want := []Bar{{"until", 0, 0, 1, "", "2026-04-10"}, {"onwards", 0, 0, 6, "2026-04-13", ""}, {"both", 0, 1, 3, "2026-04-16", "2026-05-22"}}
	if !reflect.DeepEqual(p.Bars, want) {
		t.Errorf("bars %+v", p.Bars)
	}
	if !reflect.DeepEqual(p.Moments, []Moment{{"look", 4, "2026-06-04"}}) || !reflect.DeepEqual(p.Loose, []string{"words"}) {
		t.Errorf("%+v %v", p.Moments, p.Loose)
	}
	if empty := TimePath([]Placed[Action]{action("words", "", "")}, nil); len(empty.Months) != 0 || len(empty.Loose) != 1 {
		t.Errorf("%+v", empty)
	}
	far := TimePath([]Placed[Action]{action("long", "2026-01-31", "2099-12-31")}, nil)
	if len(far.Months) != maxMonths || far.Bars[0].From != 1 || far.Bars[0].From+far.Bars[0].Length != 2*maxMonths {
		t.Errorf("a path that never ends is cut off: %d months, %+v", len(far.Months), far.Bars)
	}
}

func TestGroundFollowsTheChain(t *testing.T) {
	t.Parallel()
	ref := func(kind, id string) why.Ref { return why.Ref{Kind: kind, ID: id} }
	links := why.Links{
		{From: ref("action_item", "a"), To: ref("goal", "g"), Relation: why.Serves},
		{From: ref("goal", "g"), To: ref("finding", "f"), Relation: why.Answers},
		{From: ref("evidence", "e1"), To: ref("finding", "f"), Relation: why.Supports},
		{From: ref("evidence", "e2"), To: ref("finding", "f"), Relation: why.Opposes},
		{From: ref("contribution", "c"), To: ref("finding", "f"), Relation: why.Became},
		{From: ref("goal", "g"), To: ref("contribution", "c"), Relation: why.Answers},
		{From: ref("pupil_contribution", "p"), To: ref("action_item", "a"), Relation: why.Became},
		{From: ref("goal", "other"), To: ref("finding", "not here"), Relation: why.Answers},
		{From: ref("decision", "d"), To: ref("plan", "t"), Relation: why.Settles},
	}
	want := Ground{Goals: []why.Ref{ref("goal", "g")}, Findings: []why.Ref{ref("finding", "f")}, For: []why.Ref{ref("evidence", "e1")},
		Against: []why.Ref{ref("evidence", "e2")}, Voices: []why.Ref{ref("pupil_contribution", "p"), ref("contribution", "c")}}
	if got := GroundOf(links, ref("action_item", "a")); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	if g := GroundOf(links, ref("goal", "without")); g.Stands() {
		t.Errorf("%+v", g)
	}
}

func TestFactsOfAPlan(t *testing.T) {
	t.Parallel()
	full := Goal{"Doel", "aanpak", "docenten", "leerlingen", "resultaat", "merken"}
	row := func(id string, i Item) factRow { return factRow{kind: string(i.Kind()), id: id, body: i.body()} }
	answers := why.Links{{From: why.Ref{Kind: "goal", ID: "g"}, To: why.Ref{Kind: "finding", ID: "f"}, Relation: why.Answers}}
	head := func(standing, revision, frozen, changes int) factRow {
		return factRow{kind: "plan", standing: standing, revision: revision, frozen: frozen, changes: changes}
	}
	whole := []factRow{row("g", full), row("a", Action{Text: "x", Who: "wij", When: "mei", Hours: "geen", GoalID: "g"}), row("h", Hearing{Who: "ouders", What: "brief"}), row("l", Look{Question: "Lukt het?", On: "2026-06-04"})}
	for name, c := range map[string]struct {
		rows  []factRow
		links why.Links
		fact  string
		state trajectory.Reading
		n     int
	}{
		"no plan, no chain":                         {nil, nil, "chain_complete", trajectory.Open, 0},
		"goal, chain, finding, action":              {whole, answers, "chain_complete", trajectory.Met, 2},
		"nothing behind the goal":                   {whole, nil, "chain_complete", trajectory.Partly, 1},
		"goals without actions are half a chain":    {whole[:1], answers, "chain_complete", trajectory.Partly, 1},
		"an action that serves no goal":             {append([]factRow{row("b", Action{Text: "y"})}, whole...), answers, "chain_complete", trajectory.Partly, 2},
		"everything said":                           {whole, answers, "plan_fields_complete", trajectory.Met, 6},
		"nobody hears it":                           {whole[:2], answers, "plan_fields_complete", trajectory.Partly, 4},
		"one action without a who":                  {append([]factRow{row("b", Action{Text: "y", When: "mei"})}, whole...), answers, "plan_fields_complete", trajectory.Partly, 5},
		"an empty plan says nothing":                {nil, nil, "plan_fields_complete", trajectory.Open, 0},
		"hours known":                               {whole, nil, "actions_without_hours", trajectory.Open, 0},
		"two without hours":                         {[]factRow{row("b", Action{Text: "y"}), row("c", Action{Text: "z"})}, nil, "actions_without_hours", trajectory.Met, 2},
		"never adjusted is open":                    {[]factRow{head(1, 5, 5, 0)}, nil, "plan_changed_with_reason", trajectory.Open, 0},
		"adjusted with its reason":                  {[]factRow{head(2, 7, 7, 1)}, nil, "plan_changed_with_reason", trajectory.Met, 1},
		"adjusted once, and changed again in quiet": {[]factRow{head(2, 8, 7, 1)}, nil, "plan_changed_with_reason", trajectory.Partly, 1},
		"changed in quiet, never adjusted":          {[]factRow{head(1, 8, 7, 0)}, nil, "plan_changed_with_reason", trajectory.Open, 0},
	} {
		got := tell(c.rows, c.links)
		for id, v := range got {
			if string(id) == c.fact && (v.State != c.state || v.Number != c.n) {
				t.Errorf("%s: %+v, want %s %d", name, v, c.state, c.n)
			}
		}
		if len(got) != 4 {
			t.Errorf("%s: %d facts told", name, len(got))
		}
	}
}
