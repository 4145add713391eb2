package meeting

import (
	"strings"

	"leerkring/block/meeting"
	"leerkring/internal/errs"
	"leerkring/web/room"
)

// at is an act on one hour: whose address it has, and the page that it was sent from.
type at struct {
	ID, Meeting string
	Path        string // of the hour
	Back        string // the page to show again
	Again       room.Handler
}

// writesOn puts whoever fills the board back in the same field: a group talks on.
func (a *at) writesOn(field string) {
	if a.Back == a.Path+"/board" {
		a.Back += "?field=" + field
	}
}

// from reads where an act comes from.
func (rm *Room) from(r *room.Request) (at, error) {
	id, err := r.ID("id")
	if err != nil {
		return at{}, err
	}
	m, err := r.ID("meeting")
	if err != nil {
		return at{}, err
	}
	a := at{ID: id, Meeting: m, Path: "/trajectories/" + id + "/meetings/" + m}
	switch r.Form().Typed("from") {
	case "board":
		a.Back, a.Again = a.Path+"/board", rm.Board
	case "prepare":
		a.Back, a.Again = a.Path+"/prepare", rm.Prepare
	case "close":
		a.Back, a.Again = a.Path+"/close/form", rm.CloseForm
	default:
		a.Back, a.Again = a.Path, rm.Show
	}
	return a, nil
}

// do carries out one act and goes on: to the page it came from, or where then says. said
// is what the page tells after it; "" tells nothing, because the page shows it.
func (rm *Room) do(r *room.Request, said string, act func(a *at) error) error {
	a, err := rm.from(r)
	if err != nil {
		return err
	}
	if err := act(&a); err != nil {
		return r.Refused(err, a.Again)
	}
	if said == "" {
		return r.Go(a.Back)
	}
	return r.Said(a.Back, said)
}

// Change changes when, where and who does what.
func (rm *Room) Change(r *room.Request) error {
	seen, err := rm.reach(r)
	if err != nil {
		return err
	}
	return rm.do(r, "meeting_changed", func(a *at) error {
		p, err := planOf(r, seen)
		if err != nil {
			return err
		}
		version := r.Form().Int("version", 0, 1<<30)
		return rm.Meetings.Change(r.Ctx(), r.Who(), a.ID, a.Meeting, version, p)
	})
}

// Ready shows the hour to everybody.
func (rm *Room) Ready(r *room.Request) error {
	return rm.do(r, "meeting_ready", func(a *at) error {
		a.Back = a.Path
		return rm.Meetings.PutReady(r.Ctx(), r.Who(), a.ID, a.Meeting)
	})
}

// Cancel takes the hour off the calendar.
func (rm *Room) Cancel(r *room.Request) error {
	return rm.do(r, "meeting_cancelled", func(a *at) error {
		a.Back = strings.TrimSuffix(a.Path, "/"+a.Meeting)
		return rm.Meetings.Cancel(r.Ctx(), r.Who(), a.ID, a.Meeting)
	})
}

// Propose replaces the agenda by a fresh proposal.
func (rm *Room) Propose(r *room.Request) error {
	p, err := rm.open(r)
	if err != nil {
		return err
	}
	return rm.do(r, "meeting_proposed", func(a *at) error {
		items, err := rm.propose(r, p.Seen, p.Hour.StartsAt, p.Hour.Minutes)
		if err != nil {
			return err
		}
		return rm.Meetings.SetItems(r.Ctx(), r.Who(), a.ID, a.Meeting, items)
	})
}

// newItem reads a question from a form: own words go before one of the stage.
func (rm *Room) newItem(r *room.Request, a *at) (meeting.NewItem, error) {
	f := r.Form()
	n := meeting.NewItem{Part: meeting.Part(f.Choice("part", "share", "learn", "decide", "organise")), Question: f.Line("question", 480), Minutes: f.Int("minutes", 0, 480)}
	element := f.Line("element", 60)
	if err := f.Err(); err != nil || n.Question != "" || element == "" {
		return n, err
	}
	q := rm.Trajectories.DB()
	seen, err := rm.Trajectories.Reach(r.Ctx(), q, r.Who(), a.ID)
	if err != nil {
		return n, err
	}
	pack, err := rm.Trajectories.PackOf(r.Ctx(), q, seen.Trajectory)
	if err != nil {
		return n, err
	}
	_, question, ok := pack.Question(element)
	if !ok {
		return n, errs.Invalid("form.choice").On("element")
	}
	n.Question, n.ElementID = r.Pack(question.Text), element
	return n, nil
}

// AddItem puts something on the agenda.
func (rm *Room) AddItem(r *room.Request) error {
	return rm.do(r, "meeting_item_added", func(a *at) error {
		n, err := rm.newItem(r, a)
		if err != nil {
			return err
		}
		return rm.Meetings.AddItem(r.Ctx(), r.Who(), a.ID, a.Meeting, n)
	})
}

// Item changes one item: its minutes by a press, or its question.
func (rm *Room) Item(r *room.Request) error {
	item, err := r.ID("item")
	if err != nil {
		return err
	}
	return rm.do(r, "", func(a *at) error {
		a.Back, a.Again = a.Path+"/prepare#item-"+item, rm.Prepare
		f := r.Form()
		if f.Typed("form") == "" {
			minutes := f.Int("minutes", 1, 480)
			if err := f.Err(); err != nil {
				return err
			}
			return rm.Meetings.SetMinutes(r.Ctx(), r.Who(), a.ID, a.Meeting, item, minutes)
		}
		n, err := rm.newItem(r, a)
		if err != nil {
			return err
		}
		return rm.Meetings.Reword(r.Ctx(), r.Who(), a.ID, a.Meeting, item, f.Typed("was"), n)
	})
}

// MoveItem puts an item one place earlier or later.
func (rm *Room) MoveItem(r *room.Request) error {
	item, err := r.ID("item")
	if err != nil {
		return err
	}
	return rm.do(r, "", func(a *at) error {
		a.Back, a.Again = a.Path+"/prepare#item-"+item, rm.Prepare
		return rm.Meetings.MoveItem(r.Ctx(), r.Who(), a.ID, a.Meeting, item, r.Form().Typed("to") == "earlier")
	})
}

// RemoveItem takes an item off the agenda.
func (rm *Room) RemoveItem(r *room.Request) error {
	item, err := r.ID("item")
	if err != nil {
		return err
	}
	return rm.do(r, "meeting_item_removed", func(a *at) error {
		a.Back, a.Again = a.Path+"/prepare", rm.Prepare
		return rm.Meetings.RemoveItem(r.Ctx(), r.Who(), a.ID, a.Meeting, item)
	})
}
