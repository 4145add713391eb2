package meeting_test

import (
	"slices"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/meeting"
	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/trajectory"
)

func plan() meeting.Plan {
	return meeting.Plan{StartsAt: thursday, Minutes: 60, Place: "1.08", Bring: "Werk van één leerling"}
}

func TestAnHourIsPlannedAndPutReady(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := must(w.meetings.Make(ctx, w.who("member"), w.id, plan(), items()))(t)
		h := w.hour("second", id)
		if h.State != meeting.Draft || h.HostID != w.people["member"] || len(h.Items) != 3 || meeting.Planned(h.Items) != 60 || h.Bring == "" || !h.StartsAt.Equal(thursday) {
			t.Fatalf("%+v", h)
		}
		if h.MayLead || !h.MayWrite || !h.MaySay || !w.hour("member", id).MayLead || !w.hour("lead", id).MayLead {
			t.Error("who plans the hour and who leads the theme may lead it; a member writes")
		}
		for _, name := range []string{"colleague", "leader", "guest"} {
			if _, err := w.meetings.Hour(ctx, w.d, w.seen(name), id); !errs.IsAbsent(err) {
				t.Errorf("%s: an hour that is still being made is the group's: %v", name, err)
			}
			if list, err := w.meetings.List(ctx, w.d, w.seen(name)); err != nil || len(list) != 0 {
				t.Errorf("%s: nor is it in the list: %v, %v", name, list, err)
			}
		}
		w.ok(w.meetings.PutReady(ctx, w.who("member"), w.id, id))
		w.ok(w.meetings.PutReady(ctx, w.who("lead"), w.id, id)) // pressed twice
		if h := w.hour("colleague", id); h.State != meeting.Ready || h.MayWrite || h.MaySay || h.MayLead {
			t.Errorf("a colleague reads an open hour: %+v", h)
		}
		if got := w.kinds(); !slices.Equal(got[len(got)-2:], []string{"meeting.planned", "meeting.ready"}) {
			t.Errorf("journal: %v", got)
		}
		empty := must(w.meetings.Make(ctx, w.who("member"), w.id, plan(), nil))(t)
		if err := w.meetings.PutReady(ctx, w.who("member"), w.id, empty); key(err) != "meeting.no_items" {
			t.Errorf("an hour without a question is not ready: %v", err)
		}
	})
}

func TestTheList(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		days := map[string]int{}
		for _, n := range []int{28, 14, 0} {
			p := plan()
			p.StartsAt = thursday.AddDate(0, 0, n)
			days[must(w.meetings.Make(ctx, w.who("lead"), w.id, p, items()))(t)] = n
		}
		held := w.begun()
		days[held] = -1
		w.ok(w.meetings.Close(ctx, w.who("lead"), w.id, held, nil))
		off := must(w.meetings.Make(ctx, w.who("lead"), w.id, plan(), items()))(t)
		w.ok(w.meetings.Cancel(ctx, w.who("lead"), w.id, off))
		list := must(w.meetings.List(ctx, w.d, w.seen("member")))(t)
		var got []int
		for _, l := range list {
			got = append(got, days[l.ID])
		}
		if !slices.Equal(got, []int{0, 14, 28, -1}) {
			t.Errorf("the nearest comes first, what was held after it, what is off not at all: %v", got)
		}
		if list[0].Mine || !list[3].Mine || list[0].Questions[1] != "Hoe vaak lukte het ons?" {
			t.Errorf("%+v", list[0])
		}
		if next, ok := meeting.Coming(list, w.clock.Now()); !ok || next.ID != list[0].ID {
			t.Error("the nearest is the one to prepare")
		}
		if _, ok := meeting.Coming(list[3:], w.clock.Now()); ok {
			t.Error("an hour that was held does not come")
		}
		if next, ok := meeting.Coming(list, thursday.AddDate(0, 0, 2)); !ok || next.ID != list[1].ID {
			t.Error("an hour whose day went by is not the next one")
		}
		if _, err := w.meetings.List(ctx, w.d, w.seen("colleague")); err != nil {
			t.Error(err)
		}
	})
}

