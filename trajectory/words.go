package trajectory

import (
	"context"
	"time"

	"leerkring/internal/db"
	"leerkring/writing"
)

// Words are the texts of a trajectory itself: its history keeps every one of them.
func (t Trajectory) words() writing.Body {
	return writing.Body{"title": t.Title, "question": t.Question, "state_reason": t.StateReason}
}

// keepWords adds the words of a trajectory to its history when they changed. Its version
// is the one before the change; a clash is refused by that version and not here.
func keepWords(ctx context.Context, tx *db.Tx, before, after Trajectory, by string, now time.Time) error {
	if before.ID != "" && before.Title == after.Title && before.Question == after.Question && before.StateReason == after.StateReason {
		return nil
	}
	_, _, err := writing.Keep(ctx, tx, writing.Save{Ref: writing.Ref{Kind: "trajectory", ID: after.ID}, AuthorID: by,
		Base: before.Version, Current: before.Version, Body: after.words(), Now: now})
	return err
}

// keepNote adds what somebody noted at a criterion to its history: the next note stands
// in its place.
func keepNote(ctx context.Context, tx *db.Tx, seen Seen, elementID, note string, now time.Time) error {
	if note == "" {
		return nil
	}
	ref := writing.Ref{Kind: "gate_call", ID: seen.VisitID + "/" + elementID}
	all, err := writing.History(ctx, tx, ref)
	if err != nil {
		return err
	}
	_, _, err = writing.Keep(ctx, tx, writing.Save{Ref: ref, AuthorID: seen.Who.ID, Base: len(all), Current: len(all), Body: writing.Body{"note": note}, Now: now})
	return err
}
