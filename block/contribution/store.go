package contribution

import (
	"context"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/ledger"
	"leerkring/media"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/why"
	"leerkring/writing"
)

const columns = `c.id, c.trajectory_id, c.visit_id, c.element_id, c.about_kind, c.about_id, c.round_id, c.parent_id, c.focus_point_id, c.kind, c.chip,
	c.body, c.source, c.link, c.other_sound, c.by_pupil, c.author_id, c.outside, c.late, c.made_at, c.made_on, c.edited_at, c.withdrawn,
	c.outcome, c.settled_note, c.settled_by, c.settled_at, c.settled_version, c.version,
	coalesce(p.name, ''), coalesce(p.hue, 0), coalesce(f.subject, ''), coalesce(sp.name, ''), coalesce(sp.hue, 0),
	coalesce(r.form, ''), r.closed_at, r.closes_on,
	(select count(*) from picture i where i.about_kind = 'contribution' and i.about_id = c.id)`

const tables = ` from contribution c
	left join round r on r.id = c.round_id
	left join person p on p.id = c.author_id
	left join staff f on f.person_id = c.author_id and f.school_id = $5
	left join person sp on sp.id = c.settled_by `

// unsealed holds for what no blind round hides on the day $4.
const unsealed = `(r.form is null or r.form <> 'blind' or r.closed_at is not null or r.closes_on < $4)`

// visible is the reach of every list and every single read: the trajectory $1; what is
// the person's own ($2); and what others said, if the person may list it ($3).
const visible = ` c.trajectory_id = $1 and (c.author_id = $2 or ($3 and ` + unsealed + `)) `

// reach are the parameters of visible and tables, with more behind them.
func reach(seen trajectory.Seen, more ...any) []any {
	return append([]any{seen.ID, seen.Who.ID, mayList(seen), seen.Today(), seen.SchoolID}, more...)
}

type row struct {
	Contribution
	settledHue  int
	settledName string
	form        string
	closedAt    time.Time
	closesOn    clock.Date
	pictures    int // how many: only then they are read
}

func fields(x *row) []any {
	c := &x.Contribution
	return []any{&c.ID, &c.TrajectoryID, &c.VisitID, &c.ElementID, &c.About.Kind, &c.About.ID, &c.RoundID, &c.ParentID, &c.FocusPointID, (*string)(&c.Kind), &c.Chip,
		&c.Body, &c.Source, &c.Link, &c.OtherSound, &c.By.Pupil, &c.By.ID, &c.Outside, &c.Late, &c.MadeAt, &c.MadeOn, &c.EditedAt, (*string)(&c.Withdrawn),
		(*string)(&c.Settled.Outcome), &c.Settled.Note, &c.Settled.By.ID, &c.Settled.At, &c.Settled.Version, &c.Version,
		&c.By.Name, &c.By.Hue, &c.By.Subject, &x.settledName, &x.settledHue, &x.form, &x.closedAt, &x.closesOn, &x.pictures}
}

// shown is a row as the person asking sees it.
func (x row) shown(seen trajectory.Seen) Contribution {
	c := x.Contribution
	c.By.Initials = initials(c.By.Name)
	c.Mine = c.By.ID != "" && c.By.ID == seen.Who.ID
	c.Settled.By.Name, c.Settled.By.Initials, c.Settled.By.Hue = x.settledName, initials(x.settledName), x.settledHue
	r := Round{Form: Form(x.form), ClosedAt: x.closedAt, ClosesOn: x.closesOn}
	c.Sealed = r.Seals(seen.Today())
	c.EditedLate = r.Form == Blind && !c.Late && c.EditedAt.After(r.opensAt(seen.School.Location()))
	if c.By.Pupil {
		c.MadeAt = time.Time{}
	}
	return c
}

// opensAt is the moment from which everybody could see the answers of a blind round.
func (r Round) opensAt(zone *time.Location) time.Time {
	day := r.ClosesOn.Add(1).At(0, 0, zone)
	if !r.ClosedAt.IsZero() && r.ClosedAt.Before(day) {
		return r.ClosedAt
	}
	return day
}

