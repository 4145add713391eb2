package takeover_test

import (
	"html"
	"regexp"
	"strings"
	"testing"
	"time"

	"leerkring/block/condition"
	"leerkring/block/decision"
	"leerkring/block/plan"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/school"
	"leerkring/test/enter/sample"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/room/roomtest"
	takeoverweb "leerkring/web/takeover"
	trajectoryweb "leerkring/web/trajectory"
)

// place is a school with a team on its way, with the pages on which a plan comes in.
type place struct {
	*roomtest.Site
	t    *testing.T
	d    *db.DB
	ids  map[string]string
	walk string
	base string
}

func newPlace(t *testing.T) *place {
	t.Helper()
	d, c := dbtest.SQLite(t), clock.NewFake(time.Date(2025, 11, 19, 14, 0, 0, 0, time.UTC))
	library, err := method.Builtin()
	p := &place{t: t, d: d, ids: map[string]string{}}
	p.ok(err)
	schools := school.NewService(d, c)
	walks := trajectory.NewService(d, c, library)
	found, err := schools.Found(t.Context(), school.Founding{Board: "Bestuur", School: school.School{Name: "Het Baken"}, AdminName: "Ad Min", AdminEmail: "ad@baken.example"})
	p.ok(err)
	admin, err := school.Knows(t.Context(), d, found.AdminID)
	p.ok(err)
	for _, name := range []string{"noor", "rosa"} {
		p.ids[name], err = schools.AddStaff(t.Context(), admin.Who, found.SchoolID, school.NewStaff{Name: "Naam " + name, Email: name + "@baken.example", Active: true})
		p.ok(err)
	}
	noor, err := school.Knows(t.Context(), d, p.ids["noor"])
	p.ok(err)
	p.walk, err = walks.Begin(t.Context(), noor.Who, trajectory.Start{SchoolID: found.SchoolID, MethodID: "verbetercyclus", Title: "Lezen", Open: true})
	p.ok(err)
	p.Site = roomtest.New(t, d, c, library, plan.Texts, decision.Texts, trajectoryweb.Texts, takeoverweb.Texts)
	rm := &takeoverweb.Room{Trajectories: walks, Plans: plan.NewService(walks, c), Schools: schools, Needs: condition.NewService(walks, c).Needs}
	upload := func(h room.Handler) room.Handler {
		return func(r *room.Request) error { r.Upload = 12 << 20; return h(r) }
	}
	p.Route("GET", "/trajectories/own/form", rm.New)
	p.Route("POST", "/trajectories/own", upload(rm.LookNew))
	p.Route("POST", "/trajectories/own/apply", upload(rm.Begin))
	p.base = "/trajectories/" + p.walk + "/plan/own"
	p.Route("GET", "/trajectories/{id}/plan/own/form", rm.Form)
	p.Route("POST", "/trajectories/{id}/plan/own", upload(rm.Look))
	p.Route("POST", "/trajectories/{id}/plan/own/apply", upload(rm.Fill))
	return p
}

func (p *place) ok(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *place) count(sql string) int {
	p.t.Helper()
	n, err := db.One(p.t.Context(), p.d, sql, db.Int)
	p.ok(err)
	return n
}

func (p *place) sends(who, path string, file []byte, fields map[string]string) roomtest.Reply {
	p.t.Helper()
	return p.Upload(p.ids[who], path, file, fields)
}

var selectField = regexp.MustCompile(`<select class="input" id="[^"]*" name="([^"]*)"`)

// named is the select of the line that says this.
func named(t *testing.T, body, line string) string {
	t.Helper()
	at := strings.Index(body, "‘"+html.EscapeString(line))
	if at < 0 {
		t.Fatalf("no line %q", line)
	}
	return selectField.FindStringSubmatch(body[at:])[1]
}

