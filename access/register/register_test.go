package register

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"leerkring/access"
)

var update = flag.Bool("update", false, "write the golden files anew")

var goals = Table(Entry{
	Table: "goal", Owner: "plan", Purpose: "plan.data_goal", Class: access.Organisation, Retention: KeepWork, Erase: EraseWithParent,
}, "id", "text").
	With("made_by", Entry{Class: access.Personal, Erase: EraseName}).
	With("text", Entry{Purpose: "plan.data_text"})

var sample = Join(
	goals,
	Table(Entry{Table: "feedback", Owner: "growth", Purpose: "growth.data_feedback", Class: access.VeryPrivate, Retention: KeepFeedback, Erase: EraseRow}, "id", "text"),
	Table(Entry{Table: "ballot", Owner: "scan", Purpose: "scan.data_ballot", Class: access.VeryPrivate, Retention: KeepAnswers, Erase: CannotFind}, "answer"),
	Table(Entry{Table: "token", Owner: "account", Purpose: "account.data_token", Class: access.Secret, Retention: KeepLinks, Erase: EraseRow}, "hash"),
	File(Entry{Table: "video", Owner: "media", Purpose: "media.data_video", Class: access.VeryPrivate, Retention: KeepVideo, Erase: EraseFile}),
	Log(Entry{Table: "access", Owner: "serve", Purpose: "serve.data_log", Class: access.Organisation, Retention: KeepAccessLog, Erase: NothingPersonal}, "time", "route").
		With("address", Entry{Class: access.Personal, Erase: EraseByTime}),
)

func TestARoomWritesWhatItKeeps(t *testing.T) {
	t.Parallel()
	want := List{
		{InTable, "goal", "id", "plan", "plan.data_goal", access.Organisation, KeepWork, EraseWithParent},
		{InTable, "goal", "text", "plan", "plan.data_text", access.Organisation, KeepWork, EraseWithParent},
		{InTable, "goal", "made_by", "plan", "plan.data_goal", access.Personal, KeepWork, EraseName},
	}
	if diff := cmp.Diff(want, goals); diff != "" {
		t.Error(diff)
	}
	if wrong := Check(sample); len(wrong) > 0 {
		t.Errorf("the sample: %v", wrong)
	}
}

func TestTheRegisterIsHeldToTheRealSchema(t *testing.T) {
	t.Parallel()
	schema := []Column{{"goal", "text"}, {"goal", "secret"}, {"goal", "id"}, {"diary", "id"}, {"feedback", "id"}, {"feedback", "text"}, {"ballot", "answer"}, {"token", "hash"}}
	if diff := cmp.Diff([]Column{{"diary", "id"}, {"goal", "secret"}}, Missing(schema, sample)); diff != "" {
		t.Errorf("missing: %s", diff)
	}
	if got := fmt.Sprint(Stale(schema, sample)); got != "[table goal.made_by]" {
		t.Errorf("stale: %s", got)
	}
	if missing := Missing([]Column{{"video", ""}, {"access", "time"}}, sample); len(missing) != 2 {
		t.Errorf("a file or log passes for a column: %v", missing)
	}
}

func TestAnEntryThatSaysTooLittleIsRefused(t *testing.T) {
	t.Parallel()
	good := goals[0]
	for _, c := range []struct {
		name   string
		change func(*Entry)
		want   string
	}{
		{"no table", func(e *Entry) { e.Table = "" }, "has no name"},
		{"no column", func(e *Entry) { e.Column = "" }, "has no name"},
		{"no kind", func(e *Entry) { e.Kind = "cloud" }, "is kept nowhere"},
		{"no owner", func(e *Entry) { e.Owner = "" }, "has no owner"},
		{"a purpose in words", func(e *Entry) { e.Purpose = "because" }, "its purpose is no text key"},
		{"no class", func(e *Entry) { e.Class = 'X' }, "has no class"},
		{"no retention", func(e *Entry) { e.Retention = 0 }, "has no retention"},
		{"a retention of one's own", func(e *Entry) { e.Retention = 99 }, "has no retention"},
		{"no erasing", func(e *Entry) { e.Erase = 0 }, "does not say what erasing does"},
		{"personal without erasing", func(e *Entry) { e.Class, e.Erase = access.Personal, NothingPersonal }, "is personal, so erasing does something"},
		{"very private for ever", func(e *Entry) { e.Class, e.Retention = access.VeryPrivate, KeepHouse }, "is very private, so it has an end"},
		{"very private in a log", func(e *Entry) { e.Kind, e.Column, e.Class = InLog, "object", access.VeryPrivate }, "no log holds anything very private"},
		{"a token in a log", func(e *Entry) { e.Kind, e.Column = InLog, "token" }, "no log may hold this field"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := good
			c.change(&e)
			err := errors.Join(Check(List{e})...)
			if err == nil || !strings.HasSuffix(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want only %q", err, c.want)
			}
		})
	}
	if wrong := Check(List{good, good}); len(wrong) != 1 || wrong[0].Error() != "table goal.id: stands twice" {
		t.Errorf("twice: %v", wrong)
	}
}

