package evidence_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/evidence"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/trajectory"
	"leerkring/why"
	"leerkring/writing"
)

var (
	talk        = evidence.Source{Of: evidence.Interview, Title: "Gesprek met acht leerlingen", Says: "Zij missen een voorbeeld.", Strength: evidence.Indication, Stance: evidence.Opposes}
	study       = evidence.Source{Of: evidence.Literature, Title: "Overzichtsstudie", Where: "https://x.example/studie", Strength: evidence.Firm, Translation: "Wij doen het eerst voor."}
	explanation = evidence.Explanation{Text: "Ze weten niet wanneer het goed genoeg is.", Whose: "leerlingen van 4h3", Lies: evidence.WithUs, Present: true}
	finding     = evidence.Finding{Text: "Vier van de tien weten geen volgende stap.", ForWhom: "leerjaar 3", HowOften: "in zes van de tien lessen", Tried: "een planner"}
)

func TestFromSourceToFinding(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		a := w.add("member", evidence.New{Item: talk})
		b := w.add("lead", evidence.New{Item: study})
		x := w.add("second", evidence.New{Item: explanation, From: []why.Ref{voice("voice-1")}, For: []string{a}})
		f := w.add("lead", evidence.New{Item: finding, From: []why.Ref{voice("voice-2"), {Kind: "explanation", ID: x}}, For: []string{a, b}})
		if e := w.last(); e.Kind != "finding.added" || e.ObjectID != f || e.To != 1 || e.TrajectoryID != w.id || e.SchoolID != w.schoolID {
			t.Errorf("journal: %+v", e)
		}
		w.add("second", evidence.New{Item: evidence.Attempt{Text: "Een poster", Result: "Niemand keek ernaar."}})

		p := w.page("colleague")
		if len(p.Sources) != 2 || p.Sources[0].ID != b || p.Sources[1].Is.Says != talk.Says || len(p.Explanations) != 1 || len(p.Findings) != 1 || len(p.Attempts) != 1 || p.Empty() {
			t.Fatalf("%+v", p)
		}
		if p.MayAdd || p.MayShare || p.Sources[0].MayRemove || len(p.Taken) != 0 {
			t.Error("a colleague outside reads, and changes nothing")
		}
		if got := p.Explanations[0]; !slices.Equal(got.For, []string{a}) || got.Against != nil || !slices.Equal(got.From, []why.Ref{voice("voice-1")}) {
			t.Errorf("explanation: %+v", got)
		}
		if got := p.Findings[0]; len(got.For) != 2 || len(got.From) != 2 || got.InPlan || !got.SharedAt.IsZero() {
			t.Errorf("finding: %+v", got)
		}
		if p.People[w.people["member"]].Name != "Naam member" {
			t.Errorf("names: %v", p.People)
		}
		facts := w.facts()
		for fact, want := range (trajectory.Facts{
			"explanations":             {State: trajectory.Met, Number: 1},
			"evidence_per_explanation": {State: trajectory.Partly, Number: 1},
			"findings_labelled":        {State: trajectory.Met, Number: 1},
			"sources_translated":       {State: trajectory.Partly, Number: 1},
			"nothing_shared_weeks":     {State: trajectory.Open},
		}) {
			if facts[fact] != want {
				t.Errorf("%s: %+v, want %+v", fact, facts[fact], want)
			}
		}

		if err := w.evidence.Cite(t.Context(), w.who("member"), w.id, evidence.ExplanationKind, x, []string{b}, []string{a, b}); err != nil {
			t.Fatal(err)
		}
		if got := w.page("member").Explanations[0]; !slices.Equal(got.For, []string{b}) || len(got.Against) != 2 || !slices.Equal(got.From, []why.Ref{voice("voice-1")}) {
			t.Errorf("citing sets both sides and leaves where it came from: %+v", got)
		}
		if w.facts()["evidence_per_explanation"].State != trajectory.Met {
			t.Error("now it has both sides")
		}
		titles := must(w.evidence.Titles(t.Context(), w.d, w.seen("guest")))(t)
		if got := titles[why.Ref{Kind: "evidence", ID: b}]; got.Text != study.Title || got.Strength != evidence.Firm || len(titles) != 5 || titles[why.Ref{Kind: "finding", ID: f}].Text != finding.Text {
			t.Errorf("titles: %v", titles)
		}
	})
}

