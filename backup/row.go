package backup

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"leerkring/internal/db"
)

// encode writes a row as one line of JSON. It is always the same line for the same row:
// the hash of a table is that of its lines.
func encode(b *bytes.Buffer, row []any) error {
	for i, v := range row {
		if s, ok := v.(string); ok && !utf8.ValidString(s) { // JSON would change it
			row[i] = map[string]string{"b64": base64.StdEncoding.EncodeToString([]byte(s))}
		}
	}
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	return e.Encode(row)
}

// decode reads such a line as a row of a table.
func decode(line []byte, t db.Table) ([]any, error) {
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	var row []any
	if err := d.Decode(&row); err != nil || len(row) != len(t.Columns) || d.More() {
		return nil, fmt.Errorf("a row of %s cannot be read", t.Name)
	}
	for i, c := range t.Columns {
		v, ok := value(row[i], c.Kind)
		if !ok {
			return nil, fmt.Errorf("a row of %s has something else in %s", t.Name, c.Name)
		}
		row[i] = v
	}
	return row, nil
}

func value(v any, kind db.Kind) (any, bool) {
	switch x := v.(type) {
	case nil:
		return nil, true
	case string:
		return x, kind == db.TextKind
	case bool:
		return x, kind == db.BoolKind
	case json.Number:
		n, err := x.Int64()
		return n, err == nil && kind == db.IntKind
	case map[string]any:
		s, ok := x["b64"].(string)
		raw, err := base64.StdEncoding.DecodeString(s)
		return string(raw), ok && err == nil && len(x) == 1 && kind == db.TextKind
	}
	return nil, false
}
