package evidence

import (
	"leerkring/block/contribution"
	"leerkring/block/evidence"
	"leerkring/internal/errs"
	"leerkring/web/room"
	"leerkring/why"
	"leerkring/writing"
)

// most things that one form can name.
const mostIDs = 60

// Add keeps something new of a kind.
func (rm *Room) Add(kind evidence.Kind) room.Handler {
	return func(r *room.Request) error {
		id, err := r.ID("id")
		if err != nil {
			return err
		}
		f := r.Form()
		n := evidence.New{Item: read(f, kind), For: f.IDs("for", mostIDs)}
		for _, from := range f.IDs("from", mostIDs) {
			n.From = append(n.From, why.Ref{Kind: "contribution", ID: from})
		}
		for _, from := range f.IDs("from_explanation", mostIDs) {
			n.From = append(n.From, why.Ref{Kind: string(evidence.ExplanationKind), ID: from})
		}
		if err := f.Err(); err != nil {
			return r.Refused(err, rm.Show)
		}
		if _, err := rm.Evidence.Add(r.Ctx(), r.Who(), id, n); err != nil {
			return r.Refused(err, rm.Show)
		}
		return r.Said(page(id)+"#"+folders[kind], "evidence_"+names[kind]+"_added")
	}
}

// ids are the trajectory and the thing of an address.
func (rm *Room) ids(r *room.Request) (id, itemID string, err error) {
	if id, err = r.ID("id"); err == nil {
		itemID, err = r.ID("item")
	}
	return id, itemID, err
}

// Edit changes the words of something. What somebody else changed meanwhile elsewhere in
// the text is taken over; what both changed is shown side by side.
func (rm *Room) Edit(kind evidence.Kind) room.Handler {
	return func(r *room.Request) error {
		id, itemID, err := rm.ids(r)
		if err != nil {
			return err
		}
		f := r.Form()
		is, base := read(f, kind), f.Int("version", 0, 1<<30)
		if err := f.Err(); err != nil {
			return r.Refused(err, rm.One(kind))
		}
		c, err := rm.Evidence.Edit(r.Ctx(), r.Who(), id, itemID, base, is)
		if errs.Is(err, errs.KindConflict) { // it was taken away: it has no page any more
			return r.Refused(err, func(r *room.Request) error { return rm.show(r, kind) })
		}
		if err != nil {
			return r.Refused(err, rm.One(kind))
		}
		if c != nil {
			return rm.settle(r, kind, id, itemID, base, c)
		}
		return r.Said(item(id, kind, itemID), "evidence_kept")
	}
}

// settle goes on after a clash.
func (rm *Room) settle(r *room.Request, kind evidence.Kind, id, itemID string, base int, c *writing.Clash) error {
	q := rm.Trajectories.DB()
	seen, err := rm.seen(r)
	if err != nil {
		return err
	}
	past, err := rm.Evidence.Past(r.Ctx(), q, seen, kind, itemID)
	if err != nil {
		return err
	}
	two := merge(bodyAt(past.History, base), c.Theirs, c.Yours)
	if len(two.Both) == 0 {
		again, err := rm.Evidence.Edit(r.Ctx(), r.Who(), id, itemID, c.Current, evidence.ItemOf(kind, two.Body))
		if err != nil {
			return r.Refused(err, rm.One(kind))
		}
		if again == nil {
			return r.Said(item(id, kind, itemID), "evidence_kept")
		}
		two, c = merge(c.Theirs, again.Theirs, again.Yours), again
	}
	r.Err = errs.Conflict("form.changed_meanwhile")
	return rm.one(r, kind, newClash(&maker{r: r, seen: seen}, kind, itemID, c.Current, two))
}