func TestTheAgendaIsMadeInSteps(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx, who := t.Context(), w.who("second")
		id := w.ready()
		is := w.hour("second", id).Items
		w.ok(w.meetings.SetMinutes(ctx, who, w.id, id, is[1].ID, 30))
		w.ok(w.meetings.Reword(ctx, who, w.id, id, is[1].ID, is[1].Question, meeting.NewItem{Part: meeting.Learn, Question: "Voor wie werkt het nog niet?", ElementID: "f4.q2"}))
		w.ok(w.meetings.AddItem(ctx, who, w.id, id, meeting.NewItem{Part: meeting.Organise, Question: "Wie regelt de zaal?", Minutes: 5}))
		w.ok(w.meetings.MoveItem(ctx, who, w.id, id, is[2].ID, true))
		w.ok(w.meetings.MoveItem(ctx, who, w.id, id, is[0].ID, true)) // it is first already
		got := w.hour("lead", id)
		var told []string
		for _, i := range got.Items {
			told = append(told, i.Question)
		}
		if want := []string{"Wat lukte er?", "Doet iedereen dit?", "Voor wie werkt het nog niet?", "Wie regelt de zaal?"}; !slices.Equal(told, want) || meeting.Planned(got.Items) != 60 {
			t.Errorf("%v, %d minutes", told, meeting.Planned(got.Items))
		}
		if got.Items[2].Minutes != 30 || got.Items[2].Reason != "" || got.Version != 2 {
			t.Errorf("another question keeps its minutes and not its reason; the plan is no other version: %+v", got.Items[2])
		}
		w.ok(w.meetings.RemoveItem(ctx, who, w.id, id, got.Items[3].ID))
		if err := w.meetings.Reword(ctx, w.who("member"), w.id, id, is[1].ID, is[1].Question, meeting.NewItem{Part: meeting.Learn, Question: "Iets anders?"}); !errs.Is(err, errs.KindConflict) {
			t.Errorf("words of who was quicker stay: %v", err)
		}
		w.ok(w.meetings.SetItems(ctx, who, w.id, id, items()[:1]))
		if h := w.hour("lead", id); len(h.Items) != 1 {
			t.Errorf("a fresh proposal replaces the items: %+v", h.Items)
		}
		if err := w.meetings.SetMinutes(ctx, who, w.id, id, is[1].ID, 10); !errs.IsAbsent(err) {
			t.Errorf("what was removed is not there: %v", err)
		}
		for range 11 {
			w.ok(w.meetings.AddItem(ctx, who, w.id, id, items()[1]))
		}
		before := w.state()
		if err := w.meetings.AddItem(ctx, who, w.id, id, items()[1]); key(err) != "meeting.many_items" {
			t.Errorf("twelve is enough: %v", err)
		}
		for name, err := range map[string]error{
			"no minutes":        w.meetings.SetMinutes(ctx, who, w.id, id, is[0].ID, 0),
			"no question":       w.meetings.AddItem(ctx, who, w.id, id, meeting.NewItem{Part: meeting.Learn, Minutes: 5}),
			"a bad item":        w.meetings.SetItems(ctx, who, w.id, id, []meeting.NewItem{{}}),
			"an empty question": w.meetings.Reword(ctx, who, w.id, id, is[0].ID, is[0].Question, meeting.NewItem{Part: meeting.Learn}),
			"a bad plan":        w.meetings.Change(ctx, who, w.id, id, 0, meeting.Plan{}),
		} {
			if !errs.Is(err, errs.KindInvalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if w.state() != before {
			t.Error("a refusal changed something")
		}
	})
}

