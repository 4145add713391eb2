//go:build browser

package paper

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"leerkring/test/browser"
	"leerkring/test/whole"
)

func TestMain(m *testing.M) { browser.Main(m) }

var (
	pageBox = regexp.MustCompile(`<page width="([\d.]+)" height="([\d.]+)"`)
	wordBox = regexp.MustCompile(`<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>`)
)

// TestProofF_PrintedFromTheBrowser: the pages with a paper, as Chromium prints them: on the
// right sheet, nothing cut off at an edge, nothing to press.
func TestProofF_PrintedFromTheBrowser(t *testing.T) {
	program := whole.Demo(t, "--data", t.TempDir())
	offered := papers(t, program.SignedIn("kartrekker"))
	b := browser.New(t, program.Address).Person("Marieke")
	b.Goto(strings.TrimPrefix(program.Role("kartrekker").SignIn, program.Address))
	b.Click("Ga naar binnen")
	for kind, want := range map[string]struct {
		size  string
		pages int
	}{"plan": {"594", 0}, "agreement": {"594", 1}, "hour": {"594", 0}, "poster": {"841", 1}} {
		if len(offered[kind]) == 0 {
			t.Errorf("no %s was offered", kind)
			continue
		}
		for i := 0; i < len(offered[kind]) && i < 9; i += 3 {
			page := filepath.Dir(offered[kind][i])
			if kind != "poster" {
				page = filepath.Dir(page)
			}
			b.Goto(page)
			file := filepath.Join(t.TempDir(), kind+".pdf")
			if err := os.WriteFile(file, b.Paper("paper/"+kind+strconv.Itoa(i/3)), 0o600); err != nil {
				t.Fatal(err)
			}
			s := look(t, file)
			if !strings.Contains(s.size, want.size) || want.pages > 0 && s.pages != want.pages {
				t.Errorf("%s prints on %d pages, %s", page, s.pages, s.size)
			}
			for _, not := range []string{"Mijn week", "Op papier", "Als PDF", "Pas aan"} {
				if strings.Contains(s.text, not) {
					t.Errorf("%s prints %q", page, not)
				}
			}
			inFrame(t, page, run(t, "pdftotext", "-bbox", file, "-"))
		}
	}
}

// TestAccessibilityOfThePoster: the sweep meets the page too; here it is looked at with what it
// offers opened.
func TestAccessibilityOfThePoster(t *testing.T) {
	program := whole.Demo(t, "--data", t.TempDir())
	offered := papers(t, program.SignedIn("kartrekker"))
	b := browser.New(t, program.Address).Person("Marieke")
	b.Goto(strings.TrimPrefix(program.Role("kartrekker").SignIn, program.Address))
	b.Click("Ga naar binnen")
	if len(offered["poster"]) == 0 {
		t.Fatal("no poster was offered")
	}
	b.Goto(filepath.Dir(offered["poster"][0]))
	for name, how := range map[string][]browser.Option{"desk": nil, "phone-dark": {browser.Phone, browser.Dark}} {
		b.Look(how...)
		if n := b.Sideways(); n > 0 {
			t.Errorf("%s scrolls sideways by %d", name, n)
		}
		b.Axe()
		b.Picture("paper/poster-" + name)
	}
	b.Click("Op papier")
	b.See("Druk af")
	b.Axe()
}

// inFrame fails when a word stands outside of what a printer reaches.
func inFrame(t *testing.T, page, boxes string) {
	t.Helper()
	const edge = 14 // points: five millimetres
	for _, one := range strings.Split(boxes, "<page ")[1:] {
		size := pageBox.FindStringSubmatch("<page " + one)
		if size == nil {
			t.Fatalf("%s: %.80s", page, one)
		}
		w, h := number(size[1]), number(size[2])
		for _, m := range wordBox.FindAllStringSubmatch(one, -1) {
			if number(m[1]) < edge || number(m[2]) < edge || number(m[3]) > w-edge || number(m[4]) > h-edge {
				t.Errorf("%s: %q stands at the edge: %v", page, m[5], m[1:5])
			}
		}
	}
}

func number(s string) float64 {
	x, _ := strconv.ParseFloat(s, 64) // the pattern lets only numbers through
	return x
}
