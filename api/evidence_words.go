package api

import (
	"net/http"

	"leerkring/block/evidence"
)

// EvidenceWords are the words of one thing: exactly one member.
type EvidenceWords struct {
	Source      *Source      `json:"source,omitempty"`
	Explanation *Explanation `json:"explanation,omitempty"`
	Finding     *Finding     `json:"finding,omitempty"`
	Attempt     *Attempt     `json:"attempt,omitempty"`
}

var evidenceKinds = map[string]evidence.Kind{
	"source": evidence.SourceKind, "explanation": evidence.ExplanationKind, "finding": evidence.FindingKind, "attempt": evidence.AttemptKind,
}

// Source is something that somebody brought.
type Source struct {
	Of          string      `json:"of" enum:"literature,expert,other_school,own_data,interview,observation,experience"`
	Title       string      `json:"title"`
	Where       string      `json:"where,omitempty" doc:"A reference in words, or a web address."`
	Says        string      `json:"says,omitempty" lines:"many"`
	Strength    string      `json:"strength,omitempty" enum:"first_impression,indication,firm"`
	Stance      string      `json:"stance,omitempty" enum:"agrees,mixed,opposes" doc:"How it stands towards what the team already thought."`
	Appraisal   []Judgement `json:"appraisal,omitempty" maxItems:"5"`
	Translation string      `json:"translation,omitempty" lines:"many" doc:"What it means for our own pupils, in one sentence."`
	BroughtBy   string      `json:"brought_by,omitempty" doc:"The person who brought it."`
}

// Judgement is a verdict on one aspect of a source.
type Judgement struct {
	Aspect  string `json:"aspect" enum:"relevant,usable,credible,recent,fits"`
	Verdict string `json:"verdict,omitempty" enum:"yes,partly,no,unknown"`
	Note    string `json:"note,omitempty"`
}

// Explanation is one way in which somebody explains what is going on.
type Explanation struct {
	Text    string `json:"text" lines:"many"`
	Whose   string `json:"whose,omitempty" doc:"Who explains it so, in words."`
	WhoseID string `json:"whose_id,omitempty" doc:"Or one person."`
	Lies    string `json:"lies,omitempty" enum:"us,both,elsewhere"`
	Present bool   `json:"present,omitempty" doc:"It points at the approach that is in use now."`
	Behind  string `json:"behind,omitempty" lines:"many"`
	Status  string `json:"status,omitempty" enum:"holds,fell" doc:"Nothing while it is open."`
	Reason  string `json:"reason,omitempty" lines:"many"`
}

// Finding is what a team says it found.
type Finding struct {
	Text     string `json:"text" lines:"many"`
	ForWhom  string `json:"for_whom,omitempty"`
	HowOften string `json:"how_often,omitempty"`
	Tried    string `json:"tried,omitempty" lines:"many"`
	Keep     string `json:"keep,omitempty" lines:"many"`
	Proud    string `json:"proud,omitempty" lines:"many"`
}

// Attempt is something that was tried before.
type Attempt struct {
	Text   string `json:"text" lines:"many"`
	When   string `json:"when,omitempty"`
	Result string `json:"result,omitempty" lines:"many"`
}

// oneOf refuses a body with none or several of the members of which it takes one.
func oneOf(there ...bool) error {
	n := 0
	for _, t := range there {
		if t {
			n++
		}
	}
	if n != 1 {
		return &refusal{status: http.StatusUnprocessableEntity, key: "api.one_of", at: "body"}
	}
	return nil
}

func (w EvidenceWords) item() (evidence.Item, error) {
	if err := oneOf(w.Source != nil, w.Explanation != nil, w.Finding != nil, w.Attempt != nil); err != nil {
		return nil, err
	}
	switch {
	case w.Source != nil:
		return w.Source.source(), nil
	case w.Explanation != nil:
		x := w.Explanation
		return evidence.Explanation{Text: x.Text, Whose: x.Whose, WhoseID: x.WhoseID, Lies: evidence.Lies(x.Lies), Present: x.Present, Behind: x.Behind, Status: evidence.Status(x.Status), Reason: x.Reason}, nil
	case w.Finding != nil:
		return evidence.Finding(*w.Finding), nil
	}
	return evidence.Attempt(*w.Attempt), nil
}

func (s Source) source() evidence.Source {
	out := evidence.Source{Of: evidence.SourceType(s.Of), Title: s.Title, Where: s.Where, Says: s.Says, Strength: evidence.Strength(s.Strength), Stance: evidence.Stance(s.Stance),
		Translation: s.Translation, BroughtBy: s.BroughtBy}
	for _, j := range s.Appraisal {
		if out.Appraisal == nil {
			out.Appraisal = evidence.Appraisal{}
		}
		out.Appraisal[evidence.Aspect(j.Aspect)] = evidence.Judgement{Verdict: evidence.Verdict(j.Verdict), Note: j.Note}
	}
	return out
}

// itemWords shows an item with its kind.
func itemWords(item evidence.Item) (string, EvidenceWords) {
	switch x := item.(type) {
	case evidence.Source:
		s := Source{Of: string(x.Of), Title: x.Title, Where: x.Where, Says: x.Says, Strength: string(x.Strength), Stance: string(x.Stance), Translation: x.Translation, BroughtBy: x.BroughtBy}
		for _, aspect := range evidence.Aspects {
			if j, ok := x.Appraisal[aspect]; ok {
				s.Appraisal = append(s.Appraisal, Judgement{string(aspect), string(j.Verdict), j.Note})
			}
		}
		return "source", EvidenceWords{Source: &s}
	case evidence.Explanation:
		return "explanation", EvidenceWords{Explanation: &Explanation{x.Text, x.Whose, x.WhoseID, string(x.Lies), x.Present, x.Behind, string(x.Status), x.Reason}}
	case evidence.Finding:
		f := Finding(x)
		return "finding", EvidenceWords{Finding: &f}
	case evidence.Attempt:
		t := Attempt(x)
		return "attempt", EvidenceWords{Attempt: &t}
	}
	return "", EvidenceWords{}
}
