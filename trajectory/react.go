package trajectory

import (
	"context"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/school"
)

// ReactBy returns the first school day, no earlier than the day given, by which everybody who takes part
// has had time to react on working days of their own.
func ReactBy(cal school.Calendar, people []Participant, today, noEarlier clock.Date) clock.Date {
	list := make([]school.Person, 0, len(people))
	for _, p := range people {
		if p.Role != Coach {
			list = append(list, school.Person{WorkingDays: p.WorkingDays, AwayUntil: p.AwayUntil})
		}
	}
	return cal.ReactBy(list, today, noEarlier)
}

// ReactBy is the day by which those who take part, and the members of the teams that are
// touched, have had time to react on working days of their own. The caller has the Seen.
func (s *Service) ReactBy(ctx context.Context, q db.Queryer, seen Seen, noEarlier clock.Date) (clock.Date, error) {
	cal, err := school.CalendarOf(ctx, q, seen.SchoolID)
	if err != nil {
		return "", err
	}
	people, err := db.All(ctx, q, `select p.working_days, p.away_until_on from person p where p.state in ('active', 'invited') and (
		exists (select 1 from participant x where x.person_id = p.id and x.trajectory_id = $1 and x.left_at is null and x.role <> 'begeleider')
		or exists (select 1 from team_member m join trajectory_team t on t.team_id = m.team_id where m.person_id = p.id and t.trajectory_id = $1))`,
		func(p *school.Person) []any { return []any{db.JSON(&p.WorkingDays), &p.AwayUntil} }, seen.ID)
	if err != nil {
		return "", err
	}
	return cal.ReactBy(people, seen.Today(), noEarlier), nil
}
