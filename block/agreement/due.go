package agreement

import (
	"context"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/method"
	"leerkring/trajectory"
)

// Due is what a page asks of whoever keeps it alive: one of the caretaker's tasks, or to
// ask the team whether it still holds.
type Due struct {
	TrajectoryID, SchoolID string
	Title                  string // of the page, else of the trajectory
	Review                 bool   // the day to look again
	Item                   method.Item
	On                     clock.Date
}

// DueFor returns what the pages that a person keeps alive ask until a day: at most one task
// and the look again of each. A stand-in is asked while the caretaker is away or has no account
// any more, and not otherwise. Who: the person.
func (s *Service) DueFor(ctx context.Context, who access.Who, today, until clock.Date) ([]Due, error) {
	q := s.trajectories.DB()
	pages, err := db.All(ctx, q, `select `+pageColumns+`, t.school_id, t.title, t.method_id, t.method_version
		from agreement_page p join trajectory t on t.id = p.trajectory_id join person c on c.id = p.caretaker_id
		where t.state in ('active', 'done') and (p.caretaker_id = $1 or (p.stand_in_id = $1 and (c.away_until_on > $2 or c.state in ('suspended', 'left'))))
			and (exists (select 1 from participant x where x.trajectory_id = t.id and x.person_id = $1 and x.left_at is null)
				or (t.open and exists (select 1 from staff f where f.person_id = $1 and f.school_id = t.school_id)))
		order by p.trajectory_id`, func(r *pageRow) []any {
		return append(pageFields(r), &r.school, &r.title, &r.method, &r.ver)
	}, who.ID, today)
	if err != nil || len(pages) == 0 {
		return nil, err
	}
	done, err := doneOfMany(ctx, q, pages)
	if err != nil {
		return nil, err
	}
	var out []Due
	for _, r := range pages {
		pack, err := s.trajectories.PackOf(ctx, q, trajectory.Trajectory{MethodID: r.method, MethodVersion: r.ver})
		if err != nil {
			return nil, err
		}
		out = append(out, r.due(pack, done[r.TrajectoryID], until)...)
	}
	return out, nil
}

// due is what one page asks until a day.
func (r pageRow) due(pack *method.Pack, done map[string]clock.Date, until clock.Date) []Due {
	p := r.page()
	d := Due{TrajectoryID: r.TrajectoryID, SchoolID: r.school, Title: p.Words.Title}
	if d.Title == "" {
		d.Title = r.title
	}
	var out []Due
	if review := p.Care.ReviewOn; review != "" && review <= until {
		look := d
		look.Review, look.On = true, review
		out = append(out, look)
	}
	if task, ok := First(Tasks(pack, p, done), until); ok {
		d.Item, d.On = task.Item, task.Due
		out = append(out, d)
	}
	return out
}

func doneOfMany(ctx context.Context, q db.Queryer, pages []pageRow) (map[string]map[string]clock.Date, error) {
	ids := make([]string, len(pages))
	out := map[string]map[string]clock.Date{}
	for i, p := range pages {
		ids[i] = p.TrajectoryID
		out[p.TrajectoryID] = map[string]clock.Date{}
	}
	rows, err := db.All(ctx, q, `select trajectory_id, item_id, done_on from agreement_care_done where trajectory_id in `+db.In("$1"), doneFields, ids)
	for _, r := range rows {
		out[r.trajectoryID][r.itemID] = r.on
	}
	return out, err
}
