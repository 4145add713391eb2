package access

// Kind is one of the closed list of kinds of object. A kind is finer than a
// table where actions differ: a decision and its outcome are two kinds.
type Kind uint8

// The kinds, in the order of the matrix.
const (
	NoKind Kind = iota

	// one person's own
	Reflection
	LearningGoal
	PrivateNote

	// between two, or in a closed circle
	FeedbackRequest
	Feedback
	FeedbackExistence // that it exists, when, how much
	FeedbackTotal     // of a school, in fives, by the month
	IntervisionCase
	SessionNote // what was said in a facilitated session
	CoachingLog
	StakeholderNote
	Visit      // who visits whom, and when
	VisitNotes // owned by the visited teacher
	Video      // with thumbnail, transcript and comments
	VideoViews // who opened it

	// asked of many
	Scan // its statements, opening and closing
	ScanResult
	ScanAnswer         // single answers
	ScanAnswerAuthor   // who answered; whose hidden name
	Ballot             // a secret vote
	PupilAnswers       // of one class
	PupilTotal         // over five teachers or more
	HiddenContribution // its writer's name is never shown
	Link               // a class code, a guest link, a share link, and the form behind it

	// the work
	Trajectory
	Membership // who takes part
	Round
	Unheard // who has not been heard yet in an open named round
	Contribution
	PupilContribution
	Reaction
	Evidence
	Finding
	Condition
	Plan
	Goal
	ActionItem
	Indicator
	Count          // a joint count: the total, no persons
	Decision       // proposal, rounds, objections
	DecisionResult // outcome
	Meeting
	Minutes
	Task          // what one person does by a date
	Session       // that it is held, its method and state; never what is said
	SessionChoice // what somebody chose at an event: theirs, and known to who makes the programme
	AgreementPage // how we work: short, owned, reviewed
	Publication   // a document given out by link
	Library
	Expertise
	Method

	// people and their accounts
	PersonList   // name, photo, team
	Availability // working days and away until
	Account
	RoleHeld        // who holds which role
	SecurityAccount // log entries on sign-ins and roles
	SecurityLog     // other log entries, nothing of class V
	SecurityPrivate // log entries that touch class V
	PersonalExport  // everything of one person
	Erasure
	SchoolExport
	Token        // an API token
	CalendarFeed // an address of one's own calendar
	Webhook

	// the school and this installation
	Board
	School
	Team
	Calendar
	Vision
	FocusPoint
	Overview // what a leader or board sees of the trajectories
	SchoolSettings
	InstanceSettings
	SchoolLogin // the login of a school elsewhere: where it is, and whom it may bring in
	Outbox      // mail that waits, without private recipients
	Roster      // people brought in from a file
	Storage     // how much room files take
	UnsealTotal // how often break-glass was used

	// pages and things that every person has as their own
	Week // home and the mail of Monday
	Notification
	Search // the search box; each hit is asked for itself
	Draft
	Upload

	kindCount
)

var kindNames = [kindCount]string{
	NoKind:             "no_kind",
	Reflection:         "reflection",
	LearningGoal:       "learning_goal",
	PrivateNote:        "private_note",
	FeedbackRequest:    "feedback_request",
	Feedback:           "feedback",
	FeedbackExistence:  "feedback_existence",
	FeedbackTotal:      "feedback_total",
	IntervisionCase:    "intervision_case",
	SessionNote:        "session_note",
	CoachingLog:        "coaching_log",
	StakeholderNote:    "stakeholder_note",
	Visit:              "visit",
	VisitNotes:         "visit_notes",
	Video:              "video",
	VideoViews:         "video_views",
	Scan:               "scan",
	ScanResult:         "scan_result",
	ScanAnswer:         "scan_answer",
	ScanAnswerAuthor:   "scan_answer_author",
	Ballot:             "ballot",
	PupilAnswers:       "pupil_answers",
	PupilTotal:         "pupil_total",
	HiddenContribution: "hidden_contribution",
	Link:               "link",
	Trajectory:         "trajectory",
	Membership:         "membership",
	Round:              "round",
	Unheard:            "unheard",
	Contribution:       "contribution",
	PupilContribution:  "pupil_contribution",
	Reaction:           "reaction",
	Evidence:           "evidence",
	Finding:            "finding",
	Condition:          "condition",
	Plan:               "plan",
	Goal:               "goal",
	ActionItem:         "action_item",
	Indicator:          "indicator",
	Count:              "count",
	Decision:           "decision",
	DecisionResult:     "decision_result",
	Meeting:            "meeting",
	Minutes:            "minutes",
	Task:               "task",
	Session:            "session",
	SessionChoice:      "session_choice",
	AgreementPage:      "agreement_page",
	Publication:        "publication",
	Library:            "library",
	Expertise:          "expertise",
	Method:             "method",
	PersonList:         "person_list",
	Availability:       "availability",
	Account:            "account",
	RoleHeld:           "role",
	SecurityAccount:    "security_account",
	SecurityLog:        "security_log",
	SecurityPrivate:    "security_private",
	PersonalExport:     "personal_export",
	Erasure:            "erasure",
	SchoolExport:       "school_export",
	Token:              "token",
	CalendarFeed:       "calendar_feed",
	Webhook:            "webhook",
	Board:              "board",
	School:             "school",
	Team:               "team",
	Calendar:           "calendar",
	Vision:             "vision",
	FocusPoint:         "focus_point",
	Overview:           "overview",
	SchoolSettings:     "school_settings",
	InstanceSettings:   "instance_settings",
	SchoolLogin:        "school_login",
	Outbox:             "outbox",
	Roster:             "roster",
	Storage:            "storage",
	UnsealTotal:        "unseal_total",
	Week:               "week",
	Notification:       "notification",
	Search:             "search",
	Draft:              "draft",
	Upload:             "upload",
}

func (k Kind) String() string {
	if k >= kindCount {
		k = NoKind
	}
	return kindNames[k]
}

// Kinds returns every kind, in order.
func Kinds() []Kind {
	all := make([]Kind, 0, kindCount)
	for k := NoKind + 1; k < kindCount; k++ {
		all = append(all, k)
	}
	return all
}

// KindByName returns the kind that the matrix calls by this name.
func KindByName(name string) (Kind, bool) {
	for k := NoKind + 1; k < kindCount; k++ {
		if kindNames[k] == name {
			return k, true
		}
	}
	return NoKind, false
}

// Class is the class of data that a kind, column or log field holds.
type Class byte

// The classes of data.
const (
	VeryPrivate  Class = 'V' // and that it exists
	Personal     Class = 'P'
	Organisation Class = 'O'
	Secret       Class = 'T'
)

func (c Class) String() string { return string(rune(c)) }

// Class returns the class of data of this kind.
func (k Kind) Class() Class {
	if k >= kindCount {
		return VeryPrivate
	}
	return matrix.kinds[k].class
}

// Private reports whether the kind is of class V: no API, no shared view, and
// nothing may betray that it exists. An unknown kind counts as private.
func (k Kind) Private() bool { return k == NoKind || k.Class() == VeryPrivate }
