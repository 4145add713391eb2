// Package newcomer shows what somebody gets who is new at a school: three pages to read and one
// colleague, in their own week; and, for who may name that colleague or be it, who is new.
//
// Promise: what somebody read, or did not, stands on no page but their own.
package newcomer

import (
	"context"
	"embed"
	"slices"

	"leerkring/access"
	"leerkring/block/agreement"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// Texts are the sentences of these pages.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Path is where it stands who is new.
const Path = "/newcomers"

// Pages are the agreement pages of a school, as far as being new goes.
type Pages interface {
	ForNewcomer(ctx context.Context, who access.Who, schoolID string) ([]agreement.ForNew, error)
	Buddies(ctx context.Context, schoolID string) (map[string][]string, error)
}

// Room holds the acts that these pages call.
type Room struct {
	Schools *school.Service
	Pages   Pages
}

type listPage struct {
	r    *room.Request
	Rows []row
	Mine *mine
}

// mistakes are why an act of this page was refused: there are no fields to go to.
func (p listPage) mistakes() []ui.Mistake {
	out := p.r.Mistakes()
	for i := range out {
		out[i].Field = "main"
	}
	return out
}

// row is somebody who is new, with what the person asking can do.
type row struct {
	ID, SchoolID string
	First        string // how colleagues call them
	Person       ui.Person
	Helper       string // the name of who helps; "" when nobody does
	Helps        bool   // the person asking does
	MayName      bool
	MayOffer     bool
	Proposed     *proposed
}

// proposed is who could help, ready to be asked with one press.
type proposed struct {
	ID, First string
	Text      string // who, and why
	Person    ui.Person
}

// mine is the person asking, who is new.
type mine struct {
	SchoolID string
	Settled  bool
}

// List shows who is new, as far as the person asking has to do with it.
func (rm *Room) List(r *room.Request) error {
	list, err := rm.known(r)
	if err != nil {
		return err
	}
	p := listPage{r: r}
	of := rm.staff(r)
	for _, n := range list {
		if n.Mine {
			p.Mine = &mine{n.SchoolID, n.Settled}
			continue
		}
		x := row{ID: n.ID, SchoolID: n.SchoolID, First: school.FirstName(n.Name), Person: room.Person(n.Person), Helper: n.Helper.Name, Helps: n.Helps, MayName: n.MayName, MayOffer: n.MayOffer}
		if n.MayName {
			s, err := of.school(n.SchoolID)
			if err != nil {
				return err
			}
			x.Person.Note = s.teams(r, n.TeamIDs)
			if n.Open() {
				x.Proposed = s.propose(r, n)
			}
		}
		p.Rows = append(p.Rows, x)
	}
	h := r.Head(r.T.T("newcomer.title"), "people")
	h.Lead = r.T.T("newcomer.lead")
	h.Crumbs = []ui.Link{{Text: r.T.T("newcomer.up"), Href: "/people"}}
	return r.Page(h, listed(p))
}

// known are the newcomers that the person asking has to do with. Absent for a guest.
func (rm *Room) known(r *room.Request) ([]school.Newcomer, error) {
	if err := access.Must(r.Who(), access.Read, access.Object{Kind: access.Team, BoardID: r.Who().BoardID, SchoolID: r.School().ID}); err != nil {
		return nil, err
	}
	cal, err := rm.Schools.Calendar(r.Ctx(), r.School().ID)
	if err != nil {
		return nil, err
	}
	return rm.Schools.Newcomers(r.Ctx(), r.Known, cal)
}

type formPage struct {
	r       *room.Request
	Of      school.Newcomer
	Helper  ui.Field
	Options []ui.Option
	Now     string // who helps now
}

// Form lets a leader choose another colleague than the one that is proposed.
func (rm *Room) Form(r *room.Request) error {
	id, err := r.ID("person")
	if err != nil {
		return err
	}
	list, err := rm.known(r)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(list, func(n school.Newcomer) bool { return n.ID == id && n.MayName })
	if at < 0 {
		return errs.Absent()
	}
	n := list[at]
	s, err := rm.staff(r).school(n.SchoolID)
	if err != nil {
		return err
	}
	p := formPage{r: r, Of: n, Now: n.Helper.Name, Helper: r.Field("helper", "newcomer.who", "")}
	chosen := r.Was("helper", n.Helper.ID)
	if c, ok := school.ProposeHelper(n, s.all, s.today); ok && chosen == "" {
		chosen = c.ID
	}
	p.Options = s.options(r, n, chosen)
	h := r.Head(r.T.T("newcomer.form_title", "name", school.FirstName(n.Name)), "people")
	h.Crumbs = []ui.Link{{Text: r.T.T("newcomer.title"), Href: Path}}
	return r.Page(h, form(p))
}
