package condition

import (
	"context"
	"slices"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/writing"
)

// View is a condition as one person sees it, with all that was said about it.
type View struct {
	Condition
	Said      []Said // oldest first
	Overdue   bool   // the day of the promise has passed, and the group has not said how it went
	MayAnswer bool   // promise, refuse, later
	MayMark   bool   // kept or not
	MayEdit   bool   // words, and asking somebody
	MayRemove bool
}

// Last is what was said last, zero when nothing was.
func (v View) Last() Said {
	if len(v.Said) == 0 {
		return Said{}
	}
	return v.Said[len(v.Said)-1]
}

// Page is what a trajectory needs, as one person sees it.
type Page struct {
	Conditions []View // essential first, in the order in which they were named
	Taken      []Condition
	Activation Activation
	People     map[string]school.Person
	MayAdd     bool
	MayWaive   bool
}

// Needs returns what a trajectory that is seen needs, in its words only. Nothing for who may not
// read it.
func (s *Service) Needs(ctx context.Context, q db.Queryer, seen trajectory.Seen) ([]string, error) {
	if !seen.May(access.Read, access.Condition, "") {
		return nil, nil
	}
	list, err := listOf(ctx, q, seen.ID)
	var out []string
	for _, c := range list {
		out = append(out, c.Text)
	}
	return out, err
}

// Read returns what a trajectory that is seen needs, in four queries. Absent for who may
// not read it.
func (s *Service) Read(ctx context.Context, q db.Queryer, seen trajectory.Seen) (Page, error) {
	p := Page{MayAdd: seen.May(access.Create, access.Condition, ""), MayWaive: seen.May(access.Promise, access.Condition, "")}
	if err := seen.Must(access.Read, access.Condition, ""); err != nil {
		return p, err
	}
	list, err := listOf(ctx, q, seen.ID)
	if err != nil {
		return p, err
	}
	ids := make([]string, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	said, err := stepsOf(ctx, q, ids)
	if err != nil {
		return p, err
	}
	waivers, err := waiversOf(ctx, q, seen.ID)
	if err != nil {
		return p, err
	}
	p.Activation = CanActivate(list, waivers)
	people := []string{p.Activation.Waiver.By}
	for _, c := range list {
		people = append(people, peopleOf(c, said[c.ID])...)
		if !c.RemovedAt.IsZero() {
			if p.MayAdd {
				p.Taken = append(p.Taken, c)
			}
			continue
		}
		v := viewOf(seen.Who, objectOf(seen, c), c, said[c.ID], seen.Today())
		v.MayRemove = mayRemove(seen, c)
		p.Conditions = append(p.Conditions, v)
	}
	slices.SortStableFunc(p.Conditions, func(a, b View) int { return one(b.Essential) - one(a.Essential) })
	p.People, err = school.Names(ctx, q, seen.School.BoardID, some(people))
	return p, err
}

func viewOf(who access.Who, o access.Object, c Condition, said []Said, today clock.Date) View {
	return View{Condition: c, Said: said, Overdue: c.Overdue(today),
		MayAnswer: c.Can(Promised) && access.May(who, access.Promise, o), MayMark: access.May(who, access.Settle, o), MayEdit: access.May(who, access.Edit, o)}
}

func peopleOf(c Condition, said []Said) []string {
	out := []string{c.AskedID, c.AnsweredBy, c.MadeBy, c.RemovedBy}
	for _, s := range said {
		out = append(out, s.By, s.AskedID)
	}
	return out
}

// some keeps each id once, and no empty one.
func some(ids []string) []string {
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" })
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// One is a single condition with its history.
type One struct {
	View
	Title    string          // of the trajectory
	SchoolID string          // of the trajectory
	Inside   bool            // the person asking sees the trajectory; else only this condition
	Seen     trajectory.Seen // when Inside
	Object   access.Object   // as the rights see it: for the line that says who reads it
	Guests   []string        // names of guests who read it, when not Inside
	Today    clock.Date
	People   map[string]school.Person
	History  []writing.Version // of the words, oldest first
}

// One returns one condition that who may read: through its trajectory, or because this
// person is asked for it. Absent when it was taken away.
func (s *Service) One(ctx context.Context, q db.Queryer, who access.Who, id string) (One, error) {
	r, err := s.reach(ctx, q, who, id)
	if err != nil {
		return One{}, errs.Because(err, "condition %s", id)
	}
	if !r.RemovedAt.IsZero() {
		return One{}, errs.Absent()
	}
	said, err := stepsOf(ctx, q, []string{id})
	if err != nil {
		return One{}, err
	}
	o := One{View: viewOf(who, r.object, r.Condition, said[id], r.today), Title: r.title, SchoolID: r.schoolID, Inside: r.inside, Seen: r.seen, Object: r.object, Guests: r.guests, Today: r.today}
	if r.inside {
		o.MayRemove = mayRemove(r.seen, r.Condition)
		if o.History, err = writing.History(ctx, q, r.text()); err != nil {
			return o, err
		}
	}
	o.People, err = school.Names(ctx, q, r.object.BoardID, some(peopleOf(r.Condition, said[id])))
	return o, err
}

// Activation tells whether the plan of a trajectory can begin, in two queries.
func (s *Service) Activation(ctx context.Context, q db.Queryer, seen trajectory.Seen) (Activation, error) {
	list, err := listOf(ctx, q, seen.ID)
	if err != nil {
		return Activation{}, err
	}
	waivers, err := waiversOf(ctx, q, seen.ID)
	return CanActivate(list, waivers), err
}

// Ask is a condition that waits for one person.
type Ask struct {
	Condition
	Title    string // of the trajectory
	SchoolID string
	Promised bool // this person promised it, and its day is near or past; else an answer is asked
}

// near is how many days before its day a promise comes back to who gave it.
const near = 7

// AskedOf returns what waits for a person, over all trajectories that are on their way:
// conditions that this person is asked for and has not answered or put off till today,
// and own promises whose day is near or past. Nothing while the person is away. It tells a
// person about the own work only.
func (s *Service) AskedOf(ctx context.Context, who access.Who, today clock.Date) ([]Ask, error) {
	type ask struct {
		row
		title, schoolID string
	}
	rows, err := db.All(ctx, s.trajectories.DB(), `
		select `+columns+`, t.title, t.school_id
		from condition c join trajectory t on t.id = c.trajectory_id join person p on p.id = $1
		where t.state = 'active' and c.removed_at is null
			and p.state = 'active' and (p.away_until_on is null or p.away_until_on <= $2)
			and (exists (select 1 from staff f where f.person_id = p.id and f.school_id = t.school_id)
				or exists (select 1 from participant x where x.person_id = p.id and x.trajectory_id = t.id and x.left_at is null and (x.ends_on is null or x.ends_on > $2)))
			and (c.asked_id = p.id and c.state = 'asked'
				or c.asked_id = p.id and c.state = 'later' and c.due_on <= $2
				or c.answered_by = p.id and c.state = 'promised' and c.due_on <= $3)
		order by coalesce(c.due_on, '9999'), c.made_at, c.id`,
		func(a *ask) []any { return append(fields(&a.row), &a.title, &a.schoolID) }, who.ID, today, today.Add(near))
	out := make([]Ask, len(rows))
	for i, r := range rows {
		out[i] = Ask{Condition: r.read(), Title: r.title, SchoolID: r.schoolID, Promised: r.State == Promised}
	}
	return out, errs.Because(err, "what is asked of %s", who.ID)
}
