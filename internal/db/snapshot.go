package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Kind is what a column of ours can hold beside null. The migrations use no other types.
type Kind string

// The kinds of column.
const (
	TextKind Kind = "text"
	IntKind  Kind = "int"
	BoolKind Kind = "bool"
)

// Column is a column of a table, as both engines know it.
type Column struct {
	Name string `json:"name"`
	Kind Kind   `json:"kind"`
}

// Table is a table of ours. Columns stand by name, so that both engines tell the same.
type Table struct {
	Name    string   `json:"name"`
	Columns []Column `json:"columns"`
	key     []string // its primary key
}

// A copy leaves out what belongs to one engine: the list of its steps, and the number of
// a transaction, which is of one server.
const (
	stepsTable  = "goose_db_version"
	notCopied   = "journal.txid"
	sqliteNames = `'sqlite\_%' escape '\'`
)

// Snapshot is everything as it is at one moment, while others go on writing.
type Snapshot struct {
	engine Engine
	conn   *sql.Conn
}

// Snapshot reads everything as it is at one moment. On SQLite the write-ahead log grows
// while f runs, on PostgreSQL old rows stay: neither keeps anybody from writing.
func (d *DB) Snapshot(ctx context.Context, f func(*Snapshot) error) error {
	conn, err := d.read.Conn(ctx)
	if err != nil {
		return classify(err)
	}
	defer func() { _ = conn.Close() }() // goes back to the pool
	begin := `begin`
	if d.engine == Postgres {
		begin = `begin isolation level repeatable read read only`
	}
	if _, err := conn.ExecContext(ctx, begin); err != nil {
		return classify(err)
	}
	defer func() { _, _ = conn.ExecContext(context.WithoutCancel(ctx), `rollback`) }() // it only read
	return f(&Snapshot{d.engine, conn})
}

// Version is the newest step of the schema.
func (s *Snapshot) Version(ctx context.Context) (int64, error) {
	var v int64
	err := s.conn.QueryRowContext(ctx, `select coalesce(max(version_id), 0) from `+stepsTable).Scan(&v)
	return v, classify(err)
}

const catalogText = `/*sqlite: select m.name, c.name, lower(c.type), c.pk from sqlite_master m join pragma_table_info(m.name) c
		where m.type = 'table' and m.name not like ` + sqliteNames + ` order by m.name, c.name */
	/*postgres: select c.table_name, c.column_name, c.data_type, coalesce((select array_position(i.indkey::int2[], a.attnum) + 1 from pg_index i join pg_attribute a on a.attrelid = i.indrelid
		where i.indisprimary and i.indrelid = (quote_ident(c.table_schema) || '.' || quote_ident(c.table_name))::regclass and a.attname = c.column_name), 0)
		from information_schema.columns c join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
		where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' order by c.table_name collate "C", c.column_name collate "C" */`

// Tables are all tables of ours, by name.
func (s *Snapshot) Tables(ctx context.Context) ([]Table, error) {
	rows, err := s.conn.QueryContext(ctx, ForEngine(catalogText, s.engine))
	if err != nil {
		return nil, classify(err)
	}
	defer rows.Close()
	var out []Table
	places := map[string]map[int]string{}
	for rows.Next() {
		var table, column, kind string
		var pk int
		if err := rows.Scan(&table, &column, &kind, &pk); err != nil {
			return nil, classify(err)
		}
		if table == stepsTable || table == half {
			continue
		}
		if len(out) == 0 || out[len(out)-1].Name != table {
			out = append(out, Table{Name: table})
			places[table] = map[int]string{}
		}
		if pk > 0 {
			places[table][pk] = column
		}
		if table+"."+column == notCopied {
			continue
		}
		k, err := kindOf(kind)
		if err != nil {
			return nil, fmt.Errorf("%s.%s: %w", table, column, err)
		}
		t := &out[len(out)-1]
		t.Columns = append(t.Columns, Column{column, k})
	}
	for i := range out {
		for _, p := range slices.Sorted(mapKeys(places[out[i].Name])) {
			out[i].key = append(out[i].key, places[out[i].Name][p])
		}
	}
	return out, classify(rows.Err())
}

func mapKeys(m map[int]string) func(func(int) bool) {
	return func(yield func(int) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func kindOf(declared string) (Kind, error) {
	switch declared {
	case "text":
		return TextKind, nil
	case "integer", "bigint":
		return IntKind, nil
	case "boolean":
		return BoolKind, nil
	}
	return "", fmt.Errorf("a column of type %q cannot be copied", declared)
}

// Count is how many rows a table has.
func (s *Snapshot) Count(ctx context.Context, t Table) (int64, error) {
	var n int64
	err := s.conn.QueryRowContext(ctx, `select count(*) from `+quote(t.Name)).Scan(&n)
	return n, classify(err)
}

// Rows gives every row of a table in the order of its key, the same on both engines: a
// value is nil, a string, an int64 or a bool. The row is only good until visit returns.
func (s *Snapshot) Rows(ctx context.Context, t Table, visit func(row []any) error) error {
	rows, err := s.conn.QueryContext(ctx, `select `+columnList(t)+` from `+quote(t.Name)+` order by `+s.order(t))
	if err != nil {
		return classify(err)
	}
	defer rows.Close()
	row := make([]any, len(t.Columns))
	dest := make([]any, len(row))
	for i := range row {
		dest[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return classify(err)
		}
		for i, c := range t.Columns {
			if row[i], err = c.Kind.plain(row[i]); err != nil {
				return fmt.Errorf("%s.%s: %w", t.Name, c.Name, err)
			}
		}
		if err := visit(row); err != nil {
			return err
		}
	}
	return classify(rows.Err())
}

// order compares text byte by byte on both engines.
func (s *Snapshot) order(t Table) string {
	kinds := map[string]Kind{}
	key := t.key
	for _, c := range t.Columns {
		kinds[c.Name] = c.Kind
		if len(t.key) == 0 {
			key = append(key, c.Name)
		}
	}
	parts := make([]string, len(key))
	for i, name := range key {
		parts[i] = quote(name)
		if s.engine == Postgres && kinds[name] == TextKind {
			parts[i] += ` collate "C"`
		}
	}
	return strings.Join(parts, ", ")
}

// plain turns what a driver gives into one of the four forms.
func (k Kind) plain(v any) (any, error) {
	switch x := v.(type) {
	case nil:
		return nil, nil
	case []byte:
		return k.plain(string(x))
	case string:
		if k == TextKind {
			return x, nil
		}
	case int64:
		switch {
		case k == IntKind:
			return x, nil
		case k == BoolKind && (x == 0 || x == 1):
			return x == 1, nil
		}
	case int32:
		return k.plain(int64(x))
	case bool:
		if k == BoolKind {
			return x, nil
		}
	}
	return nil, fmt.Errorf("a column of kind %s holds a %T", k, v)
}

func columnList(t Table) string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = quote(c.Name)
	}
	return strings.Join(names, ", ")
}

// quote makes a name safe inside SQL; names come from a catalog, or were held against one.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// Bytes is about how much room the database takes.
func (d *DB) Bytes(ctx context.Context) (int64, error) {
	var n int64
	err := d.read.QueryRowContext(ctx, ForEngine(`/*sqlite: select (select page_count from pragma_page_count) * (select page_size from pragma_page_size) */
		/*postgres: select pg_database_size(current_database()) */`, d.engine)).Scan(&n)
	return n, classify(err)
}

// ErrNotEmpty tells that there is something in the database already.
var ErrNotEmpty = errors.New("there is something in that database already")
