//go:build browser

package condition_test

import (
	"testing"

	"leerkring/block/condition"
	"leerkring/test/browser"
	"leerkring/trajectory"
)

func TestMain(m *testing.M) { browser.Main(m) }

// looks are the screens on which what stands here for a moment only is judged; test/sweep looks
// at every page in all four.
var looks = map[string][]browser.Option{"desk": nil, "phone-dark": {browser.Phone, browser.Dark}}

func TestAccessibilityOfWhatIsNeeded(t *testing.T) {
	w := newDesk(t)
	ctx := t.Context()
	address := w.Serve()
	visit := func(who, name, path string) {
		for look, how := range looks {
			p := browser.New(t, address).Person(who, how...)
			p.Goto("/as/" + w.people[who] + "?to=" + path)
			if p.Sideways() > 0 {
				t.Errorf("%s on %s scrolls sideways by %d", name, look, p.Sideways())
			}
			p.Axe()
			p.Picture("condition/" + name + "-" + look)
		}
	}
	visit("member", "empty", w.page())
	first := w.ask(hour, "timetabler")
	cover := w.ask(condition.Words{Kind: condition.Time, Text: "Inval bij lesbezoek, één uur per docent", Essential: true, By: "2026-03-27"}, "timetabler")
	school := w.ask(condition.Words{Kind: condition.Skill, Text: "Twee keer 45 minuten scholing over feedback aan groepjes"}, "lead")
	quiet := w.ask(condition.Words{Kind: condition.Mandate, Text: "Tot de zomer komt er niets nieuws bij in leerjaar 3"}, "leader")
	for id, a := range map[string]condition.Answer{first: {To: condition.Promised, Words: "Het achtste uur blijft leeg.", Due: "2026-03-25"}, school: {To: condition.Later, Due: "2026-04-01"}, quiet: {To: condition.Refused, Words: "De nieuwe rekentoets komt er in mei bij, daar gaan wij niet over."}} {
		who := map[string]string{first: "timetabler", school: "lead", quiet: "leader"}[id]
		if err := w.conditions.Promise(ctx, w.who(who), id, 1, a); err != nil {
			t.Fatal(err)
		}
	}
	visit("member", "list", w.page())
	visit("leader", "leader", w.page())
	visit("timetabler", "answer", "/conditions/"+cover)
	visit("member", "one", "/conditions/"+first)
	seen := w.seen("lead")
	if err := w.trajectories.Edit(ctx, w.who("lead"), w.id, seen.Version, trajectory.Change{Title: seen.Title}); err != nil {
		t.Fatal(err)
	}
	visit("timetabler", "outside", "/conditions/"+cover)
}
