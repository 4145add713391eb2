package plan

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/why"
)

// paperKind is the name of an own paper in the chain of why.
const paperKind = "plan_paper"

// Piece is something from a paper that waits beside the plan.
type Piece struct {
	ID, Head, Text string
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

func insertPaper(ctx context.Context, tx *db.Tx, id, trajectoryID, by string, now time.Time) error {
	_, err := db.Exec(ctx, tx, `insert into plan_paper (id, trajectory_id, made_by, made_at) values ($1, $2, $3, $4)`, id, trajectoryID, by, now)
	return err
}

// insertLine keeps a line. One that was put away comes back.
func insertLine(ctx context.Context, tx *db.Tx, trajectoryID, paperID string, l lineRow, by string, now time.Time) error {
	_, err := db.Exec(ctx, tx, `
		insert into plan_line (id, trajectory_id, paper_id, position, head, body, digest, state, made_by, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		on conflict (trajectory_id, digest) do update set state = excluded.state, body = excluded.body, settled_by = null, settled_at = null
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
	return db.All(ctx, q, `select id, head, body, made_by, made_at from plan_line
		where trajectory_id = $1 and state = 'waiting' order by paper_id, position, id`, func(p *Piece) []any {
		return []any{&p.ID, &p.Head, &p.Text, &p.MadeBy, &p.MadeAt}
	}, trajectoryID)
}

// pieceIn returns one line of the plan of a trajectory. One of another trajectory is absent.
func pieceIn(ctx context.Context, q db.Queryer, trajectoryID, id string) (lineRow, error) {
	return db.One(ctx, q, `select id, head, body, paper_id, state from plan_line where id = $1 and trajectory_id = $2`, func(l *lineRow) []any {
		return []any{&l.ID, &l.Head, &l.Text, &l.PaperID, (*string)(&l.State)}
	}, id, trajectoryID)
}

func settleLine(ctx context.Context, tx *db.Tx, id string, to lineState, by string, now time.Time) error {
	_, err := db.Exec(ctx, tx, `update plan_line set state = $2, settled_by = $3, settled_at = $4 where id = $1`, id, string(to), by, now)
	return err
}

// PlacePiece gives something that waits beside the plan its place, as the item that it becomes.
// Twice is once. Who: those who take part.
func (s *Service) PlacePiece(ctx context.Context, who access.Who, trajectoryID, id string, become func(text string) (Item, error)) error {
	return s.settle(ctx, who, trajectoryID, id, linePlaced, func(w *work, l lineRow) error {
		item, err := become(l.Text)
		if err != nil {
			return err
		}
		if err := item.Check(); err != nil {
			return err
		}
		entries, err := entriesOf(ctx, w.tx, trajectoryID)
		if err != nil {
			return err
		}
		e, err := w.added(ctx, item, countOf(entries, item.Kind())+1)
		if err != nil {
			return err
		}
		return w.link(ctx, why.Ref{Kind: paperKind, ID: l.PaperID}, why.Became, e.Ref())
	})
}

// PieceToWhy puts it behind why there is a plan. Who: those who take part.
func (s *Service) PieceToWhy(ctx context.Context, who access.Who, trajectoryID, id string) error {
	return s.settle(ctx, who, trajectoryID, id, linePlaced, func(w *work, l lineRow) error {
		h := w.plan.Head
		h.Why = Onto(h.Why, l.Text)
		return w.rewrite(ctx, h)
	})
}

// PutAway lets it wait no more. Who: those who take part.
func (s *Service) PutAway(ctx context.Context, who access.Who, trajectoryID, id string) error {
	return s.settle(ctx, who, trajectoryID, id, lineAway, func(w *work, _ lineRow) error {
		return w.note(ctx, "put_away", w.self(), w.plan.Version, w.plan.Version)
	})
}

func (s *Service) settle(ctx context.Context, who access.Who, trajectoryID, id string, to lineState, f func(w *work, l lineRow) error) error {
	err := s.act(ctx, who, trajectoryID, access.Edit, access.Plan, func(w *work) error {
		l, err := pieceIn(ctx, w.tx, trajectoryID, id)
		if err != nil {
			return err
		}
		if l.State != lineWaiting {
			if l.State == to {
				return nil
			}
			return errs.Conflict("plan.piece_settled")
		}
		if err := f(w, l); err != nil {
			return err
		}
		return settleLine(ctx, w.tx, id, to, who.ID, w.now)
	})
	return errs.Because(err, "settle line %s beside the plan of trajectory %s", id, trajectoryID)
}
