package leaving

import (
	"context"
	"errors"
	"fmt"
	"time"

	"leerkring/access"
	"leerkring/access/register"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/job"
	"leerkring/ledger"
)

// Kind is one kind of thing that goes when its time is over. Other rooms hang theirs into the
// run; it looks at all of them before it erases anything.
type Kind interface {
	// Due counts what is over now at a board, and how many there are of it in all.
	Due(ctx context.Context, q db.Queryer, boardID string, now time.Time) (due, all int, err error)
	// Least is how many may always go: below it a part of a small school is no alarm.
	Least() int
	// Erase takes away what is over. It may be broken off and done again.
	Erase(ctx context.Context, boardID string, now time.Time) error
}

// A run that would take more than this part of a kind stops and asks.
const tooMany = 20 // one in so many

// Excess reports that so many of a kind are too many to go without asking.
func Excess(due, all, least int) bool { return due > least && due*tooMany > all }

// clockMoves is how far the clock may be from what the database knows.
const clockMoves = 24 * time.Hour

// RunState is how the last run of a board went.
type RunState struct {
	At     time.Time
	State  string // done, stopped, allowed
	Why    string // many, clock
	People int    // whose time is over
	MayGo  bool   // the person asking may let a run that stopped go on
}

// Stopped reports that the run waits for somebody who says that it is right.
func (r RunState) Stopped() bool { return r.State == "stopped" }

func runState(ctx context.Context, q db.Queryer, boardID string) (RunState, error) {
	r, err := db.One(ctx, q, `select at, state, why, people from retention_run where board_id = $1`, func(r *RunState) []any {
		return []any{&r.At, &r.State, &r.Why, &r.People}
	}, boardID)
	if errs.IsAbsent(err) {
		return RunState{}, nil
	}
	return r, err
}

// LastRun tells how the last run of the own board went. Who: an admin or privacy officer of
// the whole board, or of its only school; to others it is as if there was none.
func (s *Service) LastRun(ctx context.Context, who access.Who) (RunState, error) {
	if ok, err := forBoard(ctx, s.db, who, access.Read); err != nil || !ok {
		return RunState{}, err
	}
	r, err := runState(ctx, s.db, who.BoardID)
	if err == nil {
		r.MayGo, err = forBoard(ctx, s.db, who, access.Create)
	}
	return r, err
}

// forBoard reports whether somebody may do something with the erasures of a whole board. Where a
// board has one school, who looks after that one looks after the board: nobody else is there to ask.
func forBoard(ctx context.Context, q db.Queryer, who access.Who, action access.Action) (bool, error) {
	o := access.Object{Kind: access.Erasure, BoardID: who.BoardID}
	if access.May(who, action, o) {
		return true, nil
	}
	schools, err := db.All(ctx, q, `select id from school where board_id = $1 order by id limit 2`, db.Str, who.BoardID)
	if err != nil || len(schools) != 1 {
		return false, err
	}
	o.SchoolID = schools[0]
	return access.May(who, action, o), nil
}

// Allow lets a run that stopped go on, once. Who: an admin of the whole board, or of its only school.
func (s *Service) Allow(ctx context.Context, who access.Who) error {
	ok, err := forBoard(ctx, s.db, who, access.Create)
	if err == nil && !ok {
		err = errs.Absent()
	}
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		now := s.clock.Now()
		n, err := db.Exec(ctx, tx, `update retention_run set state = 'allowed', at = $2, allowed_by = $3 where board_id = $1 and state = 'stopped'`, who.BoardID, now, who.ID)
		if err != nil || n == 0 {
			return err
		}
		if err := job.Add(ctx, tx, job.Job{Kind: KindKeep, Key: KindKeep + "/" + who.BoardID + "/" + now.Format(time.RFC3339Nano), RunAt: now}); err != nil {
			return err
		}
		return s.note(ctx, tx, who.ID, "retention.allowed", "board", who.BoardID, who.BoardID)
	})
}

