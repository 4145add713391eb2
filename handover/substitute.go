package handover

import (
	"context"
	"slices"
	"time"

	"leerkring/access"
	"leerkring/carry"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
	"leerkring/school"
)

// Standing is what an admin says of a substitute.
type Standing struct {
	ToID    string
	FromOn  clock.Date // the first day
	UntilOn clock.Date // the day on which the other is back
}

// Check refuses days that cannot be. The groups are told first, so that it begins tomorrow at
// the earliest.
func (x Standing) Check(personID string, today clock.Date) error {
	var refused []error
	switch {
	case x.ToID == "":
		refused = append(refused, errs.Invalid("handover.choose").On("substitute"))
	case x.ToID == personID:
		refused = append(refused, errs.Invalid("handover.substitute_self").On("substitute"))
	}
	if x.FromOn <= today || today.Days(x.FromOn) > longest {
		refused = append(refused, errs.Invalid("handover.from_day").On("from_on"))
	}
	if x.UntilOn <= x.FromOn || x.FromOn.Days(x.UntilOn) > longest {
		refused = append(refused, errs.Invalid("handover.until_day").On("until_on"))
	}
	return errs.Join(refused...)
}

// Announce says that a colleague stands in for somebody from one day until another, and tells
// the groups of that person now who comes. Who: an admin of the school. Nothing of what the
// person carries is told to who does this.
func (s *Service) Announce(ctx context.Context, who access.Who, schoolID, personID string, x Standing) (string, error) {
	now := s.clock.Now()
	h := Handover{ID: ident.At(now), SchoolID: schoolID, Kind: Substitute, FromID: personID, ToID: x.ToID, Lasts: Days, FromOn: x.FromOn, UntilOn: x.UntilOn, MadeBy: who.ID, MadeAt: now}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		sc, err := school.Read(ctx, tx, schoolID)
		if err != nil {
			return err
		}
		if err := access.Must(who, access.Manage, access.Object{Kind: access.Account, BoardID: sc.BoardID, SchoolID: schoolID}); err != nil {
			return err
		}
		if err := x.Check(personID, clock.On(now, sc.Location())); err != nil {
			return err
		}
		if err := works(ctx, tx, schoolID, personID, true); err != nil {
			return err
		}
		if err := works(ctx, tx, schoolID, x.ToID, false); err != nil {
			return err
		}
		if err := db.Lock(ctx, tx, "person", personID); err != nil { // two admins at once
			return err
		}
		n, err := db.One(db.Afresh(ctx), tx, `select count(*) from handover where kind = 'substitute' and from_id = $1 and school_id = $2 and ended_at is null and from_on < $4 and until_on > $3`, db.Int, personID, schoolID, x.FromOn, x.UntilOn)
		if err != nil {
			return err
		}
		if n > 0 {
			return errs.Invalid("handover.substitute_there").On("from_on")
		}
		if err := insert(ctx, tx, h); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, h, now); err != nil {
			return err
		}
		return note(ctx, tx, h, "handover.announced", who.ID, now)
	})
	return h.ID, errs.Because(err, "announce a substitute for %s", personID)
}

// works refuses who does not work at a school. Somebody whose account is closed can be stood in
// for, and stands in for nobody.
func works(ctx context.Context, q db.Queryer, schoolID, personID string, closed bool) error {
	n, err := db.One(ctx, q, `select count(*) from person p join staff f on f.person_id = p.id and f.school_id = $2
		where p.id = $1 and not p.guest and (p.state in ('active', 'invited') or $3 and p.state = 'suspended')`, db.Int, personID, schoolID, closed)
	if err == nil && n == 0 {
		return errs.Absent()
	}
	return err
}

// tell writes below each trajectory of the person that somebody comes.
func (s *Service) tell(ctx context.Context, tx *db.Tx, h Handover, now time.Time) error {
	ids, err := db.All(ctx, tx, `select t.id from participant x join trajectory t on t.id = x.trajectory_id
		where x.person_id = $1 and x.left_at is null and x.role in ('lead', 'member') and t.school_id = $2 and t.state in ('active', 'paused') order by t.id`, db.Str, h.FromID, h.SchoolID)
	for _, id := range ids {
		if err == nil {
			err = journal.Append(ctx, tx, journal.Entry{At: now, ActorID: carry.House, Kind: "substitute.announced", ObjectKind: "person", ObjectID: h.ToID, SchoolID: h.SchoolID, TrajectoryID: id})
		}
	}
	return err
}

// begin lets a substitute step in: into the teams, into the trajectories, and for what the other
// carries at this school.
func (s *Service) begin(ctx context.Context, tx *db.Tx, h Handover, now time.Time) error {
	if err := works(ctx, tx, h.SchoolID, h.ToID, false); errs.IsAbsent(err) {
		return s.end(ctx, tx, h, false, carry.House, now) // who would come has gone
	} else if err != nil {
		return err
	}
	teams, err := db.All(ctx, tx, `insert into team_member (team_id, person_id)
		select m.team_id, $2 from team_member m join team t on t.id = m.team_id where m.person_id = $1 and t.school_id = $3
		on conflict do nothing returning team_id`, db.Str, h.FromID, h.ToID, h.SchoolID)
	if err != nil {
		return err
	}
	slices.Sort(teams)
	if _, err := db.Exec(ctx, tx, `update handover set begun_at = $2, teams = $3 where id = $1`, h.ID, now, db.JSON(teams)); err != nil {
		return err
	}
	items, err := s.carriedAt(db.Afresh(ctx), tx, h)
	if err != nil {
		return err
	}
	if _, err := s.goesTo(ctx, tx, h, items, now); err != nil {
		return err
	}
	return note(ctx, tx, h, "handover.begun", carry.House, now)
}

