package roster

import (
	"context"
	"slices"
	"time"

	"leerkring/access"
	"leerkring/account"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/school"
)

// Service is what can be done with lists of people.
type Service struct {
	db       *db.DB
	clock    clock.Clock
	schools  *school.Service
	accounts *account.Service
}

// NewService returns the acts of this room on a database.
func NewService(d *db.DB, c clock.Clock, schools *school.Service, accounts *account.Service) *Service {
	return &Service{d, c, schools, accounts}
}

// Proposal is a list with what an admin chose about it.
type Proposal struct {
	Text    string         // as Sheet.Text writes it, or as it was pasted
	Columns map[int]Column // what a column holds, where it was chosen
	Choices Choices
}

// Look is what a list would do; nothing has changed yet.
type Look struct {
	School   school.School
	Source   Source
	Layout   Layout
	Orgs     []string // the schools that the file names, when it is to be asked which this is
	Org      string
	Findings []Finding
	Teams    []school.Team
	Digest   string // of what the list meets here, before anything was chosen
}

// LookAt tells what a list would do at a school; nothing changes. Who: an admin of the school.
// Refuses a list that is empty, too long, or has no column for names or addresses; then the
// layout says how its columns were read.
func (s *Service) LookAt(ctx context.Context, who access.Who, schoolID string, p Proposal) (Look, error) {
	return s.look(ctx, s.db, who, schoolID, p)
}

func (s *Service) look(ctx context.Context, q db.Queryer, who access.Who, schoolID string, p Proposal) (Look, error) {
	sc, err := s.schools.Desk(ctx, q, who, schoolID)
	if err != nil {
		return Look{}, err
	}
	l := Look{School: sc}
	if l.Teams, err = school.TeamsAt(ctx, q, schoolID); err != nil {
		return l, err
	}
	sheet, err := ReadText(p.Text)
	if err != nil {
		return l, err
	}
	l.Source, l.Layout = sheet.Source, Guess(sheet.Cells, l.Teams).With(p.Columns)
	rows, err := Rows(sheet, l.Layout)
	if err != nil {
		return l, err
	}
	k := Known{School: sc, Teams: l.Teams, ActorID: who.ID}
	if k.Accounts, k.Elsewhere, err = school.AccountsAt(ctx, q, sc); err != nil {
		return l, err
	}
	if k.Entries, err = entriesOf(ctx, q, sc.ID, l.Source); err != nil {
		return l, err
	}
	if orgs := Orgs(rows); len(orgs) > 1 {
		l.Orgs = orgs
		l.Org, _ = OrgOf(orgs, sc, p.Choices.Org)
	}
	l.Findings = Compare(l.Source, rows, k, Choices{Org: p.Choices.Org})
	l.Digest = Digest(l.Findings)
	if p.Choices.any() {
		l.Findings = Compare(l.Source, rows, k, p.Choices)
	}
	return l, nil
}

// Invitation says whether and when the new ones are invited.
type Invitation struct {
	Send bool
	At   time.Time // zero: at once
}

// Brought is what a list did.
type Brought struct{ New, Changed, Back, Left, Waiting int }

// BringIn does what LookAt showed, with what the admin chose, all of it or nothing. Who: an
// admin of the school. digest names what was shown: refuses with a conflict when the list meets
// something else by now. Rows that are unclear or refused are left out. Nothing in a list becomes
// a right.
func (s *Service) BringIn(ctx context.Context, who access.Who, schoolID string, p Proposal, digest string, inv Invitation) (Brought, error) {
	var out Brought
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		l, err := s.look(ctx, tx, who, schoolID, p)
		if err != nil {
			return err
		}
		if l.Digest != digest {
			return errs.Conflict("roster.changed").On("people")
		}
		a := act{s: s, tx: tx, who: who, look: l, leave: p.Choices.Leave, inv: inv, now: s.clock.Now(), made: map[string]string{}}
		if out, err = a.do(ctx); err != nil {
			return err
		}
		if out == (Brought{Waiting: out.Waiting}) && !a.news {
			return nil // the same list again: nothing happened, and nothing is said of it
		}
		return journal.Append(ctx, tx, journal.Entry{At: a.now, ActorID: who.ID, Kind: "people.brought_in", ObjectKind: "school", ObjectID: schoolID, SchoolID: schoolID})
	})
	return out, errs.Because(err, "bring people into school %s", schoolID)
}

// Sensitive reports whether a proposal closes or opens an account or changes where its way in is sent:
// then the admin shows once more who it is.
func Sensitive(findings []Finding, c Choices) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool {
		return f.Verdict == Back || f.Ready() && f.Known != "" && f.Set.Email != "" && f.Verdict != New || f.Verdict == Leaving && c.Leave[f.PersonID]
	})
}

// ByHouse is who acts when the command line brings people in: whoever runs the server could do
// all of this by hand. It is an admin of one school and of nothing else.
func (s *Service) ByHouse(sc school.School) access.Who {
	return access.Who{ID: "house", BoardID: sc.BoardID, Kind: access.Staff, Schools: []string{sc.ID}, Roles: []access.Role{{Kind: access.RoleAdmin, SchoolID: sc.ID}}}
}
