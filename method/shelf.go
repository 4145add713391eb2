package method

import (
	"io/fs"
	"reflect"
	"slices"
)

// ShelfID is one of the needs that ways of working are gathered under.
type ShelfID string

// Often is what most teams begin with; the others are every pack, each once.
const (
	ShelfOften   ShelfID = "often"
	ShelfSolve   ShelfID = "solve"   // solving something
	ShelfLearn   ShelfID = "learn"   // learning from each other
	ShelfThink   ShelfID = "think"   // thinking a question through
	ShelfChoose  ShelfID = "choose"  // looking and choosing together
	ShelfGather  ShelfID = "gather"  // a day or a gathering
	ShelfMeasure ShelfID = "measure" // asking and looking with an instrument
)

func (ShelfID) values() []string {
	return words(ShelfOften, ShelfSolve, ShelfLearn, ShelfThink, ShelfChoose, ShelfGather, ShelfMeasure)
}

// Shelf is one group of packs, in the order in which people meet them.
type Shelf struct {
	ID    ShelfID  `yaml:"id" json:"id" pack:"required"`
	Name  Text     `yaml:"name" json:"name" pack:"required"`
	Packs []string `yaml:"packs" json:"packs,omitempty" pack:"packid"`
}

// Shelved is a shelf with its packs.
type Shelved struct {
	ID    ShelfID
	Name  Text
	Packs []*Pack
}

// Often are the packs that most teams begin with, in their order.
func (l *Library) Often() []*Pack {
	for _, s := range l.shelves {
		if s.ID == ShelfOften {
			return l.onShelf(s)
		}
	}
	return nil
}

// Shelves are all packs, each on one shelf: where shelves.yaml puts it, else where its kind
// and shape do, so that a pack of a school needs no list of ours. A shelf without a pack is
// left out.
func (l *Library) Shelves() []Shelved {
	placed := map[string]bool{}
	var out []Shelved
	for _, s := range l.shelves {
		if s.ID == ShelfOften {
			continue
		}
		one := Shelved{ID: s.ID, Name: s.Name}
		for _, p := range l.onShelf(s) {
			if !placed[p.ID] {
				placed[p.ID] = true
				one.Packs = append(one.Packs, p)
			}
		}
		out = append(out, one)
	}
	for _, p := range l.List() {
		if placed[p.ID] {
			continue
		}
		if i := slices.IndexFunc(out, func(s Shelved) bool { return s.ID == shelfOf(p) }); i >= 0 {
			out[i].Packs = append(out[i].Packs, p)
		}
	}
	return slices.DeleteFunc(out, func(s Shelved) bool { return len(s.Packs) == 0 })
}

// onShelf are the packs that a shelf names. One that is not here is passed over: a house may
// have other packs than ours.
func (l *Library) onShelf(s Shelf) []*Pack {
	var out []*Pack
	for _, id := range s.Packs {
		if p, ok := l.Latest(id); ok {
			out = append(out, p)
		}
	}
	return out
}

// shelfOf is where a pack stands that no shelf names.
func shelfOf(p *Pack) ShelfID {
	switch {
	case p.Kind == KindInstrument:
		return ShelfMeasure
	case p.Shape != ShapeSession:
		return ShelfSolve
	case p.Session.Circle == CircleClosed:
		return ShelfThink
	case p.Session.Circle == CircleSchool:
		return ShelfGather
	}
	return ShelfChoose
}

// openShelves reads shelves.yaml. Without one everything stands where its shape puts it, and
// nothing is called common.
func (l *Library) openShelves(fsys fs.FS) []Problem {
	const name = "shelves.yaml"
	if _, err := fs.Stat(fsys, name); err != nil {
		return nil
	}
	data, bad := readFile(fsys, name, name)
	if bad != nil {
		return []Problem{*bad}
	}
	f, problems := readYAML(name, data, &l.shelves)
	if len(problems) > 0 {
		return problems
	}
	c := &checker{ids: map[string]bool{}}
	walk(place{file: &f}, reflect.ValueOf(l.shelves), "", c.visit)
	return capped(c.found)
}
