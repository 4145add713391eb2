package method

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"leerkring/content"
)

// TestContentIsWhole is the check of everything that we write ourselves: no
// fault may be built into the binary.
func TestContentIsWhole(t *testing.T) {
	t.Parallel()
	lib, problems := Open(content.FS)
	for _, p := range Faults(problems) {
		t.Errorf("%s\n%s", p, p.Excerpt)
	}
	for _, p := range lib.List() {
		source, ok := lib.Source(p.ID, p.Version)
		if !ok {
			t.Fatalf("no source of %s", p.ID)
		}
		back, bad := FromSource(source)
		if back == nil || back.Hash() != p.Hash() {
			t.Errorf("%s does not read back: %v", p.ID, bad)
		}
	}
	if t.Failed() {
		return
	}
	if same, err := Builtin(); err != nil || len(same.List()) != len(lib.List()) {
		t.Errorf("Builtin gives %v", err)
	}
}

// library is a content folder with one pack, two cards, two words and sectors.
func library(t testing.TB) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	for name, f := range goodPack(t) {
		out["methods/team-hour/"+name] = f
	}
	out["coach/cards.yaml"] = &fstest.MapFile{Data: []byte(`- id: c01
  block: monitor
  phases: [look]
  role: leader
  when: changes_over_limit
  text: {nl: "[team] krijgt [number] veranderingen.", en: "[team] gets [number] changes."}
  because: {nl: Kiezen geeft rust., en: Choosing brings calm.}
  covers: [LA-1.3-S1-27]
- {id: c02, role: lead, when: no_vision_link, text: {nl: Kijk., en: Look.}, because: {nl: Omdat., en: Because.}}
`)}
	out["glossary/words.yaml"] = &fstest.MapFile{Data: []byte(`- id: lesson-visit
  term: {nl: lesbezoek, en: lesson visit}
  sectors: {vl: {nl: klasbezoek, en: class visit}}
  meaning: {nl: Een collega kijkt mee., en: A colleague looks in.}
  see: [lesson]
  covers: [S1-10-01]
- {id: lesson, term: {nl: les, en: lesson}, meaning: {nl: Een uur., en: An hour.}}
`)}
	var words strings.Builder
	words.WriteString("vo:\n")
	for _, token := range Tokens {
		words.WriteString("  " + string(token) + ": {nl: " + string(token) + ", en: x" + string(token) + "}\n")
	}
	words.WriteString("po:\n  docent: {nl: leerkracht, en: teacher}\n")
	out["sectors.yaml"] = &fstest.MapFile{Data: []byte(words.String())}
	return out
}

func TestLibraryFindsWhatItHolds(t *testing.T) {
	t.Parallel()
	lib, problems := Open(library(t))
	if len(problems) > 0 {
		t.Fatal(brief(problems))
	}
	p, ok := lib.Pack("team-hour", "1.2.0")
	if latest, _ := lib.Latest("team-hour"); !ok || latest != p {
		t.Error("pack and latest differ")
	}
	for _, absent := range [][2]string{{"team-hour", "1.2.1"}, {"other", "1.2.0"}, {"", ""}} {
		if _, ok := lib.Pack(absent[0], absent[1]); ok {
			t.Errorf("found %v", absent)
		}
		if _, ok := lib.Source(absent[0], absent[1]); ok {
			t.Errorf("source of %v", absent)
		}
	}
	if _, ok := lib.Latest("other"); ok {
		t.Error("latest of nothing")
	}
	if len(lib.Cards()) != 2 || len(lib.Glossary()) != 2 || len(lib.List()) != 1 {
		t.Errorf("%d cards, %d words, %d packs", len(lib.Cards()), len(lib.Glossary()), len(lib.List()))
	}
	visit, ok := lib.Entry("lesson-visit")
	if !ok || visit.TermFor("vl").NL != "klasbezoek" || visit.TermFor("po").NL != "lesbezoek" {
		t.Errorf("entry is %+v", visit)
	}
	if _, ok := lib.Entry("nothing"); ok {
		t.Error("found an entry that is not there")
	}
	if got := lib.Words("po", "nl", nil).RenderLine("de {docent} en {klas}"); got != "de leerkracht en klas" {
		t.Error(got)
	}
	if got := lib.Words("po", "nl", map[Token]Text{"docent": {NL: "juf", EN: "miss"}}).RenderLine("de {docent}"); got != "de juf" {
		t.Error(got)
	}
}

