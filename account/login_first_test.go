package account

import (
	"testing"

	"leerkring/school"
)

func TestWhoComesInByALogin(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		a    arrival
		want outcome
	}{
		{"nobody knows", arrival{}, turnAway},
		{"known and active", arrival{Known: true, State: school.Active}, comeIn},
		{"known and suspended", arrival{Known: true, State: school.Suspended}, turnAway},
		{"known and gone", arrival{Known: true, State: school.Left}, turnAway},
		{"known and waiting again", arrival{Known: true, State: school.Invited}, turnAway},
		{"known and suspended, with an invitation of somebody else", arrival{Known: true, State: school.Suspended, Invited: openInvitation}, turnAway},
		{"known and active, with an invitation of somebody else", arrival{Known: true, State: school.Active, Invited: openInvitation}, comeIn},
		{"with an invitation", arrival{Invited: openInvitation}, joinInvited},
		{"with an invitation, though the address is another's", arrival{Invited: openInvitation, Vouches: true, Vouched: true, Matches: 1}, joinInvited},
		{"with an invitation that is over", arrival{Invited: badInvitation}, turnAway},
		{"with an invitation that is over, and an address", arrival{Invited: badInvitation, Vouches: true, Vouched: true, Matches: 1}, turnAway},
		{"with an address", arrival{Vouches: true, Vouched: true, Matches: 1}, joinMatched},
		{"with an address that the board does not take from it", arrival{Vouched: true, Matches: 1}, turnAway},
		{"with an address that it does not stand for", arrival{Vouches: true, Matches: 1}, turnAway},
		{"with an address that nobody has", arrival{Vouches: true, Vouched: true}, turnAway},
		{"with an address that two have", arrival{Vouches: true, Vouched: true, Matches: 2}, turnAway},
	} {
		if got := decide(c.a); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}
