package demo

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/block/agreement"
	"leerkring/block/meeting"
	"leerkring/block/monitor"
)

// look is what a team follows, and the hour in which it talks about that.
func (p *play) look(ctx context.Context, by access.Who, s step) (string, error) {
	switch {
	case s.Indicator != nil:
		a := s.Indicator
		return p.Blocks.Monitors.Follow(ctx, by, p.id, monitor.NewIndicator{Kind: monitor.Kind(a.Kind), Body: a.Body, Unit: a.Unit})
	case s.Moment != nil:
		a := s.Moment
		return p.Blocks.Monitors.Arrange(ctx, by, p.id, monitor.NewMoment{On: weekday(p.now.Add(a.On - s.Day)), Question: a.Question, Minutes: a.Minutes, How: monitor.How(a.How)})
	case s.Held != nil:
		return "", p.held(ctx, by, s.Held)
	case s.Meeting != nil:
		return p.hour(ctx, by, s.Meeting)
	}
	return "", errNotMine
}

func (p *play) held(ctx context.Context, by access.Who, a *heldAct) error {
	id, err := p.key(a.Moment)
	if err != nil {
		return err
	}
	t := monitor.Telling{On: p.now, Totals: map[string]monitor.Total{}, Seen: a.Seen, Helped: a.Helped, Hindered: a.Hindered, Follows: monitor.Follows(a.Follows), Next: a.Next, Rival: a.Rival, Convince: a.Convince, Found: monitor.Found(a.Found)}
	for k, n := range a.Totals {
		indicator, err := p.key(k)
		if err != nil {
			return err
		}
		t.Totals[indicator] = monitor.Total{Yes: n[0], Of: n[1]}
	}
	return stands(p.Blocks.Monitors.Hold(ctx, by, p.id, id, 0, t))
}

// hour makes a meeting; with notes it is also held, on its day.
func (p *play) hour(ctx context.Context, by access.Who, a *meetingAct) (string, error) {
	starts := weekday(p.now.Add(a.In)).At(15, 15, p.made.school.Location())
	var items []meeting.NewItem
	for _, i := range a.Items {
		items = append(items, meeting.NewItem{Part: meeting.Part(i.Part), Question: i.Question, Reason: i.Reason, Minutes: i.Minutes})
	}
	id, err := p.Blocks.Meetings.Make(ctx, by, p.id, meeting.Plan{StartsAt: starts, Minutes: a.Minutes, Place: a.Place, Bring: a.Bring, KeeperID: p.made.people[a.Keeper].ID}, items)
	if err != nil {
		return "", err
	}
	if err := p.Blocks.Meetings.PutReady(ctx, by, p.id, id); err != nil || len(a.Notes) == 0 {
		return id, err
	}
	p.Clock.To(starts)
	if err := p.Blocks.Meetings.Begin(ctx, by, p.id, id); err != nil {
		return "", err
	}
	return id, p.talked(ctx, by, id, a)
}

// talked is what was said in an hour.
func (p *play) talked(ctx context.Context, by access.Who, id string, a *meetingAct) error {
	seen, err := p.Trajectories.Reach(ctx, p.DB, by, p.id)
	if err != nil {
		return err
	}
	h, err := p.Blocks.Meetings.Hour(ctx, p.DB, seen, id)
	if err != nil {
		return err
	}
	present := []string{by.ID}
	for i, n := range a.Notes {
		p.Clock.To(p.Clock.Now().Add(time.Duration(i+1) * 4 * time.Minute))
		who, err := p.who(ctx, p.made, n.By)
		if err != nil {
			return err
		}
		if _, err := p.Blocks.Meetings.AddNote(ctx, who, p.id, id, meeting.NewNote{ItemID: h.Items[n.Item-1].ID, Body: n.Text}); err != nil {
			return err
		}
		present = append(present, who.ID)
	}
	for _, line := range a.Agreed {
		if err := p.Blocks.Meetings.AddAgreement(ctx, by, p.id, id, line); err != nil {
			return err
		}
	}
	if a.TaskText != "" {
		if err := p.Blocks.Meetings.AddTask(ctx, by, p.id, id, p.made.people[a.TaskWho].ID, a.TaskText, weekday(p.now.Add(a.In+14))); err != nil {
			return err
		}
	}
	return p.Blocks.Meetings.Close(ctx, by, p.id, id, present)
}

// agree is the page that lasts.
func (p *play) agree(ctx context.Context, by access.Who, s step) (string, error) {
	switch {
	case s.Page != nil:
		return "", stands(p.Blocks.Agreements.Say(ctx, by, p.id, 0, agreement.Words{Title: s.Page.Title, Sentence: s.Page.Sentence, Steps: s.Page.Steps}))
	case s.Agree != nil:
		id, err := p.Blocks.Agreements.Propose(ctx, by, p.id, agreement.Line{Kind: agreement.Kind(s.Agree.Kind), Body: s.Agree.Body, Quality: s.Agree.Quality})
		if err != nil {
			return "", err
		}
		return id, p.Blocks.Agreements.Settle(ctx, by, p.id, id)
	case s.Care != nil:
		a := s.Care
		care := agreement.Care{CaretakerID: p.made.people[a.Caretaker].ID, Hours: a.Hours, Doing: a.Doing, StandInID: p.made.people[a.StandIn].ID, ReviewOn: weekday(p.now.Add(a.Review - s.Day)), Meeting: a.Meeting, Often: a.Often, BuddyID: p.made.people[a.Buddy].ID}
		if a.Reading != "" {
			care.Reading = []agreement.Reading{{Text: a.Reading}}
		}
		return "", stands(p.Blocks.Agreements.Arrange(ctx, by, p.id, 0, care))
	case s.Fix != "":
		_, err := p.Blocks.Agreements.Fix(ctx, by, p.id, s.Fix)
		return "", err
	case s.Looked != nil:
		a := s.Looked
		return "", stands(p.Blocks.Agreements.Evaluate(ctx, by, p.id, 0, agreement.Evaluation{Well: a.Well, Otherwise: a.Otherwise, Problem: agreement.Problem(a.Problem), Rest: a.Rest, Outcome: agreement.Outcome(a.Outcome)}))
	}
	return "", errNotMine
}
