package api

import (
	"time"

	"leerkring/access"
	"leerkring/block/contribution"
	"leerkring/internal/clock"
	"leerkring/why"
)

func (a *API) ofContributions() []route {
	return []route{
		get("/trajectories/{id}/contributions", access.List, access.Contribution, "list-contributions", "What people said: answers, reactions and replies.", a.contributions),
		makes("/trajectories/{id}/contributions", access.Create, access.Contribution, "add-contribution", "Answer a question of the stage where the team is.", a.answer),
		makes("/trajectories/{id}/reactions", access.Create, access.Reaction, "react", "React to a finding, a plan, a goal, an action or a focus point.", a.react).below("/trajectories/{id}/contributions"),
		get("/trajectories/{id}/contributions/{contribution}", access.Read, access.Contribution, "read-contribution", "A contribution with its replies.", a.contribution),
		does("PUT", "/trajectories/{id}/contributions/{contribution}", access.Edit, access.Contribution, "edit-contribution", "Change your own words.", a.editContribution).onVersion(),
		does("DELETE", "/trajectories/{id}/contributions/{contribution}", access.Remove, access.Contribution, "withdraw-contribution", "Take your own words away. Their place stays.", a.withdraw),
		makes("/trajectories/{id}/contributions/{contribution}/replies", access.Create, access.Reaction, "reply", "Reply to a contribution.", a.reply).below("/trajectories/{id}/contributions"),
		does("PUT", "/trajectories/{id}/contributions/{contribution}/outcome", access.Settle, access.Contribution, "settle-contribution", "Say what was done with it.", a.settle).onVersion().part(1),
		does("PUT", "/trajectories/{id}/contributions/{contribution}/candidate", access.Settle, access.Contribution, "move-signal", "Lay it with a candidate focus point, or with none.", a.moveSignal),
	}
}

// Contribution is what one person said, as the reader may see it.
type Contribution struct {
	Tagged
	ID           string         `json:"id"`
	VisitID      string         `json:"visit_id"`
	ElementID    string         `json:"element_id,omitempty" doc:"The question that it answers."`
	About        *Ref           `json:"about,omitempty" doc:"What a reaction is about."`
	RoundID      string         `json:"round_id,omitempty"`
	ParentID     string         `json:"parent_id,omitempty" doc:"Of a reply."`
	FocusPointID string         `json:"focus_point_id,omitempty" doc:"The candidate that an answer chooses."`
	Kind         string         `json:"kind" enum:"voice,fact,solution,worry,success,wish"`
	Chip         string         `json:"chip,omitempty"`
	Body         string         `json:"body"`
	Source       string         `json:"source,omitempty"`
	Link         string         `json:"link,omitempty"`
	OtherSound   bool           `json:"other_sound,omitempty" doc:"The writer sees it differently."`
	By           *Person        `json:"by,omitempty" doc:"Nobody for what pupils said."`
	ByPupil      bool           `json:"by_pupil,omitempty"`
	Outside      bool           `json:"outside,omitempty" doc:"The writer did not take part."`
	Late         bool           `json:"late,omitempty" doc:"Added after a blind round had opened."`
	Sealed       bool           `json:"sealed,omitempty" doc:"Only you see it yet: the blind round is open."`
	Withdrawn    string         `json:"withdrawn,omitempty" enum:"author,lead"`
	MadeAt       time.Time      `json:"made_at,omitzero"`
	MadeOn       clock.Date     `json:"made_on" format:"date"`
	EditedAt     time.Time      `json:"edited_at,omitzero"`
	Outcome      *Outcome       `json:"outcome,omitempty"`
	Became       []Ref          `json:"became,omitempty" doc:"What came of it."`
	Pictures     []Picture      `json:"pictures,omitempty" doc:"Photos beside the words, to be seen on the pages."`
	Replies      []Contribution `json:"replies,omitempty"`
}

