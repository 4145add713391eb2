package register

import (
	"fmt"
	"slices"

	"leerkring/access"
)

// Mine says which rows of a table are about one person: what goes along when somebody takes
// their things, and what erasing reaches. A room writes it beside its Data:
//
//	var Whose = register.Mines{
//		{Table: "goal", Whose: "made_by = $1"},
//		{Table: "ballot", Kept: "anonymous: nobody can find a row back"},
//	}
type Mine struct {
	Table string
	Whose string // a condition on the table; the person is $1
	Kept  string // why nothing goes along, for whoever reads the code; then Whose is empty

	// Name is the file that the rows go into, the table when empty: a table may give two.
	Name string
	// Beside says that the rows are somebody else's, and go along because they were meant
	// for the person or tell where something was. Erasing leaves them alone.
	Beside bool
	// Only are the columns that go along; all that the register lets go when empty.
	Only []string
	// Not are columns that stay, each with its reason.
	Not map[string]string
	// Soon says that what would go by itself before long goes at once when its person is erased.
	Soon bool
}

// Mines are those of a room, or of the house.
type Mines []Mine

// JoinMines puts those of rooms together, in the order given.
func JoinMines(lists ...Mines) Mines { return slices.Concat(lists...) }

// File is the name of the file that the rows go into.
func (m Mine) File() string {
	if m.Name != "" {
		return m.Name
	}
	return m.Table
}

// Of returns the entries of one table, in the order of the register.
func (l List) Of(table string) List {
	var out List
	for _, e := range Join(l) {
		if e.Kind == InTable && e.Table == table {
			out = append(out, e)
		}
	}
	return out
}

// Names reports whether something that is kept is about a person.
func (e Entry) Names() bool {
	return e.Class == access.VeryPrivate || e.Class == access.Personal
}

// Gone are the ways of erasing by which nothing of a person's row stays.
func (l List) gone() bool {
	return slices.ContainsFunc(l, func(e Entry) bool { return e.Erase == EraseRow })
}

// Class is that of the most private column of a table.
func (l List) Class() access.Class {
	for _, class := range []access.Class{access.VeryPrivate, access.Personal} {
		if slices.ContainsFunc(l, func(e Entry) bool { return e.Class == class }) {
			return class
		}
	}
	return access.Organisation
}

// Taken are the columns that go along: all but secrets, and what Not and Only leave out.
func (m Mine) Taken(l List) []string {
	var out []string
	for _, e := range l.Of(m.Table) {
		switch {
		case e.Class == access.Secret, m.Not[e.Column] != "":
		case len(m.Only) > 0 && !slices.Contains(m.Only, e.Column):
		default:
			out = append(out, e.Column)
		}
	}
	return out
}

// Erases reports whether the rows go when their person is erased.
func (m Mine) Erases(l List) bool {
	return m.Whose != "" && !m.Beside && (m.Soon || l.Of(m.Table).gone())
}

// CheckMines returns what is wrong between the register and what rooms say is one's own: a
// table about people that nobody gives or explains, a column that stays behind without a
// reason, a name that is unknown or stands twice.
func CheckMines(kept List, mines Mines) []error {
	var wrong []error
	add := func(format string, args ...any) { wrong = append(wrong, fmt.Errorf(format, args...)) }
	files, given, said := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, m := range mines {
		of := kept.Of(m.Table)
		if len(of) == 0 {
			add("%s: is not in the register", m.Table)
		}
		if (m.Whose == "") == (m.Kept == "") {
			add("%s: says whose it is, or why nothing goes along", m.Table)
		}
		if files[m.File()] {
			add("%s: stands twice", m.File())
		}
		files[m.File()], said[m.Table] = true, true
		for column, why := range m.Not {
			if why == "" || !slices.ContainsFunc(of, func(e Entry) bool { return e.Column == column }) {
				add("%s.%s: stays behind without a reason", m.Table, column)
			}
		}
		if m.Whose == "" || m.Beside {
			continue
		}
		given[m.Table] = true
		if len(m.Only) > 0 {
			add("%s: what is one's own goes along whole", m.Table)
		}
	}
	for _, e := range Join(kept) {
		if e.Kind == InTable && e.Names() && !said[e.Table] {
			add("table %s: holds something about people, and no room gives it along", e.Table)
			said[e.Table] = true
		}
	}
	return wrong
}
