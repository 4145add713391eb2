package main

import (
	"bytes"
	"context"
	"errors"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestChooseGivesTheStepsThatWereAsked(t *testing.T) {
	names := func(chosen []step) (all []string) {
		for _, s := range chosen {
			all = append(all, s.name)
		}
		return all
	}
	all, err := choose(false, "")
	if err != nil || len(all) != len(steps) {
		t.Errorf("without arguments: %v %v", names(all), err)
	}
	quick, err := choose(true, "")
	if err != nil || len(quick) == 0 || len(quick) == len(steps) || slices.Contains(names(quick), "browser") {
		t.Errorf("quick: %v %v", names(quick), err)
	}
	two, err := choose(true, "fuzz,gofmt")
	if err != nil || !slices.Equal(names(two), []string{"gofmt", "fuzz"}) {
		t.Errorf("two: %v %v", names(two), err)
	}
	if _, err := choose(false, "gofmt,nonsense"); !errors.Is(err, errUsage) {
		t.Errorf("an unknown step: %v", err)
	}
	if len(steps) < 14 {
		t.Error("the choice changed the steps themselves")
	}
}

func TestWrongUsageIsExitCode2(t *testing.T) {
	t.Chdir("../..")
	for _, args := range [][]string{{"--nonsense"}, {"nonsense"}, {"--only", "nonsense"}} {
		var out bytes.Buffer
		if code := run(t.Context(), args, nil, &out); code != 2 || out.Len() == 0 {
			t.Errorf("%v: code %d, said %q", args, code, out.String())
		}
	}
	var out bytes.Buffer
	if code := run(t.Context(), []string{"--list"}, nil, &out); code != 0 || !strings.Contains(out.String(), "gofmt") {
		t.Errorf("--list: code %d, said %q", code, out.String())
	}
}

func TestAStepThatFailsIsShownAndTheOthersGoOn(t *testing.T) {
	t.Chdir("../..")
	var out bytes.Buffer
	w, err := newWorkshop(os.Environ(), &out, settings{})
	if err != nil {
		t.Fatal(err)
	}
	failed := w.all(t.Context(), []step{
		{name: "one", do: func(ctx context.Context, w *workshop) (string, error) {
			return w.command(ctx, "go", "nonsense")
		}},
		{name: "two", do: func(context.Context, *workshop) (string, error) { return "fine", nil }},
	})
	said := out.String()
	if !slices.Equal(failed, []string{"one"}) || !strings.Contains(said, "FAIL one") ||
		!strings.Contains(said, "unknown command") || !strings.Contains(said, "ok   two") || !strings.Contains(said, "fine") {
		t.Errorf("failed %v, said:\n%s", failed, said)
	}
}

func TestTallyAndFaultsReadGoTest(t *testing.T) {
	out := "ok  \tleerkring/a\t0.1s\n?   \tleerkring/b\t[no test files]\nok  \tleerkring/c\t0.1s [no tests to run]\n--- FAIL: TestX\nFAIL\tleerkring/d\t0.1s\n"
	if run, empty := tally(out); run != 1 || empty != 1 {
		t.Errorf("tally: %d %d", run, empty)
	}
	if got, want := faults(out), "--- FAIL: TestX\nFAIL\tleerkring/d\t0.1s\n"; got != want {
		t.Errorf("faults: %q", got)
	}
}

func TestTheLastWordOfTheEnvironmentCounts(t *testing.T) {
	w := workshop{env: []string{"A=1", "AB=2", "A=3"}}
	if w.value("A") != "3" || w.value("AB") != "2" || w.value("C") != "" {
		t.Errorf("%q %q %q", w.value("A"), w.value("AB"), w.value("C"))
	}
}

func TestOnlyWhatHasTheTagRunsAgain(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"a/in_test.go":  "//go:build browser\n\npackage a\n\nfunc TestMain(m *testing.M) {}\nfunc TestSeen(t *testing.T) {}\nfunc TestAccessibilityOfA(t *testing.T) {}\n",
		"a/out_test.go": "package a\n\nfunc TestPlain(t *testing.T) {}\n",
		"b/out_test.go": "package b\n\nfunc TestOther(t *testing.T) {}\n",
	} {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	w := workshop{root: root}
	packages, tests, err := w.tagged("browser")
	if err != nil || !slices.Equal(packages, []string{"./a"}) || !slices.Equal(tests, []string{"TestSeen", "TestAccessibilityOfA"}) {
		t.Errorf("%v %v %v", packages, tests, err)
	}
	if _, _, err := w.tagged("harness"); err == nil {
		t.Error("a tag that no test has passes for a green step")
	}
}

func TestFuzzTestsAreFound(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "x_test.go",
		"package x\nfunc FuzzOne(f *testing.F) {}\nfunc (a b) FuzzMethod(f *testing.F) {}\nfunc TestTwo(t *testing.T) {}\nfunc FuzzHelp() {}", 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := fuzzNames(file); !slices.Equal(got, []string{"FuzzOne"}) {
		t.Errorf("found %v", got)
	}
}

func TestGeneratedCodeIsComparedWithoutItsPath(t *testing.T) {
	fresh, tree := t.TempDir(), t.TempDir()
	put := func(dir, text string) {
		if err := os.WriteFile(filepath.Join(dir, "x_templ.go"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put(fresh, "a FileName: `web/ui/x.templ` b")
	put(tree, "a FileName: `x.templ` b")
	if err := sameCode(fresh, tree, "x_templ.go"); err != nil {
		t.Error(err)
	}
	put(tree, "a FileName: `x.templ` c")
	if err := sameCode(fresh, tree, "x_templ.go"); err == nil {
		t.Error("a difference was not seen")
	}
}

// A fuzz run that its clock ended is tried again; one in which an input failed never is.
func TestOnlyTheClockOfAFuzzRunIsTriedAgain(t *testing.T) {
	t.Parallel()
	for told, want := range map[string]bool{
		"--- FAIL: FuzzX (4.02s)\n    context deadline exceeded":                                                     true,
		"--- FAIL: FuzzX (4.02s)\n    context deadline exceeded\n    Failing input written to testdata/fuzz/FuzzX/1": false,
		"panic: runtime error\ncontext deadline exceeded":                                                            false,
		"--- FAIL: FuzzX\n    x_test.go:1: wrong":                                                                    false,
	} {
		if got := noVerdict(told); got != want {
			t.Errorf("%q: %v", told, got)
		}
	}
}
