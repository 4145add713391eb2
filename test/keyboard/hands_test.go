//go:build browser

package keyboard

import (
	"flag"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"leerkring/internal/db"
	"leerkring/test/browser"
	"leerkring/test/whole"
)

var update = flag.Bool("update", false, "write what is found to testdata")

func TestMain(m *testing.M) {
	flag.Parse()
	browser.Main(m)
}

// house is a school without trajectories, open for who plays.
type house struct {
	program  *whole.Program
	database string
}

func open(t *testing.T) *house {
	t.Helper()
	dir := t.TempDir()
	p := whole.Demo(t, "--empty", "--data", dir)
	return &house{p, "sqlite:" + filepath.Join(dir, "leerkring.db")}
}

// hands are somebody at a keyboard.
type hands struct {
	*browser.Person
	t    *testing.T
	flow string
	tree strings.Builder
}

// comes lets somebody in who plays a flow. What is found on the way is held against the file
// of the flow when it ends.
func (h *house) comes(t *testing.T, flow, role string) *hands {
	t.Helper()
	k := h.stranger(t, flow)
	at, err := url.Parse(h.program.Role(role).SignIn)
	if err != nil {
		t.Fatal(err)
	}
	k.Goto(at.Path)
	k.presses("Ga naar binnen")
	k.Goto("/week")
	return k
}

func (h *house) stranger(t *testing.T, flow string) *hands {
	t.Helper()
	k := &hands{Person: browser.New(t, browser.Localhost(h.program.Address)).Person(flow), t: t, flow: flow}
	t.Cleanup(k.compare)
	return k
}

// to goes on with Tab to what carries this name.
func (k *hands) to(name string) {
	k.t.Helper()
	k.until(name, func(s browser.Stop) bool { return s.Name == name || strings.HasPrefix(s.Name, name+" ") })
}

func (k *hands) until(name string, here func(browser.Stop) bool) {
	k.t.Helper()
	var passed []string
	for range 90 {
		s := k.Tab()
		if s.Wrong != "" {
			k.t.Errorf("%s at %s: %s %q %s", k.flow, k.Path(), s.Kind, s.Name, s.Wrong)
		}
		if here(s) {
			return
		}
		passed = append(passed, s.Kind+" "+s.Name)
	}
	k.t.Fatalf("%s at %s: Tab does not come to %q; passed %s", k.flow, k.Path(), name, strings.Join(passed, " | "))
}

// presses goes to a button, link or fold and presses Enter.
func (k *hands) presses(name string) {
	k.t.Helper()
	k.to(name)
	k.Press(kb.Enter)
}

// writes goes to a field and types.
func (k *hands) writes(label, text string) {
	k.t.Helper()
	k.until(label, func(s browser.Stop) bool {
		return (s.Name == label || strings.HasPrefix(s.Name, label+" ")) && !strings.HasPrefix(s.Kind, "button") // a counter has its steps beside it
	})
	k.Type(text)
	if at := browser.Eval[string](k.Person, "document.activeElement.value ?? document.activeElement.outerHTML.slice(0, 200)"); !strings.Contains(at, text) && !strings.HasPrefix(k.Stands().Kind, "select") {
		k.t.Fatalf("%s at %s: wrote %q in %q, and there stands %q", k.flow, k.Path(), text, label, at)
	}
}

// dates goes to a date and types it, in the order in which this browser asks for its parts.
func (k *hands) dates(label string, day time.Time) {
	k.t.Helper()
	k.to(label)
	for _, order := range []string{"02012006", "01022006"} {
		k.Type(day.Format(order))
		if browser.Eval[string](k.Person, "document.activeElement.value") == day.Format(time.DateOnly) {
			return
		}
		k.Press(kb.ArrowLeft)
		k.Press(kb.ArrowLeft)
	}
	k.t.Fatalf("%s: typed a date, and there stands %q", k.flow, browser.Eval[string](k.Person, "document.activeElement.value"))
}

// picks goes to a set of choices and walks with the arrows to one of them; a box is ticked
// with the space bar.
func (k *hands) picks(name string) {
	k.t.Helper()
	var at browser.Stop
	k.until(name, func(s browser.Stop) bool {
		at = s
		return strings.HasPrefix(s.Kind, "input radio") || s.Kind == "input checkbox" && strings.HasPrefix(s.Name, name)
	})
	for range 12 {
		if strings.HasPrefix(at.Name, name) {
			k.Press(" ")
			return
		}
		k.Press(kb.ArrowDown)
		at = k.Stands()
	}
	k.t.Fatalf("%s at %s: the arrows do not come to %q", k.flow, k.Path(), name)
}

var ids = regexp.MustCompile(`[0-9a-z]{26}`)

// finds keeps what a screen reader finds here.
func (k *hands) finds(step string) {
	k.t.Helper()
	landmark := "main"
	if !browser.Eval[bool](k.Person, `!!document.querySelector("main")`) {
		landmark = ""
	}
	at, _, _ := strings.Cut(ids.ReplaceAllString(k.Path(), "ID"), "?")
	k.tree.WriteString("## " + step + " (" + at + ")\n" + k.Tree(landmark) + "\n")
}

// compare holds what was found against what is kept.
func (k *hands) compare() {
	if k.t.Failed() || k.tree.Len() == 0 {
		return
	}
	path := filepath.Join("testdata", strings.ReplaceAll(k.flow, " ", "-")+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(k.tree.String()), 0o644); err != nil {
			k.t.Fatal(err)
		}
		return
	}
	kept, err := os.ReadFile(path)
	if err != nil {
		k.t.Fatalf("%v; go test -tags browser ./test/keyboard -update", err)
	}
	want, got := strings.Split(string(kept), "\n"), strings.Split(k.tree.String(), "\n")
	for i := range max(len(want), len(got)) {
		if i >= len(want) || i >= len(got) || want[i] != got[i] {
			k.t.Fatalf("%s: a screen reader finds something else at line %d:\nkept:  %s\nfound: %s\n(-update keeps what is found; look at the difference first)", path, i+1, line(want, i), line(got, i))
		}
	}
}

func line(all []string, i int) string {
	if i < len(all) {
		return all[i]
	}
	return "nothing more"
}

// letter is what the last letter to an address says.
func (h *house) letter(t *testing.T, address string) string {
	t.Helper()
	d, err := db.Open(t.Context(), h.database)
	if err != nil {
		t.Fatal(err)
	}
	text, err := db.One(t.Context(), d, `select body_text from mail where address = $1 order by made_at desc, id desc limit 1`, db.Str, address)
	if e := d.Close(); err == nil {
		err = e
	}
	if err != nil {
		t.Fatalf("the letter to %s: %v", address, err)
	}
	return text
}

// forgets lets the proof of who is at a browser grow old, as twelve hours do.
func (h *house) forgets(t *testing.T) {
	t.Helper()
	d, err := db.Open(t.Context(), h.database)
	if err != nil {
		t.Fatal(err)
	}
	err = d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `update sign_in set confirmed_at = null where confirmed_at is not null`)
		return err
	})
	if e := d.Close(); err == nil {
		err = e
	}
	if err != nil {
		t.Fatal(err)
	}
}

// has is a stop whose name has this in it.
func has(part string) func(browser.Stop) bool {
	return func(s browser.Stop) bool { return strings.Contains(s.Name, part) }
}
