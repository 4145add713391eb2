package meeting

import (
	"context"
	"strings"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
	"leerkring/task"
	"leerkring/trajectory"
)

// Agreements keeps what the group settled as a standing agreement. The agreement page
// is another block; cmd connects the two.
type Agreements interface {
	Agree(ctx context.Context, tx *db.Tx, seen trajectory.Seen, meetingID, body string, now time.Time) (string, error)
	OfMeetings(ctx context.Context, q db.Queryer, seen trajectory.Seen, meetingIDs []string) ([]Agreed, error)
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

// entry is the journal entry of an act on a meeting.
func entry(seen trajectory.Seen, kind, id string, version int, now time.Time) journal.Entry {
	return journal.Entry{At: now, ActorID: seen.Who.ID, Kind: kind, ObjectKind: "meeting", ObjectID: id, SchoolID: seen.SchoolID, TrajectoryID: seen.ID, From: version, To: version + 1}
}

// Make plans the next meeting with the items that were proposed and kept. Who: those who
// take part. Returns the meeting's id.
func (s *Service) Make(ctx context.Context, who access.Who, trajectoryID string, p Plan, items []NewItem) (string, error) {
	if err := p.Check(s.clock.Now()); err != nil {
		return "", err
	}
	if len(items) > mostItems {
		return "", errs.Invalid("meeting.many_items", "most", mostItems)
	}
	for _, i := range items {
		if err := i.Check(); err != nil {
			return "", err
		}
	}
	id := ""
	err := s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := seen.Must(access.Edit, access.Trajectory, ""); err != nil {
			return err
		}
		if err := inGroup(ctx, tx, seen, p); err != nil {
			return err
		}
		id = ident.At(now)
		m := Meeting{ID: id, TrajectoryID: trajectoryID, VisitID: seen.VisitID, StartsAt: p.StartsAt, Minutes: p.Minutes, Place: p.Place, Bring: p.Bring, State: Draft,
			HostID: p.HostID, KeeperID: p.KeeperID, TimekeeperID: p.TimerID, MadeBy: who.ID, MadeAt: now}
		if m.HostID == "" {
			m.HostID = who.ID
		}
		if err := insert(ctx, tx, m); err != nil {
			return err
		}
		for n, i := range items {
			if err := insertItem(ctx, tx, Item{ID: ident.At(now), MeetingID: id, Position: n + 1, Part: i.Part, Question: strings.TrimSpace(i.Question), Reason: strings.TrimSpace(i.Reason), ElementID: i.ElementID, Minutes: i.Minutes}); err != nil {
				return err
			}
		}
		return journal.Append(ctx, tx, entry(seen, "meeting.planned", id, 0, now))
	})
	return id, errs.Because(err, "plan a meeting of trajectory %s", trajectoryID)
}

// inGroup refuses a role for somebody who does not take part.
func inGroup(ctx context.Context, tx *db.Tx, seen trajectory.Seen, p Plan) error {
	named := []string{}
	for _, id := range []string{p.HostID, p.KeeperID, p.TimerID} {
		if id != "" {
			named = append(named, id)
		}
	}
	if len(named) == 0 {
		return nil
	}
	unknown, err := db.One(ctx, tx, `select count(*) from person p where p.id in `+db.In("$2")+` and not exists (
		select 1 from participant x where x.trajectory_id = $1 and x.person_id = p.id and x.left_at is null)`, db.Int, seen.ID, named)
	if err == nil && unknown > 0 {
		return errs.Invalid("meeting.not_in_group").On("host")
	}
	return err
}

// act opens an act on one meeting of a trajectory; a meeting of another trajectory is absent.
func (s *Service) act(ctx context.Context, who access.Who, trajectoryID, id string, action access.Action, f func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error) error {
	return s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		m, err := byID(ctx, tx, trajectoryID, id)
		if err != nil {
			return err
		}
		o := seen.Object(access.Meeting, m.MadeBy)
		if m.HostID == who.ID { // whoever leads the hour leads it, also without trekking the theme
			o.MyRole |= access.AsLead
		}
		if err := access.Must(who, action, o); err != nil {
			return err
		}
		return f(tx, seen, m, now)
	})
}

