package agreement

import (
	"context"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/trajectory"
)

// Facts tells how the page stands: for the gate of the last stage, for the question
// that helps when nobody looked for half a year, and for those that looking back answers.
func (s *Service) Facts(ctx context.Context, q db.Queryer, seen trajectory.Seen) (trajectory.Facts, error) {
	p, err := pageOf(ctx, q, seen.ID)
	if err != nil {
		return nil, err
	}
	type told struct {
		core           int
		looked         int
		secured, check clock.Date
	}
	t, err := db.One(ctx, q, `
		select
			(select count(*) from agreement where trajectory_id = $1 and on_page and state = 'standing' and kind = 'core'),
			(select min(fixed_on) from agreement_version where trajectory_id = $1),
			(select max(held_on) from agreement_check where trajectory_id = $1),
			(select count(*) from agreement_evaluation where trajectory_id = $1 and visit_id = $2)`,
		func(t *told) []any { return []any{&t.core, &t.secured, &t.check, &t.looked} }, seen.ID, seen.VisitID)
	if err != nil {
		return nil, err
	}
	today := seen.Today()
	return trajectory.Facts{
		"agreement_page_ready":    pageReady(Ready{Title: p.Words.Title != "", Core: t.core > 0, Review: p.Care.ReviewOn != "" && p.Care.ReviewOn >= today}),
		"caretaker_with_stand_in": cared(p.Care),
		"recurring_agenda_item":   recurs(p.Care),
		"looked_back":             trajectory.Is(t.looked > 0),
		"newcomer_buddy":          trajectory.Is(p.Care.BuddyID != ""),
		"no_check_half_year":      trajectory.Is(noCheckHalfYear(t.secured, t.check, today)),
	}, nil
}

// pageReady is met when the page has a title, something that everybody does, and a day to
// look again that has not passed; partly when there is something on it. That it fits on
// one sheet is seen to by its limits.
func pageReady(r Ready) trajectory.Value {
	switch {
	case r.All():
		return trajectory.Value{State: trajectory.Met, Number: 1}
	case r.Any():
		return trajectory.Value{State: trajectory.Partly}
	}
	return trajectory.Value{State: trajectory.Open}
}

// cared is met when a caretaker with hours and a stand-in are named.
func cared(c Care) trajectory.Value {
	if c.CaretakerID == "" {
		return trajectory.Is(false)
	}
	return trajectory.Share(1+one(c.Hours != "")+one(c.StandInID != ""), 3)
}

// recurs is met when it is said in which meeting the theme comes back, and how often.
func recurs(c Care) trajectory.Value {
	return trajectory.Share(one(c.Meeting != "")+one(c.Often != ""), 2)
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
