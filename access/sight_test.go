package access

import "testing"

// What the paper says of a reader is what May does with one.
func TestSightIsWhatMayDoes(t *testing.T) {
	t.Parallel()
	who := map[Reader]Who{
		ReaderColleague: {ID: "c", BoardID: "b", Kind: Staff, Schools: []string{"s"}},
		ReaderLeader:    {ID: "l", BoardID: "b", Kind: Staff, Schools: []string{"s"}, Roles: []Role{{Kind: RoleLeader, SchoolID: "s"}}},
		ReaderBoard:     {ID: "d", BoardID: "b", Kind: Staff, Roles: []Role{{Kind: RoleBoard}}},
		ReaderAdmin:     {ID: "a", BoardID: "b", Kind: Staff, Roles: []Role{{Kind: RoleAdmin}}},
		ReaderPrivacy:   {ID: "p", BoardID: "b", Kind: Staff, Roles: []Role{{Kind: RolePrivacy}}},
	}
	for _, k := range Kinds() {
		object := Object{Kind: k, BoardID: "b", SchoolID: "s", OwnerID: "somebody"}
		for reader, w := range who {
			seen := SightOf(k, reader)
			var shut, open, ended bool
			for _, closed := range []bool{false, true} {
				object.Closed = closed
				object.Open = false
				shut = shut || May(w, Read, object)
				object.Open = true
				open = open || May(w, Read, object)
				ended = ended || May(w, Aggregate, full(object))
			}
			switch seen {
			case SeesAll:
				if !shut {
					t.Errorf("%s: reader %d is said to see all, and does not", k, reader)
				}
			case SeesOpen:
				if shut || !open {
					t.Errorf("%s: reader %d is said to see what is open only, and sees %v, %v", k, reader, shut, open)
				}
			case SeesFigures:
				if shut || open || !ended {
					t.Errorf("%s: reader %d is said to see totals only", k, reader)
				}
			default:
				if shut || open {
					t.Errorf("%s: reader %d is said to see nothing by that role alone, and does", k, reader)
				}
			}
			if seen == SeesNever {
				object.MyRole = AsLead | AsMember | AsGuest | AsAddressee | AsGiver | AsReceiver | AsVisitor
				object.SharedWithMe, object.PresentFromStart = true, true
				if May(w, Read, full(object)) {
					t.Errorf("%s: reader %d is said to see it never, and some tie lets them in", k, reader)
				}
				object.MyRole, object.SharedWithMe, object.PresentFromStart = 0, false, false
			}
		}
	}
}

// full is an object of which every condition holds that is not a tie of the reader.
func full(o Object) Object {
	o.Open, o.Enough, o.Published, o.Consent, o.Schools = true, true, true, true, 3
	return o
}

func TestNobodyButTheOwnerReadsWhatIsBeingTyped(t *testing.T) {
	t.Parallel()
	for _, r := range Readers() {
		want := SeesNever
		if r == ReaderOwner {
			want = SeesAll
		}
		if got := SightOf(Draft, r); got != want {
			t.Errorf("reader %d: %d, want %d", r, got, want)
		}
	}
}
