//go:build browser

package sweep

import (
	"bufio"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"leerkring/test/browser"
)

// TestAccessibility_Gallery asks axe about every part in each of its states, among them those
// that the demo school has not: a page of the gallery has its scheme in itself.
func TestAccessibility_Gallery(t *testing.T) {
	address := gallery(t)
	p := browser.New(t, address).Person("gallery")
	p.Goto("/")
	pages := browser.Eval[[]string](p, `[...document.querySelectorAll("a[href$='.html']")].map((a) => a.getAttribute("href"))`)
	if len(pages) < 80 {
		t.Fatalf("the gallery leads to %d pages", len(pages))
	}
	for _, page := range append([]string{""}, pages...) {
		p.Look()
		p.Goto("/" + page)
		for _, how := range [][]browser.Option{nil, {browser.Phone}} {
			p.Look(how...)
			browser.Eval[bool](p, unfold)
			p.Axe()
			if px := p.Sideways(); px > 0 {
				t.Errorf("%s: %d pixels too wide", page, px)
			}
		}
	}
}

// gallery starts the gallery and returns where it is.
func gallery(t *testing.T) string {
	t.Helper()
	path := t.TempDir() + "/gallery"
	if out, err := exec.Command("go", "build", "-o", path, "leerkring/cmd/gallery").CombinedOutput(); err != nil {
		t.Fatalf("build: %v: %s", err, out)
	}
	cmd := exec.Command(path, "--addr", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it may have ended by itself
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	address := regexp.MustCompile(`http://[0-9.:]+`).FindString(line)
	if err != nil || address == "" {
		t.Fatalf("the gallery said %q: %v", strings.TrimSpace(line), err)
	}
	return address
}
