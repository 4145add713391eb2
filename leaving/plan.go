package leaving

import (
	"fmt"
	"slices"
	"strings"

	"leerkring/access"
	"leerkring/access/register"
)

// Plan is what goes along and what goes, read from the register once.
type Plan struct {
	parts []part
	kept  register.List
}

// part is one table as it is about one person.
type part struct {
	register.Mine
	columns []string
	class   access.Class // of the most private column
	erases  bool
	purpose string // of most of its columns
	keep    register.Retention
}

// NewPlan reads the register and what rooms say is one's own.
func NewPlan(kept register.List, mines register.Mines) (Plan, error) {
	if wrong := register.CheckMines(kept, mines); len(wrong) > 0 {
		return Plan{}, fmt.Errorf("leaving: %w", wrong[0])
	}
	p := Plan{kept: kept}
	for _, m := range mines {
		if m.Whose == "" {
			continue
		}
		of := kept.Of(m.Table)
		main := usual(of)
		p.parts = append(p.parts, part{Mine: m, columns: m.Taken(kept), class: of.Class(), erases: m.Erases(kept), purpose: main.Purpose, keep: main.Retention})
	}
	slices.SortStableFunc(p.parts, func(a, b part) int { return strings.Compare(a.File(), b.File()) })
	return p, nil
}

// usual is the entry whose purpose most columns of a table have.
func usual(l register.List) register.Entry {
	count := map[string]int{}
	best := l[0]
	for _, e := range l {
		count[e.Purpose]++
	}
	for _, e := range l {
		if count[e.Purpose] > count[best.Purpose] {
			best = e
		}
	}
	return best
}

// goes are the parts whose rows go when their person is erased.
func (p Plan) goes() []part {
	return slices.DeleteFunc(slices.Clone(p.parts), func(x part) bool { return !x.erases })
}

// own are the parts that are only theirs: what goes a month after somebody left.
func (p Plan) own() []part {
	return slices.DeleteFunc(p.goes(), func(x part) bool { return x.class != access.VeryPrivate })
}

// Tables are the tables from which something goes.
func (p Plan) Tables() []string { return tablesOf(p.goes()) }

func tablesOf(parts []part) []string {
	var out []string
	for _, x := range parts {
		if !slices.Contains(out, x.Table) {
			out = append(out, x.Table)
		}
	}
	return out
}

// query reads a page of a part. All columns are in the order, keys first: no two pages
// share a row or pass one over.
func (x part) query() string {
	isKey := func(c string) bool { return c == "id" || c == "seq" || c == "key" || strings.HasSuffix(c, "_id") }
	var keys, rest []string
	for _, c := range x.columns {
		if isKey(c) {
			keys = append(keys, c)
		} else {
			rest = append(rest, c)
		}
	}
	return `select ` + strings.Join(x.columns, ", ") + ` from ` + x.Table + ` where ` + x.Whose + ` order by ` + strings.Join(append(keys, rest...), ", ") + ` limit $2 offset $3`
}
