package decision

import (
	"context"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// Ask is an open decision that waits for one person.
type Ask struct {
	DecisionID      string
	TrajectoryID    string
	TrajectoryTitle string
	SchoolID        string
	Title           string
	ClosesOn        clock.Date // of what is taken up: the day by which
	Minutes         int
	AboutPlan       bool
	Back            bool   // it is the own objection that was answered: does that solve it?
	TakenUp         string // the objection of somebody else that this person takes up, "" for the own voice
}

// takeUpMinutes is how long answering an objection takes.
const takeUpMinutes = 5

// Asked returns the open decisions, over all trajectories, in which this person was asked
// and has not reacted yet, or has not said whether the answer to the own objection solves
// it, and the objections that this person takes up and that still stand: the first day
// first. Nothing while the person is away, and
// nothing of a trajectory that rests. It is one query, and tells a person about the own work only.
func (s *Service) Asked(ctx context.Context, who access.Who, today clock.Date) ([]Ask, error) {
	const there = `p.board_id = $3 and d.closed_at is null and t.state = 'active'
			and p.state = 'active' and (p.away_until_on is null or p.away_until_on <= $2)
			and (f.person_id is not null or (x.person_id is not null and (x.ends_on is null or x.ends_on > $2)))`
	const around = `join trajectory t on t.id = d.trajectory_id
		left join participant x on x.trajectory_id = t.id and x.person_id = p.id and x.left_at is null
		left join staff f on f.person_id = p.id and f.school_id = t.school_id`
	list, err := db.All(ctx, s.trajectories.DB(), `
		select d.id, t.id, t.title, t.school_id, d.title, d.closes_on as until_on, d.minutes, d.plan_number is not null, r.id is not null, '' as taken
		from decision_asked a
		join decision d on d.id = a.decision_id
		join person p on p.id = a.person_id `+around+`
		left join decision_reaction r on r.decision_id = a.decision_id and r.person_id = a.person_id
		where a.person_id = $1 and `+there+`
			and (r.id is null or (r.choice = 'objection' and r.answer <> '' and r.answered_version >= r.version and r.solved_at is null and r.unsolved_at is null))
		union all
		select d.id, t.id, t.title, t.school_id, d.title, coalesce(r.due_on, d.closes_on), $4, d.plan_number is not null, false, r.id
		from decision_reaction r
		join decision d on d.id = r.decision_id
		join person p on p.id = r.owner_id `+around+`
		left join decision_asked a on a.decision_id = d.id and a.person_id = p.id
		where r.owner_id = $1 and `+there+` and (a.person_id is not null or x.person_id is not null)
			and `+openObjection+`
		order by until_on, 1, taken`, func(a *Ask) []any {
		return []any{&a.DecisionID, &a.TrajectoryID, &a.TrajectoryTitle, &a.SchoolID, &a.Title, &a.ClosesOn, &a.Minutes, &a.AboutPlan, &a.Back, &a.TakenUp}
	}, who.ID, today, who.BoardID, takeUpMinutes)
	return list, errs.Because(err, "what decisions ask %s", who.ID)
}
