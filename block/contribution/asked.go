package contribution

import (
	"context"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// Ask is a round that waits for one person.
type Ask struct {
	RoundID         string
	TrajectoryID    string
	TrajectoryTitle string
	SchoolID        string
	MethodID        string
	MethodVersion   string
	StageID         string
	VisitID         string
	ElementID       string // "" for ratings
	Form            Form
	ClosesOn        clock.Date
}

// Asked returns the open rounds, over all trajectories, that ask this person and have not
// heard this person yet, the first to close first. Nothing while the person is away. It
// tells a person about the own work only.
func (s *Service) Asked(ctx context.Context, who access.Who, today clock.Date) ([]Ask, error) {
	list, err := db.All(ctx, s.db, `
		select r.id, t.id, t.title, t.school_id, t.method_id, t.method_version, t.stage_id, r.visit_id, r.element_id, r.form, r.closes_on
		from round r
		join trajectory t on t.id = r.trajectory_id and t.visit_id = r.visit_id
		join person p on p.id = $1
		left join participant x on x.trajectory_id = t.id and x.person_id = p.id and x.left_at is null
		left join staff f on f.person_id = p.id and f.school_id = t.school_id
		where r.closed_at is null and r.closes_on >= $2 and t.state = 'active'
			and r.id in (
				select i.id from round i join participant y on y.trajectory_id = i.trajectory_id where y.person_id = $1 and y.left_at is null and i.closed_at is null
				union
				select i.id from round i join staff z on z.school_id = i.school_id where z.person_id = $1 and i.closed_at is null and i.audience <> 'plg')
			and p.state = 'active' and (p.away_until_on is null or p.away_until_on <= $2)
			and `+asks+` and not `+heard+`
		order by r.closes_on, r.id`, func(a *Ask) []any {
		return []any{&a.RoundID, &a.TrajectoryID, &a.TrajectoryTitle, &a.SchoolID, &a.MethodID, &a.MethodVersion, &a.StageID, &a.VisitID, &a.ElementID, (*string)(&a.Form), &a.ClosesOn}
	}, who.ID, today)
	return list, errs.Because(err, "what asks %s", who.ID)
}
