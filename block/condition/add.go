package condition

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/trajectory"
	"leerkring/writing"
)

// New is a condition to add, with who is asked for it; "" only names it.
type New struct {
	Words
	AskedID string
	Says    string // words with the question
}

// Add names what is needed, and asks somebody for it at once when AskedID is given. Who:
// those who take part, the sponsor and the leader. The id comes back. Absent when the
// person asked is not at this school.
func (s *Service) Add(ctx context.Context, who access.Who, trajectoryID string, n New) (string, error) {
	if err := errs.Join(n.Words.Check(), fits("words", n.Says, maxSaid)); err != nil {
		return "", err
	}
	id := ""
	err := s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := seen.Must(access.Create, access.Condition, ""); err != nil {
			return err
		}
		have, err := listOf(ctx, tx, trajectoryID)
		if err != nil {
			return err
		}
		if standing(have) >= most {
			return errs.Invalid("condition.full", "n", most)
		}
		c := Condition{ID: ident.At(now), TrajectoryID: trajectoryID, Words: WordsOf(n.Words.body()), State: Spotted, OpenSince: seen.Today(), Version: 1, MadeBy: who.ID, MadeAt: now}
		w := &work{reached: reached{Condition: c, seen: seen, inside: true, schoolID: seen.SchoolID, today: seen.Today()}, tx: tx, who: who, now: now}
		if err := w.put(ctx, n); err != nil {
			return err
		}
		id = c.ID
		return w.note(ctx, "added", 0, 1)
	})
	return id, errs.Because(err, "add condition to trajectory %s", trajectoryID)
}

func (w *work) put(ctx context.Context, n New) error {
	if err := insert(ctx, w.tx, w.Condition); err != nil {
		return err
	}
	if _, _, err := writing.Keep(ctx, w.tx, writing.Save{Ref: w.text(), AuthorID: w.who.ID, Body: w.Words.body(), Now: w.now}); err != nil {
		return err
	}
	if err := writing.Drop(ctx, w.tx, w.who.ID, DraftKey(w.TrajectoryID, "")); err != nil {
		return err
	}
	if n.AskedID == "" {
		return nil
	}
	return w.step(ctx, Step{To: Asked, AskedID: n.AskedID, Words: n.Says})
}

func (c Condition) text() writing.Ref { return writing.Ref{Kind: "condition", ID: c.ID} }

func standing(list []Condition) int {
	n := 0
	for _, c := range list {
		if c.RemovedAt.IsZero() {
			n++
		}
	}
	return n
}
