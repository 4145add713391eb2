package account_test

import (
	"strings"
	"testing"
	"time"

	"leerkring/account"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
)

// T-L1: a scanner has no effect, two accepts make one account, and what is over is dead.
func TestAnInvitationIsAcceptedOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		person, secret := h.invited("s.bos@hetbaken.nl")
		l := h.post.last(t)
		if l.Kind != account.LetterInvitation || !strings.HasPrefix(l.URL, base+account.InvitationPath) || l.By != "Ada Admin" || l.EndsAt.Sub(h.clock.Now()) != 14*24*time.Hour {
			t.Fatalf("letter %+v", l)
		}
		for range 3 {
			page, err := h.door.CheckLink(h.ctx, secret)
			must(t, err)
			if !page.Invitation || page.Why != account.AsStaff || page.Name != "Sanne Bos" {
				t.Errorf("page %+v", page)
			}
		}
		if h.state(person) != "invited" || h.count(`select count(*) from sign_in`) != 0 {
			t.Fatal("opening an invitation had an effect")
		}
		must(t, h.door.InviteAgain(h.ctx, h.who(h.founded.AdminID), person, account.AsStaff))
		second := secretOf(h.post.last(t).URL)

		got := together(8, func(i int) error {
			_, err := h.door.Accept(h.ctx, []string{secret, second}[i%2], browser(account.Own))
			return err
		})
		if got.done != 1 || got.refused != 7 {
			t.Fatalf("eight accepts at once: %+v", got)
		}
		if h.state(person) != "active" || h.count(`select count(*) from sign_in where person_id = $1`, person) != 1 {
			t.Error("not one account that is in once")
		}
		if n := h.count(`select count(*) from journal where kind = 'person.joined' and object_id = $1`, person); n != 1 {
			t.Errorf("%d entries in the journal", n)
		}
		for _, s := range []string{secret, second} {
			_, err := h.door.CheckLink(h.ctx, s)
			refused(t, err, "account.link_used")
		}
		err := h.door.InviteAgain(h.ctx, h.who(h.founded.AdminID), person, account.AsStaff)
		refused(t, err, "account.invite_active")
	})
}

func TestWhoJoinedIsKnown(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		person, secret := h.invited("s.bos@hetbaken.nl")
		waiting, _ := h.invited("laat@hetbaken.nl")
		h.clock.Move(time.Hour)
		_, err := h.door.Accept(h.ctx, secret, browser(account.Own))
		must(t, err)
		joined := h.clock.Now()
		url, err := h.door.LinkFor(h.ctx, h.teacher)
		must(t, err)
		_, err = h.door.SpendLink(h.ctx, secretOf(url), browser(account.Own))
		must(t, err)
		everybody := []string{person, waiting, h.teacher, h.founded.AdminID}
		got, err := account.Joined(h.ctx, h.db, everybody)
		must(t, err)
		if len(got) != 1 || !got[person].Equal(joined) {
			t.Errorf("joined %v", got)
		}
		h.clock.Move(time.Hour)
		h.signIn(account.Own)
		_, l := h.letter("s.bos@hetbaken.nl")
		_, err = h.door.SpendLink(h.ctx, secretOf(l.URL), browser(account.Own))
		must(t, err)
		got, err = account.Joined(h.ctx, h.db, everybody)
		must(t, err)
		if len(got) != 2 || !got[person].Equal(joined) || !got[h.teacher].Equal(h.clock.Now()) {
			t.Errorf("after the own mailbox was used %v", got)
		}
	})
}

func TestAnInvitationEnds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		late, lateSecret := h.invited("laat@hetbaken.nl")
		h.clock.Move(14 * 24 * time.Hour)
		gone, goneSecret := h.invited("weg@hetbaken.nl")
		must(t, h.door.WithdrawInvitation(h.ctx, h.who(h.founded.AdminID), gone))
		for person, secret := range map[string]string{late: lateSecret, gone: goneSecret} {
			_, err := h.door.CheckLink(h.ctx, secret)
			refused(t, err, "account.link_over")
			_, err = h.door.Accept(h.ctx, secret, browser(account.Own))
			refused(t, err, "account.link_over")
			_, err = h.door.SpendLink(h.ctx, secret, browser(account.Own))
			refused(t, err, "account.link_over")
			if h.state(person) != "invited" {
				t.Error("a dead invitation made an account active")
			}
		}
		before := h.post.count()
		for _, email := range []string{"laat@hetbaken.nl", "weg@hetbaken.nl"} {
			if _, err := h.door.RequestLink(h.ctx, email, "", "10.0.0.1"); err != nil {
				t.Fatal(err)
			}
		}
		if h.post.count() != before {
			t.Error("without an invitation that stands, a mail link is no way in")
		}
	})
}

