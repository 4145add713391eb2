package session

import (
	"context"
	"slices"

	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// everybody is who is asked: by name, by team, or all who work at the school. Who is in two teams is
// asked once.
func (p Plan) everybody(ctx context.Context, q db.Queryer, schoolID string) ([]string, error) {
	all := slices.Clone(p.People)
	if p.Everyone || len(p.Teams) > 0 {
		by, err := db.All(ctx, q, `select distinct p.id from person p join staff f on f.person_id = p.id and f.school_id = $1
			where p.state in ('active', 'invited') and ($2 = 1 or exists (select 1 from team_member m join team t on t.id = m.team_id
				where m.person_id = p.id and t.school_id = $1 and t.id in `+db.In("$3")+`)) order by p.id`, db.Str, schoolID, one(p.Everyone), p.Teams)
		if err != nil {
			return nil, err
		}
		all = append(all, by...)
	}
	slices.Sort(all)
	if all = slices.Compact(all); len(all) > maxPeople {
		return nil, errs.Invalid("session.too_many", "max", maxPeople).On("people")
	}
	return all, nil
}
