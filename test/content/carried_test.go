package content

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"leerkring/method"
)

// mayWait are the capabilities that a row may wait for; what exists is no reason to wait.
var mayWait = []string{"scan", "monitor charts", "feedback", "visit", "library", "search", "expertise map", "leader overview", "video", "co-writing", "mail", "calendar"}

const (
	most     = 450 // rows that may wait
	heaviest = 12  // rows that one element carries, before it has become a vague one
)

// inventory is the folder of the practices; it is no part of the source. CI must have it.
func inventory(t *testing.T) string {
	t.Helper()
	shared, given := os.LookupEnv("LEERKRING_SHARED")
	if shared == "" {
		shared, given = "../../../shared", false
	}
	if _, err := os.Stat(shared + "/method"); err != nil {
		if given || os.Getenv("CI") == "true" {
			t.Fatalf("no folder method in %s: set LEERKRING_SHARED", shared)
		}
		t.Logf("coverage not measured: no folder method in %s", shared)
		return ""
	}
	return shared + "/method"
}

func report(t *testing.T, folder string) []method.Row {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", "run", "./cmd/leerkring", "methods", "coverage", "--inventory", absolute(t, folder), "--source", ".", "--json")
	command.Dir = "../.."
	var out, told bytes.Buffer
	command.Stdout, command.Stderr = &out, &told
	if err := command.Run(); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) || out.Len() == 0 {
			t.Fatalf("coverage: %v: %s", err, told.String())
		}
		t.Errorf("coverage: %s", told.String())
	}
	var all struct {
		Rows []method.Row `json:"rows"`
	}
	if err := json.Unmarshal(out.Bytes(), &all); err != nil {
		t.Fatal(err)
	}
	return all.Rows
}

func absolute(t *testing.T, folder string) string {
	t.Helper()
	if strings.HasPrefix(folder, "/") {
		return folder
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	return here + "/" + folder
}

// TestProofB_EveryPracticeHasItsPlace: no row is uncovered, few wait, and none for what exists. Examples
// are carried by demo data that can be opened.
func TestProofB_EveryPracticeHasItsPlace(t *testing.T) {
	folder := inventory(t)
	if folder == "" {
		return
	}
	rows := report(t, folder)
	if len(rows) < 1500 {
		t.Fatalf("only %d rows", len(rows))
	}
	waiting, weight := 0, map[string]int{}
	for _, r := range rows {
		switch {
		case len(r.CoveredBy) > 0:
		case r.WaitingFor == "":
			t.Errorf("%s is carried by nothing", r.ID)
		default:
			waiting++
			if !slices.Contains(mayWait, r.WaitingFor) {
				t.Errorf("%s waits for %q, which is no reason to wait", r.ID, r.WaitingFor)
			}
		}
		if r.Kind == "example-case" && !slices.ContainsFunc(r.CoveredBy, func(c method.Carrier) bool { return strings.HasPrefix(c.File, "demo/") }) {
			t.Errorf("%s is an example, and nothing in the demo shows it", r.ID)
		}
		for _, c := range r.CoveredBy {
			weight[c.File+" "+c.Element]++
		}
	}
	if waiting > most {
		t.Errorf("%d rows wait, may be %d", waiting, most)
	}
	for element, n := range weight {
		if n > heaviest && !strings.HasPrefix(element, "demo/") {
			t.Errorf("%s carries %d rows: split it, a word for each", element, n)
		}
	}
	t.Logf("%d rows, %d wait", len(rows), waiting)
}

// TestProofB_NoSentenceIsTaken samples the words of the packs, cards, glossary and demo against the
// originals: no run of eight words is the same.
func TestProofB_NoSentenceIsTaken(t *testing.T) {
	folder := inventory(t)
	if folder == "" {
		return
	}
	seeds := os.DirFS(strings.TrimSuffix(folder, "/method") + "/seeds")
	copied, err := method.CopyCheck(seeds, os.DirFS("../../content"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range copied {
		t.Error(c)
	}
}
