package trajectory_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/writing"
)

func (w *town) move(name string, version int, m trajectory.Move, stage, reason string) error {
	w.t.Helper()
	return w.walks.Move(w.t.Context(), w.who(name), w.id, version, trajectory.Step{Move: m, StageID: stage}, reason)
}

func TestGoingOnWithOpenPointsTakesAReason(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.refused("trajectory.open_reason", func() error { return w.move("lead", 1, trajectory.MoveForward, "verdiep", "  ") })
		w.refused("trajectory.no_such_step", func() error { return w.move("lead", 1, trajectory.MoveForward, "besluit", "x") })
		w.refused("trajectory.no_such_step", func() error { return w.move("lead", 1, trajectory.MoveStart, "verdiep", "x") })
		w.refused("form.too_long_max", func() error {
			return w.move("lead", 1, trajectory.MoveForward, "verdiep", strings.Repeat("a", 601))
		})
		w.refused("form.changed_meanwhile", func() error { return w.move("lead", 7, trajectory.MoveForward, "verdiep", "Toch door.") })
		w.ok(w.move("lead", 1, trajectory.MoveForward, "verdiep", " Toch door. "))
		s := w.seen("lead")
		visits := must(w.walks.Visits(t.Context(), w.d, s))(t)
		if s.StageID != "verdiep" || s.Version != 2 || len(visits) != 2 || visits[1].Reason != "Toch door." || visits[1].Move != trajectory.MoveForward || visits[1].DecidedBy != w.people["lead"] || visits[0].LeftAt.IsZero() || visits[1].ID != s.VisitID {
			t.Errorf("%+v %+v", s.Trajectory, visits)
		}
		if e := w.newest(); e.Kind != "trajectory.moved" || e.From != 1 || e.To != 2 || e.ActorID != w.people["lead"] || e.ObjectID != w.id {
			t.Errorf("journal %+v", e)
		}
	})
}

func TestWhenAllIsMetNoReasonIsAsked(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for _, gate := range []string{"f1.g1", "f1.g2", "f1.g3"} {
			w.ok(w.walks.CallGate(t.Context(), w.who("member"), w.id, gate, trajectory.Met, "Besproken"))
		}
		w.ok(w.move("lead", 1, trajectory.MoveForward, "verdiep", ""))
	})
}

func TestGoingBackKeepsAllAndTellsWhy(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.onward("verdiep")
		w.onward("besluit")
		w.refused("trajectory.back_reason", func() error { return w.move("lead", 3, trajectory.MoveBack, "verken", "") })
		w.refused("trajectory.no_such_step", func() error { return w.move("lead", 3, trajectory.MoveBack, "besluit", "x") })
		w.ok(w.move("lead", 3, trajectory.MoveBack, "verken", "We misten de leerlingen."))
		visits := must(w.walks.Visits(t.Context(), w.d, w.seen("lead")))(t)
		loops := trajectory.Loops(visits)
		if len(visits) != 4 || visits[3].StageID != "verken" || visits[0].ID == visits[3].ID || len(loops) != 1 || loops[0].Reason != "We misten de leerlingen." || !trajectory.Visited(visits, "besluit") || trajectory.Visited(visits, "borg") {
			t.Errorf("%+v", visits)
		}
	})
}

func TestOfTwoMovesAtOnceOneHolds(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		lead := w.who("lead")
		var wg sync.WaitGroup
		results := make([]error, 8)
		for i := range results {
			wg.Go(func() {
				results[i] = w.walks.Move(t.Context(), lead, w.id, 1, trajectory.Step{Move: trajectory.MoveForward, StageID: "verdiep"}, "Door.")
			})
		}
		wg.Wait()
		done := 0
		for _, err := range results {
			if err == nil {
				done++
			} else if k := refusal(err); k != "trajectory.no_such_step" && k != "form.changed_meanwhile" { // the team is there already
				t.Errorf("%v", err)
			}
		}
		visits := must(w.walks.Visits(t.Context(), w.d, w.seen("lead")))(t)
		if done != 1 || len(visits) != 2 || w.seen("lead").Version != 2 {
			t.Errorf("%d moves, %d visits", done, len(visits))
		}
	})
}

