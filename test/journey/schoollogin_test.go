//go:build browser

package journey

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"leerkring/internal/db"
	"leerkring/test/browser"
	"leerkring/test/provider"
)

var invitationInMail = regexp.MustCompile(`http://\S+(/invitations/\S+)`)

// atSchool fills in the page of the school's own login.
func (p *person) atSchool(name string) {
	p.t.Helper()
	p.See("School login")
	p.Fill("Username", name)
	p.Fill("Password", "open")
	p.Click("Sign in")
}

// TestProofF_SchoolLoginFromSetUpToSignIn sets the login of a school up on one page, is told
// what is wrong with it, mends it, and lets colleagues in by it: somebody new with an
// invitation, somebody who is here already, and nobody else.
func TestProofF_SchoolLoginFromSetUpToSignIn(t *testing.T) {
	login := provider.New(t)
	login.Add(provider.User{ID: "u-1", Name: "elin", Password: "open", Email: "elin@hetbaken.example", Verified: true})
	login.Add(provider.User{ID: "u-2", Name: "noor", Password: "open", Email: "noor@elders.example", Verified: true})
	login.Add(provider.User{ID: "u-3", Name: "vreemd", Password: "open", Email: "vreemd@elders.example", Verified: true})
	login.Add(provider.User{ID: "u-4", Name: "beheerder", Password: "open", Email: "b@hetbaken.example", Verified: true})
	t.Setenv("SSL_CERT_FILE", login.CertFile(t))
	each(t, func(t *testing.T, s *school) {
		client := "leerkring-" + filepath.Base(t.Name()) // the login knows each house by another name
		admin := s.comes("beheerder")
		admin.Elsewhere(login.Issuer)
		s.step("set up with a wrong secret", func() {
			admin.Goto("/admin/school-login")
			redirect := admin.Value("Adres om terug te komen")
			if !strings.HasPrefix(redirect, s.program.Address+"/sign-in/school/") {
				t.Fatalf("comes back at %s", redirect)
			}
			admin.Axe()
			admin.Click("Bewaar")
			admin.See("Geef deze login een naam")
			admin.Choose("Een andere, met OpenID Connect")
			admin.Fill("Hoe noemen collega’s deze login?", "Baken-account")
			admin.Fill("Adres van de login", login.Issuer+"/.well-known/openid-configuration")
			admin.Fill("Client-id", client)
			admin.Fill("Geheim", "verkeerd")
			if again := admin.Value("Adres om terug te komen"); again != redirect {
				t.Fatalf("the way back changed to %s after it was copied", again)
			}
			admin.Click("Bewaar")
			admin.See("Bewaard. Probeer de login nu uit.")
			admin.NotSee("Zet aan")
			admin.See("Nog niet geprobeerd")
			admin.Click("Probeer de login uit: Baken-account")
			admin.See("De login kent deze client-id niet")
			login.Client(client, "goed", "https://elders.example/terug")
			admin.Click("Probeer de login uit: Baken-account")
			admin.See("Het adres om terug te komen staat niet bij de login")
			admin.See(redirect)
			login.Client(client, "goed", redirect)
			admin.Click("Probeer de login uit: Baken-account")
			admin.atSchool("beheerder")
			admin.See("Het geheim klopt niet")
			admin.Axe()
			admin.Picture("schoollogin/secret")
		})
		s.step("mend it and turn it on", func() {
			admin.Click("Pas Baken-account aan")
			admin.Fill("Geheim", "goed")
			admin.Click("Bewaar")
			admin.Click("Probeer de login uit: Baken-account")
			admin.atSchool("beheerder")
			admin.See("Het werkt. Je kunt de login aanzetten.")
			admin.See("De login vertelde: sub, email, email_verified, auth_time.")
			admin.Click("Zet aan: Baken-account")
			admin.See("De knop staat op de inlogpagina")
			admin.Look(browser.Phone, browser.Dark)
			admin.Axe()
			admin.Picture("schoollogin/on")
		})
		s.step("somebody new, with an invitation", func() {
			admin.Look()
			admin.Goto("/admin/people/new")
			admin.Click("Of één persoon tegelijk")
			admin.Fill("Naam", "Elin Storm")
			admin.Fill("Mailadres", "elin@hetbaken.example")
			admin.Click("Zet deze collega erin")
			admin.See("Deze collega staat erin")
			elin := &person{s.browser.Person("Elin", browser.Phone), t}
			elin.Elsewhere(login.Issuer)
			elin.Goto("/sign-in")
			elin.Click("Nederlands")
			elin.Axe()
			elin.Picture("schoollogin/door")
			elin.Click("Inloggen met je school")
			elin.atSchool("elin")
			elin.See("We kennen je hier nog niet met deze login") // without the invitation nobody knows her
			elin.Allow("400")
			elin.Axe()
			elin.Picture("schoollogin/stranger")
			elin.Goto(s.invitation("elin@hetbaken.example"))
			elin.Axe()
			elin.Picture("schoollogin/invitation")
			elin.Click("Inloggen met je school")
			elin.atSchool("elin")
			elin.See("Welkom, Elin")
			elin.Goto("/week")
			elin.Click("menu van Elin Storm")
			elin.Click("Meld je af")
			elin.Click("Inloggen met je school")
			elin.atSchool("elin")
			elin.See("Mijn week")
		})
		s.step("somebody who is here already", func() {
			noor := s.comes("docent")
			noor.Elsewhere(login.Issuer)
			noor.Goto("/account/security")
			noor.Axe()
			noor.Click("Koppel Baken-account")
			noor.atSchool("noor")
			noor.See("De login van school hoort nu bij je account")
			noor.Picture("schoollogin/linked")
			s.exec(`update sign_in set confirmed_at = null where person_id = (select person_id from login_identity where subject = $1)`, "u-2")
			noor.Goto("/account/confirm?next=/account/security")
			noor.Axe()
			noor.Picture("schoollogin/confirm")
			noor.Click("Log opnieuw in bij Baken-account")
			noor.atSchool("noor")
			noor.See("Waar je binnen bent")
			noor.Click("Maak los: Baken-account")
			noor.See("De login van school is los")
		})
		s.step("nobody else, and no script needed", func() {
			stranger := &person{s.browser.Person("a stranger", browser.NoScript), t}
			stranger.Elsewhere(login.Issuer)
			stranger.Goto("/sign-in?next=//evil.example")
			stranger.Click("Nederlands")
			stranger.Click("Inloggen met je school")
			stranger.atSchool("vreemd")
			stranger.See("We kennen je hier nog niet met deze login")
		})
		s.step("taken away", func() {
			admin.Goto("/admin/school-login")
			admin.Click("Zet uit: Baken-account")
			admin.See("De login staat uit")
			admin.Goto("/admin/log")
			admin.See("zette een login van school uit")
			admin.Goto("/admin/school-login")
			admin.Click("Haal Baken-account weg")
			admin.Click("Haal weg")
			admin.See("De login is weg")
		})
	}, "--outgoing-allow", "127.0.0.0/8")
}

func (s *school) open() *db.DB {
	s.t.Helper()
	d, err := db.Open(s.t.Context(), s.database)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = d.Close() })
	return d
}

func (s *school) exec(sql string, args ...any) {
	s.t.Helper()
	err := s.open().Write(s.t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(s.t.Context(), tx, sql, args...)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// invitation is where the invitation leads that was mailed last to an address.
func (s *school) invitation(email string) string {
	s.t.Helper()
	text, err := db.One(s.t.Context(), s.open(), `select body_text from mail where address = $1 order by made_at desc, id desc limit 1`, db.Str, email)
	if err != nil {
		s.t.Fatal(err)
	}
	m := invitationInMail.FindStringSubmatch(text)
	if m == nil {
		s.t.Fatalf("no invitation to %s", email)
	}
	return m[1]
}
