//go:build linux

package whole

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// TestProofA_AFullDiskLosesNothing (T-R3): at a write for which there is no room the page
// comes back with what was typed and a kind sentence; reading goes on; and as soon as there
// is room again the same program saves again.
func TestProofA_AFullDiskLosesNothing(t *testing.T) {
	t.Run("disk full", func(t *testing.T) {
		dir := smallDisk(t, 24<<20)
		p := Demo(t, "--empty", "--data", dir)
		filler := filepath.Join(dir, "filler")
		noRoom(t, p, func() { fill(t, filler) }, func() { must(t, os.Remove(filler)) })
	})
	t.Run("files cannot grow", func(t *testing.T) {
		p := Demo(t, "--empty", "--data", t.TempDir())
		noRoom(t, p, func() { limitFiles(t, p, syscall.Rlimit{Cur: 1, Max: 1 << 40}) }, func() { limitFiles(t, p, syscall.Rlimit{Cur: 1 << 40, Max: 1 << 40}) })
	})
}

func noRoom(t *testing.T, p *Program, fault, mend func()) {
	t.Helper()
	c := p.SignedIn("kartrekker")
	id := c.Begin("Ook als de schijf vol is", "verken")
	answers := "/trajectories/" + id + "/answers"
	say := func(text string) (int, string) {
		status, body, err := c.Post(answers, url.Values{"element": {"f1.q1"}, "kind": {"voice"}, "body": {text}})
		if err != nil {
			t.Fatal(err)
		}
		return status, body
	}
	kept := "Dit stond er al voordat de schijf vol was."
	if status, _ := say(kept); status != http.StatusOK {
		t.Fatalf("with room: %d", status)
	}
	reads := []string{"/week", "/trajectories/" + id, "/trajectories/" + id + "/plan", "/trajectories/" + id + "/questions/f1.q1", "/account"}
	read := func(when string) {
		t.Helper()
		for _, page := range reads {
			if status, body, err := c.Get(page); err != nil || status != http.StatusOK || strings.HasSuffix(page, "/f1.q1") && !strings.Contains(body, kept) {
				t.Errorf("%s %s: %d %v", when, page, status, err)
			}
		}
	}
	read("with room")

	fault()
	typed := strings.Repeat("Wat ik net schreef mag niet weg. ", 40)
	refused := 0
	for range 600 { // there may be room yet: the log has what it took while the tables were made
		status, body := say(typed)
		if status == http.StatusOK {
			continue
		}
		refused++
		if status != http.StatusServiceUnavailable {
			t.Fatalf("without room: %d", status)
		}
		text := html.UnescapeString(body)
		if !strings.Contains(text, strings.TrimSpace(typed)) {
			t.Fatalf("what was typed is gone from the page: %.300q", text)
		}
		if !strings.Contains(text, "Je antwoord staat nog op deze pagina.") {
			t.Errorf("the page does not say what happened")
		}
		if refused == 3 {
			break
		}
	}
	if refused < 3 {
		t.Fatal("the fault never came: the test proves nothing")
	}
	const short = "Waar lopen leerlingen in 4 havo vast?"
	status, body, err := c.Post("/trajectories", url.Values{"method": {"kleine-ronde"}, "title": {"Nog iets nieuws"}, "question": {short}})
	if err != nil || status != http.StatusServiceUnavailable || !strings.Contains(html.UnescapeString(body), short) {
		t.Errorf("beginning something without room: %d %v", status, err)
	}
	read("without room")

	mend()
	saved := false
	for range 100 { // at once, or after a moment
		if status, _ := say("Er is weer plaats."); status == http.StatusOK {
			saved = true
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if !saved {
		t.Fatalf("nothing is saved though there is room again:\n%s", p.Log())
	}
	read("with room again")
	status, body, err = c.Get("/trajectories/" + id + "/questions/f1.q1")
	if err != nil || status != http.StatusOK || !strings.Contains(body, "Er is weer plaats.") || !strings.Contains(body, kept) {
		t.Errorf("what was saved is not there: %d %v", status, err)
	}
	if log := p.Log(); strings.Contains(log, "goroutine ") || strings.Contains(log, typed[:20]) {
		t.Errorf("the log holds a trace, or what somebody wrote")
	}
}

// limitOfFileSize is RLIMIT_FSIZE.
const limitOfFileSize = 1

// limitFiles says how large a file of a running program may become.
func limitFiles(t *testing.T, p *Program, now syscall.Rlimit) {
	t.Helper()
	_, _, e := syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(p.cmd.Process.Pid), limitOfFileSize, uintptr(unsafe.Pointer(&now)), 0, 0, 0)
	if e != 0 {
		t.Fatalf("the size of files cannot be limited: %v", e)
	}
}

// smallDisk is a file system of its own of so many bytes. Where none can be made, the test
// fails and says what it needs.
func smallDisk(t *testing.T, size int) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", size)); err != nil {
		t.Fatalf("a small file system cannot be made (%v): this test needs the right to mount a tmpfs, as root has it", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fill takes all room that is left.
func fill(t *testing.T, file string) {
	t.Helper()
	f, err := os.Create(file)
	must(t, err)
	block := make([]byte, 64<<10)
	for len(block) > 0 {
		if _, err := f.Write(block); err != nil {
			block = block[:len(block)/2]
		}
	}
	must(t, f.Close())
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