// Change changes when, where and who does what. version is the one that the page showed.
// Who: those who take part.
func (s *Service) Change(ctx context.Context, who access.Who, trajectoryID, id string, version int, p Plan) error {
	if err := p.Check(s.clock.Now()); err != nil {
		return err
	}
	err := s.act(ctx, who, trajectoryID, id, access.Edit, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		if m.State == Closed || m.State == Cancelled {
			return errs.Invalid("meeting.over")
		}
		if err := inGroup(ctx, tx, seen, p); err != nil {
			return err
		}
		m.StartsAt, m.Minutes, m.Place, m.Bring, m.HostID, m.KeeperID, m.TimekeeperID = p.StartsAt, p.Minutes, p.Place, p.Bring, p.HostID, p.KeeperID, p.TimerID
		if err := update(ctx, tx, m, version); err != nil {
			return err
		}
		return journal.Append(ctx, tx, entry(seen, "meeting.changed", id, m.Version, now))
	})
	return errs.Because(err, "change meeting %s", id)
}

// SetItems replaces the items of a meeting that has not begun, or adds to one that has:
// items that were held stay. Who: those who take part.
func (s *Service) SetItems(ctx context.Context, who access.Who, trajectoryID, id string, items []NewItem) error {
	if len(items) > mostItems {
		return errs.Invalid("meeting.many_items", "most", mostItems)
	}
	for _, i := range items {
		if err := i.Check(); err != nil {
			return err
		}
	}
	err := s.act(ctx, who, trajectoryID, id, access.Edit, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		if m.State != Draft && m.State != Ready {
			return errs.Invalid("meeting.has_begun")
		}
		if _, err := db.Exec(ctx, tx, `update meeting_item set removed_at = $2 where meeting_id = $1 and removed_at is null`, id, now); err != nil {
			return err
		}
		for n, i := range items {
			if err := insertItem(ctx, tx, Item{ID: ident.At(now), MeetingID: id, Position: n + 1, Part: i.Part, Question: strings.TrimSpace(i.Question), Reason: strings.TrimSpace(i.Reason), ElementID: i.ElementID, Minutes: i.Minutes}); err != nil {
				return err
			}
		}
		if err := update(ctx, tx, m, 0); err != nil {
			return err
		}
		return journal.Append(ctx, tx, entry(seen, "meeting.changed", id, m.Version, now))
	})
	return errs.Because(err, "items of meeting %s", id)
}

// PutReady shows the hour to everybody in the group. Who: the host or the lead.
func (s *Service) PutReady(ctx context.Context, who access.Who, trajectoryID, id string) error {
	err := s.act(ctx, who, trajectoryID, id, access.Lead, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		if m.State != Draft && m.State != Ready {
			return errs.Invalid("meeting.has_begun")
		}
		m.State = Ready
		if err := update(ctx, tx, m, 0); err != nil {
			return err
		}
		return journal.Append(ctx, tx, entry(seen, "meeting.ready", id, m.Version, now))
	})
	return errs.Because(err, "put meeting %s ready", id)
}

// Cancel takes a meeting off the calendar. Who: the host or the lead.
func (s *Service) Cancel(ctx context.Context, who access.Who, trajectoryID, id string) error {
	err := s.act(ctx, who, trajectoryID, id, access.Lead, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		if m.State == Closed {
			return errs.Invalid("meeting.over")
		}
		m.State, m.CurrentID = Cancelled, ""
		if err := update(ctx, tx, m, 0); err != nil {
			return err
		}
		return journal.Append(ctx, tx, entry(seen, "meeting.cancelled", id, m.Version, now))
	})
	return errs.Because(err, "cancel meeting %s", id)
}

// AddTask gives one person something to do by a date, from this hour. Who: those who take part.
func (s *Service) AddTask(ctx context.Context, who access.Who, trajectoryID, id, ownerID, body string, due clock.Date) error {
	err := s.act(ctx, who, trajectoryID, id, access.Edit, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		if m.State == Cancelled {
			return errs.Invalid("meeting.over")
		}
		_, err := task.Add(ctx, tx, who, task.New{SchoolID: seen.SchoolID, TrajectoryID: seen.ID, SourceKind: "meeting", SourceID: id, OwnerID: ownerID, Body: body, DueOn: due}, now)
		return err
	})
	return errs.Because(err, "task of meeting %s", id)
}

// AddAgreement settles what the group always does from now on. Who: those who take part.
func (s *Service) AddAgreement(ctx context.Context, who access.Who, trajectoryID, id, body string) error {
	err := s.act(ctx, who, trajectoryID, id, access.Edit, func(tx *db.Tx, seen trajectory.Seen, m Meeting, now time.Time) error {
		if m.State == Cancelled {
			return errs.Invalid("meeting.over")
		}
		_, err := s.agreements.Agree(ctx, tx, seen, id, body, now)
		return err
	})
	return errs.Because(err, "agreement of meeting %s", id)
}
