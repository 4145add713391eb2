package session

import (
	"slices"
	"time"

	"leerkring/block/session"
	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/web/room"
	"leerkring/web/ui"
)

type row struct {
	Href, Name, When, State string
	Tone                    ui.Tone
	Icon                    string
}

type listPage struct {
	r      *room.Request
	Coming []row
	Past   []row
	Needs  []need
	Sees   string // of what is the person's own
}

// form is a way of working that can be held.
type form struct {
	Href, Need, Name, Note string
}

// need is what people want, with the ways of working that serve it.
type need struct {
	ID, Name string
	Forms    []form
}

// List shows somebody's own sessions, and what can be held.
func (rm *Room) List(r *room.Request) error {
	all, err := rm.Sessions.Mine(r.Ctx(), r.Who())
	if err != nil {
		return err
	}
	return ListPage(r, all)
}

// ListPage is that page as it was read.
func ListPage(r *room.Request, all []session.Listed) error {
	p := listPage{r: r}
	for _, x := range all {
		line := row{Href: "/sessions/" + x.ID, Name: r.Pack(x.Pack.Name), When: when(r, x.Session, x.Pack)}
		if x.Title != "" {
			line.Name += ": " + x.Title
		}
		switch {
		case x.State == session.Closed:
			p.Past = append(p.Past, line)
			continue
		case x.State == session.Running:
			line.Tone, line.Icon, line.State = ui.Fresh, "circle-play", r.T.T("session.state_running")
		case x.Me == session.In:
			line.Tone, line.Icon, line.State = ui.Good, "check", r.T.T("session.state_in")
		default:
			line.Tone, line.Icon, line.State = ui.Calm, "mail", r.T.T("session.state_asked")
		}
		p.Coming = append(p.Coming, line)
	}
	if len(r.Who().Schools) > 0 {
		var err error
		if p.Needs, err = forms(r); err != nil {
			return err
		}
	}
	p.Sees = ownSentence(r)
	h := r.Head(r.T.T("session.list_title"), "")
	h.Lead = r.T.T("session.list_lead")
	r.Style(&h, "session")
	return r.Page(h, list(p))
}

func when(r *room.Request, x session.Session, pack *method.Pack) string {
	zone := r.School().Location()
	text := r.T.T("session.when_line", "date", r.T.Date(clock.On(x.HeldAt(), zone)), "hours", r.T.Range(x.HeldAt(), x.HeldAt().Add(session.Total(session.Steps(pack, session.LapsFor(pack, pack.Session.Group.Ideal))))))
	if x.Place != "" {
		text += ", " + x.Place
	}
	return text
}

// forms are what can be held, by need: Leerkring's and the school's own.
func forms(r *room.Request) ([]need, error) {
	library, err := r.Library()
	if err != nil {
		return nil, err
	}
	var out []need
	for _, s := range library.Shelves() {
		n := need{ID: string(s.ID), Name: r.T.T("session.we_want", "need", r.Pack(s.Name))}
		for _, pack := range s.Packs {
			if pack.Shape == method.ShapeSession && pack.Kind == method.KindMethod {
				n.Forms = append(n.Forms, form{Href: "/sessions/new?method=" + pack.ID, Need: r.Pack(pack.Need), Name: r.Pack(pack.Name), Note: r.Pack(pack.Duration)})
			}
		}
		if len(n.Forms) > 0 {
			out = append(out, n)
		}
	}
	return out, nil
}

type newPage struct {
	r          *room.Request
	Pack       *method.Pack
	Trajectory string
	About      ui.Field
	Date, Time ui.Field
	Place      ui.Field
	Near       []ui.Option // colleagues of the trajectory or of one's own teams
	Others     []ui.Option
	Teams      []ui.Option // asked as a whole
	Many       bool        // it is for more people than one ticks one by one
	Group      method.Group
	Minutes    int
	Sees       string
	Closed     bool
}

