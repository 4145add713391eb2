package main

import (
	"log/slog"
	"testing"
	"time"

	"leerkring/block/meeting"
	"leerkring/internal/clock"
	"leerkring/internal/dbtest"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/week"
)

// TestTheWeekKnowsTheHours: an hour stands in the week of everybody who takes part, and
// its host is asked to finish it when it comes near.
func TestTheWeekKnowsTheHours(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	now := clock.NewFake(time.Date(2026, 3, 16, 8, 0, 0, 0, time.UTC)) // a Monday
	h, err := build(ctx, settings{Database: "sqlite:" + dbtest.SQLiteFile(t), BaseURL: "http://localhost:1", Clock: now, Log: slog.New(slog.DiscardHandler), LogKey: []byte("k")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.db.Close(); err != nil {
			t.Error(err)
		}
	})
	found, err := h.schools.Found(ctx, school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"})
	if err != nil {
		t.Fatal(err)
	}
	known := func(id string) school.Known {
		t.Helper()
		k, err := school.Knows(ctx, h.db, id)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	staff := func(name string) string {
		t.Helper()
		id, err := h.schools.AddStaff(ctx, known(found.AdminID).Who, found.SchoolID, school.NewStaff{Name: name, Email: name + "@baken.example", Active: true})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	lead, member, colleague := staff("Marieke"), staff("Thijs"), staff("Wim")
	id, err := h.trajectories.Begin(ctx, known(lead).Who, trajectory.Start{SchoolID: found.SchoolID, MethodID: "verbetercyclus", Title: "Aansluiting", Open: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.trajectories.Invite(ctx, known(lead).Who, id, trajectory.Invitation{PersonID: member, Role: trajectory.Member}, h.schools); err != nil {
		t.Fatal(err)
	}
	plan := meeting.Plan{StartsAt: time.Date(2026, 3, 19, 14, 10, 0, 0, time.UTC), Minutes: 60, Place: "1.08", Bring: "Werk van één leerling"}
	hour, err := h.blocks.meetings.Make(ctx, known(lead).Who, id, plan, []meeting.NewItem{{Part: meeting.Learn, Question: "Wat zagen we?", Minutes: 60}})
	if err != nil {
		t.Fatal(err)
	}
	weekOf := func(id string) week.Week {
		t.Helper()
		w, err := h.weeks.Of(ctx, known(id))
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	for name, person := range map[string]string{"lead": lead, "member": member} {
		events := weekOf(person).Days[3].Events
		if len(events) != 1 || events[0].Title != "Aansluiting" || events[0].Place != "1.08" || events[0].NoteKey != "week.hour_bring" || events[0].Link != "/trajectories/"+id+"/meetings/"+hour {
			t.Errorf("Thursday of the %s: %+v", name, events)
		}
	}
	if w := weekOf(colleague); len(w.Days[3].Events)+len(w.Asks) != 0 {
		t.Errorf("a colleague outside the group: %+v", w)
	}
	asked := weekOf(lead).Asks
	if len(asked) != 1 || asked[0].TextKey != "week.ask_hour" || asked[0].Minutes != 5 || asked[0].DueOn != "2026-03-19" || asked[0].Link != "/trajectories/"+id+"/meetings/"+hour+"/prepare" {
		t.Errorf("the host is asked to finish it: %+v", asked)
	}
	if w := weekOf(member); len(w.Asks) != 0 {
		t.Errorf("a member is not: %+v", w.Asks)
	}
	now.Set(time.Date(2026, 3, 11, 8, 0, 0, 0, time.UTC))
	if w := weekOf(lead); len(w.Asks) != 0 {
		t.Errorf("six school days before it nothing is asked: %+v", w.Asks)
	}
	now.Set(time.Date(2026, 3, 12, 8, 0, 0, 0, time.UTC))
	if w := weekOf(lead); len(w.Asks) != 1 {
		t.Errorf("five before it is: %+v", w.Asks)
	}
	for at, want := range map[time.Time]int{time.Date(2026, 3, 19, 16, 0, 0, 0, time.UTC): 1, time.Date(2026, 3, 20, 8, 0, 0, 0, time.UTC): 0} {
		if now.Set(at); len(weekOf(lead).Asks) != want {
			t.Errorf("at %s, not put ready: %+v", at, weekOf(lead).Asks)
		}
	}
	now.Set(time.Date(2026, 3, 12, 8, 0, 0, 0, time.UTC))
	if err := h.blocks.meetings.PutReady(ctx, known(lead).Who, id, hour); err != nil {
		t.Fatal(err)
	}
	if w := weekOf(lead); len(w.Asks) != 0 {
		t.Errorf("what is ready asks nothing: %+v", w.Asks)
	}
	now.Set(time.Date(2026, 3, 19, 14, 10, 0, 0, time.UTC))
	if err := h.blocks.meetings.Begin(ctx, known(lead).Who, id, hour); err != nil {
		t.Fatal(err)
	}
	if err := h.blocks.meetings.AddTask(ctx, known(lead).Who, id, hour, member, "zet voorbeelden klaar", "2026-03-26"); err != nil {
		t.Fatal(err)
	}
	w := weekOf(member)
	if w.Days[3].Events[0].NoteKey != "week.hour_live" {
		t.Errorf("while it goes on the week says so: %+v", w.Days[3].Events)
	}
	if len(w.Asks) != 1 || w.Asks[0].Link != "/trajectories/"+id+"/meetings/"+hour || w.Asks[0].SettleURL == "" {
		t.Errorf("a task leads to the hour that it came from: %+v", w.Asks)
	}
	if err := h.blocks.meetings.Close(ctx, known(lead).Who, id, hour, nil); err != nil {
		t.Fatal(err)
	}
}
