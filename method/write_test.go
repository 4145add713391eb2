package method

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAPackIsWrittenDownWhole: a copy of each pack of ours says the same as the pack, and
// writing it down again changes nothing.
func TestAPackIsWrittenDownWhole(t *testing.T) {
	t.Parallel()
	lib, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range append(lib.List(), mustLoad(t, goodPack(t))) {
		own, problems := p.Own("own-"+p.ID, "1.0.0")
		if faults := Faults(problems); len(faults) > 0 {
			t.Fatalf("%s: %s\n%s", p.ID, faults[0], faults[0].Excerpt)
		}
		if diff := Differences(p, own); len(diff) > 0 {
			t.Errorf("%s: the copy differs: %+v", p.ID, diff)
		}
		if own.BasedOn != (Base{p.ID, p.Version}) || own.ID != "own-"+p.ID || strings.Contains(string(own.Source()), "covers:") {
			t.Errorf("%s: %+v", p.ID, own.BasedOn)
		}
		again, _ := Rewrite(own.Values())
		if again.Hash() != own.Hash() {
			t.Errorf("%s: written twice, it differs", p.ID)
		}
		back, _ := FromSource(own.Source())
		if back == nil || back.Hash() != own.Hash() {
			t.Errorf("%s does not read back", p.ID)
		}
	}
}

func TestWordsThatAreNoEasyYAMLAreKept(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"{leerling} eerst", "a: b", "- c", "# d", "'e'", `"f"`, `\g`, "true", "null", "12", "1.5", "two\nlines", "--- # pack.yaml", "...", "&h", "*i", "!j", "|", ">", "%k", "@l", "tab\there", "é’‘", "~", " q "} {
		p := mustLoad(t, goodPack(t)).Values()
		p.Name = Text{words, words}
		out, problems := Rewrite(p)
		if out == nil {
			t.Errorf("%q: %v", words, problems)
			continue
		}
		back, _ := FromSource(out.Source())
		if back == nil || back.Name.NL != words {
			t.Errorf("%q does not read back", words)
		}
	}
	p := mustLoad(t, goodPack(t)).Values()
	p.Name.NL = "un\u202eseen"
	if out, problems := Rewrite(p); out != nil || problems[0].Key != "method.bad_character" {
		t.Errorf("a hidden character went through: %v", problems)
	}
}

func TestAProblemTellsThePlaceInTheForm(t *testing.T) {
	t.Parallel()
	p := mustLoad(t, goodPack(t)).Values()
	p.Stages[1].Questions[0].Text.NL = ""
	_, problems := Rewrite(p)
	if len(problems) != 1 || problems[0].Path != "questions[0].text" || problems[0].Element != "f2.q1" || problems[0].File != "2-try.yaml" {
		t.Errorf("%+v", problems)
	}
}

func TestWhatDiffers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(p *Pack)
		want   []string
	}{
		{"nothing", func(*Pack) {}, nil},
		{"another id, version and origin", func(p *Pack) { p.ID, p.Version, p.BasedOn = "x", "9.9.9", Base{"y", "1.0.0"} }, nil},
		{"a word of the pack", func(p *Pack) { p.Name.NL = "Anders" }, []string{"changed pack  name: Teamuur → Anders"}},
		{"only the English", func(p *Pack) { p.Name.EN = "Different" }, []string{"changed pack  name: Teamuur → Teamuur"}},
		{"a number", func(p *Pack) { p.Weeks = 9 }, []string{"changed pack  weeks: 1 → 9"}},
		{"a question away", func(p *Pack) { p.Stages[1].Questions = p.Stages[1].Questions[1:] }, []string{"removed try question f2.q1 questions: " + tryText + " → "}},
		{"a question more", func(p *Pack) {
			p.Stages[0].Questions = append(p.Stages[0].Questions, Question{ID: "n", Weight: More, Block: "plan", Text: Text{"Nieuw", "New"}})
		}, []string{"added look question n questions:  → Nieuw"}},
		{"stages turned round", func(p *Pack) { p.Stages[0], p.Stages[1] = p.Stages[1], p.Stages[0] }, []string{"moved look stage look :  → "}},
		{"minutes of a stage", func(p *Pack) { p.Stages[0].Live.Minutes = 12 }, []string{"changed look stage look live.minutes:  → 12"}},
		{"an example", func(p *Pack) { p.Stages[0].Questions[0].Example = map[Sector]Text{"po": {"a", "b"}} }, []string{"changed look question f1.q1 example.po:  → a"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			from := mustLoad(t, goodPack(t))
			from.Stages[0].Questions[0].Example = nil
			to := from.Values()
			c.change(&to)
			var got []string
			for _, d := range Differences(from, &to) {
				got = append(got, strings.ReplaceAll(string(d.Change)+" "+strings.TrimSpace(d.Stage+" "+d.Kind)+" "+d.Element+" "+d.Field+": "+d.Before.NL+" → "+d.After.NL, " :", " :"))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

const tryText = "Wat probeer je?"

func TestOnlyWhatMovedIsTold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ before, after, want string }{
		{"a b c", "a b c", ""}, {"a b c", "c a b", "c"}, {"a b c", "b c a", "a"}, {"a b c d", "b a c d", "b"}, {"a b", "x b a", "b"}, {"", "a", ""},
	} {
		moved := movedIn(strings.Fields(c.before), strings.Fields(c.after))
		var got []string
		for _, id := range strings.Fields(c.after) {
			if moved[id] {
				got = append(got, id)
			}
		}
		if len(got) > 1 || strings.Join(got, " ") != c.want && len(got) != len(strings.Fields(c.want)) {
			t.Errorf("%s → %s: %v", c.before, c.after, got)
		}
	}
}
