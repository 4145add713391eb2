package account_test

import (
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"leerkring/account"
	"leerkring/account/openid"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/internal/outgoing"
	"leerkring/test/provider"
)

// schoolHouse is a house with a login of the school that is on.
type schoolHouse struct {
	*house
	login *provider.Provider
	id    string
	admin account.SignIn
}

func openSchool(t *testing.T, d *db.DB, vouches bool) *schoolHouse {
	t.Helper()
	p := provider.New(t)
	h := &schoolHouse{login: p}
	h.house = openAs(t, d, account.Config{BaseURL: base, Key: []byte("a key outside the database"), Outgoing: outgoing.New(outgoing.Options{Roots: p.Roots, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})})
	h.clock.Move(clock.System{}.Now().Sub(h.clock.Now())) // the login has a clock of its own
	p.Add(provider.User{ID: "u-noor", Name: "noor", Password: "open", Email: "n.haddad@hetbaken.nl", Verified: true})
	p.Add(provider.User{ID: "u-sanne", Name: "sanne", Password: "open", Email: "s.bos@hetbaken.nl", Verified: true})
	p.Add(provider.User{ID: "u-ada", Name: "ada", Password: "open", Email: "ada@hetbaken.nl", Verified: true})
	h.admin = h.adminSignIn().SignIn
	h.id = h.setUp(p, "leerkring", vouches)
	return h
}

// setUp makes a login, tries it and turns it on.
func (h *schoolHouse) setUp(p *provider.Provider, client string, vouches bool) string {
	h.t.Helper()
	id := ident.At(h.clock.Now())
	p.Client(client, "hush", h.door.Redirect(id))
	who := h.who(h.founded.AdminID)
	must(h.t, h.door.SaveLogin(h.ctx, who, h.admin, account.LoginSettings{ID: id, Kind: openid.Other, Name: "Baken-login", Issuer: p.Issuer, ClientID: client, Secret: "hush", Vouches: vouches}))
	refused(h.t, h.door.TurnLogin(h.ctx, who, h.admin, id, true), "account.login_try_first")
	h.exec(`update login_provider set looked = '{"reason":"fine"}' where id = $1`, id)
	must(h.t, h.door.TurnLogin(h.ctx, who, h.admin, id, true))
	return id
}

// away begins a visit, signs in at the login, and returns what the browser brings back.
func (h *schoolHouse) away(name, invitation string) (account.LoginReturn, string) {
	h.t.Helper()
	trip, err := h.door.BeginLogin(h.ctx, h.id, invitation, "/week", "", browser(account.Own))
	must(h.t, err)
	return h.there(trip, name), trip.Secret
}

func (h *schoolHouse) there(trip account.Trip, name string) account.LoginReturn {
	h.t.Helper()
	back, err := h.login.Visit(h.ctx, trip.URL, name, "open")
	must(h.t, err)
	return returned(h.t, back)
}

func returned(t *testing.T, address string) account.LoginReturn {
	t.Helper()
	u, err := url.Parse(address)
	must(t, err)
	q := u.Query()
	return account.LoginReturn{State: q.Get("state"), Code: q.Get("code"), Issuer: q.Get("iss"), Refused: q.Get("error")}
}

func (h *schoolHouse) comeIn(name, invitation string) (account.LoginEnd, error) {
	h.t.Helper()
	r, cookie := h.away(name, invitation)
	return h.door.FinishLogin(h.ctx, h.id, r, cookie, "", browser(account.Own))
}

func (h *schoolHouse) signIns() int {
	return h.count(`select count(*) from sign_in where way = 'school'`)
}

func eachSchool(t *testing.T, vouches bool, f func(t *testing.T, h *schoolHouse)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, openSchool(t, d, vouches)) })
}

