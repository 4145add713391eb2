package plan

import (
	"context"
	"slices"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/why"
	"leerkring/writing"
)

// most things that one goal can answer, or that one item can come from.
const maxGrounds = 30

// EditHead changes the plan's own text. base is the version that the page showed, 0
// before its first words. Who: those who take part. When somebody else wrote meanwhile,
// the plan stays as it is, both texts are kept, and the clash comes back.
func (s *Service) EditHead(ctx context.Context, who access.Who, trajectoryID string, base int, h Head) (*writing.Clash, error) {
	if err := h.Check(); err != nil {
		return nil, err
	}
	var clash *writing.Clash
	err := s.act(ctx, who, trajectoryID, access.Edit, access.Plan, func(w *work) error {
		if err := w.begin(ctx); err != nil {
			return err
		}
		k, err := w.keep(ctx, w.self(), w.plan.Version, base, h.body())
		clash = k.clash
		if err != nil || !k.stands {
			return err
		}
		from := w.plan.Version
		w.plan.Head, w.plan.Version = HeadOf(h.body()), k.version
		return w.changed(ctx, "changed", w.self(), from, k.version)
	})
	return clash, errs.Because(err, "edit plan of trajectory %s", trajectoryID)
}

// Add puts an item at the end of its list. grounds are what it rests on: a goal answers
// them (findings, evidence, voices), anything else came from them (voices). Who: those
// who take part.
func (s *Service) Add(ctx context.Context, who access.Who, trajectoryID string, item Item, grounds ...why.Ref) (string, error) {
	if err := item.Check(); err != nil {
		return "", err
	}
	id := ""
	err := s.act(ctx, who, trajectoryID, access.Create, item.Kind().Access(), func(w *work) error {
		if err := w.begin(ctx); err != nil {
			return err
		}
		entries, err := entriesOf(ctx, w.tx, trajectoryID)
		if err != nil {
			return err
		}
		e, err := w.put(ctx, item, countOf(entries, item.Kind())+1)
		if err != nil {
			return err
		}
		if err := w.rest(ctx, e, grounds); err != nil {
			return err
		}
		id = e.ID
		if err := writing.Drop(ctx, w.tx, who.ID, DraftKey(string(e.Kind), trajectoryID)); err != nil {
			return err
		}
		return w.changed(ctx, "added", e.Ref(), 0, 1)
	})
	return id, errs.Because(err, "add %s to plan of trajectory %s", item.Kind(), trajectoryID)
}

func countOf(entries []Entry, k Kind) int {
	n := 0
	for _, e := range entries {
		if e.Kind == k {
			n++
		}
	}
	return n
}

// rest links an item to what it rests on.
func (w *work) rest(ctx context.Context, e Entry, grounds []why.Ref) error {
	allowed := voices
	if e.Kind == GoalKind {
		allowed = answers
	}
	if err := w.belong(ctx, grounds, allowed); err != nil {
		return err
	}
	for _, g := range grounds {
		from, to, r := g, e.Ref(), why.Became
		if e.Kind == GoalKind {
			from, to, r = e.Ref(), g, why.Answers
		}
		if err := w.link(ctx, from, r, to); err != nil {
			return err
		}
	}
	return nil
}

func (w *work) belong(ctx context.Context, refs []why.Ref, allowed []string) error {
	if len(refs) == 0 {
		return nil
	}
	if len(refs) > maxGrounds {
		return errs.Invalid("plan.many_grounds", "n", maxGrounds).On("answers")
	}
	ids := map[string][]string{}
	for _, r := range refs {
		if !slices.Contains(allowed, r.Kind) || w.s.belong[r.Kind] == nil {
			return errs.Absent()
		}
		ids[r.Kind] = append(ids[r.Kind], r.ID)
	}
	for kind, list := range ids {
		if err := w.s.belong[kind](ctx, w.tx, w.seen, list); err != nil {
			return err
		}
	}
	return nil
}