func TestWhatDoesNotBelongHereIsAbsent(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		a := w.add("member", evidence.New{Item: talk})
		x := w.add("member", evidence.New{Item: explanation})
		strange := must(w.evidence.Add(t.Context(), w.who("lead"), w.other, evidence.New{Item: study}))(t)
		taken := w.add("member", evidence.New{Item: study})
		if err := w.evidence.Remove(t.Context(), w.who("member"), w.id, evidence.SourceKind, taken, 1); err != nil {
			t.Fatal(err)
		}
		before := w.state()
		who := w.who("member")
		foreign := talk
		foreign.BroughtBy = w.people["outsider"]
		for name, n := range map[string]evidence.New{
			"a voice of another trajectory":       {Item: explanation, From: []why.Ref{voice("voice-elsewhere")}},
			"a voice beside one that belongs":     {Item: explanation, From: []why.Ref{voice("voice-1"), voice("nobody")}},
			"a source of another trajectory":      {Item: finding, For: []string{strange}},
			"a source that was taken away":        {Item: finding, Against: []string{taken}},
			"an explanation cited as a source":    {Item: finding, For: []string{x}},
			"a source that cites":                 {Item: talk, For: []string{a}},
			"an explanation of an explanation":    {Item: explanation, From: []why.Ref{{Kind: "explanation", ID: x}}},
			"a goal that became a finding":        {Item: finding, From: []why.Ref{{Kind: "goal", ID: "g"}}},
			"brought by somebody who is not here": {Item: foreign},
		} {
			if _, err := w.evidence.Add(t.Context(), who, w.id, n); !errs.IsAbsent(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for name, err := range map[string]error{
			"a child of another trajectory is cited for":  w.evidence.Cite(t.Context(), who, w.id, evidence.SourceKind, strange, nil, nil),
			"a child of another trajectory is removed":    w.evidence.Remove(t.Context(), w.who("lead"), w.id, evidence.SourceKind, strange, 1),
			"a source is asked for as a finding":          w.evidence.Share(t.Context(), who, w.id, a),
			"a child of another trajectory is translated": second(w.evidence.Translate(t.Context(), who, w.id, strange, 1, "zo")),
			"a child of another trajectory is edited":     second(w.evidence.Edit(t.Context(), who, w.id, strange, 1, talk)),
			"an explanation is edited into a finding":     second(w.evidence.Edit(t.Context(), who, w.id, x, 1, finding)),
			"a child of another trajectory is read":       second(w.evidence.Past(t.Context(), w.d, w.seen("member"), evidence.SourceKind, strange)),
			"the plan rests on what is elsewhere":         w.evidence.Belong(t.Context(), w.d, w.seen("member"), []why.Ref{{Kind: "evidence", ID: strange}}),
			"the plan rests on what was taken away":       w.evidence.Belong(t.Context(), w.d, w.seen("member"), []why.Ref{{Kind: "evidence", ID: a}, {Kind: "evidence", ID: taken}}),
			"the plan rests on a thing of another room":   w.evidence.Belong(t.Context(), w.d, w.seen("member"), []why.Ref{{Kind: "goal", ID: a}}),
		} {
			if !errs.IsAbsent(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if w.state() != before {
			t.Error("a refusal changed something")
		}
		if err := w.evidence.Belong(t.Context(), w.d, w.seen("colleague"), []why.Ref{{Kind: "evidence", ID: a}, {Kind: "explanation", ID: x}, {Kind: "evidence", ID: a}}); err != nil {
			t.Errorf("what stands here belongs here, named twice or once: %v", err)
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestRightsPerRole(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		a := w.add("lead", evidence.New{Item: talk})
		f := w.add("lead", evidence.New{Item: finding})
		ctx := t.Context()
		acts := map[string]func(who access.Who) error{
			"add":  func(who access.Who) error { return second(w.evidence.Add(ctx, who, w.id, evidence.New{Item: study})) },
			"edit": func(who access.Who) error { return second(w.evidence.Edit(ctx, who, w.id, a, 1, talk)) },
			"translate": func(who access.Who) error {
				return second(w.evidence.Translate(ctx, who, w.id, a, 1, "Wij doen het voor."))
			},
			"cite": func(who access.Who) error {
				return w.evidence.Cite(ctx, who, w.id, evidence.FindingKind, f, []string{a}, nil)
			},
			"share":     func(who access.Who) error { return w.evidence.Share(ctx, who, w.id, f) },
			"take back": func(who access.Who) error { return w.evidence.TakeBack(ctx, who, w.id, f) },
			"remove":    func(who access.Who) error { return w.evidence.Remove(ctx, who, w.id, evidence.SourceKind, a, 1) },
			"restore":   func(who access.Who) error { return w.evidence.Restore(ctx, who, w.id, evidence.SourceKind, a) },
			"let go":    func(who access.Who) error { return w.evidence.LetGo(ctx, who, w.id, evidence.SourceKind, a) },
		}
		before := w.state()
		for _, name := range []string{"colleague", "leader", "guest", "outsider", "admin"} {
			for act, do := range acts {
				if err := do(w.who(name)); !errs.IsAbsent(err) {
					t.Errorf("%s may %s: %v", name, act, err)
				}
			}
		}
		if err := acts["remove"](w.who("member")); !errs.IsAbsent(err) {
			t.Errorf("a member removes what another added: %v", err)
		}
		if w.state() != before {
			t.Error("a refusal changed something")
		}
		for _, name := range []string{"colleague", "leader", "guest"} {
			if len(w.page(name).Sources) != 1 {
				t.Errorf("%s reads an open trajectory", name)
			}
		}
		w.closeIn()
		if _, err := w.trajectories.Reach(ctx, w.d, w.who("colleague"), w.id); !errs.IsAbsent(err) {
			t.Errorf("a colleague reads a closed one: %v", err)
		}
		if len(w.page("leader").Sources) != 1 {
			t.Error("the leader reads the work, also of a closed trajectory")
		}
		if err := acts["share"](w.who("member")); key(err) != "evidence.share_closed" {
			t.Errorf("sharing with nobody: %v", err)
		}
		for _, act := range []string{"translate", "cite", "take back", "add", "let go"} {
			if err := acts[act](w.who("member")); err != nil {
				t.Errorf("a member may %s: %v", act, err)
			}
		}
		if err := acts["remove"](w.who("lead")); key(err) != "evidence.changed_meanwhile" {
			t.Errorf("the lead takes away what was changed meanwhile: %v", err)
		}
	})
}

// Two people open the same source and save at once: one text stands, the other is kept
// beside it, both come back, and merging loses neither.
func TestTwoPeopleEditAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.add("lead", evidence.New{Item: talk})
		clashes := map[string]*writing.Clash{}
		var mu sync.Mutex
		var wg sync.WaitGroup
		for _, name := range []string{"member", "second"} {
			who, mine := w.who(name), talk
			mine.Says = "Tekst van " + name
			wg.Go(func() {
				clash, err := w.evidence.Edit(ctx, who, w.id, id, 1, mine)
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
		if c == nil || clashes[first] != nil || c.Theirs["says"] != "Tekst van "+first || c.Yours["says"] != "Tekst van "+late || c.Current != 2 {
			t.Fatalf("late %s: %+v, %+v", late, c, clashes[first])
		}
		if w.last().Kind != "evidence.kept_beside" {
			t.Errorf("journal: %+v", w.last())
		}
		past := must(w.evidence.Past(ctx, w.d, w.seen(late), evidence.SourceKind, id))(t)
		if len(past.History) != 3 || len(past.Waiting) != 1 || past.Waiting[0].Body["says"] != "Tekst van "+late {
			t.Fatalf("both texts are kept: %+v", past)
		}
		if other := must(w.evidence.Past(ctx, w.d, w.seen(first), evidence.SourceKind, id))(t); len(other.Waiting) != 0 {
			t.Error("only the writer is asked to merge")
		}
		merged := talk
		merged.Says = "Samen"
		if clash, err := w.evidence.Edit(ctx, w.who(late), w.id, id, c.Current, merged); err != nil || clash != nil {
			t.Fatal(err, clash)
		}
		past = must(w.evidence.Past(ctx, w.d, w.seen(late), evidence.SourceKind, id))(t)
		if len(past.Waiting) != 0 || w.page("lead").Sources[0].Is.Says != "Samen" || w.page("lead").Sources[0].Version != 3 {
			t.Errorf("after merging: %+v", past)
		}
		if clash, err := w.evidence.Edit(ctx, w.who("member"), w.id, id, 1, study); err != nil || clash == nil {
			t.Fatal("an old page clashes", err)
		}
		if err := w.evidence.LetGo(ctx, w.who("member"), w.id, evidence.SourceKind, id); err != nil {
			t.Fatal(err)
		}
		if past := must(w.evidence.Past(ctx, w.d, w.seen("member"), evidence.SourceKind, id))(t); len(past.Waiting) != 0 || len(past.History) != 5 {
			t.Errorf("letting go keeps the words and asks for nothing: %+v", past.Waiting)
		}
	})
}

func TestATranslationIsOneLightAct(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.add("lead", evidence.New{Item: talk})
		w.clock.Move(8 * 24 * time.Hour)
		if days := w.facts()["source_untranslated_days"].Number; days != 8 {
			t.Errorf("it waits %d days", days)
		}
		renamed := talk
		renamed.Title = "Gesprek met leerlingen van 4h3"
		if _, err := w.evidence.Edit(ctx, w.who("second"), w.id, id, 1, renamed); err != nil {
			t.Fatal(err)
		}
		clash, err := w.evidence.Translate(ctx, w.who("member"), w.id, id, 1, "Wij laten goed werk zien voor ze beginnen.")
		if err != nil || clash != nil {
			t.Fatal("another change meanwhile is no clash while nobody translated it", err, clash)
		}
		if got := w.page("lead").Sources[0]; got.Is.Title != renamed.Title || got.Is.Translation == "" || got.Version != 3 {
			t.Errorf("%+v", got)
		}
		if w.facts()["source_untranslated_days"].Number != 0 {
			t.Error("it waits no more")
		}
		clash, err = w.evidence.Translate(ctx, w.who("second"), w.id, id, 1, "Iets anders.")
		if err != nil || clash == nil || clash.Theirs["translation"] == clash.Yours["translation"] {
			t.Fatalf("a second translation on an old page is kept beside the first: %v, %+v", err, clash)
		}
		if _, err := w.evidence.Translate(ctx, w.who("second"), w.id, id, 3, "  "); key(err) != "evidence.translation_empty" {
			t.Errorf("an empty sentence: %v", err)
		}
	})
}

func TestSharingAFinding(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		f := w.add("member", evidence.New{Item: finding})
		if err := w.evidence.FindingThere(ctx, w.d, w.seen("colleague"), f); !errs.IsAbsent(err) {
			t.Errorf("a colleague outside reacts to what was not shared: %v", err)
		}
		if err := w.evidence.FindingThere(ctx, w.d, w.seen("second"), f); err != nil {
			t.Errorf("who takes part may react: %v", err)
		}
		w.clock.Move(5 * 7 * 24 * time.Hour)
		if weeks := w.facts()["nothing_shared_weeks"].Number; weeks != 4 {
			t.Errorf("%d whole weeks", weeks)
		}
		if err := w.evidence.Share(ctx, w.who("second"), w.id, f); err != nil {
			t.Fatal(err)
		}
		if e := w.last(); e.Kind != "finding.shared" || e.ObjectID != f {
			t.Errorf("journal: %+v", e)
		}
		if err := w.evidence.FindingThere(ctx, w.d, w.seen("colleague"), f); err != nil {
			t.Errorf("now it asks colleagues: %v", err)
		}
		if got := w.page("colleague").Findings[0]; got.SharedAt.IsZero() || got.SharedBy != w.people["second"] || w.facts()["nothing_shared_weeks"].Number != 0 {
			t.Errorf("%+v", got)
		}
		for range 2 {
			if err := w.evidence.TakeBack(ctx, w.who("member"), w.id, f); err != nil {
				t.Fatal(err)
			}
		}
		if !w.page("lead").Findings[0].SharedAt.IsZero() || w.last().Kind != "finding.taken_back" {
			t.Error("taken back")
		}
		if err := w.evidence.FindingThere(ctx, w.d, w.seen("member"), "nothing"); !errs.IsAbsent(err) {
			t.Errorf("a finding that is not: %v", err)
		}
	})
}

