package contribution

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
)

// blindFirst reports that a method asks this question blind before anything else.
func blindFirst(q *method.Question) bool { return q.Form == method.FormBlind }

// Open opens a round on a question of the stage where the team is, or a round of ratings
// over all proposed candidates. Who: the lead or the stand-in. It is refused when the
// circle is too small for its form, when colleagues are asked about a trajectory that is
// not open to them, and while the question has an open round. A question that its method
// asks blind is opened blind.
func (s *Service) Open(ctx context.Context, who access.Who, trajectoryID string, n NewRound) (string, error) {
	id := ""
	err := s.act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := seen.Must(access.Lead, access.Round, ""); err != nil {
			return err
		}
		if err := seen.Must(access.Create, access.Round, ""); err != nil { // not in a trajectory that has ended
			return err
		}
		if err := n.Check(seen.Today()); err != nil {
			return err
		}
		if n.Audience != Team && !seen.Trajectory.Open {
			return errs.Invalid("contribution.audience_closed").On("audience")
		}
		r := Round{ID: ident.At(now), TrajectoryID: seen.ID, SchoolID: seen.SchoolID, VisitID: seen.VisitID, ElementID: n.ElementID, Form: n.Form,
			Audience: n.Audience, TeamIDs: n.TeamIDs, ClosesOn: n.ClosesOn, OpenedBy: who.ID, OpenedAt: now}
		candidates, err := s.subject(ctx, tx, seen, &r)
		if err != nil {
			return err
		}
		if err := insertRound(ctx, tx, r); err != nil {
			return err
		}
		if err := insertCandidates(ctx, tx, r.ID, candidates); err != nil {
			return err
		}
		people, err := invitedTo(ctx, tx, []string{r.ID}, seen.Today())
		if err != nil {
			return err
		}
		_, of, _ := tally(people[r.ID], seen.Today())
		if err := enough(r.Form, of); err != nil {
			return err
		}
		id = r.ID
		return noteRound(ctx, tx, r, eventOpened, who.ID, now)
	})
	return id, errs.Because(err, "open a round in trajectory %s", trajectoryID)
}

// subject checks what a round is about, and returns the candidates to rate.
func (s *Service) subject(ctx context.Context, tx *db.Tx, seen trajectory.Seen, r *Round) ([]string, error) {
	if r.Form != Rating {
		question, err := s.question(ctx, tx, seen, r.ElementID)
		if err == nil && blindFirst(question) {
			r.Form = Blind
		}
		return nil, err
	}
	// The same people over the same candidates twice would let one subtract one figure
	// from the other: what has been shown for a visit stays as it is.
	shown, err := db.One(ctx, tx, `select count(*) from rating_figure g join round r on r.id = g.round_id where r.visit_id = $1 and g.answers > 0`, db.Int, seen.VisitID)
	if err != nil {
		return nil, err
	}
	if shown > 0 {
		return nil, errs.Invalid("contribution.rated_already")
	}
	list, err := school.FocusOf(ctx, tx, seen.ID)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, f := range list {
		if f.State == school.Proposed {
			ids = append(ids, f.ID)
		}
	}
	if len(ids) < 2 {
		return nil, errs.Invalid("contribution.candidates_two")
	}
	return ids, nil
}

func insertCandidates(ctx context.Context, tx *db.Tx, roundID string, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	_, err := db.Exec(ctx, tx, `insert into round_candidate (round_id, focus_point_id) select $1, id from focus_point where id in `+db.In("$2"), roundID, ids)
	return err
}
