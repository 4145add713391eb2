package access

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

var (
	someBoards  = rapid.SampledFrom([]string{"board", "board", "board", "board-2", ""})
	someSchools = rapid.SampledFrom([]string{"school", "school", "school-2", ""})
	someTeams   = rapid.SampledFrom([]string{"team", "team-2"})
	somePeople  = rapid.SampledFrom([]string{"me", "other", ""})
	someTies    = rapid.SliceOfN(rapid.SampledFrom([]Relation{
		AsMember, AsLead, AsStandIn, AsCoach, AsGuest, AsPupil, AsLinkHolder, AsSponsor, AsGiver, AsReceiver, AsVisitor, AsAddressee, AsStarter,
	}), 0, 2)
)

func drawRole(t *rapid.T) Role {
	return Role{
		Kind:     RoleKind(rapid.IntRange(int(RoleLeader), int(RoleTimetabler)).Draw(t, "role")),
		SchoolID: someSchools.Draw(t, "role school"), TeamID: someTeams.Draw(t, "role team"),
	}
}

func drawWho(t *rapid.T) Who {
	return Who{
		ID: somePeople.Draw(t, "id"), BoardID: someBoards.Draw(t, "board"),
		Kind:    rapid.SampledFrom([]PersonKind{Staff, Staff, Staff, Guest, Pupil, LinkHolder, None}).Draw(t, "person"),
		Schools: rapid.SliceOfN(someSchools, 0, 2).Draw(t, "schools"),
		Roles:   rapid.SliceOfN(rapid.Custom(drawRole), 0, 2).Draw(t, "roles"),
	}
}

func drawObject(t *rapid.T) Object {
	flag := func(name string) bool { return rapid.Bool().Draw(t, name) }
	o := Object{
		BoardID: "board", SchoolID: someSchools.Draw(t, "school"),
		OwnerID: somePeople.Draw(t, "owner"), TeamIDs: rapid.SliceOfN(someTeams, 0, 2).Draw(t, "teams"),
		Open: flag("open"), Closed: flag("closed"), Sealed: flag("sealed"), Consent: flag("consent"),
		Published: flag("published"), Unsealed: flag("unsealed"), Enough: flag("enough"),
		Schools:      rapid.IntRange(0, 4).Draw(t, "schools summed"),
		SharedWithMe: flag("shared"), PresentFromStart: flag("present"), Ended: flag("ended"),
	}
	for _, tie := range someTies.Draw(t, "ties") {
		o.MyRole |= tie
	}
	return o
}

// everywhere tries the drawn person and facts on every kind and action: a drawn
// kind would meet too few of the rows.
func everywhere(o Object, try func(o Object, a Action)) {
	for _, k := range Kinds() {
		o.Kind = k
		for _, a := range Actions() {
			try(o, a)
		}
	}
}

// The ban of the matrix stands: whatever further role somebody gets, what was
// closed with -! stays closed, and nobody with that column slips past it.
func TestARoleNeverLiftsABan(t *testing.T) {
	t.Parallel()
	bans := 0
	rapid.Check(t, func(t *rapid.T) {
		who, o := drawWho(t), drawObject(t)
		more := who
		more.Roles = append(slices.Clone(who.Roles), rapid.SliceOfN(rapid.Custom(drawRole), 1, 4).Draw(t, "more roles")...)
		more.Schools = append(slices.Clone(who.Schools), "school", "school-2")
		more.Teams = []string{"team", "team-2"}
		everywhere(o, func(o Object, a Action) {
			if judge(&who, a, &o).ground != banned {
				return
			}
			bans++
			if ok, reason := Explain(more, a, o); ok {
				t.Fatalf("lifted: %s by %+v on %+v", reason, more, o)
			}
		})
	})
	if bans < 50 {
		t.Errorf("only %d bans were met", bans)
	}
}

// What a ban keeps out, it keeps out: only the owner, or the ties and shares
// that stand behind "unless", come in while the column is held.
func TestABanIsLiftedByItsOwnUnlessOnly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		who, o := drawWho(t), drawObject(t)
		everywhere(o, func(o Object, a Action) {
			if owns(&who, &o) || !May(who, a, o) {
				return
			}
			held, f := place(&who, &o)
			for _, b := range matrix.cells[o.Kind][a].bans {
				if held.has(b.col) && !b.lifted(f) {
					t.Fatalf("%s · %s: %+v came past the ban on %s", o.Kind, a, who, columnNames[b.col])
				}
			}
		})
	})
}

func TestAnotherBoardNeverReadsAnything(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		who, o := drawWho(t), drawObject(t)
		o.MyRole, o.SharedWithMe, o.PresentFromStart = ^Relation(0), true, true
		switch {
		case rapid.Bool().Draw(t, "no board at all"):
			who.BoardID, o.BoardID = "", ""
		case who.BoardID == o.BoardID:
			who.BoardID = "board-2"
		}
		everywhere(o, func(o Object, a Action) {
			if ok, reason := Explain(who, a, o); ok {
				t.Fatalf("%s: %+v on %+v", reason, who, o)
			}
		})
	})
}

