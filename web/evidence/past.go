package evidence

import (
	"leerkring/block/evidence"
	"leerkring/internal/db"
	"leerkring/writing"
)

// past shows the versions of the words to who takes part, and what this person still has
// beside them.
func (rm *Room) past(p *onePage, q db.Queryer, m *maker, all evidence.Page, stands writing.Body) error {
	if !p.MayEdit {
		return nil
	}
	past, err := rm.Evidence.Past(p.r.Ctx(), q, p.Seen, p.Kind, p.ID)
	if err != nil {
		return err
	}
	for i := len(past.History) - 1; i >= 0; i-- {
		v := past.History[i]
		p.History = append(p.History, pastRow{p.r.T.T("evidence.version_"+v.Kept, "name", p.nameOf(all, v.AuthorID), "moment", p.r.T.Moment(v.MadeAt), "number", v.Version), headline(p.Kind, v.Body)})
	}
	if n := len(past.Waiting); n > 0 && p.Clash == nil && !p.Edit.Back {
		w := past.Waiting[n-1]
		p.Clash = newClash(m, p.Kind, p.ID, p.Version, merge(bodyAt(past.History, w.Base), stands, w.Body))
		p.Clash.Waiting = true
	}
	if p.Clash != nil {
		p.Clash.make(m)
	}
	return nil
}

// headline is the line of a version by which it is known.
func headline(kind evidence.Kind, b writing.Body) string {
	if kind == evidence.SourceKind {
		return b["title"]
	}
	return b["text"]
}

func (p *onePage) nameOf(all evidence.Page, id string) string {
	if name := all.People[id].Name; name != "" {
		return name
	}
	for _, x := range p.People {
		if x.PersonID == id {
			return x.Name
		}
	}
	return p.r.T.T("evidence.somebody")
}

func bodyAt(history []writing.Version, version int) writing.Body {
	for _, v := range history {
		if v.Version == version && v.Kept == "current" {
			return v.Body
		}
	}
	return nil
}
