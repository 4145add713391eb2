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

// boardPage is the school year as the board reads it: figures. Nothing on it can be pressed but the way
// to another school.
type boardPage struct {
	site
	Path   []ui.Step
	Now    string // what is up
	Points []string
	After  []string // of the chosen points, for the year to come
	To     string
	Teams  []string // trajectories
	Began  *boardBegan
}

type boardBegan struct {
	Year, When string
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
	from := yearName(r, y.From, "school.this_one")
	p := boardPage{site: s, To: yearName(r, y.To, "school.next_one"), Path: pathOf(r, y.Turn)}
	p.Now = t.T("school.board_now_" + stepKey(y.Step))
	if y.Step == school.YearRuns {
		p.Now = t.T("school.board_now_runs", "date", day(r, y.WishesOn))
	}
	p.Points = p.figures("board_points_",
		figure{"chosen", y.Points[school.Chosen] + y.Points[school.Running]}, figure{"parked", y.Points[school.Parked]}, figure{"done", y.Points[school.Done]},
		figure{"stopped", y.Points[school.Stopped]}, figure{"proposed", y.Points[school.Proposed]})
	if y.Step == school.Choosing || y.Step == school.Handing || y.Step == school.Opening {
		p.After = p.figures("board_after_",
			figure{"goes_on", y.After[school.GoesOn]}, figure{"parked", y.After[school.Rests]}, figure{"stopped", y.After[school.Stops]}, figure{"open", y.After[school.Undecided]})
	}
	p.Teams = p.figures("board_teams_",
		figure{"active", figures[trajectory.Active]}, figure{"paused", figures[trajectory.Paused]}, figure{"done", figures[trajectory.Done]}, figure{"stopped", figures[trajectory.Stopped]})
	if b := y.Began; b != nil {
		p.Began = &boardBegan{Year: b.Year, When: t.T("school.began_on", "date", day(r, b.On)), Figures: append(p.figures("board_began_",
			figure{"went_on", b.Focus[school.WentOn]}, figure{"chosen", b.Focus[school.Taken]}, figure{"back", b.Focus[school.CameBack]}, figure{"parked", b.Focus[school.Kept]},
			figure{"stopped", b.Focus[school.Ended]}), p.figures("board_teams_", figure{"active", b.Active}, figure{"paused", b.Resting})...)}
	}
	h := r.Head(t.T("school.year_title"), "trajectories")
	h.Crumbs = []ui.Link{{Text: t.T("school.board_back"), Href: "/trajectories"}}
	h.Lead = t.T("school.board_lead", "school", s.School.Name, "from", from, "to", p.To)
	r.Style(&h, "school")
	return r.Page(h, boardShow(p))
}

// figure is how many there are of something.
type figure struct {
	of string
	n  int
}

// figures says what there is, a sentence each, and is silent about what there is not.
func (p *boardPage) figures(of string, list ...figure) []string {
	var out []string
	for _, f := range list {
		if f.n > 0 {
			out = append(out, p.r.T.T("school."+of+f.of, "n", f.n))
		}
	}
	return out
}
