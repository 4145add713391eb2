package account_test

import (
	"net/netip"
	"regexp"
	"strings"
	"testing"

	"github.com/pquerna/otp/totp"

	"leerkring/access"
	"leerkring/account"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/ident"
	"leerkring/internal/outgoing"
	"leerkring/school"
	"leerkring/test/provider"
	accountweb "leerkring/web/account"
)

// lets gives the door one service more that may call this machine, and its pages.
func (w *door) lets(p *provider.Provider) (*accountweb.Room, string) {
	w.t.Helper()
	w.clock.Move(clock.System{}.Now().Sub(w.clock.Now()))
	for name := range w.people {
		w.signIn(name)
	}
	a, err := account.NewService(w.d, w.clock, w.post, account.NewLog(w.clock, []byte("key")), account.Config{BaseURL: "http://localhost", Key: []byte("a key outside the database"), Outgoing: outgoing.New(outgoing.Options{Roots: p.Roots, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})})
	w.ok(err)
	id := ident.At(w.clock.Now())
	p.Client("leerkring", "hush", a.Redirect(id))
	link, err := a.LinkFor(w.t.Context(), w.bea())
	w.ok(err)
	bea, err := a.SpendLink(w.t.Context(), link[strings.LastIndexByte(link, '/')+1:], account.Browser{Device: account.Own})
	w.ok(err)
	w.ok(a.SaveLogin(w.t.Context(), w.who(w.bea()), bea.SignIn, account.LoginSettings{ID: id, Kind: "other", Name: "Baken-account", Issuer: p.Issuer, ClientID: "leerkring", Secret: "hush"}))
	w.ok(w.d.Write(w.t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(w.t.Context(), tx, `update login_provider set enabled = $1`, true)
		return err
	}))
	rm := &accountweb.Room{Accounts: a, Schools: w.schools, Cookies: w.jar}
	w.Route("POST", "/sign-in/school/{login}", rm.GoToLogin)
	w.Route("GET", "/sign-in/school/{login}", rm.BackFromLogin)
	w.Route("POST", "/account/logins/{login}", rm.LinkLogin)
	w.Route("POST", "/account/logins/{login}/remove", rm.UnlinkLogin)
	w.Route("POST", "/account/confirm/school/{login}", rm.ConfirmByLogin)
	return rm, id
}

func TestTheLoginOfTheSchoolAtTheDoor(t *testing.T) {
	w := open(t)
	_, id := w.lets(provider.New(t))
	noor := w.people["noor"]
	for _, lang := range []string{"nl", "en"} {
		w.Lang = lang
		w.Get("", "/sign-in?next=/week").Has(t, `formaction="/sign-in/school/`+id+`"`, `name="device"`, `href="/sign-in/password?next=%2Fweek"`)
	}
	w.Lang = "nl"
	away := w.Post("", "/sign-in/school/"+id, "device", "own", "next", "//evil.example")
	away.Has(t, "We brengen je naar Baken-account", "127.0.0.1", "code_challenge_method=S256", "Ga naar de login")
	away.Lacks(t, "evil.example", "hush")
	back := w.Get("", "/sign-in/school/"+id+"?state="+ident.Secret()+"&code=x")
	back.Has(t, "Inloggen met je school lukte niet", "Begin opnieuw", `href="/sign-in"`)
	if back.Status == 200 {
		t.Errorf("a way back that nobody went: %d", back.Status)
	}
	if r := w.Post("", "/sign-in/school/"+ident.At(w.clock.Now())); r.Status != 404 {
		t.Errorf("a login that is not there: %d", r.Status)
	}
	w.Get(noor, "/account/security").Has(t, "Koppel Baken-account", "Met de login van school ben je een dag binnen")
	w.Get(noor, "/account/security").Lacks(t, "Stel een wachtwoord in")
	w.Get(w.people["guest"], "/account/security").Lacks(t, "Koppel Baken-account")
	w.Post(noor, "/account/logins/"+id).Has(t, "We brengen je naar Baken-account")
	w.Post(w.people["guest"], "/account/logins/"+ident.At(w.clock.Now()))
	w.ok(w.d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `insert into login_identity (id, person_id, board_id, issuer, subject, made_at, used_on)
			select $1, $2, l.board_id, l.issuer, 'u1', $3, '2026-03-19' from login_provider l`, ident.At(w.clock.Now()), noor, w.clock.Now())
		return err
	}))
	w.Get(noor, "/account/security").Has(t, "Maak los: Baken-account", "gebruikt")
	w.Post(noor, "/account/confirm/school/"+id, "next", "/account").Has(t, "We brengen je naar Baken-account", "prompt=login")
}

