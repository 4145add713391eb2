package monitor_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"leerkring/block/monitor"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	monitorweb "leerkring/web/monitor"
)

func TestAnEmptyMonitorTeachesTheFirstStep(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	for _, lang := range []string{"nl", "en"} {
		p.Lang = lang
		p.Get(p.ids["noor"], p.url("")).Has(t, `href="#plan"`, "/monitor/three", `name="on" value="2026-03-26"`)
		p.Get(p.ids["leyla"], p.url("")).Lacks(t, "<form class", "/monitor/three")
	}
	p.Lang = "nl"
	p.Get(p.ids["noor"], p.url("")).Has(t, "Nog niets geteld", "Na drie momenten zie je hier een lijn.", "Plan vijf minuten", "Alle collega’s op school zien dit.")
}

func TestThreeMomentsInOnePress(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	if reply := p.Post(p.ids["joost"], p.url("/three")); reply.Location != p.url("?said=moments_planned") {
		t.Fatalf("reply %+v", reply)
	}
	page := p.Get(p.ids["joost"], p.url("?said=moments_planned"))
	page.Has(t, "Volgende keer: do 26 maart", "do 9 april", "do 30 april", "Hoe vaak lukte het ons deze weken", "Gepland. De dagen kun je nog verzetten.", "Vul samen in")
	again := p.Post(p.ids["joost"], p.url("/three"))
	if again.Status != 422 {
		t.Errorf("pressed again: %d %v", again.Status, again.Err)
	}
	again.Has(t, "In deze weken staan al momenten klaar.")
}

func TestAMomentIsPlannedOrComesBack(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	back := p.Post(p.ids["joost"], p.url("/moments"), "form", "plan", "on", "2026-03-01", "minutes", "90", "how", "count", "question", "Wat zag je <b>vandaag</b>?")
	if back.Status != 422 {
		t.Fatalf("status %d %v", back.Status, back.Err)
	}
	back.Has(t, `value="90"`, "Kies een getal van 1 tot en met 60.", "Wat zag je &lt;b&gt;vandaag&lt;/b&gt;?", `href="#f-minutes"`, `id="f-minutes"`)
	reply := p.Post(p.ids["joost"], p.url("/moments"), "form", "plan", "on", "26-3-2026", "minutes", "10", "how", "pupils", "question", "Wat zag je?")
	if !strings.Contains(reply.Location, "said=moment_planned") {
		t.Fatalf("reply %+v", reply)
	}
	p.Get(p.ids["leyla"], p.url("")).Has(t, "Volgende keer: do 26 maart", "10 min, praten met leerlingen", "Wat zag je?")
	if reply := p.Post(p.ids["leyla"], p.url("/moments"), "on", "2026-03-27"); !errs.IsAbsent(reply.Err) {
		t.Errorf("who only reads plans nothing: %+v", reply)
	}
}

func TestAMomentIsFilledInTogether(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	card := p.follow(monitor.CarriedOut, "De kaart lag op tafel")
	m := p.moment(today)
	at := p.url("/moments/" + m)
	page := p.Get(p.ids["joost"], at)
	page.Has(t, "Moment van do 19 maart", `name="yes-`+card+`"`, `name="of-`+card+`"`, `formaction="`+at+`/step"`, `data-draft="monitor/moment/`+m+`"`, "Alleen het totaal blijft bewaard.", "Noem groepen, geen namen.", `id="status"`, "data-live-part")
	if first := strings.Index(page.Body, `formaction="`+at+`/step"`); first > strings.Index(page.Body, `id="f-yes-`+card) {
		t.Error("Enter in a number would press a button that is not the first")
	}

	// the plain buttons keep everything that was typed, and save nothing for the group
	reply := p.Post(p.ids["joost"], at+"/step", "form", "hold", "yes-"+card, "6", "of-"+card, "", "seen", "Ze vroegen elkaar.", "step", "yes-"+card+":+1")
	if reply.Location != at+"#c-"+card {
		t.Fatalf("step %+v", reply)
	}
	p.Get(p.ids["joost"], at).Has(t, `name="yes-`+card+`" value="7"`, `name="of-`+card+`" value="7"`, "Ze vroegen elkaar.", "gepland")
	p.Get(p.ids["noor"], at).Lacks(t, "Ze vroegen elkaar.")
	if reply := p.Post(p.ids["leyla"], at+"/step", "step", "stay"); !errs.IsAbsent(reply.Err) {
		t.Errorf("who only reads counts nothing: %+v", reply)
	}

	back := p.Post(p.ids["joost"], at, "form", "hold", "version", "0", "yes-"+card, "13", "of-"+card, "12", "seen", "Ze vroegen elkaar.")
	if back.Status != 422 {
		t.Fatalf("status %d %v", back.Status, back.Err)
	}
	back.Has(t, "Het lukte vaker dan er in totaal waren (12).", `href="#f-yes-`+card+`"`, `value="13"`, "Ze vroegen elkaar.")

	reply = p.Post(p.ids["joost"], at, "form", "hold", "version", "0", "yes-"+card, "7", "of-"+card, "12", "seen", "Ze vroegen elkaar.", "follows", "adjust", "rival", "Toetsweek.", "convince", "Dat het in mei ook zo is.", "found", "partly")
	if !strings.Contains(reply.Location, "said=moment_held_adjust") {
		t.Fatalf("reply %+v", reply)
	}
	p.Get(p.ids["joost"], reply.Location).Has(t, "/plan", "Bewaard. Bijstellen doe je in het plan.", "gehouden")
	read := p.Get(p.ids["leyla"], at)
	read.Has(t, "7 van 12 lessen", "Ze vroegen elkaar.", "Toetsweek.", "soms", "bijstellen")
	read.Lacks(t, "<textarea", "joost")
	monitorPage := p.Get(p.ids["leyla"], p.url(""))
	monitorPage.Has(t, "Nog 2 momenten, dan zie je hier een lijn.", "Een lijn zegt dát er iets verandert. Niet waardoor.", "Toetsweek.", "Dat het in mei ook zo is.", "Eén keer meer of minder maakt al verschil", "7 van 12")
	monitorPage.Lacks(t, `class="run"`, "joost")
}

