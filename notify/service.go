package notify

import (
	"context"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/i18n"
	"leerkring/internal/ics"
	"leerkring/school"
)

// Asked is one open thing, as it stands in Mijn week.
type Asked struct {
	Text    string // the sentence
	Voice   string // what a person wrote, when it is about that
	Why     string
	Do      string // what the link says
	Link    string // a path of ours
	Minutes int
	DueOn   clock.Date
	LastOn  clock.Date // the person's own last working day before that; "" when it is the same
	Task    bool       // the person took it on
	Decides bool       // a decision that closes
}

// Week is what a person's week holds at this moment.
type Week struct {
	Texts   *i18n.Texts // in the language of the person, with the words of the school
	Today   clock.Date
	Asked   []Asked
	Private bool     // something very private is ready: not what, not how much
	Busy    string   // name of the busy period, "" in an ordinary week
	Start   *Start   // nil for who is not new, or knows the way
	Helps   []string // first names of whom they help on the way
}

// Start is what somebody new gets, as it stands in Mijn week.
type Start struct {
	Helper string   // who helps them on the way; "" while nobody does
	Read   []string // titles of the pages that they did not read yet
}

// Weeks reads a week with the rights of this moment. The room above us that knows it is
// connected in cmd.
type Weeks interface {
	Open(ctx context.Context, k school.Known) (Week, error)
}

// Agenda reads what stands in a person's calendar, with the rights of this moment.
type Agenda interface {
	Events(ctx context.Context, k school.Known, from, to clock.Date) ([]ics.Event, error)
	Texts(k school.Known) *i18n.Texts
}

// Service is what can be done here.
type Service struct {
	db      *db.DB
	clock   clock.Clock
	schools *school.Service
	weeks   Weeks
	agenda  Agenda
	base    string // where people reach the house; every link is made from it
}

// NewService returns the acts on a database.
func NewService(d *db.DB, c clock.Clock, schools *school.Service, weeks Weeks, agenda Agenda, base string) *Service {
	return &Service{db: d, clock: c, schools: schools, weeks: weeks, agenda: agenda, base: base}
}

// End takes away what a person has here, in the act that closes the account: nothing of
// it comes back.
func End(ctx context.Context, tx *db.Tx, personID string) error {
	for _, text := range []string{`delete from calendar_feed where person_id = $1`, `delete from mail_stop where person_id = $1`} {
		if _, err := db.Exec(ctx, tx, text, personID); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) now() time.Time { return s.clock.Now() }
