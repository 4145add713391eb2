package agreement

import (
	"context"
	"maps"
	"slices"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/writing"
)

const pageColumns = `p.trajectory_id, p.words, p.care, p.caretaker_id, p.stand_in_id, p.buddy_id, p.care_since_on, p.review_on, p.words_version, p.care_version, p.changed, p.made_at`

// pageRow is a page as it is kept: whom it names and when it is looked at again stand in
// columns, the rest in the texts.
type pageRow struct {
	Page
	words, care                writing.Body
	caretaker, standIn, buddy  string
	review                     clock.Date
	title, school, method, ver string // of the trajectory, where a query asks for them
}

func pageFields(r *pageRow) []any {
	return []any{&r.TrajectoryID, db.JSON(&r.words), db.JSON(&r.care), &r.caretaker, &r.standIn, &r.buddy, &r.CareSince, &r.review, &r.WordsVersion, &r.CareVersion, &r.Changed, &r.MadeAt}
}

func (r pageRow) page() Page {
	p := r.Page
	p.Words, p.Care = WordsOf(r.words), CareOf(r.care)
	p.Care.CaretakerID, p.Care.StandInID, p.Care.BuddyID, p.Care.ReviewOn = r.caretaker, r.standIn, r.buddy, r.review
	return p
}

// pageOf reads the page of a trajectory that is seen; the zero Page before it is begun.
func pageOf(ctx context.Context, q db.Queryer, trajectoryID string) (Page, error) {
	rows, err := db.All(ctx, q, `select `+pageColumns+` from agreement_page p where p.trajectory_id = $1`, pageFields, trajectoryID)
	if err != nil || len(rows) == 0 {
		return Page{}, err
	}
	return rows[0].page(), nil
}

func insertPage(ctx context.Context, tx *db.Tx, p Page) error {
	_, err := db.Exec(ctx, tx, `insert into agreement_page (trajectory_id, made_at) values ($1, $2)`, p.TrajectoryID, p.MadeAt)
	return err
}

func updateCare(ctx context.Context, tx *db.Tx, p Page) error {
	c := p.Care
	_, err := db.Exec(ctx, tx, `update agreement_page set care = $2, caretaker_id = $3, stand_in_id = $4, buddy_id = $5, care_since_on = $6, review_on = $7, care_version = $8, changed = true
		where trajectory_id = $1`, p.TrajectoryID, db.JSON(c.body()), db.Null(c.CaretakerID), db.Null(c.StandInID), db.Null(c.BuddyID), p.CareSince, c.ReviewOn, p.CareVersion)
	return err
}

const lineColumns = `a.id, a.meeting_id, a.kind, a.body, a.quality, a.state, a.on_page, a.position, a.version, a.made_by, a.made_at, a.standing_on, a.retired_on, k.kept, k.asked_on`

// lineFrom joins the newest answer to how it went.
const lineFrom = ` from agreement a left join agreement_kept k on k.agreement_id = a.id and k.asked_on = (select max(l.asked_on) from agreement_kept l where l.agreement_id = a.id) `

func lineFields(a *Agreement) []any {
	return []any{&a.ID, &a.MeetingID, (*string)(&a.Kind), &a.Body, &a.Quality, (*string)(&a.State), &a.OnPage, &a.Position, &a.Version, &a.MadeBy, &a.MadeAt, &a.Since, &a.RetiredOn, (*string)(&a.Kept), &a.KeptOn}
}

// linesOf reads all agreements of a trajectory that is seen, in their order.
func linesOf(ctx context.Context, q db.Queryer, trajectoryID string) ([]Agreement, error) {
	return db.All(ctx, q, `select `+lineColumns+lineFrom+`where a.trajectory_id = $1 order by a.position, a.id`, lineFields, trajectoryID)
}

func lineIn(ctx context.Context, q db.Queryer, trajectoryID, id string) (Agreement, error) {
	a, err := db.One(ctx, q, `select `+lineColumns+lineFrom+`where a.id = $1 and a.trajectory_id = $2`, lineFields, id, trajectoryID)
	return a, errs.Because(err, "agreement %s", id)
}

