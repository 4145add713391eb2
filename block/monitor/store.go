package monitor

import (
	"context"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/writing"
)

const indicatorColumns = `id, kind, body, unit, position, version, made_by, made_at, retired_at`

func indicatorFields(i *Indicator) []any {
	return []any{&i.ID, (*string)(&i.Kind), &i.Body, &i.Unit, &i.Position, &i.Version, &i.MadeBy, &i.MadeAt, &i.Retired}
}

// indicatorsOf reads all indicators of a trajectory that is seen, also those let go.
func indicatorsOf(ctx context.Context, q db.Queryer, trajectoryID string) ([]Indicator, error) {
	return db.All(ctx, q, `select `+indicatorColumns+` from indicator where trajectory_id = $1 order by position, id`, indicatorFields, trajectoryID)
}

func standingOf(ctx context.Context, q db.Queryer, trajectoryID string) ([]Indicator, error) {
	return db.All(ctx, q, `select `+indicatorColumns+` from indicator where trajectory_id = $1 and retired_at is null order by position, id`, indicatorFields, trajectoryID)
}

func indicatorIn(ctx context.Context, q db.Queryer, trajectoryID, id string) (Indicator, error) {
	i, err := db.One(ctx, q, `select `+indicatorColumns+` from indicator where id = $1 and trajectory_id = $2`, indicatorFields, id, trajectoryID)
	return i, errs.Because(err, "indicator %s", id)
}

func insertIndicator(ctx context.Context, tx *db.Tx, trajectoryID string, i Indicator) error {
	_, err := db.Exec(ctx, tx, `insert into indicator (id, trajectory_id, kind, body, unit, position, version, made_by, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		i.ID, trajectoryID, string(i.Kind), i.Body, i.Unit, i.Position, i.Version, i.MadeBy, i.MadeAt)
	return err
}

func updateIndicator(ctx context.Context, tx *db.Tx, i Indicator) error {
	_, err := db.Exec(ctx, tx, `update indicator set kind = $2, body = $3, unit = $4, version = $5 where id = $1`, i.ID, string(i.Kind), i.Body, i.Unit, i.Version)
	return err
}

const momentColumns = `id, visit_id, planned_on, question, minutes, how, state, word, held_on, told, version, told_version, made_at`

// momentRow is a moment with its telling as it is kept.
type momentRow struct {
	Moment
	told writing.Body
}

func momentFields(m *momentRow) []any {
	return []any{&m.ID, &m.VisitID, &m.On, &m.Question, &m.Minutes, (*string)(&m.How), (*string)(&m.State), &m.Word, &m.HeldOn, db.JSON(&m.told), &m.Version, &m.TellingAt, &m.MadeAt}
}

func (m momentRow) moment() Moment {
	out := m.Moment
	out.Told = TellingOf(m.told)
	return out
}

// momentsOf reads all moments of a trajectory that is seen, by day.
func momentsOf(ctx context.Context, q db.Queryer, trajectoryID string) ([]Moment, error) {
	rows, err := db.All(ctx, q, `select `+momentColumns+` from monitor_moment where trajectory_id = $1 order by coalesce(held_on, planned_on), id`, momentFields, trajectoryID)
	out := make([]Moment, len(rows))
	for i, r := range rows {
		out[i] = r.moment()
	}
	return out, err
}

func momentIn(ctx context.Context, q db.Queryer, trajectoryID, id string) (Moment, error) {
	r, err := db.One(ctx, q, `select `+momentColumns+` from monitor_moment where id = $1 and trajectory_id = $2`, momentFields, id, trajectoryID)
	return r.moment(), errs.Because(err, "moment %s", id)
}

func insertMoment(ctx context.Context, tx *db.Tx, trajectoryID string, m Moment) error {
	_, err := db.Exec(ctx, tx, `insert into monitor_moment (id, trajectory_id, visit_id, planned_on, question, minutes, how, state, version, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		m.ID, trajectoryID, m.VisitID, m.On, m.Question, m.Minutes, string(m.How), string(m.State), m.Version, m.MadeAt)
	return err
}

func updateMoment(ctx context.Context, tx *db.Tx, m Moment) error {
	_, err := db.Exec(ctx, tx, `update monitor_moment set planned_on = $2, question = $3, minutes = $4, how = $5, state = $6, word = $7, held_on = $8, told = $9, version = $10, told_version = $11
		where id = $1`,
		m.ID, m.On, m.Question, m.Minutes, string(m.How), string(m.State), m.Word, m.HeldOn, db.JSON(m.Told.words()), m.Version, m.TellingAt)
	return err
}

func comingOf(ctx context.Context, q db.Queryer, personID string, from, to clock.Date) ([]Coming, error) {
	return db.All(ctx, q, `select m.id, t.id, t.school_id, t.title, m.question, m.planned_on, m.minutes, t.method_id, t.method_version, m.version
		from participant x join trajectory t on t.id = x.trajectory_id join monitor_moment m on m.trajectory_id = t.id
		where x.person_id = $1 and x.left_at is null and x.role in ('lead', 'member') and t.state = 'active'
			and m.state = 'planned' and m.planned_on >= $2 and m.planned_on <= $3
		order by m.planned_on, m.id`, func(c *Coming) []any {
		return []any{&c.MomentID, &c.TrajectoryID, &c.SchoolID, &c.Title, &c.Question, &c.On, &c.Minutes, &c.MethodID, &c.MethodVersion, &c.Version}
	}, personID, from, to)
}