func TestALineComesAfterThreeMoments(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	card, seen := p.follow(monitor.CarriedOut, "De kaart lag op tafel"), p.follow(monitor.Mechanism, "Ze kiezen zelf een stap")
	for i, yes := range []int{3, 5, 8} {
		p.held(today.Add(-60+20*i), monitor.Telling{Totals: map[string]monitor.Total{card: {Yes: yes, Of: 12}, seen: {Yes: yes - 2, Of: 12}}, Seen: fmt.Sprint("Gezien ", i), Rival: "Het onderwerp kreeg meer aandacht."})
	}
	p.room.Changes = func(context.Context, db.Queryer, trajectory.Seen) ([]monitor.Change, error) {
		return []monitor.Change{{On: today.Add(-30), Text: "Van elke les naar één per week", Href: "/plan/versions/3"}, {On: today.Add(-300), Text: "Lang geleden"}}, nil
	}
	for _, lang := range []string{"en", "nl"} {
		p.Lang = lang
		page := p.Get(p.ids["noor"], p.url(""))
		page.Has(t, `class="run"`, `class="run gap"`, "Van elke les naar één per week", `class="flag-t"`, "0%", "100%", ">vrij<", "<table", "Gezien 2", "Ze kiezen zelf een stap")
		if n := strings.Count(page.Body, `class="pt"`); n != 6 {
			t.Errorf("%d dots", n)
		}
		if strings.Index(page.Body, "Lang geleden") > strings.Index(page.Body, "/plan/versions/3") {
			t.Error("the letters go from old to new")
		}
		if n := strings.Count(page.Body, `class="flag-t"`); n != 1 {
			t.Errorf("%d flags: only changes within the line are drawn", n)
		}
	}
	p.Get(p.ids["noor"], p.url("")).Has(t, "8 van 12", "7 februari: 5 van 12 lessen.", "3 momenten terugkijken", "Wat jullie nog meer volgen")
}

func TestTwoPeopleFillInAtOnce(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	card := p.follow(monitor.CarriedOut, "De kaart lag op tafel")
	m := p.moment(today)
	at := p.url("/moments/" + m)
	p.Post(p.ids["noor"], at, "form", "hold", "version", "0", "yes-"+card, "7", "of-"+card, "12", "seen", "Woorden van Noor.")
	late := p.Post(p.ids["joost"], at, "form", "hold", "version", "0", "yes-"+card, "9", "of-"+card, "12", "seen", "Woorden van Joost.")
	if late.Status != 409 {
		t.Fatalf("status %d %v", late.Status, late.Err)
	}
	late.Has(t, "Iemand vulde dit moment net ook in.", "Woorden van Noor.", "Woorden van Joost.", "Nu staat er", "7 van 12 lessen", `value="9"`)
	if v := version(t, late.Body, at); v != "1" {
		t.Errorf("the next save is on version %s", v)
	}
	later := p.Get(p.ids["joost"], at) // the person left the page: nothing is lost
	later.Has(t, "Dit schreef jij op", "Woorden van Joost.", "9 van 12 lessen", at+"/let-go")
	p.Get(p.ids["noor"], at).Lacks(t, "Woorden van Joost.")
	reply := p.Post(p.ids["joost"], at, "form", "hold", "version", "1", "yes-"+card, "8", "of-"+card, "12", "seen", "Woorden van Noor. Woorden van Joost.")
	if !strings.Contains(reply.Location, "said=moment_held") {
		t.Fatalf("merged %+v", reply)
	}
	merged := p.Get(p.ids["noor"], at)
	merged.Has(t, "Woorden van Noor. Woorden van Joost.", "versie 2", "Eén eerdere versie")
	p.Get(p.ids["joost"], at).Lacks(t, "Dit schreef jij op")

	p.Post(p.ids["joost"], at, "form", "hold", "version", "1", "seen", "Nog iets.")
	if reply := p.Post(p.ids["joost"], at+"/let-go"); !strings.Contains(reply.Location, "said=telling_let_go") {
		t.Errorf("let go %+v", reply)
	}
}

