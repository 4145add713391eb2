package school

import (
	"cmp"
	"slices"
	"strings"

	"leerkring/access"
	"leerkring/internal/clock"
)

// Bounds of being new. Nobody ticks a box: who is new is read off from the first day at the
// school and the calendar.
const (
	newWeeks   = 6   // school weeks that somebody is new
	foundWeeks = 4   // weeks, holidays or not, in which a school itself comes in
	crowdLeast = 5   // so many may begin in one week, whatever the size of the school
	crowdPart  = 3   // and one for so many who were there
	newAtMost  = 200 // days after which nobody is new, whatever the holidays: bounds what is read
)

// entered is one person at a school, as far as being new goes.
type entered struct {
	Since clock.Date
	Week  int        // how many began in the week of Since
	There int        // how many were there before that week
	First clock.Date // the first day of whoever is there longest
}

// firstDays are those who began at a school on one day.
type firstDays struct {
	On    clock.Date `json:"on"`
	There int        `json:"there"` // how many of them are there now
}

// enteredOn is a first day among those of everybody at the school.
func enteredOn(since clock.Date, days []firstDays) entered {
	e, monday := entered{Since: since, First: since}, since.Monday()
	for _, d := range days {
		switch {
		case d.On < monday:
			e.There += d.There
		case d.On < monday.Add(7):
			e.Week += d.There
		}
		e.First = min(e.First, d.On)
	}
	return e
}

// settled reports whether somebody came into a school that was at work: in the first four
// weeks of a school here everybody is brought in, and new to nobody. Later too, more than five
// people in one week, and more than a third of those who were there, is a school that brings
// people in (the next location, the rest of the staff) and not people who begin.
func (e entered) settled() bool {
	return e.Since > e.First.Add(7*foundWeeks) && (e.Week <= crowdLeast || e.Week*crowdPart <= e.There)
}

// NewOn reports whether somebody whose first day was since is new on a day: for six school
// weeks. A week without school does not count; the week of a first day counts when that is
// its first school day. Who comes when the school year ends within six school weeks is new
// until six weeks into the next year: in August everything begins again.
func (c Calendar) NewOn(since, day clock.Date) bool {
	if since == "" || since > day || since.Days(day) > newAtMost {
		return false
	}
	first := c.NextSchoolDay(since)
	if next, ok := c.NextYear(since); ok {
		if start := c.NextSchoolDay(next.Starts); c.weeksUpTo(newWeeks, before(first), start.Add(-1)) < newWeeks {
			first = start
		}
	}
	if c.NextSchoolDay(first.Monday()) == first { // the whole of its week is theirs
		first = before(first.Monday())
	}
	return c.weeksUpTo(newWeeks, first, day) < newWeeks
}

func before(d clock.Date) clock.Date { return d.Add(-1) }

// Newcomer is somebody who is new at a school, as one person may see it. What they read is in no
// field of it.
type Newcomer struct {
	Person
	SchoolID string
	Since    clock.Date
	TeamIDs  []string
	Helper   Person // who helps them on the way; the zero Person when nobody does
	Settled  bool   // they said that they know the way

	Mine     bool // it is the person asking
	Helps    bool // the person asking helps them
	MayName  bool // the person asking may name who helps
	MayOffer bool // the person asking may say that they help
}

// Open reports whether nobody helps yet and somebody is welcome to.
func (n Newcomer) Open() bool { return n.Helper.ID == "" && !n.Settled }

// object is the team of a newcomer as the rights see it: who leads it names a colleague,
// who is in it offers to be that colleague while nobody is.
func (n Newcomer) object(sc School, who access.Who) access.Object {
	o := object(access.Team, sc)
	o.TeamIDs, o.Closed = n.TeamIDs, !n.Open()
	if slices.ContainsFunc(n.TeamIDs, func(id string) bool { return slices.Contains(who.Teams, id) }) {
		o.MyRole = access.AsMember
	}
	return o
}

// seen fills in what somebody is to a newcomer, and reports whether they see them at all: the
// newcomer, who helps, who may name, and while nobody helps the colleagues of a team. Somebody
// who is new too is not asked to help.
func (n Newcomer) seen(sc School, who access.Who, isNew bool) (Newcomer, bool) {
	o := n.object(sc, who)
	n.Mine, n.Helps = n.ID == who.ID, !n.Settled && n.Helper.ID != "" && n.Helper.ID == who.ID
	if !n.Mine && !n.Settled {
		n.MayName = access.May(who, access.Ask, o)
		n.MayOffer = !isNew && access.May(who, access.Promise, o)
	}
	return n, n.Mine || n.Helps || n.MayName || n.MayOffer
}

// Colleague is somebody of a school who could help a newcomer on the way.
type Colleague struct {
	Staff
	New   bool
	Leads bool // a school or a team: whoever leads is no colleague to ask everything
	Helps int  // how many newcomers they help already
	Buddy bool // a page of the newcomer's team names them for whoever is new
}

// ProposeHelper picks who could help somebody on the way: a colleague of a team of theirs who is
// there, is not new, leads nobody, and works on a day on which the newcomer works. Before all
// goes who helps nobody else yet; then whom a page of the team names for newcomers; then who
// shares most days, then most teams; then the name decides. ok is false when there is nobody.
func ProposeHelper(n Newcomer, all []Colleague, today clock.Date) (c Colleague, ok bool) {
	var fit []Colleague
	for _, c := range all {
		if c.ID != n.ID && c.State == Active && !c.Guest && !c.New && !c.Leads && !c.Away(today) && shared(n.TeamIDs, c.TeamIDs) > 0 && daysShared(n.Person, c.Person) > 0 {
			fit = append(fit, c)
		}
	}
	if len(fit) == 0 {
		return Colleague{}, false
	}
	slices.SortFunc(fit, func(a, b Colleague) int {
		return cmp.Or(cmp.Compare(min(a.Helps, 1), min(b.Helps, 1)), yesFirst(a.Buddy, b.Buddy),
			cmp.Compare(daysShared(n.Person, b.Person), daysShared(n.Person, a.Person)),
			cmp.Compare(shared(n.TeamIDs, b.TeamIDs), shared(n.TeamIDs, a.TeamIDs)),
			strings.Compare(a.Name, b.Name), strings.Compare(a.Email, b.Email))
	})
	return fit[0], true
}

func yesFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

func shared(a, b []string) int {
	n := 0
	for _, x := range a {
		if slices.Contains(b, x) {
			n++
		}
	}
	return n
}

// daysShared counts the weekdays on which two people both work.
func daysShared(a, b Person) int {
	monday, n := clock.Date("2026-03-02"), 0
	for i := range 5 {
		if d := monday.Add(i); a.Works(d) && b.Works(d) {
			n++
		}
	}
	return n
}
