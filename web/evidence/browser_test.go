//go:build browser

package evidence_test

import (
	"testing"

	"leerkring/block/contribution"
	"leerkring/block/evidence"
	"leerkring/test/browser"
	"leerkring/why"
)

func TestMain(m *testing.M) { browser.Main(m) }

// looks are the screens on which what stands here for a moment only is judged; test/sweep looks
// at every page in all four.
var looks = map[string][]browser.Option{"desk": nil, "phone-dark": {browser.Phone, browser.Dark}}

func TestAccessibilityOfSources(t *testing.T) {
	w := newDesk(t)
	ctx := t.Context()
	address := w.Serve()
	visit := func(who, name, path string, how []browser.Option) {
		p := browser.New(t, address).Person(who, how...)
		p.Goto("/as/" + w.people[who] + "?to=" + path)
		if p.Sideways() > 0 {
			t.Errorf("%s scrolls sideways by %d", name, p.Sideways())
		}
		p.Axe()
		p.Picture("evidence/" + name)
	}
	for look, how := range looks {
		visit("member", "empty-"+look, w.page(), how)
	}
	sources := []evidence.Source{
		{Of: evidence.Observation, Title: "Vier lesbezoeken", Says: "De start van de les maakt het verschil, niet het einde.", Strength: evidence.FirstImpression},
		{Of: evidence.Interview, Title: "Gesprek met acht leerlingen uit klas 4", Says: "Zij missen vooral een voorbeeld van goed werk, niet een planner.", Strength: evidence.Indication, Stance: evidence.Opposes, Translation: "Wij laten goed werk zien voordat we de opdracht geven."},
		{Of: evidence.OwnData, Title: "Onze leerlingpuls, 16 weken", Says: "Sinds week 5 kiezen meer leerlingen zelf een volgende stap. De oorzaak weten we nog niet.", Strength: evidence.Indication, Stance: evidence.Agrees},
		study,
	}
	var ids []string
	for _, s := range sources {
		ids = append(ids, w.add("lead", evidence.New{Item: s}))
	}
	x := w.add("second", evidence.New{Item: evidence.Explanation{Text: "Ze weten niet wanneer iets goed genoeg is.", Whose: "leerlingen uit 4h3", Lies: evidence.WithUs, Present: true, Behind: "Wij laten zelden een af voorbeeld zien."}, For: []string{ids[1]}, Against: []string{ids[2]}})
	w.add("member", evidence.New{Item: evidence.Explanation{Text: "Ze oefenen te weinig.", Whose: "sectie wiskunde", Lies: evidence.Elsewhere, Status: evidence.Fell, Reason: "In zes lessen oefenden ze genoeg."}, Against: []string{ids[0]}})
	f := w.add("lead", evidence.New{Item: evidence.Finding{Text: "Vier van de tien leerlingen weten na een onvoldoende niet wat ze anders kunnen doen.", ForWhom: "leerjaar 3", HowOften: "in zes van de tien lessen", Tried: "een planner, in 2023", Keep: "de rustige start"}, From: []why.Ref{{Kind: "explanation", ID: x}}, For: []string{ids[1], ids[3]}})
	w.add("lead", evidence.New{Item: evidence.Attempt{Text: "Een planner voor elke leerling", When: "2023", Result: "Na zes weken vulde bijna niemand hem nog in."}})
	for chip, text := range map[string]string{"schuurt": "Ik geef het antwoord te snel.", "houden": "De eerste vijf minuten zijn rustig."} {
		must(w.contributions.Add(ctx, w.who("second"), w.id, contribution.Answer{ElementID: "f2.q2", Words: contribution.Words{Chip: chip, Body: text}}))(t)
	}
	if err := w.evidence.Share(ctx, w.who("lead"), w.id, f); err != nil {
		t.Fatal(err)
	}
	must(w.contributions.React(ctx, w.who("colleague"), w.id, contribution.Reaction{About: why.Ref{Kind: "finding", ID: f}, Words: contribution.Words{Body: "Bij aardrijkskunde zien wij dit ook."}}))(t)
	base := "/trajectories/" + w.id
	for look, how := range looks {
		visit("member", "full-"+look, w.page(), how)
		visit("colleague", "reader-"+look, w.page(), how)
		visit("member", "source-"+look, base+"/sources/"+ids[1], how)
		visit("member", "explanation-"+look, base+"/explanations/"+x, how)
		visit("colleague", "finding-"+look, base+"/findings/"+f, how)
	}
	theirs := sources[1]
	theirs.Says, theirs.Strength = "Zij vragen om een af voorbeeld, geen planner.", evidence.Firm
	mine := sources[1]
	mine.Says, mine.Strength = "Zij missen een goed voorbeeld.", evidence.FirstImpression
	for _, s := range []struct {
		who string
		is  evidence.Source
	}{{"second", theirs}, {"member", mine}} {
		if _, err := w.evidence.Edit(ctx, w.who(s.who), w.id, ids[1], 1, s.is); err != nil {
			t.Fatal(err)
		}
	}
	for look, how := range looks {
		visit("member", "merge-"+look, base+"/sources/"+ids[1], how)
	}
}
