package publish

import (
	"context"
	"slices"
	"time"

	"leerkring/access"
	"leerkring/block/meeting"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/i18n"
	"leerkring/internal/paper"
	"leerkring/school"
	"leerkring/task"
	"leerkring/trajectory"
)

// hourSheet puts an hour into words.
type hourSheet struct {
	t      *i18n.Texts
	hour   meeting.Hour
	people map[string]school.Person
	zone   *time.Location
}

// Hour is the agenda of an hour, and after it what was settled and said. Absent for who may
// not take it along.
func (p *Press) Hour(ctx context.Context, q db.Queryer, seen trajectory.Seen, id string, say Say) (paper.Document, error) {
	if err := seen.Must(access.Export, access.Meeting, ""); err != nil {
		return paper.Document{}, err
	}
	h, err := p.Meetings.Hour(ctx, q, seen, id)
	if err != nil {
		return paper.Document{}, err
	}
	x := hourSheet{t: say.T, hour: h, zone: seen.School.Location()}
	if x.people, err = school.Names(ctx, q, seen.School.BoardID, x.mentioned()); err != nil {
		return paper.Document{}, err
	}
	t := say.T
	day := t.DateLong(clock.On(h.StartsAt, x.zone))
	title, kind := t.T("publish.hour_title", "date", day), t.T("publish.agenda")
	if h.State == meeting.Closed {
		title, kind = t.T("publish.minutes_title", "date", day), t.T("publish.minutes")
	}
	d := p.sheet(seen, say, title, kind)
	d.Foot.Left = seen.Title
	d.Blocks = []paper.Block{
		paper.Paragraph{Style: paper.Small, Line: paper.Text(seen.Title)},
		paper.Heading{Level: 1, Text: title},
		paper.Paragraph{Line: paper.Text(joined(t.Range(h.StartsAt, h.Ends()), h.Place))},
	}
	if h.State == meeting.Cancelled {
		d.Blocks = append(d.Blocks, note(t.T("publish.cancelled")))
	}
	if h.State == meeting.Closed {
		d.Blocks = append(d.Blocks, x.minutes()...)
	} else {
		d.Blocks = append(d.Blocks, x.agenda()...)
	}
	return d, nil
}

// note is one sentence in a frame.
func note(s string) paper.Block {
	return paper.Columns{Framed: true, Columns: []paper.Column{{Tone: paper.Pale, Blocks: []paper.Block{paper.Paragraph{Line: paper.Text(s)}}}}}
}

// mentioned are the people whose names stand on the paper.
func (x hourSheet) mentioned() []string {
	ids := append([]string{x.hour.HostID, x.hour.KeeperID, x.hour.TimekeeperID}, x.hour.Present...)
	for _, t := range x.hour.Tasks {
		ids = append(ids, t.OwnerID)
	}
	if x.hour.Previous != nil {
		for _, t := range x.hour.Previous.Tasks {
			ids = append(ids, t.OwnerID)
		}
	}
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" })
}

func (x hourSheet) name(id string) string {
	if p, ok := x.people[id]; ok {
		return p.Name
	}
	return x.t.T("publish.somebody")
}

// agenda is the hour before it is over.
func (x hourSheet) agenda() []paper.Block {
	var out []paper.Block
	if x.hour.Bring != "" {
		out = append(out, note(x.t.T("publish.bring", "what", x.hour.Bring)))
	}
	if len(x.hour.Items) > 0 {
		t := paper.Table{Caption: x.t.T("publish.runs"), Head: []string{x.t.T("publish.at"), x.t.T("publish.about"), x.t.T("publish.minutes_short")}, Shares: []int{3, 14, 3}}
		at := x.hour.StartsAt
		for _, i := range x.hour.Items {
			about := paper.Line{{Text: i.Question, Bold: true}, {Text: "\n" + x.part(i.Part), Quiet: true}}
			if i.Reason != "" && !meeting.IsReason(i.Reason) {
				about = append(about, paper.Span{Text: "\n" + i.Reason})
			}
			t.Rows = append(t.Rows, paper.Row{Cells: []paper.Line{paper.Text(x.t.Time(at)), about, paper.Text(x.t.T("publish.min", "n", i.Minutes))}})
			at = at.Add(time.Duration(i.Minutes) * time.Minute)
		}
		out = append(out, paper.Heading{Level: 2, Text: x.t.T("publish.runs")}, t)
	}
	out = append(out, x.roles()...)
	out = append(out, x.settled(x.hour.Agreed, x.hour.Tasks)...)
	out = append(out, x.lastTime()...)
	return append(out, paper.Heading{Level: 2, Text: x.t.T("publish.own_notes")}, paper.WriteOn{Lines: 6})
}

