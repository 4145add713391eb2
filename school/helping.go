package school

import (
	"context"
	"slices"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/ledger"
)

// helping is one act on who helps a newcomer, inside its transaction.
type helping struct {
	tx  *db.Tx
	sc  School
	n   Newcomer
	all []Newcomer // of the school
	who access.Who
	now time.Time
}

// isNew reports whether somebody is new at the school themselves.
func (h *helping) isNew(personID string) bool {
	return slices.ContainsFunc(h.all, func(n Newcomer) bool { return n.ID == personID })
}

// help opens an act on a newcomer of a school. It locks the newcomer, so that of two colleagues
// who press at one moment one is first. Who works elsewhere, and who asks about somebody who
// is not new, finds nothing.
func (s *Service) help(ctx context.Context, who access.Who, schoolID, personID string, f func(h *helping) error) error {
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		sc, err := s.allowed(ctx, tx, who, access.Read, access.Team, schoolID)
		if err != nil {
			return err
		}
		h, err := s.held(ctx, tx, sc, who, personID)
		if err != nil {
			return err
		}
		return f(h)
	})
	return errs.Because(err, "help newcomer %s", personID)
}

// held locks a newcomer of a school for an act; absent for who is not new.
func (s *Service) held(ctx context.Context, tx *db.Tx, sc School, who access.Who, personID string) (*helping, error) {
	if err := db.Lock(ctx, tx, "person", personID); err != nil {
		return nil, err
	}
	h := &helping{tx: tx, sc: sc, who: who, now: s.clock.Now()}
	var err error
	if h.all, err = newAt(ctx, tx, []School{sc}, h.now, calendars{}); err != nil {
		return nil, err
	}
	at := slices.IndexFunc(h.all, func(n Newcomer) bool { return n.ID == personID })
	if at < 0 {
		return nil, errs.Absent()
	}
	h.n = h.all[at]
	return h, nil
}

// put keeps who helps.
func (h *helping) put(ctx context.Context, helperID, kind string) error {
	if _, err := db.Exec(ctx, h.tx, `insert into newcomer (person_id, school_id, helper_id, named_by, named_at) values ($1, $2, $3, $4, $5)
		on conflict (person_id, school_id) do update set helper_id = excluded.helper_id, named_by = excluded.named_by, named_at = excluded.named_at`,
		h.n.ID, h.sc.ID, helperID, h.who.ID, h.now); err != nil {
		return err
	}
	if err := h.forget(ctx); err != nil {
		return err
	}
	return h.note(ctx, kind)
}

// forget takes away what is over: who helped a newcomer who is new no more.
func (h *helping) forget(ctx context.Context) error {
	over := clock.On(h.now, h.sc.Location()).Add(-newAtMost)
	_, err := db.Exec(ctx, h.tx, `delete from newcomer where school_id = $1 and exists (select 1 from staff f join person p on p.id = f.person_id
		where f.person_id = newcomer.person_id and f.school_id = $1 and `+firstDay+` < $2)`, h.sc.ID, over)
	return err
}

func (h *helping) note(ctx context.Context, kind string) error {
	return journal.Append(ctx, h.tx, journal.Entry{At: h.now, ActorID: h.who.ID, Kind: kind, ObjectKind: "person", ObjectID: h.n.ID, SchoolID: h.sc.ID})
}

// NameHelper names who helps a newcomer on the way; was is who helped by what the page showed, ""
// for nobody. Who: a leader of the school, or of a team of the newcomer. Refuses when somebody
// else helps meanwhile, when the newcomer knows the way, and a helper who cannot be one.
func (s *Service) NameHelper(ctx context.Context, who access.Who, schoolID, personID, helperID, was string) error {
	return s.help(ctx, who, schoolID, personID, func(h *helping) error {
		if err := access.Must(who, access.Ask, h.n.object(h.sc, who)); err != nil {
			return err
		}
		switch {
		case h.n.Settled:
			return errs.Invalid("school.newcomer_settled", "name", FirstName(h.n.Name)).On("helper")
		case h.n.Helper.ID == helperID && helperID != "":
			return nil // pressed twice
		case h.n.Helper.ID != was:
			return h.meanwhile()
		}
		if err := h.able(ctx, helperID); err != nil {
			return err
		}
		return h.put(ctx, helperID, "newcomer.helper_named")
	})
}

