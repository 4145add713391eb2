package plan

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/why"
	"leerkring/writing"
)

// PieceEdit are other words for something that waits beside the plan. Base is the version that
// the page showed.
type PieceEdit struct {
	Base int
	Text string
}

// Check refuses words that cannot wait.
func (e PieceEdit) Check() error { return says("text", e.Text, maxPiece, "plan.piece_empty") }

// EditPiece gives something that waits beside the plan other words. Who: those who take part.
// When somebody else changed it meanwhile, it stays as it is, both texts are kept, and the clash
// comes back.
func (s *Service) EditPiece(ctx context.Context, who access.Who, trajectoryID, id string, e PieceEdit) (*writing.Clash, error) {
	return s.settle(ctx, who, trajectoryID, id, lineWaiting, &e, func(*work, lineRow) error { return nil })
}

// PlacePiece gives something that waits beside the plan its place, as the item that it becomes,
// with other words when they are given (nil: as it stands). Twice is once. Who: those who take
// part. A clash as with EditPiece: then it still waits.
func (s *Service) PlacePiece(ctx context.Context, who access.Who, trajectoryID, id string, e *PieceEdit, become func(text string) (Item, error)) (*writing.Clash, error) {
	return s.settle(ctx, who, trajectoryID, id, linePlaced, e, func(w *work, l lineRow) error {
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
		added, err := w.added(ctx, item, countOf(entries, item.Kind())+1)
		if err != nil {
			return err
		}
		return w.link(ctx, why.Ref{Kind: paperKind, ID: l.PaperID}, why.Became, added.Ref())
	})
}

// PieceToWhy puts it behind why there is a plan; otherwise as PlacePiece.
func (s *Service) PieceToWhy(ctx context.Context, who access.Who, trajectoryID, id string, e *PieceEdit) (*writing.Clash, error) {
	return s.settle(ctx, who, trajectoryID, id, linePlaced, e, func(w *work, l lineRow) error {
		h := w.plan.Head
		h.Why = Onto(h.Why, l.Text)
		return w.rewrite(ctx, h)
	})
}

// PutAway lets it wait no more. Twice is once. Who: those who take part.
func (s *Service) PutAway(ctx context.Context, who access.Who, trajectoryID, id string) error {
	_, err := s.settle(ctx, who, trajectoryID, id, lineAway, nil, func(w *work, _ lineRow) error {
		return w.note(ctx, "put_away", w.self(), w.plan.Version, w.plan.Version)
	})
	return err
}

// settle changes the words of a line, if other ones are given, does f, and gives it its state.
func (s *Service) settle(ctx context.Context, who access.Who, trajectoryID, id string, to lineState, e *PieceEdit, f func(w *work, l lineRow) error) (*writing.Clash, error) {
	if e != nil {
		if err := e.Check(); err != nil {
			return nil, err
		}
	}
	var clash *writing.Clash
	err := s.act(ctx, who, trajectoryID, access.Edit, access.Plan, func(w *work) error {
		clash = nil // afresh: the act may run again
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
		if e != nil {
			if clash, err = w.reword(ctx, &l, *e); err != nil || clash != nil {
				return err
			}
		}
		if err := f(w, l); err != nil || to == lineWaiting {
			return err
		}
		return settleLine(ctx, w.tx, id, to, who.ID, w.now)
	})
	return clash, errs.Because(err, "settle line %s beside the plan of trajectory %s", id, trajectoryID)
}

// lineKind is the name of a line in the journal and in its versions.
const lineKind = "plan_line"

// reword gives a line other words, with their version. Its first words become a version too,
// since they were read from a paper and not written here.
func (w *work) reword(ctx context.Context, l *lineRow, e PieceEdit) (*writing.Clash, error) {
	text := strings.TrimSpace(e.Text)
	if text == l.Text {
		return nil, nil
	}
	ref := why.Ref{Kind: lineKind, ID: l.ID}
	if l.Version == 1 {
		first := writing.Save{Ref: writing.Ref{Kind: lineKind, ID: l.ID}, AuthorID: l.MadeBy, Body: words("text", l.Text), Now: l.MadeAt}
		had, err := writing.History(ctx, w.tx, first.Ref)
		if err != nil {
			return nil, err
		}
		if len(had) == 0 {
			if _, _, err := writing.Keep(ctx, w.tx, first); err != nil {
				return nil, err
			}
		}
	}
	k, err := w.keep(ctx, ref, l.Version, e.Base, words("text", text))
	if err != nil || !k.stands {
		return k.clash, err
	}
	if err := rewordLine(ctx, w.tx, l.ID, text, k.version); err != nil {
		return nil, err
	}
	from := l.Version
	l.Text, l.Version = text, k.version
	return nil, w.note(ctx, "changed", ref, from, k.version)
}

func rewordLine(ctx context.Context, tx *db.Tx, id, text string, version int) error {
	_, err := db.Exec(ctx, tx, `update plan_line set body = $2, version = $3 where id = $1`, id, text, version)
	return err
}

func settleLine(ctx context.Context, tx *db.Tx, id string, to lineState, by string, now time.Time) error {
	_, err := db.Exec(ctx, tx, `update plan_line set state = $2, settled_by = $3, settled_at = $4 where id = $1`, id, string(to), by, now)
	return err
}

// tooLong reports words that no line can hold.
func tooLong(text string) bool { return utf8.RuneCountInString(text) > maxPiece }