// Edit changes the words of an item; base is the version that the page showed. Who: those
// who take part. When somebody else wrote meanwhile, the item stays as it is, both texts
// are kept, and the clash comes back; saving on its current version merges.
func (s *Service) Edit(ctx context.Context, who access.Who, trajectoryID, id string, base int, item Item) (*writing.Clash, error) {
	if err := item.Check(); err != nil {
		return nil, err
	}
	var clash *writing.Clash
	err := s.act(ctx, who, trajectoryID, access.Edit, item.Kind().Access(), func(w *work) error {
		e, err := w.standing(ctx, id)
		if err != nil {
			return err
		}
		if e.Kind != item.Kind() {
			return errs.Absent()
		}
		if err := w.check(ctx, item); err != nil {
			return err
		}
		k, err := w.keep(ctx, e.Ref(), e.Version, base, item.body())
		clash = k.clash
		if err != nil || !k.stands {
			return err
		}
		from := e.Version
		e.Item, e.Version = item, k.version
		if err := updateEntry(ctx, w.tx, e); err != nil {
			return err
		}
		if err := w.serve(ctx, e, item); err != nil {
			return err
		}
		return w.changed(ctx, "changed", e.Ref(), from, e.Version)
	})
	return clash, errs.Because(err, "edit %s of plan of trajectory %s", id, trajectoryID)
}

// standing returns an item that was not taken away.
func (w *work) standing(ctx context.Context, id string) (Entry, error) {
	e, err := entryIn(ctx, w.tx, w.seen.ID, id)
	if err == nil && !e.RemovedAt.IsZero() {
		return e, errs.Conflict("plan.taken_away")
	}
	return e, err
}

// kept is what became of a text that was sent in.
type kept struct {
	version int
	clash   *writing.Clash
	stands  bool // it is the text from now on
}

// keep records a text, ends the draft of it, and marks what the author had waiting as
// merged. A clash leaves its words behind, with their entry in the journal.
func (w *work) keep(ctx context.Context, ref why.Ref, current, base int, body writing.Body) (kept, error) {
	author := w.seen.Who.ID
	text := writing.Ref{Kind: ref.Kind, ID: ref.ID}
	version, clash, err := writing.Keep(ctx, w.tx, writing.Save{Ref: text, AuthorID: author, Base: base, Current: current, Body: body, Now: w.now})
	if err != nil {
		return kept{}, err
	}
	if err := writing.Drop(ctx, w.tx, author, DraftKey(ref.Kind, ref.ID)); err != nil {
		return kept{}, err
	}
	if clash != nil {
		return kept{clash: clash}, w.note(ctx, "kept_beside", ref, current, current)
	}
	return kept{version: version, stands: version != current}, writing.Merged(ctx, w.tx, text, author)
}

// Answers sets what a goal answers: findings, evidence and voices of the same
// trajectory. Who: those who take part.
func (s *Service) Answers(ctx context.Context, who access.Who, trajectoryID, goalID string, refs []why.Ref) error {
	err := s.act(ctx, who, trajectoryID, access.Edit, access.Goal, func(w *work) error {
		e, err := w.standing(ctx, goalID)
		if err != nil {
			return err
		}
		if e.Kind != GoalKind {
			return errs.Absent()
		}
		for _, kind := range answers {
			if err := why.RemoveFrom(ctx, w.tx, trajectoryID, e.Ref(), why.Answers, kind); err != nil {
				return err
			}
		}
		if err := w.rest(ctx, e, refs); err != nil {
			return err
		}
		return w.changed(ctx, "grounded", e.Ref(), e.Version, e.Version)
	})
	return errs.Because(err, "ground goal %s of trajectory %s", goalID, trajectoryID)
}

// LetGo says that the text that stands is fine: what this person had waiting beside it
// stays in the history and asks for nothing any more. id is an item, or the trajectory
// for the head. Who: those who take part, for their own text.
func (s *Service) LetGo(ctx context.Context, who access.Who, trajectoryID, id string) error {
	err := s.act(ctx, who, trajectoryID, access.Edit, access.Plan, func(w *work) error {
		ref, version, err := w.text(ctx, w.tx, id)
		if err != nil {
			return err
		}
		if err := writing.Merged(ctx, w.tx, writing.Ref{Kind: ref.Kind, ID: ref.ID}, who.ID); err != nil {
			return err
		}
		return w.note(ctx, "merged", ref, version, version)
	})
	return errs.Because(err, "let go a text of %s of trajectory %s", id, trajectoryID)
}

func (w *work) text(ctx context.Context, q db.Queryer, id string) (why.Ref, int, error) {
	if id == w.seen.ID {
		return w.self(), w.plan.Version, nil
	}
	e, err := entryIn(ctx, q, w.seen.ID, id)
	return e.Ref(), e.Version, err
}