// carriedAt is what the other carries at the school, as it goes to a substitute: a lead takes part
// too, so the substitute leaves when the day comes.
func (s *Service) carriedAt(ctx context.Context, q db.Queryer, h Handover) ([]carry.Item, error) {
	all, err := s.all(ctx, q, carry.Of{People: []string{h.FromID}})
	var items []carry.Item
	for _, i := range all {
		if i.SchoolID != h.SchoolID {
			continue
		}
		if i.Kind == carry.Lead {
			items = append(items, carry.Item{Kind: carry.Member, ID: i.ID, SchoolID: i.SchoolID, TrajectoryID: i.TrajectoryID, OwnerID: i.OwnerID})
		}
		items = append(items, i)
	}
	return items, err
}

func (s *Service) goesTo(ctx context.Context, tx *db.Tx, h Handover, items []carry.Item, now time.Time) (int, error) {
	if err := lockAll(ctx, tx, items); err != nil {
		return 0, err
	}
	return s.give(ctx, tx, h, items, func(carry.Item) string { return h.ToID }, carry.House, now)
}

// follow gives a substitute what came to the other since the first day. Each thing is asked once in
// the days of one substitute: what was taken back or given back stays where it is, and people who
// stand in for each other do not pass a thing round.
func (s *Service) follow(ctx context.Context, id string, today clock.Date) (int, error) {
	now := s.clock.Now()
	h, err := db.One(db.Afresh(ctx), s.db, `select `+columns+from+`where h.id = $1`, fields, id)
	if err != nil || !h.Follows(today, now) {
		return 0, err
	}
	if items, err := s.since(ctx, s.db, h); err != nil || len(items) == 0 { // mostly there is nothing to write
		return 0, err
	}
	n := 0
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		n = 0
		if h, err = byID(ctx, tx, id); err != nil || !h.Follows(today, now) {
			return err
		}
		if err := works(ctx, tx, h.SchoolID, h.ToID, false); err != nil {
			if errs.IsAbsent(err) { // who stands in has gone: it waits with the group
				return nil
			}
			return err
		}
		items, err := s.since(ctx, tx, h)
		if err != nil {
			return err
		}
		if n, err = s.goesTo(ctx, tx, h, items, now); err != nil || n == 0 {
			return err
		}
		return note(ctx, tx, h, "handover.followed", carry.House, now)
	})
	return n, err
}

// since is what the other carries and the substitute was not asked yet.
func (s *Service) since(ctx context.Context, q db.Queryer, h Handover) ([]carry.Item, error) {
	items, err := s.carriedAt(db.Afresh(ctx), q, h)
	if err != nil || len(items) == 0 {
		return nil, err
	}
	asked, err := itemsOf(db.Afresh(ctx), q, []string{h.ID})
	there := map[string]bool{}
	for _, i := range asked {
		there[i.Key()] = true
	}
	return slices.DeleteFunc(items, func(i carry.Item) bool {
		was := there[i.Key()]
		there[i.Key()] = true // one who leads is told as taking part too
		return was
	}), err
}

// Stop ends a substitute early, or takes back the announcement. Who: an admin of the school.
func (s *Service) Stop(ctx context.Context, who access.Who, schoolID, personID, id string) error {
	now := s.clock.Now()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		sc, err := school.Read(ctx, tx, schoolID)
		if err != nil {
			return err
		}
		if err := access.Must(who, access.Manage, access.Object{Kind: access.Account, BoardID: sc.BoardID, SchoolID: schoolID}); err != nil {
			return err
		}
		h, err := byID(ctx, tx, id)
		if err != nil {
			return err
		}
		if h.Kind != Substitute || h.SchoolID != schoolID || h.FromID != personID {
			return errs.Absent()
		}
		if !h.EndedAt.IsZero() {
			return nil
		}
		return s.end(ctx, tx, h, h.GoesBack(), carry.House, now)
	})
	return errs.Because(err, "stop substitute %s", id)
}

// SubstitutesOf are the substitutes for somebody at a school who stand in or will: who and which
// days, and nothing of the work. Who: an admin of the school.
func (s *Service) SubstitutesOf(ctx context.Context, who access.Who, sc school.School, personID string) ([]Handover, error) {
	if err := access.Must(who, access.Manage, access.Object{Kind: access.Account, BoardID: sc.BoardID, SchoolID: sc.ID}); err != nil {
		return nil, nil
	}
	return db.All(db.Afresh(ctx), s.db, `select `+columns+from+`where h.kind = 'substitute' and h.from_id = $1 and h.school_id = $2 and h.ended_at is null order by h.from_on, h.id`, fields, personID, sc.ID)
}
