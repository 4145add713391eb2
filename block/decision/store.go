package decision

import (
	"context"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/school"
)

// dbClock is the database's own clock: the order of the last voice and the closing hangs
// on no node's clock.
const dbClock = `/*sqlite: strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z' */ /*postgres: to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') */`

const columns = `d.id, d.trajectory_id, coalesce(d.plan_number, 0), d.predecessor_id, (select s.id from decision s where s.predecessor_id = d.id), d.form, d.audience, d.title, d.body, d.minutes, d.closes_on, d.opened_by, d.opened_at,
	coalesce(d.outcome, ''), d.reason, d.subject_to, d.subject_who, d.knowingly, d.tally, d.closed_by, d.closed_at,
	coalesce(w.agreed, false), coalesce(w.body, ''), w.heard_on, coalesce(w.heard_by, ''), w.heard_at`

const from = `from decision d left join decision_word w on w.decision_id = d.id`

func fields(d *Decision) []any {
	return []any{&d.ID, &d.TrajectoryID, &d.PlanNumber, &d.PredecessorID, &d.SuccessorID, (*string)(&d.Form), (*string)(&d.Audience), &d.Title, &d.Body, &d.Minutes, &d.ClosesOn, &d.OpenedBy, &d.OpenedAt,
		(*string)(&d.End.Outcome), &d.End.Reason, &d.End.SubjectTo, &d.End.SubjectWho, &d.End.Knowingly, db.JSON(&d.End.Tally), &d.End.By, &d.End.At,
		&d.Word.Agreed, &d.Word.Text, &d.Word.On, &d.Word.By, &d.Word.At}
}

// row is a decision with whether the person asking was asked.
type row struct {
	Decision
	asked int
}

const askedColumn = `, case when exists (select 1 from decision_asked a where a.decision_id = d.id and a.person_id = $2) then 1 else 0 end`

func rowFields(r *row) []any { return append(fields(&r.Decision), &r.asked) }

// decisionIn returns one decision of a trajectory. One of another trajectory is absent.
func decisionIn(ctx context.Context, q db.Queryer, trajectoryID, personID, id string) (row, error) {
	return db.One(ctx, q, `select `+columns+askedColumn+` `+from+` where d.trajectory_id = $1 and d.id = $3`, rowFields, trajectoryID, personID, id)
}

// decisionsOf returns the decisions of a trajectory, the newest first.
func decisionsOf(ctx context.Context, q db.Queryer, trajectoryID, personID string) ([]row, error) {
	return db.All(ctx, q, `select `+columns+askedColumn+` `+from+` where d.trajectory_id = $1 order by d.opened_at desc, d.id desc limit 50`, rowFields, trajectoryID, personID)
}

