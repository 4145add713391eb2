package bring

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"leerkring/bring"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/test/whole"
)

// TestProofF_ABoardUnderAKill kills the program at random moments while a board comes in. After each
// restart all of that board is there or nothing of it; sent again, it is there once.
func TestProofF_ABoardUnderAKill(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		dir := t.TempDir()
		kills(t, "sqlite:"+filepath.Join(dir, "leerkring.db"), "--empty", "--data", dir)
	})
	t.Run("postgres", func(t *testing.T) {
		address := dbtest.PostgresURL(t)
		kills(t, address, "--empty", "--data", t.TempDir(), "--database", address)
	})
}

const killRounds = 5

func kills(t *testing.T, address string, args ...string) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	chance := rand.New(rand.NewPCG(seed, 1))
	p := whole.Demo(t, args...)
	id := p.SignedIn("kartrekker").Begin("Een bord komt erin", "verken")
	sends := func(c *whole.Client, round int) bool {
		status, body, err := c.Post("/trajectories/"+id+"/bring/apply", form(t, round))
		return err == nil && status == http.StatusOK && strings.Contains(body, "staat erin")
	}
	began := time.Now()
	if !sends(p.SignedIn("kartrekker"), killRounds) {
		t.Fatal("a board does not come in")
	}
	usual := time.Since(began)
	for round := range killRounds {
		c, done := p.SignedIn("kartrekker"), make(chan bool)
		go func() { done <- sends(c, round) }()
		time.Sleep(time.Duration(chance.Int64N(int64(usual))))
		p.Kill()
		acknowledged := <-done
		p = whole.Demo(t, args...)
		n := counted(t, address, id, round)
		t.Logf("round %d: %d tasks, acknowledged %t", round, n, acknowledged)
		if n != 0 && n != bring.MaxAtOnce || acknowledged && n == 0 {
			t.Errorf("round %d: %d tasks, acknowledged %t", round, n, acknowledged)
		}
		if n == 0 && !sends(p.SignedIn("kartrekker"), round) {
			t.Errorf("round %d: it does not come in after the restart", round)
		}
		if n := counted(t, address, id, round); n != bring.MaxAtOnce {
			t.Errorf("round %d: %d tasks in the end", round, n)
		}
	}
}

// form is what the page sends of a board of one round.
func form(t *testing.T, round int) url.Values {
	t.Helper()
	b, err := bring.ReadFile(board(strings.ReplaceAll(cards(bring.MaxAtOnce, ""), "Kaart ", fmt.Sprintf("Ronde %d, kaart ", round)), ""))
	if err != nil {
		t.Fatal(err)
	}
	for i := range b.Lists[0].Cards {
		b.Lists[0].Cards[i].ID += fmt.Sprint("-", round)
	}
	packed, err := b.Pack()
	if err != nil {
		t.Fatal(err)
	}
	look := bring.Sort(b, bring.Known{Agreements: true, Zone: time.UTC, Me: "me"}, bring.Choices{})
	return url.Values{"board": {packed}, "digest": {look.Digest}}
}

// counted opens the database itself: tasks of a round, each with its mark and its entry.
func counted(t *testing.T, address, id string, round int) int {
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
	like := fmt.Sprintf("Ronde %d, %%", round)
	n, err := db.One(t.Context(), d, `select count(*) from task where trajectory_id = $1 and body like $2`, db.Int, id, like)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := db.One(t.Context(), d, `select count(*) from task t join brought b on b.object_id = t.id join journal j on j.object_id = t.id and j.kind = 'task.added'
		where t.trajectory_id = $1 and t.body like $2`, db.Int, id, like)
	if err != nil {
		t.Fatal(err)
	}
	if whole != n {
		t.Errorf("%d tasks, %d of them whole", n, whole)
	}
	return n
}
