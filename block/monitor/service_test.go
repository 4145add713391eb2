package monitor_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"leerkring/block/monitor"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/writing"
)

func TestAGroupCountsTogetherAndOnlyTheTotalStays(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		card := w.follow(monitor.CarriedOut, "De kaart lag op tafel")
		m := w.moment(today)
		w.hold("member", m, 0, monitor.Telling{Totals: map[string]monitor.Total{card: {Yes: 7, Of: 12}}, Seen: "In 3 havo stellen ze elkaar de vragen.", Follows: monitor.Nothing})
		v := w.one("second", m)
		if v.State != monitor.Held || v.HeldOn != today || v.Told.Totals[card] != (monitor.Total{Yes: 7, Of: 12}) || v.Told.Seen == "" || v.TellingAt != 1 {
			t.Errorf("held %+v", v.Moment)
		}
		if got := w.log(3); !slices.Equal(got, []string{"indicator.added", "moment.planned", "moment.held"}) {
			t.Errorf("journal %v", got)
		}
		// the tables have no place for a person beside a count
		columns, err := db.All(w.ctx, w.d, `
			/*sqlite: select c.name from pragma_table_info('monitor_moment') c */
			/*postgres: select column_name from information_schema.columns where table_name = 'monitor_moment' */`, db.Str)
		w.ok(err)
		for _, c := range columns {
			if strings.Contains(c, "person") || strings.HasSuffix(c, "_by") {
				t.Errorf("a moment keeps %s", c)
			}
		}
	})
}

func TestACorrectionKeepsTheDayAndTheEarlierWords(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		card := w.follow(monitor.CarriedOut, "De kaart lag op tafel")
		m := w.moment(today)
		w.hold("member", m, 0, monitor.Telling{Totals: map[string]monitor.Total{card: {Yes: 7, Of: 12}}})
		w.clock.Move(48 * 3600e9)
		w.hold("second", m, 1, monitor.Telling{Totals: map[string]monitor.Total{card: {Yes: 8, Of: 12}}, Hindered: "Het kopieerapparaat."})
		v := w.one("member", m)
		if v.HeldOn != today || v.Told.Totals[card].Yes != 8 || len(v.Versions) != 1 || v.Versions[0].Telling.Totals[card].Yes != 7 {
			t.Errorf("corrected %+v", v)
		}
		if got := w.log(1); got[0] != "moment.corrected" {
			t.Errorf("journal %v", got)
		}
	})
}

func TestTwoWhoFillInAtOnceLoseNothing(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		card := w.follow(monitor.CarriedOut, "De kaart lag op tafel")
		m := w.moment(today)
		tellings := []monitor.Telling{
			{Totals: map[string]monitor.Total{card: {Yes: 7, Of: 12}}, Seen: "woorden van de een"},
			{Totals: map[string]monitor.Total{card: {Yes: 9, Of: 12}}, Seen: "woorden van de ander"},
		}
		names, who := []string{"member", "second"}, w.who("member")
		other := w.who("second")
		clashes := make([]*writing.Clash, 2)
		var wg sync.WaitGroup
		for i := range names {
			wg.Go(func() {
				person := who
				if i == 1 {
					person = other
				}
				clash, err := w.monitor.Hold(w.ctx, person, w.id, m, 0, tellings[i])
				if err != nil {
					t.Error(err)
				}
				clashes[i] = clash
			})
		}
		wg.Wait()
		late := 0
		if clashes[1] != nil {
			late = 1
		}
		if clashes[late] == nil || clashes[1-late] != nil {
			t.Fatalf("one of two is later: %v", clashes)
		}
		if c := clashes[late]; monitor.TellingOf(c.Yours).Seen != tellings[late].Seen || monitor.TellingOf(c.Theirs).Totals[card] != tellings[1-late].Totals[card] {
			t.Errorf("the clash shows both: %+v", c)
		}
		v := w.one(names[late], m)
		if v.Told.Seen != tellings[1-late].Seen || len(v.Waiting) != 1 || v.Waiting[0].Telling.Totals[card] != tellings[late].Totals[card] {
			t.Errorf("the first stands and the second waits: %+v", v)
		}
		if others := w.one(names[1-late], m); len(others.Waiting) != 0 {
			t.Error("what waits is shown to its writer only")
		}
		if got := w.log(1); got[0] != "moment.kept_beside" {
			t.Errorf("journal %v", got)
		}
		w.hold(names[late], m, v.TellingAt, monitor.Telling{Totals: v.Told.Totals, Seen: tellings[0].Seen + " " + tellings[1].Seen})
		if v := w.one(names[late], m); len(v.Waiting) != 0 || !strings.Contains(v.Told.Seen, "de een") || !strings.Contains(v.Told.Seen, "de ander") {
			t.Errorf("merged: %+v", v)
		}
	})
}

