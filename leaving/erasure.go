package leaving

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/internal/job"
	"leerkring/journal"
	"leerkring/school"
)

// Erasure is the wish that somebody is erased, and how it stands.
type Erasure struct {
	ID, PersonID, BoardID string
	Name                  string // of the person, as long as there is one
	AskedBy               string // the person, an admin, or the house after a month
	AskedAt               time.Time
	RunsAt                time.Time // zero: waits for a second person
	ConfirmedBy           string
	State                 string // asked, running, cleaning, done, withdrawn
	EndedAt               time.Time
	step                  int
}

// Own reports that the person asked it.
func (e Erasure) Own() bool { return e.AskedBy == e.PersonID }

// Waits reports that a second person has to confirm it.
func (e Erasure) Waits() bool { return e.State == "asked" && e.RunsAt.IsZero() }

// Asked reports that it can still be called back.
func (e Erasure) Asked() bool { return e.State == "asked" }

const erasureColumns = `e.id, e.person_id, e.board_id, p.name, e.asked_by, e.asked_at, e.runs_at, e.confirmed_by, e.state, e.ended_at, e.step`

const erasureTables = `erasure e join person p on p.id = e.person_id`

func erasureFields(e *Erasure) []any {
	return []any{&e.ID, &e.PersonID, &e.BoardID, &e.Name, &e.AskedBy, &e.AskedAt, &e.RunsAt, &e.ConfirmedBy, &e.State, &e.EndedAt, &e.step}
}

func openErasure(ctx context.Context, q db.Queryer, personID string) (Erasure, error) {
	return db.One(ctx, q, `select `+erasureColumns+` from `+erasureTables+` where e.person_id = $1 and e.state in ('asked', 'running', 'cleaning')`, erasureFields, personID)
}

// Waiting returns the erasure that waits for somebody, and false when there is none. Who: the
// person, an admin or privacy officer of theirs.
func (s *Service) Waiting(ctx context.Context, who access.Who, personID string) (Erasure, bool, error) {
	subject, err := subjectOf(ctx, s.db, personID)
	if err != nil {
		return Erasure{}, false, err
	}
	if ok, err := may(ctx, s.db, who, access.Read, subject, ""); err != nil || !ok {
		return Erasure{}, false, err
	}
	e, err := openErasure(ctx, s.db, personID)
	if errs.IsAbsent(err) {
		return Erasure{}, false, nil
	}
	return e, err == nil, err
}

// Block is what somebody has to do before they can be erased.
type Block struct {
	Kind  string // admin, lead
	ID    string // of the trajectory
	Title string
}

// Blocks returns what keeps somebody: nobody else looks after the accounts, or nobody else
// leads a trajectory that runs.
func (s *Service) Blocks(ctx context.Context, personID string) ([]Block, error) {
	return blocks(ctx, s.db, personID)
}

func blocks(ctx context.Context, q db.Queryer, personID string) ([]Block, error) {
	return db.All(ctx, q, `select 'admin' as kind, r.id as id, '' as title from role r where r.person_id = $1 and r.kind = 'admin' and not exists (
				select 1 from role o join person p on p.id = o.person_id where o.kind = 'admin' and o.board_id = r.board_id and o.person_id <> r.person_id
				and p.state = 'active' and (o.school_id is null or o.school_id = r.school_id))
		union all select 'lead', t.id, t.title from participant x join trajectory t on t.id = x.trajectory_id
			where x.person_id = $1 and x.role = 'lead' and x.left_at is null and t.state in ('draft', 'active', 'paused') and not exists (
				select 1 from participant o join person p on p.id = o.person_id where o.trajectory_id = x.trajectory_id and o.person_id <> $1 and o.role = 'lead' and o.left_at is null and p.state = 'active')
		order by kind, title, id`, func(b *Block) []any { return []any{&b.Kind, &b.ID, &b.Title} }, personID)
}

func refuseBlocked(ctx context.Context, q db.Queryer, personID string) error {
	list, err := blocks(ctx, q, personID)
	if err != nil || len(list) == 0 {
		return err
	}
	return errs.Invalid("leaving.blocked_" + list[0].Kind)
}

