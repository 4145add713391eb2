//go:build browser

package journey

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/test/browser"
	"leerkring/test/enter/sample"
	"leerkring/test/provider"
	"leerkring/test/whole"
)

// first is a school on its first afternoon: an empty data directory, an admin with a list, and
// a login that the school has already.
type first struct {
	*school
	login  *provider.Provider
	people []colleague
	took   []string // what each part cost
	admin  *person
}

type colleague struct{ name, email, team, days, function string }

const schoolSize = 60

// TestProofF_ASchoolOfSixtyFromNothing plays the first afternoon in Chromium: from an empty data
// directory to people who come in by the login of their school, teams, a trajectory that begins in
// its third phase with a plan from Word, and the first hour of its group. Clicks and seconds are told.
func TestProofF_ASchoolOfSixtyFromNothing(t *testing.T) {
	login := provider.New(t)
	t.Setenv("SSL_CERT_FILE", login.CertFile(t))
	people := sixty()
	for i, p := range people {
		name, _, _ := strings.Cut(p.email, "@")
		login.Add(provider.User{ID: fmt.Sprintf("sub-%d", i), Name: name, Password: "open", Email: p.email, Verified: true})
	}
	play := func(t *testing.T, database string, args ...string) {
		f := &first{school: nothing(t, database, args...), login: login, people: people}
		f.comesIn()
		f.bringsPeopleIn()
		f.setsTheLogin("leerkring-" + filepath.Base(t.Name()))
		f.everybodyComes()
		f.begins()
		t.Logf("a school of %d from nothing:\n%s", schoolSize, strings.Join(f.took, "\n"))
	}
	t.Run("sqlite", func(t *testing.T) {
		dir := t.TempDir()
		play(t, "sqlite:"+filepath.Join(dir, "leerkring.db"), "--data", dir)
	})
	t.Run("postgres", func(t *testing.T) {
		address := dbtest.PostgresURL(t)
		play(t, address, "--data", t.TempDir(), "--database", address)
	})
}

// sixty are the people of the list: six teams, part-timers among them.
func sixty() []colleague {
	given := []string{"Anna", "Bram", "Cato", "Daan", "Elif", "Femke", "Gijs", "Hanna", "Imane", "Joris"}
	family := []string{"Aalders", "Bos", "Cakir", "Dekker", "El Idrissi", "Faber"}
	teams := []string{"Sectie wiskunde", "Sectie Nederlands", "Team onderbouw", "Team bovenbouw", "Sectie talen", "Mentoren klas 3"}
	days := []string{"ma-vr", "ma di do", "wo do vr", "ma-do"}
	var out []colleague
	for i := range schoolSize {
		n := given[i%10] + " " + family[i/10]
		c := colleague{name: n, email: strings.ToLower(strings.ReplaceAll(n, " ", ".")) + "@kompas.example", team: teams[i%6], days: days[i%4], function: "docent"}
		if i%6 == 0 {
			c.team += ", " + teams[5]
		}
		out = append(out, c)
	}
	return out
}

// nothing is the program on an empty data directory, with an admin and no one else.
func nothing(t *testing.T, database string, args ...string) *school {
	t.Helper()
	keys := filepath.Join(t.TempDir(), "keys")
	args = append(args, "--keys", keys)
	said := whole.Command(t, append([]string{"admin", "create", "--email", "beheer@kompas.example", "--name", "Bea de Heer", "--school", "Het Kompas", "--sector", "vo"}, args...)...).Done(t)
	p, log := whole.Serve(t, append(args, "--outgoing-allow", "127.0.0.0/8")...)
	s := &school{t: t, program: p, browser: browser.New(t, p.Address), database: database}
	p.People = []whole.Person{{Role: "beheerder", Name: "Bea de Heer", Email: "beheer@kompas.example", SignIn: strings.TrimSpace(said.Out)}}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the journey came as far as: %s\nthe program wrote: %s", s.at, log())
		}
	})
	return s
}

// part plays a named part and notes what it cost: clicks of whoever is at the screen, and seconds
// of the machine.
func (f *first) part(name string, who *person, walk func()) {
	began, before := time.Now(), who.Clicks()
	f.step(name, walk)
	f.took = append(f.took, fmt.Sprintf("  %-44s %3d clicks  %5.1f s", name, who.Clicks()-before, time.Since(began).Seconds()))
}

func (f *first) comesIn() {
	f.admin = &person{f.browser.Person("the admin"), f.t}
	f.admin.Elsewhere(f.login.Issuer)
	f.part("the admin comes in by the link of the command", f.admin, func() {
		f.admin.through(f.program.Role("beheerder").SignIn)
	})
}

// bringsPeopleIn pastes the list as it comes out of a spreadsheet; the teams are made on the way.
func (f *first) bringsPeopleIn() {
	var rows strings.Builder
	rows.WriteString("Naam\tE-mail\tTeams\tWerkdagen\tFunctie\n")
	teams := map[string]bool{}
	for _, p := range f.people {
		fmt.Fprintf(&rows, "%s\t%s\t%s\t%s\t%s\n", p.name, p.email, p.team, p.days, p.function)
		for t := range strings.SplitSeq(p.team, ", ") {
			teams[t] = true
		}
	}
	f.part("sixty people and six teams, from a list", f.admin, func() {
		f.admin.Click("Beheer")
		f.admin.Click("Zet mensen erin")
		f.admin.Fill("Je lijst", rows.String())
		f.admin.Click("Kijk wat er zou gebeuren")
		f.admin.See("Teams die we niet kennen")
		for t := range teams {
			f.admin.Fill(t, "Maak dit team")
		}
		f.admin.Click("Kijk opnieuw")
		f.admin.See("60 regels zijn duidelijk.")
		f.admin.Picture("firstmonth/list")
		f.admin.Click("Zet 60 regels door")
		f.admin.See("De uitnodigingen zijn onderweg")
	})
}

