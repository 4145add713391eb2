package contribution

import (
	"context"
	"math"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/trajectory"
)

// Rate is what one person finds of one candidate, each from 1 to 5.
type Rate struct {
	FocusPointID       string
	Importance, Effort int
}

// Check refuses a rating outside the scale.
func (r Rate) Check() error {
	if r.Importance < 1 || r.Importance > 5 || r.Effort < 1 || r.Effort > 5 {
		return errs.Invalid("contribution.rating_scale").On(r.FocusPointID)
	}
	return nil
}

// Rate gives ratings in an open round, of all candidates or of some; giving one again
// changes it. Nobody else ever sees one. Who: those whom the round asks. Whoever rated
// every candidate has answered; when all have, the round closes in the same act.
func (s *Service) Rate(ctx context.Context, who access.Who, trajectoryID, roundID string, rates []Rate) error {
	var refused []error
	for _, r := range rates {
		refused = append(refused, r.Check())
	}
	if err := errs.Join(refused...); err != nil {
		return err
	}
	err := s.act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		r, err := findRound(ctx, tx, seen, roundID)
		if err != nil {
			return err
		}
		if r.Form != Rating {
			return errs.Absent()
		}
		if err := mayRate(ctx, tx, seen, r); err != nil {
			return err
		}
		if !r.Open(seen.Today()) {
			return errs.Conflict("contribution.round_closed")
		}
		for _, x := range rates { // a candidate each, 26 at most
			if err := keepRate(ctx, tx, r.ID, who.ID, x); err != nil {
				return err
			}
		}
		if err := noteRound(ctx, tx, r, eventRated, house, now); err != nil {
			return err
		}
		return endWhenComplete(ctx, tx, r, seen.Today(), now)
	})
	return errs.Because(err, "rate in round %s", roundID)
}

// mayRate refuses who may say nothing here, and whom the round does not ask.
func mayRate(ctx context.Context, q db.Queryer, seen trajectory.Seen, r Round) error {
	if !seen.May(access.Create, access.Contribution, "") {
		if err := seen.Must(access.Create, access.Reaction, ""); err != nil {
			return err
		}
	}
	return asked(ctx, q, r, seen)
}

// keepRate keeps a rating of one of the round's own candidates.
func keepRate(ctx context.Context, tx *db.Tx, roundID, personID string, x Rate) error {
	n, err := db.Exec(ctx, tx, `insert into rating (focus_point_id, person_id, round_id, importance, effort)
		select focus_point_id, cast($3 as text), round_id, cast($4 as integer), cast($5 as integer) from round_candidate where round_id = $1 and focus_point_id = $2
		on conflict (focus_point_id, person_id) do update set round_id = excluded.round_id, importance = excluded.importance, effort = excluded.effort`,
		roundID, x.FocusPointID, personID, x.Importance, x.Effort)
	if err == nil && n == 0 {
		return errs.Absent()
	}
	return err
}

// freeze makes the figures of a round, once and for ever, and erases what they were made
// from.
func freeze(ctx context.Context, tx *db.Tx, roundID string) error {
	candidates, err := db.All(ctx, tx, `select focus_point_id from round_candidate where round_id = $1`, db.Str, roundID)
	if err != nil {
		return err
	}
	single, err := db.All(ctx, tx, `select focus_point_id, importance, effort from rating where round_id = $1`, func(r *Rate) []any {
		return []any{&r.FocusPointID, &r.Importance, &r.Effort}
	}, roundID)
	if err != nil {
		return err
	}
	importance, effort := map[string][]int{}, map[string][]int{}
	for _, r := range single {
		importance[r.FocusPointID] = append(importance[r.FocusPointID], r.Importance)
		effort[r.FocusPointID] = append(effort[r.FocusPointID], r.Effort)
	}
	for _, id := range candidates {
		if err := insertFigure(ctx, tx, roundID, id, Figure{Weigh(importance[id]), Weigh(effort[id])}); err != nil {
			return err
		}
	}
	_, err = db.Exec(ctx, tx, `delete from rating where round_id = $1`, roundID)
	return err
}

func insertFigure(ctx context.Context, tx *db.Tx, roundID, focusPointID string, f Figure) error {
	i, e := f.Importance, f.Effort
	_, err := db.Exec(ctx, tx, `
		insert into rating_figure (round_id, focus_point_id, answers, importance_middle, importance_low, importance_high, importance_apart,
			effort_middle, effort_low, effort_high, effort_apart)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		roundID, focusPointID, i.Answers, hundredths(i.Middle), hundredths(i.Low), hundredths(i.High), i.Apart,
		hundredths(e.Middle), hundredths(e.Low), hundredths(e.High), e.Apart)
	return err
}

func hundredths(x float64) int { return int(math.Round(x * 100)) }

// figuresOf returns the figures of a round by candidate.
func figuresOf(ctx context.Context, q db.Queryer, roundID string) (map[string]Figure, error) {
	type row struct {
		id                     string
		answers                int
		im, il, ih, em, el, eh int
		ia, ea                 bool
	}
	rows, err := db.All(ctx, q, `
		select focus_point_id, answers, importance_middle, importance_low, importance_high, importance_apart, effort_middle, effort_low, effort_high, effort_apart
		from rating_figure where round_id = $1`, func(r *row) []any {
		return []any{&r.id, &r.answers, &r.im, &r.il, &r.ih, &r.ia, &r.em, &r.el, &r.eh, &r.ea}
	}, roundID)
	out := map[string]Figure{}
	for _, r := range rows {
		out[r.id] = Figure{spreadOf(r.answers, r.im, r.il, r.ih, r.ia), spreadOf(r.answers, r.em, r.el, r.eh, r.ea)}
	}
	return out, err
}

func spreadOf(answers, middle, low, high int, apart bool) Spread {
	return Spread{Answers: answers, Middle: float64(middle) / 100, Low: float64(low) / 100, High: float64(high) / 100, Apart: apart}
}

// myRates returns the ratings of one person in a round, to change them.
func myRates(ctx context.Context, q db.Queryer, roundID, personID string) (map[string]Rate, error) {
	list, err := db.All(ctx, q, `select focus_point_id, importance, effort from rating where round_id = $1 and person_id = $2`, func(r *Rate) []any {
		return []any{&r.FocusPointID, &r.Importance, &r.Effort}
	}, roundID, personID)
	out := map[string]Rate{}
	for _, r := range list {
		out[r.FocusPointID] = r
	}
	return out, err
}
