package roster

import (
	"strings"

	"leerkring/internal/errs"
)

// Source is where rows come from. What one source said of a person is compared with what the
// same source says later, and with no other.
type Source string

// The sources.
const (
	List      Source = "list"      // pasted, or a file of a spreadsheet
	OneRoster Source = "oneroster" // files of the school's administration
)

// Limits of what is read.
const (
	MaxRows     = 10_000
	MaxText     = 900_000 // characters of a list: all of a form stays under a megabyte
	mostColumns = 100
	mostCell    = 2_000 // bytes of a cell
)

// Sheet is a table of words, as a paste or a file holds it.
type Sheet struct {
	Source  Source
	Cells   [][]string // by row, as many as the file has; empty rows are there
	LeftOut LeftOut
}

// LeftOut counts whom a OneRoster file names and who never comes in.
type LeftOut struct{ Pupils, Parents, Others int }

// first is how the table of OneRoster begins when it is shown as text: by it the text is
// known again.
const first = "sourcedId"

// Text is the sheet as lines with tabs: what stands in the box of the page, and what the
// command line sends to a running server.
func (s Sheet) Text() string {
	var b strings.Builder
	for _, row := range s.Cells {
		for i, c := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(oneLine(c))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// oneLine makes a cell fit between tabs.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// ReadText reads a list as it is typed or pasted: with tabs from a spreadsheet, or with
// semicolons or commas.
func ReadText(text string) (Sheet, error) {
	if len(text) > 4*MaxText {
		return Sheet{}, errs.Invalid("roster.file_large").On("people")
	}
	if tooWide(text) {
		return Sheet{}, errs.Invalid("roster.many_columns", "n", mostColumns).On("people")
	}
	s := Sheet{Source: List, Cells: parseDelimited(text)}
	return s.checked()
}

// checked refuses a sheet that is empty or too large, and finds out where it came from.
func (s Sheet) checked() (Sheet, error) {
	n := 0
	for i, row := range s.Cells {
		if len(row) > mostColumns {
			return Sheet{}, errs.Invalid("roster.many_columns", "n", mostColumns).On("people")
		}
		if blank(row) {
			continue
		}
		if n++; n == 1 && row[0] == first {
			s.Source = OneRoster
		}
		for j, c := range row {
			if len(c) > mostCell {
				s.Cells[i][j] = strings.ToValidUTF8(c[:mostCell], "")
			}
		}
	}
	switch {
	case n == 0:
		return Sheet{}, errs.Invalid("roster.empty").On("people")
	case n > MaxRows+1:
		return Sheet{}, errs.Invalid("roster.long", "n", MaxRows).On("people")
	}
	return s, nil
}

func blank(row []string) bool {
	for _, c := range row {
		if c != "" {
			return false
		}
	}
	return true
}
