package api

import (
	"leerkring/access"
	"leerkring/internal/errs"
	"leerkring/method"
)

func (a *API) ofMethods() []route {
	return []route{
		get("/methods", access.List, access.Method, "list-methods", "Ways of working that can be begun.", a.methods),
		get("/methods/{method}", access.Read, access.Method, "read-method", "A way of working with its stages and questions.", a.method),
	}
}

// Method is a way of working. Its texts are in the words of the reader's school.
type Method struct {
	ID       string  `json:"id"`
	Version  string  `json:"version"`
	Kind     string  `json:"kind" enum:"method,instrument"`
	Shape    string  `json:"shape"`
	Name     string  `json:"name"`
	Need     string  `json:"need"`
	Summary  string  `json:"summary"`
	Duration string  `json:"duration"`
	Weeks    int     `json:"weeks,omitempty"`
	Stages   []Stage `json:"stages,omitempty"`
}

// Stage is one phase or step.
type Stage struct {
	ID        string      `json:"id"`
	Number    int         `json:"number"`
	Name      string      `json:"name"`
	Aim       string      `json:"aim"`
	Asks      string      `json:"asks"`
	BackTo    []string    `json:"back_to"`
	Questions []Question  `json:"questions"`
	Gate      []Criterion `json:"gate"`
}

// Question is one open question to a team.
type Question struct {
	ID     string `json:"id"`
	Weight string `json:"weight" enum:"core,when-stuck,more"`
	Block  string `json:"block" doc:"Which collection holds the answers."`
	Form   string `json:"form,omitempty"`
	Text   string `json:"text"`
	Why    string `json:"why"`
	Chips  []Chip `json:"chips,omitempty"`
}

// Chip is a label to put on an answer.
type Chip struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Criterion is one sentence of a gate.
type Criterion struct {
	ID     string `json:"id"`
	Weight string `json:"weight" enum:"core,when-stuck,more"`
	Text   string `json:"text"`
}

func methodOf(w *method.Words, p *method.Pack) Method {
	return Method{ID: p.ID, Version: p.Version, Kind: string(p.Kind), Shape: string(p.Shape), Name: w.Render(p.Name), Need: w.Render(p.Need),
		Summary: w.Render(p.Summary), Duration: w.Render(p.Duration), Weeks: p.Weeks}
}

func stageOf(w *method.Words, s method.Stage) Stage {
	out := Stage{ID: s.ID, Number: s.Number, Name: w.Render(s.Name), Aim: w.Render(s.Aim), Asks: w.Render(s.Asks), BackTo: all(s.BackTo), Questions: []Question{}, Gate: []Criterion{}}
	for _, q := range s.Questions {
		x := Question{ID: q.ID, Weight: string(q.Weight), Block: string(q.Block), Form: string(q.Form), Text: w.Render(q.Text), Why: w.Render(q.Why)}
		for _, chip := range q.Chips {
			x.Chips = append(x.Chips, Chip{chip.ID, w.Render(chip.Text)})
		}
		out.Questions = append(out.Questions, x)
	}
	for _, g := range s.Gate {
		out.Gate = append(out.Gate, Criterion{g.ID, string(g.Weight), w.Render(g.Text)})
	}
	return out
}

// mayRead: methods are for whoever belongs to a school of the board.
func (a *API) mayRead(c *call) error {
	return access.Must(c.who, access.Read, access.Object{Kind: access.Method, BoardID: c.who.BoardID, SchoolID: c.known.Home().ID})
}

func (a *API) methods(c *call, in *Paged) (List[Method], error) {
	if err := a.mayRead(c); err != nil {
		return List[Method]{}, err
	}
	library, err := a.Trajectories.LibraryOf(c.ctx, a.DB, c.known.Home().ID)
	if err != nil {
		return List[Method]{}, err
	}
	w := c.words()
	return piece(*in, library.List(), func(p *method.Pack) string { return p.ID }, func(p *method.Pack) Method { return methodOf(w, p) })
}

type inMethod struct {
	Method string `path:"method"`
}

func (a *API) method(c *call, in *inMethod) (Method, error) {
	if err := a.mayRead(c); err != nil {
		return Method{}, err
	}
	library, err := a.Trajectories.LibraryOf(c.ctx, a.DB, c.known.Home().ID)
	if err != nil {
		return Method{}, err
	}
	p, ok := library.Latest(in.Method)
	if !ok {
		return Method{}, errs.Absent()
	}
	w := c.words()
	m := methodOf(w, p)
	for _, s := range p.Stages {
		m.Stages = append(m.Stages, stageOf(w, s))
	}
	return m, nil
}
