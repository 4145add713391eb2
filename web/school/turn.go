package school

import (
	"slices"
	"strings"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// teams are the trajectories with how each goes on, by the name of its team: what a team
// said itself, and of the others only that they run. Nobody is listed for not answering.
func (p *yearPage) teams(teams []school.Team, on map[string]bool) {
	t := p.r.T
	before := map[string]bool{} // had ended when this year was opened
	if o := p.Turn.Openings.Of(p.Turn.From.ID); o != nil {
		for _, x := range o.Began.Trajectories {
			before[x.ID] = trajectory.State(x.State).Ended()
		}
	}
	for _, x := range p.here {
		if before[x.ID] && x.State.Ended() {
			continue
		}
		g := teamGroup{Title: x.Title, Href: "/trajectories/" + x.ID, Team: teamsOf(x, teams)}
		switch {
		case x.State == trajectory.Paused:
			g.State, g.Tone, g.Voice = t.T("school.team_rests", "date", day(p.r, x.StateUntil)), ui.Mind, x.StateReason
		case x.State == trajectory.Stopped:
			g.State, g.Voice = t.T("school.team_stopped"), x.StateReason
		case x.State == trajectory.Done:
			g.State, g.Tone = t.T("school.team_done"), ui.Good
		case on[x.ID]:
			g.State, g.Tone = t.T("school.team_on"), ui.Good
		default:
			g.State = t.T("school.team_runs")
		}
		if x.State == trajectory.Active && x.May(access.Lead, access.Trajectory, "") {
			p.Mine = append(p.Mine, serving{Href: g.Href, Title: x.Title})
			if !on[x.ID] && p.Turn.Asks() {
				g.AskHref = g.Href + "/year/form"
			}
		}
		p.Teams = append(p.Teams, g)
	}
}

func teamsOf(x trajectory.Seen, teams []school.Team) string {
	var names []string
	for _, t := range teams {
		if slices.Contains(x.TeamIDs, t.ID) {
			names = append(names, t.Name)
		}
	}
	return strings.Join(names, ", ")
}

// day writes a date, with its year when that is not this one.
func day(r *room.Request, d clock.Date) string { return days(r, d, d) }

// newYear reads off what stands ready for the new year.
func (p *yearPage) newYear() {
	for _, f := range p.points {
		if _, became := f.AtOpening(p.Turn.To, p.Turn.Calendar.Years); p.Turn.To.ID != "" && became == school.CameBack {
			p.Back = append(p.Back, f.Title)
		}
	}
	for _, x := range p.Turn.Calendar.Periods {
		if x.Kind == school.Holiday && p.Turn.To.Starts <= x.From && x.From <= p.Turn.To.Ends {
			p.NewFree++
		}
	}
}

// began is what the newest opened year began with, for as far as the reader sees it.
func (p *yearPage) began() {
	o, year := p.Turn.Openings.Of(p.Turn.To.ID), p.Turn.To
	if o == nil {
		o, year = p.Turn.Openings.Of(p.Turn.From.ID), p.Turn.From
	}
	if o == nil {
		return
	}
	t := p.r.T
	b := &beganPart{Year: year.Name, YearID: year.ID, When: t.T("school.began_on", "date", day(p.r, clock.On(o.At, p.School.Location()))), Undo: p.MayOpen && o.MayUndo(p.School, p.Turn.Today)}
	titles := map[string]string{}
	for _, f := range p.points {
		titles[f.ID] = f.Title
	}
	for _, became := range []school.Became{school.WentOn, school.Taken, school.CameBack, school.Kept, school.Ended} {
		g := beganGroup{Title: t.T("school.began_" + string(became))}
		for _, f := range o.Began.Focus {
			if title, ok := titles[f.ID]; ok && f.Became == became {
				item := beganItem{Title: title, Href: p.place("/school#focus-" + f.ID)}
				if f.Until != "" {
					item.Note = t.T("school.until_is", "year", f.Until)
				}
				g.Items = append(g.Items, item)
			}
		}
		b.add(g)
	}
	at := map[string]trajectory.Seen{}
	for _, x := range p.here {
		at[x.ID] = x
	}
	for _, state := range []trajectory.State{trajectory.Active, trajectory.Paused} {
		g := beganGroup{Title: t.T("school.began_" + string(state))}
		for _, x := range o.Began.Trajectories {
			if seen, ok := at[x.ID]; ok && x.State == string(state) {
				item := beganItem{Title: seen.Title, Href: "/trajectories/" + seen.ID}
				if x.Until != "" {
					item.Note = t.T("school.team_rests", "date", day(p.r, x.Until))
				}
				g.Items = append(g.Items, item)
			}
		}
		b.add(g)
	}
	p.Began = b
}

func (b *beganPart) add(g beganGroup) {
	if len(g.Items) > 0 {
		b.Groups = append(b.Groups, g)
	}
}

// place is a page about this school with a place on it.
func (s site) place(path string) string {
	at, place, _ := strings.Cut(path, "#")
	return s.path(at) + "#" + place
}

// openPage says what opening the year will do, before it is done.
type openPage struct {
	*yearPage
	Early  string // from when it can be opened
	Groups []beganGroup
	Rest   []beganItem // trajectories that rest
	Runs   int
	Ready  bool
}

// OpenForm shows what opening the new year will do.
func (rm *Room) OpenForm(r *room.Request) error {
	p, err := rm.year(r)
	if err != nil {
		return err
	}
	if !p.MayOpen {
		return access.Must(r.Who(), access.Decide, access.Object{Kind: access.FocusPoint, BoardID: p.School.BoardID, SchoolID: p.School.ID})
	}
	o := openPage{yearPage: p, Ready: p.Turn.MayOpen(p.Turn.Today)}
	if p.Turn.To.ID != "" && !o.Ready {
		o.Early = day(r, p.Turn.ChoosingOn)
	}
	o.will()
	for _, t := range p.here {
		switch t.State {
		case trajectory.Active:
			o.Runs++
		case trajectory.Paused:
			o.Rest = append(o.Rest, beganItem{Title: t.Title, Href: "/trajectories/" + t.ID, Note: r.T.T("school.team_rests", "date", day(r, t.StateUntil))})
		}
	}
	p.Mistakes = p.mistakes(func(string) string { return "main" })
	h := p.head(r.T.T("school.open_title", "year", p.To))
	h.Crumbs = []ui.Link{{Text: r.T.T("school.year_title"), Href: p.site.path("/school/year")}}
	h.Lead = r.T.T("school.open_lead")
	return r.Page(h, openYear(o))
}

// will is what becomes of each focus point.
func (o *openPage) will() {
	t := o.r.T
	for _, became := range []school.Became{school.WentOn, school.Taken, school.CameBack, school.Kept, school.Ended} {
		g := beganGroup{Title: t.T("school.will_"+string(became), "year", o.To)}
		for _, f := range o.points {
			next, is := f.AtOpening(o.Turn.To, o.Turn.Calendar.Years)
			if is != became {
				continue
			}
			item := beganItem{Title: f.Title}
			switch {
			case is == school.Kept:
				item.Note = t.T("school.until_is", "year", next.ParkedFor)
			case is == school.WentOn && f.After.Choice == school.Undecided:
				item.Note = t.T("school.will_undecided")
			}
			g.Items = append(g.Items, item)
		}
		if len(g.Items) > 0 {
			o.Groups = append(o.Groups, g)
		}
	}
}

// Open opens the new school year.
func (rm *Room) Open(r *room.Request) error {
	s, err := rm.at(r, "year")
	if err != nil {
		return err
	}
	year := r.Form().ID("year")
	if err := r.Form().Err(); err != nil {
		return r.Refused(err, rm.OpenForm)
	}
	again, err := rm.Schools.OpenYear(r.Ctx(), r.Who(), s.School.ID, year, rm.Trajectories.Standing)
	switch {
	case err != nil:
		return r.Refused(err, rm.OpenForm)
	case again:
		return r.Said(s.path("/school/year"), "school_year_open_already")
	}
	return r.Said(s.path("/school/year"), "school_year_opened")
}

// UndoOpen takes the opening back, the same day.
func (rm *Room) UndoOpen(r *room.Request) error {
	s, err := rm.at(r, "year")
	if err != nil {
		return err
	}
	year := r.Form().ID("year")
	if err := r.Form().Err(); err != nil {
		return r.Refused(err, rm.Year)
	}
	if err := rm.Schools.UndoOpening(r.Ctx(), r.Who(), s.School.ID, year); err != nil {
		return r.Refused(err, rm.Year)
	}
	return r.Said(s.path("/school/year"), "school_year_undone")
}

// DecideAfter keeps what a leader decides about a focus point for the year to come.
func (rm *Room) DecideAfter(r *room.Request) error {
	id, err := r.ID("focus")
	if err != nil {
		return err
	}
	s, err := rm.at(r, "year")
	if err != nil {
		return err
	}
	f := r.Form()
	a := school.After{Choice: school.AfterChoice(f.Choice("after", "goes_on", "parked", "stopped")), Until: f.Line("until", 40), Reason: f.Text("reason", 600)}
	version := f.Int("version", 1, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Year)
	}
	if err := rm.inSchool(r, s, id); err != nil {
		return err
	}
	if err := rm.Schools.DecideAfter(r.Ctx(), r.Who(), id, version, a); err != nil {
		return r.Refused(err, rm.Year)
	}
	return r.Said(s.path("/school/year")+"#after-part-"+id, "school_after_kept")
}