// AskOwn asks that who asks is erased. It runs by itself after a week, or at once when a
// privacy officer confirms it, and can be called back until then.
func (s *Service) AskOwn(ctx context.Context, who access.Who) (Erasure, error) {
	return s.ask(ctx, who, who.ID, s.clock.Now().Add(secondThink))
}

// Start asks that somebody is erased who has left. Who: an admin of theirs. A privacy
// officer, somebody else, has to confirm it.
func (s *Service) Start(ctx context.Context, who access.Who, personID string) (Erasure, error) {
	if personID == who.ID {
		return Erasure{}, errs.Invalid("leaving.own_page")
	}
	return s.ask(ctx, who, personID, time.Time{})
}

func (s *Service) ask(ctx context.Context, who access.Who, personID string, runs time.Time) (Erasure, error) {
	var out Erasure
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		v, err := subjectOf(ctx, tx, personID)
		if err != nil {
			return err
		}
		ok, err := may(ctx, tx, who, access.Create, v, "")
		if err == nil && !ok {
			err = errs.Absent()
		}
		if err != nil {
			return err
		}
		if who.ID != personID && v.State != school.Suspended && v.State != school.Left {
			return errs.Invalid("leaving.suspend_first")
		}
		if err := db.Lock(ctx, tx, "board", v.BoardID); err != nil {
			return err
		}
		if err := refuseBlocked(ctx, tx, personID); err != nil {
			return err
		}
		if _, err := openErasure(ctx, tx, personID); !errs.IsAbsent(err) {
			if err == nil {
				err = errs.Invalid("leaving.asked_already")
			}
			return err
		}
		out, err = s.insert(ctx, tx, v, who.ID, runs)
		return err
	})
	return out, errs.Because(err, "ask to erase %s", personID)
}

// insert writes an erasure that was asked, and the job when it has a moment.
func (s *Service) insert(ctx context.Context, tx *db.Tx, v subject, by string, runs time.Time) (Erasure, error) {
	now := s.clock.Now()
	e := Erasure{ID: ident.At(now), PersonID: v.ID, BoardID: v.BoardID, Name: v.Name, AskedBy: by, AskedAt: now, RunsAt: runs, State: "asked"}
	if _, err := db.Exec(ctx, tx, `insert into erasure (id, person_id, board_id, asked_by, asked_at, runs_at, state) values ($1, $2, $3, $4, $5, $6, 'asked')`, e.ID, e.PersonID, e.BoardID, by, now, runs); err != nil {
		return e, err
	}
	if !runs.IsZero() {
		if err := s.plan(ctx, tx, e.ID, runs); err != nil {
			return e, err
		}
	}
	tx.Tell(db.ToldObject, e.ID)
	return e, s.noted(ctx, tx, e, by, "erasure.asked")
}

// noted writes what happened to an erasure in both logs.
func (s *Service) noted(ctx context.Context, tx *db.Tx, e Erasure, by, kind string) error {
	if err := journal.Append(ctx, tx, journal.Entry{At: s.clock.Now(), ActorID: by, Kind: kind, ObjectKind: "erasure", ObjectID: e.ID}); err != nil {
		return err
	}
	return s.note(ctx, tx, by, kind, ofPerson, e.PersonID, e.BoardID)
}

func jobOf(erasureID string) string { return KindErase + "/" + erasureID }

func (s *Service) plan(ctx context.Context, tx *db.Tx, erasureID string, at time.Time) error {
	if err := job.Add(ctx, tx, job.Job{Kind: KindErase, Key: jobOf(erasureID), Payload: job.IDs{"erasure": erasureID}, RunAt: at}); err != nil {
		return err
	}
	return job.Move(ctx, tx, jobOf(erasureID), at)
}

