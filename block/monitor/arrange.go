package monitor

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/trajectory"
	"leerkring/why"
	"leerkring/writing"
)

// Arrange plans one moment. Who: those who take part.
func (s *Service) Arrange(ctx context.Context, who access.Who, trajectoryID string, n NewMoment) (string, error) {
	n = n.clean()
	id := ""
	err := s.act(ctx, who, trajectoryID, access.Create, access.Count, func(w *work) error {
		if err := n.Check(w.seen.Today()); err != nil {
			return err
		}
		var err error
		id, err = w.plan(ctx, n)
		return err
	})
	return id, errs.Because(err, "plan moment of trajectory %s", trajectoryID)
}

// plan puts a moment into the agenda.
func (w *work) plan(ctx context.Context, n NewMoment) (string, error) {
	count, err := db.One(ctx, w.tx, `select count(*) from monitor_moment where trajectory_id = $1`, db.Int, w.seen.ID)
	if err != nil {
		return "", err
	}
	if count >= mostMoments {
		return "", errs.Invalid("monitor.many_moments", "n", mostMoments)
	}
	m := Moment{ID: ident.At(w.now), VisitID: w.seen.VisitID, On: n.On, Question: n.Question, Minutes: n.Minutes, How: n.How, State: Planned, Version: 1, MadeAt: w.now}
	if err := insertMoment(ctx, w.tx, w.seen.ID, m); err != nil {
		return "", err
	}
	if _, _, err := writing.Keep(ctx, w.tx, writing.Save{Ref: writing.Ref{Kind: objectMoment, ID: m.ID}, AuthorID: w.seen.Who.ID, Body: n.words(), Now: w.now}); err != nil {
		return "", err
	}
	return m.ID, w.note(ctx, "moment.planned", m.ref(), 0, 1)
}

func (m Moment) ref() why.Ref { return why.Ref{Kind: objectMoment, ID: m.ID} }

// PlanThree plans three short moments in the first six school weeks, in one press. Weeks
// in which a moment was planned already are left as they are, so pressing twice plans
// nothing twice. It returns the days. Who: those who take part.
func (s *Service) PlanThree(ctx context.Context, who access.Who, trajectoryID string) ([]clock.Date, error) {
	seen, err := s.trajectories.Reach(ctx, s.trajectories.DB(), who, trajectoryID)
	if err != nil {
		return nil, err
	}
	cal, err := s.calendars.Calendar(ctx, seen.SchoolID)
	if err != nil {
		return nil, err
	}
	var days []clock.Date
	err = s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		if err := seen.Must(access.Create, access.Count, ""); err != nil {
			return err
		}
		planned, err := momentsOf(ctx, tx, trajectoryID)
		if err != nil {
			return err
		}
		days = missing(Three(cal, seen.Today(), seen.TeamIDs), planned)
		if len(days) == 0 {
			return errs.Invalid("monitor.three_planned")
		}
		return (&work{tx: tx, seen: seen, now: now}).planDays(ctx, days)
	})
	return days, errs.Because(err, "plan three moments of trajectory %s", trajectoryID)
}

// planDays plans a moment on each of a few days: one act, one entry.
func (w *work) planDays(ctx context.Context, days []clock.Date) error {
	for _, d := range days {
		n := NewMoment{On: d}.clean()
		m := Moment{ID: ident.At(w.now), VisitID: w.seen.VisitID, On: n.On, Minutes: n.Minutes, How: n.How, State: Planned, Version: 1, MadeAt: w.now}
		if err := insertMoment(ctx, w.tx, w.seen.ID, m); err != nil {
			return err
		}
		if _, _, err := writing.Keep(ctx, w.tx, writing.Save{Ref: writing.Ref{Kind: objectMoment, ID: m.ID}, AuthorID: w.seen.Who.ID, Body: n.words(), Now: w.now}); err != nil {
			return err
		}
	}
	return w.note(ctx, "moments.planned", why.Ref{Kind: "trajectory", ID: w.seen.ID}, 0, len(days))
}

// Rearrange changes day, minutes, way or question of a moment that was not held; base is
// the version that the page showed. A skipped one is planned again. Who: those who take
// part. When somebody else changed it meanwhile, both plans are kept and the clash comes back.
func (s *Service) Rearrange(ctx context.Context, who access.Who, trajectoryID, id string, base int, n NewMoment) (*writing.Clash, error) {
	n = n.clean()
	var clash *writing.Clash
	err := s.act(ctx, who, trajectoryID, access.Edit, access.Count, func(w *work) error {
		m, err := momentIn(ctx, w.tx, trajectoryID, id)
		if err != nil {
			return err
		}
		if m.State == Held {
			return errs.Invalid("monitor.is_held")
		}
		if err := n.Check(w.seen.Today()); err != nil {
			return err
		}
		m.On, m.Question, m.Minutes, m.How, m.State, m.Word = n.On, n.Question, n.Minutes, n.How, Planned, ""
		clash, err = w.change(ctx, m, base, n.words(), "moment.replanned")
		return err
	})
	return clash, errs.Because(err, "replan moment %s", id)
}

// change writes a moment whose plan changed, unless somebody else was first.
func (w *work) change(ctx context.Context, m Moment, base int, body writing.Body, kind string) (*writing.Clash, error) {
	from := m.Version
	k, err := w.keep(ctx, writing.Ref{Kind: objectMoment, ID: m.ID}, m.ref(), DraftKey("plan", m.ID), from, base, body)
	if err != nil || !k.stands {
		return k.clash, err
	}
	m.Version = k.version
	if err := updateMoment(ctx, w.tx, m); err != nil {
		return nil, err
	}
	return nil, w.note(ctx, kind, m.ref(), from, m.Version)
}

// Skip lets a planned moment go, with a word; base and clash as in Rearrange. Who: those
// who take part.
func (s *Service) Skip(ctx context.Context, who access.Who, trajectoryID, id string, base int, word string) (*writing.Clash, error) {
	var clash *writing.Clash
	err := s.act(ctx, who, trajectoryID, access.Edit, access.Count, func(w *work) error {
		m, err := momentIn(ctx, w.tx, trajectoryID, id)
		if err != nil {
			return err
		}
		if m, err = m.skip(word); err != nil {
			return err
		}
		clash, err = w.change(ctx, m, base, writing.Body{"on": string(m.On), "question": m.Question, "word": m.Word}, "moment.skipped")
		return err
	})
	return clash, errs.Because(err, "skip moment %s", id)
}
