package handover

import (
	"context"
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

// Giving is what somebody hands over: to whom each thing goes, by its key. A thing that is not
// named stays.
type Giving struct {
	Lasts Lasts             // Good or Away
	Until clock.Date        // of Away: the day of coming back
	To    map[string]string // key of an item → person
}

// Give hands over what somebody carries. For as long as they are away, the day of coming back is
// kept as their own, without a reason. What went already is passed over, so that pressing twice
// gives once. Who: the person, of what they carry.
func (s *Service) Give(ctx context.Context, k school.Known, g Giving) (string, error) {
	if g.Lasts != Good && g.Lasts != Away {
		return "", errs.Invalid("form.choose").On("lasts")
	}
	now := s.clock.Now()
	h := Handover{ID: ident.At(now), SchoolID: k.Home().ID, Kind: Own, FromID: k.Who.ID, Lasts: g.Lasts, MadeBy: k.Who.ID, MadeAt: now, BegunAt: now}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if err := access.Must(k.Who, access.Edit, self(k.Who)); err != nil {
			return err
		}
		items, err := s.carried(db.Afresh(ctx), tx, carry.Of{People: []string{k.Who.ID}})
		if err != nil {
			return err
		}
		if h.SchoolID == "" && len(items) > 0 { // somebody from outside has no school of their own
			h.SchoolID = items[0].SchoolID
		}
		if h.SchoolID == "" || !names(g, items) {
			return errs.Invalid("handover.none").On("lasts")
		}
		if g.Lasts == Away {
			if err := s.schools.AwayIn(ctx, tx, k.Who, g.Until, clock.On(now, k.Home().Location()), now); err != nil {
				return err
			}
		}
		if err := lockAll(ctx, tx, items); err != nil {
			return err
		}
		if err := insert(ctx, tx, h); err != nil {
			return err
		}
		n, err := s.give(ctx, tx, h, items, func(i carry.Item) string { return g.To[i.Key()] }, k.Who.ID, now)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.Invalid("handover.none").On("lasts")
		}
		if err := note(ctx, tx, h, "handover.given", k.Who.ID, now); err != nil {
			return err
		}
		return s.endIfEmpty(ctx, tx, h, k.Who.ID, now) // all of it was of others, and goes on under their names
	})
	return h.ID, errs.Because(err, "hand over what %s carries", k.Who.ID)
}

// names reports whether something is given to somebody.
func names(g Giving, items []carry.Item) bool {
	for _, i := range items {
		if g.To[i.Key()] != "" {
			return true
		}
	}
	return false
}

func note(ctx context.Context, tx *db.Tx, h Handover, kind, byID string, now time.Time) error {
	return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: byID, Kind: kind, ObjectKind: "handover", ObjectID: h.ID, To: 1})
}

// one is an act on one thing of a handover that is with somebody now. may tells whether the
// person asking may do it; else it is absent.
func (s *Service) one(ctx context.Context, who access.Who, itemID string, may func(h Handover, i Item) bool, f func(tx *db.Tx, h Handover, i Item, now time.Time) error) error {
	now := s.clock.Now()
	return s.db.Write(ctx, func(tx *db.Tx) error {
		where, err := db.One(ctx, tx, `select handover_id from handover_item where id = $1`, db.Str, itemID)
		if err != nil {
			return err
		}
		h, err := byID(ctx, tx, where)
		if err != nil {
			return err
		}
		i, err := db.One(db.Afresh(ctx), tx, `select `+itemColumns+` from handover_item i where i.id = $1`, itemFields, itemID)
		if err != nil {
			return err
		}
		if !may(h, i) || i.Kind == carry.Member { // taking part is no errand: it comes and goes with the substitute
			return errs.Absent()
		}
		if i.State != With { // pressed twice, or its day came
			return nil
		}
		if err := lockAll(ctx, tx, []Item{i}); err != nil {
			return err
		}
		return f(tx, h, i, now)
	})
}

