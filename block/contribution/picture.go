package contribution

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/media"
	"leerkring/trajectory"
)

// pictured names a contribution as what pictures belong to.
func pictured(id string) media.Ref { return media.Ref{Kind: textKind, ID: id} }

// withPictures puts pictures beside the contributions that have some: one query at most.
func withPictures(ctx context.Context, q db.Queryer, list []Contribution, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	all, err := media.Of(ctx, q, textKind, ids)
	for i := range list {
		list[i].Pictures = all[list[i].ID]
	}
	return err
}

// Picture returns one picture beside a contribution, with the very right of its words: of
// what is sealed, withdrawn or out of reach there is none.
func (s *Service) Picture(ctx context.Context, q db.Queryer, seen trajectory.Seen, id, pictureID string) (media.Picture, error) {
	c, err := find(ctx, q, seen, id)
	if err != nil {
		return media.Picture{}, err
	}
	for _, p := range c.Pictures {
		if p.ID == pictureID && c.Withdrawn == "" {
			return p, nil
		}
	}
	return media.Picture{}, errs.Because(errs.Absent(), "picture %s beside contribution %s", pictureID, id)
}

// MayPicture refuses who may not put a picture beside these words: whoever may not change
// them. It is asked before a file is looked at.
func (s *Service) MayPicture(ctx context.Context, q db.Queryer, seen trajectory.Seen, id string) error {
	c, err := find(ctx, q, seen, id)
	if err == nil && !c.MayPicture(seen) {
		err = errs.Absent()
	}
	return err
}

// MayPicture reports whether the person asking may put a picture beside these words: the
// writer of an answer.
func (c Contribution) MayPicture(seen trajectory.Seen) bool {
	return c.MayEdit(seen) && c.ParentID == "" && c.ElementID != ""
}

// AddPicture puts a picture beside one's own answer. Who: its author, until the trajectory
// ends.
func (s *Service) AddPicture(ctx context.Context, who access.Who, trajectoryID, id string, p media.Placed) error {
	err := s.act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := s.MayPicture(ctx, tx, seen, id); err != nil {
			return err
		}
		if err := media.Place(ctx, tx, who, seen.SchoolID, pictured(id), p); err != nil {
			return err
		}
		return notePicture(ctx, tx, seen, id, now)
	})
	return errs.Because(err, "picture beside contribution %s", id)
}

// RemovePicture takes a picture away, with its file; the words stay. Who: the author.
func (s *Service) RemovePicture(ctx context.Context, who access.Who, trajectoryID, id, pictureID string) error {
	err := s.act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		c, err := find(ctx, tx, seen, id)
		if err != nil {
			return err
		}
		if !c.MayWithdraw(seen) {
			return errs.Absent()
		}
		n, err := media.Erase(ctx, tx, pictured(id), now, pictureID)
		if err == nil && n == 0 {
			err = errs.Absent()
		}
		if err != nil {
			return err
		}
		return notePicture(ctx, tx, seen, id, now)
	})
	return errs.Because(err, "take picture %s away", pictureID)
}

func notePicture(ctx context.Context, tx *db.Tx, seen trajectory.Seen, id string, now time.Time) error {
	c, err := find(ctx, tx, seen, id)
	if err != nil {
		return err
	}
	return note(ctx, tx, seen, eventPictured, c, c.Version, now)
}
