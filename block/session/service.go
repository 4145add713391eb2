package session

import (
	"context"
	"slices"
	"strings"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
)

// Service is what can be done with sessions.
type Service struct {
	db           *db.DB
	clock        clock.Clock
	trajectories *trajectory.Service
	goals        Goals
}

// Goals tells what a team counts together. The monitor is another block; cmd connects the two.
type Goals interface {
	Of(ctx context.Context, q db.Queryer, seen trajectory.Seen) ([]Goal, error)
}

// Goal is something that a team counts together, with the newest count.
type Goal struct {
	Body     string
	Unit     string // what is counted: lessons, classes
	Hits, Of int    // 7 of 12; nothing of nothing while it was not counted
}

// NewService returns the acts of this block. Goals may be nil: then a wall shows none.
func NewService(d *db.DB, c clock.Clock, t *trajectory.Service, g Goals) *Service {
	return &Service{d, c, t, g}
}

// Seen is a session as one person meets it, settled to this moment.
type Seen struct {
	Session
	Pack   *method.Pack
	People Circle
	Who    access.Who
	Zone   *time.Location
	Now    time.Time
	Me     Person          // the zero value when the person asking is not of the circle
	Team   trajectory.Role // in the trajectory that it belongs to; NoOne for a closed circle
}

// Steps are the steps of this session. Before it began the run that goes round is laid out for
// those who are asked.
func (s Seen) Steps() []Step {
	laps := s.Laps
	if s.State == Planned {
		laps = LapsFor(s.Pack, max(len(s.People.There()), s.Pack.Session.Group.Ideal))
	}
	return Steps(s.Pack, laps)
}

// At is the present step.
func (s Seen) At() Step { return At(s.Steps(), s.Step) }

// Presenter is who brings something in at the present step, "" when nobody does.
func (s Seen) Presenter() string { return s.Holding(s.Pack, s.People, s.At(), method.RolePresenter) }

// Mine is what the person asking is in the present step.
func (s Seen) Mine() string { return s.RoleOf(s.Pack, s.People, s.At(), s.Who.ID) }

// There reports whether the person asking is in.
func (s Seen) There() bool { return s.Me.State == In }

// object is the session itself as the rights see it: that it is held, never what is said.
func (s Seen) object() access.Object {
	o := access.Object{Kind: access.Session, BoardID: s.BoardID, OwnerID: s.MadeBy, Closed: s.State.Over()}
	if s.Me.PersonID != "" && s.Me.State != Out {
		o.MyRole |= access.AsMember
		if s.Who.Kind == access.Guest {
			o.MyRole = access.AsGuest
		}
	}
	if s.Circle != method.CircleClosed {
		switch s.Team {
		case trajectory.Lead, trajectory.StandIn, trajectory.Member, trajectory.Coach:
			o.MyRole |= access.AsMember
		}
	}
	if s.HostID == s.Who.ID && s.Me.State != Out {
		o.MyRole |= access.AsLead
	}
	return o
}

// May asks a right on the session itself.
func (s Seen) May(action access.Action) bool { return access.May(s.Who, action, s.object()) }

// Hosts reports whether the person asking leads: then they move the steps.
func (s Seen) Hosts() bool { return s.HostID == s.Who.ID && s.Me.PersonID != "" && s.Me.State != Out }

// kindOf is what a text is to the rights: the case itself, what is said about it, or part of the
// work of a team.
func (s Seen) kindOf(t Text) access.Kind {
	_, f, ok := s.Pack.Field(t.FieldID)
	switch {
	case !ok || !private(s.Circle, f):
		return access.Session
	case f.By == method.RolePresenter:
		return access.IntervisionCase
	}
	return access.SessionNote
}

// reads reports whether the person asking may read a text now.
func (s Seen) reads(t Text) bool {
	if !s.Session.Reads(s.Pack, s.People, t, s.Who.ID) {
		return false
	}
	kind := s.kindOf(t)
	if kind == access.Session {
		return s.May(access.Read)
	}
	return access.May(s.Who, access.Read, s.Session.object(s.People, t, kind, s.Who.ID))
}