func (f *first) setsTheLogin(client string) {
	f.part("the login of the school is set, tried, on", f.admin, func() {
		f.admin.Goto("/admin/school-login")
		redirect := f.admin.Value("Adres om terug te komen")
		f.login.Client(client, "goed", redirect)
		f.admin.Choose("Een andere, met OpenID Connect")
		f.admin.Fill("Hoe noemen collega’s deze login?", "Kompas-account")
		f.admin.Fill("Adres van de login", f.login.Issuer+"/.well-known/openid-configuration")
		f.admin.Fill("Client-id", client)
		f.admin.Fill("Geheim", "goed")
		f.admin.Click("Bewaar")
		f.admin.Click("Probeer de login uit: Kompas-account")
		f.admin.atSchool("anna.aalders")
		f.admin.See("Het werkt. Je kunt de login aanzetten.")
		f.admin.Click("Zet aan: Kompas-account")
		f.admin.See("De knop staat op de inlogpagina")
	})
}

// everybodyComes lets one colleague come in at the screen, by the invitation and the login of the
// school, and the others the same way without one.
func (f *first) everybodyComes() {
	anna := &person{f.browser.Person("Anna", browser.Phone), f.t}
	anna.Elsewhere(f.login.Issuer)
	f.part("a colleague comes in, on a phone", anna, func() {
		anna.Goto(f.invitation(f.people[0].email))
		anna.Click("Inloggen met je school")
		anna.atSchool("anna.aalders")
		anna.See("Welkom, Anna")
		anna.Picture("firstmonth/welcome")
	})
	began := time.Now()
	f.step("the other colleagues come in the same way", func() {
		for _, p := range f.people[1:] {
			name, _, _ := strings.Cut(p.email, "@")
			if err := visits(f.t, f.program.Address, f.login).comesByLogin(f.invitation(p.email), f.login, name); err != nil {
				f.t.Fatal(err)
			}
		}
	})
	f.took = append(f.took, fmt.Sprintf("  %-44s %16.1f s", "the other fifty-nine, without a screen", time.Since(began).Seconds()))
	in, err := db.One(f.t.Context(), f.open(), `select count(*) from login_identity l join person p on p.id = l.person_id where p.state = 'active'`, db.Int)
	if err != nil || in != schoolSize {
		f.t.Errorf("%d of %d are in by the login of the school: %v", in, schoolSize, err)
	}
}

// begins is the lead with a plan in Word: the trajectory begins in its third phase with the plan in
// it, the group is asked in, and the first hour stands in everybody's week.
func (f *first) begins() {
	plan := filepath.Join(f.t.TempDir(), "plan.docx")
	if err := os.WriteFile(plan, sample.Plan(f.t), 0o600); err != nil {
		f.t.Fatal(err)
	}
	bram := &person{f.browser.Person("Bram"), f.t}
	bram.Elsewhere(f.login.Issuer)
	at := ""
	f.part("a lead begins in phase 3 with a plan from Word", bram, func() {
		bram.Goto("/sign-in")
		bram.Click("Nederlands")
		bram.Click("Inloggen met je school")
		bram.atSchool("bram.aalders")
		bram.Goto("/week")
		bram.Click("Trajecten")
		bram.Click("We hebben al een plan")
		bram.Upload("Het bestand van jullie plan", plan)
		bram.Click("Kijk wat het wordt")
		bram.See("Dit wordt jullie plan")
		bram.Choose("Besluit")
		bram.Picture("firstmonth/word")
		bram.Click("Begin met dit plan")
		bram.See("met het plan erin")
		at = trajectoryAt.FindString(bram.Path())
		bram.Picture("firstmonth/plan")
	})
	f.part("three colleagues are asked in", bram, func() {
		for _, c := range []int{0, 2, 3} {
			bram.Goto(at + "/people")
			bram.Fill("Collega", f.people[c].name)
			bram.Choose("Lid van de groep")
			bram.Click("Vraag erbij")
			bram.See(f.people[c].name)
		}
	})
	f.part("the first hour of the group is planned", bram, func() {
		bram.Click("Bijeenkomsten")
		bram.Fill("Dag", today(f.t, 3))
		bram.Fill("Begint om", "15:10")
		bram.Fill("Waar?", "lokaal 1.08")
		bram.Click("Plan dit uur")
		bram.See("lokaal 1.08")
		bram.Picture("firstmonth/hour")
	})
	cato := visits(f.t, f.program.Address, f.login)
	cato.get("/sign-in")
	cato.send("/sign-in/school/", url.Values{})
	cato.send("/login/username", url.Values{"at": {f.login.Issuer}, "username": {"cato.aalders"}, "password": {"open"}})
	cato.get("/week")
	if !strings.Contains(cato.body, "lokaal 1.08") {
		f.t.Errorf("a colleague who was asked in does not see the hour: %.300s", cato.body)
	}
}
