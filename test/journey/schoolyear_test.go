//go:build browser

package journey

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/test/browser"
)

// TestProofF_SeptemberByKeyboard is the way of who leads a school from May to the new year, without
// a mouse: choosing, handing over, opening, going back the same day, and opening again.
func TestProofF_SeptemberByKeyboard(t *testing.T) {
	address := dbtest.PostgresURL(t) // where a calendar that moves from outside is seen at once
	s := open(t, address, "--data", t.TempDir(), "--database", address)
	notAtMidnight(t)
	ilse := s.comes("schoolleider")
	s.step("what there is in spring", func() {
		s.yearEndsIn(200)
		for _, title := range []string{"Elke dag lezen", "Rekenen op maat"} {
			ilse.Goto("/school")
			ilse.Fill("Hoe noem je het?", title)
			ilse.next("Stel dit voor")
			ilse.See("Je voorstel staat erbij.")
			ilse.unfold("Kies over ‘" + title + "’")
			ilse.Choose("We kiezen dit")
			ilse.Click("Leg dit vast")
			ilse.See("Vastgelegd.")
		}
		ilse.begins("Toetsen", "Wat doen we met toetsen?", "")
	})
	s.step("May: she chooses", func() {
		s.yearEndsIn(45)
		ilse.Goto("/week")
		ilse.See("Welke speerpunten gaan volgend jaar door?")
		ilse.presses("Kies")
		ilse.See("Van dit jaar naar het volgende")
		ilse.presses("Kies over ‘Elke dag lezen’")
		ilse.presses("We doen dit", " ")
		ilse.presses("Leg dit vast")
		ilse.See("Het geldt als het nieuwe jaar opengaat.")
		ilse.See("doen we in 2026–2027")
		ilse.Picture("schoolyear/may")
		ilse.Axe()
		ilse.presses("Kies over ‘Rekenen op maat’")
		ilse.presses("We doen dit", kb.ArrowDown, kb.ArrowDown)
		ilse.reaches("Waarom?")
		ilse.Type("De methode dekt het nu.")
		ilse.presses("Leg dit vast")
		ilse.See("stopt na dit jaar")
		ilse.Goto("/week")
		ilse.NotSee("Welke speerpunten gaan volgend jaar door?")
		ilse.See("Gaan jullie door na de zomer met ‘Toetsen’?")
	})
	s.step("July: she hands over", func() {
		s.yearEndsIn(10)
		ilse.Goto("/school/year")
		ilse.See("Jij leidt dit. Kijk wie het na de zomer doet.")
		ilse.presses("Draag over wat je hebt")
		ilse.See("Dit draag je nu")
		ilse.reaches("Wie neemt dit over: Kartrekker")
		ilse.Type(s.program.Role("kartrekker").Name) // what is typed on a list chooses in it
		ilse.presses("Zolang ik weg ben", kb.ArrowDown)
		ilse.presses("Draag alles over")
		ilse.See("Dit is nu bij een ander")
		ilse.See("nu bij " + s.program.Role("kartrekker").Name)
	})
	s.step("August: she opens the new year", func() {
		s.yearEndsIn(-5)
		ilse.Goto("/week")
		ilse.presses("Bekijk")
		ilse.opensTheYear("schoolyear/look")
	})
	s.step("too early: she goes back the same day", func() {
		ilse.presses("Draai de opening terug")
		ilse.See("De opening is teruggedraaid.")
		ilse.NotSee("Zo begon 2026–2027")
		ilse.See("Kijk wat er gebeurt als 2026–2027 opengaat")
	})
	s.step("and opens it again", func() {
		ilse.opensTheYear("schoolyear/again")
		ilse.Goto("/week")
		ilse.NotSee("Open het schooljaar 2026–2027")
	})
	s.step("the board reads it, on a phone in the dark, in the language of its browser", func() {
		hanneke := s.comes("bestuur", browser.Phone, browser.Dark)
		hanneke.Goto("/trajectories")
		hanneke.presses("The school year of Het Baken College")
		hanneke.See("How 2026–2027 began")
		hanneke.NotSee("Elke dag lezen")
		hanneke.NotSee("De methode dekt het nu.")
		if wide := hanneke.Sideways(); wide != 0 {
			t.Errorf("the page is %d pixels wider than the phone", wide)
		}
		hanneke.Picture("schoolyear/board-phone")
		hanneke.Axe()
	})
}

// opensTheYear looks at what the opening will do, opens the year, and reads how it began.
func (p *person) opensTheYear(picture string) {
	p.t.Helper()
	p.presses("Kijk wat er gebeurt als 2026–2027 opengaat")
	p.See("Dit gebeurt er")
	p.See("Gaat door in 2026–2027")
	p.Picture(picture)
	p.Axe()
	p.presses("Open 2026–2027")
	p.See("Het nieuwe schooljaar is geopend.")
	p.See("Zo begon 2026–2027")
	p.See("Speerpunten die doorgaan")
	p.Picture(picture + "-begun")
}

// yearEndsIn lets days pass: the program goes by the clock of the machine, so that it is the year of
// the school that moves. It ends some days from today, and the next one begins five weeks later.
func (s *school) yearEndsIn(days int) {
	s.t.Helper()
	d, err := db.Open(s.t.Context(), s.database)
	if err == nil {
		err = d.Write(s.t.Context(), func(tx *db.Tx) error {
			if _, err := db.Exec(s.t.Context(), tx, `delete from calendar_period`); err != nil {
				return err
			}
			years, err := db.All(s.t.Context(), tx, `select id from school_year order by name`, db.Str)
			for i, id := range years {
				starts, ends := days-330+i*365, days+i*365
				if _, err := db.Exec(s.t.Context(), tx, `update school_year set starts_on = $2, ends_on = $3 where id = $1`, id, today(s.t, starts), today(s.t, ends)); err != nil {
					return err
				}
			}
			return err
		})
		if e := d.Close(); err == nil {
			err = e
		}
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// notAtMidnight waits when the day of the school is about to end: what holds for a day would be over.
func notAtMidnight(t *testing.T) {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now().In(zone)
	if left := time.Until(time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 1, 0, zone)); left < 2*time.Minute {
		time.Sleep(left)
	}
}

// reaches goes on with Tab to what has this name; each stop on the way can be seen.
func (p *person) reaches(name string) {
	p.t.Helper()
	var passed []string
	for range 70 {
		at := p.Tab()
		if at.Wrong != "" {
			p.t.Errorf("at %s: %q (%s) %s", p.Path(), at.Name, at.Kind, at.Wrong)
		}
		if at.Name == name || strings.HasPrefix(at.Name, name+" ") {
			return
		}
		passed = append(passed, at.Name)
	}
	p.t.Fatalf("at %s: the keyboard does not come to %q; it passed %s", p.Path(), name, strings.Join(passed, " | "))
}

// presses goes to what has this name and presses it: Enter, or another key.
func (p *person) presses(name string, keys ...string) {
	p.t.Helper()
	p.reaches(name)
	if len(keys) == 0 {
		keys = []string{enter}
	}
	for _, k := range keys {
		p.Press(k)
	}
}