func TestAnInvitationIsTakenUpWithTheSchoolLogin(t *testing.T) {
	eachSchool(t, false, func(t *testing.T, h *schoolHouse) {
		sanne, invitation := h.invited("s.bos@hetbaken.nl")
		_, err := h.comeIn("sanne", "")
		refused(t, err, "account.login_stranger") // the board does not take addresses from it
		_, err = h.comeIn("sanne", ident.Secret())
		refused(t, err, "account.login_stranger")
		if h.signIns() != 0 || h.state(sanne) != "invited" {
			t.Fatal("somebody came in")
		}
		end, err := h.comeIn("sanne", invitation)
		must(t, err)
		in := end.Entered
		if in.SignIn.PersonID != sanne || in.SignIn.Way != account.BySchool || !in.First || in.Next != "/week" || h.state(sanne) != "active" || !h.isIn(in.Secret) {
			t.Errorf("%+v", in)
		}
		if in.SignIn.EndsAt.Sub(h.clock.Now()) > 24*time.Hour || !in.SignIn.Confirmed(h.clock.Now()) {
			t.Errorf("in until %v, proved at %v", in.SignIn.EndsAt, in.SignIn.ConfirmedAt)
		}
		again, err := h.comeIn("sanne", "")
		must(t, err)
		if again.Entered.First || again.Entered.SignIn.PersonID != sanne {
			t.Errorf("%+v", again)
		}
		_, other := h.invited("t.ander@hetbaken.nl") // a known identity takes up nobody's invitation
		end, err = h.comeIn("sanne", other)
		must(t, err)
		if end.Entered.SignIn.PersonID != sanne || h.count(`select count(*) from account_link where kind = 'invitation' and spent_at is null`) != 1 {
			t.Errorf("%+v", end.Entered.SignIn)
		}
	})
}

func TestTheAddressCountsOnlyWhereTheBoardSaysSo(t *testing.T) {
	eachSchool(t, true, func(t *testing.T, h *schoolHouse) {
		_, err := h.comeIn("noor", "") // active already: an address proves nothing
		refused(t, err, "account.login_stranger")
		sanne, _ := h.invited("s.bos@hetbaken.nl")
		h.login.Lie(&provider.Bend{Claims: func(c map[string]any) { c["email_verified"] = false }, UserInfo: func(c map[string]any) { c["email_verified"] = false }})
		_, err = h.comeIn("sanne", "")
		refused(t, err, "account.login_stranger")
		h.login.Lie(nil)
		must(t, h.door.WithdrawInvitation(h.ctx, h.who(h.founded.AdminID), sanne))
		_, err = h.comeIn("sanne", "")
		refused(t, err, "account.login_stranger")
		must(t, h.door.InviteAgain(h.ctx, h.who(h.founded.AdminID), sanne, account.AsStaff))
		end, err := h.comeIn("sanne", "")
		must(t, err)
		if end.Entered.SignIn.PersonID != sanne || !end.Entered.First {
			t.Errorf("%+v", end)
		}
		// The address moves on to a colleague; the identity does not.
		h.exec(`update person set email = 's.bos.oud@hetbaken.nl' where id = $1`, sanne)
		h.invited("s.bos@hetbaken.nl")
		end, err = h.comeIn("sanne", "")
		must(t, err)
		if end.Entered.SignIn.PersonID != sanne {
			t.Error("an address was taken for an identity")
		}
	})
}

// T-A5: state, browser, login and moment. Nothing of it makes a session.
func TestAVisitEndsOnceInItsOwnBrowser(t *testing.T) {
	eachSchool(t, false, func(t *testing.T, h *schoolHouse) {
		_, invitation := h.invited("s.bos@hetbaken.nl")
		end := func(id string, r account.LoginReturn, cookie string) error {
			_, err := h.door.FinishLogin(h.ctx, id, r, cookie, "", browser(account.Own))
			return err
		}
		other := provider.New(t)
		evil := h.setUpAt(other)
		r, cookie := h.away("sanne", invitation)
		wrong := r
		wrong.State = ident.Secret()
		for name, err := range map[string]error{
			"another state":         end(h.id, wrong, cookie),
			"no state":              end(h.id, account.LoginReturn{Code: r.Code}, cookie),
			"another browser":       end(h.id, r, ident.Secret()),
			"no cookie":             end(h.id, r, ""),
			"back at another login": end(evil, r, cookie),
		} {
			if f := errs.FieldsOf(err); len(f) != 1 || f[0].Key != "account.login_again" {
				t.Errorf("%s: %v", name, err)
			}
		}
		must(t, end(h.id, r, cookie))
		refused(t, end(h.id, r, cookie), "account.login_again") // once is once
		r, cookie = h.away("sanne", "")
		code := r.Code
		must(t, end(h.id, r, cookie))
		r, cookie = h.away("sanne", "")
		r.Code = code // a code that was used, in a visit of its own
		refused(t, end(h.id, r, cookie), "account.login_again")
		r, cookie = h.away("sanne", "")
		h.clock.Move(10 * time.Minute)
		refused(t, end(h.id, r, cookie), "account.login_again")
		if h.signIns() != 2 {
			t.Errorf("%d sign-ins", h.signIns())
		}
		if n := h.count(`select count(*) from security_log where kind = 'school_login.refused'`); n != 1 {
			t.Errorf("%d refusals noted", n)
		}
	})
}

