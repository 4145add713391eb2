package main

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"leerkring/block/meeting"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/ics"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/week"
)

func TestWhatIsPrivateLeavesTheHouseAsAWordThatSomethingIsReady(t *testing.T) {
	t.Parallel()
	catalog, err := texts()
	ok(t, err)
	out := outside(week.Week{Quiet: "busy", Name: "toetsweek", Today: "2026-03-23", Asks: []week.Ask{
		{Item: "feedback/1", TextKey: "week.ask_task", Voice: "Wat zag je bij mijn uitleg?", WhyKey: "week.why_task", DoKey: "week.do_task", Minutes: 5, Private: true, Link: "/feedback/1"},
		{Item: "task/1", Kind: week.Task, Own: true, TextKey: "week.ask_task", Voice: "haalt voorbeelden op", WhyKey: "week.why_task", DoKey: "week.do_task", Minutes: 10, DueOn: "2026-03-27"},
	}}, catalog.Texts("nl", nil, nil))
	if !out.Private || out.Busy != "toetsweek" || len(out.Asked) != 1 || !out.Asked[0].Task || out.Asked[0].Voice != "haalt voorbeelden op" {
		t.Errorf("%+v", out)
	}
}

// TestTheDiaryOfAPerson walks the calendar of people in a school: what is theirs stands in
// it, of a closed circle only that they are taken up, and of others nothing.
func TestTheDiaryOfAPerson(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC))
		h, err := wire(t.Context(), d, settings{Database: "test", BaseURL: "https://leerkring.example", Data: t.TempDir(), Clock: c, Log: slog.New(slog.DiscardHandler), LogKey: []byte("k")})
		ok(t, err)
		ctx := t.Context()
		made, err := h.schools.Found(ctx, school.Founding{Board: "Kust", School: school.School{Name: "Het Baken"}, AdminName: "Noor Haddad", AdminEmail: "noor@baken.example"})
		ok(t, err)
		known := func(id string) school.Known {
			t.Helper()
			k, err := school.Knows(ctx, d, id)
			ok(t, err)
			return k
		}
		noor := known(made.AdminID)
		samira, err := h.schools.AddStaff(ctx, noor.Who, made.SchoolID, school.NewStaff{Name: "Samira El Amrani", Email: "samira@baken.example", Active: true})
		ok(t, err)
		tr, err := h.trajectories.Begin(ctx, noor.Who, trajectory.Start{SchoolID: made.SchoolID, MethodID: "kleine-ronde", Title: "Wachten op hulp", Open: true})
		ok(t, err)
		hour, err := h.blocks.meetings.Make(ctx, noor.Who, tr, meeting.Plan{StartsAt: time.Date(2026, 3, 30, 13, 10, 0, 0, time.UTC), Minutes: 50, Place: "lokaal 1.08", Bring: "werk"}, nil)
		ok(t, err)
		pack, found := h.library.Latest("incidentmethode")
		if !found {
			t.Fatal("no such pack")
		}
		ok(t, d.Write(ctx, func(tx *db.Tx) error {
			if err := h.trajectories.KeepPack(ctx, tx, pack, c.Now()); err != nil {
				return err
			}
			for i, circle := range []string{"closed", "team"} {
				id := "s" + circle
				if _, err := db.Exec(ctx, tx, `insert into session (id, board_id, school_id, method_id, method_version, circle, title, starts_at, place, state, host_id, made_by, made_at)
					values ($1, $2, $3, 'incidentmethode', $4, $5, $6, $7, 'lokaal 9', 'planned', $8, $8, $7)`,
					id, made.BoardID, made.SchoolID, pack.Version, circle, "De ruzie in 3h", c.Now().AddDate(0, 0, i+1), noor.Who.ID); err != nil {
					return err
				}
				if _, err := db.Exec(ctx, tx, `insert into session_person (session_id, person_id, state) values ($1, $2, 'invited')`, id, noor.Who.ID); err != nil {
					return err
				}
			}
			return nil
		}))
		find := func(id string) []ics.Event {
			t.Helper()
			list, err := diary{h}.Events(ctx, known(id), "2026-03-01", "2026-12-31")
			ok(t, err)
			return list
		}
		if got := find(samira); len(got) != 0 {
			t.Errorf("somebody else: %+v", got)
		}
		titles := map[string]ics.Event{}
		for _, e := range find(noor.Who.ID) {
			titles[e.Title] = e
		}
		if e := titles["Wachten op hulp"]; e.UID != "meeting-"+hour || e.Place != "lokaal 1.08" || !e.End.Equal(e.Start.Add(50*time.Minute)) || e.Cancelled {
			t.Errorf("%+v", e)
		}
		if e := titles["Bezet"]; !e.Private || e.Place != "" || e.Link != "" || e.Note != "" || strings.Contains(e.UID, "session") {
			t.Errorf("a closed circle: %+v", e)
		}
		told := 0
		for title := range titles {
			if strings.Contains(title, "De ruzie in 3h") {
				told++
			}
		}
		if told != 1 {
			t.Errorf("%d sessions by name: %v", told, titles)
		}
		before := titles["Wachten op hulp"].Sequence
		ok(t, h.blocks.meetings.Cancel(ctx, noor.Who, tr, hour))
		for _, e := range find(noor.Who.ID) {
			if e.Title == "Wachten op hulp" && (!e.Cancelled || e.Sequence <= before || e.UID != "meeting-"+hour) {
				t.Errorf("called off: %+v", e)
			}
		}
	})
}
