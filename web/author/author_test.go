package author_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/authoring"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	authorweb "leerkring/web/author"
	"leerkring/web/room"
	"leerkring/web/room/roomtest"
	"leerkring/writing"
)

// town is a school with its people and the pages of this room.
type town struct {
	*roomtest.Site
	t      *testing.T
	d      *db.DB
	own    *authoring.Service
	walks  *trajectory.Service
	id     string
	people map[string]string
}

func (w *town) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) who(name string) access.Who {
	w.t.Helper()
	k, err := school.Knows(w.t.Context(), w.d, w.people[name])
	w.ok(err)
	return k.Who
}

func open(t *testing.T, d *db.DB) *town {
	t.Helper()
	library, err := method.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	c := clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC))
	w := &town{t: t, d: d, people: map[string]string{}, own: authoring.NewService(d, c, library), walks: trajectory.NewService(d, c, library)}
	w.walks.ShelvedBy(w.own)
	schools := school.NewService(d, c)
	found, err := schools.Found(t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"})
	w.ok(err)
	w.id, w.people["admin"] = found.SchoolID, found.AdminID
	for _, name := range []string{"noor", "daan", "leader", "board"} {
		w.people[name], err = schools.AddStaff(t.Context(), w.who("admin"), w.id, school.NewStaff{Name: "Naam " + name, Email: name + "@baken.example", Active: true})
		w.ok(err)
	}
	w.ok(schools.Appoint(t.Context(), w.who("admin"), w.id, w.people["leader"], access.Role{Kind: access.RoleLeader, SchoolID: w.id}))
	other, err := schools.Found(t.Context(), school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"})
	w.ok(err)
	w.people["outsider"] = other.AdminID
	id, err := w.walks.Begin(t.Context(), w.who("noor"), trajectory.Start{SchoolID: w.id, MethodID: "kleine-ronde", Title: "Eerst dit", Open: true})
	w.ok(err)
	w.people["guest"], err = w.walks.Invite(t.Context(), w.who("noor"), id, trajectory.Invitation{Name: "Gijs Vreemd", Email: "gijs@elders.example", Role: trajectory.Guest, EndsOn: "2026-06-01"}, schools)
	w.ok(err)
	w.ok(d.Write(t.Context(), func(tx *db.Tx) error {
		if _, err := db.Exec(t.Context(), tx, `update person set state = 'active' where id = $1`, w.people["guest"]); err != nil {
			return err
		}
		_, err := db.Exec(t.Context(), tx, `delete from staff where person_id = $1`, w.people["board"]) // sits at the board, works at no school
		return err
	}))
	w.Site = roomtest.New(t, d, c, library, authorweb.Texts, authoring.Texts, writing.Texts)
	w.House.Shelf, w.House.DB = w.walks.LibraryOf, d
	rm := &authorweb.Room{Own: w.own, Trajectories: w.walks}
	upload := func(h room.Handler) room.Handler {
		return func(r *room.Request) error { r.Upload = 10 << 20; return h(r) }
	}
	w.Route("GET", "/own-methods", rm.List)
	w.Route("GET", "/own-methods/new", rm.New)
	w.Route("POST", "/own-methods", rm.Copy)
	w.Route("POST", "/own-methods/import", upload(rm.Look))
	w.Route("POST", "/own-methods/import/apply", upload(rm.BringIn))
	w.Route("GET", "/own-methods/{id}/edit", rm.Edit)
	w.Route("POST", "/own-methods/{id}", rm.Save)
	w.Route("GET", "/own-methods/{id}/stages/{stage}/edit", rm.EditStage)
	w.Route("POST", "/own-methods/{id}/stages/{stage}", rm.SaveStage)
	w.Route("GET", "/own-methods/{id}/differences", rm.Differences)
	w.Route("GET", "/own-methods/{id}/file", rm.File)
	w.Route("POST", "/own-methods/{id}/publish", rm.Publish)
	w.Route("POST", "/own-methods/{id}/retire", rm.Retire)
	w.Route("POST", "/own-methods/{id}/return", rm.Return)
	return w
}

func each(t *testing.T, f func(t *testing.T, w *town)) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, open(t, d)) })
}

// done posts a form and gives where it went on to.
func (w *town) done(name, said, path string, fields ...string) string {
	w.t.Helper()
	r := w.Post(w.people[name], path, fields...)
	if !strings.Contains(r.Location, "said="+said) {
		w.t.Fatalf("%s by %s: %d, %q, %v %s", path, name, r.Status, r.Location, r.Err, r.Body)
	}
	to, _, _ := strings.Cut(r.Location, "?")
	return to
}

