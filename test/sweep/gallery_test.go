//go:build browser

package sweep

import (
	"bufio"
	"os/exec"
	"regexp"
	"slices"
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
	pages = slices.DeleteFunc(pages, ofARoom)
	if len(pages) < 80 {
		t.Fatalf("the gallery leads to %d pages of parts", len(pages))
	}
	axeOn(t, p, append([]string{""}, pages...))
}

// TestProofB_GalleryOfSessionsAndMethods looks at every page of a session, of the ways of working
// and of a school's own, in each of its states: in both languages, light and dark, on a phone and
// on a wide screen. Most of these states last for minutes only, in a room full of people.
func TestProofB_GalleryOfSessionsAndMethods(t *testing.T) {
	address := gallery(t)
	p := browser.New(t, address).Person("gallery of rooms")
	p.Goto("/")
	pages := browser.Eval[[]string](p, `[...document.querySelectorAll("a[href$='.html']")].map((a) => a.getAttribute("href"))`)
	pages = slices.DeleteFunc(pages, func(page string) bool { return !ofARoom(page) })
	kinds := map[string]int{}
	for _, page := range pages {
		room, _, _ := strings.Cut(page, "-")
		kinds[room]++
		if strings.Contains(page, "-in-english") {
			kinds["english"]++
		}
		if strings.HasSuffix(page, ".dark.html") {
			kinds["dark"]++
		}
	}
	if kinds["session"] < 160 || kinds["method"] < 20 || kinds["author"] < 44 || kinds["english"]*2 != len(pages) || kinds["dark"]*2 != len(pages) {
		t.Fatalf("the gallery leads to %v of %d pages", kinds, len(pages))
	}
	axeOn(t, p, pages)
}

// ofARoom reports whether a page of the gallery is one of a room, and no part.
func ofARoom(page string) bool {
	return strings.HasPrefix(page, "session-") || strings.HasPrefix(page, "method-") || strings.HasPrefix(page, "author-")
}

// axeOn asks axe about pages, wide and on a phone, with everything in them unfolded.
func axeOn(t *testing.T, p *browser.Person, pages []string) {
	t.Helper()
	for _, page := range pages {
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
