package admin_test

import (
	"strings"
	"testing"

	"leerkring/account"
	"leerkring/account/openid"
	"leerkring/internal/db"
	"leerkring/web/admin"
	"leerkring/web/room"
)

// visits are those of a browser that stays at home.
type visits struct{ w *desk }

func (v visits) Visitor(r *room.Request) (account.SignIn, string, account.Browser, error) {
	return account.SignIn{ID: "x", PersonID: r.Who().ID, BoardID: r.Who().BoardID, Device: account.Own, ConfirmedAt: v.w.clock.Now()}, "", account.Browser{}, nil
}

func (v visits) Leave(r *room.Request, trip account.Trip) error { return r.Go(trip.URL) }

func TestALoginIsSetUpOnOnePage(t *testing.T) {
	w := open(t)
	rm := &admin.Room{DB: w.d, Schools: w.schools, Accounts: w.accounts, Log: account.NewLog(w.clock, []byte("key")), Door: w.door, Visits: visits{w}}
	w.Route("GET", "/admin/school-login", rm.Logins)
	w.Route("POST", "/admin/school-login", rm.SaveLogin)
	w.Route("POST", "/admin/school-login/{login}/test", rm.TestLogin)
	w.Route("POST", "/admin/school-login/{login}/turn", rm.TurnLogin)
	w.Route("POST", "/admin/school-login/{login}/remove", rm.RemoveLogin)
	ada := w.people["admin"]
	for _, name := range []string{"noor", "leader", "privacy"} {
		if r := w.Get(w.people[name], "/admin/school-login"); r.Status != 404 {
			t.Errorf("%s finds the page: %d", name, r.Status)
		}
	}
	page := w.Get(ada, "/admin/school-login")
	page.Has(t, "Zet een login klaar", "Microsoft (Entra)", "http://localhost/sign-in/school/", `type="password"`)
	_, rest, _ := strings.Cut(page.Body, `name="id" value="`)
	id := rest[:26]

	bad := w.Post(ada, "/admin/school-login", "id", id, "version", "0", "kind", "entra", "name", "", "issuer", "common", "client_id", "leerkring", "secret", "hush-hush")
	bad.Has(t, "Geef deze login een naam", "Met dit adres mag iedereen ter wereld aankloppen", `value="leerkring"`, "/sign-in/school/"+id)
	bad.Lacks(t, "hush-hush")
	w.Post(ada, "/admin/school-login", "id", id, "version", "0", "kind", "google", "name", "Google", "client_id", "c", "secret", "s").Has(t, "Via dit adres komen veel scholen")
	good := []string{"id", id, "version", "0", "kind", "other", "name", "Baken-account", "issuer", "https://127.0.0.1:1", "client_id", "leerkring", "secret", "hush-hush", "vouches", "true"}
	if r := w.Post(ada, "/admin/school-login", good...); r.Location != "/admin/school-login?said=admin_login_saved#login-"+id {
		t.Fatalf("went to %q: %v", r.Location, r.Err)
	}
	kept := w.Get(ada, "/admin/school-login")
	kept.Has(t, "Nog niet geprobeerd", "We bewaren het geheim", "staat uit", "Zet nog een login klaar")
	kept.Lacks(t, "hush-hush", "Zet aan:")
	w.Post(ada, "/admin/school-login/"+id+"/turn", "on", "true").Has(t, "Probeer de login eerst uit")
	if r := w.Post(ada, "/admin/school-login/"+id+"/test"); r.Location != "/admin/school-login#login-"+id {
		t.Errorf("went to %q: %v", r.Location, r.Err)
	}
	w.Get(ada, "/admin/school-login").Has(t, "Dit adres ligt in een gesloten netwerk", "--outgoing-allow")
	if r := w.Post(w.people["outsider"], "/admin/school-login/"+id+"/test"); r.Status != 404 {
		t.Errorf("another board tries it: %d", r.Status)
	}

	// Every reason has its sentence, in both languages.
	for _, reason := range []openid.Reason{openid.Fine, openid.BadAddress, openid.NoHost, openid.NoTLS, openid.Slow, openid.Down, openid.NotOpenID, openid.BadIssuer, openid.BadKeys, openid.NotHTTPS, openid.OldCrypto, openid.Left, openid.Denied,
		openid.BadClient, openid.Unwilling, openid.BadSecret, openid.BadRedirect, openid.BadCode, openid.BadToken, openid.Unsigned, openid.NotForUs, openid.BadClock, openid.BadNonce, openid.NoSubject, openid.Outside, openid.NotFresh} {
		w.ok(w.d.Write(t.Context(), func(tx *db.Tx) error {
			_, err := db.Exec(t.Context(), tx, `update login_provider set looked = $1`, `{"reason":"`+string(reason)+`","at":"2026-03-19T12:00:00Z","no_mail":true}`)
			return err
		}))
		for _, lang := range []string{"nl", "en"} {
			w.Lang = lang
			w.Get(ada, "/admin/school-login").Lacks(t, "login_why", "admin.login", "{redirect}", "{issuer}")
		}
	}
	w.Lang = "nl"
	w.ok(w.d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `update login_provider set looked = '{"reason":"fine","at":"2026-03-19T12:00:00Z"}'`)
		return err
	}))
	if r := w.Post(ada, "/admin/school-login/"+id+"/turn", "on", "true"); r.Location != "/admin/school-login?said=admin_login_on#login-"+id {
		t.Errorf("went to %q: %v", r.Location, r.Err)
	}
	w.Get(ada, "/admin/school-login").Has(t, "staat aan", "Zet uit: Baken-account", "Het werkt.")
	if r := w.Post(ada, "/admin/school-login/"+id+"/remove"); r.Location != "/admin/school-login?said=admin_login_removed" {
		t.Errorf("went to %q: %v", r.Location, r.Err)
	}
}
