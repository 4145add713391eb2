package evidence_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/contribution"
	"leerkring/block/evidence"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	evidenceweb "leerkring/web/evidence"
	"leerkring/web/room"
	"leerkring/web/room/roomtest"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/why"
)

// desk is a school with a trajectory, its people, and the pages.
type desk struct {
	*roomtest.Site
	t             *testing.T
	d             *db.DB
	clock         *clock.Fake
	trajectories  *trajectory.Service
	evidence      *evidence.Service
	contributions *contribution.Service
	room          *evidenceweb.Room
	id            string
	people        map[string]string
}

func must[T any](x T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	t.Parallel()
	ctx := t.Context()
	library := must(method.Builtin())(t)
	w := &desk{t: t, d: dbtest.SQLite(t), clock: clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC)), people: map[string]string{}}
	w.trajectories = trajectory.NewService(w.d, w.clock, library)
	schools := school.NewService(w.d, w.clock)
	found := must(schools.Found(ctx, school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"}))(t)
	admin := must(school.Knows(ctx, w.d, found.AdminID))(t).Who
	for name, full := range map[string]string{"lead": "Marieke de Wit", "member": "Thijs Kok", "second": "Samira El Amrani", "colleague": "Wim Hofman", "leader": "Ilse Brand"} {
		w.people[name] = must(schools.AddStaff(ctx, admin, found.SchoolID, school.NewStaff{Name: full, Email: name + "@baken.example", Active: true}))(t)
	}
	if err := schools.Appoint(ctx, admin, found.SchoolID, w.people["leader"], access.Role{Kind: access.RoleLeader, SchoolID: found.SchoolID}); err != nil {
		t.Fatal(err)
	}
	w.id = must(w.trajectories.Begin(ctx, w.who("lead"), trajectory.Start{SchoolID: found.SchoolID, MethodID: "verbetercyclus", Title: "Feedback in elke les", StageID: "verdiep", Open: true}))(t)
	for _, name := range []string{"member", "second"} {
		must(w.trajectories.Invite(ctx, w.who("lead"), w.id, trajectory.Invitation{PersonID: w.people[name], Role: trajectory.Member}, schools))(t)
	}
	w.contributions = contribution.NewService(w.d, w.clock, w.trajectories)
	w.evidence = evidence.NewService(w.trajectories, w.clock, w.contributions)
	w.contributions.About("finding", w.evidence.FindingThere)
	w.trajectories.Tells(w.evidence)
	w.room = &evidenceweb.Room{Trajectories: w.trajectories, Evidence: w.evidence, Contributions: w.contributions}
	w.Site = roomtest.New(t, w.d, w.clock, library, contribution.Texts, evidence.Texts, trajectoryweb.Texts, evidenceweb.Texts)
	for _, r := range routes(w.room) {
		w.Route(r.method, r.pattern, r.handler)
	}
	return w
}

type route struct {
	method, pattern string
	action          access.Action
	kind            access.Kind
	handler         room.Handler
}

func routes(e *evidenceweb.Room) []route {
	all := []route{
		{"GET", "/trajectories/{id}/sources", access.Read, access.Evidence, e.Show},
		{"POST", "/trajectories/{id}/sources/{item}/translate", access.Edit, access.Evidence, e.Translate},
		{"POST", "/trajectories/{id}/findings/{item}/share", access.Settle, access.Finding, e.Share},
		{"POST", "/trajectories/{id}/findings/{item}/take-back", access.Settle, access.Finding, e.TakeBack},
		{"POST", "/trajectories/{id}/findings/{item}/reactions", access.Create, access.Reaction, e.React},
		{"POST", "/trajectories/{id}/explanations/{item}/cite", access.Edit, access.Finding, e.Cite(evidence.ExplanationKind)},
		{"POST", "/trajectories/{id}/findings/{item}/cite", access.Edit, access.Finding, e.Cite(evidence.FindingKind)},
	}
	for kind, folder := range map[evidence.Kind]string{evidence.SourceKind: "sources", evidence.ExplanationKind: "explanations", evidence.FindingKind: "findings", evidence.AttemptKind: "attempts"} {
		base := "/trajectories/{id}/" + folder
		all = append(all,
			route{"POST", base, access.Create, kind.Access(), e.Add(kind)}, route{"GET", base + "/{item}", access.Read, kind.Access(), e.One(kind)}, route{"POST", base + "/{item}", access.Edit, kind.Access(), e.Edit(kind)},
			route{"POST", base + "/{item}/remove", access.Remove, kind.Access(), e.Remove(kind)}, route{"POST", base + "/{item}/restore", access.Edit, kind.Access(), e.Restore(kind)},
			route{"POST", base + "/{item}/let-go", access.Edit, kind.Access(), e.LetGo(kind)})
	}
	return all
}

func (w *desk) who(name string) access.Who {
	w.t.Helper()
	return must(school.Knows(w.t.Context(), w.d, w.people[name]))(w.t).Who
}

func (w *desk) add(name string, n evidence.New) string {
	w.t.Helper()
	defer w.clock.Move(time.Minute)
	return must(w.evidence.Add(w.t.Context(), w.who(name), w.id, n))(w.t)
}

func (w *desk) seen(name string) trajectory.Seen {
	w.t.Helper()
	return must(w.trajectories.Reach(w.t.Context(), w.d, w.who(name), w.id))(w.t)
}

func (w *desk) page() string { return "/trajectories/" + w.id + "/sources" }

var talk = evidence.Source{Of: evidence.Interview, Title: "Gesprek met acht leerlingen", Says: "Zij missen een voorbeeld van goed werk.", Strength: evidence.Indication, Stance: evidence.Opposes}
var study = evidence.Source{Of: evidence.Literature, Title: "Overzichtsstudie zelf plannen", Where: "https://x.example/studie", Says: "Eerst voordoen.", Strength: evidence.Firm, Translation: "Wij doen het in klas 3 hardop voor.",
	Appraisal: evidence.Appraisal{evidence.Relevant: {Verdict: evidence.Yes, Note: "precies onze vraag"}, evidence.Fits: {Verdict: evidence.Partly}}}

func TestAnEmptyPageTeachesTheFirstStep(t *testing.T) {
	w := newDesk(t)
	for lang, has := range map[string][]string{
		"nl": {"Hier komt wat jullie weten en van wie.", "Vraag een collega", "Hoe legt een leerling dit uit?", "Welke zin zou je nu aan een collega vertellen?", "Wie werkt hier het langst?", "wat schuurt, en wat wil je houden?"},
		"en": {"Start close by: which colleague knows about this?", "Ask a colleague", "How does a pupil explain this?"},
	} {
		w.Lang = lang
		w.Get(w.people["member"], w.page()).Has(t, has...)
		w.Get(w.people["colleague"], w.page()).Lacks(t, "data-draft=", "Vraag een collega", "Ask a colleague")
	}
	if c, err := section(w, "member"); c != "" || err != nil {
		t.Errorf("nothing yet, no section: %q, %v", c, err)
	}
}

// section is the part of the stage page, as somebody sees it.
func section(w *desk, name string) (html string, err error) {
	w.t.Helper()
	w.Route("GET", "/section/"+name, func(r *room.Request) error {
		c, failed := w.room.Section(r, w.seen(name), nil)
		if c == nil || failed != nil {
			err = failed
			return nil
		}
		return r.Render(200, c)
	})
	return w.Get(w.people[name], "/section/"+name).Body, err
}

func TestASourceIsAddedInTwoFields(t *testing.T) {
	w := newDesk(t)
	me := w.people["member"]
	r := w.Post(me, w.page(), "form", "source", "title", "Petra van 3A", "says", "Zij laat eerst goed werk zien.", "of", "expert")
	if r.Status != 303 || !strings.Contains(r.Location, "said=evidence_source_added") {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	w.Get(me, w.page()+"?said=evidence_source_added").Has(t, "De bron staat erbij.", "Petra van 3A", "Zij laat eerst goed werk zien.", "nog niet gewogen", "Dit betekent voor onze leerlingen …", "Bewaar de zin", "Alle collega")
	w.clock.Move(time.Minute)
	w.add("lead", evidence.New{Item: talk})
	body := w.Get(me, w.page())
	if n := strings.Count(body.Body, `/translate"`); n != 1 {
		t.Errorf("%d nudges, one is enough", n)
	}
	body.Has(t, "aanwijzing", "spreekt tegen wat we dachten", "Maak de zin af: wat betekent dit voor onze leerlingen?")

	r = w.Post(me, w.page(), "form", "source", "title", "", "says", "Alleen een zin.", "of", "expert", "strength", "firm")
	if r.Status != 422 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	r.Has(t, "Hoe heet deze bron?", "Alleen een zin.", `aria-invalid="true"`, `href="#f-title"`, `id="f-title"`)
	if !regexp.MustCompile(`value="firm" checked`).MatchString(r.Body) {
		t.Error("what was chosen stays chosen")
	}
	r = w.Post(me, w.page(), "form", "source", "title", "Van Petra", "of", "gossip")
	if r.Status != 422 {
		t.Errorf("a type from elsewhere: %+v", r.Status)
	}
	if got := must(w.evidence.Sources(t.Context(), w.d, w.seen("lead")))(t); len(got) != 2 {
		t.Errorf("%d sources: a refusal adds none", len(got))
	}
}

func TestTheWholePage(t *testing.T) {
	w := newDesk(t)
	ctx := t.Context()
	a := w.add("member", evidence.New{Item: talk})
	b := w.add("lead", evidence.New{Item: study})
	x := w.add("second", evidence.New{Item: evidence.Explanation{Text: "Ze weten niet wanneer het goed is.", Whose: "leerlingen uit 4h3", Lies: evidence.Both, Present: true, Behind: "Wij laten het zelden zien.", Status: evidence.Fell, Reason: "Geteld in zes lessen."}, For: []string{a}})
	f := w.add("lead", evidence.New{Item: evidence.Finding{Text: "Vier van de tien weten geen volgende stap.", ForWhom: "leerjaar 3", HowOften: "zes van tien lessen", Tried: "een planner", Keep: "de rustige start", Proud: "het samenwerken"}, From: []why.Ref{{Kind: "explanation", ID: x}}, For: []string{b}, Against: []string{a}})
	w.add("lead", evidence.New{Item: evidence.Attempt{Text: "Een poster in elk lokaal", When: "2023"}})
	gone := w.add("lead", evidence.New{Item: evidence.Attempt{Text: "Een app", Result: "Niemand opende hem."}})
	if err := w.evidence.Remove(ctx, w.who("lead"), w.id, evidence.AttemptKind, gone, 1); err != nil {
		t.Fatal(err)
	}
	for _, chip := range []string{"schuurt", "houden", "schuurt"} {
		must(w.contributions.Add(ctx, w.who("second"), w.id, contribution.Answer{ElementID: "f2.q2", Words: contribution.Words{Chip: chip, Body: "Over " + chip}}))(t)
	}
	for _, lang := range []string{"nl", "en"} {
		w.Lang = lang
		w.Get(w.people["member"], w.page()).Has(t, "Ze weten niet wanneer het goed is.", "leerlingen uit 4h3", "Wij laten het zelden zien.", "Geteld in zes lessen.", "Vier van de tien", "de rustige start", "het samenwerken", "Een poster in elk lokaal", "Over schuurt", "Over houden", "Een app")
		for kind, id := range map[string]string{"sources": b, "explanations": x, "findings": f} {
			w.Get(w.people["member"], "/trajectories/"+w.id+"/"+kind+"/"+id).Has(t, `name="version" value="1"`)
			w.Get(w.people["leader"], "/trajectories/"+w.id+"/"+kind+"/"+id).Lacks(t, `name="version"`)
		}
	}
	w.Lang = "nl"
	w.Get(w.people["colleague"], w.page()).Lacks(t, "Weggehaald", "Een app", "Zet terug", "Voeg een bron toe")
	w.Get(w.people["colleague"], w.page()).Has(t, "Vier van de tien", "Steunt op", "Spreekt ertegen")
	one := w.Get(w.people["second"], "/trajectories/"+w.id+"/sources/"+b)
	one.Has(t, `href="https://x.example/studie"`, "precies onze vraag", "Past het bij onze leerlingen en onze school?", "Spreekt voor", "Vier van de tien", "Opgeschreven door Marieke de Wit")
	html, err := section(w, "colleague")
	if err != nil || strings.Index(html, study.Title) > strings.Index(html, talk.Title) || !strings.Contains(html, "Alle 2 bronnen") || !strings.Contains(html, study.Translation) || !strings.Contains(html, "Waar steunt dit op?") {
		t.Errorf("section: %v, %s", err, html)
	}
}

// Words of a colleague come to this page as an explanation or a finding.
func TestMadeOfWhatSomebodySaid(t *testing.T) {
	w := newDesk(t)
	ctx := t.Context()
	said := must(w.contributions.Add(ctx, w.who("second"), w.id, contribution.Answer{ElementID: "f2.q2", Words: contribution.Words{Body: "Wij geven het antwoord te snel."}}))(t)
	w.Get(w.people["member"], w.page()+"?from="+said).Has(t, "Wij geven het antwoord te snel.", `name="from" value="`+said+`"`)
	r := w.Post(w.people["member"], "/trajectories/"+w.id+"/explanations", "form", "explanation", "as", "explanation", "from", said, "text", "", "lies", "us")
	if r.Status != 422 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	r.Has(t, `name="from" value="`+said+`"`, "Hoe verklaar je dit? Eén zin is genoeg.")
	r = w.Post(w.people["member"], "/trajectories/"+w.id+"/explanations", "form", "explanation", "from", said, "text", "Wij geven het antwoord te snel.", "lies", "us")
	if r.Status != 303 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	page := must(w.evidence.Read(ctx, w.d, w.seen("lead")))(t)
	if got := page.Explanations[0].From; len(got) != 1 || got[0].ID != said {
		t.Errorf("%+v", got)
	}
	x := page.Explanations[0].ID
	w.Get(w.people["member"], w.page()+"?as=finding&from_explanation="+x).Has(t, `name="from_explanation" value="`+x+`"`)
	r = w.Post(w.people["member"], "/trajectories/"+w.id+"/findings", "form", "finding", "from_explanation", x, "text", "Wij geven het antwoord binnen drie tellen.")
	if page = must(w.evidence.Read(ctx, w.d, w.seen("lead")))(t); r.Status != 303 || len(page.Findings) != 1 || page.Findings[0].From[0].ID != x {
		t.Errorf("%+v %+v", r, page.Findings)
	}
}

func TestTwoPeopleWroteAtOnce(t *testing.T) {
	w := newDesk(t)
	ctx := t.Context()
	id := w.add("lead", evidence.New{Item: talk})
	at := "/trajectories/" + w.id + "/sources/" + id
	fields := func(changed ...string) []string {
		all := []string{"form", "edit", "version", "1", "title", talk.Title, "says", talk.Says, "of", string(talk.Of), "strength", string(talk.Strength), "stance", string(talk.Stance)}
		return append(change(all, changed...), "translation", "")
	}
	theirs := talk
	theirs.Says, theirs.Strength = "Zij vragen om een voorbeeld.", evidence.Firm
	if _, err := w.evidence.Edit(ctx, w.who("second"), w.id, id, 1, theirs); err != nil {
		t.Fatal(err)
	}
	// Another field: both changes stand, and nobody is asked anything.
	r := w.Post(w.people["member"], at, fields("title", "Gesprek in 4h3")...)
	got := must(w.evidence.Sources(ctx, w.d, w.seen("lead")))(t)[0]
	if r.Status != 303 || got.Is.Title != "Gesprek in 4h3" || got.Is.Says != theirs.Says || got.Is.Strength != evidence.Firm {
		t.Fatalf("%+v %+v", r, got.Is)
	}
	// The same field: both are shown, with what else both changed.
	r = w.Post(w.people["member"], at, fields("says", "Zij missen voorbeelden.", "strength", "first_impression")...)
	if r.Status != 409 {
		t.Fatalf("%d %v", r.Status, r.Err)
	}
	r.Has(t, "Wat jij schreef", "Wat er nu staat", "Er staat nu: stevig", `name="version" value="3"`, `name="title" value="Gesprek in 4h3"`)
	w.Get(w.people["member"], at).Has(t, "Jij en een collega schreven hier tegelijk.", "Laat het zoals het is")
	w.Get(w.people["second"], at).Lacks(t, "Laat het zoals het is")
	r = w.Post(w.people["member"], at, change(fields("says", "Samen.", "strength", "indication", "title", "Gesprek in 4h3"), "version", "3")...)
	got = must(w.evidence.Sources(ctx, w.d, w.seen("lead")))(t)[0]
	if r.Status != 303 || got.Is.Says != "Samen." {
		t.Errorf("%+v %+v", r, got.Is)
	}
	w.Get(w.people["member"], at).Lacks(t, "Laat het zoals het is")
	// Only a choice differs: it is asked without a text.
	r = w.Post(w.people["second"], at, change(fields("strength", "first_impression", "says", "Samen.", "title", "Gesprek in 4h3"), "version", "2")...)
	if r.Status != 409 {
		t.Fatalf("%d", r.Status)
	}
	r.Has(t, "Er staat nu: aanwijzing")
	if r = w.Post(w.people["second"], at+"/let-go"); r.Status != 303 {
		t.Error(r.Status, r.Err, r.Location)
	}
	w.Get(w.people["second"], at).Lacks(t, "Laat het zoals het is")
	w.Get(w.people["second"], at).Has(t, "Ernaast bewaard")
}

// A ticked box stays ticked when two people change the same explanation.
func TestATickGoesThroughAMerge(t *testing.T) {
	w := newDesk(t)
	ctx := t.Context()
	was := evidence.Explanation{Text: "Te snel."}
	id := w.add("lead", evidence.New{Item: was})
	theirs := was
	theirs.Text, theirs.Present = "Veel te snel.", true
	if _, err := w.evidence.Edit(ctx, w.who("second"), w.id, id, 1, theirs); err != nil {
		t.Fatal(err)
	}
	at := "/trajectories/" + w.id + "/explanations/" + id
	r := w.Post(w.people["member"], at, "form", "edit", "version", "1", "text", "Iets te snel.")
	if r.Status != 409 {
		t.Fatal(r.Status, r.Err)
	}
	r.Has(t, `name="present" value="on"`)
	if r = w.Post(w.people["member"], at, "form", "merge", "version", "2", "text", "Te snel, vaak.", "present", "on"); r.Status != 303 {
		t.Fatal(r.Status, r.Err)
	}
	if got := must(w.evidence.Read(ctx, w.d, w.seen("lead")))(t).Explanations[0].Is; !got.Present || got.Text != "Te snel, vaak." {
		t.Errorf("%+v", got)
	}
}

func change(all []string, changed ...string) []string {
	out := append([]string{}, all...)
	for i := 0; i+1 < len(changed); i += 2 {
		for j := 0; j+1 < len(out); j += 2 {
			if out[j] == changed[i] {
				out[j+1] = changed[i+1]
			}
		}
	}
	return out
}

// Words that were written for something that was taken away meanwhile are not lost.
func TestChangingWhatWasTakenAway(t *testing.T) {
	w := newDesk(t)
	id := w.add("lead", evidence.New{Item: talk})
	at := "/trajectories/" + w.id + "/sources/" + id
	if r := w.Post(w.people["member"], at+"/remove", "version", "1"); !errs.IsAbsent(r.Err) {
		t.Errorf("a member takes away what another added: %+v", r)
	}
	if r := w.Post(w.people["lead"], at+"/remove", "version", "1"); r.Status != 303 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	r := w.Post(w.people["member"], at, "form", "edit", "version", "1", "title", talk.Title, "says", "Lang over nagedacht.", "of", "interview")
	if r.Status != 409 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	r.Has(t, "Een collega haalde dit weg.", "Lang over nagedacht.", "Zet terug")
	if r := w.Post(w.people["member"], at+"/restore"); r.Status != 303 {
		t.Error(r.Status, r.Err, r.Location)
	}
	w.Get(w.people["member"], at).Has(t, talk.Title)
}

func TestColleaguesReactToASharedFinding(t *testing.T) {
	w := newDesk(t)
	f := w.add("lead", evidence.New{Item: evidence.Finding{Text: "Vier van de tien weten geen volgende stap."}})
	at := "/trajectories/" + w.id + "/findings/" + f
	w.Get(w.people["colleague"], at).Lacks(t, "Geef je reactie")
	if r := w.Post(w.people["colleague"], at+"/reactions", "body", "Bij ons ook."); !errs.IsAbsent(r.Err) {
		t.Errorf("not shared yet: %+v", r)
	}
	if r := w.Post(w.people["member"], at+"/share"); r.Status != 303 || !strings.Contains(r.Location, "evidence_shared") {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	w.Get(w.people["colleague"], at).Has(t, "Herken je dit? Wat missen we?", "Geef je reactie")
	if r := w.Post(w.people["colleague"], at+"/reactions", "body", " "); r.Status != 422 {
		t.Error(r.Status, r.Err, r.Location)
	}
	if r := w.Post(w.people["colleague"], at+"/reactions", "body", "Bij wiskunde zien we dit ook."); r.Status != 303 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	w.Get(w.people["lead"], at).Has(t, "Bij wiskunde zien we dit ook.", "Wim Hofman", "gedeeld op", "Vraag het niet meer")
	w.Get(w.people["lead"], w.page()).Has(t, "Lees één reactie")
	if r := w.Post(w.people["lead"], at+"/take-back"); r.Status != 303 {
		t.Error(r.Status, r.Err, r.Location)
	}
	w.Get(w.people["lead"], at).Lacks(t, "gedeeld op")
}

func TestCitingJudgingAndTranslating(t *testing.T) {
	w := newDesk(t)
	ctx := t.Context()
	a := w.add("lead", evidence.New{Item: talk})
	x := w.add("lead", evidence.New{Item: evidence.Explanation{Text: "Te weinig voorbeelden."}})
	at := "/trajectories/" + w.id + "/sources/" + a
	if r := w.Post(w.people["member"], "/trajectories/"+w.id+"/explanations/"+x+"/cite", "for", a, "against", a); r.Status != 303 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	page := must(w.evidence.Read(ctx, w.d, w.seen("lead")))(t)
	if got := page.Explanations[0]; len(got.For) != 1 || len(got.Against) != 1 {
		t.Errorf("%+v", got)
	}
	if r := w.Post(w.people["member"], at+"/translate", "form", "translate", "version", "1", "translation", ""); r.Status != 422 {
		t.Error(r.Status, r.Err, r.Location)
	} else {
		r.Has(t, "Maak de zin af: dit betekent voor onze leerlingen")
	}
	if r := w.Post(w.people["member"], at+"/translate", "form", "translate", "version", "1", "translation", "Wij laten het eerst zien."); r.Status != 303 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	if r := w.Post(w.people["member"], at, "form", "edit", "version", "2", "title", talk.Title, "of", "interview", "translation", "Wij laten het eerst zien.", "fits", "partly", "fits_note", "Alleen in de onderbouw.", "where", "map Verdiep"); r.Status != 303 {
		t.Fatal(r.Status, r.Err, r.Location)
	}
	w.Get(w.people["colleague"], at).Has(t, "Alleen in de onderbouw.", "map Verdiep", "Wij laten het eerst zien.")
	if r := w.Post(w.people["member"], at, "form", "edit", "version", "3", "title", "", "of", "interview", "fits_note", strings.Repeat("w", 201)); r.Status != 422 {
		t.Error(r.Status, r.Err, r.Location)
	} else {
		r.Has(t, "Hoe heet deze bron?", `id="f-fits_note"`)
	}
}

func TestWhatIsNotForYouIsNotThere(t *testing.T) {
	w := newDesk(t)
	a := w.add("lead", evidence.New{Item: talk})
	for name, r := range map[string]roomtest.Reply{
		"a colleague adds":               w.Post(w.people["colleague"], w.page(), "form", "source", "title", "x", "of", "expert"),
		"a source asked for as finding":  w.Get(w.people["lead"], "/trajectories/"+w.id+"/findings/"+a),
		"an id that is none":             w.Get(w.people["lead"], "/trajectories/"+w.id+"/sources/x"),
		"a trajectory that is none":      w.Get(w.people["lead"], "/trajectories/"+a+"/sources"),
		"a page made of words elsewhere": w.Get(w.people["lead"], w.page()+"?from="+a),
	} {
		if !errs.IsAbsent(r.Err) {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestDraftsComeBackInTheirForms(t *testing.T) {
	w := newDesk(t)
	ctx := context.Background()
	id := w.add("lead", evidence.New{Item: talk})
	must(w.House.Drafts.Save(ctx, w.people["member"], evidence.DraftKey(w.id, evidence.FindingKind, ""), map[string]string{"text": "Half af"}))(t)
	must(w.House.Drafts.Save(ctx, w.people["member"], evidence.DraftKey(w.id, evidence.SourceKind, id), map[string]string{"translation": "Wij gaan"}))(t)
	w.Get(w.people["member"], w.page()).Has(t, "Half af", "Wij gaan", `data-draft="`+evidence.DraftKey(w.id, evidence.SourceKind, id)+`"`)
	w.Get(w.people["second"], w.page()).Lacks(t, "Half af", "Wij gaan")
}

func TestPagesAskAsMuchHoweverMuchThereIs(t *testing.T) {
	w := newDesk(t)
	w.Route("GET", "/section", func(r *room.Request) error {
		c, err := w.room.Section(r, w.seen("member"), nil)
		if err != nil {
			return err
		}
		return r.Render(200, c)
	})
	count := func() string {
		page := w.Counting(func() { w.Get(w.people["member"], w.page()) })
		return fmt.Sprint(page, w.Counting(func() { w.Get(w.people["member"], "/section") }))
	}
	a := w.add("lead", evidence.New{Item: talk})
	w.add("lead", evidence.New{Item: evidence.Finding{Text: "Gevonden"}, For: []string{a}})
	few := count()
	for range 5 {
		b := w.add("lead", evidence.New{Item: study})
		w.add("lead", evidence.New{Item: evidence.Explanation{Text: "Zo"}, For: []string{a}, Against: []string{b}})
		w.add("lead", evidence.New{Item: evidence.Finding{Text: "Gevonden"}, For: []string{a, b}})
	}
	if many := count(); many != few {
		t.Errorf("%s queries with little, %s with much", few, many)
	}
}

// The map of routes has a row in the rights for each page.
func TestEveryRouteIsGuarded(t *testing.T) {
	t.Parallel()
	var all []access.Route
	for _, r := range routes(&evidenceweb.Room{}) {
		all = append(all, access.Route{Method: r.method, Pattern: r.pattern, Action: r.action, Kind: r.kind})
	}
	for _, wrong := range access.CheckRoutes(all) {
		t.Error(wrong)
	}
}