func TestWhatWaitsCanBeLetGo(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		m := w.moment(today)
		w.hold("member", m, 0, monitor.Telling{Seen: "eerst"})
		clash, err := w.monitor.Hold(w.ctx, w.who("second"), w.id, m, 0, monitor.Telling{Seen: "later"})
		w.ok(err)
		if clash == nil {
			t.Fatal("no clash")
		}
		w.ok(w.monitor.LetGo(w.ctx, w.who("second"), w.id, m))
		if v := w.one("second", m); len(v.Waiting) != 0 || v.Told.Seen != "eerst" {
			t.Errorf("let go: %+v", v)
		}
		kept, err := db.All(w.ctx, w.d, `select body from text_version where kept = 'merged'`, db.Str)
		w.ok(err)
		if len(kept) != 1 || !strings.Contains(kept[0], "later") {
			t.Errorf("the words stay in the history: %v", kept)
		}
	})
}

func TestThreeMomentsInOnePress(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		year := school.Period{Kind: school.Holiday, Name: "mei", From: "2026-04-27", To: "2026-05-08"}
		w.exec(`insert into calendar_period (id, school_id, kind, name, from_on, to_on) values ('p1', $1, 'holiday', $2, $3, $4)`, w.schoolID, year.Name, year.From, year.To)
		days, err := w.monitor.PlanThree(w.ctx, w.who("second"), w.id)
		w.ok(err)
		if want := []clock.Date{"2026-03-26", "2026-04-09", "2026-05-14"}; !slices.Equal(days, want) {
			t.Errorf("days %v, want %v", days, want)
		}
		if got := w.log(1); got[0] != "moments.planned" {
			t.Errorf("journal %v", got)
		}
		p := w.page("member")
		if len(p.Coming()) != 3 || p.Moments[0].Minutes != monitor.DefaultMinutes || p.Moments[0].How != monitor.ByCount {
			t.Errorf("planned %+v", p.Moments)
		}
		w.refused("pressed again", "monitor.three_planned", func() error { _, err := w.monitor.PlanThree(w.ctx, w.who("second"), w.id); return err })
		clash, err := w.monitor.Skip(w.ctx, w.who("member"), w.id, p.Moments[1].ID, 1, "toetsweek")
		w.ok(err)
		if clash != nil {
			t.Fatal(clash)
		}
		days, err = w.monitor.PlanThree(w.ctx, w.who("second"), w.id)
		w.ok(err)
		if !slices.Equal(days, []clock.Date{"2026-04-09"}) {
			t.Errorf("only the week that was let go is planned again: %v", days)
		}
	})
}

func TestAMomentIsMovedAndSkipped(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		m := w.moment(today.Add(7))
		clash, err := w.monitor.Rearrange(w.ctx, w.who("second"), w.id, m, 1, monitor.NewMoment{On: today.Add(9), Question: "Wat hielp?", Minutes: 10, How: monitor.ByPupils})
		w.ok(err)
		if v := w.one("member", m); clash != nil || v.On != today.Add(9) || v.Question != "Wat hielp?" || v.Minutes != 10 || v.Version != 2 {
			t.Errorf("moved %+v", v.Moment)
		}
		clash, err = w.monitor.Rearrange(w.ctx, w.who("member"), w.id, m, 1, monitor.NewMoment{On: today.Add(8)})
		w.ok(err)
		if v := w.one("member", m); clash == nil || v.On != today.Add(9) {
			t.Errorf("an older page changes nothing: %v %+v", clash, v.Moment)
		}
		clash, err = w.monitor.Skip(w.ctx, w.who("member"), w.id, m, 2, " toetsweek ")
		w.ok(err)
		if v := w.one("member", m); clash != nil || v.State != monitor.Skipped || v.Word != "toetsweek" {
			t.Errorf("skipped %+v", v.Moment)
		}
		if p := w.page("member"); len(p.Coming()) != 0 || len(p.Past()) != 1 {
			t.Errorf("page %+v", p)
		}
		w.hold("member", m, 0, monitor.Telling{Seen: "Toch nog gekeken."})
		w.refused("a held moment is not moved", "monitor.is_held", func() error {
			_, err := w.monitor.Rearrange(w.ctx, w.who("member"), w.id, m, 3, monitor.NewMoment{On: today.Add(9)})
			return err
		})
		w.refused("nor skipped", "monitor.is_held", func() error {
			_, err := w.monitor.Skip(w.ctx, w.who("member"), w.id, m, 3, "vrij")
			return err
		})
	})
}

