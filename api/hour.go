package api

import (
	"time"

	"leerkring/access"
	"leerkring/block/meeting"
	"leerkring/internal/clock"
)

func (a *API) ofHour() []route {
	return []route{
		does("POST", "/trajectories/{id}/meetings/{meeting}/items", access.Edit, access.Meeting, "add-agenda-item", "Put an item at the end of the agenda.", a.addAgendaItem),
		does("PUT", "/trajectories/{id}/meetings/{meeting}/items/{item}", access.Edit, access.Meeting, "reword-agenda-item", "Give an item another question, part and reason.", a.rewordItem),
		does("DELETE", "/trajectories/{id}/meetings/{meeting}/items/{item}", access.Edit, access.Meeting, "remove-agenda-item", "Take an item off the agenda.", a.removeItem),
		does("POST", "/trajectories/{id}/meetings/{meeting}/items/{item}/go", access.Lead, access.Meeting, "go-to-agenda-item", "Go to an item of the hour.", a.goTo),
		makes("/trajectories/{id}/meetings/{meeting}/notes", access.React, access.Meeting, "add-note", "Bring something in during an item.", a.addNote),
		does("DELETE", "/trajectories/{id}/meetings/{meeting}/notes/{note}", access.React, access.Meeting, "withdraw-note", "Take your own note away.", a.withdrawNote),
		does("POST", "/trajectories/{id}/meetings/{meeting}/agreements", access.Settle, access.Meeting, "agree-in-meeting", "Settle what the group always does from now on.", a.agree),
		does("POST", "/trajectories/{id}/meetings/{meeting}/tasks", access.Settle, access.Meeting, "add-task-in-meeting", "Give one person something to do by a date.", a.addTask),
	}
}

// Hour is one meeting with what its page shows.
type Hour struct {
	Meeting
	CurrentID  string       `json:"current_item_id,omitempty"`
	Items      []AgendaItem `json:"items"`
	Notes      []Note       `json:"notes"`
	Agreed     []Agreed     `json:"agreed"`
	Tasks      []Task       `json:"tasks"`
	PresentIDs []string     `json:"present_ids"`
}

// AgendaItem is one part of the hour.
type AgendaItem struct {
	ID string `json:"id"`
	AgendaWords
	StartedAt time.Time `json:"started_at,omitzero"`
	EndedAt   time.Time `json:"ended_at,omitzero"`
	Spent     int       `json:"spent_seconds,omitempty"`
}

// AgendaWords are a part of the hour as it is planned.
type AgendaWords struct {
	Part      string `json:"part" enum:"share,learn,decide,organise"`
	Question  string `json:"question" lines:"many"`
	Reason    string `json:"reason,omitempty" doc:"A reason of the product is its key; otherwise words."`
	ElementID string `json:"element_id,omitempty" doc:"The question or criterion of the method that it comes from."`
	Minutes   int    `json:"minutes" minimum:"1" maximum:"1440"`
}

func (w AgendaWords) item() meeting.NewItem {
	return meeting.NewItem{Part: meeting.Part(w.Part), Question: w.Question, Reason: w.Reason, ElementID: w.ElementID, Minutes: w.Minutes}
}

// Note is what somebody brought in.
type Note struct {
	ID     string    `json:"id"`
	ItemID string    `json:"item_id"`
	Body   string    `json:"body"`
	By     *Person   `json:"by,omitempty" doc:"Whose words they are; nobody for the group and for a pupil."`
	SaidBy string    `json:"said_by,omitempty" doc:"group, pupil, or the id of a colleague; nothing for who wrote it."`
	MadeAt time.Time `json:"made_at"`
}

// Agreed is what was settled in an hour.
type Agreed struct {
	ID   string `json:"id"`
	Body string `json:"body"`
	Kept string `json:"kept,omitempty" enum:"met,partly,open"`
}

