package session

import (
	"context"
	"slices"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/method"
)

// Change changes when and where it is held and what it is about. version is the one that the page
// showed. Who: the host.
func (s *Service) Change(ctx context.Context, who access.Who, id string, version int, p Plan) error {
	return s.hosting(ctx, who, id, func(tx *db.Tx, seen Seen) (Session, error) {
		switch {
		case seen.State != Planned:
			return Session{}, errs.Invalid("session.has_begun")
		case version != seen.Version:
			return Session{}, errs.Conflict("form.changed_meanwhile")
		}
		if err := p.Check(seen.Pack, seen.Now); err != nil {
			return Session{}, err
		}
		next := seen.Session
		next.Title, next.StartsAt, next.Place = p.Title, p.StartsAt, p.Place
		return next, nil
	})
}

// Ask asks more people. Who: the host. While it runs somebody can be asked too: they come in
// between two steps, and read what is written from then on.
func (s *Service) Ask(ctx context.Context, who access.Who, id string, people []string) error {
	return s.hosting(ctx, who, id, func(tx *db.Tx, seen Seen) (Session, error) {
		if seen.State.Over() {
			return Session{}, errs.Invalid("session.over")
		}
		if len(seen.People)+len(people) > maxPeople {
			return Session{}, errs.Invalid("session.too_many", "max", maxPeople).On("people")
		}
		return seen.Session, s.ask(ctx, tx, seen.Session, people)
	})
}

// Join comes in. For a closed circle confirmed says that nobody here appraises another, and that
// what is said stays here. Who: who is asked.
func (s *Service) Join(ctx context.Context, who access.Who, id string, confirmed bool) error {
	return s.act(ctx, who, id, func(tx *db.Tx, seen Seen) (Session, error) {
		if seen.Me.PersonID == "" {
			return Session{}, errs.Absent()
		}
		if seen.Circle == method.CircleClosed && !confirmed {
			return Session{}, errs.Invalid("session.confirm").On("confirm")
		}
		return s.enter(ctx, tx, seen, seen.Me)
	})
}

// enter lets somebody in. Who leads people comes in before the start or not at all, in a closed
// circle; who comes later than the start was there from the next step on.
func (s *Service) enter(ctx context.Context, tx *db.Tx, seen Seen, p Person) (Session, error) {
	switch {
	case seen.State.Over():
		return Session{}, errs.Invalid("session.over")
	case p.State == In:
		return seen.Session, nil
	}
	late := seen.State == Running && (p.State == Invited || p.FromStep < 0) // was not there at the start
	switch {
	case late && p.Leads && seen.Circle == method.CircleClosed:
		return Session{}, errs.Invalid("session.leader_late")
	case seen.State == Running && len(seen.People.There()) >= seen.Pack.Session.Group.Max:
		return Session{}, errs.Invalid("session.too_full", "max", seen.Pack.Session.Group.Max)
	case late:
		p.FromStep, p.Place = seen.Step+1, len(seen.People)+1
	case seen.State == Planned:
		p.FromStep = 0
	}
	p.State = In
	return seen.Session, putPerson(ctx, tx, p)
}

// Leave goes out; what somebody wrote stays theirs. A turn goes on to the next. Who: who is there.
func (s *Service) Leave(ctx context.Context, who access.Who, id string) error {
	return s.act(ctx, who, id, func(tx *db.Tx, seen Seen) (Session, error) {
		if seen.Me.PersonID == "" || seen.State.Over() {
			return Session{}, errs.Absent()
		}
		return s.goOut(ctx, tx, seen, seen.Me)
	})
}

func (s *Service) goOut(ctx context.Context, tx *db.Tx, seen Seen, p Person) (Session, error) {
	next := seen.Session
	if next.State == Running {
		next.Floor.Queue = slices.DeleteFunc(slices.Clone(next.Floor.Queue), func(id string) bool { return id == p.PersonID })
		var err error
		if next, err = next.PassOn(p.PersonID, false, seen.Now); err != nil {
			return next, err
		}
	}
	// Whoever goes before the start, or without having come in, was not there: coming back later opens
	// nothing of what was said meanwhile.
	if next.State != Running || p.State == Invited {
		p.FromStep = neverThere
	}
	p.State = Out
	return next, putPerson(ctx, tx, p)
}