func (x hourSheet) part(p meeting.Part) string {
	switch p {
	case meeting.Share:
		return x.t.T("publish.part_share")
	case meeting.Learn:
		return x.t.T("publish.part_learn")
	case meeting.Decide:
		return x.t.T("publish.part_decide")
	}
	return x.t.T("publish.part_organise")
}

// roles are who does what in the hour.
func (x hourSheet) roles() []paper.Block {
	var list []paper.Line
	for _, r := range []struct{ key, id string }{{"publish.leads", x.hour.HostID}, {"publish.keeps", x.hour.KeeperID}, {"publish.times", x.hour.TimekeeperID}} {
		if r.id != "" {
			list = append(list, paper.Line{{Text: x.t.T(r.key) + " ", Bold: true}, {Text: x.name(r.id)}})
		}
	}
	if len(list) == 0 {
		return nil
	}
	return []paper.Block{paper.Heading{Level: 2, Text: x.t.T("publish.roles")}, paper.List{Items: list}}
}

// settled are agreements and tasks, never in one list.
func (x hourSheet) settled(agreed []meeting.Agreed, tasks []task.Task) []paper.Block {
	var out []paper.Block
	if len(agreed) > 0 {
		l := paper.List{Mark: paper.Square}
		for _, a := range agreed {
			l.Items = append(l.Items, paper.Text(a.Body))
		}
		out = append(out, paper.Heading{Level: 2, Text: x.t.T("publish.agreed")}, l)
	}
	if len(tasks) > 0 {
		out = append(out, paper.Heading{Level: 2, Text: x.t.T("publish.tasks")}, x.taskTable(tasks))
	}
	return out
}

func (x hourSheet) taskTable(tasks []task.Task) paper.Table {
	t := paper.Table{Caption: x.t.T("publish.tasks"), Head: []string{x.t.T("publish.what"), x.t.T("publish.who"), x.t.T("publish.before"), x.t.T("publish.stands")}, Shares: []int{10, 5, 4, 4}}
	for _, k := range tasks {
		stands := x.t.T("publish.task_open")
		switch k.State {
		case task.Done:
			stands = x.t.T("publish.task_done")
		case task.Dropped:
			stands = x.t.T("publish.task_dropped")
		}
		t.Rows = append(t.Rows, paper.Row{Cells: []paper.Line{paper.Text(k.Body), paper.Text(x.name(k.OwnerID)), paper.Text(x.t.Date(k.DueOn)), paper.Text(stands)}})
	}
	return t
}

// lastTime is what the hour before settled.
func (x hourSheet) lastTime() []paper.Block {
	last := x.hour.Previous
	if last == nil || len(last.Agreed)+len(last.Tasks) == 0 {
		return nil
	}
	out := []paper.Block{paper.Heading{Level: 2, Text: x.t.T("publish.last_time", "date", x.t.Date(clock.On(last.StartsAt, x.zone)))}}
	l := paper.List{Mark: paper.Square}
	for _, a := range last.Agreed {
		l.Items = append(l.Items, paper.Text(a.Body))
	}
	if len(l.Items) > 0 {
		out = append(out, l)
	}
	if len(last.Tasks) > 0 {
		out = append(out, x.taskTable(last.Tasks))
	}
	return out
}

// minutes are the hour after it: what was settled, then what was said, without names.
func (x hourSheet) minutes() []paper.Block {
	out := x.settled(x.hour.Agreed, x.hour.Tasks)
	if len(out) == 0 {
		out = append(out, note(x.t.T("publish.no_step")))
	}
	said := []paper.Block{paper.Heading{Level: 2, Text: x.t.T("publish.said")}}
	for _, i := range x.hour.Items {
		notes := x.hour.Of(i.ID)
		if !i.Begun() && len(notes) == 0 {
			continue
		}
		said = append(said, paper.Heading{Level: 3, Text: i.Question})
		l := paper.List{}
		for _, n := range notes {
			l.Items = append(l.Items, paper.Text(n.Body))
		}
		if len(l.Items) == 0 {
			said = append(said, paper.Paragraph{Style: paper.Small, Line: paper.Text(x.t.T("publish.nothing_noted"))})
			continue
		}
		said = append(said, l)
	}
	if len(said) > 1 {
		out = append(out, said...)
	}
	if names := named(x.people, x.hour.Present); len(names) > 0 {
		i18n.Sort(x.t, names, func(name string) string { return name })
		out = append(out, paper.Heading{Level: 2, Text: x.t.T("publish.present")}, paper.Paragraph{Line: paper.Text(x.t.List(names))})
	}
	return out
}
