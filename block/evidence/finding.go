package evidence

import (
	"strings"

	"leerkring/internal/errs"
	"leerkring/writing"
)

// Finding is what a team says it found, with labels that tell for whom and how often.
type Finding struct {
	Text     string
	ForWhom  string
	HowOften string
	Tried    string // what was tried before
	Keep     string // what must stay
	Proud    string // what people are proud of
}

// Kind is FindingKind.
func (Finding) Kind() Kind { return FindingKind }

// Check refuses a finding without words. Labels may come later.
func (f Finding) Check() error {
	return errs.Join(says("text", f.Text, maxText, "evidence.finding_empty"), fits("for_whom", f.ForWhom, maxLabel), fits("how_often", f.HowOften, maxLabel),
		fits("tried", f.Tried, maxLabel), fits("keep", f.Keep, maxLabel), fits("proud", f.Proud, maxLabel))
}

func (Finding) person() string { return "" }

func (f Finding) body() writing.Body {
	return words("text", f.Text, "for_whom", f.ForWhom, "how_often", f.HowOften, "tried", f.Tried, "keep", f.Keep, "proud", f.Proud)
}

// FindingOf reads a finding back from the words of one of its versions.
func FindingOf(b writing.Body) Finding {
	return Finding{Text: b["text"], ForWhom: b["for_whom"], HowOften: b["how_often"], Tried: b["tried"], Keep: b["keep"], Proud: b["proud"]}
}

// Label is one label of a finding, with the name of its field.
type Label struct{ Name, Text string }

// Labels are the labels that have words, in the order of the page.
func (f Finding) Labels() []Label {
	var out []Label
	for _, l := range []Label{{"for_whom", f.ForWhom}, {"how_often", f.HowOften}, {"tried", f.Tried}, {"keep", f.Keep}, {"proud", f.Proud}} {
		if strings.TrimSpace(l.Text) != "" {
			out = append(out, l)
		}
	}
	return out
}

// Labelled reports whether it says for whom, how often, and what was tried before.
// attempts tells that what was tried stands on the page on its own.
func (f Finding) Labelled(attempts bool) bool {
	has := func(s string) bool { return strings.TrimSpace(s) != "" }
	return has(f.ForWhom) && has(f.HowOften) && (has(f.Tried) || attempts)
}

// Attempt is something that was tried before.
type Attempt struct {
	Text   string // what was tried
	When   string // in words
	Result string // what came of it
}

// Kind is AttemptKind.
func (Attempt) Kind() Kind { return AttemptKind }

// Check refuses an attempt without words. What came of it may follow: somebody else may
// remember.
func (a Attempt) Check() error {
	return errs.Join(says("text", a.Text, maxText, "evidence.attempt_empty"), fits("when", a.When, maxNote), fits("result", a.Result, maxText))
}

func (Attempt) person() string { return "" }

func (a Attempt) body() writing.Body {
	return words("text", a.Text, "when", a.When, "result", a.Result)
}

// AttemptOf reads an attempt back from the words of one of its versions.
func AttemptOf(b writing.Body) Attempt {
	return Attempt{Text: b["text"], When: b["when"], Result: b["result"]}
}