// Here says for somebody else that they are in the room, or are not: six people and one laptop.
// Who: the host. For a closed circle the host confirms for the whole room.
func (s *Service) Here(ctx context.Context, who access.Who, id, personID string, here, confirmed bool) error {
	return s.hosting(ctx, who, id, func(tx *db.Tx, seen Seen) (Session, error) {
		p, ok := seen.People.Find(personID)
		switch {
		case !ok:
			return Session{}, errs.Absent()
		case here && seen.Circle == method.CircleClosed && !confirmed:
			return Session{}, errs.Invalid("session.confirm").On("confirm")
		case here:
			return s.enter(ctx, tx, seen, p)
		case seen.State == Planned:
			p.State = Invited
			return seen.Session, putPerson(ctx, tx, p)
		}
		return s.goOut(ctx, tx, seen, p)
	})
}

// TakeRole gives somebody a role of the pack, or takes it back with "". Before the start anybody of
// the circle takes a role for themselves; the host arranges it for all.
func (s *Service) TakeRole(ctx context.Context, who access.Who, id, personID, role string) error {
	return s.act(ctx, who, id, func(tx *db.Tx, seen Seen) (Session, error) {
		p, ok := seen.People.Find(personID)
		switch {
		case !ok || (personID != who.ID && !seen.Hosts()) || seen.Me.State == Out:
			return Session{}, errs.Absent()
		case seen.State.Over():
			return Session{}, errs.Invalid("session.over")
		case seen.State == Running && !seen.Hosts():
			return Session{}, errs.Invalid("session.has_begun")
		case role == RoleOrganiser || p.Role == RoleOrganiser:
			return Session{}, errs.Absent() // see Organise: who organises reads what people chose
		case role == method.RoleHost:
			return seen.Session.TakeOver(seen.People, personID)
		case role == method.RolePresenter && p.Role != role && seen.presenterStands():
			return Session{}, errs.Invalid("session.presenter_stays").On("presenter")
		case role != "" && !hasRole(seen.Pack, role):
			return Session{}, errs.Invalid("form.choose").On("role")
		case role == method.RolePresenter && personID == seen.HostID:
			return Session{}, errs.Invalid("session.host_presents").On("role")
		}
		if role != "" { // each role is one person's
			for _, other := range seen.People.With(role) {
				other.Role = ""
				if err := putPerson(ctx, tx, other); err != nil {
					return Session{}, err
				}
			}
		}
		p.Role = role
		return seen.Session, putPerson(ctx, tx, p)
	})
}

// DropRole leaves a role to nobody. Who: the host.
func (s *Service) DropRole(ctx context.Context, who access.Who, id, role string) error {
	return s.hosting(ctx, who, id, func(tx *db.Tx, seen Seen) (Session, error) {
		if seen.State.Over() {
			return Session{}, errs.Invalid("session.over")
		}
		if role == method.RolePresenter && seen.presenterStands() {
			return Session{}, errs.Invalid("session.presenter_stays").On("presenter")
		}
		for _, p := range seen.People.With(role) {
			p.Role = ""
			if err := putPerson(ctx, tx, p); err != nil {
				return Session{}, err
			}
		}
		return seen.Session, nil
	})
}

// TakeOver makes the person asking lead: the battery of who led is empty. Nothing is lost by it.
// Who: anybody of the circle, but not who brings something in.
func (s *Service) TakeOver(ctx context.Context, who access.Who, id string) error {
	return s.act(ctx, who, id, func(_ *db.Tx, seen Seen) (Session, error) {
		return seen.Session.TakeOver(seen.People, who.ID)
	})
}

// Begin starts the session. Who: the host.
func (s *Service) Begin(ctx context.Context, who access.Who, id string) error {
	return s.hosting(ctx, who, id, func(tx *db.Tx, seen Seen) (Session, error) {
		if seen.Me.State == Invited { // who presses start is there
			seen.Me.State = In
			for i := range seen.People {
				if seen.People[i].PersonID == who.ID {
					seen.People[i].State = In
				}
			}
		}
		next, circle, err := seen.Session.Begin(seen.Pack, seen.People, seen.Now)
		if err != nil || seen.State == Running {
			return next, err
		}
		for _, p := range circle {
			if err := putPerson(ctx, tx, p); err != nil {
				return next, err
			}
		}
		return next, nil
	})
}

