package decision

import (
	"context"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// LastDay is the last day to react to a decision.
type LastDay struct {
	DecisionID, TrajectoryID string
	Title                    string
	On                       clock.Date
	Early                    bool // it was closed before that day
}

// Diary returns the last days, between two days, of the decisions that a person was asked
// about, for the calendar. It does not tell whether the person reacted. Who: the person.
func (s *Service) Diary(ctx context.Context, who access.Who, today, from, to clock.Date) ([]LastDay, error) {
	list, err := db.All(ctx, s.trajectories.DB(), `
		select d.id, t.id, d.title, d.closes_on, d.closed_at is not null and substr(d.closed_at, 1, 10) < d.closes_on
		from decision_asked a join decision d on d.id = a.decision_id join trajectory t on t.id = d.trajectory_id
		left join participant x on x.trajectory_id = t.id and x.person_id = a.person_id and x.left_at is null
		left join staff f on f.person_id = a.person_id and f.school_id = t.school_id
		where a.person_id = $1 and d.closes_on >= $3 and d.closes_on <= $4 and t.state in ('active', 'done')
			and (f.person_id is not null or (x.person_id is not null and (x.ends_on is null or x.ends_on > $2)))
		order by d.closes_on, d.id`, func(c *LastDay) []any { return []any{&c.DecisionID, &c.TrajectoryID, &c.Title, &c.On, &c.Early} },
		who.ID, today, from, to)
	return list, errs.Because(err, "last days of decisions for %s", who.ID)
}
