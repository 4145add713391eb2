package agreement_test

import (
	"context"
	"io/fs"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/agreement"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/i18n"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	agreementweb "leerkring/web/agreement"
	"leerkring/web/room/roomtest"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/week"
	"leerkring/writing"
)

// place is a school with one group in its last stage, and the pages of its agreements.
type place struct {
	*roomtest.Site
	t       *testing.T
	ctx     context.Context
	d       *db.DB
	clock   *clock.Fake
	walks   *trajectory.Service
	pages   *agreement.Service
	room    *agreementweb.Room
	library *method.Library
	ids     map[string]string
	walk    string
}

const today = clock.Date("2026-03-19")

func texts() []fs.FS {
	return []fs.FS{agreement.Texts, agreementweb.Texts, trajectoryweb.Texts, week.Texts}
}

func newPlace(t *testing.T) *place {
	t.Helper()
	d := dbtest.SQLite(t)
	lib, err := method.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	p := &place{t: t, ctx: t.Context(), d: d, clock: clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC)), ids: map[string]string{}, library: lib}
	schools := school.NewService(d, p.clock)
	p.walks = trajectory.NewService(d, p.clock, lib)
	p.pages = agreement.NewService(p.walks, p.clock)
	p.room = &agreementweb.Room{Trajectories: p.walks, Schools: schools, Agreements: p.pages}
	found, err := schools.Found(p.ctx, school.Founding{Board: "Bestuur", School: school.School{Name: "Het Baken"}, AdminName: "Ad Min", AdminEmail: "ad@baken.example"})
	p.ok(err)
	admin, err := school.Knows(p.ctx, d, found.AdminID)
	p.ok(err)
	for name, full := range map[string]string{"noor": "Noor Haddad", "joost": "Joost Vos", "rosa": "Rosa Adriaanse", "leyla": "Leyla Yıldız"} {
		p.ids[name], err = schools.AddStaff(p.ctx, admin.Who, found.SchoolID, school.NewStaff{Name: full, Email: name + "@baken.example", Active: true})
		p.ok(err)
	}
	p.walk, err = p.walks.Begin(p.ctx, p.who("noor"), trajectory.Start{SchoolID: found.SchoolID, MethodID: "verbetercyclus", Title: "Rust in de pauze", Question: "Waarom duurt het zo lang voor de les begint?", StageID: "borg", Open: true})
	p.ok(err)
	p.ok(d.Write(p.ctx, func(tx *db.Tx) error {
		_, err := db.Exec(p.ctx, tx, `insert into participant (trajectory_id, person_id, role, joined_at) values ($1, $2, 'member', $3)`, p.walk, p.ids["joost"], p.clock.Now())
		return err
	}))
	p.Site = roomtest.New(t, d, p.clock, lib, texts()...)
	base, h := "/trajectories/{id}/agreement", p.room
	p.Route("GET", base, h.Show)
	p.Route("GET", base+"/edit", h.Edit)
	p.Route("POST", base+"/words", h.Words)
	p.Route("POST", base+"/care", h.Arrange)
	p.Route("POST", base+"/lines", h.Propose)
	p.Route("POST", base+"/lines/{line}", h.Reword)
	p.Route("POST", base+"/lines/{line}/settle", h.Settle)
	p.Route("POST", base+"/lines/{line}/retire", h.Retire)
	p.Route("POST", base+"/lines/{line}/place", h.Place)
	p.Route("POST", base+"/kept", h.Kept)
	p.Route("POST", base+"/version", h.Fix)
	p.Route("GET", base+"/versions/{number}", h.Version)
	p.Route("POST", base+"/read", h.Read)
	p.Route("POST", base+"/remarks", h.Remark)
	p.Route("POST", base+"/remarks/{remark}/answer", h.Answer)
	p.Route("POST", base+"/remarks/{remark}/withdraw", h.Withdraw)
	p.Route("POST", base+"/care/{item}", h.CareDone)
	p.Route("POST", base+"/check", h.Check)
	p.Route("POST", base+"/let-go", h.LetGo)
	p.Route("GET", base+"/evaluation", h.Evaluation)
	p.Route("POST", base+"/evaluation", h.Evaluate)
	return p
}

func (p *place) ok(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *place) who(name string) access.Who {
	p.t.Helper()
	k, err := school.Knows(p.ctx, p.d, p.ids[name])
	p.ok(err)
	return k.Who
}

func (p *place) url(rest string) string { return "/trajectories/" + p.walk + "/agreement" + rest }

func (p *place) clean(clash *writing.Clash, err error) {
	p.t.Helper()
	p.ok(err)
	if clash != nil {
		p.t.Fatalf("clash %+v", clash)
	}
}

func (p *place) line(kind agreement.Kind, body string) string {
	p.t.Helper()
	id, err := p.pages.Propose(p.ctx, p.who("noor"), p.walk, agreement.Line{Kind: kind, Body: body, Quality: "iedereen hoort zijn naam"})
	p.ok(err)
	p.ok(p.pages.Settle(p.ctx, p.who("noor"), p.walk, id))
	return id
}

// whole is a page with all on it; Rosa keeps it alive, Leyla stands in, Joost is the buddy.
func (p *place) whole() (core string) {
	p.t.Helper()
	p.clean(p.pages.Say(p.ctx, p.who("noor"), p.walk, 0, agreement.Words{Title: "Rust in de pauze", Sentence: "Leerlingen komen rustig de klas in.", Steps: []string{"drukte op de gang", "wij staan er en groeten"}}))
	core = p.line(agreement.Core, "Wij staan bij onze deur als de bel gaat.")
	p.line(agreement.Room, "Hoe je groet: hand, knik of een vraag.")
	p.clean(p.pages.Arrange(p.ctx, p.who("noor"), p.walk, 0, agreement.Care{CaretakerID: p.ids["rosa"], Hours: "een uur per maand", Doing: "Maakt de ronde.", StandInID: p.ids["leyla"],
		ReviewOn: "2026-06-12", Meeting: "teamoverleg", Often: "drie keer per jaar", BuddyID: p.ids["joost"], Reading: []agreement.Reading{{Text: "De vaste ronde", Link: "https://baken.example/ronde"}, {Text: "Vraag Rosa"}}}))
	return core
}

func TestEveryTextIsThereInBothLanguages(t *testing.T) {
	t.Parallel()
	catalog := i18n.Must(texts()...)
	words := make([]string, len(method.Tokens))
	for i, token := range method.Tokens {
		words[i] = string(token)
	}
	if err := i18n.Check(catalog, words...); err != nil {
		t.Error(err)
	}
}
