// Package task settles tasks from wherever they are shown: done, no longer needed, or
// still open after all.
package task

import (
	"embed"

	"leerkring/task"
	"leerkring/web/room"
)

// Texts are the sentences of these acts.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds the acts that these forms call.
type Room struct {
	Tasks *task.Service
}

// Settle says what became of a task, and goes back to the page that it stood on.
func (rm *Room) Settle(r *room.Request) error {
	id, err := r.ID("task")
	if err != nil {
		return err
	}
	f := r.Form()
	state, back := f.Choice("state", string(task.Open), string(task.Done), string(task.Dropped)), f.Next("back")
	if err := f.Err(); err != nil {
		return err
	}
	if err := rm.Tasks.Settle(r.Ctx(), r.Who(), id, task.State(state)); err != nil {
		return err
	}
	if back == "" {
		back = "/week?task=" + id
	}
	return r.Said(back, "task_"+state)
}