func TestATeamSaysWhatItThinksOfACriterion(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		call := func(name, element string, v trajectory.Reading, note string) error {
			return w.walks.CallGate(t.Context(), w.who(name), w.id, element, v, note)
		}
		w.ok(call("member", "f1.g1", trajectory.Partly, "Nog één keer kijken."))
		w.ok(call("coach", "f1.g1", trajectory.Met, " Nu wel. "))
		s := w.seen("lead")
		calls := must(w.walks.Calls(t.Context(), w.d, s))(t)
		if len(calls) != 1 || calls[0] != (trajectory.Call{ElementID: "f1.g1", Value: trajectory.Met, Note: "Nu wel.", CalledBy: w.people["coach"]}) {
			t.Errorf("%+v", calls)
		}
		if e := w.newest(); e.Kind != "trajectory.called" || e.From != 1 || e.To != 1 || s.Version != 1 {
			t.Errorf("journal %+v", e)
		}
		notes := must(writing.History(t.Context(), w.d, writing.Ref{Kind: "gate_call", ID: s.VisitID + "/f1.g1"}))(t)
		if len(notes) != 2 || notes[0].Body["note"] != "Nog één keer kijken." || notes[0].AuthorID != w.people["member"] {
			t.Errorf("the first note is gone: %+v", notes)
		}
		w.refused("absent", func() error { return call("member", "f2.g1", trajectory.Met, "") }) // of another stage
		w.refused("absent", func() error { return call("colleague", "f1.g1", trajectory.Open, "") })
		w.refused("absent", func() error { return call("guest", "f1.g1", trajectory.Open, "") })
		w.refused("absent", func() error { return call("leader", "f1.g1", trajectory.Open, "") })
		w.refused("absent", func() error { return call("outsider", "f1.g1", trajectory.Open, "") })
		w.refused("form.choose", func() error { return call("member", "f1.g1", "maybe", "") })
		w.refused("form.too_long_max", func() error { return call("member", "f1.g1", trajectory.Met, strings.Repeat("a", 601)) })
		w.ok(call("member", "f1.g1", "", ""))
		if calls = must(w.walks.Calls(t.Context(), w.d, s))(t); len(calls) != 0 {
			t.Errorf("taken back: %+v", calls)
		}
		w.onward("verdiep")
		if calls = must(w.walks.Calls(t.Context(), w.d, w.seen("lead")))(t); len(calls) != 0 {
			t.Errorf("a new visit begins anew: %+v", calls)
		}
	})
}

