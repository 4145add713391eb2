package houserules

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
)

type pkg struct {
	ImportPath  string
	Imports     []string
	TestImports []string
}

// packages lists the packages of this module with what they import.
func packages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "leerkring/...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []pkg
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for dec.More() {
		var p pkg
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if len(all) < 30 {
		t.Fatalf("only %d packages found", len(all))
	}
	return all
}

// floors are the floors of the house, lowest first; the first prefix that fits counts.
var floors = []struct {
	prefix string
	floor  int
}{
	{"internal/dbtest", 0}, {"internal/", 0}, {"migrations", 0}, {"content", 0}, {"web/assets", 0}, {"web/ui", 0},
	{"access", 1}, {"journal", 1}, {"ledger", 1}, {"carry", 1},
	{"school", 2}, {"vault", 2}, {"instance", 2}, {"backup", 3},
	{"account", 3}, {"media", 3}, {"task", 3}, {"writing", 3}, {"why", 3}, {"notify", 3}, {"method", 3},
	{"trajectory", 4}, {"roster", 4}, {"authoring", 4},
	{"block/", 5},
	{"week", 6}, {"leaving", 6}, {"handover", 6}, {"overview", 6}, {"publish", 6}, {"bring", 6}, {"demo", 6},
	{"web/room", 7}, {"web/", 8}, {"web", 9}, {"api", 9},
	{"cmd/", 10}, {"bench", 10}, {"test", 10},
}

func floorOf(path string) (int, bool) {
	name := strings.TrimPrefix(path, "leerkring/")
	for _, f := range floors {
		if name == strings.TrimSuffix(f.prefix, "/") || strings.HasPrefix(name, strings.TrimSuffix(f.prefix, "/")+"/") {
			return f.floor, true
		}
	}
	return 0, path == "leerkring" // the root carries features.yaml and nothing else
}

// allowed are imports on the same floor or up, each with its reason.
var allowed = map[string]string{
	"leerkring/web/meeting leerkring/web/trajectory":   "pages below a trajectory share its head and tabs",
	"leerkring/web/evidence leerkring/web/trajectory":  "pages below a trajectory share its head and tabs",
	"leerkring/web/condition leerkring/web/trajectory": "pages below a trajectory share its head and tabs",
	"leerkring/web/plan leerkring/web/trajectory":      "pages below a trajectory share its head and tabs",
	"leerkring/web/decision leerkring/web/trajectory":  "pages below a trajectory share its head and tabs",
	"leerkring/web/explore leerkring/web/trajectory":   "pages below a trajectory share its head and tabs",
	"leerkring/web/monitor leerkring/web/trajectory":   "pages below a trajectory share its head and tabs",
	"leerkring/web/agreement leerkring/web/trajectory": "pages below a trajectory share its head and tabs",
	"leerkring/web/bring leerkring/web/trajectory":     "pages below a trajectory share its head and tabs",
	"leerkring/web/takeover leerkring/web/trajectory":  "pages below a trajectory share its head and tabs",
	"leerkring/web/publish leerkring/web/trajectory":   "pages below a trajectory share its head and tabs",
	"leerkring/web/trajectory leerkring/web/method":    "what can be begun, and where, is said once",
}

func TestImportsPointDown(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		from, known := floorOf(p.ImportPath)
		if !known {
			t.Errorf("%s stands on no floor: add it to the table", p.ImportPath)
			continue
		}
		for _, i := range p.Imports {
			if !strings.HasPrefix(i, "leerkring") {
				continue
			}
			to, known := floorOf(i)
			switch {
			case !known, i == "leerkring" && from < 10:
				t.Errorf("%s imports %s, which stands on no floor below it", p.ImportPath, i)
			case to < from, from == 0 && to == 0, inside(p.ImportPath, i), allowed[p.ImportPath+" "+i] != "":
			case from == 10 && to == 10 && strings.HasPrefix(i, "leerkring/test/"): // tests share their harness
			default:
				t.Errorf("%s (floor %d) imports %s (floor %d): imports point down", p.ImportPath, from, i, to)
			}
		}
	}
}

// inside reports whether one package lies in the folder of the other: parts of one room.
func inside(a, b string) bool {
	return strings.HasPrefix(a, b+"/") || strings.HasPrefix(b, a+"/")
}

// edges are standard packages that only some rooms may know, so that tests hold them in hand.
var edges = map[string][]string{
	"net/http":      {"web", "api", "internal/serve", "internal/page", "internal/live", "account", "cmd", "test", "internal/pgtest", "internal/outgoing", "bench"},
	"database/sql":  {"internal/db"},
	"os/exec":       {"cmd", "internal/pgtest", "internal/houserules", "test", "bench"},
	"math/rand":     {},
	"html/template": {},
}

func TestEdges(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "leerkring/")
		for _, i := range p.Imports {
			rooms, edge := edges[i]
			if !edge {
				continue
			}
			ok := false
			for _, r := range rooms {
				ok = ok || name == r || strings.HasPrefix(name, r+"/")
			}
			if !ok {
				t.Errorf("%s imports %s: only %s may", p.ImportPath, i, strings.Join(rooms, ", "))
			}
		}
	}
}

// TestAnonymousAnswersLeaveNoTrace keeps the ballot box away from everything that writes.
func TestAnonymousAnswersLeaveNoTrace(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		for _, i := range p.Imports {
			if i != "leerkring/internal/ballot" {
				continue
			}
			switch p.ImportPath {
			case "leerkring/block/scan", "leerkring/block/decision", "leerkring/block/monitor":
			default:
				t.Errorf("%s may not know the ballot box", p.ImportPath)
			}
		}
	}
}

// forPaper are the rooms whose work may go on paper: a closed list. What is very private is
// not among them, so that no document can hold it.
var forPaper = map[string]bool{"block/plan": true, "block/plan/takeover": true, "block/condition": true, "block/meeting": true, "block/agreement": true,
	"trajectory": true, "task": true, "method": true, "school": true, "access": true}

func TestOnPaperIsWhatTeamsShare(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		if p.ImportPath != "leerkring/publish" {
			continue
		}
		for _, i := range p.Imports {
			name, ours := strings.CutPrefix(i, "leerkring/")
			if ours && !strings.HasPrefix(name, "internal/") && !forPaper[name] {
				t.Errorf("publish imports %s: say first why its work may go on paper", name)
			}
		}
		return
	}
	t.Error("publish was not found")
}

// TestWhatIsSaidInACircleIsShownByFew keeps the words of sessions away from every door but
// their own: no program interface, no overview, no search can show what it cannot reach.
func TestWhatIsSaidInACircleIsShownByFew(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		for _, i := range p.Imports {
			if i != "leerkring/block/session" {
				continue
			}
			switch p.ImportPath {
			case "leerkring/web/session", "leerkring/demo", "leerkring/cmd/leerkring":
			case "leerkring/web/session/sample": // invented people, and no database
			default:
				t.Errorf("%s may not know what is said in a session", p.ImportPath)
			}
		}
	}
}
