package roster

import (
	"context"
	"slices"
	"strings"
	"time"

	"leerkring/access"
	"leerkring/account"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/school"
)

// act carries a list out, inside one transaction.
type act struct {
	s     *Service
	tx    *db.Tx
	who   access.Who
	look  Look
	leave map[string]bool
	inv   Invitation
	now   time.Time
	made  map[string]string // folded name of a team → its id
	names map[string]string // id of a team → its name
	keep  []kept
	news  bool // something is known that was not known before
}

func (a *act) do(ctx context.Context) (out Brought, err error) {
	if err := a.makeTeams(ctx); err != nil {
		return out, err
	}
	for _, f := range a.look.Findings {
		switch f.Verdict {
		case New:
			err, out.New = a.join(ctx, f), out.New+1
		case Changed:
			err, out.Changed = a.change(ctx, f), out.Changed+1
		case Back:
			err, out.Back = a.back(ctx, f), out.Back+1
		case Same:
			a.remember(f, f.PersonID)
		case Unclear, Refused:
			out.Waiting++
		case Leaving:
			if f.Mayleave && a.leave[f.PersonID] {
				err, out.Left = a.depart(ctx, f), out.Left+1
			}
		}
		if err != nil {
			return out, errs.Because(err, "line %d", f.Line)
		}
	}
	return out, a.entries(ctx)
}

// makeTeams makes the teams that the admin chose to make, and only those that somebody joins.
func (a *act) makeTeams(ctx context.Context) error {
	a.names = map[string]string{}
	for _, t := range a.look.Teams {
		a.names[t.ID] = t.Name
	}
	for _, f := range a.look.Findings {
		if !f.Ready() {
			continue
		}
		for _, name := range f.Set.Make {
			if a.made[fold(name)] != "" {
				continue
			}
			id, err := a.s.schools.MakeTeam(ctx, a.tx, a.look.School, a.who.ID, name, a.now)
			if err != nil {
				return err
			}
			a.made[fold(name)], a.names[id] = id, name
		}
	}
	return nil
}

func (a *act) teamsOf(f Finding) []string {
	ids := slices.Clone(f.Set.Join)
	for _, name := range f.Set.Make {
		ids = append(ids, a.made[fold(name)])
	}
	return ids
}

// join makes somebody staff. An account that is in use already gets no invitation: the person is in.
func (a *act) join(ctx context.Context, f Finding) error {
	id, err := a.s.schools.Enter(ctx, a.tx, a.look.School, school.NewStaff{Name: f.Set.Name, Email: f.Set.Email, Subject: f.Set.Subject, Functions: f.Set.Functions, TeamIDs: a.teamsOf(f), WorkingDays: f.Set.Days}, a.now)
	if err != nil {
		return err
	}
	a.remember(f, id)
	if f.PersonID != "" || !a.inv.Send {
		return nil
	}
	return a.invite(ctx, f, id)
}

func (a *act) invite(ctx context.Context, f Finding, personID string) error {
	var teams []string
	for _, id := range a.teamsOf(f) {
		teams = append(teams, a.names[id])
	}
	_, err := a.s.accounts.InviteTo(ctx, a.tx, personID, a.who.ID, account.Asking{Why: account.AsStaff, At: a.inv.At, School: a.look.School.Name, Teams: strings.Join(teams, ", ")})
	return err
}

func (a *act) change(ctx context.Context, f Finding) error {
	c := school.Correction{PersonID: f.PersonID, Name: f.Set.Name, Email: f.Set.Email, Subject: f.Set.Subject, Functions: f.Set.Functions, Days: f.Set.Days, Join: a.teamsOf(f), Leave: f.Set.Leave}
	if err := a.s.schools.Correct(ctx, a.tx, a.look.School, c); err != nil {
		return err
	}
	a.remember(f, f.PersonID)
	if f.Set.Email == "" {
		return nil
	}
	i := slices.IndexFunc(f.Changes, func(x Change) bool { return x.What == TheEmail })
	return a.s.accounts.AddressChanged(ctx, a.tx, f.PersonID, a.who.ID, f.Changes[i].From)
}

// back opens the own account of somebody who returns, and changes what the list says otherwise.
func (a *act) back(ctx context.Context, f Finding) error {
	if err := a.s.accounts.RestoreIn(ctx, a.tx, a.who, f.PersonID); err != nil {
		return err
	}
	if err := a.change(ctx, f); err != nil || !a.inv.Send {
		return err
	}
	waiting, err := db.One(ctx, a.tx, `select count(*) from person where id = $1 and state = 'invited'`, db.Int, f.PersonID)
	if err != nil || waiting == 0 {
		return err
	}
	return a.invite(ctx, f, f.PersonID) // had never come in
}

// depart closes the account of somebody who left. Who works at another school of the board as
// well keeps the account, and is no colleague here any more.
func (a *act) depart(ctx context.Context, f Finding) error {
	n, err := school.WorksAt(ctx, a.tx, f.PersonID)
	if err != nil {
		return err
	}
	if n > 1 {
		err = a.s.schools.Depart(ctx, a.tx, a.look.School, f.PersonID)
	} else {
		err = a.s.accounts.SuspendIn(ctx, a.tx, a.who, f.PersonID)
	}
	if err != nil {
		return err
	}
	return markGone(ctx, a.tx, a.look.School.ID, f.PersonID, a.now)
}

// remember keeps what the source said, for the next time.
func (a *act) remember(f Finding, personID string) {
	if personID == "" || f.Gone {
		return
	}
	g := f.Given
	for _, name := range f.Set.Make {
		g.TeamIDs = append(slices.Clone(g.TeamIDs), a.made[fold(name)])
	}
	slices.Sort(g.TeamIDs)
	key := f.SourceKey()
	if key == "" || f.Number == "" {
		key = firstOf(f.Row.Email, f.Set.Email, personID)
	}
	a.keep = append(a.keep, kept{personID, key, g})
}

// entries writes what is new of it.
func (a *act) entries(ctx context.Context) error {
	before, err := entriesOf(ctx, a.tx, a.look.School.ID, a.look.Source)
	if err != nil {
		return err
	}
	known := map[string]Entry{}
	for _, e := range before {
		known[e.PersonID] = e
	}
	fresh := a.keep[:0]
	for _, k := range a.keep {
		if e, ok := known[k.Person]; ok && !e.Gone && e.Key == k.Key && same(e.Given, k.Given) {
			continue
		}
		fresh = append(fresh, k)
	}
	a.news = len(fresh) > 0
	return keepEntries(ctx, a.tx, a.look.School, a.look.Source, fresh, a.now)
}

func same(a, b Given) bool {
	return a.Name == b.Name && a.Email == b.Email && a.Subject == b.Subject && a.Week == b.Week && slices.Equal(a.Functions, b.Functions) &&
		slices.Equal(a.Days, b.Days) && slices.Equal(a.TeamIDs, b.TeamIDs) && slices.Equal(a.Without, b.Without)
}
