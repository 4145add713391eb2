package monitor

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/journal"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/why"
	"leerkring/writing"
)

// Calendars knows the days of a school.
type Calendars interface {
	Calendar(ctx context.Context, schoolID string) (school.Calendar, error)
}

// Service is what can be done with indicators and moments.
type Service struct {
	trajectories *trajectory.Service
	calendars    Calendars
	clock        clock.Clock
}

// NewService returns the acts of this block.
func NewService(t *trajectory.Service, c Calendars, cl clock.Clock) *Service {
	return &Service{t, c, cl}
}

// DraftKey is the key under which a page keeps what is being typed; the act that makes it
// a real text drops the draft. kind is moment, for a telling, or indicator; id is the
// moment's, the indicator's, or the trajectory's for a new one.
func DraftKey(kind, id string) string { return "monitor/" + kind + "/" + id }

// The names of things in the journal and of texts in their versions.
const (
	objectIndicator = "indicator"
	objectMoment    = "moment"
	textTelling     = "moment_telling"
)

// work is one act, inside its transaction.
type work struct {
	tx   *db.Tx
	seen trajectory.Seen
	now  time.Time
}

// act opens an act on what a trajectory that is seen follows.
func (s *Service) act(ctx context.Context, who access.Who, trajectoryID string, action access.Action, kind access.Kind, f func(w *work) error) error {
	return s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := seen.Must(action, kind, ""); err != nil {
			return err
		}
		return f(&work{tx: tx, seen: seen, now: now})
	})
}

func (w *work) note(ctx context.Context, kind string, ref why.Ref, from, to int) error {
	return journal.Append(ctx, w.tx, journal.Entry{At: w.now, ActorID: w.seen.Who.ID, Kind: kind, ObjectKind: ref.Kind, ObjectID: ref.ID,
		SchoolID: w.seen.SchoolID, TrajectoryID: w.seen.ID, From: from, To: to})
}

// kept is what became of a text that was sent in.
type kept struct {
	version int
	clash   *writing.Clash
	stands  bool // it is the text from now on
}

// keep records a text, ends its draft, and marks what the author had waiting as merged. A
// clash leaves its words behind, with their entry in the journal.
func (w *work) keep(ctx context.Context, ref writing.Ref, of why.Ref, draft string, current, base int, body writing.Body) (kept, error) {
	author := w.seen.Who.ID
	version, clash, err := writing.Keep(ctx, w.tx, writing.Save{Ref: ref, AuthorID: author, Base: base, Current: current, Body: body, Now: w.now})
	if err != nil {
		return kept{}, err
	}
	if err := writing.Drop(ctx, w.tx, author, draft); err != nil {
		return kept{}, err
	}
	if clash != nil {
		return kept{clash: clash}, w.note(ctx, of.Kind+".kept_beside", of, current, current)
	}
	return kept{version: version, stands: version != current}, writing.Merged(ctx, w.tx, ref, author)
}
