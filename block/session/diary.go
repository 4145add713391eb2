package session

import (
	"context"
	"time"

	"leerkring/access"
)

// Diary returns the sessions between two moments that stand in a person's calendar: those
// that the person is asked to, and those that were called off. Who: the person.
func (s *Service) Diary(ctx context.Context, who access.Who, from, to time.Time) ([]Listed, error) {
	return s.list(ctx, s.db, `, x.state from session s join session_person x on x.session_id = s.id and x.person_id = $1
		where x.state <> 'out' and s.board_id = $4 and s.starts_at >= $2 and s.starts_at < $3 order by s.starts_at, s.id limit 500`, who.ID, from, to, who.BoardID)
}
