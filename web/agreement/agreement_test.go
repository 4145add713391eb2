package agreement_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"leerkring/block/agreement"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	agreementweb "leerkring/web/agreement"
	"leerkring/web/room/roomtest"
)

// said fails unless the reply goes on with these words.
func said(t *testing.T, reply roomtest.Reply, key string) {
	t.Helper()
	if !strings.Contains(reply.Location, "said="+key) {
		t.Fatalf("not %s: %d %s %v", key, reply.Status, reply.Location, reply.Err)
	}
}

// version is the hidden version of the form with this action.
func version(t *testing.T, body, action string) string {
	t.Helper()
	m := regexp.MustCompile(`(?s)action="` + regexp.QuoteMeta(action) + `".*?name="version" value="(\d+)"`).FindStringSubmatch(body)
	if m == nil {
		t.Fatalf("no form to %s", action)
	}
	return m[1]
}

func TestAnEmptyPageTeachesTheFirstStep(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.Get(p.ids["noor"], p.url("")).Has(t, "Welke afspraak houdt nu al stand?", "Schrijf de eerste op", p.url("/edit#lines"))
	p.Get(p.ids["leyla"], p.url("")).Lacks(t, "Schrijf de eerste op", "<form class")
	p.Lang = "en"
	p.Get(p.ids["noor"], p.url("")).Has(t, "Which agreement holds already?")
	if reply := p.Get(p.ids["leyla"], p.url("/edit")); !errs.IsAbsent(reply.Err) {
		t.Errorf("who only reads has no forms: %+v", reply)
	}
}

func TestAPageIsWrittenStepByStep(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.room.Goals = func(context.Context, db.Queryer, trajectory.Seen) ([]string, error) {
		return []string{"Elke les begint op tijd."}, nil
	}
	edit := p.Get(p.ids["joost"], p.url("/edit"))
	edit.Has(t, "Rust in de pauze", "Elke les begint op tijd.", "drukte op de gang", `data-draft="agreement/line/`+p.walk, `data-draft="agreement/words/`+p.walk, `data-draft="agreement/care/`+p.walk, "Rosa Adriaanse", `value="2026-09-18"`)
	back := p.Post(p.ids["joost"], p.url("/lines"), "form", "add", "kind", "core", "body", strings.Repeat("wij ", 40))
	if back.Status != 422 {
		t.Fatalf("status %d %v", back.Status, back.Err)
	}
	back.Has(t, "Hier passen 90 tekens.", `href="#f-body"`, "wij wij wij")
	said(t, p.Post(p.ids["joost"], p.url("/lines"), "form", "add", "kind", "core", "body", "Wij staan bij de deur.", "quality", "ieder hoort zijn naam"), "line_proposed")
	said(t, p.Post(p.ids["joost"], p.url("/words"), "form", "words", "version", "0", "title", "Rust in de pauze", "sentence", "Er is iemand die hen kent.", "step-1", "drukte", "step-3", "wij groeten"), "agreement_kept")
	said(t, p.Post(p.ids["joost"], p.url("/care"), "form", "care", "version", "0", "caretaker", p.ids["rosa"], "stand_in", p.ids["leyla"], "hours", "een uur", "review_on", "12-6-2026"), "agreement_kept")

	page := p.Get(p.ids["noor"], p.url(""))
	page.Has(t, "Voorgesteld", "Wij staan bij de deur.", "Stel vast", "Nog in de maak", "Nog niets vastgesteld.")
	view, err := p.pages.Show(p.ctx, p.d, p.seen("noor"))
	p.ok(err)
	if len(view.Words.Steps) != 2 || view.Words.Steps[1] != "wij groeten" {
		t.Errorf("steps %v", view.Words.Steps)
	}
	said(t, p.Post(p.ids["noor"], p.url("/lines/"+view.Proposed[0].ID+"/settle")), "line_settled")
	said(t, p.Post(p.ids["noor"], p.url("/version"), "form", "fix"), "page_fixed")
	p.Get(p.ids["leyla"], p.url("")).Has(t, `class="sheet a4`, "Versie 1, donderdag 19 maart 2026", "vast", "Rosa Adriaanse", "neemt het over als Rosa er niet is", "vrijdag 12 juni 2026", "ieder hoort zijn naam", "Nieuw hier? Zet je naam en stel één vraag.")
}

