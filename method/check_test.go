package method

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// goodPack is testdata/good/team-hour as files that a test may change.
func goodPack(t testing.TB) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	from := os.DirFS("testdata/good/team-hour")
	names, err := fs.Glob(from, "*.yaml")
	if err != nil || len(names) != 3 {
		t.Fatalf("good pack: %v, %v", names, err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(from, name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = &fstest.MapFile{Data: data}
	}
	return out
}

// with replaces one text of one file; it fails when that text is not there.
func with(t testing.TB, pack fstest.MapFS, file, old, new string) fstest.MapFS {
	t.Helper()
	before := string(pack[file].Data)
	if strings.Count(before, old) != 1 {
		t.Fatalf("%s holds %q %d times", file, old, strings.Count(before, old))
	}
	pack[file] = &fstest.MapFile{Data: []byte(strings.Replace(before, old, new, 1))}
	return pack
}

// mustLoad loads a pack that has to come through.
func mustLoad(t testing.TB, pack fs.FS) *Pack {
	t.Helper()
	p, problems := Load(pack, ".")
	if p == nil {
		t.Fatalf("does not load: %v", problems)
	}
	return p
}

// brief is what a test compares: place, element, key, and hint.
func brief(problems []Problem) []string {
	out := []string{}
	for _, p := range problems {
		line := fmt.Sprintf("%s:%d:%d %s %s", p.File, p.Line, p.Column, p.Element, strings.TrimPrefix(p.Key, "method."))
		if p.Hint {
			line += " (hint)"
		}
		out = append(out, line)
	}
	return out
}

func TestGoodPackHasNoProblems(t *testing.T) {
	t.Parallel()
	p := mustLoad(t, goodPack(t))
	if found := Check(p); len(found) > 0 {
		t.Fatal(brief(found))
	}
	_, q, ok := p.Question("f2.q1")
	if !ok || q.Form != FormCount || q.Names != NamesShown {
		t.Errorf("question f2.q1 is %+v", q)
	}
	if s, ok := p.Stage("try"); !ok || s.Number != 2 {
		t.Errorf("stage try is %+v", s)
	}
	if _, ok := p.Stage("nowhere"); ok {
		t.Error("found a stage that is not there")
	}
	if _, _, ok := p.Question("f9.q9"); ok {
		t.Error("found a question that is not there")
	}
}

const (
	packYAML = "pack.yaml"
	lookYAML = "1-look.yaml"
	tryYAML  = "2-try.yaml"
)

// edits is one slip in the good pack each, and what the writer is told.
var edits = []struct {
	name, file, old, new string
	want                 []string
}{
	{"an unknown key with no likeness lists the known ones", packYAML, "weeks: 1", "colour: 1", []string{"pack.yaml:12:1 team-hour unknown_key"}},
	{"a slip in a key is answered with the right one", lookYAML, "ask_further: {nl: En", "ask_furter: {nl: En", []string{"1-look.yaml:28:5 f1.q1 unknown_key_near"}},
	{"all unknown keys are told at once", tryYAML, "id: try\nnumber: 2", "id: try\nfoo: 1\nbarbar: 2\nnumber: 2", []string{"2-try.yaml:2:1 try unknown_key", "2-try.yaml:3:1 try unknown_key"}},
	{"a key twice", packYAML, "weeks: 1", "weeks: 1\nweeks: 2", []string{"pack.yaml:13:1  key_twice"}},
	{"a word where a list belongs", packYAML, "stages: [look, try]", "stages: look", []string{"pack.yaml:19:9 team-hour want_list"}},
	{"a word where a number belongs", packYAML, "weeks: 1", "weeks: one", []string{"pack.yaml:12:8 team-hour want_number"}},
	{"a mapping where words belong", packYAML, "version: 1.2.0", "version: {leerling}", []string{"pack.yaml:3:10 team-hour want_words"}},
	{"a plain line where both languages belong", tryYAML, "aim: {nl: We proberen één ding., en: We try one thing.}", "aim: We try.", []string{"2-try.yaml:4:6 try want_text"}},
	{"a word where keys belong", packYAML, "  - id: n1\n    weight: more\n    text: {nl: Klein beginnen mag., en: Starting small is fine.}", "  - n1", []string{"pack.yaml:22:5 team-hour want_keys"}},
	{"an anchor", packYAML, "weeks: 1", "weeks: &w 1", []string{"pack.yaml:12:8  no_aliases"}},
	{"an alias", packYAML, "weeks: 1", "weeks: *w", []string{"pack.yaml:12:8  no_aliases"}},
	{"a merge key", packYAML, "weeks: 1", "<<: {a: b}", []string{"pack.yaml:12:1  no_aliases"}},
	{"a tag", packYAML, "weeks: 1", "weeks: !!int 1", []string{"pack.yaml:12:8  plain_yaml_only"}},
	{"a colon without quotes", packYAML, "nl: Eén uur, twee", "nl: Kijk: Eén uur, twee", []string{"pack.yaml:9:7  not_yaml"}},
	{"a second document", packYAML, "weeks: 1", "---\nweeks: 1", []string{"pack.yaml:12:1  one_document"}},
	{"an invisible character", packYAML, "nl: Teamuur", "nl: Team\u200buur", []string{"pack.yaml:6:16  bad_character"}},
	{"text that reads backwards", packYAML, "nl: Teamuur", "nl: \u202eTeamuur", []string{"pack.yaml:6:12  bad_character"}},
	{"broken UTF-8", packYAML, "nl: Teamuur", "nl: Team\xffuur", []string{"pack.yaml:6:16  bad_character"}},
	{"nested past any sense", packYAML, "weeks: 1", "weeks: " + strings.Repeat("[", 40), []string{"pack.yaml:12:32  too_deep"}},
	{"a required text is missing", lookYAML, "asks: {nl: wat zien we?, en: what do we see?}\n", "", []string{"1-look.yaml:1:1 look missing"}},
	{"an empty list where one is required", tryYAML, "    items:\n      - {id: f2.c1.1, text: {nl: Er is een dag., en: There is a day.}, covers: [S1-10-01]}", "    items: []", []string{"2-try.yaml:24:5 f2.c1 missing"}},
	{"English is missing", tryYAML, "{nl: Proberen, en: Try}", "{nl: Proberen}", []string{"2-try.yaml:3:1 try missing_language"}},
	{"a language holds only spaces", tryYAML, "{nl: Proberen, en: Try}", "{nl: \" \", en: Try}", []string{"2-try.yaml:3:1 try missing_language"}},
	{"an id with a capital", lookYAML, "id: f1.g1", "id: F1.g1", []string{"1-look.yaml:45:5 F1.g1 bad_id"}},
	{"an id that is endless", lookYAML, "id: f1.g1", "id: f" + strings.Repeat("1", 64), []string{"1-look.yaml:45:5 f" + strings.Repeat("1", 63) + "… bad_id"}},
	{"a pack id with a dot", packYAML, "id: team-hour", "id: team.hour", []string{"pack.yaml:2:1 team.hour bad_packid"}},
	{"a version of two numbers", packYAML, "version: 1.2.0", "version: \"1.2\"", []string{"pack.yaml:3:1 team-hour bad_version"}},
	{"a number where words belong", packYAML, "version: 1.2.0", "version: 1.20", []string{"pack.yaml:3:10 team-hour want_quotes"}},
	{"true where words belong", packYAML, "{nl: Teamuur", "{nl: true", []string{"pack.yaml:6:12 team-hour want_quotes"}},
	{"rows are written out in full", lookYAML, "covers: [LA-1.3-S2-01]", "covers: [\"LA-1.3-S2-01,04..06\"]", []string{"1-look.yaml:49:14 f1.g1 bad_row"}},
	{"the same row twice", lookYAML, "covers: [LA-1.3-S2-01]", "covers: [LA-1.3-S2-01, LA-1.3-S2-01]", []string{"1-look.yaml:49:28 f1.g1 twice_in_list"}},
	{"an address that would run", packYAML, "\"https://example.org/a?b=c\"", "\"javascript:alert(1)\"", []string{"pack.yaml:26:64 r1 bad_url"}},
	{"an address with a name in it", packYAML, "https://example.org/a?b=c", "https://example.org@evil.example/", []string{"pack.yaml:26:64 r1 bad_url"}},
	{"more weeks than two years", packYAML, "weeks: 1", "weeks: 500", []string{"pack.yaml:12:1 team-hour out_of_range"}},
	{"minutes below zero", tryYAML, "minutes: 30", "minutes: -1", []string{"2-try.yaml:19:5 f2.a1 out_of_range"}},
	{"an unknown weight", tryYAML, "weight: core", "weight: heavy", []string{"2-try.yaml:9:5 f2.q1 unknown_word"}},
	{"a slip in a weight", tryYAML, "weight: core", "weight: cor", []string{"2-try.yaml:9:5 f2.q1 unknown_word_near"}},
	{"an unknown block", tryYAML, "    block: plan\n", "    block: forum\n", []string{"2-try.yaml:10:5 f2.q1 unknown_word"}},
	{"an unknown form", tryYAML, "form: count", "form: secret", []string{"2-try.yaml:11:5 f2.q1 unknown_word"}},
	{"an unknown kind", packYAML, "kind: method", "kind: course", []string{"pack.yaml:4:1 team-hour unknown_word"}},
	{"an unknown sector", lookYAML, "po: {nl: ‘De", "wo: {nl: ‘De", []string{"1-look.yaml:24:7 f1.q1 unknown_word_near"}},
	{"an unknown fact", lookYAML, "from: [choice_made, parked_list]", "from: [choice_made, parked_lists]", []string{"1-look.yaml:48:25 f1.g1 unknown_word_near"}},
	{"an id that is taken in another file", tryYAML, "id: f2.q1", "id: f1.q1", []string{"2-try.yaml:8:5 f1.q1 id_twice"}},
	{"a chip that is there twice in one question", lookYAML, "{id: pupils,", "{id: figures,", []string{"1-look.yaml:27:10 f1.q1.figures id_twice"}},
	{"a stage that nobody can go back to", tryYAML, "back_to: [look]", "back_to: [lok]", []string{"2-try.yaml:6:11 try no_such_stage"}},
	{"going back to itself", tryYAML, "back_to: [look]", "back_to: [try]", []string{"2-try.yaml:6:11 try back_not_earlier"}},
	{"when-stuck without a fact", lookYAML, "    when: solutions_without_explanation\n    at_least: 3\n", "", []string{"1-look.yaml:38:5 f1.s1 stuck_needs_when"}},
	{"a fact on a core question", lookYAML, "weight: when-stuck", "weight: more", []string{"1-look.yaml:42:5 f1.s1 when_needs_stuck"}},
	{"at_least without a fact", tryYAML, "form: count", "at_least: 2", []string{"2-try.yaml:11:5 f2.q1 at_least_needs_when"}},
	{"at_least on a fact that is no number", lookYAML, "when: solutions_without_explanation", "when: no_vision_link", []string{"1-look.yaml:43:5 f1.s1 at_least_needs_number"}},
	{"a note that the coach should offer", packYAML, "  - id: n1\n    weight: more", "  - id: n1\n    weight: when-stuck", []string{"pack.yaml:23:5 n1 stuck_not_here"}},
	{"a hidden name without a form for a small group", lookYAML, "    small_group: cards\n", "", []string{"1-look.yaml:33:5 f1.q2 needs_small_group"}},
	{"an unknown form for a small group", lookYAML, "small_group: cards", "small_group: email", []string{"1-look.yaml:34:5 f1.q2 unknown_word"}},
	{"blind and anonymous together", lookYAML, "    names: anonymous", "    form: blind\n    names: anonymous", []string{"1-look.yaml:33:5 f1.q2 blind_and_hidden"}},
	{"an unknown sector word", lookYAML, "en: Which moment do you want to talk about with your {team}?", "en: Which {pupil} do you mean?", []string{"1-look.yaml:17:7 f1.q1 unknown_token"}},
	{"a sector word with a capital", lookYAML, "en: Which moment do you want to talk about with your {team}?", "en: \"{Leerling} or not?\"", []string{"1-look.yaml:17:7 f1.q1 unknown_token"}},
	{"a loose brace", lookYAML, "with your {team}?", "with your {team?", []string{"1-look.yaml:17:7 f1.q1 loose_brace"}},
	{"square brackets that nobody fills", lookYAML, "met je {team}?", "met [team]?", []string{"1-look.yaml:16:7 f1.q1 no_fills_here"}},
	{"an article before the team", lookYAML, "met je {team}?", "met het {team}?", []string{"1-look.yaml:16:7 f1.q1 article_before_team"}},
	{"a neuter article before a word that takes de", lookYAML, "met je {team}?", "met het {leerling}?", []string{"1-look.yaml:16:7 f1.q1 wrong_gender"}},
	{"a stage without its file", packYAML, "stages: [look, try]", "stages: [look, try, keep]", []string{"pack.yaml:19:21  stage_file_missing"}},
	{"a file that is no stage", packYAML, "stages: [look, try]", "stages: [look]", []string{"2-try.yaml:0:0  stage_not_listed"}},
	{"a stage with the id of another", tryYAML, "id: try", "id: tryout", []string{"2-try.yaml:1:1 tryout stage_id_differs"}},
	{"a stage with the number of another", tryYAML, "number: 2", "number: 3", []string{"2-try.yaml:2:1 try stage_number_differs"}},
	{"an empty file", tryYAML, "", "", []string{"2-try.yaml:0:0  one_document"}},
	{"a sentence too long in Dutch", tryYAML, "nl: We proberen één ding.", "nl: Wij gaan nu met z'n allen een heel erg lang ding proberen dat niemand van ons onthoudt.", []string{"2-try.yaml:4:7 try long_sentence (hint)"}},
	{"a why of three sentences", tryYAML, "en: One thing works.", "en: One. Two. Three.", []string{"2-try.yaml:13:5 f2.q1 long_why (hint)"}},
}

func TestEverySlipIsToldWithItsPlace(t *testing.T) {
	t.Parallel()
	for _, e := range edits {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			pack := goodPack(t)
			if e.old == "" {
				pack[e.file] = &fstest.MapFile{}
			} else {
				pack = with(t, pack, e.file, e.old, e.new)
			}
			p, found := Load(pack, ".")
			if p != nil {
				found = Check(p)
			}
			if diff := cmp.Diff(e.want, brief(found)); diff != "" {
				t.Errorf("told (+) instead of (-):\n%s", diff)
			}
			for _, f := range found {
				if f.Line > 0 && f.Key != "method.bad_character" && f.Excerpt == "" {
					t.Errorf("no excerpt with %s", f)
				}
				if strings.Contains(f.Sentence+f.In("nl"), "<") {
					t.Errorf("a value is missing in %q or %q", f.Sentence, f.In("nl"))
				}
			}
		})
	}
}