func TestNobodyAndLinksReadNothingButTheirForm(t *testing.T) {
	t.Parallel()
	form := map[Kind]actionSet{
		Link: setOf(Read, List, Aggregate), ScanAnswer: setOf(Answer), PupilAnswers: setOf(Answer),
		PupilContribution: setOf(Create), Publication: setOf(Read, List, Aggregate),
	}
	opened := map[Kind]bool{}
	rapid.Check(t, func(t *rapid.T) {
		who, o := drawWho(t), drawObject(t)
		who.Kind = rapid.SampledFrom([]PersonKind{None, LinkHolder}).Draw(t, "kind of person")
		if rapid.Bool().Draw(t, "every tie") {
			o.MyRole = ^Relation(0)
		}
		everywhere(o, func(o Object, a Action) {
			switch allowed := May(who, a, o); {
			case allowed && (who.Kind == None || !o.MyRole.Has(AsLinkHolder) || !form[o.Kind].has(a)):
				t.Fatalf("%+v may %s %+v", who, a, o)
			case allowed:
				opened[o.Kind] = true
			}
		})
	})
	for k := range form { // chance may have met no object of a kind: one of each, with its link
		for a := range actionCount {
			if May(Who{BoardID: "b", Kind: LinkHolder}, a, Object{Kind: k, BoardID: "b", MyRole: ^Relation(0), Open: true}) {
				opened[k] = true
			}
		}
	}
	if len(opened) != len(form) {
		t.Errorf("links opened only %v", opened)
	}
}

func TestAPupilReadsTheOpenPartsOfTheOwnTrajectory(t *testing.T) {
	t.Parallel()
	read := 0
	rapid.Check(t, func(t *rapid.T) {
		who, o := drawWho(t), drawObject(t)
		who.Kind = Pupil
		o.MyRole |= rapid.SampledFrom([]Relation{0, AsPupil}).Draw(t, "pupil member")
		everywhere(o, func(o Object, a Action) {
			if a > Aggregate || !May(who, a, o) {
				return
			}
			read++
			if !o.Open || !o.MyRole.Has(AsPupil) || o.Ended || o.Sealed || o.Kind.Class() != Organisation {
				t.Fatalf("a pupil may %s %+v", a, o)
			}
		})
	})
	if read == 0 {
		t.Error("no pupil read anything")
	}
}

// Whoever changes, shows or takes out a thing may read it. Two exceptions: the
// person who runs the export of a school reads none of it, and the teacher of a
// class shares figures, never answers.
func TestWhoeverMayEditMayRead(t *testing.T) {
	t.Parallel()
	needsReading := setOf(Edit, React, Share, Export, Settle)
	rapid.Check(t, func(t *rapid.T) {
		who, o := drawWho(t), drawObject(t)
		everywhere(o, func(o Object, a Action) {
			if !needsReading.has(a) || !May(who, a, o) || May(who, Read, o) || o.Kind == PupilAnswers && a == Share {
				return
			}
			t.Fatalf("%+v may %s but not read %+v", who, a, o)
		})
	})
}

func TestAListTellsWhatItsPagesTell(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		who, o := drawWho(t), drawObject(t)
		everywhere(o, func(o Object, a Action) {
			switch {
			case a == List && !May(who, a, o) == May(who, Read, o):
				t.Fatalf("a list tells %+v more or less than the page of %+v", who, o)
			case a == Aggregate && May(who, Read, o) && !May(who, a, o):
				t.Fatalf("%+v reads %+v and may not count it", who, o)
			}
		})
	})
}

// A room that forgets a fact shows less, never more. One fact it must never
// forget: who began what somebody else must confirm.
func TestAForgottenFactOpensNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		who, o := drawWho(t), drawObject(t)
		o.Ended = false
		everywhere(o, func(o Object, a Action) {
			less := o
			less.MyRole &= AsStarter
			less.SharedWithMe, less.PresentFromStart, less.Open, less.Consent = false, false, false, false
			less.Published, less.Unsealed, less.Enough, less.Schools, less.OwnerID = false, false, false, 0, ""
			if May(who, a, less) && !May(who, a, o) {
				t.Fatalf("%+v may %s %+v and, with more known, not: %+v", who, a, less, o)
			}
		})
	})
}

func TestTheEndOfAnInvitationEndsEverything(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		who, o := drawWho(t), drawObject(t)
		o.Ended = true
		who.Kind = rapid.SampledFrom([]PersonKind{Guest, Pupil, LinkHolder}).Draw(t, "who came from outside")
		everywhere(o, func(o Object, a Action) {
			if ok, reason := Explain(who, a, o); ok {
				t.Fatalf("%s: %+v on %+v", reason, who, o)
			}
		})
	})
}
