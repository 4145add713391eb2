package leaving

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"leerkring/internal/db"
)

// pageRows is how many rows are in memory at the same time.
const pageRows = 200

// row is one row of a part, in the order of its columns.
type row []any

func (x part) fields(r *row) []any {
	*r = make(row, len(x.columns))
	to := make([]any, len(x.columns))
	for i := range to {
		to[i] = &(*r)[i]
	}
	return to
}

// each reads the rows of a part about one person, a page at a time.
func (x part) each(ctx context.Context, q db.Queryer, personID string, visit func(row) error) error {
	for at := 0; ; at += pageRows {
		rows, err := db.All(ctx, q, x.query(), x.fields, personID, pageRows, at)
		if err != nil {
			return fmt.Errorf("read %s: %w", x.File(), err)
		}
		for _, r := range rows {
			for i := range r {
				r[i] = plain(r[i])
			}
			if err := visit(r); err != nil {
				return err
			}
		}
		if len(rows) < pageRows {
			return nil
		}
	}
}

// plain is a value as both engines would give it.
func plain(v any) any {
	if b, ok := v.([]byte); ok {
		return string(b)
	}
	return v
}

var id = regexp.MustCompile(`[0-9a-z]{26}`)

// hide puts a word in the place of ids of people: who they are is theirs.
func (m *maker) hide(v any) any {
	s, ok := v.(string)
	if !ok || len(s) < 26 {
		return v
	}
	return id.ReplaceAllStringFunc(s, func(found string) string {
		switch {
		case found == m.personID:
			return "self"
		case m.others[found]:
			return "other"
		}
		return found
	})
}

// cell is a value as a spreadsheet may have it: always text, never a formula.
func cell(v any) string {
	if v == nil {
		return ""
	}
	s := strings.ReplaceAll(fmt.Sprint(v), "\x00", "")
	if t := strings.TrimLeft(s, " \u00a0\u200b\ufeff"); t != "" && strings.ContainsRune("=+-@\t\r\n|%＝＋－＠", []rune(t)[0]) {
		return "'" + s
	}
	return s
}

// object writes a row as JSON, in the order of the columns.
func (x part) object(r row) ([]byte, error) {
	var b strings.Builder
	b.WriteByte('{')
	for i, c := range x.columns {
		if i > 0 {
			b.WriteByte(',')
		}
		v, err := json.Marshal(r[i])
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", x.File(), err)
		}
		b.WriteString(`"` + c + `":`)
		b.Write(v)
	}
	b.WriteByte('}')
	return []byte(b.String()), nil
}
