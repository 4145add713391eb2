//go:build browser

package meeting_test

import (
	"testing"
	"time"

	"leerkring/block/meeting"
	"leerkring/test/browser"
)

func TestMain(m *testing.M) { browser.Main(m) }

// looks are the screens on which what stands here for a moment only is judged; test/sweep looks
// at every page in all four.
var looks = map[string][]browser.Option{"desk": nil, "phone-dark": {browser.Phone, browser.Dark}}

func TestAccessibilityOfTheHour(t *testing.T) {
	w := newDesk(t)
	ctx := t.Context()
	address := w.Serve()
	visit := func(who, name, path string) {
		p := browser.New(t, address).Person(who)
		p.Goto("/as/" + w.people[who] + "?to=" + path)
		for look, how := range looks {
			p.Look(how...)
			if p.Sideways() > 0 {
				t.Errorf("%s-%s scrolls sideways by %d", name, look, p.Sideways())
			}
			p.Axe()
			p.Picture("meeting/" + name + "-" + look)
		}
	}
	visit("lead", "empty", w.list())
	w.last()
	w.voices()
	id := w.plan("2026-03-19")
	path := w.list() + "/" + id
	visit("lead", "prepare", path+"/prepare")
	visit("lead", "list", w.list())
	h := w.hour(id)
	w.ok(w.meetings.Change(ctx, w.who("lead"), w.id, id, h.Version, meeting.Plan{StartsAt: h.StartsAt, Minutes: 60, Place: "lokaal 1.08", Bring: "Werk van één leerling uit klas 4", KeeperID: w.people["member"], TimerID: w.people["third"]}))
	w.ok(w.meetings.PutReady(ctx, w.who("lead"), w.id, id))
	visit("member", "agenda", path)
	visit("lead", "board-before", path+"/board")
	w.clock.Set(time.Date(2026, 3, 19, 14, 10, 0, 0, time.UTC))
	w.ok(w.meetings.Begin(ctx, w.who("lead"), w.id, id))
	items := w.hour(id).Items
	visit("lead", "board-looking-back", path+"/board")
	w.clock.Move(9 * time.Minute)
	w.ok(w.meetings.GoOn(ctx, w.who("lead"), w.id, id, items[0].ID))
	w.clock.Move(8*time.Minute + 24*time.Second)
	for _, n := range []struct{ who, body, by string }{
		{"second", "Zij las eerst het voorbeeld, en pas daarna de opdracht.", ""},
		{"member", "Ik vergelijk met wat ik vorige week deed. Dan weet ik het vaak al.", meeting.ByPupil},
		{"member", "Hij schreef zijn stap op vóór de les, niet aan het eind.", w.people["third"]},
		{"member", "In stille klassen zien we het nog niet.", meeting.ByGroup},
	} {
		must(w.meetings.AddNote(ctx, w.who(n.who), w.id, id, meeting.NewNote{ItemID: items[1].ID, Body: n.body, SaidBy: n.by}))(t)
	}
	visit("lead", "live-nothing-settled", path+"/close/form")
	w.ok(w.meetings.AddAgreement(ctx, w.who("lead"), w.id, id, "We laten eerst een voorbeeld zien, dan pas de opdracht."))
	w.ok(w.meetings.AddTask(ctx, w.who("lead"), w.id, id, w.people["second"], "zet drie voorbeelden klaar voor biologie", "2026-03-26"))
	w.ok(w.meetings.AddTask(ctx, w.who("lead"), w.id, id, w.people["member"], "vraagt vier leerlingen hoe zij vergelijken", "2026-04-09"))
	visit("lead", "board", path+"/board")
	visit("lead", "live-lead", path)
	visit("second", "live-member", path)
	visit("lead", "close", path+"/close/form")
	w.clock.Move(30 * time.Minute)
	w.ok(w.meetings.Close(ctx, w.who("lead"), w.id, id, []string{w.people["lead"], w.people["member"], w.people["second"]}))
	visit("second", "minutes", path)
	visit("colleague", "minutes-reader", path)
	visit("lead", "board-after", path+"/board")
	p := browser.New(t, address).Person("reader")
	p.Goto("/as/" + w.people["colleague"] + "?to=" + path)
	p.Paper("meeting/minutes")
}
