package decision_test

import (
	"sync"
	"testing"
	"time"

	"leerkring/block/decision"
	"leerkring/internal/clock"
	"leerkring/internal/errs"
)

func (w *town) hear(name, id string, word decision.Word) error {
	w.t.Helper()
	return w.decisions.Hear(w.t.Context(), w.who(name), w.id, id, word)
}

// A yes that others must agree to waits for their word, and the closed decision itself stays
// as it was.
func TestADecisionWaitsForTheWordOfOthers(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.open(proposal(decision.PLG))
		yes := decision.Word{Agreed: true, Text: "De MR stemt in, met een evaluatie in mei.", On: "2026-04-03"}
		if err := w.hear("lead", id, yes); key(err) != "decision.word_nobody" {
			t.Errorf("an open decision: %v", err)
		}
		w.later()
		w.close(id, decision.Closing{Outcome: decision.AgreedSubjectTo, SubjectTo: "De MR stemt in", SubjectWho: "Petra"})
		if v := w.view("lead", id); !v.Waits() || !v.MayHear {
			t.Errorf("%+v", v)
		}
		if v := w.view("member", id); v.MayHear {
			t.Error("a member may write down what others said")
		}
		closed := w.state()
		for _, name := range []string{"member", "colleague", "guest"} {
			if err := w.hear(name, id, yes); !errs.IsAbsent(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.clock.Set(time.Date(2026, 4, 3, 9, 0, 0, 0, time.UTC))
		for name, c := range map[string]struct {
			word decision.Word
			want string
		}{
			"says nothing":        {decision.Word{Agreed: true, On: "2026-04-03"}, "decision.word_empty"},
			"before the decision": {decision.Word{Text: "Ze zeiden ja.", On: "2026-04-01"}, "decision.word_day"},
			"still to come":       {decision.Word{Text: "Ze zeiden ja.", On: "2026-04-04"}, "decision.word_day"},
			"no day":              {decision.Word{Text: "Ze zeiden ja.", On: clock.Date("gisteren")}, "form.date"},
		} {
			if err := w.hear("lead", id, c.word); key(err) != c.want {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
		}
		if w.state() != closed {
			t.Error("a refused word changed something")
		}
		var group sync.WaitGroup
		results := make(chan error, 4)
		for range cap(results) {
			group.Go(func() { results <- w.hear("lead", id, yes) })
		}
		group.Wait()
		close(results)
		kept := 0
		for err := range results {
			if err == nil {
				kept++
			} else if key(err) != "decision.word_twice" {
				t.Error(err)
			}
		}
		if kept != 1 {
			t.Errorf("of four who write at once %d are kept", kept)
		}
		v := w.view("colleague", id)
		if v.Waits() || !v.Word.Agreed || v.Word.Text != yes.Text || v.Word.On != yes.On || v.End.Outcome != decision.AgreedSubjectTo {
			t.Errorf("%+v", v)
		}
		if got := w.kinds(); got[len(got)-1] != "decision.heard" {
			t.Errorf("journal: %v", got)
		}
	})
}