// Keep is the handler of KindKeep: what is over goes, board by board. It looks first, and
// stops where it would take more than usual or where the clock cannot be trusted.
func (s *Service) Keep(ctx context.Context, _ job.Job) error {
	boards, err := db.All(ctx, s.db, `select id from board order by id`, db.Str)
	if err != nil {
		return err
	}
	var all []error
	for _, b := range boards {
		all = append(all, errs.Because(s.keepBoard(ctx, b), "keep board %s", b))
	}
	all = append(all, s.lapse(ctx))
	return errors.Join(all...)
}

func (s *Service) keepBoard(ctx context.Context, boardID string) error {
	last, err := runState(ctx, s.db, boardID)
	if err != nil || last.Stopped() {
		return err
	}
	now := s.clock.Now()
	if err := s.mark(ctx, boardID, now); err != nil {
		return err
	}
	kinds := append([]Kind{accounts{s}}, s.Kinds...)
	for _, x := range s.Plan.own() {
		kinds = append(kinds, ownOf{s, x})
	}
	people, err := leavers(ctx, s.db, boardID, now, register.KeepOwn)
	if err != nil {
		return err
	}
	if last.State != "allowed" && len(people) > 0 { // a house that was off over a holiday is asked only when something would go
		moved, err := s.clockMoved(ctx, last, now)
		if err != nil {
			return err
		}
		if moved {
			return s.ran(ctx, boardID, RunState{At: now, State: "stopped", Why: "clock", People: len(people)})
		}
	}
	if last.State != "allowed" {
		for _, k := range kinds {
			due, all, err := k.Due(ctx, s.db, boardID, now)
			if err != nil {
				return err
			}
			if Excess(due, all, k.Least()) {
				return s.ran(ctx, boardID, RunState{At: now, State: "stopped", Why: "many", People: len(people)})
			}
		}
	}
	if err := s.eraseOwn(ctx, people, now); err != nil {
		return err
	}
	for _, k := range append([]Kind{accounts{s}}, s.Kinds...) {
		if err := k.Erase(ctx, boardID, now); err != nil {
			return err
		}
	}
	return s.ran(ctx, boardID, RunState{At: now, State: "done", People: len(people)})
}

func (s *Service) ran(ctx context.Context, boardID string, r RunState) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `insert into retention_run (board_id, at, state, why, people) values ($1, $2, $3, $4, $5)
			on conflict (board_id) do update set at = excluded.at, state = excluded.state, why = excluded.why, people = excluded.people, allowed_by = null`, boardID, r.At, r.State, r.Why, r.People)
		return err
	})
}

// clockMoved compares the clock with what the database knows: the moment of the last run,
// the newest thing that was ever done, and on a server its own clock.
func (s *Service) clockMoved(ctx context.Context, last RunState, now time.Time) (bool, error) {
	if !last.At.IsZero() && (now.Sub(last.At) > clockMoves || last.At.Sub(now) > clockMoves) {
		return true, nil
	}
	newest, err := db.One(ctx, s.db, `select coalesce((select at from journal order by seq desc limit 1), '')`, func(t *time.Time) []any { return []any{t} })
	if err != nil {
		return false, err
	}
	return newest.Sub(now) > clockMoves, nil
}

// mark notes since when somebody has left whose moment is not known, and forgets it of whoever
// came back: an older program beside this one does not write it.
func (s *Service) mark(ctx context.Context, boardID string, now time.Time) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `update person set left_at = $2 where board_id = $1 and state in ('suspended', 'left') and left_at is null`, boardID, now); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `update person set left_at = null where board_id = $1 and state in ('active', 'invited') and left_at is not null`, boardID)
		return err
	})
}

// leavers are the people of a board who left so long ago that a period is over, and who are
// not erased yet.
func leavers(ctx context.Context, q db.Queryer, boardID string, now time.Time, keep register.Retention) ([]string, error) {
	return db.All(ctx, q, `select id from person where board_id = $1 and state in ('suspended', 'left') and left_at <= $2 and email <> id || $3 order by left_at, id`, db.Str,
		boardID, now.AddDate(0, 0, -keep.Days()), erasedMail)
}

// ownOf is what is only of those who left, in one table.
type ownOf struct {
	s *Service
	x part
}

// Least is so many rows: a few people who wrote a year of notes.
func (ownOf) Least() int { return 500 }

