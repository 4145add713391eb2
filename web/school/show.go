package school

import (
	"slices"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/writing"
)

// visionLine is one sentence, with the form to change it.
type visionLine struct {
	ID, Body string
	Field    ui.Field
}

// serving is a trajectory that works on a focus point.
type serving struct {
	Href, Title, Stage string
	Number, Of         int
}

// point is a focus point as the page shows it.
type point struct {
	ID, Title, Body string
	Vision          string
	From            serving // the trajectory that brought it up
	Serves          []serving
	Parked, Keeper  string
	Reason          string
	Year            string // of the school, for which it was chosen
	Version         int
	Choice          *choice
	Runs            bool // a team that the reader may see works on it now
}

// choice is the form in which a leader decides about a point.
type choice struct {
	Open    bool
	States  []ui.Option
	Years   []ui.Option
	Keepers []ui.Option
	Reason  ui.Field
	BackOn  ui.Field
}

// group is the points that stand the same.
type group struct {
	State  school.FocusState
	Title  string
	Text   string // when there are none
	Points []point
}

type showPage struct {
	site
	Lines    []visionLine
	MayWrite bool // the vision

	WritesVision bool // a form of the vision came back
	NewLine      ui.Field
	Groups       []group
	MaySuggest   bool
	Draft        string
	Title        ui.Field
	Body         ui.Field
	Vision       []ui.Option
	Mistakes     []ui.Mistake
}

// states in the order in which they are shown: what runs first.
var states = []school.FocusState{school.Running, school.Chosen, school.Proposed, school.Parked, school.Done, school.Stopped, school.PassedOn}

// Show is the page of the school: its vision and its focus points.
func (rm *Room) Show(r *room.Request) error {
	s, err := rm.at(r, "vision")
	if err != nil {
		return err
	}
	p := &showPage{site: s, MayWrite: s.may(access.Edit, access.Vision), MaySuggest: s.may(access.Create, access.FocusPoint), Draft: draftKey(s.School.ID)}
	lines, err := rm.Schools.Vision(r.Ctx(), r.Who(), s.School.ID)
	if err != nil {
		return err
	}
	p.vision(lines)
	if err := rm.points(p, lines); err != nil {
		return err
	}
	if err := p.suggestion(); err != nil {
		return err
	}
	p.Mistakes = s.mistakes(fieldOf(r))
	return r.Page(s.head(r.T.T("school.title")), show(*p))
}

// fieldOf tells where a refused field of one of the forms of this page stands.
func fieldOf(r *room.Request) func(field string) string {
	switch {
	case r.Path("focus") != "":
		return func(field string) string { return field + "-" + r.Path("focus") }
	case r.Path("line") != "":
		return func(string) string { return "line-" + r.Path("line") }
	case r.R.URL.Path == "/school/vision":
		return func(string) string { return "line-new" }
	}
	return func(field string) string { return "f-" + field }
}

func draftKey(schoolID string) string { return "focus/" + schoolID }

func (p *showPage) vision(lines []school.VisionLine) {
	r := p.r
	p.Vision = []ui.Option{{Text: r.T.T("school.no_line")}}
	for _, l := range lines {
		v := visionLine{ID: l.ID, Body: l.Body, Field: ui.Field{Name: "line", ID: "line-" + l.ID, Label: r.T.T("school.change_line", "line", l.Body), Quiet: true, Value: l.Body, Max: 240, Rows: 2, Voice: true}}
		if r.Err != nil && r.Path("line") == l.ID {
			p.WritesVision, v.Field.Value, v.Field.Error = true, r.Was("line", l.Body), r.Error("body")
		}
		p.Lines = append(p.Lines, v)
		p.Vision = append(p.Vision, ui.Option{Value: l.ID, Text: l.Body, On: r.Was("vision_line", "") == l.ID})
	}
	p.NewLine = ui.Field{Name: "line", ID: "line-new", Label: r.T.T("school.line_new"), Hint: r.T.T("school.line_hint"), Max: 240, Rows: 2, Voice: true}
	if r.Err != nil && r.R.URL.Path == "/school/vision" {
		p.WritesVision, p.NewLine.Value, p.NewLine.Error = true, r.Was("line", ""), r.Error("body")
	}
}

