package api

import (
	"time"

	"leerkring/access"
	"leerkring/block/decision"
	"leerkring/internal/clock"
)

func (a *API) ofDecisions() []route {
	return []route{
		get("/trajectories/{id}/decisions", access.List, access.DecisionResult, "list-decisions", "Decisions, each as far as you may see it.", a.decisions),
		makes("/trajectories/{id}/decisions", access.Lead, access.Decision, "open-decision", "Put a proposal to people, or make the next one from a closed decision.", a.openDecision),
		get("/trajectories/{id}/decisions/{decision}", access.Read, access.DecisionResult, "read-decision", "A decision.", a.decision),
		does("PUT", "/trajectories/{id}/decisions/{decision}/reaction", access.Decide, access.Decision, "react-to-decision", "Give or change your own reaction.", a.decide).onVersion(),
		does("POST", "/trajectories/{id}/decisions/{decision}/reaction/solved", access.Decide, access.Decision, "solve-objection", "Say that your own objection is solved.", a.solved),
		does("POST", "/trajectories/{id}/decisions/{decision}/reaction/unsolved", access.Decide, access.Decision, "keep-objection", "Say that the answer does not solve your own objection yet.", a.unsolved),
		does("PUT", "/trajectories/{id}/decisions/{decision}/reactions/{reaction}/answer", access.Edit, access.Decision, "answer-reaction", "Say what was done with a wish or an objection.", a.answerReaction).onVersion().part(1),
		does("PUT", "/trajectories/{id}/decisions/{decision}/reactions/{reaction}/owner", access.Settle, access.Decision, "take-up-objection", "Say who takes up an objection, and by when.", a.takeUp),
		does("POST", "/trajectories/{id}/decisions/{decision}/close", access.Lead, access.Decision, "close-decision", "End it. Nothing in it changes after that.", a.closeDecision),
	}
}

// Decision is a proposal that people were asked about, with its end once it has one. Who
// was not asked sees the proposal and its end only. Who has not been heard yet is for
// those in the room, and not given to programs.
type Decision struct {
	ID            string           `json:"id"`
	Title         string           `json:"title"`
	Body          string           `json:"body,omitempty"`
	PlanNumber    int              `json:"plan_number,omitempty" doc:"The version of the plan that it is about."`
	PredecessorID string           `json:"predecessor_id,omitempty"`
	SuccessorID   string           `json:"successor_id,omitempty"`
	Audience      string           `json:"audience" enum:"plg,teams,school"`
	ClosesOn      clock.Date       `json:"closes_on" format:"date"`
	Minutes       int              `json:"minutes"`
	OpenedBy      *Person          `json:"opened_by,omitempty"`
	OpenedAt      time.Time        `json:"opened_at"`
	Asked         bool             `json:"asked" doc:"You were asked."`
	Whole         bool             `json:"whole" doc:"You see who said what."`
	Tally         *Tally           `json:"tally,omitempty"`
	Reactions     []DecisionVoice  `json:"reactions"`
	Mine          string           `json:"my_version" doc:"If-Match of your own reaction: 0 before the first."`
	End           *DecisionOutcome `json:"end,omitempty"`
}

// Tally counts the last reactions of those who were asked.
type Tally struct {
	Agree     int `json:"agree"`
	Wish      int `json:"wish"`
	Objection int `json:"objection"`
	NotYet    int `json:"not_yet"`
}

// DecisionVoice is what one person said, and what was done with it. Its version counts
// the reaction and the answer.
type DecisionVoice struct {
	Tagged
	ID         string     `json:"id"`
	By         *Person    `json:"by,omitempty"`
	Choice     string     `json:"choice" enum:"agree,wish,objection"`
	Text       string     `json:"text,omitempty"`
	ChangedAt  time.Time  `json:"changed_at"`
	Owner      *Person    `json:"owner,omitempty" doc:"Who takes up an objection."`
	DueOn      clock.Date `json:"due_on,omitempty" format:"date"`
	Answer     string     `json:"answer,omitempty"`
	AnsweredBy *Person    `json:"answered_by,omitempty"`
	AnsweredAt time.Time  `json:"answered_at,omitzero"`
	Open       bool       `json:"open,omitempty" doc:"An objection that still stands."`
	SolvedAt   time.Time  `json:"solved_at,omitzero" doc:"Who objected says that it is solved."`
	UnsolvedAt time.Time  `json:"unsolved_at,omitzero" doc:"Who objected says that the answer does not solve it yet."`
}

