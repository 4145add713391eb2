// Package people shows who is who at a school: names, subjects and teams, and for a
// colleague the trajectories that they take part in, as far as the reader may see those.
//
// Promise: nothing more. No address, no days, no role, no last seen, no count.
package people

import (
	"embed"
	"slices"
	"strings"

	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
)

//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds the acts that these pages call.
type Room struct {
	Schools      *school.Service
	Trajectories *trajectory.Service
}

// link is a plain link of a filter.
type link struct {
	Text, Href string
	Current    bool
}

type row struct {
	Person ui.Person
	Href   string
	Note   string
	Right  string
}

type listPage struct {
	r       *room.Request
	Schools []link // when the reader works at several
	Teams   []link
	Rows    []row
	Count   string
	Self    bool
}

// place is the school whose people are asked for: the reader's own, or another one where
// the reader works.
func place(r *room.Request) (school.School, error) {
	want := r.R.URL.Query().Get("school")
	for _, sc := range r.Known.Schools {
		if want == "" || sc.ID == want {
			return sc, nil
		}
	}
	return school.School{}, errs.Absent()
}

func schools(r *room.Request, here school.School, path string) []link {
	if len(r.Known.Schools) < 2 {
		return nil
	}
	var out []link
	for _, sc := range r.Known.Schools {
		out = append(out, link{sc.Name, path + "?school=" + sc.ID, sc.ID == here.ID})
	}
	return out
}

// List shows everybody who works at the school, or one team.
func (rm *Room) List(r *room.Request) error {
	here, err := place(r)
	if err != nil {
		return err
	}
	people, teams, err := rm.Schools.People(r.Ctx(), r.Who(), here.ID)
	if err != nil {
		return err
	}
	team := r.R.URL.Query().Get("team")
	if team != "" && !slices.ContainsFunc(teams, func(t school.Team) bool { return t.ID == team }) {
		return errs.Absent()
	}
	at := func(team string) string {
		q := "/people"
		sep := "?"
		if here.ID != r.School().ID {
			q += "?school=" + here.ID
			sep = "&"
		}
		if team != "" {
			q += sep + "team=" + team
		}
		return q
	}
	p := listPage{r: r, Schools: schools(r, here, "/people")}
	p.Teams = append(p.Teams, link{r.T.T("people.everybody"), at(""), team == ""})
	for _, t := range teams {
		p.Teams = append(p.Teams, link{t.Name, at(t.ID), team == t.ID})
	}
	for _, s := range people {
		if team != "" && !slices.Contains(s.TeamIDs, team) {
			continue
		}
		p.Rows = append(p.Rows, row{Person: room.Person(s.Person), Href: "/people/" + s.ID, Note: what(r, s), Right: strings.Join(teamNames(s.TeamIDs, teams), ", ")})
	}
	p.Count = r.T.T("people.count", "n", len(p.Rows))
	h := r.Head(r.T.T("people.title"), "people")
	h.Lead = r.T.T("people.lead")
	r.Style(&h, "people")
	return r.Page(h, list(p))
}

// what is a colleague's subject, and what they are called at school.
func what(r *room.Request, s school.Staff) string {
	parts := slices.Clone(s.Functions)
	if s.Subject != "" {
		parts = append(parts, s.Subject)
	}
	if s.ID == r.Who().ID {
		parts = append(parts, r.T.T("people.you"))
	}
	return strings.Join(parts, ", ")
}

func teamNames(ids []string, teams []school.Team) []string {
	var out []string
	for _, t := range teams {
		if slices.Contains(ids, t.ID) {
			out = append(out, t.Name)
		}
	}
	return out
}

type personPage struct {
	r     *room.Request
	Me    bool
	What  string
	Teams []link
	Rows  []trajectoryRow
	Name  string // how colleagues call this person
}

type trajectoryRow struct {
	Href, Title, Note, Stage string
	Number, Of               int
}

// Show is the page of one colleague.
func (rm *Room) Show(r *room.Request) error {
	id := r.Path("id")
	if !ident.Valid(id) {
		return errs.Absent()
	}
	for _, sc := range r.Known.Schools {
		people, teams, err := rm.Schools.People(r.Ctx(), r.Who(), sc.ID)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(people, func(s school.Staff) bool { return s.ID == id }); i >= 0 {
			return rm.show(r, sc, people[i], teams)
		}
	}
	return errs.Absent()
}

func (rm *Room) show(r *room.Request, sc school.School, s school.Staff, teams []school.Team) error {
	p := personPage{r: r, Me: s.ID == r.Who().ID, What: what(r, s), Name: school.FirstName(s.Name)}
	for _, t := range teams {
		if slices.Contains(s.TeamIDs, t.ID) {
			href := "/people?team=" + t.ID
			if sc.ID != r.School().ID {
				href = "/people?school=" + sc.ID + "&team=" + t.ID
			}
			p.Teams = append(p.Teams, link{Text: t.Name, Href: href})
		}
	}
	seen, err := rm.Trajectories.With(r.Ctx(), r.Who(), s.ID)
	if err != nil {
		return err
	}
	for _, t := range seen {
		pack, err := rm.Trajectories.PackOf(r.Ctx(), rm.Trajectories.DB(), t.Trajectory)
		if err != nil {
			return err
		}
		p.Rows = append(p.Rows, trajectoryOf(r, t, pack))
	}
	h := r.Head(s.Name, "people")
	h.Crumbs = []ui.Link{{Text: r.T.T("people.title"), Href: "/people"}}
	h.Heading = ""
	r.Style(&h, "people")
	return r.Page(h, person(p, h, room.Person(s.Person)))
}

func trajectoryOf(r *room.Request, t trajectory.Seen, pack *method.Pack) trajectoryRow {
	row := trajectoryRow{Href: "/trajectories/" + t.ID, Title: t.Title, Note: t.Question, Of: len(pack.Stages)}
	if stage, ok := pack.Stage(t.StageID); ok {
		row.Number, row.Stage = stage.Number, r.Pack(stage.Name)
	}
	return row
}
