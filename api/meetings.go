package api

import (
	"time"

	"leerkring/access"
	"leerkring/block/meeting"
	"leerkring/internal/clock"
)

func (a *API) ofMeetings() []route {
	return []route{
		get("/meetings", access.Read, access.Meeting, "list-my-meetings", "Meetings of the trajectories that you take part in.", a.myMeetings).own(),
		get("/trajectories/{id}/meetings", access.List, access.Meeting, "list-meetings", "Meetings of a trajectory.", a.meetings),
		makes("/trajectories/{id}/meetings", access.Edit, access.Trajectory, "plan-meeting", "Plan the next meeting with its items.", a.makeMeeting),
		get("/trajectories/{id}/meetings/{meeting}", access.Read, access.Meeting, "read-meeting", "A meeting with its agenda, notes and what was settled.", a.meeting),
		does("PUT", "/trajectories/{id}/meetings/{meeting}", access.Edit, access.Meeting, "change-meeting", "Change when, where and who does what.", a.changeMeeting).onVersion(),
		does("POST", "/trajectories/{id}/meetings/{meeting}/ready", access.Lead, access.Meeting, "put-meeting-ready", "Show it to everybody who may read the trajectory.", a.putReady),
		does("POST", "/trajectories/{id}/meetings/{meeting}/begin", access.Lead, access.Meeting, "begin-meeting", "Start the hour with its first item.", a.beginMeeting),
		does("POST", "/trajectories/{id}/meetings/{meeting}/close", access.Lead, access.Meeting, "close-meeting", "End the hour: what was settled is with everybody.", a.closeMeeting),
		does("POST", "/trajectories/{id}/meetings/{meeting}/cancel", access.Lead, access.Meeting, "cancel-meeting", "Take it off the calendar.", a.cancelMeeting),
	}
}

// Meeting is one hour of a trajectory.
type Meeting struct {
	Tagged
	ID           string    `json:"id"`
	TrajectoryID string    `json:"trajectory_id"`
	Title        string    `json:"trajectory_title,omitempty"`
	StartsAt     time.Time `json:"starts_at"`
	Minutes      int       `json:"minutes"`
	Place        string    `json:"place,omitempty"`
	Bring        string    `json:"bring,omitempty" doc:"What everybody takes along."`
	State        string    `json:"state" enum:"draft,ready,live,closed,cancelled"`
	HostID       string    `json:"host_id,omitempty"`
	KeeperID     string    `json:"keeper_id,omitempty"`
	TimekeeperID string    `json:"timekeeper_id,omitempty"`
	GuestIDs     []string  `json:"guest_ids"`
	StartedAt    time.Time `json:"started_at,omitzero"`
	ClosedAt     time.Time `json:"closed_at,omitzero"`
	Questions    []string  `json:"questions,omitempty" doc:"Of its items, in their order."`
}

func meetingOf(m meeting.Meeting) Meeting {
	return Meeting{Tagged: tagged(m.Version), ID: m.ID, TrajectoryID: m.TrajectoryID, StartsAt: m.StartsAt, Minutes: m.Minutes, Place: m.Place, Bring: m.Bring, State: string(m.State),
		HostID: m.HostID, KeeperID: m.KeeperID, TimekeeperID: m.TimekeeperID, GuestIDs: all(m.Guests), StartedAt: m.StartedAt, ClosedAt: m.ClosedAt}
}

type inMyMeetings struct {
	Paged
	From time.Time `query:"from" doc:"Today when you say nothing."`
	To   time.Time `query:"to" doc:"Ninety days later when you say nothing; a year at most."`
}

// year is the longest stretch of a list over time.
const (
	quarter = 90 * 24 * time.Hour
	year    = 366 * 24 * time.Hour
)

// stretch is the time that a list is asked for: from a day of its own when nothing is said, and a
// quarter long.
func (c *call) stretch(from, to time.Time, day clock.Date) (time.Time, time.Time, error) {
	if from.IsZero() {
		from = day.At(0, 0, c.known.Home().Location())
	}
	if to.IsZero() {
		to = from.Add(quarter)
	}
	if to.Sub(from) > year || to.Before(from) {
		return from, to, &refusal{status: 422, key: "api.stretch", at: "query.to"}
	}
	return from, to, nil
}

