package meeting

import (
	"context"
	"time"

	"leerkring/internal/db"
	"leerkring/journal"
	"leerkring/trajectory"
)

// What this room writes to the journal. An agreement and a task write their own entry.
const (
	eventPlanned       = "meeting.planned"
	eventChanged       = "meeting.changed" // its plan or its items
	eventReady         = "meeting.ready"
	eventCancelled     = "meeting.cancelled"
	eventBegun         = "meeting.begun"
	eventNotYet        = "meeting.not_yet" // begun too early
	eventMoved         = "meeting.moved"   // to another item
	eventHost          = "meeting.host"    // somebody took over
	eventClosed        = "meeting.closed"
	eventNoteAdded     = "meeting_note.added"
	eventNoteWithdrawn = "meeting_note.withdrawn"
)

// note writes the entry of an act that made a new version of a meeting.
func note(ctx context.Context, tx *db.Tx, seen trajectory.Seen, kind string, m Meeting, now time.Time) error {
	return write(ctx, tx, seen, kind, "meeting", m.ID, m.Version, m.Version+1, now)
}

// noteItems writes the entry of an act on the items: they are changed one by one, so that
// two who prepare together do not stand in each other's way, and make no new version.
func noteItems(ctx context.Context, tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
	return write(ctx, tx, seen, eventChanged, "meeting", m.ID, m.Version, m.Version, now)
}

func write(ctx context.Context, tx *db.Tx, seen trajectory.Seen, kind, object, id string, from, to int, now time.Time) error {
	return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: seen.Who.ID, Kind: kind, ObjectKind: object, ObjectID: id,
		SchoolID: seen.SchoolID, TrajectoryID: seen.ID, From: from, To: to})
}

// noteOn writes the entry of an act on something that was brought in.
func noteOn(ctx context.Context, tx *db.Tx, seen trajectory.Seen, kind, id string, now time.Time) error {
	return write(ctx, tx, seen, kind, "meeting_note", id, 0, 1, now)
}
