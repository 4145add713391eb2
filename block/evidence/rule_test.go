package evidence

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
)

func keyOf(err error) string {
	if f := errs.FieldsOf(err); len(f) > 0 {
		return f[0].Name + ": " + f[0].Key
	}
	return ""
}

func TestWhatAnItemNeeds(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 801)
	for name, c := range map[string]struct {
		item Item
		want string
	}{
		"a title and where it comes from are enough":   {Source{Of: Expert, Title: "Gesprek met Petra"}, ""},
		"a source without a title":                     {Source{Of: Expert, Says: "Doe het eerst voor"}, "title: evidence.title_empty"},
		"a source from nowhere":                        {Source{Title: "Iets"}, "of: evidence.type_choose"},
		"a source from a place that we do not know":    {Source{Of: "rumour", Title: "Iets"}, "of: evidence.type_choose"},
		"a strength that is a number":                  {Source{Of: Expert, Title: "Iets", Strength: "3"}, "strength: form.choice"},
		"a stance that is unknown":                     {Source{Of: Expert, Title: "Iets", Stance: "neutral"}, "stance: form.choice"},
		"a title is short, counted in characters":      {Source{Of: Expert, Title: strings.Repeat("é", 161)}, "title: form.too_long_max"},
		"a hundred and sixty characters are fine":      {Source{Of: Expert, Title: strings.Repeat("é", 160)}, ""},
		"a translation is one sentence":                {Source{Of: Expert, Title: "Iets", Translation: strings.Repeat("w", 301)}, "translation: form.too_long_max"},
		"a verdict that is unknown":                    {Source{Of: Expert, Title: "Iets", Appraisal: Appraisal{Recent: {Verdict: "maybe"}}}, "recent: form.choice"},
		"an aspect that is unknown":                    {Source{Of: Expert, Title: "Iets", Appraisal: Appraisal{"pretty": {Verdict: Yes}}}, "pretty: form.choice"},
		"words with a verdict are few":                 {Source{Of: Expert, Title: "Iets", Appraisal: Appraisal{Fits: {Partly, strings.Repeat("w", 201)}}}, "fits_note: form.too_long_max"},
		"an explanation is one thought":                {Explanation{Text: "Ze weten niet wanneer het goed is."}, ""},
		"an explanation without words":                 {Explanation{Whose: "sectie wiskunde"}, "text: evidence.explanation_empty"},
		"an explanation that lies nowhere we know":     {Explanation{Text: "Zo", Lies: "pupils"}, "lies: form.choice"},
		"an explanation that fell says why":            {Explanation{Text: "Zo", Status: Fell, Reason: " "}, "reason: evidence.fell_reason"},
		"an explanation that holds need not":           {Explanation{Text: "Zo", Status: Holds}, ""},
		"an explanation is kept short":                 {Explanation{Text: long}, "text: form.too_long_max"},
		"a finding is one sentence, labels come later": {Finding{Text: "Vier van de tien weten het niet."}, ""},
		"a finding without words":                      {Finding{ForWhom: "leerjaar 3"}, "text: evidence.finding_empty"},
		"a label is kept short":                        {Finding{Text: "Zo", Proud: long}, "proud: form.too_long_max"},
		"an attempt may not know yet what came of it":  {Attempt{Text: "Een poster in elk lokaal"}, ""},
		"an attempt without words":                     {Attempt{Result: "niets"}, "text: evidence.attempt_empty"},
	} {
		if got := keyOf(c.item.Check()); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestItemsComeBackAsTheyWent(t *testing.T) {
	t.Parallel()
	for _, item := range []Item{
		Source{Literature, "Titel", "https://x.example/a", "zegt", Firm, Opposes, Appraisal{Relevant: {Yes, "ja"}, Fits: {Unknown, ""}, Recent: {"", "uit 2019"}}, "bij ons", "p1"},
		Source{Of: Interview, Title: "Kaal"},
		Explanation{"Zo zit het", "sectie", "p1", Both, true, "tijd", Fell, "geteld"}, Explanation{Text: "Kaal"},
		Finding{"Gevonden", "3A", "vaak", "poster", "de start", "de sfeer"}, Attempt{"Poster", "2023", "niets"},
	} {
		if got := ItemOf(item.Kind(), item.body()); !reflect.DeepEqual(got, item) {
			t.Errorf("%s: %+v became %+v", item.Kind(), item, got)
		}
	}
	if got := SourceOf(Source{Title: "  Titel \n"}.body()); got.Title != "Titel" {
		t.Errorf("blanks around words are not kept: %q", got.Title)
	}
}

func TestWhereBecomesALinkOnlyWhenItIsPlain(t *testing.T) {
	t.Parallel()
	for where, link := range map[string]bool{
		"https://www.voortgezetleren.nl/beginsituatie-analyseren": true,
		"http://www.voorbeeld.example":                            false,
		"Kools e.a., hoofdstuk 3":                                 false,
		"javascript:alert(1)":                                     false,
		"https://":                                                false,
		"https://naam:wachtwoord@x.example":                       false,
		"https://x.example/a b":                                   false,
		"https://x.example/\u202eab":                              false,
		"":                                                        false,
	} {
		if got := (Source{Where: where}).Link() != ""; got != link {
			t.Errorf("%q: link %v, want %v", where, got, link)
		}
	}
}

func TestStrengthInWordsAndDots(t *testing.T) {
	t.Parallel()
	for s, want := range map[Strength]int{"": 0, FirstImpression: 1, Indication: 2, Firm: 3} {
		if s.Level() != want {
			t.Errorf("%q: %d dots, want %d", s, s.Level(), want)
		}
	}
	at := func(minute int, s Source) Held[Source] {
		return Held[Source]{ID: s.Title, MadeAt: time.Date(2026, 3, 19, 14, minute, 0, 0, time.UTC), Is: s}
	}
	list := []Held[Source]{
		at(1, Source{Title: "unweighed"}), at(2, Source{Title: "faint", Strength: FirstImpression}), at(3, Source{Title: "firm", Strength: Firm}),
		at(4, Source{Title: "hint, older, translated", Strength: Indication, Translation: "zo"}), at(5, Source{Title: "hint, newer", Strength: Indication}), at(6, Source{Title: "hint, newest", Strength: Indication}),
	}
	slices.SortFunc(list, ByStrength)
	var got []string
	for _, h := range list {
		got = append(got, h.ID)
	}
	if want := []string{"firm", "hint, older, translated", "hint, newest", "hint, newer", "faint", "unweighed"}; !slices.Equal(got, want) {
		t.Errorf("order: %v", got)
	}
}

func TestFactsFromWhatStands(t *testing.T) {
	t.Parallel()
	zone := clock.Zone("Europe/Amsterdam")
	day := func(s string) time.Time { return clock.Date(s).At(9, 0, zone) }
	source := func(on string, s Source) factRow { return factRow{kind: SourceKind, body: s.body(), madeAt: day(on)} }
	explained := func(x Explanation, pro, against int) factRow {
		return factRow{kind: ExplanationKind, body: x.body(), pro: pro, against: against}
	}
	found := func(f Finding) factRow { return factRow{kind: FindingKind, body: f.body()} }
	gone := func(r factRow) factRow { r.removed = true; return r }
	spring := school.Calendar{Periods: []school.Period{{Kind: school.Holiday, From: "2026-02-16", To: "2026-02-22"}}}
	whole := Finding{Text: "a", ForWhom: "b", HowOften: "c", Tried: "d"}
	v := func(s trajectory.Reading, n int) trajectory.Value { return trajectory.Value{State: s, Number: n} }
	for name, c := range map[string]struct {
		rows []factRow
		fact string
		want trajectory.Value
	}{
		"no explanation is none":                         {nil, "explanations", v(trajectory.Open, 0)},
		"no explanation lies elsewhere only":             {nil, "explanations_elsewhere_only", v(trajectory.Open, 0)},
		"nothing to cite is open":                        {nil, "evidence_per_explanation", v(trajectory.Open, 0)},
		"explanations are counted":                       {[]factRow{explained(Explanation{Text: "a"}, 0, 0), explained(Explanation{Text: "b"}, 0, 0)}, "explanations", v(trajectory.Met, 2)},
		"what was taken away counts for nothing":         {[]factRow{gone(explained(Explanation{Text: "a"}, 1, 1))}, "explanations", v(trajectory.Open, 0)},
		"half of them about the present approach":        {[]factRow{explained(Explanation{Present: true}, 0, 0), explained(Explanation{}, 0, 0)}, "explanations_about_present_approach", v(trajectory.Open, 0)},
		"most of them about the present approach":        {[]factRow{explained(Explanation{Present: true}, 0, 0)}, "explanations_about_present_approach", v(trajectory.Met, 1)},
		"all lie elsewhere":                              {[]factRow{explained(Explanation{Lies: Elsewhere}, 0, 0)}, "explanations_elsewhere_only", v(trajectory.Met, 1)},
		"one lies with both":                             {[]factRow{explained(Explanation{Lies: Elsewhere}, 0, 0), explained(Explanation{Lies: Both}, 0, 0)}, "explanations_elsewhere_only", v(trajectory.Open, 0)},
		"where one lies was not said":                    {[]factRow{explained(Explanation{Lies: Elsewhere}, 0, 0), explained(Explanation{}, 0, 0)}, "explanations_elsewhere_only", v(trajectory.Open, 0)},
		"for and against each":                           {[]factRow{explained(Explanation{}, 2, 1)}, "evidence_per_explanation", v(trajectory.Met, 2)},
		"only for":                                       {[]factRow{explained(Explanation{}, 3, 0)}, "evidence_per_explanation", v(trajectory.Partly, 1)},
		"one without anything":                           {[]factRow{explained(Explanation{}, 1, 1), explained(Explanation{}, 0, 0)}, "evidence_per_explanation", v(trajectory.Partly, 2)},
		"no finding is not labelled":                     {nil, "findings_labelled", v(trajectory.Open, 0)},
		"a finding with its labels":                      {[]factRow{found(whole)}, "findings_labelled", v(trajectory.Met, 1)},
		"one of two with its labels":                     {[]factRow{found(whole), found(Finding{Text: "a"})}, "findings_labelled", v(trajectory.Partly, 1)},
		"what was tried stands on its own":               {[]factRow{found(Finding{Text: "a", ForWhom: "b", HowOften: "c"}), {kind: AttemptKind, body: Attempt{Text: "x"}.body()}}, "findings_labelled", v(trajectory.Met, 1)},
		"what was tried was taken away":                  {[]factRow{found(Finding{Text: "a", ForWhom: "b", HowOften: "c"}), gone(factRow{kind: AttemptKind})}, "findings_labelled", v(trajectory.Open, 0)},
		"no source is not translated":                    {nil, "sources_translated", v(trajectory.Open, 0)},
		"one of two translated":                          {[]factRow{source("2026-03-19", Source{Translation: "zo"}), source("2026-03-19", Source{})}, "sources_translated", v(trajectory.Partly, 1)},
		"all translated":                                 {[]factRow{source("2026-03-19", Source{Translation: "zo"})}, "sources_translated", v(trajectory.Met, 1)},
		"the oldest that waits":                          {[]factRow{source("2026-03-10", Source{}), source("2026-03-01", Source{Translation: "zo"}), source("2026-03-12", Source{})}, "source_untranslated_days", v(trajectory.Met, 9)},
		"a source of today does not wait":                {[]factRow{source("2026-03-19", Source{})}, "source_untranslated_days", v(trajectory.Open, 0)},
		"one source alone is not all":                    {[]factRow{source("2026-03-19", Source{Stance: Agrees})}, "sources_all_agree", v(trajectory.Open, 0)},
		"two that agree":                                 {[]factRow{source("2026-03-19", Source{Stance: Agrees}), source("2026-03-18", Source{Stance: Agrees})}, "sources_all_agree", v(trajectory.Met, 1)},
		"one that is mixed":                              {[]factRow{source("2026-03-19", Source{Stance: Agrees}), source("2026-03-18", Source{Stance: Mixed})}, "sources_all_agree", v(trajectory.Open, 0)},
		"one of which nobody said so":                    {[]factRow{source("2026-03-19", Source{Stance: Agrees}), source("2026-03-18", Source{})}, "sources_all_agree", v(trajectory.Open, 0)},
		"whole school weeks since it began":              {nil, "nothing_shared_weeks", v(trajectory.Met, 4)},
		"since the newest that was shared":               {[]factRow{{kind: FindingKind, sharedAt: day("2026-02-10")}, {kind: FindingKind, sharedAt: day("2026-03-04")}}, "nothing_shared_weeks", v(trajectory.Met, 1)},
		"shared and later taken away was shared":         {[]factRow{gone(factRow{kind: FindingKind, sharedAt: day("2026-03-13")})}, "nothing_shared_weeks", v(trajectory.Open, 0)},
		"shared before it began here counts from begin ": {[]factRow{{kind: FindingKind, sharedAt: day("2026-01-13")}}, "nothing_shared_weeks", v(trajectory.Met, 4)},
	} {
		got := tell(c.rows, spring, "2026-02-05", "2026-03-19", zone)
		if len(got) != 9 {
			t.Fatalf("%d facts", len(got))
		}
		if got[method.Fact(c.fact)] != c.want {
			t.Errorf("%s: %s is %+v, want %+v", name, c.fact, got[method.Fact(c.fact)], c.want)
		}
	}
}
