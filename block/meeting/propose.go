package meeting

import (
	"slices"

	"leerkring/method"
	"leerkring/trajectory"
)

// Voiced is how a question of the present stage stands: the meeting does not know who
// said what, only where talk is due. Of a question whose answers another room keeps,
// such as a joint count, there is none.
type Voiced struct {
	ElementID  string
	Count      int  // answers, and what was brought in during earlier hours
	OtherSound bool // somebody sees it differently, and nobody talked about that yet
}

// Proposal is an item that the product proposes. Text is the pack's own question or
// criterion; the rest is made into a sentence at the edge. The reason is kept as its key:
// who said what is looked up when it is shown, so that nothing is told for longer than
// it stands.
type Proposal struct {
	Part      Part
	ElementID string      // question of the stage, or criterion of its gate
	Text      method.Text // empty for the round along last time's agreements
	Reason    string
	Minutes   int
}

// The reasons of proposals.
const (
	BecauseLast       = "meeting.because_last"
	BecauseOtherSound = "meeting.because_other_sound"
	BecauseStuck      = "meeting.because_stuck"
	BecauseNotHeard   = "meeting.because_not_heard"
	BecauseHeardLeast = "meeting.because_heard_least"
	BecauseOpen       = "meeting.because_open"
	BecauseCore       = "meeting.because_core" // a question whose answers this room does not count
)

// IsReason reports whether the reason of an item is one that the product gave.
func IsReason(reason string) bool {
	return slices.Contains([]string{BecauseLast, BecauseOtherSound, BecauseStuck, BecauseNotHeard, BecauseHeardLeast, BecauseOpen, BecauseCore}, reason)
}

// Known is what a proposal is made from.
type Known struct {
	Stage   *method.Stage
	Facts   trajectory.Facts
	Gate    []trajectory.Criterion
	Voiced  []Voiced
	Earlier bool // there are agreements or tasks of last time to look back at
	Minutes int
}

// Bounds of a proposal: questions beside looking back, the minutes that each needs, and
// the hour that is too short to look back in.
const (
	mostQuestions = 3
	eachQuestion  = 10
	tooShort      = 15
)

// Propose puts an hour together: look back at last time, at most three questions from the
// stage, each with its reason, and minutes that add up. Another sound that nobody talked
// about goes first, then what the coach would ask now, then the question that was heard
// least; a criterion that is still open becomes the thing to decide. A short hour has
// fewer questions.
func Propose(k Known) []Proposal {
	var out []Proposal
	if k.Earlier && k.Minutes >= tooShort {
		out = append(out, Proposal{Part: Share, Reason: BecauseLast})
	}
	places := clamp(k.Minutes/eachQuestion, 1, mostQuestions)
	criterion, decide := firstOpen(k.Gate)
	if places == 1 {
		decide = false // one question is for learning
	}
	if decide {
		places--
	}
	list := learning(k)
	out = append(out, list[:min(places, len(list))]...)
	if decide {
		out = append(out, Proposal{Part: Decide, ElementID: criterion.ID, Text: criterion.Text, Reason: BecauseOpen})
	}
	share(out, k.Minutes)
	return out
}

// learning are the questions to talk about, the one that is most due first.
func learning(k Known) []Proposal {
	var out []Proposal
	used := map[string]bool{}
	add := func(q method.Question, reason string) {
		if !used[q.ID] {
			used[q.ID] = true
			out = append(out, Proposal{Part: Learn, ElementID: q.ID, Text: q.Text, Reason: reason})
		}
	}
	for _, v := range k.Voiced {
		if q, ok := find(k.Stage.Questions, v.ElementID); ok && v.OtherSound {
			add(q, BecauseOtherSound)
		}
	}
	open, _ := trajectory.Questions(k.Stage, k.Facts)
	for _, q := range open {
		if q.Weight == method.WhenStuck {
			add(q, BecauseStuck)
		}
	}
	for _, q := range leastHeard(open, k.Voiced) {
		n, known := count(k.Voiced, q.ID)
		switch {
		case !known:
			add(q, BecauseCore)
		case n == 0:
			add(q, BecauseNotHeard)
		default:
			add(q, BecauseHeardLeast)
		}
	}
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

// count is how much was said about a question, and whether that is known.
func count(voiced []Voiced, id string) (int, bool) {
	for _, v := range voiced {
		if v.ElementID == id {
			return v.Count, true
		}
	}
	return 0, false
}

// leastHeard orders core questions by how little was said, keeping the pack's order among equals.
func leastHeard(open []method.Question, voiced []Voiced) []method.Question {
	core := slices.DeleteFunc(slices.Clone(open), func(q method.Question) bool { return q.Weight != method.Core })
	slices.SortStableFunc(core, func(a, b method.Question) int {
		x, _ := count(voiced, a.ID)
		y, _ := count(voiced, b.ID)
		return x - y
	})
	return core
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