// Confirm lets an erasure run now. Who: a privacy officer of theirs, who did not ask it and
// is not the person.
func (s *Service) Confirm(ctx context.Context, who access.Who, erasureID string) error {
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		e, err := s.reach(ctx, tx, who, access.Confirm, erasureID)
		if err != nil {
			return err
		}
		v, err := subjectOf(ctx, tx, e.PersonID)
		if err != nil {
			return err
		}
		if !e.Own() && v.State != school.Suspended && v.State != school.Left {
			return errs.Invalid("leaving.came_back")
		}
		if err := refuseBlocked(ctx, tx, e.PersonID); err != nil {
			return err
		}
		now := s.clock.Now()
		n, err := db.Exec(ctx, tx, `update erasure set runs_at = $2, confirmed_by = $3, confirmed_at = $2 where id = $1 and state = 'asked'`, e.ID, now, who.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.Invalid("leaving.runs_already")
		}
		if err := s.plan(ctx, tx, e.ID, now); err != nil {
			return err
		}
		return s.noted(ctx, tx, e, who.ID, "erasure.confirmed")
	})
	return errs.Because(err, "confirm erasure %s", erasureID)
}

// reach reads an erasure that who may do something with. Refuses with absent.
func (s *Service) reach(ctx context.Context, q db.Queryer, who access.Who, action access.Action, erasureID string) (Erasure, error) {
	e, err := db.One(ctx, q, `select `+erasureColumns+` from `+erasureTables+` where e.id = $1`, erasureFields, erasureID)
	if err != nil {
		return e, err
	}
	v, err := subjectOf(ctx, q, e.PersonID)
	if err != nil {
		return e, err
	}
	ok, err := may(ctx, q, who, action, v, e.AskedBy)
	if err == nil && !ok {
		err = errs.Absent()
	}
	return e, err
}

// CallBack takes the own erasure back, as long as it has not begun.
func (s *Service) CallBack(ctx context.Context, who access.Who) error {
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		e, err := openErasure(ctx, tx, who.ID)
		if err != nil {
			return err
		}
		if err := access.Must(who, access.Remove, access.Object{Kind: access.Erasure, BoardID: who.BoardID, OwnerID: e.PersonID}); err != nil {
			return err
		}
		return s.withdraw(ctx, tx, e, who.ID)
	})
	return errs.Because(err, "call the erasure of %s back", who.ID)
}

func (s *Service) withdraw(ctx context.Context, tx *db.Tx, e Erasure, by string) error {
	n, err := db.Exec(ctx, tx, `update erasure set state = 'withdrawn', ended_at = $2 where id = $1 and state = 'asked'`, e.ID, s.clock.Now())
	if err != nil {
		return err
	}
	if n == 0 {
		return errs.Invalid("leaving.runs_already")
	}
	if err := job.Drop(ctx, tx, jobOf(e.ID)); err != nil {
		return err
	}
	return s.noted(ctx, tx, e, by, "erasure.called_back")
}

// Listed is an erasure as those see it who look after it.
type Listed struct {
	Erasure
	MayConfirm bool
	Report     []Line // only of what is not very private
}

// List returns the erasures at a board that who may see, those that wait first. Who: an
// admin or privacy officer.
func (s *Service) List(ctx context.Context, who access.Who) ([]Listed, error) {
	all, err := db.All(ctx, s.db, `select `+erasureColumns+` from `+erasureTables+` where e.board_id = $1
		order by case e.state when 'asked' then 0 when 'running' then 1 when 'cleaning' then 1 else 2 end, e.asked_at desc, e.id desc limit 100`, erasureFields, who.BoardID)
	if err != nil {
		return nil, err
	}
	var out []Listed
	for _, e := range all {
		v, err := subjectOf(ctx, s.db, e.PersonID)
		if err != nil {
			return nil, err
		}
		ok, err := may(ctx, s.db, who, access.Read, v, e.AskedBy)
		if err != nil {
			return nil, err
		}
		if !ok || e.PersonID == who.ID {
			continue
		}
		l := Listed{Erasure: e}
		if l.MayConfirm, err = may(ctx, s.db, who, access.Confirm, v, e.AskedBy); err != nil {
			return nil, err
		}
		l.MayConfirm = l.MayConfirm && e.State == "asked" && e.ConfirmedBy == ""
		if e.State == "asked" {
			if l.Report, err = s.report(ctx, s.db, e.PersonID, false); err != nil {
				return nil, err
			}
		}
		out = append(out, l)
	}
	return out, nil
}
