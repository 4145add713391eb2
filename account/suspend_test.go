package account_test

import (
	"testing"

	"leerkring/access"
	"leerkring/account"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
)

func TestASuspensionEndsEveryWayIn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		admin := h.who(h.founded.AdminID)
		in := h.signIn(account.Own)
		token, _, err := h.door.CreateToken(h.ctx, h.who(h.teacher), in.SignIn, account.NewToken{Name: "rooster", Scope: account.ScopeWrite})
		must(t, err)
		ticket, l := h.letter("n.haddad@hetbaken.nl")

		must(t, h.door.Suspend(h.ctx, admin, h.teacher))
		if h.isIn(in.Secret) || h.state(h.teacher) != "suspended" {
			t.Error("still in")
		}
		_, err = h.door.AuthenticateToken(h.ctx, token)
		absent(t, err)
		_, err = h.door.SpendLink(h.ctx, secretOf(l.URL), browser(account.Own))
		refused(t, err, "account.link_over")
		_, err = h.door.SpendCode(h.ctx, ticket, l.Code, browser(account.Own))
		refused(t, err, "account.link_over")
		before := h.post.count()
		h.letter("n.haddad@hetbaken.nl")
		if h.post.count() != before {
			t.Error("somebody suspended got a link")
		}
		refused(t, h.door.Suspend(h.ctx, admin, h.teacher), "account.already_suspended")

		must(t, h.door.Restore(h.ctx, admin, h.teacher))
		if h.isIn(in.Secret) {
			t.Error("an ended sign-in came back")
		}
		_, err = h.door.AuthenticateToken(h.ctx, token)
		absent(t, err)
		h.signIn(account.Own)
		refused(t, h.door.Restore(h.ctx, admin, h.teacher), "account.not_suspended")
		for _, kind := range []string{"person.suspended", "person.restored"} {
			if h.count(`select count(*) from journal where kind = $1 and object_id = $2`, kind, h.teacher) != 1 || h.count(`select count(*) from security_log where kind = $1 and object_id = $2`, kind, h.teacher) != 1 {
				t.Errorf("%s is not in both logs once", kind)
			}
		}
	})
}

func TestSomebodyInvitedIsInvitedAgainAfterASuspension(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		person, secret := h.invited("s.bos@hetbaken.nl")
		must(t, h.door.Suspend(h.ctx, h.who(h.founded.AdminID), person))
		_, err := h.door.Accept(h.ctx, secret, browser(account.Own))
		refused(t, err, "account.link_over")
		must(t, h.door.Restore(h.ctx, h.who(h.founded.AdminID), person))
		if h.state(person) != "invited" {
			t.Errorf("state %s", h.state(person))
		}
		_, err = h.door.Accept(h.ctx, secret, browser(account.Own))
		refused(t, err, "account.link_over")
		must(t, h.door.InviteAgain(h.ctx, h.who(h.founded.AdminID), person, account.AsStaff))
		_, err = h.door.Accept(h.ctx, secretOf(h.post.last(t).URL), browser(account.Own))
		must(t, err)
	})
}

// A roster or another node may change the state of an account without a word here.
func TestAStateThatSomebodyElseSetHoldsAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		in := h.signIn(account.Own)
		a, _ := h.addPasskey(in, "telefoon")
		token, _, err := h.door.CreateToken(h.ctx, h.who(h.teacher), in.SignIn, account.NewToken{Name: "x", Scope: account.ScopeRead})
		must(t, err)
		_, l := h.letter("n.haddad@hetbaken.nl")
		h.exec(`update person set state = 'left' where id = $1`, h.teacher)
		if h.isIn(in.Secret) {
			t.Error("somebody who left is in")
		}
		_, err = h.door.AuthenticateToken(h.ctx, token)
		absent(t, err)
		_, err = h.door.CheckLink(h.ctx, secretOf(l.URL))
		refused(t, err, "account.link_over")
		_, err = h.door.SpendLink(h.ctx, secretOf(l.URL), browser(account.Own))
		refused(t, err, "account.link_over")
		_, err = h.passkeySignIn(a, browser(account.Own))
		refused(t, err, "account.passkey_refused")

		person, invitation := h.invited("s.bos@hetbaken.nl")
		h.exec(`update person set state = 'active' where id = $1`, person)
		_, err = h.door.Accept(h.ctx, invitation, browser(account.Own))
		refused(t, err, "account.link_used")
	})
}

