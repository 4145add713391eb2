package notify

import (
	"context"
	"slices"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/job"
	"leerkring/internal/mail"
	"leerkring/school"
)

// Kinds of jobs, and of the mail.
const (
	KindLook   = "notify.look"   // comes back: which schools have a morning of mail
	KindSchool = "notify.school" // one school on one day: who gets mail
	KindWeek   = "notify.week"
)

// LookEvery is how often it is looked whether it is half past seven somewhere: the zones of
// the world differ by quarters of an hour.
var LookEvery = job.Every(15 * time.Minute)

// Look is the handler of KindLook. Each school has one job a day, whatever the clock does.
func (s *Service) Look(ctx context.Context, j job.Job) error {
	now := s.now()
	type place struct{ id, zone string }
	places, err := db.All(ctx, s.db, `select id, zone from school order by id`, func(p *place) []any { return []any{&p.id, &p.zone} })
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		for _, p := range places {
			for _, day := range days(now, clock.Zone(p.zone)) {
				if err := job.Add(ctx, tx, job.Job{Kind: KindSchool, Key: KindSchool + "|" + p.id + "|" + string(day), Payload: job.IDs{"school": p.id, "day": string(day)}, RunAt: now}); err != nil {
					return err
				}
			}
		}
		if _, err := db.Exec(ctx, tx, `delete from mail_stop where expires_at < $1`, now); err != nil {
			return err
		}
		return job.Done(ctx, tx, j)
	})
}

// School is the handler of KindSchool: it queues the mail of everybody at a school who
// gets it on that day. What is in it is nobody's business yet.
func (s *Service) School(ctx context.Context, j job.Job) error {
	id, day := j.Payload["school"], clock.Date(j.Payload["day"])
	sc, err := school.Read(ctx, s.db, id)
	if errs.IsAbsent(err) {
		return nil
	}
	if err != nil {
		return err
	}
	cal, err := s.schools.Calendar(ctx, id)
	if err != nil {
		return err
	}
	zone := sc.Location()
	from, until := Window(day, zone)
	now := s.now()
	if now.After(until) {
		return nil
	}
	people, err := s.people(ctx, id, day)
	if err != nil {
		return err
	}
	today := clock.On(now, zone)
	people = slices.DeleteFunc(people, func(p school.Person) bool { return !Gets(p, cal, day, today) })
	for part := range slices.Chunk(people, 200) {
		if err := s.db.Write(ctx, func(tx *db.Tx) error { return queue(ctx, tx, part, day, from, until) }); err != nil {
			return err
		}
	}
	return nil
}

// people are the staff of a school and the guests of its running trajectories who did not
// say that they want no mail.
func (s *Service) people(ctx context.Context, schoolID string, day clock.Date) ([]school.Person, error) {
	return db.All(ctx, s.db, `select p.id, p.board_id, p.working_days, p.away_until_on, p.state from person p
		where p.state = 'active' and not exists (select 1 from mail_choice c where c.person_id = p.id and not c.monday)
			and (exists (select 1 from staff f where f.person_id = p.id and f.school_id = $1)
				or p.guest and exists (select 1 from participant x join trajectory t on t.id = x.trajectory_id
					where x.person_id = p.id and t.school_id = $1 and t.state = 'active' and x.left_at is null and (x.ends_on is null or x.ends_on > $2)))
		order by p.id`,
		func(p *school.Person) []any {
			return []any{&p.ID, &p.BoardID, db.JSON(&p.WorkingDays), &p.AwayUntil, (*string)(&p.State)}
		}, schoolID, day)
}

// queue puts one mail a person and a week in the outbox. The key is taken by whichever
// school of a person comes first.
func queue(ctx context.Context, tx *db.Tx, people []school.Person, day clock.Date, from, until time.Time) error {
	for _, p := range people {
		if err := mail.Queue(ctx, tx, mail.Message{Key: keyOf(p.ID, day), Kind: KindWeek, BoardID: p.BoardID, PersonID: p.ID, At: from, Until: until, Private: true, Once: true, Later: true}); err != nil {
			return err
		}
	}
	return nil
}

func keyOf(personID string, day clock.Date) string {
	return KindWeek + "|" + personID + "|" + string(day.Monday())
}
