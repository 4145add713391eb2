package method

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

var errNoInventory = errors.New("no inventory-*.yaml in the inventory folder")

// readInventory reads the ids and kinds of all rows, in file order.
func readInventory(inventory fs.FS) ([]Row, error) {
	names, err := fs.Glob(inventory, "inventory-*.yaml")
	if err != nil {
		return nil, fmt.Errorf("inventory: %w", err)
	}
	if len(names) == 0 {
		return nil, errNoInventory
	}
	var rows []Row
	seen := map[string]bool{}
	for _, name := range names {
		data, bad := readFile(inventory, name, name)
		if bad != nil {
			return nil, errors.New(bad.String())
		}
		var list struct {
			Entries []struct {
				ID   string `yaml:"id"`
				Kind string `yaml:"kind"`
			} `yaml:"entries"`
		}
		if err := yaml.Unmarshal(data, &list); err != nil {
			return nil, fmt.Errorf("inventory %s: %w", name, err)
		}
		for _, e := range list.Entries {
			if e.ID == "" || seen[e.ID] {
				return nil, fmt.Errorf("inventory %s: id %q is empty or there twice", name, e.ID)
			}
			seen[e.ID] = true
			rows = append(rows, Row{ID: e.ID, Kind: e.Kind, CoveredBy: []Carrier{}})
		}
	}
	return rows, nil
}

// DemoReferences finds every covers list in the demo cases under a folder,
// whatever their form, with the nearest id, name or title around it.
func DemoReferences(fsys fs.FS, dir string) ([]Reference, []Problem) {
	if _, err := fs.Stat(fsys, dir); err != nil {
		return nil, nil // a build without demo carries nothing by it
	}
	raw, problems := readFolder(fsys, dir)
	var out []Reference
	for _, r := range raw {
		text, bad := canonical(r.name, r.data)
		if bad == nil {
			var body ast.Node
			if body, bad = parse(r.name, text); bad == nil {
				out = coversBelow(out, body, r.name, path.Join(dir, r.name))
			}
		}
		if bad != nil {
			problems = append(problems, *bad)
		}
	}
	return out, inFolder(dir, problems)
}

func coversBelow(out []Reference, n ast.Node, element, file string) []Reference {
	if values, ok := pairs(n); ok {
		element = titleOf(values, element)
		for _, v := range values {
			if list, isList := v.Value.(*ast.SequenceNode); isList && keyName(v) == "covers" {
				for _, row := range list.Values {
					if isScalar(row) {
						out = append(out, Reference{bare(row), Carrier{element, file}})
					}
				}
				continue
			}
			out = coversBelow(out, v.Value, element, file)
		}
	} else if list, isList := n.(*ast.SequenceNode); isList {
		for _, v := range list.Values {
			out = coversBelow(out, v, element, file)
		}
	}
	return out
}

// titleOf names a mapping by its id, name or title, else as its parent.
func titleOf(values []*ast.MappingValueNode, outer string) string {
	for _, key := range []string{"id", "title", "name"} {
		for _, v := range values {
			if keyName(v) == key && isScalar(v.Value) {
				return clip(bare(v.Value), 80)
			}
		}
	}
	return outer
}

// bare is a scalar without its quotes.
func bare(n ast.Node) string {
	if s, ok := n.(*ast.StringNode); ok {
		return s.Value
	}
	return strings.TrimSpace(n.String())
}
