package authoring

import (
	"context"
	"fmt"

	"leerkring/internal/db"
	"leerkring/internal/errs"
)

const columns = `id, school_id, file_id, origin, source, parts, version, published, made_by, made_at, changed_by, changed_at, retired_at`

func fields(p *Pack) []any {
	return []any{&p.ID, &p.SchoolID, &p.FileID, &p.Origin, &p.Source, db.JSON(&p.Parts), &p.Version, &p.Published, &p.MadeBy, &p.MadeAt, &p.ChangedBy, &p.ChangedAt, &p.RetiredAt}
}

func list(ctx context.Context, q db.Queryer, schoolID string) ([]Pack, error) {
	return db.All(ctx, q, `select `+columns+` from own_pack where school_id = $1 order by id`, fields, schoolID)
}

func find(ctx context.Context, q db.Queryer, id string) (Pack, error) {
	return db.One(ctx, q, `select `+columns+` from own_pack where id = $1`, fields, id)
}

// fromFile finds the pack of a school that a file is about: brought in with it before, or
// taken out here.
func fromFile(ctx context.Context, q db.Queryer, schoolID, id string) ([]Pack, error) {
	return db.All(ctx, q, `select `+columns+` from own_pack where school_id = $1 and (id = $2 or file_id = $2) order by case when id = $2 then 0 else 1 end`, fields, schoolID, id)
}

func lock(ctx context.Context, tx *db.Tx, id string) error { return db.Lock(ctx, tx, "own_pack", id) }

func insert(ctx context.Context, tx *db.Tx, p Pack) error {
	_, err := db.Exec(ctx, tx, `insert into own_pack (`+columns+`) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		p.ID, p.SchoolID, p.FileID, p.Origin, p.Source, db.JSON(p.Parts), p.Version, p.Published, p.MadeBy, p.MadeAt, p.ChangedBy, p.ChangedAt, p.RetiredAt)
	return err
}

// update writes what can change, on the version that was read.
func update(ctx context.Context, tx *db.Tx, p Pack) error {
	n, err := db.Exec(ctx, tx, `update own_pack set source = $2, parts = $3, published = $4, changed_by = $5, changed_at = $6, retired_at = $7, file_id = $8, version = version + 1
		where id = $1 and version = $9`,
		p.ID, p.Source, db.JSON(p.Parts), p.Published, p.ChangedBy, p.ChangedAt, p.RetiredAt, p.FileID, p.Version)
	if err == nil && n == 0 {
		return errs.Conflict("form.changed_meanwhile")
	}
	return err
}

func insertVersion(ctx context.Context, tx *db.Tx, p Pack, by string, now any) error {
	_, err := db.Exec(ctx, tx, `insert into own_pack_version (pack_id, version, hash, source, published_by, published_at) values ($1, $2, $3, $4, $5, $6)`,
		p.ID, p.Published, p.Draft.Hash(), string(p.Draft.Source()), by, now)
	return err
}

func versionOf(ctx context.Context, q db.Queryer, id, version string) (string, error) {
	return db.One(ctx, q, `select source from own_pack_version where pack_id = $1 and version = $2`, db.Str, id, version)
}

// after is the version that comes after one; the first is 1.0.0.
func after(version string) string {
	if version == "" {
		return "1.0.0"
	}
	var major, minor int
	_, _ = fmt.Sscanf(version, "%d.%d.", &major, &minor) // it was made by this function
	return fmt.Sprintf("%d.%d.0", major, minor+1)
}
