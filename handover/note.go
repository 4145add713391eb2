package handover

import (
	"context"

	"leerkring/access"
	"leerkring/carry"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/school"
	"leerkring/trajectory"
)

// Reason is why a thing is somebody's: from whom they got it, and until when.
type Reason struct {
	From  string
	Until clock.Date // "" when it is for good, or nobody knows a day
	Good  bool
	Taken bool // they took it over themselves
}

// Reason is from whom it is, and until when.
func (h Handover) Reason() Reason {
	return Reason{From: h.Giver.Called(), Until: h.Until(), Good: h.Lasts == Good, Taken: h.Kind == Taken}
}

// New is what changed for somebody by a handover of late: for their own week.
type New struct {
	Handover
	Items int    // with the person asking; nought when it was taken from them
	To    string // the name of who has it, for whom it was taken from
}

// newDays is how long something that was received stands in somebody's week.
const newDays = 7

// Week is what stands in somebody's own week.
type Week struct {
	New  []New             // what came to them these days, was taken over from them, and who stands in for whom
	Left []Lying           // what nobody carries any more since a substitute went
	Why  map[string]Reason // of each thing that is with them, by its key: from whom it is
}

// Week is that, in one query; in a few more while something lies there. Who: the person.
func (s *Service) Week(ctx context.Context, who access.Who) (Week, error) {
	type row struct {
		Handover
		kind, id, to, name string
		position           int
	}
	rows, err := db.All(ctx, s.db, `select * from (select `+columns+`, coalesce(i.kind, '') as thing, coalesce(i.item_id, '') as item, coalesce(i.to_id, h.to_id, '') as receiver, coalesce(r.name, '') as receives, coalesce(i.position, 0) as position
		from handover h join person p on p.id = h.from_id
		left join handover_item i on i.handover_id = h.id and i.state = 'with' and i.kind <> 'member'
		left join person r on r.id = coalesce(i.to_id, h.to_id)
		where h.ended_at is null and (h.to_id = $1 or i.to_id = $1 or h.from_id = $1 and h.kind <> 'own')
		union all `+lies+`) w order by made_at, id, position, item`, func(r *row) []any {
		return append(fields(&r.Handover), &r.kind, &r.id, &r.to, &r.name, &r.position)
	}, who.ID, schoolsLed(who))
	if err != nil {
		return Week{}, err
	}
	now := s.clock.Now()
	out := Week{Why: map[string]Reason{}}
	at, ended := map[string]int{}, []Handover{}
	var where []string
	for _, r := range rows {
		if !r.EndedAt.IsZero() {
			ended, where = append(ended, r.Handover), append(where, r.id)
			continue
		}
		mine := r.to == who.ID
		if mine && r.id != "" {
			out.Why[carry.Item{Kind: carry.Kind(r.kind), ID: r.id}.Key()] = r.Reason()
		}
		if r.FromID != who.ID && r.Kind != Substitute && now.After(r.MadeAt.AddDate(0, 0, newDays)) {
			continue
		}
		n, ok := at[r.ID]
		if !ok {
			n = len(out.New)
			at[r.ID] = n
			out.New = append(out.New, New{Handover: r.Handover, To: school.FirstName(r.name)})
		}
		if mine && r.id != "" {
			out.New[n].Items++
		}
	}
	out.Left, err = s.left(ctx, who, ended, where)
	return out, err
}

// Told is one sentence for a group: who does what for whom.
type Told struct {
	Handover
	To     string // the name of who leads now, or stands in
	ToID   string
	ItemID string // of the lead that went over; "" for a substitute as a whole
}

// Group is what a group is told about who carries it.
type Group struct {
	Nobody  bool   // nobody can lead it now
	MayTake bool   // the person asking may lead it for now
	For     string // the name of whom they stand in for, when they may take over from them
	Told    []Told
	Days    bool // the person asking may know until when somebody is away
}

// learns reports whether somebody is told that nobody leads: who takes part, and who answers for what
// the group needs. To other colleagues it would only tell that somebody is away.
func learns(seen trajectory.Seen) bool {
	return (seen.State == trajectory.Active || seen.State == trajectory.Paused) && (seen.Role != trajectory.NoOne || seen.May(access.Create, access.Condition, ""))
}

// In is what the group of a trajectory is told, in two queries. A leader who does not take part
// learns only that nobody leads it. The caller may read the trajectory.
func (s *Service) In(ctx context.Context, q db.Queryer, seen trajectory.Seen) (Group, error) {
	var g Group
	if !learns(seen) {
		return g, nil
	}
	able, err := s.trajectories.Leading(ctx, q, []string{seen.ID})
	if err != nil {
		return g, err
	}
	g.Nobody = trajectory.NobodyLeads(able[seen.ID], seen.Today())
	if seen.Role == trajectory.NoOne {
		return g, nil
	}
	g.Days = seen.May(access.Read, access.Availability, "")
	lead, err := leadFor(seen, able[seen.ID])
	g.MayTake = err == nil && lead != seen.Who.ID
	rows, err := db.All(ctx, q, `select `+columns+`, coalesce(i.id, ''), r.id, r.name from handover h join person p on p.id = h.from_id
		left join handover_item i on i.handover_id = h.id and i.trajectory_id = $1 and i.kind = 'lead' and i.state = 'with'
		join person r on r.id = coalesce(i.to_id, h.to_id)
		where h.ended_at is null and (i.id is not null or h.kind = 'substitute' and h.school_id = $2
			and exists (select 1 from participant x where x.trajectory_id = $1 and x.person_id = h.from_id and x.left_at is null))
		order by h.made_at, h.id`, func(t *Told) []any {
		return append(fields(&t.Handover), &t.ItemID, &t.ToID, &t.To)
	}, seen.ID, seen.SchoolID)
	g.Told = rows
	if err != nil || !g.MayTake || seen.Role != trajectory.StandIn {
		return g, err
	}
	people, err := school.Names(ctx, q, seen.School.BoardID, []string{lead})
	g.For = people[lead].Name
	return g, err
}

// WithoutLead tells which of these trajectories nobody can lead today, in one query. The caller may
// read them.
func (s *Service) WithoutLead(ctx context.Context, q db.Queryer, list []trajectory.Seen) (map[string]bool, error) {
	var ids []string
	for _, x := range list {
		if learns(x) {
			ids = append(ids, x.ID)
		}
	}
	able, err := s.trajectories.Leading(ctx, q, ids)
	out := map[string]bool{}
	for _, x := range list {
		if learns(x) && trajectory.NobodyLeads(able[x.ID], x.Today()) {
			out[x.ID] = true
		}
	}
	return out, err
}

// Care is what the page of a group says about who keeps it alive.
type Care struct {
	For     string // whose care the person asking may take over; "" when it is nobody's to take
	MayTake bool
	Nobody  bool // the account of who kept it is closed
}

// CareIn is that, in two queries. The caller may read the page.
func (s *Service) CareIn(ctx context.Context, q db.Queryer, seen trajectory.Seen) (Care, error) {
	c, err := s.careOf(ctx, q, seen)
	if err != nil || c.Caretaker == "" {
		return Care{}, err
	}
	out := Care{MayTake: c.may(seen), Nobody: c.Closed}
	if out.MayTake {
		out.For = c.Name
	}
	return out, nil
}