func TestThePublicPageReadsPerClass(t *testing.T) {
	t.Parallel()
	texts := readTexts(t, "nl")
	got := sample.Render(func(key string, _ ...any) string {
		if s, ok := texts[key]; ok {
			return s
		}
		return "«" + key + "»"
	})
	const golden = "testdata/page.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}

func TestTheOrderIsTheSameHoweverItIsPutTogether(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		shuffled := List(rapid.Permutation(sample).Draw(t, "order"))
		if diff := cmp.Diff(sample, Join(shuffled)); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(sample.PerClass(), shuffled.PerClass()); diff != "" {
			t.Fatal(diff)
		}
	})
}

// The periods that are promised, written out by hand.
func TestTheRetentionsAreThoseThatWePromise(t *testing.T) {
	t.Parallel()
	promised := map[Retention]string{
		KeepVideo: "42 making", KeepVideoViews: "90 making", KeepFeedback: "730 making", KeepOwn: "30 leaving", KeepCircle: "30 ending",
		KeepAnswers: "365 closing", KeepFigures: "1825 closing", KeepBallotMarks: "0 closing", KeepHiddenName: "1 closing",
		KeepWork: "2555 ending", KeepWithObject: "0 there", KeepAccount: "35 leaving", KeepSignIns: "90 making",
		KeepInvitations: "14 making", KeepLinks: "365 making", KeepSecurityLog: "365 making", KeepAddresses: "30 making",
		KeepAccessLog: "14 making", KeepMail: "7 making", KeepExports: "7 making", KeepUploads: "1 making", KeepDay: "1 making",
		KeepBackups: "35 making", KeepHouse: "0 there",
	}
	for _, r := range Retentions() {
		if got := fmt.Sprintf("%d %s", r.Days(), r.From()); got != promised[r] {
			t.Errorf("%s: %s, promised is %q", r.Key(), got, promised[r])
		}
	}
	if len(Retentions()) != len(promised) {
		t.Errorf("%d periods, %d promised", len(Retentions()), len(promised))
	}
	if Retention(0).Key() != "register.keep.unknown" || Erase(0).Key() != "register.erase.unknown" {
		t.Error("what is not on the list has a text")
	}
}

func TestEveryChoiceHasASentenceInBothLanguages(t *testing.T) {
	t.Parallel()
	dutch, english := readTexts(t, "nl"), readTexts(t, "en")
	keys := []string{"register.head.what", "register.head.how_long", "register.head.erase", "register.head.where"}
	for _, r := range Retentions() {
		keys = append(keys, r.Key())
	}
	for _, e := range Erasures() {
		keys = append(keys, e.Key())
	}
	for _, c := range []access.Class{access.VeryPrivate, access.Personal, access.Organisation, access.Secret} {
		keys = append(keys, Section{Class: c}.Key())
	}
	for _, key := range keys {
		if dutch[key] == "" || english[key] == "" {
			t.Errorf("%s: %q in Dutch, %q in English", key, dutch[key], english[key])
		}
	}
	if len(dutch) != len(keys) || len(english) != len(keys) {
		t.Errorf("%d keys, %d Dutch and %d English texts", len(keys), len(dutch), len(english))
	}
}

func TestALogHoldsNothingThatBetrays(t *testing.T) {
	t.Parallel()
	var names []string
	for _, f := range LogFields() {
		names = append(names, f.Name)
		if f.Class == access.VeryPrivate || f.Class == access.Secret || !f.Retention.valid() || f.Holds == "" {
			t.Errorf("%+v", f)
		}
		if !LogAllows(f.Name) {
			t.Errorf("%s is listed and refused", f.Name)
		}
	}
	if !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Errorf("not in order, or twice: %v", names)
	}
	betrays := regexp.MustCompile(`person|name|mail|token|cookie|agent|query|path|url|referer|text|body|password|code`)
	for _, f := range append(names, "") {
		if betrays.MatchString(f) {
			t.Errorf("a log would hold %q", f)
		}
	}
	for _, f := range []string{"person", "token", "query", "user_agent", "path", ""} {
		if LogAllows(f) {
			t.Errorf("a log may hold %q", f)
		}
	}
}

func readTexts(t *testing.T, language string) map[string]string {
	t.Helper()
	file, err := Texts.ReadFile("text." + language + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	var tables map[string]map[string]map[string]string
	if err := toml.Unmarshal(file, &tables); err != nil {
		t.Fatal(err)
	}
	flat := map[string]string{}
	for _, table := range tables {
		for group, texts := range table {
			for key, s := range texts {
				flat["register."+group+"."+key] = s
			}
		}
	}
	return flat
}