func TestATrajectoryBeginsWithItsPlan(t *testing.T) {
	p := newPlace(t)
	p.Get(p.ids["noor"], "/trajectories/own/form?method=verbetercyclus").Has(t, "Begin met een plan dat er al is", `value="verbetercyclus" selected`, `type="file"`, "Of plak hier de tekst")
	was := p.count(`select count(*) from journal`)
	r := p.sends("noor", "/trajectories/own", sample.Plan(t), map[string]string{"method": "verbetercyclus"})
	r.Has(t, "3 doelen", "8 acties", "Wie: Fatima", "Klaar op maandag 12 januari", "Wanneer: voor de kerst", "Tijd: 10", "Naast het plan", "Stond onder ‘Begroting’", `value="Leesplezier in de onderbouw"`, "Waar zijn jullie nu?")
	if p.count(`select count(*) from journal`) != was {
		t.Error("a look wrote something")
	}
	f := r.Filled()
	refused := p.sends("noor", "/trajectories/own/apply", nil, f)
	refused.Has(t, "Kies in welke fase jullie nu zijn.", "8 acties", `value="Leesplezier in de onderbouw"`)
	if refused.Status != 422 || p.count(`select count(*) from trajectory`) != 1 {
		t.Error("without a stage", refused.Status)
	}
	f = refused.Filled()
	f["stage"], f["title"] = "besluit", "Lezen in klas 1"
	f[named(t, r.Body, "Zie de map op de schijf")] = "leave"
	changed := map[string]string{}
	for k, v := range f {
		changed[k] = v
	}
	changed["text"] += "\n\nEen regel erbij"
	p.sends("noor", "/trajectories/own/apply", nil, changed).Has(t, "Een regel erbij", "Nog niets veranderd")
	out := p.sends("noor", "/trajectories/own/apply", nil, f)
	if out.Status != 303 || p.count(`select count(*) from trajectory`) != 2 {
		t.Fatal(out.Status, out.Err, out.Body)
	}
	for sql, want := range map[string]int{
		`select count(*) from plan_item where kind = 'goal' and removed_at is null`:                                              3,
		`select count(*) from plan_item where kind = 'action' and removed_at is null`:                                            8,
		`select count(*) from plan_line where state = 'waiting'`:                                                                 1,
		`select count(*) from stage_visit v join trajectory t on t.id = v.trajectory_id where t.title = 'Lezen in klas 1'`:       3,
		`select count(*) from participant p join trajectory t on t.id = p.trajectory_id where t.title = 'Lezen in klas 1'`:       1,
		`select count(*) from plan_item where owner_id is not null and owner_id <> ''`:                                           0,
		`select count(*) from trajectory where title = 'Lezen in klas 1' and question like 'Waarom lezen onze brugklassers th%'`: 1,
	} {
		if n := p.count(sql); n != want {
			t.Errorf("%s: %d, want %d", sql, n, want)
		}
	}
}

func TestAPlanComesIntoADraft(t *testing.T) {
	p := newPlace(t)
	p.Get(p.ids["noor"], p.base+"/form").Has(t, "Neem een plan over uit Word", "Kijk wat het wordt")
	r := p.sends("noor", p.base, nil, map[string]string{"text": "Doelen\n- Leerlingen lezen elke dag.\n\nActies\nWat\tWie\tWanneer\nKast vullen\tTom\t3 februari 2026\n\nLosse zin die nergens bij hoort en dus wacht."})
	r.Has(t, "1 doel", "1 actie", "Wie: Tom", "Op dinsdag 3 februari")
	r.Lacks(t, `<option value="question"`)
	f := r.Filled()
	if out := p.sends("noor", p.base+"/apply", nil, f); out.Status != 303 {
		t.Fatal(out.Status, out.Err, out.Body)
	}
	r = p.sends("noor", p.base, nil, map[string]string{"text": f["text"]})
	r.Has(t, "Dit staat er al.")
	was := p.count(`select count(*) from journal`)
	if out := p.sends("noor", p.base+"/apply", nil, r.Filled()); out.Status != 303 || p.count(`select count(*) from journal`) != was {
		t.Error("a second time something changed", out.Status, out.Err)
	}
	for name, x := range map[string]struct {
		file []byte
		want string
	}{
		"pdf": {[]byte("%PDF-1.7 x"), "Een pdf lezen we niet."}, "old": {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 more"), "Word-bestand van vroeger"},
		"photo": {[]byte("\x89PNG\r\n\x1a\n0000"), "Dit is een foto."}, "nothing": {[]byte(" "), "geen woorden"},
	} {
		if out := p.sends("noor", p.base, x.file, map[string]string{"text": "Wat ik zelf typte"}); out.Status != 422 {
			t.Errorf("%s: %d", name, out.Status)
		} else {
			out.Has(t, x.want, "Wat ik zelf typte")
		}
	}
	p.sends("noor", p.base, nil, nil).Has(t, "Kies een bestand, of plak de tekst van het plan.")
	for _, path := range []string{p.base, p.base + "/apply"} {
		if out := p.sends("rosa", path, nil, map[string]string{"text": "Doelen\n- Iets"}); !errs.IsAbsent(out.Err) {
			t.Errorf("%s for who only reads: %d %v", path, out.Status, out.Err)
		}
	}
	if out := p.Get(p.ids["rosa"], p.base+"/form"); !errs.IsAbsent(out.Err) {
		t.Errorf("the page for who only reads: %d %v", out.Status, out.Err)
	}
	p.Lang = "en"
	p.Get(p.ids["noor"], p.base+"/form").Has(t, "Take over a plan from Word")
}
