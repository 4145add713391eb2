package evidence

import (
	"strings"

	"leerkring/internal/errs"
	"leerkring/writing"
)

// Explanation is one way in which somebody explains what is going on.
type Explanation struct {
	Text    string
	Whose   string // who explains it so, in words: a section, pupils of 4h3
	WhoseID string // or one person
	Lies    Lies
	Present bool   // it points at the approach that is in use now
	Behind  string // and what lies behind that
	Status  Status
	Reason  string // why it holds, or fell
}

// Lies is where an explanation puts the cause; "" while nobody said so.
type Lies string

// Where a cause can lie.
const (
	WithUs    Lies = "us"
	Elsewhere Lies = "elsewhere"
	Both      Lies = "both"
)

// Places are all places where a cause can lie.
var Places = []Lies{WithUs, Both, Elsewhere}

// Status is what the team thinks of an explanation by now; "" is still open.
type Status string

// The statuses.
const (
	StillOpen Status = ""
	Holds     Status = "holds"
	Fell      Status = "fell"
)

// Statuses are all statuses.
var Statuses = []Status{StillOpen, Holds, Fell}

// Kind is ExplanationKind.
func (Explanation) Kind() Kind { return ExplanationKind }

// Check refuses an explanation without words, and one that fell without a reason.
func (x Explanation) Check() error {
	refused := []error{
		says("text", x.Text, maxText, "evidence.explanation_empty"), fits("whose", x.Whose, maxTitle), fits("behind", x.Behind, maxText), fits("reason", x.Reason, maxText),
		oneOf("lies", x.Lies, Places), oneOf("status", x.Status, Statuses),
	}
	if x.Status == Fell && strings.TrimSpace(x.Reason) == "" {
		refused = append(refused, errs.Invalid("evidence.fell_reason").On("reason"))
	}
	return errs.Join(refused...)
}

func (x Explanation) person() string { return x.WhoseID }

func (x Explanation) body() writing.Body {
	return words("text", x.Text, "whose", x.Whose, "whose_id", x.WhoseID, "lies", string(x.Lies), "present", yes(x.Present), "behind", x.Behind,
		"status", string(x.Status), "reason", x.Reason)
}

// ExplanationOf reads an explanation back from the words of one of its versions.
func ExplanationOf(b writing.Body) Explanation {
	return Explanation{Text: b["text"], Whose: b["whose"], WhoseID: b["whose_id"], Lies: Lies(b["lies"]), Present: b["present"] != "", Behind: b["behind"],
		Status: Status(b["status"]), Reason: b["reason"]}
}
