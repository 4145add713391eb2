package admin

import (
	"context"
	"slices"

	"leerkring/access"
	"leerkring/account"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// heldRole is a role that somebody has, with what takes it back.
type heldRole struct {
	Text, Word, Team string
	Board            bool
}

type personPage struct {
	desk
	Account  school.Account
	Who      ui.Person
	First    string
	Self     bool
	MayEdit  bool
	Tone     ui.Tone
	Icon     string
	State    string
	Name     ui.Field
	Email    ui.Field
	Subject  ui.Field
	Teams    []ui.Option
	Roles    []heldRole
	Kinds    []ui.Option
	LedTeams []ui.Option
	StandIn  standIn
	Erasing  bool // somebody asked that this person is erased
}

// Person is the page of one account.
func (rm *Room) Person(r *room.Request) error {
	d, a, err := rm.account(r, access.Read)
	if err != nil {
		return err
	}
	teams, err := rm.Schools.Teams(r.Ctx(), r.Who(), d.School.ID)
	if err != nil {
		return err
	}
	p := personPage{desk: d, Account: a, Who: room.Person(a.Person), First: school.FirstName(a.Name), Self: a.ID == r.Who().ID, MayEdit: d.may(access.Manage, access.Account)}
	p.Tone, p.Icon, p.State = d.state(a.State)
	p.Name = r.Field("name", "admin.name", a.Name)
	p.Name.Max = 80
	p.Email = r.Field("email", "admin.email", a.Email)
	p.Email.Type, p.Email.Max = "email", 200
	p.Email.Hint = r.T.T("admin.email_hint")
	p.Subject = r.Field("subject", "admin.subject", a.Subject)
	p.Subject.Max = 80
	p.LedTeams = []ui.Option{{Text: r.T.T("admin.choose_team")}}
	ours := r.Typed == nil || r.Typed.Has("name") // another form of this page says nothing of the teams
	for _, t := range teams {
		on := slices.Contains(a.TeamIDs, t.ID)
		if ours {
			on = r.WasOn("teams", t.ID, on)
		}
		p.Teams = append(p.Teams, ui.Option{Value: t.ID, Text: t.Name, On: on})
		p.LedTeams = append(p.LedTeams, ui.Option{Value: t.ID, Text: t.Name, On: r.Was("team", "") == t.ID})
	}
	for _, x := range a.Roles {
		p.Roles = append(p.Roles, heldRole{Text: d.roleText(x, teams), Word: school.RoleName(x.Kind), Team: x.TeamID, Board: x.SchoolID == ""})
	}
	for _, k := range school.RoleKinds {
		word := school.RoleName(k)
		p.Kinds = append(p.Kinds, ui.Option{Value: word, Text: r.T.T("admin.role_" + word), Note: r.T.T("admin.role_" + word + "_note"), On: r.Was("role", "") == word})
	}
	if p.StandIn, err = rm.standInOf(r, d, a); err != nil {
		return err
	}
	if p.MayEdit && a.State == school.Suspended {
		if _, p.Erasing, err = rm.Leaving.Waiting(r.Ctx(), r.Who(), a.ID); err != nil {
			return err
		}
	}
	h := d.head(a.Name, "")
	h.Heading = ""
	h.Crumbs = []ui.Link{{Text: r.T.T("admin.title"), Href: d.path("/admin")}}
	return r.Page(h, person(p, h))
}

// account reads the account of the address, which who may do something with.
func (rm *Room) account(r *room.Request, action access.Action) (desk, school.Account, error) {
	id, err := r.ID("id")
	if err != nil {
		return desk{}, school.Account{}, err
	}
	d, err := rm.at(r, "")
	if err != nil {
		return d, school.Account{}, err
	}
	if err := d.must(action, access.Account); err != nil {
		return d, school.Account{}, err
	}
	a, err := rm.Schools.AccountByID(r.Ctx(), r.Who(), d.School.ID, id)
	return d, a, err
}

// Edit changes name, address, subject and teams. Another address is another way in: the
// old one is told, and private areas stay closed for a while.
func (rm *Room) Edit(r *room.Request) error {
	d, a, err := rm.account(r, access.Manage)
	if err != nil {
		return err
	}
	f := r.Form()
	c := school.StaffChange{Name: f.Line("name", 80), Email: f.Line("email", 200), Subject: f.Line("subject", 80), TeamIDs: f.IDs("teams", 200)}
	version := f.Int("version", 1, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Person)
	}
	back := d.path("/admin/people/" + a.ID)
	if school.Email(c.Email) != a.Email {
		if err := rm.Door.Confirmed(r); err != nil {
			return rm.Door.Refused(r, err, back, rm.Person)
		}
	}
	err = rm.Schools.ChangeStaff(r.Ctx(), r.Who(), d.School.ID, a.ID, version, c, func(ctx context.Context, tx *db.Tx, old string) error {
		return rm.Accounts.AddressChanged(ctx, tx, a.ID, r.Who().ID, old)
	})
	if err != nil {
		return r.Refused(err, rm.Person)
	}
	return r.Said(back, "admin_person_saved")
}

