package admin

import (
	"slices"
	"strings"

	"leerkring/access"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// link is a plain link of a filter.
type link struct {
	Text, Href string
	Current    bool
}

type accountRow struct {
	Href, Name, Email string
	Teams, Roles      string
	Tone              ui.Tone
	Icon, State       string
}

type peoplePage struct {
	desk
	Filter []link
	Rows   []accountRow
	Again  bool // some wait for whom another invitation can leave
}

// shows are the ways to look at the list.
var shows = []struct {
	key string
	fit func(school.Account) bool
}{
	{"", func(school.Account) bool { return true }},
	{"invited", func(a school.Account) bool { return a.State == school.Invited }},
	{"suspended", func(a school.Account) bool { return a.State == school.Suspended }},
	{"roles", func(a school.Account) bool { return len(a.Roles) > 0 }},
	{"guests", func(a school.Account) bool { return a.Guest }},
}

// People lists the accounts of the school.
func (rm *Room) People(r *room.Request) error {
	d, err := rm.at(r, "people")
	if err != nil {
		return err
	}
	all, err := rm.Schools.Accounts(r.Ctx(), r.Who(), d.School.ID)
	if err != nil {
		return err
	}
	teams, err := rm.Schools.Teams(r.Ctx(), r.Who(), d.School.ID)
	if err != nil {
		return err
	}
	p := peoplePage{desk: d}
	want := r.R.URL.Query().Get("show")
	for _, s := range shows {
		n := 0
		for _, a := range all {
			if !s.fit(a) {
				continue
			}
			n++
			if s.key == want {
				p.Rows = append(p.Rows, d.row(a, teams))
			}
		}
		if n > 0 || s.key == want {
			key := "all"
			href := d.path("/admin")
			if s.key != "" {
				key, href = s.key, d.with("/admin", "show", s.key)
			}
			p.Filter = append(p.Filter, link{r.T.T("admin.show_"+key, "n", n), href, s.key == want})
		}
	}
	p.Again = want == "invited" && len(p.Rows) > 0 && d.may(access.Invite, access.Account)
	return r.Page(d.head(r.T.T("admin.title"), r.T.T("admin.lead", "school", d.School.Name)), people(p))
}

// with is a page about this school with one more thing in its address.
func (d desk) with(path, name, value string) string {
	path = d.path(path)
	sep := "?"
	if strings.Contains(path, "?") {
		sep = "&"
	}
	return path + sep + name + "=" + value
}

func (d desk) row(a school.Account, teams []school.Team) accountRow {
	row := accountRow{Href: d.path("/admin/people/" + a.ID), Name: a.Name, Email: a.Email, Teams: strings.Join(teamNames(a.TeamIDs, teams), ", ")}
	if a.Guest {
		row.Teams = d.r.T.T("admin.is_guest")
	}
	var roles []string
	for _, x := range a.Roles {
		roles = append(roles, d.roleText(x, teams))
	}
	row.Roles = strings.Join(roles, ", ")
	row.Tone, row.Icon, row.State = d.state(a.State)
	return row
}

// state is where an account stands, in a word.
func (d desk) state(s school.State) (ui.Tone, string, string) {
	text := d.r.T.T("admin.state_" + string(s))
	switch s {
	case school.Invited:
		return ui.Calm, "mail", text
	case school.Suspended:
		return ui.Mind, "circle-pause", text
	}
	return ui.Good, "check", text
}

func (d desk) roleText(x access.Role, teams []school.Team) string {
	text := d.r.T.T("admin.role_" + school.RoleName(x.Kind))
	if x.TeamID == "" {
		return text
	}
	return d.r.T.T("admin.role_of_team", "role", text, "teams", strings.Join(teamNames([]string{x.TeamID}, teams), ", "))
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