func gaveIt(who access.Who) func(Handover, Item) bool {
	return func(h Handover, _ Item) bool { return h.FromID == who.ID }
}

func hasIt(who access.Who) func(Handover, Item) bool {
	return func(_ Handover, i Item) bool { return i.OwnerID == who.ID }
}

// TakeBack takes one thing back. Who: who gave it, or whose part was taken over.
func (s *Service) TakeBack(ctx context.Context, who access.Who, itemID string) error {
	err := s.one(ctx, who, itemID, gaveIt(who), func(tx *db.Tx, h Handover, i Item, now time.Time) error {
		if err := s.back(ctx, tx, h, i, who.ID, now); err != nil {
			return err
		}
		return s.endIfEmpty(ctx, tx, h, who.ID, now)
	})
	return errs.Because(err, "take back %s", itemID)
}

// GiveBack gives one thing back. Who: with whom it is. Refused when who gave it has no account
// any more.
func (s *Service) GiveBack(ctx context.Context, who access.Who, itemID string) error {
	err := s.one(ctx, who, itemID, hasIt(who), func(tx *db.Tx, h Handover, i Item, now time.Time) error {
		return s.giveBack(ctx, tx, h, i, who.ID, now)
	})
	return errs.Because(err, "give back %s", itemID)
}

func (s *Service) giveBack(ctx context.Context, tx *db.Tx, h Handover, i Item, byID string, now time.Time) error {
	if h.Giver.State != school.Active {
		return errs.Invalid("handover.giver_gone", "name", h.Giver.Name)
	}
	if err := s.back(ctx, tx, h, i, byID, now); err != nil {
		return err
	}
	return s.endIfEmpty(ctx, tx, h, byID, now)
}

// PassOn gives one thing to somebody else; it goes back to who gave it first on the same day.
// Who: with whom it is.
func (s *Service) PassOn(ctx context.Context, who access.Who, itemID, to string) error {
	if to == "" {
		return errs.Invalid("handover.choose").On("to")
	}
	err := s.one(ctx, who, itemID, hasIt(who), func(tx *db.Tx, h Handover, i Item, now time.Time) error {
		if to == h.FromID {
			return s.giveBack(ctx, tx, h, i, who.ID, now)
		}
		was, moved, err := s.pass(ctx, tx, carry.Move{Kind: i.Kind, ID: i.Item.ID, From: who.ID, To: to, ByID: who.ID, Was: i.Was, At: now})
		if err != nil {
			return err
		}
		if !moved {
			return endItem(ctx, tx, i.ID, Stays, now)
		}
		if err := moveItem(ctx, tx, i.ID, to, was); err != nil {
			return err
		}
		return note(ctx, tx, h, "handover.passed_on", who.ID, now)
	})
	return errs.Because(err, "pass on %s", itemID)
}

// TakeAllBack ends a handover: all that is still with others comes back. A substitute that was
// announced does not come. Who: who gave it, or for whom somebody stands in.
func (s *Service) TakeAllBack(ctx context.Context, who access.Who, id string) error {
	now := s.clock.Now()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		h, err := byID(ctx, tx, id)
		if err != nil {
			return err
		}
		if h.FromID != who.ID {
			return errs.Absent()
		}
		if !h.EndedAt.IsZero() {
			return nil
		}
		return s.end(ctx, tx, h, true, who.ID, now)
	})
	return errs.Because(err, "take back handover %s", id)
}

// endIfEmpty closes a handover of which nothing is with others any more. A substitute stands in
// until the last day.
func (s *Service) endIfEmpty(ctx context.Context, tx *db.Tx, h Handover, byID string, now time.Time) error {
	n, err := db.One(db.Afresh(ctx), tx, `select count(*) from handover_item where handover_id = $1 and state = 'with'`, db.Int, h.ID)
	if err != nil || n > 0 || h.Kind == Substitute {
		return err
	}
	return s.end(ctx, tx, h, true, byID, now)
}
