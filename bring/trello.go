package bring

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"

	"leerkring/internal/errs"
)

// What Trello writes of a board. Everything else in the file is passed over.
type (
	trelloList struct {
		ID, Name string
		Closed   bool
		Pos      float64
	}
	trelloCard struct {
		ID, Name, Desc, Due, IDList string
		DueComplete, Closed         bool
		Pos                         float64
		IDMembers                   []string
		Labels                      []struct{ Name, Color string }
		Attachments                 []struct{ Name, URL string }
	}
	trelloMember struct{ ID, FullName, Username, Email string }
	trelloItem   struct {
		ID, Name, State string
		Pos             float64
	}
	trelloChecklist struct {
		ID, IDCard, Name string
		Pos              float64
		CheckItems       []trelloItem
	}
)

// trello is a board in the making.
type trello struct {
	name       string
	lists      []trelloList
	cards      []trelloCard
	members    map[string]string
	checklists []trelloChecklist
	read       int // entries so far
}

// readTrello reads the file that Trello gives when a board is exported as JSON.
func readTrello(raw []byte) (Board, error) {
	if _, err := bounded(raw); err != nil {
		return Board{}, err
	}
	t := trello{members: map[string]string{}}
	if err := t.parts(json.NewDecoder(bytes.NewReader(raw))); err != nil {
		return Board{}, err
	}
	if t.lists == nil || t.cards == nil {
		return Board{}, errs.Invalid("bring.not_a_board").On("file")
	}
	return t.board(), nil
}

// bounded refuses values within values beyond a depth, and lists beyond a length, before
// anything is read. It counts the things in it.
func bounded(raw []byte) (things int, err error) {
	quoted, depth, length := false, 0, [maxDepth + 1]int{}
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{', c == '[':
			if depth++; depth > maxDepth {
				return 0, errs.Invalid("bring.file_strange").On("file")
			}
			if length[depth] = 1; c == '{' {
				things++
			}
		case c == '}', c == ']':
			depth = max(depth-1, 0)
		case c == ',':
			if length[depth]++; length[depth] > MaxEntries {
				return 0, errs.Invalid("bring.too_many", "n", MaxEntries).On("file")
			}
		}
	}
	return things, nil
}

var errJSON = errs.Invalid("bring.file_damaged").On("file")

// parts reads the parts of a board that count. A part that stands there twice is refused:
// nobody could say which is meant.
func (t *trello) parts(dec *json.Decoder) error {
	if at, err := dec.Token(); err != nil || at != json.Delim('{') {
		return errs.Invalid("bring.not_a_board").On("file")
	}
	seen := map[string]bool{}
	for dec.More() {
		key, err := dec.Token()
		name, ok := key.(string)
		if err != nil || !ok {
			return errJSON
		}
		if seen[name] {
			return errs.Invalid("bring.file_strange").On("file")
		}
		seen[name] = true
		if err := t.part(dec, name); err != nil {
			return err
		}
	}
	if _, err := dec.Token(); err != nil {
		return errJSON
	}
	return nil
}

func (t *trello) part(dec *json.Decoder, name string) error {
	switch name {
	case "name":
		if dec.Decode(&t.name) != nil {
			return errJSON
		}
		return nil
	case "lists":
		t.lists = []trelloList{}
		return each(dec, t.one, func(l trelloList) int { t.lists = append(t.lists, l); return 0 })
	case "cards":
		t.cards = []trelloCard{}
		return each(dec, t.one, func(c trelloCard) int { t.cards = append(t.cards, c.small()); return 0 })
	case "members":
		return each(dec, t.one, func(m trelloMember) int {
			t.members[m.ID] = line(cmp.Or(m.FullName, m.Email, m.Username))
			return 0
		})
	case "checklists":
		return each(dec, t.one, func(c trelloChecklist) int { t.checklists = append(t.checklists, c); return len(c.CheckItems) })
	}
	var passed json.RawMessage
	if dec.Decode(&passed) != nil {
		return errJSON
	}
	return nil
}

