package trajectory

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/school"
)

// GoOn keeps that a team goes on after a school year of its school. Saying it twice is no
// mistake; who thinks otherwise later lets it rest or stop. Who: the lead or the stand-in.
func (s *Service) GoOn(ctx context.Context, who access.Who, id, yearID string) error {
	err := s.Act(ctx, who, id, func(tx *db.Tx, seen Seen, now time.Time) error {
		if err := seen.Must(access.Lead, access.Trajectory, ""); err != nil {
			return err
		}
		if seen.State != Active {
			return errs.Invalid("trajectory.not_active")
		}
		n, err := db.Exec(ctx, tx, `insert into trajectory_goes_on (trajectory_id, year_id, said_by, said_at)
			select $1, id, $3, $4 from school_year where id = $2 and school_id = $5 on conflict do nothing`, id, yearID, who.ID, now, seen.SchoolID)
		if err != nil {
			return err
		}
		if n == 0 {
			_, err := db.One(ctx, tx, `select year_id from trajectory_goes_on where trajectory_id = $1 and year_id = $2`, db.Str, id, yearID)
			return err // said before, or a year of another school
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "trajectory.goes_on", ObjectKind: "trajectory", ObjectID: id,
			SchoolID: seen.SchoolID, TrajectoryID: id, From: seen.Version, To: seen.Version})
	})
	return errs.Because(err, "trajectory %s goes on", id)
}

// GoingOn returns the trajectories of which the lead said that they go on after a year. The
// caller shows only those that the person asking may read.
func (s *Service) GoingOn(ctx context.Context, yearID string) (map[string]bool, error) {
	out := map[string]bool{}
	if yearID == "" {
		return out, nil
	}
	ids, err := db.All(ctx, s.db, `select trajectory_id from trajectory_goes_on where year_id = $1`, db.Str, yearID)
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}

// Standing tells how the trajectories of a school stand: what a school year begins with. It
// is asked by the act that opens a year.
func (s *Service) Standing(ctx context.Context, q db.Queryer, schoolID string) ([]school.Standing, error) {
	return db.All(ctx, q, `select id, state, state_until_on from trajectory where school_id = $1 and state <> 'draft' order by made_at, id`, func(x *school.Standing) []any {
		return []any{&x.ID, &x.State, &x.Until}
	}, schoolID)
}

// Asked is a running trajectory whose lead has not said how it goes on after a year.
type Asked struct{ ID, Title, YearID string }

// beforeEnd is how many days before the end of a year it is asked at the earliest: the school's
// calendar knows the day itself.
const beforeEnd = 190

// AskedHowOn returns the running trajectories at a school that a person leads and has said
// nothing of for after the year that runs, in its last months. A stand-in is asked while the
// lead is away. Who: the person.
func (s *Service) AskedHowOn(ctx context.Context, who access.Who, schoolID string, today clock.Date) ([]Asked, error) {
	return db.All(ctx, s.db, `select t.id, t.title, y.id from trajectory t join participant x on x.trajectory_id = t.id
		join person p on p.id = x.person_id
		join school_year y on y.school_id = t.school_id and y.starts_on <= $3 and y.ends_on >= $3 and y.ends_on <= $4
		where t.school_id = $2 and t.state = 'active' and x.role = 'lead' and x.left_at is null
			and (x.person_id = $1 or (x.stand_in_id = $1 and p.away_until_on > $3))
			and not exists (select 1 from trajectory_goes_on g where g.trajectory_id = t.id and g.year_id = y.id)
		group by t.id, t.title, y.id order by t.title, t.id`, func(a *Asked) []any { return []any{&a.ID, &a.Title, &a.YearID} }, who.ID, schoolID, today, today.Add(beforeEnd))
}
