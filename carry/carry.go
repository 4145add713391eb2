// Package carry says how rooms tell what somebody carries, and how it goes to a colleague:
// each room keeps its own rule and its own entry in the journal. Only what belongs to the
// work of a school is carried. What is somebody's own (class V) has no kind here, so that
// no room can hand it over or tell that it is there.
package carry

import (
	"context"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
)

// Kind is what sort of thing is carried.
type Kind string

// The kinds, in the order in which they go over: who takes part comes before who leads.
const (
	Member      Kind = "member"        // takes part; goes over only to a substitute
	Lead        Kind = "lead"          // leads a trajectory
	StandIn     Kind = "stand_in"      // stands in for who leads one
	Caretaker   Kind = "caretaker"     // keeps an agreement page alive
	CareStandIn Kind = "care_stand_in" // stands in for the caretaker
	Buddy       Kind = "buddy"         // tells newcomers about a page
	Helper      Kind = "helper"        // helps somebody on the way who is new at the school
	Promise     Kind = "promise"       // promised something that is needed
	Objection   Kind = "objection"     // takes up an objection in a decision
	Action      Kind = "action"        // does something of a plan
	Task        Kind = "task"
	Meeting     Kind = "meeting" // leads an hour that is planned
	Session     Kind = "session" // leads a session that is planned
)

// Kinds are all kinds in their order.
var Kinds = []Kind{Member, Lead, StandIn, Caretaker, CareStandIn, Buddy, Helper, Promise, Objection, Action, Task, Meeting, Session}

// Item is one thing that somebody carries.
type Item struct {
	Kind         Kind
	ID           string
	SchoolID     string
	TrajectoryID string // "" for what belongs to none
	OwnerID      string
	Text         string     // the thing's own words, "" when it has none
	On           clock.Date // by when, or when it is held
}

// Key names an item in a form.
func (i Item) Key() string { return string(i.Kind) + ":" + i.ID }

// Of says whose: what these people carry, and with a trajectory only what belongs to it.
type Of struct {
	People       []string
	TrajectoryID string
}

// Whose is Of as a condition, with the people as $1 and the trajectory as $2.
func Whose(owner, trajectory string) string {
	return owner + ` in ` + db.In("$1") + ` and ($2 = '' or ` + trajectory + ` = $2)`
}

// House is who acts when nobody presses: a day came.
const House = "house"

// Move hands one thing to somebody else, in the act's transaction. The caller has asked who
// may, and holds the trajectory.
type Move struct {
	Kind     Kind
	ID       string
	From, To string
	ByID     string // who did it, or House
	Back     bool   // it goes back to who had it first
	Was      string // what Pass told when From got it, "" when From had it first
	Waits    bool   // the account of To is closed: it waits under that name until the group takes it up
	At       time.Time
}

// Writer is who stands below a text that changes with it.
func (m Move) Writer() string {
	if m.ByID == House {
		return m.From
	}
	return m.ByID
}

// Source is a room that tells what people carry in it.
type Source interface {
	// Kinds are those that this room knows.
	Kinds() []Kind
	// Carried are the things, in a constant number of queries.
	Carried(ctx context.Context, q db.Queryer, of Of) ([]Item, error)
	// Pass hands one over. moved is false when From does not have it any more: it was settled,
	// or somebody changed it. was is what the room needs to put it back. It refuses, before
	// anything changed, who cannot have it; of what waits it does not ask that.
	Pass(ctx context.Context, tx *db.Tx, m Move) (was string, moved bool, err error)
}

// Keeper is a room of pages that somebody keeps alive.
type Keeper interface {
	// KeptBy is who keeps the page of a trajectory alive, and who stands in for them; "" is nobody.
	// The caller may read the trajectory.
	KeptBy(ctx context.Context, q db.Queryer, trajectoryID string) (caretakerID, standInID string, err error)
}
