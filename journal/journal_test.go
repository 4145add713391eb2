package journal_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/journal"
)

var at = time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC)

func appendTo(t *testing.T, d *db.DB, e journal.Entry) {
	t.Helper()
	e.At, e.ActorID = at, "noor"
	if err := d.Write(t.Context(), func(tx *db.Tx) error { return journal.Append(t.Context(), tx, e) }); err != nil {
		t.Fatal(err)
	}
}

func TestWhatHappenedStaysInOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		appendTo(t, d, journal.Entry{Kind: "plan.begun", ObjectKind: "plan", ObjectID: "p", SchoolID: "s", TrajectoryID: "t", To: 1})
		appendTo(t, d, journal.Entry{Kind: "plan.changed", ObjectKind: "plan", ObjectID: "p", SchoolID: "s", TrajectoryID: "t", From: 1, To: 2})
		appendTo(t, d, journal.Entry{Kind: "school.founded", ObjectKind: "school", ObjectID: "s"})
		of, err := journal.Of(t.Context(), d, "plan", "p")
		if err != nil || len(of) != 2 || of[0].Kind != "plan.begun" || of[1].From != 1 || of[1].To != 2 || !of[1].At.Equal(at) || of[1].ActorID != "noor" {
			t.Fatalf("%+v %v", of, err)
		}
		walk, err := journal.Trajectory(t.Context(), d, "t", 1)
		if err != nil || len(walk) != 1 || walk[0].Kind != "plan.changed" || walk[0].SchoolID != "s" {
			t.Errorf("newest of a trajectory: %+v %v", walk, err)
		}
		all := seen(t, d, 3)
		if all[2].TrajectoryID != "" || all[2].SchoolID != "" {
			t.Errorf("an entry of nothing: %+v", all[2])
		}
		reader := journal.NewReader(d)
		for i := range all {
			if one, err := reader.Next(t.Context(), 1); err != nil || len(one) != 1 || one[0] != all[i] {
				t.Errorf("one by one, %d: %+v %v", i, one, err)
			}
		}
		if none, err := reader.Next(t.Context(), 1); err != nil || len(none) != 0 {
			t.Errorf("after the last: %+v %v", none, err)
		}
	})
}

// seen waits until so many entries can be read: on PostgreSQL they appear when nobody who
// began earlier is still busy.
func seen(t *testing.T, d *db.DB, n int) []journal.Entry {
	t.Helper()
	for range 2000 {
		list, err := journal.NewReader(d).Next(t.Context(), 10_000)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) >= n {
			return list
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("%d entries never appeared", n)
	return nil
}

func TestARefusedActLeavesNoEntry(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		refused := fmt.Errorf("refused")
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			if err := journal.Append(t.Context(), tx, journal.Entry{At: at, Kind: "x.y", ObjectKind: "x", ObjectID: "1"}); err != nil {
				return err
			}
			return refused
		})
		if err != refused {
			t.Fatal(err)
		}
		if list, err := journal.Of(t.Context(), d, "x", "1"); err != nil || len(list) != 0 {
			t.Errorf("%v %v", list, err)
		}
	})
}