func insertLine(ctx context.Context, tx *db.Tx, trajectoryID string, a Agreement) error {
	_, err := db.Exec(ctx, tx, `insert into agreement (id, trajectory_id, meeting_id, kind, body, quality, state, on_page, position, version, made_by, made_at, standing_on)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		a.ID, trajectoryID, db.Null(a.MeetingID), string(a.Kind), a.Body, a.Quality, string(a.State), a.OnPage, a.Position, a.Version, a.MadeBy, a.MadeAt, a.Since)
	return err
}

func updateLine(ctx context.Context, tx *db.Tx, a Agreement) error {
	_, err := db.Exec(ctx, tx, `update agreement set kind = $2, body = $3, quality = $4, state = $5, on_page = $6, version = $7, standing_on = $8, retired_on = $9 where id = $1`,
		a.ID, string(a.Kind), a.Body, a.Quality, string(a.State), a.OnPage, a.Version, a.Since, a.RetiredOn)
	return err
}

// keptRow is one answer on its way into the table.
type keptRow struct {
	ID   string `json:"id"`
	Kept Kept   `json:"kept"`
}

// setKept keeps the answers of one day, in one statement.
func setKept(ctx context.Context, tx *db.Tx, on clock.Date, kept map[string]Kept) error {
	rows := make([]keptRow, 0, len(kept))
	for _, id := range slices.Sorted(maps.Keys(kept)) {
		rows = append(rows, keptRow{id, kept[id]})
	}
	_, err := db.Exec(ctx, tx, `insert into agreement_kept (agreement_id, asked_on, kept)
		/*sqlite: select json_extract(value, '$.id'), $1, json_extract(value, '$.kept') from json_each($2) where true */
		/*postgres: select v ->> 'id', $1, v ->> 'kept' from jsonb_array_elements($2::text::jsonb) as v */
		on conflict (agreement_id, asked_on) do update set kept = excluded.kept`, on, db.JSON(rows))
	return err
}

func versionsOf(ctx context.Context, q db.Queryer, trajectoryID string) ([]Fixed, error) {
	return db.All(ctx, q, `select number, reason, fixed_on, body from agreement_version where trajectory_id = $1 order by number desc`, func(f *Fixed) []any {
		return []any{&f.Number, &f.Reason, &f.On, db.JSON(&f.Body)}
	}, trajectoryID)
}

const remarkColumns = `id, person_id, body, answer, answer_version, answered_at, made_at`

func remarkFields(r *Remark) []any {
	return []any{&r.ID, &r.PersonID, &r.Body, &r.Answer, &r.AnswerVersion, &r.AnsweredAt, &r.MadeAt}
}

func remarksOf(ctx context.Context, q db.Queryer, trajectoryID string) ([]Remark, error) {
	return db.All(ctx, q, `select `+remarkColumns+` from agreement_remark where trajectory_id = $1 and withdrawn_at is null order by made_at desc, id desc limit 100`, remarkFields, trajectoryID)
}

func remarkIn(ctx context.Context, q db.Queryer, trajectoryID, id string) (Remark, error) {
	r, err := db.One(ctx, q, `select `+remarkColumns+` from agreement_remark where id = $1 and trajectory_id = $2 and withdrawn_at is null`, remarkFields, id, trajectoryID)
	return r, errs.Because(err, "remark %s", id)
}

func insertCheck(ctx context.Context, tx *db.Tx, trajectoryID string, h Held) error {
	_, err := db.Exec(ctx, tx, `insert into agreement_check (id, trajectory_id, held_on, yes, almost, no_more, wanted, note, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		h.ID, trajectoryID, h.On, h.Yes, h.Almost, h.No, string(h.Wanted), h.Note, h.MadeAt)
	return err
}

func checksOf(ctx context.Context, q db.Queryer, trajectoryID string) ([]Held, error) {
	return db.All(ctx, q, `select id, held_on, yes, almost, no_more, wanted, note, made_at from agreement_check where trajectory_id = $1 order by held_on desc, made_at desc limit 20`, func(h *Held) []any {
		return []any{&h.ID, &h.On, &h.Yes, &h.Almost, &h.No, (*string)(&h.Wanted), &h.Note, &h.MadeAt}
	}, trajectoryID)
}

// evaluationOf reads how the group looked back in one stay; the zero value when it did not.
func evaluationOf(ctx context.Context, q db.Queryer, trajectoryID, visitID string) (Evaluation, error) {
	type row struct {
		Evaluation
		body writing.Body
	}
	rows, err := db.All(ctx, q, `select id, body, version, made_at from agreement_evaluation where trajectory_id = $1 and visit_id = $2`, func(r *row) []any {
		return []any{&r.ID, db.JSON(&r.body), &r.Version, &r.MadeAt}
	}, trajectoryID, visitID)
	if err != nil || len(rows) == 0 {
		return Evaluation{}, err
	}
	e := EvaluationOf(rows[0].body)
	e.ID, e.Version, e.MadeAt = rows[0].ID, rows[0].Version, rows[0].MadeAt
	return e, nil
}

func putEvaluation(ctx context.Context, w *work, e Evaluation) error {
	_, err := db.Exec(ctx, w.tx, `insert into agreement_evaluation (id, trajectory_id, visit_id, body, problem, outcome, back_to, held_on, version, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		on conflict (trajectory_id, visit_id) do update set body = excluded.body, problem = excluded.problem, outcome = excluded.outcome, back_to = excluded.back_to, held_on = excluded.held_on, version = excluded.version`,
		e.ID, w.seen.ID, w.seen.VisitID, db.JSON(e.body()), string(e.Problem), string(e.Outcome), e.BackTo, e.On, e.Version, w.now)
	return err
}
