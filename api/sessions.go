package api

import (
	"context"
	"time"

	"leerkring/access"
)

// Sessions tells which sessions a person may know of. The block of sessions holds what is said in a
// closed circle, and stays out of reach of this door: the little that is told here is handed over.
type Sessions interface {
	// Between are the sessions that begin from one moment until another; a circle only for who is in
	// it, one of a team for the team too. In one query.
	Between(ctx context.Context, who access.Who, from, until time.Time) ([]Session, error)
	// One is a session by its id; absent for who may not know of it.
	One(ctx context.Context, who access.Who, id string) (Session, error)
}

func (a *API) ofSessions() []route {
	return []route{
		get("/sessions", access.Read, access.Session, "list-my-sessions", "Sessions that you are asked to, and those of your teams, by when they are planned: method, state and times. A cancelled one is no longer in it.", a.mySessions).own(),
		get("/sessions/{session}", access.Read, access.Session, "read-session", "Method, state and times of a session. What is said in it is for the people in it.", a.session),
	}
}

// Session is that people hold a protocol together: never who, what it is about, or what is said.
type Session struct {
	ID       string    `json:"id"`
	MethodID string    `json:"method_id"`
	State    string    `json:"state" enum:"planned,running,closed,cancelled"`
	StartsAt time.Time `json:"starts_at" doc:"As planned."`
	BegunAt  time.Time `json:"begun_at,omitzero"`
	ClosedAt time.Time `json:"closed_at,omitzero"`
}

type inMySessions struct {
	Paged
	From time.Time `query:"from" doc:"Thirty days ago when you say nothing."`
	To   time.Time `query:"to" doc:"Ninety days later when you say nothing; a year at most."`
}

// aMonth is how far a list of sessions looks back by itself.
const aMonth = 30

func (a *API) mySessions(c *call, in *inMySessions) (List[Session], error) {
	from, to, err := c.stretch(in.From, in.To, c.today().Add(-aMonth))
	if err != nil {
		return List[Session]{}, err
	}
	list, err := a.Sessions.Between(c.ctx, c.who, from, to)
	if err != nil {
		return List[Session]{}, err
	}
	return piece(in.Paged, list, func(s Session) string { return s.ID }, func(s Session) Session { return s })
}

type inSession struct {
	Session string `path:"session"`
}

func (a *API) session(c *call, in *inSession) (Session, error) {
	return a.Sessions.One(c.ctx, c.who, in.Session)
}