func TestThePlanChangesOnTheVersionThatWasShown(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.ready()
		p := plan()
		p.Place, p.KeeperID, p.TimerID = "2.14", w.people["second"], w.people["coach"]
		w.ok(w.meetings.Change(ctx, w.who("second"), w.id, id, 2, p))
		h := w.hour("member", id)
		if h.Place != "2.14" || h.HostID != w.people["member"] || h.TimekeeperID != w.people["coach"] || h.Version != 3 || len(h.Guests) != 0 {
			t.Errorf("%+v", h.Meeting)
		}
		if err := w.meetings.Change(ctx, w.who("lead"), w.id, id, 2, p); !errs.Is(err, errs.KindConflict) {
			t.Errorf("an older version: %v", err)
		}
		for field, change := range map[string]func(*meeting.Plan){
			"host":   func(p *meeting.Plan) { p.HostID = w.people["colleague"] },
			"keeper": func(p *meeting.Plan) { p.KeeperID = w.people["outsider"] },
			"timer":  func(p *meeting.Plan) { p.TimerID = w.people["guest"] },
			"guests": func(p *meeting.Plan) { p.Guests = []string{w.people["guest"], w.people["second"]} },
		} {
			bad := p
			change(&bad)
			if err := w.meetings.Change(ctx, w.who("lead"), w.id, id, 3, bad); key(err) != "meeting.not_in_group" || errs.FieldsOf(err)[0].Name != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		p.HostID = w.people["standin"]
		w.ok(w.meetings.Change(ctx, w.who("standin"), w.id, id, 3, p))
		if !w.hour("standin", id).MayLead {
			t.Error("the stand-in of the lead may lead an hour")
		}
	})
}

// Every act, for everybody: who may not do it gets the same answer as when the hour were
// not there, and nothing changes.
func TestWhoMayDoWhat(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.begun()
		own := must(w.meetings.AddNote(ctx, w.who("lead"), w.id, id, meeting.NewNote{ItemID: w.hour("lead", id).CurrentID, Body: "Van de trekker"}))(t)
		is := w.hour("lead", id).Items
		acts := map[string]func(access.Who) error{
			"make": func(who access.Who) error { _, err := w.meetings.Make(ctx, who, w.id, plan(), items()); return err },
			"change": func(who access.Who) error {
				return w.meetings.Change(ctx, who, w.id, id, 0, plan())
			},
			"add item": func(who access.Who) error { return w.meetings.AddItem(ctx, who, w.id, id, items()[0]) },
			"reword": func(who access.Who) error {
				return w.meetings.Reword(ctx, who, w.id, id, is[2].ID, is[2].Question, items()[2])
			},
			"minutes":   func(who access.Who) error { return w.meetings.SetMinutes(ctx, who, w.id, id, is[2].ID, 10) },
			"move":      func(who access.Who) error { return w.meetings.MoveItem(ctx, who, w.id, id, is[2].ID, true) },
			"remove":    func(who access.Who) error { return w.meetings.RemoveItem(ctx, who, w.id, id, is[2].ID) },
			"propose":   func(who access.Who) error { return w.meetings.SetItems(ctx, who, w.id, id, items()) },
			"ready":     func(who access.Who) error { return w.meetings.PutReady(ctx, who, w.id, id) },
			"cancel":    func(who access.Who) error { return w.meetings.Cancel(ctx, who, w.id, id) },
			"begin":     func(who access.Who) error { return w.meetings.Begin(ctx, who, w.id, id) },
			"go on":     func(who access.Who) error { return w.meetings.GoOn(ctx, who, w.id, id, is[0].ID) },
			"go to":     func(who access.Who) error { return w.meetings.GoTo(ctx, who, w.id, id, is[1].ID) },
			"more time": func(who access.Who) error { return w.meetings.MoreTime(ctx, who, w.id, id, is[0].ID, 2) },
			"not yet":   func(who access.Who) error { return w.meetings.NotYet(ctx, who, w.id, id) },
			"take over": func(who access.Who) error { return w.meetings.TakeOver(ctx, who, w.id, id) },
			"close":     func(who access.Who) error { return w.meetings.Close(ctx, who, w.id, id, nil) },
			"task": func(who access.Who) error {
				return w.meetings.AddTask(ctx, who, w.id, id, w.people["lead"], "Zaal vragen", "2026-03-26")
			},
			"agreement": func(who access.Who) error { return w.meetings.AddAgreement(ctx, who, w.id, id, "We beginnen op tijd") },
			"note": func(who access.Who) error {
				_, err := w.meetings.AddNote(ctx, who, w.id, id, meeting.NewNote{ItemID: is[0].ID, Body: "Ja"})
				return err
			},
			"for others": func(who access.Who) error {
				_, err := w.meetings.AddNote(ctx, who, w.id, id, meeting.NewNote{ItemID: is[0].ID, Body: "Ja", SaidBy: meeting.ByPupil})
				return err
			},
			"withdraw": func(who access.Who) error { return w.meetings.WithdrawNote(ctx, who, w.id, id, own) },
		}
		lead := []string{"ready", "cancel", "begin", "go on", "go to", "more time", "not yet", "close"}
		refused := map[string][]string{
			"second":    append([]string{"withdraw"}, lead...),
			"coach":     append([]string{"withdraw"}, lead...),
			"guest":     nil, // all but the note
			"colleague": nil,
			"leader":    nil,
			"outsider":  nil,
		}
		for name, only := range refused {
			before := w.state()
			for act, do := range acts {
				if only != nil && !slices.Contains(only, act) || name == "guest" && act == "note" {
					continue
				}
				if err := do(w.who(name)); !errs.IsAbsent(err) {
					t.Errorf("%s: %s: %v", name, act, err)
				}
			}
			if w.state() != before {
				t.Errorf("%s: a refused act changed something", name)
			}
		}
		w.ok(acts["note"](w.who("guest")))
		for _, act := range []string{"note", "for others", "task", "agreement", "add item", "minutes"} {
			w.ok(acts[act](w.who("coach")))
		}
		before := w.state()
		for act, do := range acts { // below another trajectory the same meeting is not there
			if slices.Contains([]string{"make"}, act) {
				continue
			}
			elsewhere := w.id
			w.id = w.other
			if err := do(w.who("colleague")); !errs.IsAbsent(err) {
				t.Errorf("%s through another trajectory: %v", act, err)
			}
			w.id = elsewhere
		}
		if w.state() != before {
			t.Error("an act through another trajectory changed something")
		}
	})
}

