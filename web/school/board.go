package school

import (
	"slices"

	"leerkring/access"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// boardPage is the school year as the board reads it: titles of what the school chose, and figures.
// Nothing on it can be pressed but the way to another school.
type boardPage struct {
	site
	From, To string
	Path     []ui.Step
	Now      string // what is up
	Groups   []boardGroup
	Proposed int
	Figures  []string // of trajectories
	Began    *boardBegan
}

type boardGroup struct {
	Title string
	Rows  []boardRow
}

type boardRow struct {
	Title, State string
	Tone         ui.Tone
}

type boardBegan struct {
	Year, When string
	Groups     []beganGroup
	Figures    []string
}

// ofBoard returns the school that who sits at its board asks for, else the first one by name; nil for
// everybody else, who reads the page of the school itself.
func (rm *Room) ofBoard(r *room.Request) (*site, error) {
	if !slices.ContainsFunc(r.Who().Roles, func(x access.Role) bool { return x.Kind == access.RoleBoard }) {
		return nil, nil
	}
	want := r.R.URL.Query().Get("school")
	if want == "" && len(r.Known.Schools) > 0 {
		return nil, nil // works at a school, and reads there what colleagues read
	}
	all, err := rm.Schools.OfBoard(r.Ctx(), r.Who())
	if err != nil || len(all) == 0 {
		return nil, err
	}
	i := slices.IndexFunc(all, func(sc school.School) bool { return sc.ID == want })
	switch {
	case want == "":
		i = 0
	case i < 0:
		return nil, errs.Absent()
	}
	s := &site{r: r, School: all[i]}
	if s.may(access.Read, access.FocusPoint) {
		return nil, nil
	}
	for _, sc := range all {
		s.Places = append(s.Places, place{sc.Name, "/school/year?school=" + sc.ID, sc.ID == s.School.ID})
	}
	return s, nil
}

// boardYear shows the board what a school decided for its years.
func (rm *Room) boardYear(r *room.Request, s site) error {
	y, err := rm.Schools.BoardYear(r.Ctx(), r.Who(), s.School.ID)
	if err != nil {
		return err
	}
	figures, err := rm.Trajectories.Figures(r.Ctx(), r.Who(), y.School, y.Ended)
	if err != nil {
		return err
	}
	t := r.T
	p := boardPage{site: s, From: yearName(r, y.From, "school.this_one"), To: yearName(r, y.To, "school.next_one"), Path: pathOf(r, y.Turn), Proposed: y.Proposed}
	p.Now = t.T("school.board_now_" + stepKey(y.Step))
	if y.Step == school.YearRuns {
		p.Now = t.T("school.board_now_runs", "date", day(r, y.WishesOn))
	}
	for _, g := range []struct {
		key    string
		states []school.FocusState
	}{{"chosen", []school.FocusState{school.Chosen, school.Running}}, {"parked", []school.FocusState{school.Parked}}, {"done", []school.FocusState{school.Done}}, {"stopped", []school.FocusState{school.Stopped}}} {
		group := boardGroup{Title: t.T("school.board_" + g.key)}
		for _, x := range y.Results {
			if slices.Contains(g.states, x.State) {
				group.Rows = append(group.Rows, p.row(x))
			}
		}
		if len(group.Rows) > 0 {
			p.Groups = append(p.Groups, group)
		}
	}
	for _, state := range []trajectory.State{trajectory.Active, trajectory.Paused, trajectory.Done, trajectory.Stopped} {
		if n := figures[state]; n > 0 {
			p.Figures = append(p.Figures, t.T("school.board_n_"+string(state), "n", n))
		}
	}
	p.began(y.Began)
	h := r.Head(t.T("school.year_title"), "trajectories")
	h.Crumbs = []ui.Link{{Text: t.T("school.board_back"), Href: "/trajectories"}}
	h.Lead = t.T("school.board_lead", "school", s.School.Name, "from", p.From, "to", p.To)
	r.Style(&h, "school")
	return r.Page(h, boardShow(p))
}

// row is one result, with what is decided about it for the year to come.
func (p *boardPage) row(x school.FocusResult) boardRow {
	t := p.r.T
	switch {
	case x.State == school.Parked && x.Until == "":
		return boardRow{Title: x.Title}
	case x.State == school.Parked:
		return boardRow{Title: x.Title, State: t.T("school.until_is", "year", x.Until)}
	case x.After == school.Rests && x.Until == "":
		return boardRow{x.Title, t.T("school.will_parked"), ui.Mind}
	case x.After == school.Rests:
		return boardRow{x.Title, t.T("school.after_is_parked", "year", x.Until), ui.Mind}
	case x.After != school.Undecided:
		return boardRow{x.Title, t.T("school.after_is_"+string(x.After), "year", p.To), ui.Good}
	}
	return boardRow{Title: x.Title}
}

func (p *boardPage) began(b *school.BoardBegan) {
	if b == nil {
		return
	}
	t := p.r.T
	out := &boardBegan{Year: b.Year, When: t.T("school.began_on", "date", day(p.r, b.On))}
	for _, became := range []school.Became{school.WentOn, school.Taken, school.Kept, school.Ended} {
		g := beganGroup{Title: t.T("school.began_" + string(became))}
		for _, title := range b.Focus[became] {
			g.Items = append(g.Items, beganItem{Title: title})
		}
		if len(g.Items) > 0 {
			out.Groups = append(out.Groups, g)
		}
	}
	for _, x := range []struct {
		key string
		n   int
	}{{"back", b.Back}, {"active", b.Active}, {"paused", b.Resting}} {
		if x.n > 0 {
			out.Figures = append(out.Figures, t.T("school.board_n_"+x.key, "n", x.n))
		}
	}
	p.Began = out
}