func (a *API) myMeetings(c *call, in *inMyMeetings) (List[Meeting], error) {
	from, to, err := c.stretch(in.From, in.To, c.today())
	if err != nil {
		return List[Meeting]{}, err
	}
	list, err := a.Meetings.Mine(c.ctx, a.DB, c.who, from, to)
	if err != nil {
		return List[Meeting]{}, err
	}
	return piece(in.Paged, list, func(m meeting.Dated) string { return m.ID }, func(m meeting.Dated) Meeting {
		out := meetingOf(m.Meeting)
		out.Title = m.Title
		return out
	})
}

func (a *API) meetings(c *call, in *BelowPaged) (List[Meeting], error) {
	seen, err := c.seen(in.ID)
	if err != nil {
		return List[Meeting]{}, err
	}
	list, err := a.Meetings.List(c.ctx, a.DB, seen)
	if err != nil {
		return List[Meeting]{}, err
	}
	return piece(in.Paged, list, func(m meeting.Listed) string { return m.ID }, func(m meeting.Listed) Meeting {
		out := meetingOf(m.Meeting)
		out.Questions = m.Questions
		return out
	})
}

// MeetingAt is one meeting of a trajectory.
type MeetingAt struct {
	Below
	Meeting string `path:"meeting"`
}

// MeetingPlan is when and where, and who does what.
type MeetingPlan struct {
	StartsAt     time.Time `json:"starts_at"`
	Minutes      int       `json:"minutes" minimum:"1" maximum:"1440"`
	Place        string    `json:"place,omitempty"`
	Bring        string    `json:"bring,omitempty"`
	HostID       string    `json:"host_id,omitempty" doc:"Nobody leaves it with who has it."`
	KeeperID     string    `json:"keeper_id,omitempty" doc:"Who fills the board."`
	TimekeeperID string    `json:"timekeeper_id,omitempty"`
	GuestIDs     []string  `json:"guest_ids,omitempty" maxItems:"20" doc:"Guests who are asked to come."`
}

func (p MeetingPlan) plan() meeting.Plan {
	return meeting.Plan{StartsAt: p.StartsAt.UTC(), Minutes: p.Minutes, Place: p.Place, Bring: p.Bring, HostID: p.HostID, KeeperID: p.KeeperID, TimerID: p.TimekeeperID, Guests: p.GuestIDs}
}

type inMakeMeeting struct {
	Below
	Body struct {
		MeetingPlan
		Items []AgendaWords `json:"items,omitempty" maxItems:"20"`
	}
}

func (a *API) makeMeeting(c *call, in *inMakeMeeting) (receipt, error) {
	var items []meeting.NewItem
	for _, i := range in.Body.Items {
		items = append(items, i.item())
	}
	id, err := a.Meetings.Make(c.ctx, c.who, in.ID, in.Body.plan(), items)
	return made(id, err)
}

type inChangeMeeting struct {
	MeetingAt
	Body MeetingPlan
}

func (a *API) changeMeeting(c *call, in *inChangeMeeting) (receipt, error) {
	base, err := c.base(0)
	if err != nil {
		return done, err
	}
	return did(a.Meetings.Change(c.ctx, c.who, in.ID, in.Meeting, base, in.Body.plan()))
}

func (a *API) putReady(c *call, in *MeetingAt) (receipt, error) {
	return did(a.Meetings.PutReady(c.ctx, c.who, in.ID, in.Meeting))
}

func (a *API) beginMeeting(c *call, in *MeetingAt) (receipt, error) {
	return did(a.Meetings.Begin(c.ctx, c.who, in.ID, in.Meeting))
}

type inCloseMeeting struct {
	MeetingAt
	Body struct {
		PresentIDs []string `json:"present_ids,omitempty" maxItems:"200" doc:"Who was there, for the minutes only."`
	}
}

func (a *API) closeMeeting(c *call, in *inCloseMeeting) (receipt, error) {
	return did(a.Meetings.Close(c.ctx, c.who, in.ID, in.Meeting, in.Body.PresentIDs))
}

func (a *API) cancelMeeting(c *call, in *MeetingAt) (receipt, error) {
	return did(a.Meetings.Cancel(c.ctx, c.who, in.ID, in.Meeting))
}
