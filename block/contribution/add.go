package contribution

import (
	"context"
	"strings"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/media"
	"leerkring/trajectory"
	"leerkring/why"
	"leerkring/writing"
)

// The kinds under which texts are kept.
const (
	textKind    = "contribution"
	settledKind = "contribution.settled"
)

// Answer is a new answer to a question of the stage where the team is.
type Answer struct {
	ElementID    string
	FocusPointID string // the candidate that the answer chooses, or ""
	Words
	Pictures []media.Placed // pictures that the writer took in before
	DraftKey string         // the draft that this text was, or ""
}

// Add answers a question. Who: those who take part, and in a round that asks more
// people, the colleagues whom it asks. A question that its method asks blind first is
// refused until its round is open; an answer after that round opened is marked as later.
func (s *Service) Add(ctx context.Context, who access.Who, trajectoryID string, a Answer) (string, error) {
	words, err := a.Tidy()
	if err != nil {
		return "", err
	}
	id := ""
	err = s.act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		round, err := s.roundFor(ctx, tx, seen, seen.VisitID, a.ElementID, words.Chip)
		if err != nil {
			return err
		}
		if err := mayAnswer(ctx, tx, seen, round); err != nil {
			return err
		}
		if a.FocusPointID != "" {
			if _, err := candidate(ctx, tx, seen, a.FocusPointID); err != nil {
				return err
			}
		}
		c := begin(seen, words, now)
		c.ElementID, c.FocusPointID = a.ElementID, a.FocusPointID
		c.join(round, seen.Today())
		if id, err = keepNew(ctx, tx, seen, c, a.DraftKey, now); err != nil {
			return err
		}
		if err := media.Place(ctx, tx, who, seen.SchoolID, pictured(c.ID), a.Pictures...); err != nil {
			return err
		}
		return endWhenComplete(ctx, tx, round, seen.Today(), now)
	})
	return id, errs.Because(err, "answer %s in trajectory %s", a.ElementID, trajectoryID)
}

// roundFor returns the newest round on a question; the zero Round when there is none.
func (s *Service) roundFor(ctx context.Context, tx *db.Tx, seen trajectory.Seen, visitID, elementID, chip string) (Round, error) {
	question, err := s.question(ctx, tx, seen, elementID)
	if err != nil {
		return Round{}, err
	}
	if !hasChip(question, chip) {
		return Round{}, errs.Invalid("form.choose").On("chip")
	}
	round, found, err := lastRound(ctx, tx, visitID, elementID)
	if err == nil && !found && blindFirst(question) {
		return round, errs.Invalid("contribution.round_first")
	}
	return round, err
}

// mayAnswer refuses who neither takes part nor is asked by the round.
func mayAnswer(ctx context.Context, q db.Queryer, seen trajectory.Seen, r Round) error {
	if seen.May(access.Create, access.Contribution, "") {
		return nil
	}
	if r.ID == "" || r.Audience == Team {
		return errs.Absent()
	}
	if err := seen.Must(access.Create, access.Reaction, ""); err != nil {
		return err
	}
	return asked(ctx, q, r, seen)
}

// asked refuses who is not asked by a round.
func asked(ctx context.Context, q db.Queryer, r Round, seen trajectory.Seen) error {
	people, err := invitedTo(ctx, q, []string{r.ID}, seen.Today())
	if err != nil {
		return err
	}
	for _, p := range people[r.ID] {
		if p.PersonID == seen.Who.ID {
			return nil
		}
	}
	return errs.Absent()
}

// begin is a contribution of the person asking, as yet about nothing.
func begin(seen trajectory.Seen, w Words, now time.Time) Contribution {
	return Contribution{ID: ident.At(now), TrajectoryID: seen.ID, VisitID: seen.VisitID, Kind: w.Kind, Chip: w.Chip, Body: w.Body, Source: w.Source, Link: w.Link,
		OtherSound: w.OtherSound, By: Author{ID: seen.Who.ID}, Outside: seen.Role == trajectory.NoOne, MadeAt: now, MadeOn: clock.On(now, seen.School.Location())}
}

// join makes an answer part of a round.
func (c *Contribution) join(r Round, today clock.Date) {
	c.RoundID = r.ID
	c.Sealed = r.Seals(today)
	c.Late = r.Form == Blind && !c.Sealed
}

func keepNew(ctx context.Context, tx *db.Tx, seen trajectory.Seen, c Contribution, draftKey string, now time.Time) (string, error) {
	if err := insert(ctx, tx, c); err != nil {
		return "", err
	}
	if _, _, err := writing.Keep(ctx, tx, writing.Save{Ref: writing.Ref{Kind: textKind, ID: c.ID}, AuthorID: c.By.ID, Body: c.words().body(), Now: now}); err != nil {
		return "", err
	}
	if draftKey != "" {
		if err := writing.Drop(ctx, tx, seen.Who.ID, draftKey); err != nil {
			return "", err
		}
	}
	return c.ID, note(ctx, tx, seen, eventAdded, c, 1, now)
}

// Reaction is a margin comment about something that another room made.
type Reaction struct {
	About why.Ref
	Words
	DraftKey string
}

// React says something about a finding, a plan, an agreement or another thing. Who:
// those who take part, and every colleague while the trajectory is open to the school.
func (s *Service) React(ctx context.Context, who access.Who, trajectoryID string, r Reaction) (string, error) {
	words, err := r.Tidy()
	if err != nil {
		return "", err
	}
	words.Chip = ""
	id := ""
	err = s.act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := seen.Must(access.Create, access.Reaction, ""); err != nil {
			return err
		}
		if err := s.there(ctx, tx, seen, r.About); err != nil {
			return err
		}
		c := begin(seen, words, now)
		c.About = r.About
		var err error
		id, err = keepNew(ctx, tx, seen, c, r.DraftKey, now)
		return err
	})
	return id, errs.Because(err, "react to %s %s", r.About.Kind, r.About.ID)
}

// there refuses what one cannot react to: an unknown kind, a thing that is not part of
// this trajectory, a thing that the person asking may not react to.
func (s *Service) there(ctx context.Context, q db.Queryer, seen trajectory.Seen, about why.Ref) error {
	kind, known := access.KindByName(about.Kind)
	ask, has := s.things[about.Kind]
	if !known || !has {
		return errs.Absent()
	}
	if err := seen.Must(access.React, kind, ""); err != nil {
		return err
	}
	return ask(ctx, q, seen, about.ID)
}

// Reply answers a contribution; a reply to a reply joins the same thread. Who: those who
// take part, and every colleague while the trajectory is open to the school. Nobody
// replies to what is sealed or withdrawn.
func (s *Service) Reply(ctx context.Context, who access.Who, trajectoryID, parentID, text, draftKey string) (string, error) {
	text = strings.TrimSpace(text)
	if err := checkText(text, maxReply, "contribution.body_empty", "body"); err != nil {
		return "", err
	}
	id := ""
	err := s.act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		parent, err := find(ctx, tx, seen, parentID)
		if err == nil && parent.ParentID != "" {
			parent, err = find(ctx, tx, seen, parent.ParentID)
		}
		if err != nil {
			return err
		}
		if !parent.MayReply(seen) {
			return errs.Absent()
		}
		c := begin(seen, Words{Kind: Voice, Body: text}, now)
		c.ParentID, c.VisitID, c.ElementID, c.About, c.RoundID = parent.ID, parent.VisitID, parent.ElementID, parent.About, parent.RoundID
		id, err = keepNew(ctx, tx, seen, c, draftKey, now)
		return err
	})
	return id, errs.Because(err, "reply to contribution %s", parentID)
}
