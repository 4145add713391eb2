package newcomer

import (
	"github.com/a-h/templ"

	"leerkring/block/agreement"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// besidePage is what stands beside somebody's own week: what they get who are new, whom they
// help, and who is new where they can do something about it.
type besidePage struct {
	r     *room.Request
	Mine  *first
	Helps []helped
	New   []string // names, for who may name or offer
	Asks  bool     // for one of them nobody helps yet
}

// first are the first weeks of the person asking.
type first struct {
	ID, SchoolID string
	Helper       *ui.Person
	HelpText     string
	Pages        []toRead
}

// toRead is a page to read, ticked off by the own name below it.
type toRead struct {
	Href, Title, Why string
	Read             bool
}

type helped struct {
	ID, SchoolID, First string
	Person              ui.Person
}

// Beside returns what stands beside somebody's own week; nil when nobody is new. home is the calendar of
// their first school. One query, and two more for who is new.
func (rm *Room) Beside(r *room.Request, home school.Calendar) (templ.Component, error) {
	list, err := rm.Schools.Newcomers(r.Ctx(), r.Known, home)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	p := besidePage{r: r}
	for _, n := range list {
		switch {
		case n.Mine && n.Settled:
		case n.Mine && p.Mine == nil:
			if p.Mine, err = rm.mine(r, n); err != nil {
				return nil, err
			}
		case n.Helps:
			p.Helps = append(p.Helps, helped{n.ID, n.SchoolID, school.FirstName(n.Name), room.Person(n.Person)})
		case n.Mine, !n.MayName && r.Known.Person.Away(r.Today()): // who is away is asked nothing
		default:
			p.New, p.Asks = append(p.New, n.Name), p.Asks || n.Open()
		}
	}
	return beside(p), nil
}

func (rm *Room) mine(r *room.Request, n school.Newcomer) (*first, error) {
	m := &first{ID: n.ID, SchoolID: n.SchoolID, HelpText: r.T.T("newcomer.helper_none")}
	if n.Helper.ID != "" {
		who := room.Person(n.Helper)
		who.Note = r.T.T("newcomer.helper_is")
		m.Helper, m.HelpText = &who, r.T.T("newcomer.helper_text")
	}
	pages, err := rm.Pages.ForNewcomer(r.Ctx(), r.Who(), n.SchoolID)
	for _, f := range pages {
		m.Pages = append(m.Pages, toRead{Href: "/trajectories/" + f.TrajectoryID + "/agreement", Title: f.Title, Why: reason(r, f), Read: f.Signed})
	}
	return m, err
}

// reason says in half a sentence why this page.
func reason(r *room.Request, f agreement.ForNew) string {
	switch f.Of {
	case agreement.OfMyTeam:
		return r.T.T("newcomer.of_team", "team", f.Team)
	case agreement.OfMine:
		return r.T.T("newcomer.of_mine")
	}
	return r.T.T("newcomer.of_school")
}
