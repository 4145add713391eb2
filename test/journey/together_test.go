//go:build browser

package journey

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"leerkring/method"
	"leerkring/test/browser"
)

// circle is a session that people hold together, each in a browser of their own.
type circle struct {
	*school
	pack   *method.Pack
	words  *method.Words
	host   *person
	others []*person // by first name
	names  []string
	path   string
}

var sessionAt = regexp.MustCompile(`^/sessions/[0-9a-z]{26}`)

// comesTogether lets five people in: the host on a laptop, one on a phone.
func (s *school) comesTogether(id string) *circle {
	s.t.Helper()
	library, err := method.Builtin()
	if err != nil {
		s.t.Fatal(err)
	}
	pack, ok := library.Latest(id)
	if !ok {
		s.t.Fatalf("no pack %s", id)
	}
	c := &circle{school: s, pack: pack, words: library.Words("vo", "nl", nil), host: s.comes("kartrekker")}
	c.names = []string{"Noor", "Joost", "Samira", "Thijs"}
	c.others = []*person{s.comes("docent", browser.Phone), s.byMail("Joost Verhagen", "joost@hetbaken.example", browser.Phone, browser.Dark),
		s.byMail("Samira Essaidi", "samira@hetbaken.example"), s.byMail("Thijs Kuiper", "thijs@hetbaken.example", browser.Phone)}
	return c
}

// sets calls so many people together and lets each come in.
func (c *circle) sets(n int) {
	c.t.Helper()
	c.others, c.names = c.others[:n], c.names[:n]
	c.step("call people together", func() {
		c.host.Goto("/sessions/new?method=" + c.pack.ID)
		c.host.unfold("Iemand anders op school")
		for _, full := range []string{"Noor Haddad", "Joost Verhagen", "Samira Essaidi", "Thijs Kuiper"}[:n] {
			c.host.Choose(full)
		}
		c.host.Picture("together/" + c.pack.ID + "-plan")
		c.host.Click("Zet klaar")
		if c.path = sessionAt.FindString(c.host.Path()); c.path == "" {
			c.t.Fatalf("set up, and came to %s", c.host.Path())
		}
	})
	for i, p := range c.others {
		c.step(c.names[i]+" comes in", func() {
			p.Goto(c.path)
			if c.pack.Session.Circle == method.CircleClosed {
				p.Click("Ik ben er")
				p.See("Spreek dit eerst af")
				p.Choose("Wat hier gezegd wordt, blijft hier. En niemand in deze kring beoordeelt een ander.")
			}
			p.Click("Ik ben er")
			p.See("Je bent binnen")
		})
	}
	c.host.See(fmt.Sprintf("Jullie zijn met %d", n+1))
}

// step is one step of the session: a stage, and which time round.
type sessionStep struct {
	method.Stage
	name string
}

// steps are the steps for so many people.
func (c *circle) steps() []sessionStep {
	var out []sessionStep
	from, to := slices.Index(c.pack.Order, c.pack.Session.Laps.From), slices.Index(c.pack.Order, c.pack.Session.Laps.To)
	for i := 0; i < len(c.pack.Stages); i++ {
		if i != from {
			out = append(out, sessionStep{c.pack.Stages[i], c.words.Render(c.pack.Stages[i].Name)})
			continue
		}
		for lap := 1; lap <= len(c.others)+1; lap++ {
			for j := from; j <= to; j++ {
				out = append(out, sessionStep{c.pack.Stages[j], fmt.Sprintf("%s, ronde %d", c.words.Render(c.pack.Stages[j].Name), lap)})
			}
		}
		i = to
	}
	return out
}

// asked reports whether a field with this label stands open on the page.
func (p *person) asked(label string) bool {
	return browser.Eval[bool](p.Person, `[...document.querySelectorAll("textarea")].some((f) => f.offsetParent && !f.value && [...(f.labels ?? [])].some((l) => l.innerText.trim() === `+strconv.Quote(label)+`))`)
}

