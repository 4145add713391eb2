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
	"leerkring/school"
	"leerkring/trajectory"
)

// Service hands over what people carry.
type Service struct {
	db           *db.DB
	clock        clock.Clock
	schools      *school.Service
	trajectories *trajectory.Service
	sources      []carry.Source
	by           map[carry.Kind]carry.Source
}

// NewService returns the acts of this room; the sources are the rooms in which people carry
// something.
func NewService(d *db.DB, c clock.Clock, s *school.Service, t *trajectory.Service, sources ...carry.Source) *Service {
	x := &Service{db: d, clock: c, schools: s, trajectories: t, sources: sources, by: map[carry.Kind]carry.Source{}}
	for _, src := range sources {
		for _, kind := range src.Kinds() {
			x.by[kind] = src
		}
	}
	return x
}

// carried gathers what people carry. That somebody takes part is left out: it is no work to hand
// over.
func (s *Service) carried(ctx context.Context, q db.Queryer, of carry.Of) ([]carry.Item, error) {
	all, err := s.all(ctx, q, of)
	return slices.DeleteFunc(all, func(i carry.Item) bool { return i.Kind == carry.Member }), err
}

func (s *Service) all(ctx context.Context, q db.Queryer, of carry.Of) ([]carry.Item, error) {
	if len(of.People) == 0 {
		return nil, nil
	}
	var out []carry.Item
	for _, src := range s.sources {
		list, err := src.Carried(ctx, q, of)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	sorted(out)
	return out, nil
}

// Carries reports whether somebody still carries work of others: for pages on which people
// leave. Who: the person, or who looks after the account; it tells no number.
func (s *Service) Carries(ctx context.Context, q db.Queryer, personID string) (bool, error) {
	if personID == "" {
		return false, nil
	}
	list, err := s.carried(ctx, q, carry.Of{People: []string{personID}})
	return len(list) > 0, err
}

// OpenIn is what the leads of a trajectory carry in it: what is to be handed over before one of
// them leaves. The caller may read the trajectory.
func (s *Service) OpenIn(ctx context.Context, q db.Queryer, seen trajectory.Seen) ([]carry.Item, error) {
	able, err := s.trajectories.Leading(ctx, q, []string{seen.ID})
	if err != nil {
		return nil, err
	}
	var leads []string
	for _, a := range able[seen.ID] {
		if !a.StandsIn {
			leads = append(leads, a.PersonID)
		}
	}
	return s.carried(ctx, q, carry.Of{People: leads, TrajectoryID: seen.ID})
}

// Nobodys is what nobody carries any more in a trajectory: the account of who had it is closed. In
// a constant number of queries. The caller may read the trajectory.
func (s *Service) Nobodys(ctx context.Context, q db.Queryer, seen trajectory.Seen) ([]carry.Item, error) {
	closed, err := db.All(ctx, q, `select id from person where board_id = $1 and state in ('suspended', 'left') order by id`, db.Str, seen.School.BoardID)
	if err != nil {
		return nil, err
	}
	return s.carried(ctx, q, carry.Of{People: closed, TrajectoryID: seen.ID})
}

// zone is the clock on the wall of a school.
func zone(ctx context.Context, q db.Queryer, schoolID string) (*time.Location, error) {
	sc, err := school.Read(ctx, q, schoolID)
	return sc.Location(), err
}

// pass hands one thing over in its own room. What its room refuses is left where it is.
func (s *Service) pass(ctx context.Context, tx *db.Tx, m carry.Move) (was string, moved bool, err error) {
	src, ok := s.by[m.Kind]
	if !ok {
		return "", false, nil
	}
	was, moved, err = src.Pass(ctx, tx, m)
	if errs.IsAbsent(err) {
		return "", false, nil
	}
	return was, moved, err
}

// give passes things to people and keeps where they went. to names the receiver of an item, ""
// leaves it. What was received from somebody else goes on under their name.
func (s *Service) give(ctx context.Context, tx *db.Tx, h Handover, items []carry.Item, to func(carry.Item) string, byID string, now time.Time) (int, error) {
	given, at := 0, 0
	for _, i := range items {
		receiver := to(i)
		if receiver == "" || receiver == h.FromID {
			continue
		}
		held, err := standing(ctx, tx, i.Kind, i.ID, h.FromID)
		if err != nil {
			return given, err
		}
		m := carry.Move{Kind: i.Kind, ID: i.ID, From: h.FromID, To: receiver, ByID: byID, At: now}
		if len(held) > 0 {
			m.Was = held[0].Was
		}
		was, moved, err := s.pass(ctx, tx, m)
		if err != nil && (h.Kind != Substitute || !errs.Is(err, errs.KindInvalid)) { // nobody is there to choose another
			return given, err
		}
		if err != nil || !moved {
			continue
		}
		given++
		if len(held) > 0 {
			if err := moveItem(ctx, tx, held[0].ID, receiver, was); err != nil {
				return given, err
			}
			continue
		}
		i.OwnerID = receiver
		if err := insertItem(ctx, tx, Item{ID: ident.At(now), HandoverID: h.ID, Item: i, Position: at, Was: was}); err != nil {
			return given, err
		}
		at++
	}
	return given, nil
}

func moveItem(ctx context.Context, tx *db.Tx, id, to, was string) error {
	_, err := db.Exec(ctx, tx, `update handover_item set to_id = $2, was = $3 where id = $1`, id, to, was)
	return err
}

func endItem(ctx context.Context, tx *db.Tx, id string, state State, now time.Time) error {
	_, err := db.Exec(ctx, tx, `update handover_item set state = $2, ended_at = $3 where id = $1`, id, string(state), now)
	return err
}

// back gives one thing back to who had it first.
func (s *Service) back(ctx context.Context, tx *db.Tx, h Handover, i Item, byID string, now time.Time) error {
	_, moved, err := s.pass(ctx, tx, carry.Move{Kind: i.Kind, ID: i.Item.ID, From: i.OwnerID, To: h.FromID, ByID: byID, Back: true, Was: i.Was, At: now})
	state := Back
	switch {
	case errs.Is(err, errs.KindInvalid), err == nil && !moved:
		state = Stays // settled or changed; or its giver cannot have it any more
	case err != nil:
		return err
	}
	return endItem(ctx, tx, i.ID, state, now)
}

// backs ends what is still with others, the last one first: who led falls back before who
// joined leaves. home says that it goes back; else it stays.
func (s *Service) backs(ctx context.Context, tx *db.Tx, h Handover, home bool, byID string, now time.Time) error {
	items, err := itemsOf(db.Afresh(ctx), tx, []string{h.ID})
	if err != nil {
		return err
	}
	if err := lockAll(ctx, tx, items); err != nil {
		return err
	}
	if items, err = itemsOf(db.Afresh(ctx), tx, []string{h.ID}); err != nil { // as they are now that nobody else moves them
		return err
	}
	for _, i := range slices.Backward(items) {
		if i.State != With {
			continue
		}
		if home {
			err = s.back(ctx, tx, h, i, byID, now)
		} else {
			err = endItem(ctx, tx, i.ID, Stays, now)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// end closes a handover: what goes back has gone, and the substitute is out of the teams that
// they came into by it.
func (s *Service) end(ctx context.Context, tx *db.Tx, h Handover, home bool, byID string, now time.Time) error {
	if err := s.backs(ctx, tx, h, home, byID, now); err != nil {
		return err
	}
	if len(h.Teams) > 0 {
		if _, err := db.Exec(ctx, tx, `delete from team_member where person_id = $1 and team_id in `+db.In("$2"), h.ToID, h.Teams); err != nil {
			return err
		}
	}
	if _, err := db.Exec(ctx, tx, `update handover set ended_at = $2 where id = $1 and ended_at is null`, h.ID, now); err != nil {
		return err
	}
	return note(ctx, tx, h, "handover.ended", byID, now)
}

// lockAll holds the trajectories of some items, in one order, before anything changes.
func lockAll[T carry.Item | Item](ctx context.Context, tx *db.Tx, items []T) error {
	var ids []string
	for _, i := range items {
		switch x := any(i).(type) {
		case carry.Item:
			ids = append(ids, x.TrajectoryID)
		case Item:
			ids = append(ids, x.TrajectoryID)
		}
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		if id == "" {
			continue
		}
		if err := db.Lock(ctx, tx, "trajectory", id); err != nil {
			return err
		}
	}
	return nil
}

// self is the thing that an own page is about, as the rights see it.
func self(who access.Who) access.Object {
	return access.Object{Kind: access.Account, BoardID: who.BoardID, OwnerID: who.ID}
}
