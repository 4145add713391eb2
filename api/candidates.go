package api

import (
	"leerkring/access"
	"leerkring/block/contribution"
)

func (a *API) ofCandidates() []route {
	return []route{
		get("/trajectories/{id}/focus-points", access.List, access.FocusPoint, "list-candidates", "Candidate focus points of an exploration, with what they rest on.", a.candidates),
		makes("/trajectories/{id}/focus-points", access.Settle, access.Contribution, "cluster", "Make a candidate of signals that belong together.", a.cluster).below("/focus-points"),
		does("PUT", "/trajectories/{id}/focus-points/{focus}", access.Settle, access.Contribution, "reword-candidate", "Change the words of a candidate.", a.rewordCandidate).onVersion(),
	}
}

// Candidate is a focus point that could be chosen. Single ratings are nobody's business
// but the rater's, so there are none: only the figures of a closed round.
type Candidate struct {
	FocusPoint
	Signals  []string `json:"signal_ids" doc:"Contributions that lie with it."`
	Pupils   int      `json:"pupils" doc:"Of them said by pupils."`
	Facts    int      `json:"facts"`
	Subjects int      `json:"subjects" doc:"How many subjects its writers teach."`
	Figure   *Figure  `json:"figure,omitempty"`
}

// Figure is what a closed round of ratings shows.
type Figure struct {
	Importance Spread `json:"importance"`
	Effort     Spread `json:"effort"`
}

// Spread is what may be shown of one opinion, from 1 to 5.
type Spread struct {
	Shown  string  `json:"shown" enum:"too_few,middle,spread" doc:"Nothing below five answers; the middle half from ten."`
	Middle float64 `json:"middle,omitempty"`
	Low    float64 `json:"low,omitempty"`
	High   float64 `json:"high,omitempty"`
}

func spreadOf(s contribution.Spread) Spread {
	switch s.Shown() {
	case contribution.MiddleAndSpread:
		return Spread{"spread", s.Middle, s.Low, s.High}
	case contribution.MiddleOnly:
		return Spread{Shown: "middle", Middle: s.Middle}
	}
	return Spread{Shown: "too_few"}
}

func candidateOf(x contribution.Candidate) Candidate {
	c := Candidate{FocusPoint: focusPoint(x.FocusPoint), Signals: all(x.Signals), Pupils: x.Pupils, Facts: x.Facts, Subjects: x.Subjects}
	if x.Figure != nil {
		c.Figure = &Figure{spreadOf(x.Figure.Importance), spreadOf(x.Figure.Effort)}
	}
	return c
}

type inCandidates struct {
	BelowPaged
	Stage string `query:"stage" maxLength:"64" doc:"Id of a stage; the present one when you name none."`
}

func (a *API) candidates(c *call, in *inCandidates) (List[Candidate], error) {
	seen, err := c.seen(in.ID)
	if err != nil {
		return List[Candidate]{}, err
	}
	if err := seen.Must(access.List, access.FocusPoint, ""); err != nil {
		return List[Candidate]{}, err
	}
	x, err := a.Contributions.Explore(c.ctx, a.DB, seen, in.Stage)
	if err != nil {
		return List[Candidate]{}, err
	}
	return piece(in.Paged, x.Candidates, func(x contribution.Candidate) string { return x.ID }, candidateOf)
}

type inCluster struct {
	Below
	Body struct {
		FocusWords
		Signals []string `json:"signal_ids,omitempty" maxItems:"100" doc:"Contributions that belong together."`
	}
}

func (a *API) cluster(c *call, in *inCluster) (receipt, error) {
	b := in.Body
	id, err := a.Contributions.Cluster(c.ctx, c.who, in.ID, b.Title, b.Body, b.VisionLineID, b.Signals)
	return made(id, err)
}

type inRewordCandidate struct {
	Below
	FocusAt
	Body FocusWords
}

func (a *API) rewordCandidate(c *call, in *inRewordCandidate) (receipt, error) {
	base, err := c.base(0)
	if err != nil {
		return done, err
	}
	return did(a.Contributions.RewordFocus(c.ctx, c.who, in.ID, in.Focus, base, in.Body.words()))
}