// writes fills what a step asks of somebody, when it asks something of them.
func (c *circle) writes(p *person, s sessionStep, text string) {
	for _, f := range s.Fields {
		label := c.words.Render(f.Text)
		if f.For == method.ForSelf || len(f.Choices) > 0 || !p.asked(label) {
			continue
		}
		p.Fill(label, text)
		p.next("Bewaar")
		p.See("Bewaard")
	}
}

// TestProofB_IntervisionWithFiveBrowsers holds three methods of intervision, each with everybody in a
// browser of their own. One falls away and comes back, and who leads falls away too.
func TestProofB_IntervisionWithFiveBrowsers(t *testing.T) {
	each(t, func(t *testing.T, s *school) {
		c := s.comesTogether("incidentmethode")
		everybody := c.others
		c.sets(4)
		c.holds()
		c.stays(s.comes("schoolleider"))
		if !strings.HasPrefix(s.database, "sqlite:") {
			return // the other methods differ in their text, not in what is kept
		}
		for id, n := range map[string]int{"consultancy": 4, "troika": 2} {
			library, err := method.Builtin()
			if err != nil {
				t.Fatal(err)
			}
			c.pack, _ = library.Latest(id)
			c.others = everybody
			c.names = []string{"Noor", "Joost", "Samira", "Thijs"}
			c.sets(n)
			c.holds()
		}
	})
}

// holds walks the session from the first step to the own card.
func (c *circle) holds() {
	c.t.Helper()
	leads, away := c.host, -1
	leads.Click("Begin")
	steps := c.steps()
	for i, s := range steps {
		c.step(c.pack.ID+", step "+s.ID, func() {
			leads.See(s.name)
			for j, p := range c.others {
				if j != away {
					p.See(s.name) // without loading the page
				}
			}
			switch {
			case i == 2: // one phone loses its connection, and the others go on
				away = 1
				c.others[away].Offline(true)
			case i == 4 && away == 1: // it is back, and stands where the others are
				c.others[away].Offline(false)
				c.others[away].See(s.name)
				away = -1
			case i == 5 && len(c.others) == 4: // the laptop of who leads is empty: somebody else goes on
				c.host.Offline(true)
				leads = c.others[2]
				leads.Click("Meer")
				leads.Click("Leid jij het gesprek")
				leads.See("Jij leidt nu het gesprek")
			}
			for j, p := range c.others {
				if j != away {
					c.writes(p, s, "Dit schrijft "+c.names[j]+" bij "+s.ID+".")
				}
			}
			c.picture(leads, s.ID)
			if i < 2 {
				leads.Axe()
				c.others[0].Axe()
			}
			if i < len(steps)-1 {
				if leads.Has("Kies") {
					leads.Fill("Wie brengt iets in?", "Noor")
					leads.Click("Kies")
				}
				leads.Click("Naar ‘" + steps[i+1].name + "’")
			}
		})
	}
	c.step("close "+c.pack.ID, func() {
		c.host.Offline(false)
		leads.Click("Sluit samen af")
		for _, p := range append([]*person{c.host}, c.others...) {
			p.See("Je eigen kaart") // the page became another by itself
		}
		c.picture(leads, "closed")
		leads.Axe()
	})
}

// stays: what was said is still there for who was there, and for nobody else.
func (c *circle) stays(leader *person) {
	c.t.Helper()
	c.step("what was said stays here", func() {
		c.others[3].See("Dit schrijft")
		leader.Allow("404")
		leader.Goto(c.path)
		leader.See("Deze pagina is er niet, of niet voor jou")
		leader.Goto("/sessions")
		leader.NotSee(c.words.Render(c.pack.Name) + ":")
		c.others[0].Fill(c.own(), "Dinsdag eerst zeggen wat ik zie.")
		c.others[0].next("Bewaar")
		c.others[0].See("Je kaart blijft tot je hem wist.")
		c.others[0].Goto("/cards")
		c.others[0].See("Dinsdag eerst zeggen wat ik zie.")
		c.others[0].Axe()
		c.host.Reload()
		c.host.NotSee("Dinsdag eerst zeggen wat ik zie.")
	})
}