func TestADraftOnSomethingThatMovedOnShowsBoth(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	card := p.follow(monitor.CarriedOut, "De kaart lag op tafel")
	m := p.moment(today)
	at := p.url("/moments/" + m)
	p.Post(p.ids["joost"], at+"/step", "form", "hold", "yes-"+card, "3", "of-"+card, "12", "seen", "Nog in de maak.", "step", "stay")
	p.Post(p.ids["noor"], at, "form", "hold", "version", "0", "yes-"+card, "7", "of-"+card, "12", "seen", "Woorden van Noor.")
	p.Get(p.ids["joost"], at).Has(t, "Nog in de maak.", "Nu staat er", "Woorden van Noor.", "7 van 12 lessen")
}

func TestAMomentIsMovedOrSkipped(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	m := p.moment(today.Add(1))
	at := p.url("/moments/" + m)
	p.Get(p.ids["noor"], at).Has(t, "Komt het niet uit?", `name="on" value="2026-03-20"`, "Wat tellen jullie?")
	back := p.Post(p.ids["noor"], at+"/skip", "form", "skip", "version", "1", "word", "")
	if back.Status != 422 {
		t.Fatalf("status %d", back.Status)
	}
	back.Has(t, "Zeg in één woord waarom het niet doorging.", `href="#f-word"`)
	if reply := p.Post(p.ids["noor"], at+"/plan", "form", "replan", "version", "1", "on", "2026-03-27", "minutes", "5", "how", "count"); !strings.Contains(reply.Location, "said=moment_moved") {
		t.Fatalf("moved %+v", reply)
	}
	old := p.Post(p.ids["joost"], at+"/plan", "form", "replan", "version", "1", "on", "2026-03-30", "minutes", "5", "how", "count")
	if old.Status != 409 {
		t.Errorf("on an older page: %d", old.Status)
	}
	old.Has(t, `value="2026-03-30"`)
	if reply := p.Post(p.ids["noor"], at+"/skip", "form", "skip", "version", "2", "word", "toetsweek"); !strings.Contains(reply.Location, "said=moment_skipped") {
		t.Fatalf("skipped %+v", reply)
	}
	p.Get(p.ids["leyla"], p.url("")).Has(t, "overgeslagen", "toetsweek", "Nog niets geteld")
	p.Get(p.ids["leyla"], at).Has(t, "Jullie schreven: toetsweek", "Hier komt wat de groep telde en zag.")
}

func TestWhatIsFollowedIsChanged(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	m := p.moment(today)
	back := p.Post(p.ids["joost"], p.url("/indicators"), "form", "follow", "kind", "carried_out", "body", "a", "moment", m)
	if back.Status != 422 {
		t.Fatalf("status %d %v", back.Status, back.Err)
	}
	back.Has(t, "Wat willen jullie volgen?", `name="moment" value="`+m+`"`)
	if reply := p.Post(p.ids["joost"], p.url("/indicators"), "form", "follow", "kind", "carried_out", "body", "De kaart lag op tafel", "unit", "lessen", "moment", m); reply.Location != p.url("/moments/"+m+"?said=indicator_added") {
		t.Fatalf("reply %+v", reply)
	}
	list, err := p.monitor.Page(p.ctx, p.d, p.seen("noor"))
	p.ok(err)
	id := list.Series[0].Indicator.ID
	at := p.url("/indicators/" + id)
	if reply := p.Post(p.ids["noor"], at, "form", "reword-"+id, "version", "1", "kind", "carried_out", "body", "De kaart is gebruikt", "unit", "lessen"); !strings.Contains(reply.Location, "said=indicator_kept") {
		t.Fatalf("reworded %+v", reply)
	}
	clash := p.Post(p.ids["joost"], at, "form", "reword-"+id, "version", "1", "kind", "carried_out", "body", "De kaart ligt klaar", "unit", "lessen")
	if clash.Status != 409 {
		t.Errorf("status %d", clash.Status)
	}
	clash.Has(t, "De kaart is gebruikt", "De kaart ligt klaar", "Nu staat er")
	if reply := p.Post(p.ids["noor"], at+"/retire"); !strings.Contains(reply.Location, "said=indicator_kept") {
		t.Fatalf("let go %+v", reply)
	}
	p.Get(p.ids["joost"], p.url("")).Has(t, "Eén ding volgen jullie niet meer", at+"/retire")
	p.Post(p.ids["noor"], at+"/retire", "back", "1")
	p.Get(p.ids["joost"], p.url("")).Lacks(t, "niet meer</span>")
}

