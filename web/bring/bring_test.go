package bring_test

import (
	"bytes"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"leerkring/block/agreement"
	"leerkring/bring"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/method"
	"leerkring/school"
	"leerkring/task"
	"leerkring/test/bring/sample"
	"leerkring/trajectory"
	bringweb "leerkring/web/bring"
	"leerkring/web/room"
	"leerkring/web/room/roomtest"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/writing"
)

// place is a team on its way, with the pages on which it brings its board.
type place struct {
	*roomtest.Site
	t     *testing.T
	d     *db.DB
	walks *trajectory.Service
	ids   map[string]string
	walk  string
	base  string
}

func newPlace(t *testing.T) *place {
	t.Helper()
	d, c := dbtest.SQLite(t), clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC))
	library, err := method.Builtin()
	p := &place{t: t, d: d, ids: map[string]string{}}
	p.ok(err)
	schools := school.NewService(d, c)
	p.walks = trajectory.NewService(d, c, library)
	found, err := schools.Found(t.Context(), school.Founding{Board: "Bestuur", School: school.School{Name: "Het Baken"}, AdminName: "Ad Min", AdminEmail: "ad@baken.example"})
	p.ok(err)
	admin, err := school.Knows(t.Context(), d, found.AdminID)
	p.ok(err)
	for name, full := range map[string]string{"noor": "Noor Haddad", "sem": "Sem de Boer", "rosa": "Rosa Adriaanse"} {
		p.ids[name], err = schools.AddStaff(t.Context(), admin.Who, found.SchoolID, school.NewStaff{Name: full, Email: name + "@baken.example", Active: true})
		p.ok(err)
	}
	noor, err := school.Knows(t.Context(), d, p.ids["noor"])
	p.ok(err)
	p.walk, err = p.walks.Begin(t.Context(), noor.Who, trajectory.Start{SchoolID: found.SchoolID, MethodID: "verbetercyclus", Title: "Feedback", Open: true})
	p.ok(err)
	p.exec(`insert into participant (trajectory_id, person_id, role, joined_at) values ($1, $2, 'member', $3)`, p.walk, p.ids["sem"], c.Now())
	p.Site = roomtest.New(t, d, c, library, bring.Texts, bringweb.Texts, agreement.Texts, task.Texts, trajectoryweb.Texts, writing.Texts)
	rm := &bringweb.Room{Boards: bring.NewService(p.walks, agreement.NewService(p.walks, c))}
	upload := func(h room.Handler) room.Handler {
		return func(r *room.Request) error { r.Upload = 12 << 20; return h(r) }
	}
	p.Route("GET", "/trajectories/{id}/bring/form", rm.Show)
	p.Route("POST", "/trajectories/{id}/bring", upload(rm.LookAt))
	p.Route("POST", "/trajectories/{id}/bring/apply", upload(rm.Bring))
	p.Route("POST", "/trajectories/{id}/bring/beside/{thing}", rm.Beside)
	p.base = "/trajectories/" + p.walk + "/bring"
	return p
}

func (p *place) ok(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *place) exec(sql string, args ...any) {
	p.t.Helper()
	p.ok(p.d.Write(p.t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(p.t.Context(), tx, sql, args...)
		return err
	}))
}

func (p *place) count(sql string) int {
	p.t.Helper()
	n, err := db.One(p.t.Context(), p.d, sql, db.Int)
	p.ok(err)
	return n
}

// sends sends a form with or without a file, as a browser does.
func (p *place) sends(who, path string, file []byte, fields map[string]string) roomtest.Reply {
	p.t.Helper()
	return p.Upload(p.ids[who], path, file, fields)
}

// named is the field of the form whose label holds these words.
func (p *place) named(body, label string) string {
	p.t.Helper()
	m := regexp.MustCompile(`<label[^>]*for="f-([^"]*)"[^>]*>[^<]*` + regexp.QuoteMeta(html.EscapeString(label))).FindStringSubmatch(body)
	if m == nil {
		p.t.Fatalf("no field %q", label)
	}
	return m[1]
}

