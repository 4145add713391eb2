package meeting_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/block/meeting"
	"leerkring/internal/errs"
	"leerkring/task"
)

func TestAnHourGoesOn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx, host := t.Context(), w.who("member")
		id := w.begun()
		w.ok(w.meetings.Begin(ctx, host, w.id, id)) // pressed twice
		h := w.hour("second", id)
		is := h.Items
		if now, ok := h.Current(); h.State != meeting.Live || !ok || now.ID != is[0].ID || !now.Running() || !h.StartedAt.Equal(thursday) {
			t.Fatalf("%+v", h)
		}
		w.clock.Move(12 * time.Minute)
		w.ok(w.meetings.GoOn(ctx, host, w.id, id, is[0].ID))
		w.ok(w.meetings.GoOn(ctx, w.who("lead"), w.id, id, is[0].ID)) // both pressed the same button
		if now, _ := w.hour("second", id).Current(); now.ID != is[1].ID {
			t.Errorf("two who press at once move one item: %s", now.Question)
		}
		w.clock.Move(20 * time.Minute)
		w.ok(w.meetings.MoreTime(ctx, host, w.id, id, is[1].ID, 2))
		w.ok(w.meetings.GoTo(ctx, host, w.id, id, is[0].ID))
		w.clock.Move(3 * time.Minute)
		w.ok(w.meetings.GoTo(ctx, host, w.id, id, is[1].ID))
		w.ok(w.meetings.GoTo(ctx, host, w.id, id, is[1].ID)) // where they are already
		w.clock.Move(5 * time.Minute)
		now, _ := w.hour("second", id).Current()
		if now.Minutes != 37 || now.Left(w.clock.Now()) != 12*time.Minute {
			t.Errorf("back at an item its time goes on where it was: %v of %d", now.Left(w.clock.Now()), now.Minutes)
		}
		for name, err := range map[string]error{
			"an item that was held is not reworded": w.meetings.Reword(ctx, host, w.id, id, is[0].ID, is[0].Question, items()[0]),
			"nor removed":                           w.meetings.RemoveItem(ctx, host, w.id, id, is[0].ID),
			"nor are all replaced":                  w.meetings.SetItems(ctx, host, w.id, id, items()),
			"nor put ready":                         w.meetings.PutReady(ctx, host, w.id, id),
		} {
			if key(err) != "meeting.has_begun" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := w.meetings.GoTo(ctx, host, w.id, id, w.id); !errs.IsAbsent(err) {
			t.Errorf("an item of elsewhere: %v", err)
		}
		if err := w.meetings.MoreTime(ctx, host, w.id, id, is[1].ID, -60); key(err) != "meeting.item_minutes" {
			t.Errorf("less than nothing: %v", err)
		}
		w.ok(w.meetings.GoOn(ctx, host, w.id, id, is[1].ID))
		if err := w.meetings.GoOn(ctx, host, w.id, id, is[2].ID); key(err) != "meeting.last_item" {
			t.Errorf("after the last: %v", err)
		}
		w.clock.Move(15 * time.Minute)
		w.ok(w.meetings.Close(ctx, host, w.id, id, []string{w.people["member"], w.people["lead"], w.people["colleague"]}))
		w.ok(w.meetings.Close(ctx, host, w.id, id, nil)) // pressed twice
		h = w.hour("colleague", id)
		if got := meeting.Spent(h.Items); h.State != meeting.Closed || got[meeting.Share] != 15 || got[meeting.Learn] != 25 || got[meeting.Decide] != 15 {
			t.Errorf("%s %v", h.State, got)
		}
		if _, ok := h.Current(); ok || len(h.Present) != 2 || slices.Contains(h.Present, w.people["colleague"]) {
			t.Errorf("those of the group who were there: %v", h.Present)
		}
		if err := w.meetings.Begin(ctx, host, w.id, id); key(err) != "meeting.over" {
			t.Errorf("a closed hour does not begin: %v", err)
		}
		if err := w.meetings.Cancel(ctx, host, w.id, id); key(err) != "meeting.over" {
			t.Errorf("nor is it called off: %v", err)
		}
		if err := w.meetings.TakeOver(ctx, w.who("second"), w.id, id); key(err) != "meeting.over" {
			t.Errorf("nor taken over: %v", err)
		}
		got := w.kinds()
		if n := len(slices.DeleteFunc(got, func(k string) bool { return k != "meeting.moved" })); n != 4 {
			t.Errorf("each move is told once: %d", n)
		}
	})
}