// one counts an entry, and refuses a board with too many.
func (t *trello) one(n int) error {
	if t.read += n; t.read > MaxEntries {
		return errs.Invalid("bring.too_many", "n", MaxEntries).On("file")
	}
	return nil
}

// each reads a list one by one, so that its length never decides what is kept in memory.
func each[T any](dec *json.Decoder, count func(int) error, add func(T) int) error {
	at, err := dec.Token()
	switch {
	case err != nil:
		return errJSON
	case at == nil:
		return nil
	case at != json.Delim('['):
		return errs.Invalid("bring.not_a_board").On("file")
	}
	for dec.More() {
		if err := count(1); err != nil {
			return err
		}
		var x T
		if dec.Decode(&x) != nil {
			return errJSON
		}
		if err := count(add(x)); err != nil {
			return err
		}
	}
	if _, err := dec.Token(); err != nil {
		return errJSON
	}
	return nil
}

// board puts the parts together, in the order in which they hang there.
func (t *trello) board() Board {
	b := Board{Origin: Trello, Name: line(t.name)}
	slices.SortStableFunc(t.lists, func(x, y trelloList) int { return cmp.Compare(x.Pos, y.Pos) })
	slices.SortStableFunc(t.cards, func(x, y trelloCard) int { return cmp.Compare(x.Pos, y.Pos) })
	slices.SortStableFunc(t.checklists, func(x, y trelloChecklist) int { return cmp.Compare(x.Pos, y.Pos) })
	at := map[string]int{}
	for _, l := range t.lists {
		if _, twice := at[l.ID]; !twice {
			at[l.ID] = len(b.Lists)
			b.Lists = append(b.Lists, List{Name: line(l.Name), Archived: l.Closed})
		}
	}
	steps := map[string][]Step{}
	for _, c := range t.checklists {
		slices.SortStableFunc(c.CheckItems, func(x, y trelloItem) int { return cmp.Compare(x.Pos, y.Pos) })
		for _, i := range c.CheckItems {
			if s := line(i.Name); s != "" {
				steps[c.IDCard] = append(steps[c.IDCard], Step{ID: i.ID, Text: s, Done: i.State == "complete"})
			}
		}
	}
	taken := map[string]bool{}
	for _, c := range t.cards {
		if c.ID == "" || taken[c.ID] { // the same card once
			continue
		}
		taken[c.ID] = true
		i, known := at[c.IDList]
		if !known { // of a list that is not in the file
			i, at[c.IDList] = len(b.Lists), len(b.Lists)
			b.Lists = append(b.Lists, List{})
		}
		b.Lists[i].Cards = append(b.Lists[i].Cards, t.card(c, steps[c.ID]))
	}
	return b
}

// small is a card that holds no more than it can need.
func (c trelloCard) small() trelloCard {
	c.IDMembers, c.Labels, c.Attachments = few(c.IDMembers), few(c.Labels), few(c.Attachments)
	return c
}

func few[T any](list []T) []T { return slices.Clone(list[:min(len(list), maxWithin)]) }

func (t *trello) card(c trelloCard, steps []Step) Card {
	out := Card{ID: c.ID, Name: line(c.Name), Text: text(c.Desc), Due: line(c.Due), Done: c.DueComplete, Archived: c.Closed, Steps: steps}
	for _, id := range c.IDMembers {
		out.People = with(out.People, t.members[id])
	}
	for _, l := range c.Labels {
		out.Labels = with(out.Labels, line(l.Name))
	}
	for _, a := range c.Attachments {
		if a.Name == a.URL {
			a.Name = ""
		}
		out.Links = with(out.Links, line(a.Name+" "+a.URL))
	}
	return out
}

// with adds what is not there yet.
func with(list []string, s string) []string {
	if s == "" || len(list) >= maxWithin || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
