package plan

import (
	"slices"
	"time"

	"leerkring/why"
)

// Ground is what stands behind a goal or an action, as names that the rooms which keep
// them can show.
type Ground struct {
	Goals    []why.Ref // the goal that an action serves
	Findings []why.Ref // findings that the goals answer
	For      []why.Ref // evidence that speaks for those
	Against  []why.Ref // and against
	Voices   []why.Ref // what people said, directly or behind a finding
	Paper    PaperRef  // the plan that the team had already, from which it was taken over
}

// PaperRef is a plan that a team had already: when it came in, and the name that it gives
// itself. Zero is none.
type PaperRef struct {
	ID, Title string
	At        time.Time
}

// Is reports whether there is one.
func (p PaperRef) Is() bool { return p.ID != "" }

// Stands reports whether a finding or a voice is behind it.
func (g Ground) Stands() bool { return len(g.Findings)+len(g.Voices) > 0 }

// voices and sources are the kinds of thing that a goal can answer.
var (
	voices  = []string{"contribution", "pupil_contribution"}
	answers = []string{"finding", "evidence", "contribution", "pupil_contribution"}
)

// GroundOf follows the chain from a goal or an action down to findings, evidence and
// voices. Each name comes once, in the order in which it was linked.
func GroundOf(links why.Links, of why.Ref) Ground {
	var g Ground
	for _, l := range links.To(of.Kind, of.ID).Is(why.Became).OfKind(paperKind) {
		g.Paper = PaperRef{ID: l.From.ID, At: l.MadeAt}
	}
	if of.Kind == "action_item" {
		for _, l := range links.From(of.Kind, of.ID).Is(why.Serves) {
			put(&g.Goals, l.To)
		}
		g.voicesBehind(links, of)
		for _, goal := range g.Goals {
			g.answeredBy(links, goal)
		}
		return g
	}
	g.answeredBy(links, of)
	return g
}

func (g *Ground) answeredBy(links why.Links, goal why.Ref) {
	for _, l := range links.From(goal.Kind, goal.ID).Is(why.Answers) {
		switch {
		case l.To.Kind == "finding":
			put(&g.Findings, l.To)
			g.behind(links, l.To)
		case l.To.Kind == "evidence":
			put(&g.For, l.To)
		case slices.Contains(voices, l.To.Kind):
			put(&g.Voices, l.To)
		}
	}
	g.voicesBehind(links, goal)
}

// behind adds the evidence and the voices under a finding.
func (g *Ground) behind(links why.Links, finding why.Ref) {
	for _, l := range links.To(finding.Kind, finding.ID) {
		switch l.Relation {
		case why.Supports:
			put(&g.For, l.From)
		case why.Opposes:
			put(&g.Against, l.From)
		}
	}
	g.voicesBehind(links, finding)
}

func (g *Ground) voicesBehind(links why.Links, of why.Ref) {
	for _, l := range links.To(of.Kind, of.ID).Is(why.Became) {
		if slices.Contains(voices, l.From.Kind) {
			put(&g.Voices, l.From)
		}
	}
}

func put(list *[]why.Ref, r why.Ref) {
	if !slices.Contains(*list, r) {
		*list = append(*list, r)
	}
}