func TestAPasswordIsSetUpOnItsPages(t *testing.T) {
	w := open(t)
	rm := &accountweb.Room{Accounts: w.accounts, Schools: w.schools, Cookies: w.jar}
	w.Route("GET", "/account/password", rm.NewPassword)
	w.Route("POST", "/account/password", rm.ChoosePassword)
	w.Route("GET", "/account/password/code", rm.NewFactor)
	w.Route("POST", "/account/password/code", rm.KeepPassword)
	w.Route("POST", "/account/password/codes", rm.RenewCodes)
	w.Route("POST", "/account/password/remove", rm.RemovePassword)
	w.Route("GET", "/sign-in/password", rm.PasswordForm)
	w.Route("POST", "/sign-in/password", rm.EnterPassword)
	w.Route("GET", "/sign-in/second", rm.FactorForm)
	w.Route("POST", "/sign-in/second", rm.EnterFactor)
	noor := w.people["noor"]
	w.Get(noor, "/account/security").Has(t, "Stel een wachtwoord in")
	if r := w.Get(noor, "/account/password/code"); r.Location != "/account/password" {
		t.Errorf("nothing waits for a code: %q", r.Location)
	}
	w.Post(noor, "/account/password", "password", "kort").Has(t, "minstens 12 tekens", "Stap 1 van 2")
	if r := w.Post(noor, "/account/password", "password", "paarse fiets op zolder"); r.Location != "/account/password/code" {
		t.Fatalf("went to %q: %v", r.Location, r.Err)
	}
	w.Get(noor, "/account/password/code").Has(t, "<svg", "Of typ deze sleutel over")
	if m := regexp.MustCompile(`>\s*([A-Z2-7 ]{39,})</textarea>`).FindStringSubmatch(w.Get(noor, "/account/password/code").Body); m == nil {
		t.Error("no key to type over")
	}
	w.Post(noor, "/account/password/code", "code", "abc").Has(t, "zes cijfers", "<svg")
	in, err := w.accounts.Authenticate(t.Context(), w.jar.all[noor])
	w.ok(err)
	f, err := w.accounts.NewFactor(t.Context(), in)
	w.ok(err)
	code := func() string {
		c, err := totp.GenerateCode(f.Secret, w.clock.Now())
		w.ok(err)
		return c
	}
	w.Post(noor, "/account/password/code", "code", code()).Has(t, "Schrijf ze op, of print ze", "<code>")
	w.Get(noor, "/account/security").Has(t, "Je hebt nog 10 herstelcodes", "Neem een ander wachtwoord")
	w.Post(noor, "/account/password/codes").Has(t, "<code>")
	for _, lang := range []string{"nl", "en"} {
		w.Lang = lang
		w.Get("", "/sign-in/password").Has(t, `name="password"`, `autocomplete="current-password"`)
	}
	w.Lang = "nl"
	wrong := w.Post("", "/sign-in/password", "email", "noor@baken.example", "password", "een heel ander wachtwoord")
	wrong.Has(t, "passen niet bij elkaar", `value="noor@baken.example"`)
	wrong.Lacks(t, "een heel ander wachtwoord") // what was typed as a password comes back nowhere
	if r := w.Get("", "/sign-in/second"); r.Location != "/sign-in/password" {
		t.Errorf("nobody waits for a second half: %q", r.Location)
	}
	if r := w.Post(noor, "/account/password/remove"); r.Location != "/account/security?said=account_password_removed#password" {
		t.Errorf("went to %q: %v", r.Location, r.Err)
	}
}

// bea looks after the school.
func (w *door) bea() string {
	w.t.Helper()
	id, err := db.One(w.t.Context(), w.d, `select id from person where email = 'bea@baken.example'`, db.Str)
	w.ok(err)
	return id
}

func (w *door) who(personID string) access.Who {
	w.t.Helper()
	k, err := school.Knows(w.t.Context(), w.d, personID)
	w.ok(err)
	return k.Who
}
