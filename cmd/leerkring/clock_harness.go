//go:build harness

package main

import (
	"os"
	"strings"
	"time"

	"leerkring/internal/clock"
)

// clockOf is a clock that a test moves from outside the process: the moment stands in the
// file that HARNESS_CLOCK names. It is in no program but that of the tests.
func clockOf(environ []string) clock.Clock {
	for _, e := range environ {
		if file, ok := strings.CutPrefix(e, "HARNESS_CLOCK="); ok {
			return handsIn(file)
		}
	}
	return nil
}

type handsIn string

// Now reads where the hands stand. A test writes the file aside and renames it, so it is
// always whole.
func (h handsIn) Now() time.Time {
	raw, err := os.ReadFile(string(h))
	if err != nil {
		panic("harness: " + err.Error())
	}
	at, err := time.Parse(time.RFC3339Nano, strings.TrimSpace(string(raw)))
	if err != nil {
		panic("harness: " + err.Error())
	}
	return at.UTC()
}