func TestWhoLeavesTheGroupLeadsNothing(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := must(w.meetings.Make(t.Context(), w.who("member"), w.id, plan(), items()))(t)
		w.ok(w.meetings.PutReady(t.Context(), w.who("member"), w.id, id))
		w.exec(`update participant set left_at = $2 where person_id = $1`, w.people["member"], w.clock.Now())
		if err := w.meetings.Begin(t.Context(), w.who("member"), w.id, id); !errs.IsAbsent(err) {
			t.Errorf("host and maker, but gone: %v", err)
		}
		if h := w.hour("member", id); h.MayLead || h.MayWrite || h.MaySay {
			t.Errorf("%+v", h)
		}
		w.closeIn()
		for _, name := range []string{"member", "colleague", "leader"} {
			if seen, err := w.trajectories.Reach(t.Context(), w.d, w.who(name), w.id); err == nil {
				if _, err := w.meetings.Hour(t.Context(), w.d, seen, id); !errs.IsAbsent(err) {
					t.Errorf("%s reads an hour of a closed group: %v", name, err)
				}
				if list, err := w.meetings.List(t.Context(), w.d, seen); err == nil && len(list) > 0 {
					t.Errorf("%s finds it in a list", name)
				}
			}
		}
		if h := w.hour("second", id); !h.MayWrite {
			t.Error("the group goes on")
		}
	})
}

func TestAGuestIsThereWhenAsked(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		asked := w.ready()
		h := w.hour("guest", asked)
		if h.MayWrite || h.MayLead || !h.MaySay {
			t.Errorf("a guest who is asked reads and says something: %+v", h)
		}
		p := plan()
		p.Guests = nil
		not := must(w.meetings.Make(ctx, w.who("lead"), w.id, p, items()))(t)
		w.ok(w.meetings.PutReady(ctx, w.who("lead"), w.id, not))
		if _, err := w.meetings.Hour(ctx, w.d, w.seen("guest"), not); !errs.IsAbsent(err) {
			t.Errorf("an hour without the guest: %v", err)
		}
		mine := must(w.meetings.Mine(ctx, w.d, w.who("guest"), thursday.Add(-time.Hour), thursday.Add(time.Hour)))(t)
		if len(mine) != 1 || mine[0].ID != asked {
			t.Errorf("the guest's week: %+v", mine)
		}
	})
}