// own is the label of the field in which each keeps their own step.
func (c *circle) own() string {
	for _, s := range c.pack.Stages {
		for _, f := range s.Fields {
			if f.Becomes == method.HarvestIntention {
				return c.words.Render(f.Text)
			}
		}
	}
	c.t.Fatalf("%s ends without a step of one's own", c.pack.ID)
	return ""
}

func (c *circle) picture(p *person, name string) {
	if strings.HasPrefix(c.database, "sqlite:") {
		p.Picture("together/" + c.pack.ID + "-" + name)
		c.others[0].Picture("together/" + c.pack.ID + "-" + name + "-phone")
	}
}

// TestProofB_BoardWithTheNetworkCut holds the weekly quarter of an hour at a big screen whose network
// is cut half-way: the team goes on, and minutes and tasks are there when it is back.
func TestProofB_BoardWithTheNetworkCut(t *testing.T) {
	each(t, func(t *testing.T, s *school) {
		marieke, noor := s.comes("kartrekker"), s.comes("docent", browser.Phone)
		at := marieke.begins("Van 3 naar 4 havo/vwo", "Wie in 3 goed meekomt, loopt in 4 vast.", "Doe & monitor")
		marieke.asks(at, "Noor Haddad", "Lid van de groep", "4 vwo")
		path := ""
		s.step("set up", func() {
			marieke.Goto("/sessions/new?method=weekbord&trajectory=" + strings.TrimPrefix(at, "/trajectories/"))
			marieke.Click("Zet klaar")
			path = sessionAt.FindString(marieke.Path())
			noor.Goto(path)
			noor.Click("Ik ben er")
			marieke.See("Jullie zijn met 2")
			marieke.Click("Begin")
		})
		s.step("with the network", func() {
			noor.See("Wat lukte")
			noor.Fill("Wat lukte", "Twee leerlingen hielpen elkaar.")
			noor.Click("Hang op: Wat lukte")
			marieke.See("Twee leerlingen hielpen elkaar.")
			marieke.Fill("Wat gaat iemand doen?", "Kijkvraag maken voor donderdag")
			marieke.Fill("Wie?", "Noor")
			marieke.Click("Hang de taak op")
			noor.See("Kijkvraag maken voor donderdag")
			marieke.Click("Naar ‘Doelen’")
			noor.See("Doelen")
			marieke.Axe()
			noor.Axe()
		})
		s.step("without", func() {
			marieke.Allow("ERR_INTERNET_DISCONNECTED")
			marieke.Offline(true)
			marieke.Click("Naar ‘Acties’")
			marieke.See("Geen verbinding")
			marieke.Click("Kijkvraag maken voor donderdag")
			marieke.Click("Mee bezig")
			marieke.Click("Naar ‘Eén ding in de weg’")
			marieke.Fill("Eén ding in de weg, en wie wat vraagt of doet", "We hebben geen uur waarop we kunnen.")
			marieke.Press(kb.Enter)
			marieke.See("en gaat vanzelf mee")
			marieke.Picture("together/board-offline")
			noor.NotSee("We hebben geen uur waarop we kunnen.")
			marieke.Click("Sluit samen af")
		})
		s.step("back", func() {
			marieke.Offline(false)
			marieke.See("Wie doet wat")
			marieke.See("We hebben geen uur waarop we kunnen.")
			marieke.See("Kijkvraag maken voor donderdag")
			noor.See("We hebben geen uur waarop we kunnen.")
			noor.Picture("together/board-minutes-phone")
			noor.Goto("/week")
			noor.See("Kijkvraag maken voor donderdag")
		})
	})
}
