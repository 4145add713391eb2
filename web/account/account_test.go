package account_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/account"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/method"
	"leerkring/notify"
	"leerkring/school"
	accountweb "leerkring/web/account"
	"leerkring/web/room/roomtest"
)

// mailbox keeps the letters of the door.
type mailbox struct {
	mu      sync.Mutex
	letters []account.Letter
}

func (m *mailbox) Queue(_ context.Context, tx *db.Tx, l account.Letter) error {
	tx.AfterCommit(func() { m.mu.Lock(); defer m.mu.Unlock(); m.letters = append(m.letters, l) })
	return nil
}

func (m *mailbox) last(t *testing.T) account.Letter {
	t.Helper()
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.letters) == 0 {
		t.Fatal("no letter was sent")
	}
	return m.letters[len(m.letters)-1]
}

// jar keeps the sign-in of each person's one browser.
type jar struct {
	mu  sync.Mutex
	all map[string]string
}

func (j *jar) Set(_ http.ResponseWriter, in account.Entered) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.all[in.SignIn.PersonID] = in.Secret
}

func (j *jar) Clear(http.ResponseWriter) {}

func (j *jar) Secret(r *http.Request) string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.all[r.Header.Get("Person")]
}

// door is a school with its pages of the own account.
type door struct {
	*roomtest.Site
	t        *testing.T
	d        *db.DB
	clock    *clock.Fake
	post     *mailbox
	jar      *jar
	schools  *school.Service
	accounts *account.Service
	notify   *notify.Service
	people   map[string]string
}

func (w *door) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func open(t *testing.T) *door {
	t.Helper()
	t.Parallel()
	library, err := method.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	w := &door{t: t, d: dbtest.SQLite(t), clock: clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC)), post: &mailbox{}, jar: &jar{all: map[string]string{}}, people: map[string]string{}}
	w.schools = school.NewService(w.d, w.clock)
	w.accounts, err = account.NewService(w.d, w.clock, w.post, account.NewLog(w.clock, []byte("key")), account.Config{BaseURL: "http://localhost"})
	w.ok(err)
	found, err := w.schools.Found(t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"})
	w.ok(err)
	admin, err := school.Knows(t.Context(), w.d, found.AdminID)
	w.ok(err)
	team, err := w.schools.AddTeam(t.Context(), admin.Who, found.SchoolID, school.Department, "Sectie wiskunde")
	w.ok(err)
	w.people["noor"], err = w.schools.AddStaff(t.Context(), admin.Who, found.SchoolID, school.NewStaff{Name: "Noor Haddad", Email: "noor@baken.example", TeamIDs: []string{team}, Active: true})
	w.ok(err)
	sc, err := w.schools.School(t.Context(), admin.Who, found.SchoolID)
	w.ok(err)
	w.ok(w.d.Write(t.Context(), func(tx *db.Tx) error {
		id, err := w.schools.AddGuest(t.Context(), tx, admin.Who, sc, "Gast Dijk", "gast@uni.example")
		w.people["guest"] = id
		if err == nil {
			_, err = db.Exec(t.Context(), tx, `update person set state = 'active' where id = $1`, id)
		}
		return err
	}))
	w.Site = roomtest.New(t, w.d, w.clock, library, account.Texts, notify.Texts, accountweb.Texts)
	w.notify = notify.NewService(w.d, w.clock, w.schools, nil, plain{}, "http://localhost")
	w.accounts.EndsAlso(notify.End)
	rm := &accountweb.Room{Accounts: w.accounts, Schools: w.schools, Cookies: w.jar, Notify: w.notify, Log: account.NewLog(w.clock, []byte("key"))}
	w.routes(rm)
	for name := range w.people {
		w.signIn(name)
	}
	return w
}