func TestABoardIsLookedAtAndBrought(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.Get(p.ids["noor"], p.base+"/form").Has(t, "Neem een bord over", "Trello", "Planner", "Er verandert nog niets")
	look := p.sends("noor", p.base, sample.Trello, nil)
	look.Has(t, "Werkbord sectie talen", "Hieronder 5 taken en 2 afspraken.", "Wie is ‘Anna V.’ hier?", "Deze naam kennen we hier.", "Klaar op vrijdag 10 april 2026", "Zet erin: 5 taken en 2 afspraken",
		"1 kaart is af en blijft daar.", "4 kaarten hangen in een lijst die niet meekomt.", "zoeken we wat terugkomt")
	if p.count(`select count(*) from task`)+p.count(`select count(*) from brought`) != 0 {
		t.Fatal("a look wrote something")
	}

	f := look.Filled()
	f[p.named(look.Body, "Wat worden de kaarten van ‘Gedaan’?")], f["done"] = "done", "true"
	changed := p.sends("noor", p.base+"/apply", nil, f) // without a look at what changed
	if changed.Status != http.StatusConflict || p.count(`select count(*) from task`) != 0 {
		t.Errorf("unseen cards: %d", changed.Status)
	}
	changed.Has(t, "Kijk eerst nog eens", "Hieronder 8 taken en 2 afspraken.", "Haal de oude posters weg")
	f = changed.Filled()
	f["done"] = "true"
	f[p.named(changed.Body, "Wie is ‘Anna V.’ hier?")] = p.ids["sem"]
	mend := p.named(changed.Body, "Te lang. Maak er 90 tekens van")
	f[mend] = strings.Repeat("a", 91)
	back := p.sends("noor", p.base+"/apply", nil, f)
	back.Has(t, "Schrijf hier 3 tot 90 tekens", f[mend]) // nothing that was typed is lost
	if back.Status != http.StatusUnprocessableEntity || back.Filled()[p.named(back.Body, "Wie is ‘Anna V.’ hier?")] != p.ids["sem"] {
		t.Errorf("%d: a choice was lost", back.Status)
	}
	f = back.Filled()
	f["done"], f[mend] = "true", "Eerst wat goed ging"
	if r := p.sends("noor", p.base+"/apply", nil, f); r.Location != p.base+"/form?said=board_brought" {
		t.Fatalf("%d %q %v", r.Status, r.Location, r.Err)
	}
	p.Get(p.ids["sem"], p.base+"/form?said=board_brought").Has(t, "Jullie bord staat erin", "Van een bord kwamen hier 8 taken en 2 afspraken.", "teksten die niet helemaal pasten", "de volgende keer", p.walk+"/agreement")
	if n := p.count(`select count(*) from task where owner_id = '` + p.ids["sem"] + `'`); n != 3 {
		t.Errorf("%d tasks of Sem", n)
	}
	p.putsAway("sem")
	again := p.sends("sem", p.base, sample.Trello, nil)
	again.Has(t, "10 kaarten staan er al.", "Nu komt er niets mee.")
	again.Lacks(t, "Zet erin:")
	later := p.sends("sem", p.base, sample.TrelloLater, nil)
	later.Has(t, "Hieronder 1 taak.", "Plan de volgende ronde lesbezoeken")
	if r := p.sends("sem", p.base+"/apply", nil, later.Filled()); !strings.Contains(r.Location, "said=board_brought") {
		t.Errorf("%d %v", r.Status, r.Err)
	}
}