func insert(ctx context.Context, tx *db.Tx, d Decision) error {
	number := any(nil)
	if d.PlanNumber > 0 {
		number = d.PlanNumber
	}
	_, err := db.Exec(ctx, tx, `
		insert into decision (id, trajectory_id, plan_number, predecessor_id, form, audience, title, body, minutes, closes_on, opened_by, opened_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		d.ID, d.TrajectoryID, number, db.Null(d.PredecessorID), string(d.Form), string(d.Audience), d.Title, d.Body, d.Minutes, d.ClosesOn, d.OpenedBy, d.OpenedAt)
	return err
}

// ask fixes who is asked: those who take part, and with them all staff of the touched
// teams or of the school. Guests come in by name only; a process coach walks along.
func ask(ctx context.Context, tx *db.Tx, d Decision, schoolID string, guests []string, today clock.Date) error {
	_, err := db.Exec(ctx, tx, `
		insert into decision_asked (decision_id, person_id)
		select $1, p.id from person p where p.state in ('active', 'invited') and (
			exists (select 1 from participant x where x.trajectory_id = $2 and x.person_id = p.id and x.left_at is null and x.role in ('lead', 'member'))
			or (not p.guest and cast($4 as text) <> 'plg' and exists (select 1 from staff f where f.person_id = p.id and f.school_id = $3)
				and (cast($4 as text) = 'school' or exists (select 1 from team_member m join trajectory_team t on t.team_id = m.team_id where m.person_id = p.id and t.trajectory_id = $2))))`,
		d.ID, d.TrajectoryID, schoolID, string(d.Audience))
	if err != nil || len(guests) == 0 {
		return err
	}
	n, err := db.Exec(ctx, tx, `
		insert into decision_asked (decision_id, person_id)
		select $1, x.person_id from participant x join person p on p.id = x.person_id
		where x.trajectory_id = $2 and x.role = 'guest' and x.left_at is null and (x.ends_on is null or x.ends_on > $3)
			and p.state in ('active', 'invited') and x.person_id in `+db.In("$4"), d.ID, d.TrajectoryID, today, guests)
	if err == nil && n != int64(len(guests)) { // somebody who is no guest here
		return errs.Absent()
	}
	return err
}

func updateEnd(ctx context.Context, tx *db.Tx, id string, e End) error {
	n, err := db.Exec(ctx, tx, `
		update decision set outcome = $2, reason = $3, subject_to = $4, subject_who = $5, knowingly = $6, tally = $7, closed_by = $8, closed_at = $9, sealed_at = `+dbClock+`
		where id = $1 and closed_at is null`,
		id, string(e.Outcome), e.Reason, e.SubjectTo, e.SubjectWho, e.Knowingly, db.JSON(e.Tally), e.By, e.At)
	if err == nil && n == 0 {
		return errs.Conflict("decision.closed")
	}
	return err
}

// insertWord keeps what others said, once.
func insertWord(ctx context.Context, tx *db.Tx, id string, w Word) error {
	n, err := db.Exec(ctx, tx, `insert into decision_word (decision_id, agreed, body, heard_on, heard_by, heard_at) values ($1, $2, $3, $4, $5, $6) on conflict (decision_id) do nothing`,
		id, w.Agreed, w.Text, w.On, w.By, w.At)
	if err == nil && n == 0 {
		return errs.Conflict("decision.word_twice")
	}
	return err
}

const reactionColumns = `r.id, r.person_id, r.choice, r.body, r.version, r.changed_at, r.owner_id, r.due_on, r.answer, r.answer_version, r.answered_version, r.answered_by, r.answered_at, r.solved_at, r.unsolved_at`

func reactionFields(r *Reaction) []any {
	return []any{&r.ID, &r.PersonID, (*string)(&r.Choice), &r.Text, &r.Version, &r.ChangedAt, &r.OwnerID, &r.DueOn, &r.Answer, &r.AnswerVersion, &r.AnsweredVersion, &r.AnsweredBy, &r.AnsweredAt, &r.SolvedAt, &r.UnsolvedAt}
}

// voiceRow is somebody who was asked in a decision, with a reaction or with nulls for one.
type voiceRow struct {
	decisionID, personID string
	away                 clock.Date
	days                 []int
	opened               time.Time
	closes               clock.Date
	zone                 string
	id, choice           string
	reaction             Reaction
}

func (v voiceRow) voice() Voice {
	out := Voice{PersonID: v.personID, AwayUntil: v.away}
	out.NoDay = !school.Person{WorkingDays: v.days}.HasDay(clock.On(v.opened, clock.Zone(v.zone)), v.closes)
	if v.id != "" {
		r := v.reaction
		r.ID, r.PersonID, r.Choice = v.id, v.personID, Choice(v.choice)
		out.Reaction = &r
	}
	return out
}

// voicesOf returns, by decision, everybody who was asked, with what they said. The caller
// has asked access for each of the decisions.
func voicesOf(ctx context.Context, q db.Queryer, trajectoryID string, ids []string) (map[string][]Voice, error) {
	out := map[string][]Voice{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := db.All(ctx, q, `
		select a.decision_id, a.person_id, p.away_until_on, p.working_days, d.opened_at, d.closes_on, sc.zone, r.id, r.choice, coalesce(r.body, ''), coalesce(r.version, 0), r.changed_at, r.owner_id, r.due_on,
			coalesce(r.answer, ''), coalesce(r.answer_version, 0), coalesce(r.answered_version, 0), r.answered_by, r.answered_at, r.solved_at, r.unsolved_at
		from decision_asked a join decision d on d.id = a.decision_id join person p on p.id = a.person_id
		join trajectory t on t.id = d.trajectory_id join school sc on sc.id = t.school_id
		left join decision_reaction r on r.decision_id = a.decision_id and r.person_id = a.person_id
		where d.trajectory_id = $1 and a.decision_id in `+db.In("$2")+`
		order by r.id is null, r.changed_at, p.name, p.id`, func(v *voiceRow) []any {
		r := &v.reaction
		return []any{&v.decisionID, &v.personID, &v.away, db.JSON(&v.days), &v.opened, &v.closes, &v.zone, &v.id, &v.choice, &r.Text, &r.Version, &r.ChangedAt, &r.OwnerID, &r.DueOn,
			&r.Answer, &r.AnswerVersion, &r.AnsweredVersion, &r.AnsweredBy, &r.AnsweredAt, &r.SolvedAt, &r.UnsolvedAt}
	}, trajectoryID, ids)
	for _, v := range rows {
		out[v.decisionID] = append(out[v.decisionID], v.voice())
	}
	return out, err
}

// reactionBy returns the reaction of a person in a decision, zero when there is none.
func reactionBy(ctx context.Context, q db.Queryer, decisionID, personID string) (Reaction, error) {
	list, err := db.All(ctx, q, `select `+reactionColumns+` from decision_reaction r where r.decision_id = $1 and r.person_id = $2`, reactionFields, decisionID, personID)
	if err != nil || len(list) == 0 {
		return Reaction{}, err
	}
	return list[0], nil
}

// reactionIn returns one reaction of a decision. One of another decision is absent.
func reactionIn(ctx context.Context, q db.Queryer, decisionID, id string) (Reaction, error) {
	return db.One(ctx, q, `select `+reactionColumns+` from decision_reaction r where r.decision_id = $1 and r.id = $2`, reactionFields, decisionID, id)
}

// openObjection is Reaction.Open as a condition about a reaction r.
const openObjection = `(r.choice = 'objection' and r.solved_at is null and (r.answer = '' or r.answered_version < r.version or r.unsolved_at is not null))`

// objectedIn returns the trajectory and the decision in which a reaction was given; errs.Absent when there is none.
func objectedIn(ctx context.Context, q db.Queryer, id string) (trajectoryID, decisionID string, err error) {
	type place struct{ trajectory, decision string }
	p, err := db.One(ctx, q, `select d.trajectory_id, d.id from decision_reaction r join decision d on d.id = r.decision_id where r.id = $1`, func(p *place) []any {
		return []any{&p.trajectory, &p.decision}
	}, id)
	return p.trajectory, p.decision, err
}

func insertReaction(ctx context.Context, tx *db.Tx, decisionID string, r Reaction) error {
	_, err := db.Exec(ctx, tx, `
		insert into decision_reaction (id, decision_id, person_id, choice, body, version, changed_at, put_at)
		values ($1, $2, $3, $4, $5, $6, $7, `+dbClock+`)`, r.ID, decisionID, r.PersonID, string(r.Choice), r.Text, r.Version, r.ChangedAt)
	return err
}

// updateReaction writes a person's new words; what is said anew is no longer solved,
// nor did anybody say of it that it is not.
func updateReaction(ctx context.Context, tx *db.Tx, r Reaction) error {
	_, err := db.Exec(ctx, tx, `update decision_reaction set choice = $2, body = $3, version = $4, changed_at = $5, solved_at = null, unsolved_at = null, put_at = `+dbClock+` where id = $1`,
		r.ID, string(r.Choice), r.Text, r.Version, r.ChangedAt)
	return err
}

// updateCare writes what is done with a reaction.
func updateCare(ctx context.Context, tx *db.Tx, r Reaction) error {
	_, err := db.Exec(ctx, tx, `
		update decision_reaction set owner_id = $2, due_on = $3, answer = $4, answer_version = $5, answered_version = $6, answered_by = $7, answered_at = $8, solved_at = $9, unsolved_at = $10
		where id = $1`,
		r.ID, db.Null(r.OwnerID), r.DueOn, r.Answer, r.AnswerVersion, r.AnsweredVersion, db.Null(r.AnsweredBy), r.AnsweredAt, r.SolvedAt, r.UnsolvedAt)
	return err
}

// knows counts whether somebody can follow a decision: asked in it, or taking part.
func knows(ctx context.Context, q db.Queryer, d Decision, personID string) (int, error) {
	return db.One(ctx, q, `select count(*) from person p where p.id = $3 and p.state in ('active', 'invited') and (
		exists (select 1 from decision_asked a where a.decision_id = $1 and a.person_id = p.id)
		or exists (select 1 from participant x where x.trajectory_id = $2 and x.person_id = p.id and x.left_at is null and x.role in ('lead', 'member')))`,
		db.Int, d.ID, d.TrajectoryID, personID)
}
