package trajectory_test

import (
	"testing"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/journal"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/writing"
)

func TestATeamBeginsInAnyStageOfAnyMethod(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for _, pack := range must(method.Builtin())(t).List() {
			for i, stage := range pack.Stages {
				id := w.begin("colleague", trajectory.Start{MethodID: pack.ID, StageID: stage.ID, Question: "Hoe dan?", Before: []trajectory.Before{
					{StageID: pack.Stages[0].ID, Text: " Al gedaan in 2024 ", Link: "https://drive.example/x"}, {StageID: "no-such-stage", Text: "weg"}}})
				s := must(w.reach("colleague", id))(t)
				if s.StageID != stage.ID || s.Role != trajectory.Lead || s.State != trajectory.Active || s.Round != 1 || s.MethodVersion != pack.Version || s.StartedOn != "2026-03-19" {
					t.Errorf("%s %s: %+v", pack.ID, stage.ID, s.Trajectory)
				}
				visits := must(w.walks.Visits(t.Context(), w.d, s))(t)
				if len(visits) != i+1 || visits[i].Move != trajectory.MoveStart || visits[i].ID != s.VisitID || !visits[i].LeftAt.IsZero() {
					t.Fatalf("%s %s: %+v", pack.ID, stage.ID, visits)
				}
				for n, v := range visits[:i] {
					if v.Move != trajectory.MoveBefore || v.StageID != pack.Stages[n].ID || v.LeftAt.IsZero() || v.Number != n+1 {
						t.Errorf("walked before: %+v", v)
					}
				}
				if i > 0 && (visits[0].Reason != "Al gedaan in 2024" || visits[0].Link != "https://drive.example/x") {
					t.Errorf("what was done before: %+v", visits[0])
				}
			}
		}
	})
}

func TestWhatABeginningRefuses(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		theirs := must(w.schools.AddTeam(t.Context(), w.who("outsider"), w.otherID, school.Department, "Talen"))(t)
		var focus school.FocusPoint
		w.ok(w.d.Write(t.Context(), func(tx *db.Tx) (err error) {
			focus, err = school.ProposeFocus(t.Context(), tx, w.who("outsider"), school.NewFocus{SchoolID: w.otherID, Title: "Van een ander"}, journal.Entry{At: w.clock.Now(), ActorID: w.people["outsider"]})
			return err
		}))
		good := trajectory.Start{SchoolID: w.schoolID, MethodID: "verbetercyclus", Title: "Feedback"}
		for _, c := range []struct {
			name, who, want string
			change          func(s *trajectory.Start)
		}{
			{"a school of another board", "lead", "absent", func(s *trajectory.Start) { s.SchoolID = w.otherID }},
			{"a school where one does not work", "elsewhere", "absent", func(*trajectory.Start) {}},
			{"a guest begins nothing", "guest", "absent", func(*trajectory.Start) {}},
			{"nobody from another board", "outsider", "absent", func(*trajectory.Start) {}},
			{"a focus point of another board", "lead", "absent", func(s *trajectory.Start) { s.FocusPointID = focus.ID }},
			{"a sponsor of another board", "lead", "absent", func(s *trajectory.Start) { s.SponsorID = w.people["outsider"] }},
			{"a sponsor who leads nothing", "lead", "absent", func(s *trajectory.Start) { s.SponsorID = w.people["colleague"] }},
			{"an unknown method", "lead", "trajectory.method_unknown", func(s *trajectory.Start) { s.MethodID = "no-such" }},
			{"a stage of another method", "lead", "trajectory.stage_unknown", func(s *trajectory.Start) { s.StageID = "halverwege" }},
			{"without a name", "lead", "trajectory.title_length", func(s *trajectory.Start) { s.Title = " x " }},
		} {
			t.Run(c.name, func(t *testing.T) {
				st := good
				c.change(&st)
				w.refused(c.want, func() error { _, err := w.walks.Begin(t.Context(), w.who(c.who), st); return err })
			})
		}
		id := w.begin("lead", trajectory.Start{TeamIDs: []string{theirs}, SponsorID: w.people["leader"], Before: []trajectory.Before{{StageID: "verken", Link: "javascript:alert(1)"}}, StageID: "verdiep"})
		s := must(w.reach("lead", id))(t)
		if len(s.TeamIDs) != 0 || s.SponsorID != w.people["leader"] {
			t.Errorf("a team of another school was touched: %+v", s)
		}
		if v := must(w.walks.Visits(t.Context(), w.d, s))(t); v[0].Link != "" {
			t.Errorf("a link that is no web address: %q", v[0].Link)
		}
	})
}

func TestADraftIsItsMakersUntilOthersAreAskedIn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.begin("lead", trajectory.Start{Draft: true, Open: true})
		for _, name := range cast {
			if _, err := w.reach(name, id); (err == nil) != (name == "lead") {
				t.Errorf("%s: %v", name, err)
			}
		}
		must(w.walks.Invite(t.Context(), w.who("lead"), id, trajectory.Invitation{PersonID: w.people["member"], Role: trajectory.Member}, w.schools))(t)
		if s, err := w.reach("member", id); err != nil || s.Role != trajectory.Member {
			t.Errorf("asked in: %v", err)
		}
		w.refused("trajectory.not_active", func() error {
			return w.walks.Move(t.Context(), w.who("lead"), id, 1, trajectory.Step{Move: trajectory.MoveForward, StageID: "verdiep"}, "x")
		})
		w.ok(w.walks.SetState(t.Context(), w.who("lead"), id, 1, trajectory.Active, "", ""))
		if s, err := w.reach("colleague", id); err != nil || s.May(access.Edit, access.Trajectory, "") {
			t.Errorf("on its way and open: %v", err)
		}
	})
}

func TestWordsOfATrajectoryStay(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.edit(func(c *trajectory.Change) { c.Question = "Wat helpt?" })
		w.edit(func(c *trajectory.Change) { c.Question = "Wat helpt leerlingen?" })
		w.edit(func(c *trajectory.Change) { c.Open = false }) // no words
		s := w.seen("lead")
		w.ok(w.walks.SetState(t.Context(), w.who("lead"), w.id, s.Version, trajectory.Paused, "Toetsweek", "2026-04-01"))
		w.ok(w.walks.SetState(t.Context(), w.who("lead"), w.id, s.Version+1, trajectory.Active, "", ""))
		all := must(writing.History(t.Context(), w.d, writing.Ref{Kind: "trajectory", ID: w.id}))(t)
		if len(all) != 5 || all[0].Body["title"] != "Feedback in elke les" || all[1].Body["question"] != "Wat helpt?" || all[2].Body["question"] != "Wat helpt leerlingen?" || all[3].Body["state_reason"] != "Toetsweek" || all[4].AuthorID != w.people["lead"] {
			t.Errorf("%+v", all)
		}
	})
}
