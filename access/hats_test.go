package access

import (
	"strings"
	"testing"
)

func TestABanStandsForEveryHatOfAPerson(t *testing.T) {
	t.Parallel()
	admin := staffOf("school", asAdmin)
	check(t, []sentence{
		{"a colleague reads a reflection shown to her", staffOf("school"), Read, thing(Reflection, shared), true},
		{"not when she is the admin as well", admin, Read, thing(Reflection, shared), false},
		{"the admin writes her own", admin, Create, thing(Reflection), true},
		{"and reads her own", admin, Read, thing(Reflection, mine), true},
		{"and gives feedback that was asked of her", admin, Answer, thing(Feedback, tie(AsGiver)), true},
		{"and reads what she asked for", admin, Read, thing(Feedback, tie(AsReceiver)), true},
		{"and sits in an intervision from the start", admin, Read, thing(IntervisionCase, tie(AsMember), present), true},
		{"not when she came later", admin, Read, thing(IntervisionCase, tie(AsMember)), false},
		{"a leader who was present from the start", staffOf("school", leading), Read, thing(IntervisionCase, tie(AsMember), present), true},
		{"a leader who came later", staffOf("school", leading), Read, thing(IntervisionCase, tie(AsMember)), false},
		{"a colleague who came later", staffOf("school"), Read, thing(IntervisionCase, tie(AsMember)), false},
		{"pupils' answers shown to the leader", staffOf("school", leading), Aggregate, thing(PupilAnswers, shared, closed), true},
		{"to a privacy officer who was shown them too", staffOf("school", leading, asPrivacy), Aggregate, thing(PupilAnswers, shared, closed), false},
		{"a video shown to the leader", staffOf("school", leading), Read, thing(Video, shared), true},
		{"to a leader who sits at the board", staffOf("school", leading, atBoard), Read, thing(Video, shared), false},
		{"a coaching log addressed to the leader", staffOf("school", leading), Read, thing(CoachingLog, tie(AsAddressee)), true},
		{"one merely shown to the leader", staffOf("school", leading), Read, thing(CoachingLog, tie(AsMember), shared), false},
	})
}

// The own part of a person stays, whatever role is held besides.
func TestAnOwnPartHoldsForEveryRole(t *testing.T) {
	t.Parallel()
	for _, r := range []Role{leading, leadingTeam, atBoard, asAdmin, asPrivacy} {
		who := staffOf("school", r)
		for _, s := range []sentence{
			{"reads a request", who, Read, thing(FeedbackRequest, tie(AsGiver)), true},
			{"answers it", who, Answer, thing(Feedback, tie(AsGiver)), true},
			{"reads the own answer", who, Read, thing(Feedback, tie(AsGiver)), true},
			{"reads what was received", who, Read, thing(Feedback, tie(AsReceiver)), true},
			{"knows that it exists", who, List, thing(FeedbackExistence, tie(AsReceiver)), true},
			{"reads a log addressed to them", who, Read, thing(CoachingLog, tie(AsAddressee)), true},
			{"sees the own visit", who, Read, thing(Visit, tie(AsVisitor)), true},
			{"writes its notes", who, Edit, thing(VisitNotes, tie(AsVisitor)), true},
			{"and not after they are handed over", who, Edit, thing(VisitNotes, tie(AsVisitor), closed), false},
			{"settles as lead who was there", who, Settle, thing(HiddenContribution, tie(AsMember|AsLead), present), r != atBoard},
			{"has no part in another's", who, Read, thing(Feedback, tie(AsMember|AsLead), present, shared), false},
		} {
			check(t, []sentence{s})
			if t.Failed() {
				t.Fatalf("as %+v", r)
			}
		}
	}
}

// Every ban of the content rows, written out: also those behind which nothing
// else would open today, so that none falls away unseen.
func TestTheBansAreThoseOfTheTable(t *testing.T) {
	t.Parallel()
	roles := "staff lead leader board admin privacy"
	all := "participant " + roles + " guest"
	want := map[Kind]string{
		Reflection: "board admin privacy", LearningGoal: "board admin privacy", PrivateNote: "board admin privacy",
		FeedbackRequest: roles, Feedback: roles, FeedbackExistence: roles,
		IntervisionCase: "leader admin privacy", SessionNote: "leader admin privacy",
		CoachingLog: "leader admin privacy", StakeholderNote: "leader admin privacy",
		Visit: "leader admin privacy", VisitNotes: "leader admin privacy",
		Video: "board admin privacy", VideoViews: all,
		ScanAnswer: "owner " + all + " link", Ballot: "owner " + all + " link", ScanAnswerAuthor: all + " link",
		PupilAnswers: "leader admin privacy", PupilTotal: "admin privacy", HiddenContribution: "leader board admin privacy",
		SecurityPrivate: all, Week: all, Notification: all, Draft: all, Upload: all,
	}
	for _, k := range Kinds() {
		var names []string
		for _, b := range matrix.cells[k][Read].bans {
			names = append(names, columnNames[b.col])
		}
		if got := strings.Join(names, " "); got != want[k] {
			t.Errorf("%s is closed to %q, the table says %q", k, got, want[k])
		}
	}
}

func TestNothingVeryPrivateMovesOrOpensByRoleAlone(t *testing.T) {
	t.Parallel()
	for _, k := range Kinds() {
		if !k.Private() {
			continue
		}
		if Guarded(k, Move) {
			t.Errorf("%s moves", k)
		}
		for _, role := range []Role{atBoard, asAdmin, leading, leadingTeam, asPrivacy} {
			if ok, reason := Explain(staffOf("school", role), Read, thing(k, open, closed)); ok {
				t.Errorf("%s", reason)
			}
		}
	}
	if !NoKind.Private() || !Kind(250).Private() || Plan.Private() {
		t.Error("an unknown kind counts as private, a plan does not")
	}
}

func TestTheSecondPersonIsAnother(t *testing.T) {
	t.Parallel()
	officer := staffOf("school", asPrivacy, asAdmin)
	for _, k := range []Kind{PersonalExport, Erasure, SchoolExport, SchoolSettings, InstanceSettings, Roster} {
		if !May(officer, Confirm, thing(k)) || May(officer, Confirm, thing(k, tie(AsStarter))) {
			t.Errorf("%s: the second person must be another", k)
		}
	}
	check(t, []sentence{
		{"the file of a person goes to that person", officer, Export, thing(PersonalExport), false},
		{"only", staffOf("school"), Export, thing(PersonalExport, mine), true},
	})
}
