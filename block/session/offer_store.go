package session

import (
	"context"
	"slices"

	"leerkring/internal/db"
)

// offersOf reads the offers of an event with their hosts, in the order in which they were made.
func offersOf(ctx context.Context, q db.Queryer, sessionID string) ([]Offer, error) {
	list, err := db.All(ctx, q, `select id, session_id, title, about, room, rounds, places, answers, follow_on, follow_text, state, made_by, made_at, version
		from session_offer where session_id = $1 order by made_at, id`, func(o *Offer) []any {
		return []any{&o.ID, &o.SessionID, &o.Title, &o.About, &o.Room, &o.Rounds, &o.Places, db.JSON(&o.Answers), &o.FollowOn, &o.FollowText, (*string)(&o.State), &o.MadeBy, &o.MadeAt, &o.Version}
	}, sessionID)
	if err != nil {
		return nil, err
	}
	type host struct{ offer, person string }
	hosts, err := db.All(ctx, q, `select h.offer_id, h.person_id from session_offer_host h join session_offer o on o.id = h.offer_id where o.session_id = $1 order by h.offer_id, h.person_id`,
		func(h *host) []any { return []any{&h.offer, &h.person} }, sessionID)
	for _, h := range hosts {
		if i := slices.IndexFunc(list, func(o Offer) bool { return o.ID == h.offer }); i >= 0 {
			list[i].Hosts = append(list[i].Hosts, h.person)
		}
	}
	return list, err
}

func insertOffer(ctx context.Context, tx *db.Tx, o Offer) error {
	_, err := db.Exec(ctx, tx, `insert into session_offer (id, session_id, title, about, room, rounds, places, answers, follow_on, follow_text, state, made_by, made_at, version)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)`,
		o.ID, o.SessionID, o.Title, o.About, o.Room, o.Rounds, o.Places, db.JSON(o.Answers), o.FollowOn, o.FollowText, string(o.State), o.MadeBy, o.MadeAt)
	if err != nil {
		return err
	}
	return putHosts(ctx, tx, o)
}

func updateOffer(ctx context.Context, tx *db.Tx, o Offer) error {
	_, err := db.Exec(ctx, tx, `update session_offer set title = $2, about = $3, room = $4, rounds = $5, places = $6, answers = $7, follow_on = $8, follow_text = $9, state = $10, version = version + 1 where id = $1`,
		o.ID, o.Title, o.About, o.Room, o.Rounds, o.Places, db.JSON(o.Answers), o.FollowOn, o.FollowText, string(o.State))
	if err != nil {
		return err
	}
	return putHosts(ctx, tx, o)
}

func putHosts(ctx context.Context, tx *db.Tx, o Offer) error {
	if _, err := db.Exec(ctx, tx, `delete from session_offer_host where offer_id = $1`, o.ID); err != nil {
		return err
	}
	for _, id := range o.Hosts {
		if _, err := db.Exec(ctx, tx, `insert into session_offer_host (offer_id, person_id) values ($1, $2)`, o.ID, id); err != nil {
			return err
		}
	}
	return nil
}

func choicesOf(ctx context.Context, q db.Queryer, sessionID string) ([]Choice, error) {
	return db.All(ctx, q, `select offer_id, round, person_id, wish, coalesce(seat, 0), line from session_choice where session_id = $1 order by line, wish, offer_id, round`,
		func(c *Choice) []any { return []any{&c.OfferID, &c.Round, &c.PersonID, &c.Wish, &c.Seat, &c.Line} }, sessionID)
}

// putChoices writes what changed: first what goes, so that no seat is had twice on the way.
func putChoices(ctx context.Context, tx *db.Tx, sessionID string, before, after []Choice) error {
	for _, c := range before {
		if slices.Contains(after, c) {
			continue
		}
		if _, err := db.Exec(ctx, tx, `delete from session_choice where offer_id = $1 and round = $2 and person_id = $3`, c.OfferID, c.Round, c.PersonID); err != nil {
			return err
		}
	}
	for _, c := range after {
		if slices.Contains(before, c) {
			continue
		}
		var seat any
		if c.Seat > 0 {
			seat = c.Seat
		}
		if _, err := db.Exec(ctx, tx, `insert into session_choice (session_id, offer_id, round, person_id, wish, seat, line) values ($1, $2, $3, $4, $5, $6, $7)`,
			sessionID, c.OfferID, c.Round, c.PersonID, c.Wish, seat, c.Line); err != nil {
			return err
		}
	}
	return nil
}
