package school

import (
	"context"
	"strings"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// BoardYear is the way of a school from one year to the next as its board reads it.
//
// The board stands outside the school. Of trajectories and proposals it gets figures, as trust.md
// says; a proposal is the word of a colleague until the school chose. What a leader decided is of the
// school and no longer of who brought it up, so that its title is read: a board that asks a school to
// choose little must be able to see that it did. Who proposed, keeps or decided it, why, and what a
// team says are never in here, so that no page can show them by mistake.
type BoardYear struct {
	Turn
	School   School
	Results  []FocusResult // newest first
	Proposed int           // focus points that wait for a choice; what teams still explore is not counted
	Began    *BoardBegan   // what the newest opened year began with; nil when none was opened
	Ended    []string      // ids of trajectories that had ended when the running year was opened
}

// FocusResult is what a school decided about a focus point.
type FocusResult struct {
	Title string
	State FocusState  // Chosen, Running, Parked, Done or Stopped
	Until string      // school year for which it is parked, or will be; "" when a leader wrote other words there
	After AfterChoice // decided for the year to come, while that was not opened
}

// BoardBegan is what a year began with.
type BoardBegan struct {
	Year            string
	On              clock.Date
	Focus           map[Became][]string // titles
	Back            int                 // parked ones that came back as a proposal
	Active, Resting int                 // trajectories
}

// BoardYear reads what a school decided. It is the same number of queries for every school. Who: the
// board of the school, and who works there; others find nothing.
func (s *Service) BoardYear(ctx context.Context, who access.Who, schoolID string) (BoardYear, error) {
	if _, err := s.allowed(ctx, s.db, who, access.Read, access.FocusResult, schoolID); err != nil {
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
	y := BoardYear{Turn: t.Turn, School: t.School}
	titles := map[string]string{}
	for _, f := range points {
		switch f.State {
		case Proposed:
			if f.TrajectoryID == "" {
				y.Proposed++
			}
		case Chosen, Running, Parked, Done, Stopped:
			titles[f.ID] = f.Title
			y.Results = append(y.Results, f.result())
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
	y.Began = &BoardBegan{Year: year.Name, On: clock.On(o.At, t.School.Location()), Focus: map[Became][]string{}}
	for _, f := range o.Began.Focus {
		if title, ok := titles[f.ID]; f.Became == CameBack {
			y.Began.Back++
		} else if ok {
			y.Began.Focus[f.Became] = append(y.Began.Focus[f.Became], title)
		}
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

func (f FocusPoint) result() FocusResult {
	r := FocusResult{Title: f.Title, State: f.State, Until: onlyYear(f.ParkedFor)}
	if f.CanDecideAfter() {
		r.After, r.Until = f.After.Choice, onlyYear(f.After.Until)
	}
	return r
}

// onlyYear is the name of a school year, or nothing: where a leader names a year, any words fit.
func onlyYear(name string) string {
	if _, rest, ok := firstYear(name); ok && strings.Trim(rest, "0123456789-–/ ") == "" {
		return name
	}
	return ""
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

// OfBoard returns the schools of the own board whose decisions who may read, by name. It is one query.
func (s *Service) OfBoard(ctx context.Context, who access.Who) ([]School, error) {
	all, err := db.All(ctx, s.db, `select `+schoolColumns+` from school s where s.board_id = $1 order by s.name, s.id`, schoolFields, who.BoardID)
	var out []School
	for _, sc := range all {
		if access.May(who, access.Read, object(access.FocusResult, sc)) {
			out = append(out, sc)
		}
	}
	return out, errs.Because(err, "schools of board %s", who.BoardID)
}
