package agreement

import (
	"context"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
)

// LookAgain is the day on which a page is looked at again.
type LookAgain struct {
	TrajectoryID string
	Title        string // of the page, else of the trajectory
	On           clock.Date
	Version      int
}

// Diary returns the days between two days on which the pages of a person's trajectories
// are looked at again, for the calendar. Who: the person.
func (s *Service) Diary(ctx context.Context, who access.Who, today, from, to clock.Date) ([]LookAgain, error) {
	pages, err := db.All(ctx, s.trajectories.DB(), `select `+pageColumns+`, t.title
		from agreement_page p join trajectory t on t.id = p.trajectory_id join participant x on x.trajectory_id = t.id
		where x.person_id = $1 and x.left_at is null and (x.ends_on is null or x.ends_on > $2) and x.role in ('lead', 'member')
			and t.state in ('active', 'done') and p.review_on >= $3 and p.review_on <= $4
		order by p.review_on, p.trajectory_id`, func(r *pageRow) []any { return append(pageFields(r), &r.title) }, who.ID, today, from, to)
	out := make([]LookAgain, 0, len(pages))
	for _, r := range pages {
		p := r.page()
		look := LookAgain{TrajectoryID: p.TrajectoryID, Title: p.Words.Title, On: p.Care.ReviewOn, Version: p.CareVersion}
		if look.Title == "" {
			look.Title = r.title
		}
		out = append(out, look)
	}
	return out, err
}