// setUpAt makes a second login for the board, at another provider.
func (h *schoolHouse) setUpAt(p *provider.Provider) string {
	h.t.Helper()
	id := ident.At(h.clock.Now())
	must(h.t, h.door.SaveLogin(h.ctx, h.who(h.founded.AdminID), h.admin, account.LoginSettings{ID: id, Kind: openid.Other, Name: "Ander", Issuer: p.Issuer, ClientID: "leerkring", Secret: "hush"}))
	h.exec(`update login_provider set enabled = $2 where id = $1`, id, true)
	return id
}

func TestWhoIsNotOursStaysOutside(t *testing.T) {
	eachSchool(t, true, func(t *testing.T, h *schoolHouse) {
		sanne, invitation := h.invited("s.bos@hetbaken.nl")
		_, err := h.comeIn("sanne", invitation)
		must(t, err)
		must(t, h.door.Suspend(h.ctx, h.who(h.founded.AdminID), sanne))
		_, err = h.comeIn("sanne", "")
		refused(t, err, "account.login_stranger")
		if h.signIns() != 0 {
			t.Error("somebody suspended is in")
		}
		must(t, h.door.Restore(h.ctx, h.who(h.founded.AdminID), sanne))
		_, err = h.comeIn("sanne", "")
		must(t, err)

		// A guest is of elsewhere, and so is the login of a guest.
		guest, secret := h.invited("gast@hetbaken.nl")
		h.exec(`update person set guest = $2 where id = $1`, guest, true)
		h.login.Add(provider.User{ID: "u-gast", Name: "gast", Password: "open", Email: "gast@hetbaken.nl", Verified: true})
		_, err = h.comeIn("gast", secret)
		refused(t, err, "account.login_stranger")
		_, err = h.comeIn("gast", "")
		refused(t, err, "account.login_stranger")

		// Somebody of another board with the same address, and an invitation there.
		h.stranger()
		h.exec(`update person set email = 'x@hetbaken.nl', state = 'invited' where email = 'otto@oever.nl'`)
		h.login.Add(provider.User{ID: "u-x", Name: "x", Password: "open", Email: "x@hetbaken.nl", Verified: true})
		_, err = h.comeIn("x", "")
		refused(t, err, "account.login_stranger")
	})
}

func TestALoginIsConnectedFromWithin(t *testing.T) {
	eachSchool(t, false, func(t *testing.T, h *schoolHouse) {
		in := h.signIn(account.Own)
		trip, err := h.door.BeginLoginLink(h.ctx, in.SignIn, h.id, "", browser(account.Own))
		must(t, err)
		r := h.there(trip, "noor")
		_, err = h.door.FinishLogin(h.ctx, h.id, r, trip.Secret, h.adminSignIn().Secret, browser(account.Own))
		refused(t, err, "account.login_again") // somebody else is signed in there by now
		trip, err = h.door.BeginLoginLink(h.ctx, in.SignIn, h.id, "", browser(account.Own))
		must(t, err)
		r = h.there(trip, "noor")
		end, err := h.door.FinishLogin(h.ctx, h.id, r, trip.Secret, in.Secret, browser(account.Own))
		must(t, err)
		if end.Purpose != account.LoginLinked || h.post.last(t).Kind != account.LetterLogin {
			t.Errorf("%+v", end)
		}
		back, err := h.comeIn("noor", "")
		must(t, err)
		if back.Entered.SignIn.PersonID != h.teacher {
			t.Errorf("%+v", back.Entered.SignIn)
		}

		ada := h.adminSignIn()
		trip, err = h.door.BeginLoginLink(h.ctx, ada.SignIn, h.id, "", browser(account.Own))
		must(t, err)
		_, err = h.door.FinishLogin(h.ctx, h.id, h.there(trip, "noor"), trip.Secret, ada.Secret, browser(account.Own))
		refused(t, err, "account.login_other")

		h.clock.Move(13 * time.Hour)
		_, err = h.door.BeginLoginLink(h.ctx, in.SignIn, h.id, "", browser(account.Own))
		refused(t, err, account.ConfirmFirst)
	})
}

