package account

import (
	"context"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/school"
)

// visitor is a person at the door.
type visitor struct {
	ID            string
	BoardID       string
	Board         string
	Name          string
	Email         string
	Language      string
	State         school.State
	PasskeyAlways bool
	LockedUntil   time.Time
	Version       int
}

const visitorColumns = `p.id, p.board_id, b.name, p.name, p.email,
	coalesce(nullif(p.language, ''), (select min(s.language) from staff f join school s on s.id = f.school_id where f.person_id = p.id), 'nl'),
	p.state, coalesce(a.passkey_always, false), a.locked_until_at, p.version`

const visitorTables = `person p join board b on b.id = p.board_id left join account a on a.person_id = p.id`

func visitorFields(v *visitor) []any {
	return []any{&v.ID, &v.BoardID, &v.Board, &v.Name, &v.Email, &v.Language, (*string)(&v.State), &v.PasskeyAlways, &v.LockedUntil, &v.Version}
}

// welcome is the condition for coming in: an active account, or a new one with an
// invitation that still stands. $2 is now.
const welcome = `(p.state = 'active' or (p.state = 'invited' and exists (select 1 from account_link i
	where i.person_id = p.id and i.kind = 'invitation' and i.spent_at is null and i.expires_at > $2)))`

// visitorByID returns a person of any state.
func visitorByID(ctx context.Context, q db.Queryer, id string) (visitor, error) {
	v, err := db.One(ctx, q, `select `+visitorColumns+` from `+visitorTables+` where p.id = $1`, visitorFields, id)
	return v, errs.Because(err, "person %s", id)
}

// welcomed returns a person who may come in; anybody else is absent.
func welcomed(ctx context.Context, q db.Queryer, id string, now time.Time) (visitor, error) {
	return db.One(ctx, q, `select `+visitorColumns+` from `+visitorTables+` where p.id = $1 and `+welcome, visitorFields, id, now)
}

// letter returns a letter to a person, with nothing in it yet.
func (v visitor) letter(kind LetterKind, now time.Time) Letter {
	return Letter{ID: ident.At(now), Kind: kind, PersonID: v.ID, BoardID: v.BoardID, Board: v.Board, Name: v.Name, Email: v.Email, Language: v.Language}
}