// copied gives the address of a copy, without what is done there.
func (w *town) copied(name, of string) string {
	return strings.TrimSuffix(w.done(name, "author_copied", "/own-methods", "method", of), "/edit")
}

var field = regexp.MustCompile(`(?s)<(?:input|textarea|select)[^>]*? name="([^"]+)"[^>]*?>`)

// fields are the names and values of the form of a page, as a browser would send them.
func (w *town) fields(name, path string) []string {
	w.t.Helper()
	body := w.Get(w.people[name], path).Body
	_, form, _ := strings.Cut(body, `class="stack g-6"`)
	form, _, _ = strings.Cut(form, "</form>")
	var out []string
	for _, m := range field.FindAllStringSubmatchIndex(form, -1) {
		tag, key := form[m[0]:m[1]], form[m[2]:m[3]]
		value := ""
		switch {
		case strings.HasPrefix(tag, "<textarea"):
			value, _, _ = strings.Cut(form[m[1]:], "</textarea>")
			value = strings.TrimPrefix(value, "\n")
		case strings.HasPrefix(tag, "<select"):
			options, _, _ := strings.Cut(form[m[1]:], "</select>")
			if s := regexp.MustCompile(`value="([^"]*)" selected`).FindStringSubmatch(options); s != nil {
				value = s[1]
			}
		default:
			if v := regexp.MustCompile(` value="([^"]*)"`).FindStringSubmatch(tag); v != nil {
				value = v[1]
			}
		}
		out = append(out, key, strings.NewReplacer("&#39;", "'", "&#34;", `"`, "&amp;", "&", "&lt;", "<", "&gt;", ">").Replace(value))
	}
	if len(out) == 0 {
		w.t.Fatalf("no form at %s", path)
	}
	return out
}

// with changes values of a form; what it did not have is added.
func with(fields []string, pairs ...string) []string {
	out := append([]string(nil), fields...)
	for i := 0; i+1 < len(pairs); i += 2 {
		found := false
		for j := 0; j+1 < len(out); j += 2 {
			if out[j] == pairs[i] {
				out[j+1], found = pairs[i+1], true
			}
		}
		if !found {
			out = append(out, pairs[i], pairs[i+1])
		}
	}
	return out
}

// send uploads a file.
func (w *town) send(name, source string) roomtest.Reply {
	w.t.Helper()
	return w.Upload(w.people[name], "/own-methods/import", []byte(source), nil)
}

func TestASchoolWritesItsOwn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.Get(w.people["noor"], "/own-methods").Has(t, "Hier komen de werkvormen die jullie zelf maken.")
		at := w.copied("noor", "kleine-ronde")
		w.Get(w.people["daan"], "/own-methods").Has(t, "Kleine ronde, van ons", "Nog niet uitgegeven")
		w.Get(w.people["daan"], at+"/edit").Has(t, "Begin", "Terugblik", "Uitgeven kan wie dit maakte, of de schoolleiding.")
		w.Get(w.people["noor"], at+"/differences").Has(t, "Veranderd: Naam")
		stage := at + "/stages/begin"
		form := w.fields("daan", stage+"/edit")
		w.done("daan", "author_saved", stage, form...) // nothing changed
		w.done("daan", "author_saved", stage, with(form, "questions.kr.1.text.nl", "Wat wordt anders in onze {les}?")...)
		w.done("daan", "author_arranged", stage, with(w.fields("daan", stage+"/edit"), "do", "down questions kr.1")...)
		w.done("daan", "author_saved", stage, with(w.fields("daan", stage+"/edit"), "questions.new.text.nl", "Wie vragen we mee?", "questions.new.why.nl", "Samen zie je meer.")...)
		w.done("daan", "author_arranged", stage, with(w.fields("daan", stage+"/edit"), "do", "away questions kr.2")...)
		w.Get(w.people["noor"], at+"/differences").Has(t, "Wat wordt anders in onze les?", "Nieuw: vraag", "Weg: vraag", "Wie vragen we mee?")
		w.done("daan", "author_arranged", at, with(w.fields("daan", at+"/edit"), "do", "up stages terugblik")...)
		w.done("daan", "author_saved", at, with(w.fields("daan", at+"/edit"), "stages.new.name.nl", "Delen", "stages.new.aim.nl", "We vertellen het.", "stages.new.asks.nl", "wie hoort het?")...)
		w.Get(w.people["daan"], at+"/edit").Has(t, "Delen")
		w.done("noor", "author_published", at+"/publish", "version", version(t, w, "noor", at))
		w.Get(w.people["noor"], at+"/edit").Has(t, "Uitgegeven, versie 1.0.0")
		id := strings.TrimPrefix(at, "/own-methods/")
		_, err := w.walks.Begin(t.Context(), w.who("daan"), trajectory.Start{SchoolID: w.id, MethodID: id, Title: "Met de onze", Open: true})
		w.ok(err)
		w.Get(w.people["noor"], at+"/edit").Has(t, "Eén traject loopt hiermee.")
		w.done("leader", "author_retired", at+"/retire")
		w.Get(w.people["noor"], at+"/edit").Has(t, "Hier begint niemand meer mee")
		w.done("noor", "author_returned", at+"/return")
		w.Lang = "en"
		for _, path := range []string{"/own-methods", "/own-methods/new", at + "/edit", stage + "/edit", at + "/differences"} {
			w.Get(w.people["noor"], path).Lacks(t, "Bewaar", "Verschillen")
		}
	})
}