func TestTakingAwayAndPuttingBack(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		a := w.add("member", evidence.New{Item: talk})
		f := w.add("lead", evidence.New{Item: finding, For: []string{a}})
		if err := w.evidence.Remove(ctx, w.who("member"), w.id, evidence.SourceKind, a, 1); err != nil {
			t.Fatal(err)
		}
		p := w.page("second")
		if len(p.Sources) != 0 || len(p.Findings[0].For) != 0 || len(p.Taken) != 1 || p.Taken[0].Text != talk.Title || p.Taken[0].By != w.people["member"] {
			t.Fatalf("taken away: %+v", p)
		}
		for name, err := range map[string]error{
			"edit":   second(w.evidence.Edit(ctx, w.who("second"), w.id, a, 1, talk)),
			"remove": w.evidence.Remove(ctx, w.who("lead"), w.id, evidence.SourceKind, a, 1),
		} {
			if !errs.Is(err, errs.KindConflict) || key(err) != "evidence.taken_away" {
				t.Errorf("%s what was taken away: %v", name, err)
			}
		}
		for range 2 {
			if err := w.evidence.Restore(ctx, w.who("second"), w.id, evidence.SourceKind, a); err != nil {
				t.Fatal(err)
			}
		}
		if p := w.page("second"); len(p.Sources) != 1 || !slices.Equal(p.Findings[0].For, []string{a}) || len(p.Taken) != 0 {
			t.Errorf("put back, with what cites it: %+v", p)
		}
		w.link(why.Ref{Kind: "goal", ID: "goal-1"}, why.Answers, why.Ref{Kind: "finding", ID: f})
		if !w.page("lead").Findings[0].InPlan {
			t.Error("a goal rests on it")
		}
		before := w.state()
		if err := w.evidence.Remove(ctx, w.who("lead"), w.id, evidence.FindingKind, f, 1); key(err) != "evidence.in_plan" {
			t.Errorf("what the plan rests on is taken away: %v", err)
		}
		if w.state() != before {
			t.Error("a refusal changed something")
		}
	})
}

