package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// A step is one thing that must hold.
type step struct {
	name  string
	says  string // for --list
	quick bool
	needs []need
	// do returns a note for its line, and an error when it does not hold.
	do func(context.Context, *workshop) (note string, err error)
}

// steps in the order of a run: cheap ones first, so that a slip shows at once.
var steps = []step{
	{"gofmt", "Go files are formatted", true, nil, formatted},
	{"templ", "generated pages are what their templates make", true, nil, templates},
	{"vet", "go vet, with and without the tag of the browser tests", true, nil, vet},
	{"assets", "built styles and scripts are what their sources make", true, []need{npm}, builtAssets},
	{"types", "the islands are right TypeScript", true, []need{npm}, typeScript},
	{"test", "unit and store tests, on SQLite and PostgreSQL; papers in LibreOffice, mail through real servers", true, []need{postgres, office, post}, unitTests},
	{"methods", "packs are right and cover the inventory", true, nil, methods},
	{"modules", "go.mod names what is used, nothing else", false, nil, modules},
	{"staticcheck", "staticcheck", false, nil, staticcheck},
	{"tools", "the build tools' own tests", false, nil, toolTests},
	{"race", "tests of the plumbing with the race detector", false, []need{postgres, compiler}, raceTests},
	{"browser", "journeys in Chromium", false, []need{postgres, chromium, axe, office}, browserTests},
	{"accessibility", "axe on every page in every state", false, []need{postgres, chromium, axe}, accessibilityTests},
	{"fuzz", "each parser, a few seconds", false, nil, fuzz},
}

// choose gives the steps of this run.
func choose(quick bool, only string) ([]step, error) {
	if only == "" {
		if !quick {
			return steps, nil
		}
		return slices.DeleteFunc(slices.Clone(steps), func(s step) bool { return !s.quick }), nil
	}
	names := strings.Split(only, ",")
	for _, name := range names {
		if !slices.ContainsFunc(steps, func(s step) bool { return s.name == name }) {
			return nil, fmt.Errorf("%w: there is no step %q; --list names them", errUsage, name)
		}
	}
	return slices.DeleteFunc(slices.Clone(steps), func(s step) bool { return !slices.Contains(names, s.name) }), nil
}
