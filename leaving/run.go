package leaving

import (
	"context"
	"fmt"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/job"
	"leerkring/journal"
	"leerkring/ledger"
	"leerkring/media"
	"leerkring/school"
)

// Run is the handler of KindErase. It goes through the register a table at a time, each in
// an act of its own that notes how far it is: whoever pulls the plug only makes it wait.
func (s *Service) Run(ctx context.Context, j job.Job) error {
	e, err := db.One(ctx, s.db, `select `+erasureColumns+` from `+erasureTables+` where e.id = $1`, erasureFields, j.Payload["erasure"])
	if errs.IsAbsent(err) {
		return nil
	}
	if err != nil {
		return err
	}
	switch e.State {
	case "done", "withdrawn":
		return nil
	case "asked":
		if begins, err := s.begin(ctx, &e); err != nil || !begins {
			return err
		}
	}
	if e.State == "running" {
		if err := s.rooms(ctx, &e); err != nil {
			return errs.Because(err, "erase %s", e.PersonID)
		}
	}
	if err := s.db.Scrub(ctx, append(s.Plan.Tables(), ofPerson, "participant")...); err != nil {
		return job.Later(time.Minute, err)
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `update erasure set state = 'done', ended_at = $2 where id = $1 and state = 'cleaning'`, e.ID, s.clock.Now()); err != nil {
			return err
		}
		if err := s.noted(ctx, tx, e, house, "erasure.done"); err != nil {
			return err
		}
		return job.Done(ctx, tx, j)
	})
}

// begin looks once more whether it may run, closes the account, and notes in the ledger that
// this person is erased: from here on a restore finishes it.
func (s *Service) begin(ctx context.Context, e *Erasure) (bool, error) {
	begins := false
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		begins = false
		now, err := db.One(ctx, tx, `select `+erasureColumns+` from `+erasureTables+` where e.id = $1`, erasureFields, e.ID)
		if err != nil || now.State != "asked" || now.RunsAt.IsZero() || now.RunsAt.After(s.clock.Now()) {
			return err
		}
		v, err := subjectOf(ctx, tx, e.PersonID)
		if err != nil {
			return err
		}
		if !e.Own() && v.State == school.Active { // they came back before anybody looked
			return s.withdraw(ctx, tx, *e, house)
		}
		if e.AskedBy != house {
			if err := refuseBlocked(ctx, tx, e.PersonID); err != nil {
				return job.Later(blockedLater, err)
			}
		}
		if _, err := db.Exec(ctx, tx, `update erasure set state = 'running' where id = $1`, e.ID); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `update person set state = 'left', left_at = coalesce(left_at, $2), version = version + 1 where id = $1`, e.PersonID, s.clock.Now()); err != nil {
			return err
		}
		begins = true
		return ledger.Note(ctx, tx, s.clock.Now(), personErased, e.PersonID)
	})
	if begins && err == nil {
		e.State = "running"
	}
	return begins, err
}

// rooms erases table by table, then the files, and at last the name.
func (s *Service) rooms(ctx context.Context, e *Erasure) error {
	if err := s.files(ctx, e.PersonID); err != nil {
		return err
	}
	parts := s.Plan.goes()
	for e.step < len(parts) {
		if err := ctx.Err(); err != nil {
			return err
		}
		x := parts[e.step]
		err := s.db.Write(ctx, func(tx *db.Tx) error {
			if err := x.erase(ctx, tx, e.PersonID, s.clock.Now()); err != nil {
				return err
			}
			_, err := db.Exec(ctx, tx, `update erasure set step = $2 where id = $1`, e.ID, e.step+1)
			return err
		})
		if err != nil {
			return err
		}
		e.step++
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if err := s.Plan.forget(ctx, tx, e.PersonID, s.former(ctx, tx, e.PersonID), s.clock.Now()); err != nil {
			return err
		}
		if err := journal.Append(ctx, tx, journal.Entry{At: s.clock.Now(), ActorID: house, Kind: personErased, ObjectKind: ofPerson, ObjectID: e.PersonID}); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `update erasure set state = 'cleaning' where id = $1`, e.ID)
		return err
	})
	if err == nil {
		e.State = "cleaning"
	}
	return err
}

// files takes away what lies beside the database: pictures, and archives that were made.
func (s *Service) files(ctx context.Context, personID string) error {
	exports, err := exportsOf(ctx, s.db, personID)
	if err != nil {
		return err
	}
	dir, err := s.Exports()
	if err != nil {
		return err
	}
	for _, x := range exports {
		if err := dir.Remove(x.ID); err != nil {
			return err
		}
	}
	var pictures []string
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		pictures, err = media.EraseOf(ctx, tx, personID, s.clock.Now())
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range pictures {
		if err := s.Remove(ctx, id); err != nil { // a job stands ready too, for after a crash
			return err
		}
	}
	return nil
}

// erase takes the rows of one table.
func (x part) erase(ctx context.Context, tx *db.Tx, personID string, now time.Time) error {
	if x.Table == "picture" { // with their files
		_, err := media.EraseOf(ctx, tx, personID, now)
		return err
	}
	_, err := db.Exec(ctx, tx, `delete from `+x.Table+` where `+x.Whose, personID)
	if err != nil {
		return fmt.Errorf("erase %s: %w", x.File(), err)
	}
	return nil
}

// former is what stands where a name stood, in the language of the school.
func (s *Service) former(ctx context.Context, q db.Queryer, personID string) string {
	lang, err := db.One(ctx, q, `select coalesce(min(s.language), 'nl') from school s join person p on p.board_id = s.board_id where p.id = $1`, db.Str, personID)
	if err != nil {
		lang = "nl"
	}
	return s.Speak(lang).T("leaving.former")
}

// forget empties what is left of a person: the row stays, for what it is part of stands.
func (p Plan) forget(ctx context.Context, tx *db.Tx, personID, former string, now time.Time) error {
	name, err := db.All(ctx, tx, `select name from person where id = $1`, db.Str, personID)
	if err != nil || len(name) == 0 {
		return err
	}
	for _, act := range []struct {
		sql  string
		args []any
	}{
		// Letters to others that were sent may name them; those go now instead of within a week.
		{`update mail set subject = '', body_text = '', body_html = '', emptied_at = coalesce(emptied_at, $2) where state <> 'waiting' and (subject like $1 or body_text like $1 or body_html like $1)`, []any{"%" + name[0] + "%", now}},
		{`update participant set left_at = coalesce(left_at, $2), constituency = '' where person_id = $1`, []any{personID, now}},
		{`update participant set stand_in_id = null where stand_in_id = $1`, []any{personID}},
		{`update person set name = $2, email = id || $3, language = '', theme = '', hue = 25, working_days = '[1,2,3,4,5]', away_until_on = null,
			state = 'left', left_at = coalesce(left_at, $4), version = version + 1 where id = $1`, []any{personID, former, erasedMail, now}},
	} {
		if _, err := db.Exec(ctx, tx, act.sql, act.args...); err != nil {
			return fmt.Errorf("forget %s: %w", personID, err)
		}
	}
	return nil
}
