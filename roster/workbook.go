package roster

import (
	"archive/zip"
	"bytes"
	"strings"

	"github.com/xuri/excelize/v2"

	"leerkring/internal/errs"
	"leerkring/internal/foreign"
)

// readWorkbook reads the first sheet of an XLSX file that has anything in it. Values are read
// as they are kept, not as they are shown: a number stays a number, whatever its format.
func readWorkbook(raw []byte, z *zip.Reader) (Sheet, error) {
	if err := foreign.PlainXML(z); err != nil {
		return Sheet{}, refusal(err)
	}
	// The limit for files on disk is the limit for all: nothing is unpacked to a disk.
	book, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{RawCellValue: true, UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostUnpacked})
	if err != nil {
		return Sheet{}, errs.Invalid("roster.file_damaged").On("file")
	}
	defer book.Close() // it is only read
	for _, name := range book.GetSheetList() {
		s, err := readSheet(book, name)
		if err != nil || len(s.Cells) > 0 {
			return s, err
		}
	}
	return Sheet{}, errs.Invalid("roster.file_empty").On("file")
}

func readSheet(book *excelize.File, name string) (Sheet, error) {
	rows, err := book.Rows(name)
	if err != nil {
		return Sheet{}, errs.Invalid("roster.file_damaged").On("file")
	}
	defer rows.Close() // it is only read
	var cells [][]string
	full := 0
	for rows.Next() {
		columns, err := rows.Columns()
		if err != nil {
			return Sheet{}, errs.Invalid("roster.file_damaged").On("file")
		}
		row := trimmed(columns)
		if len(row) > mostColumns {
			return Sheet{}, errs.Invalid("roster.many_columns", "n", mostColumns).On("file")
		}
		if len(row) > 0 {
			full = len(cells) + 1
		}
		if cells = append(cells, row); full > MaxRows+10 || len(cells) > 5*MaxRows {
			break
		}
	}
	if rows.Error() != nil {
		return Sheet{}, errs.Invalid("roster.file_damaged").On("file")
	}
	if cells = cells[:full]; full == 0 {
		return Sheet{}, nil
	}
	s, err := Sheet{Source: List, Cells: cells}.checked()
	return s, onFile(err)
}

// formulaStarts are the signs with which a spreadsheet begins a formula.
const formulaStarts = "=+-@\t\r"

// Workbook writes a table as an XLSX file in which every cell is text: nothing in it is ever
// computed.
func Workbook(table [][]string) ([]byte, error) {
	book := excelize.NewFile()
	defer book.Close() // nothing of it lies on a disk
	sheet := book.GetSheetName(0)
	w, err := book.NewStreamWriter(sheet)
	if err != nil {
		return nil, err
	}
	for i, row := range table {
		cells := make([]any, len(row))
		for j, c := range row {
			cells[j] = asText(c)
		}
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return nil, err
		}
		if err := w.SetRow(at, cells); err != nil {
			return nil, err
		}
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// computes reports a text that a spreadsheet would take for a formula.
func computes(s string) bool {
	return s != "" && (strings.IndexByte(formulaStarts, s[0]) >= 0 || strings.ContainsRune("＝＋－＠", []rune(s)[0]))
}

// asText puts the text sign before what a spreadsheet would compute, also when the file is
// saved as something else later. Reading takes it away again.
func asText(s string) string {
	if computes(s) {
		return "'" + s
	}
	return s
}
