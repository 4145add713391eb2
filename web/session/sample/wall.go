package sample

import (
	"fmt"
	"time"

	"leerkring/block/session"
	"leerkring/internal/clock"
	"leerkring/school"
	"leerkring/task"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/room/sample"
)

// board is a team at its week board.
func board(r *room.Request, stage string) *scene {
	s := circle(r, "weekbord", "", marieke, noor, joost, samira).begin().
		writes(joost, "lukte.kaart", "wins_1").writes(noor, "lukte.kaart", "wins_2").writes(samira, "lukte.kaart", "wins_3").to(stage)
	if stage == "in-de-weg" {
		s.writes(samira, "weg.taak", "in_the_way")
	}
	day := clock.On(sample.Now, s.seen(noor.ID).Zone)
	job := func(n string, owner school.Person, due int) task.Task {
		return task.Task{ID: sample.ID("k" + n), SchoolID: sample.SchoolID, SourceKind: "session", SourceID: s.x.ID, OwnerID: owner.ID, Body: s.says("task_" + n), DueOn: day.Add(due), State: task.Open, MadeAt: s.now, Version: 1}
	}
	busy, done := job("2", marieke, 4), job("3", samira, 1)
	busy.BegunAt, done.State = s.now, task.Done
	s.read.Wall = session.Wall{Title: s.says("team"), Tasks: []task.Task{job("1", noor, 7), busy, done},
		Goals: []session.Goal{{Body: s.says("goal_1"), Unit: s.says("goal_unit"), Hits: 7, Of: 12}, {Body: s.says("goal_2"), Unit: s.says("goal_unit")}}}
	return s.later(2 * time.Minute)
}

func onBoard(state string, who school.Person, play func(r *room.Request) *scene) {
	book.Page("session/board", state, who, func(r *room.Request) error { return play(r).page() })
}

func init() {
	onBoard("leads", marieke, func(r *room.Request) *scene { return board(r, "acties") })
	onBoard("takes part", noor, func(r *room.Request) *scene { return board(r, "lukte") })
	onBoard("paused", marieke, func(r *room.Request) *scene { return board(r, "doelen").pause(false) })
	onBoard("last part", marieke, func(r *room.Request) *scene { return board(r, "in-de-weg") })
	onBoard("empty", marieke, func(r *room.Request) *scene { return circle(r, "weekbord", "", marieke, noor, joost).begin() })
	onBoard("held, with harvest", noor, func(r *room.Request) *scene {
		s := board(r, "in-de-weg").writes(noor, "weg.eigen", "own_step").close()
		s.read.Trajectories = mine(s)
		return s
	})
	book.Page("session/board", "cut off, things wait", marieke, func(r *room.Request) error {
		s := board(r, "acties")
		cut := &cutOff{ResponseWriter: r.W, card: s.says("waiting_card"), waits: r.T.T("session.wall_waits", "n", 1), help: r.T.T("session.wall_help")}
		r.W = cut
		err := s.page()
		if err == nil && cut.missed != "" {
			err = fmt.Errorf("the board has no %s to cut off", cut.missed)
		}
		return err
	})
}

// mine are the trajectories in which somebody takes part.
func mine(s *scene) []trajectory.Seen {
	return []trajectory.Seen{{Trajectory: trajectory.Trajectory{ID: sample.ID("w"), Title: s.says("team"), State: trajectory.Active}}}
}
