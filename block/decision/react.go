package decision

import (
	"context"
	"strings"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/writing"
)

// React gives or changes one's own reaction; base is the version that the page showed, 0
// before the first. Who: those who were asked, until the closing. Written on two devices
// at once, both texts are kept and the clash comes back.
func (s *Service) React(ctx context.Context, who access.Who, trajectoryID, id string, base int, say Say) (*writing.Clash, error) {
	if err := say.Check(); err != nil {
		return nil, err
	}
	var clash *writing.Clash
	err := s.act(ctx, who, trajectoryID, id, func(w *work) error {
		if err := w.must(access.Decide, ""); err != nil {
			return err
		}
		r, err := reactionBy(ctx, w.tx, id, who.ID)
		if err != nil {
			return err
		}
		fresh := r.ID == ""
		if fresh {
			r = Reaction{ID: ident.At(w.now), PersonID: who.ID}
		}
		k, err := w.keep(ctx, text{"decision_reaction", r.ID, DraftKey("reaction", id)}, r.Version, base, say.body())
		clash = k.clash
		if err != nil || !k.stands {
			return err
		}
		from := r.Version
		r.Choice, r.Text, r.Version, r.ChangedAt = say.Choice, say.body()["text"], k.version, w.now
		if fresh {
			err = insertReaction(ctx, w.tx, id, r)
		} else {
			err = updateReaction(ctx, w.tx, r)
		}
		if err != nil {
			return err
		}
		return w.note(ctx, "reacted", from, r.Version)
	})
	return clash, errs.Because(err, "react to decision %s", id)
}

// text names something written, and the draft that it ends.
type text struct{ kind, id, draft string }

type kept struct {
	version int
	clash   *writing.Clash
	stands  bool // it is the text from now on
}

// keep records a text with its versions. A clash leaves its words behind, with their
// entry in the journal.
func (w *work) keep(ctx context.Context, t text, current, base int, body writing.Body) (kept, error) {
	ref, author := writing.Ref{Kind: t.kind, ID: t.id}, w.seen.Who.ID
	version, clash, err := writing.Keep(ctx, w.tx, writing.Save{Ref: ref, AuthorID: author, Base: min(base, current), Current: current, Body: body, Now: w.now})
	if err != nil {
		return kept{}, err
	}
	if err := writing.Drop(ctx, w.tx, author, t.draft); err != nil {
		return kept{}, err
	}
	if clash != nil {
		return kept{clash: clash}, w.note(ctx, "kept_beside", current, current)
	}
	return kept{version: version, stands: version != current}, writing.Merged(ctx, w.tx, ref, author)
}

// TakeUp says who takes up an objection, and by when. Who: the lead or the stand-in. It
// is somebody who was asked or who takes part.
func (s *Service) TakeUp(ctx context.Context, who access.Who, trajectoryID, id, reactionID, ownerID string, dueOn clock.Date) error {
	err := s.act(ctx, who, trajectoryID, id, func(w *work) error {
		if err := w.must(access.Settle, ""); err != nil {
			return err
		}
		r, err := reactionIn(ctx, w.tx, id, reactionID)
		if err != nil {
			return err
		}
		if r.Choice != Objection {
			return errs.Invalid("decision.no_objection")
		}
		if _, err := clock.ParseDate(string(dueOn)); err != nil {
			return errs.Invalid("form.date").On("due_on")
		}
		if dueOn < w.seen.Today() || w.seen.Today().Days(dueOn) > maxDays {
			return errs.Invalid("decision.due_on", "n", maxDays).On("due_on")
		}
		n, err := knows(ctx, w.tx, w.Decision, ownerID)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.Absent()
		}
		r.OwnerID, r.DueOn = ownerID, dueOn
		if err := updateCare(ctx, w.tx, r); err != nil {
			return err
		}
		return w.note(ctx, "objection_taken_up", r.Version, r.Version)
	})
	return errs.Because(err, "take up an objection in decision %s", id)
}

// Answer says what was done with a wish or an objection; everybody who was asked can read
// it. Who: those who take part, and who takes the objection up. A reaction that changed
// since it was read is read again first.
func (s *Service) Answer(ctx context.Context, who access.Who, trajectoryID, id string, reply Reply) (*writing.Clash, error) {
	if err := reply.Check(); err != nil {
		return nil, err
	}
	var clash *writing.Clash
	err := s.act(ctx, who, trajectoryID, id, func(w *work) error {
		r, err := reactionIn(ctx, w.tx, id, reply.ReactionID)
		if err != nil {
			return err
		}
		if err := w.must(access.Edit, r.OwnerID); err != nil {
			return err
		}
		if r.Choice == Agree {
			return errs.Invalid("decision.nothing_to_answer")
		}
		if reply.To != r.Version {
			return errs.Conflict("decision.reaction_changed")
		}
		body := writing.Body{"text": strings.TrimSpace(reply.Text)}
		k, err := w.keep(ctx, text{"decision_answer", r.ID, DraftKey("answer", r.ID)}, r.AnswerVersion, reply.Base, body)
		clash = k.clash
		if err != nil || clash != nil || (!k.stands && r.Answered()) {
			return err
		}
		from := r.AnswerVersion
		r = r.answered(body["text"], k.version, who.ID, w.now)
		if err := updateCare(ctx, w.tx, r); err != nil {
			return err
		}
		return w.note(ctx, "answered", from, r.AnswerVersion)
	})
	return clash, errs.Because(err, "answer a reaction in decision %s", id)
}

// Solved says that the own objection is solved. Who: the person who objected. Changing
// one's reaction opens it again.
func (s *Service) Solved(ctx context.Context, who access.Who, trajectoryID, id string) error {
	err := s.act(ctx, who, trajectoryID, id, func(w *work) error {
		if err := w.must(access.Decide, ""); err != nil {
			return err
		}
		r, err := reactionBy(ctx, w.tx, id, who.ID)
		if err != nil {
			return err
		}
		if r.Choice != Objection {
			return errs.Invalid("decision.no_objection")
		}
		if !r.SolvedAt.IsZero() { // said twice is said
			return nil
		}
		if err := updateCare(ctx, w.tx, r.solved(w.now)); err != nil {
			return err
		}
		return w.note(ctx, "objection_solved", r.Version, r.Version)
	})
	return errs.Because(err, "solve an objection in decision %s", id)
}

// Unsolved says that the answer does not solve the own objection yet: it stands again,
// until there is another answer. Who: the person who objected, once there is an answer to
// what it says now.
func (s *Service) Unsolved(ctx context.Context, who access.Who, trajectoryID, id string) error {
	err := s.act(ctx, who, trajectoryID, id, func(w *work) error {
		if err := w.must(access.Decide, ""); err != nil {
			return err
		}
		r, err := reactionBy(ctx, w.tx, id, who.ID)
		if err != nil {
			return err
		}
		if !r.UnsolvedAt.IsZero() { // said twice is said
			return nil
		}
		if r, err = r.unsolved(w.now); err != nil {
			return err
		}
		if err := updateCare(ctx, w.tx, r); err != nil {
			return err
		}
		return w.note(ctx, "objection_unsolved", r.Version, r.Version)
	})
	return errs.Because(err, "say that an objection stands in decision %s", id)
}