func TestIndicatorsAreReworded(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.follow(monitor.CarriedOut, "De kaart lag op tafel")
		w.ok(second(w.monitor.Reword(w.ctx, w.who("second"), w.id, id, 1, monitor.NewIndicator{Kind: monitor.CarriedOut, Body: "De kaart is gebruikt", Unit: "lessen"})))
		clash, err := w.monitor.Reword(w.ctx, w.who("member"), w.id, id, 1, monitor.NewIndicator{Kind: monitor.CarriedOut, Body: "De kaart ligt klaar", Unit: "lessen"})
		w.ok(err)
		if p := w.page("lead"); clash == nil || p.Series[0].Indicator.Body != "De kaart is gebruikt" {
			t.Errorf("the second keeps its words beside: %v %+v", clash, p.Series)
		}
		w.absent("somebody else lets it go", func() error { return w.monitor.Retire(w.ctx, w.who("second"), w.id, id, false) })
		w.ok(w.monitor.Retire(w.ctx, w.who("member"), w.id, id, false))
		if p := w.page("lead"); len(p.Series) != 0 || len(p.Retired) != 1 {
			t.Errorf("let go %+v", p)
		}
		w.ok(w.monitor.Retire(w.ctx, w.who("lead"), w.id, id, true))
		for i := range 7 {
			w.follow(monitor.Condition, fmt.Sprint("Het uur ging door ", i))
		}
		w.refused("a ninth", "monitor.many_indicators", func() error {
			_, err := w.monitor.Follow(w.ctx, w.who("member"), w.id, monitor.NewIndicator{Kind: monitor.Result, Body: "Nog een"})
			return err
		})
	})
}

func second(clash *writing.Clash, err error) error {
	if clash != nil {
		return fmt.Errorf("clash %+v", clash)
	}
	return err
}

// acts are all acts that change something.
func (w *town) acts(name, indicator, planned, held string) map[string]func() error {
	who := w.who(name)
	return map[string]func() error{
		"follow": func() error {
			_, err := w.monitor.Follow(w.ctx, who, w.id, monitor.NewIndicator{Kind: monitor.Result, Body: "De toets"})
			return err
		},
		"reword": func() error {
			_, err := w.monitor.Reword(w.ctx, who, w.id, indicator, 1, monitor.NewIndicator{Kind: monitor.Result, Body: "De toets"})
			return err
		},
		"arrange": func() error {
			_, err := w.monitor.Arrange(w.ctx, who, w.id, monitor.NewMoment{On: today.Add(3)})
			return err
		},
		"three": func() error { _, err := w.monitor.PlanThree(w.ctx, who, w.id); return err },
		"rearrange": func() error {
			_, err := w.monitor.Rearrange(w.ctx, who, w.id, planned, 1, monitor.NewMoment{On: today.Add(4)})
			return err
		},
		"skip": func() error { _, err := w.monitor.Skip(w.ctx, who, w.id, planned, 1, "vrij"); return err },
		"hold": func() error {
			_, err := w.monitor.Hold(w.ctx, who, w.id, held, 1, monitor.Telling{Seen: "iets"})
			return err
		},
		"let go": func() error { return w.monitor.LetGo(w.ctx, who, w.id, held) },
		"retire": func() error { return w.monitor.Retire(w.ctx, who, w.id, indicator, false) },
	}
}

func TestRightsPerRole(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		indicator, planned, held := w.follow(monitor.CarriedOut, "De kaart lag op tafel"), w.moment(today.Add(2)), w.moment(today)
		w.hold("member", held, 0, monitor.Telling{Seen: "iets"})
		for _, name := range []string{"colleague", "leader", "guest", "outsider", "admin"} {
			for act, do := range w.acts(name, indicator, planned, held) {
				w.absent(name+" "+act, do)
			}
		}
		for _, name := range []string{"colleague", "leader", "guest"} { // open: they read along
			if p := w.page(name); len(p.Moments) != 2 || p.MayEdit {
				t.Errorf("%s reads %+v", name, p)
			}
		}
		for _, name := range []string{"lead", "member", "coach"} {
			if p := w.page(name); !p.MayEdit {
				t.Errorf("%s takes part", name)
			}
		}
		w.closeIn()
		if _, err := w.trajectories.Reach(w.ctx, w.d, w.who("colleague"), w.id); err == nil {
			t.Error("a closed trajectory is the group's")
		}
		seen := w.seen("lead")
		w.ok(w.trajectories.SetState(w.ctx, w.who("lead"), w.id, seen.Version, trajectory.Done, "", ""))
		for act, do := range w.acts("member", indicator, planned, held) {
			w.absent("after the end "+act, do)
		}
	})
}

