package session

import (
	"cmp"
	"time"

	"leerkring/block/session"
	"leerkring/method"
	"leerkring/task"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// wallPage is the board of a team, on a big screen or a phone.
type wallPage struct {
	*circlePage
	session.Wall
}

// wallOf shows a running session that has work of the team on the table.
func wallOf(r *room.Request, p *circlePage, stands session.Wall) error {
	w := &wallPage{circlePage: p, Wall: stands}
	h := p.head()
	h.Heading, h.LiveKind = "", "wall"
	h.Title = p.r.T.T("session.step_title", "step", p.stepName(p.V.At()), "method", p.title())
	where := p.r.T.Date(p.day())
	if about := cmp.Or(p.V.Title, w.Title); about != "" {
		where = p.r.T.T("session.wall_where", "about", about, "date", where)
	}
	h.Zone = p.V.Zone.String()
	return r.Render(statusOf(r), ui.BoardPage(h, ui.Board{Title: p.title(), Where: where, Parts: w.parts(), Foot: wallFoot(w)}, wall(w)))
}

// parts are the steps above the board.
func (w *wallPage) parts() []ui.Step {
	var out []ui.Step
	for i, s := range w.V.Steps() {
		x := ui.Step{Name: w.stepName(s)}
		switch {
		case i == w.V.Step:
			x.Passage = ui.Here
		case i < w.V.Step:
			x.Passage = ui.Past
		}
		out = append(out, x)
	}
	return out
}

// column is a part of the board that people write on: the first field of a stage that belongs to all.
type column struct {
	Stage *method.Stage
	Field *method.Field
	Texts []session.Shown
	Now   bool
}

// columns are the parts with a field for everybody, in the order of the steps.
func (w *wallPage) columns() []column {
	var out []column
	for i := range w.V.Pack.Stages {
		stage := &w.V.Pack.Stages[i]
		for j := range stage.Fields {
			f := &stage.Fields[j]
			if f.For == method.ForSelf || f.For == method.ForPresenter {
				continue
			}
			out = append(out, column{Stage: stage, Field: f, Texts: w.V.In(f.ID), Now: w.V.At().Stage.ID == stage.ID})
			break
		}
	}
	return out
}

// first is the column that the session opens with; the others stand at the end.
func (w *wallPage) first() (column, bool) {
	c := w.columns()
	if len(c) == 0 {
		return column{}, false
	}
	return c[0], true
}

func (w *wallPage) rest() []column {
	if c := w.columns(); len(c) > 1 {
		return c[1:]
	}
	return nil
}

// lane is one lane with its cards.
type lane struct {
	Key   task.Lane
	Cards []task.Task
}

func (w *wallPage) lanes() []lane {
	out := []lane{{Key: task.LaneTodo}, {Key: task.LaneBusy}, {Key: task.LaneDone}}
	for _, t := range w.Tasks {
		for i := range out {
			if out[i].Key == t.Lane() {
				out[i].Cards = append(out[i].Cards, t)
			}
		}
	}
	return out
}

// other are the lanes that a card can go to.
func other(at task.Lane) []task.Lane {
	var out []task.Lane
	for _, l := range []task.Lane{task.LaneTodo, task.LaneBusy, task.LaneDone} {
		if l != at {
			out = append(out, l)
		}
	}
	return out
}

// ownerOptions are those who can take a task on.
func (w *wallPage) ownerOptions() []ui.Option {
	out := []ui.Option{{Value: "", Text: w.r.T.T("session.wall_who")}}
	for _, x := range w.V.People {
		if x.State != session.Out {
			out = append(out, ui.Option{Value: x.PersonID, Text: w.name(x.PersonID), On: w.r.Err != nil && w.r.Was("owner", "") == x.PersonID})
		}
	}
	return out
}

// ringAt is the clock as it stands when a step begins: for a screen that is cut off and goes on.
func (w *wallPage) ringAt(step int) ui.Clock {
	c := w.ring()
	steps := w.V.Steps()
	c.Current, c.Left = step, steps[step].Length()
	c.Started, c.Now = w.V.Now, w.V.Now
	c.Above = w.r.T.T("session.step_of", "n", step+1, "of", len(steps))
	c.Below = w.r.T.T("session.left_here")
	says := func(minutes any) string {
		return w.r.T.T("session.clock_says", "n", step+1, "of", len(steps), "minutes", minutes)
	}
	c.Says, c.Running = says(int(c.Left/time.Minute)), says("{minutes}")
	return c
}

// doAt is what the button of who leads says when a step has begun.
func (w *wallPage) doAt(step int) string {
	if steps := w.V.Steps(); step+1 < len(steps) {
		return w.r.T.T("session.next_named", "step", w.stepName(steps[step+1]))
	}
	return w.r.T.T("session.close")
}

// HangTask moves a card to a lane.
func (rm *Room) HangTask(r *room.Request) error {
	id, err := r.ID("task")
	if err != nil {
		return err
	}
	return rm.do(r, "", func(session string) error {
		return rm.Sessions.HangTask(r.Ctx(), r.Who(), session, id, task.Lane(r.Form().Line("lane", 20)))
	})
}

// AddTask gives somebody something to do by a date.
func (rm *Room) AddTask(r *room.Request) error {
	return rm.do(r, "", func(id string) error {
		f := r.Form()
		owner, body, due := f.ID("owner"), f.Line("task", 600), f.Date("due")
		if err := f.Err(); err != nil {
			return err
		}
		return rm.Sessions.AddTask(r.Ctx(), r.Who(), id, owner, body, due)
	})
}