// Next goes to the next step, from the one that the page showed. Who: the host.
func (s *Service) Next(ctx context.Context, who access.Who, id string, from int) error {
	return s.hosting(ctx, who, id, func(_ *db.Tx, seen Seen) (Session, error) {
		return seen.Session.Next(seen.Pack, seen.People, from, seen.Now)
	})
}

// Back goes back to a stage, where the method allows it. Who: the host.
func (s *Service) Back(ctx context.Context, who access.Who, id, stageID string, from int) error {
	return s.hosting(ctx, who, id, func(_ *db.Tx, seen Seen) (Session, error) {
		return seen.Session.Back(seen.Pack, seen.People, stageID, from, seen.Now)
	})
}

// More adds two minutes. Who: the host.
func (s *Service) More(ctx context.Context, who access.Who, id string, from int) error {
	return s.hosting(ctx, who, id, func(_ *db.Tx, seen Seen) (Session, error) {
		return seen.Session.More(seen.Pack, from)
	})
}

// Pause lets the clock rest. Who: the host.
func (s *Service) Pause(ctx context.Context, who access.Who, id string) error {
	return s.hosting(ctx, who, id, func(_ *db.Tx, seen Seen) (Session, error) { return seen.Session.Pause(false, seen.Now) })
}

// Stop lets the clock rest for everybody, without a name. Who: anybody who is there.
func (s *Service) Stop(ctx context.Context, who access.Who, id string) error {
	return s.inside(ctx, who, id, func(_ *db.Tx, seen Seen) (Session, error) { return seen.Session.Pause(true, seen.Now) })
}

// Resume lets the clock run on. Who: the host.
func (s *Service) Resume(ctx context.Context, who access.Who, id string) error {
	return s.hosting(ctx, who, id, func(_ *db.Tx, seen Seen) (Session, error) { return seen.Session.Resume(seen.Now) })
}

// PassOn gives the turn to the next. of is whose turn the page showed. Who: whose turn it is, and
// the host.
func (s *Service) PassOn(ctx context.Context, who access.Who, id, of string, passed bool) error {
	return s.inside(ctx, who, id, func(_ *db.Tx, seen Seen) (Session, error) {
		if of != who.ID && !seen.Hosts() {
			return Session{}, errs.Absent()
		}
		return seen.Session.PassOn(of, passed, seen.Now)
	})
}

// Hand raises a hand or takes it down. Who: anybody who is there; the host for somebody in the room.
func (s *Service) Hand(ctx context.Context, who access.Who, id, personID string, up bool) error {
	return s.inside(ctx, who, id, func(_ *db.Tx, seen Seen) (Session, error) {
		if p, ok := seen.People.Find(personID); !ok || p.State != In || (personID != who.ID && !seen.Hosts()) {
			return Session{}, errs.Absent()
		}
		return seen.Session.Hand(seen.Pack, personID, up, seen.Now)
	})
}

// Ready says that somebody is done with writing, or not yet. Who: the person.
func (s *Service) Ready(ctx context.Context, who access.Who, id string, done bool) error {
	return s.inside(ctx, who, id, func(_ *db.Tx, seen Seen) (Session, error) { return seen.Session.Ready(who.ID, done) })
}

// Close ends the session. Who: the host.
func (s *Service) Close(ctx context.Context, who access.Who, id string) error {
	return s.hosting(ctx, who, id, func(_ *db.Tx, seen Seen) (Session, error) { return seen.Session.Close(seen.Now, seen.Zone) })
}

// Cancel takes it off the calendar. What was written beforehand is erased with it. Who: the host.
func (s *Service) Cancel(ctx context.Context, who access.Who, id string) error {
	return s.hosting(ctx, who, id, func(_ *db.Tx, seen Seen) (Session, error) {
		if seen.State == Running && len(seen.People.There()) > 1 {
			return Session{}, errs.Invalid("session.has_begun")
		}
		return seen.Session.Cancel(seen.Now, seen.Zone)
	})
}
