package roster

import (
	"slices"
	"strings"

	"leerkring/school"
)

// Column is what a column of a sheet holds.
type Column string

// The columns. Day1 to Day5 are a column for each day with a mark in it.
const (
	Nothing  Column = "" // is not kept
	Name     Column = "name"
	First    Column = "first"
	Infix    Column = "infix"
	Last     Column = "last"
	Email    Column = "email"
	Teams    Column = "teams"
	Days     Column = "days"
	Function Column = "function"
	Subject  Column = "subject"
	Number   Column = "number" // by which the source knows a person
	Status   Column = "status"
	Org      Column = "org"
	Day1     Column = "day1"
	Day2     Column = "day2"
	Day3     Column = "day3"
	Day4     Column = "day4"
	Day5     Column = "day5"
)

// Choosable are the columns that an admin can choose, in the order in which they are offered.
var Choosable = []Column{Name, First, Infix, Last, Email, Teams, Days, Function, Subject, Number, Day1, Day2, Day3, Day4, Day5, Status, Org}

// Layout is how the columns of a sheet are read.
type Layout struct {
	Head    int      // index of the row with the names of the columns; -1 when there is none
	Titles  []string // those names
	Columns []Column
}

// headRows is how far down the names of the columns are looked for: some sheets begin with a title.
const headRows = 10

// Guess finds out how the columns are to be read: by their names, in any order, or else by
// what is in them.
func Guess(cells [][]string, teams []school.Team) Layout {
	best, score := -1, 0
	for i := range min(len(cells), headRows) {
		found := 0
		for _, c := range cells[i] {
			if _, ok := columnNamed(c); ok {
				found++
			}
			if strings.Contains(c, "@") {
				found = -mostColumns // people, not names of columns
			}
		}
		if found > score {
			best, score = i, found
		}
	}
	l := Layout{Head: best}
	if best >= 0 && score >= 1 && (score >= 2 || personTitle(cells[best])) {
		l.Titles = cells[best]
		for _, title := range l.Titles {
			c, _ := columnNamed(title)
			if slices.Contains(l.Columns, c) {
				c = Nothing // the first of two with one name counts
			}
			l.Columns = append(l.Columns, c)
		}
		return l.widened(cells)
	}
	l.Head = -1
	l.Columns = byContent(cells, teams)
	return l.widened(cells)
}

// personTitle reports a row with a title that can only be one: «name» is nobody's name.
func personTitle(row []string) bool {
	return slices.ContainsFunc(row, func(t string) bool {
		c, _ := columnNamed(t)
		return slices.Contains([]Column{Name, First, Last, Email}, c)
	})
}

// widened gives every column of the sheet its place.
func (l Layout) widened(cells [][]string) Layout {
	for _, row := range cells {
		for len(l.Columns) < min(len(row), mostColumns) {
			l.Columns = append(l.Columns, Nothing)
		}
	}
	for len(l.Titles) < len(l.Columns) {
		l.Titles = append(l.Titles, "")
	}
	return l
}

// columnNamed finds a column by its title: «E-mail (school)» is the mail address.
func columnNamed(title string) (Column, bool) {
	name, ok := named(words.Columns, fold(title))
	if !ok {
		if before, _, cut := strings.Cut(title, "("); cut {
			name, ok = named(words.Columns, fold(before))
		}
	}
	return Column(name), ok
}

// byContent reads a sheet without names of columns: name, mail address, subject and teams, as
// the example on the page has them, corrected by what is clear from the cells.
func byContent(cells [][]string, teams []school.Team) []Column {
	width := 0
	for _, row := range cells {
		width = max(width, min(len(row), mostColumns))
	}
	out := make([]Column, width)
	index := indexTeams(teams)
	for i := range out {
		all, mails, days, known := 0, 0, 0, 0
		for _, row := range cells {
			if i >= len(row) || row[i] == "" {
				continue
			}
			all++
			if strings.Contains(row[i], "@") {
				mails++
			}
			if ReadDays(row[i]).Sure {
				days++
			}
			if _, left := index.find(append([]string{row[i]}, listed(row[i])...)); len(left) == 0 {
				known++
			}
		}
		switch {
		case all == 0:
		case 2*mails > all && !slices.Contains(out, Email):
			out[i] = Email
		case 2*days > all && !slices.Contains(out, Days):
			out[i] = Days
		case i > 0 && 2*known > all && !slices.Contains(out, Teams):
			out[i] = Teams
		}
	}
	for i, c := range []Column{Name, Email, Subject, Teams, Days, Function} {
		if i < width && out[i] == Nothing && !slices.Contains(out, c) {
			out[i] = c
		}
	}
	return out
}

// With gives columns another meaning, as an admin chose.
func (l Layout) With(chosen map[int]Column) Layout {
	l.Columns = slices.Clone(l.Columns)
	for i, c := range chosen {
		if i < len(l.Columns) && (c == Nothing || slices.Contains(Choosable, c)) {
			l.Columns[i] = c
		}
	}
	return l
}

// Has reports whether one of these columns is there.
func (l Layout) Has(list ...Column) bool {
	return slices.ContainsFunc(list, func(c Column) bool { return slices.Contains(l.Columns, c) })
}
