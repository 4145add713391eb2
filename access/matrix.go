package access

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed matrix.txt
var matrixText string

// matrix is the parsed matrix.txt. A mistake in it stops the program at start.
var matrix = func() *rules {
	m, err := parse(matrixText)
	if err != nil {
		panic("access/matrix.txt: " + err.Error())
	}
	return m
}()

type rules struct {
	kinds [kindCount]kindFacts
	cells [kindCount][actionCount]cell
	rows  []row // as written, for the tests and for Explain
}

type kindFacts struct {
	class     Class
	boardWide bool
	frozen    bool
}

// cell is everything that the matrix says about one action on one kind.
type cell struct {
	grants []grant
	bans   []ban
}

// grant lets whoever holds one of the columns do it, when all facts are there.
type grant struct {
	cols columns
	need facts
}

// ban keeps out whoever holds the column, unless all facts of one alternative are there.
type ban struct {
	col    column
	unless []facts
}

// row is one line of the matrix for one kind.
type row struct {
	kind    Kind
	acts    []Action // nil: the content row
	cells   [columnCount]string
	line    int
	granted [columnCount][]clause
	banned  [columnCount]*ban
}

// clause is one grant of one cell, before it is spread over the actions.
type clause struct {
	acts actionSet
	need facts
}

var contentActs = setOf(Read, List, Aggregate, Create, Edit, React)

// compile spreads the rows over the table that May reads. A row with acts
// replaces the content row for these acts.
func (m *rules) compile() error {
	named := [kindCount]actionSet{}
	for i := range m.rows {
		r := &m.rows[i]
		for _, a := range r.acts {
			if named[r.kind].has(a) {
				return fmt.Errorf("line %d: %s · %s stands twice", r.line, r.kind, a)
			}
			named[r.kind] |= setOf(a)
		}
	}
	content := [kindCount]bool{}
	for i := range m.rows {
		r := &m.rows[i]
		acts := setOf(r.acts...)
		if r.acts == nil {
			if content[r.kind] {
				return fmt.Errorf("line %d: a second content row for %s", r.line, r.kind)
			}
			content[r.kind] = true
			acts = contentActs &^ named[r.kind]
		}
		m.spread(r, acts)
	}
	for _, k := range Kinds() {
		if m.kinds[k].class == 0 {
			return fmt.Errorf("no kind line for %s", k)
		}
		if !content[k] {
			return fmt.Errorf("no content row for %s", k)
		}
	}
	return nil
}

func (m *rules) spread(r *row, acts actionSet) {
	for _, a := range Actions() {
		if !acts.has(a) {
			continue
		}
		c := &m.cells[r.kind][a]
		for col := range columnCount {
			if r.banned[col] != nil {
				c.bans = append(c.bans, *r.banned[col])
			}
			for _, cl := range r.granted[col] {
				if cl.acts.has(a) {
					c.grant(col, cl.need)
				}
			}
		}
	}
}

// grant adds a right; columns with the same condition share one entry.
func (c *cell) grant(col column, need facts) {
	for i := range c.grants {
		if c.grants[i].need == need && (c.grants[i].cols == ownerColumn.alone()) == (col == ownerColumn) {
			c.grants[i].cols |= col.alone()
			return
		}
	}
	c.grants = append(c.grants, grant{cols: col.alone(), need: need})
}

// actsOf reads what stands before "if" in a grant.
func actsOf(words []string, r *row, col column) (acts actionSet, need facts, err error) {
	write := setOf(Create, Edit, React)
	if col == ownerColumn {
		write = setOf(Edit, React)
	}
	read := setOf(Read, List, Aggregate)
	for _, w := range words {
		switch {
		case w == "+" && r.acts != nil:
			acts |= setOf(r.acts...)
		case w == "R":
			acts |= read
		case w == "W":
			acts |= write
		case w == "RW":
			acts |= read | write
		case w == "A":
			acts |= setOf(Aggregate)
		case w == "S":
			acts, need = acts|read, need|isShared
		default:
			a, ok := actionByName(w)
			if !ok || r.acts != nil || !contentActs.has(a) {
				return 0, 0, fmt.Errorf("%q is no right here", w)
			}
			acts |= setOf(a)
		}
	}
	if acts == 0 {
		return 0, 0, fmt.Errorf("an empty grant")
	}
	return acts, need, nil
}

func actionByName(name string) (Action, bool) {
	for _, a := range Actions() {
		if actionNames[a] == name {
			return a, true
		}
	}
	return NoAction, false
}

// factsOf reads what stands behind "if" or "unless".
func factsOf(text string) (need facts, err error) {
	for _, w := range strings.Split(text, "&") {
		f, ok := factNames[strings.TrimSpace(w)]
		if !ok {
			return 0, fmt.Errorf("%q is no condition", strings.TrimSpace(w))
		}
		need |= f
	}
	return need, nil
}
