package session

import (
	"context"
	"slices"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/method"
	"leerkring/task"
	"leerkring/trajectory"
)

// View is everything that one person sees of a session now: nothing else was read into it.
type View struct {
	Seen
	Texts    []Shown
	Releases []Release
	Tasks    []task.Task // that were made here, as far as the person asking may know
}

// Shown is a text as it lies on the table for the person asking.
type Shown struct {
	Text
	Field  *method.Field
	Mine   bool
	By     Person         // who wrote it
	Counts map[string]int // marks on it, once they may be seen
	MyMark string
}

// View reads a session for one person, in a constant number of queries. Who: the circle, and for
// one that belongs to the work of a team, the team.
func (s *Service) View(ctx context.Context, who access.Who, id string) (View, error) {
	seen, err := s.Reach(ctx, s.db, who, id)
	if err != nil {
		return View{}, err
	}
	texts, err := textsOf(ctx, s.db, id)
	if err != nil {
		return View{Seen: seen}, err
	}
	marks, err := marksOf(ctx, s.db, id)
	if err != nil {
		return View{Seen: seen}, err
	}
	releases, err := releasesOf(ctx, s.db, "session", id)
	if err != nil {
		return View{Seen: seen}, err
	}
	v := seen.View(texts, marks, releases)
	v.Tasks, err = tasksOf(ctx, s.db, seen, releases)
	return v, err
}

// View lays what was read of a session on the table of one person: what is not open to them yet is
// not in it.
func (s Seen) View(texts []Text, marks []Mark, releases []Release) View {
	v := View{Seen: s, Releases: releases}
	for i := range v.Releases {
		v.Releases[i].Mine = v.Releases[i].PersonID == s.Who.ID
	}
	for _, t := range texts {
		_, f, ok := s.Pack.Field(t.FieldID)
		if !ok || !s.reads(t) {
			continue
		}
		shown := Shown{Text: t, Field: f, Mine: t.PersonID == s.Who.ID}
		shown.By, _ = s.People.Find(t.PersonID)
		shown.count(marks, s.Who.ID, s.marksOpen(t.FieldID, marks))
		v.Texts = append(v.Texts, shown)
	}
	return v
}

// count lays the marks on a text.
func (t *Shown) count(marks []Mark, me string, open bool) {
	t.Counts = map[string]int{}
	for _, m := range marks {
		if m.TextID != t.ID {
			continue
		}
		if open {
			t.Counts[m.Mark]++
		}
		if m.PersonID == me {
			t.MyMark = m.Mark
		}
	}
}

// marksOpen reports whether marks on a field may be seen: a word that one role puts at once, votes
// when everybody has voted or the step is over.
func (s Seen) marksOpen(fieldID string, marks []Mark) bool {
	if s.State == Closed {
		return true
	}
	for i, step := range s.Steps() {
		m := step.Stage.Live.Mark
		if m.Field != fieldID {
			continue
		}
		if len(m.Options) > 0 || i < s.Step {
			return true
		}
		if i == s.Step {
			voted := map[string]bool{}
			for _, given := range marks {
				if given.Step == i {
					voted[given.PersonID] = true
				}
			}
			return len(voted) >= len(s.People.There())
		}
	}
	return false
}

// In are the texts of a field, as far as they are on the table.
func (v View) In(fieldID string) []Shown {
	var out []Shown
	for _, t := range v.Texts {
		if t.Field.ID == fieldID {
			out = append(out, t)
		}
	}
	return out
}

// Own are what the person asking wrote in a field of the present step, or of any for a field that
// is filled in once.
func (v View) Own(fieldID string) []Shown {
	return slices.DeleteFunc(v.In(fieldID), func(t Shown) bool { return !t.Mine })
}

// Harvest are the texts that become something of one kind.
func (v View) Harvest(kind method.Harvest) []Shown {
	var out []Shown
	for _, t := range v.Texts {
		if t.Field.Becomes == kind {
			out = append(out, t)
		}
	}
	return out
}

// Listed is a session in a list.
type Listed struct {
	Session
	Pack *method.Pack
	Me   Attends // "" when the person asking is not of the circle
}

// Mine are the sessions that a person is asked to: those to come and those that run, and what was
// closed and is not yet erased. Nearest first. Who: the person.
func (s *Service) Mine(ctx context.Context, who access.Who) ([]Listed, error) {
	return s.list(ctx, s.db, `, x.state from session s join session_person x on x.session_id = s.id and x.person_id = $1
		where x.state <> 'out' and s.state <> 'cancelled' and (s.state in ('planned', 'running') or s.closed_at > $2)
		order by case when s.state = 'closed' then 1 else 0 end, case when s.state = 'closed' then '' else s.starts_at end, s.starts_at desc, s.id limit 100`,
		who.ID, s.clock.Now().AddDate(0, 0, -keepDays))
}

// OfTrajectory are the sessions that belong to the work of a trajectory; closed circles are only
// shown to who is in them. Newest first. Who: who may read the trajectory and takes part.
func (s *Service) OfTrajectory(ctx context.Context, q db.Queryer, seen trajectory.Seen) ([]Listed, error) {
	takesPart := seen.Role != trajectory.NoOne && seen.Role != trajectory.Guest
	return s.list(ctx, q, `, coalesce(x.state, '') from session s left join session_person x on x.session_id = s.id and x.person_id = $1
		where s.trajectory_id = $2 and s.state <> 'cancelled' and (x.state in ('invited', 'in') or ($3 = 1 and s.circle <> 'closed'))
		order by case s.state when 'running' then 0 when 'planned' then 1 else 2 end, s.starts_at desc, s.id limit 100`, seen.Who.ID, seen.ID, one(takesPart))
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func (s *Service) list(ctx context.Context, q db.Queryer, rest string, args ...any) ([]Listed, error) {
	rows, err := db.All(db.Afresh(ctx), q, `select `+columns+rest, func(l *Listed) []any { return append(fields(&l.Session), (*string)(&l.Me)) }, args...)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		if rows[i].Pack, err = s.trajectories.PackVersion(ctx, q, rows[i].MethodID, rows[i].MethodVersion); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// Facts tells whether a session of the present stage was held to its end.
func (s *Service) Facts(ctx context.Context, q db.Queryer, seen trajectory.Seen) (trajectory.Facts, error) {
	held, err := db.One(ctx, q, `select count(*) from session where trajectory_id = $1 and visit_id = $2 and state = 'closed' and circle in ('closed', 'team', 'school')`, db.Int, seen.ID, seen.VisitID)
	return trajectory.Facts{"session_held": trajectory.Is(held > 0)}, err
}

// Soon are the sessions of a person that are held within some days, for the week.
func (s *Service) Soon(ctx context.Context, who access.Who, from clock.Date, days int) ([]Listed, error) {
	zone := clock.Zone("")
	list, err := s.Mine(ctx, who)
	return slices.DeleteFunc(list, func(l Listed) bool {
		on := clock.On(l.StartsAt, zone)
		return l.State.Over() || on < from || on > from.Add(days)
	}), err
}

// ends is when a session that has begun ends as planned.
func (s Seen) Ends() time.Time {
	steps, at := s.Steps(), s.Now
	if s.State == Planned {
		return s.StartsAt.Add(Total(steps))
	}
	if left := s.Session.Left(steps, s.Now); left > 0 {
		at = at.Add(left)
	}
	for _, step := range steps[min(s.Step+1, len(steps)):] {
		at = at.Add(step.Length())
	}
	return at
}