// Translate writes what a source means for our own pupils.
func (rm *Room) Translate(r *room.Request) error {
	id, itemID, err := rm.ids(r)
	if err != nil {
		return err
	}
	f := r.Form()
	sentence, base := f.Text("translation", 1200), f.Int("version", 0, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	c, err := rm.Evidence.Translate(r.Ctx(), r.Who(), id, itemID, base, sentence)
	if err != nil {
		return r.Refused(err, rm.Show)
	}
	if c != nil {
		return rm.settle(r, evidence.SourceKind, id, itemID, base, c)
	}
	return r.Said(page(id)+"#sources", "evidence_translated")
}

// Cite sets which sources speak for something and which against.
func (rm *Room) Cite(kind evidence.Kind) room.Handler {
	return rm.act(kind, "evidence_cited", func(r *room.Request, id, itemID string) error {
		f := r.Form()
		pro, against := f.IDs("for", mostIDs), f.IDs("against", mostIDs)
		if err := f.Err(); err != nil {
			return err
		}
		return rm.Evidence.Cite(r.Ctx(), r.Who(), id, kind, itemID, pro, against)
	})
}

// act is an act on one thing after which its page comes back.
func (rm *Room) act(kind evidence.Kind, said string, do func(r *room.Request, id, itemID string) error) room.Handler {
	return func(r *room.Request) error {
		id, itemID, err := rm.ids(r)
		if err != nil {
			return err
		}
		if err := do(r, id, itemID); err != nil {
			return r.Refused(err, rm.One(kind))
		}
		return r.Said(item(id, kind, itemID), said)
	}
}

// Share asks colleagues outside the group whether they recognise a finding.
func (rm *Room) Share(r *room.Request) error {
	return rm.act(evidence.FindingKind, "evidence_shared", func(r *room.Request, id, itemID string) error {
		return rm.Evidence.Share(r.Ctx(), r.Who(), id, itemID)
	})(r)
}

// TakeBack asks them no more.
func (rm *Room) TakeBack(r *room.Request) error {
	return rm.act(evidence.FindingKind, "evidence_taken_back", func(r *room.Request, id, itemID string) error {
		return rm.Evidence.TakeBack(r.Ctx(), r.Who(), id, itemID)
	})(r)
}

// React says whether somebody recognises a finding.
func (rm *Room) React(r *room.Request) error {
	return rm.act(evidence.FindingKind, "evidence_reacted", func(r *room.Request, id, itemID string) error {
		f := r.Form()
		body := f.Text("body", 8000)
		if err := f.Err(); err != nil {
			return err
		}
		_, err := rm.Contributions.React(r.Ctx(), r.Who(), id, contribution.Reaction{About: why.Ref{Kind: string(evidence.FindingKind), ID: itemID}, Words: contribution.Words{Body: body}, DraftKey: reactKey(id, itemID)})
		return err
	})(r)
}

// LetGo leaves the text as it stands.
func (rm *Room) LetGo(kind evidence.Kind) room.Handler {
	return rm.act(kind, "evidence_let_go", func(r *room.Request, id, itemID string) error {
		return rm.Evidence.LetGo(r.Ctx(), r.Who(), id, kind, itemID)
	})
}

// Remove takes something away.
func (rm *Room) Remove(kind evidence.Kind) room.Handler {
	return func(r *room.Request) error {
		id, itemID, err := rm.ids(r)
		if err != nil {
			return err
		}
		f := r.Form()
		version := f.Int("version", 0, 1<<30)
		if err := f.Err(); err != nil {
			return r.Refused(err, rm.One(kind))
		}
		if err := rm.Evidence.Remove(r.Ctx(), r.Who(), id, kind, itemID, version); err != nil {
			return r.Refused(err, rm.One(kind))
		}
		return r.Said(page(id)+"#taken", "evidence_removed")
	}
}

// Restore puts it back.
func (rm *Room) Restore(kind evidence.Kind) room.Handler {
	return func(r *room.Request) error {
		id, itemID, err := rm.ids(r)
		if err != nil {
			return err
		}
		if err := rm.Evidence.Restore(r.Ctx(), r.Who(), id, kind, itemID); err != nil {
			return r.Refused(err, rm.Show)
		}
		return r.Said(page(id)+"#"+folders[kind], "evidence_restored")
	}
}
