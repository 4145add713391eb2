package main

import (
	"context"
	"time"

	"leerkring/block/agreement"
	"leerkring/block/meeting"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/week"
)

// agreed lets an hour settle agreements: two blocks that do not know each other.
type agreed struct{ page *agreement.Service }

// Agree keeps what the group settled as a standing agreement.
func (a agreed) Agree(ctx context.Context, tx *db.Tx, seen trajectory.Seen, meetingID, body string, now time.Time) (string, error) {
	return a.page.Agree(ctx, tx, seen, meetingID, body, now)
}

// CountOf counts what was agreed in an hour.
func (a agreed) CountOf(ctx context.Context, q db.Queryer, trajectoryID, meetingID string) (int, error) {
	return a.page.CountOf(ctx, q, trajectoryID, meetingID)
}

// OfMeetings returns what was agreed in the given hours.
func (a agreed) OfMeetings(ctx context.Context, q db.Queryer, seen trajectory.Seen, ids []string) ([]meeting.Agreed, error) {
	list, err := a.page.OfMeetings(ctx, q, seen, ids)
	out := make([]meeting.Agreed, len(list))
	for i, x := range list {
		out[i] = meeting.Agreed{ID: x.ID, MeetingID: x.MeetingID, Body: x.Body, Kept: string(x.Kept)}
	}
	return out, err
}

// hourSource shows the hours of the week, and asks their host to finish one that is
// still being made.
type hourSource struct{ h *house }

const (
	hourMinutes = 5 // to make an hour
	hourDays    = 5 // school days before it that the host is asked
)

// Asks returns the hours that the person leads, of today or within five school days, that
// are not put ready. One of today counts until the day is over: groups begin late. Whoever planned one took that on, so a busy week does not hide it;
// a holiday does, and who is away is not asked.
func (s *hourSource) Asks(ctx context.Context, k school.Known, today clock.Date) ([]week.Ask, error) {
	if k.Person.Away(today) {
		return nil, nil
	}
	zone := k.Home().Location()
	soon, err := s.h.blocks.meetings.Mine(ctx, s.h.db, k.Who, today.At(0, 0, zone), today.Add(28).At(0, 0, zone))
	if err != nil {
		return nil, err
	}
	var cal *school.Calendar
	var out []week.Ask
	for _, m := range soon {
		if !m.Host || m.State != meeting.Draft {
			continue
		}
		if cal == nil { // read only for somebody who has an hour to make
			c, err := s.h.schools.Calendar(ctx, k.Home().ID)
			if err != nil {
				return nil, err
			}
			cal = &c
		}
		day := clock.On(m.StartsAt, zone)
		if schoolDays(*cal, today, day) > hourDays {
			continue
		}
		_, free := cal.Holiday(today)
		out = append(out, week.Ask{Item: "meeting/" + m.ID, Kind: week.Prepare, TextKey: "week.ask_hour", Args: []any{"title", m.Title}, WhyKey: "week.why_hour", DoKey: "week.do_hour",
			Link: hourPath(m) + "/prepare", Minutes: hourMinutes, DueOn: day, Own: !free, LaterOK: true})
	}
	return out, nil
}

// schoolDays counts the days with school after one day, up to and including another.
func schoolDays(cal school.Calendar, from, to clock.Date) int {
	n := 0
	for d := from.Add(1); d <= to && n <= hourDays; d = d.Add(1) {
		if cal.SchoolDay(d) {
			n++
		}
	}
	return n
}

func hourPath(m meeting.Dated) string {
	return "/trajectories/" + m.TrajectoryID + "/meetings/" + m.ID
}

// Happens returns the hours between two days.
func (s *hourSource) Happens(ctx context.Context, k school.Known, from, to clock.Date) ([]week.Happening, error) {
	zone := k.Home().Location()
	list, err := s.h.blocks.meetings.Mine(ctx, s.h.db, k.Who, from.At(0, 0, zone), to.Add(1).At(0, 0, zone))
	out := make([]week.Happening, len(list))
	for i, m := range list {
		out[i] = week.Happening{At: m.StartsAt, Title: m.Title, Place: m.Place, Link: hourPath(m), Meets: m.State != meeting.Closed}
		switch {
		case m.State == meeting.Live:
			out[i].NoteKey = "week.hour_live"
		case m.Bring != "" && m.State != meeting.Closed:
			out[i].NoteKey, out[i].Args = "week.hour_bring", []any{"what", m.Bring}
		}
	}
	return out, err
}
