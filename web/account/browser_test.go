//go:build browser

package account_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"leerkring/test/browser"
	"leerkring/test/whole"
)

func TestMain(m *testing.M) { browser.Main(m) }

// looks are the screens on which what stands here for a moment only is judged; test/sweep looks
// at every page in all four.
var looks = map[string][]browser.Option{"desk": nil, "phone-dark": {browser.Phone, browser.Dark}}

// comes signs somebody of the demo in.
func comes(t *testing.T, b *browser.Browser, p *whole.Program, role string, how ...browser.Option) *browser.Person {
	t.Helper()
	who := b.Person(role, how...)
	who.Goto(strings.TrimPrefix(p.Role(role).SignIn, p.Address))
	who.Click("Ga naar binnen")
	return who
}

// TestProofB_PasskeyInsteadOfMail adds a passkey, signs out, and comes in with it; then it
// shows with it who somebody is.
func TestProofB_PasskeyInsteadOfMail(t *testing.T) {
	program := whole.Demo(t, "--empty")
	b := browser.New(t, browser.Localhost(program.Address))
	noor := comes(t, b, program, "docent")
	device := noor.Passkey()
	noor.Goto("/account/security")
	noor.Fill("Naam van de passkey", "Mijn laptop")
	noor.Click("Voeg een passkey toe")
	noor.See("Je passkey staat klaar")
	noor.See("Mijn laptop")
	if device.Count() != 1 {
		t.Fatalf("the device keeps %d passkeys", device.Count())
	}
	noor.See("Je voegde een passkey toe.")

	noor.Click("menu van Noor Haddad")
	noor.Click("Meld je af")
	noor.See("Open Leerkring")
	device.Refuse(true)
	noor.Click("Gebruik je passkey")
	noor.See("Dit lukte niet met deze passkey")
	device.Refuse(false)
	noor.Click("Gebruik je passkey")
	noor.See("Mijn week")
	noor.Goto("/account/security")
	noor.See("gebruikt vandaag")

	noor.Click("Vraag altijd mijn passkey")
	noor.See("Je hebt dus altijd een passkey nodig")
	noor.Click("Haal weg: Mijn laptop")
	noor.See("De passkey is weg")
	noor.NotSee("Mijn laptop")
}

// TestProofB_SecondProof comes in by a link in the mail where a passkey is always asked:
// until it is shown nothing opens but the page that asks.
func TestProofB_SecondProof(t *testing.T) {
	program := whole.Demo(t, "--empty")
	b := browser.New(t, browser.Localhost(program.Address))
	noor := comes(t, b, program, "docent")
	noor.Passkey()
	noor.Goto("/account/security")
	noor.Click("Voeg een passkey toe")
	noor.See("Je passkey staat klaar")
	noor.Click("Vraag altijd mijn passkey")
	noor.See("Je hebt dus altijd een passkey nodig")

	reader := comes(t, b, program, "docent") // another browser, to read the code
	noor.Click("menu van Noor Haddad")
	noor.Click("Meld je af")
	noor.Fill("Je mailadres van school", program.Role("docent").Email)
	noor.Click("Mail me een link en een code")
	reader.Goto("/outbox")
	noor.Fill("De code uit de mail", codeIn(t, reader.Text()))
	noor.Click("Ga naar binnen")
	noor.See("Je koos ervoor dat we altijd je passkey vragen")
	noor.Axe()
	noor.Picture("account/pending")
	for _, path := range []string{"/week", "/account", "/people"} {
		noor.Goto(path)
		noor.See("Ben jij het?")
	}
	noor.Click("Gebruik je passkey")
	noor.See("Mijn week")
}

// codeIn finds the code in a mailbox as its reader sees it.
func codeIn(t *testing.T, text string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, "Typ daar deze code: ")
	if !ok {
		_, rest, ok = strings.Cut(text, "Typ deze code: ")
	}
	if !ok || len(rest) < 9 {
		t.Fatalf("there is no code in %q", text)
	}
	return rest[:9]
}

