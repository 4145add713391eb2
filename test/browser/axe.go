package browser

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// standards are what every page must meet: WCAG 2.0 to 2.2 at A and AA, and what
// axe calls best practice.
var standards = []string{"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"}

// Violation is one rule that a page breaks.
type Violation struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		HTML    string   `json:"html"`
		Target  []string `json:"target"`
		Summary string   `json:"failureSummary"`
	} `json:"nodes"`
}

// Axe fails the test for everything that axe finds against the page as it is now.
func (p *Person) Axe() {
	p.t.Helper()
	if found := p.Violations(); len(found) > 0 {
		var text strings.Builder
		for _, v := range found {
			text.WriteString(v.String())
		}
		p.t.Errorf("%s at %s, %d wide: accessibility:%s", p.name, p.page.where(), p.screen.width, text.String())
	}
}

// Violations gives what axe finds. It needs script: a page is the same without. No rule of
// these standards reads style sheets, so none is fetched again (preload).
func (p *Person) Violations() []Violation {
	p.t.Helper()
	source, err := axeSource()
	if err != nil {
		p.fail("axe: %v", err)
	}
	Eval[bool](p, "window.axe ? true : ("+"() => {"+source+"; return true })()")
	return Eval[[]Violation](p, fmt.Sprintf(
		`axe.run(document, {runOnly: {type: "tag", values: %s}, resultTypes: ["violations"], preload: false}).then((r) => r.violations)`, quotedList(standards)))
}

// String shows a violation with the first places where it is.
func (v Violation) String() string {
	var text strings.Builder
	fmt.Fprintf(&text, "\n  %s: %s (%d)", v.ID, v.Help, len(v.Nodes))
	for i, node := range v.Nodes {
		if i == 5 {
			fmt.Fprintf(&text, "\n    … %d more", len(v.Nodes)-i)
			break
		}
		summary := strings.ReplaceAll(strings.TrimSpace(node.Summary), "\n", "\n        ")
		fmt.Fprintf(&text, "\n    %s\n      %s\n        %s", strings.Join(node.Target, " "), node.HTML, summary)
	}
	return text.String()
}

// axeSource is the script of axe, which the test command installs.
var axeSource = sync.OnceValues(func() (string, error) {
	root, err := moduleRoot()
	if err != nil {
		return "", err
	}
	source, err := os.ReadFile(filepath.Join(root, "test", "browser", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		return "", errors.Join(errors.New("axe-core is missing: run the test command of the README"), err)
	}
	return string(source), nil
})

func quotedList(words []string) string {
	quotes := make([]string, len(words))
	for i, w := range words {
		quotes[i] = quoted(w)
	}
	return "[" + strings.Join(quotes, ",") + "]"
}
