package leaving

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"leerkring/access"
	"leerkring/account"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/internal/job"
	"leerkring/school"
)

// Export is a file with everything of one person, being made or made.
type Export struct {
	ID, PersonID    string
	State           string // waiting, making, ready, failed
	Done, Steps     int
	Bytes           int64
	AskedAt         time.Time
	ReadyAt, EndsAt time.Time
}

// Busy reports that it is still being made.
func (e Export) Busy() bool { return e.State == "waiting" || e.State == "making" }

// Ready reports that it can be fetched.
func (e Export) Ready() bool { return e.State == "ready" }

const exportColumns = `id, person_id, state, done, steps, bytes, asked_at, ready_at, ends_at`

func exportFields(e *Export) []any {
	return []any{&e.ID, &e.PersonID, &e.State, &e.Done, &e.Steps, &e.Bytes, &e.AskedAt, &e.ReadyAt, &e.EndsAt}
}

func ownExport(who access.Who) access.Object {
	return access.Object{Kind: access.PersonalExport, BoardID: who.BoardID, OwnerID: who.ID}
}

// Take asks for a file with everything of who asks. One that is being made already is that
// one. Refuses more than five an hour.
func (s *Service) Take(ctx context.Context, who access.Who) (Export, error) {
	if err := access.Must(who, access.Create, ownExport(who)); err != nil {
		return Export{}, err
	}
	var out Export
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		now := s.clock.Now()
		if err := db.Lock(ctx, tx, "person", who.ID); err != nil {
			return err
		}
		list, err := exportsOf(ctx, tx, who.ID)
		if err != nil {
			return err
		}
		lately := 0
		for _, e := range list {
			if e.Busy() {
				out = e
				return nil
			}
			if now.Sub(e.AskedAt) < time.Hour {
				lately++
			}
		}
		if lately >= exportsMost {
			return errs.Limited("leaving.too_often", "n", exportsMost)
		}
		out = Export{ID: ident.At(now), PersonID: who.ID, State: "waiting", AskedAt: now, EndsAt: now.Add(exportLasts)}
		if _, err := db.Exec(ctx, tx, `insert into personal_export (id, person_id, state, asked_at, ends_at) values ($1, $2, 'waiting', $3, $4)`, out.ID, out.PersonID, now, out.EndsAt); err != nil {
			return err
		}
		if err := job.Add(ctx, tx, job.Job{Kind: KindMake, Key: KindMake + "/" + out.ID, Payload: job.IDs{"export": out.ID}, RunAt: now}); err != nil {
			return err
		}
		tx.Tell(db.ToldObject, out.ID)
		return s.note(ctx, tx, who.ID, "personal_export.asked", "personal_export", out.ID, who.BoardID)
	})
	return out, errs.Because(err, "take everything of %s along", who.ID)
}

func (s *Service) note(ctx context.Context, tx *db.Tx, actor, kind, objectKind, objectID, boardID string) error {
	return s.Log.Append(ctx, tx, account.Event{ActorID: actor, Kind: kind, ObjectKind: objectKind, ObjectID: objectID, BoardID: boardID, Reach: account.OfAccounts})
}

func exportsOf(ctx context.Context, q db.Queryer, personID string) ([]Export, error) {
	return db.All(ctx, q, `select `+exportColumns+` from personal_export where person_id = $1 order by asked_at desc, id desc`, exportFields, personID)
}

// Taken returns the files of who asks that are there or on their way, the newest first.
func (s *Service) Taken(ctx context.Context, who access.Who) ([]Export, error) {
	list, err := exportsOf(ctx, s.db, who.ID)
	var out []Export
	for _, e := range list {
		if e.State != "removed" && e.EndsAt.After(s.clock.Now()) {
			out = append(out, e)
		}
	}
	return out, err
}

// ready reads a file of who asks that can be fetched. Refuses with absent.
func (s *Service) ready(ctx context.Context, q db.Queryer, who access.Who, exportID string) (Export, error) {
	if err := access.Must(who, access.Export, ownExport(who)); err != nil {
		return Export{}, err
	}
	return db.One(ctx, q, `select `+exportColumns+` from personal_export where id = $1 and person_id = $2 and state = 'ready' and ends_at > $3`, exportFields, exportID, who.ID, s.clock.Now())
}

// Fetch gives the file to its owner, and notes that it was fetched. Refuses with absent.
func (s *Service) Fetch(ctx context.Context, who access.Who, exportID string) (Export, io.ReadSeekCloser, error) {
	e, err := s.ready(ctx, s.db, who, exportID)
	if err != nil {
		return e, nil, err
	}
	dir, err := s.Exports()
	if err != nil {
		return e, nil, err
	}
	f, err := dir.Get(e.ID)
	if errors.Is(err, fs.ErrNotExist) {
		return e, nil, errs.Absent()
	}
	if err != nil {
		return e, nil, err
	}
	err = s.db.Write(db.Beside(ctx), func(tx *db.Tx) error {
		return s.note(ctx, tx, who.ID, "personal_export.fetched", "personal_export", e.ID, who.BoardID)
	})
	if err != nil {
		return e, nil, errors.Join(err, f.Close())
	}
	return e, f, nil
}

// Still reports whether a file may still go to its owner: rights change while it goes.
func (s *Service) Still(ctx context.Context, personID, exportID string) bool {
	known, err := school.Knows(ctx, s.db, personID)
	if err != nil {
		return false
	}
	_, err = s.ready(db.Afresh(ctx), s.db, known.Who, exportID)
	return err == nil
}

