package meeting

import (
	"context"
	"slices"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
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
	MayLead  bool // go on, give time, close
	MayWrite bool // agenda, agreements, tasks, words in the name of others
	MaySay   bool // bring something in
}

// Current is the item that is going on.
func (h Hour) Current() (Item, bool) {
	if at := place(h.Items, h.CurrentID); at >= 0 {
		return h.Items[at], true
	}
	return Item{}, false
}

// Of returns what was brought in during one item.
func (h Hour) Of(itemID string) []Note {
	return slices.DeleteFunc(slices.Clone(h.Notes), func(n Note) bool { return n.ItemID != itemID })
}

// Settled reports whether the hour has a next step.
func (h Hour) Settled() bool { return len(h.Agreed)+len(h.Tasks) > 0 }

// Previous is what the last closed hour settled.
type Previous struct {
	Meeting
	Agreed []Agreed
	Tasks  []task.Task
}

// Hour returns one meeting with its items, notes, agreements and tasks, and what the
// hour before it settled. Absent for who may not read it, and for another trajectory's.
func (s *Service) Hour(ctx context.Context, q db.Queryer, seen trajectory.Seen, id string) (Hour, error) {
	m, err := byID(ctx, q, seen.ID, id)
	if err != nil {
		return Hour{}, err
	}
	if !may(seen, m, access.Read) {
		return Hour{}, errs.Absent()
	}
	h := Hour{Meeting: m, MayLead: may(seen, m, access.Lead), MayWrite: may(seen, m, access.Edit), MaySay: may(seen, m, access.React)}
	if h.Items, err = itemsOf(ctx, q, id); err != nil {
		return h, err
	}
	if h.Notes, err = notesOf(ctx, q, id); err != nil {
		return h, err
	}
	if h.Present, err = presentAt(ctx, q, id); err != nil {
		return h, err
	}
	h.Agreed, h.Tasks, h.Previous, err = s.settled(ctx, q, seen, id, h.StartsAt)
	return h, err
}

// Last returns the last closed hour before a moment with what it settled, nil when there
// is none.
func (s *Service) Last(ctx context.Context, q db.Queryer, seen trajectory.Seen, before time.Time) (*Previous, error) {
	if err := seen.Must(access.Read, access.Meeting, ""); err != nil {
		return nil, err
	}
	_, _, last, err := s.settled(ctx, q, seen, "", before)
	return last, err
}

// settled reads agreements and tasks of an hour and of the closed one before it.
func (s *Service) settled(ctx context.Context, q db.Queryer, seen trajectory.Seen, id string, at time.Time) ([]Agreed, []task.Task, *Previous, error) {
	last, err := lastClosed(ctx, q, seen.ID, at, id)
	if err != nil {
		return nil, nil, nil, err
	}
	ids := []string{id}
	if last != nil {
		ids = append(ids, last.ID)
	}
	agreed, err := s.agreements.OfMeetings(ctx, q, seen, ids)
	if err != nil {
		return nil, nil, nil, err
	}
	tasks, err := task.OfTrajectory(ctx, q, seen.ID)
	if err != nil {
		return nil, nil, nil, err
	}
	from := func(id string) ([]Agreed, []task.Task) {
		return slices.DeleteFunc(slices.Clone(agreed), func(a Agreed) bool { return a.MeetingID != id }),
			slices.DeleteFunc(slices.Clone(tasks), func(t task.Task) bool { return t.SourceKind != "meeting" || t.SourceID != id })
	}
	if last != nil {
		last.Agreed, last.Tasks = from(last.ID)
	}
	ownAgreed, ownTasks := from(id)
	return ownAgreed, ownTasks, last, nil
}

// said counts what an hour holds already.
func (s *Service) said(ctx context.Context, q db.Queryer, seen trajectory.Seen, m Meeting) (int, error) {
	notes, err := notesOf(ctx, q, m.ID)
	if err != nil {
		return 0, err
	}
	agreed, tasks, _, err := s.settled(ctx, q, seen, m.ID, m.StartsAt)
	return len(notes) + len(agreed) + len(tasks), err
}

// Listed is a meeting in the list of its trajectory.
type Listed struct {
	Meeting
	Questions []string // of its items, in their order
	Mine      bool     // the person asking leads it
}

// List returns the meetings of a trajectory, the coming ones first and nearest, then the
// past ones from new to old. Those that are still being made are there for the group.
func (s *Service) List(ctx context.Context, q db.Queryer, seen trajectory.Seen) ([]Listed, error) {
	all, err := listOf(ctx, q, seen.ID)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(m Meeting) bool { return m.State == Cancelled || !may(seen, m, access.List) })
	ids := make([]string, len(all))
	for i, m := range all {
		ids[i] = m.ID
	}
	items, err := itemsOfMany(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Listed, len(all))
	for i, m := range all {
		out[i] = Listed{Meeting: m, Mine: may(seen, m, access.Lead)}
		for _, item := range items[m.ID] {
			out[i].Questions = append(out[i].Questions, item.Question)
		}
	}
	return out, nil
}

// Coming returns the nearest hour of a list that is not over, and not missed.
func Coming(list []Listed, now time.Time) (Listed, bool) {
	for _, m := range list {
		if !m.State.Over() && !m.Missed(now) {
			return m, true
		}
	}
	return Listed{}, false
}

// Talked is what was said in earlier hours of this stage about one question of the pack.
type Talked struct {
	Notes int
	At    time.Time // when the group last came to it
}

// Talked returns, by question, what the group talked about in the present visit.
func (s *Service) Talked(ctx context.Context, q db.Queryer, seen trajectory.Seen) (map[string]Talked, error) {
	if err := seen.Must(access.Read, access.Meeting, ""); err != nil {
		return nil, err
	}
	return talked(ctx, q, seen.ID, seen.VisitID)
}

// Dated is a meeting of one of a person's trajectories.
type Dated struct {
	Meeting
	Title string // of the trajectory
	Host  bool   // the person leads the hour
}

// Mine returns the meetings of the trajectories that a person takes part in, between two
// moments, for the week. A guest finds those to which the guest is asked. Who: the person.
func (s *Service) Mine(ctx context.Context, q db.Queryer, who access.Who, from, to time.Time) ([]Dated, error) {
	all, err := db.All(ctx, q, `select `+columns+`, t.title, case when x.role = 'guest' then 1 else 0 end
		from meeting m join trajectory t on t.id = m.trajectory_id join participant x on x.trajectory_id = t.id and x.person_id = $1 and x.left_at is null
		where m.starts_at >= $2 and m.starts_at < $3 and m.state <> 'cancelled' and t.state in ('active', 'paused', 'done')
			and (x.ends_on is null or x.ends_on > $4)
		order by m.starts_at, m.id`, func(c *mineRow) []any { return append(fields(&c.Meeting), &c.Title, &c.guest) }, who.ID, from, to, clock.On(from, time.UTC))
	var out []Dated
	for _, c := range all {
		if c.guest == 1 && (c.State == Draft || !c.asked(who.ID)) {
			continue
		}
		c.Host = c.HostID == who.ID
		out = append(out, c.Dated)
	}
	return out, err
}

type mineRow struct {
	Dated
	guest int
}
