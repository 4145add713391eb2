package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// unitTests are all tests without a tag. Vetting was a step of its own.
func unitTests(ctx context.Context, w *workshop) (string, error) {
	return w.goTest(ctx, "-vet=off", "-timeout", "30m", "./...")
}

// raceTests are few: the detector makes the embedded database ten times as slow.
// Goroutines live in the plumbing; services above it share nothing.
func raceTests(ctx context.Context, w *workshop) (string, error) {
	return w.goTest(ctx, "-race", "-vet=off", "./internal/...")
}

func browserTests(ctx context.Context, w *workshop) (string, error) {
	return w.inBrowser(ctx, func(test string) bool { return !strings.HasPrefix(test, "TestAccessib") })
}

func accessibilityTests(ctx context.Context, w *workshop) (string, error) {
	return w.inBrowser(ctx, func(test string) bool { return strings.HasPrefix(test, "TestAccessib") })
}

// inBrowser runs the tests with the tag browser that are wanted, two packages at a time:
// a test in a browser waits as often as it works. What has no tag ran before.
func (w *workshop) inBrowser(ctx context.Context, wanted func(test string) bool) (string, error) {
	packages, tests, err := w.tagged("browser")
	if err != nil {
		return "", err
	}
	tests = slices.DeleteFunc(tests, func(test string) bool { return !wanted(test) })
	which := "^(" + strings.Join(tests, "|") + ")$"
	return w.goTest(ctx, append([]string{"-tags", "browser", "-vet=off", "-p", "2", "-timeout", "30m", "-run", which}, packages...)...)
}

var testName = regexp.MustCompile(`(?m)^func (Test\w+)\(`)

// tagged gives the packages with test files under a build tag, and the tests in those files.
func (w *workshop) tagged(tag string) (packages, tests []string, err error) {
	err = w.walk(func(path string) error {
		if !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(filepath.Join(w.root, path))
		if err != nil || !bytes.HasPrefix(text, []byte("//go:build "+tag+"\n")) {
			return err
		}
		if name := "./" + filepath.ToSlash(filepath.Dir(path)); !slices.Contains(packages, name) {
			packages = append(packages, name)
		}
		for _, name := range testName.FindAllSubmatch(text, -1) {
			if test := string(name[1]); test != "TestMain" {
				tests = append(tests, test)
			}
		}
		return nil
	})
	if err == nil && len(tests) == 0 {
		err = failure("no test has the tag %s", tag)
	}
	return packages, tests, err
}

// goTest runs tests, and keeps of a failing run only what went wrong.
func (w *workshop) goTest(ctx context.Context, args ...string) (string, error) {
	out, err := w.command(ctx, "go", append([]string{"test"}, args...)...)
	if err != nil {
		return "", failure("%s", faults(err.Error()))
	}
	run, empty := tally(out)
	if run == 0 {
		return "", failure("no tests ran:\n%s", out)
	}
	note := fmt.Sprintf("%d packages", run)
	if empty > 0 {
		note += fmt.Sprintf(", %d without tests", empty)
	}
	return note, nil
}

// faults drops the lines of packages that passed.
func faults(out string) string {
	return strings.Join(slices.DeleteFunc(strings.Split(out, "\n"), func(line string) bool {
		return strings.HasPrefix(line, "ok  \t") || strings.HasPrefix(line, "?   \t") ||
			strings.HasPrefix(line, "\t") && strings.HasSuffix(line, "coverage: 0.0% of statements")
	}), "\n")
}

// tally counts the packages whose tests ran, and those without any.
func tally(out string) (run, empty int) {
	for line := range strings.Lines(out) {
		switch {
		case strings.HasPrefix(line, "ok  \t") && !strings.Contains(line, "[no tests to run]"):
			run++
		case strings.HasPrefix(line, "?   \t"):
			empty++
		}
	}
	return run, empty
}