func version(t *testing.T, w *town, name, at string) string {
	t.Helper()
	body := w.Get(w.people[name], at+"/edit").Body
	_, form, _ := strings.Cut(body, at+`/publish"`)
	m := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(form)
	if m == nil {
		t.Fatal("no version to publish")
	}
	return m[1]
}

func TestNothingTypedIsLost(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := w.copied("noor", "kleine-ronde")
		stage := at + "/stages/begin"
		form := w.fields("noor", stage+"/edit")
		r := w.Post(w.people["noor"], stage, with(form, "questions.kr.1.text.nl", "Wat doet een {kind}?", "questions.kr.2.text.nl", "Dit moet blijven staan", "questions.new.text.nl", "En dit ook?")...)
		if r.Status != http.StatusUnprocessableEntity {
			t.Errorf("%d", r.Status)
		}
		r.Has(t, "is geen sectorwoord", `href="#f-questions.kr.1.text.nl"`, "Wat doet een {kind}?", "Dit moet blijven staan", "En dit ook?", "Dit is nog leeg.")
		w.Get(w.people["noor"], stage+"/edit").Lacks(t, "Dit moet blijven staan")

		w.done("daan", "author_saved", stage, with(form, "aim.nl", "Het doel van Daan.")...)
		w.done("noor", "author_saved", stage, with(form, "questions.kr.2.text.nl", "Wat probeert Noor?")...)
		w.Get(w.people["noor"], stage+"/edit").Has(t, "Het doel van Daan.", "Wat probeert Noor?")
		r = w.Post(w.people["noor"], stage, with(form, "aim.nl", "Het doel van Noor.")...)
		if r.Status != http.StatusConflict {
			t.Errorf("%d", r.Status)
		}
		r.Has(t, "Een collega schreef intussen: ‘Het doel van Daan.’", "Het doel van Noor.", "Wat probeert Noor?")
		w.Get(w.people["noor"], stage+"/edit").Has(t, "Het doel van Daan.")

		r = w.Post(w.people["noor"], at, with(w.fields("noor", at+"/edit"), "weeks", "veel")...)
		r.Has(t, `value="veel"`)
	})
}

func TestWhoFindsThePagesOfAnOwnPack(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := w.copied("noor", "kleine-ronde")
		source := w.Get(w.people["noor"], at+"/file")
		if !strings.HasPrefix(source.Body, "--- # pack.yaml") {
			t.Fatalf("%.40s", source.Body)
		}
		form := w.fields("noor", at+"/stages/begin/edit")
		for _, name := range []string{"outsider", "guest", "board"} {
			for _, path := range []string{at + "/edit", at + "/stages/begin/edit", at + "/differences", at + "/file"} {
				if r := w.Get(w.people[name], path); r.Status != http.StatusNotFound {
					t.Errorf("%s reads %s: %d", name, path, r.Status)
				}
			}
			for _, path := range []string{at, at + "/stages/begin", at + "/publish", at + "/retire", at + "/return"} {
				if r := w.Post(w.people[name], path, form...); r.Status != http.StatusNotFound {
					t.Errorf("%s does %s: %d %s", name, path, r.Status, r.Location)
				}
			}
		}
		for _, name := range []string{"guest", "board"} {
			if r := w.Post(w.people[name], "/own-methods", "method", "kleine-ronde"); r.Status != http.StatusNotFound {
				t.Errorf("%s copies: %d %s", name, r.Status, r.Location)
			}
			if r := w.send(name, source.Body); r.Status != http.StatusNotFound {
				t.Errorf("%s brings in: %d", name, r.Status)
			}
		}
		for _, path := range []string{at + "/publish", at + "/retire"} {
			if r := w.Post(w.people["daan"], path, "version", "1"); r.Status != http.StatusNotFound {
				t.Errorf("a colleague does %s: %d", path, r.Status)
			}
		}
		w.Get(w.people["outsider"], "/own-methods").Lacks(t, "Kleine ronde, van ons")
		for _, path := range []string{"/own-methods/nergens/edit", "/own-methods/..%2f/edit", at + "/stages/nergens/edit", at + "/stages/pack/edit"} {
			if r := w.Get(w.people["noor"], path); r.Status != http.StatusNotFound && !strings.HasSuffix(path, "/pack/edit") {
				t.Errorf("%s: %d", path, r.Status)
			}
		}
	})
}

