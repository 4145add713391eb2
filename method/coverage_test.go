package method

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"leerkring"
)

const someFeatures = `- covers: [LA-2.4-S0-05, S1-10-01]
  page: /meetings/{id}
  test: TestMeetingCountsMinutes
  says: The meeting page shows what the time went to.
- covers: [LB-4.2-17, S1-10-01]
  waiting_for: video
  will: Let a team look at a fragment together.
`

// source is a product with one page and one test.
var source = fstest.MapFS{
	"web/routes.go":            {Data: []byte("package web\nvar routes = []string{\"GET /meetings/{meeting}\", `POST /plans`}\n")},
	"web/meeting/page.templ":   {Data: []byte("page")},
	"block/m/m_test.go":        {Data: []byte("package m\nfunc TestMeetingCountsMinutes(t *testing.T) {}\n// func TestInAComment(\n")},
	"node_modules/x_test.go":   {Data: []byte("func TestElsewhere(t *testing.T) {}")},
	"block/m/ordinary_code.go": {Data: []byte("package m\nfunc TestOutsideATestFile() {}\n")},
}

var demoCase = fstest.MapFS{"demo/baken.yaml": {Data: []byte(`school: Het Baken
trajectories:
  - id: reading
    title: Lezen
    goals:
      - {title: "Een doel", covers: [LA-2.1-C2-04]}
      - text: zonder naam
        covers: [LA-1.3-S1-27]
`)}}

func coverageOptions(t testing.TB) CoverageOptions {
	t.Helper()
	fsys := library(t)
	lib, problems := Open(fsys)
	if len(problems) > 0 {
		t.Fatal(brief(problems))
	}
	trim(lib)
	return CoverageOptions{
		Library: lib, Content: demoCase, Features: []byte(someFeatures),
		Inventory: os.DirFS("testdata/inventory"), Source: source,
	}
}

// trim leaves only rows of the test inventory.
func trim(lib *Library) {
	for _, p := range lib.List() {
		p.Covers, p.Roles[0].Covers, p.Stages[0].Covers, p.Stages[0].Questions[0].Covers = nil, nil, nil, nil
	}
}

