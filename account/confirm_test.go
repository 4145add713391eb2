package account_test

import (
	"testing"
	"time"

	"leerkring/account"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
)

func TestConfirmingGivesANewReference(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		in := h.signIn(account.Own)
		a, _ := h.addPasskey(in, "telefoon")
		h.clock.Move(13 * time.Hour)
		now, err := h.door.Authenticate(h.ctx, in.Secret)
		must(t, err)
		if now.Private(h.clock.Now()) {
			t.Fatal("private areas are open after thirteen hours")
		}

		c, err := h.door.BeginConfirm(h.ctx, now)
		must(t, err)
		byKey, err := h.door.FinishConfirm(h.ctx, in.Secret, c.Challenge, a.get(c.Options), browser(account.Own))
		must(t, err)
		if h.isIn(in.Secret) || !h.isIn(byKey.Secret) || byKey.SignIn.ID != in.SignIn.ID || !byKey.SignIn.Private(h.clock.Now()) {
			t.Errorf("confirmed with a passkey: %+v", byKey)
		}

		h.clock.Move(13 * time.Hour)
		ticket, err := h.door.RequestConfirm(h.ctx, byKey.SignIn)
		must(t, err)
		l := h.post.last(t)
		if l.Kind != account.LetterConfirm || l.URL != "" || l.Code == "" {
			t.Fatalf("letter %+v", l)
		}
		_, err = h.door.ConfirmCode(h.ctx, byKey.Secret, ticket, "BCDF GHJK", browser(account.Own))
		refused(t, err, "account.code_wrong")
		_, err = h.door.SpendCode(h.ctx, ticket, l.Code, browser(account.Own))
		refused(t, err, "account.code_wrong") // a code to confirm does not sign in
		byCode, err := h.door.ConfirmCode(h.ctx, byKey.Secret, ticket, l.Code, browser(account.Own))
		must(t, err)
		if h.isIn(byKey.Secret) || !h.isIn(byCode.Secret) || !byCode.SignIn.Private(h.clock.Now()) {
			t.Errorf("confirmed with a code: %+v", byCode)
		}
		_, err = h.door.ConfirmCode(h.ctx, byCode.Secret, ticket, l.Code, browser(account.Own))
		refused(t, err, "account.code_wrong")
	})
}

func TestTwoAtOnceConfirmOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		in := h.signIn(account.Own)
		type sent struct{ ticket, code string }
		var codes []sent
		for range 4 {
			ticket, err := h.door.RequestConfirm(h.ctx, in.SignIn)
			must(t, err)
			codes = append(codes, sent{ticket, h.post.last(t).Code})
		}
		got := together(4, func(i int) error {
			_, err := h.door.ConfirmCode(h.ctx, in.Secret, codes[i].ticket, codes[i].code, account.Browser{Address: codes[i].code})
			return err
		})
		if got.done != 1 || len(got.others) != 3 || !errs.IsAbsent(got.others[0]) {
			t.Errorf("%+v", got)
		}
	})
}

func TestACodeToConfirmIsOfOneBrowser(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		mine, other, admin := h.signIn(account.Own), h.signIn(account.Other), h.adminSignIn()
		ticket, err := h.door.RequestConfirm(h.ctx, mine.SignIn)
		must(t, err)
		code := h.post.last(t).Code
		for name, secret := range map[string]string{"another browser": other.Secret, "another person": admin.Secret} {
			if _, err := h.door.ConfirmCode(h.ctx, secret, ticket, code, browser(account.Own)); errs.FieldsOf(err) == nil || errs.FieldsOf(err)[0].Key != "account.code_wrong" {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err = h.door.ConfirmCode(h.ctx, "", ticket, code, browser(account.Own))
		absent(t, err)
		signInTicket, l := h.letter("n.haddad@hetbaken.nl")
		_, err = h.door.ConfirmCode(h.ctx, mine.Secret, signInTicket, l.Code, browser(account.Own))
		refused(t, err, "account.code_wrong")
		_, err = h.door.ConfirmCode(h.ctx, mine.Secret, ticket, code, browser(account.Own))
		must(t, err)
		for range 4 {
			_, err = h.door.RequestConfirm(h.ctx, other.SignIn)
			must(t, err)
		}
		if _, err = h.door.RequestConfirm(h.ctx, other.SignIn); !errs.Is(err, errs.KindLimited) {
			t.Errorf("a sixth letter: %v", err)
		}
	})
}