func (p *place) seen(name string) trajectory.Seen {
	p.t.Helper()
	seen, err := p.walks.Reach(p.ctx, p.d, p.who(name), p.walk)
	p.ok(err)
	return seen
}

func TestWhatCannotBeKeptComesBack(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.whole()
	for _, c := range []struct {
		name, path string
		fields     []string
		says       string
	}{
		{"a page without a title", "/words", []string{"form", "words", "version", "1", "title", " ", "sentence", "Blijft staan."}, "Hoe noemen jullie het? Twee of drie woorden is genoeg."},
		{"one's own stand-in", "/care", []string{"form", "care", "version", "1", "caretaker", p.ids["rosa"], "stand_in", p.ids["rosa"], "hours", "Blijft staan."}, "Kies als vervanger iemand anders"},
		{"a link that leads nowhere", "/care", []string{"form", "care", "version", "1", "hours", "Blijft staan.", "reading-1", "Lees dit", "link-1", "ronde op de schijf"}, "Deze link herkennen we niet."},
		{"no day", "/care", []string{"form", "care", "version", "1", "hours", "Blijft staan.", "review_on", "later"}, "Deze dag vinden we niet"},
		{"no hands", "/check", []string{"form", "check", "wanted", "yes", "note", "Blijft staan."}, "Tel hoeveel handen omhoog gingen."},
		{"an empty remark", "/remarks", []string{"form", "remark", "remark", " "}, "Wat wringt er, of wat vraag je je af? Eén zin is genoeg."},
		{"how nothing went", "/kept", []string{"form", "kept"}, "Kies bij één afspraak hoe het ging."},
		{"looking back without an answer", "/evaluation", []string{"form", "evaluation", "version", "0", "rest", "Blijft staan."}, "Schrijf één ding dat goed ging"},
		{"going back to nowhere", "/evaluation", []string{"form", "evaluation", "version", "0", "well", "Blijft staan.", "problem", "gone", "outcome", "back:borg"}, "Naar welke fase gaan jullie terug?"},
	} {
		reply := p.Post(p.ids["noor"], p.url(c.path), c.fields...)
		if reply.Status != 422 {
			t.Errorf("%s: status %d %v", c.name, reply.Status, reply.Err)
		}
		reply.Has(t, c.says)
		if strings.Contains(strings.Join(c.fields, ""), "Blijft staan.") {
			reply.Has(t, "Blijft staan.")
		}
	}
}

func TestTwoPeopleWriteAtOnce(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	core := p.whole()
	said(t, p.Post(p.ids["noor"], p.url("/words"), "form", "words", "version", "1", "title", "Titel van Noor"), "agreement_kept")
	late := p.Post(p.ids["joost"], p.url("/words"), "form", "words", "version", "1", "title", "Titel van Joost")
	if late.Status != 409 {
		t.Fatalf("status %d %v", late.Status, late.Err)
	}
	late.Has(t, "Iemand anders schreef hier net ook.", "Titel van Joost", "Nu staat er: Titel van Noor")
	if v := version(t, late.Body, p.url("/words")); v != "2" {
		t.Errorf("the next save is on version %s", v)
	}
	p.Get(p.ids["joost"], p.url("/edit")).Has(t, "Dit schreef jij boven aan de bladzijde.", "Titel van Joost")
	p.Get(p.ids["noor"], p.url("/edit")).Lacks(t, "Titel van Joost")
	said(t, p.Post(p.ids["joost"], p.url("/let-go"), "which", "words"), "text_let_go")
	p.Get(p.ids["joost"], p.url("/edit")).Lacks(t, "Titel van Joost")

	at := p.url("/lines/" + core)
	said(t, p.Post(p.ids["noor"], at, "form", "line-"+core, "version", "1", "kind", "core", "body", "Wij groeten bij naam.", "reason", "Korter"), "agreement_kept")
	late = p.Post(p.ids["joost"], at, "form", "line-"+core, "version", "1", "kind", "core", "body", "Wij staan op de gang.", "reason", "Anders")
	if late.Status != 409 {
		t.Fatalf("status %d %v", late.Status, late.Err)
	}
	late.Has(t, "Wij staan op de gang.", "Nu staat er: Wij groeten bij naam.", "Zo schreef jij deze afspraak.")

	said(t, p.Post(p.ids["noor"], p.url("/care"), "form", "care", "version", "1", "caretaker", p.ids["noor"]), "agreement_kept")
	late = p.Post(p.ids["joost"], p.url("/care"), "form", "care", "version", "1", "caretaker", p.ids["joost"], "hours", "twee uur")
	if late.Status != 409 {
		t.Fatalf("status %d %v", late.Status, late.Err)
	}
	late.Has(t, "Nu staat er: Noor Haddad", "twee uur")

	said(t, p.Post(p.ids["noor"], p.url("/evaluation"), "form", "evaluation", "version", "0", "well", "Van Noor.", "problem", "smaller", "outcome", "keep"), "looked_back")
	late = p.Post(p.ids["joost"], p.url("/evaluation"), "form", "evaluation", "version", "0", "well", "Van Joost.", "problem", "gone", "outcome", "keep")
	if late.Status != 409 {
		t.Fatalf("status %d %v", late.Status, late.Err)
	}
	late.Has(t, "Van Noor.", "Van Joost.", "Dit schreef jij bij het terugkijken.")
	said(t, p.Post(p.ids["joost"], p.url("/let-go"), "which", "evaluation"), "text_let_go")
	p.Get(p.ids["joost"], p.url("/evaluation")).Lacks(t, "Van Joost.")
}

