package handover

import (
	"context"
	"slices"
	"time"

	"leerkring/carry"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
)

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
// leaves it. What was received from somebody else goes on under their name. Of a substitute it is
// kept of each thing that it was asked, so that it is asked once.
func (s *Service) give(ctx context.Context, tx *db.Tx, h Handover, items []carry.Item, to func(carry.Item) string, byID string, now time.Time) (int, error) {
	at, err := db.One(db.Afresh(ctx), tx, `select coalesce(max(position) + 1, 0) from handover_item where handover_id = $1`, db.Int, h.ID)
	if err != nil {
		return 0, err
	}
	given := 0
	for _, i := range items {
		receiver := to(i)
		if receiver == "" || receiver == h.FromID {
			continue
		}
		kept, went, err := s.giveOne(ctx, tx, h, i, receiver, byID, now)
		if err != nil {
			return given, err
		}
		if went {
			given++
		}
		if kept.State == Stays && h.Kind != Substitute {
			continue
		}
		kept.ID, kept.HandoverID, kept.Position = ident.At(now), h.ID, at
		if err := insertItem(ctx, tx, kept, now); err != nil {
			return given, err
		}
		at++
	}
	return given, nil
}

// giveOne passes one thing, and tells how the handover has it: With, or Stays when it could not go or
// went under the name of who gave it first. That somebody takes part is no errand of others: it goes
// under the own name always.
func (s *Service) giveOne(ctx context.Context, tx *db.Tx, h Handover, i carry.Item, receiver, byID string, now time.Time) (kept Item, went bool, err error) {
	kept = Item{Item: i, State: Stays}
	kept.OwnerID = receiver
	var held []Item
	if i.Kind != carry.Member {
		if held, err = standing(db.Afresh(ctx), tx, i.Kind, i.ID, h.FromID); err != nil {
			return kept, false, err
		}
	}
	m := carry.Move{Kind: i.Kind, ID: i.ID, From: h.FromID, To: receiver, ByID: byID, At: now}
	if len(held) > 0 {
		m.Was = held[0].Was
		if m.Back, err = gaveFirst(ctx, tx, held[0], receiver); err != nil {
			return kept, false, err
		}
	}
	was, moved, err := s.pass(ctx, tx, m)
	switch {
	case err != nil && (h.Kind != Substitute || !errs.Is(err, errs.KindInvalid)): // nobody is there to choose another
		return kept, false, err
	case err != nil || !moved:
		return kept, false, nil
	case len(held) == 0:
		kept.State, kept.Was = With, was
		return kept, true, nil
	case m.Back:
		return kept, true, s.gone(ctx, tx, held[0], byID, now)
	}
	return kept, true, moveItem(ctx, tx, held[0].ID, receiver, was)
}

// gaveFirst reports whether it was this person who gave a thing: it then simply goes back.
func gaveFirst(ctx context.Context, q db.Queryer, i Item, personID string) (bool, error) {
	n, err := db.One(ctx, q, `select count(*) from handover where id = $1 and from_id = $2`, db.Int, i.HandoverID, personID)
	return n > 0, err
}

// gone ends a thing that went back outside its own handover, and that one when it was the last. The
// trajectory is held already, so that the handover is not: others take them the other way round.
func (s *Service) gone(ctx context.Context, tx *db.Tx, i Item, by string, now time.Time) error {
	if err := endItem(ctx, tx, i.ID, Back, now); err != nil {
		return err
	}
	h, err := db.One(db.Afresh(ctx), tx, `select `+columns+from+`where h.id = $1`, fields, i.HandoverID)
	if err != nil {
		return err
	}
	return s.endIfEmpty(ctx, tx, h, by, now)
}

func moveItem(ctx context.Context, tx *db.Tx, id, to, was string) error {
	_, err := db.Exec(ctx, tx, `update handover_item set to_id = $2, was = $3 where id = $1`, id, to, was)
	return err
}

func endItem(ctx context.Context, tx *db.Tx, id string, state State, now time.Time) error {
	_, err := db.Exec(ctx, tx, `update handover_item set state = $2, ended_at = $3 where id = $1`, id, string(state), now)
	return err
}

// back gives one thing back to who had it first. When that account is closed it waits for the group
// under that name; what belongs to no group stays with who has it, for nobody would find it.
func (s *Service) back(ctx context.Context, tx *db.Tx, h Handover, i Item, byID string, now time.Time) error {
	waits := h.Giver.Closed()
	if waits && i.TrajectoryID == "" {
		return endItem(ctx, tx, i.ID, Stays, now)
	}
	_, moved, err := s.pass(ctx, tx, carry.Move{Kind: i.Kind, ID: i.Item.ID, From: i.OwnerID, To: h.FromID, ByID: byID, Back: true, Was: i.Was, Waits: waits, At: now})
	state := Back
	switch {
	case errs.Is(err, errs.KindInvalid), err == nil && !moved:
		state = Stays // settled or changed; or its giver cannot have it any more
	case err != nil:
		return err
	}
	return endItem(ctx, tx, i.ID, state, now)
}

// returns gives what a substitute carried on for a third person, under that one's name, to whom
// they stood in for: until its own day comes it is as it was before.
func (s *Service) returns(ctx context.Context, tx *db.Tx, h Handover, i Item, byID string, now time.Time) error {
	held, err := standing(db.Afresh(ctx), tx, i.Kind, i.Item.ID, h.ToID)
	if err != nil || len(held) == 0 || held[0].HandoverID == h.ID || h.Giver.Closed() {
		return err
	}
	was, moved, err := s.pass(ctx, tx, carry.Move{Kind: i.Kind, ID: i.Item.ID, From: h.ToID, To: h.FromID, ByID: byID, Was: held[0].Was, At: now})
	if err != nil || !moved {
		if errs.Is(err, errs.KindInvalid) {
			err = nil
		}
		return err
	}
	return moveItem(ctx, tx, held[0].ID, h.FromID, was)
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
		switch {
		case i.State == Stays && h.Kind == Substitute:
			err = s.returns(ctx, tx, h, i, byID, now)
		case i.State != With:
		case home:
			err = s.back(ctx, tx, h, i, byID, now)
		default:
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
