package evidence

import (
	"leerkring/access"
	"leerkring/block/evidence"
	"leerkring/trajectory"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
	"leerkring/writing"
)

// showPage is everything that a team knows, on one page.
type showPage struct {
	r        *room.Request
	Seen     trajectory.Seen
	All      evidence.Page
	Tabs     []ui.Tab
	Sentence string
	Audience ui.Audience

	Sources      []sourceRow
	Explanations []explanationBox
	Findings     []findingRow
	Attempts     []attemptRow
	Taken        []takenRow
	Present      *present

	AddSource, AddExplanation, AddFinding, AddAttempt form
	Nudge                                             form
	Cites                                             ui.Set // which sources a new finding rests on
	From                                              string // what a new thing is made of, in its own words
}

// Show is the page of sources, explanations and findings.
func (rm *Room) Show(r *room.Request) error { return rm.show(r, "") }

// show makes the page; again is the kind of a thing that was taken away while somebody
// changed it: its words stand ready to be added anew.
func (rm *Room) show(r *room.Request, again evidence.Kind) error {
	seen, err := rm.seen(r)
	if err != nil {
		return err
	}
	q := rm.Trajectories.DB()
	p := &showPage{r: r, Seen: seen, Tabs: trajectoryweb.Tabs(r, seen, "sources")}
	if p.All, err = rm.Evidence.Read(r.Ctx(), q, seen); err != nil {
		return err
	}
	people, err := rm.Trajectories.Participants(r.Ctx(), q, seen)
	if err != nil {
		return err
	}
	p.Sentence, p.Audience = trajectoryweb.WhoSees(r, seen, access.Evidence, people)
	m, err := rm.newMaker(r, seen, people, p.All.People)
	if err != nil {
		return err
	}
	m.again = again
	p.lists()
	if err := rm.forms(p, m); err != nil {
		return err
	}
	if err := rm.reactions(p); err != nil {
		return err
	}
	if p.Present, err = rm.present(r, seen); err != nil {
		return err
	}
	h := trajectoryweb.Head(r, seen, r.T.T("evidence.title"))
	h.Lead = r.T.T("evidence.lead")
	r.Style(&h, "evidence")
	return r.Page(h, show(p))
}

func (rm *Room) seen(r *room.Request) (trajectory.Seen, error) {
	id, err := r.ID("id")
	if err != nil {
		return trajectory.Seen{}, err
	}
	return rm.Trajectories.Reach(r.Ctx(), rm.Trajectories.DB(), r.Who(), id)
}

func (p *showPage) lists() {
	r, id := p.r, p.Seen.ID
	nudged := false
	for i := len(p.All.Sources) - 1; i >= 0; i-- { // the one that waits longest is asked about
		row := rowOf(r, id, p.All.Sources[i], p.All.MayAdd)
		row.Nudge = row.Untold && !nudged
		nudged = nudged || row.Nudge
		p.Sources = append([]sourceRow{row}, p.Sources...)
	}
	for _, h := range p.All.Explanations {
		p.Explanations = append(p.Explanations, explanationOf(r, id, p.All, h))
	}
	for _, h := range p.All.Findings {
		p.Findings = append(p.Findings, findingOf(r, id, p.Seen.Open, p.All, h))
	}
	for _, h := range p.All.Attempts {
		p.Attempts = append(p.Attempts, attemptRow{item(id, evidence.AttemptKind, h.ID), h.Is.Text, h.Is.When, h.Is.Result})
	}
	p.Taken = takenOf(r, id, p.All)
}

// forms makes the forms for something new, one of them with the words that it is made of.
func (rm *Room) forms(p *showPage, m *maker) error {
	if !p.All.MayAdd {
		return nil
	}
	kind, kept, hidden, err := rm.madeOf(p)
	if err != nil {
		return err
	}
	words := func(k evidence.Kind) (writing.Body, []ui.Pair) {
		if k == kind {
			return kept, hidden
		}
		return nil, nil
	}
	body, pairs := words(evidence.SourceKind)
	p.AddSource = m.add(evidence.SourceKind, body, pairs...)
	body, pairs = words(evidence.ExplanationKind)
	p.AddExplanation = m.add(evidence.ExplanationKind, body, pairs...)
	body, pairs = words(evidence.FindingKind)
	p.AddFinding = m.add(evidence.FindingKind, body, pairs...)
	p.AddAttempt = m.add(evidence.AttemptKind, nil)
	p.Cites = ui.Set{Name: "for", ID: "cite-for", Legend: m.say("rests_on"), Many: true, Wide: true}
	for _, s := range p.Sources {
		p.Cites.Options = append(p.Cites.Options, ui.Option{Value: s.ID, Text: s.Title, Note: s.Strength, On: p.AddFinding.Back && p.r.Typed.Chosen("for", s.ID)})
	}
	for i, h := range p.All.Sources {
		if p.Sources[i].Nudge {
			p.Nudge = m.form("translate", evidence.SourceKind, evidence.DraftKey(p.Seen.ID, evidence.SourceKind, h.ID),
				ui.FormOf{Action: p.Sources[i].Href + "/translate", Hidden: []ui.Pair{versionPair(h.Version)}}, nil)
		}
	}
	return nil
}

// madeOf reads from the address, or from a form that came back, what something new is made
// of: a contribution, or an explanation that becomes a finding.
func (rm *Room) madeOf(p *showPage) (evidence.Kind, writing.Body, []ui.Pair, error) {
	r := p.r
	ask := r.R.URL.Query().Get
	if r.Typed != nil {
		ask = r.Typed.Typed
	}
	kind := evidence.ExplanationKind
	if as := ask("as"); as == names[evidence.FindingKind] {
		kind = evidence.FindingKind
	}
	if id := ask("from_explanation"); id != "" {
		h, ok := p.All.Explanation(id)
		if !ok {
			return "", nil, nil, nil
		}
		p.From = h.Is.Text
		return evidence.FindingKind, writing.Body{"text": h.Is.Text}, []ui.Pair{{Name: "as", Value: names[evidence.FindingKind]}, {Name: "from_explanation", Value: id}}, nil
	}
	id := ask("from")
	if id == "" {
		return "", nil, nil, nil
	}
	c, err := rm.Contributions.One(r.Ctx(), rm.Trajectories.DB(), p.Seen, id)
	if err != nil {
		return "", nil, nil, err
	}
	p.From = c.Body
	body := writing.Body{"text": c.Body}
	if kind == evidence.ExplanationKind && c.By.ID != "" {
		body["whose_id"] = c.By.ID
	}
	return kind, body, []ui.Pair{{Name: "as", Value: names[kind]}, {Name: "from", Value: id}}, nil
}

// reactions counts what colleagues said about each finding.
func (rm *Room) reactions(p *showPage) error {
	if len(p.Findings) == 0 {
		return nil
	}
	ids := make([]string, len(p.Findings))
	for i, f := range p.Findings {
		ids[i] = f.ID
	}
	said, err := rm.Contributions.Reactions(p.r.Ctx(), rm.Trajectories.DB(), p.Seen, string(evidence.FindingKind), ids...)
	for i := range p.Findings {
		p.Findings[i].Reactions = len(said[p.Findings[i].ID])
	}
	return err
}