func TestNewcomersSignAndNobodyElseIsListed(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.whole()
	p.Get(p.ids["leyla"], p.url("")).Has(t, "Ik heb dit gelezen", "Alleen jij en Rosa Adriaanse zien dat.", "https://baken.example/ronde", "Vraag het aan Joost Vos, die doet het elke dag.")
	said(t, p.Post(p.ids["joost"], p.url("/read")), "page_signed")
	p.Get(p.ids["joost"], p.url("")).Has(t, "jij las dit", "Haal mijn naam weg", "Alleen jij en Rosa Adriaanse en Leyla Yıldız zien dat.")
	p.Get(p.ids["rosa"], p.url("")).Has(t, "Zetten hun naam", "<b>Joost Vos</b>")
	for _, name := range []string{"noor", "joost"} {
		p.Get(p.ids[name], p.url("")).Lacks(t, "Zetten hun naam", "<b>Joost Vos</b>")
	}
	said(t, p.Post(p.ids["joost"], p.url("/read"), "back", "1"), "page_unsigned")
	p.Get(p.ids["rosa"], p.url("")).Lacks(t, "<b>Joost Vos</b>")
}

func TestCaretakersTasksAreTheirsAlone(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.whole()
	rosa := p.Get(p.ids["rosa"], p.url(""))
	rosa.Has(t, "Kijk geregeld mee bij collega", "aan de beurt rond", p.url("/care/zorg.1"))
	said(t, p.Post(p.ids["rosa"], p.url("/care/zorg.1")), "care_done")
	p.Get(p.ids["rosa"], p.url("")).Has(t, "laatst op do 19 maart")
	for _, name := range []string{"noor", "joost"} {
		p.Get(p.ids[name], p.url("")).Lacks(t, "laatst op", "aan de beurt rond", "/care/zorg.1")
	}
	if reply := p.Post(p.ids["joost"], p.url("/care/zorg.1")); !errs.IsAbsent(reply.Err) {
		t.Errorf("of somebody else: %+v", reply)
	}
}

func TestTheTeamIsAskedWhetherItHolds(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.whole()
	said(t, p.Post(p.ids["joost"], p.url("/check"), "form", "check", "yes", "10", "almost", "3", "no", "", "wanted", "changed", "note", "Bij regen klopt de ronde niet.", "next_on", "2026-09-18"), "page_checked")
	p.Get(p.ids["leyla"], p.url("")).Has(t, "Gevraagd op do 19 maart. 13 handen gingen omhoog.", "Ja, met een verandering", "Bij regen klopt de ronde niet.", "vrijdag 18 september 2026")
	said(t, p.Post(p.ids["leyla"], p.url("/remarks"), "form", "remark", "remark", "Wie is ‘een collega’?"), "remark_added")
	view, err := p.pages.Show(p.ctx, p.d, p.seen("rosa"))
	p.ok(err)
	at := p.url("/remarks/" + view.Remarks[0].ID)
	said(t, p.Post(p.ids["rosa"], at+"/answer", "form", "answer-"+view.Remarks[0].ID, "version", "0", "answer", "Komt in versie 2."), "remark_answered")
	p.Get(p.ids["joost"], p.url("")).Has(t, "Wie is ‘een collega’?", "Leyla Yıldız, ", "Komt in versie 2.")
	p.Get(p.ids["joost"], p.url("")).Lacks(t, at+"/withdraw", at+"/answer")
	said(t, p.Post(p.ids["leyla"], at+"/withdraw"), "remark_withdrawn")
	p.Get(p.ids["joost"], p.url("")).Lacks(t, "Wie is ‘een collega’?")
}