// Reach returns a session that who may know of, in a constant number of queries.
func (s *Service) Reach(ctx context.Context, q db.Queryer, who access.Who, id string) (Seen, error) {
	ctx = db.Afresh(ctx)
	x, err := byID(ctx, q, id)
	if err != nil {
		return Seen{}, err
	}
	seen := Seen{Session: x, Who: who, Now: s.clock.Now()}
	if seen.People, err = circleOf(ctx, q, id); err != nil {
		return Seen{}, err
	}
	seen.Me, _ = seen.People.Find(who.ID)
	if x.TrajectoryID != "" && x.Circle != method.CircleClosed {
		if t, err := s.trajectories.Reach(ctx, q, who, x.TrajectoryID); err == nil {
			seen.Team = t.Role
		} else if !errs.IsAbsent(err) {
			return Seen{}, err
		}
	}
	if err := access.Must(who, access.Read, seen.object()); err != nil {
		return Seen{}, err
	}
	sc, err := school.Read(ctx, q, x.SchoolID)
	if err != nil {
		return Seen{}, err
	}
	seen.Zone = sc.Location()
	if seen.Pack, err = s.trajectories.PackVersion(ctx, q, x.MethodID, x.MethodVersion); err != nil {
		return Seen{}, err
	}
	seen.Session = seen.Session.Settled(seen.Pack, seen.People, seen.Now)
	return seen, nil
}

// Known returns nil when somebody may know of a session, and otherwise what a session that is not
// there gives: for what only tells that something changed.
func (s *Service) Known(ctx context.Context, who access.Who, id string) error {
	_, err := s.Reach(ctx, s.db, who, id)
	return err
}

// act opens an act on a session that who may know of, alone, and writes what came out.
func (s *Service) act(ctx context.Context, who access.Who, id string, f func(tx *db.Tx, seen Seen) (Session, error)) error {
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if err := db.Lock(ctx, tx, "session", id); err != nil {
			return err
		}
		seen, err := s.Reach(ctx, tx, who, id)
		if err != nil {
			return err
		}
		next, err := f(tx, seen)
		if err != nil {
			return err
		}
		if err := update(ctx, tx, next); err != nil {
			return err
		}
		return note(ctx, tx, seen, next)
	})
	return errs.Because(err, "act on session %s", id)
}

// hosting is an act of who leads the session.
func (s *Service) hosting(ctx context.Context, who access.Who, id string, f func(tx *db.Tx, seen Seen) (Session, error)) error {
	return s.act(ctx, who, id, func(tx *db.Tx, seen Seen) (Session, error) {
		if !seen.Hosts() {
			return Session{}, errs.Absent()
		}
		return f(tx, seen)
	})
}

// inside is an act of somebody who is there.
func (s *Service) inside(ctx context.Context, who access.Who, id string, f func(tx *db.Tx, seen Seen) (Session, error)) error {
	return s.act(ctx, who, id, func(tx *db.Tx, seen Seen) (Session, error) {
		if !seen.There() {
			return Session{}, errs.Absent()
		}
		return f(tx, seen)
	})
}