func (w *door) routes(a *accountweb.Room) {
	w.Route("GET", "/welcome", a.Welcome)
	w.Route("POST", "/welcome", a.SaveDays)
	w.Route("GET", "/account", a.Own)
	w.Route("POST", "/account", a.SaveOwn)
	w.Route("POST", "/account/language", a.OwnLanguage)
	w.Route("GET", "/account/mail", a.Mail)
	w.Route("POST", "/account/mail", a.ChooseMail)
	w.Route("POST", "/account/calendars", a.MakeFeed)
	w.Route("POST", "/account/calendars/{id}/revoke", a.DropFeed)
	w.Route("GET", "/calendar/{file}", a.Calendar)
	w.Route("GET", "/mail/stop/{secret}", a.StopForm)
	w.Route("POST", "/mail/stop/{secret}", a.StopMail)
	w.Route("GET", "/account/security", a.Security)
	w.Route("POST", "/account/sign-ins/{id}/end", a.EndSignIn)
	w.Route("POST", "/account/sign-ins/end-others", a.EndOthers)
	w.Route("POST", "/account/passkeys/{id}", a.RenamePasskey)
	w.Route("POST", "/account/passkeys/{id}/remove", a.RemovePasskey)
	w.Route("POST", "/account/passkeys/always", a.PasskeyAlways)
	w.Route("GET", "/account/tokens", a.Tokens)
	w.Route("POST", "/account/tokens", a.MakeToken)
	w.Route("POST", "/account/tokens/{id}/revoke", a.RevokeToken)
	w.Route("GET", "/account/confirm", a.Confirm)
	w.Route("POST", "/account/confirm", a.AskConfirm)
	w.Route("GET", "/account/confirm/code", a.ConfirmForm)
	w.Route("POST", "/account/confirm/code", a.ConfirmCode)
	w.Route("POST", "/passkeys/new", a.BeginAdd)
	w.Route("POST", "/passkeys/new/answer", a.FinishAdd)
	w.Route("POST", "/passkeys/sign-in", a.BeginEnter)
	w.Route("POST", "/passkeys/sign-in/answer", a.FinishEnter)
	w.Route("POST", "/passkeys/confirm", a.BeginConfirm)
	w.Route("GET", "/help", a.Help)
	w.Route("GET", "/sign-in", a.SignIn)
	w.Route("GET", "/sign-in/code", a.CodeForm)
}

// signIn signs somebody in on one more browser, which becomes the one they use.
func (w *door) signIn(name string) account.Entered {
	w.t.Helper()
	url, err := w.accounts.LinkFor(w.t.Context(), w.people[name])
	w.ok(err)
	in, err := w.accounts.SpendLink(w.t.Context(), url[strings.LastIndex(url, "/")+1:], account.Browser{Device: account.Own, Name: "Firefox, Windows", Address: "10.0.0.1"})
	w.ok(err)
	w.jar.Set(nil, in)
	return in
}

func (w *door) person(name string) school.Person {
	w.t.Helper()
	k, err := school.Knows(w.t.Context(), w.d, w.people[name])
	w.ok(err)
	return k.Person
}

func TestTheWelcomeHasThreeSteps(t *testing.T) {
	w := open(t)
	noor := w.people["noor"]
	first := w.Get(noor, "/welcome")
	first.Has(t, "Klopt dit, Noor?", "Sectie wiskunde", "Stap 1 van 3")
	first.Lacks(t, "textarea") // nothing private is asked here
	if r := w.Post(noor, "/welcome"); r.Status != http.StatusUnprocessableEntity {
		t.Errorf("no day at all: %d", r.Status)
	} else {
		r.Has(t, "Kies minstens één dag")
	}
	if r := w.Post(noor, "/welcome", "days", "1", "days", "4"); r.Location != "/welcome?step=2" {
		t.Errorf("went to %q: %v", r.Location, r.Err)
	}
	if days := w.person("noor").WorkingDays; len(days) != 2 || days[0] != 1 || days[1] != 4 {
		t.Errorf("days %v", days)
	}
	w.Get(noor, "/welcome?step=2").Has(t, "Van wie is wat je schrijft?", "Iedereen op school", `href="/help#promises"`)
	w.Get(noor, "/welcome?step=3").Has(t, "Begin klein", `data-passkey="add"`)
	w.Get(w.people["guest"], "/welcome?step=2").Has(t, "De groep waar je te gast bent")
	w.Lang = "en"
	for _, step := range []string{"1", "2", "3"} {
		w.Get(noor, "/welcome?step="+step).Has(t, "Welcome, Noor")
	}
}

