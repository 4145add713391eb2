// Package why is the chain behind every action: a voice became a finding, evidence
// supports it, a goal answers it, an action serves the goal, a decision settled it.
// Blocks do not know each other; they meet here.
package why

import (
	"context"
	"time"

	"leerkring/internal/db"
)

// Relation says how one thing carries another.
type Relation string

// The relations, read as «from … to».
const (
	Became   Relation = "became"   // a contribution became a finding, a goal, a task
	Supports Relation = "supports" // evidence speaks for
	Opposes  Relation = "opposes"  // evidence speaks against
	Answers  Relation = "answers"  // a goal answers a finding
	Serves   Relation = "serves"   // an action serves a goal
	Settles  Relation = "settles"  // a decision settles a plan
	Belongs  Relation = "belongs"  // a signal belongs to a candidate focus point
)

// Ref names one end of a link.
type Ref struct{ Kind, ID string }

// Link is one step of the chain, inside one trajectory.
type Link struct {
	From, To     Ref
	Relation     Relation
	TrajectoryID string
	MadeBy       string
	MadeAt       time.Time
}

// Add links two things in the act of their room, which has asked access for both and
// has made sure that both belong to the trajectory. Linking twice is no mistake.
func Add(ctx context.Context, tx *db.Tx, l Link) error {
	_, err := db.Exec(ctx, tx, `
		insert into why_link (from_kind, from_id, to_kind, to_id, relation, trajectory_id, made_by, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
		l.From.Kind, l.From.ID, l.To.Kind, l.To.ID, string(l.Relation), l.TrajectoryID, l.MadeBy, l.MadeAt)
	return err
}

// Remove takes a link away.
func Remove(ctx context.Context, tx *db.Tx, l Link) error {
	_, err := db.Exec(ctx, tx, `delete from why_link
		where from_kind = $1 and from_id = $2 and to_kind = $3 and to_id = $4 and relation = $5 and trajectory_id = $6`,
		l.From.Kind, l.From.ID, l.To.Kind, l.To.ID, string(l.Relation), l.TrajectoryID)
	return err
}

// RemoveTo takes away every link of one relation and from-kind to an object, before new ones are set.
func RemoveTo(ctx context.Context, tx *db.Tx, trajectoryID string, to Ref, relation Relation, fromKind string) error {
	_, err := db.Exec(ctx, tx, `delete from why_link
		where trajectory_id = $1 and to_kind = $2 and to_id = $3 and relation = $4 and from_kind = $5`,
		trajectoryID, to.Kind, to.ID, string(relation), fromKind)
	return err
}

// RemoveFrom takes away every link of one relation and to-kind from an object.
func RemoveFrom(ctx context.Context, tx *db.Tx, trajectoryID string, from Ref, relation Relation, toKind string) error {
	_, err := db.Exec(ctx, tx, `delete from why_link
		where trajectory_id = $1 and from_kind = $2 and from_id = $3 and relation = $4 and to_kind = $5`,
		trajectoryID, from.Kind, from.ID, string(relation), toKind)
	return err
}

// All returns every link of a trajectory. The caller has asked access for the trajectory.
func All(ctx context.Context, q db.Queryer, trajectoryID string) (Links, error) {
	return db.All(ctx, q, `select from_kind, from_id, to_kind, to_id, relation, trajectory_id, made_by, made_at
		from why_link where trajectory_id = $1 order by made_at, from_id, to_id`, func(l *Link) []any {
		return []any{&l.From.Kind, &l.From.ID, &l.To.Kind, &l.To.ID, (*string)(&l.Relation), &l.TrajectoryID, &l.MadeBy, &l.MadeAt}
	}, trajectoryID)
}

// Links are the links of one trajectory, read once for a page.
type Links []Link

// To returns what carries an object: the links that end in it.
func (ls Links) To(kind, id string) Links {
	return ls.filter(func(l Link) bool { return l.To.Kind == kind && l.To.ID == id })
}

// From returns what an object carries: the links that start from it.
func (ls Links) From(kind, id string) Links {
	return ls.filter(func(l Link) bool { return l.From.Kind == kind && l.From.ID == id })
}

// OfKind keeps the links whose start is of a kind.
func (ls Links) OfKind(kind string) Links {
	return ls.filter(func(l Link) bool { return l.From.Kind == kind })
}

// Is keeps the links of one relation.
func (ls Links) Is(r Relation) Links {
	return ls.filter(func(l Link) bool { return l.Relation == r })
}

func (ls Links) filter(keep func(Link) bool) Links {
	var out Links
	for _, l := range ls {
		if keep(l) {
			out = append(out, l)
		}
	}
	return out
}