func TestAccessibilityOfTheOwnAccount(t *testing.T) {
	program := whole.Demo(t, "--empty")
	b := browser.New(t, browser.Localhost(program.Address))
	judge := func(p *browser.Person, name, path string) {
		if path != "" {
			p.Goto(path)
		}
		for look, how := range looks {
			p.Look(how...)
			if px := p.Sideways(); px > 0 {
				t.Errorf("%s on %s scrolls sideways by %d", name, look, px)
			}
			p.Axe()
			p.Picture("account/" + name + "-" + look)
		}
		p.Look()
	}
	noor := comes(t, b, program, "docent")
	noor.Passkey()
	for name, path := range map[string]string{"welcome-1": "/welcome", "welcome-2": "/welcome?step=2", "welcome-3": "/welcome?step=3", "own": "/account", "tokens": "/account/tokens", "help": "/help", "outbox": "/outbox"} {
		judge(noor, name, path)
	}
	noor.Goto("/account/security")
	noor.Click("Voeg een passkey toe")
	noor.See("Je passkey staat klaar")
	judge(noor, "security", "")
	noor.Goto("/account/tokens")
	noor.Fill("Waarvoor is de sleutel?", "Overzicht voor de teamdag")
	noor.Click("Maak de sleutel")
	noor.See("We laten hem maar één keer zien")
	judge(noor, "token-made", "")
	noor.Goto("/account")
	noor.Fill("Je naam", "N")
	noor.Click("Bewaar")
	noor.See("Een naam heeft 2 tot 80 tekens")
	judge(noor, "own-refused", "")
	noor.Goto("/help")
	noor.Click("menu van")
	noor.Click("English")
	noor.See("Twelve promises")
	noor.Click("menu of")
	noor.Click("Nederlands")
	noor.See("Twaalf beloften")
	door := b.Person("door")
	judge(door, "door", "/sign-in")
	door.Click("Nederlands")
	door.See("Goed dat je er bent")
}

// TestProofF_PasswordWithASecondFactor sets a password up, comes in with both halves, and with
// a recovery code when the telephone is lost.
func TestProofF_PasswordWithASecondFactor(t *testing.T) {
	program := whole.Demo(t, "--empty")
	b := browser.New(t, browser.Localhost(program.Address))
	noor := comes(t, b, program, "docent")
	noor.Goto("/account/security")
	noor.Click("Stel een wachtwoord in")
	noor.Fill("Je nieuwe wachtwoord", "Welkom2026!!")
	noor.Click("Ga verder")
	noor.See("Dit wachtwoord raden anderen snel")
	noor.Axe()
	noor.Picture("password/refused")
	noor.Fill("Je nieuwe wachtwoord", "paarse fiets op zolder")
	noor.Click("Ga verder")
	key := strings.ReplaceAll(noor.Value("Of typ deze sleutel over"), " ", "")
	noor.Axe()
	noor.Picture("password/factor")
	noor.Look(browser.Phone, browser.Dark)
	noor.Axe()
	noor.Picture("password/factor-phone-dark")
	noor.Fill("De code", "000000")
	noor.Click("Bewaar het wachtwoord")
	noor.See("Deze code past niet")
	noor.Fill("De code", codeOf(t, key, 0))
	noor.Click("Bewaar het wachtwoord")
	noor.See("Je wachtwoord staat klaar")
	noor.Axe()
	noor.Picture("password/codes")
	recovery := regexp.MustCompile(`[B-Z]{4} [B-Z]{4}`).FindString(noor.Text())
	noor.Click("Ik heb ze bewaard")
	noor.See("Je hebt nog 10 herstelcodes")

	leave := func() {
		noor.Look()
		noor.Click("menu van Noor Haddad")
		noor.Click("Meld je af")
		noor.Click("Inloggen met een wachtwoord")
	}
	leave()
	noor.Axe()
	noor.Picture("password/door")
	noor.Fill("mailadres", program.Role("docent").Email)
	noor.Fill("Je wachtwoord", "iets heel anders dan dat")
	noor.Click("Ga verder")
	noor.See("passen niet bij elkaar")
	noor.Fill("Je wachtwoord", "paarse fiets op zolder")
	noor.Click("Ga verder")
	noor.See("Open de app op je telefoon")
	noor.Axe()
	noor.Picture("password/second")
	noor.Fill("De code", codeOf(t, key, 1)) // the one of now was used; the next one is borne
	noor.Click("Ga naar binnen")
	noor.See("Mijn week")
	leave()
	noor.Fill("mailadres", program.Role("docent").Email)
	noor.Fill("Je wachtwoord", "paarse fiets op zolder")
	noor.Click("Ga verder")
	noor.Fill("De code", recovery)
	noor.Click("Ga naar binnen")
	noor.See("Mijn week")
	noor.Goto("/account/security")
	noor.See("Je hebt nog 9 herstelcodes")
	noor.Click("Haal weg")
	noor.See("Je wachtwoord is weg")
}

// codeOf is what the app shows, so many half minutes from now.
func codeOf(t *testing.T, key string, steps int) string {
	t.Helper()
	c, err := totp.GenerateCode(key, time.Now().Add(time.Duration(steps)*30*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	return c
}