// meanwhile says what changed while a page was open.
func (h *helping) meanwhile() error {
	name := FirstName(h.n.Name)
	if h.n.Helper.ID == "" {
		return errs.Invalid("school.newcomer_open_again", "name", name).On("helper")
	}
	return errs.Invalid("school.newcomer_helped", "name", name, "helper", h.n.Helper.Name).On("helper")
}

// able refuses a helper who is not a colleague at the school, or is new themselves.
func (h *helping) able(ctx context.Context, helperID string) error {
	if helperID == "" || helperID == h.n.ID {
		return errs.Invalid("form.choose").On("helper")
	}
	n, err := db.One(ctx, h.tx, `select count(*) from person p join staff f on f.person_id = p.id and f.school_id = $2
		where p.id = $1 and p.state = 'active' and not p.guest`, db.Int, helperID, h.sc.ID)
	switch {
	case err != nil:
		return err
	case n == 0:
		return errs.Invalid("school.newcomer_helper_gone").On("helper")
	case h.isNew(helperID):
		return errs.Invalid("school.newcomer_helper_new").On("helper")
	}
	return nil
}

// OfferHelp makes the person asking the one who helps a newcomer. Who: a colleague of a team of the
// newcomer, who is not new too, while nobody helps. Of two who offer at one moment one is
// first; the other is told so.
func (s *Service) OfferHelp(ctx context.Context, who access.Who, schoolID, personID string) error {
	return s.help(ctx, who, schoolID, personID, func(h *helping) error {
		open := h.n
		open.Helper, open.Settled = Person{}, false // who may offer learns why it cannot be
		switch err := access.Must(who, access.Promise, open.object(h.sc, who)); {
		case err != nil:
			return err
		case h.n.ID == who.ID:
			return errs.Absent()
		case h.n.Helper.ID == who.ID:
			return nil // pressed twice
		case h.isNew(who.ID):
			return errs.Invalid("school.newcomer_you_new")
		case !h.n.Open():
			return errs.Invalid("school.newcomer_first", "name", FirstName(h.n.Name))
		}
		return h.put(ctx, who.ID, "newcomer.helper_offered")
	})
}

// StopHelp ends it, without a reason. From who helps, it is open again; from the newcomer it means that
// they know the way, and nobody is asked any more. Who: either of the two.
func (s *Service) StopHelp(ctx context.Context, who access.Who, schoolID, personID string) error {
	return s.help(ctx, who, schoolID, personID, func(h *helping) error {
		if h.n.ID == who.ID {
			return h.settle(ctx)
		}
		if h.n.Helper.ID != who.ID {
			return errs.Absent()
		}
		if _, err := db.Exec(ctx, h.tx, `update newcomer set helper_id = null, named_by = null, named_at = null where person_id = $1 and school_id = $2`, h.n.ID, h.sc.ID); err != nil {
			return err
		}
		if err := ledger.Note(ctx, h.tx, h.now, helpStopped, h.n.ID, h.sc.ID, who.ID); err != nil {
			return err
		}
		return h.note(ctx, "newcomer.helper_stopped")
	})
}

// settle keeps that a newcomer knows the way. Who helped stays kept, for HelpAgain.
func (h *helping) settle(ctx context.Context) error {
	if h.n.Settled {
		return nil
	}
	if _, err := db.Exec(ctx, h.tx, `insert into newcomer (person_id, school_id, settled_at) values ($1, $2, $3)
		on conflict (person_id, school_id) do update set settled_at = excluded.settled_at`, h.n.ID, h.sc.ID, h.now); err != nil {
		return err
	}
	if err := ledger.Note(ctx, h.tx, h.now, newSettled, h.n.ID, h.sc.ID); err != nil {
		return err
	}
	return h.note(ctx, "newcomer.settled")
}

// HelpAgain takes back that a newcomer knows the way: a thumb slips. Who helped helps again. Who: the
// newcomer.
func (s *Service) HelpAgain(ctx context.Context, who access.Who, schoolID string) error {
	return s.help(ctx, who, schoolID, who.ID, func(h *helping) error {
		if !h.n.Settled {
			return nil
		}
		if _, err := db.Exec(ctx, h.tx, `update newcomer set settled_at = null where person_id = $1 and school_id = $2`, h.n.ID, h.sc.ID); err != nil {
			return err
		}
		return h.note(ctx, "newcomer.resumed")
	})
}