// Picture is a photo beside words. A program learns that it is there and what it shows.
type Picture struct {
	ID     string `json:"id"`
	Alt    string `json:"alt" doc:"What it shows, in the words of whoever added it."`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// Outcome is what was done with words.
type Outcome struct {
	Outcome string    `json:"outcome" enum:"taken,partly,kept"`
	Note    string    `json:"note"`
	By      *Person   `json:"by,omitempty"`
	At      time.Time `json:"at"`
}

// Ref names a thing of another collection.
type Ref struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

func refsOf(refs []why.Ref) []Ref {
	var out []Ref
	for _, r := range refs {
		out = append(out, Ref(r))
	}
	return out
}

func refs(list []Ref) []why.Ref {
	var out []why.Ref
	for _, r := range list {
		out = append(out, why.Ref(r))
	}
	return out
}

func authorOf(x contribution.Author) *Person {
	if x.ID == "" {
		return nil
	}
	return &Person{x.ID, x.Name}
}

func contributionOf(x contribution.Contribution) Contribution {
	c := Contribution{Tagged: tagged(x.Version, x.Settled.Version), ID: x.ID, VisitID: x.VisitID, ElementID: x.ElementID, RoundID: x.RoundID, ParentID: x.ParentID,
		FocusPointID: x.FocusPointID, Kind: string(x.Kind), Chip: x.Chip, Body: x.Body, Source: x.Source, Link: x.Link, OtherSound: x.OtherSound, By: authorOf(x.By), ByPupil: x.By.Pupil,
		Outside: x.Outside, Late: x.Late, Sealed: x.Sealed, Withdrawn: string(x.Withdrawn), MadeAt: x.MadeAt, MadeOn: x.MadeOn, EditedAt: x.EditedAt, Became: refsOf(x.Became)}
	if x.About.Kind != "" {
		c.About = &Ref{x.About.Kind, x.About.ID}
	}
	if x.Settled.Version > 0 {
		c.Outcome = &Outcome{string(x.Settled.Outcome), x.Settled.Note, authorOf(x.Settled.By), x.Settled.At}
	}
	for _, p := range x.Pictures {
		c.Pictures = append(c.Pictures, Picture{p.ID, p.Alt, p.Width, p.Height})
	}
	for _, r := range x.Replies {
		c.Replies = append(c.Replies, contributionOf(r))
	}
	return c
}

// contributions reads in pieces: there can be thousands.
func (a *API) contributions(c *call, in *BelowPaged) (List[Contribution], error) {
	after, err := in.after()
	if err != nil {
		return List[Contribution]{}, err
	}
	seen, err := c.seen(in.ID)
	if err != nil {
		return List[Contribution]{}, err
	}
	list, err := a.Contributions.List(c.ctx, a.DB, seen, after, in.Limit+1)
	out := List[Contribution]{Items: []Contribution{}}
	for i, x := range list {
		if i == in.Limit {
			out.Next = cursorOf(list[i-1].ID)
			break
		}
		out.Items = append(out.Items, contributionOf(x))
	}
	return out, err
}

// ContributionAt is one contribution of a trajectory.
type ContributionAt struct {
	Below
	Contribution string `path:"contribution"`
}

func (a *API) contribution(c *call, in *ContributionAt) (Contribution, error) {
	seen, err := c.seen(in.ID)
	if err != nil {
		return Contribution{}, err
	}
	x, err := a.Contributions.One(c.ctx, a.DB, seen, in.Contribution)
	return contributionOf(x), err
}

// ContributionWords are what an author writes and may change.
type ContributionWords struct {
	Kind       string `json:"kind,omitempty" enum:"voice,fact,solution,worry,success,wish" doc:"A voice when you say nothing."`
	Chip       string `json:"chip,omitempty" doc:"One of the labels of the question."`
	Body       string `json:"body" lines:"many"`
	Source     string `json:"source,omitempty" doc:"Of a fact."`
	Link       string `json:"link,omitempty" doc:"A https address."`
	OtherSound bool   `json:"other_sound,omitempty"`
}

func (w ContributionWords) words() contribution.Words {
	return contribution.Words{Kind: contribution.Kind(w.Kind), Chip: w.Chip, Body: w.Body, Source: w.Source, Link: w.Link, OtherSound: w.OtherSound}
}

type inAnswer struct {
	Below
	Body struct {
		ContributionWords
		ElementID    string `json:"element_id" doc:"The question."`
		FocusPointID string `json:"focus_point_id,omitempty" doc:"The candidate that the answer chooses."`
	}
}

func (a *API) answer(c *call, in *inAnswer) (receipt, error) {
	id, err := a.Contributions.Add(c.ctx, c.who, in.ID, contribution.Answer{ElementID: in.Body.ElementID, FocusPointID: in.Body.FocusPointID, Words: in.Body.words()})
	return made(id, err)
}

type inReact struct {
	Below
	Body struct {
		ContributionWords
		About Ref `json:"about"`
	}
}

func (a *API) react(c *call, in *inReact) (receipt, error) {
	id, err := a.Contributions.React(c.ctx, c.who, in.ID, contribution.Reaction{About: why.Ref(in.Body.About), Words: in.Body.words()})
	return made(id, err)
}

type inEditContribution struct {
	ContributionAt
	Body ContributionWords
}

func (a *API) editContribution(c *call, in *inEditContribution) (receipt, error) {
	base, err := c.base(0)
	if err != nil {
		return done, err
	}
	return wrote(a.Contributions.Edit(c.ctx, c.who, in.ID, in.Contribution, base, in.Body.words()))
}

func (a *API) withdraw(c *call, in *ContributionAt) (receipt, error) {
	return did(a.Contributions.Withdraw(c.ctx, c.who, in.ID, in.Contribution))
}

type inReply struct {
	ContributionAt
	Body struct {
		Body string `json:"body" lines:"many"`
	}
}

func (a *API) reply(c *call, in *inReply) (receipt, error) {
	id, err := a.Contributions.Reply(c.ctx, c.who, in.ID, in.Contribution, in.Body.Body, "")
	return made(id, err)
}

type inOutcome struct {
	ContributionAt
	Body struct {
		Outcome string `json:"outcome" enum:"taken,partly,kept"`
		Note    string `json:"note" lines:"many"`
	}
}

func (a *API) settle(c *call, in *inOutcome) (receipt, error) {
	base, err := c.base(1)
	if err != nil {
		return done, err
	}
	return wrote(a.Contributions.Settle(c.ctx, c.who, in.ID, in.Contribution, base, contribution.Outcome(in.Body.Outcome), in.Body.Note))
}

type inSignal struct {
	ContributionAt
	Body struct {
		FocusPointID string `json:"focus_point_id,omitempty" doc:"Nothing lays it with none."`
	}
}

func (a *API) moveSignal(c *call, in *inSignal) (receipt, error) {
	return did(a.Contributions.MoveSignal(c.ctx, c.who, in.ID, in.Contribution, in.Body.FocusPointID))
}