// DecisionOutcome is how and when it ended.
type DecisionOutcome struct {
	Outcome    string    `json:"outcome" enum:"agreed,agreed_subject_to,not_now,no,withdrawn"`
	Reason     string    `json:"reason,omitempty"`
	SubjectTo  string    `json:"subject_to,omitempty"`
	SubjectWho string    `json:"subject_who,omitempty"`
	Knowingly  bool      `json:"knowingly,omitempty"`
	By         *Person   `json:"by,omitempty"`
	At         time.Time `json:"at"`
}

func decisionOf(v decision.View, people names) Decision {
	d := Decision{ID: v.ID, Title: v.Title, Body: v.Body, PlanNumber: v.PlanNumber, PredecessorID: v.PredecessorID, SuccessorID: v.SuccessorID, Audience: string(v.Audience),
		ClosesOn: v.ClosesOn, Minutes: v.Minutes, OpenedBy: person(people, v.OpenedBy), OpenedAt: v.OpenedAt, Asked: v.Asked, Whole: v.Whole, Reactions: []DecisionVoice{}, Mine: version(0)}
	if v.Whole {
		d.Tally = &Tally{v.Tally.Agree, v.Tally.Wish, v.Tally.Objection, v.Tally.NotYet}
	}
	for _, r := range v.Reactions {
		d.Reactions = append(d.Reactions, DecisionVoice{tagged(r.Version, r.AnswerVersion), r.ID, person(people, r.PersonID), string(r.Choice), r.Text, r.ChangedAt, person(people, r.OwnerID), r.DueOn,
			r.Answer, person(people, r.AnsweredBy), r.AnsweredAt, r.Open(), r.SolvedAt, r.UnsolvedAt})
	}
	if v.Mine != nil {
		d.Mine = version(v.Mine.Version, v.Mine.AnswerVersion)
	}
	if e := v.End; v.Closed() {
		d.End = &DecisionOutcome{string(e.Outcome), e.Reason, e.SubjectTo, e.SubjectWho, e.Knowingly, person(people, e.By), e.At}
	}
	return d
}

func (a *API) decisions(c *call, in *BelowPaged) (List[Decision], error) {
	seen, err := c.seen(in.ID)
	if err != nil {
		return List[Decision]{}, err
	}
	p, err := a.Decisions.Page(c.ctx, a.DB, seen)
	if err != nil {
		return List[Decision]{}, err
	}
	return piece(in.Paged, p.Views, func(v decision.View) string { return v.ID }, func(v decision.View) Decision { return decisionOf(v, p.People) })
}

// DecisionAt is one decision of a trajectory.
type DecisionAt struct {
	Below
	Decision string `path:"decision"`
}

func (a *API) decision(c *call, in *DecisionAt) (Decision, error) {
	v, p, err := a.Decisions.One(c.ctx, c.who, in.ID, in.Decision)
	return decisionOf(v, p.People), err
}

type inOpenDecision struct {
	Below
	Body struct {
		Title         string     `json:"title"`
		Body          string     `json:"body,omitempty" lines:"many"`
		PlanNumber    int        `json:"plan_number,omitempty" minimum:"0" maximum:"100000" doc:"The frozen version of the plan that it is about; nothing for words of its own."`
		PredecessorID string     `json:"predecessor_id,omitempty" doc:"The closed decision that this one follows."`
		Audience      string     `json:"audience" enum:"plg,teams,school"`
		GuestIDs      []string   `json:"guest_ids,omitempty" maxItems:"50" doc:"Guests are asked only when they are named."`
		ClosesOn      clock.Date `json:"closes_on" format:"date"`
		Minutes       int        `json:"minutes,omitempty" minimum:"0" maximum:"1000" doc:"What reacting takes."`
	}
}

