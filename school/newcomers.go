package school

import (
	"context"
	"slices"
	"strconv"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
)

// arrival is somebody who came to a school of late, as one query reads it.
type arrival struct {
	Newcomer
	teams, roles [][]string
	settledAt    time.Time
	days         []firstDays // of everybody at the school; on one row of each school only
}

// firstDay is the first day of somebody at a school; for who came before that day was kept it is
// the day of the account.
const firstDay = `coalesce(f.since_on, substr(p.made_at, 1, 10))`

// arrivalQuery reads who came to some schools since a day, with who helps them. Whoever left,
// or works elsewhere now, helps nobody any more. It is read for everybody's own week: first days are
// counted once for a school and not for each of its people, and who came in the weeks in which the
// school itself came in is no row, for that is everybody.
var arrivalQuery = `with came as (
		select f.school_id, ` + firstDay + ` as first_on, sum(case when p.state in ('active', 'invited') and not p.guest then 1 else 0 end) as there
		from staff f join person p on p.id = f.person_id where f.school_id in ` + db.In("$1") + ` group by f.school_id, 2),
	at_school as (select school_id,
		/*sqlite: json_group_array(json_object('on', first_on, 'there', there)) as days, date(min(first_on), '+` + foundDays + ` days') as founded_on */
		/*postgres: json_agg(json_build_object('on', first_on, 'there', there))::text as days, to_char(min(first_on)::date + ` + foundDays + `, 'YYYY-MM-DD') as founded_on */
		from came group by school_id)
	select ` + personColumns + `, f.school_id, ` + firstDay + `, ` +
	rows(`m.team_id`, `team_member m join team t on t.id = m.team_id where m.person_id = p.id and t.school_id = f.school_id`) + `, ` +
	rows(`r.kind`, `role r where r.person_id = p.id`) + `,
	coalesce(h.id, ''), coalesce(h.name, ''), coalesce(h.hue, 0), n.settled_at,
	case when row_number() over (partition by f.school_id order by p.id) = 1 then c.days else '[]' end
	from staff f join person p on p.id = f.person_id join at_school c on c.school_id = f.school_id
	left join newcomer n on n.person_id = p.id and n.school_id = f.school_id
	left join person h on h.id = n.helper_id and h.state = 'active' and exists (select 1 from staff g where g.person_id = h.id and g.school_id = f.school_id)
	where p.state in ('active', 'invited') and not p.guest and ` + firstDay + ` >= $2 and ` + firstDay + ` > c.founded_on
	order by p.name, p.email`

var foundDays = strconv.Itoa(7 * foundWeeks)

func arrivalFields(a *arrival) []any {
	return append(personFields(&a.Person), &a.SchoolID, &a.Since, db.JSON(&a.teams), db.JSON(&a.roles),
		&a.Helper.ID, &a.Helper.Name, &a.Helper.Hue, &a.settledAt, db.JSON(&a.days))
}

// works reports whether somebody is a colleague and not only an account: who is of the board, or
// looks after accounts or privacy and is in no team, is nobody's newcomer.
func (a arrival) works() bool {
	for _, r := range a.roles {
		switch r[0] {
		case "board":
			return false
		case "admin", "privacy":
			if len(a.teams) == 0 {
				return false
			}
		}
	}
	return true
}

// calendars are those of some schools, read when they are needed and once.
type calendars map[string]Calendar

func (c calendars) of(ctx context.Context, q db.Queryer, schoolID string) (Calendar, error) {
	if cal, ok := c[schoolID]; ok {
		return cal, nil
	}
	cal, err := CalendarOf(ctx, q, schoolID)
	if err != nil {
		return cal, err
	}
	cal.Years, err = yearsOf(ctx, q, schoolID)
	c[schoolID] = cal
	return cal, err
}

