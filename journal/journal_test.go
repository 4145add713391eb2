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
		if rest, err := journal.After(t.Context(), d, all[0].Seq, 1); err != nil || len(rest) != 1 || rest[0].Seq != all[1].Seq {
			t.Errorf("after the first, one: %+v %v", rest, err)
		}
		if last, err := journal.Last(t.Context(), d); err != nil || last != all[2].Seq {
			t.Errorf("last %d %v", last, err)
		}
	})
}

// seen waits until so many entries can be read: on PostgreSQL they appear when nobody who
// began earlier is still busy.
func seen(t *testing.T, d *db.DB, n int) []journal.Entry {
	t.Helper()
	for range 2000 {
		list, err := journal.After(t.Context(), d, 0, 10_000)
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

// A reader that follows with After sees every entry of many writers exactly once, in
// order, while they write.
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
		last, count := int64(0), 0
		next := map[string]int{} // of each writer
		for deadline := 0; count < writers*each && deadline < 20_000; deadline++ {
			list, err := journal.After(t.Context(), d, last, 7)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range list {
				if e.Seq <= last {
					t.Fatalf("entry %d came after %d", e.Seq, last)
				}
				last = e.Seq
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

// On PostgreSQL an act has a number of its own before its entry gets one, else nothing tells
// a reader that somebody is still busy. The moment between the two is far too short to meet
// on purpose, so the sequence itself looks.
func TestAnEntryIsNumberedAfterItsAct(t *testing.T) {
	t.Parallel()
	d := dbtest.Postgres(t)
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		for _, text := range []string{
			`alter table journal alter column seq drop identity`,
			`create sequence looking`,
			`create function numbered() returns bigint language plpgsql as $$ begin
				if pg_current_xact_id_if_assigned() is null then raise exception 'numbered before its act'; end if;
				return nextval('looking');
			end $$`,
			`alter table journal alter column seq set default numbered()`,
		} {
			if _, err := db.Exec(t.Context(), tx, text); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	appendTo(t, d, journal.Entry{Kind: "x.y", ObjectKind: "x", ObjectID: "first"})
	if list := seen(t, d, 1); list[0].Seq != 1 {
		t.Errorf("%+v", list)
	}
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
	list, err := journal.After(t.Context(), d, 0, 10)
	if err != nil || len(list) != 0 {
		t.Errorf("a reader would skip the busy act: %+v %v", list, err)
	}
	if last, err := journal.Last(t.Context(), d); err != nil || last != 0 {
		t.Errorf("a reader that starts now would skip the busy act: %d %v", last, err)
	}
	close(leave)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if list = seen(t, d, 2); list[0].ObjectID != "slow" || list[1].ObjectID != "quick" {
		t.Errorf("%+v", list)
	}
}

func TestACursorOnlyMovesOn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		advance := func(reader string, to int64) {
			if err := d.Write(t.Context(), func(tx *db.Tx) error { return journal.Advance(t.Context(), tx, reader, to) }); err != nil {
				t.Fatal(err)
			}
		}
		at := func(reader string) int64 {
			n, err := journal.Cursor(t.Context(), d, reader)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if at("mail") != 0 {
			t.Error("a reader that never read begins at the beginning")
		}
		advance("mail", 7)
		advance("mail", 5) // a slow node tells late
		advance("live", 3)
		if at("mail") != 7 || at("live") != 3 {
			t.Errorf("mail %d, live %d", at("mail"), at("live"))
		}
	})
}
