package trajectory

import (
	"context"

	"leerkring/access"
	"leerkring/internal/db"
)

// LedBy returns the titles of running trajectories that some people lead, as far as who may read them:
// what is handed over before somebody leaves.
func (s *Service) LedBy(ctx context.Context, who access.Who, people []string) (map[string][]string, error) {
	seen, err := s.among(ctx, who, `select trajectory_id from participant where role = 'lead' and left_at is null and person_id in `+db.In("$2"), people)
	if err != nil {
		return nil, err
	}
	titles := map[string]string{}
	for _, x := range seen {
		if !x.State.Ended() {
			titles[x.ID] = x.Title
		}
	}
	type pair struct{ person, trajectory string }
	pairs, err := db.All(ctx, s.db, `select person_id, trajectory_id from participant where role = 'lead' and left_at is null and person_id in `+db.In("$1")+` order by trajectory_id`, func(p *pair) []any {
		return []any{&p.person, &p.trajectory}
	}, people)
	out := map[string][]string{}
	for _, p := range pairs {
		if t, ok := titles[p.trajectory]; ok {
			out[p.person] = append(out[p.person], t)
		}
	}
	return out, err
}
