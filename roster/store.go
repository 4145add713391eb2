package roster

import (
	"context"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/school"
)

func entriesOf(ctx context.Context, q db.Queryer, schoolID string, source Source) ([]Entry, error) {
	return db.All(ctx, q, `select key, person_id, given, gone_at is not null from roster_entry where school_id = $1 and source = $2 order by person_id`, func(e *Entry) []any {
		return []any{&e.Key, &e.PersonID, db.JSON(&e.Given), &e.Gone}
	}, schoolID, string(source))
}

// kept is an entry as it is going to be written; all of a list go in one statement.
type kept struct {
	Person string `json:"p"`
	Key    string `json:"k"`
	Given  Given  `json:"g"`
}

// keepEntries writes what a source said. Keys that wander from one person to another in one
// list are taken away first.
func keepEntries(ctx context.Context, tx *db.Tx, sc school.School, source Source, list []kept, now time.Time) error {
	if len(list) == 0 {
		return nil
	}
	people, keys := make([]string, len(list)), make([]string, len(list))
	for i, e := range list {
		people[i], keys[i] = e.Person, e.Key
	}
	if _, err := db.Exec(ctx, tx, `delete from roster_entry where school_id = $1 and source = $2 and (person_id in `+db.In("$3")+` or key in `+db.In("$4")+`)`, sc.ID, string(source), people, keys); err != nil {
		return errs.Because(err, "forget earlier entries")
	}
	_, err := db.Exec(ctx, tx, `insert into roster_entry (school_id, source, person_id, key, given, came_at)
		/*sqlite: select $1, $2, json_extract(value, '$.p'), json_extract(value, '$.k'), json_extract(value, '$.g'), $3 from json_each($4) */
		/*postgres: select $1, $2, x ->> 'p', x ->> 'k', x ->> 'g', $3 from json_array_elements($4::text::json) x */`, sc.ID, string(source), now, db.JSON(list))
	return errs.Because(err, "keep entries")
}

func markGone(ctx context.Context, tx *db.Tx, schoolID, personID string, now time.Time) error {
	_, err := db.Exec(ctx, tx, `update roster_entry set gone_at = $3 where school_id = $1 and person_id = $2`, schoolID, personID, now)
	return err
}
