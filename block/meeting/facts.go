package meeting

import (
	"context"

	"leerkring/internal/db"
	"leerkring/trajectory"
)

// lookBack is how many closed hours are read for facts.
const lookBack = 4

// Facts tells how many of the last hours in a row went mostly to organising, and whether
// the last one ended without a next step.
func (s *Service) Facts(ctx context.Context, q db.Queryer, seen trajectory.Seen) (trajectory.Facts, error) {
	closed, err := db.All(ctx, q, `select `+columns+` from meeting m where m.trajectory_id = $1 and m.state = 'closed' order by m.starts_at desc limit $2`, fields, seen.ID, lookBack)
	if err != nil || len(closed) == 0 {
		return trajectory.Facts{"meetings_on_organising": trajectory.Count(0), "no_next_step_noted": trajectory.Is(false)}, err
	}
	ids := make([]string, len(closed))
	for i, m := range closed {
		ids[i] = m.ID
	}
	items, err := itemsOfMany(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	row := 0
	for _, m := range closed {
		if !MostlyOrganising(items[m.ID]) {
			break
		}
		row++
	}
	agreed, err := s.agreements.CountOf(ctx, q, seen.ID, ids[0])
	if err != nil {
		return nil, err
	}
	tasks, err := db.One(ctx, q, `select count(*) from task where source_kind = 'meeting' and source_id = $1`, db.Int, ids[0])
	if err != nil {
		return nil, err
	}
	return trajectory.Facts{"meetings_on_organising": trajectory.Count(row), "no_next_step_noted": trajectory.Is(agreed+tasks == 0)}, nil
}
