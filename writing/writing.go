// Package writing keeps every version of every text, so that nobody's words are lost.
//
// An object has a version number. Whoever saves says which version was read. If the
// object has moved on since, nothing is overwritten: the newcomer's words are kept
// beside it as a conflict, the person sees both and merges in the page. Drafts are
// what a person is typing and are kept without an entry in the journal.
package writing

import (
	"context"
	"strconv"
	"strings"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
)

// Body is the text of an object: field name to words.
type Body map[string]string

// Ref names an object that holds text.
type Ref struct{ Kind, ID string }

// Version is one state of the text of an object.
type Version struct {
	ID       string
	Version  int
	Base     int    // the version that the author had read
	Kept     string // current, conflict or merged
	AuthorID string
	Reason   string
	Body     Body
	MadeAt   time.Time
}

// Save is one person's new text for an object.
type Save struct {
	Ref      Ref
	AuthorID string
	Base     int // version that the author read; 0 for a new object
	Current  int // version that the object has now, read inside the same act
	Body     Body
	Reason   string
	Now      time.Time
}

// Clash tells that the object moved on while somebody was writing. Both texts are kept.
type Clash struct {
	Ref      Ref
	Current  int    // version of the text that stands
	Theirs   Body   // the text that stands
	AuthorID string // who wrote it
	Yours    Body   // the text that was just sent in
	YoursID  string // under which it is kept
}

// Keep records a text. With a base that is still current it returns the new version
// number. Otherwise it keeps the text as a conflict and returns the clash; the caller
// then leaves its object as it is, and lets the act succeed so that the words stay.
func Keep(ctx context.Context, tx *db.Tx, s Save) (version int, clash *Clash, err error) {
	if s.Base == s.Current {
		return s.Current + 1, nil, insert(ctx, tx, s, s.Current+1, "current")
	}
	theirs, err := At(ctx, tx, s.Ref, s.Current)
	if err != nil {
		return 0, nil, errs.Because(err, "clash on %s %s", s.Ref.Kind, s.Ref.ID)
	}
	if same(theirs.Body, s.Body) { // both wrote the same: nothing to merge
		return s.Current, nil, nil
	}
	id := ident.At(s.Now)
	if err := insertAs(ctx, tx, id, s, s.Current, "conflict"); err != nil {
		return 0, nil, err
	}
	tx.Tell(db.ToldClash, strings.Join([]string{s.Ref.Kind, s.Ref.ID, strconv.Itoa(s.Current), id}, " "))
	return s.Current, &Clash{Ref: s.Ref, Current: s.Current, Theirs: theirs.Body, AuthorID: theirs.AuthorID, Yours: s.Body, YoursID: id}, nil
}

// ClashTold is a clash as its act told of it, read anew from the versions: to nobody but
// the writer whose text is kept there. Else it is absent.
func ClashTold(ctx context.Context, q db.Queryer, told, authorID string) (*Clash, error) {
	f := strings.Fields(told)
	if len(f) != 4 {
		return nil, errs.Absent()
	}
	current, err := strconv.Atoi(f[2])
	if err != nil {
		return nil, errs.Absent()
	}
	c := &Clash{Ref: Ref{Kind: f[0], ID: f[1]}, Current: current, YoursID: f[3]}
	all, err := History(ctx, q, c.Ref)
	if err != nil {
		return nil, err
	}
	for _, v := range all {
		switch {
		case v.ID == c.YoursID && v.AuthorID == authorID:
			c.Yours = v.Body
		case v.Version == current && v.Kept == "current":
			c.Theirs, c.AuthorID = v.Body, v.AuthorID
		}
	}
	if c.Yours == nil {
		return nil, errs.Absent()
	}
	return c, nil
}

func insert(ctx context.Context, tx *db.Tx, s Save, version int, kept string) error {
	return insertAs(ctx, tx, ident.At(s.Now), s, version, kept)
}

func insertAs(ctx context.Context, tx *db.Tx, id string, s Save, version int, kept string) error {
	_, err := db.Exec(ctx, tx, `
		insert into text_version (id, object_kind, object_id, version, base_version, kept, author_id, reason, body, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		id, s.Ref.Kind, s.Ref.ID, version, s.Base, kept, s.AuthorID, s.Reason, db.JSON(s.Body), s.Now)
	return err
}

func same(a, b Body) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return true
}

const columns = `id, version, base_version, kept, author_id, reason, body, made_at`

func fields(v *Version) []any {
	return []any{&v.ID, &v.Version, &v.Base, &v.Kept, &v.AuthorID, &v.Reason, db.JSON(&v.Body), &v.MadeAt}
}

// At returns the text that an object had at a version.
func At(ctx context.Context, q db.Queryer, ref Ref, version int) (Version, error) {
	return db.One(ctx, q, `select `+columns+` from text_version
		where object_kind = $1 and object_id = $2 and version = $3 and kept = 'current'`, fields, ref.Kind, ref.ID, version)
}

// History returns all versions of an object's text, oldest first, conflicts included.
// The caller has asked access before.
func History(ctx context.Context, q db.Queryer, ref Ref) ([]Version, error) {
	return db.All(ctx, q, `select `+columns+` from text_version
		where object_kind = $1 and object_id = $2 order by version, made_at, id`, fields, ref.Kind, ref.ID)
}

// Waiting returns the texts of one author that were written on an older version of the
// object and have not been merged yet.
func Waiting(ctx context.Context, q db.Queryer, ref Ref, authorID string) ([]Version, error) {
	return db.All(ctx, q, `select `+columns+` from text_version
		where object_kind = $1 and object_id = $2 and author_id = $3 and kept = 'conflict' order by made_at, id`, fields, ref.Kind, ref.ID, authorID)
}

// Unmerged is the newest text of one author that still waits beside the text that stands,
// as the clash that it was; nil when nothing waits. The caller has asked access before.
func Unmerged(ctx context.Context, q db.Queryer, ref Ref, current int, theirs Body, authorID string) (*Clash, error) {
	waiting, err := Waiting(ctx, q, ref, authorID)
	if err != nil || len(waiting) == 0 {
		return nil, err
	}
	last := waiting[len(waiting)-1]
	return &Clash{Ref: ref, Current: current, Theirs: theirs, Yours: last.Body, YoursID: last.ID}, nil
}

// Merged marks an author's waiting texts as taken up into a later version.
func Merged(ctx context.Context, tx *db.Tx, ref Ref, authorID string) error {
	_, err := db.Exec(ctx, tx, `update text_version set kept = 'merged'
		where object_kind = $1 and object_id = $2 and author_id = $3 and kept = 'conflict'`, ref.Kind, ref.ID, authorID)
	return err
}

// Erase takes the words of all versions of an object away; that there were versions stays.
func Erase(ctx context.Context, tx *db.Tx, ref Ref) error {
	_, err := db.Exec(ctx, tx, `update text_version set body = '{}', reason = '' where object_kind = $1 and object_id = $2`, ref.Kind, ref.ID)
	return err
}