func TestWhatSomebodyTellsAboutThemselves(t *testing.T) {
	w := open(t)
	noor := w.people["noor"]
	w.Get(noor, "/account").Has(t, `value="Noor Haddad"`, "Jouw teams", "De rest zie jij alleen")
	keep := []string{"name", "Noor el Haddad", "language", "en", "theme", "dark", "days", "2", "away", "2026-04-01"}
	if r := w.Post(noor, "/account", keep...); r.Location != "/account?said=account_saved" {
		t.Fatalf("went to %q: %v", r.Location, r.Err)
	}
	p := w.person("noor")
	if p.Name != "Noor el Haddad" || p.Language != "en" || p.Theme != "dark" || p.AwayUntil != "2026-04-01" || len(p.WorkingDays) != 1 {
		t.Errorf("%+v", p)
	}
	w.Get(noor, "/account").Has(t, `value="2026-04-01"`, `data-theme="dark"`)
	bad := w.Post(noor, "/account", "name", "N", "days", "2", "away", "2026-03-01")
	bad.Has(t, "Een naam heeft 2 tot 80 tekens", "Kies een dag na vandaag", `value="N"`, `value="2026-03-01"`)
	w.Post(noor, "/account", "name", "Bea Heer", "days", "2").Has(t, "Zo heet een collega al")
	w.clock.Move(20 * 24 * time.Hour)
	w.Get(noor, "/account").Lacks(t, "2026-04-01") // a day that has passed is not asked again
	if r := w.Post(noor, "/account/language", "language", "nl"); r.Location != "/account" || w.person("noor").Language != "nl" {
		t.Errorf("language: %q %v", r.Location, r.Err)
	}
	if r := w.Post(noor, "/account/language", "language", "xx"); r.Err == nil {
		t.Error("an unknown language was kept")
	}
	w.Get(w.people["guest"], "/account").Lacks(t, "Jouw teams", "/account/tokens")
}

func TestBrowsersAreShownAndSignedOut(t *testing.T) {
	w := open(t)
	noor := w.people["noor"]
	w.signIn("noor")
	now := w.signIn("noor")
	page := w.Get(noor, "/account/security")
	page.Has(t, "Firefox, Windows", "dit toestel", "Meld alle andere toestellen af", "Je kwam binnen.")
	ends := regexp.MustCompile(`/account/sign-ins/([0-9a-z]{26})/end`).FindAllStringSubmatch(page.Body, -1)
	if len(ends) != 2 {
		t.Fatalf("%d browsers can be signed out", len(ends))
	}
	if r := w.Post(noor, "/account/sign-ins/"+ends[0][1]+"/end"); !strings.Contains(r.Location, "account_signed_out_one") {
		t.Errorf("%q %v", r.Location, r.Err)
	}
	if r := w.Post(w.people["guest"], "/account/sign-ins/"+ends[1][1]+"/end"); r.Status != http.StatusNotFound {
		t.Errorf("somebody else's browser: %d", r.Status)
	}
	if r := w.Post(noor, "/account/sign-ins/end-others"); !strings.Contains(r.Location, "account_signed_out_others") {
		t.Errorf("%q %v", r.Location, r.Err)
	}
	w.Get(noor, "/account/security").Lacks(t, "/account/sign-ins/end-others")
	if r := w.Post(noor, "/account/sign-ins/"+now.SignIn.ID+"/end"); r.Location != "/sign-in" {
		t.Errorf("the own browser: %q", r.Location)
	}
}

