package access

// PersonKind says by which door somebody came in.
type PersonKind uint8

// The kinds of person. LinkHolder came by a link for one thing only: a pupil
// with a class code, a reader of a shared poster. Pupil is a pupil member of a
// trajectory, by a personal link.
const (
	None PersonKind = iota
	Staff
	Guest
	Pupil
	LinkHolder
)

// RoleKind is a task that a person has for a school, a team or the board.
type RoleKind uint8

// The roles. What somebody is in one trajectory is not a role but a Relation.
const (
	RoleLeader     RoleKind = iota + 1 // leads a school
	RoleTeamLeader                     // leads one named team
	RoleBoard
	RoleAdmin
	RolePrivacy
	RoleTimetabler
)

// Role is one role with its reach. A leader names the school, a team leader the
// team. Board, admin and privacy without a school reach the whole board. Who
// leads a college of several schools has one Role per school.
type Role struct {
	Kind     RoleKind
	SchoolID string
	TeamID   string
}

// Who is the person asking. Every fact is read at the moment of use: a Who is
// made per request, per event that is sent, per mail that leaves, and not kept.
type Who struct {
	ID      string // the account, or the link of a pupil or link holder
	BoardID string
	Kind    PersonKind
	Schools []string // ids of the schools where this person is staff
	Roles   []Role
	Teams   []string // ids of the person's teams: for the rooms, which derive relations from them
}

func (w *Who) worksAt(school string) bool {
	if w.Kind != Staff || school == "" {
		return false
	}
	for _, s := range w.Schools {
		if s == school {
			return true
		}
	}
	return false
}

func (w *Who) leadsSomebody() bool {
	for i := range w.Roles {
		if k := w.Roles[i].Kind; k == RoleLeader || k == RoleTeamLeader {
			return true
		}
	}
	return false
}

// reaches reports whether the role counts for this object. An empty id never
// matches an empty id: what a room forgot to fill in opens nothing.
func (r *Role) reaches(o *Object) bool {
	switch r.Kind {
	case RoleLeader, RoleTimetabler:
		return r.SchoolID != "" && r.SchoolID == o.SchoolID
	case RoleTeamLeader:
		if r.TeamID == "" || o.SchoolID == "" || (r.SchoolID != "" && r.SchoolID != o.SchoolID) {
			return false
		}
		for _, team := range o.TeamIDs {
			if team == r.TeamID {
				return true
			}
		}
		return false
	default:
		return r.SchoolID == "" || r.SchoolID == o.SchoolID
	}
}
