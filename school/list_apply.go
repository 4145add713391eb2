package school

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
)

// LookAtList tells what a pasted list would do at a school; nothing changes. Who: an admin
// of the school. Refuses a list that is empty or too long.
func (s *Service) LookAtList(ctx context.Context, who access.Who, schoolID, text string) ([]Finding, error) {
	rows, err := ParseRows(text)
	if err != nil {
		return nil, err
	}
	_, findings, err := s.findings(ctx, s.db, who, schoolID, rows)
	return findings, err
}

func (s *Service) findings(ctx context.Context, q db.Queryer, who access.Who, schoolID string, rows []Row) (School, []Finding, error) {
	sc, err := s.allowed(ctx, q, who, access.Manage, access.Account, schoolID)
	if err != nil {
		return sc, nil, err
	}
	accounts, err := accountsOf(ctx, q, sc, "")
	if err != nil {
		return sc, nil, err
	}
	teams, err := db.All(ctx, q, `select `+teamColumns+` from team t where t.school_id = $1 order by t.name`, teamFields, schoolID)
	return sc, Compare(rows, accounts, teams), err
}

// Invite invites somebody who is new, in the act that adds them.
type Invite func(ctx context.Context, tx *db.Tx, personID string) error

// Brought is how many people a list brought in and how many it changed.
type Brought struct{ New, Changed int }

// BringIn does what LookAtList showed, all of it or nothing. Who: an admin of the school.
// digest names what was shown: refuses with a conflict when it would be something else by
// now. Lines that were refused are left out. Nothing in a list becomes a right.
func (s *Service) BringIn(ctx context.Context, who access.Who, schoolID, text, digest string, invite Invite) (Brought, error) {
	rows, err := ParseRows(text)
	if err != nil {
		return Brought{}, err
	}
	var out Brought
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		now := s.clock.Now()
		sc, findings, err := s.findings(ctx, tx, who, schoolID, rows)
		if err != nil {
			return err
		}
		if Digest(findings) != digest {
			return errs.Conflict("school.list_changed").On("people")
		}
		if out, err = s.bring(ctx, tx, sc, findings, now, invite); err != nil {
			return err
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "people.brought_in", ObjectKind: "school", ObjectID: schoolID, SchoolID: schoolID})
	})
	return out, errs.Because(err, "bring people into school %s", schoolID)
}

func (s *Service) bring(ctx context.Context, tx *db.Tx, sc School, findings []Finding, now time.Time, invite Invite) (out Brought, err error) {
	for _, f := range findings {
		switch f.Verdict {
		case Joins:
			err = s.join(ctx, tx, sc, f, now, invite)
			out.New++
		case Changes:
			if _, err = db.Exec(ctx, tx, `update staff set subject = $3 where person_id = $1 and school_id = $2`, f.PersonID, sc.ID, f.Subject); err == nil {
				err = joinTeams(ctx, tx, sc.ID, f.PersonID, f.TeamIDs)
			}
			out.Changed++
		}
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

// join makes somebody staff of a school. An account that is in use already gets no
// invitation: the person is in.
func (s *Service) join(ctx context.Context, tx *db.Tx, sc School, f Finding, now time.Time, invite Invite) error {
	id, err := s.account(ctx, tx, sc, NewStaff{Name: f.Name, Email: f.Email}, now)
	if err != nil {
		return err
	}
	if err := insertStaff(ctx, tx, id, sc.ID, f.Subject, []string{}); err != nil {
		return err
	}
	if err := joinTeams(ctx, tx, sc.ID, id, f.TeamIDs); err != nil {
		return err
	}
	p, err := personByID(ctx, tx, id)
	if err != nil || invite == nil || p.State != Invited {
		return err
	}
	return invite(ctx, tx, id)
}

// AddColleague adds one person to a school and invites them in the same act. Who: an admin
// of the school. Refuses somebody who works here already.
func (s *Service) AddColleague(ctx context.Context, who access.Who, schoolID string, n NewStaff, invite Invite) (string, error) {
	row := Row{Line: 1, Name: n.Name, Email: Email(n.Email), Subject: n.Subject}
	id := ""
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		now := s.clock.Now()
		sc, findings, err := s.findings(ctx, tx, who, schoolID, []Row{row})
		if err != nil {
			return err
		}
		f := findings[0]
		switch {
		case f.Verdict == Refused:
			return &errs.Error{Kind: errs.KindInvalid, Fields: f.Why}
		case f.Verdict != Joins:
			return errs.Invalid("school.works_here", "name", row.Name).On("email")
		}
		f.TeamIDs = n.TeamIDs
		if err := s.join(ctx, tx, sc, f, now, func(ctx context.Context, tx *db.Tx, personID string) error {
			id = personID
			if invite == nil {
				return nil
			}
			return invite(ctx, tx, personID)
		}); err != nil {
			return err
		}
		if id == "" { // in use elsewhere on the board: no invitation
			if id, err = db.One(ctx, tx, `select id from person where board_id = $1 and email = $2`, db.Str, sc.BoardID, row.Email); err != nil {
				return err
			}
		}
		return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: who.ID, Kind: "person.added", ObjectKind: "person", ObjectID: id, SchoolID: schoolID, To: 1})
	})
	return id, errs.Because(err, "add a colleague to school %s", schoolID)
}
