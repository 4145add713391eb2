package i18n

import (
	"bytes"
	"slices"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// sorter lends collators: each is for one goroutine at a time.
type sorter struct {
	tag  language.Tag
	pool sync.Pool
}

func (s *sorter) get() *collate.Collator {
	if c, ok := s.pool.Get().(*collate.Collator); ok {
		return c
	}
	return collate.New(s.tag, collate.Numeric)
}

// Sort puts list in the order in which people of the language look up a name: Zoë
// beside Zoe, 4h3 before 4h10. Equal names keep their order.
func Sort[E any](t *Texts, list []E, name func(E) string) {
	type keyed struct {
		item E
		key  []byte
	}
	c := t.l.sorter.get()
	defer t.l.sorter.pool.Put(c)
	var buf collate.Buffer
	all := make([]keyed, len(list))
	for i, x := range list {
		all[i] = keyed{x, c.KeyFromString(&buf, name(x))}
	}
	slices.SortStableFunc(all, func(a, b keyed) int { return bytes.Compare(a.key, b.key) })
	for i, x := range all {
		list[i] = x.item
	}
}
