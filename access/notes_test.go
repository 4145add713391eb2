package access

import "testing"

// This file holds the sentences below the rights table to the matrix, one test
// each, with people who wear several hats.

func staffOf(school string, roles ...Role) Who {
	return Who{ID: "me", BoardID: "board", Kind: Staff, Schools: []string{school}, Roles: roles}
}

func thing(kind Kind, set ...func(*Object)) Object {
	o := Object{Kind: kind, BoardID: "board", SchoolID: "school", OwnerID: "somebody", TeamIDs: []string{"team"}}
	for _, f := range set {
		f(&o)
	}
	return o
}

func tie(r Relation) func(*Object) { return func(o *Object) { o.MyRole = r } }
func mine(o *Object)               { o.OwnerID = "me" }
func open(o *Object)               { o.Open = true }
func closed(o *Object)             { o.Closed = true }
func shared(o *Object)             { o.SharedWithMe = true }
func present(o *Object)            { o.PresentFromStart = true }
func sealing(o *Object)            { o.Sealed = true }
func unsealing(o *Object)          { o.Unsealed = true }
func ended(o *Object)              { o.Ended = true }
func elsewhere(o *Object)          { o.SchoolID = "school-2" }
func otherTeam(o *Object)          { o.TeamIDs = []string{"team-2"} }

var (
	leading     = Role{Kind: RoleLeader, SchoolID: "school"}
	leadingTeam = Role{Kind: RoleTeamLeader, SchoolID: "school", TeamID: "team"}
	asAdmin     = Role{Kind: RoleAdmin}
	asPrivacy   = Role{Kind: RolePrivacy}
	atBoard     = Role{Kind: RoleBoard}
)

type sentence struct {
	says string
	who  Who
	act  Action
	on   Object
	want bool
}

func check(t *testing.T, sentences []sentence) {
	t.Helper()
	for _, s := range sentences {
		if got, reason := Explain(s.who, s.act, s.on); got != s.want {
			t.Errorf("%s: got %v (%s)", s.says, got, reason)
		}
	}
}

func TestOpenIsForAllStaffOfTheSchoolAndTheLeadChangesIt(t *testing.T) {
	t.Parallel()
	colleague := staffOf("school")
	check(t, []sentence{
		{"a colleague reads an open trajectory", colleague, Read, thing(Trajectory, open), true},
		{"and reacts", colleague, React, thing(Contribution, open), true},
		{"and writes nothing in it", colleague, Create, thing(Contribution, open), false},
		{"a colleague does not read one that is not open", colleague, Read, thing(Trajectory), false},
		{"a colleague of another school does not read an open one", staffOf("school-2"), Read, thing(Trajectory, open), false},
		{"the lead opens and closes it", colleague, Share, thing(Trajectory, tie(AsLead)), true},
		{"so does the stand-in", colleague, Share, thing(Trajectory, tie(AsStandIn)), true},
		{"a member does not", colleague, Share, thing(Trajectory, tie(AsMember)), false},
		{"nor the leader", staffOf("school", leading), Share, thing(Trajectory), false},
	})
}

func TestALeaderLeadsNamedTeamsOrTheSchoolAndIsAColleagueElsewhere(t *testing.T) {
	t.Parallel()
	team, school := staffOf("school", leadingTeam), staffOf("school", leading)
	check(t, []sentence{
		{"the team leader reads the plan of the own team", team, Read, thing(Plan), true},
		{"and promises what it needs", team, Promise, thing(Condition), true},
		{"not of another team", team, Read, thing(Plan, otherTeam), false},
		{"of another team as any colleague", team, Read, thing(Plan, otherTeam, open), true},
		{"but promises nothing there", team, Promise, thing(Condition, otherTeam, open), false},
		{"the leader of the school reads both", school, Read, thing(Plan, otherTeam), true},
		{"and nothing at another school", school, Read, thing(Plan, elsewhere, open), false},
		{"membership elsewhere shows what members see", team, Read, thing(Contribution, otherTeam, tie(AsMember)), true},
		{"and gives nothing of a leader", team, Promise, thing(Condition, otherTeam, tie(AsMember)), false},
		{"leading does not open contributions", school, Read, thing(Contribution), false},
		{"membership of one does not widen what leading shows of the next", school, Read, thing(Contribution, otherTeam), false},
		{"a leader sees who is unheard only as a participant", school, Read, thing(Unheard), false},
		{"as a participant like the others", school, Read, thing(Unheard, tie(AsMember)), true},
		{"the leader sees of a person the name, photo and team", school, Read, thing(PersonList), true},
		{"and nothing more", school, Read, thing(Account), false},
		{"not when somebody works or is away", school, Read, thing(Availability), false},
	})
}

