package method

import (
	"io/fs"
	"path"
	"reflect"
)

// openList reads every file of a folder as a list of one kind.
func openList[T any](fsys fs.FS, dir string, c *checker, keep func(f file, item T)) (problems []Problem) {
	if _, err := fs.Stat(fsys, dir); err != nil {
		return nil // nobody has to bring every kind of content
	}
	raw, problems := readFolder(fsys, dir)
	for _, r := range raw {
		var list []T
		f, bad := readYAML(r.name, r.data, &list)
		if problems = append(problems, bad...); len(bad) > 0 {
			continue
		}
		walk(place{file: &f}, reflect.ValueOf(list), "", c.visit)
		f.name = path.Join(dir, r.name)
		for _, item := range list {
			keep(f, item)
		}
	}
	return inFolder(dir, capped(append(problems, c.found...)))
}

// openCards reads the coach cards. A card may name only stages that some pack
// has, else it would wait for ever.
func (l *Library) openCards(fsys fs.FS) []Problem {
	phases := map[string]bool{}
	for _, p := range l.List() {
		for _, id := range p.Order {
			phases[id] = true
		}
	}
	c := &checker{ids: map[string]bool{}, fills: true}
	c.phase = func(id string) bool { return phases[id] }
	return openList(fsys, "coach", c, func(f file, card Card) {
		card.file = f.name
		l.cards = append(l.cards, card)
	})
}

// openGlossary reads the words. See may point to an entry of another file, so
// it is followed after all are in.
func (l *Library) openGlossary(fsys fs.FS) []Problem {
	c := &checker{ids: map[string]bool{}}
	problems := openList(fsys, "glossary", c, func(f file, g GlossaryEntry) {
		g.file = f.name
		l.glossary = append(l.glossary, g)
	})
	for _, g := range l.glossary {
		for _, id := range g.See {
			if !c.ids[id] {
				p := problem(g.file, "no_such_entry", "id", id)
				p.Element = g.ID
				problems = append(problems, p)
			}
		}
	}
	return problems
}

// openWords reads the sector words. The first sector gives every token, since
// the others fall back on it.
func (l *Library) openWords(fsys fs.FS) []Problem {
	const name = "sectors.yaml"
	if _, err := fs.Stat(fsys, name); err != nil {
		return nil
	}
	data, bad := readFile(fsys, name, name)
	if bad != nil {
		return []Problem{*bad}
	}
	f, problems := readYAML(name, data, &l.words)
	if len(problems) > 0 {
		return problems
	}
	c := &checker{ids: map[string]bool{}}
	walk(place{file: &f}, reflect.ValueOf(l.words), "", c.visit)
	first := Sectors[0]
	for _, token := range Tokens {
		if l.words[first][token].Empty() {
			c.tell(place{file: &f, path: string(first)}, "missing", "key", string(token))
		}
	}
	return capped(c.found)
}

// phases tells the stages of a card that no pack has.
func (c *checker) phases(at place, list []string) {
	for i, id := range list {
		if !c.phase(id) {
			c.tell(at.index(i), "no_such_phase", "id", id)
		}
	}
}
