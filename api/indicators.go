package api

import (
	"time"

	"leerkring/access"
	"leerkring/block/monitor"
	"leerkring/internal/clock"
)

func (a *API) ofIndicators() []route {
	return []route{
		get("/trajectories/{id}/indicators", access.List, access.Indicator, "list-indicators", "What is followed, with what was counted.", a.indicators),
		makes("/trajectories/{id}/indicators", access.Create, access.Indicator, "add-indicator", "Follow something together.", a.addIndicator),
		get("/trajectories/{id}/indicators/{indicator}", access.Read, access.Indicator, "read-indicator", "One of them.", a.indicator),
		does("PUT", "/trajectories/{id}/indicators/{indicator}", access.Edit, access.Indicator, "reword-indicator", "Change its words. Totals stay with it.", a.rewordIndicator).onVersion(),
		does("PUT", "/trajectories/{id}/indicators/{indicator}/followed", access.Remove, access.Indicator, "follow-indicator", "Stop following it, or take it up again.", a.followIndicator),
	}
}

// Indicator is one thing that the group follows together.
type Indicator struct {
	Tagged
	ID string `json:"id"`
	IndicatorWords
	MadeAt    time.Time `json:"made_at"`
	RetiredAt time.Time `json:"retired_at,omitzero" doc:"Since when it is not followed any more."`
	Points    []Point   `json:"points" doc:"Totals in time. Below three they say nothing about a direction, and never who."`
}

// IndicatorWords are what it tells about.
type IndicatorWords struct {
	Kind string `json:"kind" enum:"carried_out,mechanism,result,condition"`
	Text string `json:"text" lines:"many"`
	Unit string `json:"unit,omitempty" doc:"What is counted: lessons, mornings, classes."`
}

func (w IndicatorWords) words() monitor.NewIndicator {
	return monitor.NewIndicator{Kind: monitor.Kind(w.Kind), Body: w.Text, Unit: w.Unit}
}

// Point is one total in time: so many of so many.
type Point struct {
	MomentID string     `json:"moment_id"`
	On       clock.Date `json:"on" format:"date"`
	Yes      int        `json:"yes"`
	Of       int        `json:"of"`
}

func indicatorOf(s monitor.Series) Indicator {
	i := s.Indicator
	out := Indicator{Tagged: tagged(i.Version), ID: i.ID, IndicatorWords: IndicatorWords{string(i.Kind), i.Body, i.Unit}, MadeAt: i.MadeAt, RetiredAt: i.Retired, Points: []Point{}}
	for _, p := range s.Points {
		out.Points = append(out.Points, Point{p.MomentID, p.On, p.Total.Yes, p.Total.Of})
	}
	return out
}

// series are all indicators, also those that are not followed any more.
func (c *call) series(id string) ([]monitor.Series, error) {
	p, err := c.monitorPage(id)
	return append(p.Series, monitor.SeriesOf(p.Retired, p.Moments)...), err
}

func (c *call) monitorPage(id string) (monitor.Page, error) {
	seen, err := c.seen(id)
	if err != nil {
		return monitor.Page{}, err
	}
	return c.Monitor.Page(c.ctx, c.DB, seen)
}

func (a *API) indicators(c *call, in *BelowPaged) (List[Indicator], error) {
	all, err := c.series(in.ID)
	if err != nil {
		return List[Indicator]{}, err
	}
	return piece(in.Paged, all, func(s monitor.Series) string { return s.Indicator.ID }, indicatorOf)
}

// IndicatorAt is one indicator of a trajectory.
type IndicatorAt struct {
	Below
	Indicator string `path:"indicator"`
}

func (a *API) indicator(c *call, in *IndicatorAt) (Indicator, error) {
	all, err := c.series(in.ID)
	if err != nil {
		return Indicator{}, err
	}
	s, err := one(all, func(s monitor.Series) bool { return s.Indicator.ID == in.Indicator })
	return indicatorOf(s), err
}

type inAddIndicator struct {
	Below
	Body IndicatorWords
}

func (a *API) addIndicator(c *call, in *inAddIndicator) (receipt, error) {
	id, err := a.Monitor.Follow(c.ctx, c.who, in.ID, in.Body.words())
	return made(id, err)
}

type inRewordIndicator struct {
	IndicatorAt
	Body IndicatorWords
}

func (a *API) rewordIndicator(c *call, in *inRewordIndicator) (receipt, error) {
	base, err := c.base(0)
	if err != nil {
		return done, err
	}
	return wrote(a.Monitor.Reword(c.ctx, c.who, in.ID, in.Indicator, base, in.Body.words()))
}

type inFollow struct {
	IndicatorAt
	Body struct {
		Followed bool `json:"followed"`
	}
}

func (a *API) followIndicator(c *call, in *inFollow) (receipt, error) {
	return did(a.Monitor.Retire(c.ctx, c.who, in.ID, in.Indicator, in.Body.Followed))
}
