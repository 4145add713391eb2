package agreement

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/journal"
	"leerkring/trajectory"
	"leerkring/why"
	"leerkring/writing"
)

// Service is what can be done with agreements and their page.
type Service struct {
	trajectories *trajectory.Service
	clock        clock.Clock
}

// NewService returns the acts of this block.
func NewService(t *trajectory.Service, c clock.Clock) *Service { return &Service{t, c} }

// DraftKey is the key under which a page keeps what is being typed; the act that makes it
// a real text drops the draft. kind is words, care, check, evaluation, remark (id: the
// trajectory), line (id: the agreement, or the trajectory for a new one) or answer (id:
// the remark).
func DraftKey(kind, id string) string { return "agreement/" + kind + "/" + id }

// object is the page as the rights see it for the person asking: its owner is whoever
// keeps it alive, so the stand-in stands there as the caretaker does.
func object(seen trajectory.Seen, p Page) access.Object {
	owner := p.Care.CaretakerID
	if p.Keeps(seen.Who.ID) {
		owner = seen.Who.ID
	}
	return seen.Object(access.AgreementPage, owner)
}

// may asks a right on the page.
func may(seen trajectory.Seen, p Page, action access.Action) bool {
	return access.May(seen.Who, action, object(seen, p))
}

// work is one act, inside its transaction.
type work struct {
	tx   *db.Tx
	seen trajectory.Seen
	page Page
	now  time.Time
}

// act opens an act on the page of a trajectory that who may do something with.
func (s *Service) act(ctx context.Context, who access.Who, trajectoryID string, action access.Action, f func(w *work) error) error {
	return s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		p, err := pageOf(ctx, tx, trajectoryID)
		if err != nil {
			return err
		}
		w := &work{tx: tx, seen: seen, page: p, now: now}
		if err := w.must(action); err != nil {
			return err
		}
		return f(w)
	})
}

func (w *work) must(action access.Action) error {
	return access.Must(w.seen.Who, action, object(w.seen, w.page))
}

// begin makes the page at the first edit.
func (w *work) begin(ctx context.Context) error {
	if w.page.Begun() {
		return nil
	}
	w.page = Page{TrajectoryID: w.seen.ID, MadeAt: w.now}
	return insertPage(ctx, w.tx, w.page)
}

// changed notes that the page is not as it was last fixed.
func (w *work) changed(ctx context.Context) error {
	_, err := db.Exec(ctx, w.tx, `update agreement_page set changed = true where trajectory_id = $1`, w.seen.ID)
	return err
}

func (w *work) note(ctx context.Context, kind string, ref why.Ref, from, to int) error {
	return journal.Append(ctx, w.tx, journal.Entry{At: w.now, ActorID: w.seen.Who.ID, Kind: kind, ObjectKind: ref.Kind, ObjectID: ref.ID,
		SchoolID: w.seen.SchoolID, TrajectoryID: w.seen.ID, From: from, To: to})
}

// self is the page's name: it goes by the id of its trajectory.
func (w *work) self() why.Ref { return why.Ref{Kind: "agreement_page", ID: w.seen.ID} }

// kept is what became of a text that was sent in.
type kept struct {
	version int
	clash   *writing.Clash
	stands  bool // it is the text from now on
}

// text is something that is sent in to be kept.
type text struct {
	ref           writing.Ref
	of            why.Ref
	draft         string
	current, base int
	body          writing.Body
	reason        string
}

// keep records a text, ends its draft, and marks what the author had waiting as merged. A
// clash leaves its words behind, with their entry in the journal.
func (w *work) keep(ctx context.Context, t text) (kept, error) {
	author := w.seen.Who.ID
	version, clash, err := writing.Keep(ctx, w.tx, writing.Save{Ref: t.ref, AuthorID: author, Base: t.base, Current: t.current, Body: t.body, Reason: t.reason, Now: w.now})
	if err != nil {
		return kept{}, err
	}
	if err := writing.Drop(ctx, w.tx, author, t.draft); err != nil {
		return kept{}, err
	}
	if clash != nil {
		return kept{clash: clash}, w.note(ctx, t.of.Kind+".kept_beside", t.of, t.current, t.current)
	}
	return kept{version: version, stands: version != t.current}, writing.Merged(ctx, w.tx, t.ref, author)
}
