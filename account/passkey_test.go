package account_test

import (
	"bytes"
	"testing"
	"time"

	"leerkring/account"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
)

// addPasskey gives whoever is signed in a passkey.
func (h *house) addPasskey(in account.Entered, name string) (*authenticator, account.Passkey) {
	h.t.Helper()
	a := newAuthenticator(h.t)
	c, err := h.door.BeginPasskey(h.ctx, in.SignIn)
	must(h.t, err)
	p, err := h.door.FinishPasskey(h.ctx, in.SignIn, c.Challenge, name, a.create(c.Options), browser(account.Own))
	must(h.t, err)
	return a, p
}

func (h *house) passkeySignIn(a *authenticator, b account.Browser) (account.Entered, error) {
	h.t.Helper()
	c, err := h.door.BeginPasskeySignIn(h.ctx)
	must(h.t, err)
	return h.door.FinishPasskeySignIn(h.ctx, c.Challenge, "/week", a.get(c.Options), b)
}

func TestAPasskeyLetsItsOwnerInWithoutAName(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		a, p := h.addPasskey(h.signIn(account.Own), " mijn telefoon ")
		if l := h.post.last(t); l.Kind != account.LetterPasskey || l.Email != "n.haddad@hetbaken.nl" || l.Secret() {
			t.Errorf("letter %+v", l)
		}
		h.clock.Move(26 * time.Hour)
		in, err := h.passkeySignIn(a, browser(account.Own))
		must(t, err)
		if in.SignIn.PersonID != h.teacher || in.SignIn.Way != account.ByPasskey || in.Next != "/week" || !h.isIn(in.Secret) {
			t.Errorf("entered %+v", in)
		}
		list, err := h.door.Passkeys(h.ctx, in.SignIn)
		must(t, err)
		if len(list) != 1 || list[0].ID != p.ID || list[0].Name != "mijn telefoon" || list[0].UsedOn != clock.Date("2026-03-20") {
			t.Errorf("passkeys %+v", list)
		}
		must(t, h.door.RenamePasskey(h.ctx, in.SignIn, p.ID, "oude telefoon"))
		refused(t, h.door.RenamePasskey(h.ctx, in.SignIn, p.ID, " \n "), "account.passkey_name")
		must(t, h.door.RemovePasskey(h.ctx, in.SignIn, p.ID))
		_, err = h.passkeySignIn(a, browser(account.Own))
		refused(t, err, "account.passkey_refused")
	})
}

// T-A5: whatever does not fit is refused in the same words, and nobody comes in.
func TestPasskeyAttacksAreRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		good, _ := h.addPasskey(h.signIn(account.Own), "telefoon")
		admins, _ := h.addPasskey(h.adminSignIn(), "laptop")
		stranger := newAuthenticator(t)
		stranger.handle = good.handle
		ins := h.count(`select count(*) from sign_in`)
		for name, bend := range map[string]func(a *authenticator){
			"another origin":              func(a *authenticator) { a.origin = "https://leerkring.evil.nl" },
			"another scheme":              func(a *authenticator) { a.origin = "http://leerkring.hetbaken.nl" },
			"another house":               func(a *authenticator) { a.rpID = "evil.nl" },
			"another question":            func(a *authenticator) { a.asked = b64.EncodeToString(make([]byte, 32)) },
			"nobody verified":             func(a *authenticator) { a.unseen = true },
			"another owner":               func(a *authenticator) { a.handle = admins.handle },
			"no owner":                    func(a *authenticator) { a.handle = nil },
			"an owner that is no id":      func(a *authenticator) { a.handle = []byte("' or 1=1 --") },
			"a key nobody knows":          func(a *authenticator) { a.id = bytes.Repeat([]byte{7}, 32) },
			"another key under this name": func(a *authenticator) { a.key = stranger.key },
		} {
			a := *good
			bend(&a)
			_, err := h.passkeySignIn(&a, account.Browser{Address: name})
			if errs.FieldsOf(err) == nil || errs.FieldsOf(err)[0].Key != "account.passkey_refused" {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, answer := range [][]byte{nil, []byte("{}"), []byte("[]"), []byte(`{"id":"x"}`), bytes.Repeat([]byte("["), 60<<10)} {
			c, err := h.door.BeginPasskeySignIn(h.ctx)
			must(t, err)
			_, err = h.door.FinishPasskeySignIn(h.ctx, c.Challenge, "", answer, account.Browser{Address: "junk"})
			refused(t, err, "account.passkey_refused")
		}
		if n := h.count(`select count(*) from sign_in`); n != ins {
			t.Errorf("%d sign-ins more", n-ins)
		}
		if n := h.count(`select count(*) from security_log where kind = 'passkey.refused'`); n != 15 {
			t.Errorf("%d refusals noted", n)
		}
		_, err := h.passkeySignIn(good, browser(account.Own))
		must(t, err)
	})
}