func TestWhatChangesAWayInAsksToConfirm(t *testing.T) {
	w := open(t)
	noor := w.people["noor"]
	w.Post(noor, "/account/passkeys/always", "on", "true").Has(t, "Voeg eerst een passkey toe")
	if r := w.Get(noor, "/account/confirm?next=/week"); r.Location != "/week" {
		t.Errorf("who just came in is asked again: %q %d", r.Location, r.Status)
	}
	w.clock.Move(13 * time.Hour)
	for path, next := range map[string]string{"/account/tokens": "%2Faccount%2Ftokens", "/account/passkeys/always": "%2Faccount%2Fsecurity%23passkeys"} {
		if r := w.Post(noor, path, "name", "Teamdag", "scope", "read", "on", "true"); r.Location != "/account/confirm?next="+next {
			t.Errorf("%s goes to %q: %v", path, r.Location, r.Err)
		}
	}
	w.Get(noor, "/account/security").Has(t, "We vragen eerst of jij het bent")
	w.Get(noor, "/account/confirm?next=/account/tokens").Has(t, "Ben jij het?", "Mail me een code", `value="/account/tokens"`)
	w.Get(noor, "/account/confirm?next=//evil.example").Lacks(t, "evil")
	if r := w.Post(noor, "/account/confirm", "next", "/account/tokens"); r.Location != "/account/confirm/code?next=%2Faccount%2Ftokens" {
		t.Fatalf("%q %v", r.Location, r.Err)
	}
	w.Get(noor, "/account/confirm/code?next=/account/tokens").Has(t, "De code uit de mail", `autocomplete="one-time-code"`)
	w.Post(noor, "/account/confirm/code", "code", "KTRM").Has(t, "Een code heeft acht letters")
	if code := w.post.last(t).Code; code == "" {
		t.Error("no code was mailed")
	}
	w.Post(noor, "/account/confirm/code", "code", "BBBB BBBB").Has(t, "Deze link werkt niet meer") // another browser: no ticket
}

func TestTheCodeConfirmsInTheBrowserThatAsked(t *testing.T) {
	w := open(t)
	noor := w.people["noor"]
	w.clock.Move(13 * time.Hour)
	address := w.Serve()
	ask := func(path, body string, cookies ...*http.Cookie) *http.Response {
		req := httptest.NewRequest("POST", address+path, strings.NewReader(body))
		req.RequestURI = ""
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Person", noor)
		for _, c := range cookies {
			req.AddCookie(c)
		}
		client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		res, err := client.Do(req)
		w.ok(err)
		t.Cleanup(func() { res.Body.Close() })
		return res
	}
	asked := ask("/account/confirm", "next=%2Faccount%2Ftokens")
	var ticket *http.Cookie
	for _, c := range asked.Cookies() {
		if c.Name == "confirm" {
			ticket = c
		}
	}
	if ticket == nil || !ticket.HttpOnly || ticket.Path != "/account/confirm" {
		t.Fatalf("ticket %+v", ticket)
	}
	old := w.jar.all[noor]
	res := ask("/account/confirm/code", "next=%2Faccount%2Ftokens&code="+strings.ReplaceAll(w.post.last(t).Code, " ", ""), ticket)
	if to := res.Header.Get("Location"); to != "/account/tokens" {
		t.Errorf("goes to %q (%d)", to, res.StatusCode)
	}
	if w.jar.all[noor] == old {
		t.Error("the reference of the sign-in is still the old one")
	}
	w.Post(noor, "/account/tokens", "name", "Teamdag", "scope", "read").Has(t, "lk_")
}