func TestCoverageOfEveryRow(t *testing.T) {
	t.Parallel()
	o := coverageOptions(t)
	var out bytes.Buffer
	o.JSON = true
	if err := CoverageCommand(&out, o); !errors.Is(err, ErrUncovered) {
		t.Fatal(err)
	}
	var got any
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	var want any
	_ = json.Unmarshal([]byte(`{"rows": [
		{"id": "LA-1.3-S1-01", "kind": "practice", "covered_by": [{"element": "f1.q1.figures", "file": "methods/team-hour/1-look.yaml"}], "waiting_for": ""},
		{"id": "LA-1.3-S1-27", "kind": "tip", "covered_by": [{"element": "c01", "file": "coach/cards.yaml"}, {"element": "reading", "file": "demo/baken.yaml"}], "waiting_for": ""},
		{"id": "LA-1.3-S2-01", "kind": "question", "covered_by": [{"element": "f1.g1", "file": "methods/team-hour/1-look.yaml"}], "waiting_for": ""},
		{"id": "LA-2.1-C2-04", "kind": "example-case", "covered_by": [{"element": "Een doel", "file": "demo/baken.yaml"}], "waiting_for": ""},
		{"id": "LA-2.4-S0-05", "kind": "indicator", "covered_by": [{"element": "/meetings/{id}", "file": "features.yaml"}], "waiting_for": ""},
		{"id": "LB-4.2-17", "kind": "activity", "covered_by": [], "waiting_for": "video"},
		{"id": "S1-10-01", "kind": "practice", "covered_by": [
			{"element": "f2.c1.1", "file": "methods/team-hour/2-try.yaml"}, {"element": "lesson-visit", "file": "glossary/words.yaml"},
			{"element": "/meetings/{id}", "file": "features.yaml"}], "waiting_for": ""},
		{"id": "S1-10-02", "kind": "pitfall", "covered_by": [], "waiting_for": ""}
	]}`), &want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCoverageInWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(o *CoverageOptions)
		want   string
		err    error
		says   string
	}{
		{"uncovered rows are named and counted", func(*CoverageOptions) {}, "uncovered S1-10-02 (pitfall)\n6 carried, 1 waiting, 1 uncovered\n", ErrUncovered, "1 uncovered"},
		{"only the rows asked for", func(o *CoverageOptions) { o.Rows = []string{"LA-", "LB-4"} }, "5 carried, 1 waiting, 0 uncovered\n", nil, ""},
		{"a row that the inventory does not have", func(o *CoverageOptions) {
			o.Features = []byte(strings.Replace(someFeatures, "LA-2.4-S0-05", "LA-2.4-S0-06", 1))
			o.Rows = []string{"LA-2"}
		}, "unknown row LA-2.4-S0-06, named by /meetings/{id} in features.yaml\nuncovered LA-2.4-S0-05 (indicator)\n1 carried, 0 waiting, 1 uncovered\n", ErrFaults, "LA-2.4-S0-06"},
		{"a waiting row that the inventory does not have", func(o *CoverageOptions) {
			o.Features = []byte(strings.Replace(someFeatures, "LB-4.2-17", "LB-4.2-18", 1))
			o.Rows = []string{"LB-4.2-18"}
		}, "unknown row LB-4.2-18, named by video in features.yaml\n0 carried, 0 waiting, 0 uncovered\n", ErrFaults, "LB-4.2-18"},
		{"a page that is not there", func(o *CoverageOptions) {
			o.Features = []byte(strings.Replace(someFeatures, "/meetings/{id}", "/meetings", 1))
			o.Rows = []string{"LB"}
		}, "features.yaml: The page ‘/meetings’ is not there: no route in the code and no file.\n0 carried, 1 waiting, 0 uncovered\n", ErrFaults, "/meetings"},
		{"a test that is not there", func(o *CoverageOptions) {
			o.Features = []byte(strings.Replace(someFeatures, "TestMeetingCountsMinutes", "TestElsewhere", 1))
			o.Rows = []string{"LB"}
		}, "features.yaml: The test ‘TestElsewhere’ is not there.\n0 carried, 1 waiting, 0 uncovered\n", ErrFaults, "TestElsewhere"},
		{"a test outside a test file proves nothing", func(o *CoverageOptions) {
			o.Features = []byte(strings.Replace(someFeatures, "TestMeetingCountsMinutes", "TestOutsideATestFile", 1))
			o.Rows = []string{"LB"}
		}, "features.yaml: The test ‘TestOutsideATestFile’ is not there.\n0 carried, 1 waiting, 0 uncovered\n", ErrFaults, "TestOutsideATestFile"},
		{"a page named by its file", func(o *CoverageOptions) {
			o.Features = []byte(strings.Replace(someFeatures, "/meetings/{id}", "web/meeting/page.templ", 1))
			o.Rows = []string{"LB"}
		}, "0 carried, 1 waiting, 0 uncovered\n", nil, ""},
		{"without source nothing is looked up", func(o *CoverageOptions) {
			o.Features = []byte(strings.Replace(someFeatures, "/meetings/{id}", "/nowhere", 1))
			o.Source, o.Rows = nil, []string{"LB"}
		}, "0 carried, 1 waiting, 0 uncovered\n", nil, ""},
		{"features that are half done", func(o *CoverageOptions) {
			o.Features = []byte("- covers: [LB-4.2-17]\n  page: /a\n")
		}, "", ErrFaults, "either page, test and says"},
		{"features that wait and are carried at once", func(o *CoverageOptions) {
			o.Features = []byte("- covers: [LB-4.2-17]\n  page: /a\n  waiting_for: b\n  will: c\n")
		}, "", ErrFaults, "either page, test and says"},
		{"features that carry no row", func(o *CoverageOptions) {
			o.Features = []byte("- waiting_for: b\n  will: c\n")
		}, "", ErrFaults, "covers"},
		{"demo that cannot be read", func(o *CoverageOptions) {
			o.Content = fstest.MapFS{"demo/a.yaml": {Data: []byte("[")}}
		}, "", ErrFaults, "demo/a.yaml"},
		{"no inventory", func(o *CoverageOptions) { o.Inventory = fstest.MapFS{} }, "", errNoInventory, "inventory"},
		{"an inventory with a row twice", func(o *CoverageOptions) {
			o.Inventory = fstest.MapFS{"inventory-a.yaml": {Data: []byte("entries: [{id: S1-10-01}, {id: S1-10-01}]")}}
		}, "", nil, "twice"},
		{"a source that is not there", func(o *CoverageOptions) { o.Source = emptyFS{} }, "", fs.ErrNotExist, "source"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := coverageOptions(t)
			c.change(&o)
			var out bytes.Buffer
			err := CoverageCommand(&out, o)
			if out.String() != c.want {
				t.Errorf("printed\n%s\nwant\n%s", out.String(), c.want)
			}
			switch {
			case c.says == "" && err != nil:
				t.Errorf("failed: %v", err)
			case c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "\n")):
				t.Errorf("error is %v, want one line with %q", err, c.says)
			case c.err != nil && !errors.Is(err, c.err):
				t.Errorf("error is %v, want %v", err, c.err)
			}
		})
	}
}

func TestFeaturesOfTheProductAreWellFormed(t *testing.T) {
	t.Parallel()
	if _, problems := ReadFeatures(leerkring.Features); len(problems) > 0 {
		t.Error(brief(problems), problems[0].Sentence)
	}
}

func TestNoDemoCarriesNothing(t *testing.T) {
	t.Parallel()
	if refs, problems := DemoReferences(fstest.MapFS{}, "demo"); len(refs)+len(problems) > 0 {
		t.Errorf("%v %v", refs, problems)
	}
}
