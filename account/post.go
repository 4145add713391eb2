package account

import (
	"context"
	"time"

	"leerkring/internal/db"
)

// Post sends letters. The letter leaves when the act is kept, and not otherwise.
type Post interface {
	Queue(ctx context.Context, tx *db.Tx, l Letter) error
}

// Letter is a mail of this room. Its words are the texts account.mail.<kind>.*.
type Letter struct {
	ID       string // one letter, one id: it is never sent twice
	Kind     LetterKind
	PersonID string
	BoardID  string
	Board    string // name of the board: somebody may have accounts at several
	Name     string
	Email    string
	Language string // nl or en
	URL      string // the link; a secret
	Code     string // to type on another device; a secret
	EndsAt   time.Time
	By       string    // name of who invites or changed something, or ""
	At       time.Time // when it leaves; zero is at once
	School   string    // of an invitation: where the person is going to work, or ""
	Teams    string    // of an invitation: names, or ""
}

// LetterKind says which letter it is.
type LetterKind string

// The letters.
const (
	LetterLink       LetterKind = "link"        // URL, Code: to sign in
	LetterConfirm    LetterKind = "confirm"     // Code: to open private areas
	LetterInvitation LetterKind = "invitation"  // URL, By, School, Teams
	LetterPasskey    LetterKind = "passkey"     // a passkey was added
	LetterToken      LetterKind = "token"       // a token was made
	LetterAddress    LetterKind = "address"     // to the old address: it was changed, By
	LetterWayChanged LetterKind = "way_changed" // somebody else took passkeys away, By

	LetterLogin        LetterKind = "login"         // a login of the school was connected
	LetterLoginGone    LetterKind = "login_gone"    // somebody else took it away, By
	LetterPassword     LetterKind = "password"      // a password was set
	LetterPasswordGone LetterKind = "password_gone" // somebody else took it away, By
)

// Secret reports whether the letter holds a way in: then it is kept as short as possible.
func (l Letter) Secret() bool { return l.URL != "" || l.Code != "" }
