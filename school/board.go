package school

import (
	"context"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// BoardYear is the way of a school from one year to the next as its board reads it: figures. The board
// stands outside the school; it can see that a school chose little and held on to it. What was chosen,
// who proposed, keeps or decided it, why, and what a team says are never in here, so that no page can
// show them by mistake.
type BoardYear struct {
	Turn
	School School
	Points map[FocusState]int  // what teams still explore is not counted among the proposed
	After  map[AfterChoice]int // of the chosen ones, while the year to come was not opened
	Began  *BoardBegan         // what the newest opened year began with; nil when none was opened
	Ended  []string            // ids of trajectories that had ended when the running year was opened
}

// BoardBegan is what a year began with.
type BoardBegan struct {
	Year            string
	On              clock.Date
	Focus           map[Became]int
	Active, Resting int // trajectories
}

// BoardYear counts what a school decided. It is the same number of queries for every school. Who: the
// board of the school, and who works there; others find nothing.
func (s *Service) BoardYear(ctx context.Context, who access.Who, schoolID string) (BoardYear, error) {
	if _, err := s.allowed(ctx, s.db, who, access.Aggregate, access.FocusPoint, schoolID); err != nil {
		return BoardYear{}, err
	}
	t, err := turnAt(ctx, s.db, schoolID, s.clock.Now())
	if err != nil {
		return BoardYear{}, err
	}
	points, err := focusOfSchool(ctx, s.db, schoolID)
	if err != nil {
		return BoardYear{}, err
	}
	return t.forBoard(points), nil
}

func (t YearTurn) forBoard(points []FocusPoint) BoardYear {
	y := BoardYear{Turn: t.Turn, School: t.School, Points: map[FocusState]int{}, After: map[AfterChoice]int{}}
	for _, f := range points {
		if f.State == Proposed && f.TrajectoryID != "" {
			continue
		}
		y.Points[f.State]++
		if f.CanDecideAfter() {
			y.After[f.After.Choice]++
		}
	}
	if o := t.Openings.Of(t.From.ID); o != nil {
		y.Ended = o.Began.ended()
	}
	o, year := t.Openings.Of(t.To.ID), t.To
	if o == nil {
		o, year = t.Openings.Of(t.From.ID), t.From
	}
	if o == nil {
		return y
	}
	y.Began = &BoardBegan{Year: year.Name, On: clock.On(o.At, t.School.Location()), Focus: map[Became]int{}}
	for _, f := range o.Began.Focus {
		y.Began.Focus[f.Became]++
	}
	for _, x := range o.Began.Trajectories {
		switch x.State {
		case "active":
			y.Began.Active++
		case "paused":
			y.Began.Resting++
		}
	}
	return y
}

// ended are the trajectories that had ended by then.
func (b Began) ended() []string {
	var out []string
	for _, x := range b.Trajectories {
		if x.State == "done" || x.State == "stopped" {
			out = append(out, x.ID)
		}
	}
	return out
}

// OfBoard returns the schools of the own board of whose decisions who may read figures, by name. It is one
// query.
func (s *Service) OfBoard(ctx context.Context, who access.Who) ([]School, error) {
	all, err := db.All(ctx, s.db, `select `+schoolColumns+` from school s where s.board_id = $1 order by s.name, s.id`, schoolFields, who.BoardID)
	var out []School
	for _, sc := range all {
		if access.May(who, access.Aggregate, object(access.FocusPoint, sc)) {
			out = append(out, sc)
		}
	}
	return out, errs.Because(err, "schools of board %s", who.BoardID)
}
