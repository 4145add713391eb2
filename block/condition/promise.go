package condition

import (
	"context"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/writing"
)

// step says something about a condition: the rule decides, the step is kept for good.
func (w *work) step(ctx context.Context, step Step) error {
	if step.To == Asked {
		n, err := atSchool(ctx, w.tx, w.schoolID, w.TrajectoryID, step.AskedID, w.today)
		if err != nil {
			return err
		}
		if n == 0 && step.AskedID != "" {
			return errs.Absent()
		}
	}
	c, err := w.Condition.Take(step, w.who.ID, w.today)
	if err != nil {
		return err
	}
	w.Condition = c
	if err := update(ctx, w.tx, c); err != nil {
		return err
	}
	said := Said{Number: c.Step, State: c.State, By: w.who.ID, AskedID: c.AskedID, Words: step.Words, At: w.now}
	if step.To == Promised || step.To == Later {
		said.Due = c.Due
	}
	return insertStep(ctx, w.tx, c.ID, said)
}

// say opens an act that says something about a condition. showed is the number of the
// step that the page showed: when somebody said something meanwhile, it is read first.
func (s *Service) say(ctx context.Context, who access.Who, id string, action access.Action, showed int, step Step) error {
	err := s.act(ctx, who, id, action, func(w *work) error {
		if err := w.standing(); err != nil {
			return err
		}
		if w.Step != showed {
			return errs.Conflict("condition.answered_meanwhile")
		}
		if err := w.step(ctx, step); err != nil {
			return err
		}
		if err := writing.Drop(ctx, w.tx, who.ID, DraftKey(w.TrajectoryID, id)); err != nil {
			return err
		}
		return w.note(ctx, string(step.To), w.Version, w.Version)
	})
	return errs.Because(err, "say %s of condition %s", step.To, id)
}

// Ask asks somebody at school for a condition, for the first time or again. Who: those
// who take part, the sponsor and the leader. showed is the step that the page showed.
func (s *Service) Ask(ctx context.Context, who access.Who, id string, showed int, askedID, words string) error {
	return s.say(ctx, who, id, access.Edit, showed, Step{To: Asked, AskedID: askedID, Words: words})
}

// Answer is yes, no, or later, in somebody's own words.
type Answer struct {
	To    State // Promised, Refused or Later
	Words string
	Due   clock.Date // of a promise: by when; of later: when to look again
}

// Promise answers what is needed. Who: the person who is asked, the sponsor and the
// leader; the first also from outside a closed trajectory. A no needs a sentence, later a
// day; people may change their answer, and each answer stays to be read.
func (s *Service) Promise(ctx context.Context, who access.Who, id string, showed int, a Answer) error {
	if a.To != Promised && a.To != Refused && a.To != Later {
		return errs.Invalid("condition.answer_choose").On("to")
	}
	if a.To == Refused {
		a.Due = ""
	}
	return s.say(ctx, who, id, access.Promise, showed, Step{To: a.To, Words: a.Words, Due: a.Due})
}

// Mark says whether a condition was kept, as the group sees it. Who: those who take part.
// What was there from the start can be marked kept at once.
func (s *Service) Mark(ctx context.Context, who access.Who, id string, showed int, kept bool, words string) error {
	to := NotKept
	if kept {
		to = Kept
	}
	return s.say(ctx, who, id, access.Settle, showed, Step{To: to, Words: words})
}
