package evidence

import (
	"context"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/writing"
)

// factRow is one thing with what facts ask of it.
type factRow struct {
	kind         Kind
	body         writing.Body
	madeAt       time.Time
	sharedAt     time.Time
	removed      bool
	pro, against int // sources that stand
}

// Facts tells what can be read off from sources, explanations and findings, in two
// queries.
func (s *Service) Facts(ctx context.Context, q db.Queryer, seen trajectory.Seen) (trajectory.Facts, error) {
	const cited = `(select count(*) from why_link l join evidence_item f on f.id = l.from_id and f.kind = 'evidence' and f.removed_at is null
		where l.to_kind = i.kind and l.to_id = i.id and l.from_kind = 'evidence' and l.relation = `
	rows, err := db.All(ctx, q, `select i.kind, i.body, i.made_at, i.shared_at, i.removed_at is not null, `+cited+`'supports'), `+cited+`'opposes')
		from evidence_item i where i.trajectory_id = $1`, func(r *factRow) []any {
		return []any{(*string)(&r.kind), db.JSON(&r.body), &r.madeAt, &r.sharedAt, &r.removed, &r.pro, &r.against}
	}, seen.ID)
	if err != nil {
		return nil, err
	}
	var cal school.Calendar
	cal.Periods, err = db.All(ctx, q, `select kind, from_on, to_on from calendar_period where school_id = $1 and kind = 'holiday'`, func(p *school.Period) []any {
		return []any{(*string)(&p.Kind), &p.From, &p.To}
	}, seen.SchoolID)
	if err != nil {
		return nil, err
	}
	return tell(rows, cal, seen.StartedOn, seen.Today(), seen.School.Location()), nil
}

// tell is the rule: what stands in one trajectory in, facts out.
func tell(rows []factRow, cal school.Calendar, started, today clock.Date, zone *time.Location) trajectory.Facts {
	var sources []factRow
	var explanations []factRow
	var findings []Finding
	attempts, shared := false, started
	for _, r := range rows {
		if on := clock.On(r.sharedAt, zone); !r.sharedAt.IsZero() && on > shared {
			shared = on
		}
		switch {
		case r.removed:
		case r.kind == SourceKind:
			sources = append(sources, r)
		case r.kind == ExplanationKind:
			explanations = append(explanations, r)
		case r.kind == FindingKind:
			findings = append(findings, FindingOf(r.body))
		default:
			attempts = true
		}
	}
	facts := trajectory.Facts{"findings_labelled": labelled(findings, attempts), "nothing_shared_weeks": trajectory.Count(cal.SchoolWeeks(shared, today))}
	tellExplanations(facts, explanations)
	tellSources(facts, sources, today, zone)
	return facts
}

func labelled(findings []Finding, attempts bool) trajectory.Value {
	n := 0
	for _, f := range findings {
		if f.Labelled(attempts) {
			n++
		}
	}
	return trajectory.Share(n, len(findings))
}

func tellExplanations(facts trajectory.Facts, rows []factRow) {
	present, elsewhere, sides := 0, 0, 0
	for _, r := range rows {
		x := ExplanationOf(r.body)
		present += one(x.Present)
		elsewhere += one(x.Lies == Elsewhere)
		sides += one(r.pro > 0) + one(r.against > 0)
	}
	n := len(rows)
	facts["explanations"] = trajectory.Count(n)
	facts["explanations_about_present_approach"] = trajectory.Is(2*present > n)
	facts["explanations_elsewhere_only"] = trajectory.Is(n > 0 && elsewhere == n)
	facts["evidence_per_explanation"] = trajectory.Share(sides, 2*n)
}

func tellSources(facts trajectory.Facts, rows []factRow, today clock.Date, zone *time.Location) {
	translated, agree, waits := 0, 0, 0
	for _, r := range rows {
		s := SourceOf(r.body)
		agree += one(s.Stance == Agrees)
		if s.Translated() {
			translated++
			continue
		}
		waits = max(waits, clock.On(r.madeAt, zone).Days(today))
	}
	facts["sources_translated"] = trajectory.Share(translated, len(rows))
	facts["sources_all_agree"] = trajectory.Is(len(rows) > 1 && agree == len(rows)) // of one alone nobody can say «all»
	facts["source_untranslated_days"] = trajectory.Count(waits)
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}
