// Package school shows what a school is about: the sentences of its vision, the focus
// points of the year with the trajectories that serve them, and the calendar of years,
// holidays and busy weeks.
//
// Anybody who works here may propose a focus point; a leader chooses, parks and writes the
// vision; leader, admin and timetabler keep the calendar.
package school

import (
	"embed"

	"leerkring/access"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
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
	Wishes       Wishes // of teams, for the timetable of the year to come
}

// site is the school that a page is about, as this person may see it.
type site struct {
	r      *room.Request
	School school.School
	Tabs   []ui.Tab
	Places []place // when the reader works at several schools
}

// place is one of several schools.
type place struct {
	Name, Href string
	Current    bool
}

// at opens a page about a school: the one that the address or form names, else the own
// one. Who works elsewhere, and every guest, finds nothing.
func (rm *Room) at(r *room.Request, current string) (site, error) {
	want := r.R.URL.Query().Get("school")
	if r.R.Method == "POST" {
		want = r.Form().ID("school")
	}
	if want == "" {
		want = r.School().ID
	}
	if !ident.Valid(want) {
		return site{}, errs.Absent()
	}
	sc, err := rm.Schools.School(r.Ctx(), r.Who(), want)
	if err != nil {
		return site{}, err
	}
	s := site{r: r, School: sc}
	for _, t := range []struct{ key, path string }{{"vision", "/school"}, {"year", "/school/year"}, {"calendar", "/school/calendar"}} {
		s.Tabs = append(s.Tabs, ui.Tab{Text: r.T.T("school.tab_" + t.key), Href: s.path(t.path), Current: t.key == current})
		if t.key != current || len(r.Known.Schools) < 2 {
			continue
		}
		for _, other := range r.Known.Schools {
			s.Places = append(s.Places, place{other.Name, t.path + "?school=" + other.ID, other.ID == sc.ID})
		}
	}
	return s, nil
}

// path is a page about this school.
func (s site) path(path string) string {
	if s.School.ID == s.r.School().ID {
		return path
	}
	return path + "?school=" + s.School.ID
}

// may asks whether this person may do something with a thing of this school.
func (s site) may(action access.Action, kind access.Kind) bool {
	return access.May(s.r.Who(), action, access.Object{Kind: kind, BoardID: s.School.BoardID, SchoolID: s.School.ID})
}

// hidden are the hidden fields of a form about this school.
func (s site) hidden(pairs ...ui.Pair) []ui.Pair {
	return s.r.Hidden(append(pairs, ui.Pair{Name: "school", Value: s.School.ID})...)
}

func (s site) head(title string) ui.PageHead {
	h := s.r.Head(title, "school")
	h.Lead = s.School.Name
	s.r.Style(&h, "school")
	return h
}

// mistakes are the refused fields of a form that came back; id tells where each stands,
// for a page has several forms.
func (s site) mistakes(id func(field string) string) []ui.Mistake {
	var out []ui.Mistake
	for _, f := range errs.FieldsOf(s.r.Err) {
		m := ui.Mistake{Field: "main", Text: s.r.Say(f)} // of the form as a whole
		if f.Name != "" {
			m.Field = id(f.Name)
		}
		out = append(out, m)
	}
	return out
}
