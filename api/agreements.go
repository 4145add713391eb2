package api

import (
	"slices"
	"time"

	"leerkring/access"
	"leerkring/block/agreement"
	"leerkring/internal/clock"
)

func (a *API) ofAgreements() []route {
	return []route{
		get("/trajectories/{id}/agreements", access.List, access.AgreementPage, "list-agreements", "What the team always does.", a.agreements),
		makes("/trajectories/{id}/agreements", access.Edit, access.AgreementPage, "propose-agreement", "Write an agreement, for the group to settle.", a.propose),
		get("/trajectories/{id}/agreements/{agreement}", access.Read, access.AgreementPage, "read-agreement", "An agreement.", a.agreement),
		does("PUT", "/trajectories/{id}/agreements/{agreement}", access.Edit, access.AgreementPage, "reword-agreement", "Change its words; one that stands with a reason.", a.rewordAgreement).onVersion(),
		does("POST", "/trajectories/{id}/agreements/{agreement}/settle", access.Settle, access.AgreementPage, "settle-agreement", "Make a proposed agreement stand.", a.settleAgreement),
		does("PUT", "/trajectories/{id}/agreements/{agreement}/place", access.Settle, access.AgreementPage, "place-agreement", "Put it on the page, or take it off.", a.placeAgreement),
		does("POST", "/trajectories/{id}/agreements/{agreement}/retire", access.Edit, access.AgreementPage, "retire-agreement", "Let it go, with its reason.", a.retireAgreement),
	}
}

// Agreement is one thing that a team always does.
type Agreement struct {
	Tagged
	ID string `json:"id"`
	AgreementWords
	State     string     `json:"state" enum:"proposed,standing,retired"`
	OnPage    bool       `json:"on_page"`
	MeetingID string     `json:"meeting_id,omitempty" doc:"The hour in which it was settled."`
	Since     clock.Date `json:"since,omitempty" format:"date"`
	RetiredOn clock.Date `json:"retired_on,omitempty" format:"date"`
	Kept      string     `json:"kept,omitempty" enum:"met,partly,open" doc:"How it went, as the group said last."`
	KeptOn    clock.Date `json:"kept_on,omitempty" format:"date"`
	By        *Person    `json:"by,omitempty"`
	MadeAt    time.Time  `json:"made_at"`
}

// AgreementWords are the words of an agreement.
type AgreementWords struct {
	Kind    string `json:"kind" enum:"core,room" doc:"core is what everybody does, room is one's own choice."`
	Text    string `json:"text" lines:"many"`
	Quality string `json:"quality,omitempty" lines:"many" doc:"When it is done well."`
}

func (w AgreementWords) line() agreement.Line {
	return agreement.Line{Kind: agreement.Kind(w.Kind), Body: w.Text, Quality: w.Quality}
}

func agreementOf(x agreement.Agreement, people names) Agreement {
	return Agreement{Tagged: tagged(x.Version), ID: x.ID, AgreementWords: AgreementWords{string(x.Kind), x.Body, x.Quality}, State: string(x.State), OnPage: x.OnPage, MeetingID: x.MeetingID,
		Since: x.Since, RetiredOn: x.RetiredOn, Kept: string(x.Kept), KeptOn: x.KeptOn, By: person(people, x.MadeBy), MadeAt: x.MadeAt}
}

func (c *call) agreementView(id string) (agreement.View, error) {
	seen, err := c.seen(id)
	if err != nil {
		return agreement.View{}, err
	}
	return c.Agreements.Show(c.ctx, c.DB, seen)
}

func agreementsOf(v agreement.View) []agreement.Agreement {
	return slices.Concat(v.Standing(), v.Proposed, v.Retired)
}

func (a *API) agreements(c *call, in *BelowPaged) (List[Agreement], error) {
	v, err := c.agreementView(in.ID)
	if err != nil {
		return List[Agreement]{}, err
	}
	return piece(in.Paged, agreementsOf(v), func(x agreement.Agreement) string { return x.ID }, func(x agreement.Agreement) Agreement { return agreementOf(x, v.People) })
}

// AgreementAt is one agreement of a trajectory.
type AgreementAt struct {
	Below
	Agreement string `path:"agreement"`
}

func (a *API) agreement(c *call, in *AgreementAt) (Agreement, error) {
	v, err := c.agreementView(in.ID)
	if err != nil {
		return Agreement{}, err
	}
	x, err := one(agreementsOf(v), func(x agreement.Agreement) bool { return x.ID == in.Agreement })
	return agreementOf(x, v.People), err
}

type inPropose struct {
	Below
	Body AgreementWords
}

func (a *API) propose(c *call, in *inPropose) (receipt, error) {
	id, err := a.Agreements.Propose(c.ctx, c.who, in.ID, in.Body.line())
	return made(id, err)
}

type inRewordAgreement struct {
	AgreementAt
	Body struct {
		AgreementWords
		Reason string `json:"reason,omitempty" lines:"many" doc:"Needed for one that stands."`
	}
}

func (a *API) rewordAgreement(c *call, in *inRewordAgreement) (receipt, error) {
	base, err := c.base(0)
	if err != nil {
		return done, err
	}
	return wrote(a.Agreements.Reword(c.ctx, c.who, in.ID, in.Agreement, base, in.Body.line(), in.Body.Reason))
}

func (a *API) settleAgreement(c *call, in *AgreementAt) (receipt, error) {
	return did(a.Agreements.Settle(c.ctx, c.who, in.ID, in.Agreement))
}

type inPlaceAgreement struct {
	AgreementAt
	Body struct {
		OnPage bool   `json:"on_page"`
		Kind   string `json:"kind,omitempty" enum:"core,room" doc:"In which half."`
	}
}

func (a *API) placeAgreement(c *call, in *inPlaceAgreement) (receipt, error) {
	return did(a.Agreements.Place(c.ctx, c.who, in.ID, in.Agreement, in.Body.OnPage, agreement.Kind(in.Body.Kind)))
}

type inRetire struct {
	AgreementAt
	Body struct {
		Reason string `json:"reason" lines:"many"`
	}
}

func (a *API) retireAgreement(c *call, in *inRetire) (receipt, error) {
	return did(a.Agreements.Retire(c.ctx, c.who, in.ID, in.Agreement, in.Body.Reason))
}
