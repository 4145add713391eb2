package contribution

import (
	"context"
	"strings"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
	"leerkring/method"
	"leerkring/trajectory"
)

// PupilForm is what a pupil's page needs: the one question, and who reads the answer.
type PupilForm struct {
	Question  method.Question
	School    string
	Maker     string // who asks
	AllStaff  bool   // every colleague at the school reads it, else those who take part
	Sealed    bool   // read by nobody until the round closes
	Seen      trajectory.Seen
	ElementID string
}

// most answers that one question takes through a link in one visit: a class and more,
// and an end to mischief.
const maxByLink = 400

// PupilForm opens a pupil's link. An unknown, closed or expired link is absent, and so
// is one to a question that is not asked yet.
func (s *Service) PupilForm(ctx context.Context, q db.Queryer, secret string) (PupilForm, error) {
	link, seen, err := s.trajectories.ByLink(ctx, q, secret)
	if err != nil {
		return PupilForm{}, err
	}
	if err := seen.Must(access.Create, access.PupilContribution, ""); err != nil {
		return PupilForm{}, err
	}
	question, round, err := s.byLink(ctx, q, link, seen)
	if err != nil {
		return PupilForm{}, err
	}
	return PupilForm{Question: *question, School: seen.School.Name, Maker: link.MakerName, AllStaff: seen.Trajectory.Open,
		Sealed: round.Seals(seen.Today()), Seen: seen, ElementID: link.ElementID}, nil
}

// byLink returns the question of a link with its newest round.
func (s *Service) byLink(ctx context.Context, q db.Queryer, link trajectory.PupilLink, seen trajectory.Seen) (*method.Question, Round, error) {
	_, question, err := s.inPack(ctx, q, seen, link.ElementID)
	if err != nil {
		return nil, Round{}, err
	}
	round, found, err := lastRound(ctx, q, link.VisitID, link.ElementID)
	if err == nil && !found && blindFirst(question) {
		return nil, round, errs.Absent()
	}
	return question, round, err
}

// AddByLink adds a pupil's answer to the question of a link, while the link is open.
// Who: whoever holds the link. Nothing of the pupil is kept: no name, no address, no
// link, and no moment finer than the day, in the journal neither.
func (s *Service) AddByLink(ctx context.Context, secret, chip, text string) error {
	text = strings.TrimSpace(text)
	if err := checkText(text, maxPupil, "contribution.body_empty", "body"); err != nil {
		return err
	}
	now := s.clock.Now()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		link, seen, err := s.lockByLink(ctx, tx, secret)
		if err != nil {
			return err
		}
		if err := seen.Must(access.Create, access.PupilContribution, ""); err != nil {
			return err
		}
		if err := closeDue(ctx, tx, seen, now); err != nil {
			return err
		}
		question, round, err := s.byLink(ctx, tx, link, seen)
		if err != nil {
			return err
		}
		if !hasChip(question, chip) {
			return errs.Invalid("form.choose").On("chip")
		}
		if err := room(ctx, tx, link); err != nil {
			return err
		}
		day := clock.On(now, seen.School.Location())
		start := day.At(0, 0, seen.School.Location())
		c := Contribution{ID: ident.Code(ident.Length), TrajectoryID: seen.ID, VisitID: link.VisitID, ElementID: link.ElementID,
			Kind: Voice, Chip: chip, Body: text, By: Author{Pupil: true}, Outside: true, MadeAt: start, MadeOn: day}
		c.join(round, day)
		if err := insert(ctx, tx, c); err != nil {
			return err
		}
		return journal.Append(ctx, tx, entry(seen, eventAdded, c.ID, 0, 1, start))
	})
	return errs.Because(err, "answer by link")
}

// lockByLink reads a link inside an act, again after the trajectory is locked: it may
// have been closed while waiting.
func (s *Service) lockByLink(ctx context.Context, tx *db.Tx, secret string) (trajectory.PupilLink, trajectory.Seen, error) {
	link, seen, err := s.trajectories.ByLink(ctx, tx, secret)
	if err == nil {
		err = db.Lock(ctx, tx, "trajectory", seen.ID)
	}
	if err != nil {
		return link, seen, err
	}
	return s.trajectories.ByLink(ctx, tx, secret)
}

func room(ctx context.Context, q db.Queryer, link trajectory.PupilLink) error {
	n, err := db.One(ctx, q, `select count(*) from contribution where visit_id = $1 and element_id = $2 and by_pupil`, db.Int, link.VisitID, link.ElementID)
	if err == nil && n >= maxByLink {
		return errs.Limited("contribution.link_full")
	}
	return err
}
