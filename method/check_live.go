package method

import (
	"slices"
	"strconv"
)

// RolePresenter and RoleHost are the two roles that the engine of sessions knows; all others
// are names. One person never holds both.
const (
	RolePresenter = "presenter"
	RoleHost      = "host"
)

const maxRules = 4

// session holds what a pack says about its session against its stages and roles.
func (c *checker) session(at place, p Pack) {
	if p.Shape != ShapeSession {
		return
	}
	s, below := p.Session, at.below("session")
	if s.Circle == "" {
		c.tell(below, "missing", "key", "circle")
	}
	if g := s.Group; g.Min == 0 || g.Max == 0 || g.Min > g.Max || (g.Ideal != 0 && (g.Ideal < g.Min || g.Ideal > g.Max)) {
		c.tell(below, "bad_group")
	}
	if s.Rung == 0 {
		c.tell(below, "missing", "key", "rung")
	}
	if len(s.Rules) > maxRules {
		c.tell(below.below("rules"), "too_many_rules", "limit", strconv.Itoa(maxRules))
	}
	if l := s.Laps; l.From != "" || l.To != "" {
		from, to := slices.Index(p.Order, l.From), slices.Index(p.Order, l.To)
		if from < 0 || to < from {
			c.tell(below.below("laps"), "bad_laps")
		}
		c.role(below.below("laps").below("turn"), l.Turn)
	}
	for i, id := range s.Offers.Rounds {
		c.stageID(below.below("offers").below("rounds").index(i), id)
	}
}

// live holds one stage of a session.
func (c *checker) live(at place, s Stage) {
	l, below := s.Live, at.below("live")
	if c.pack.Shape == ShapeSession {
		if l.Turns == "" {
			c.tell(below, "missing", "key", "turns")
		}
		if l.Minutes == 0 && l.Timer != TimerNone {
			c.tell(below, "missing", "key", "minutes")
		}
	}
	if l.Turns == TurnsOne && l.Speaker == "" {
		c.tell(below, "one_needs_speaker")
	}
	c.role(below.below("speaker"), l.Speaker)
	c.role(below.below("silent"), l.Silent)
	c.role(below.below("mark").below("by"), l.Mark.By)
	for i, id := range l.Shows {
		c.fieldBefore(below.below("shows").index(i), s, id)
	}
	if l.Mark.Field != "" {
		c.fieldBefore(below.below("mark").below("field"), s, l.Mark.Field)
		if (l.Mark.Votes == 0) == (len(l.Mark.Options) == 0) {
			c.tell(below.below("mark"), "votes_or_options")
		}
	}
	for i, f := range s.Fields {
		at := at.below("fields").index(i)
		c.role(at.below("by"), f.By)
		if (f.Reveal == RevealLater) != (f.Opens != "") {
			c.tell(at, "later_needs_opens")
		}
		if f.Opens != "" {
			c.stageID(at.below("opens"), f.Opens)
		}
	}
}

// role refuses a role that the pack does not have.
func (c *checker) role(at place, id string) {
	if id != "" && !slices.ContainsFunc(c.pack.Roles, func(r Role) bool { return r.ID == id }) {
		c.tell(at, "no_such_role", "id", id)
	}
}

func (c *checker) stageID(at place, id string) {
	if !slices.Contains(c.pack.Order, id) {
		c.tell(at, "no_such_stage", "id", id, "known", "")
	}
}

// fieldBefore refuses a field that no stage up to this one has.
func (c *checker) fieldBefore(at place, s Stage, id string) {
	if on, _, ok := c.pack.Field(id); !ok || on.Number > s.Number {
		c.tell(at, "no_such_field", "id", id)
	}
}

// asked: who hides a name says what a small group does instead.
func (c *checker) asked(at place, a Asked) {
	if (a.Names == NamesHidden || a.Names == NamesAnonymous) && a.SmallGroup == "" {
		c.tell(at, "needs_small_group")
	}
}