func TestElementsAreNamedAndPlaced(t *testing.T) {
	t.Parallel()
	lib, _ := Open(library(t))
	want := map[string]Element{
		"team-hour":        {"team-hour", "pack", "methods/team-hour/pack.yaml", []string{"S0-DOC-01"}},
		"f1.q1.figures":    {"f1.q1.figures", "chip", "methods/team-hour/1-look.yaml", []string{"LA-1.3-S1-01"}},
		"f2.c1.1":          {"f2.c1.1", "item", "methods/team-hour/2-try.yaml", []string{"S1-10-01"}},
		"f1.g1":            {"f1.g1", "criterion", "methods/team-hour/1-look.yaml", []string{"LA-1.3-S2-01"}},
		"c01":              {"c01", "card", "coach/cards.yaml", []string{"LA-1.3-S1-27"}},
		"lesson-visit":     {"lesson-visit", "glossary", "glossary/words.yaml", []string{"S1-10-01"}},
		"f2.art1":          {"f2.art1", "artefact", "methods/team-hour/2-try.yaml", nil},
		"there is no such": {},
	}
	got := map[string]Element{}
	for _, e := range lib.Elements() {
		if _, asked := want[e.ID]; asked {
			got[e.ID] = e
		}
	}
	delete(want, "there is no such")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestOlderVersionsStayReachable(t *testing.T) {
	t.Parallel()
	lib, _ := Open(library(t))
	versions := []string{"1.9.0", "1.10.0", "0.9.9"}
	var packs []*Pack
	for _, v := range versions {
		packs = append(packs, mustLoad(t, with(t, goodPack(t), packYAML, "version: 1.2.0", "version: "+v)))
	}
	other := mustLoad(t, with(t, goodPack(t), packYAML, "id: team-hour", "id: own-hour"))
	forged := mustLoad(t, with(t, goodPack(t), packYAML, "nl: Teamuur", "nl: Anders"))
	more := lib.With(append(packs, other, forged)...)
	for _, v := range append(versions, "1.2.0") {
		if p, ok := more.Pack("team-hour", v); !ok || p.Version != v {
			t.Errorf("version %s is gone", v)
		}
	}
	if p, _ := more.Latest("team-hour"); p.Version != "1.10.0" {
		t.Errorf("latest is %s", p.Version)
	}
	if p, _ := more.Pack("team-hour", "1.2.0"); p.Name.NL != "Teamuur" {
		t.Error("a pack that was there was replaced")
	}
	var ids []string
	for _, p := range more.List() {
		ids = append(ids, p.ID)
	}
	if !slices.Equal(ids, []string{"own-hour", "team-hour"}) {
		t.Error(ids)
	}
	if _, ok := lib.Pack("team-hour", "1.10.0"); ok || len(lib.List()) != 1 {
		t.Error("the first library changed")
	}
}

func TestSlipsInTheRestOfTheContent(t *testing.T) {
	t.Parallel()
	const cards, words, sectors = "coach/cards.yaml", "glossary/words.yaml", "sectors.yaml"
	for _, c := range []struct {
		name, file, old, new string
		want                 []string
	}{
		{"a card twice", cards, "id: c02", "id: c01", []string{"coach/cards.yaml:9:4 c01 id_twice"}},
		{"a card for nobody", cards, "role: leader", "role: janitor", []string{"coach/cards.yaml:4:3 c01 unknown_word"}},
		{"a card without its fact", cards, "when: no_vision_link, ", "", []string{"coach/cards.yaml:9:3 c02 missing"}},
		{"a card that waits for a stage nobody has", cards, "phases: [look]", "phases: [looks]", []string{"coach/cards.yaml:3:12 c01 no_such_phase"}},
		{"a value that the coach does not have", cards, "en: \"[team] gets [number] changes.\"", "en: \"[team] gets [many] changes.\"", []string{"coach/cards.yaml:6:3 c01 fills_differ", "coach/cards.yaml:6:55 c01 unknown_fill"}},
		{"a value in one language only", cards, "en: \"[team] gets [number] changes.\"", "en: \"A team gets [number] changes.\"", []string{"coach/cards.yaml:6:3 c01 fills_differ"}},
		{"at_least on a card", cards, "when: no_vision_link", "when: no_vision_link, at_least: 2", []string{"coach/cards.yaml:9:47 c02 at_least_needs_number"}},
		{"a card too long for a glance", cards, "nl: Kijk.", "nl: Kijk een keer mee. Doe dat met een ander. Vraag wat die zag. Schrijf dat op. Praat er dan over met je groep. Kies één ding.", []string{"coach/cards.yaml:9:54 c02 long_card (hint)"}},
		{"an unknown key on a card", cards, "  block: monitor", "  blok: monitor", []string{"coach/cards.yaml:2:3 c01 unknown_key_near"}},
		{"a word that points nowhere", words, "see: [lesson]", "see: [lessons]", []string{"glossary/words.yaml:0:0 lesson-visit no_such_entry"}},
		{"a word without its meaning", words, ", meaning: {nl: Een uur., en: An hour.}", "", []string{"glossary/words.yaml:7:3 lesson missing"}},
		{"a word of an unknown sector", words, "{vl: {nl", "{be: {nl", []string{"glossary/words.yaml:3:13 lesson-visit unknown_word"}},
		{"the first sector lacks a word", sectors, "  klas: {nl: klas, en: xklas}\n", "", []string{"sectors.yaml:1:1  missing"}},
		{"a sector word that is none", sectors, "po:\n  docent", "po:\n  meester", []string{"sectors.yaml:12:3  unknown_word"}},
		{"a sector word in one language", sectors, "{nl: leerkracht, en: teacher}", "{nl: leerkracht}", []string{"sectors.yaml:12:3  missing_language"}},
		{"a folder with another name", "methods/team-hour/pack.yaml", "id: team-hour", "id: team-day", []string{"methods/team-hour/pack.yaml:2:1  folder_differs"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			fsys := with(t, library(t), c.file, c.old, c.new)
			if strings.HasPrefix(c.file, "methods") {
				delete(fsys, cards) // its stages go with the pack
			}
			_, problems := Open(fsys)
			if diff := cmp.Diff(c.want, brief(problems)); diff != "" {
				t.Errorf("told (+) instead of (-):\n%s", diff)
			}
		})
	}
}

func TestALibraryKeepsOutAPackWithAFault(t *testing.T) {
	t.Parallel()
	fsys := with(t, library(t), "methods/team-hour/2-try.yaml", "weight: core", "weight: heavy")
	delete(fsys, "coach/cards.yaml")
	lib, problems := Open(fsys)
	if len(lib.List()) != 0 || len(Faults(problems)) != 1 {
		t.Errorf("%d packs, told %v", len(lib.List()), brief(problems))
	}
}

func TestBrokenFilesInTheRestOfTheContent(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"coach/cards.yaml", "glossary/words.yaml", "sectors.yaml", "methods/team-hour/pack.yaml"} {
		for _, data := range [][]byte{nil, []byte("["), []byte("hello"), bytes.Repeat([]byte("a"), maxFileBytes+1), []byte("\xff")} {
			fsys := library(t)
			fsys[file] = &fstest.MapFile{Data: data}
			if _, problems := Open(fsys); len(Faults(problems)) == 0 {
				t.Errorf("%s with %.10q is taken", file, data)
			}
		}
	}
}