func TestOnePageIsAsManyQueriesHoweverMuchThereIs(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		count := func() string {
			seen := w.seen("member")
			ctx, n := db.Counting(t.Context())
			must(w.evidence.Read(ctx, w.d, seen))(t)
			read := n()
			must(w.evidence.Facts(ctx, w.d, seen))(t)
			facts := n() - read
			must(w.evidence.Titles(ctx, w.d, seen))(t)
			return fmt.Sprint(read, facts, n()-read-facts)
		}
		first := w.add("member", evidence.New{Item: talk})
		few := count()
		for range 6 {
			a := w.add("member", evidence.New{Item: study})
			x := w.add("second", evidence.New{Item: explanation, For: []string{a, first}})
			w.add("lead", evidence.New{Item: finding, From: []why.Ref{{Kind: "explanation", ID: x}}})
		}
		if many := count(); many != few || few != "3 2 1" {
			t.Errorf("%s queries with little, %s with much", few, many)
		}
	})
}

func TestThereIsRoomForSoMany(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for i := range 40 {
			w.add("member", evidence.New{Item: evidence.Explanation{Text: fmt.Sprint("verklaring ", i)}})
		}
		_, err := w.evidence.Add(t.Context(), w.who("member"), w.id, evidence.New{Item: explanation})
		if key(err) != "evidence.full" {
			t.Errorf("one too many: %v", err)
		}
	})
}

