package ui

import (
	"context"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

func render(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func has(t *testing.T, html string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(html, p) {
			t.Errorf("there is no %q in %s", p, html)
		}
	}
}

func lacks(t *testing.T, html string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if strings.Contains(html, p) {
			t.Errorf("there is %q in %s", p, html)
		}
	}
}

// words answers every key with itself, in a language.
type words string

func (w words) Lang() string { return string(w) }
func (w words) T(key string, args ...any) string {
	for _, a := range args {
		key += " " + a.(string)
	}
	return key
}
