package method

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"
)

// ErrFaults and ErrUncovered end a command with exit code 1; what was wrong is
// on the output by then.
var (
	ErrFaults    = errors.New("there is something to mend")
	ErrUncovered = errors.New("the inventory is not carried out wholly")
)

// CheckCommand is `leerkring methods check`: it checks a content folder, a
// folder of packs or one pack, tells each problem with its place in the
// language asked for, and ends with one line that counts.
func CheckCommand(out io.Writer, fsys fs.FS, lang string) error {
	lib, problems := openAny(fsys)
	faults := len(Faults(problems))
	var b strings.Builder
	for _, p := range problems {
		printProblem(&b, p, lang)
	}
	fmt.Fprintln(&b, say(lang, "summary", map[string]string{
		"packs": strconv.Itoa(len(lib.packs)), "cards": strconv.Itoa(len(lib.cards)),
		"words": strconv.Itoa(len(lib.glossary)), "faults": strconv.Itoa(faults),
		"hints": strconv.Itoa(len(problems) - faults),
	}))
	if _, err := io.WriteString(out, b.String()); err != nil {
		return err
	}
	if faults > 0 {
		return ErrFaults
	}
	return nil
}

// printProblem gives one problem and, set in, the line that it is about.
func printProblem(b *strings.Builder, p Problem, lang string) {
	b.WriteString(p.place())
	if p.Hint {
		b.WriteString("tip: ")
	}
	b.WriteString(p.In(lang) + "\n")
	for line := range strings.SplitSeq(p.Excerpt, "\n") {
		if line != "" {
			b.WriteString("    " + line + "\n")
		}
	}
}

// openAny reads what is there: one pack, folders of packs, or all content.
func openAny(fsys fs.FS) (*Library, []Problem) {
	has := func(name string) bool { _, err := fs.Stat(fsys, name); return err == nil }
	if has(packFile) {
		l, _ := Open(emptyFS{})
		p, problems := loadChecked(fsys, ".")
		if p != nil {
			l.add(p)
		}
		return l, problems
	}
	if has("methods") || has("coach") || has("glossary") || has("sectors.yaml") {
		return Open(fsys)
	}
	return openFolders(fsys)
}

// openFolders reads every folder that holds a pack.
func openFolders(fsys fs.FS) (*Library, []Problem) {
	l, _ := Open(emptyFS{})
	names, _ := fs.Glob(fsys, "*/"+packFile) // the pattern is ours and well formed
	var problems []Problem
	for _, name := range names {
		p, bad := loadChecked(fsys, strings.TrimSuffix(name, "/"+packFile))
		problems = append(problems, bad...)
		if p != nil {
			l.add(p)
		}
	}
	if len(names) == 0 {
		problems = append(problems, problem(".", "nothing_to_check"))
	}
	return l, problems
}

// emptyFS is a folder with nothing in it.
type emptyFS struct{}

func (emptyFS) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// listed is one pack in the output of ListCommand.
type listed struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Kind    Kind   `json:"kind"`
	Shape   Shape  `json:"shape"`
	Name    Text   `json:"name"`
	Stages  int    `json:"stages"`
	Weeks   int    `json:"weeks"`
	Hash    string `json:"hash"`
}

// ListCommand is `leerkring methods list`: one line for each pack, or with
// asJSON one JSON list.
func ListCommand(out io.Writer, lib *Library, asJSON bool, lang string) error {
	list := []listed{}
	for _, p := range lib.List() {
		list = append(list, listed{p.ID, p.Version, p.Kind, p.Shape, p.Name, len(p.Stages), p.Weeks, p.Hash()})
	}
	if asJSON {
		return json.NewEncoder(out).Encode(list)
	}
	var b strings.Builder
	for _, p := range list {
		fmt.Fprintf(&b, "%s %s  %s\n", p.ID, p.Version, p.Name.In(lang))
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// CoverageOptions say what CoverageCommand lays beside each other.
type CoverageOptions struct {
	Library   *Library
	Content   fs.FS  // holds demo/
	Features  []byte // features.yaml
	Inventory fs.FS
	Source    fs.FS    // nil: pages and tests are not looked up
	Rows      []string // prefixes of the ids to look at; none for all
	JSON      bool
}

// CoverageCommand is `leerkring methods coverage`. Without JSON it names each
// uncovered row and ends with one line that counts. It fails while a row is
// uncovered, or when something claims a row, page or test that is not there.
func CoverageCommand(out io.Writer, o CoverageOptions) error {
	features, problems := ReadFeatures(o.Features)
	demo, bad := DemoReferences(o.Content, "demo")
	if problems = append(problems, bad...); len(problems) > 0 {
		return fmt.Errorf("%w: %s", ErrFaults, problems[0])
	}
	r, err := Coverage(o.Library, features, demo, o.Inventory, o.Source)
	if err != nil {
		return err
	}
	r = r.Only(o.Rows)
	carried, waiting, uncovered := r.Count()
	if o.JSON {
		err = json.NewEncoder(out).Encode(r)
	} else {
		err = printCoverage(out, r)
	}
	switch {
	case err != nil:
		return err
	case len(r.Unknown) > 0:
		u := r.Unknown[0]
		return fmt.Errorf("%w: %d rows are named that the inventory does not have, such as %s by %s in %s", ErrFaults, len(r.Unknown), u.Row, u.Element, u.File)
	case len(r.Problems) > 0:
		return fmt.Errorf("%w: %d entries without proof, the first: %s", ErrFaults, len(r.Problems), r.Problems[0])
	case uncovered > 0:
		return fmt.Errorf("%w: %d carried, %d waiting, %d uncovered", ErrUncovered, carried, waiting, uncovered)
	}
	return nil
}

func printCoverage(out io.Writer, r *Report) error {
	var b strings.Builder
	for _, u := range r.Unknown {
		fmt.Fprintf(&b, "unknown row %s, named by %s in %s\n", u.Row, u.Element, u.File)
	}
	for _, p := range r.Problems {
		fmt.Fprintln(&b, p.String())
	}
	for _, row := range r.Rows {
		if len(row.CoveredBy) == 0 && row.WaitingFor == "" {
			fmt.Fprintf(&b, "uncovered %s (%s)\n", row.ID, row.Kind)
		}
	}
	carried, waiting, uncovered := r.Count()
	fmt.Fprintf(&b, "%d carried, %d waiting, %d uncovered\n", carried, waiting, uncovered)
	_, err := io.WriteString(out, b.String())
	return err
}