func TestADraftEndsWhenItBecomesAText(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		drafts := writing.NewDrafts(w.d, w.clock)
		me := w.people["member"]
		keep := func(key string) { must(drafts.Save(ctx, me, key, writing.Body{"title": "half"}))(t) }
		waiting := func() int {
			return len(must(drafts.Under(ctx, me, evidence.DraftPrefix(w.id)))(t))
		}
		keep(evidence.DraftKey(w.id, evidence.SourceKind, ""))
		keep(evidence.DraftKey(w.id, evidence.FindingKind, ""))
		id := w.add("member", evidence.New{Item: talk})
		if waiting() != 1 {
			t.Errorf("%d drafts, want only that of the finding", waiting())
		}
		keep(evidence.DraftKey(w.id, evidence.SourceKind, id))
		if _, err := w.evidence.Edit(ctx, w.who("member"), w.id, id, 1, study); err != nil || waiting() != 1 {
			t.Errorf("%v, %d drafts", err, waiting())
		}
	})
}

func TestAnEndedTrajectoryIsReadAndNotChanged(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		a := w.add("member", evidence.New{Item: talk})
		if err := w.trajectories.SetState(ctx, w.who("lead"), w.id, w.seen("lead").Version, trajectory.Done, "", ""); err != nil {
			t.Fatal(err)
		}
		before := w.state()
		for name, err := range map[string]error{
			"add":    second(w.evidence.Add(ctx, w.who("lead"), w.id, evidence.New{Item: study})),
			"edit":   second(w.evidence.Edit(ctx, w.who("lead"), w.id, a, 1, study)),
			"remove": w.evidence.Remove(ctx, w.who("lead"), w.id, evidence.SourceKind, a, 1),
		} {
			if !errs.IsAbsent(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if w.state() != before || len(w.page("colleague").Sources) != 1 || w.page("lead").MayAdd {
			t.Error("it is there to read")
		}
	})
}
