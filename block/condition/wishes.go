package condition

import (
	"context"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/trajectory"
)

// Wishes returns what some trajectories need of the timetable and in hours, as far as the
// person asking may read it: what a school gathers in spring for the year to come. In one query.
func (s *Service) Wishes(ctx context.Context, q db.Queryer, list []trajectory.Seen) ([]Condition, error) {
	var ids []string
	for _, seen := range list {
		if !seen.State.Ended() && seen.May(access.Read, access.Condition, "") {
			ids = append(ids, seen.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := db.All(ctx, q, `select `+columns+` from condition c where c.removed_at is null and c.trajectory_id in `+db.In("$1")+` order by c.made_at, c.id`, fields, ids)
	var out []Condition
	for _, r := range rows {
		if c := r.read(); c.SharedTime || c.Kind == Time || c.Kind == Timetable {
			out = append(out, c)
		}
	}
	return out, err
}
