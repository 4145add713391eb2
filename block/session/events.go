package session

import (
	"context"
	"time"

	"leerkring/internal/db"
	"leerkring/journal"
	"leerkring/method"
)

// What this room writes to the journal. While a session runs there is one kind of entry only, by
// nobody: who came, wrote, spoke or pressed stop is kept nowhere.
const (
	eventPlanned   = "session.planned"
	eventBegun     = "session.begun"
	eventChanged   = "session.changed"
	eventClosed    = "session.closed"
	eventCancelled = "session.cancelled"
	eventCard      = "session.card" // by nobody: that somebody has a card is theirs
	house          = "house"        // the actor of what nobody in particular did
)

// note writes the entry of an act that brought a session from one state to another.
func note(ctx context.Context, tx *db.Tx, seen Seen, next Session) error {
	kind, actor := eventChanged, house
	switch {
	case seen.State == next.State && next.State == Planned && seen.Hosts():
		actor = seen.Who.ID
	case seen.State != next.State && next.State == Running:
		kind, actor = eventBegun, seen.Who.ID
	case seen.State != next.State && next.State == Closed:
		kind, actor = eventClosed, seen.Who.ID
	case seen.State != next.State && next.State == Cancelled:
		kind, actor = eventCancelled, seen.Who.ID
	}
	return record(ctx, tx, next, actor, kind, seen.Version, seen.Version+1, seen.Now)
}

// record writes one entry. A closed circle is not told below its trajectory: that it is held is
// for those who are asked.
func record(ctx context.Context, tx *db.Tx, s Session, actor, kind string, from, to int, now time.Time) error {
	e := journal.Entry{At: now, ActorID: actor, Kind: kind, ObjectKind: "session", ObjectID: s.ID, From: from, To: to}
	if s.Circle != method.CircleClosed {
		e.SchoolID, e.TrajectoryID = s.SchoolID, s.TrajectoryID
	}
	return journal.Append(ctx, tx, e)
}
