package access

// Relation is what the person asking is to this one object, or to the
// trajectory, meeting or circle that it belongs to. Relations combine:
// AsMember|AsAddressee is a member who was also asked.
type Relation uint32

// The relations. Rooms read them at the moment of use.
const (
	AsMember     Relation = 1 << iota // takes part
	AsLead                            // leads this trajectory, meeting or session
	AsStandIn                         // leads while the lead is away
	AsCoach                           // process coach: takes part, without people data
	AsGuest                           // invited from outside
	AsPupil                           // pupil member, by a personal link
	AsLinkHolder                      // holds the link that opens this very thing
	AsSponsor                         // stands for the trajectory in the leadership
	AsGiver                           // was asked for this feedback
	AsReceiver                        // asked for this feedback
	AsVisitor                         // visits this lesson
	AsAddressee                       // was asked by name: to answer, decide, promise, come or read
	AsStarter                         // began the act that somebody else must confirm
)

// Has reports whether any of the given relations holds.
func (r Relation) Has(any Relation) bool { return r&any != 0 }

// takesPart are the relations for which a participant's cell holds without more.
const takesPart = AsMember | AsLead | AsStandIn | AsCoach

// Object is the thing that somebody wants to do something with, seen by the
// person asking. Rooms fill in what they know; what is left out opens nothing.
// To ask whether somebody may make a thing, fill it in as it would be.
type Object struct {
	Kind     Kind
	BoardID  string
	SchoolID string   // empty for what is of the whole board
	OwnerID  string   // who wrote it, was filmed, asked for it, promised it
	TeamIDs  []string // the teams that it touches

	// As it stands.
	Open      bool // all staff of the school may read
	Closed    bool // ended, decided, read by the receiver, handed over
	Sealed    bool // hidden until everybody has answered or the round closes; withdrawn
	Consent   bool // a video that people outside the school may see
	Published bool // a result given out by its owner
	Unsealed  bool // break-glass is running for this one video
	Enough    bool // a figure that passes the numbers of anonymity
	Schools   int  // how many schools a figure sums

	// As it stands to the person asking.
	MyRole           Relation
	SharedWithMe     bool
	PresentFromStart bool
	Ended            bool // the invitation is over: a guest's last day, a coach's year
}
