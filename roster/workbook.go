package roster

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"

	"github.com/xuri/excelize/v2"

	"leerkring/internal/errs"
	"leerkring/internal/foreign"
)

// readWorkbook reads the first sheet of an XLSX file that has anything in it.
func readWorkbook(raw []byte, z *zip.Reader) (Sheet, error) {
	if err := foreign.PlainXML(z); err != nil {
		return Sheet{}, refusal(err)
	}
	var cells [][]string
	err := foreign.Workbook(raw, foreign.Sheets{Rows: MaxRows + 10, Columns: mostColumns, Unpacked: mostUnpacked, Clean: clean}, func(rows [][]string) bool {
		cells = rows
		return len(rows) == 0
	})
	switch {
	case errors.Is(err, foreign.ErrWide):
		return Sheet{}, errs.Invalid("roster.many_columns", "n", mostColumns).On("file")
	case err != nil:
		return Sheet{}, refusal(err)
	case len(cells) == 0:
		return Sheet{}, errs.Invalid("roster.file_empty").On("file")
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
