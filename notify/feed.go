package notify

import (
	"context"
	"net/url"
	"strings"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ics"
	"leerkring/internal/ident"
	"leerkring/school"
)

// Feed is an address of a person's calendar.
type Feed struct {
	ID     string
	Name   string
	MadeAt time.Time
}

// FeedPath is where a calendar is read; the secret and FeedEnd follow.
const (
	FeedPath = "/calendar/"
	FeedEnd  = ".ics"
)

const (
	feedsMost   = 5
	longestName = 60
)

// How far a calendar looks, in days.
const (
	daysBack  = 60
	daysAhead = 400
)

// Also is what another room does in the same act, such as a line in the security log.
type Also func(ctx context.Context, tx *db.Tx, feedID string) error

func feedOf(who access.Who) access.Object {
	return access.Object{Kind: access.CalendarFeed, BoardID: who.BoardID, OwnerID: who.ID}
}

// Feeds returns a person's own addresses, newest first. Who: the person.
func (s *Service) Feeds(ctx context.Context, who access.Who) ([]Feed, error) {
	return db.All(ctx, s.db, `select id, name, made_at from calendar_feed where person_id = $1 order by made_at desc, id`,
		func(f *Feed) []any { return []any{&f.ID, &f.Name, &f.MadeAt} }, who.ID)
}

// MakeFeed makes an address and returns it, this once. Who: anybody, for themselves.
func (s *Service) MakeFeed(ctx context.Context, who access.Who, name string, also Also) (string, error) {
	if err := access.Must(who, access.Create, feedOf(who)); err != nil {
		return "", err
	}
	name = ics.Line(name)
	if len([]rune(name)) > longestName || name == "" {
		return "", errs.Invalid("notify.feed_name").On("name")
	}
	secret, now := ident.Secret(), s.now()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if err := db.Lock(ctx, tx, "person", who.ID); err != nil {
			return err
		}
		have, err := db.One(ctx, tx, `select count(*) from calendar_feed where person_id = $1`, db.Int, who.ID)
		if err != nil {
			return err
		}
		if have >= feedsMost {
			return errs.Invalid("notify.feeds_many", "n", feedsMost)
		}
		id := ident.At(now)
		if _, err := db.Exec(ctx, tx, `insert into calendar_feed (id, person_id, hash, name, made_at) values ($1, $2, $3, $4, $5)`, id, who.ID, ident.Hash(secret), name, now); err != nil {
			return err
		}
		return also(ctx, tx, id)
	})
	return s.base + FeedPath + secret + FeedEnd, errs.Because(err, "make calendar feed for %s", who.ID)
}

// DropFeed ends one of a person's own addresses. Refuses with absent.
func (s *Service) DropFeed(ctx context.Context, who access.Who, id string, also Also) error {
	return errs.Because(s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `delete from calendar_feed where id = $1 and person_id = $2`, id, who.ID)
		if err == nil && n == 0 {
			err = errs.Absent()
		}
		if err != nil {
			return err
		}
		return also(ctx, tx, id)
	}), "drop calendar feed %s", id)
}

// Calendar returns the calendar behind the last part of an address, as it is at this
// moment for its owner. What is unknown, taken back or of somebody suspended is absent.
func (s *Service) Calendar(ctx context.Context, file string) ([]byte, error) {
	secret, ok := strings.CutSuffix(file, FeedEnd)
	if !ok || !isSecret(secret) {
		return nil, errs.Absent()
	}
	owner, err := db.One(ctx, s.db, `select person_id from calendar_feed where hash = $1`, db.Str, ident.Hash(secret))
	if err != nil {
		return nil, err
	}
	k, err := school.Knows(ctx, s.db, owner)
	if err != nil {
		return nil, err
	}
	today := clock.On(s.now(), k.Home().Location())
	from, to := today.Add(-daysBack), today.Add(daysAhead)
	events, err := s.agenda.Events(ctx, k, from, to)
	if err != nil {
		return nil, err
	}
	t := s.agenda.Texts(k)
	free, err := s.holidays(ctx, k, from, to)
	if err != nil {
		return nil, err
	}
	for i, e := range events {
		if on := dayOf(e, t.Zone()); on >= today && k.Person.Away(on) {
			events[i].Free = true
		}
	}
	c := ics.Calendar{Name: t.T("notify.feed_title"), Lang: t.Lang(), Host: s.host(), Events: append(events, free...)}
	for i := range c.Events {
		if link := c.Events[i].Link; link != "" {
			c.Events[i].Link = s.base + link
		}
	}
	return c.Bytes(), nil
}

func dayOf(e ics.Event, zone *time.Location) clock.Date {
	if e.On != "" {
		return e.On
	}
	return clock.On(e.Start, zone)
}

// holidays are the days without school, for those who work there.
func (s *Service) holidays(ctx context.Context, k school.Known, from, to clock.Date) ([]ics.Event, error) {
	if len(k.Schools) == 0 {
		return nil, nil
	}
	cal, err := s.schools.Calendar(ctx, k.Home().ID)
	var out []ics.Event
	for _, p := range cal.Periods {
		if p.Kind == school.Holiday && p.To >= from && p.From <= to {
			out = append(out, ics.Event{UID: "holiday-" + p.ID, On: p.From, Last: p.To, Title: p.Name, Free: true})
		}
	}
	return out, err
}

func (s *Service) host() string {
	u, err := url.Parse(s.base)
	if err != nil || u.Hostname() == "" {
		return "leerkring"
	}
	return u.Hostname()
}