func TestAnHourThatWasBegunTooEarly(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx, host := t.Context(), w.who("member")
		id := w.begun()
		w.clock.Move(4 * time.Minute)
		w.ok(w.meetings.GoOn(ctx, host, w.id, id, w.hour("lead", id).CurrentID))
		w.ok(w.meetings.NotYet(ctx, host, w.id, id))
		h := w.hour("lead", id)
		if h.State != meeting.Ready || !h.StartedAt.IsZero() || slices.ContainsFunc(h.Items, meeting.Item.Begun) || meeting.Spent(h.Items)[meeting.Learn] != 35 {
			t.Errorf("as if nobody had pressed: %+v", h)
		}
		if err := w.meetings.GoOn(ctx, host, w.id, id, ""); key(err) != "meeting.not_live" {
			t.Errorf("what is not going on does not move: %v", err)
		}
		w.ok(w.meetings.Begin(ctx, host, w.id, id))
		must(w.meetings.AddNote(ctx, w.who("second"), w.id, id, meeting.NewNote{ItemID: h.Items[0].ID, Body: "Het lukte."}))(t)
		if err := w.meetings.NotYet(ctx, host, w.id, id); key(err) != "meeting.something_said" {
			t.Errorf("an hour in which something was said: %v", err)
		}
	})
}

func TestSomebodyTakesOver(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.ready()
		if err := w.meetings.Begin(t.Context(), w.who("second"), w.id, id); !errs.IsAbsent(err) {
			t.Errorf("a member does not begin somebody else's hour: %v", err)
		}
		w.ok(w.meetings.TakeOver(t.Context(), w.who("second"), w.id, id))
		w.ok(w.meetings.TakeOver(t.Context(), w.who("second"), w.id, id))
		w.ok(w.meetings.Begin(t.Context(), w.who("second"), w.id, id))
		if h := w.hour("second", id); h.HostID != w.people["second"] || !h.MayLead {
			t.Errorf("%+v", h)
		}
		if h := w.hour("member", id); h.MayLead {
			t.Error("who gave it away no longer leads")
		}
	})
}

func TestWordsAreBroughtIn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.begun()
		item := w.hour("lead", id).CurrentID
		say := func(name, body, by string) string {
			t.Helper()
			return must(w.meetings.AddNote(ctx, w.who(name), w.id, id, meeting.NewNote{ItemID: item, Body: body, SaidBy: by}))(t)
		}
		own := say("member", " Zij las eerst het voorbeeld. ", "")
		joost := say("second", "Bij mij lukte het samen.", w.people["lead"])
		say("second", "Ik vergelijk met vorige week.", meeting.ByPupil)
		say("second", "We weten het niet.", meeting.ByGroup)
		say("second", "Dit is van mij.", w.people["second"])
		h := w.hour("colleague", id)
		var names []string
		for _, n := range h.Of(item) {
			names = append(names, n.Name+":"+n.Body)
		}
		want := []string{"Naam member:Zij las eerst het voorbeeld.", "Naam lead:Bij mij lukte het samen.", ":Ik vergelijk met vorige week.", ":We weten het niet.", "Naam second:Dit is van mij."}
		if !slices.Equal(names, want) {
			t.Errorf("%q", names)
		}
		if !h.Notes[1].Mine(w.people["lead"]) || !h.Notes[1].Mine(w.people["second"]) || h.Notes[0].Mine(w.people["second"]) {
			t.Error("words are of who said them and of who wrote them")
		}
		if err := w.meetings.WithdrawNote(ctx, w.who("second"), w.id, id, own); !errs.IsAbsent(err) {
			t.Errorf("words of somebody else: %v", err)
		}
		w.ok(w.meetings.WithdrawNote(ctx, w.who("lead"), w.id, id, joost))
		w.ok(w.meetings.WithdrawNote(ctx, w.who("member"), w.id, id, own))
		if err := w.meetings.WithdrawNote(ctx, w.who("member"), w.id, id, own); !errs.IsAbsent(err) {
			t.Errorf("taken away twice: %v", err)
		}
		if h := w.hour("lead", id); len(h.Notes) != 3 {
			t.Errorf("%+v", h.Notes)
		}
		if state := w.state(); strings.Contains(state, "Zij las") || strings.Contains(state, "lukte het samen") {
			t.Error("words that were taken away are nowhere any more")
		}
		before := w.state()
		for name, n := range map[string]meeting.NewNote{
			"an item of elsewhere":   {ItemID: w.id, Body: "Ja"},
			"in the name of outside": {ItemID: item, Body: "Ja", SaidBy: w.people["colleague"]},
			"nothing":                {ItemID: item},
		} {
			if _, err := w.meetings.AddNote(ctx, w.who("second"), w.id, id, n); err == nil {
				t.Errorf("%s was taken", name)
			}
		}
		if w.state() != before {
			t.Error("a refusal changed something")
		}
		w.ok(w.meetings.Close(ctx, w.who("member"), w.id, id, nil))
		w.clock.Move(6 * time.Hour)
		say("second", "Thuis dacht ik nog: het voorbeeld.", "")
		w.clock.Move(20 * time.Hour)
		if _, err := w.meetings.AddNote(ctx, w.who("second"), w.id, id, meeting.NewNote{ItemID: item, Body: "Te laat"}); key(err) != "meeting.over" {
			t.Errorf("after a day it fits the next hour: %v", err)
		}
	})
}

func TestManyWriteAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.begun()
		item := w.hour("lead", id).CurrentID
		var wg sync.WaitGroup
		for _, name := range []string{"lead", "member", "second", "coach"} {
			who := w.who(name)
			for range 5 {
				wg.Go(func() {
					if _, err := w.meetings.AddNote(t.Context(), who, w.id, id, meeting.NewNote{ItemID: item, Body: "Van " + name}); err != nil {
						t.Errorf("%s: %v", name, err)
					}
				})
			}
		}
		wg.Wait()
		if h := w.hour("lead", id); len(h.Notes) != 20 {
			t.Errorf("nothing is lost: %d", len(h.Notes))
		}
	})
}

func TestWhatIsSettledIsAnAgreementOrATask(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.begun()
		w.ok(w.meetings.AddAgreement(ctx, w.who("second"), w.id, id, "laten eerst een voorbeeld zien"))
		w.ok(w.meetings.AddTask(ctx, w.who("second"), w.id, id, w.people["lead"], "zet drie voorbeelden klaar", "2026-03-26"))
		for name, err := range map[string]error{
			"meeting.task_date":  w.meetings.AddTask(ctx, w.who("second"), w.id, id, w.people["lead"], "Ooit eens", ""),
			"meeting.task_date ": w.meetings.AddTask(ctx, w.who("second"), w.id, id, w.people["lead"], "Gisteren", "2026-03-18"),
			"task.owner":         w.meetings.AddTask(ctx, w.who("second"), w.id, id, "", "Iemand doet iets", "2026-03-26"),
			"task.owner ":        w.meetings.AddTask(ctx, w.who("second"), w.id, id, w.people["outsider"], "Iemand anders doet iets", "2026-03-26"),
			"agreement.empty":    w.meetings.AddAgreement(ctx, w.who("second"), w.id, id, ""),
		} {
			if got := key(err); len(got) == 0 || name[:len(got)] != got {
				t.Errorf("%s: %v", name, err)
			}
		}
		h := w.hour("colleague", id)
		if len(h.Agreed) != 1 || len(h.Tasks) != 1 || !h.Settled() || h.Tasks[0].OwnerID != w.people["lead"] || h.Previous != nil {
			t.Fatalf("%+v", h)
		}
		mine := must(task.Mine(ctx, w.d, w.who("lead")))(t)
		if len(mine) != 1 || mine[0].Body != "zet drie voorbeelden klaar" || mine[0].SourceID != id {
			t.Errorf("a task is in its owner's week at once: %+v", mine)
		}
		w.ok(w.meetings.Close(ctx, w.who("member"), w.id, id, nil))
		p := plan()
		p.StartsAt = thursday.AddDate(0, 0, 14)
		next := must(w.meetings.Make(ctx, w.who("lead"), w.id, p, items()))(t)
		h = w.hour("lead", next)
		if h.Settled() || h.Previous == nil || h.Previous.ID != id || len(h.Previous.Agreed) != 1 || len(h.Previous.Tasks) != 1 {
			t.Errorf("the next hour looks back: %+v", h.Previous)
		}
		last := must(w.meetings.Last(ctx, w.d, w.seen("member"), p.StartsAt))(t)
		if last == nil || last.ID != id || len(last.Tasks) != 1 {
			t.Errorf("%+v", last)
		}
		if early := must(w.meetings.Last(ctx, w.d, w.seen("member"), thursday))(t); early != nil {
			t.Errorf("before the first hour there is none: %+v", early)
		}
		w.clock.Move(48 * time.Hour)
		if err := w.meetings.AddAgreement(ctx, w.who("second"), w.id, id, "te laat"); key(err) != "meeting.over" {
			t.Errorf("two days later: %v", err)
		}
	})
}

func TestWhatWasTalkedAbout(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.begun()
		is := w.hour("lead", id).Items
		w.ok(w.meetings.GoOn(ctx, w.who("member"), w.id, id, is[0].ID))
		must(w.meetings.AddNote(ctx, w.who("second"), w.id, id, meeting.NewNote{ItemID: is[1].ID, Body: "In zeven van de acht klassen."}))(t)
		if got := must(w.meetings.Talked(ctx, w.d, w.seen("lead")))(t); len(got) != 0 {
			t.Errorf("an hour that goes on is no earlier hour: %v", got)
		}
		w.ok(w.meetings.Close(ctx, w.who("member"), w.id, id, nil))
		got := must(w.meetings.Talked(ctx, w.d, w.seen("lead")))(t)
		if len(got) != 1 || got["f4.q1"].Notes != 1 || !got["f4.q1"].At.Equal(thursday) {
			t.Errorf("%+v", got)
		}
	})
}