// Plan calls people together. Who plans it is asked too, and leads unless somebody else is named.
// Who: staff of the school. Returns the id of the session.
func (s *Service) Plan(ctx context.Context, who access.Who, p Plan) (string, error) {
	now := s.clock.Now()
	pack, err := s.startable(ctx, who, p.SchoolID, p.MethodID)
	if err != nil {
		return "", err
	}
	p.Title, p.Place = strings.TrimSpace(p.Title), strings.TrimSpace(p.Place)
	if err := p.Check(pack, now); err != nil {
		return "", err
	}
	id := ident.At(now)
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		sc, err := school.Read(ctx, tx, p.SchoolID)
		if err != nil {
			return err
		}
		if err := access.Must(who, access.Create, access.Object{Kind: access.Session, BoardID: sc.BoardID}); err != nil {
			return err
		}
		if !slices.Contains(who.Schools, sc.ID) {
			return errs.Absent()
		}
		x := Session{ID: id, BoardID: sc.BoardID, SchoolID: sc.ID, MethodID: pack.ID, MethodVersion: pack.Version, Circle: pack.Session.Circle, Title: p.Title, StartsAt: p.StartsAt,
			Place: p.Place, State: Planned, HostID: p.HostID, MadeBy: who.ID, MadeAt: now}
		if x.HostID == "" {
			x.HostID = who.ID
		}
		visit, err := s.belongs(ctx, tx, who, &x, p.TrajectoryID)
		if err != nil {
			return err
		}
		if err := s.trajectories.KeepPack(ctx, tx, pack, now); err != nil {
			return err
		}
		if err := insert(ctx, tx, x, visit); err != nil {
			return err
		}
		all, err := p.everybody(ctx, tx, sc.ID)
		if err != nil {
			return err
		}
		if err := s.ask(ctx, tx, x, append(all, who.ID, x.HostID, p.PresenterID)); err != nil {
			return err
		}
		circle, err := circleOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if p.PresenterID != "" {
			if err := putRole(ctx, tx, circle, p.PresenterID, method.RolePresenter); err != nil {
				return err
			}
		}
		host, ok := circle.Find(x.HostID)
		if !ok || (host.Leads && x.Circle == method.CircleClosed) {
			return errs.Invalid("session.leader_hosts").On("host")
		}
		if x.HostID == who.ID { // who calls the others together is there
			host.State = In
			if err := putPerson(ctx, tx, host); err != nil {
				return err
			}
		}
		return record(ctx, tx, x, who.ID, eventPlanned, 0, 1, now)
	})
	return id, errs.Because(err, "plan a session")
}

// startable is the newest version of a pack that is held as a session. What a school wrote
// itself is known to who works there only.
func (s *Service) startable(ctx context.Context, who access.Who, schoolID, id string) (*method.Pack, error) {
	library := s.trajectories.Library()
	if slices.Contains(who.Schools, schoolID) {
		var err error
		if library, err = s.trajectories.LibraryOf(ctx, s.trajectories.DB(), schoolID); err != nil {
			return nil, err
		}
	}
	pack, ok := library.Latest(id)
	if !ok || pack.Shape != method.ShapeSession {
		return nil, errs.Invalid("session.method_unknown").On("method")
	}
	return pack, nil
}

// belongs ties a session to the trajectory that it is held for, when there is one.
func (s *Service) belongs(ctx context.Context, tx *db.Tx, who access.Who, x *Session, trajectoryID string) (visitID string, err error) {
	if trajectoryID == "" {
		return "", nil
	}
	seen, err := s.trajectories.Reach(ctx, tx, who, trajectoryID)
	if err != nil {
		return "", err
	}
	if err := seen.Must(access.Edit, access.Trajectory, ""); err != nil {
		return "", err
	}
	x.TrajectoryID, x.SchoolID = seen.ID, seen.SchoolID
	return seen.VisitID, nil
}

// ask puts people on the list, as far as they work at the school or take part in the trajectory.
// Who is there already stays as they are.
func (s *Service) ask(ctx context.Context, tx *db.Tx, x Session, people []string) error {
	people = slices.DeleteFunc(people, func(id string) bool { return id == "" })
	slices.Sort(people)
	people = slices.Compact(people)
	known, err := db.All(ctx, tx, `select p.id from person p where p.id in `+db.In("$1")+` and p.state in ('active', 'invited') and (
		exists (select 1 from staff f where f.person_id = p.id and f.school_id = $2)
		or exists (select 1 from participant a where a.person_id = p.id and a.trajectory_id = $3 and a.left_at is null))`, db.Str, people, x.SchoolID, x.TrajectoryID)
	if err != nil {
		return err
	}
	if len(known) != len(people) {
		return errs.Invalid("session.not_here").On("people")
	}
	for i, id := range people {
		if _, err := db.Exec(ctx, tx, `insert into session_person (session_id, person_id, role, place, state, from_step) values ($1, $2, '', $3, 'invited', 0)
			on conflict (session_id, person_id) do nothing`, x.ID, id, i+1); err != nil {
			return err
		}
	}
	return nil
}

func putRole(ctx context.Context, tx *db.Tx, circle Circle, personID, role string) error {
	p, ok := circle.Find(personID)
	if !ok {
		return errs.Invalid("session.not_here").On("presenter")
	}
	p.Role = role
	return putPerson(ctx, tx, p)
}