func TestMyWeek(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := must(w.meetings.Make(ctx, w.who("lead"), w.id, plan(), items()))(t)
		monday, sunday := thursday.AddDate(0, 0, -3), thursday.AddDate(0, 0, 4)
		for name, host := range map[string]bool{"lead": true, "member": false, "coach": false} {
			mine := must(w.meetings.Mine(ctx, w.d, w.who(name), monday, sunday))(t)
			if len(mine) != 1 || mine[0].ID != id || mine[0].Title != "Feedback in elke les" || mine[0].Host != host {
				t.Errorf("%s: %+v", name, mine)
			}
		}
		for _, name := range []string{"colleague", "leader", "outsider", "guest"} {
			if mine := must(w.meetings.Mine(ctx, w.d, w.who(name), monday, sunday))(t); len(mine) != 0 {
				t.Errorf("%s: %+v", name, mine)
			}
		}
		if mine := must(w.meetings.Mine(ctx, w.d, w.who("lead"), sunday, sunday.AddDate(0, 0, 7)))(t); len(mine) != 0 {
			t.Errorf("next week: %+v", mine)
		}
		w.ok(w.meetings.Cancel(ctx, w.who("lead"), w.id, id))
		w.ok(w.meetings.Cancel(ctx, w.who("lead"), w.id, id)) // pressed twice
		if mine := must(w.meetings.Mine(ctx, w.d, w.who("lead"), monday, sunday))(t); len(mine) != 0 {
			t.Errorf("what is off is in nobody's week: %+v", mine)
		}
		if err := w.meetings.Begin(ctx, w.who("lead"), w.id, id); key(err) != "meeting.over" {
			t.Errorf("what is off does not begin: %v", err)
		}
		if err := w.meetings.AddItem(ctx, w.who("lead"), w.id, id, items()[0]); key(err) != "meeting.over" {
			t.Errorf("nor does it get an item: %v", err)
		}
	})
}

func TestFactsOfTheHours(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		facts := func() (int, bool) {
			f := must(w.meetings.Facts(ctx, w.d, w.seen("lead")))(t)
			return f["meetings_on_organising"].Number, f["no_next_step_noted"].State == trajectory.Met
		}
		if n, none := facts(); n != 0 || none {
			t.Errorf("before the first hour: %d, %v", n, none)
		}
		hold := func(day int, part meeting.Part, step string) {
			p := plan()
			p.StartsAt = thursday.AddDate(0, 0, day)
			id := must(w.meetings.Make(ctx, w.who("lead"), w.id, p, []meeting.NewItem{{Part: part, Question: "Een vraag?", Minutes: 60}}))(t)
			w.clock.Set(p.StartsAt)
			w.ok(w.meetings.Begin(ctx, w.who("lead"), w.id, id))
			w.clock.Move(50 * time.Minute)
			if step != "" {
				w.ok(w.meetings.AddTask(ctx, w.who("lead"), w.id, id, w.people["member"], step, clock.On(p.StartsAt, time.UTC).Add(7)))
			}
			w.ok(w.meetings.Close(ctx, w.who("lead"), w.id, id, nil))
		}
		hold(0, meeting.Learn, "Voorbeelden ophalen")
		if n, none := facts(); n != 0 || none {
			t.Errorf("an hour of learning with a next step: %d, %v", n, none)
		}
		hold(14, meeting.Organise, "")
		hold(28, meeting.Organise, "")
		if n, none := facts(); n != 2 || !none {
			t.Errorf("two hours in a row on arranging, without a next step: %d, %v", n, none)
		}
		hold(42, meeting.Decide, "Rooster vragen")
		if n, none := facts(); n != 0 || none {
			t.Errorf("after an hour of deciding the row is over: %d, %v", n, none)
		}
	})
}
