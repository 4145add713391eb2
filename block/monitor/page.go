package monitor

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/trajectory"
	"leerkring/writing"
)

// Page is what a trajectory follows, as one person sees it.
type Page struct {
	Series  []Series // of what is followed now, in its order
	Retired []Indicator
	Moments []Moment // by day, from old to new
	MayEdit bool
	Today   clock.Date
	removes func(madeBy string) bool
}

// MayRetire reports whether the person asking may stop following an indicator.
func (p Page) MayRetire(i Indicator) bool { return p.removes(i.MadeBy) }

// Next returns the planned moment that comes first: one whose day has passed and that was
// neither held nor skipped goes before those to come.
func (p Page) Next() (Moment, bool) {
	for _, m := range p.Moments {
		if m.State == Planned {
			return m, true
		}
	}
	return Moment{}, false
}

// Coming returns the planned moments from today on.
func (p Page) Coming() []Moment {
	var out []Moment
	for _, m := range p.Moments {
		if m.State == Planned && m.On >= p.Today {
			out = append(out, m)
		}
	}
	return out
}

// Past returns moments that were held or skipped, the newest first.
func (p Page) Past() []Moment {
	var out []Moment
	for i := len(p.Moments) - 1; i >= 0; i-- {
		if p.Moments[i].State != Planned {
			out = append(out, p.Moments[i])
		}
	}
	return out
}

// Held counts the moments that were held.
func (p Page) Held() int {
	n := 0
	for _, m := range p.Moments {
		if m.State == Held {
			n++
		}
	}
	return n
}

// Page reads what a trajectory that is seen follows, in three queries. Absent for who may
// not read it.
func (s *Service) Page(ctx context.Context, q db.Queryer, seen trajectory.Seen) (Page, error) {
	p := Page{MayEdit: seen.May(access.Edit, access.Count, ""), Today: seen.Today(),
		removes: func(madeBy string) bool { return seen.May(access.Remove, access.Indicator, madeBy) }}
	if err := seen.Must(access.Read, access.Count, ""); err != nil {
		return p, err
	}
	all, err := indicatorsOf(ctx, q, seen.ID)
	if err != nil {
		return p, err
	}
	if p.Moments, err = momentsOf(ctx, q, seen.ID); err != nil {
		return p, err
	}
	var standing []Indicator
	for _, i := range all {
		if i.Stands() {
			standing = append(standing, i)
		} else {
			p.Retired = append(p.Retired, i)
		}
	}
	p.Series = SeriesOf(standing, p.Moments)
	return p, nil
}

// Version is a telling as it once stood.
type Version struct {
	Number  int
	Telling Telling
	MadeAt  time.Time
}

// View is one moment with all that its page shows.
type View struct {
	Moment
	Indicators []Indicator // what is followed, and what was counted here before it was let go
	Versions   []Version   // earlier tellings, the newest first
	Waiting    []Version   // what the person asking wrote beside the one that stands
	MayEdit    bool
}

// One returns one moment. Absent for who may not read it, and for another trajectory's.
func (s *Service) One(ctx context.Context, q db.Queryer, seen trajectory.Seen, id string) (View, error) {
	if err := seen.Must(access.Read, access.Count, ""); err != nil {
		return View{}, err
	}
	m, err := momentIn(ctx, q, seen.ID, id)
	if err != nil {
		return View{}, err
	}
	v := View{Moment: m, MayEdit: seen.May(access.Edit, access.Count, "")}
	all, err := indicatorsOf(ctx, q, seen.ID)
	if err != nil {
		return v, err
	}
	for _, i := range all {
		if _, counted := m.Told.Totals[i.ID]; i.Stands() || counted {
			v.Indicators = append(v.Indicators, i)
		}
	}
	texts, err := writing.History(ctx, q, writing.Ref{Kind: textTelling, ID: id})
	if err != nil {
		return v, err
	}
	for i := len(texts) - 1; i >= 0; i-- {
		t := texts[i]
		version := Version{Number: t.Version, Telling: TellingOf(t.Body), MadeAt: t.MadeAt}
		switch {
		case t.Kept == "conflict" && t.AuthorID == seen.Who.ID:
			v.Waiting = append(v.Waiting, version)
		case t.Kept == "current" && t.Version < m.TellingAt:
			v.Versions = append(v.Versions, version)
		}
	}
	return v, nil
}

// Coming is a planned moment of one of a person's trajectories.
type Coming struct {
	MomentID, TrajectoryID, SchoolID string
	Title                            string // of the trajectory
	Question                         string // "" for that of the method
	On                               clock.Date
	Minutes                          int
	MethodID, MethodVersion          string
	Version                          int
}

// Coming returns the planned moments between two days, both included, of the running
// trajectories in which a person is a member or leads: for the week. Who: the person.
func (s *Service) Coming(ctx context.Context, who access.Who, from, to clock.Date) ([]Coming, error) {
	return comingOf(ctx, s.trajectories.DB(), who.ID, from, to)
}
