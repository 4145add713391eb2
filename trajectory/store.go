package trajectory

import (
	"context"

	"leerkring/internal/db"
	"leerkring/internal/errs"
)

const columns = `t.id, t.school_id, t.method_id, t.method_version, t.focus_point_id, t.predecessor_id, t.title, t.question, t.state, t.state_reason, t.state_until_on, t.open, t.sponsor_id, t.round, t.stage_id, t.visit_id, t.started_on, t.version, t.made_by, t.made_at`

func fields(t *Trajectory) []any {
	return []any{&t.ID, &t.SchoolID, &t.MethodID, &t.MethodVersion, &t.FocusPointID, &t.PredecessorID, &t.Title, &t.Question, (*string)(&t.State), &t.StateReason, &t.StateUntil, &t.Open, &t.SponsorID, &t.Round, &t.StageID, &t.VisitID, &t.StartedOn, &t.Version, &t.MadeBy, &t.MadeAt}
}

func insert(ctx context.Context, tx *db.Tx, t Trajectory) error {
	_, err := db.Exec(ctx, tx, `
		insert into trajectory (id, school_id, method_id, method_version, focus_point_id, predecessor_id, title, question, state, state_reason, state_until_on, open, sponsor_id, round, stage_id, visit_id, started_on, version, made_by, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
		t.ID, t.SchoolID, t.MethodID, t.MethodVersion, db.Null(t.FocusPointID), db.Null(t.PredecessorID), t.Title, t.Question, string(t.State), t.StateReason, t.StateUntil, t.Open, db.Null(t.SponsorID), t.Round, t.StageID, t.VisitID, t.StartedOn, t.Version, t.MadeBy, t.MadeAt)
	return err
}

// update writes what can change, on the version that was read.
func update(ctx context.Context, tx *db.Tx, t Trajectory) error {
	n, err := db.Exec(ctx, tx, `
		update trajectory set title = $2, question = $3, state = $4, state_reason = $5, state_until_on = $6, open = $7, sponsor_id = $8, round = $9, stage_id = $10, visit_id = $11, focus_point_id = $12, version = version + 1
		where id = $1 and version = $13`,
		t.ID, t.Title, t.Question, string(t.State), t.StateReason, t.StateUntil, t.Open, db.Null(t.SponsorID), t.Round, t.StageID, t.VisitID, db.Null(t.FocusPointID), t.Version)
	if err == nil && n == 0 {
		return errs.Conflict("form.changed_meanwhile")
	}
	return err
}

const visitColumns = `id, number, stage_id, round, move, reason, link, decided_by, entered_at, left_at`

func visitFields(v *Visit) []any {
	return []any{&v.ID, &v.Number, &v.StageID, &v.Round, (*string)(&v.Move), &v.Reason, &v.Link, &v.DecidedBy, &v.EnteredAt, &v.LeftAt}
}

func insertVisit(ctx context.Context, tx *db.Tx, trajectoryID string, v Visit) error {
	_, err := db.Exec(ctx, tx, `
		insert into stage_visit (id, trajectory_id, number, stage_id, round, move, reason, link, decided_by, entered_at, left_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		v.ID, trajectoryID, v.Number, v.StageID, v.Round, string(v.Move), v.Reason, v.Link, v.DecidedBy, v.EnteredAt, v.LeftAt)
	return err
}

func visitsOf(ctx context.Context, q db.Queryer, trajectoryID string) ([]Visit, error) {
	return db.All(ctx, q, `select `+visitColumns+` from stage_visit where trajectory_id = $1 order by number`, visitFields, trajectoryID)
}

func callsOf(ctx context.Context, q db.Queryer, visitID string) ([]Call, error) {
	return db.All(ctx, q, `select element_id, value, note, called_by from gate_call where visit_id = $1`, func(c *Call) []any {
		return []any{&c.ElementID, (*string)(&c.Value), &c.Note, &c.CalledBy}
	}, visitID)
}

func participantsOf(ctx context.Context, q db.Queryer, trajectoryID string) ([]Participant, error) {
	return participantsIn(ctx, q, `$1`, trajectoryID)
}

// participantsIn are those of the trajectories that an expression names, with $1 for value.
func participantsIn(ctx context.Context, q db.Queryer, which string, value any) ([]Participant, error) {
	return db.All(ctx, q, `
		select x.trajectory_id, x.person_id, p.name, p.hue, coalesce(f.subject, ''), x.role, x.constituency, x.stand_in_id, x.ends_on, x.joined_at, p.away_until_on, p.working_days, p.guest
		from participant x join person p on p.id = x.person_id
		join trajectory t on t.id = x.trajectory_id
		left join staff f on f.person_id = p.id and f.school_id = t.school_id
		where x.trajectory_id in (`+which+`) and x.left_at is null and p.state in ('active', 'invited')
		order by case x.role when 'lead' then 0 when 'member' then 1 else 2 end, p.name, p.id`, func(x *Participant) []any {
		return []any{&x.TrajectoryID, &x.PersonID, &x.Name, &x.Hue, &x.Subject, (*string)(&x.Role), &x.Constituency, &x.StandInID, &x.EndsOn, &x.JoinedAt, &x.AwayUntil, db.JSON(&x.WorkingDays), &x.Guest}
	}, value)
}

func insertParticipant(ctx context.Context, tx *db.Tx, p Participant) error {
	_, err := db.Exec(ctx, tx, `
		insert into participant (trajectory_id, person_id, role, constituency, stand_in_id, ends_on, joined_at)
		values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (trajectory_id, person_id) do update set role = excluded.role, constituency = excluded.constituency,
			stand_in_id = excluded.stand_in_id, ends_on = excluded.ends_on, left_at = null,
			joined_at = case when participant.left_at is null then participant.joined_at else excluded.joined_at end`, // who comes back was not there in between
		p.TrajectoryID, p.PersonID, string(p.Role), p.Constituency, db.Null(p.StandInID), p.EndsOn, p.JoinedAt)
	return err
}