// points reads the focus points, what serves them, and for a leader what can be chosen.
func (rm *Room) points(p *showPage, lines []school.VisionLine) error {
	r := p.r
	all, err := rm.Schools.FocusPoints(r.Ctx(), r.Who(), p.School.ID)
	if err != nil {
		return err
	}
	running, err := rm.Trajectories.List(r.Ctx(), r.Who())
	if err != nil {
		return err
	}
	people, _, err := rm.Schools.People(r.Ctx(), r.Who(), p.School.ID)
	if err != nil && !errs.IsAbsent(err) {
		return err
	}
	var years []school.Year
	decides := p.may(access.Decide, access.FocusPoint)
	if decides {
		c, err := rm.Schools.Calendar(r.Ctx(), p.School.ID)
		if err != nil {
			return err
		}
		years = c.Years
	}
	grouped := map[school.FocusState][]point{}
	for _, f := range all {
		v, shown, err := rm.point(r, f, running)
		if err != nil {
			return err
		}
		if !shown {
			continue
		}
		for _, l := range lines {
			if l.ID == f.VisionLineID {
				v.Vision = l.Body
			}
		}
		if i := slices.IndexFunc(people, func(s school.Staff) bool { return s.ID == f.KeeperID }); i >= 0 {
			v.Keeper = people[i].Name
		}
		if decides {
			v.Choice = chooseForm(r, f, years, people)
		}
		state := f.State
		if state == school.Chosen && v.Runs {
			state = school.Running
		}
		grouped[state] = append(grouped[state], v)
	}
	for _, state := range states {
		g := group{State: state, Title: r.T.T("school.focus_" + string(state)), Points: grouped[state]}
		if state == school.Running || state == school.Proposed {
			g.Text = r.T.T("school.focus_" + string(state) + "_none")
		}
		if len(g.Points) > 0 || g.Text != "" {
			p.Groups = append(p.Groups, g)
		}
	}
	return nil
}

// point is how one focus point is shown. A candidate that a trajectory still talks about
// is shown only to who may see that trajectory.
func (rm *Room) point(r *room.Request, f school.FocusPoint, seen []trajectory.Seen) (v point, shown bool, err error) {
	v = point{ID: f.ID, Title: f.Title, Body: f.Body, Reason: f.Reason, Version: f.Version, Parked: f.ParkedFor, Year: f.Year}
	shown = f.State != school.Proposed || f.TrajectoryID == ""
	for _, t := range seen {
		serves := t.FocusPointID == f.ID
		if !serves && t.ID != f.TrajectoryID {
			continue
		}
		pack, err := rm.Trajectories.PackOf(r.Ctx(), rm.Trajectories.DB(), t.Trajectory)
		if err != nil {
			return v, false, err
		}
		row := serving{Href: "/trajectories/" + t.ID, Title: t.Title, Of: len(pack.Stages)}
		if stage, ok := pack.Stage(t.StageID); ok {
			row.Number, row.Stage = stage.Number, r.Pack(stage.Name)
		}
		if serves {
			v.Serves = append(v.Serves, row)
		} else {
			v.From, shown = row, true
		}
		// Nobody is asked whether it runs: it does when a team walks on with it, past the
		// stage in which it was chosen.
		v.Runs = v.Runs || t.State == trajectory.Active && (serves || t.StageID != pack.Stages[0].ID)
	}
	return v, shown, nil
}

// chooseForm is what a leader can decide now.
func chooseForm(r *room.Request, f school.FocusPoint, years []school.Year, people []school.Staff) *choice {
	back := r.Err != nil && r.Path("focus") == f.ID
	was := func(field, kept string) string {
		if back {
			return r.Was(field, kept)
		}
		return kept
	}
	c := &choice{Open: back}
	for _, state := range states {
		if _, err := f.Choose(school.FocusChoice{State: state, ParkedFor: "x"}); err == nil && state != f.State {
			c.States = append(c.States, ui.Option{Value: string(state), Text: r.T.T("school.do_" + string(state)), Note: r.T.T("school.do_" + string(state) + "_note"), On: back && r.Was("state", "") == string(state)})
		}
	}
	c.Years = append(c.Years, ui.Option{Text: r.T.T("school.which_year")})
	for _, y := range years {
		if y.Ends >= r.Today() {
			c.Years = append(c.Years, ui.Option{Value: y.Name, Text: y.Name, On: was("parked_for", f.ParkedFor) == y.Name})
		}
	}
	c.Keepers = append(c.Keepers, ui.Option{Text: r.T.T("school.nobody_yet")})
	for _, s := range people {
		c.Keepers = append(c.Keepers, ui.Option{Value: s.ID, Text: s.Name, On: was("keeper", f.KeeperID) == s.ID})
	}
	c.Reason = ui.Field{Name: "reason", ID: "reason-" + f.ID, Label: r.T.T("school.reason"), Hint: r.T.T("school.reason_hint"), Value: was("reason", f.Reason), Max: 600, Rows: 2, Voice: true}
	c.BackOn = ui.Field{Name: "back_on", ID: "back-" + f.ID, Label: r.T.T("school.back_on"), Type: "date", Value: was("back_on", string(f.BackOn))}
	if back {
		c.Reason.Error, c.BackOn.Error = r.Error("reason"), r.Error("back_on")
	}
	return c
}