func TestTheSchoolLoginConfirms(t *testing.T) {
	eachSchool(t, false, func(t *testing.T, h *schoolHouse) {
		_, invitation := h.invited("s.bos@hetbaken.nl")
		end, err := h.comeIn("sanne", invitation)
		must(t, err)
		in := end.Entered
		h.exec(`update sign_in set confirmed_at = null where id = $1`, in.SignIn.ID)
		now, err := h.door.Authenticate(h.ctx, in.Secret)
		must(t, err)
		if now.Confirmed(h.clock.Now()) {
			t.Fatal("still confirmed")
		}
		confirm := func(name string, lie *provider.Bend) (account.LoginEnd, error) {
			trip, err := h.door.BeginLoginConfirm(h.ctx, now, h.id, "/account/tokens", "", browser(account.Own))
			must(t, err)
			if !strings.Contains(trip.URL, "prompt=login") || !strings.Contains(trip.URL, "max_age=0") {
				t.Errorf("does not ask again: %s", trip.URL)
			}
			r := h.there(trip, name)
			h.login.Lie(lie)
			defer h.login.Lie(nil)
			return h.door.FinishLogin(h.ctx, h.id, r, trip.Secret, in.Secret, browser(account.Own))
		}
		_, err = confirm("noor", nil)
		refused(t, err, "account.login_other")
		_, err = confirm("sanne", &provider.Bend{Claims: func(c map[string]any) { c["auth_time"] = h.clock.Now().Add(-2 * time.Hour).Unix() }})
		refused(t, err, "account.login_not_fresh")
		end, err = confirm("sanne", nil)
		must(t, err)
		if !end.Entered.SignIn.Confirmed(h.clock.Now()) || end.Entered.Next != "/account/tokens" || h.isIn(in.Secret) || !h.isIn(end.Entered.Secret) {
			t.Errorf("%+v", end)
		}
		// Who was in at the login long before is in here, and private areas ask.
		h.login.Lie(&provider.Bend{Claims: func(c map[string]any) { c["auth_time"] = h.clock.Now().Add(-20 * time.Hour).Unix() }})
		old, err := h.comeIn("sanne", "")
		must(t, err)
		if old.Entered.SignIn.Confirmed(h.clock.Now()) {
			t.Error("a day-old sign-in elsewhere confirms here")
		}
	})
}

func TestAnotherHandAtALoginLocksPrivateAreas(t *testing.T) {
	eachSchool(t, false, func(t *testing.T, h *schoolHouse) {
		sanne, invitation := h.invited("s.bos@hetbaken.nl")
		end, err := h.comeIn("sanne", invitation)
		must(t, err)
		must(t, h.door.ForgetLogins(h.ctx, h.who(h.founded.AdminID), sanne))
		if h.isIn(end.Entered.Secret) || h.post.last(t).Kind != account.LetterLoginGone || h.post.last(t).By != "Ada Admin" {
			t.Errorf("%+v", h.post.last(t))
		}
		_, err = h.comeIn("sanne", "")
		refused(t, err, "account.login_stranger")
		_, l := h.letter("s.bos@hetbaken.nl")
		in, err := h.door.SpendLink(h.ctx, secretOf(l.URL), browser(account.Own))
		must(t, err)
		if !in.SignIn.Locked(h.clock.Now()) || in.SignIn.Locked(h.clock.Now().Add(73*time.Hour)) {
			t.Errorf("locked until %v", in.SignIn.LockedUntil)
		}
		absent(t, h.door.ForgetLogins(h.ctx, h.who(h.stranger()), sanne))
		absent(t, h.door.ForgetLogins(h.ctx, h.who(h.teacher), sanne))
	})
}

