package contribution

import (
	"context"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/trajectory"
)

const roundColumns = `r.id, r.trajectory_id, r.school_id, r.visit_id, r.element_id, r.form, r.audience,
	/*sqlite: (select json_group_array(team_id) from round_team where round_id = r.id) */
	/*postgres: (select coalesce(json_agg(team_id)::text, '[]') from round_team where round_id = r.id) */,
	r.closes_on, r.opened_by, r.opened_at, r.closed_at, r.closed_why, r.answered, r.asked`

func roundFields(r *Round) []any {
	return []any{&r.ID, &r.TrajectoryID, &r.SchoolID, &r.VisitID, &r.ElementID, (*string)(&r.Form), (*string)(&r.Audience), &r.TeamIDs,
		&r.ClosesOn, &r.OpenedBy, &r.OpenedAt, &r.ClosedAt, (*string)(&r.Closed), &r.Answered, &r.Asked}
}

// findRound returns a round of this trajectory; any other is absent.
func findRound(ctx context.Context, q db.Queryer, seen trajectory.Seen, id string) (Round, error) {
	r, err := db.One(ctx, q, `select `+roundColumns+` from round r where r.id = $1 and r.trajectory_id = $2`, roundFields, id, seen.ID)
	return r, errs.Because(err, "round %s", id)
}

// lastRound returns the newest round on a question in a visit, and whether there is one.
func lastRound(ctx context.Context, q db.Queryer, visitID, elementID string) (Round, bool, error) {
	list, err := db.All(ctx, q, `select `+roundColumns+` from round r where r.visit_id = $1 and r.element_id = $2
		order by case when r.closed_at is null then 0 else 1 end, r.opened_at desc, r.id desc limit 1`, roundFields, visitID, elementID)
	if err != nil || len(list) == 0 {
		return Round{}, false, err
	}
	return list[0], true, nil
}

func insertRound(ctx context.Context, tx *db.Tx, r Round) error {
	if _, err := db.Exec(ctx, tx, `
		insert into round (id, trajectory_id, school_id, visit_id, element_id, form, audience, closes_on, opened_by, opened_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		r.ID, r.TrajectoryID, r.SchoolID, r.VisitID, r.ElementID, string(r.Form), string(r.Audience), r.ClosesOn, r.OpenedBy, r.OpenedAt); err != nil {
		if errs.Is(err, errs.KindConflict) { // one open round for each question in a visit
			return errs.Conflict("contribution.round_open_already")
		}
		return err
	}
	if r.Audience != Teams {
		return nil
	}
	n, err := db.Exec(ctx, tx, `insert into round_team (round_id, team_id)
		select $1, id from team where school_id = $2 and id in `+db.In("$3"), r.ID, r.SchoolID, r.TeamIDs)
	if err == nil && n == 0 {
		return errs.Absent()
	}
	return err
}

// markClosed closes a round that nobody has closed before.
func markClosed(ctx context.Context, tx *db.Tx, r Round, by string, now time.Time) (bool, error) {
	n, err := db.Exec(ctx, tx, `update round set closed_by = $2, closed_at = $3, closed_why = $4, answered = $5, asked = $6 where id = $1 and closed_at is null`,
		r.ID, by, now, string(r.Closed), r.Answered, r.Asked)
	return n == 1, err
}

// asks holds for a person p whom the round r of trajectory t asks on the day $2; x is the
// person's part in the trajectory, f the place at the school. Nobody outside is asked
// about a trajectory that is not open to them, process coaches walk along, and those who
// rate are neither guests nor the leader who will choose.
const asks = `(coalesce(x.role, '') <> 'begeleider' and (
		(x.person_id is not null and (x.ends_on is null or x.ends_on > $2))
		or (t.open and f.person_id is not null and p.state = 'active' and (r.audience = 'school' or (r.audience = 'teams' and exists (
			select 1 from round_team rt join team_member m on m.team_id = rt.team_id where rt.round_id = r.id and m.person_id = p.id)))))
	and (r.form <> 'rating' or (not p.guest and not exists (
		select 1 from role o where o.person_id = p.id and o.kind = 'leader' and o.school_id = t.school_id))))`

// heard holds for a person p who has answered in the round r.
const heard = `(case r.form when 'rating' then
	(select count(*) from rating g where g.round_id = r.id and g.person_id = p.id) = (select count(*) from round_candidate k where k.round_id = r.id)
	else exists (select 1 from contribution h where h.round_id = r.id and h.author_id = p.id and h.parent_id is null and h.withdrawn = '') end)`

// invitedTo returns whom these rounds ask on a day, in one query.
func invitedTo(ctx context.Context, q db.Queryer, roundIDs []string, today clock.Date) (map[string][]invited, error) {
	out := map[string][]invited{}
	if len(roundIDs) == 0 {
		return out, nil
	}
	people, err := db.All(ctx, q, `
		select r.id, p.id, p.name, p.hue, coalesce(f.subject, ''), coalesce(x.role, ''), x.ends_on, p.away_until_on, p.working_days, r.opened_at, r.closes_on, sc.zone, `+heard+`
		from (
			select i.id as round_id, x.person_id from round i join participant x on x.trajectory_id = i.trajectory_id and x.left_at is null where i.id in `+db.In("$1")+`
			union
			select i.id, f.person_id from round i join staff f on f.school_id = i.school_id where i.id in `+db.In("$1")+` and i.audience <> 'plg'
		) a
		join round r on r.id = a.round_id
		join trajectory t on t.id = r.trajectory_id
		join school sc on sc.id = r.school_id
		join person p on p.id = a.person_id and p.state in ('active', 'invited')
		left join participant x on x.trajectory_id = t.id and x.person_id = p.id and x.left_at is null
		left join staff f on f.person_id = p.id and f.school_id = t.school_id
		where `+asks+`
		order by p.name, p.id`, func(i *invited) []any {
		p := &i.Participant
		return []any{&i.RoundID, &p.PersonID, &p.Name, &p.Hue, &p.Subject, (*string)(&p.Role), &p.EndsOn, &p.AwayUntil, db.JSON(&p.WorkingDays), &i.opened, &i.closes, &i.zone, &i.Heard}
	}, roundIDs, today)
	for _, p := range people {
		p.NoDay = !school.Person{WorkingDays: p.WorkingDays}.HasDay(clock.On(p.opened, clock.Zone(p.zone)), p.closes)
		out[p.RoundID] = append(out[p.RoundID], p)
	}
	return out, err
}
