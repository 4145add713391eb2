package method

import (
	"io/fs"
	"path"
	"reflect"
	"regexp"
	"strings"
)

// Feature is one entry of features.yaml: rows that a page of the product
// carries out, or rows that wait for a capability that is not built yet.
type Feature struct {
	Covers []string `yaml:"covers" pack:"required,row"`
	// Page is the route, such as /trajectories/{id}/plan, or the file of the
	// page. Test is the Go test that proves it, Says what the page does.
	Page string `yaml:"page"`
	Test string `yaml:"test"`
	Says string `yaml:"says"`
	// WaitingFor names the missing capability, Will what it will do for the row.
	WaitingFor string `yaml:"waiting_for"`
	Will       string `yaml:"will"`
}

const featureFile = "features.yaml"

// ReadFeatures reads features.yaml. Each entry is either carried, with page,
// test and says, or waiting, with waiting_for and will.
func ReadFeatures(source []byte) ([]Feature, []Problem) {
	var list []Feature
	if strings.TrimSpace(string(source)) == "" {
		return nil, nil
	}
	f, problems := readYAML(featureFile, source, &list)
	if len(problems) > 0 {
		return nil, problems
	}
	c := &checker{ids: map[string]bool{}}
	for i, feature := range list {
		at := place{file: &f}.index(i)
		walk(at, reflect.ValueOf(feature), "", c.visit)
		carried := feature.Page != "" && feature.Test != "" && feature.Says != ""
		waiting := feature.WaitingFor != "" && feature.Will != ""
		mixed := (feature.Page != "" || feature.Test != "" || feature.Says != "") && (feature.WaitingFor != "" || feature.Will != "")
		if mixed || carried == waiting {
			c.tell(at, "feature_incomplete")
		}
	}
	return list, capped(c.found)
}

// proof is what the source of the product holds: its tests and its pages.
type proof struct {
	tests  map[string]bool
	files  map[string]bool
	routes map[string]bool
}

var (
	testFunction = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Example)\w*)\(`)
	routeLiteral = regexp.MustCompile("[\"`](?:[A-Z]+ )?(/[^\"`\\s]*)[\"`]")
	routeName    = regexp.MustCompile(`\{[^}]*\}`)
)

// readProof looks through the Go files of a source tree once.
func readProof(source fs.FS) (*proof, error) {
	p := &proof{tests: map[string]bool{}, files: map[string]bool{}, routes: map[string]bool{}}
	err := fs.WalkDir(source, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			if name != "." && (strings.HasPrefix(e.Name(), ".") || e.Name() == "node_modules") {
				return fs.SkipDir
			}
			return nil
		}
		p.files[name] = true
		if path.Ext(name) != ".go" {
			return nil
		}
		isTest := strings.HasSuffix(name, "_test.go")
		hasRoutes := strings.HasPrefix(name, "web/") || strings.HasPrefix(name, "api/")
		if !isTest && !hasRoutes {
			return nil
		}
		data, err := fs.ReadFile(source, name)
		if err != nil {
			return err
		}
		if isTest {
			for _, m := range testFunction.FindAllSubmatch(data, -1) {
				p.tests[string(m[1])] = true
			}
			return nil
		}
		for _, m := range routeLiteral.FindAllSubmatch(data, -1) {
			p.routes[anonymous(string(m[1]))] = true
		}
		return nil
	})
	return p, err
}

// anonymous takes the names out of the parts of a route that differ.
func anonymous(route string) string {
	return routeName.ReplaceAllString(strings.TrimSuffix(route, "{$}"), "{}")
}

// missing tells which page or test of a feature is not there.
func (p *proof) missing(features []Feature) (problems []Problem) {
	for _, f := range features {
		if f.WaitingFor != "" {
			continue
		}
		page := p.files[f.Page]
		if strings.HasPrefix(f.Page, "/") {
			page = p.routes[anonymous(f.Page)]
		}
		if !page {
			problems = append(problems, problem(featureFile, "no_such_page", "page", f.Page))
		}
		if !p.tests[f.Test] {
			problems = append(problems, problem(featureFile, "no_such_test", "test", f.Test))
		}
	}
	return problems
}