// Appoint lets somebody answer for something; their sign-ins end, so that it holds at once.
func (rm *Room) Appoint(r *room.Request) error {
	return rm.role(r, "admin_role_given", rm.Schools.Appoint)
}

// Relieve takes a role back.
func (rm *Room) Relieve(r *room.Request) error {
	return rm.role(r, "admin_role_taken", rm.Schools.Relieve)
}

type roleAct func(ctx context.Context, who access.Who, schoolID, personID string, x access.Role) error

func (rm *Room) role(r *room.Request, said string, act roleAct) error {
	d, a, err := rm.account(r, access.Manage)
	if err != nil {
		return err
	}
	f := r.Form()
	kind, known := school.RoleNamed(f.Line("role", 20))
	x := access.Role{Kind: kind, SchoolID: d.School.ID, TeamID: f.ID("team")}
	if x.Kind != access.RoleTeamLeader {
		x.TeamID = ""
	} else if x.TeamID == "" {
		f.Refuse("team", "admin.team_missing")
	}
	if kind == access.RoleBoard || f.Bool("board") {
		x.SchoolID = ""
	}
	if !known {
		f.Refuse("role", "form.choose")
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Person)
	}
	back := d.path("/admin/people/" + a.ID)
	if err := rm.Door.Confirmed(r); err != nil {
		return rm.Door.Refused(r, err, back, rm.Person)
	}
	if err := act(r.Ctx(), r.Who(), d.School.ID, a.ID, x); err != nil {
		return r.Refused(err, rm.Person)
	}
	return r.Said(back+"#roles", said)
}

// Invite sends another invitation.
func (rm *Room) Invite(r *room.Request) error {
	return rm.act(r, "admin_invited", false, func(a school.Account) error {
		why := account.AsStaff
		if a.Guest {
			why = account.AsGuest
		}
		return rm.Accounts.InviteAgain(r.Ctx(), r.Who(), a.ID, why)
	})
}

// Uninvite ends the open invitations of somebody.
func (rm *Room) Uninvite(r *room.Request) error {
	return rm.act(r, "admin_uninvited", false, func(a school.Account) error {
		return rm.Accounts.WithdrawInvitation(r.Ctx(), r.Who(), a.ID)
	})
}

// Suspend closes an account.
func (rm *Room) Suspend(r *room.Request) error {
	return rm.act(r, "admin_suspended", true, func(a school.Account) error { return rm.Accounts.Suspend(r.Ctx(), r.Who(), a.ID) })
}

// Restore opens it again.
func (rm *Room) Restore(r *room.Request) error {
	return rm.act(r, "admin_restored", true, func(a school.Account) error { return rm.Accounts.Restore(r.Ctx(), r.Who(), a.ID) })
}

// ForgetPasskeys takes the passkeys of somebody away who lost them.
func (rm *Room) ForgetPasskeys(r *room.Request) error {
	return rm.act(r, "admin_passkeys_gone", true, func(a school.Account) error {
		if a.ID == r.Who().ID {
			return errs.Invalid("admin.own_passkeys")
		}
		return rm.Accounts.ForgetPasskeys(r.Ctx(), r.Who(), a.ID)
	})
}

// ForgetLogins takes away by which logins of the school somebody comes in.
func (rm *Room) ForgetLogins(r *room.Request) error {
	return rm.act(r, "admin_logins_gone", true, func(a school.Account) error {
		if a.ID == r.Who().ID {
			return errs.Invalid("admin.own_ways")
		}
		return rm.Accounts.ForgetLogins(r.Ctx(), r.Who(), a.ID)
	})
}

// ForgetPassword takes the password of somebody away, with its second factor.
func (rm *Room) ForgetPassword(r *room.Request) error {
	return rm.act(r, "admin_password_gone", true, func(a school.Account) error {
		if a.ID == r.Who().ID {
			return errs.Invalid("admin.own_ways")
		}
		return rm.Accounts.ForgetPassword(r.Ctx(), r.Who(), a.ID)
	})
}

// RevokeTokens ends all tokens of somebody.
func (rm *Room) RevokeTokens(r *room.Request) error {
	return rm.act(r, "admin_tokens_gone", true, func(a school.Account) error { return rm.Accounts.RevokeTokens(r.Ctx(), r.Who(), a.ID) })
}

// act does something with an account; sure asks to show first who one is.
func (rm *Room) act(r *room.Request, said string, sure bool, do func(school.Account) error) error {
	d, a, err := rm.account(r, access.Manage)
	if err != nil {
		return err
	}
	back := d.path("/admin/people/" + a.ID)
	if sure {
		if err := rm.Door.Confirmed(r); err != nil {
			return rm.Door.Refused(r, err, back, rm.Person)
		}
	}
	if err := do(a); err != nil {
		return rm.Door.Refused(r, err, back, rm.Person)
	}
	return r.Said(back, said)
}
