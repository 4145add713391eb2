package account

import "leerkring/school"

// arrival is what is known of somebody who comes from a login, before anybody decides.
type arrival struct {
	Known   bool         // this identity belongs to an account of the board
	State   school.State // of that account
	Invited invited      // the invitation in this browser
	Vouches bool         // the board lets the login stand for addresses
	Vouched bool         // and it stood for this one
	Matches int          // accounts with that address that wait for an open invitation and were never used
}

// invited is how it stands with the invitation that somebody brings.
type invited int

const (
	noInvitation   invited = iota
	openInvitation         // of staff of this board, and still open
	badInvitation          // over, used, of another board, or of a guest
)

// outcome is what becomes of it.
type outcome int

const (
	turnAway outcome = iota
	comeIn
	joinInvited // the account of the invitation becomes active and gets this identity
	joinMatched // the account with the address does
)

// decide says who comes in by a login. An identity that is known decides alone: a stranger's
// invitation beside it is of no use. Who is active already connects the login from within,
// for an address proves nothing about who holds it today.
func decide(a arrival) outcome {
	switch {
	case a.Known && a.State == school.Active:
		return comeIn
	case a.Known:
		return turnAway
	case a.Invited == openInvitation:
		return joinInvited
	case a.Invited == badInvitation:
		return turnAway
	case a.Vouches && a.Vouched && a.Matches == 1:
		return joinMatched
	}
	return turnAway
}
