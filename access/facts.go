package access

// facts are what is true of one object and of the person asking about it. The
// matrix's conditions are facts; a grant holds when all of its facts are there.
type facts uint32

const (
	isOpen facts = 1 << iota
	isClosed
	isRunning
	isConsented
	isPublished
	isEnough
	isThreeSchools
	isUnsealed

	isShared
	isPresent
	isColleague
	isCleared
	isStaffer
	isTimetabler
	isMember
	isOther
	isSecond

	isJoined // takes part: what a bare cell of the participant's column asks
	isHosted // is a guest here: what a bare cell of the guest's column asks

	isGiver
	isReceiver
	isParty
	isVisitor
	isVisiting
	isAsked
	isSponsor
	isPupil
	isForm
)

// ties are facts that a named relation makes true. A cell that names one holds
// without taking part in anything else.
const ties = isGiver | isReceiver | isParty | isVisitor | isVisiting | isAsked | isSponsor | isPupil | isForm

var factNames = map[string]facts{
	"open": isOpen, "closed": isClosed, "running": isRunning, "consent": isConsented,
	"published": isPublished, "enough": isEnough, "three_schools": isThreeSchools, "unsealed": isUnsealed,
	"shared": isShared, "present": isPresent, "colleague": isColleague, "cleared": isCleared,
	"staffer": isStaffer, "timetabler": isTimetabler, "member": isMember, "other": isOther, "second": isSecond,
	"giver": isGiver, "receiver": isReceiver, "party": isParty, "visitor": isVisitor, "visiting": isVisiting,
	"asked": isAsked, "sponsor": isSponsor, "pupil": isPupil, "form": isForm,
}

// column is one column of the matrix; columns a set of them.
type column uint8

const (
	ownerColumn column = iota
	participantColumn
	staffColumn
	leadColumn
	leaderColumn
	boardColumn
	adminColumn
	privacyColumn
	guestColumn
	linkColumn
	columnCount
)

var columnNames = [columnCount]string{
	"owner", "participant", "staff", "lead", "leader", "board", "admin", "privacy", "guest", "link",
}

type columns uint16

func (c column) alone() columns              { return 1 << c }
func (cs columns) has(c column) bool         { return cs&(1<<c) != 0 }
func (cs *columns) addIf(yes bool, c column) { *cs |= columns(bit(yes)) << c }

func bit(yes bool) uint32 {
	if yes {
		return 1
	}
	return 0
}

func (f *facts) addIf(yes bool, fact facts) { *f |= facts(bit(yes)) * fact }

// place works out which columns the person holds for this object and which
// facts are true. It is the only reading of Who and Object in this package.
func place(w *Who, o *Object) (columns, facts) {
	role := o.MyRole
	if o.Ended {
		role = 0
	}
	f := ofObject(o)
	var held columns
	switch w.Kind {
	case Staff:
		held = placeStaff(w, o, role, &f)
	case Guest:
		if o.Ended {
			return 0, 0
		}
		held.addIf(owns(w, o), ownerColumn)
		held.addIf(role.Has(AsCoach), participantColumn)
		held.addIf(role != 0, guestColumn)
		f.addIf(role.Has(AsGuest|AsMember), isHosted)
	case Pupil:
		held.addIf(role.Has(AsPupil), linkColumn)
		f.addIf(role.Has(AsPupil), isPupil)
		return held, f
	case LinkHolder:
		held.addIf(role.Has(AsLinkHolder), linkColumn)
		f.addIf(role.Has(AsLinkHolder), isForm)
		return held, f
	default:
		return 0, 0
	}
	ofRelation(o, role, &f)
	return held, f
}

func placeStaff(w *Who, o *Object, role Relation, f *facts) (held columns) {
	colleague := w.worksAt(o.SchoolID)
	boardWide := o.SchoolID == "" && matrix.kinds[o.Kind].boardWide
	held.addIf(owns(w, o), ownerColumn)
	held.addIf(role != 0, participantColumn)
	held.addIf(colleague || boardWide, staffColumn)
	held.addIf(role.Has(AsLead|AsStandIn), leadColumn)
	held.addIf(role.Has(AsGuest), guestColumn)
	for i := range w.Roles {
		r := &w.Roles[i]
		if !r.reaches(o) {
			continue
		}
		switch r.Kind {
		case RoleLeader, RoleTeamLeader:
			held |= leaderColumn.alone()
		case RoleBoard:
			held |= boardColumn.alone()
		case RoleAdmin:
			held |= adminColumn.alone()
		case RolePrivacy:
			held |= privacyColumn.alone()
		case RoleTimetabler:
			*f |= isTimetabler
		}
	}
	*f |= isStaffer
	f.addIf(colleague, isColleague)
	f.addIf(role.Has(AsGuest), isHosted)
	f.addIf(!role.Has(AsStarter), isOther)
	f.addIf(!role.Has(AsStarter) && !w.leadsSomebody(), isSecond)
	return held
}

func owns(w *Who, o *Object) bool { return w.ID != "" && w.ID == o.OwnerID }

func ofObject(o *Object) (f facts) {
	f.addIf(o.Open, isOpen)
	f.addIf(o.Closed, isClosed)
	f.addIf(!o.Closed, isRunning)
	f.addIf(o.Consent, isConsented)
	f.addIf(o.Published, isPublished)
	f.addIf(o.Enough, isEnough)
	f.addIf(o.Schools >= 3, isThreeSchools)
	f.addIf(o.Unsealed, isUnsealed)
	return f
}

func ofRelation(o *Object, role Relation, f *facts) {
	f.addIf(o.PresentFromStart, isPresent)
	f.addIf(o.SharedWithMe, isShared)
	f.addIf(o.SharedWithMe && (o.Consent || *f&isColleague != 0), isCleared)
	if role == 0 {
		return
	}
	f.addIf(role.Has(takesPart), isJoined)
	f.addIf(role.Has(AsMember|AsLead|AsStandIn), isMember)
	f.addIf(role.Has(AsGiver), isGiver)
	f.addIf(role.Has(AsReceiver), isReceiver)
	f.addIf(role.Has(AsGiver|AsReceiver), isParty)
	f.addIf(role.Has(AsVisitor), isVisitor)
	f.addIf(role.Has(AsVisitor) && !o.Closed, isVisiting)
	f.addIf(role.Has(AsAddressee), isAsked)
	f.addIf(role.Has(AsSponsor) && *f&isColleague != 0, isSponsor)
}
