package access

import (
	"fmt"
	"strings"
)

// Route is one line of the map of pages or of the API: the door, and the row
// of the matrix that guards it. The build fails on a handler without one.
type Route struct {
	Method  string
	Pattern string // as net/http knows it, without the method: /trajectories/{id}/plan
	Action  Action
	Kind    Kind
	Public  bool   // opens for everybody, before sign-in: no person, no school, nothing of class V or P
	Note    string // why it is public, or what the page asks besides
}

func (r Route) String() string { return r.Method + " " + r.Pattern }

// CheckRoutes returns what is wrong with a map of routes, in its order: a door
// twice, a method or path that we do not use, a row that the matrix does not
// have, a reading method that changes something, a public door without a reason.
func CheckRoutes(routes []Route) []error {
	var wrong []error
	seen := map[string]bool{}
	for _, r := range routes {
		if seen[r.String()] {
			wrong = append(wrong, fmt.Errorf("%s: stands twice", r))
		}
		seen[r.String()] = true
		if problem := r.problem(); problem != "" {
			wrong = append(wrong, fmt.Errorf("%s: %s", r, problem))
		}
	}
	return wrong
}

func (r Route) problem() string {
	reads := r.Method == "GET" || r.Method == "HEAD"
	switch {
	case !reads && !strings.Contains(" POST PUT PATCH DELETE ", " "+r.Method+" "):
		return "unknown method"
	case !strings.HasPrefix(r.Pattern, "/"):
		return "the path does not start with /"
	case r.Public && r.Note == "":
		return "public without a reason"
	case r.Public && (r.Action != NoAction || r.Kind != NoKind):
		return "public and guarded"
	case r.Public:
		return ""
	case !Guarded(r.Kind, r.Action):
		return fmt.Sprintf("the matrix gives %s · %s to nobody", r.Kind, r.Action)
	case reads && r.Action.Changes() && !r.form():
		return fmt.Sprintf("a page that is read does not %s", r.Action)
	}
	return ""
}

// form reports whether a reading route shows the form for an act: the same
// right as the act itself, so that nobody fills in what will be refused.
func (r Route) form() bool {
	return strings.HasSuffix(r.Pattern, "/new") || strings.HasSuffix(r.Pattern, "/edit") || strings.HasSuffix(r.Pattern, "/form")
}

// Guarded reports whether the matrix lets anybody do this at all.
func Guarded(kind Kind, action Action) bool {
	return kind < kindCount && action < actionCount && len(matrix.cells[kind][action].grants) > 0
}
