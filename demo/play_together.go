package demo

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/block/session"
	"leerkring/internal/clock"
)

// sessionAct is a session that somebody calls together: held on the day with what was written in it,
// or set up for a day to come.
type sessionAct struct {
	Method    string        `yaml:"method"`
	Title     string        `yaml:"title"`
	Place     string        `yaml:"place"`
	In        int           `yaml:"in"` // days from the step's day; 0 is held that day
	People    []string      `yaml:"people"`
	Presenter string        `yaml:"presenter"`
	Alone     bool          `yaml:"alone"` // it belongs to no trajectory
	Lines     []sessionLine `yaml:"lines"`
	Tasks     []sessionTask `yaml:"tasks"`
	LetGo     string        `yaml:"let_go"`
	Everyone  bool          `yaml:"everyone"` // all who work at the school
	Offers    []offerAct    `yaml:"offers"`
	Choices   []choiceAct   `yaml:"choices"`
}

type sessionLine struct {
	By    string `yaml:"by"`
	Field string `yaml:"field"`
	Text  string `yaml:"text"`
}

type sessionTask struct {
	Who  string `yaml:"who"`
	Text string `yaml:"text"`
	In   int    `yaml:"in"`
}

// together is what people do at one time.
func (p *play) together(ctx context.Context, by access.Who, s step) (string, error) {
	if s.Session == nil {
		return "", errNotMine
	}
	a := s.Session
	day, err := p.heldOn(ctx, a)
	if err != nil {
		return "", err
	}
	hour, minute := 15, 10
	if len(a.Offers) > 0 {
		hour, minute = 9, 0 // with workshops to choose from it takes the day
	}
	plan := session.Plan{SchoolID: p.made.school.ID, MethodID: a.Method, TrajectoryID: p.id, Title: a.Title, Place: a.Place, PresenterID: p.made.people[a.Presenter].ID,
		StartsAt: day.At(hour, minute, p.made.school.Location())}
	if a.Alone {
		plan.TrajectoryID = ""
	}
	plan.Everyone = a.Everyone
	for _, key := range a.People {
		plan.People = append(plan.People, p.made.people[key].ID)
	}
	id, err := p.Blocks.Sessions.Plan(ctx, by, plan)
	if err == nil {
		err = p.event(ctx, by, id, a)
	}
	if err != nil || a.In > 0 {
		return id, err
	}
	return id, p.hold(ctx, by, id, a)
}

// heldOn is the day of a session: one that is to come waits until there is school again.
func (p *play) heldOn(ctx context.Context, a *sessionAct) (clock.Date, error) {
	if a.In == 0 {
		return weekday(p.now), nil
	}
	calendar, err := p.Schools.Calendar(ctx, p.made.school.ID)
	return calendar.NextSchoolDay(p.now.Add(a.In)), err
}

// hold holds a session: everybody comes in, each line is written in its step, and it is closed.
func (p *play) hold(ctx context.Context, by access.Who, id string, a *sessionAct) error {
	sessions := p.Blocks.Sessions
	for _, key := range append([]string{a.Presenter}, a.People...) {
		if key == "" {
			continue
		}
		who, err := p.who(ctx, p.made, key)
		if err != nil {
			return err
		}
		if err := sessions.Join(ctx, who, id, true); err != nil {
			return err
		}
	}
	if err := sessions.Begin(ctx, by, id); err != nil {
		return err
	}
	for _, line := range a.Lines {
		if err := p.line(ctx, by, id, line); err != nil {
			return err
		}
	}
	for _, t := range a.Tasks {
		if err := sessions.AddTask(ctx, by, id, p.made.people[t.Who].ID, t.Text, weekday(p.now.Add(t.In))); err != nil {
			return err
		}
	}
	if a.LetGo != "" {
		if _, err := sessions.LetGo(ctx, by, id, "insight", a.LetGo, p.id); err != nil {
			return err
		}
	}
	return sessions.Close(ctx, by, id)
}

// line writes one line, in the step that has its field.
func (p *play) line(ctx context.Context, by access.Who, id string, line sessionLine) error {
	who, err := p.who(ctx, p.made, line.By)
	if err != nil {
		return err
	}
	for {
		v, err := p.Blocks.Sessions.View(ctx, by, id)
		if err != nil {
			return err
		}
		stage, _, ok := v.Pack.Field(line.Field)
		if !ok || v.At().Stage.Number >= stage.Number {
			break
		}
		p.Clock.To(p.Clock.Now().Add(time.Minute))
		if err := p.Blocks.Sessions.Next(ctx, by, id, v.Step); err != nil {
			return err
		}
	}
	_, err = p.Blocks.Sessions.Write(ctx, who, id, line.Field, "", 0, line.Text, "")
	return err
}
