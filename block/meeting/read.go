package meeting

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/task"
	"leerkring/trajectory"
)

// Hour is one meeting with everything that its page shows.
type Hour struct {
	Meeting
	Items    []Item
	Notes    []Note
	Agreed   []Agreed
	Tasks    []task.Task
	Present  []string
	Previous *Previous
	MayLead  bool
	MayWrite bool
}

// Current is the item that is going on.
func (h Hour) Current() (Item, bool) {
	for _, i := range h.Items {
		if i.ID == h.CurrentID {
			return i, true
		}
	}
	return Item{}, false
}

// Previous is what the last closed hour settled.
type Previous struct {
	Meeting
	Agreed []Agreed
	Tasks  []task.Task
}

// may asks a right on a meeting as the person asking stands to it.
func may(seen trajectory.Seen, m Meeting, action access.Action) bool {
	o := seen.Object(access.Meeting, m.MadeBy)
	if m.HostID == seen.Who.ID && seen.Role != trajectory.NoOne {
		o.MyRole |= access.AsLead
	}
	return access.May(seen.Who, action, o)
}

// Hour returns one meeting with its items, notes, agreements and tasks, and what the
// hour before it settled. Absent for who may not read it, and for another trajectory's.
func (s *Service) Hour(ctx context.Context, q db.Queryer, seen trajectory.Seen, id string) (Hour, error) {
	m, err := byID(ctx, q, seen.ID, id)
	if err != nil {
		return Hour{}, err
	}
	if err := seen.Must(access.Read, access.Meeting, m.MadeBy); err != nil {
		return Hour{}, err
	}
	h := Hour{Meeting: m, MayLead: may(seen, m, access.Lead), MayWrite: may(seen, m, access.Edit)}
	if h.Items, err = itemsOf(ctx, q, id); err != nil {
		return h, err
	}
	if h.Notes, err = notesOf(ctx, q, id); err != nil {
		return h, err
	}
	if h.Present, err = db.All(ctx, q, `select person_id from meeting_present where meeting_id = $1 order by person_id`, db.Str, id); err != nil {
		return h, err
	}
	return h, s.settled(ctx, q, seen, &h)
}

// settled reads agreements and tasks of this hour and of the closed one before it.
func (s *Service) settled(ctx context.Context, q db.Queryer, seen trajectory.Seen, h *Hour) error {
	before, err := db.All(ctx, q, `select `+columns+` from meeting m where m.trajectory_id = $1 and m.state = 'closed' and m.starts_at < $2 and m.id <> $3
		order by m.starts_at desc limit 1`, fields, seen.ID, h.StartsAt, h.ID)
	if err != nil {
		return err
	}
	ids := []string{h.ID}
	if len(before) > 0 {
		h.Previous = &Previous{Meeting: before[0]}
		ids = append(ids, before[0].ID)
	}
	agreed, err := s.agreements.OfMeetings(ctx, q, seen, ids)
	if err != nil {
		return err
	}
	for _, a := range agreed {
		if a.MeetingID == h.ID {
			h.Agreed = append(h.Agreed, a)
		} else if h.Previous != nil {
			h.Previous.Agreed = append(h.Previous.Agreed, a)
		}
	}
	tasks, err := task.OfTrajectory(ctx, q, seen.ID)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		switch {
		case t.SourceKind != "meeting":
		case t.SourceID == h.ID:
			h.Tasks = append(h.Tasks, t)
		case h.Previous != nil && t.SourceID == h.Previous.ID:
			h.Previous.Tasks = append(h.Previous.Tasks, t)
		}
	}
	return nil
}

// List returns the meetings of a trajectory, the coming ones first and nearest, then the
// past ones from new to old.
func (s *Service) List(ctx context.Context, q db.Queryer, seen trajectory.Seen) ([]Meeting, error) {
	if err := seen.Must(access.Read, access.Meeting, ""); err != nil {
		return nil, err
	}
	return db.All(ctx, q, `select `+columns+` from meeting m where m.trajectory_id = $1 and m.state <> 'cancelled'
		order by case m.state when 'live' then 0 when 'ready' then 1 when 'draft' then 1 else 2 end,
			case when m.state = 'closed' then '' else m.starts_at end, m.starts_at desc limit 200`, fields, seen.ID)
}

// Coming is a meeting of one of a person's trajectories.
type Coming struct {
	Meeting
	Title string // of the trajectory
	Lead  bool   // the person leads the trajectory or the hour
}

// Mine returns the meetings of a person's trajectories between two moments, for the
// week. Who: the person.
func (s *Service) Mine(ctx context.Context, q db.Queryer, who access.Who, from, to time.Time) ([]Coming, error) {
	return db.All(ctx, q, `select `+columns+`, t.title, case when x.role = 'lead' or m.host_id = $1 then true else false end
		from meeting m join trajectory t on t.id = m.trajectory_id join participant x on x.trajectory_id = t.id and x.person_id = $1 and x.left_at is null
		where m.starts_at >= $2 and m.starts_at < $3 and m.state <> 'cancelled' and t.state in ('active', 'paused', 'done')
			and (x.ends_on is null or x.ends_on > $4)
		order by m.starts_at`, func(c *Coming) []any { return append(fields(&c.Meeting), &c.Title, &c.Lead) }, who.ID, from, to, clock.On(from, time.UTC))
}
