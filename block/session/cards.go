package session

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/ledger"
	"leerkring/writing"
)

// CardDraft is where the page keeps what somebody is typing about a card.
func CardDraft(cardID string) string { return "card/" + cardID }

const cardColumns = `c.id, c.session_id, c.field_id, c.step, c.person_id, c.body, c.choice, c.made_at, c.version, c.ask, c.tried, c.tried_body, c.tried_on, c.useful, h.zone,
	case when x.state = 'in' then 1 else 0 end`

const cardTables = `session_card c join session s on s.id = c.session_id join school h on h.id = s.school_id
	left join session_person x on x.session_id = c.session_id and x.person_id = c.person_id`

func cardFields(c *Card) []any {
	return append([]any{&c.ID, &c.SessionID, &c.FieldID, &c.Step, &c.PersonID, &c.Body, &c.Choice, &c.MadeAt, &c.Version, &c.Ask, (*string)(&c.Tried), &c.TriedBody, (*string)(&c.TriedOn), &c.Useful, &c.Zone, &c.There}, fields(&c.Session)...)
}

// Cards are what somebody took along, newest first: all of it, asked after or not. Who: the writer.
func (s *Service) Cards(ctx context.Context, who access.Who) ([]Card, error) {
	list, err := db.All(db.Afresh(ctx), s.db, `select `+cardColumns+`, `+columns+` from `+cardTables+` where c.person_id = $1 order by c.made_at desc, c.id limit 200`, cardFields, who.ID)
	if err != nil {
		return nil, err
	}
	var out []Card
	for _, c := range list {
		if !access.May(who, access.Read, c.object()) {
			continue
		}
		if c.Pack, err = s.trajectories.PackVersion(ctx, s.db, c.Session.MethodID, c.Session.MethodVersion); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// CardReady reports whether something is asked after a card of somebody's own on a day: that much, and
// no more, is for their own week. Who: the writer.
func (s *Service) CardReady(ctx context.Context, who access.Who, today clock.Date) (bool, error) {
	list, err := db.All(db.Afresh(ctx), s.db, `select `+cardColumns+`, `+columns+` from `+cardTables+`
		where c.person_id = $1 and c.ask and c.useful = '' and s.state = 'closed' and (s.closed_at > $2 or c.made_at > $2)`, cardFields, who.ID, oldest(s.clock.Now()))
	for _, c := range list {
		if c.Asks(today) != AsksNothing {
			return true, err
		}
	}
	return false, err
}

// object is a card as the rights see it.
func (c Card) object() access.Object {
	return access.Object{Kind: access.PrivateNote, BoardID: c.Session.BoardID, OwnerID: c.PersonID}
}

// onCard opens an act on somebody's own card, and writes what came out. The circle is not told: it
// would show that there is a card. The journal names nobody.
func (s *Service) onCard(ctx context.Context, who access.Who, id string, action access.Action, f func(tx *db.Tx, c Card) error) error {
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := s.card(ctx, tx, who, id, action)
		if err != nil {
			return err
		}
		if err := writing.Drop(ctx, tx, who.ID, CardDraft(id)); err != nil {
			return err
		}
		if err := f(tx, c); err != nil {
			return err
		}
		return cardEntry(ctx, tx, c, s.clock.Now())
	})
	return errs.Because(err, "act on card %s", id)
}

// card reads somebody's own card in an act.
func (s *Service) card(ctx context.Context, tx *db.Tx, who access.Who, id string, action access.Action) (Card, error) {
	if err := db.Lock(ctx, tx, "session_card", id); err != nil {
		return Card{}, err
	}
	c, err := db.One(ctx, tx, `select `+cardColumns+`, `+columns+` from `+cardTables+` where c.id = $1`, cardFields, id)
	if err != nil {
		return Card{}, err
	}
	return c, access.Must(who, action, c.object())
}

func cardEntry(ctx context.Context, tx *db.Tx, c Card, now time.Time) error {
	return journal.Append(ctx, tx, journal.Entry{At: now, ActorID: house, Kind: eventCard, ObjectKind: "session_card", ObjectID: c.ID, From: c.Version, To: c.Version + 1})
}

func updateCard(ctx context.Context, tx *db.Tx, c Card) error {
	_, err := db.Exec(ctx, tx, `update session_card set ask = $2, tried = $3, tried_body = $4, tried_on = $5, useful = $6, version = version + 1 where id = $1`,
		c.ID, c.Ask, string(c.Tried), c.TriedBody, db.Null(string(c.TriedOn)), c.Useful)
	return err
}

// AskAfter lets a card be asked after, or not any more. Who: the writer.
func (s *Service) AskAfter(ctx context.Context, who access.Who, id string, ask bool) error {
	return s.onCard(ctx, who, id, access.Edit, func(tx *db.Tx, c Card) error {
		c.Ask = ask
		return updateCard(ctx, tx, c)
	})
}

// Tell keeps how it went with what somebody took along. Who: the writer.
func (s *Service) Tell(ctx context.Context, who access.Who, id string, tried Tried, body string) error {
	return s.onCard(ctx, who, id, access.Edit, func(tx *db.Tx, c Card) error {
		c, err := c.tell(tried, body, clock.On(s.clock.Now(), clock.Zone(c.Zone)))
		if err != nil {
			return err
		}
		return updateCard(ctx, tx, c)
	})
}

// KeepCard answers that what somebody took along is for themselves. Who: the writer.
func (s *Service) KeepCard(ctx context.Context, who access.Who, id string) error {
	return s.onCard(ctx, who, id, access.Edit, func(tx *db.Tx, c Card) error {
		c.Useful = UsefulKept
		return updateCard(ctx, tx, c)
	})
}

// EraseCard erases a card for good, with what was told of it. What was shared of it stands by
// itself, and is taken back where it stands. Who: the writer.
func (s *Service) EraseCard(ctx context.Context, who access.Who, id string) error {
	return s.onCard(ctx, who, id, access.Remove, func(tx *db.Tx, c Card) error {
		if _, err := db.Exec(ctx, tx, `delete from session_card where id = $1`, id); err != nil {
			return err
		}
		return ledger.Note(ctx, tx, s.clock.Now(), textRemoved, id)
	})
}

// ShareCard lets words about a card go further, as LetGo does: only what somebody writes here, word
// for word, and nothing of the card itself. Who: the writer, who was there.
func (s *Service) ShareCard(ctx context.Context, who access.Who, id, kind, body, trajectoryID string) error {
	sessionID, err := db.One(ctx, s.db, `select session_id from session_card where id = $1 and person_id = $2`, db.Str, id, who.ID)
	if err != nil {
		return errs.Because(err, "share of card %s", id)
	}
	return s.act(ctx, who, sessionID, func(tx *db.Tx, seen Seen) (Session, error) {
		c, err := s.card(ctx, tx, who, id, access.Share)
		if err != nil {
			return Session{}, err
		}
		if trajectoryID == "" {
			return Session{}, errs.Invalid("form.choose").On("trajectory")
		}
		if _, err := s.release(ctx, tx, seen, kind, body, trajectoryID); err != nil {
			return Session{}, err
		}
		if err := writing.Drop(ctx, tx, who.ID, CardDraft(id)); err != nil {
			return Session{}, err
		}
		c.Useful = UsefulShared
		return seen.Session, updateCard(ctx, tx, c)
	})
}