func (p *place) seen(name string) trajectory.Seen {
	p.t.Helper()
	seen, err := p.walks.Reach(p.ctx, p.d, p.who(name), p.walk)
	p.ok(err)
	return seen
}

func TestWhatThePlanNamesIsOffered(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.room.Ideas = func(context.Context, db.Queryer, trajectory.Seen) ([]monitorweb.Idea, error) {
		return []monitorweb.Idea{{Kind: monitor.Mechanism, Text: "Leerlingen kiezen zelf een stap"}}, nil
	}
	p.Get(p.ids["noor"], p.url("")).Has(t, "Leerlingen kiezen zelf een stap", "Volg dit uit het plan")
	p.Post(p.ids["noor"], p.url("/indicators"), "form", "follow", "kind", "mechanism", "body", "Leerlingen kiezen zelf een stap")
	p.Get(p.ids["noor"], p.url("")).Lacks(t, "Volg dit uit het plan")
}

func TestPagesMakeAConstantNumberOfQueries(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	card := p.follow(monitor.CarriedOut, "De kaart lag op tafel")
	m := p.held(today, monitor.Telling{Totals: map[string]monitor.Total{card: {Yes: 1, Of: 2}}})
	count := func(target string) int { return p.Counting(func() { p.Get(p.ids["noor"], target) }) }
	show, one := count(p.url("")), count(p.url("/moments/"+m))
	for i := range 6 {
		p.held(today.Add(-i), monitor.Telling{Totals: map[string]monitor.Total{card: {Yes: 1, Of: 2}}, Seen: "x", Rival: "y"})
		p.moment(today.Add(i + 1))
		p.follow(monitor.Condition, fmt.Sprint("Het uur ging door ", i))
	}
	if a, b := count(p.url("")), count(p.url("/moments/"+m)); a != show || b != one {
		t.Errorf("queries: %d then %d, %d then %d", show, a, one, b)
	}
}

func TestMijnWeekAsksForTheMomentOfThisWeek(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	m := p.moment(today.Add(1))
	p.moment(today.Add(8))
	source := &monitorweb.Source{Trajectories: p.walks, Monitor: p.monitor, Words: func(school.Known) *method.Words { return p.library.Words("vo", "nl", nil) }}
	k, err := school.Knows(p.ctx, p.d, p.ids["joost"])
	p.ok(err)
	asks, err := source.Asks(p.ctx, k, today)
	p.ok(err)
	if len(asks) != 1 || asks[0].Item != "moment/"+m || asks[0].Minutes != 5 || asks[0].Link != p.url("/moments/"+m) || !strings.HasPrefix(asks[0].Voice, "Hoe vaak lukte het ons") || !asks[0].LaterOK || asks[0].Own {
		t.Errorf("asks %+v", asks)
	}
	days, err := source.Happens(p.ctx, k, today.Monday(), today.Monday().Add(13))
	p.ok(err)
	if len(days) != 2 || days[0].On != today.Add(1) || days[0].Title != "Lezen in elk vak" {
		t.Errorf("days %+v", days)
	}
	texts := p.House.Catalog.Texts("nl", nil, nil)
	for _, key := range []string{asks[0].TextKey, asks[0].WhyKey, asks[0].DoKey, days[0].NoteKey} {
		if !texts.Has(key) {
			t.Errorf("no text %s", key)
		}
	}
	other, err := school.Knows(p.ctx, p.d, p.ids["leyla"])
	p.ok(err)
	if asks, err := source.Asks(p.ctx, other, today); err != nil || len(asks) != 0 {
		t.Errorf("who does not take part is asked nothing: %v %v", asks, err)
	}
}

func TestUnknownIdsAreAbsent(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	for _, target := range []string{"/trajectories/nothing/monitor", "/trajectories/01hzzzzzzzzzzzzzzzzzzzzzzz/monitor", p.url("/moments/x"), p.url("/moments/01hzzzzzzzzzzzzzzzzzzzzzzz")} {
		if reply := p.Get(p.ids["noor"], target); !errs.IsAbsent(reply.Err) {
			t.Errorf("%s: %+v", target, reply)
		}
	}
}
