package access

import "testing"

func TestAMapOfRoutes(t *testing.T) {
	t.Parallel()
	good := Route{Method: "GET", Pattern: "/trajectories/{id}/plan", Action: Read, Kind: Plan}
	for _, c := range []struct {
		name  string
		route Route
		want  string
	}{
		{"a page", good, ""},
		{"an act", Route{Method: "POST", Pattern: "/trajectories/{id}/plan", Action: Edit, Kind: Plan}, ""},
		{"the form of an act", Route{Method: "GET", Pattern: "/trajectories/new", Action: Create, Kind: Trajectory}, ""},
		{"a document", Route{Method: "GET", Pattern: "/trajectories/{id}/plan.docx", Action: Export, Kind: Plan}, ""},
		{"a public page", Route{Method: "GET", Pattern: "/healthz", Public: true, Note: "a monitor asks"}, ""},
		{"a public page without a reason", Route{Method: "GET", Pattern: "/healthz", Public: true}, "GET /healthz: public without a reason"},
		{"a public page with a right", Route{Method: "GET", Pattern: "/x", Public: true, Note: "y", Kind: Plan, Action: Read}, "GET /x: public and guarded"},
		{"no row", Route{Method: "GET", Pattern: "/x"}, "GET /x: the matrix gives no_kind · no_action to nobody"},
		{"a row that is not there", Route{Method: "POST", Pattern: "/x", Kind: Reflection, Action: Promise}, "POST /x: the matrix gives reflection · promise to nobody"},
		{"a reading method that changes", Route{Method: "GET", Pattern: "/x", Kind: Plan, Action: Edit}, "GET /x: a page that is read does not edit"},
		{"an unknown method", Route{Method: "TRACE", Pattern: "/x", Kind: Plan, Action: Read}, "TRACE /x: unknown method"},
		{"no path", Route{Method: "GET", Pattern: "x", Kind: Plan, Action: Read}, "GET x: the path does not start with /"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			if wrong := CheckRoutes([]Route{c.route}); len(wrong) > 0 {
				got = wrong[0].Error()
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	if wrong := CheckRoutes([]Route{good, good}); len(wrong) != 1 || wrong[0].Error() != "GET /trajectories/{id}/plan: stands twice" {
		t.Errorf("a door twice: %v", wrong)
	}
}

func TestTheCastHasEveryColumnTieAndRole(t *testing.T) {
	t.Parallel()
	var held columns
	var f facts
	for _, k := range Kinds() {
		for _, c := range Cases(k, Read, Ground()) {
			who, o := c.Who, c.Object
			cols, fs := place(&who, &o)
			held, f = held|cols, f|fs
		}
	}
	for col := range columnCount {
		if !held.has(col) {
			t.Errorf("nobody in the cast is %s", columnNames[col])
		}
	}
	for name, fact := range factNames {
		if f&fact == 0 {
			t.Errorf("no case is %s", name)
		}
	}
}

func TestTheCastStandsOnAnyGround(t *testing.T) {
	t.Parallel()
	at := Place{Board: "b", OtherBoard: "b2", School: "s", OtherSchool: "s2", Team: "t", OtherTeam: "t2"}
	for i, c := range Cases(Plan, Read, at) {
		if other := Cases(Plan, Read, Ground())[i]; c.Want != other.Want || c.Part.Name != other.Part.Name {
			t.Errorf("%s, %s: %v here, %v there", c.Part.Name, c.State.Name, c.Want, other.Want)
		}
	}
}
