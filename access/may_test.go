package access

import (
	"testing"

	"leerkring/internal/errs"
)

func TestNotAllowedEqualsAbsent(t *testing.T) {
	t.Parallel()
	err := Must(staffOf("school"), Read, thing(Reflection))
	if !errs.IsAbsent(err) || err.Error() != errs.Absent().Error() {
		t.Errorf("a refusal is %v", err)
	}
	if err := Must(staffOf("school"), Read, thing(Reflection, mine)); err != nil {
		t.Errorf("the owner is refused: %v", err)
	}
}

func TestWhatTheMatrixDoesNotNameIsForNobody(t *testing.T) {
	t.Parallel()
	me := staffOf("school", leading, asAdmin)
	check(t, []sentence{
		{"no kind", me, Read, thing(NoKind, mine), false},
		{"an unknown kind", me, Read, thing(Kind(200), mine), false},
		{"no action", me, NoAction, thing(Plan, mine), false},
		{"an unknown action", me, Action(200), thing(Plan, mine), false},
		{"a promise on a reflection", me, Promise, thing(Reflection, mine), false},
		{"an empty owner is not an empty person", Who{BoardID: "board", Kind: Staff}, Read, thing(Reflection, func(o *Object) { o.OwnerID = "" }), false},
		{"an empty school is not an empty school", staffOf(""), Read, thing(Trajectory, open, func(o *Object) { o.SchoolID = "" }), false},
	})
}

func TestMayCostsNothing(t *testing.T) {
	who, o := staffOf("school", leading, asPrivacy), thing(Contribution, open, tie(AsMember))
	if n := testing.AllocsPerRun(100, func() { May(who, Read, o) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkMay(b *testing.B) {
	who, o := staffOf("school", leading), thing(Contribution, open, tie(AsMember))
	for b.Loop() {
		May(who, Read, o)
	}
}