func TestAStageAsksThreeCoreQuestionsAtMost(t *testing.T) {
	t.Parallel()
	pack := with(t, goodPack(t), lookYAML, "weight: when-stuck\n", "weight: core\n")
	pack = with(t, pack, lookYAML, "    when: solutions_without_explanation\n    at_least: 3\n", "")
	p := mustLoad(t, pack)
	if found := Check(p); len(found) > 0 {
		t.Fatalf("three core questions are fine, told %v", brief(found))
	}
	pack = with(t, pack, lookYAML, "gate:\n", `  - {id: f1.q4, weight: core, block: plan, text: {nl: a, en: a}, why: {nl: b, en: b}}
gate:
  - {id: f1.g2, weight: core, text: {nl: a, en: a}, from: [choice_made]}
  - {id: f1.g3, weight: core, text: {nl: a, en: a}, from: [choice_made]}
  - {id: f1.g4, weight: core, text: {nl: a, en: a}, from: [choice_made]}
`)
	p = mustLoad(t, pack)
	want := []string{"1-look.yaml:42:17 f1.q4 too_many_core_questions", "1-look.yaml:48:5 f1.g1 too_many_core_criteria"}
	if diff := cmp.Diff(want, brief(Check(p))); diff != "" {
		t.Error(diff)
	}
}

// TestEverySentenceIsUsed keeps problems.yaml and the code together: each key
// in the code has its sentence in both languages, and no sentence is left over.
func TestEverySentenceIsUsed(t *testing.T) {
	t.Parallel()
	var code strings.Builder
	names, _ := fs.Glob(os.DirFS("."), "*.go")
	for _, name := range names {
		if !strings.HasSuffix(name, "_test.go") {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			code.Write(data)
		}
	}
	for key, text := range sentences {
		if text.NL == "" || text.EN == "" {
			t.Errorf("%s misses a language", key)
		}
		_, isPattern := patterns[strings.TrimPrefix(key, "bad_")]
		if !isPattern && !strings.Contains(code.String(), `"`+key+`"`) {
			t.Errorf("%s is used nowhere", key)
		}
	}
	for rule := range patterns {
		if _, ok := sentences["bad_"+rule]; !ok {
			t.Errorf("pattern %s has no sentence bad_%s", rule, rule)
		}
	}
}
