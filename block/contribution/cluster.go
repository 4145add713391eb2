package contribution

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/why"
)

// most signals that are laid together in one act.
const maxSignals = 100

// Cluster makes a candidate focus point of signals that belong together, tied to a
// sentence of the vision when visionLineID is not "". A signal that lay with another
// candidate moves. Who: those who take part and work at the school; not while candidates
// are being rated, for then it must stay clear what is rated.
func (s *Service) Cluster(ctx context.Context, who access.Who, trajectoryID, title, body, visionLineID string, contributionIDs []string) (string, error) {
	if len(contributionIDs) > maxSignals {
		return "", errs.Invalid("contribution.signals_many", "n", maxSignals)
	}
	id := ""
	err := s.act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := mayCluster(ctx, tx, seen); err != nil {
			return err
		}
		if err := seen.Must(access.Create, access.FocusPoint, ""); err != nil {
			return err
		}
		if err := ownVision(ctx, tx, seen, visionLineID); err != nil {
			return err
		}
		list, err := signals(ctx, tx, seen, contributionIDs)
		if err != nil {
			return err
		}
		f, err := school.ProposeFocus(ctx, tx, who, school.NewFocus{SchoolID: seen.SchoolID, TrajectoryID: seen.ID, Title: title, Body: body, VisionLineID: visionLineID},
			journal.Entry{At: now, ActorID: who.ID})
		if err != nil {
			return err
		}
		id = f.ID
		for _, c := range list {
			if err := lay(ctx, tx, seen, c.ID, f.ID, now); err != nil {
				return err
			}
		}
		return nil
	})
	return id, errs.Because(err, "cluster signals of trajectory %s", trajectoryID)
}

// mayCluster refuses who may not say what becomes of signals, and everybody while
// candidates are being rated.
func mayCluster(ctx context.Context, tx *db.Tx, seen trajectory.Seen) error {
	if err := seen.Must(access.Settle, access.Contribution, ""); err != nil {
		return err
	}
	n, err := db.One(ctx, tx, `select count(*) from round where trajectory_id = $1 and form = 'rating' and closed_at is null`, db.Int, seen.ID)
	if err == nil && n > 0 {
		return errs.Conflict("contribution.rating_open")
	}
	return err
}

// ownVision refuses a sentence that is not in the vision of this school.
func ownVision(ctx context.Context, q db.Queryer, seen trajectory.Seen, lineID string) error {
	if lineID == "" {
		return nil
	}
	_, err := db.One(ctx, q, `select id from vision_line where id = $1 and school_id = $2 and retired_at is null`, db.Str, lineID, seen.SchoolID)
	return err
}

// signals returns answers that may be laid with a candidate.
func signals(ctx context.Context, q db.Queryer, seen trajectory.Seen, ids []string) ([]Contribution, error) {
	list, err := takeUp(ctx, q, seen, ids)
	if err != nil {
		return nil, err
	}
	for _, c := range list {
		if c.ElementID == "" { // a reaction is about something that is there already
			return nil, errs.Absent()
		}
	}
	return list, nil
}

// lay puts a signal with one candidate, and takes it from any other.
func lay(ctx context.Context, tx *db.Tx, seen trajectory.Seen, signalID, focusPointID string, now time.Time) error {
	from := why.Ref{Kind: textKind, ID: signalID}
	if err := why.RemoveFrom(ctx, tx, seen.ID, from, why.Belongs, "focus_point"); err != nil {
		return err
	}
	if focusPointID == "" {
		return nil
	}
	return why.Add(ctx, tx, why.Link{From: from, To: why.Ref{Kind: "focus_point", ID: focusPointID}, Relation: why.Belongs, TrajectoryID: seen.ID, MadeBy: seen.Who.ID, MadeAt: now})
}

// MoveSignal lays a signal with another candidate, or with none when focusPointID is "".
// Who: those who take part; not while candidates are being rated.
func (s *Service) MoveSignal(ctx context.Context, who access.Who, trajectoryID, contributionID, focusPointID string) error {
	err := s.act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := mayCluster(ctx, tx, seen); err != nil {
			return err
		}
		list, err := signals(ctx, tx, seen, []string{contributionID})
		if err != nil {
			return err
		}
		if focusPointID != "" {
			if _, err := candidate(ctx, tx, seen, focusPointID); err != nil {
				return err
			}
		}
		if err := lay(ctx, tx, seen, contributionID, focusPointID, now); err != nil {
			return err
		}
		return note(ctx, tx, seen, eventMoved, list[0], list[0].Version, now)
	})
	return errs.Because(err, "move signal %s", contributionID)
}

// RewordFocus changes the words of a candidate and its tie to the vision; version is the
// one that the page showed. Who: those who take part, as long as nothing has been chosen
// about it; not while candidates are being rated.
func (s *Service) RewordFocus(ctx context.Context, who access.Who, trajectoryID, focusPointID string, version int, w school.FocusWords) error {
	err := s.act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := mayCluster(ctx, tx, seen); err != nil {
			return err
		}
		f, err := candidate(ctx, tx, seen, focusPointID)
		if err != nil {
			return err
		}
		if f.State != school.Proposed {
			return errs.Conflict("contribution.focus_chosen")
		}
		if err := ownVision(ctx, tx, seen, w.VisionLineID); err != nil {
			return err
		}
		f.Version = version
		return school.RewordFocus(ctx, tx, who, f, w, journal.Entry{At: now, ActorID: who.ID})
	})
	return errs.Because(err, "reword focus point %s", focusPointID)
}