func TestAThingOfAnotherTrajectoryIsAbsent(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		indicator, planned, held := w.follow(monitor.CarriedOut, "De kaart lag op tafel"), w.moment(today.Add(2)), w.moment(today)
		w.hold("member", held, 0, monitor.Telling{Seen: "iets"})
		mine := w.id
		w.id = w.other
		for act, do := range w.acts("lead", indicator, planned, held) {
			if act == "follow" || act == "arrange" || act == "three" {
				continue // they name nothing of the other one
			}
			w.absent(act, do)
		}
		seen := w.seen("lead")
		if _, err := w.monitor.One(w.ctx, w.d, seen, held); err == nil {
			t.Error("a moment below the wrong trajectory")
		}
		theirs := w.moment2("lead", today)
		w.absent("a total of another trajectory's indicator", func() error {
			_, err := w.monitor.Hold(w.ctx, w.who("lead"), w.id, theirs, 0, monitor.Telling{Totals: map[string]monitor.Total{indicator: {Yes: 1, Of: 2}}})
			return err
		})
		w.id = mine
	})
}

func (w *town) moment2(name string, on clock.Date) string {
	w.t.Helper()
	id, err := w.monitor.Arrange(w.ctx, w.who(name), w.id, monitor.NewMoment{On: on})
	w.ok(err)
	return id
}

func TestThePageAsksAConstantNumberOfQueries(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		count := func() int {
			ctx, n := db.Counting(w.ctx)
			if _, err := w.monitor.Page(ctx, w.d, w.seen("member")); err != nil {
				t.Fatal(err)
			}
			return n()
		}
		card := w.follow(monitor.CarriedOut, "De kaart lag op tafel")
		few := count()
		for range 5 {
			m := w.moment(today)
			w.hold("member", m, 0, monitor.Telling{Totals: map[string]monitor.Total{card: {Yes: 1, Of: 2}}})
		}
		if many := count(); many != few || many > 2 {
			t.Errorf("%d queries, then %d", few, many)
		}
	})
}

func TestComingMomentsOfAWeek(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.moment(today.Add(1))
		w.moment(today.Add(8))
		list, err := w.monitor.Coming(w.ctx, w.who("second"), today, today.Add(4))
		w.ok(err)
		if len(list) != 1 || list[0].On != today.Add(1) || list[0].Title != "Feedback in elke les" || list[0].Minutes != 5 || list[0].TrajectoryID != w.id {
			t.Errorf("coming %+v", list)
		}
		for _, name := range []string{"colleague", "leader", "guest", "coach", "outsider"} {
			list, err := w.monitor.Coming(w.ctx, w.who(name), today, today.Add(30))
			w.ok(err)
			if len(list) != 0 {
				t.Errorf("%s is asked nothing: %+v", name, list)
			}
		}
		seen := w.seen("lead")
		w.ok(w.trajectories.SetState(w.ctx, w.who("lead"), w.id, seen.Version, trajectory.Paused, "We rusten even.", today.Add(30)))
		if list, err = w.monitor.Coming(w.ctx, w.who("second"), today, today.Add(30)); err != nil || len(list) != 0 {
			t.Errorf("a team that rests is asked nothing: %v %+v", err, list)
		}
	})
}

func TestFactsOfATrajectory(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		facts := func() trajectory.Facts {
			f, err := w.monitor.Facts(w.ctx, w.d, w.seen("lead"))
			w.ok(err)
			return f
		}
		if f := facts(); f["no_monitor_moment_weeks"].Number != 52 || f["joint_counts_mostly_met"].State != trajectory.Open {
			t.Errorf("nothing yet: %+v", f)
		}
		card := w.follow(monitor.CarriedOut, "De kaart lag op tafel")
		for i, yes := range []int{9, 8, 7} {
			m := w.moment(today)
			w.hold("member", m, 0, monitor.Telling{On: today.Add(i - 20), Totals: map[string]monitor.Total{card: {Yes: yes, Of: 12}}, Rival: "Toetsweek", Found: monitor.FoundPartly})
		}
		w.moment(today.Add(16))
		f := facts()
		for fact, want := range map[string]trajectory.Reading{"joint_counts_mostly_met": trajectory.Met, "rival_explanation": trajectory.Met, "help_findable": trajectory.Partly, "count_lower_twice": trajectory.Met, "mechanism_seen": trajectory.Open, "result_rises": trajectory.Open} {
			for id, v := range f {
				if string(id) == fact && v.State != want {
					t.Errorf("%s is %s, want %s", fact, v.State, want)
				}
			}
		}
		if f["no_monitor_moment_weeks"].Number != 2 || len(f) != 7 {
			t.Errorf("weeks ahead %+v", f)
		}
		w.id = w.begin("besluit")
		if f := facts(); f["no_monitor_moment_weeks"].Number != 0 {
			t.Errorf("before the plan has started nothing is missed: %+v", f)
		}
	})
}
