package contribution

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/journal"
	"leerkring/trajectory"
)

// What this room writes to the journal.
const (
	eventAdded     = "contribution.added"     // an answer, a reply, a reaction
	eventChanged   = "contribution.changed"   // its writer changed the words
	eventKept      = "contribution.kept"      // written on an older version; both texts wait to be merged
	eventWithdrawn = "contribution.withdrawn" // taken away by its writer, or a pupil's by the lead
	eventSettled   = "contribution.settled"   // it was said what was done with it
	eventPictured  = "contribution.pictured"  // its writer put a picture beside it, or took one away
	eventMoved     = "contribution.moved"     // a signal went to another candidate
	eventOpened    = "round.opened"
	eventClosed    = "round.closed"
	eventRated     = "rating.given" // holds no value and no name
)

// Actors that are no account.
const (
	house = "house"
	pupil = "pupil"
)

// entry is the journal entry of an act on a contribution.
func entry(seen trajectory.Seen, kind, id string, from, to int, now time.Time) journal.Entry {
	e := journal.Entry{At: now, ActorID: seen.Who.ID, Kind: kind, ObjectKind: "contribution", ObjectID: id,
		SchoolID: seen.SchoolID, TrajectoryID: seen.ID, From: from, To: to}
	if seen.Who.Kind == access.LinkHolder || seen.Who.Kind == access.Pupil {
		e.ActorID = pupil
	}
	return e
}

// note writes that entry. While a round is sealed the journal does not say who acted:
// everything that reads the journal would tell.
func note(ctx context.Context, tx *db.Tx, seen trajectory.Seen, kind string, c Contribution, to int, now time.Time) error {
	e := entry(seen, kind, c.ID, c.Version, to, now)
	if c.Sealed {
		e.ActorID = house
	}
	return journal.Append(ctx, tx, e)
}

func noteRound(ctx context.Context, tx *db.Tx, r Round, kind, actorID string, now time.Time) error {
	return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: actorID, Kind: kind, ObjectKind: "round", ObjectID: r.ID,
		SchoolID: r.SchoolID, TrajectoryID: r.TrajectoryID})
}
