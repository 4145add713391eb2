package method

import (
	"slices"
	"strings"
	"testing"
)

// sessionPack is a small session without problems; each row of the table below makes one slip in it.
var sessionPack = map[string]string{
	"pack.yaml": `id: short-talk
version: 1.0.0
kind: method
shape: session
name: {nl: Kort gesprek, en: Short talk}
need: {nl: samen kort praten, en: talk for a while}
summary: {nl: Twee stappen., en: Two steps.}
duration: {nl: tien minuten, en: ten minutes}
roles:
  - {id: presenter, name: {nl: inbrenger, en: presenter}, text: {nl: Brengt iets in., en: Brings something in.}}
  - {id: host, name: {nl: gespreksleider, en: facilitator}, text: {nl: Let op de tijd., en: Minds the time.}}
stages: [tell, weigh]
session:
  circle: closed
  group: {min: 3, ideal: 5, max: 8}
  rung: 3
  laps: {from: tell, to: weigh, turn: presenter}
`,
	"1-tell.yaml": `id: tell
number: 1
name: {nl: Vertellen, en: Tell}
aim: {nl: Vertel wat er gebeurde., en: Tell what happened.}
asks: {nl: wat gebeurde er?, en: what happened?}
live: {minutes: 5, turns: one, speaker: presenter}
fields:
  - {id: seen, text: {nl: Wat hoorde je?, en: What did you hear?}, most: 2, reveal: later, opens: weigh}
`,
	"2-weigh.yaml": `id: weigh
number: 2
name: {nl: Wegen, en: Weigh}
aim: {nl: Kies wat helpt., en: Choose what helps.}
asks: {nl: wat helpt?, en: what helps?}
live:
  minutes: 5
  turns: free
  shows: [seen]
  mark: {field: seen, by: presenter, votes: 2}
`,
}

func readSession(t *testing.T, slip func(files map[string]string)) (*Pack, []Problem) {
	t.Helper()
	files := map[string]string{}
	for name, text := range sessionPack {
		files[name] = text
	}
	slip(files)
	var raw []rawFile
	for name, text := range files {
		raw = append(raw, rawFile{name, []byte(text)})
	}
	slices.SortFunc(raw, func(a, b rawFile) int { return strings.Compare(a.name, b.name) })
	p, problems := assemble(raw)
	if p != nil {
		problems = append(problems, Check(p)...)
	}
	return p, problems
}

func TestASessionIsHeldAgainstItsRolesStagesAndFields(t *testing.T) {
	t.Parallel()
	if p, found := readSession(t, func(map[string]string) {}); len(found) > 0 || p.Minutes() != 10 {
		t.Fatal(brief(found))
	}
	for _, c := range []struct{ name, file, old, new, want string }{
		{"no circle", "pack.yaml", "  circle: closed\n", "", "missing"},
		{"nobody can come", "pack.yaml", "min: 3, ideal: 5", "min: 9, ideal: 5", "bad_group"},
		{"no rung", "pack.yaml", "  rung: 3\n", "", "missing"},
		{"a rung that no ladder has", "pack.yaml", "rung: 3", "rung: 6", "out_of_range"},
		{"five rules", "pack.yaml", "  rung: 3\n", "  rung: 3\n  rules: [{id: r1, text: {nl: a, en: a}}, {id: r2, text: {nl: a, en: a}}, {id: r3, text: {nl: a, en: a}}, {id: r4, text: {nl: a, en: a}}, {id: r5, text: {nl: a, en: a}}]\n", "too_many_rules"},
		{"laps the wrong way round", "pack.yaml", "from: tell, to: weigh", "from: weigh, to: tell", "bad_laps"},
		{"laps by nobody", "pack.yaml", "turn: presenter", "turn: writer", "no_such_role"},
		{"a workshop in a stage that is not there", "pack.yaml", "  rung: 3\n", "  rung: 3\n  offers: {rounds: [lunch]}\n", "no_such_stage"},
		{"a stage without a turn", "1-tell.yaml", ", turns: one, speaker: presenter", "", "missing"},
		{"a stage without minutes", "2-weigh.yaml", "  minutes: 5\n", "", "missing"},
		{"one who is nobody", "1-tell.yaml", ", speaker: presenter", "", "one_needs_speaker"},
		{"a speaker without a role", "1-tell.yaml", "speaker: presenter", "speaker: writer", "no_such_role"},
		{"a field that comes later", "1-tell.yaml", "speaker: presenter}", "speaker: presenter, shows: [helps]}", "no_such_field"},
		{"to mark with votes and with words", "2-weigh.yaml", "votes: 2}", "votes: 2, options: [{id: a, text: {nl: a, en: a}}]}", "votes_or_options"},
		{"later, and never", "1-tell.yaml", ", opens: weigh", "", "later_needs_opens"},
		{"a part that is not there", "1-tell.yaml", "number: 1\n", "number: 1\npart: plan\n", "no_such_part"},
		{"words where true belongs", "1-tell.yaml", "turns: one", "turned: \"ja\", turns: one", "want_true"},
		{"a hidden name and no way for few", "pack.yaml", "stages:", "asked: {names: hidden}\nstages:", "needs_small_group"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, found := readSession(t, func(files map[string]string) {
				if !strings.Contains(files[c.file], c.old) {
					t.Fatalf("%s does not stand in %s", c.old, c.file)
				}
				files[c.file] = strings.Replace(files[c.file], c.old, c.new, 1)
			})
			if !slices.ContainsFunc(found, func(p Problem) bool { return p.Key == "method."+c.want }) {
				t.Errorf("told %v, want %s", brief(found), c.want)
			}
		})
	}
}

func TestTrueAndFalseAreReadWhereTheyBelong(t *testing.T) {
	t.Parallel()
	p, found := readSession(t, func(files map[string]string) {
		files["1-tell.yaml"] = strings.Replace(files["1-tell.yaml"], "turns: one", "turned: true, turns: one", 1)
		files["2-weigh.yaml"] += "statements:\n  - {id: s1, text: {nl: Wij praten vooral zelf., en: We mostly talk ourselves.}, reversed: true}\n  - {id: s2, text: {nl: Wij luisteren., en: We listen.}}\n"
	})
	if len(found) > 0 {
		t.Fatal(brief(found))
	}
	weigh := p.Stages[1].Statements
	if !p.Stages[0].Live.Turned || p.Stages[1].Live.Turned || !weigh[0].Reversed || weigh[1].Reversed {
		t.Errorf("read %+v and %+v", p.Stages[0].Live, weigh)
	}
}
