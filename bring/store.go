package bring

import (
	"context"
	"slices"
	"time"

	"leerkring/internal/db"
	"leerkring/trajectory"
)

// mostBeside is how many texts that did not fit stand on the page, the newest first.
const mostBeside = 300

func beforeOf(ctx context.Context, q db.Queryer, trajectoryID string) (Before, error) {
	var b Before
	counted, err := db.One(ctx, q, `select coalesce(sum(case when kind = 'task' then 1 else 0 end), 0), coalesce(sum(case when kind = 'agreement' then 1 else 0 end), 0)
		from brought where trajectory_id = $1`, func(b *Before) []any { return []any{&b.Tasks, &b.Agreements} }, trajectoryID)
	if err != nil {
		return b, err
	}
	b = counted
	if b.Beside, err = besideOf(ctx, q, trajectoryID, `b.away_at is null order by b.came_at desc, b.object_id`); err != nil {
		return b, err
	}
	b.Away, err = besideOf(ctx, q, trajectoryID, `b.away_at is not null order by b.away_at desc, b.object_id`)
	return b, err
}

// besideOf returns texts that did not fit. where is one of the two conditions above.
func besideOf(ctx context.Context, q db.Queryer, trajectoryID, where string) ([]Beside, error) {
	return db.All(ctx, q, `select b.object_id, b.kind, coalesce(t.body, a.body, ''), b.rest from brought b
		left join task t on b.kind = 'task' and t.id = b.object_id left join agreement a on b.kind = 'agreement' and a.id = b.object_id
		where b.trajectory_id = $1 and b.rest <> '' and `+where+` limit $2`, func(x *Beside) []any { return []any{&x.ID, &x.Kind, &x.Body, &x.Rest} }, trajectoryID, mostBeside)
}

// besideIn tells whether there is a text that did not fit. One of another trajectory, or of a card
// that fitted, is absent.
func besideIn(ctx context.Context, q db.Queryer, trajectoryID, id string) error {
	_, err := db.One(ctx, q, `select object_id from brought where trajectory_id = $1 and object_id = $2 and rest <> ''`, db.Str, trajectoryID, id)
	return err
}

// setAway puts a text away that stands on the page; it returns how many that were.
func setAway(ctx context.Context, tx *db.Tx, trajectoryID, id, by string, at time.Time) (int64, error) {
	return db.Exec(ctx, tx, `update brought set away_by = $3, away_at = $4 where trajectory_id = $1 and object_id = $2 and rest <> '' and away_at is null`, trajectoryID, id, by, at)
}

func setBack(ctx context.Context, tx *db.Tx, trajectoryID, id string) (int64, error) {
	return db.Exec(ctx, tx, `update brought set away_by = null, away_at = null where trajectory_id = $1 and object_id = $2 and rest <> '' and away_at is not null`, trajectoryID, id)
}

// peopleOf are those who can take a task: who takes part, and the person asking.
func peopleOf(ctx context.Context, q db.Queryer, seen trajectory.Seen) ([]Person, error) {
	people, err := db.All(ctx, q, `select p.id, p.name, p.email from person p
		where p.state in ('active', 'invited') and (p.id = $2 or exists (select 1 from participant x where x.person_id = p.id and x.trajectory_id = $1 and x.left_at is null))
		order by p.name, p.id`, func(p *Person) []any { return []any{&p.ID, &p.Name, &p.Email} }, seen.ID, seen.Who.ID)
	i := slices.IndexFunc(people, func(p Person) bool { return p.ID == seen.Who.ID })
	if i > 0 { // oneself first
		me := people[i]
		people = slices.Insert(slices.Delete(people, i, i+1), 0, me)
	}
	return people, err
}