func TestALoginIsTried(t *testing.T) {
	eachSchool(t, false, func(t *testing.T, h *schoolHouse) {
		ada := h.adminSignIn()
		h.admin = ada.SignIn
		who := h.who(h.founded.AdminID)
		looked := func() account.Looked {
			list, err := h.door.Logins(h.ctx, who)
			must(t, err)
			return list[0].Looked
		}
		try := func() account.Trip {
			trip, err := h.door.BeginLoginTest(h.ctx, who, ada.SignIn, h.id, "", browser(account.Own))
			must(t, err)
			return trip
		}
		trip := try()
		if looked().Reason != openid.Left {
			t.Errorf("on the way: %+v", looked())
		}
		end, err := h.door.FinishLogin(h.ctx, h.id, h.there(trip, "ada"), trip.Secret, ada.Secret, browser(account.Own))
		must(t, err)
		if end.Purpose != account.LoginTried || end.Entered.Secret != "" || looked().Reason != openid.Fine || looked().NoMail || len(looked().Told) == 0 {
			t.Errorf("%+v, %+v", end, looked())
		}
		change := func(f func(n *account.LoginSettings)) {
			list, err := h.door.Logins(h.ctx, who)
			must(t, err)
			l := list[0]
			n := account.LoginSettings{ID: l.ID, Version: l.Version, Kind: l.Kind, Name: l.Name, Issuer: l.Issuer, ClientID: l.ClientID}
			f(&n)
			must(t, h.door.SaveLogin(h.ctx, who, h.admin, n))
		}
		change(func(n *account.LoginSettings) { n.Secret = "another" })
		if looked().Reason != "" {
			t.Errorf("an old try counts for new settings: %+v", looked())
		}
		trip = try()
		_, err = h.door.FinishLogin(h.ctx, h.id, h.there(trip, "ada"), trip.Secret, ada.Secret, browser(account.Own))
		must(t, err)
		if looked().Reason != openid.BadSecret {
			t.Errorf("wrong secret: %+v", looked())
		}
		change(func(n *account.LoginSettings) { n.ClientID = "unknown" })
		if trip := try(); trip.URL != "" || looked().Reason != openid.BadClient {
			t.Errorf("unknown client: %+v", looked())
		}
		h.login.Client("elsewhere", "hush", "https://elsewhere.example/back")
		change(func(n *account.LoginSettings) { n.ClientID, n.Secret = "elsewhere", "hush" })
		if trip := try(); trip.URL != "" || looked().Reason != openid.BadRedirect {
			t.Errorf("a way back that is not registered: %+v", looked())
		}
		h.login.Lie(&provider.Bend{About: func(c map[string]any) { c["issuer"] = "https://evil.example" }})
		if trip := try(); trip.URL != "" || looked().Reason != openid.BadIssuer {
			t.Errorf("calls itself otherwise: %+v", looked())
		}
		if _, err := h.door.BeginLoginTest(h.ctx, h.who(h.teacher), h.signIn(account.Own).SignIn, h.id, "", browser(account.Own)); !errs.IsAbsent(err) {
			t.Errorf("a teacher tries: %v", err)
		}
	})
}

func TestWhoLooksAfterLogins(t *testing.T) {
	eachSchool(t, false, func(t *testing.T, h *schoolHouse) {
		who := h.who(h.founded.AdminID)
		n := account.LoginSettings{ID: ident.At(h.clock.Now()), Kind: openid.Other, Name: "Nog een", Issuer: h.login.Issuer, ClientID: "c", Secret: "s"}
		refused(t, h.door.SaveLogin(h.ctx, who, h.admin, n), "account.login_twice")
		teacher, otto := h.who(h.teacher), h.who(h.stranger())
		n.Issuer = "https://login.example"
		absent(t, h.door.SaveLogin(h.ctx, teacher, h.signIn(account.Own).SignIn, n))
		absent(t, h.door.TurnLogin(h.ctx, otto, h.admin, h.id, false))
		absent(t, h.door.RemoveLogin(h.ctx, otto, h.admin, h.id))
		_, err := h.door.Logins(h.ctx, teacher)
		absent(t, err)
		list, err := h.door.Logins(h.ctx, otto)
		must(t, err)
		if len(list) != 0 {
			t.Error("another board sees the login")
		}
		stale := h.admin
		stale.ConfirmedAt = time.Time{}
		refused(t, h.door.SaveLogin(h.ctx, who, stale, n), account.ConfirmFirst)
		if strings.Contains(h.dumpLogins(), "hush") {
			t.Error("the secret can be read in the database")
		}

		_, invitation := h.invited("s.bos@hetbaken.nl")
		end, err := h.comeIn("sanne", invitation)
		must(t, err)
		must(t, h.door.TurnLogin(h.ctx, who, h.admin, h.id, false))
		_, err = h.door.BeginLogin(h.ctx, h.id, "", "", "", browser(account.Own))
		absent(t, err)
		must(t, h.door.RemoveLogin(h.ctx, who, h.admin, h.id))
		if h.isIn(end.Entered.Secret) || h.count(`select count(*) from login_identity`) != 0 {
			t.Error("something is left of a login that was removed")
		}
	})
}

func (h *schoolHouse) dumpLogins() string {
	h.t.Helper()
	list, err := db.All(h.ctx, h.db, `select id || kind || name || issuer || client_id || secret || allowed || looked from login_provider union all select hash || browser || purpose || invitation from login_visit`, db.Str)
	must(h.t, err)
	return strings.Join(list, "\n")
}
