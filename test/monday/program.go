package monday

import (
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Base is where people would reach the house.
const Base = "https://leerkring.example"

var built struct {
	sync.Once
	path string
	err  error
}

// binary builds the program with a clock that can be moved from outside.
func binary(t *testing.T) string {
	t.Helper()
	built.Do(func() {
		dir, err := os.MkdirTemp("", "leerkring-monday-")
		if err != nil {
			built.err = err
			return
		}
		built.path = filepath.Join(dir, "leerkring")
		if out, err := exec.Command("go", "build", "-tags", "harness", "-o", built.path, "leerkring/cmd/leerkring").CombinedOutput(); err != nil {
			built.err = errors.New(string(out))
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.path
}

// House is a directory in which the program lives, with the database and the clock.
type House struct {
	t        *testing.T
	dir      string
	database string
	smtp     string
	port     int
	cmd      *exec.Cmd
	log      *strings.Builder
}

// NewHouse is a house that is still closed.
func NewHouse(t *testing.T, dir, database, smtp string) *House {
	h := &House{t: t, dir: dir, database: database, smtp: smtp, log: &strings.Builder{}}
	t.Cleanup(func() {
		h.Kill()
		if t.Failed() {
			t.Log(h.log)
		}
	})
	return h
}

func (h *House) hands() string { return filepath.Join(h.dir, "clock") }

// Clock puts the hands at a moment.
func (h *House) Clock(at time.Time) {
	h.t.Helper()
	aside := h.hands() + ".new"
	if err := os.WriteFile(aside, []byte(at.UTC().Format(time.RFC3339Nano)), 0o644); err != nil {
		h.t.Fatal(err)
	}
	if err := os.Rename(aside, h.hands()); err != nil {
		h.t.Fatal(err)
	}
}

// Open starts the program, and waits until it is ready.
func (h *House) Open() {
	h.t.Helper()
	h.port = free(h.t)
	args := []string{"serve", "--addr", "127.0.0.1:" + strconv.Itoa(h.port), "--data", filepath.Join(h.dir, "data"), "--base-url", Base, "--keys", filepath.Join(h.dir, "keys"),
		"--smtp", "smtp://" + h.smtp, "--smtp-from", "leerkring@" + Domain}
	if strings.HasPrefix(h.database, "postgres") {
		args = append(args, "--database", h.database)
	}
	h.cmd = exec.Command(binary(h.t), args...)
	h.cmd.Env = append(os.Environ(), "HARNESS_CLOCK="+h.hands())
	h.cmd.Stderr = h.log
	if err := h.cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
	for range 200 {
		if res, err := http.Get(h.Address() + "/readyz"); err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	h.t.Fatal("the program does not get ready")
}

// Address is where the program listens.
func (h *House) Address() string { return "http://127.0.0.1:" + strconv.Itoa(h.port) }

// Kill ends the program at once, as a power cut does for a process.
func (h *House) Kill() {
	if h.cmd == nil || h.cmd.ProcessState != nil {
		return
	}
	_ = h.cmd.Process.Kill() // it may have ended by itself
	_ = h.cmd.Wait()
}

// Until waits until something is so.
func (h *House) Until(what string, is func() bool) {
	h.t.Helper()
	for range 1200 {
		if is() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	h.t.Fatalf("after a minute it is still not so: %s", what)
}
