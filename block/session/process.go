package session

import (
	"context"
	"math"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/method"
)

// ProcessMost is the widest answer to the process question; the narrowest is one.
const ProcessMost = 5

const (
	// processFew is how many must be there before it is asked, and must answer before anything is
	// shown. The paper on peer forms says four; the paper on trust, which goes first, says five.
	processFew = 5
	// processFull is from how many answers a mean is told to a tenth, and in a wider range.
	processFull = 10
	// processDays is how long it is asked. Nothing is shown before that, to anybody: from a figure that
	// moves one reads what the last one answered.
	processDays = 2
	// processKept is how many days the counts are kept after the session.
	processKept = 365
)

// Process is the process question as one person meets it.
type Process struct {
	State    ProcessState
	Mean     float64 // when State is ProcessTold
	Until    clock.Date
	Answered bool // by the person asking
}

// ProcessState is how far the process question is.
type ProcessState string

// The states: not asked here; for the talk, because too few were there; open; and over, with a figure
// or with too few answers for one.
const (
	ProcessNone   ProcessState = ""
	ProcessAloud  ProcessState = "aloud"
	ProcessOpen   ProcessState = "open"
	ProcessTold   ProcessState = "told"
	ProcessTooFew ProcessState = "few"
)

// asksItself reports whether a step of the pack asks how the session went: then we do not ask it twice.
func asksItself(pack *method.Pack) bool {
	for _, s := range pack.Stages {
		if s.Live.Process {
			return true
		}
	}
	return false
}

// processState is how far the process question is for who was there.
func (s Session) processState(pack *method.Pack, circle Circle, now time.Time) ProcessState {
	switch {
	case s.State != Closed || asksItself(pack):
		return ProcessNone
	case len(circle.There()) < processFew:
		return ProcessAloud
	case now.Before(s.ClosedAt.AddDate(0, 0, processDays)):
		return ProcessOpen
	}
	return ProcessTold
}

// Pattern is what may be told of answers; counts are how many gave each, the narrowest first. Below
// five it tells nothing. From five the mean is in halves and never at an end, so that nobody's answer
// can be worked out from it.
func Pattern(counts [ProcessMost]int) (mean float64, told bool) {
	n, sum := 0, 0
	for i, c := range counts {
		n += c
		sum += (i + 1) * c
	}
	if n < processFew {
		return 0, false
	}
	mean = float64(sum) / float64(n)
	if n < processFull {
		return min(max(math.Round(mean*2)/2, 1.5), 4.5), true
	}
	return min(max(math.Round(mean*10)/10, 1.2), 4.8), true
}

// Process reads the process question of a session that somebody sees, in one query. Who: who was there.
func (s *Service) Process(ctx context.Context, seen Seen) (Process, error) {
	p := Process{State: seen.processState(seen.Pack, seen.People, seen.Now)}
	if !seen.There() || !seen.asked() || (p.State != ProcessOpen && p.State != ProcessTold) {
		if p.State != ProcessAloud || !seen.There() {
			p.State = ProcessNone
		}
		return p, nil
	}
	p.Until = clock.On(seen.ClosedAt.AddDate(0, 0, processDays), seen.Zone)
	if p.State == ProcessOpen {
		n, err := db.One(db.Afresh(ctx), s.db, `select count(*) from session_process_mark where session_id = $1 and person_id = $2`, db.Int, seen.ID, seen.Who.ID)
		p.Answered = n > 0
		return p, err
	}
	type row struct{ answer, n int }
	rows, err := db.All(db.Afresh(ctx), s.db, `select answer, n from session_process where session_id = $1`, func(r *row) []any { return []any{&r.answer, &r.n} }, seen.ID)
	var counts [ProcessMost]int
	for _, r := range rows {
		counts[r.answer-1] = r.n
	}
	told := false
	if p.Mean, told = Pattern(counts); !told {
		p.State = ProcessTooFew
	}
	return p, err
}

// asked reports whether the rights let the person asking answer.
func (s Seen) asked() bool {
	return access.May(s.Who, access.Create, access.Object{Kind: access.SessionNote, BoardID: s.BoardID, MyRole: access.AsMember, PresentFromStart: s.There()})
}

// AnswerProcess adds one answer to the counts. It tells the journal nothing and changes nothing of the
// session: an entry for each would say who answered when. Who: who was there, once.
func (s *Service) AnswerProcess(ctx context.Context, who access.Who, id string, answer int) error {
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		seen, err := s.Reach(ctx, tx, who, id)
		switch {
		case err != nil:
			return err
		case !seen.There() || !seen.asked():
			return errs.Absent()
		case seen.processState(seen.Pack, seen.People, seen.Now) != ProcessOpen:
			return errs.Invalid("session.process_over")
		case answer < 1 || answer > ProcessMost:
			return errs.Invalid("form.choose").On("answer")
		}
		first, err := db.Exec(ctx, tx, `insert into session_process_mark (session_id, person_id) values ($1, $2) on conflict (session_id, person_id) do nothing`, id, who.ID)
		if err != nil || first == 0 {
			return err // one answer each; the first one counts
		}
		_, err = db.Exec(ctx, tx, `insert into session_process (session_id, answer, n) values ($1, $2, 1) on conflict (session_id, answer) do update set n = session_process.n + 1`, id, answer)
		return err
	})
	return errs.Because(err, "answer the process question of session %s", id)
}

// EndProcess ends the asking where its days are over: who answered is forgotten, and so is what was
// answered by fewer than five. Figures go after a year.
func (s *Service) EndProcess(ctx context.Context) error {
	now := s.clock.Now()
	return s.db.Write(ctx, func(tx *db.Tx) error {
		for _, x := range []struct {
			sql  string
			args []any
		}{
			{`delete from session_process_mark where session_id in (select id from session where closed_at <= $1)`, []any{now.AddDate(0, 0, -processDays)}},
			{`delete from session_process where session_id in (select id from session where closed_at <= $1)
				and session_id in (select session_id from session_process group by session_id having sum(n) < $2)`, []any{now.AddDate(0, 0, -processDays), processFew}},
			{`delete from session_process where session_id in (select id from session where closed_at <= $1)`, []any{now.AddDate(0, 0, -processKept)}},
		} {
			if _, err := db.Exec(ctx, tx, x.sql, x.args...); err != nil {
				return err
			}
		}
		return nil
	})
}
