//go:build browser

package sweep

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"leerkring/bring"
	"leerkring/internal/ident"
	boards "leerkring/test/bring/sample"
	"leerkring/test/browser"
)

// leads lead the trajectories of the demo, or answer for something in them: nobody of the
// roles sees what they see.
var leads = []string{"thijs", "pieter", "yasmin", "lotte", "daan", "anouk", "bram", "carla", "petra", "jeroen"}

const id = `[0-9a-z]{26}`

var inLetter = regexp.MustCompile(`http://\S+?(/(?:sign-in/link|invitations)/\S+)`)

// stage lets happen in the demo school what stands on a page for a moment only, and returns
// where that can be read. From here on nothing changes any more.
func (s *school) stage(t *testing.T) []string {
	t.Helper()
	for _, key := range leads {
		s.byMail(key)
	}
	s.byMail("hans") // who began last week, and has a colleague and pages to read
	lead, docent, admin := s.person("kartrekker"), s.person("docent"), s.person("beheerder")
	at := s.led(t, lead, "Van 3 naar 4")
	var addresses []string

	// An hour in progress; another team's is planned.
	thijs := s.person("thijs")
	near := s.led(t, thijs, "Aardrijkskunde om de hoek")
	thijs.sends(t, near+"/meetings/new", "/meetings")
	hour := thijs.finds(t, near+"/meetings", near+"/meetings/"+id)
	thijs.sends(t, hour, "/begin")
	addresses = append(addresses, hour, hour+"/board", hour+"/close/form")

	// A closed circle that is held now, and a week board.
	circle := thijs.calls(t, "incidentmethode", 3)
	for range 3 {
		thijs.sends(t, circle, "/here")
	}
	thijs.sends(t, circle, "/begin")
	wall := thijs.sends(t, "/sessions/new?method=weekbord&trajectory="+strings.TrimPrefix(near, "/trajectories/"), "/sessions").path
	thijs.sends(t, wall, "/here")
	thijs.sends(t, wall, "/begin")
	addresses = append(addresses, circle, circle+"/board", wall)

	// What came of own cards is asked, one after two weeks and one after six.
	for _, days := range []int{50, 15} {
		s.ownCard(t, thijs, days)
	}
	addresses = append(addresses, "/cards")

	// An attempt of before.
	lead.sends(t, at+"/sources", "/attempts", "text", "Een planner voor elke leerling", "when", "2023", "result", "Na zes weken vulde bijna niemand hem nog in.")

	// An objection that was answered, and changed after that.
	open := docent.finds(t, at+"/decisions", at+"/decisions/"+id)
	docent.sends(t, open, "/reaction", "choice", "objection", "text", "In mijn les kost wisselen te veel tijd.")
	lead.sends(t, open, "/answer", "text", "Dan begin jij met één keer.")
	docent.sends(t, open, "/reaction", "choice", "wish", "text", "Graag met een voorbeeld erbij.")

	// A link for pupils, somebody who is asked in, and the letters of both.
	anouk := s.person("anouk")
	pupils := anouk.sends(t, s.led(t, anouk, "Wat pakken we dit jaar op?")+"/questions/f1.q2", "/links")
	say := regexp.MustCompile(`/say/[A-Za-z0-9_-]{20,}`).FindString(pupils.body)
	admin.sends(t, "/admin/people/new", "/admin/people", "name", "Iris van Dam", "email", "iris.vandam@hetbaken.example", "invite", "on")
	stranger := s.stranger("a stranger")
	if got := stranger.sends(t, "/sign-in", "/sign-in", "email", "thijs@hetbaken.example"); !strings.HasPrefix(got.path, "/sign-in/code") {
		t.Fatalf("asking for a link leads to %s", got.path)
	}
	s.people = append(s.people, stranger)
	addresses = append(addresses, say, s.letter("iris.vandam@hetbaken.example"), s.letter("thijs@hetbaken.example"))

	// The login of the school, tried with a wrong secret, and its button; a password that waits
	// for its second factor, and somebody who is half-way in with another.
	admin.sends(t, "/admin/school-login", "/admin/school-login", "kind", "other", "name", "Baken-account", "issuer", "https://login.example", "client_id", "leerkring", "secret", "zo maar iets")
	s.exec(`update login_provider set enabled = true, looked = $1`, `{"reason":"secret","at":"2026-03-19T12:00:00Z"}`)
	docent.sends(t, "/account/password", "/account/password", "password", "paarse fiets op zolder")
	thijs.sends(t, "/account/password", "/account/password", "password", "paarse fiets op zolder")
	key := regexp.MustCompile(`>\s*([A-Z2-7 ]{39,})</textarea>`).FindStringSubmatch(thijs.get(t, "/account/password/code").body)
	if key == nil {
		t.Fatal("no key of a second factor to read")
	}
	code, err := totp.GenerateCode(strings.ReplaceAll(key[1], " ", ""), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if got := thijs.sends(t, "/account/password/code", "/account/password/code", "code", code); !strings.Contains(got.body, "herstelcodes") {
		t.Fatalf("keeping a password leads to %s", got.path)
	}
	half := s.stranger("half-way in")
	if got := half.sends(t, "/sign-in/password", "/sign-in/password", "email", "thijs@hetbaken.example", "password", "paarse fiets op zolder"); !strings.HasPrefix(got.path, "/sign-in/second") {
		t.Fatalf("a password leads to %s", got.path)
	}
	s.people = append(s.people, half)
	addresses = append(addresses, "/sign-in/second")

	// The link below a mail of somebody who still gets it, and of somebody who does not; an
	// address of a calendar; a mail server that is away.
	for key, secret := range map[string]string{"thijs": strings.Repeat("A", 43), "pieter": strings.Repeat("B", 43)} {
		s.exec(`insert into mail_stop (person_id, week_on, hash, expires_at) select id, '2026-03-16', $2, '2199-01-01T00:00:00.000000Z' from person where email = $1`, key+"@hetbaken.example", ident.Hash(secret))
		addresses = append(addresses, "/mail/stop/"+secret)
	}
	s.exec(`insert into mail_choice (person_id, monday, changed_at) select id, false, made_at from person where email = $1`, "pieter@hetbaken.example")
	docent.sends(t, "/account/mail", "/account/calendars", "name", "de telefoon")
	s.exec(`update mail_server set away_since_at = '2026-03-19T07:00:00.000000Z', fault = $1`, "away")

	// A plan from elsewhere of which some lines wait, and a board of which some texts did not fit,
	// one of them put away.
	thijs.brings(t, near)
	addresses = append(addresses, near+"/plan", near+"/bring/form")

	// Somebody who has to show once more who it is.
	s.exec(`update sign_in set confirmed_at = null where id = (select max(id) from sign_in where person_id = (select id from person where email = $1))`, "jeroen@hetbaken.example")
	return append(addresses, s.handsOver(t)...)
}

// ownPlan has a line for every place that a look can propose.
const ownPlan = "# Veldwerk om de hoek\n\nWat leren {leerlingen} buiten?\n\n## Aanleiding\nWe gaan zelden naar buiten.\n\n## Wat goed gaat\n- De excursie in klas 2.\n\n## Doelen\n- Elke klas gaat twee keer naar buiten.\n\n" +
	"## Acties\nWat\tWie\tWanneer\nRoutes uitzetten\tTom\t3 februari 2026\n\n## Afspraken\n- We gaan ook als het regent.\n\n## Eigen keuze\n- De route.\n\n## Communicatie\n- Ouders: de nieuwsbrief\n\n## Evaluatie\n- 20 april 2026: lukt het?\n\n" +
	"## Begroting\nEr is tweehonderd euro voor kaarten."

// brings puts a plan from elsewhere and a board of another program into a trajectory.
func (p *somebody) brings(t *testing.T, at string) {
	t.Helper()
	p.applies(t, at+"/plan/own", url.Values{"text": {ownPlan + "\n\n" + strings.Repeat("Een regel die te lang is voor een veld. ", 12)}})
	board := bring.Board{Origin: bring.Trello, Name: "Werkbord", Lists: []bring.List{{Name: "Te doen", Cards: []bring.Card{
		{ID: "a", Name: "Routes uitzetten", Text: strings.Repeat("Langs het water en terug over het plein. ", 12)}, {ID: "b", Name: "Kaarten bestellen", Text: strings.Repeat("Eén per tafel, en een voor de muur. ", 14)},
	}}}}
	packed, err := board.Pack()
	if err != nil {
		t.Fatal(err)
	}
	p.applies(t, at+"/bring", url.Values{"board": {packed}})
	away := regexp.MustCompile(regexp.QuoteMeta(at) + `/bring/beside/` + id).FindString(p.get(t, at+"/bring/form").body)
	if got := p.post(t, away, url.Values{"idempotency_key": {ident.Code(20)}}); got.status != http.StatusOK || !strings.Contains(got.body, "Haal terug") {
		t.Fatalf("putting away %q: %d", away, got.status)
	}
}

// applies sends what was chosen, looks at what it becomes, and does that.
func (p *somebody) applies(t *testing.T, path string, fields url.Values) {
	t.Helper()
	fields.Set("idempotency_key", ident.Code(20))
	for _, f := range forms(p.post(t, path, fields).body) {
		if f.action == path {
			if got := p.post(t, path+"/apply", f.fields); got.status != http.StatusOK || got.path == path+"/apply" {
				t.Fatalf("%s/apply: %d at %s", path, got.status, got.path)
			}
			return
		}
	}
	t.Fatalf("%s shows nothing to do", path)
}

// lookedAt are the pages that answer a form and have no address of their own: what a plan and a
// board would become. Each is opened by hand, and judged as the others are.
func (s *school) lookedAt(t *testing.T, judged func(t *testing.T, p *browser.Person, page string)) {
	t.Helper()
	thijs := s.person("thijs")
	near := s.led(t, thijs, "Aardrijkskunde om de hoek")
	file := filepath.Join(t.TempDir(), "bord.json")
	if err := os.WriteFile(file, boards.Trello, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func(p *browser.Person){
		"what a plan becomes": func(p *browser.Person) {
			p.Goto("/trajectories/own/form?method=verbetercyclus")
			p.Fill("Of plak hier de tekst", strings.ReplaceAll(ownPlan, "\t", " – "))
			p.Click("Kijk wat het wordt")
			p.See("Dit wordt jullie plan")
		},
		"what a board becomes": func(p *browser.Person) {
			p.Goto(near + "/bring/form")
			p.Upload("Het bestand van jullie bord", file)
			p.Click("Kijk wat erin zit")
			p.See("Wat wordt elke lijst?")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := browser.New(t, browser.Localhost(s.program.Address)).Person("looks")
			p.Carry(thijs.cookies())
			open(p)
			judged(t, p, name)
		})
	}
}

// ownCard holds a circle, so many days ago, after which somebody wrote an own card.
func (s *school) ownCard(t *testing.T, p *somebody, days int) {
	t.Helper()
	circle := p.calls(t, "incidentmethode", 3)
	for range 3 {
		p.sends(t, circle, "/here")
	}
	p.sends(t, circle, "/begin")
	p.sends(t, circle, "/close")
	p.sends(t, circle, "/texts", "body", "Eerst tellen, dan praten.")
	at := time.Now().AddDate(0, 0, -days)
	s.exec(`update session set closed_at = $2 where id = $1`, strings.TrimPrefix(circle, "/sessions/"), at)
	s.exec(`update session_card set made_at = $2 where session_id = $1`, strings.TrimPrefix(circle, "/sessions/"), at)
	if days > 42 {
		p.sends(t, "/cards", "/tell", "tried", "partly", "body", "Het kostte tijd.")
		s.exec(`update session_card set tried_on = $2 where session_id = $1`, strings.TrimPrefix(circle, "/sessions/"), at.AddDate(0, 0, 14).Format(time.DateOnly))
	}
}

// calls sets up a session with the first so many colleagues that its form offers.
func (p *somebody) calls(t testing.TB, method string, n int) string {
	t.Helper()
	got := p.get(t, "/sessions/new?method="+method)
	for _, f := range forms(got.body) {
		if f.action != "/sessions" {
			continue
		}
		for _, m := range regexp.MustCompile(`name="people" value="(`+id+`)"`).FindAllStringSubmatch(got.body, n) {
			f.fields.Add("people", m[1])
		}
		return p.post(t, f.action, f.fields).path
	}
	t.Fatalf("no form to call people together for %s", method)
	return ""
}

// led is where a trajectory lives, by the beginning of its title.
func (s *school) led(t *testing.T, who *somebody, title string) string {
	t.Helper()
	for _, m := range link.FindAllStringSubmatch(who.get(t, "/trajectories").body, -1) {
		if at := trajectory.FindString(m[1]); at != "" && strings.Contains(who.get(t, at).body, title) {
			return at
		}
	}
	t.Fatalf("%s has no trajectory %q", who.name, title)
	return ""
}
