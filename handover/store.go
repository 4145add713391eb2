package handover

import (
	"context"
	"slices"
	"time"

	"leerkring/carry"
	"leerkring/internal/db"
)

const columns = `h.id, h.school_id, h.kind, h.from_id, h.to_id, h.lasts, h.from_on, h.until_on, h.teams, h.made_by, h.made_at, h.begun_at, h.ended_at, p.name, p.state, p.away_until_on`

const from = ` from handover h join person p on p.id = h.from_id `

func fields(h *Handover) []any {
	return []any{&h.ID, &h.SchoolID, (*string)(&h.Kind), &h.FromID, &h.ToID, (*string)(&h.Lasts), &h.FromOn, &h.UntilOn, &h.Teams, &h.MadeBy, &h.MadeAt, &h.BegunAt, &h.EndedAt,
		&h.Giver.Name, (*string)(&h.Giver.State), &h.Giver.AwayUntil}
}

func insert(ctx context.Context, tx *db.Tx, h Handover) error {
	_, err := db.Exec(ctx, tx, `insert into handover (id, school_id, kind, from_id, to_id, lasts, from_on, until_on, teams, made_by, made_at, begun_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		h.ID, h.SchoolID, string(h.Kind), h.FromID, db.Null(h.ToID), string(h.Lasts), h.FromOn, h.UntilOn, db.JSON(h.Teams), h.MadeBy, h.MadeAt, h.BegunAt)
	return err
}

// byID reads a handover and holds it: two who press at once come after each other.
func byID(ctx context.Context, tx *db.Tx, id string) (Handover, error) {
	if err := db.Lock(ctx, tx, "handover", id); err != nil {
		return Handover{}, err
	}
	return db.One(db.Afresh(ctx), tx, `select `+columns+from+`where h.id = $1`, fields, id)
}

const itemColumns = `i.id, i.handover_id, i.school_id, i.trajectory_id, i.kind, i.item_id, i.position, i.to_id, i.was, i.state`

func itemFields(i *Item) []any {
	return []any{&i.ID, &i.HandoverID, &i.SchoolID, &i.TrajectoryID, (*string)(&i.Kind), &i.Item.ID, &i.Position, &i.OwnerID, &i.Was, (*string)(&i.State)}
}

func insertItem(ctx context.Context, tx *db.Tx, i Item, now time.Time) error {
	var ended time.Time
	if i.State != With {
		ended = now
	}
	_, err := db.Exec(ctx, tx, `insert into handover_item (id, handover_id, school_id, trajectory_id, kind, item_id, position, to_id, was, state, ended_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		i.ID, i.HandoverID, i.SchoolID, db.Null(i.TrajectoryID), string(i.Kind), i.Item.ID, i.Position, i.OwnerID, i.Was, string(i.State), ended)
	return err
}

// itemsOf are the things of some handovers, in the order in which they went.
func itemsOf(ctx context.Context, q db.Queryer, handovers []string) ([]Item, error) {
	if len(handovers) == 0 {
		return nil, nil
	}
	return db.All(ctx, q, `select `+itemColumns+` from handover_item i where i.handover_id in `+db.In("$1")+` order by i.handover_id, i.position`, itemFields, handovers)
}

// standing is the thing that was given to somebody and is with them now, if it was.
func standing(ctx context.Context, q db.Queryer, kind carry.Kind, id, to string) ([]Item, error) {
	return db.All(ctx, q, `select `+itemColumns+` from handover_item i where i.kind = $1 and i.item_id = $2 and i.to_id = $3 and i.state = 'with' order by i.id desc limit 1`, itemFields, string(kind), id, to)
}

// sorted puts things in the order in which every act takes them, so that two acts never wait
// for each other.
func sorted(list []carry.Item) {
	slices.SortFunc(list, func(a, b carry.Item) int {
		if a.TrajectoryID != b.TrajectoryID {
			if a.TrajectoryID < b.TrajectoryID {
				return -1
			}
			return 1
		}
		if d := slices.Index(carry.Kinds, a.Kind) - slices.Index(carry.Kinds, b.Kind); d != 0 {
			return d
		}
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
}
