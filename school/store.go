package school

import (
	"context"

	"leerkring/internal/db"
	"leerkring/internal/errs"
)

const personColumns = `p.id, p.board_id, p.name, p.email, p.language, p.theme, p.hue, p.working_days, p.away_until_on, p.state, p.guest, p.version, p.made_at`

func personFields(p *Person) []any {
	return []any{&p.ID, &p.BoardID, &p.Name, &p.Email, &p.Language, &p.Theme, &p.Hue, db.JSON(&p.WorkingDays), &p.AwayUntil, (*string)(&p.State), &p.Guest, &p.Version, &p.MadeAt}
}

func personByID(ctx context.Context, q db.Queryer, id string) (Person, error) {
	p, err := db.One(ctx, q, `select `+personColumns+` from person p where p.id = $1`, personFields, id)
	return p, errs.Because(err, "person %s", id)
}

// ByEmail returns the active accounts with an address; a person can have one at each
// board. Only the ways in and the command line may ask.
func ByEmail(ctx context.Context, q db.Queryer, email string) ([]Person, error) {
	return db.All(ctx, q, `select `+personColumns+` from person p where p.email = $1 and p.state in ('active', 'invited') order by p.made_at`, personFields, Email(email))
}

func insertPerson(ctx context.Context, tx *db.Tx, p Person) error {
	_, err := db.Exec(ctx, tx, `
		insert into person (id, board_id, name, email, language, theme, hue, working_days, away_until_on, state, guest, version, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		p.ID, p.BoardID, p.Name, p.Email, p.Language, p.Theme, p.Hue, db.JSON(days(p.WorkingDays)), p.AwayUntil, string(p.State), p.Guest, p.Version, p.MadeAt)
	return err
}

func days(list []int) []int {
	if list == nil {
		return []int{}
	}
	return list
}

const schoolColumns = `s.id, s.board_id, s.level_id, s.name, s.sector, s.language, s.zone, s.region, s.words, s.change_cap, s.colour, s.version, s.made_at`

func schoolFields(s *School) []any {
	return []any{&s.ID, &s.BoardID, &s.LevelID, &s.Name, (*string)(&s.Sector), &s.Language, &s.Zone, &s.Region, db.JSON(&s.Words), &s.ChangeCap, (*string)(&s.Colour), &s.Version, &s.MadeAt}
}

func schoolByID(ctx context.Context, q db.Queryer, id string) (School, error) {
	s, err := db.One(ctx, q, `select `+schoolColumns+` from school s where s.id = $1`, schoolFields, id)
	return s, errs.Because(err, "school %s", id)
}

func insertSchool(ctx context.Context, tx *db.Tx, s School) error {
	_, err := db.Exec(ctx, tx, `
		insert into school (id, board_id, level_id, name, sector, language, zone, region, words, change_cap, colour, version, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		s.ID, s.BoardID, db.Null(s.LevelID), s.Name, string(s.Sector), s.Language, s.Zone, s.Region, db.JSON(words(s.Words)), s.ChangeCap, string(s.Colour), s.Version, s.MadeAt)
	return err
}

func words(w map[string]string) map[string]string {
	if w == nil {
		return map[string]string{}
	}
	return w
}

const teamColumns = `t.id, t.school_id, t.kind, t.name`

func teamFields(t *Team) []any {
	return []any{&t.ID, &t.SchoolID, (*string)(&t.Kind), &t.Name}
}

// staffOf reads the people of a school with their teams in two queries.
func staffOf(ctx context.Context, q db.Queryer, schoolID string) ([]Staff, error) {
	people, err := db.All(ctx, q, `select `+personColumns+`, f.subject, f.functions
		from staff f join person p on p.id = f.person_id
		where f.school_id = $1 and p.state in ('active', 'invited') order by p.name, p.id`, func(s *Staff) []any {
		return append(personFields(&s.Person), &s.Subject, &s.Functions)
	}, schoolID)
	if err != nil {
		return nil, err
	}
	type pair struct{ team, person string }
	pairs, err := db.All(ctx, q, `select m.team_id, m.person_id from team_member m join team t on t.id = m.team_id
		where t.school_id = $1 order by t.name`, func(p *pair) []any { return []any{&p.team, &p.person} }, schoolID)
	if err != nil {
		return nil, err
	}
	at := make(map[string]int, len(people))
	for i := range people {
		at[people[i].ID] = i
	}
	for _, p := range pairs {
		if i, ok := at[p.person]; ok {
			people[i].TeamIDs = append(people[i].TeamIDs, p.team)
		}
	}
	return people, nil
}

const focusColumns = `id, school_id, trajectory_id, letter, title, body, case when stopped then 'stopped' else state end, vision_line_id, parked_for, keeper_id, reason, back_on,
	year_name, decided_by, decided_at, after_choice, after_until, after_reason, after_by, after_at, proposed_by, version, made_at`

func focusFields(f *FocusPoint) []any {
	return []any{&f.ID, &f.SchoolID, &f.TrajectoryID, &f.Letter, &f.Title, &f.Body, (*string)(&f.State), &f.VisionLineID, &f.ParkedFor, &f.KeeperID, &f.Reason, &f.BackOn,
		&f.Year, &f.DecidedBy, &f.DecidedAt, (*string)(&f.After.Choice), &f.After.Until, &f.After.Reason, &f.After.By, &f.After.At, &f.ProposedBy, &f.Version, &f.MadeAt}
}

// kept is the state as the database names it: a stopped one is done, with a mark.
func (f FocusPoint) kept() string {
	if f.State == Stopped {
		return string(Done)
	}
	return string(f.State)
}

func insertFocus(ctx context.Context, tx *db.Tx, f FocusPoint) error {
	_, err := db.Exec(ctx, tx, `
		insert into focus_point (id, school_id, trajectory_id, letter, title, body, state, vision_line_id, parked_for, keeper_id, reason, back_on, proposed_by, version, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		f.ID, f.SchoolID, db.Null(f.TrajectoryID), f.Letter, f.Title, f.Body, string(f.State), db.Null(f.VisionLineID), f.ParkedFor, db.Null(f.KeeperID), f.Reason, f.BackOn, f.ProposedBy, f.Version, f.MadeAt)
	return err
}

func updateFocus(ctx context.Context, tx *db.Tx, f FocusPoint) error {
	n, err := db.Exec(ctx, tx, `
		update focus_point set title = $2, body = $3, state = $4, vision_line_id = $5, parked_for = $6, keeper_id = $7, reason = $8, back_on = $9, letter = $10,
			stopped = $12, year_name = $13, decided_by = $14, decided_at = $15, after_choice = $16, after_until = $17, after_reason = $18, after_by = $19, after_at = $20, version = version + 1
		where id = $1 and version = $11`,
		f.ID, f.Title, f.Body, f.kept(), db.Null(f.VisionLineID), f.ParkedFor, db.Null(f.KeeperID), f.Reason, f.BackOn, f.Letter, f.Version,
		f.State == Stopped, f.Year, db.Null(f.DecidedBy), f.DecidedAt, string(f.After.Choice), f.After.Until, f.After.Reason, db.Null(f.After.By), f.After.At)
	if err == nil && n == 0 {
		return errs.Conflict("form.changed_meanwhile")
	}
	return err
}