// New asks who comes together, and when. Everything but the people is filled in.
func (rm *Room) New(r *room.Request) error {
	id, trajectoryID := r.R.URL.Query().Get("method"), r.R.URL.Query().Get("trajectory")
	if r.Typed != nil {
		id, trajectoryID = r.Typed.Typed("method"), r.Typed.Typed("trajectory")
	}
	if len(r.Who().Schools) == 0 {
		return errs.Absent()
	}
	pack, ok := rm.Trajectories.Library().Latest(id)
	if !ok || pack.Shape != method.ShapeSession {
		return r.Go("/sessions")
	}
	sc := r.School()
	p := newPage{r: r, Pack: pack, Group: pack.Session.Group, Closed: pack.Session.Circle == method.CircleClosed,
		Minutes: int(session.Total(session.Steps(pack, session.LapsFor(pack, pack.Session.Group.Ideal))) / time.Minute)}
	p.Sees = r.T.T("session.sees_" + string(pack.Session.Circle))
	wanted := map[string]bool{}
	if trajectoryID != "" {
		seen, err := rm.Trajectories.Reach(r.Ctx(), rm.Trajectories.DB(), r.Who(), trajectoryID)
		if err != nil {
			return err
		}
		p.Trajectory = seen.ID
		group, err := rm.Trajectories.Participants(r.Ctx(), rm.Trajectories.DB(), seen)
		if err != nil {
			return err
		}
		for _, x := range group {
			wanted[x.PersonID] = true
		}
	}
	staff, teams, err := rm.Schools.People(r.Ctx(), r.Who(), sc.ID)
	if err != nil {
		return err
	}
	p.Teams, p.Many = teamOptions(r, staff, teams), pack.Session.Group.Max > manyPeople
	for _, x := range staff {
		o := ui.Option{Value: x.ID, Text: x.Name, On: r.WasOn("people", x.ID, wanted[x.ID])}
		switch {
		case x.ID == r.Who().ID:
		case wanted[x.ID], trajectoryID == "" && slices.ContainsFunc(x.TeamIDs, func(id string) bool { return slices.Contains(r.Who().Teams, id) }):
			p.Near = append(p.Near, o)
		default:
			p.Others = append(p.Others, o)
		}
	}
	if len(p.Near) == 0 {
		p.Near, p.Others = p.Others, nil
	}
	cal, err := rm.Schools.Calendar(r.Ctx(), sc.ID)
	if err != nil {
		return err
	}
	day := r.Today()
	if !cal.SchoolDay(day) {
		day = cal.NextSchoolDay(day)
	}
	p.Date = r.Field("date", "session.date", string(day))
	p.Date.Type, p.Date.Required = "date", true
	at := r.Now().In(sc.Location()).Truncate(5 * time.Minute)
	p.Time = r.Field("time", "session.time", at.Format("15:04"))
	p.Time.Type, p.Time.Required = "time", true
	p.Place = r.Field("place", "session.place", "")
	p.Place.Max, p.Place.Hint = 200, r.T.T("session.place_hint")
	p.About = r.Field("title", "session.about", "")
	p.About.Max, p.About.Voice, p.About.Hint = 120, true, r.T.T("session.about_hint_"+string(pack.Session.Circle))
	h := r.Head(r.Pack(pack.Name), "")
	h.Crumbs = []ui.Link{{Text: r.T.T("session.list_title"), Href: "/sessions"}}
	h.Lead = r.Pack(pack.Summary)
	r.Style(&h, "session")
	return r.Page(h, planning(p))
}

// Plan calls people together.
func (rm *Room) Plan(r *room.Request) error {
	if len(r.Who().Schools) == 0 {
		return errs.Absent()
	}
	f := r.Form()
	x := session.Plan{SchoolID: r.School().ID, MethodID: f.Line("method", 60), TrajectoryID: f.ID("trajectory"), Title: f.Line("title", 240), Place: f.Line("place", 400), People: f.IDs("people", 160)}
	x.Teams, x.Everyone = teamsOf(f)
	day := f.Date("date")
	hour, minute, ok := f.Clock("time")
	if day != "" && !ok && f.Typed("time") == "" {
		f.Refuse("time", "form.time")
	}
	if day != "" {
		x.StartsAt = day.At(hour, minute, r.School().Location())
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.New)
	}
	id, err := rm.Sessions.Plan(r.Ctx(), r.Who(), x)
	if err != nil {
		return r.Refused(err, rm.New)
	}
	return r.Go("/sessions/" + id)
}
