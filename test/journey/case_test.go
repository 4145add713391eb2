//go:build browser

package journey

import (
	"fmt"
	"strings"
	"testing"

	"leerkring/test/browser"
)

// TestProofA_TransitionCase walks the case of the third and fourth year from the first
// unease to the secured page and the round after it. Six people walk it: the leader, the
// lead, three teachers and a pupil without an account. Everything is done by the pages; a
// picture of each step is kept.
func TestProofA_TransitionCase(t *testing.T) {
	each(t, func(t *testing.T, s *school) {
		c := &transition{school: s, marieke: s.comes("kartrekker"), ilse: s.comes("schoolleider"), noor: s.comes("docent", browser.Phone),
			joost: s.byMail("Joost Verhagen", "joost@hetbaken.example"), samira: s.byMail("Samira Essaidi", "samira@hetbaken.example")}
		c.explore()
		c.understand()
		c.decide()
		c.do()
		c.secure()
	})
}

// transition is the case and who walk it.
type transition struct {
	*school
	marieke, ilse, noor, joost, samira *person
	pictures                           int
	at                                 string // the trajectory
	decision                           string // the decision about the plan
	condition                          string // what the plan needs
}

// picture keeps the page as it is now, numbered so that the pictures tell the story. One
// engine is enough: pages do not know which database they stand on.
func (c *transition) picture(p *person, name string) {
	c.pictures++
	if strings.HasPrefix(c.database, "sqlite:") {
		p.Picture(fmt.Sprintf("case/%02d-%s", c.pictures, name))
	}
}

// forward goes on to the next stage, with a word about what is still open.
func (c *transition) forward(stage, why string) {
	c.step("on to "+stage, func() {
		c.marieke.Goto(c.at)
		c.picture(c.marieke, "gate-"+strings.ReplaceAll(strings.ToLower(stage), " & ", "-"))
		c.marieke.Click("Door naar " + stage)
		if c.marieke.asksWhy() {
			c.marieke.Fill("gaan jullie nu toch door?", why)
		}
		c.marieke.Click("Door naar " + stage)
		c.marieke.See("Jullie zijn weer verder")
		c.marieke.See(stage + " sinds")
	})
}

// asksWhy reports whether the page asks why the team goes on with something still open.
func (p *person) asksWhy() bool {
	p.t.Helper()
	return strings.Contains(p.Text(), "Waarom gaan jullie nu toch door?")
}
