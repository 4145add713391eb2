package meeting

import (
	"leerkring/method"
	"leerkring/trajectory"
)

// Voiced is how a question of the present stage stands: the meeting does not know who
// said what, only where talk is due.
type Voiced struct {
	ElementID  string
	Count      int
	OtherSound string // name of who brought in another sound that was not talked about, or ""
	On         string // the day of that, already a sentence
}

// Proposal is an item that the product proposes, with the text key of its reason. Text
// is the pack's own question; the rest is made into a sentence at the edge.
type Proposal struct {
	Part      Part
	ElementID string      // question of the stage
	GateID    string      // or criterion of its gate
	Text      method.Text // "" for the round along last time's agreements
	TextKey   string
	ReasonKey string
	Args      []any
	Minutes   int
}

// Known is what a proposal is made from.
type Known struct {
	Stage    *method.Stage
	Facts    trajectory.Facts
	Gate     []trajectory.Criterion
	Voiced   []Voiced
	Earlier  bool // there are agreements or tasks of last time to look back at
	Minutes  int
	LastDate string // the day of the last meeting, already a sentence
}

// mostQuestions is how many questions are proposed beside looking back.
const mostQuestions = 3

// Propose puts an hour together: look back at last time, at most three questions from the
// stage, each with its reason, and minutes that add up. Another sound that nobody talked
// about goes first, then what the coach would ask now, then the question that was heard
// least; a criterion that is still open becomes the thing to decide.
func Propose(k Known) []Proposal {
	var out []Proposal
	if k.Earlier {
		out = append(out, Proposal{Part: Share, TextKey: "meeting.look_back", ReasonKey: "meeting.because_last", Args: []any{"date", k.LastDate}})
	}
	used := map[string]bool{}
	questions := 0
	add := func(p Proposal) {
		if questions < mostQuestions && !used[p.ElementID+p.GateID] {
			used[p.ElementID+p.GateID] = true
			out = append(out, p)
			questions++
		}
	}
	open, _ := trajectory.Questions(k.Stage, k.Facts)
	for _, v := range k.Voiced {
		if q, ok := find(open, v.ElementID); ok && v.OtherSound != "" {
			add(Proposal{Part: Learn, ElementID: q.ID, Text: q.Text, ReasonKey: "meeting.because_other_sound", Args: []any{"name", v.OtherSound, "date", v.On}})
		}
	}
	for _, q := range open {
		if q.Weight == method.WhenStuck {
			add(Proposal{Part: Learn, ElementID: q.ID, Text: q.Text, ReasonKey: "meeting.because_stuck"})
		}
	}
	keep := 1 // one place for deciding, when something is open
	criterion, decide := firstOpen(k.Gate)
	if !decide {
		keep = 0
	}
	for _, q := range leastHeard(open, k.Voiced) {
		if questions < mostQuestions-keep {
			reason := "meeting.because_heard_least"
			if count(k.Voiced, q.ID) == 0 {
				reason = "meeting.because_not_heard"
			}
			add(Proposal{Part: Learn, ElementID: q.ID, Text: q.Text, ReasonKey: reason, Args: []any{"n", count(k.Voiced, q.ID)}})
		}
	}
	if decide {
		add(Proposal{Part: Decide, GateID: criterion.ID, Text: criterion.Text, ReasonKey: "meeting.because_open"})
	}
	share(out, k.Minutes)
	return out
}

func find(list []method.Question, id string) (method.Question, bool) {
	for _, q := range list {
		if q.ID == id {
			return q, true
		}
	}
	return method.Question{}, false
}

func count(voiced []Voiced, id string) int {
	for _, v := range voiced {
		if v.ElementID == id {
			return v.Count
		}
	}
	return 0
}

// leastHeard orders core questions by how little was said, keeping the pack's order among equals.
func leastHeard(open []method.Question, voiced []Voiced) []method.Question {
	var out []method.Question
	for _, q := range open {
		if q.Weight != method.Core {
			continue
		}
		at := len(out)
		for at > 0 && count(voiced, out[at-1].ID) > count(voiced, q.ID) {
			at--
		}
		out = append(out[:at], append([]method.Question{q}, out[at:]...)...)
	}
	return out
}

func firstOpen(gate []trajectory.Criterion) (trajectory.Criterion, bool) {
	for _, c := range gate {
		if c.Weight == method.Core && c.State != trajectory.Met {
			return c, true
		}
	}
	return trajectory.Criterion{}, false
}

// share divides the minutes in fives: ten for looking back and fifteen for deciding when
// there is time, the rest evenly over learning; what is left goes to the first question.
func share(list []Proposal, minutes int) {
	if len(list) == 0 {
		return
	}
	left := minutes - minutes%itemStep
	learning := 0
	for i := range list {
		switch list[i].Part {
		case Share:
			list[i].Minutes = clamp(minutes/6, itemStep, 10)
		case Decide:
			list[i].Minutes = clamp(minutes/4, itemStep, 15)
		default:
			learning++
			continue
		}
		list[i].Minutes -= list[i].Minutes % itemStep
		left -= list[i].Minutes
	}
	first := true
	for i := range list {
		if list[i].Part != Learn {
			continue
		}
		each := max(itemStep, left/learning-(left/learning)%itemStep)
		if first {
			each = max(itemStep, left-(learning-1)*each)
			first = false
		}
		list[i].Minutes = each
		left -= each
		learning--
	}
}

func clamp(n, low, high int) int { return max(low, min(n, high)) }
