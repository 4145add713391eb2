package access

// Place is the ground on which the standard cast stands: two boards, two
// schools of the first, two teams of the first school. A test with a real
// database fills in its own ids.
type Place struct {
	Board, OtherBoard   string
	School, OtherSchool string
	Team, OtherTeam     string
}

// Ground returns a Place with ids that only a test of pure rules needs.
func Ground() Place {
	return Place{Board: "board", OtherBoard: "board-2", School: "school", OtherSchool: "school-2", Team: "team", OtherTeam: "team-2"}
}

// Part is one member of the standard cast: a person, and what that person is to
// the object. The cast has one part per column of the matrix, one per tie,
// people who wear two hats, and those who must be kept out.
type Part struct {
	Name    string
	Kind    PersonKind
	At      func(Place) []string // schools where staff; nil: none
	Roles   func(Place) []Role
	Tie     Relation
	Present bool // from the start
	Ended   bool
	Owner   bool // the object is this person's
	Abroad  bool // belongs to the other board
}

// Who returns this person on the given ground.
func (p Part) Who(at Place) Who {
	if p.Kind == None {
		return Who{}
	}
	w := Who{ID: "person-" + p.Name, BoardID: at.Board, Kind: p.Kind}
	if p.Abroad {
		w.BoardID = at.OtherBoard
	}
	if p.At != nil {
		w.Schools = p.At(at)
	}
	if p.Roles != nil {
		w.Roles = p.Roles(at)
	}
	return w
}

// Sees returns the object as a room would fill it in for this person.
func (p Part) Sees(o Object, at Place) Object {
	o.MyRole, o.PresentFromStart, o.Ended = p.Tie, p.Present, p.Ended
	if p.Owner {
		o.OwnerID = p.Who(at).ID
	}
	return o
}

func here(at Place) []string  { return []string{at.School} }
func there(at Place) []string { return []string{at.OtherSchool} }

func role(kind RoleKind) func(Place) []Role {
	return func(at Place) []Role {
		switch kind {
		case RoleLeader, RoleTimetabler:
			return []Role{{Kind: kind, SchoolID: at.School}}
		case RoleTeamLeader:
			return []Role{{Kind: kind, SchoolID: at.School, TeamID: at.Team}}
		default:
			return []Role{{Kind: kind}}
		}
	}
}

func leadsElsewhere(at Place) []Role { return []Role{{Kind: RoleLeader, SchoolID: at.OtherSchool}} }

// Roles returns the standard cast.
func Roles() []Part {
	return []Part{
		{Name: "anonymous"},
		{Name: "link", Kind: LinkHolder, Tie: AsLinkHolder},
		{Name: "pupil", Kind: Pupil, Tie: AsPupil},
		{Name: "guest", Kind: Guest, Tie: AsGuest, Present: true},
		{Name: "guest_ended", Kind: Guest, Tie: AsGuest, Present: true, Ended: true},
		{Name: "guest_tied", Kind: Guest, Tie: AsGuest | AsGiver | AsVisitor | AsAddressee, Present: true},
		{Name: "elsewhere", Kind: Staff, At: there},
		{Name: "leader_elsewhere", Kind: Staff, At: there, Roles: leadsElsewhere},
		{Name: "staff", Kind: Staff, At: here},
		{Name: "member", Kind: Staff, At: here, Tie: AsMember, Present: true},
		{Name: "late", Kind: Staff, At: here, Tie: AsMember},
		{Name: "lead", Kind: Staff, At: here, Tie: AsMember | AsLead, Present: true},
		{Name: "stand_in", Kind: Staff, At: here, Tie: AsMember | AsStandIn, Present: true},
		{Name: "coach", Kind: Staff, At: there, Tie: AsCoach, Present: true},
		{Name: "owner", Kind: Staff, At: here, Owner: true},
		{Name: "giver", Kind: Staff, At: here, Tie: AsGiver},
		{Name: "receiver", Kind: Staff, At: here, Tie: AsReceiver},
		{Name: "visitor", Kind: Staff, At: here, Tie: AsVisitor},
		{Name: "asked", Kind: Staff, At: here, Tie: AsAddressee},
		{Name: "sponsor", Kind: Staff, At: here, Tie: AsSponsor},
		{Name: "team_leader", Kind: Staff, At: here, Roles: role(RoleTeamLeader)},
		{Name: "leader", Kind: Staff, At: here, Roles: role(RoleLeader)},
		{Name: "leader_member", Kind: Staff, At: here, Roles: role(RoleLeader), Tie: AsMember, Present: true},
		{Name: "cluster_leader", Kind: Staff, Roles: role(RoleLeader)},
		{Name: "timetabler", Kind: Staff, At: here, Roles: role(RoleTimetabler)},
		{Name: "board", Kind: Staff, Roles: role(RoleBoard)},
		{Name: "admin", Kind: Staff, Roles: role(RoleAdmin)},
		{Name: "privacy", Kind: Staff, Roles: role(RolePrivacy)},
		{Name: "board_hat", Kind: Staff, At: here, Roles: role(RoleBoard), Tie: AsMember, Present: true},
		{Name: "admin_hat", Kind: Staff, At: here, Roles: role(RoleAdmin), Tie: AsMember, Present: true},
		{Name: "privacy_hat", Kind: Staff, At: here, Roles: role(RolePrivacy), Tie: AsMember, Present: true},
		{Name: "privacy_starter", Kind: Staff, Roles: role(RolePrivacy), Tie: AsStarter},
		{Name: "other_board", Kind: Staff, Abroad: true, At: here, Roles: role(RoleLeader), Tie: ^Relation(0), Present: true, Owner: true},
	}
}

// State is a state of the object that changes what people may do.
type State struct {
	Name string
	set  func(*Object)
}

// States returns the states in which the matrix is tried out.
func States() []State {
	return []State{
		{"plain", func(*Object) {}},
		{"open", func(o *Object) { o.Open = true }},
		{"closed", func(o *Object) { o.Closed = true }},
		{"open closed", func(o *Object) { o.Open, o.Closed = true, true }},
		{"shared", func(o *Object) { o.SharedWithMe = true }},
		{"shared closed", func(o *Object) { o.SharedWithMe, o.Closed = true, true }},
		{"shared consent", func(o *Object) { o.SharedWithMe, o.Consent = true, true }},
		{"sealed", func(o *Object) { o.Sealed = true }},
		{"sealed open", func(o *Object) { o.Sealed, o.Open = true, true }},
		{"totals", func(o *Object) { o.Enough, o.Schools = true, 3 }},
		{"totals closed", func(o *Object) { o.Enough, o.Schools, o.Closed = true, 3, true }},
		{"published closed", func(o *Object) { o.Published, o.Closed = true, true }},
		{"unsealed", func(o *Object) { o.Unsealed = true }},
	}
}

// Case is one question with the answer that the matrix gives.
type Case struct {
	Part  Part
	State State
	Who   Who
	Object
	Want bool
}

// Cases returns what every part may do with an object of this kind in every
// state, on the given ground. A test that walks the routes makes each object
// for real, signs in as each part, and expects exactly this.
func Cases(kind Kind, action Action, at Place) []Case {
	var all []Case
	for _, state := range States() {
		for _, part := range Roles() {
			o := Object{Kind: kind, BoardID: at.Board, SchoolID: at.School, OwnerID: "person-nobody", TeamIDs: []string{at.Team}}
			state.set(&o)
			o = part.Sees(o, at)
			who := part.Who(at)
			all = append(all, Case{Part: part, State: state, Who: who, Object: o, Want: May(who, action, o)})
		}
	}
	return all
}