func (a *API) openDecision(c *call, in *inOpenDecision) (receipt, error) {
	b := in.Body
	p := decision.Proposal{Title: b.Title, Body: b.Body, PlanNumber: b.PlanNumber, Audience: decision.Audience(b.Audience), GuestIDs: b.GuestIDs, ClosesOn: b.ClosesOn, Minutes: b.Minutes}
	var id string
	var err error
	if b.PredecessorID == "" {
		id, err = a.Decisions.Open(c.ctx, c.who, in.ID, p)
	} else {
		id, err = a.Decisions.Succeed(c.ctx, c.who, in.ID, b.PredecessorID, p)
	}
	return made(id, err)
}

type inDecide struct {
	DecisionAt
	Body struct {
		Choice string `json:"choice" enum:"agree,wish,objection"`
		Text   string `json:"text,omitempty" lines:"many" doc:"Of a wish and an objection."`
	}
}

func (a *API) decide(c *call, in *inDecide) (receipt, error) {
	base, err := c.base(0)
	if err != nil {
		return done, err
	}
	return wrote(a.Decisions.React(c.ctx, c.who, in.ID, in.Decision, base, decision.Say{Choice: decision.Choice(in.Body.Choice), Text: in.Body.Text}))
}

func (a *API) solved(c *call, in *DecisionAt) (receipt, error) {
	return did(a.Decisions.Solved(c.ctx, c.who, in.ID, in.Decision))
}

func (a *API) unsolved(c *call, in *DecisionAt) (receipt, error) {
	return did(a.Decisions.Unsolved(c.ctx, c.who, in.ID, in.Decision))
}

// ReactionAt is one reaction in a decision.
type ReactionAt struct {
	DecisionAt
	Reaction string `path:"reaction"`
}

type inAnswerReaction struct {
	ReactionAt
	Body struct {
		Text string `json:"text" lines:"many"`
	}
}

// answerReaction needs both: which words were read, and which answer.
func (a *API) answerReaction(c *call, in *inAnswerReaction) (receipt, error) {
	to, err := c.base(0)
	if err != nil {
		return done, err
	}
	base, err := c.base(1)
	if err != nil {
		return done, err
	}
	return wrote(a.Decisions.Answer(c.ctx, c.who, in.ID, in.Decision, decision.Reply{ReactionID: in.Reaction, To: to, Base: base, Text: in.Body.Text}))
}

type inTakeUp struct {
	ReactionAt
	Body struct {
		OwnerID string     `json:"owner_id"`
		DueOn   clock.Date `json:"due_on" format:"date"`
	}
}

func (a *API) takeUp(c *call, in *inTakeUp) (receipt, error) {
	return did(a.Decisions.TakeUp(c.ctx, c.who, in.ID, in.Decision, in.Reaction, in.Body.OwnerID, in.Body.DueOn))
}

type inClose struct {
	DecisionAt
	Body struct {
		Outcome    string `json:"outcome" enum:"agreed,agreed_subject_to,not_now,no,withdrawn"`
		Reason     string `json:"reason,omitempty" lines:"many"`
		SubjectTo  string `json:"subject_to,omitempty" lines:"many"`
		SubjectWho string `json:"subject_who,omitempty"`
		Knowingly  bool   `json:"knowingly,omitempty" doc:"Over an open objection, or before everybody had the time that was promised."`
	}
}

func (a *API) closeDecision(c *call, in *inClose) (receipt, error) {
	b := in.Body
	return did(a.Decisions.Close(c.ctx, c.who, in.ID, in.Decision, decision.Closing{Outcome: decision.Outcome(b.Outcome), Reason: b.Reason, SubjectTo: b.SubjectTo, SubjectWho: b.SubjectWho, Knowingly: b.Knowingly}))
}
