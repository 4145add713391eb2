package monitor_test

import (
	"context"
	"io/fs"
	"regexp"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/monitor"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/i18n"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	monitorweb "leerkring/web/monitor"
	"leerkring/web/room/roomtest"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/week"
)

// place is a school with one group, and the pages of its monitor.
type place struct {
	*roomtest.Site
	t       *testing.T
	ctx     context.Context
	d       *db.DB
	clock   *clock.Fake
	walks   *trajectory.Service
	monitor *monitor.Service
	room    *monitorweb.Room
	library *method.Library
	ids     map[string]string
	walk    string
}

const today = clock.Date("2026-03-19") // a Thursday

func texts() []fs.FS {
	return []fs.FS{monitor.Texts, monitorweb.Texts, trajectoryweb.Texts, week.Texts}
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
	p.monitor = monitor.NewService(p.walks, schools, p.clock)
	p.room = &monitorweb.Room{Trajectories: p.walks, Schools: schools, Monitor: p.monitor}
	found, err := schools.Found(p.ctx, school.Founding{Board: "Bestuur", School: school.School{Name: "Het Baken"}, AdminName: "Ad Min", AdminEmail: "ad@baken.example"})
	p.ok(err)
	admin, err := school.Knows(p.ctx, d, found.AdminID)
	p.ok(err)
	for _, name := range []string{"noor", "joost", "leyla"} {
		p.ids[name], err = schools.AddStaff(p.ctx, admin.Who, found.SchoolID, school.NewStaff{Name: name + " Jansen", Email: name + "@baken.example", Active: true})
		p.ok(err)
	}
	p.walk, err = p.walks.Begin(p.ctx, p.who("noor"), trajectory.Start{SchoolID: found.SchoolID, MethodID: "verbetercyclus", Title: "Lezen in elk vak", StageID: "doe", Open: true})
	p.ok(err)
	p.ok(d.Write(p.ctx, func(tx *db.Tx) error {
		_, err := db.Exec(p.ctx, tx, `insert into participant (trajectory_id, person_id, role, joined_at) values ($1, $2, 'member', $3)`, p.walk, p.ids["joost"], p.clock.Now())
		if err == nil {
			_, err = db.Exec(p.ctx, tx, `insert into calendar_period (id, school_id, kind, name, from_on, to_on) values ('p1', $1, 'holiday', 'vrij', '2026-02-14', '2026-02-22')`, found.SchoolID)
		}
		return err
	}))
	p.Site = roomtest.New(t, d, p.clock, lib, texts()...)
	base := "/trajectories/{id}/monitor"
	p.Route("GET", base, p.room.Show)
	p.Route("POST", base+"/three", p.room.Three)
	p.Route("POST", base+"/moments", p.room.Arrange)
	p.Route("GET", base+"/moments/{moment}", p.room.Moment)
	p.Route("POST", base+"/moments/{moment}", p.room.Hold)
	p.Route("POST", base+"/moments/{moment}/step", p.room.Step)
	p.Route("POST", base+"/moments/{moment}/plan", p.room.Rearrange)
	p.Route("POST", base+"/moments/{moment}/skip", p.room.Skip)
	p.Route("POST", base+"/moments/{moment}/let-go", p.room.LetGo)
	p.Route("POST", base+"/indicators", p.room.Follow)
	p.Route("POST", base+"/indicators/{indicator}", p.room.Reword)
	p.Route("POST", base+"/indicators/{indicator}/retire", p.room.Retire)
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

func (p *place) url(rest string) string { return "/trajectories/" + p.walk + "/monitor" + rest }

func (p *place) follow(kind monitor.Kind, body string) string {
	p.t.Helper()
	id, err := p.monitor.Follow(p.ctx, p.who("noor"), p.walk, monitor.NewIndicator{Kind: kind, Body: body, Unit: "lessen"})
	p.ok(err)
	return id
}

func (p *place) moment(on clock.Date) string {
	p.t.Helper()
	id, err := p.monitor.Arrange(p.ctx, p.who("noor"), p.walk, monitor.NewMoment{On: on})
	p.ok(err)
	return id
}

func (p *place) held(on clock.Date, t monitor.Telling) string {
	p.t.Helper()
	id := p.moment(today)
	t.On = on
	clash, err := p.monitor.Hold(p.ctx, p.who("noor"), p.walk, id, 0, t)
	p.ok(err)
	if clash != nil {
		p.t.Fatal("clash")
	}
	return id
}

// version is the hidden version of the first form with this action.
func version(t *testing.T, body, action string) string {
	t.Helper()
	m := regexp.MustCompile(`(?s)action="` + regexp.QuoteMeta(action) + `".*?name="version" value="(\d+)"`).FindStringSubmatch(body)
	if m == nil {
		t.Fatalf("no form to %s", action)
	}
	return m[1]
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