func TestACoachSeesWhatParticipantsSeeWithoutPeopleData(t *testing.T) {
	t.Parallel()
	coach := staffOf("school-3")
	external := Who{ID: "me", BoardID: "board", Kind: Guest}
	walking := tie(AsCoach)
	check(t, []sentence{
		{"in a trajectory of another school", coach, Read, thing(Plan, walking), true},
		{"writes along", coach, Create, thing(Contribution, walking), true},
		{"an adviser from outside too", external, Read, thing(Contribution, walking), true},
		{"knows the names of who takes part", coach, Read, thing(PersonList, walking), true},
		{"not who is unheard", coach, Read, thing(Unheard, walking), false},
		{"not who is away", coach, Read, thing(Availability, walking), false},
		{"not what happens at the schools' other trajectories", coach, Read, thing(Plan, open), false},
		{"does not lead", coach, Lead, thing(Trajectory, walking), false},
		{"is released by the lead", staffOf("school"), Remove, thing(Membership, tie(AsLead)), true},
		{"after a year without renewal it is over", external, Read, thing(Plan, walking, ended), false},
		{"for a colleague of the board too", coach, Read, thing(Plan, walking, ended), false},
	})
}

func TestAPupilMemberSeesTheOpenPartsAndAdds(t *testing.T) {
	t.Parallel()
	pupil := Who{ID: "link", BoardID: "board", Kind: Pupil}
	member := tie(AsPupil)
	check(t, []sentence{
		{"reads the open plan", pupil, Read, thing(Plan, member, open), true},
		{"reads open contributions", pupil, Read, thing(Contribution, member, open), true},
		{"adds a contribution", pupil, Create, thing(PupilContribution, member), true},
		{"only as a pupil, never under a colleague's sign", pupil, Create, thing(Contribution, member, open), false},
		{"nothing that is not open", pupil, Read, thing(Plan, member), false},
		{"no other trajectory", pupil, Read, thing(Plan, open), false},
		{"no people", pupil, Read, thing(PersonList, member, open), false},
		{"no meeting", pupil, Read, thing(Meeting, member, open), false},
		{"a class code answers", Who{ID: "code", BoardID: "board", Kind: LinkHolder}, Answer, thing(PupilAnswers, tie(AsLinkHolder)), true},
		{"and reads no answers", Who{ID: "code", BoardID: "board", Kind: LinkHolder}, Aggregate, thing(PupilAnswers, tie(AsLinkHolder), closed), false},
	})
}

func TestNotesOfAVisitBelongToTheVisitedTeacher(t *testing.T) {
	t.Parallel()
	visitor := tie(AsVisitor)
	check(t, []sentence{
		{"the visitor writes", staffOf("school"), Edit, thing(VisitNotes, visitor), true},
		{"until they are handed over", staffOf("school"), Read, thing(VisitNotes, visitor, closed), false},
		{"unless the owner shows them", staffOf("school"), Read, thing(VisitNotes, visitor, closed, shared), true},
		{"a visitor who leads the school writes as any visitor", staffOf("school", leading), Edit, thing(VisitNotes, visitor), true},
		{"and has nothing afterwards", staffOf("school", leading), Read, thing(VisitNotes, visitor, closed), false},
		{"the leader as such has nothing", staffOf("school", leading), Read, thing(VisitNotes), false},
		{"unless shown", staffOf("school", leading), Read, thing(VisitNotes, shared), true},
		{"only the owner shows them", staffOf("school"), Share, thing(VisitNotes, visitor), false},
		{"the owner", staffOf("school"), Share, thing(VisitNotes, mine), true},
	})
}

func TestResultsOfAScanAreForAllAtTheSameMoment(t *testing.T) {
	t.Parallel()
	respondent, leader := staffOf("school"), staffOf("school", leading)
	asked := tie(AsAddressee)
	check(t, []sentence{
		{"nobody before closing", respondent, Aggregate, thing(ScanResult, asked), false},
		{"not its maker", respondent, Aggregate, thing(ScanResult, mine), false},
		{"not the leader", leader, Aggregate, thing(ScanResult), false},
		{"after closing the respondent", respondent, Aggregate, thing(ScanResult, asked, closed), true},
		{"and the leader", leader, Aggregate, thing(ScanResult, closed), true},
		{"figures only", leader, Read, thing(ScanResult, closed), false},
		{"no late answer", respondent, Answer, thing(ScanAnswer, asked, closed), false},
		{"nobody who was not asked", respondent, Answer, thing(ScanAnswer), false},
		{"nobody reads who answered", leader, Read, thing(ScanAnswerAuthor, asked, shared, closed), false},
		{"the board sees three schools or nothing", staffOf("school-3", atBoard), Aggregate, thing(ScanResult, closed), false},
		{"three", staffOf("school-3", atBoard), Aggregate, thing(ScanResult, closed, func(o *Object) { o.Schools = 3 }), true},
		{"two are not three", staffOf("school-3", atBoard), Aggregate, thing(ScanResult, closed, func(o *Object) { o.Schools = 2 }), false},
		{"or what was published", staffOf("school-3", atBoard), Aggregate, thing(ScanResult, closed, func(o *Object) { o.Published = true }), true},
	})
}

