package access

// readers says which typical people may read an object.
type readers struct {
	owner     bool
	named     bool // somebody to whom the owner gave it, or the other of the two
	outsider  bool // somebody of the board to whom the owner gave it
	circle    bool // takes part, present from the start
	joiner    bool // takes part, came later
	school    bool // a colleague who has nothing to do with it
	elsewhere bool // a colleague at another school of the board
	leader    bool // of the school or of a team that it touches
	board     bool
	admin     bool
	privacy   bool
	guest     bool
	pupil     bool
	link      bool
}

func (r readers) anybody() bool { return r != readers{} }
func (r readers) others() bool  { r.owner = false; return r.anybody() }

// sees asks May for one typical person after the other. Except for the owner
// they have no id, so that nobody owns anything by chance.
func sees(o Object, a Audience) readers {
	o.MyRole, o.SharedWithMe, o.PresentFromStart, o.Ended = 0, false, false, false
	colleague := Who{BoardID: o.BoardID, Kind: Staff, Schools: []string{o.SchoolID}}
	guest := Who{BoardID: o.BoardID, Kind: Guest}
	r := readers{
		owner:     ownerReads(colleague, o),
		named:     len(a.Shared) > 0 && (givenTo(colleague, o) || givenTo(guest, o)),
		outsider:  len(a.Shared) > 0 && givenTo(holder(RoleBoard, o), o),
		circle:    takingPart(colleague, o, true),
		joiner:    takingPart(colleague, o, false),
		school:    May(colleague, Read, o),
		elsewhere: May(Who{BoardID: o.BoardID, Kind: Staff}, Read, o),
		leader:    leaderReads(colleague, o),
		board:     May(holder(RoleBoard, o), Read, o),
		admin:     May(holder(RoleAdmin, o), Read, o),
		privacy:   May(holder(RolePrivacy, o), Read, o),
		guest:     readsAs(guest, o, AsGuest, true),
		pupil:     readsAs(Who{BoardID: o.BoardID, Kind: Pupil}, o, AsPupil, false),
		link:      readsAs(Who{BoardID: o.BoardID, Kind: LinkHolder}, o, AsLinkHolder, false),
	}
	if r.elsewhere { // everybody of the board, whatever else they are
		r.board, r.admin, r.privacy = false, false, false
	}
	return r
}

func readsAs(w Who, o Object, tie Relation, present bool) bool {
	o.MyRole, o.PresentFromStart = tie, present
	return May(w, Read, o)
}

// ownerReads works before there is an owner too: somebody is about to write.
func ownerReads(w Who, o Object) bool {
	if o.OwnerID == "" {
		o.OwnerID = "owner"
	}
	w.ID = o.OwnerID
	return May(w, Read, o)
}

// givenTo stands for the people with a name: the other of the two, the visitor,
// who was asked, who was shown it. It holds when any of these ways opens it.
func givenTo(w Who, o Object) bool {
	o.SharedWithMe = true
	for _, tie := range []Relation{AsGiver, AsReceiver, AsVisitor, AsAddressee, AsGuest, AsMember} {
		if readsAs(w, o, tie, false) {
			return true
		}
	}
	return false
}

func takingPart(w Who, o Object, present bool) bool {
	return readsAs(w, o, AsMember, present) || readsAs(w, o, AsLead, present) || readsAs(w, o, AsCoach, present)
}

func leaderReads(w Who, o Object) bool {
	w.Roles = []Role{{Kind: RoleLeader, SchoolID: o.SchoolID}}
	if May(w, Read, o) {
		return true
	}
	if len(o.TeamIDs) == 0 {
		return false
	}
	w.Roles = []Role{{Kind: RoleTeamLeader, TeamID: o.TeamIDs[0]}}
	return May(w, Read, o)
}

func holder(kind RoleKind, o Object) Who {
	return Who{BoardID: o.BoardID, Kind: Staff, Roles: []Role{{Kind: kind}}}
}
