package api

import (
	"time"

	"leerkring/access"
	"leerkring/block/evidence"
)

func (a *API) ofEvidence() []route {
	return []route{
		get("/trajectories/{id}/evidence", access.List, access.Evidence, "list-evidence", "Sources, explanations, findings and what was tried before.", a.evidence),
		makes("/trajectories/{id}/evidence", access.Create, access.Evidence, "add-evidence", "Add a source, an explanation, a finding or an attempt.", a.addEvidence),
		get("/trajectories/{id}/evidence/{item}", access.Read, access.Evidence, "read-evidence", "One of them.", a.oneEvidence),
		does("PUT", "/trajectories/{id}/evidence/{item}", access.Edit, access.Evidence, "edit-evidence", "Change its words.", a.editEvidence).onVersion(),
		does("DELETE", "/trajectories/{id}/evidence/{item}", access.Remove, access.Evidence, "remove-evidence", "Take it away; it can be put back.", a.removeEvidence).onVersion(),
		does("POST", "/trajectories/{id}/evidence/{item}/restore", access.Edit, access.Evidence, "restore-evidence", "Put it back.", a.restoreEvidence),
		does("PUT", "/trajectories/{id}/evidence/{item}/sources", access.Edit, access.Finding, "cite", "Set which sources speak for it and which against.", a.cite),
		does("PUT", "/trajectories/{id}/evidence/{item}/translation", access.Edit, access.Evidence, "translate-source", "Write what a source means for our own pupils.", a.translate).onVersion(),
		does("PUT", "/trajectories/{id}/evidence/{item}/shared", access.Settle, access.Finding, "share-finding", "Ask colleagues whether they recognise a finding, or end that.", a.share),
	}
}

// Evidence is one thing that a team knows: exactly one of its four members is there.
type Evidence struct {
	Tagged
	ID   string `json:"id"`
	Kind string `json:"kind" enum:"source,explanation,finding,attempt"`
	EvidenceWords
	For      []string  `json:"for" doc:"Sources that speak for it."`
	Against  []string  `json:"against" doc:"And against."`
	From     []Ref     `json:"from,omitempty" doc:"What it was made of."`
	InPlan   bool      `json:"in_plan,omitempty" doc:"A goal rests on it."`
	SharedAt time.Time `json:"shared_at,omitzero" doc:"Since when colleagues are asked whether they recognise it."`
	By       *Person   `json:"by,omitempty"`
	MadeAt   time.Time `json:"made_at"`
}

func evidenceOf[T evidence.Item](p evidence.Page, h evidence.Held[T]) Evidence {
	kind, words := itemWords(h.Is)
	return Evidence{Tagged: tagged(h.Version), ID: h.ID, Kind: kind, EvidenceWords: words, For: all(h.For), Against: all(h.Against), From: refsOf(h.From), InPlan: h.InPlan,
		SharedAt: h.SharedAt, By: person(p.People, h.MadeBy), MadeAt: h.MadeAt}
}

// everything is all that stands, whatever its kind.
func everything(p evidence.Page) []Evidence {
	var out []Evidence
	for _, h := range p.Sources {
		out = append(out, evidenceOf(p, h))
	}
	for _, h := range p.Explanations {
		out = append(out, evidenceOf(p, h))
	}
	for _, h := range p.Findings {
		out = append(out, evidenceOf(p, h))
	}
	for _, h := range p.Attempts {
		out = append(out, evidenceOf(p, h))
	}
	return out
}

func (c *call) evidencePage(id string) (evidence.Page, error) {
	seen, err := c.seen(id)
	if err != nil {
		return evidence.Page{}, err
	}
	return c.Evidence.Read(c.ctx, c.DB, seen)
}

func (a *API) evidence(c *call, in *BelowPaged) (List[Evidence], error) {
	p, err := c.evidencePage(in.ID)
	if err != nil {
		return List[Evidence]{}, err
	}
	return piece(in.Paged, everything(p), func(e Evidence) string { return e.ID }, func(e Evidence) Evidence { return e })
}