// putsAway lets somebody put away what did not fit, one by one, and take one back.
func (p *place) putsAway(who string) {
	p.t.Helper()
	way := regexp.MustCompile(`action="(/trajectories/[^"]*/bring/beside/[^"]*)"`)
	page := p.Get(p.ids[who], p.base+"/form")
	ways := way.FindAllStringSubmatch(page.Body, -1)
	if len(ways) == 0 {
		p.t.Fatal("nothing can be put away")
	}
	page.Lacks(p.t, "weggelegd", "Haal terug")
	for _, other := range []string{"rosa"} {
		if r := p.Post(p.ids[other], ways[0][1]); r.Status != http.StatusNotFound {
			p.t.Errorf("%s puts away: %d", other, r.Status)
		}
	}
	if r := p.Post(p.ids[who], p.base+"/beside/01K0000000000000000000000A"); r.Status != http.StatusNotFound {
		p.t.Errorf("what is not there: %d", r.Status)
	}
	for _, w := range append(ways, ways[0]) { // the first one twice
		if r := p.Post(p.ids[who], w[1]); r.Status != 303 || !strings.Contains(r.Location, "said=board_away#before") {
			p.t.Errorf("%d %q %v", r.Status, r.Location, r.Err)
		}
	}
	page = p.Get(p.ids[who], p.base+"/form?said=board_away")
	page.Lacks(p.t, "niet helemaal past", "Leg weg")
	page.Has(p.t, fmt.Sprintf("%d teksten weggelegd", len(ways)), "Haal terug", "Je kunt hem terughalen", "de volgende keer")
	if !regexp.MustCompile(`<details[^>]*id="away"[^>]* open`).MatchString(page.Body) {
		p.t.Error("the list closed")
	}
	if r := p.Post(p.ids[who], ways[0][1], "back", "true"); r.Status != 303 || !strings.Contains(r.Location, "said=board_back#before") {
		p.t.Errorf("%d %q %v", r.Status, r.Location, r.Err)
	}
	p.Get(p.ids[who], p.base+"/form").Has(p.t, "1 tekst die niet helemaal paste", "Leg weg", fmt.Sprintf("%d teksten weggelegd", len(ways)-1))
}

// What did not fit is read once: not as a heading and then again in the text.
func TestWhatDidNotFitIsSaidOnce(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	long := strings.TrimSpace(strings.Repeat("Eerst laten we de doelen zien. ", 12))
	b := bring.Board{Origin: bring.Trello, Lists: []bring.List{{Name: "Te doen", Cards: []bring.Card{
		{ID: "a", Name: "Maak een toetskalender", Text: long},
		{ID: "b", Name: "Alles op één regel, " + long},
		{ID: "c", Name: "Kijk in de les", Text: "Met een vraag vooraf.", Labels: []string{long}},
		{ID: "d", Name: "Te lang voor hier, " + long},
		{ID: "e", Name: "Heet straks anders", Text: long},
	}}}}
	packed, err := b.Pack()
	p.ok(err)
	look := p.sends("noor", p.base, nil, map[string]string{"board": packed})
	f := look.Filled()
	mend := regexp.MustCompile(`name="(w-[0-9a-f]+)" value="Te lang voor hier`).FindStringSubmatch(look.Body)
	if mend == nil {
		t.Fatal("nothing to mend")
	}
	f[mend[1]] = "Eigen woorden"
	if r := p.sends("noor", p.base+"/apply", nil, f); !strings.Contains(r.Location, "said=board_brought") {
		t.Fatalf("%d %v", r.Status, r.Err)
	}
	p.exec(`update task set body = 'Nu heet het zo' where body like 'Heet straks anders%'`)

	page := p.Get(p.ids["noor"], p.base+"/form")
	shown := map[string]string{}
	for _, m := range regexp.MustCompile(`(?s)<li class="stack g-2">(.*?)<form`).FindAllStringSubmatch(page.Body, -1) {
		text := html.UnescapeString(regexp.MustCompile(`</?p[^>]*>\s*`).ReplaceAllString(m[1], ""))
		first, _, _ := strings.Cut(strings.TrimPrefix(text, "<b>"), " ")
		shown[first] = strings.TrimSpace(text)
	}
	for first, want := range map[string]string{
		"Maak":  "<b>Maak een toetskalender</b>" + long,
		"Alles": "Alles op één regel, " + long,
		"Kijk":  "<b>Kijk in de les</b>Met een vraag vooraf.\n[" + long + "]",
		"Eigen": "<b>Eigen woorden</b>Te lang voor hier, " + long,
		"Nu":    "<b>Nu heet het zo</b>Heet straks anders\n" + long,
	} {
		if shown[first] != want {
			t.Errorf("%s:\n%q, want\n%q", first, shown[first], want)
		}
	}
	if len(shown) != 5 {
		t.Errorf("%d texts", len(shown))
	}
}