var hidden = regexp.MustCompile(`name="(digest|source)" value="([^"]*)"`)

func TestAFileIsLookedAtFirst(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := w.copied("noor", "kleine-ronde")
		stage := at + "/stages/begin"
		w.done("noor", "author_saved", stage, with(w.fields("noor", stage+"/edit"), "questions.kr.1.text.nl", "Wat wordt anders?")...)
		source := w.Get(w.people["noor"], at+"/file").Body
		w.send("noor", source).Has(t, "Deze werkvorm heb je al, woord voor woord.")
		look := w.send("outsider", source)
		look.Has(t, "Kleine ronde, van ons", "Dit wordt een nieuwe eigen werkvorm van je school.", "Wat wordt anders?")
		fields := []string{}
		for _, m := range hidden.FindAllStringSubmatch(look.Body, -1) {
			fields = append(fields, m[1], strings.NewReplacer("&#39;", "'", "&#34;", `"`, "&amp;", "&", "&lt;", "<", "&gt;", ">").Replace(m[2]))
		}
		there := w.done("outsider", "author_brought", "/own-methods/import/apply", fields...)
		w.Get(w.people["outsider"], there).Has(t, "Kleine ronde, van ons")
		w.send("outsider", source).Has(t, "Deze werkvorm heb je al")
		for name, c := range map[string]struct{ source, says string }{
			"plain words":  {"Beste collega’s", "begint met de regel ‘--- # pack.yaml’"},
			"a slip":       {strings.Replace(source, "weeks: 6", "weekz: 6", 1), "Bedoel je ‘weeks’?"},
			"a name of us": {strings.Replace(source, "id: "+strings.TrimPrefix(at, "/own-methods/"), "id: kleine-ronde", 1), "de naam van een werkvorm van Leerkring zelf"},
			"nothing":      {"", "Kies eerst een bestand."},
			"too large":    {source + "# " + strings.Repeat("a", authoring.MaxFile), "Dit bestand is te groot"},
		} {
			r := w.send("noor", c.source)
			r.Has(t, c.says)
			if r.Status != http.StatusUnprocessableEntity {
				t.Errorf("%s: %d", name, r.Status)
			}
		}
		r := w.Post(w.people["outsider"], "/own-methods/import/apply", "source", strings.Replace(source, "weeks: 6", "weeks: 7", 1), "digest", "x")
		if r.Status != http.StatusConflict {
			t.Errorf("another file than was looked at: %d", r.Status)
		}
		r.Has(t, "Kijk nog eens wat dit bestand doet.")
	})
}

// TestEveryPackHasAForm opens each part of each pack of ours, and saves it as it stands.
func TestEveryPackHasAForm(t *testing.T) {
	t.Parallel()
	w := open(t, dbtest.SQLite(t))
	library, err := method.Builtin()
	w.ok(err)
	for _, p := range library.List() {
		at := w.copied("noor", p.ID)
		w.done("noor", "author_saved", at, w.fields("noor", at+"/edit")...)
		for _, s := range p.Stages {
			stage := at + "/stages/" + s.ID
			w.done("noor", "author_saved", stage, w.fields("noor", stage+"/edit")...)
		}
		own, err := w.own.One(t.Context(), w.who("noor"), strings.TrimPrefix(at, "/own-methods/"))
		w.ok(err)
		if own.Version != 1 {
			t.Errorf("%s: a form that nobody changed changed the pack %d times: %+v", p.ID, own.Version-1, method.Differences(p, own.Draft))
		}
	}
}
