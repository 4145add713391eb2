package trajectory

import (
	"slices"
	"strings"

	"leerkring/access"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/trajectory"
	methodweb "leerkring/web/method"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// listRow is one trajectory in the list, with the reason why it is there.
type listRow struct {
	Href, Title, Why, Voice string
	Wheel                   ui.WheelOf
	Number, Of              int
	Stage                   string
	State                   ui.Tone
	StateIcon, StateText    string
}

type listPage struct {
	r        *room.Request
	Mine     []listRow
	Others   []listRow
	Ended    []listRow
	Ways     []methodweb.Way // what most teams begin with
	CanBegin bool
	Works    bool // at a school
	Moving   []movingSchool
}

// movingSchool is what moves at one school, for the board: figures by stage, no names.
type movingSchool struct {
	ID, Name string
	Total    string // "" when nothing runs
	Of       []movingMethod
}

type movingMethod struct {
	Name   string
	Stages []movingStage
}

type movingStage struct {
	Number, Of int
	Text       string
}

// List shows what the school works on, and where to begin something new.
func (rm *Room) List(r *room.Request) error {
	all, err := rm.Trajectories.List(r.Ctx(), r.Who())
	if err != nil {
		return err
	}
	works := len(r.Known.Schools) > 0
	p := listPage{r: r, CanBegin: works, Works: works}
	var alone map[string]bool
	if rm.WithoutLead != nil {
		if alone, err = rm.WithoutLead(r.Ctx(), rm.Trajectories.DB(), all); err != nil {
			return err
		}
	}
	for _, seen := range all {
		row, err := rm.row(r, seen)
		if err != nil {
			return err
		}
		if alone[seen.ID] && row.StateText == "" {
			row.State, row.StateIcon, row.StateText = ui.Hint, "user", r.T.T("trajectory.without_lead")
		}
		switch {
		case seen.State.Ended():
			p.Ended = append(p.Ended, row)
		case seen.Role != trajectory.NoOne:
			p.Mine = append(p.Mine, row)
		default:
			p.Others = append(p.Others, row)
		}
	}
	if works {
		library, err := r.Library()
		if err != nil {
			return err
		}
		p.Ways = methodweb.Often(r, library)
	}
	if err := rm.moving(&p); err != nil {
		return err
	}
	h := r.Head(r.T.T("trajectory.list_title"), "trajectories")
	switch {
	case works:
		h.Lead = p.lead()
	case len(p.Moving) > 0:
		h.Lead = r.T.T("trajectory.list_lead_board")
	}
	r.Style(&h, "trajectories")
	return r.Page(h, list(p))
}

// lead says in how many the person takes part, and how many more there are; of nothing it
// counts nothing.
func (p *listPage) lead() string {
	mine, others := len(p.Mine), len(p.Others)
	switch {
	case mine > 0 && others > 0:
		return p.r.T.T("trajectory.list_mine", "n", mine) + " " + p.r.T.T("trajectory.list_others", "n", others)
	case mine > 0:
		return p.r.T.T("trajectory.list_mine", "n", mine)
	case others > 0:
		return p.r.T.T("trajectory.list_all", "n", others)
	}
	return ""
}

// moving fills in what the board sees of its schools. Nobody else has the role, so that
// nobody else asks the database.
func (rm *Room) moving(p *listPage) error {
	r := p.r
	if !slices.ContainsFunc(r.Who().Roles, func(x access.Role) bool { return x.Kind == access.RoleBoard }) {
		return nil
	}
	all, err := rm.Trajectories.Moving(r.Ctx(), r.Who())
	if err != nil {
		return err
	}
	schools, err := rm.Schools.OfBoard(r.Ctx(), r.Who())
	if err != nil {
		return err
	}
	for i := 0; i < len(all); {
		school := movingSchool{ID: all[i].SchoolID, Name: all[i].School}
		id, n := all[i].SchoolID, 0
		for i < len(all) && all[i].SchoolID == id {
			first := all[i]
			pack, err := rm.Trajectories.PackOf(r.Ctx(), rm.Trajectories.DB(), trajectory.Trajectory{MethodID: first.MethodID, MethodVersion: first.MethodVersion})
			if err != nil {
				return err
			}
			in := map[string]int{}
			for ; i < len(all) && all[i].SchoolID == id && all[i].MethodID == first.MethodID && all[i].MethodVersion == first.MethodVersion; i++ {
				in[all[i].StageID] = all[i].Number
				n += all[i].Number
			}
			m := movingMethod{Name: r.Pack(pack.Name)}
			for _, stage := range pack.Stages {
				if in[stage.ID] > 0 {
					m.Stages = append(m.Stages, movingStage{Number: stage.Number, Of: len(pack.Stages), Text: r.T.T("trajectory.moving_stage", "n", in[stage.ID], "stage", r.Pack(stage.Name))})
				}
			}
			school.Of = append(school.Of, m)
		}
		school.Total = r.T.T("trajectory.moving_total", "n", n)
		p.Moving = append(p.Moving, school)
	}
	for _, sc := range schools { // one where nothing runs has a school year too
		if !slices.ContainsFunc(p.Moving, func(m movingSchool) bool { return m.ID == sc.ID }) {
			p.Moving = append(p.Moving, movingSchool{ID: sc.ID, Name: sc.Name})
		}
	}
	slices.SortStableFunc(p.Moving, func(a, b movingSchool) int { return strings.Compare(a.Name, b.Name) })
	return nil
}

func (rm *Room) row(r *room.Request, seen trajectory.Seen) (listRow, error) {
	pack, err := rm.Trajectories.PackOf(r.Ctx(), rm.Trajectories.DB(), seen.Trajectory)
	if err != nil {
		return listRow{}, err
	}
	row := listRow{Href: "/trajectories/" + seen.ID, Title: seen.Title, Of: len(pack.Stages), Wheel: miniWheel(r, pack, seen)}
	if stage, ok := pack.Stage(seen.StageID); ok {
		row.Number, row.Stage = stage.Number, r.Pack(stage.Name)
	}
	row.Why = r.T.T("trajectory.why_" + string(roleOr(seen.Role)))
	switch seen.State {
	case trajectory.Paused:
		row.State, row.StateIcon, row.StateText = ui.Calm, "circle-pause", r.T.T("trajectory.rests")
		row.Why, row.Voice = r.T.T("trajectory.team_wrote"), seen.StateReason
	case trajectory.Stopped:
		row.State, row.StateIcon, row.StateText = ui.Calm, "circle-stop", r.T.T("trajectory.stopped")
		row.Why, row.Voice = r.T.T("trajectory.team_wrote"), seen.StateReason
	case trajectory.Done:
		row.State, row.StateIcon, row.StateText = ui.Good, "anchor", r.T.T("trajectory.secured")
	case trajectory.Draft:
		row.State, row.StateIcon, row.StateText = ui.Calm, "lock", r.T.T("trajectory.draft")
	}
	return row, nil
}

func roleOr(role trajectory.Role) trajectory.Role {
	if role == trajectory.NoOne {
		return trajectory.Outsider
	}
	return role
}

// miniWheel is the small wheel of a list: without the line of travel, stages before the
// present one count as visited.
func miniWheel(r *room.Request, pack *method.Pack, seen trajectory.Seen) ui.WheelOf {
	w := ui.WheelOf{ID: "w" + seen.ID}
	part := partNames(r, pack)
	here := slices.IndexFunc(pack.Stages, func(s method.Stage) bool { return s.ID == seen.StageID })
	for i, s := range pack.Stages {
		seg := ui.Segment{Number: s.Number, Name: r.Pack(s.Name), Part: part[s.Part]}
		switch {
		case i == here:
			seg.Passage = ui.Here
		case i < here:
			seg.Passage = ui.Past
		}
		w.Segments = append(w.Segments, seg)
	}
	return w
}

// beginPage is where somebody chooses a way of working, and says what it is about.
type beginPage struct {
	r      *room.Request
	Ways   []methodweb.Way
	Groups []methodweb.Group // all other ways; none beside a form
	Pack   *method.Pack      // the one that was chosen, or nil
	Wheel  []ui.Segment
	Stage  string
	Stages []ui.Option
	Before []method.Stage
	Teams  []ui.Option
	Title  ui.Field
	About  ui.Field
}

// New shows what can be begun, or the form of the one that was chosen. What is held at one
// time has a form of its own, and what cannot be begun yet is shown.
func (rm *Room) New(r *room.Request) error {
	id := r.R.URL.Query().Get("method")
	if r.Err != nil {
		id = r.Typed.Typed("method")
	}
	sc := r.School()
	if len(r.Known.Schools) == 0 {
		return errs.Absent()
	}
	library, err := r.Library()
	if err != nil {
		return err
	}
	p := beginPage{r: r, Ways: methodweb.Often(r, library)}
	h := r.Head(r.T.T("trajectory.begin_title"), "trajectories")
	h.Crumbs = []ui.Link{{Text: r.T.T("trajectory.list_title"), Href: "/trajectories"}}
	h.Lead = r.T.T("trajectory.begin_lead")
	r.Style(&h, "trajectories")
	if id == "" {
		p.Groups = methodweb.Groups(r, library, p.Ways)
		return r.Page(h, choose(p))
	}
	pack, ok := library.Latest(id)
	if !ok {
		return errs.Absent()
	}
	switch pack.Begins() {
	case method.BeginsSession:
		return r.Go("/sessions/new?method=" + pack.ID)
	case method.BeginsLater:
		return r.Go("/methods/" + pack.ID)
	}
	teams, err := rm.Schools.Teams(r.Ctx(), r.Who(), sc.ID)
	if err != nil {
		return err
	}
	p.choice(pack)
	for _, t := range teams {
		p.Teams = append(p.Teams, ui.Option{Value: t.ID, Text: t.Name, On: r.WasOn("teams", t.ID, false)})
	}
	h.Title = r.T.T("trajectory.new_title", "need", r.Pack(pack.Need))
	return r.Page(h, begin(p))
}

// choice is the form for one way of working, and the choice of it among the others.
func (p *beginPage) choice(pack *method.Pack) {
	r := p.r
	p.Pack, p.Stage = pack, r.Was("stage", pack.Stages[0].ID)
	i := slices.IndexFunc(p.Ways, func(w methodweb.Way) bool { return w.ID == pack.ID })
	if i < 0 {
		p.Ways, i = append([]methodweb.Way{methodweb.WayOf(r, pack)}, p.Ways...), 0
	}
	p.Ways[i].On = true
	for j, s := range pack.Stages {
		seg := ui.Segment{Number: s.Number, Name: r.Pack(s.Name)}
		if j == 0 {
			seg.Passage = ui.Here
		}
		p.Wheel = append(p.Wheel, seg)
	}
	if pack.HasPhases() {
		for _, s := range pack.Stages {
			p.Stages = append(p.Stages, ui.Option{Value: s.ID, Text: r.Pack(s.Name), Note: r.Pack(s.Asks), On: s.ID == p.Stage})
		}
		p.Before = pack.Stages[:len(pack.Stages)-1]
	}
	p.Title = r.Field("title", "trajectory.title_label", "")
	p.Title.Max = 100
	p.About = r.Field("question", "trajectory.question_label", "")
	p.About.Voice, p.About.Max, p.About.Hint, p.About.Rows = true, 400, r.T.T("trajectory.question_hint"), 2
}

// Begin makes the trajectory.
func (rm *Room) Begin(r *room.Request) error {
	f := r.Form()
	st := trajectory.Start{
		SchoolID: r.School().ID, MethodID: f.Line("method", 60), Title: f.Line("title", 200), Question: f.Text("question", 2000), StageID: f.Line("stage", 60),
		TeamIDs: f.IDs("teams", 100), Open: !f.Bool("closed"),
	}
	library, err := r.Library()
	if err != nil {
		return err
	}
	if pack, ok := library.Latest(st.MethodID); ok {
		for _, s := range pack.Stages {
			if text, link := f.Text("before-"+s.ID, 2000), f.Line("link-"+s.ID, 500); text != "" || link != "" {
				st.Before = append(st.Before, trajectory.Before{StageID: s.ID, Text: text, Link: link})
			}
		}
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.New)
	}
	id, err := rm.Trajectories.Begin(r.Ctx(), r.Who(), st)
	if err != nil {
		return r.Refused(err, rm.New)
	}
	return r.Said("/trajectories/"+id, "trajectory_begun")
}
