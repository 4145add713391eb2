package plan

import (
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/why"
	"leerkring/writing"
)

// Item is one thing in a plan: a Goal, an Action, a Core, a Room, a Hearing or a Look.
type Item interface {
	Kind() Kind
	Check() error // refuses what cannot be kept
	body() writing.Body
	tie() tie
}

// tie is what an item points at, for the columns that are asked for in queries.
type tie struct {
	ownerID  string
	from, to clock.Date
	goalID   string
}

// Kind is what sort of item it is.
type Kind string

// The kinds of item.
const (
	GoalKind    Kind = "goal"
	ActionKind  Kind = "action"
	CoreKind    Kind = "core"
	RoomKind    Kind = "room"
	HearingKind Kind = "hearing"
	LookKind    Kind = "look"
)

// Kinds are all kinds, in the order of the plan's page.
var Kinds = []Kind{GoalKind, ActionKind, CoreKind, RoomKind, HearingKind, LookKind}

// most is how many of a kind a plan can hold; more is no plan any more.
var most = map[Kind]int{GoalKind: 12, ActionKind: 60, CoreKind: 24, RoomKind: 24, HearingKind: 24, LookKind: 24}

// Object is the name of an item in the journal, in the chain of why and in its versions.
func (k Kind) Object() string {
	switch k {
	case GoalKind:
		return "goal"
	case ActionKind:
		return "action_item"
	}
	return "plan_item"
}

// Access is the kind by which the rights know an item.
func (k Kind) Access() access.Kind {
	switch k {
	case GoalKind:
		return access.Goal
	case ActionKind:
		return access.ActionItem
	}
	return access.Plan
}

// ItemOf reads an item back from the words of one of its versions.
func ItemOf(k Kind, b writing.Body) Item {
	switch k {
	case GoalKind:
		return goalOf(b)
	case ActionKind:
		return actionOf(b)
	case CoreKind:
		return Core{Text: b["text"]}
	case RoomKind:
		return Room{Text: b["text"], Pace: b["pace"] != ""}
	case HearingKind:
		return hearingOf(b)
	default:
		return lookOf(b)
	}
}

// Entry is an item in its place.
type Entry struct {
	ID        string
	Kind      Kind
	Position  int
	Version   int
	Item      Item
	MadeBy    string
	MadeAt    time.Time
	RemovedBy string
	RemovedAt time.Time // zero while it stands
}

// Ref is the name of the entry in the chain of why.
func (e Entry) Ref() why.Ref { return why.Ref{Kind: e.Kind.Object(), ID: e.ID} }

func (e Entry) text() writing.Ref { return writing.Ref{Kind: e.Kind.Object(), ID: e.ID} }

// Placed is an entry with its item read out, for a page.
type Placed[T Item] struct {
	ID        string
	Number    int // its place: 1, 2, 3 …
	Version   int // to send back with an edit
	MadeBy    string
	MadeAt    time.Time
	Is        T
	Mark      Mark // what is new since an earlier version
	MayRemove bool
}

// Core is one line of what everybody does.
type Core struct{ Text string }

// Kind is CoreKind.
func (Core) Kind() Kind { return CoreKind }

// Check refuses an empty line.
func (c Core) Check() error { return says("text", c.Text, maxSentence, "plan.core_empty") }

func (c Core) body() writing.Body { return words("text", c.Text) }
func (Core) tie() tie             { return tie{} }

// Room is one line of what everybody chooses for themselves.
type Room struct {
	Text string
	Pace bool // how much difference in pace is fine
}

// Kind is RoomKind.
func (Room) Kind() Kind { return RoomKind }

// Check refuses an empty line.
func (r Room) Check() error { return says("text", r.Text, maxSentence, "plan.room_empty") }

func (r Room) body() writing.Body {
	b := words("text", r.Text)
	if r.Pace {
		b["pace"] = "own"
	}
	return b
}

func (Room) tie() tie { return tie{} }