// Due counts the rows.
func (k ownOf) Due(ctx context.Context, q db.Queryer, boardID string, now time.Time) (due, all int, err error) {
	people, err := leavers(ctx, q, boardID, now, register.KeepOwn)
	if err != nil || len(people) == 0 {
		return 0, 0, err
	}
	if all, err = db.One(ctx, q, `select count(*) from `+k.x.Table, db.Int); err != nil {
		return 0, 0, err
	}
	for _, id := range people {
		n, err := db.One(ctx, q, `select count(*) from `+k.x.Table+` where `+k.x.Whose, db.Int, id)
		if err != nil {
			return 0, 0, err
		}
		due += n
	}
	return due, all, nil
}

// Erase does nothing: what is only somebody's goes in one act a person.
func (ownOf) Erase(context.Context, string, time.Time) error { return nil }

// eraseOwn takes what was only theirs, a person at a time, and notes it in the ledger.
func (s *Service) eraseOwn(ctx context.Context, people []string, now time.Time) error {
	gone := false
	for _, id := range people {
		rows := 0
		err := s.db.Write(ctx, func(tx *db.Tx) error {
			rows = 0
			for _, x := range s.Plan.own() {
				n, err := db.Exec(ctx, tx, `delete from `+x.Table+` where `+x.Whose, id)
				if err != nil {
					return fmt.Errorf("erase %s: %w", x.File(), err)
				}
				rows += int(n)
			}
			if rows == 0 {
				return nil
			}
			return ledger.Note(ctx, tx, now, ownErased, id)
		})
		if err != nil {
			return err
		}
		gone = gone || rows > 0
	}
	if !gone {
		return nil
	}
	return s.db.Scrub(ctx, tablesOf(s.Plan.own())...)
}

// accounts are those of people who left.
type accounts struct{ s *Service }

// Least is so many people: those who leave a small school in a summer.
func (accounts) Least() int { return 10 }

// Due counts the accounts.
func (accounts) Due(ctx context.Context, q db.Queryer, boardID string, now time.Time) (due, all int, err error) {
	people, err := leavers(ctx, q, boardID, now, register.KeepAccount)
	if err != nil {
		return 0, 0, err
	}
	all, err = db.One(ctx, q, `select count(*) from person where board_id = $1 and email <> id || $2`, db.Int, boardID, erasedMail)
	return len(people), all, err
}

// Erase lets the house ask for them, and run at once: the time that somebody has to come
// back is over.
func (k accounts) Erase(ctx context.Context, boardID string, now time.Time) error {
	people, err := leavers(ctx, k.s.db, boardID, now, register.KeepAccount)
	if err != nil {
		return err
	}
	for _, id := range people {
		err := k.s.db.Write(ctx, func(tx *db.Tx) error {
			v, err := subjectOf(ctx, tx, id)
			if err != nil {
				return err
			}
			e, err := openErasure(ctx, tx, id)
			switch {
			case errs.IsAbsent(err):
				_, err = k.s.insert(ctx, tx, v, house, now)
				return err
			case err != nil || !e.Waits():
				return err
			}
			// Somebody asked it and nobody confirmed: now its time has come by itself.
			if _, err := db.Exec(ctx, tx, `update erasure set asked_by = $2, runs_at = $3 where id = $1`, e.ID, house, now); err != nil {
				return err
			}
			return k.s.plan(ctx, tx, e.ID, now)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// lapse withdraws what nobody confirmed for a month, and forgets records that no backup can
// need any more.
func (s *Service) lapse(ctx context.Context) error {
	now := s.clock.Now()
	old, err := db.All(ctx, s.db, `select `+erasureColumns+` from `+erasureTables+` where e.state = 'asked' and e.runs_at is null and e.asked_at <= $1 and p.state = 'active'`, erasureFields, now.Add(-askLasts))
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		for _, e := range old {
			if err := s.withdraw(ctx, tx, e, house); err != nil {
				return err
			}
		}
		_, err := db.Exec(ctx, tx, `delete from erasure where state in ('done', 'withdrawn') and ended_at <= $1`, now.Add(-recordLasts))
		return err
	})
}