// A reader sees every entry of many writers exactly once, and those of each writer in the
// order in which they were written, while they write.
func TestAReaderNeverSkips(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const writers, each = 8, 25
		var wg sync.WaitGroup
		for w := range writers {
			wg.Go(func() {
				for i := range each {
					err := d.Write(t.Context(), func(tx *db.Tx) error {
						return journal.Append(t.Context(), tx, journal.Entry{At: at, ActorID: fmt.Sprint(w), Kind: "x.y", ObjectKind: "x", ObjectID: fmt.Sprint(w, "-", i)})
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		got := map[string]int{}
		count, reader := 0, journal.NewReader(d)
		next := map[string]int{} // of each writer
		for deadline := 0; count < writers*each && deadline < 20_000; deadline++ {
			list, err := reader.Next(t.Context(), 7)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range list {
				got[e.ObjectID]++
				count++
				if want := fmt.Sprint(e.ActorID, "-", next[e.ActorID]); e.ObjectID != want {
					t.Fatalf("writer %s: %s came before %s", e.ActorID, e.ObjectID, want)
				}
				next[e.ActorID]++
			}
			if len(list) == 0 {
				time.Sleep(time.Millisecond)
			}
		}
		wg.Wait()
		if len(got) != writers*each || count != writers*each {
			t.Errorf("%d entries seen, %d of them different, want %d", count, len(got), writers*each)
		}
	})
}

// On PostgreSQL numbers are handed out before their acts end: an act that is still busy
// holds back what came after it.
func TestABusyActHoldsBackWhatCameLater(t *testing.T) {
	t.Parallel()
	d := dbtest.Postgres(t)
	entered, leave, ended := make(chan bool), make(chan bool), make(chan error, 1)
	go func() {
		ended <- d.Write(t.Context(), func(tx *db.Tx) error {
			err := journal.Append(t.Context(), tx, journal.Entry{At: at, Kind: "slow.act", ObjectKind: "x", ObjectID: "slow"})
			close(entered)
			<-leave
			return err
		})
	}()
	<-entered
	appendTo(t, d, journal.Entry{Kind: "quick.act", ObjectKind: "x", ObjectID: "quick"})
	reader, late := journal.NewReader(d), journal.NewReader(d)
	list, err := reader.Next(t.Context(), 10)
	if err != nil || len(list) != 0 {
		t.Errorf("a reader would skip the busy act: %+v %v", list, err)
	}
	if err := late.Skip(t.Context()); err != nil {
		t.Fatal(err)
	}
	close(leave)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	seen(t, d, 2)
	for name, r := range map[string]*journal.Reader{"who read": reader, "who starts": late} {
		if list, err = r.Next(t.Context(), 10); err != nil || len(list) != 2 || list[0].ObjectID != "slow" || list[1].ObjectID != "quick" {
			t.Errorf("%s: %+v %v", name, list, err)
		}
	}
}

// Of two acts that are under way at once the one that began later may number its entry
// first. Numbers and transactions then go in opposite orders, and whoever ends first is seen
// first: nobody may pass the other by.
func TestNumbersAgainstTheOrderOfActs(t *testing.T) {
	t.Parallel()
	for _, first := range []string{"old", "young"} {
		t.Run(first+" ends first", func(t *testing.T) {
			t.Parallel()
			d := dbtest.Postgres(t)
			old, young := slowly(t, d, "old"), slowly(t, d, "young")
			old.begin()
			young.begin()
			young.number()
			old.number()
			reader := journal.NewReader(d)
			var got []string
			read := func() {
				list, err := reader.Next(t.Context(), 10)
				if err != nil {
					t.Fatal(err)
				}
				for _, e := range list {
					got = append(got, e.ObjectID)
				}
			}
			read()
			if first == "old" {
				old.end()
				read()
				young.end()
			} else {
				young.end()
				read()
				old.end()
			}
			all := seen(t, d, 2)
			read()
			if fmt.Sprint(got) != "[old young]" {
				t.Errorf("a reader saw %v", got)
			}
			if all[0].Seq < all[1].Seq {
				t.Errorf("the numbers do not go against the acts: %+v", all)
			}
		})
	}
}

// slow is an act that goes on step by step.
type slow struct{ begin, number, end func() }

func slowly(t *testing.T, d *db.DB, name string) slow {
	steps, done := make(chan bool), make(chan bool)
	step := func() { steps <- true; <-done }
	return slow{
		begin: func() {
			go func() {
				err := d.Write(t.Context(), func(tx *db.Tx) error {
					<-steps
					if _, err := db.Exec(t.Context(), tx, `insert into journal_cursor (reader, seq) values ($1, 0)`, name); err != nil {
						t.Error(err)
					}
					done <- true
					<-steps
					err := journal.Append(t.Context(), tx, journal.Entry{At: at, Kind: "x.y", ObjectKind: "x", ObjectID: name})
					done <- true
					<-steps
					return err
				})
				if err != nil {
					t.Error(err)
				}
				done <- true
			}()
			step()
		},
		number: step,
		end:    step,
	}
}

func TestWhoSkipsHearsOnlyWhatComes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		reader := journal.NewReader(d)
		if err := reader.Skip(t.Context()); err != nil {
			t.Fatal(err) // nothing there yet
		}
		for _, id := range []string{"one", "two", "three"} {
			appendTo(t, d, journal.Entry{Kind: "x.y", ObjectKind: "x", ObjectID: id})
			if id == "two" {
				seen(t, d, 2)
				if err := reader.Skip(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
		seen(t, d, 3)
		if list, err := reader.Next(t.Context(), 10); err != nil || len(list) != 1 || list[0].ObjectID != "three" {
			t.Errorf("%+v %v", list, err)
		}
	})
}
