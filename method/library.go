package method

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"leerkring/content"
)

// Library is everything that can be walked, offered and explained: packs,
// coach cards, glossary and sector words. It never changes once made, so any
// number of readers may share it; callers leave what they get as it is.
type Library struct {
	packs    map[string]map[string]*Pack // id, then version
	cards    []Card
	glossary []GlossaryEntry
	words    SectorWords
	shelves  []Shelf
	made     map[string]*Words // ready for every sector and language
}

// Builtin is the library inside the binary, read once. An error is a mistake
// of ours, found by the tests of this package.
var Builtin = sync.OnceValues(func() (*Library, error) {
	l, problems := Open(content.FS)
	if faults := Faults(problems); len(faults) > 0 {
		return nil, fmt.Errorf("method: %d problems in content, the first is %s", len(faults), faults[0])
	}
	return l, nil
})

// Pack finds one exact version.
func (l *Library) Pack(id, version string) (*Pack, bool) {
	p, ok := l.packs[id][version]
	return p, ok
}

// Latest finds the highest version of a pack.
func (l *Library) Latest(id string) (*Pack, bool) {
	var best *Pack
	for _, p := range l.packs[id] {
		if best == nil || newer(p.Version, best.Version) {
			best = p
		}
	}
	return best, best != nil
}

// List gives the latest version of every pack, in the order of their ids.
func (l *Library) List() []*Pack {
	out := make([]*Pack, 0, len(l.packs))
	for _, id := range slices.Sorted(maps.Keys(l.packs)) {
		p, _ := l.Latest(id)
		out = append(out, p)
	}
	return out
}

// Source is the text of one exact version, to keep beside a trajectory.
func (l *Library) Source(id, version string) ([]byte, bool) {
	p, ok := l.Pack(id, version)
	if !ok {
		return nil, false
	}
	return p.Source(), true
}

// With is a library with more packs: older versions that trajectories still
// walk, or the packs of a school. A pack that is there already stays.
func (l *Library) With(packs ...*Pack) *Library {
	more := *l
	more.packs = make(map[string]map[string]*Pack, len(l.packs)+len(packs))
	for id, versions := range l.packs {
		more.packs[id] = maps.Clone(versions)
	}
	for _, p := range packs {
		more.add(p)
	}
	return &more
}

// add keeps a pack by id and version; the first one wins.
func (l *Library) add(p *Pack) {
	if l.packs[p.ID] == nil {
		l.packs[p.ID] = map[string]*Pack{}
	}
	if _, taken := l.packs[p.ID][p.Version]; !taken {
		l.packs[p.ID][p.Version] = p
	}
}

// Cards are all coach cards in reading order.
func (l *Library) Cards() []Card { return slices.Clone(l.cards) }

// Glossary is the whole word list in the order of its files.
func (l *Library) Glossary() []GlossaryEntry { return slices.Clone(l.glossary) }

// Entry finds one word of the glossary.
func (l *Library) Entry(id string) (GlossaryEntry, bool) {
	i := slices.IndexFunc(l.glossary, func(g GlossaryEntry) bool { return g.ID == id })
	if i < 0 {
		return GlossaryEntry{}, false
	}
	return l.glossary[i], true
}

// Words are the words of a reader: sector, language and the school's own words
// on top, which may be nil.
func (l *Library) Words(sector Sector, lang string, school map[Token]Text) *Words {
	if w, ok := l.made[string(sector)+"."+lang]; ok && len(school) == 0 {
		return w
	}
	return l.words.Words(sector, lang, school)
}

// Elements are all elements of the latest packs, the cards and the glossary.
func (l *Library) Elements() []Element {
	var out []Element
	for _, p := range l.List() {
		out = append(out, p.Elements()...)
	}
	for _, c := range l.cards {
		out = append(out, Element{ID: c.ID, Kind: "card", File: c.file, Covers: c.Covers})
	}
	for _, g := range l.glossary {
		out = append(out, Element{ID: g.ID, Kind: "glossary", File: g.file, Covers: g.Covers})
	}
	return out
}

// Open reads a content folder: methods/, coach/, glossary/, sectors.yaml and shelves.yaml.
// What is well is in the library, everything else is told. A pack with a fault
// is left out.
func Open(fsys fs.FS) (*Library, []Problem) {
	l := &Library{packs: map[string]map[string]*Pack{}, made: map[string]*Words{}}
	problems := l.openPacks(fsys)
	problems = append(problems, l.openCards(fsys)...)
	problems = append(problems, l.openGlossary(fsys)...)
	problems = append(problems, l.openWords(fsys)...)
	problems = append(problems, l.openShelves(fsys)...)
	for _, sector := range Sectors {
		for _, lang := range Languages {
			l.made[string(sector)+"."+lang] = l.words.Words(sector, lang, nil)
		}
	}
	return l, problems
}

func (l *Library) openPacks(fsys fs.FS) (problems []Problem) {
	entries, err := fs.ReadDir(fsys, "methods")
	if err != nil {
		return nil // a content folder without methods may still hold cards
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		p, bad := loadChecked(fsys, "methods/"+e.Name())
		problems = append(problems, bad...)
		if p != nil {
			l.add(p)
		}
	}
	return append(problems, l.openSessions()...)
}

// openSessions follows the sessions that activities name, after all packs are in.
func (l *Library) openSessions() (problems []Problem) {
	for _, p := range l.List() {
		problems = append(problems, inFolder(p.dir, l.Missing(p))...)
	}
	return problems
}

// Missing tells the sessions that a pack holds and this library does not have.
func (l *Library) Missing(p *Pack) (problems []Problem) {
	for _, s := range p.Stages {
		for i, a := range s.Activities {
			if held, ok := l.Latest(a.Session); a.Session != "" && (!ok || held.Shape != ShapeSession) {
				bad := problem(strconv.Itoa(s.Number)+"-"+s.ID+".yaml", "no_such_session", "id", a.Session)
				bad.Element, bad.Path = a.ID, "activities["+strconv.Itoa(i)+"]"
				problems = append(problems, bad)
			}
		}
	}
	return problems
}

// loadChecked loads and checks one folder. The pack is nil on a fault.
func loadChecked(fsys fs.FS, dir string) (*Pack, []Problem) {
	p, problems := Load(fsys, dir)
	if p == nil {
		return nil, problems
	}
	problems = append(problems, inFolder(dir, Check(p))...)
	if folder := dir[strings.LastIndexByte(dir, '/')+1:]; folder != "." && folder != p.ID {
		differs := place{file: &p.files[0], path: "id"}.tell("folder_differs", "folder", folder, "id", p.ID)
		problems = append(problems, inFolder(dir, []Problem{differs})...)
	}
	p.settle(dir)
	if len(Faults(problems)) > 0 {
		return nil, problems
	}
	return p, problems
}

// settle drops the places of a checked pack and notes its folder.
func (p *Pack) settle(dir string) {
	p.dir = dir
	for i := range p.files {
		p.files[i].places = nil
	}
}

// newer compares two versions of the form 1.2.3.
func newer(a, b string) bool {
	return slices.Compare(numbers(a), numbers(b)) > 0
}

func numbers(version string) []int {
	var out []int
	for part := range strings.SplitSeq(version, ".") {
		n, _ := strconv.Atoi(part) // Check let only numbers through
		out = append(out, n)
	}
	return out
}
