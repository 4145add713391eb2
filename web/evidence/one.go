package evidence

import (
	"leerkring/access"
	"leerkring/block/evidence"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/trajectory"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
	"leerkring/writing"
)

// onePage is one thing: to read all of it, and for who takes part to change it.
type onePage struct {
	r        *room.Request
	Seen     trajectory.Seen
	Kind     evidence.Kind
	ID       string
	Version  int
	Base     string // its address
	By       string // who wrote it down, and when
	Sentence string
	Audience ui.Audience

	Source      *sourceView
	Explanation *explanationBox
	Finding     *findingRow
	Attempt     *attemptRow

	MayEdit   bool
	MayRemove bool
	Edit      form
	Draft     bool     // words wait in it
	Cite      []ui.Set // for and against
	Clash     *clash
	History   []pastRow
	People    []trajectory.Participant

	Reactions []ui.Saying
	MayReact  bool
	React     ui.Field
	ReactForm ui.FormOf
}

// pastRow is one version of the words.
type pastRow struct{ Who, Text string }

// One shows one thing of a kind.
func (rm *Room) One(kind evidence.Kind) room.Handler {
	return func(r *room.Request) error { return rm.one(r, kind, nil) }
}

func (rm *Room) one(r *room.Request, kind evidence.Kind, c *clash) error {
	seen, err := rm.seen(r)
	if err != nil {
		return err
	}
	id, err := r.ID("item")
	if err != nil {
		return err
	}
	q := rm.Trajectories.DB()
	all, err := rm.Evidence.Read(r.Ctx(), q, seen)
	if err != nil {
		return err
	}
	p := &onePage{r: r, Seen: seen, Kind: kind, ID: id, Base: item(seen.ID, kind, id), MayEdit: all.MayAdd, Clash: c}
	body, ok := p.fill(all)
	if !ok {
		return errs.Absent()
	}
	if p.People, err = rm.Trajectories.Participants(r.Ctx(), q, seen); err != nil {
		return err
	}
	p.Sentence, p.Audience = trajectoryweb.WhoSees(r, seen, kind.Access(), p.People)
	m, err := rm.newMaker(r, seen, p.People, all.People)
	if err != nil {
		return err
	}
	p.Edit = m.edit(kind, id, p.Version, body)
	p.Draft = len(m.drafts[evidence.DraftKey(seen.ID, kind, id)]) > 0
	if err := rm.past(p, q, m, all, body); err != nil {
		return err
	}
	if err := rm.talk(p, q, m); err != nil {
		return err
	}
	h := trajectoryweb.Head(r, seen, p.title())
	h.Crumbs = append(h.Crumbs, ui.Link{Text: r.T.T("evidence.title"), Href: page(seen.ID)})
	r.Style(&h, "evidence")
	return r.Page(h, one(p))
}

// title names a source by its own title; other things have only their words.
func (p *onePage) title() string {
	if p.Source != nil {
		return p.Source.Title
	}
	if p.Finding != nil {
		return p.r.T.T("evidence.findings_title")
	}
	return p.r.T.T("evidence." + names[p.Kind] + "_page")
}

// cited are the sources that speak for or against this thing.
func (p *onePage) cited() []cited {
	switch {
	case p.Explanation != nil:
		return append(p.Explanation.For, p.Explanation.Against...)
	case p.Finding != nil:
		return append(p.Finding.For, p.Finding.Against...)
	}
	return nil
}

// fill reads the thing out of the page of all; its words come back for the form.
func (p *onePage) fill(all evidence.Page) (writing.Body, bool) {
	r, id := p.r, p.Seen.ID
	switch p.Kind {
	case evidence.SourceKind:
		h, ok := all.Source(p.ID)
		if ok {
			p.Source = sourceOf(r, id, all, h)
		}
		return common(p, all, h), ok
	case evidence.ExplanationKind:
		h, ok := all.Explanation(p.ID)
		box := explanationOf(r, id, all, h)
		p.Explanation = &box
		p.cites(all, h.For, h.Against)
		return common(p, all, h), ok
	case evidence.FindingKind:
		h, ok := all.Finding(p.ID)
		row := findingOf(r, id, p.Seen.Open, all, h)
		p.Finding = &row
		p.cites(all, h.For, h.Against)
		return common(p, all, h), ok
	default:
		h, ok := all.Attempt(p.ID)
		p.Attempt = &attemptRow{p.Base, h.Is.Text, h.Is.When, h.Is.Result}
		return common(p, all, h), ok
	}
}

// common fills in what every thing has.
func common[T evidence.Item](p *onePage, all evidence.Page, h evidence.Held[T]) writing.Body {
	p.Version, p.MayRemove = h.Version, h.MayRemove
	p.By = p.r.T.T("evidence.written_by", "name", p.nameOf(all, h.MadeBy), "date", p.r.T.Date(p.r.T.Day(h.MadeAt)))
	return evidence.BodyOf(h.Is)
}

// cites makes the two lists of sources that speak for and against.
func (p *onePage) cites(all evidence.Page, pro, against []string) {
	r := p.r
	if !p.MayEdit || len(all.Sources) == 0 {
		return
	}
	for _, side := range []struct {
		name string
		ids  []string
	}{{"for", pro}, {"against", against}} {
		set := ui.Set{Name: side.name, Legend: r.T.T("evidence.speaks_" + side.name), Many: true, Wide: true}
		on := map[string]bool{}
		for _, id := range side.ids {
			on[id] = true
		}
		for _, h := range all.Sources {
			set.Options = append(set.Options, ui.Option{Value: h.ID, Text: h.Is.Title, Note: r.T.T("evidence.strength_" + orNone(string(h.Is.Strength))), On: on[h.ID]})
		}
		p.Cite = append(p.Cite, set)
	}
}

// talk shows what colleagues said about a finding, and the form to say something.
func (rm *Room) talk(p *onePage, q db.Queryer, m *maker) error {
	if p.Finding == nil {
		return nil
	}
	said, err := rm.Contributions.Reactions(p.r.Ctx(), q, p.Seen, string(p.Kind), p.ID)
	if err != nil {
		return err
	}
	for _, c := range said[p.ID] {
		s := trajectoryweb.Said(p.r, p.Seen, c, "")
		if c.Withdrawn == "" {
			p.Reactions = append(p.Reactions, s.Saying)
		}
	}
	p.MayReact = p.Seen.May(access.Create, access.Reaction, p.r.Who().ID) && rm.Evidence.FindingThere(p.r.Ctx(), q, p.Seen, p.ID) == nil
	draft := reactKey(p.Seen.ID, p.ID)
	p.React = ui.Field{Name: "body", Label: p.r.T.T("evidence.react_label"), Value: p.r.Was("body", m.drafts[draft]["body"]), Error: p.r.Error("body"), Voice: true, Rows: 3, Max: 4000, Wide: true}
	p.ReactForm = ui.FormOf{Action: p.Base + "/reactions", Draft: draft, Class: "stack g-3", Label: p.React.Label, Hidden: p.r.Hidden()}
	return nil
}

func reactKey(trajectoryID, id string) string {
	return evidence.DraftPrefix(trajectoryID) + "react/" + id
}