func TestRestingStoppingAndTakingUp(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		set := func(name string, to trajectory.State, reason string, until clock.Date) error {
			return w.walks.SetState(t.Context(), w.who(name), w.id, w.seen("lead").Version, to, reason, until)
		}
		w.refused("trajectory.rest_reason", func() error { return set("lead", trajectory.Paused, " ", "2026-04-01") })
		w.refused("trajectory.rest_until", func() error { return set("lead", trajectory.Paused, "Toetsweek", "2026-03-19") })
		w.refused("trajectory.rest_until", func() error { return set("lead", trajectory.Paused, "Toetsweek", "2028-03-19") })
		w.refused("absent", func() error { return set("member", trajectory.Paused, "Toetsweek", "2026-04-01") })
		w.refused("trajectory.state_move", func() error { return set("lead", trajectory.Draft, "", "") })
		w.ok(set("lead", trajectory.Paused, "Toetsweek", "2026-04-01"))
		if s := w.seen("member"); s.State != trajectory.Paused || s.StateReason != "Toetsweek" || s.StateUntil != "2026-04-01" || s.Version != 2 {
			t.Errorf("%+v", s.Trajectory)
		}
		if e := w.newest(); e.Kind != "trajectory.paused" || e.To != 2 {
			t.Errorf("journal %+v", e)
		}
		w.refused("trajectory.not_active", func() error { return w.move("lead", 2, trajectory.MoveForward, "verdiep", "x") })
		w.ok(set("lead", trajectory.Active, "", ""))
		w.ok(set("lead", trajectory.Stopped, "De groep valt uiteen.", ""))
		if s := w.seen("member"); s.StateUntil != "" || !s.State.Ended() || s.May(access.Edit, access.Plan, "") || !s.May(access.Read, access.Plan, "") {
			t.Errorf("ended: reading goes on, writing does not: %+v", s.Trajectory)
		}
		w.refused("absent", func() error { // an ended one is not edited, it is taken up again
			_, err := w.walks.Invite(t.Context(), w.who("lead"), w.id, trajectory.Invitation{PersonID: w.people["colleague"], Role: trajectory.Member}, w.schools)
			return err
		})
		w.refused("absent", func() error { return set("member", trajectory.Active, "", "") })
		w.ok(set("lead", trajectory.Active, "", ""))
		w.ok(set("lead", trajectory.Done, "", ""))
		w.ok(set("lead", trajectory.Active, "Toch nog iets.", ""))
		w.refused("form.changed_meanwhile", func() error {
			return w.walks.SetState(t.Context(), w.who("lead"), w.id, 1, trajectory.Done, "", "")
		})
	})
}

func TestChangingTheWordsAndWhoMayRead(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		mine := must(w.schools.AddTeam(t.Context(), w.who("admin"), w.schoolID, school.Department, "Talen"))(t)
		theirs := must(w.schools.AddTeam(t.Context(), w.who("outsider"), w.otherID, school.Department, "Talen"))(t)
		for _, c := range []struct {
			change func(c *trajectory.Change)
			kind   string
		}{
			{func(c *trajectory.Change) { c.Question = " Wat helpt? "; c.TeamIDs = []string{mine, theirs} }, "trajectory.changed"},
			{func(c *trajectory.Change) { c.Open = false }, "trajectory.closed_in"},
			{func(c *trajectory.Change) { c.Title = "Anders" }, "trajectory.changed"},
			{func(c *trajectory.Change) { c.Open = true; c.SponsorID = w.people["leader"] }, "trajectory.opened"},
		} {
			w.edit(c.change)
			if e := w.newest(); e.Kind != c.kind {
				t.Errorf("journal %+v, want %s", e, c.kind)
			}
		}
		s := w.seen("member")
		if s.Title != "Anders" || s.Question != "Wat helpt?" || !s.Open || len(s.TeamIDs) != 1 || s.TeamIDs[0] != mine || s.SponsorID != w.people["leader"] || s.Version != 5 {
			t.Errorf("%+v", s)
		}
		edit := func(name string, version int, c trajectory.Change) func() error {
			return func() error { return w.walks.Edit(t.Context(), w.who(name), w.id, version, c) }
		}
		w.refused("trajectory.title_length", edit("lead", 5, trajectory.Change{Title: ""}))
		w.refused("form.too_long_max", edit("lead", 5, trajectory.Change{Title: "Goed", Question: strings.Repeat("a", 401)}))
		w.refused("form.changed_meanwhile", edit("lead", 4, trajectory.Change{Title: "Te laat"}))
		w.refused("absent", edit("lead", 5, trajectory.Change{Title: "Goed", SponsorID: w.people["outsider"]}))
		w.refused("absent", edit("lead", 5, trajectory.Change{Title: "Goed", SponsorID: w.people["member"]}))
		w.exec(`delete from role where person_id = $1`, w.people["leader"]) // the sponsor leads no more: what stood may stand
		w.edit(func(c *trajectory.Change) { c.Title = "Verder" })
	})
}