// T-A4 at the door: a sign-in that waits for its second proof opens nothing.
func TestAPendingSignInOpensNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		first := h.signIn(account.Own)
		refused(t, h.door.PasskeyAlways(h.ctx, first.SignIn, true), "account.passkey_first")
		a, p := h.addPasskey(first, "telefoon")
		must(t, h.door.PasskeyAlways(h.ctx, first.SignIn, true))

		in := h.signIn(account.Own)
		if !in.SignIn.Pending || in.SignIn.Private(h.clock.Now()) {
			t.Fatalf("entered %+v", in)
		}
		_, err := h.door.Authenticate(h.ctx, in.Secret)
		absent(t, err)
		_, err = h.door.ConfirmCode(h.ctx, in.Secret, in.Secret, "BCDFGHJK", browser(account.Own))
		absent(t, err)
		list, err := h.door.SignIns(h.ctx, first.SignIn)
		must(t, err)
		if len(list) != 1 {
			t.Errorf("%d sign-ins shown", len(list))
		}
		refused(t, h.door.PasskeyAlways(h.ctx, in.SignIn, false), account.ConfirmFirst)

		pending, err := h.door.Pending(h.ctx, in.Secret)
		must(t, err)
		c, err := h.door.BeginConfirm(h.ctx, pending)
		must(t, err)
		done, err := h.door.FinishConfirm(h.ctx, in.Secret, c.Challenge, a.get(c.Options), browser(account.Own))
		must(t, err)
		if h.isIn(in.Secret) || !h.isIn(done.Secret) {
			t.Error("after the second proof the new reference is in, and the old one nowhere")
		}
		_, err = h.door.Pending(h.ctx, done.Secret)
		absent(t, err)

		late := h.signIn(account.Own)
		h.clock.Move(10 * time.Minute)
		_, err = h.door.Pending(h.ctx, late.Secret)
		absent(t, err)

		must(t, h.door.RemovePasskey(h.ctx, done.SignIn, p.ID))
		if in := h.signIn(account.Own); in.SignIn.Pending {
			t.Error("without a passkey a mail link is enough again")
		}
	})
}

func TestSomebodyElsesChangeLocksPrivateAreas(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		a, _ := h.addPasskey(h.signIn(account.Own), "telefoon")
		h.clock.Move(time.Hour)
		before := h.signIn(account.Own)
		changed := func(by, old, email string) {
			must(t, h.db.Write(h.ctx, func(tx *db.Tx) error {
				if _, err := db.Exec(h.ctx, tx, `update person set email = $2 where id = $1`, h.teacher, email); err != nil {
					return err
				}
				return h.door.AddressChanged(h.ctx, tx, h.teacher, by, old)
			}))
		}
		_, open := h.letter("n.haddad@hetbaken.nl")
		changed(h.founded.AdminID, "n.haddad@hetbaken.nl", "noor@hetbaken.nl")
		if l := h.post.last(t); l.Kind != account.LetterAddress || l.Email != "n.haddad@hetbaken.nl" || l.By != "Ada Admin" {
			t.Errorf("letter %+v", l)
		}
		if h.isIn(before.Secret) {
			t.Error("a sign-in outlived the address")
		}
		_, err := h.door.SpendLink(h.ctx, secretOf(open.URL), browser(account.Own))
		refused(t, err, "account.link_over")

		_, l := h.letter("noor@hetbaken.nl")
		in, err := h.door.SpendLink(h.ctx, secretOf(l.URL), browser(account.Own))
		must(t, err)
		if in.SignIn.Private(h.clock.Now()) {
			t.Fatal("whoever changed the address reads what is private")
		}
		ticket, err := h.door.RequestConfirm(h.ctx, in.SignIn)
		must(t, err)
		in, err = h.door.ConfirmCode(h.ctx, in.Secret, ticket, h.post.last(t).Code, browser(account.Own))
		must(t, err)
		if in.SignIn.Private(h.clock.Now()) {
			t.Fatal("a code to the new address opens what is private")
		}
		h.clock.Move(time.Minute)
		fresh, _ := h.addPasskey(in, "nieuw")
		c, err := h.door.BeginConfirm(h.ctx, in.SignIn)
		must(t, err)
		in, err = h.door.FinishConfirm(h.ctx, in.Secret, c.Challenge, fresh.get(c.Options), browser(account.Own))
		must(t, err)
		if in.SignIn.Private(h.clock.Now()) {
			t.Fatal("a passkey from after the change opens what is private")
		}
		c, err = h.door.BeginConfirm(h.ctx, in.SignIn)
		must(t, err)
		in, err = h.door.FinishConfirm(h.ctx, in.Secret, c.Challenge, a.get(c.Options), browser(account.Own))
		must(t, err)
		again, err := h.door.Authenticate(h.ctx, in.Secret)
		must(t, err)
		if !in.SignIn.Private(h.clock.Now()) || !again.Private(h.clock.Now()) {
			t.Error("a passkey from before the change must open what is private")
		}

		changed(h.teacher, "noor@hetbaken.nl", "n.haddad@hetbaken.nl")
		if in := h.signIn(account.Own); !in.SignIn.Private(h.clock.Now()) {
			t.Error("the own change locks nothing")
		}
		changed(h.founded.AdminID, "n.haddad@hetbaken.nl", "n.haddad@hetbaken.nl")
		h.clock.Move(72 * time.Hour)
		if in := h.signIn(account.Own); !in.SignIn.Private(h.clock.Now()) {
			t.Error("after three days the lock is gone")
		}
	})
}

func TestAnAdminHelpsWhoLostTheirPasskeys(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		first := h.signIn(account.Own)
		a, _ := h.addPasskey(first, "telefoon")
		must(t, h.door.PasskeyAlways(h.ctx, first.SignIn, true))
		must(t, h.door.ForgetPasskeys(h.ctx, h.who(h.founded.AdminID), h.teacher))
		if l := h.post.last(t); l.Kind != account.LetterWayChanged || l.By != "Ada Admin" {
			t.Errorf("letter %+v", l)
		}
		if h.isIn(first.Secret) {
			t.Error("a sign-in outlived the change")
		}
		_, err := h.passkeySignIn(a, browser(account.Own))
		refused(t, err, "account.passkey_refused")
		in := h.signIn(account.Own)
		if in.SignIn.Pending || in.SignIn.Private(h.clock.Now()) {
			t.Errorf("by mail, with private areas closed: %+v", in.SignIn)
		}
	})
}
