package web

import (
	"context"
	"encoding/json"
	"net/http"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/live"
	"leerkring/internal/page"
	"leerkring/journal"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/writing"
)

// Live brings changes to open pages: only that something changed, never what. The page
// fetches itself, and is guarded there like any other.
type Live struct {
	Hub          *live.Hub
	DB           *db.DB
	Trajectories *trajectory.Service
	Sessions     Sessions
	SignIns      SignIns
	Cookie       func(*http.Request) string
}

// Sessions tells whether somebody may know of a session: nothing of what is said there.
type Sessions interface {
	Known(ctx context.Context, who access.Who, id string) error
}

// Session is the stream of one session's pages.
func (l *Live) Session(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	return l.Hub.Serve(r.W, r.R, live.Stream{Topics: []string{"object/" + id}, Allowed: func() bool {
		known, ok := l.known(r)
		return ok && l.Sessions.Known(r.Ctx(), known.Who, id) == nil
	}})
}

// batch is how many journal entries are read at a time.
const batch = 500

// JournalSource tells open pages what the journal tells, by topic.
func JournalSource(from *journal.Reader) live.Source {
	return func(ctx context.Context) ([]live.Entry, error) {
		entries, err := from.Next(ctx, batch)
		out := make([]live.Entry, 0, len(entries))
		for _, e := range entries {
			topics := []string{"object/" + e.ObjectID}
			if e.TrajectoryID != "" {
				topics = append(topics, "trajectory/"+e.TrajectoryID)
			}
			out = append(out, live.Entry{Topics: topics, Data: "{}"})
		}
		return out, err
	}
}

// Trajectory is the stream of one trajectory's pages.
func (l *Live) Trajectory(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	return l.Hub.Serve(r.W, r.R, live.Stream{Topics: []string{"trajectory/" + id}, Allowed: func() bool {
		known, ok := l.known(r)
		if !ok {
			return false
		}
		_, err := l.Trajectories.Reach(r.Ctx(), l.DB, known.Who, id)
		return err == nil
	}})
}

// Week is the stream of somebody's own week: the trajectories that they take part in, and
// what is done about themselves.
func (l *Live) Week(r *room.Request) error {
	all, err := l.Trajectories.Mine(r.Ctx(), r.Who())
	if err != nil {
		return err
	}
	topics := []string{"person/" + r.Who().ID, "object/" + r.Who().ID}
	for _, seen := range all {
		if !seen.State.Ended() {
			topics = append(topics, "trajectory/"+seen.ID)
		}
	}
	return l.Hub.Serve(r.W, r.R, live.Stream{Topics: topics, Allowed: func() bool {
		_, ok := l.known(r)
		return ok
	}})
}

// known reads again who listens: a sign-in that ended closes its streams.
func (l *Live) known(r *room.Request) (school.Known, bool) {
	_, personID, err := l.SignIns.Who(r.Ctx(), l.Cookie(r.R))
	if err != nil {
		return school.Known{}, false
	}
	known, err := school.Knows(r.Ctx(), l.DB, personID)
	return known, err == nil
}

// largestDraft is the most that is kept under typing, in bytes.
const largestDraft = 300_000

// SaveDraft keeps what somebody is typing, for that person alone.
func SaveDraft(r *room.Request) error {
	var in struct {
		Key    string       `json:"key"`
		Fields writing.Body `json:"fields"`
	}
	dec := json.NewDecoder(http.MaxBytesReader(r.W, r.R.Body, largestDraft))
	if err := dec.Decode(&in); err != nil {
		return errs.Invalid("writing.draft_too_large")
	}
	for name, text := range in.Fields {
		in.Fields[name] = page.CleanText(text)
	}
	if _, err := r.House.Drafts.Save(r.Ctx(), r.Who().ID, in.Key, in.Fields); err != nil {
		return err
	}
	r.W.WriteHeader(http.StatusNoContent)
	return nil
}