func TestTheNextCycleKnowsTheOneBefore(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		team := must(w.schools.AddTeam(t.Context(), w.who("admin"), w.schoolID, school.Department, "Talen"))(t)
		w.edit(func(c *trajectory.Change) {
			c.TeamIDs = []string{team}
			c.SponsorID = w.people["leader"]
			c.Open = false
		})
		w.ok(w.walks.HandOver(t.Context(), w.who("lead"), w.id, w.people["lead"], trajectory.Lead, w.people["second"]))
		w.ok(w.walks.Leave(t.Context(), w.who("member"), w.id, w.people["member"]))
		w.ok(w.walks.SetState(t.Context(), w.who("lead"), w.id, w.seen("lead").Version, trajectory.Done, "", ""))
		w.refused("trajectory.title_length", func() error {
			_, err := w.walks.NextCycle(t.Context(), w.who("lead"), w.id, "", "", "")
			return err
		})
		w.refused("trajectory.stage_unknown", func() error {
			_, err := w.walks.NextCycle(t.Context(), w.who("lead"), w.id, "Verder", "", "halverwege")
			return err
		})
		next := must(w.walks.NextCycle(t.Context(), w.who("second"), w.id, "Verder", "En nu?", "verdiep"))(t)
		s := must(w.reach("lead", next))(t)
		if s.PredecessorID != w.id || s.Round != 2 || s.StageID != "verdiep" || s.Open || s.SponsorID != w.people["leader"] || len(s.TeamIDs) != 1 || s.State != trajectory.Active || s.Role != trajectory.Lead {
			t.Errorf("%+v", s)
		}
		roles := map[string]trajectory.Role{}
		for _, p := range must(w.walks.Participants(t.Context(), w.d, s))(t) {
			roles[p.PersonID] = p.Role
		}
		if len(roles) != 2 || roles[w.people["lead"]] != trajectory.Lead || roles[w.people["second"]] != trajectory.Lead {
			t.Errorf("who goes on: %v", roles)
		}
		if e := must(journal.Of(t.Context(), w.d, "trajectory", next))(t); len(e) != 1 || e[0].Kind != "trajectory.begun" {
			t.Errorf("journal %+v", e)
		}
		if w.seen("lead").State != trajectory.Done {
			t.Error("the old cycle stays as it was")
		}
		third := must(w.walks.NextCycle(t.Context(), w.who("lead"), next, "Nog verder", "", ""))(t)
		for _, at := range []string{w.id, next, third} { // from each of them all are found, in order
			rounds := must(w.walks.Rounds(t.Context(), must(w.reach("lead", at))(t)))(t)
			if len(rounds) != 3 || rounds[0].ID != w.id || rounds[1].ID != next || rounds[2].ID != third {
				t.Errorf("%d rounds: %+v", len(rounds), rounds)
			}
		}
		own := must(w.reach("lead", third))(t)
		own.Who = w.who("outsider") // who may read none of them finds none
		if rounds := must(w.walks.Rounds(t.Context(), own))(t); len(rounds) != 0 {
			t.Errorf("%+v", rounds)
		}
	})
}

func TestAPackStaysWhenTheProgramMovesOn(t *testing.T) {
	each(t, func(t *testing.T, w *town) { packStays(t, w) })
}

