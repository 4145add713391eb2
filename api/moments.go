package api

import (
	"maps"
	"slices"

	"leerkring/access"
	"leerkring/block/monitor"
	"leerkring/internal/clock"
)

func (a *API) ofMoments() []route {
	return []route{
		get("/trajectories/{id}/moments", access.List, access.Count, "list-moments", "Moments at which the group looks how it goes.", a.moments),
		makes("/trajectories/{id}/moments", access.Create, access.Count, "plan-moment", "Plan one moment.", a.planMoment),
		does("POST", "/trajectories/{id}/moments/three", access.Create, access.Count, "plan-three-moments", "Plan three short moments in the first six school weeks.", a.planThree),
		get("/trajectories/{id}/moments/{moment}", access.Read, access.Count, "read-moment", "A moment with what was told.", a.moment),
		does("PUT", "/trajectories/{id}/moments/{moment}", access.Edit, access.Count, "change-moment", "Change day, minutes, way or question of a moment to come.", a.changeMoment).onVersion(),
		does("PUT", "/trajectories/{id}/moments/{moment}/telling", access.Edit, access.Count, "tell-moment", "Keep what the group counted and saw, or correct it.", a.tell).onVersion().part(1),
		does("POST", "/trajectories/{id}/moments/{moment}/skip", access.Edit, access.Count, "skip-moment", "Let a planned moment go, with a word.", a.skip).onVersion(),
	}
}

// MonitorMoment is a few minutes in which the group looks how it goes. Its version counts
// the plan for it and the telling.
type MonitorMoment struct {
	Tagged
	ID string `json:"id"`
	MomentPlan
	State  string     `json:"state" enum:"planned,held,skipped"`
	Word   string     `json:"word,omitempty" doc:"Why it was skipped."`
	HeldOn clock.Date `json:"held_on,omitempty" format:"date"`
	Told   *Telling   `json:"told,omitempty"`
}

// MomentPlan is the plan for a moment.
type MomentPlan struct {
	On       clock.Date `json:"on" format:"date"`
	Question string     `json:"question,omitempty" doc:"That of the method when you say nothing."`
	Minutes  int        `json:"minutes,omitempty" minimum:"0" maximum:"1440" doc:"Five when you say nothing."`
	How      string     `json:"how,omitempty" enum:"count,observation,pupils"`
}

func (p MomentPlan) plan() monitor.NewMoment {
	return monitor.NewMoment{On: p.On, Question: p.Question, Minutes: p.Minutes, How: monitor.How(p.How)}
}

// Telling is what the group says at a moment. It holds no persons.
type Telling struct {
	On       clock.Date `json:"on,omitempty" format:"date" doc:"Today when you say nothing."`
	Totals   []Total    `json:"totals,omitempty" maxItems:"50"`
	Seen     string     `json:"seen,omitempty" lines:"many" doc:"In pupils; groups, no names."`
	Helped   string     `json:"helped,omitempty" lines:"many"`
	Hindered string     `json:"hindered,omitempty" lines:"many"`
	Follows  string     `json:"follows,omitempty" enum:"nothing,help,adjust"`
	Next     string     `json:"next,omitempty" lines:"many"`
	Rival    string     `json:"rival,omitempty" lines:"many" doc:"What else could explain it."`
	Convince string     `json:"convince,omitempty" lines:"many"`
	Found    string     `json:"found,omitempty" enum:"met,partly,open" doc:"How it was to find help, as the group says it."`
}

// Total is what the group counted together: so many of so many.
type Total struct {
	IndicatorID string `json:"indicator_id"`
	Yes         int    `json:"yes" minimum:"0" maximum:"1000000"`
	Of          int    `json:"of" minimum:"0" maximum:"1000000"`
}

func (t Telling) telling() monitor.Telling {
	out := monitor.Telling{On: t.On, Totals: map[string]monitor.Total{}, Seen: t.Seen, Helped: t.Helped, Hindered: t.Hindered, Follows: monitor.Follows(t.Follows), Next: t.Next,
		Rival: t.Rival, Convince: t.Convince, Found: monitor.Found(t.Found)}
	for _, x := range t.Totals {
		out.Totals[x.IndicatorID] = monitor.Total{Yes: x.Yes, Of: x.Of}
	}
	return out
}

func momentOf(m monitor.Moment) MonitorMoment {
	out := MonitorMoment{Tagged: tagged(m.Version, m.TellingAt), ID: m.ID, MomentPlan: MomentPlan{m.On, m.Question, m.Minutes, string(m.How)}, State: string(m.State), Word: m.Word, HeldOn: m.HeldOn}
	if m.TellingAt == 0 {
		return out
	}
	t := m.Told
	out.Told = &Telling{On: t.On, Seen: t.Seen, Helped: t.Helped, Hindered: t.Hindered, Follows: string(t.Follows), Next: t.Next, Rival: t.Rival, Convince: t.Convince, Found: string(t.Found)}
	for _, id := range slices.Sorted(maps.Keys(t.Totals)) {
		out.Told.Totals = append(out.Told.Totals, Total{id, t.Totals[id].Yes, t.Totals[id].Of})
	}
	return out
}

func (a *API) moments(c *call, in *BelowPaged) (List[MonitorMoment], error) {
	p, err := c.monitorPage(in.ID)
	if err != nil {
		return List[MonitorMoment]{}, err
	}
	return piece(in.Paged, p.Moments, func(m monitor.Moment) string { return m.ID }, momentOf)
}

// MomentAt is one moment of a trajectory.
type MomentAt struct {
	Below
	Moment string `path:"moment"`
}

func (a *API) moment(c *call, in *MomentAt) (MonitorMoment, error) {
	p, err := c.monitorPage(in.ID)
	if err != nil {
		return MonitorMoment{}, err
	}
	m, err := one(p.Moments, func(m monitor.Moment) bool { return m.ID == in.Moment })
	return momentOf(m), err
}

type inPlanMoment struct {
	Below
	Body MomentPlan
}

func (a *API) planMoment(c *call, in *inPlanMoment) (receipt, error) {
	id, err := a.Monitor.Arrange(c.ctx, c.who, in.ID, in.Body.plan())
	return made(id, err)
}

func (a *API) planThree(c *call, in *Below) (receipt, error) {
	_, err := a.Monitor.PlanThree(c.ctx, c.who, in.ID)
	return did(err)
}

type inChangeMoment struct {
	MomentAt
	Body MomentPlan
}

func (a *API) changeMoment(c *call, in *inChangeMoment) (receipt, error) {
	base, err := c.base(0)
	if err != nil {
		return done, err
	}
	return wrote(a.Monitor.Rearrange(c.ctx, c.who, in.ID, in.Moment, base, in.Body.plan()))
}

type inTell struct {
	MomentAt
	Body Telling
}

func (a *API) tell(c *call, in *inTell) (receipt, error) {
	base, err := c.base(1)
	if err != nil {
		return done, err
	}
	return wrote(a.Monitor.Hold(c.ctx, c.who, in.ID, in.Moment, base, in.Body.telling()))
}

type inSkip struct {
	MomentAt
	Body struct {
		Word string `json:"word"`
	}
}

func (a *API) skip(c *call, in *inSkip) (receipt, error) {
	base, err := c.base(0)
	if err != nil {
		return done, err
	}
	return wrote(a.Monitor.Skip(c.ctx, c.who, in.ID, in.Moment, base, in.Body.Word))
}