func (a *API) meeting(c *call, in *MeetingAt) (Hour, error) {
	seen, err := c.seen(in.ID)
	if err != nil {
		return Hour{}, err
	}
	h, err := a.Meetings.Hour(c.ctx, a.DB, seen, in.Meeting)
	if err != nil {
		return Hour{}, err
	}
	out := Hour{Meeting: meetingOf(h.Meeting), CurrentID: h.CurrentID, Items: []AgendaItem{}, Notes: []Note{}, Agreed: []Agreed{}, Tasks: []Task{}, PresentIDs: all(h.Present)}
	for _, i := range h.Items {
		out.Items = append(out.Items, AgendaItem{i.ID, AgendaWords{string(i.Part), i.Question, i.Reason, i.ElementID, i.Minutes}, i.StartedAt, i.EndedAt, int(i.Spent.Seconds())})
	}
	for _, n := range h.Notes {
		x := Note{ID: n.ID, ItemID: n.ItemID, Body: n.Body, SaidBy: n.SaidBy, MadeAt: n.MadeAt}
		if n.PersonID != "" {
			x.By = &Person{n.PersonID, n.Name}
		}
		out.Notes = append(out.Notes, x)
	}
	for _, x := range h.Agreed {
		out.Agreed = append(out.Agreed, Agreed{x.ID, x.Body, x.Kept})
	}
	for _, t := range h.Tasks {
		out.Tasks = append(out.Tasks, taskOf(t))
	}
	return out, nil
}

type inAgenda struct {
	MeetingAt
	Body AgendaWords
}

func (a *API) addAgendaItem(c *call, in *inAgenda) (receipt, error) {
	return did(a.Meetings.AddItem(c.ctx, c.who, in.ID, in.Meeting, in.Body.item()))
}

// AgendaItemAt is one item of a meeting.
type AgendaItemAt struct {
	MeetingAt
	Item string `path:"item"`
}

type inRewordItem struct {
	AgendaItemAt
	Body struct {
		AgendaWords
		Was string `json:"was" lines:"many" doc:"The question that you read: words of somebody who was quicker are not overwritten."`
	}
}

func (a *API) rewordItem(c *call, in *inRewordItem) (receipt, error) {
	return did(a.Meetings.Reword(c.ctx, c.who, in.ID, in.Meeting, in.Item, in.Body.Was, in.Body.item()))
}

func (a *API) removeItem(c *call, in *AgendaItemAt) (receipt, error) {
	return did(a.Meetings.RemoveItem(c.ctx, c.who, in.ID, in.Meeting, in.Item))
}

func (a *API) goTo(c *call, in *AgendaItemAt) (receipt, error) {
	return did(a.Meetings.GoTo(c.ctx, c.who, in.ID, in.Meeting, in.Item))
}

type inNote struct {
	MeetingAt
	Body struct {
		ItemID string `json:"item_id"`
		Body   string `json:"body" lines:"many"`
		SaidBy string `json:"said_by,omitempty" doc:"group, pupil, or the id of a colleague; nothing for yourself."`
	}
}

func (a *API) addNote(c *call, in *inNote) (receipt, error) {
	id, err := a.Meetings.AddNote(c.ctx, c.who, in.ID, in.Meeting, meeting.NewNote{ItemID: in.Body.ItemID, Body: in.Body.Body, SaidBy: in.Body.SaidBy})
	return made(id, err)
}

// NoteAt is one note of a meeting.
type NoteAt struct {
	MeetingAt
	Note string `path:"note"`
}

func (a *API) withdrawNote(c *call, in *NoteAt) (receipt, error) {
	return did(a.Meetings.WithdrawNote(c.ctx, c.who, in.ID, in.Meeting, in.Note))
}

type inAgree struct {
	MeetingAt
	Body struct {
		Body string `json:"body" lines:"many"`
	}
}

func (a *API) agree(c *call, in *inAgree) (receipt, error) {
	return did(a.Meetings.AddAgreement(c.ctx, c.who, in.ID, in.Meeting, in.Body.Body))
}

type inTask struct {
	MeetingAt
	Body struct {
		OwnerID string     `json:"owner_id"`
		Body    string     `json:"body" lines:"many"`
		DueOn   clock.Date `json:"due_on" format:"date"`
	}
}

func (a *API) addTask(c *call, in *inTask) (receipt, error) {
	return did(a.Meetings.AddTask(c.ctx, c.who, in.ID, in.Meeting, in.Body.OwnerID, in.Body.Body, in.Body.DueOn))
}
