package bring

import (
	"sync"
	"testing"

	"leerkring/bring"
	"leerkring/internal/errs"
	"leerkring/test/bring/sample"
)

// What did not fit on a card goes off the page and comes back, once each, by whoever may bring a
// board; what the card became stays as it is.
func TestWhatDidNotFitIsPutAway(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.brings("lead", w.read(sample.Trello), bring.Choices{})
		desk := func() bring.Before {
			_, had, err := w.boards.Desk(t.Context(), w.who("lead"), w.id)
			w.ok(err)
			return had
		}
		had := desk()
		if len(had.Beside) != 3 || len(had.Away) != 0 {
			t.Fatalf("%+v", had)
		}
		text, tasks := had.Beside[1], w.tasks()
		fitted := w.lines(`select object_id from brought where rest = '' order by object_id limit 1`)
		before := w.state()
		for _, by := range []string{"guest", "colleague", "outsider"} {
			for _, id := range []string{text.ID, "nothing"} {
				if err := w.boards.PutAway(t.Context(), w.who(by), w.id, id); !errs.IsAbsent(err) {
					t.Errorf("%s, %s: %v", by, id, err)
				}
				if err := w.boards.TakeBack(t.Context(), w.who(by), w.id, id); !errs.IsAbsent(err) {
					t.Errorf("%s takes back %s: %v", by, id, err)
				}
			}
		}
		for _, id := range []string{fitted, "nothing", ""} {
			if err := w.boards.PutAway(t.Context(), w.who("lead"), w.id, id); !errs.IsAbsent(err) {
				t.Errorf("%q: %v", id, err)
			}
		}
		if w.state() != before || len(desk().Beside) != 3 {
			t.Error("something changed")
		}

		var both sync.WaitGroup
		for _, by := range []string{"lead", "member"} {
			who := w.who(by)
			both.Go(func() {
				if err := w.boards.PutAway(t.Context(), who, w.id, text.ID); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		w.ok(w.boards.PutAway(t.Context(), w.who("member"), w.id, text.ID))
		if had = desk(); len(had.Beside) != 2 || len(had.Away) != 1 || had.Away[0] != text || w.tasks() != tasks || had.Tasks != 5 || had.Agreements != 2 {
			t.Errorf("%+v", had)
		}
		if n := w.count(`select count(*) from journal where kind = 'brought.put_away' and object_id = $1`, text.ID); n != 1 {
			t.Errorf("%d entries", n)
		}
		if again := w.look("lead", w.read(sample.Trello), bring.Choices{}); again.There != 7 {
			t.Errorf("a card whose text was put away is new: %d are there", again.There)
		}

		for range 2 {
			w.ok(w.boards.TakeBack(t.Context(), w.who("lead"), w.id, text.ID))
		}
		if had = desk(); len(had.Beside) != 3 || len(had.Away) != 0 {
			t.Errorf("taken back: %+v", had)
		}
		if n := w.count(`select count(*) from journal where kind = 'brought.taken_back' and actor_id = $1`, w.people["lead"]); n != 1 {
			t.Errorf("%d entries", n)
		}
		w.exec(`update trajectory set state = 'stopped' where id = $1`, w.id)
		w.ok(w.boards.PutAway(t.Context(), w.who("lead"), w.id, text.ID)) // the page stays tidy afterwards too
	})
}