// ItemAt is one item of a trajectory.
type ItemAt struct {
	Below
	Item string `path:"item"`
}

func (a *API) oneEvidence(c *call, in *ItemAt) (Evidence, error) {
	p, err := c.evidencePage(in.ID)
	if err != nil {
		return Evidence{}, err
	}
	return one(everything(p), func(e Evidence) bool { return e.ID == in.Item })
}

// kindOf is what sort of thing stands under an id, also of one that was taken away.
func (c *call) kindOf(in ItemAt) (evidence.Kind, error) {
	p, err := c.evidencePage(in.ID)
	if err != nil {
		return "", err
	}
	if e, err := one(everything(p), func(e Evidence) bool { return e.ID == in.Item }); err == nil {
		return evidenceKinds[e.Kind], nil
	}
	t, err := one(p.Taken, func(t evidence.Taken) bool { return t.ID == in.Item })
	return t.Kind, err
}

type inAddEvidence struct {
	Below
	Body struct {
		EvidenceWords
		From    []Ref    `json:"from,omitempty" maxItems:"40" doc:"Contributions, and for a finding explanations, that it was made of."`
		For     []string `json:"for,omitempty" maxItems:"40" doc:"Sources that speak for it."`
		Against []string `json:"against,omitempty" maxItems:"40" doc:"And against."`
	}
}

func (a *API) addEvidence(c *call, in *inAddEvidence) (receipt, error) {
	item, err := in.Body.item()
	if err != nil {
		return done, err
	}
	id, err := a.Evidence.Add(c.ctx, c.who, in.ID, evidence.New{Item: item, From: refs(in.Body.From), For: in.Body.For, Against: in.Body.Against})
	return made(id, err)
}

type inEditEvidence struct {
	ItemAt
	Body EvidenceWords
}

func (a *API) editEvidence(c *call, in *inEditEvidence) (receipt, error) {
	base, err := c.base(0)
	if err != nil {
		return done, err
	}
	item, err := in.Body.item()
	if err != nil {
		return done, err
	}
	return wrote(a.Evidence.Edit(c.ctx, c.who, in.ID, in.Item, base, item))
}

func (a *API) removeEvidence(c *call, in *ItemAt) (receipt, error) {
	base, err := c.base(0)
	if err != nil {
		return done, err
	}
	kind, err := c.kindOf(*in)
	if err != nil {
		return done, err
	}
	return did(a.Evidence.Remove(c.ctx, c.who, in.ID, kind, in.Item, base))
}

func (a *API) restoreEvidence(c *call, in *ItemAt) (receipt, error) {
	kind, err := c.kindOf(*in)
	if err != nil {
		return done, err
	}
	return did(a.Evidence.Restore(c.ctx, c.who, in.ID, kind, in.Item))
}

type inCite struct {
	ItemAt
	Body struct {
		For     []string `json:"for" maxItems:"40"`
		Against []string `json:"against" maxItems:"40"`
	}
}

func (a *API) cite(c *call, in *inCite) (receipt, error) {
	kind, err := c.kindOf(in.ItemAt)
	if err != nil {
		return done, err
	}
	return did(a.Evidence.Cite(c.ctx, c.who, in.ID, kind, in.Item, in.Body.For, in.Body.Against))
}

type inTranslate struct {
	ItemAt
	Body struct {
		Sentence string `json:"sentence" lines:"many"`
	}
}

func (a *API) translate(c *call, in *inTranslate) (receipt, error) {
	base, err := c.base(0)
	if err != nil {
		return done, err
	}
	return wrote(a.Evidence.Translate(c.ctx, c.who, in.ID, in.Item, base, in.Body.Sentence))
}

type inShare struct {
	ItemAt
	Body struct {
		Shared bool `json:"shared"`
	}
}

func (a *API) share(c *call, in *inShare) (receipt, error) {
	if in.Body.Shared {
		return did(a.Evidence.Share(c.ctx, c.who, in.ID, in.Item))
	}
	return did(a.Evidence.TakeBack(c.ctx, c.who, in.ID, in.Item))
}