func TestAPlanWithDaysInDoubt(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.Lang = "en"
	look := p.sends("noor", p.base, sample.Planner(t, "en", []sample.Task{{ID: "a", Name: "Prepare <b>three</b> lessons", Bucket: "To do", Due: "03/04/2026", People: "Noor Haddad", Steps: strings.Repeat("a long line that does not fit;", 20)}}), nil)
	look.Has(t, "How are the days written in the file?", "Due on Wednesday 4 March 2026", "Prepare &lt;b&gt;three&lt;/b&gt; lessons", "checklist lines that do not fit")
	f := look.Filled()
	f["days"] = "day"
	p.sends("noor", p.base, nil, f).Has(t, "Due on Friday 3 April 2026")
	f["steps"] = "true"
	steps := p.sends("noor", p.base, nil, f)
	steps.Has(t, "Below: 21 tasks.", "lessons: a long line")
	f = steps.Filled()
	for name := range f {
		if strings.HasPrefix(name, "c-") {
			f[name] = bring.NotThis
		}
	}
	f["steps"] = "true"
	if r := p.sends("noor", p.base+"/apply", nil, f); !strings.Contains(r.Location, "said=board_nothing") || p.count(`select count(*) from task`) != 0 {
		t.Errorf("everything left out: %d %q %v", r.Status, r.Location, r.Err)
	}
}

func TestColumnsThatAreNotReadAreSaid(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	b := bring.Board{Origin: bring.Planner, Unread: []string{"Kosten", "Zaal"}, Lists: []bring.List{{Name: "Te doen", Cards: []bring.Card{{ID: "a", Name: "Zet klaar"}}}}}
	packed, err := b.Pack()
	p.ok(err)
	p.sends("noor", p.base, nil, map[string]string{"board": packed}).Has(t, "Deze kolommen lezen we niet: Kosten en Zaal.")
}

func TestAFileThatIsNoBoardIsRefusedKindly(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	for name, c := range map[string]struct {
		file   []byte
		fields map[string]string
		want   string
	}{
		"nothing":         {nil, nil, "Kies eerst een bestand."},
		"a page":          {[]byte("<html>"), nil, "Hierin vinden we geen bord."},
		"too large":       {bytes.Repeat([]byte("x"), 12<<20+1), nil, "Dit bestand is groter dan 12 MB."},
		"a broken board":  {sample.Trello[:900], nil, "We kunnen dit bestand niet lezen."},
		"a changed board": {nil, map[string]string{"board": "AAAA"}, "We zijn het bestand kwijt."},
	} {
		for _, path := range []string{p.base, p.base + "/apply"} {
			r := p.sends("noor", path, c.file, c.fields)
			if r.Has(t, c.want); r.Status != http.StatusUnprocessableEntity {
				t.Errorf("%s at %s: %d", name, path, r.Status)
			}
		}
	}
	for _, path := range []string{p.base, p.base + "/apply"} { // not allowed is the same as not there
		if r := p.sends("rosa", path, []byte("<html>"), nil); r.Status != http.StatusNotFound {
			t.Errorf("a colleague at %s: %d", path, r.Status)
		}
	}
	if r := p.Get(p.ids["rosa"], p.base+"/form"); r.Status != http.StatusNotFound {
		t.Errorf("a colleague: %d", r.Status)
	}
	p.exec(`update trajectory set state = 'stopped' where id = $1`, p.walk)
	p.Get(p.ids["noor"], p.base+"/form").Has(t, "Dit traject is afgerond.")
	p.sends("noor", p.base, sample.Trello, nil).Has(t, "Dit traject is afgerond.")
}