func TestAClosedDecisionStaysAsItIs(t *testing.T) {
	t.Parallel()
	asked := tie(AsMember | AsLead | AsAddressee)
	lead := staffOf("school", leading)
	for _, a := range []Action{Edit, React, Decide, Lead, Settle, Remove, Create, Move} {
		if May(lead, a, thing(Decision, asked, mine, closed)) {
			t.Errorf("%s on a closed decision", a)
		}
	}
	check(t, []sentence{
		{"it is read", lead, Read, thing(Decision, asked, closed), true},
		{"its outcome by all staff", staffOf("school"), Read, thing(DecisionResult, closed), true},
		{"not before it is taken", staffOf("school"), Read, thing(DecisionResult), false},
		{"who was not asked has no voice", staffOf("school"), Decide, thing(Decision, tie(AsMember)), false},
	})
}

func TestBreakGlassTakesTwoAndIsForOneVideo(t *testing.T) {
	t.Parallel()
	officer := Who{ID: "me", BoardID: "board", Kind: Staff, Roles: []Role{asPrivacy}}
	check(t, []sentence{
		{"the officer begins", officer, Unseal, thing(Video), true},
		{"and sees nothing yet", officer, Read, thing(Video), false},
		{"does not confirm what she began", officer, Confirm, thing(Video, tie(AsStarter)), false},
		{"a second officer does", officer, Confirm, thing(Video), true},
		{"somebody at the board does", staffOf("school-3", atBoard), Confirm, thing(Video), true},
		{"a board member who leads a school does not", staffOf("school-2", atBoard, Role{Kind: RoleLeader, SchoolID: "school-2"}), Confirm, thing(Video), false},
		{"the leader does not", staffOf("school", leading), Confirm, thing(Video), false},
		{"then the officer sees it", officer, Read, thing(Video, unsealing), true},
		{"only sees it", officer, Export, thing(Video, unsealing), false},
		{"the leader still does not", staffOf("school", leading), Read, thing(Video, unsealing), false},
	})
	for _, k := range Kinds() {
		if k != Video && Guarded(k, Unseal) {
			t.Errorf("break-glass on %s", k)
		}
	}
}

func TestAGuestKnowsTheOwnTrajectoryAndEndsOnTime(t *testing.T) {
	t.Parallel()
	guest := Who{ID: "me", BoardID: "board", Kind: Guest}
	invited := tie(AsGuest)
	check(t, []sentence{
		{"reads it", guest, Read, thing(Trajectory, invited), true},
		{"adds to it", guest, Create, thing(Contribution, invited), true},
		{"does not change its plan", guest, Edit, thing(Plan, invited), false},
		{"knows its people", guest, Read, thing(PersonList, invited), true},
		{"nobody else", guest, Read, thing(PersonList), false},
		{"no open trajectory", guest, Read, thing(Trajectory, open), false},
		{"no meeting without an invitation", guest, Read, thing(Meeting, invited), false},
		{"one with", guest, Read, thing(Meeting, tie(AsGuest|AsAddressee)), true},
		{"no internal video", guest, Read, thing(Video, invited, shared), false},
		{"no calendar, team or school", guest, Read, thing(Team, invited), false},
		{"after the last day nothing", guest, Read, thing(Trajectory, invited, ended), false},
		{"not even the own words", guest, Read, thing(Contribution, invited, ended, mine), false},
		{"a teacher of another school is a guest here", staffOf("school-2"), Read, thing(Plan, invited), true},
		{"and no participant", staffOf("school-2"), Edit, thing(Plan, invited), false},
	})
}

func TestTwoBoardsShareNothing(t *testing.T) {
	t.Parallel()
	everything := Object{
		BoardID: "board", SchoolID: "school", OwnerID: "me", TeamIDs: []string{"team"}, Open: true, Consent: true, Published: true,
		Unsealed: true, Enough: true, Schools: 9, MyRole: ^Relation(0), SharedWithMe: true, PresentFromStart: true,
	}
	stranger := staffOf("school", leading, leadingTeam, asAdmin, asPrivacy, atBoard)
	for _, board := range []string{"board-2", ""} {
		stranger.BoardID = board
		everywhere(everything, func(o Object, a Action) {
			if ok, reason := Explain(stranger, a, o); ok {
				t.Errorf("from board %q: %s", board, reason)
			}
		})
	}
}

func TestWhatIsSealedIsItsOwnersAlone(t *testing.T) {
	t.Parallel()
	lead := staffOf("school", leading)
	check(t, []sentence{
		{"the writer sees the own answer", staffOf("school"), Read, thing(Contribution, mine, sealing), true},
		{"and mends it", staffOf("school"), Edit, thing(Contribution, mine, sealing), true},
		{"the lead waits", lead, Read, thing(Contribution, tie(AsMember|AsLead), present, open, sealing), false},
		{"a count would tell too", lead, Aggregate, thing(Contribution, tie(AsMember|AsLead), open, sealing), false},
		{"a name that is hidden is read by who was there", staffOf("school"), Read, thing(HiddenContribution, tie(AsMember), present), true},
		{"not by who came later", staffOf("school"), Read, thing(HiddenContribution, tie(AsMember)), false},
		{"not by a lead who came later", staffOf("school"), Read, thing(HiddenContribution, tie(AsMember|AsLead)), false},
	})
}
