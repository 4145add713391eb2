// Package gallery keeps samples of every part and page in each of its states, for
// eyes and for tests.
//
// Words: a sample is one part or page in one state; its name says where it belongs
// ("parts/button", "plan/goals"), its state in what condition it is.
//
// Promises: samples are made from invented people and need no database; the same
// sample is the same bytes each time. Rooms register theirs from a package of
// their own that only the gallery and its tests import, so that no sample is part
// of the product.
package gallery

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/a-h/templ"
)

// Make builds a sample in a theme: "light" or "dark".
type Make func(theme string) templ.Component

// Sample is one part or page in one state.
type Sample struct {
	Name, State string
	Make        Make
}

var samples []Sample

// Register adds a sample; call it from init. A part is shown inside an empty page;
// what begins with a doctype is a page of its own. The same name and state twice is
// a mistake.
func Register(name, state string, make Make) {
	for _, s := range samples {
		if s.Name == name && s.State == state {
			panic(fmt.Sprintf("gallery: %s, %s is registered twice", name, state))
		}
	}
	samples = append(samples, Sample{name, state, make})
}

// All gives every sample, by name and in the order in which states came.
func All() []Sample {
	out := slices.Clone(samples)
	slices.SortStableFunc(out, func(a, b Sample) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// Slug is the sample's name in an address or a file.
func (s Sample) Slug() string {
	var b strings.Builder
	dash := false
	for _, r := range strings.ToLower(s.Name + " " + s.State) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
			dash = false
		} else if !dash && b.Len() > 0 {
			b.WriteByte('-')
			dash = true
		}
	}
	return strings.Trim(b.String(), "-")
}

// Group is the first word of the name: parts, or a room.
func (s Sample) Group() string {
	group, _, _ := strings.Cut(s.Name, "/")
	return group
}
