package meeting

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/trajectory"
)

// Agreements keeps what the group settled as a standing agreement. The agreement page
// is another block; cmd connects the two.
type Agreements interface {
	Agree(ctx context.Context, tx *db.Tx, seen trajectory.Seen, meetingID, body string, now time.Time) (string, error)
	OfMeetings(ctx context.Context, q db.Queryer, seen trajectory.Seen, meetingIDs []string) ([]Agreed, error)
	CountOf(ctx context.Context, q db.Queryer, trajectoryID, meetingID string) (int, error) // a figure, for facts: nobody asks
}

// Agreed is an agreement as the minutes show it.
type Agreed struct {
	ID        string
	MeetingID string
	Body      string
	Kept      string // met, partly, open: how it went by the next hour; "" when not asked yet
}

// Service is what can be done with meetings.
type Service struct {
	db           *db.DB
	clock        clock.Clock
	trajectories *trajectory.Service
	agreements   Agreements
}

// NewService returns the acts of this block.
func NewService(d *db.DB, c clock.Clock, t *trajectory.Service, a Agreements) *Service {
	return &Service{d, c, t, a}
}

// object is a meeting as it stands to the person asking. Whoever leads the hour leads it,
// also without leading the theme; who left the group keeps no right on what they made.
func object(seen trajectory.Seen, m Meeting) access.Object {
	owner, inside := "", seen.Role != trajectory.NoOne && seen.Role != trajectory.Guest
	if inside {
		owner = m.MadeBy
	}
	o := seen.Object(access.Meeting, owner)
	if inside && m.HostID == seen.Who.ID {
		o.MyRole |= access.AsLead
	}
	if m.asked(seen.Who.ID) {
		o.MyRole |= access.AsAddressee
	}
	return o
}

// may asks a right on a meeting. One that is still being made is there only for those
// who can make it.
func may(seen trajectory.Seen, m Meeting, action access.Action) bool {
	o := object(seen, m)
	if m.State == Draft && !access.May(seen.Who, access.Edit, o) {
		return false
	}
	return access.May(seen.Who, action, o)
}

// act opens an act on one meeting of a trajectory; a meeting of another trajectory is absent.
func (s *Service) act(ctx context.Context, who access.Who, trajectoryID, id string, action access.Action, f func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error) error {
	return s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		m, err := byID(ctx, tx, trajectoryID, id)
		if err != nil {
			return err
		}
		if !may(seen, m, action) {
			return errs.Absent()
		}
		return f(tx, seen, m, now)
	})
}

// Make plans the next meeting with the items that were proposed and kept; who makes it
// leads the hour unless the plan names somebody. Who: those who take part. Returns the
// meeting's id.
func (s *Service) Make(ctx context.Context, who access.Who, trajectoryID string, p Plan, items []NewItem) (string, error) {
	if err := p.Check(s.clock.Now()); err != nil {
		return "", err
	}
	if err := checkItems(items); err != nil {
		return "", err
	}
	id := ""
	err := s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := seen.Must(access.Create, access.Meeting, ""); err != nil {
			return err
		}
		if err := seen.Must(access.Edit, access.Trajectory, ""); err != nil { // a colleague makes no hour for another group
			return err
		}
		if err := inGroup(ctx, tx, seen, p); err != nil {
			return err
		}
		id = ident.At(now)
		m := Meeting{ID: id, TrajectoryID: trajectoryID, VisitID: seen.VisitID, StartsAt: p.StartsAt, Minutes: p.Minutes, Place: p.Place, Bring: p.Bring, State: Draft,
			HostID: p.HostID, KeeperID: p.KeeperID, TimekeeperID: p.TimerID, Guests: p.Guests, MadeBy: who.ID, MadeAt: now}
		if m.HostID == "" {
			m.HostID = who.ID
		}
		if err := insert(ctx, tx, m); err != nil {
			return err
		}
		for n, i := range items {
			if err := insertItem(ctx, tx, i.item(ident.At(now), id, n+1)); err != nil {
				return err
			}
		}
		return note(ctx, tx, seen, eventPlanned, m, now)
	})
	return id, errs.Because(err, "plan a meeting of trajectory %s", trajectoryID)
}

// inGroup refuses a role for somebody who does not take part, and a guest who is none.
func inGroup(ctx context.Context, tx *db.Tx, seen trajectory.Seen, p Plan) error {
	for _, c := range []struct {
		ids   []string
		guest bool
		field string
	}{{[]string{p.HostID}, false, "host"}, {[]string{p.KeeperID}, false, "keeper"}, {[]string{p.TimerID}, false, "timer"}, {p.Guests, true, "guests"}} {
		if len(c.ids) == 0 || c.ids[0] == "" {
			continue
		}
		known, err := db.One(ctx, tx, `select count(distinct p.id) from person p where p.id in `+db.In("$2")+` and p.state in ('active', 'invited') and exists (
			select 1 from participant x where x.trajectory_id = $1 and x.left_at is null
				and ((x.person_id = p.id and (x.role = 'guest') = $3) or (x.role = 'lead' and x.stand_in_id = p.id and not $3)))`, db.Int, seen.ID, c.ids, c.guest)
		if err != nil {
			return err
		}
		if known != len(c.ids) {
			return errs.Invalid("meeting.not_in_group").On(c.field)
		}
	}
	return nil
}

// Change changes when, where and who does what. version is the one that the page showed.
// Once the hour has begun its time stays. Who: those who take part.
func (s *Service) Change(ctx context.Context, who access.Who, trajectoryID, id string, version int, p Plan) error {
	if err := p.Check(s.clock.Now()); err != nil {
		return err
	}
	err := s.act(ctx, who, trajectoryID, id, access.Edit, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		if err := inGroup(ctx, tx, seen, p); err != nil {
			return err
		}
		next, err := m.planned(p)
		if err != nil {
			return err
		}
		if err := update(ctx, tx, next, version); err != nil {
			return err
		}
		return note(ctx, tx, seen, eventChanged, m, now)
	})
	return errs.Because(err, "change meeting %s", id)
}

// PutReady shows the hour to everybody who may read the trajectory. Who: the host, the
// lead, or who planned it.
func (s *Service) PutReady(ctx context.Context, who access.Who, trajectoryID, id string) error {
	err := s.act(ctx, who, trajectoryID, id, access.Lead, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		switch m.State {
		case Ready:
			return nil // pressed twice
		case Draft:
		default:
			return errs.Invalid("meeting.has_begun")
		}
		items, err := itemsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if len(items) == 0 {
			return errs.Invalid("meeting.no_items")
		}
		m.State = Ready
		if err := update(ctx, tx, m, 0); err != nil {
			return err
		}
		return note(ctx, tx, seen, eventReady, m, now)
	})
	return errs.Because(err, "put meeting %s ready", id)
}

// Cancel takes a meeting off the calendar. What was brought in before stays readable.
// Who: the host, the lead, or who planned it.
func (s *Service) Cancel(ctx context.Context, who access.Who, trajectoryID, id string) error {
	err := s.act(ctx, who, trajectoryID, id, access.Lead, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		switch m.State {
		case Cancelled:
			return nil
		case Closed:
			return errs.Invalid("meeting.over")
		}
		m.State, m.CurrentID = Cancelled, ""
		if err := update(ctx, tx, m, 0); err != nil {
			return err
		}
		return note(ctx, tx, seen, eventCancelled, m, now)
	})
	return errs.Because(err, "cancel meeting %s", id)
}