func TestTokensAreShownOnce(t *testing.T) {
	w := open(t)
	noor := w.people["noor"]
	w.Get(noor, "/account/tokens").Has(t, "Je hebt geen sleutels", `value="2026-06-17"`)
	made := w.Post(noor, "/account/tokens", "name", "Teamdag", "scope", "write", "expires", "2026-04-01")
	secret := regexp.MustCompile(`lk_[0-9A-Za-z_-]{43}`).FindString(made.Body)
	if secret == "" {
		t.Fatalf("no secret on the page (%d, %v)", made.Status, made.Err)
	}
	made.Has(t, "We laten hem maar één keer zien", "woensdag 1 april 2026")
	if token, err := w.accounts.AuthenticateToken(t.Context(), secret); err != nil || token.PersonID != noor || token.Scope != account.ScopeWrite {
		t.Errorf("%+v %v", token, err)
	}
	page := w.Get(noor, "/account/tokens")
	page.Lacks(t, secret)
	page.Has(t, "Teamdag", "Leest en schrijft")
	w.Post(noor, "/account/tokens", "name", "", "scope", "read").Has(t, "Geef de sleutel een naam")
	w.Post(noor, "/account/tokens", "name", "Te lang", "scope", "read", "expires", "2029-01-01").Has(t, "Kies een dag waarop de sleutel stopt", `value="Te lang"`)
	id := regexp.MustCompile(`/account/tokens/([0-9a-z]{26})/revoke`).FindStringSubmatch(page.Body)[1]
	for _, path := range []string{"/account/tokens/" + id + "/revoke"} {
		if r := w.Post(w.people["guest"], path); r.Status != http.StatusNotFound {
			t.Errorf("somebody else's token: %d", r.Status)
		}
	}
	if r := w.Post(noor, "/account/tokens/"+id+"/revoke"); !strings.Contains(r.Location, "account_token_revoked") {
		t.Errorf("%q %v", r.Location, r.Err)
	}
	if _, err := w.accounts.AuthenticateToken(t.Context(), secret); err == nil {
		t.Error("a revoked token still works")
	}
	if r := w.Get(w.people["guest"], "/account/tokens"); r.Status != http.StatusNotFound {
		t.Errorf("a guest: %d", r.Status)
	}
	if r := w.Post(w.people["guest"], "/account/tokens", "name", "Gast", "scope", "read"); r.Status != http.StatusNotFound {
		t.Errorf("a guest makes one: %d", r.Status)
	}
}

func TestPasskeysSpeakJSON(t *testing.T) {
	w := open(t)
	noor := w.people["noor"]
	address := w.Serve()
	ask := func(path, body string) (int, string) {
		req := httptest.NewRequest("POST", address+path, strings.NewReader(body))
		req.RequestURI = ""
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Person", noor)
		res, err := http.DefaultClient.Do(req)
		w.ok(err)
		defer res.Body.Close()
		raw, err := io.ReadAll(res.Body)
		w.ok(err)
		if kind := res.Header.Get("Content-Type"); kind != "application/json" {
			t.Errorf("%s answers %q", path, kind)
		}
		return res.StatusCode, string(raw)
	}
	expect := func(path, body string, status int, parts ...string) {
		t.Helper()
		got, text := ask(path, body)
		if got != status {
			t.Errorf("%s: %d %s", path, got, text)
		}
		for _, p := range parts {
			if !strings.Contains(text, p) {
				t.Errorf("%s: no %q in %s", path, p, text)
			}
		}
	}
	expect("/passkeys/new", "{}", 200, `"challenge":"`, `"publicKey":`, "Noor Haddad")
	expect("/passkeys/sign-in", "{}", 200, `"challenge":"`)
	expect("/passkeys/confirm", "{}", 422, "Je hebt hier nog geen passkey")
	expect("/passkeys/new/answer", `{"challenge":"nothing","name":"Laptop","answer":{}}`, 422, "vragen we het opnieuw")
	expect("/passkeys/sign-in/answer", `{"challenge":"nothing","answer":{}}`, 422, `"text"`)
	expect("/passkeys/sign-in/answer", `no json`, 422, `"text"`)
	w.clock.Move(13 * time.Hour)
	expect("/passkeys/new", "{}", 422, `"go":"/account/confirm?next=%2Faccount%2Fsecurity%23passkeys"`)
	if n, err := db.One(t.Context(), w.d, `select count(*) from passkey`, db.Int); err != nil || n != 0 {
		t.Errorf("%d passkeys were kept: %v", n, err)
	}
}

func TestHelpSaysHowEachPageWorks(t *testing.T) {
	w := open(t)
	for lang, promise := range map[string]string{"nl": "Twaalf beloften", "en": "Twelve promises"} {
		w.Lang = lang
		page := w.Get(w.people["noor"], "/help")
		page.Has(t, promise, `id="week"`, `href="/people"`)
		if n := strings.Count(page.Body, "<li>"); n < 12 {
			t.Errorf("%d lines", n)
		}
	}
	w.Get(w.people["guest"], "/help").Lacks(t, `href="/people"`, `href="/school"`)
}