func TestWhatWasAgreedInAnHour(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	var id string
	p.ok(p.walks.Act(p.ctx, p.who("joost"), p.walk, func(tx *db.Tx, seen trajectory.Seen, now time.Time) (err error) {
		id, err = p.pages.Agree(p.ctx, tx, seen, "hour-1", "Wij beginnen met iets uit een les.", now)
		return err
	}))
	p.Get(p.ids["noor"], p.url("")).Has(t, "Ook afgesproken", "Wij beginnen met iets uit een les.", "sinds do 19 maart", "Zet op de bladzijde")
	p.whole()
	said(t, p.Post(p.ids["noor"], p.url("/kept"), "form", "kept", "kept-"+id, "partly"), "agreement_kept")
	p.Get(p.ids["joost"], p.url("")).Has(t, "De vorige keer: half, do 19 maart")
	said(t, p.Post(p.ids["noor"], p.url("/lines/"+id+"/place"), "on", "1", "kind", "core"), "agreement_kept")
	p.Get(p.ids["leyla"], p.url("")).Lacks(t, "Ook afgesproken")
	said(t, p.Post(p.ids["noor"], p.url("/lines/"+id+"/place"), "on", "0"), "agreement_kept")
	back := p.Post(p.ids["noor"], p.url("/lines/"+id+"/retire"), "form", "retire-"+id, "reason", "")
	if back.Status != 422 {
		t.Fatalf("status %d", back.Status)
	}
	back.Has(t, "Wat is er anders, en waarom?")
	said(t, p.Post(p.ids["noor"], p.url("/lines/"+id+"/retire"), "form", "retire-"+id, "reason", "Dat gaat vanzelf."), "line_retired")
}

func TestVersionsCanBeReadAgain(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	core := p.whole()
	said(t, p.Post(p.ids["rosa"], p.url("/version"), "form", "fix"), "page_fixed")
	p.Get(p.ids["rosa"], p.url("")).Lacks(t, "Zet deze versie vast")
	p.clean(p.pages.Reword(p.ctx, p.who("joost"), p.walk, core, 1, agreement.Line{Kind: agreement.Core, Body: "Wij groeten bij naam."}, "Korter"))
	p.Get(p.ids["rosa"], p.url("")).Has(t, "Zet deze versie vast", "Na versie 1 van donderdag 19 maart 2026")
	back := p.Post(p.ids["rosa"], p.url("/version"), "form", "fix", "reason", "")
	if back.Status != 422 {
		t.Fatalf("status %d", back.Status)
	}
	back.Has(t, "Wat is er anders dan in versie 1?")
	said(t, p.Post(p.ids["rosa"], p.url("/version"), "form", "fix", "reason", "Eén zin, één keer."), "page_fixed")
	p.Get(p.ids["leyla"], p.url("")).Has(t, p.url("/versions/2"), "Eén zin, één keer.")
	p.Get(p.ids["leyla"], p.url("/versions/1")).Has(t, "Wij staan bij onze deur als de bel gaat.", "Zo stond het er toen.")
	for _, n := range []string{"3", "0", "x"} {
		if reply := p.Get(p.ids["leyla"], p.url("/versions/"+n)); !errs.IsAbsent(reply.Err) {
			t.Errorf("version %s: %+v", n, reply)
		}
	}
}

