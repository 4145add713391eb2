package main

import (
	"fmt"
	"path/filepath"
	"strings"
)

// An entry is one source that pages ask for by name.
type entry struct {
	source string // path below the root, with slashes
	name   string // what pages call it: app.css, page/week.css, app.js, img/mark.svg
}

// places are where entries lie and how they are named. A room keeps the style and
// the island of its pages beside its templates; what all pages share lies in src.
var places = []struct{ pattern, folder string }{
	{"web/assets/src/css/app.css", ""},
	{"web/assets/src/css/page/*.css", "page/"},
	{"web/assets/src/ts/app.ts", ""},
	{"web/assets/src/ts/page/*.ts", "page/"},
	{"web/assets/src/img/*", "img/"},
	{"web/*/*.css", "page/"},
	{"web/*/*.ts", "page/"},
}

// sharedParts belong to every page: app.css imports them.
const sharedParts = "web/ui/"

func findEntries(root string) ([]entry, error) {
	var entries []entry
	taken := map[string]string{}
	for _, place := range places {
		found, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(place.pattern)))
		if err != nil {
			return nil, err
		}
		for _, path := range found {
			source, err := filepath.Rel(root, path)
			if err != nil {
				return nil, err
			}
			if strings.HasPrefix(filepath.ToSlash(source), sharedParts) {
				continue
			}
			e := entry{filepath.ToSlash(source), place.folder + builtName(filepath.Base(path))}
			if other, ok := taken[e.name]; ok {
				return nil, fmt.Errorf("%s and %s are both called %s: rename one", other, e.source, e.name)
			}
			taken[e.name] = e.source
			entries = append(entries, e)
		}
	}
	return entries, nil
}

// builtName is what a source is called once built.
func builtName(base string) string {
	if stem, ok := strings.CutSuffix(base, ".ts"); ok {
		return stem + ".js"
	}
	return base
}
