package account_test

import (
	"testing"
	"time"

	"leerkring/access/register"
	"leerkring/account"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/mail"
)

func TestDemoLinksWorkAsOftenAsNeededInADemo(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := openAs(t, d, account.Config{BaseURL: "http://localhost:4711", Demo: true})
		url, err := h.door.DemoLink(h.ctx, h.teacher)
		must(t, err)
		if url[:len("http://localhost:4711/")] != "http://localhost:4711/" || h.post.count() != 0 {
			t.Errorf("%s, %d letters", url, h.post.count())
		}
		for range 3 {
			h.clock.Move(24 * time.Hour)
			if _, err := h.door.CheckLink(h.ctx, secretOf(url)); err != nil {
				t.Fatal(err)
			}
			in, err := h.door.SpendLink(h.ctx, secretOf(url), browser(account.Own))
			must(t, err)
			if in.SignIn.Way != account.ByDemo || !h.isIn(in.Secret) {
				t.Errorf("entered %+v", in)
			}
		}
		served := h.service(account.Config{BaseURL: base}) // the same database, no demo
		_, err = served.CheckLink(h.ctx, secretOf(url))
		refused(t, err, "account.link_over")
		_, err = served.SpendLink(h.ctx, secretOf(url), browser(account.Own))
		refused(t, err, "account.link_over")
		_, err = served.DemoLink(h.ctx, h.teacher)
		absent(t, err)
		must(t, h.door.Suspend(h.ctx, h.who(h.founded.AdminID), h.teacher))
		_, err = h.door.SpendLink(h.ctx, secretOf(url), browser(account.Own))
		refused(t, err, "account.link_over")
	})
}

func TestADemoThatStartsAgainGivesOutANewToken(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := openAs(t, d, account.Config{BaseURL: "http://localhost:4711", Demo: true})
		own, _, err := h.door.TokenFor(h.ctx, h.teacher, account.NewToken{Name: "rooster", Scope: account.ScopeRead})
		must(t, err)
		before := ""
		for range 25 { // more often than a person may have tokens
			secret, err := h.door.DemoToken(h.ctx, h.teacher)
			must(t, err)
			_, err = h.door.AuthenticateToken(h.ctx, secret)
			must(t, err)
			if before != "" {
				_, err = h.door.AuthenticateToken(h.ctx, before)
				absent(t, err)
			}
			before = secret
		}
		_, err = h.door.AuthenticateToken(h.ctx, own)
		must(t, err)
		_, err = h.service(account.Config{BaseURL: base}).DemoToken(h.ctx, h.teacher)
		absent(t, err)
	})
}

func TestALinkOfTheCommandLineWorksOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		first := h.signIn(account.Own)
		h.addPasskey(first, "telefoon")
		must(t, h.door.PasskeyAlways(h.ctx, first.SignIn, true))
		url, err := h.door.LinkFor(h.ctx, h.teacher)
		must(t, err)
		in, err := h.door.SpendLink(h.ctx, secretOf(url), browser(account.Own))
		must(t, err)
		if in.SignIn.Pending || in.SignIn.Way != account.ByCommand {
			t.Errorf("whoever lost the passkey is not helped: %+v", in.SignIn)
		}
		_, err = h.door.SpendLink(h.ctx, secretOf(url), browser(account.Own))
		refused(t, err, "account.link_used")
		_, err = h.door.LinkFor(h.ctx, "01hzzzzzzzzzzzzzzzzzzzzzzz")
		absent(t, err)
	})
}

func TestWhatIsOverIsErased(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		own := h.signIn(account.Own)
		h.signIn(account.Shared)
		h.invited("s.bos@hetbaken.nl")
		_, err := h.door.BeginPasskeySignIn(h.ctx)
		must(t, err)
		_, _, err = h.door.TokenFor(h.ctx, h.teacher, account.NewToken{Name: "x", Scope: account.ScopeRead})
		must(t, err)
		c, err := h.door.CleanUp(h.ctx)
		must(t, err)
		if c != (account.Cleaned{}) {
			t.Errorf("nothing is over, and erased was %+v", c)
		}
		h.clock.Move(61 * time.Minute)
		c, err = h.door.CleanUp(h.ctx)
		must(t, err)
		if c.SignIns != 1 || c.Links != 2 || c.Challenges != 1 || c.Attempts == 0 || c.Tokens != 0 {
			t.Errorf("after an hour %+v", c)
		}
		if !h.isIn(own.Secret) {
			t.Error("a sign-in that goes on was erased")
		}
		h.clock.Move(90 * 24 * time.Hour)
		c, err = h.door.CleanUp(h.ctx)
		must(t, err)
		if c.SignIns != 1 || c.Links != 1 || c.Tokens != 1 {
			t.Errorf("after ninety days %+v", c)
		}
		for _, table := range []string{"sign_in", "account_link", "passkey_challenge", "api_token", "attempt"} {
			if n := h.count(`select count(*) from ` + table); n != 0 {
				t.Errorf("%d rows left in %s", n, table)
			}
		}
	})
}

func TestASuspensionTakesBackMailThatWaits(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		must(t, h.db.Write(h.ctx, func(tx *db.Tx) error {
			return mail.Queue(h.ctx, tx, mail.Message{Key: "k", Kind: "week", BoardID: h.founded.BoardID, PersonID: h.teacher, At: h.clock.Now(), Address: "n.haddad@hetbaken.nl", Subject: "Je week", Text: "Dag"})
		}))
		must(t, h.door.Suspend(h.ctx, h.who(h.founded.AdminID), h.teacher))
		if n := h.count(`select count(*) from mail where state = 'withdrawn'`); n != 1 {
			t.Errorf("%d messages withdrawn", n)
		}
	})
}

func TestAKeyOfARequestIsNotUsedUpByTheDayOfUse(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		in := h.signIn(account.Own)
		h.clock.Move(25 * time.Hour)
		ctx := db.Once(h.ctx, h.teacher, "one request")
		_, err := h.door.Authenticate(ctx, in.Secret)
		must(t, err)
		if n := h.count(`select count(*) from idempotency`); n != 0 {
			t.Fatal("the key was used up before the act")
		}
		must(t, h.door.EndOthers(ctx, in.SignIn))
		if n := h.count(`select count(*) from idempotency`); n != 1 {
			t.Error("the act did not take the key")
		}
	})
}

func TestEverythingKeptIsRegistered(t *testing.T) {
	t.Parallel()
	h := open(t, dbtest.SQLite(t))
	mine := map[string]bool{}
	for _, e := range account.Data {
		mine[e.Table] = true
	}
	columns, err := db.All(h.ctx, h.db, `select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c
		where m.type = 'table' and m.name in ('account', 'sign_in', 'account_link', 'passkey', 'passkey_challenge', 'api_token', 'attempt', 'security_log', 'security_head', 'login_provider', 'login_identity', 'login_visit', 'password', 'recovery_code')`, func(c *register.Column) []any {
		return []any{&c.Table, &c.Column}
	})
	must(t, err)
	if len(columns) < 110 || len(mine) != 14 {
		t.Fatalf("%d columns of %d tables", len(columns), len(mine))
	}
	if m := register.Missing(columns, account.Data); len(m) > 0 {
		t.Errorf("not registered: %v", m)
	}
	if s := register.Stale(columns, account.Data); len(s) > 0 {
		t.Errorf("no longer there: %v", s)
	}
	for _, problem := range register.Check(account.Data) {
		t.Error(problem)
	}
}
