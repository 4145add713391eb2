//go:build browser

package journey

import (
	"testing"

	"leerkring/test/browser"
)

// studyDay is a day that a school prepares, chooses in, holds and comes back to.
type studyDay struct {
	*school
	maker, noor, joost *person
	path               string
}

// looks judges a page in four looks.
func (d *studyDay) looks(p *person, name string, own ...browser.Option) {
	d.t.Helper()
	for look, how := range map[string][]browser.Option{"wide": nil, "wide-dark": {browser.Dark}, "phone": {browser.Phone}, "phone-dark": {browser.Phone, browser.Dark}} {
		p.Look(how...)
		p.Axe()
		if n := p.Sideways(); n > 0 {
			d.t.Errorf("%s, %s: the page goes %d sideways", name, look, n)
		}
		p.Picture("studyday/" + name + "-" + look)
	}
	p.Look(own...)
}

// TestProofB_StudyDayFromPlanToFollowUp plans a study day for whole teams, lets colleagues offer and
// choose, holds it, and sees what follows.
func TestProofB_StudyDayFromPlanToFollowUp(t *testing.T) {
	each(t, func(t *testing.T, s *school) {
		d := &studyDay{school: s, maker: s.comes("kartrekker"), noor: s.comes("docent", browser.Phone), joost: s.byMail("Joost Verhagen", "joost@hetbaken.example", browser.Phone)}
		d.plan()
		d.offers()
		d.choose()
		d.hold()
	})
}

// plan asks two teams with two ticks.
func (d *studyDay) plan() {
	d.step("plan for whole teams", func() {
		d.maker.Goto("/sessions/new?method=studiedag")
		d.maker.Fill("Waar gaat het om?", "Feedback waar je iets mee kunt")
		d.looks(d.maker, "plan")
		for _, team := range []string{"Bovenbouw havo/vwo", "vmbo-t", "Onderbouw havo/vwo"} {
			d.maker.Choose(browser.Eval[string](d.maker.Person, `[...document.querySelectorAll("label")].map((l) => l.innerText.trim()).find((t) => t.startsWith("`+team+`")) ?? "`+team+`"`))
		}
		d.maker.Fill("Dag", today(d.t, 1))
		d.maker.Fill("Begint om", "09:00")
		d.maker.Click("Zet klaar")
		if d.path = sessionAt.FindString(d.maker.Path()); d.path == "" {
			d.t.Fatalf("planned, and came to %s", d.maker.Path())
		}
		d.maker.See("Noor gevraagd")
		d.maker.See("Kies wat je gaat doen")
	})
}

// offers lets two colleagues offer something; it can be chosen only with what follows.
func (d *studyDay) offers() {
	offer := func(p *person, title, places string) {
		p.Goto(d.path + "/offers")
		p.Click("Bied een workshop aan")
		p.Fill("Hoe heet het?", title)
		p.Fill("Hoeveel mensen kunnen erbij?", places)
		p.Fill("Welk lokaal?", "Lokaal 12")
		for _, ask := range []string{"Bij welk speerpunt hoort dit?", "Wat kan een collega daarna?", "Uit welk onderzoek komt dit?", "Hoe verbind je dit met wat deelnemers zelf meemaakten?",
			"Waarom, hoe, en wanneer gaan mensen zelf aan de slag?", "Voor wie: begin, kan al iets, of verder?"} {
			p.Fill(ask, "Zo doen we dat hier")
		}
	}
	d.step("offer a workshop", func() {
		offer(d.joost, "Kijken naar werk", "1")
		d.looks(d.joost, "offer", browser.Phone)
		d.joost.Click("Bewaar")
		d.joost.See("Bewaard")
		d.joost.See("voorstel")
		offer(d.maker, "Vragen die helpen", "12")
		d.maker.Fill("Wanneer kom je erop terug?", today(d.t, 30))
		d.maker.Fill("Wat doen jullie dan?", "Tien minuten in het overleg")
		d.maker.Click("Bewaar")
		d.maker.See("Bewaard")
	})
	d.step("nothing is chosen without what follows", func() {
		d.maker.Goto(d.path + "/programme")
		d.maker.See("Dit mist nog")
		d.looks(d.maker, "programme")
		d.joost.Goto(d.path + "/offers")
		d.joost.Click("Kijken naar werk")
		d.joost.See("Dit mist nog")
		d.joost.Fill("Wanneer kom je erop terug?", today(d.t, 20))
		d.joost.Fill("Wat doen jullie dan?", "We leggen weer werk naast elkaar")
		d.joost.Click("Bewaar")
		d.joost.See("Bewaard")
		d.maker.Reload()
		d.maker.Click("Laat alles kiezen wat klaar is")
		d.maker.See("Collega’s kunnen nu kiezen")
	})
}

// choose lets two people want the last place: one has the next wish, and goes up when it comes free.
func (d *studyDay) choose() {
	samira := d.byMail("Samira Essaidi", "samira@hetbaken.example", browser.Phone, browser.Dark)
	wants := func(p *person) {
		p.Goto(d.path + "/offers")
		browser.Eval[bool](p.Person, `(() => { for (const [name, title] of [["wish1", "Kijken naar werk"], ["wish2", "Vragen die helpen"]]) {
			const box = document.querySelector("select[name=" + name + "]");
			box.value = [...box.options].find((o) => o.text.startsWith(title)).value;
		} return true; })()`)
		p.Click("Kies voor Workshop 1")
	}
	d.step("choose on a phone", func() {
		wants(samira)
		samira.See("Je hebt een plek bij je eerste keus")
		wants(d.noor)
		d.noor.See("Je eerste keus was net vol")
		d.noor.See("Voor ‘Kijken naar werk’ ben je als eerste aan de beurt")
		d.looks(d.noor, "choose", browser.Phone)
		samira.Click("Ik kies toch niets voor Workshop 1")
		samira.See("De plek gaat naar wie wacht")
		d.noor.Goto(d.path + "/offers")
	})
	d.step("the lists for the doors", func() {
		d.maker.Goto(d.path + "/rooms")
		d.maker.See("Noor Haddad")
		d.looks(d.maker, "rooms")
		d.noor.Goto(d.path + "/programme")
		d.noor.NotSee("Het programma maken")
	})
}

// hold lets enough people in, holds the day, and looks at what follows.
func (d *studyDay) hold() {
	d.step("hold the day", func() {
		for _, p := range []*person{d.noor, d.joost} {
			p.Goto(d.path)
			p.Click("Ik ben er")
			p.See("Je bent binnen")
		}
		d.maker.Goto(d.path)
		for range 13 {
			name := browser.Eval[string](d.maker.Person, `[...document.querySelectorAll("button[aria-label$=' is er']")][0]?.getAttribute("aria-label") ?? ""`)
			if name == "" {
				break
			}
			d.maker.Click(name)
			d.maker.Goto(d.path)
		}
		d.maker.Click("Begin")
		d.maker.See("stap 1 van 10")
		d.maker.Goto(d.path)
	})
	d.step("what follows stands there", func() {
		d.noor.Goto(d.path + "/offers")
		d.noor.See("We leggen weer werk naast elkaar")
		d.noor.See("En dan?")
		d.looks(d.noor, "route", browser.Phone)
	})
}
