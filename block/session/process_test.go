package session_test

import (
	"testing"

	"leerkring/block/session"
	"leerkring/internal/db"
)

func TestWhatIsToldOfAnswers(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		counts [session.ProcessMost]int
		mean   float64
		told   bool
	}{
		"nobody":                               {},
		"four":                                 {counts: [5]int{0, 0, 0, 0, 4}},
		"five say yes: never at the end":       {[5]int{0, 0, 0, 0, 5}, 4.5, true},
		"five say no: never at the end":        {[5]int{5, 0, 0, 0, 0}, 1.5, true},
		"five, in halves":                      {[5]int{0, 1, 2, 2, 0}, 3, true},
		"one other answer changes nothing":     {[5]int{0, 1, 3, 1, 0}, 3, true},
		"nine, in halves":                      {[5]int{0, 0, 3, 5, 1}, 4, true},
		"ten, to a tenth":                      {[5]int{0, 0, 3, 6, 1}, 3.8, true},
		"ten say yes: never at the end either": {[5]int{0, 0, 0, 0, 10}, 4.8, true},
		"ten say no: never at the end either":  {[5]int{10, 0, 0, 0, 0}, 1.2, true},
	} {
		if mean, told := session.Pattern(x.counts); mean != x.mean || told != x.told {
			t.Errorf("%s: %v %v, want %v %v", name, mean, told, x.mean, x.told)
		}
	}
}

// asks reads the process question as somebody.
func (w *town) asks(name, id string) session.Process {
	w.t.Helper()
	return must(w.sessions.Process(w.ctx(), w.view(name, id).Seen))(w.t)
}

// ended holds a circle with five people and closes it.
func (w *town) ended() string {
	w.t.Helper()
	id := w.circle()
	w.clock.Set(afternoon)
	w.ok(w.sessions.Begin(w.ctx(), w.who("host"), id))
	w.ok(w.sessions.Close(w.ctx(), w.who("host"), id))
	return id
}

// How it went is answered once by who was there, and told when the asking is over: never who
// answered, when, or in what order, and nothing at all below five.
func TestHowItWentIsToldFromFiveAnswers(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id, few := w.ended(), w.ended()
		five := []string{"host", "anna", "bas", "cato", "daan"}
		counted := func(sql string) int { return must(db.One(w.ctx(), w.d, sql, db.Int))(t) }
		before, version := counted(`select count(*) from journal`), w.view("host", id).Version
		for i, name := range five {
			if p := w.asks(name, id); p.State != session.ProcessOpen || p.Answered {
				t.Errorf("%s: %+v", name, p)
			}
			w.refused(w.sessions.AnswerProcess(w.ctx(), w.who(name), id, 0), "form.choose")
			w.refused(w.sessions.AnswerProcess(w.ctx(), w.who(name), id, 6), "form.choose")
			w.ok(w.sessions.AnswerProcess(w.ctx(), w.who(name), id, 5))
			w.ok(w.sessions.AnswerProcess(w.ctx(), w.who(name), id, 1)) // the first one counts
			if p := w.asks(name, id); p.State != session.ProcessOpen || !p.Answered || p.Mean != 0 {
				t.Errorf("%s, answered: %+v", name, p)
			}
			if i < 4 {
				w.ok(w.sessions.AnswerProcess(w.ctx(), w.who(name), few, 5))
			}
		}
		for _, name := range []string{"eva", "leader", "admin", "colleague", "member", "outsider"} {
			w.refused(w.sessions.AnswerProcess(w.ctx(), w.who(name), id, 3), "absent")
		}
		if n := counted(`select count(*) from journal`); n != before || w.view("host", id).Version != version {
			t.Error("an answer leaves a trace")
		}
		if n := counted(`select sum(n) from session_process where answer = 5`); n != 9 || counted(`select count(*) from session_process`) != 2 {
			t.Errorf("%d answers are counted", n)
		}
		w.ok(w.sessions.EndProcess(w.ctx()))
		if n := counted(`select count(*) from session_process_mark`); n != 9 {
			t.Errorf("%d marks while it is asked", n)
		}
		w.clock.Set(afternoon.AddDate(0, 0, 2))
		w.refused(w.sessions.AnswerProcess(w.ctx(), w.who("host"), id, 1), "session.process_over")
		check := func() {
			t.Helper()
			if p := w.asks("bas", id); p.State != session.ProcessTold || p.Mean != 4.5 {
				t.Errorf("five answers: %+v", p)
			}
			if p := w.asks("bas", few); p.State != session.ProcessTooFew || p.Mean != 0 {
				t.Errorf("four answers: %+v", p)
			}
		}
		check()
		w.ok(w.sessions.EndProcess(w.ctx()))
		if counted(`select count(*) from session_process_mark`) != 0 || counted(`select count(*) from session_process`) != 1 {
			t.Error("who answered, or what fewer than five answered, is kept")
		}
		check()
		w.clock.Set(afternoon.AddDate(1, 0, 0))
		w.ok(w.sessions.EndProcess(w.ctx()))
		if counted(`select count(*) from session_process`) != 0 {
			t.Error("kept for more than a year")
		}
	})
}

// Four people ask each other aloud, and a pack that asks it itself is not asked twice.
func TestTooFewToAskAndAPackThatAsksItself(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.circle()
		w.clock.Set(afternoon)
		w.ok(w.sessions.Begin(w.ctx(), w.who("host"), id))
		w.ok(w.sessions.Leave(w.ctx(), w.who("daan"), id))
		if p := w.asks("bas", id); p.State != session.ProcessNone {
			t.Errorf("while it runs: %+v", p)
		}
		w.ok(w.sessions.Close(w.ctx(), w.who("host"), id))
		if p := w.asks("bas", id); p.State != session.ProcessAloud {
			t.Errorf("four people: %+v", p)
		}
		w.refused(w.sessions.AnswerProcess(w.ctx(), w.who("bas"), id, 3), "session.process_over")
		if n := must(db.One(w.ctx(), w.d, `select count(*) from session_process_mark`, db.Int))(t); n != 0 {
			t.Error("it is kept that somebody tried")
		}
		wall := must(w.sessions.Plan(w.ctx(), w.who("lead"), session.Plan{SchoolID: w.schoolID, MethodID: "weekbord", TrajectoryID: w.trajectory, StartsAt: w.clock.Now(), People: w.ids("member", "anna", "bas", "cato", "daan")}))(t)
		for _, name := range []string{"lead", "member", "anna", "bas", "cato", "daan"} {
			w.ok(w.sessions.Join(w.ctx(), w.who(name), wall, false))
		}
		w.ok(w.sessions.Begin(w.ctx(), w.who("lead"), wall))
		w.ok(w.sessions.Close(w.ctx(), w.who("lead"), wall))
		if p := w.asks("bas", wall); p.State != session.ProcessNone {
			t.Errorf("asked twice: %+v", p)
		}
		w.refused(w.sessions.AnswerProcess(w.ctx(), w.who("bas"), wall, 3), "session.process_over")
	})
}