func TestSomebodyInvitedMayAlsoComeByMailLink(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		person, invitation := h.invited("s.bos@hetbaken.nl")
		_, l := h.letter("s.bos@hetbaken.nl")
		ticket, second := h.letter("s.bos@hetbaken.nl")
		in, err := h.door.SpendLink(h.ctx, secretOf(l.URL), browser(account.Own))
		must(t, err)
		if !in.First || h.state(person) != "active" {
			t.Errorf("entered %+v", in)
		}
		_, err = h.door.Accept(h.ctx, invitation, browser(account.Own))
		refused(t, err, "account.link_used")
		again, err := h.door.SpendCode(h.ctx, ticket, second.Code, browser(account.Own))
		must(t, err)
		if again.First {
			t.Error("the second time is not the first")
		}

		other, _ := h.invited("weg@hetbaken.nl")
		_, l = h.letter("weg@hetbaken.nl")
		must(t, h.door.WithdrawInvitation(h.ctx, h.who(h.founded.AdminID), other))
		_, err = h.door.SpendLink(h.ctx, secretOf(l.URL), browser(account.Own))
		refused(t, err, "account.link_over")
		late, _ := h.invited("laat@hetbaken.nl")
		h.clock.Move(14*24*time.Hour - 10*time.Minute)
		_, l = h.letter("laat@hetbaken.nl")
		h.clock.Move(10 * time.Minute)
		_, err = h.door.SpendLink(h.ctx, secretOf(l.URL), browser(account.Own))
		refused(t, err, "account.link_over")
		if h.state(other) != "invited" || h.state(late) != "invited" {
			t.Error("without an invitation somebody came in by the back door")
		}
	})
}

func TestOnlyAnAdminOfTheSchoolInvitesAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		person, secret := h.invited("s.bos@hetbaken.nl")
		before := h.post.count()
		for name, id := range map[string]string{"a colleague": h.teacher, "an admin of another board": h.stranger()} {
			if err := h.door.InviteAgain(h.ctx, h.who(id), person, account.AsStaff); !errs.IsAbsent(err) {
				t.Errorf("%s invited: %v", name, err)
			}
			if err := h.door.WithdrawInvitation(h.ctx, h.who(id), person); !errs.IsAbsent(err) {
				t.Errorf("%s withdrew: %v", name, err)
			}
		}
		if _, err := h.door.CheckLink(h.ctx, secret); err != nil || h.post.count() != before {
			t.Errorf("something changed: %v", err)
		}
	})
}

// T-L2: nothing in the logs opens anything.
func TestNoSecretStandsInTheDatabase(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		_, invitation := h.invited("s.bos@hetbaken.nl")
		ticket, l := h.letter("n.haddad@hetbaken.nl")
		in := h.signIn(account.Own)
		token, _, err := h.door.CreateToken(h.ctx, h.who(h.teacher), in.SignIn, account.NewToken{Name: "rooster", Scope: account.ScopeRead})
		must(t, err)
		code := strings.ReplaceAll(l.Code, " ", "")
		dump := h.dump()
		for name, secret := range map[string]string{"invitation": invitation, "ticket": ticket, "link": secretOf(l.URL), "code": code, "hash of the code alone": ident.Hash(code), "reference": in.Secret, "token": token} {
			if strings.Contains(dump, secret) {
				t.Errorf("the %s stands in the database", name)
			}
		}
		entries, err := journal.NewReader(h.db).Next(h.ctx, 1000)
		must(t, err)
		for _, e := range entries {
			if strings.HasPrefix(e.Kind, "sign_in") {
				t.Errorf("the journal is a diary of who came when: %+v", e)
			}
		}
	})
}
