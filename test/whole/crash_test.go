package whole

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/dbtest"
)

var rounds = flag.Int("crash-rounds", 50, "how often the program is killed; 500 before a release")

const writers = 20

// TestProofA_EveryAcknowledgedWriteIsThere kills the program at random moments under
// twenty writers. What was acknowledged is there after the restart, whole: the words,
// their version and their journal entry. What was not acknowledged is there whole or not
// at all.
func TestProofA_EveryAcknowledgedWriteIsThere(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		crash(t, "sqlite:"+filepath.Join(dir, "leerkring.db"), "--empty", "--data", dir)
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		address := dbtest.PostgresURL(t)
		crash(t, address, "--empty", "--data", t.TempDir(), "--database", address)
	})
}

func crash(t *testing.T, address string, args ...string) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d, %d rounds", seed, *rounds)
	chance := rand.New(rand.NewPCG(seed, 1))
	p := Demo(t, args...)
	id := p.SignedIn("kartrekker").Begin("Alles wat bewaard is, is er nog", "verken")
	acknowledged := map[string]bool{}
	slowest := time.Duration(0)
	for round := range *rounds {
		for text := range burst(p, id, round, time.Duration(20+chance.IntN(250))*time.Millisecond) {
			acknowledged[text] = true
		}
		p = Demo(t, args...)
		slowest = max(slowest, p.Started)
	}
	p.Kill()
	if len(acknowledged) < *rounds {
		t.Fatalf("only %d writes were acknowledged: the test proves nothing", len(acknowledged))
	}
	look(t, address, id, acknowledged)
	t.Logf("%d acknowledged writes over %d kills, all there; slowest restart %s", len(acknowledged), *rounds, slowest.Round(time.Millisecond))
	if slowest > 5*time.Second {
		t.Errorf("a restart took %s", slowest)
	}
}

// burst lets the writers write until the program is killed under them, and returns what
// was acknowledged.
func burst(p *Program, id string, round int, after time.Duration) map[string]bool {
	c := p.SignedIn("kartrekker")
	c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	done := map[string]bool{}
	first := make(chan struct{})
	var mu sync.Mutex
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for n := 0; ; n++ {
				text := fmt.Sprintf("ronde %d, schrijver %d, nummer %d", round, w, n)
				status, _, err := c.Post("/trajectories/"+id+"/answers", url.Values{"element": {"f1.q1"}, "kind": {"voice"}, "body": {text}})
				if err != nil {
					return // the line broke: nothing was promised
				}
				if status == http.StatusSeeOther {
					mu.Lock()
					if done[text] = true; len(done) == 1 {
						close(first)
					}
					mu.Unlock()
				}
			}
		})
	}
	select { // the moment is random from when they really write
	case <-first:
	case <-time.After(10 * time.Second):
	}
	time.Sleep(after)
	p.Kill()
	wg.Wait()
	return done
}

// look opens the database itself and compares.
func look(t *testing.T, address, id string, acknowledged map[string]bool) {
	t.Helper()
	d, err := db.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}()
	type row struct {
		body              string
		versions, entries int
	}
	rows, err := db.All(t.Context(), d, `select c.body,
		(select count(*) from text_version v where v.object_id = c.id),
		(select count(*) from journal j where j.object_id = c.id)
		from contribution c where c.trajectory_id = $1`, func(r *row) []any { return []any{&r.body, &r.versions, &r.entries} }, id)
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, r := range rows {
		if there[r.body] {
			t.Errorf("%q is there twice", r.body)
		}
		there[r.body] = true
		if r.versions != 1 || r.entries != 1 {
			t.Errorf("%q is half there: %d versions, %d journal entries", r.body, r.versions, r.entries)
		}
	}
	lost := 0
	for text := range acknowledged {
		if !there[text] {
			lost++
		}
	}
	if lost > 0 {
		t.Errorf("%d of %d acknowledged writes are lost", lost, len(acknowledged))
	}
}