func initials(name string) string {
	if name == "" {
		return ""
	}
	return school.Initials(name)
}

// list returns the visible contributions that hold for a condition on c, r and the
// parameters from $6 on.
func list(ctx context.Context, q db.Queryer, seen trajectory.Seen, where string, more ...any) ([]Contribution, error) {
	rows, err := db.All(ctx, q, `select `+columns+tables+`where`+visible+where, fields, reach(seen, more...)...)
	if err != nil {
		return nil, err
	}
	out := make([]Contribution, len(rows))
	var with []string
	for i := range rows {
		out[i] = rows[i].shown(seen)
		if rows[i].pictures > 0 {
			with = append(with, out[i].ID)
		}
	}
	return out, withPictures(ctx, q, out, with)
}

func listByID(ctx context.Context, q db.Queryer, seen trajectory.Seen, ids []string) ([]Contribution, error) {
	return list(ctx, q, seen, `and c.id in `+db.In("$6"), ids)
}

// find returns one visible contribution; what lies in another trajectory is absent.
func find(ctx context.Context, q db.Queryer, seen trajectory.Seen, id string) (Contribution, error) {
	found, err := listByID(ctx, q, seen, []string{id})
	if err == nil && len(found) == 0 {
		err = errs.Absent()
	}
	if err != nil {
		return Contribution{}, errs.Because(err, "contribution %s", id)
	}
	return found[0], nil
}

func insert(ctx context.Context, tx *db.Tx, c Contribution) error {
	_, err := db.Exec(ctx, tx, `
		insert into contribution (id, trajectory_id, visit_id, element_id, about_kind, about_id, round_id, parent_id, focus_point_id, kind, chip,
			body, source, link, other_sound, by_pupil, author_id, outside, late, made_at, made_on, version)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, 1)`,
		c.ID, c.TrajectoryID, c.VisitID, c.ElementID, c.About.Kind, c.About.ID, db.Null(c.RoundID), db.Null(c.ParentID), db.Null(c.FocusPointID), string(c.Kind), c.Chip,
		c.Body, c.Source, c.Link, c.OtherSound, c.By.Pupil, db.Null(c.By.ID), c.Outside, c.Late, c.MadeAt, c.MadeOn)
	return err
}

// update writes what an author can change, on the version that was read.
func update(ctx context.Context, tx *db.Tx, c Contribution, w Words, now time.Time) error {
	n, err := db.Exec(ctx, tx, `
		update contribution set kind = $3, chip = $4, body = $5, source = $6, link = $7, other_sound = $8, edited_at = $9, version = version + 1
		where id = $1 and version = $2`, c.ID, c.Version, string(w.Kind), w.Chip, w.Body, w.Source, w.Link, w.OtherSound, now)
	if err == nil && n == 0 {
		return errs.Conflict("form.changed_meanwhile")
	}
	return err
}

// erase takes the words of a contribution away, in every version that is kept of them.
// What was said about what was done with them stays: those are somebody else's words.
func erase(ctx context.Context, tx *db.Tx, c Contribution, by By, now time.Time) error {
	if _, err := db.Exec(ctx, tx, `
		update contribution set withdrawn = $2, body = '', source = '', link = '', chip = '', other_sound = false, focus_point_id = null, version = version + 1
		where id = $1`, c.ID, string(by)); err != nil {
		return err
	}
	if _, err := media.Erase(ctx, tx, pictured(c.ID), now); err != nil {
		return err
	}
	if err := writing.Erase(ctx, tx, writing.Ref{Kind: textKind, ID: c.ID}); err != nil {
		return err
	}
	return ledger.Note(ctx, tx, now, withdrawn, c.ID, string(by))
}

// becameOf returns what came of the contributions of a trajectory, read once for a page.
func becameOf(ctx context.Context, q db.Queryer, seen trajectory.Seen) (map[string][]why.Ref, error) {
	links, err := why.All(ctx, q, seen.ID)
	if err != nil {
		return nil, err
	}
	out := map[string][]why.Ref{}
	for _, l := range links.OfKind(textKind).Is(why.Became) {
		out[l.From.ID] = append(out[l.From.ID], l.To)
	}
	return out, nil
}
