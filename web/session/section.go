package session

import (
	"github.com/a-h/templ"

	"leerkring/access"
	"leerkring/block/session"
	"leerkring/internal/clock"
	"leerkring/trajectory"
	"leerkring/web/room"
)

// held is a session as the stage page shows it, or one that the method holds here.
type held struct {
	Name, Note, Href string
	Do               string
	Running          bool
}

type sectionPage struct {
	r      *room.Request
	Coming []held
	Starts []held
	Past   []held
	Heard  []session.Release
	Names  map[string]string
}

// latest is how many held sessions and shared insights the stage page shows.
const latest = 3

// Section is the part of the stage page where a team comes together by a protocol: what is set up,
// what the method holds in this stage, and what people let go further from a circle.
func (rm *Room) Section(r *room.Request, seen trajectory.Seen, _ trajectory.Facts) (templ.Component, error) {
	q := rm.Trajectories.DB()
	all, err := rm.Sessions.OfTrajectory(r.Ctx(), q, seen)
	if err != nil {
		return nil, err
	}
	p := sectionPage{r: r}
	zone := seen.School.Location()
	for _, x := range all {
		h := held{Name: r.Pack(x.Pack.Name), Note: r.T.T("session.on_day", "date", r.T.Date(clock.On(x.HeldAt(), zone)), "time", r.T.Time(x.HeldAt())), Href: "/sessions/" + x.ID, Running: x.State == session.Running}
		switch {
		case x.State == session.Closed && len(p.Past) < latest:
			p.Past = append(p.Past, h)
		case x.State != session.Closed:
			p.Coming = append(p.Coming, h)
		}
	}
	if p.Heard, err = rm.Sessions.Released(r.Ctx(), q, seen); err != nil {
		return nil, err
	}
	p.Heard = p.Heard[:min(latest, len(p.Heard))]
	if seen.State == trajectory.Active && seen.May(access.Edit, access.Trajectory, "") {
		if p.Starts, err = rm.starts(r, seen); err != nil {
			return nil, err
		}
	}
	if len(p.Coming)+len(p.Starts)+len(p.Past)+len(p.Heard) == 0 {
		return nil, nil
	}
	return section(p), nil
}

// starts are the sessions that the present stage of the method holds.
func (rm *Room) starts(r *room.Request, seen trajectory.Seen) ([]held, error) {
	pack, err := rm.Trajectories.PackOf(r.Ctx(), rm.Trajectories.DB(), seen.Trajectory)
	if err != nil {
		return nil, err
	}
	stage, ok := pack.Stage(seen.StageID)
	if !ok {
		return nil, nil
	}
	var out []held
	for _, a := range stage.Activities {
		form, ok := rm.Trajectories.Library().Latest(a.Session)
		if a.Session == "" || !ok {
			continue
		}
		out = append(out, held{Name: r.Pack(form.Name), Note: r.Pack(a.Text), Href: "/sessions/new?method=" + form.ID + "&trajectory=" + seen.ID, Do: r.T.T("session.set_up")})
	}
	return out, nil
}
