package trajectory

import (
	"context"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// With returns the trajectories under way that somebody takes part in, newest first, only
// as far as who may read each and who takes part in it: for the page of a colleague.
func (s *Service) With(ctx context.Context, who access.Who, personID string) ([]Seen, error) {
	rows, err := db.All(ctx, s.db, `select `+seenColumns+seenFrom+`
		where exists (select 1 from participant y where y.trajectory_id = t.id and y.person_id = $3 and y.left_at is null)
			and (t.school_id in `+db.In("$2")+` or x.person_id is not null) and t.state in ('active', 'paused')
		order by t.made_at desc, t.id desc limit 100`, seenFields, who.ID, who.Schools, personID)
	if err != nil {
		return nil, errs.Because(err, "trajectories with %s", personID)
	}
	var out []Seen
	for _, r := range rows {
		if seen := r.seen(who, s.clock.Now()); seen.mayRead() == nil && seen.May(access.Read, access.Membership, "") {
			out = append(out, seen)
		}
	}
	return out, nil
}
