//go:build browser

package admin_test

import (
	"strings"
	"testing"

	"leerkring/test/browser"
	"leerkring/test/whole"
)

func TestMain(m *testing.M) { browser.Main(m) }

// looks are the screens on which what stands here for a moment only is judged; test/sweep looks
// at every page in all four.
var looks = map[string][]browser.Option{"desk": nil, "phone-dark": {browser.Phone, browser.Dark}}

func comes(t *testing.T, b *browser.Browser, p *whole.Program, role string, how ...browser.Option) *browser.Person {
	t.Helper()
	who := b.Person(role, how...)
	who.Goto(strings.TrimPrefix(p.Role(role).SignIn, p.Address))
	who.Click("Ga naar binnen")
	return who
}

const list = "Naam; E-mail; Vak; Team\nIris van Dam; iris.vandam@hetbaken.example; Frans; Sectie talen\nTariq Aziz; tariq@hetbaken.example; techniek; vmbo-t\nNoor Haddad; noor@hetbaken.example; geschiedenis; Sectie talen\nSanne Bakker; ; wiskunde; Sectie wiskunde\nMo El Amrani; mo@hetbaken.example; ; OB HV\n"

// TestProofB_AListIsLookedAtFirst brings people in as an admin does, and one of them comes
// in by the invitation.
func TestProofB_AListIsLookedAtFirst(t *testing.T) {
	program := whole.Demo(t, "--empty")
	b := browser.New(t, program.Address)
	rob := comes(t, b, program, "beheerder")
	rob.Click("Beheer")
	rob.Click("Zet mensen erin")
	rob.Fill("Je lijst", list)
	rob.Click("Kijk wat er zou gebeuren")
	rob.See("er is nog niets veranderd")
	rob.See("Er staat geen mailadres bij")
	rob.See("Teams die we niet kennen")
	rob.See("3 regels zijn duidelijk.")
	rob.Click("Zet 3 regels door")
	rob.See("De uitnodigingen zijn onderweg")
	rob.Click("Uitgenodigd")
	rob.See("Iris van Dam")
	rob.Click("Iris van Dam")
	rob.See("nam die nog niet aan")
	rob.Click("Stuur nog een uitnodiging")
	rob.See("De uitnodiging is onderweg")
	rob.Click("Geef een rol")
	rob.Choose("Roostermaker")
	rob.Click("Geef Iris deze rol")
	rob.See("De rol is gegeven")
	rob.See("Roostermaker")
	rob.Goto("/admin/log")
	rob.See("Rob Zandstra veranderde de rollen van Iris van Dam.")
	rob.See("Rob Zandstra nodigde Tariq Aziz uit.")
	rob.NotSee("kwam binnen")

	rob.Goto("/admin/people/new")
	rob.Fill("Je lijst", list)
	rob.Click("Kijk wat er zou gebeuren")
	rob.See("0 regels zijn duidelijk.")
	rob.Fill("Mailadres van Sanne Bakker", "sanne@hetbaken.example")
	rob.Click("Kijk opnieuw")
	rob.See("1 regel is duidelijk.")
	if got := rob.Value("Mailadres van Sanne Bakker"); got != "sanne@hetbaken.example" {
		t.Errorf("what was filled in became %q", got)
	}
}

func TestAccessibilityOfThePagesOfASchool(t *testing.T) {
	program := whole.Demo(t, "--empty")
	b := browser.New(t, program.Address)
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
			p.Picture("admin/" + name + "-" + look)
		}
		p.Look()
	}
	ilse := comes(t, b, program, "schoolleider")
	ilse.Goto("/school")
	ilse.Fill("Hoe noem je het?", "Lezen in elke les")
	ilse.Fill("Welk moment laat zien", "In 2 havo sloegen zeven leerlingen de tekst over.")
	ilse.Click("Stel dit voor")
	ilse.See("Je voorstel staat erbij")
	ilse.Click("Kies over ‘Lezen in elke les’")
	ilse.Choose("We bewaren dit")
	ilse.Fill("Waarom?", "Dit jaar is vol genoeg.")
	ilse.Click("Leg dit vast")
	ilse.See("Noem het schooljaar")
	judge(ilse, "school-refused", "")
	ilse.Fill("Terug in schooljaar", "2027–2028")
	ilse.Fill("Wie houdt het in de gaten?", "Noor Haddad")
	ilse.Click("Leg dit vast")
	ilse.See("Noor Haddad houdt dit in de gaten")
	judge(ilse, "school-leader", "/school")
	judge(ilse, "calendar-leader", "/school/calendar")

	noor := comes(t, b, program, "docent")
	judge(noor, "people", "/people")
	noor.Click("Marieke de Wit")
	judge(noor, "person", "")
	judge(noor, "school", "/school")
	judge(noor, "calendar", "/school/calendar")
	noor.Goto("/admin")
	noor.See("Deze pagina is er niet, of niet voor jou")

	rob := comes(t, b, program, "beheerder")
	for name, path := range map[string]string{"accounts": "/admin", "add": "/admin/people/new", "teams": "/admin/teams", "settings": "/admin/school/form", "log": "/admin/log", "mail": "/admin/outbox", "backup": "/admin/backups"} {
		judge(rob, name, path)
	}
	rob.Goto("/admin/people/new")
	rob.Fill("Je lijst", list)
	rob.Click("Kijk wat er zou gebeuren")
	rob.See("Als je dit doorzet")
	judge(rob, "look", "")
	rob.Goto("/admin")
	rob.Click("Noor Haddad")
	rob.Click("Geef een rol")
	rob.Click("Zet het account stil")
	judge(rob, "account", "")
}
