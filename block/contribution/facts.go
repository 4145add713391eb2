package contribution

import (
	"context"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/trajectory"
)

// Facts tells what this block knows of a trajectory, in one query: solutions noted in
// this round of the method (the trajectory knows whether an explanation is there),
// colleagues from outside who reacted to a finding, and how many days the oldest worry
// waits. A worry is answered by a reply of somebody else, by what was said that was done
// with it, or by what it became. Nothing sealed counts.
func (s *Service) Facts(ctx context.Context, q db.Queryer, seen trajectory.Seen) (trajectory.Facts, error) {
	const said = `from contribution c left join round r on r.id = c.round_id where c.trajectory_id = $1 and c.withdrawn = '' and `
	type told struct {
		solutions, outside int
		worry              clock.Date
	}
	t, err := db.One(ctx, q, `
		select
			(select count(*) `+said+unsealed+` and c.kind = 'solution' and c.parent_id is null
				and c.visit_id in (select id from stage_visit where trajectory_id = $1 and round = $2)),
			(select count(distinct c.author_id) `+said+unsealed+` and c.about_kind = 'finding' and c.outside),
			(select min(c.made_on) `+said+unsealed+` and c.kind = $3 and c.parent_id is null and c.outcome = ''
				and not exists (select 1 from contribution a where a.parent_id = c.id and a.withdrawn = '' and (c.author_id is null or a.author_id <> c.author_id))
				and not exists (select 1 from why_link w where w.trajectory_id = $1 and w.from_kind = 'contribution' and w.from_id = c.id and w.relation = 'became'))`,
		func(t *told) []any { return []any{&t.solutions, &t.outside, &t.worry} }, seen.ID, seen.Round, string(Worry), seen.Today())
	if err != nil {
		return nil, err
	}
	days := 0
	if t.worry != "" {
		days = max(0, t.worry.Days(seen.Today()))
	}
	return trajectory.Facts{
		"solutions_without_explanation": trajectory.Count(t.solutions),
		"reactions_from_outside":        trajectory.Count(t.outside),
		"concern_unanswered_days":       trajectory.Count(days),
	}, nil
}