// lately returns everybody who came to some schools since a day and may be new there, by name. It is
// read for everybody's own week, and changes only when people come and go.
func lately(ctx context.Context, q db.Queryer, ids []string, since clock.Date) ([]Newcomer, error) {
	return db.Worked(ctx, q, "who came lately", []any{ids, since}, func(ctx context.Context) ([]Newcomer, error) {
		all, err := db.All(ctx, q, arrivalQuery, arrivalFields, ids, since)
		days := map[string][]firstDays{}
		for _, a := range all {
			days[a.SchoolID] = append(days[a.SchoolID], a.days...)
		}
		var out []Newcomer
		for _, a := range all {
			if !enteredOn(a.Since, days[a.SchoolID]).settled() || !a.works() {
				continue
			}
			a.Settled = !a.settledAt.IsZero()
			for _, t := range a.teams {
				a.TeamIDs = append(a.TeamIDs, t[0])
			}
			out = append(out, a.Newcomer)
		}
		return out, err
	})
}

// newAt returns everybody who is new at some schools, by name.
func newAt(ctx context.Context, q db.Queryer, schools []School, now time.Time, cals calendars) ([]Newcomer, error) {
	ids, since, today := []string{}, clock.Date("9999-12-31"), map[string]clock.Date{}
	for _, sc := range schools {
		ids, today[sc.ID] = append(ids, sc.ID), clock.On(now, sc.Location())
		since = min(since, today[sc.ID].Add(-newAtMost))
	}
	if len(ids) == 0 {
		return nil, nil
	}
	came, err := lately(ctx, q, ids, since)
	if err != nil {
		return nil, err
	}
	var out []Newcomer
	for _, n := range came {
		cal, err := cals.of(ctx, q, n.SchoolID)
		if err != nil {
			return nil, err
		}
		if cal.NewOn(n.Since, today[n.SchoolID]) {
			out = append(out, n)
		}
	}
	return out, nil
}

// Newcomers returns who is new where the person asking works, as far as they have to do with it:
// themselves, whom they help, for whom they may name a colleague, and whom they may help.
// home is the calendar of their first school. One query when nobody is new.
func (s *Service) Newcomers(ctx context.Context, k Known, home Calendar) ([]Newcomer, error) {
	list, err := newAt(ctx, s.db, k.Schools, s.clock.Now(), calendars{k.Home().ID: home})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	isNew := slices.ContainsFunc(list, func(n Newcomer) bool { return n.ID == k.Who.ID })
	var out []Newcomer
	for _, n := range list {
		at := slices.IndexFunc(k.Schools, func(sc School) bool { return sc.ID == n.SchoolID })
		if n, ok := n.seen(k.Schools[at], k.Who, isNew); ok {
			out = append(out, n)
		}
	}
	return out, nil
}

// Colleagues returns the people of a school as far as they could help a newcomer, by name. buddies are
// whom pages name for newcomers, by team; those of pages of the whole school stand under "".
// Who: whoever may name a colleague for one of the newcomers; the caller asked that.
func (s *Service) Colleagues(ctx context.Context, sc School, buddies map[string][]string) ([]Colleague, error) {
	people, err := staffOf(ctx, s.db, sc.ID)
	if err != nil {
		return nil, err
	}
	leads, err := db.All(ctx, s.db, `select distinct person_id from role where kind in ('leader', 'team_leader') and school_id = $1`, db.Str, sc.ID)
	if err != nil {
		return nil, err
	}
	list, err := newAt(ctx, s.db, []School{sc}, s.clock.Now(), calendars{})
	if err != nil {
		return nil, err
	}
	out := make([]Colleague, len(people))
	for i, p := range people {
		c := Colleague{Staff: p, Leads: slices.Contains(leads, p.ID), Buddy: slices.Contains(buddies[""], p.ID)}
		for _, team := range p.TeamIDs {
			c.Buddy = c.Buddy || slices.Contains(buddies[team], p.ID)
		}
		for _, n := range list {
			c.New = c.New || n.ID == p.ID
			if n.Helper.ID == p.ID && !n.Settled {
				c.Helps++
			}
		}
		out[i] = c
	}
	return out, nil
}
