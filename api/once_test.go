package api_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"leerkring/internal/db"
)

const oneAnswer = `{"element_id":"f1.q1","body":"Een keer gezegd."}`

func TestAWriteThatIsSentAgainIsDoneOnce(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/trajectories/" + w.begin(true)
		key := []string{"Idempotency-Key", "antwoord-1"}
		first := w.ask("member", "POST", at+"/contributions", oneAnswer, key...).is(201)
		entries := w.count(`select count(*) from journal`)
		for range 3 {
			again := w.ask("member", "POST", at+"/contributions", oneAnswer, key...).is(201)
			if again.Body != first.Body || again.Header.Get("Location") != first.Header.Get("Location") {
				t.Fatalf("%s and %s", first.Body, again.Body)
			}
		}
		if n := w.count(`select count(*) from contribution`); n != 1 || w.count(`select count(*) from journal`) != entries {
			t.Errorf("%d contributions", n)
		}
		// The key is the writer's: somebody else's says something else.
		if other := w.ask("lead", "POST", at+"/contributions", oneAnswer, key...).id(); strings.Contains(first.Body, other) {
			t.Error("another person got the first one's reply")
		}
		p := w.ask("member", "POST", at+"/contributions", `{"element_id":"f1.q1","body":"Iets anders."}`, key...).problem(422)
		if p.Type != "urn:leerkring:problem:key-reused" || p.Errors[0].Location != "header.Idempotency-Key" {
			t.Errorf("%+v", p)
		}
		w.ask("member", "DELETE", strings.TrimPrefix(first.Header.Get("Location"), "/api/v1"), "", key...).problem(422)
		if n := w.count(`select count(*) from contribution where withdrawn = ''`); n != 2 {
			t.Errorf("%d contributions stand", n)
		}
	})
}

func TestWhatWasTakenAwayIsTakenAwayOnce(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/trajectories/" + w.begin(true)
		source := w.ask("member", "POST", at+"/evidence", `{"attempt":{"text":"Vorig jaar een kaart."}}`).id()
		for range 2 {
			w.ask("member", "DELETE", at+"/evidence/"+source, "", "If-Match", "1", "Idempotency-Key", "weg-ermee").is(204)
		}
		w.ask("member", "DELETE", at+"/evidence/"+source, "", "If-Match", "1", "Idempotency-Key", "weg-ermee-2").problem(409)
	})
}

func TestARefusedWriteCanBeSentAgain(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/trajectories/" + w.begin(true)
		key := []string{"Idempotency-Key", "eerst-mis"}
		w.ask("member", "POST", at+"/contributions", `{"element_id":"f1.q1","body":" "}`, key...).problem(422)
		w.ask("member", "POST", at+"/contributions", oneAnswer, key...).id()
	})
}

func TestAClashIsToldTheSameAgain(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/trajectories/" + w.begin(true)
		w.ask("lead", "PUT", at+"/plan", `{"why":"Van de een."}`, "If-Match", "0").is(204)
		send := func() answer {
			return w.ask("member", "PUT", at+"/plan", `{"why":"Van de ander."}`, "If-Match", "0", "Idempotency-Key", "botsing-1")
		}
		first := send()
		p := first.problem(409)
		w.ask("lead", "PUT", at+"/plan", `{"why":"Van de een, later."}`, "If-Match", "1").is(204)
		again := send()
		if again.Body != first.Body || p.Yours["why"] != "Van de ander." || p.Theirs["why"] != "Van de een." {
			t.Errorf("%s\n%s", first.Body, again.Body)
		}
		if n := w.count(`select count(*) from text_version where kept = 'conflict'`); n != 1 {
			t.Errorf("kept %d times", n)
		}
		w.exec(`update trajectory set open = false`)
		w.exec(`update participant set left_at = $2 where person_id = $1`, w.ids["member"], start)
		send().problem(404) // rights are read anew
	})
}

func TestEightAtOnceIsOne(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/trajectories/" + w.begin(true)
		replies := make([]answer, 8)
		var all sync.WaitGroup
		for i := range replies {
			all.Add(1)
			go func() {
				defer all.Done()
				replies[i] = w.ask("member", "POST", at+"/contributions", oneAnswer, "Idempotency-Key", "acht-tegelijk")
			}()
		}
		all.Wait()
		for _, r := range replies {
			if r.Status != 201 || r.Body != replies[0].Body {
				t.Errorf("%d %s", r.Status, r.Body)
			}
		}
		if n := w.count(`select count(*) from contribution`); n != 1 {
			t.Errorf("%d contributions", n)
		}
	})
}

// TestProofR6_AnAnswerIsNeverLost: what the answer needs is in the act's own transaction.
// Whatever is noted after the commit may be missing.
func TestProofR6_AnAnswerIsNeverLost(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/trajectories/" + w.begin(true)
		send := func() answer {
			return w.ask("member", "POST", at+"/contributions", oneAnswer, "Idempotency-Key", "verloren-1")
		}
		// The house stops as soon as the act is durable: the handler never gets to its reply.
		var kept []string
		w.d.OnCommit(func() {
			if kept == nil {
				kept, _ = db.All(t.Context(), w.d, `select location from idempotency where key = 'api/verloren-1'`, db.Str)
			}
		})
		first := send()
		id := first.id()
		if len(kept) != 1 || !strings.HasSuffix(kept[0], " object="+id) {
			t.Fatalf("at the commit was kept: %q, want %s", kept, id)
		}
		if again := send(); again.Status != first.Status || again.Body != first.Body || again.Header.Get("Location") != first.Header.Get("Location") {
			t.Errorf("%d %s, then %d %s", first.Status, first.Body, again.Status, again.Body)
		}
		if n := w.count(`select count(*) from contribution`); n != 1 {
			t.Errorf("%d contributions", n)
		}
	})
}

// TestWhatIsKeptOfAReply: ids and versions, never words.
func TestWhatIsKeptOfAReply(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/trajectories/" + w.begin(true)
		w.ask("lead", "PUT", at+"/plan", `{"why":"Geheim een."}`, "If-Match", "0", "Idempotency-Key", "bewaard-1").is(204)
		w.ask("member", "PUT", at+"/plan", `{"why":"Geheim twee."}`, "If-Match", "0", "Idempotency-Key", "bewaard-2").problem(409)
		w.ask("member", "POST", at+"/contributions", `{"element_id":"f1.q1","body":"Geheim drie."}`, "Idempotency-Key", "bewaard-3").id()
		rows, err := db.All(t.Context(), w.d, `select key || ' ' || location from idempotency where key like 'api/bewaard-%'`, db.Str)
		if err != nil || len(rows) != 3 || strings.Contains(fmt.Sprint(rows), "Geheim") {
			t.Errorf("%v %v", rows, err)
		}
		if strings.Contains(w.log.String(), "Geheim") || strings.Contains(w.log.String(), "lk_") {
			t.Errorf("the log tells: %s", w.log)
		}
	})
}