// suggestion is the form in which anybody proposes a focus point.
func (p *showPage) suggestion() error {
	r := p.r
	draft, err := r.House.Drafts.Of(r.Ctx(), r.Who().ID, p.Draft)
	if err != nil {
		return err
	}
	p.Title = r.Field("title", "school.suggest_title", draft.Body["title"])
	p.Title.Max = 120
	p.Body = r.Field("body", "school.suggest_body", draft.Body["body"])
	p.Body.Max, p.Body.Rows, p.Body.Voice = 2000, 4, true
	if r.R.URL.Path != "/school/focus-points" {
		p.Title.Error, p.Body.Error = "", ""
		p.Title.Value, p.Body.Value = draft.Body["title"], draft.Body["body"]
	}
	return nil
}

// Suggest proposes a focus point.
func (rm *Room) Suggest(r *room.Request) error {
	s, err := rm.at(r, "vision")
	if err != nil {
		return err
	}
	f := r.Form()
	n := school.NewFocus{SchoolID: s.School.ID, Title: f.Line("title", 120), Body: f.Text("body", 2000), VisionLineID: f.ID("vision_line")}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if _, err := rm.Schools.Suggest(r.Ctx(), r.Who(), n); err != nil {
		return r.Refused(err, rm.Show)
	}
	if _, err := r.House.Drafts.Save(r.Ctx(), r.Who().ID, draftKey(s.School.ID), writing.Body{}); err != nil {
		return err
	}
	return r.Said(s.path("/school"), "school_suggested")
}

// Choose keeps, starts, parks or ends a focus point.
func (rm *Room) Choose(r *room.Request) error {
	id, err := r.ID("focus")
	if err != nil {
		return err
	}
	s, err := rm.at(r, "vision")
	if err != nil {
		return err
	}
	f := r.Form()
	c := school.FocusChoice{State: school.FocusState(f.Line("state", 20)), ParkedFor: f.Line("parked_for", 40), KeeperID: f.ID("keeper"), Reason: f.Text("reason", 600), BackOn: f.Date("back_on")}
	version := f.Int("version", 1, 1<<30)
	if c.State == "" {
		f.Refuse("state", "form.choose")
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if err := rm.inSchool(r, s, id); err != nil {
		return err
	}
	if err := rm.Schools.ChooseFocus(r.Ctx(), r.Who(), id, version, c); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(s.path("/school")+"#focus-"+id, "school_chosen")
}

// inSchool refuses a focus point of another school than the form names.
func (rm *Room) inSchool(r *room.Request, s site, id string) error {
	point, err := rm.Schools.FocusByID(r.Ctx(), r.Who(), id)
	if err == nil && point.SchoolID != s.School.ID {
		return errs.Absent()
	}
	return err
}

// AddLine adds a sentence to the vision.
func (rm *Room) AddLine(r *room.Request) error {
	return rm.line(r, "school_line_added", func(s site, body string) error {
		_, err := rm.Schools.AddVisionLine(r.Ctx(), r.Who(), s.School.ID, body)
		return err
	})
}

// ChangeLine puts another sentence in the place of one.
func (rm *Room) ChangeLine(r *room.Request) error {
	return rm.line(r, "school_line_changed", func(s site, body string) error {
		return rm.Schools.ReplaceVisionLine(r.Ctx(), r.Who(), s.School.ID, r.Path("line"), body)
	})
}

// DropLine takes a sentence out of the vision.
func (rm *Room) DropLine(r *room.Request) error {
	return rm.line(r, "school_line_dropped", func(s site, _ string) error {
		return rm.Schools.RetireVisionLine(r.Ctx(), r.Who(), s.School.ID, r.Path("line"))
	})
}

func (rm *Room) line(r *room.Request, said string, act func(s site, body string) error) error {
	s, err := rm.at(r, "vision")
	if err != nil {
		return err
	}
	f := r.Form()
	body := f.Line("line", 240)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if err := act(s, body); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(s.path("/school"), said)
}

// days writes a period in words, with its year when that is not this one.
func days(r *room.Request, from, to clock.Date) string {
	text := r.T.Days(from, to)
	if year := to.Time().Year(); year != r.Today().Time().Year() {
		text += " " + to.Time().Format("2006")
	}
	return text
}
