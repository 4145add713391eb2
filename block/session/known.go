package session

import (
	"context"
	"slices"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/trajectory"
)

// Among are the sessions of some ids that somebody may know of, in one query: for who asks where a
// task came from. Others are left out, as if they were not there.
func (s *Service) Among(ctx context.Context, who access.Who, ids []string) ([]Listed, error) {
	return s.known(ctx, who, `s.id in `+db.In("$3")+` order by s.id`, ids)
}

// Between is what stands in somebody's calendar from one moment until another: the sessions that they
// are asked to, and the board of a team that they are in. In one query, the first one first. Who: the
// person.
func (s *Service) Between(ctx context.Context, who access.Who, from, until time.Time) ([]Listed, error) {
	list, err := s.KnownBetween(ctx, who, from, until)
	return slices.DeleteFunc(list, func(l Listed) bool { return l.Me == "" && !HasWall(l.Pack) }), err
}

// KnownBetween are the sessions that begin from one moment until another and that somebody may know
// of: those that they are asked to, and those of the teams that they are in. Who: the person.
func (s *Service) KnownBetween(ctx context.Context, who access.Who, from, until time.Time) ([]Listed, error) {
	return s.known(ctx, who, `s.id in (select session_id from session_person where person_id = $1 and state <> 'out'
			union select y.id from session y join participant b on b.trajectory_id = y.trajectory_id and b.person_id = $1 and b.left_at is null where y.circle <> 'closed')
		and coalesce(x.state, '') <> 'out' and s.state <> 'cancelled' and s.starts_at >= $3 and s.starts_at < $4 order by s.starts_at, s.id`, from, until)
}

// known reads sessions and leaves out those that somebody may not know of. $1 is the person, $2 this
// day; values come after.
func (s *Service) known(ctx context.Context, who access.Who, which string, values ...any) ([]Listed, error) {
	type row struct {
		Listed
		team trajectory.Role
	}
	rows, err := db.All(db.Afresh(ctx), s.db, `select `+columns+`, coalesce(x.state, ''), coalesce(a.role, '') from session s
		left join session_person x on x.session_id = s.id and x.person_id = $1
		left join participant a on a.trajectory_id = s.trajectory_id and a.person_id = $1 and a.left_at is null and (a.ends_on is null or a.ends_on > $2)
		where `+which, func(r *row) []any { return append(fields(&r.Session), (*string)(&r.Me), (*string)(&r.team)) },
		append([]any{who.ID, clock.On(s.clock.Now(), clock.Zone(""))}, values...)...)
	if err != nil {
		return nil, err
	}
	var out []Listed
	for _, r := range rows {
		seen := Seen{Session: r.Session, Who: who, Team: r.team}
		if r.Me != "" {
			seen.Me = Person{PersonID: who.ID, State: r.Me}
		}
		if !seen.May(access.Read) {
			continue
		}
		if r.Pack, err = s.trajectories.PackVersion(ctx, s.db, r.MethodID, r.MethodVersion); err != nil {
			return nil, err
		}
		out = append(out, r.Listed)
	}
	return out, nil
}

// FollowUp is when somebody takes up again what they hosted at an event.
type FollowUp struct {
	SessionID string
	OfferID   string
	Title     string // of what was offered
	Text      string // what is done then
	On        clock.Date
}

// FollowUps are what somebody promised to take up again from one day to another, in one query. Who:
// who hosts it, while they may know of the event.
func (s *Service) FollowUps(ctx context.Context, who access.Who, from, to clock.Date) ([]FollowUp, error) {
	type row struct {
		FollowUp
		session Session
		me      Attends
	}
	rows, err := db.All(ctx, s.db, `select o.id, o.title, o.follow_text, o.follow_on, coalesce(x.state, ''), `+columns+` from session_offer_host h
		join session_offer o on o.id = h.offer_id and o.state = 'open'
		join session s on s.id = o.session_id and s.state <> 'cancelled'
		left join session_person x on x.session_id = s.id and x.person_id = h.person_id
		where h.person_id = $1 and o.follow_on >= $2 and o.follow_on <= $3 order by o.follow_on, o.id limit 100`, func(r *row) []any {
		return append([]any{&r.OfferID, &r.Title, &r.Text, &r.On, (*string)(&r.me)}, fields(&r.session)...)
	}, who.ID, from, to)
	var out []FollowUp
	for _, r := range rows {
		seen := Seen{Session: r.session, Who: who}
		if r.me != "" {
			seen.Me = Person{PersonID: who.ID, State: r.me}
		}
		if r.SessionID = r.session.ID; seen.May(access.Read) {
			out = append(out, r.FollowUp)
		}
	}
	return out, err
}
