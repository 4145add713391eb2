package meeting

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
)

// Diary returns the meetings between two moments that stand in a person's calendar: as
// Mine, and those that were called off, so that a calendar strikes them out. Of a guest
// only those to which the guest is asked. Who: the person.
func (s *Service) Diary(ctx context.Context, q db.Queryer, who access.Who, today clock.Date, from, to time.Time) ([]Dated, error) {
	all, err := db.All(ctx, q, `select `+columns+`, t.title, case when x.role = 'guest' then 1 else 0 end
		from meeting m join trajectory t on t.id = m.trajectory_id join participant x on x.trajectory_id = t.id and x.person_id = $1 and x.left_at is null
		where m.starts_at >= $2 and m.starts_at < $3 and t.state in ('active', 'paused', 'done')
			and (x.ends_on is null or x.ends_on > $4)
		order by m.starts_at, m.id`, func(c *mineRow) []any { return append(fields(&c.Meeting), &c.Title, &c.guest) }, who.ID, from, to, today)
	var out []Dated
	for _, c := range all {
		if c.guest == 1 && (c.State == Draft || !c.asked(who.ID)) {
			continue
		}
		c.Host = c.HostID == who.ID
		out = append(out, c.Dated)
	}
	return out, err
}
