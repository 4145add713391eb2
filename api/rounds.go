package api

import (
	"time"

	"leerkring/access"
	"leerkring/block/contribution"
	"leerkring/internal/clock"
)

func (a *API) ofRounds() []route {
	return []route{
		get("/trajectories/{id}/rounds", access.List, access.Round, "list-rounds", "Rounds of the present stage.", a.rounds),
		makes("/trajectories/{id}/rounds", access.Create, access.Round, "open-round", "Ask a question of a circle until a day.", a.openRound),
		get("/trajectories/{id}/rounds/{round}", access.Read, access.Round, "read-round", "A round.", a.round),
		does("POST", "/trajectories/{id}/rounds/{round}/close", access.Lead, access.Round, "close-round", "End a round at once.", a.closeRound),
	}
}

// Round is a question asked of a circle. Who has not been heard yet is for those in the
// room, and not given to programs.
type Round struct {
	ID        string     `json:"id"`
	VisitID   string     `json:"visit_id"`
	ElementID string     `json:"element_id,omitempty" doc:"The question; nothing for ratings."`
	Form      string     `json:"form" enum:"named,blind,rating"`
	Audience  string     `json:"audience" enum:"plg,school,teams"`
	TeamIDs   []string   `json:"team_ids"`
	ClosesOn  clock.Date `json:"closes_on" format:"date"`
	Open      bool       `json:"open"`
	Answered  int        `json:"answered" doc:"How many answered; of ratings in fives while they are given."`
	Of        int        `json:"of" doc:"Of how many, without those who are away."`
	OpenedAt  time.Time  `json:"opened_at"`
	ClosedAt  time.Time  `json:"closed_at,omitzero"`
	Closed    string     `json:"closed,omitempty" enum:"lead,date,all"`
}

func roundOf(v contribution.RoundView) Round {
	return Round{ID: v.ID, VisitID: v.VisitID, ElementID: v.ElementID, Form: string(v.Form), Audience: string(v.Audience), TeamIDs: all(v.TeamIDs), ClosesOn: v.ClosesOn,
		Open: v.IsOpen, Answered: v.Answered, Of: v.Of, OpenedAt: v.OpenedAt, ClosedAt: v.ClosedAt, Closed: string(v.Closed)}
}

func (a *API) rounds(c *call, in *BelowPaged) (List[Round], error) {
	seen, err := c.seen(in.ID)
	if err != nil {
		return List[Round]{}, err
	}
	if err := seen.Must(access.List, access.Round, ""); err != nil {
		return List[Round]{}, err
	}
	x, err := a.Contributions.Explore(c.ctx, a.DB, seen, "")
	if err != nil {
		return List[Round]{}, err
	}
	if x.Rating != nil {
		x.Rounds = append(x.Rounds, *x.Rating)
	}
	return piece(in.Paged, x.Rounds, func(v contribution.RoundView) string { return v.ID }, roundOf)
}

// RoundAt is one round of a trajectory.
type RoundAt struct {
	Below
	Round string `path:"round"`
}

func (a *API) round(c *call, in *RoundAt) (Round, error) {
	seen, err := c.seen(in.ID)
	if err != nil {
		return Round{}, err
	}
	v, err := a.Contributions.Round(c.ctx, a.DB, seen, in.Round)
	return roundOf(v), err
}

type inOpenRound struct {
	Below
	Body struct {
		ElementID string     `json:"element_id,omitempty" doc:"The question; nothing for a round of ratings."`
		Form      string     `json:"form" enum:"named,blind,rating"`
		Audience  string     `json:"audience" enum:"plg,school,teams"`
		TeamIDs   []string   `json:"team_ids,omitempty" maxItems:"100"`
		ClosesOn  clock.Date `json:"closes_on" format:"date" doc:"The last day on which one may answer."`
	}
}

func (a *API) openRound(c *call, in *inOpenRound) (receipt, error) {
	b := in.Body
	id, err := a.Contributions.Open(c.ctx, c.who, in.ID, contribution.NewRound{ElementID: b.ElementID, Form: contribution.Form(b.Form), Audience: contribution.Audience(b.Audience), TeamIDs: b.TeamIDs, ClosesOn: b.ClosesOn})
	return made(id, err)
}

func (a *API) closeRound(c *call, in *RoundAt) (receipt, error) {
	return did(a.Contributions.Close(c.ctx, c.who, in.ID, in.Round))
}
