package leaving

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/account"
	"leerkring/internal/blob"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/i18n"
	"leerkring/school"
)

// Kinds of jobs.
const (
	KindMake  = "personal_export.make"
	KindClean = "personal_export.clean"
	KindErase = "person.erase"
	KindKeep  = "retention.keep"
)

// Times.
const (
	exportLasts  = 7 * 24 * time.Hour
	exportsMost  = 5 // an hour
	secondThink  = 7 * 24 * time.Hour
	askLasts     = 30 * 24 * time.Hour // for an erasure that nobody confirms
	recordLasts  = 35 * 24 * time.Hour // of an erasure that is over: as long as backups
	mostTries    = 6
	orphanAfter  = 24 * time.Hour
	ofPerson     = "person"
	house        = "house"
	erasedMail   = "@erased.invalid" // nobody's address, ever (RFC 2606)
	blockedLater = 24 * time.Hour
)

// Speak gives the texts in a language.
type Speak func(language string) *i18n.Texts

// Wiring is what this room needs of the house.
type Wiring struct {
	DB       *db.DB
	Clock    clock.Clock
	Log      *account.Log
	Plan     Plan
	Pictures *blob.Dir
	Exports  func() (*blob.Dir, error) // opened when it is needed first
	Remove   func(ctx context.Context, pictureID string) error
	Speak    Speak
	// Own are kinds of things of other rooms that a run of what is over erases too.
	Kinds []Kind
}

// Service is what can be done here.
type Service struct {
	Wiring
	db    *db.DB
	clock clock.Clock
}

// NewService returns the acts of this room.
func NewService(w Wiring) *Service { return &Service{Wiring: w, db: w.DB, clock: w.Clock} }

// subject is somebody whom an act is about.
type subject struct {
	ID, BoardID, Name, Email, Language string
	State                              school.State
}

func subjectOf(ctx context.Context, q db.Queryer, personID string) (subject, error) {
	return db.One(ctx, q, `select p.id, p.board_id, p.name, p.email, p.state,
			coalesce(nullif(p.language, ''), (select min(s.language) from staff f join school s on s.id = f.school_id where f.person_id = p.id), (select min(s.language) from school s where s.board_id = p.board_id), 'nl')
		from person p where p.id = $1`, func(s *subject) []any {
		return []any{&s.ID, &s.BoardID, &s.Name, &s.Email, (*string)(&s.State), &s.Language}
	}, personID)
}

// may reports whether who may do something with the erasure of a person: as one of the
// board, or of a school where the person works. A guest works nowhere; whoever has the role
// at a school of the board answers for guests.
func may(ctx context.Context, q db.Queryer, who access.Who, action access.Action, s subject, askedBy string) (bool, error) {
	schools, err := db.All(ctx, q, `select school_id from staff where person_id = $1`, db.Str, s.ID)
	if err != nil {
		return false, err
	}
	if len(schools) == 0 {
		for _, r := range who.Roles {
			schools = append(schools, r.SchoolID)
		}
	}
	o := access.Object{Kind: access.Erasure, BoardID: s.BoardID, OwnerID: s.ID}
	if who.ID == askedBy || who.ID == s.ID {
		o.MyRole = access.AsStarter // nobody confirms what they began, or what is about them
	}
	for _, id := range append(schools, "") {
		o.SchoolID = id
		if access.May(who, action, o) {
			return true, nil
		}
	}
	return false, nil
}
