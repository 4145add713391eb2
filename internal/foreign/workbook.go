package foreign

import (
	"bytes"
	"errors"
	"io"

	"github.com/xuri/excelize/v2"
)

// ErrWide is a sheet with more columns than a room wants.
var ErrWide = errors.New("foreign: the sheet has too many columns")

// Sheets are how much of a workbook a room wants.
type Sheets struct {
	Rows     int // of one sheet, from the first one on; one more is read, so that it shows
	Columns  int
	Unpacked int64
	Clean    func(cell string) string // a cell as the room keeps it
}

// Workbook reads the sheets of an XLSX file, in their order, until keep wants no more. Empty
// rows at the end, and empty cells at the end of a row, are left out. Values are read as they
// are kept, not as they are shown: a number stays a number, whatever its format, and of a
// formula only what was computed is read. The file went through Open and PlainXML.
func Workbook(raw []byte, s Sheets, keep func(rows [][]string) (more bool)) error {
	// The limit for files on disk is the limit for all: nothing is unpacked to a disk.
	book, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{RawCellValue: true, UnzipSizeLimit: s.Unpacked, UnzipXMLSizeLimit: s.Unpacked})
	if err != nil {
		return ErrDamaged
	}
	defer closed(book)
	for _, name := range book.GetSheetList() {
		rows, err := s.read(book, name)
		if err != nil {
			return err
		}
		if !keep(rows) {
			break
		}
	}
	return nil
}

// closed ends what was only read: there is nothing to lose.
func closed(c io.Closer) { _ = c.Close() }

func (s Sheets) read(book *excelize.File, name string) ([][]string, error) {
	rows, err := book.Rows(name)
	if err != nil {
		return nil, ErrDamaged
	}
	defer closed(rows)
	var cells [][]string
	full := 0
	for rows.Next() {
		columns, err := rows.Columns()
		if err != nil {
			return nil, ErrDamaged
		}
		row := s.trimmed(columns)
		if len(row) > s.Columns {
			return nil, ErrWide
		}
		if len(row) > 0 {
			full = len(cells) + 1
		}
		if cells = append(cells, row); full > s.Rows || len(cells) > 5*s.Rows {
			break
		}
	}
	if rows.Error() != nil {
		return nil, ErrDamaged
	}
	return cells[:full], nil
}

func (s Sheets) trimmed(cells []string) []string {
	out := make([]string, len(cells))
	last := 0
	for i, c := range cells {
		if out[i] = s.Clean(c); out[i] != "" {
			last = i + 1
		}
	}
	return out[:last]
}