func TestFactsOfATrajectoryItself(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		facts := func() trajectory.Facts {
			return must(w.walks.Facts(t.Context(), w.d, w.seen("lead")))(t)
		}
		f := facts()
		if f["vision_linked"].State != trajectory.Open || f["no_vision_link"].State != trajectory.Met || f["about_to_close"].State != trajectory.Open || f["teams_touched"].Number != 0 || f["changes_over_limit"].Number != 0 {
			t.Errorf("%+v", f)
		}
		a := must(w.schools.AddTeam(t.Context(), w.who("admin"), w.schoolID, school.Department, "Talen"))(t)
		b := must(w.schools.AddTeam(t.Context(), w.who("admin"), w.schoolID, school.Department, "Exact"))(t)
		w.exec(`insert into team_member (team_id, person_id) values ($1, $2)`, a, w.people["member"])
		w.edit(func(c *trajectory.Change) { c.TeamIDs = []string{a, b} })
		for range 2 {
			w.begin("colleague", trajectory.Start{TeamIDs: []string{b}})
		}
		if f = facts(); f["teams_touched"].Number != 2 || f["teams_without_member"].Number != 1 || f["changes_over_limit"].Number != 1 {
			t.Errorf("%+v", f)
		}
		line := must(w.schools.AddVisionLine(t.Context(), w.who("leader"), w.schoolID, "Elke leerling telt."))(t)
		for title, state := range map[string]school.FocusState{"Feedback": school.Chosen, "Rust": school.Parked} {
			var fp school.FocusPoint
			w.ok(w.d.Write(t.Context(), func(tx *db.Tx) (err error) {
				fp, err = school.ProposeFocus(t.Context(), tx, w.who("lead"), school.NewFocus{SchoolID: w.schoolID, TrajectoryID: w.id, Title: title, VisionLineID: line}, journal.Entry{At: w.clock.Now(), ActorID: w.people["lead"]})
				return err
			}))
			w.ok(w.schools.ChooseFocus(t.Context(), w.who("leader"), fp.ID, 1, school.FocusChoice{State: state, ParkedFor: "2026–2027"}))
			if state == school.Chosen {
				w.exec(`update trajectory set focus_point_id = $2 where id = $1`, w.id, fp.ID)
			}
		}
		if f = facts(); f["vision_linked"].State != trajectory.Met || f["choice_made"].State != trajectory.Met || f["parked_list"].State != trajectory.Met {
			t.Errorf("%+v", f)
		}
		if f["stage_begun_days"].State != trajectory.Open {
			t.Errorf("on the first day: %+v", f["stage_begun_days"])
		}
		w.clock.Set(w.clock.Now().AddDate(0, 0, 9))
		if f = facts(); f["stage_begun_days"].Number != 9 {
			t.Errorf("nine days on: %+v", f["stage_begun_days"])
		}
		id := w.begin("lead", trajectory.Start{StageID: "borg"})
		if f := must(w.walks.Facts(t.Context(), w.d, must(w.reach("lead", id))(t)))(t); f["about_to_close"].State != trajectory.Met {
			t.Errorf("the last stage: %+v", f["about_to_close"])
		}
	})
}

func TestTheDaysInAStageAreThoseOnTheWallOfTheSchool(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.ok(w.d.Keep(t.Context()))
		ctx := db.Keeping(t.Context()) // a page that was read today is not told tomorrow
		days := func() int { return must(w.walks.Facts(ctx, w.d, w.seen("lead")))(t)["stage_begun_days"].Number }
		if days() != 0 {
			t.Errorf("on the day itself: %d", days())
		}
		midnight := clock.On(w.clock.Now(), w.seen("lead").School.Location()).Add(1).At(0, 0, w.seen("lead").School.Location())
		w.clock.Move(midnight.Sub(w.clock.Now()) - time.Second)
		if days() != 0 {
			t.Errorf("a second before midnight at school: %d", days())
		}
		w.clock.Move(time.Second)
		if days() != 1 {
			t.Errorf("at midnight: %d", days())
		}
		w.clock.Move(20 * 24 * time.Hour)
		if days() != 21 {
			t.Errorf("three weeks: %d", days())
		}
		w.onward("verdiep")
		if days() != 0 {
			t.Errorf("another stage begins anew: %d", days())
		}
	})
}

func TestAnActIsWholeOrNot(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.refused("form.choose", func() error {
			return w.walks.Act(t.Context(), w.who("lead"), w.id, func(tx *db.Tx, seen trajectory.Seen, _ time.Time) error {
				if _, err := db.Exec(t.Context(), tx, `update trajectory set title = 'Half' where id = $1`, seen.ID); err != nil {
					return err
				}
				return errs.Invalid("form.choose")
			})
		})
	})
}
