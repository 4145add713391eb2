package plan

import (
	"context"
	"time"

	"leerkring/internal/db"
)

// paperKind is the name of an own paper in the chain of why.
const paperKind = "plan_paper"

// Piece is something from a paper that waits beside the plan.
type Piece struct {
	ID, Head, Text string
	Version        int // to send back with an edit
	MadeBy         string
	MadeAt         time.Time
}

type lineState string

const (
	lineWaiting lineState = "waiting"
	linePlaced  lineState = "placed"
	lineAway    lineState = "away"
)

// lineRow is one line of a paper as it is kept.
type lineRow struct {
	Piece
	PaperID  string
	Position int
	Digest   string
	State    lineState
}

func insertPaper(ctx context.Context, tx *db.Tx, id, trajectoryID, title, by string, now time.Time) error {
	_, err := db.Exec(ctx, tx, `insert into plan_paper (id, trajectory_id, title, made_by, made_at) values ($1, $2, $3, $4, $5)`, id, trajectoryID, title, by, now)
	return err
}

// papersOf returns the names that the papers of a trajectory give themselves, by their ids.
func papersOf(ctx context.Context, q db.Queryer, trajectoryID string) (map[string]string, error) {
	type paper struct{ id, title string }
	list, err := db.All(ctx, q, `select id, title from plan_paper where trajectory_id = $1`, func(p *paper) []any { return []any{&p.id, &p.title} }, trajectoryID)
	out := map[string]string{}
	for _, p := range list {
		out[p.id] = p.title
	}
	return out, err
}

// insertLine keeps a line. One that was put away comes back, with the words that it has by now.
func insertLine(ctx context.Context, tx *db.Tx, trajectoryID, paperID string, l lineRow, by string, now time.Time) error {
	_, err := db.Exec(ctx, tx, `
		insert into plan_line (id, trajectory_id, paper_id, position, head, body, digest, state, made_by, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		on conflict (trajectory_id, digest) do update set state = excluded.state, body = case when plan_line.version > 1 then plan_line.body else excluded.body end, settled_by = null, settled_at = null
		where plan_line.state = 'away'`,
		l.ID, trajectoryID, paperID, l.Position, l.Head, l.Text, l.Digest, string(l.State), by, now)
	return err
}

// linesOf returns every line that was taken over into a plan, without its words.
func linesOf(ctx context.Context, q db.Queryer, trajectoryID string) ([]lineRow, error) {
	return db.All(ctx, q, `select digest, state from plan_line where trajectory_id = $1`, func(l *lineRow) []any {
		return []any{&l.Digest, (*string)(&l.State)}
	}, trajectoryID)
}

// ownersOf returns the names of who takes an action of a plan on, by their ids.
func ownersOf(ctx context.Context, q db.Queryer, trajectoryID string) (map[string]string, error) {
	type owner struct{ id, name string }
	list, err := db.All(ctx, q, `select distinct p.id, p.name from plan_item i join person p on p.id = i.owner_id
		where i.trajectory_id = $1 and i.removed_at is null`, func(o *owner) []any { return []any{&o.id, &o.name} }, trajectoryID)
	out := map[string]string{}
	for _, o := range list {
		out[o.id] = o.name
	}
	return out, err
}

func waitingIn(ctx context.Context, q db.Queryer, trajectoryID string) (int, error) {
	return db.One(ctx, q, `select count(*) from plan_line where trajectory_id = $1 and state = 'waiting'`, db.Int, trajectoryID)
}

// piecesOf returns what waits beside a plan, in the order of the papers that it came from.
func piecesOf(ctx context.Context, q db.Queryer, trajectoryID string) ([]Piece, error) {
	return db.All(ctx, q, `select id, head, body, version, made_by, made_at from plan_line
		where trajectory_id = $1 and state = 'waiting' order by paper_id, position, id`, func(p *Piece) []any {
		return []any{&p.ID, &p.Head, &p.Text, &p.Version, &p.MadeBy, &p.MadeAt}
	}, trajectoryID)
}

// pieceIn returns one line of the plan of a trajectory. One of another trajectory is absent.
func pieceIn(ctx context.Context, q db.Queryer, trajectoryID, id string) (lineRow, error) {
	return db.One(ctx, q, `select id, head, body, version, made_by, made_at, paper_id, state from plan_line where id = $1 and trajectory_id = $2`, func(l *lineRow) []any {
		return []any{&l.ID, &l.Head, &l.Text, &l.Version, &l.MadeBy, &l.MadeAt, &l.PaperID, (*string)(&l.State)}
	}, id, trajectoryID)
}