func TestAQuestionIsAnsweredOnceWithinFiveMinutes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		in := h.signIn(account.Own)
		a, _ := h.addPasskey(in, "telefoon")
		c, err := h.door.BeginPasskeySignIn(h.ctx)
		must(t, err)
		answer := a.get(c.Options)
		_, err = h.door.FinishPasskeySignIn(h.ctx, c.Challenge, "", answer, browser(account.Own))
		must(t, err)
		_, err = h.door.FinishPasskeySignIn(h.ctx, c.Challenge, "", answer, browser(account.Own))
		refused(t, err, "account.passkey_again")

		c, err = h.door.BeginPasskeySignIn(h.ctx)
		must(t, err)
		_, err = h.door.FinishPasskeySignIn(h.ctx, c.Challenge, "", []byte("{}"), browser(account.Own))
		refused(t, err, "account.passkey_refused")
		_, err = h.door.FinishPasskeySignIn(h.ctx, c.Challenge, "", a.get(c.Options), browser(account.Own))
		refused(t, err, "account.passkey_again") // a wrong answer is an answer

		c, err = h.door.BeginPasskeySignIn(h.ctx)
		must(t, err)
		h.clock.Move(5 * time.Minute)
		_, err = h.door.FinishPasskeySignIn(h.ctx, c.Challenge, "", a.get(c.Options), browser(account.Own))
		refused(t, err, "account.passkey_again")

		// A question to confirm is of one sign-in, and is no question to sign in.
		c, err = h.door.BeginConfirm(h.ctx, in.SignIn)
		must(t, err)
		_, err = h.door.FinishPasskeySignIn(h.ctx, c.Challenge, "", a.get(c.Options), browser(account.Own))
		refused(t, err, "account.passkey_again")
		other := h.signIn(account.Own)
		_, err = h.door.FinishConfirm(h.ctx, other.Secret, c.Challenge, a.get(c.Options), browser(account.Own))
		refused(t, err, "account.passkey_again")
		_, err = h.door.FinishConfirm(h.ctx, in.Secret, c.Challenge, a.get(c.Options), browser(account.Own))
		must(t, err)
		c, err = h.door.BeginConfirm(h.ctx, other.SignIn)
		must(t, err)
		_, err = h.door.FinishPasskey(h.ctx, other.SignIn, c.Challenge, "x", newAuthenticator(t).answerTo(c.Options), browser(account.Own))
		refused(t, err, "account.passkey_again") // nor a question to add a key
	})
}

func TestACopiedKeyIsRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		a, _ := h.addPasskey(h.signIn(account.Own), "telefoon")
		copied := *a
		for range 3 {
			_, err := h.passkeySignIn(a, browser(account.Own))
			must(t, err)
		}
		_, err := h.passkeySignIn(&copied, browser(account.Own))
		refused(t, err, "account.passkey_refused")
	})
}

func TestAddingAPasskeyAsksWhoYouAre(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		in := h.signIn(account.Own)
		a, p := h.addPasskey(in, "telefoon")
		c, err := h.door.BeginPasskey(h.ctx, in.SignIn)
		must(t, err)
		_, err = h.door.FinishPasskey(h.ctx, in.SignIn, c.Challenge, "nog eens", a.create(c.Options), browser(account.Own))
		refused(t, err, "account.passkey_known")

		bent := newAuthenticator(t)
		bent.unseen = true
		c, err = h.door.BeginPasskey(h.ctx, in.SignIn)
		must(t, err)
		_, err = h.door.FinishPasskey(h.ctx, in.SignIn, c.Challenge, "x", bent.create(c.Options), browser(account.Own))
		refused(t, err, "account.passkey_refused")

		admin := h.adminSignIn()
		c, err = h.door.BeginPasskey(h.ctx, in.SignIn)
		must(t, err)
		_, err = h.door.FinishPasskey(h.ctx, admin.SignIn, c.Challenge, "x", newAuthenticator(t).create(c.Options), browser(account.Own))
		refused(t, err, "account.passkey_again") // somebody else's question
		absent(t, h.door.RemovePasskey(h.ctx, admin.SignIn, p.ID))
		absent(t, h.door.RenamePasskey(h.ctx, admin.SignIn, p.ID, "van mij"))

		h.clock.Move(12 * time.Hour)
		_, err = h.door.BeginPasskey(h.ctx, in.SignIn)
		refused(t, err, account.ConfirmFirst)
		_, err = h.door.FinishPasskey(h.ctx, in.SignIn, c.Challenge, "x", nil, browser(account.Own))
		refused(t, err, account.ConfirmFirst)
		refused(t, h.door.RemovePasskey(h.ctx, in.SignIn, p.ID), account.ConfirmFirst)
		if n := h.count(`select count(*) from passkey`); n != 1 {
			t.Errorf("%d passkeys", n)
		}
	})
}

func TestSomebodySuspendedDoesNotComeInWithAPasskey(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		a, _ := h.addPasskey(h.signIn(account.Own), "telefoon")
		must(t, h.door.Suspend(h.ctx, h.who(h.founded.AdminID), h.teacher))
		_, err := h.passkeySignIn(a, browser(account.Own))
		refused(t, err, "account.passkey_refused")
		must(t, h.door.Restore(h.ctx, h.who(h.founded.AdminID), h.teacher))
		_, err = h.passkeySignIn(a, browser(account.Own))
		must(t, err)
	})
}

func TestPasskeysNeedAName(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := openAs(t, d, account.Config{BaseURL: "http://127.0.0.1:8080"})
		if h.door.HasPasskeys() {
			t.Error("browsers know no passkeys for a bare address")
		}
		_, err := h.door.BeginPasskeySignIn(h.ctx)
		refused(t, err, "account.passkeys_off")
		_, err = h.door.FinishPasskeySignIn(h.ctx, "", "", nil, browser(account.Own))
		refused(t, err, "account.passkeys_off")
		_, err = h.door.BeginPasskey(h.ctx, h.signIn(account.Own).SignIn)
		refused(t, err, "account.passkeys_off")
		if !h.service(account.Config{BaseURL: "http://localhost:8080"}).HasPasskeys() {
			t.Error("localhost has passkeys")
		}
		for _, bad := range []string{"", "leerkring.nl", "ftp://leerkring.nl", "https://", "https://x.nl/?a=b", "https://x.nl/#a", "javascript:alert(1)"} {
			if _, err := account.NewService(h.db, h.clock, h.post, h.log, account.Config{BaseURL: bad}); err == nil {
				t.Errorf("%q is no base address", bad)
			}
		}
	})
}
