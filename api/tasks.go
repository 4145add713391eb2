package api

import (
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/task"
)

func (a *API) ofTasks() []route {
	return []route{
		get("/tasks", access.Read, access.Task, "list-my-tasks", "Your own open tasks. There is no list of anybody else's.", a.myTasks).own(),
		get("/trajectories/{id}/tasks", access.List, access.Task, "list-tasks", "Tasks of a trajectory.", a.tasks),
		does("PUT", "/tasks/{task}/state", access.Settle, access.Task, "settle-task", "Mark your own task done, dropped or open again.", a.settleTask),
	}
}

// Task is what one person does by a date.
type Task struct {
	ID           string     `json:"id"`
	TrajectoryID string     `json:"trajectory_id,omitempty"`
	Source       *Ref       `json:"source,omitempty" doc:"What it came from."`
	OwnerID      string     `json:"owner_id"`
	Body         string     `json:"body"`
	DueOn        clock.Date `json:"due_on,omitempty" format:"date"`
	State        string     `json:"state" enum:"open,done,dropped"`
	MadeAt       time.Time  `json:"made_at"`
	SettledAt    time.Time  `json:"settled_at,omitzero"`
}

// circles are the sources that a program is not told of: what came from a circle or a pad.
var circles = map[string]bool{"session_note": true, "session_release": true}

func taskOf(t task.Task) Task {
	out := Task{ID: t.ID, TrajectoryID: t.TrajectoryID, OwnerID: t.OwnerID, Body: t.Body, DueOn: t.DueOn, State: string(t.State), MadeAt: t.MadeAt, SettledAt: t.SettledAt}
	if t.SourceKind != "" && !circles[t.SourceKind] {
		out.Source = &Ref{t.SourceKind, t.SourceID}
	}
	return out
}

func (a *API) myTasks(c *call, in *Paged) (List[Task], error) {
	list, err := task.Mine(c.ctx, a.DB, c.who)
	if err != nil {
		return List[Task]{}, err
	}
	return piece(*in, list, func(t task.Task) string { return t.ID }, taskOf)
}

func (a *API) tasks(c *call, in *BelowPaged) (List[Task], error) {
	seen, err := c.seen(in.ID)
	if err != nil {
		return List[Task]{}, err
	}
	if err := seen.Must(access.List, access.Task, ""); err != nil {
		return List[Task]{}, err
	}
	list, err := task.OfTrajectory(c.ctx, a.DB, seen.ID)
	if err != nil {
		return List[Task]{}, err
	}
	return piece(in.Paged, list, func(t task.Task) string { return t.ID }, taskOf)
}

type inTaskState struct {
	Task string `path:"task"`
	Body struct {
		State string `json:"state" enum:"open,done,dropped"`
	}
}

func (a *API) settleTask(c *call, in *inTaskState) (receipt, error) {
	return did(a.Tasks.Settle(c.ctx, c.who, in.Task, task.State(in.Body.State)))
}