// Discard takes a file away before its time. Who: its owner.
func (s *Service) Discard(ctx context.Context, who access.Who, exportID string) error {
	if err := access.Must(who, access.Remove, ownExport(who)); err != nil {
		return err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `update personal_export set state = 'removed' where id = $1 and person_id = $2 and state <> 'removed'`, exportID, who.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.Absent()
		}
		return s.cleanSoon(ctx, tx, exportID)
	})
	return errs.Because(err, "discard export %s", exportID)
}

func (s *Service) cleanSoon(ctx context.Context, tx *db.Tx, about string) error {
	now := s.clock.Now()
	return job.Add(ctx, tx, job.Job{Kind: KindClean, Key: KindClean + "/" + about + "/" + ident.At(now), RunAt: now})
}

// End takes the files of somebody away whose account closes, inside that act.
func (s *Service) End(ctx context.Context, tx *db.Tx, personID string) error {
	n, err := db.Exec(ctx, tx, `update personal_export set state = 'removed' where person_id = $1 and state <> 'removed'`, personID)
	if err != nil || n == 0 {
		return err
	}
	return s.cleanSoon(ctx, tx, personID)
}

// Make is the handler of KindMake. It begins anew each time: what a crash left is half, and
// half an archive is none.
func (s *Service) Make(ctx context.Context, j job.Job) error {
	e, err := db.One(ctx, s.db, `select `+exportColumns+` from personal_export where id = $1`, exportFields, j.Payload["export"])
	if errs.IsAbsent(err) || err == nil && !e.Busy() {
		return nil
	}
	if err != nil {
		return err
	}
	who, err := subjectOf(ctx, s.db, e.PersonID)
	if err != nil {
		return err
	}
	if who.State != school.Active {
		return nil // the act that closed the account took it away
	}
	size, err := s.make(ctx, e, who)
	if err != nil && ctx.Err() == nil && j.Tries >= mostTries {
		return errors.Join(job.GiveUp(err), s.db.Write(ctx, func(tx *db.Tx) error {
			_, err := db.Exec(ctx, tx, `update personal_export set state = 'failed' where id = $1 and state = 'making'`, e.ID)
			return err
		}))
	}
	if err != nil {
		return errs.Because(err, "make export %s", e.ID)
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		now := s.clock.Now()
		if _, err := db.Exec(ctx, tx, `update personal_export set state = 'ready', bytes = $2, ready_at = $3, ends_at = $4 where id = $1 and state = 'making'`, e.ID, size, now, now.Add(exportLasts)); err != nil {
			return err
		}
		return job.Done(ctx, tx, j)
	})
}

func (s *Service) make(ctx context.Context, e Export, who subject) (int64, error) {
	dir, err := s.Exports()
	if err != nil {
		return 0, err
	}
	if err := dir.Remove(e.ID); err != nil { // of a try that was cut off before it was noted
		return 0, err
	}
	others, err := db.All(ctx, s.db, `select id from person where board_id = $1 and id <> $2`, db.Str, who.BoardID, who.ID)
	if err != nil {
		return 0, err
	}
	m := &maker{db: s.db, plan: s.Plan, pictures: s.Pictures, personID: who.ID, others: map[string]bool{}, t: s.Speak(who.Language), at: s.clock.Now()}
	for _, id := range others {
		m.others[id] = true
	}
	m.tell = func(done int) error {
		if done%8 != 1 && done != m.steps() {
			return nil
		}
		return s.progress(ctx, e.ID, done, m.steps())
	}
	if err := s.progress(ctx, e.ID, 0, m.steps()); err != nil {
		return 0, err
	}
	from, to := io.Pipe()
	go func() { to.CloseWithError(m.write(ctx, to)) }()
	if err := dir.Put(e.ID, from); err != nil {
		return 0, errors.Join(err, from.CloseWithError(err))
	}
	return dir.Size(e.ID)
}

// progress notes how far it is, and stops when nobody waits for it any more.
func (s *Service) progress(ctx context.Context, exportID string, done, steps int) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `update personal_export set state = 'making', done = $2, steps = $3 where id = $1 and state in ('waiting', 'making')`, exportID, done, steps)
		if err == nil && n == 0 {
			err = fmt.Errorf("export %s is not wanted any more", exportID)
		}
		return err
	})
}

// Clean is the handler of KindClean: files that are over go, rows with them, and files that
// a crash left without a row.
func (s *Service) Clean(ctx context.Context, _ job.Job) error {
	dir, err := s.Exports()
	if err != nil {
		return err
	}
	now := s.clock.Now()
	over, err := db.All(ctx, s.db, `select `+exportColumns+` from personal_export where state = 'removed' or ends_at <= $1`, exportFields, now)
	if err != nil {
		return err
	}
	for _, e := range over {
		if err := dir.Remove(e.ID); err != nil {
			return err
		}
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		for _, e := range over { // for an hour a row says that there was one: so many an hour
			if _, err := db.Exec(ctx, tx, `delete from personal_export where id = $1 and asked_at <= $2`, e.ID, now.Add(-time.Hour)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return dir.Walk(ctx, func(name string, at time.Time) error {
		known, err := db.One(ctx, s.db, `select count(*) from personal_export where id = $1`, db.Int, name)
		if err != nil || known > 0 || now.Sub(at) < orphanAfter {
			return err
		}
		return dir.Remove(name)
	})
}
