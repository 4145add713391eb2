package trajectory

import (
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
)

// Trajectory is one team on its way.
type Trajectory struct {
	ID            string
	SchoolID      string
	MethodID      string
	MethodVersion string // the exact pack version; it never changes under a running team
	FocusPointID  string
	PredecessorID string // the trajectory of the cycle before this one
	Title         string
	Question      string
	State         State
	StateReason   string
	StateUntil    clock.Date // resting until
	Open          bool       // all staff of the school may read and react
	SponsorID     string     // who stands behind it in the leadership
	Round         int
	StageID       string
	VisitID       string
	StartedOn     clock.Date
	Version       int
	MadeBy        string
	MadeAt        time.Time
}

// State is whether a team is on its way.
type State string

// The states of a trajectory.
const (
	Draft   State = "draft"   // only its maker sees it
	Active  State = "active"  // on its way
	Paused  State = "paused"  // rests until a day, with a sentence
	Stopped State = "stopped" // ended early, with a reason; a valid end
	Done    State = "done"    // secured
)

// Ended reports that nothing is asked any more.
func (s State) Ended() bool { return s == Stopped || s == Done }

// Visit is one stay in a stage.
type Visit struct {
	ID        string
	Number    int // 1, 2, 3 … in the order of entering
	StageID   string
	Round     int
	Move      Move
	Reason    string // why the team went back, or what was done before Leerkring
	Link      string // where the earlier work can be found
	DecidedBy string
	EnteredAt time.Time
	LeftAt    time.Time // zero while the team is here
}

// Move is how a team came into a stage.
type Move string

// The moves.
const (
	MoveStart   Move = "start"
	MoveForward Move = "forward"
	MoveBack    Move = "back"
	MoveBefore  Move = "before" // walked before the team came here
)

// Participant is a person in a trajectory.
type Participant struct {
	TrajectoryID string
	PersonID     string
	Name         string
	Hue          int
	Subject      string
	Role         Role
	Constituency string // whom this person brings in: a section, a year, pupils
	StandInID    string
	EndsOn       clock.Date // a guest's or begeleider's last day
	JoinedAt     time.Time
	AwayUntil    clock.Date
	WorkingDays  []int
	NoDay        bool // asked on days of which none is a working day of theirs; told by who asks
	Guest        bool
}

// Role is what somebody is in a trajectory.
type Role string

// The roles in a trajectory.
const (
	Lead     Role = "lead"
	Member   Role = "member"
	Guest    Role = "guest"
	Coach    Role = "begeleider" // process coach: sees what participants see, and no more
	NoOne    Role = ""
	StandIn  Role = "stand_in" // may lead when the lead is away
	Outsider Role = "outsider"
)

// Roles are those that can be given.
var Roles = []Role{Lead, Member, Guest, Coach}

// Bounds of the texts of a trajectory, in characters.
const (
	maxTitle    = 100
	maxQuestion = 400
	maxReason   = 600
)

// CheckWords refuses a title or question that cannot be kept.
func CheckWords(title, question string) error {
	var refused []error
	if n := utf8.RuneCountInString(strings.TrimSpace(title)); n < 3 || n > maxTitle {
		refused = append(refused, errs.Invalid("trajectory.title_length", "n", maxTitle).On("title"))
	}
	if utf8.RuneCountInString(question) > maxQuestion {
		refused = append(refused, errs.Invalid("form.too_long_max", "max", maxQuestion).On("question"))
	}
	return errs.Join(refused...)
}

func checkReason(reason, key string) (string, error) {
	reason = strings.TrimSpace(reason)
	if n := utf8.RuneCountInString(reason); n < 3 {
		return "", errs.Invalid(key).On("reason")
	} else if n > maxReason {
		return "", errs.Invalid("form.too_long_max", "max", maxReason).On("reason")
	}
	return reason, nil
}
