// Package register is the data register: what is kept, by which room, for what,
// how private it is, how long, and what erasing does to it.
//
// Every table, column, kind of file and field of a log has its Entry. A room
// writes its own in data.go:
//
//	var Data = register.Join(
//		register.Table(register.Entry{Table: "goal", Owner: "plan", Purpose: "plan.data_goal",
//			Class: access.Organisation, Retention: register.KeepWork, Erase: register.EraseWithParent},
//			"id", "trajectory_id", "text").
//			With("made_by", register.Entry{Class: access.Personal, Erase: register.EraseName}),
//	)
//
// Words: purpose is the key of a sentence that tells a teacher why it is kept;
// retention and erase are closed lists, so that a period is a promise and not a
// number in passing.
//
// Promises: Missing and Stale hold the register to the real schema, Check to its
// own rules; the build fails on a column that nobody registered. The order is
// stable, so that the public page and the paper for the works council differ
// only where the data differ.
package register

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"leerkring/access"
)

// Kind says where something is kept.
type Kind string

// The kinds of place.
const (
	InTable Kind = "table"
	InFile  Kind = "file"
	InLog   Kind = "log"
)

// Entry is one line of the register.
type Entry struct {
	Kind      Kind
	Table     string // the table, the kind of file or the log
	Column    string // the column or field; empty for a file
	Owner     string // the room that writes it
	Purpose   string // text key: why it is kept
	Class     access.Class
	Retention Retention
	Erase     Erase
}

func (e Entry) place() string {
	if e.Column == "" {
		return e.Table
	}
	return e.Table + "." + e.Column
}

func (e Entry) String() string { return string(e.Kind) + " " + e.place() }

// List is a part of the register.
type List []Entry

// Table registers the columns of one table, all like the given entry.
func Table(like Entry, columns ...string) List {
	like.Kind = InTable
	return each(like, columns)
}

// Log registers fields of a log, all like the given entry. The fields are those
// of LogFields.
func Log(like Entry, fields ...string) List {
	like.Kind = InLog
	return each(like, fields)
}

// File registers a kind of file.
func File(e Entry) List {
	e.Kind, e.Column = InFile, ""
	return List{e}
}

func each(like Entry, columns []string) List {
	list := make(List, len(columns))
	for i, column := range columns {
		like.Column = column
		list[i] = like
	}
	return list
}

// With says in what one column differs from its table: the fields that are set
// replace the common ones. A column that was not listed yet is added to them.
func (l List) With(column string, differs Entry) List {
	l = slices.Clone(l)
	for i := range l {
		if l[i].Column == column {
			l[i] = l[i].changed(differs)
			return l
		}
	}
	e := l[0]
	e.Column = column
	return append(l, e.changed(differs))
}

func (e Entry) changed(by Entry) Entry {
	e.Purpose = cmp.Or(by.Purpose, e.Purpose)
	e.Class = cmp.Or(by.Class, e.Class)
	e.Retention = cmp.Or(by.Retention, e.Retention)
	e.Erase = cmp.Or(by.Erase, e.Erase)
	return e
}

// Join puts lists together in the order of the register.
func Join(lists ...List) List {
	all := slices.Concat(lists...)
	slices.SortStableFunc(all, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Table, b.Table), cmp.Compare(a.Column, b.Column))
	})
	return all
}

// Column is one column of the real schema.
type Column struct{ Table, Column string }

// Missing returns the columns of the schema that nobody registered, in order.
func Missing(columns []Column, entries List) []Column {
	known := map[Column]bool{}
	for _, e := range entries {
		if e.Kind == InTable {
			known[Column{e.Table, e.Column}] = true
		}
	}
	missing := slices.DeleteFunc(slices.Clone(columns), func(c Column) bool { return known[c] })
	slices.SortFunc(missing, func(a, b Column) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Column, b.Column))
	})
	return missing
}

// Stale returns the entries of tables whose column is no longer in the schema.
func Stale(columns []Column, entries List) List {
	real := map[Column]bool{}
	for _, c := range columns {
		real[c] = true
	}
	return slices.DeleteFunc(Join(entries), func(e Entry) bool {
		return e.Kind != InTable || real[Column{e.Table, e.Column}]
	})
}

// Check returns what is wrong within the register, in its order.
func Check(entries List) []error {
	var wrong []error
	seen := map[string]bool{}
	for _, e := range Join(entries) {
		if seen[e.String()] {
			wrong = append(wrong, fmt.Errorf("%s: stands twice", e))
		}
		seen[e.String()] = true
		for _, problem := range e.problems() {
			wrong = append(wrong, fmt.Errorf("%s: %s", e, problem))
		}
	}
	return wrong
}

func (e Entry) problems() (all []string) {
	add := func(is bool, problem string) {
		if is {
			all = append(all, problem)
		}
	}
	personal := e.Class == access.VeryPrivate || e.Class == access.Personal
	add(e.Table == "" || e.Column == "" && e.Kind != InFile, "has no name")
	add(e.Kind != InTable && e.Kind != InFile && e.Kind != InLog, "is kept nowhere")
	add(e.Owner == "", "has no owner")
	add(!strings.Contains(e.Purpose, "."), "its purpose is no text key")
	add(!personal && e.Class != access.Organisation && e.Class != access.Secret, "has no class")
	add(!e.Retention.valid(), "has no retention")
	add(!e.Erase.valid(), "does not say what erasing does")
	add(personal && e.Erase == NothingPersonal, "is personal, so erasing does something")
	add(e.Class == access.VeryPrivate && e.Retention == KeepHouse, "is very private, so it has an end")
	add(e.Kind == InLog && e.Class == access.VeryPrivate, "no log holds anything very private")
	add(e.Kind == InLog && !LogAllows(e.Column), "no log may hold this field")
	return all
}
