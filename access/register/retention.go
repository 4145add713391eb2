package register

// Retention is how long something is kept: one of the closed list that the
// school may shorten and nobody quietly lengthens.
type Retention uint8

// The periods.
const (
	KeepVideo       Retention = iota + 1 // with comments, thumbnails, transcript
	KeepVideoViews                       // who opened it
	KeepFeedback                         // also requests
	KeepOwn                              // reflection, goals, notes, drafts
	KeepCircle                           // intervision, coaching, stakeholder notes
	KeepAnswers                          // single answers
	KeepFigures                          // published figures
	KeepBallotMarks                      // who picked up a ballot, its token
	KeepHiddenName                       // the writer behind a hidden name
	KeepWork                             // trajectories, meetings, decisions, library
	KeepWithObject                       // journal, versions: as long as what they belong to
	KeepAccount                          // the account and what hangs from it
	KeepSignIns
	KeepInvitations
	KeepLinks // class codes, guest and share links
	KeepSecurityLog
	KeepAddresses // network addresses in the security log
	KeepAccessLog
	KeepMail // bodies of mail that was sent
	KeepExports
	KeepUploads // uploads that were broken off
	KeepDay     // keys that make an act happen once
	KeepBackups
	KeepHouse // structure and settings: while the school uses Leerkring
	retentionCount
)

// Start is the moment from which a period counts.
type Start string

// The moments.
const (
	FromMaking  Start = "making"
	FromClosing Start = "closing"
	FromEnding  Start = "ending" // of the session, the trajectory, the link
	FromLeaving Start = "leaving"
	WhileThere  Start = "there" // no period of its own
)

type period struct {
	name string
	days int
	from Start
}

var periods = [retentionCount]period{
	KeepVideo:       {"video", 42, FromMaking},
	KeepVideoViews:  {"video_views", 90, FromMaking},
	KeepFeedback:    {"feedback", 2 * 365, FromMaking},
	KeepOwn:         {"own", 30, FromLeaving},
	KeepCircle:      {"circle", 30, FromEnding},
	KeepAnswers:     {"answers", 365, FromClosing},
	KeepFigures:     {"figures", 5 * 365, FromClosing},
	KeepBallotMarks: {"ballot_marks", 0, FromClosing},
	KeepHiddenName:  {"hidden_name", 1, FromClosing},
	KeepWork:        {"work", 7 * 365, FromEnding},
	KeepWithObject:  {"with_object", 0, WhileThere},
	KeepAccount:     {"account", 35, FromLeaving},
	KeepSignIns:     {"sign_ins", 90, FromMaking},
	KeepInvitations: {"invitations", 14, FromMaking},
	KeepLinks:       {"links", 365, FromMaking},
	KeepSecurityLog: {"security_log", 365, FromMaking},
	KeepAddresses:   {"addresses", 30, FromMaking},
	KeepAccessLog:   {"access_log", 14, FromMaking},
	KeepMail:        {"mail", 7, FromMaking},
	KeepExports:     {"exports", 7, FromMaking},
	KeepUploads:     {"uploads", 1, FromMaking},
	KeepDay:         {"day", 1, FromMaking},
	KeepBackups:     {"backups", 35, FromMaking},
	KeepHouse:       {"house", 0, WhileThere},
}

func (r Retention) valid() bool { return r > 0 && r < retentionCount }

func (r Retention) period() period {
	if !r.valid() {
		return period{name: "unknown", from: WhileThere}
	}
	return periods[r]
}

// Key is the text that tells the period to a teacher.
func (r Retention) Key() string { return "register.keep." + r.period().name }

// Days is the longest time that it is kept, from the moment that From names.
func (r Retention) Days() int { return r.period().days }

// From is the moment from which the days count.
func (r Retention) From() Start { return r.period().from }

// Retentions returns the closed list, in order.
func Retentions() []Retention {
	var all []Retention
	for r := Retention(1); r < retentionCount; r++ {
		all = append(all, r)
	}
	return all
}

// Erase is what happens to something when a person is erased.
type Erase uint8

// The ways.
const (
	EraseRow        Erase = iota + 1 // the whole row goes
	EraseValue                       // the value is emptied, the row stays
	EraseName                        // the name becomes «former member of staff»
	EraseFile                        // the file goes, with everything made from it
	EraseWithParent                  // goes with what it belongs to
	EraseByTime                      // goes by itself, before long
	CannotFind                       // anonymous: nobody can find it back, and this was said before
	NothingPersonal                  // says nothing about a person
	eraseCount
)

var eraseNames = [eraseCount]string{
	EraseRow: "row", EraseValue: "value", EraseName: "name", EraseFile: "file", EraseWithParent: "with_parent",
	EraseByTime: "by_time", CannotFind: "cannot_find", NothingPersonal: "nothing_personal",
}

func (e Erase) valid() bool { return e > 0 && e < eraseCount }

// Key is the text that tells a teacher what erasing does.
func (e Erase) Key() string {
	if !e.valid() {
		return "register.erase.unknown"
	}
	return "register.erase." + eraseNames[e]
}

// Erasures returns the closed list, in order.
func Erasures() []Erase {
	var all []Erase
	for e := Erase(1); e < eraseCount; e++ {
		all = append(all, e)
	}
	return all
}
