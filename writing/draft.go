package writing

import (
	"context"
	"time"
	"unicode/utf8"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// Drafts keeps what people are typing. A draft belongs to its writer alone: no act of
// anybody else reads it.
type Drafts struct {
	db    *db.DB
	clock clock.Clock
}

// NewDrafts returns the drafts of a database.
func NewDrafts(d *db.DB, c clock.Clock) *Drafts { return &Drafts{d, c} }

// Bounds of a draft: fields of a form, and characters over all of them.
const (
	maxDraftFields = 400
	maxDraftSize   = 200_000
	maxDraftKey    = 200
)

// Draft is what a person was typing in one form.
type Draft struct {
	Body    Body
	SavedAt time.Time
}

// Save keeps the words of a form for their writer. Empty words remove the draft.
func (d *Drafts) Save(ctx context.Context, personID, key string, body Body) (time.Time, error) {
	now := d.clock.Now()
	size, words := 0, false
	for k, v := range body {
		size += len(k) + len(v)
		words = words || v != ""
	}
	if key == "" || len(key) > maxDraftKey || len(body) > maxDraftFields || size > maxDraftSize {
		return now, errs.Invalid("writing.draft_too_large")
	}
	return now, d.db.Write(ctx, func(tx *db.Tx) error {
		if !words {
			return Drop(ctx, tx, personID, key)
		}
		_, err := db.Exec(ctx, tx, `insert into draft (person_id, key, body, saved_at) values ($1, $2, $3, $4)
			on conflict (person_id, key) do update set body = excluded.body, saved_at = excluded.saved_at`, personID, key, db.JSON(body), now)
		return err
	})
}

// Of returns the writer's draft of a form, and an empty one when there is none.
func (d *Drafts) Of(ctx context.Context, personID, key string) (Draft, error) {
	list, err := db.All(ctx, d.db, `select body, saved_at from draft where person_id = $1 and key = $2`,
		func(x *Draft) []any { return []any{db.JSON(&x.Body), &x.SavedAt} }, personID, key)
	if err != nil || len(list) == 0 {
		return Draft{}, err
	}
	return list[0], nil
}

// Drop removes a draft in the act that made it a real text.
func Drop(ctx context.Context, tx *db.Tx, personID, key string) error {
	_, err := db.Exec(ctx, tx, `delete from draft where person_id = $1 and key = $2`, personID, key)
	return err
}

// DropOwn removes what one person was typing under a prefix, in the act that made it a real text.
func DropOwn(ctx context.Context, tx *db.Tx, personID, prefix string) error {
	_, err := db.Exec(ctx, tx, `delete from draft where person_id = $1 and substr(key, 1, $3) = $2`, personID, prefix, utf8.RuneCountInString(prefix))
	return err
}

// DropUnder removes what anybody was typing under a prefix, in the act of its caller: when what it
// was typed for has come to its end date.
func DropUnder(ctx context.Context, tx *db.Tx, prefix string) error {
	_, err := db.Exec(ctx, tx, `delete from draft where substr(key, 1, $2) = $1`, prefix, utf8.RuneCountInString(prefix))
	return err
}

// Under returns the writer's drafts whose key starts with prefix: all forms of a page in
// one query.
func (d *Drafts) Under(ctx context.Context, personID, prefix string) (map[string]Body, error) {
	type row struct {
		key  string
		body Body
	}
	rows, err := db.All(ctx, d.db, `select key, body from draft where person_id = $1 and substr(key, 1, $3) = $2`,
		func(r *row) []any { return []any{&r.key, db.JSON(&r.body)} }, personID, prefix, utf8.RuneCountInString(prefix))
	out := make(map[string]Body, len(rows))
	for _, r := range rows {
		out[r.key] = r.body
	}
	return out, err
}
