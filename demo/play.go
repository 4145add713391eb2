package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"time"

	"leerkring/access"
	"leerkring/account"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/trajectory"
	"leerkring/writing"
)

// play is one case while it happens: what it made so far, by the keys of its file.
type play struct {
	*Acts
	made *made
	file caseFile
	id   string            // of the trajectory
	ids  map[string]string // of what has a key
	now  clock.Date        // the day of the step
	plan int               // the version of the plan that was put up last
}

// Cases plays every case of the demo, day by day.
func (a *Acts) Cases(ctx context.Context, m *made, progress io.Writer) error {
	cases, err := readCases()
	if err != nil {
		return err
	}
	today := clock.On(clock.System{}.Now(), m.school.Location())
	plays := make([]*play, len(cases))
	for i, c := range cases {
		plays[i] = &play{Acts: a, made: m, file: c, ids: map[string]string{}}
	}
	defer a.Clock.Home()
	scenes := inOrder(cases)
	for i, s := range scenes {
		p := plays[s.of]
		p.now = weekday(today.Add(s.day))
		at := p.now.At(15, 0, m.school.Location()).Add(time.Duration(i) * time.Second)
		if now := (clock.System{}).Now(); at.After(now) {
			at = now // what happens today has happened already
		}
		a.Clock.To(at)
		if err := p.scene(ctx, s); err != nil {
			return fmt.Errorf("demo case %s, step %d: %w", p.file.Key, s.n, err)
		}
		if i%50 == 0 {
			fmt.Fprintf(progress, "\r%3d%%", 100*i/len(scenes))
		}
	}
	fmt.Fprint(progress, "\r100%\n")
	return nil
}

// weekday is the day itself, or the Friday before a weekend: nobody of the demo works then.
func weekday(d clock.Date) clock.Date {
	switch d.Weekday() {
	case time.Saturday:
		return d.Add(-1)
	case time.Sunday:
		return d.Add(-2)
	}
	return d
}

func (p *play) scene(ctx context.Context, s scene) error {
	if s.step == nil {
		return p.begin(ctx)
	}
	return p.step(ctx, *s.step)
}

// begin begins the trajectory with its people.
func (p *play) begin(ctx context.Context) error {
	f := p.file
	by, err := p.who(ctx, p.made, f.By)
	if err != nil {
		return err
	}
	st := trajectory.Start{SchoolID: p.made.school.ID, MethodID: f.Method, Title: f.Title, Question: f.Question, StageID: f.Stage, Open: !f.Closed, SponsorID: p.made.people[f.Sponsor].ID}
	for _, t := range f.Teams {
		st.TeamIDs = append(st.TeamIDs, p.made.teams[t])
	}
	for _, b := range f.Before {
		st.Before = append(st.Before, trajectory.Before{StageID: b.Stage, Text: b.Text})
	}
	if p.id, err = p.Trajectories.Begin(ctx, by, st); err != nil {
		return err
	}
	p.ids["plan"] = p.id // a plan is what its trajectory has one of
	for _, part := range f.People {
		if err := p.invite(ctx, by, part); err != nil {
			return err
		}
	}
	return nil
}

func (p *play) invite(ctx context.Context, by access.Who, part partFile) error {
	inv := trajectory.Invitation{PersonID: p.made.people[part.Who].ID, Name: part.Name, Email: part.Email, Role: trajectory.Role(part.Role), Constituency: part.For}
	if inv.Role == "" {
		inv.Role = trajectory.Member
	}
	if part.Days > 0 {
		inv.EndsOn = p.now.Add(part.Days)
	}
	id, err := p.Trajectories.Invite(ctx, by, p.id, inv, p.Schools)
	if err != nil {
		return fmt.Errorf("invite %s%s: %w", part.Who, part.Name, err)
	}
	if part.Who != "" {
		return nil
	}
	return p.comeIn(ctx, by, id)
}

// comeIn lets a guest accept the invitation, as the letter's link does.
func (p *play) comeIn(ctx context.Context, by access.Who, id string) error {
	address := ""
	err := p.DB.Write(ctx, func(tx *db.Tx) (err error) {
		address, err = p.Accounts.Invite(ctx, tx, id, by.ID, account.AsGuest)
		return err
	})
	if err != nil {
		return err
	}
	_, err = p.Accounts.Accept(ctx, path.Base(address), account.Browser{Name: "demo"})
	return err
}

// step does the one act of a step.
func (p *play) step(ctx context.Context, s step) error {
	if s.By == "" {
		s.By = p.file.By
	}
	by, err := p.who(ctx, p.made, s.By)
	if err != nil {
		return err
	}
	for _, acts := range []func(context.Context, access.Who, step) (string, error){p.talk, p.walk, p.learn, p.decide, p.look, p.agree, p.together} {
		id, err := acts(ctx, by, s)
		if errors.Is(err, errNotMine) {
			continue
		}
		if err == nil && s.As != "" {
			p.ids[s.As] = id
		}
		return err
	}
	return errors.New("the step says nothing that happens")
}

// errNotMine says that a step is another room's.
var errNotMine = errors.New("another room's")

// stands turns a clash into an error: in the demo nobody writes at the same time.
func stands(c *writing.Clash, err error) error {
	if err == nil && c != nil {
		return errors.New("somebody wrote at the same time")
	}
	return err
}

// key is the id of what a step made.
func (p *play) key(k string) (string, error) {
	if id, ok := p.ids[k]; ok {
		return id, nil
	}
	return "", fmt.Errorf("no step before this one made %q", k)
}

func (p *play) keys(list []string) ([]string, error) {
	var out []string
	for _, k := range list {
		id, err := p.key(k)
		if err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, nil
}

// walk is what happens to the trajectory itself.
func (p *play) walk(ctx context.Context, by access.Who, s step) (string, error) {
	switch {
	case s.Move != nil:
		seen, err := p.Trajectories.Reach(ctx, p.DB, by, p.id)
		if err != nil {
			return "", err
		}
		return "", p.Trajectories.Move(ctx, by, p.id, seen.Version, trajectory.Step{Move: trajectory.Move(s.Move.Move), StageID: s.Move.To}, s.Move.Reason)
	case s.Rest != nil:
		seen, err := p.Trajectories.Reach(ctx, p.DB, by, p.id)
		if err != nil {
			return "", err
		}
		until := clock.Date("")
		if s.Rest.Days != 0 {
			until = p.now.Add(s.Rest.Days)
		}
		return "", p.Trajectories.SetState(ctx, by, p.id, seen.Version, trajectory.State(s.Rest.State), s.Rest.Reason, until)
	case s.Gate != nil:
		return "", p.Trajectories.CallGate(ctx, by, p.id, s.Gate.Element, trajectory.Reading(s.Gate.Value), s.Gate.Note)
	case s.Choose != nil:
		return "", p.choose(ctx, by, s.Choose)
	}
	return "", errNotMine
}
