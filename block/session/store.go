package session

import (
	"context"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

const columns = `s.id, s.board_id, s.school_id, s.trajectory_id, s.method_id, s.method_version, s.circle, s.title, s.starts_at, s.place, s.state, s.host_id, s.step, s.laps,
	s.step_at, s.paused_at, s.extra_seconds, s.extended, s.stopped, s.floor, s.begun_at, s.closed_at, s.erase_on, s.version, s.made_by, s.made_at`

func fields(s *Session) []any {
	return []any{&s.ID, &s.BoardID, &s.SchoolID, &s.TrajectoryID, &s.MethodID, &s.MethodVersion, (*string)(&s.Circle), &s.Title, &s.StartsAt, &s.Place, (*string)(&s.State), &s.HostID, &s.Step, &s.Laps,
		&s.StepAt, &s.PausedAt, &s.Extra, &s.Extended, &s.Stopped, db.JSON(&s.Floor), &s.BegunAt, &s.ClosedAt, &s.EraseOn, &s.Version, &s.MadeBy, &s.MadeAt}
}

func byID(ctx context.Context, q db.Queryer, id string) (Session, error) {
	s, err := db.One(ctx, q, `select `+columns+` from session s where s.id = $1`, fields, id)
	return s, errs.Because(err, "session %s", id)
}

func insert(ctx context.Context, tx *db.Tx, s Session, visitID string) error {
	_, err := db.Exec(ctx, tx, `
		insert into session (id, board_id, school_id, trajectory_id, visit_id, method_id, method_version, circle, title, starts_at, place, state, host_id, version, made_by, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14, $15)`,
		s.ID, s.BoardID, s.SchoolID, db.Null(s.TrajectoryID), db.Null(visitID), s.MethodID, s.MethodVersion, string(s.Circle), s.Title, s.StartsAt, s.Place, string(s.State), s.HostID, s.MadeBy, s.MadeAt)
	return err
}

// update writes all that can change. The row is locked by its act.
func update(ctx context.Context, tx *db.Tx, s Session) error {
	_, err := db.Exec(ctx, tx, `
		update session set title = $2, starts_at = $3, place = $4, state = $5, host_id = $6, step = $7, laps = $8, step_at = $9, paused_at = $10, extra_seconds = $11,
			extended = $12, stopped = $13, floor = $14, begun_at = $15, closed_at = $16, erase_on = $17, version = version + 1 where id = $1`,
		s.ID, s.Title, s.StartsAt, s.Place, string(s.State), s.HostID, s.Step, s.Laps, s.StepAt, s.PausedAt, s.Extra,
		s.Extended, s.Stopped, db.JSON(s.Floor), s.BegunAt, s.ClosedAt, db.Null(string(s.EraseOn)))
	return err
}

func circleOf(ctx context.Context, q db.Queryer, sessionID string) (Circle, error) {
	return db.All(ctx, q, `select x.session_id, x.person_id, p.name, p.hue, x.role, x.place, x.state, x.from_step,
			case when exists (select 1 from role r where r.person_id = x.person_id and r.kind in ('leader', 'team_leader')) then 1 else 0 end
		from session_person x join person p on p.id = x.person_id where x.session_id = $1 order by x.place, p.name, p.id`,
		func(p *Person) []any {
			return []any{&p.SessionID, &p.PersonID, &p.Name, &p.Hue, &p.Role, &p.Place, (*string)(&p.State), &p.FromStep, &p.Leads}
		}, sessionID)
}

func putPerson(ctx context.Context, tx *db.Tx, p Person) error {
	_, err := db.Exec(ctx, tx, `
		insert into session_person (session_id, person_id, role, place, state, from_step) values ($1, $2, $3, $4, $5, $6)
		on conflict (session_id, person_id) do update set role = excluded.role, place = excluded.place, state = excluded.state, from_step = excluded.from_step`,
		p.SessionID, p.PersonID, p.Role, p.Place, string(p.State), p.FromStep)
	return err
}

func textFields(t *Text) []any {
	return []any{&t.ID, &t.SessionID, &t.FieldID, &t.Step, &t.PersonID, &t.Body, &t.Choice, &t.Kept, &t.MadeAt, &t.Version, &t.Asked, (*string)(&t.place)}
}

// textsOf reads all that was written, private and not, in the order of writing. What each person
// may read of it is settled after.
func textsOf(ctx context.Context, q db.Queryer, sessionID string) ([]Text, error) {
	return db.All(ctx, q, `
		select id, session_id, field_id, step, person_id, body, choice, kept, made_at, version, 0, 'session_note' from session_note where session_id = $1
		union all
		select id, session_id, field_id, step, person_id, body, choice, kept, made_at, version, 0, 'session_line' from session_line where session_id = $1
		union all
		select id, session_id, field_id, step, person_id, body, choice, true, made_at, version, case when ask then 1 else 0 end, 'session_card' from session_card where session_id = $1
		order by 4, 9, 1`, textFields, sessionID)
}

// insertText writes a text where it is kept.
func insertText(ctx context.Context, tx *db.Tx, t Text) error {
	into := map[place]string{
		inNotes: `insert into session_note (id, session_id, field_id, step, person_id, body, choice, made_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, 1)`,
		inLines: `insert into session_line (id, session_id, field_id, step, person_id, body, choice, made_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, 1)`,
		inCards: `insert into session_card (id, session_id, field_id, step, person_id, body, choice, made_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, 1)`,
	}[t.place]
	_, err := db.Exec(ctx, tx, into, t.ID, t.SessionID, t.FieldID, t.Step, t.PersonID, t.Body, t.Choice, t.MadeAt)
	return err
}

func updateText(ctx context.Context, tx *db.Tx, t Text) error {
	statement, args := "", []any{t.ID, t.Body, t.Choice, t.Kept}
	switch t.place {
	case inNotes:
		statement = `update session_note set body = $2, choice = $3, kept = $4, version = version + 1 where id = $1`
	case inLines:
		statement = `update session_line set body = $2, choice = $3, kept = $4, version = version + 1 where id = $1`
	case inCards:
		statement, args = `update session_card set body = $2, choice = $3, version = version + 1 where id = $1`, args[:3]
	}
	_, err := db.Exec(ctx, tx, statement, args...)
	return err
}

func removeText(ctx context.Context, tx *db.Tx, t Text) error {
	for _, statement := range []string{`delete from session_mark where text_id = $1`, `delete from session_note where id = $1`, `delete from session_line where id = $1`, `delete from session_card where id = $1`} {
		if _, err := db.Exec(ctx, tx, statement, t.ID); err != nil {
			return err
		}
	}
	return nil
}

func marksOf(ctx context.Context, q db.Queryer, sessionID string) ([]Mark, error) {
	return db.All(ctx, q, `select text_id, person_id, step, mark from session_mark where session_id = $1 order by text_id, person_id`,
		func(m *Mark) []any { return []any{&m.TextID, &m.PersonID, &m.Step, &m.Mark} }, sessionID)
}

func putMark(ctx context.Context, tx *db.Tx, sessionID string, m Mark) error {
	if _, err := db.Exec(ctx, tx, `delete from session_mark where session_id = $1 and text_id = $2 and person_id = $3`, sessionID, m.TextID, m.PersonID); err != nil || m.Mark == "" {
		return err
	}
	_, err := db.Exec(ctx, tx, `insert into session_mark (session_id, text_id, person_id, step, mark) values ($1, $2, $3, $4, $5)`, sessionID, m.TextID, m.PersonID, m.Step, m.Mark)
	return err
}

// Release is what somebody let go further than the circle.
type Release struct {
	ID           string
	SessionID    string
	SchoolID     string
	TrajectoryID string
	PersonID     string
	Kind         string // insight or agreement
	Body         string
	MadeOn       clock.Date
	Mine         bool
}

func releasesOf(ctx context.Context, q db.Queryer, column, id string) ([]Release, error) {
	where := map[string]string{
		"session":    `where r.session_id = $1`,
		"trajectory": `where r.trajectory_id = $1`,
	}[column]
	return db.All(ctx, q, `select r.id, r.session_id, r.school_id, r.trajectory_id, r.person_id, r.kind, r.body, substr(r.made_at, 1, 10) from session_release r `+where+`
		and r.withdrawn_at is null order by r.made_at desc, r.id limit 200`, func(r *Release) []any {
		return []any{&r.ID, &r.SessionID, &r.SchoolID, &r.TrajectoryID, &r.PersonID, &r.Kind, &r.Body, (*string)(&r.MadeOn)}
	}, id)
}