func TestAnAdminOfAnotherSchoolOfTheBoardManagesNobodyHere(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		h.exec(`insert into school (id, board_id, name, sector, language, zone, made_at) select 'other', board_id, 'De Haven', sector, language, zone, made_at from school`)
		h.exec(`insert into role (id, person_id, kind, board_id, school_id, made_at) select 'r1', person_id, kind, board_id, 'other', made_at from role where person_id = $1`, h.founded.AdminID)
		h.exec(`update role set person_id = $1 where id = 'r1'`, h.teacher)
		colleague := h.add("Bram Kok", "b.kok@hetbaken.nl", true)
		absent(t, h.door.Suspend(h.ctx, h.who(h.teacher), colleague))
		h.exec(`insert into staff (person_id, school_id) values ($1, 'other')`, colleague)
		must(t, h.door.Suspend(h.ctx, h.who(h.teacher), colleague))
	})
}

func TestASchoolKeepsAnAdmin(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		refused(t, h.door.Suspend(h.ctx, h.who(h.founded.AdminID), h.founded.AdminID), "account.suspend_self")
		must(t, h.school.Appoint(h.ctx, h.who(h.founded.AdminID), h.founded.SchoolID, h.teacher, access.Role{Kind: access.RoleAdmin, SchoolID: h.founded.SchoolID}))

		// Two admins suspend each other at the same moment: one of them stays.
		ada, noor := h.who(h.founded.AdminID), h.who(h.teacher)
		got := together(2, func(i int) error {
			if i == 0 {
				return h.door.Suspend(h.ctx, ada, h.teacher)
			}
			return h.door.Suspend(h.ctx, noor, h.founded.AdminID)
		})
		if got.done != 1 || got.refused != 1 {
			t.Fatalf("%+v", got)
		}
		if n := h.count(`select count(*) from person where state = 'active' and id in ($1, $2)`, h.founded.AdminID, h.teacher); n != 1 {
			t.Errorf("%d admins left", n)
		}
	})
}

func TestOnlyAnAdminOfTheSchoolSuspends(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		in := h.signIn(account.Own)
		colleague := h.add("Bram Kok", "b.kok@hetbaken.nl", true)
		leader := h.add("Lies Leider", "l.leider@hetbaken.nl", true)
		must(t, h.school.Appoint(h.ctx, h.who(h.founded.AdminID), h.founded.SchoolID, leader, access.Role{Kind: access.RoleLeader, SchoolID: h.founded.SchoolID}))
		acts := map[string]func(access.Who) error{
			"suspend":         func(w access.Who) error { return h.door.Suspend(h.ctx, w, h.teacher) },
			"restore":         func(w access.Who) error { return h.door.Restore(h.ctx, w, h.teacher) },
			"revoke tokens":   func(w access.Who) error { return h.door.RevokeTokens(h.ctx, w, h.teacher) },
			"forget passkeys": func(w access.Who) error { return h.door.ForgetPasskeys(h.ctx, w, h.teacher) },
		}
		before := h.count(`select count(*) from security_log`)
		for name, id := range map[string]string{"the person": h.teacher, "a colleague": colleague, "the leader": leader, "an admin of another board": h.stranger()} {
			for act, f := range acts {
				if err := f(h.who(id)); !errs.IsAbsent(err) {
					t.Errorf("%s may %s: %v", name, act, err)
				}
			}
		}
		if !h.isIn(in.Secret) || h.count(`select count(*) from security_log`) != before {
			t.Error("a refusal changed something")
		}
		absent(t, h.door.Suspend(h.ctx, h.who(h.founded.AdminID), "01hzzzzzzzzzzzzzzzzzzzzzzz"))
	})
}

func TestAGuestIsSuspendedByAnyAdminOfTheBoard(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		var guest string
		must(t, h.db.Write(h.ctx, func(tx *db.Tx) error {
			var err error
			admin := h.who(h.founded.AdminID)
			sc, err := h.school.School(h.ctx, admin, h.founded.SchoolID)
			if err != nil {
				return err
			}
			if guest, err = h.school.AddGuest(h.ctx, tx, admin, sc, "Gijs Gast", "gijs@expert.nl"); err != nil {
				return err
			}
			_, err = h.door.Invite(h.ctx, tx, guest, admin.ID, account.AsGuest)
			return err
		}))
		in, err := h.door.Accept(h.ctx, secretOf(h.post.last(t).URL), browser(account.Own))
		must(t, err)
		absent(t, h.door.Suspend(h.ctx, h.who(h.stranger()), guest))
		_, _, err = h.door.CreateToken(h.ctx, h.who(guest), in.SignIn, account.NewToken{Name: "x", Scope: account.ScopeRead})
		absent(t, err)
		must(t, h.door.Suspend(h.ctx, h.who(h.founded.AdminID), guest))
		if h.isIn(in.Secret) {
			t.Error("a suspended guest is in")
		}
	})
}