func TestLookingBackLeadsOn(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.whole()
	form := p.Get(p.ids["joost"], p.url("/evaluation"))
	form.Has(t, "Waarom duurt het zo lang voor de les begint?", "We houden dit vast", "We gaan terug naar Verdiep", "We beginnen een nieuwe ronde", `value="back:verdiep"`, `value="back:besluit"`)
	said(t, p.Post(p.ids["joost"], p.url("/evaluation"), "form", "evaluation", "version", "0", "well", "We luisterden.", "otherwise", "Eerder tellen.", "rest", "De trap.", "problem", "smaller", "outcome", "back:verdiep"), "looked_back")
	noor := p.Get(p.ids["noor"], p.url(""))
	noor.Has(t, "kleiner", "We luisterden.", "De trap.", "We gaan terug naar Verdiep", "/trajectories/"+p.walk+"/move/form?to=verdiep")
	p.Get(p.ids["joost"], p.url("")).Lacks(t, "/move/form?to=verdiep")
	p.Get(p.ids["joost"], p.url("/evaluation")).Has(t, "We luisterden.", `value="back:verdiep" checked`)
	for outcome, link := range map[string]string{"cycle": "/settings/form#next", "keep": "/settings/form#rest"} {
		v := version(t, p.Get(p.ids["joost"], p.url("/evaluation")).Body, p.url("/evaluation"))
		said(t, p.Post(p.ids["joost"], p.url("/evaluation"), "form", "evaluation", "version", v, "well", "We luisterden.", "problem", "gone", "outcome", outcome), "looked_back")
		p.Get(p.ids["noor"], p.url("")).Has(t, link)
	}
	if reply := p.Get(p.ids["leyla"], p.url("/evaluation")); reply.Status != 200 { // the stand-in keeps the page
		t.Errorf("stand-in: %d", reply.Status)
	}
}

func TestPagesMakeAConstantNumberOfQueries(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.whole()
	count := func(rest string) int {
		return p.Counting(func() {
			if reply := p.Get(p.ids["noor"], p.url(rest)); reply.Status != 200 {
				t.Errorf("%s: %d", rest, reply.Status)
			}
		})
	}
	pages := []string{"", "/edit", "/evaluation"}
	var before []int
	for _, rest := range pages {
		before = append(before, count(rest))
	}
	for i := range 4 {
		p.line(agreement.Core, fmt.Sprint("Wij doen ook ", i))
		_, err := p.pages.Remark(p.ctx, p.who("leyla"), p.walk, "Er wringt iets.")
		p.ok(err)
		_, err = p.pages.Check(p.ctx, p.who("noor"), p.walk, agreement.Held{Yes: 1, Wanted: agreement.WantedYes})
		p.ok(err)
	}
	for i, rest := range pages {
		if n := count(rest); n != before[i] {
			t.Errorf("%s: %d queries, then %d", rest, before[i], n)
		}
	}
}

func TestMijnWeekAsksWhoKeepsIt(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.whole()
	source := &agreementweb.Source{Agreements: p.pages, Words: func(school.Known) *method.Words { return p.library.Words("vo", "nl", nil) }}
	asks := func(name string, days int) []string {
		k, err := school.Knows(p.ctx, p.d, p.ids[name])
		p.ok(err)
		list, err := source.Asks(p.ctx, k, today.Add(days))
		p.ok(err)
		var out []string
		texts := p.House.Catalog.Texts("nl", nil, nil)
		for _, a := range list {
			for _, key := range []string{a.TextKey, a.WhyKey, a.DoKey} {
				if !texts.Has(key) {
					t.Errorf("no text %s", key)
				}
			}
			if a.DueOn != "" && a.DueOn < today.Add(days) {
				t.Errorf("nothing is ever late: %+v", a)
			}
			out = append(out, texts.T(a.TextKey, a.Args...))
		}
		return out
	}
	if got := asks("rosa", 0); len(got) != 0 {
		t.Errorf("nothing yet: %v", got)
	}
	if got := asks("rosa", 60); len(got) != 1 || got[0] != "Houd ‘Rust in de pauze’ levend" {
		t.Errorf("one task at a time: %v", got)
	}
	if got := asks("rosa", 85); len(got) != 2 || got[0] != "Vraag of ‘Rust in de pauze’ nog klopt" {
		t.Errorf("and the day to look again: %v", got)
	}
	for _, name := range []string{"noor", "leyla", "joost"} {
		if got := asks(name, 85); len(got) != 0 {
			t.Errorf("%s is asked nothing: %v", name, got)
		}
	}
	k, err := school.Knows(p.ctx, p.d, p.ids["rosa"])
	p.ok(err)
	days, err := source.Happens(p.ctx, k, "2026-06-08", "2026-06-14")
	p.ok(err)
	if len(days) != 1 || days[0].On != "2026-06-12" || !p.House.Catalog.Texts("nl", nil, nil).Has(days[0].NoteKey) {
		t.Errorf("days %+v", days)
	}
}
