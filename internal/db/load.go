package db

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// half marks a PostgreSQL in which a copy is being loaded: while it is there, what else is
// there is half.
const half = "leerkring_restoring"

// Clear makes a database ready to be loaded into. It refuses one in which something is,
// unless that is what a broken off Load left behind.
func (d *DB) Clear(ctx context.Context) error {
	tables, err := d.names(ctx)
	if err != nil || len(tables) == 0 {
		return err
	}
	if !slices.Contains(tables, half) {
		return ErrNotEmpty
	}
	return d.dropAll(ctx, tables)
}

// Half reports whether a Load into this database was broken off.
func (d *DB) Half(ctx context.Context) (bool, error) {
	tables, err := d.names(ctx)
	return slices.Contains(tables, half), err
}

func (d *DB) names(ctx context.Context) ([]string, error) {
	rows, err := d.write.QueryContext(ctx, ForEngine(`/*sqlite: select name from sqlite_master where type = 'table' and name not like `+sqliteNames+` */
		/*postgres: select table_name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE' */`, d.engine))
	if err != nil {
		return nil, classify(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, classify(err)
		}
		out = append(out, name)
	}
	return out, classify(rows.Err())
}

func (d *DB) dropAll(ctx context.Context, tables []string) error {
	if d.engine == SQLite {
		return ErrNotEmpty // its file is thrown away instead
	}
	quoted := make([]string, len(tables))
	for i, t := range tables {
		quoted[i] = quote(t)
	}
	_, err := d.write.ExecContext(ctx, `drop table `+strings.Join(quoted, ", ")+` cascade`)
	return classify(err)
}

// Load fills an empty database of this engine with a copy that was made at a step of the
// schema: first the steps up to there, then what f inserts, all of it or nothing, with
// every reference checked at the end. Bring it up to date with Migrate, and say with
// Loaded that it is whole. It comes before the first Write.
func (d *DB) Load(ctx context.Context, steps fs.FS, version int64, f func(*Loader) error) error {
	if d.engine == Postgres {
		if _, err := d.write.ExecContext(ctx, `create table `+half+` (at text)`); err != nil {
			return classify(err)
		}
	}
	if err := d.migrateTo(ctx, steps, version); err != nil {
		return err
	}
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return classify(err)
	}
	defer func() { _ = conn.Close() }() // goes back to the pool
	l := &Loader{Snapshot: Snapshot{d.engine, conn}}
	if d.engine == SQLite {
		if err := l.exec(ctx, `pragma foreign_keys = 0`); err != nil {
			return err
		}
		defer func() { _, _ = conn.ExecContext(context.WithoutCancel(ctx), `pragma foreign_keys = 1`) }() // the next act needs it; the file is thrown away when it fails
	}
	if err := l.exec(ctx, `begin`); err != nil {
		return err
	}
	if err := l.fill(ctx, f); err != nil {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), `rollback`) // the first error is the one to tell
		return err
	}
	return l.exec(ctx, `commit`)
}

// Loaded says that a loaded database is whole and may be used.
func (d *DB) Loaded(ctx context.Context) error {
	if d.engine == SQLite {
		return nil
	}
	_, err := d.write.ExecContext(ctx, `drop table if exists `+half)
	return classify(err)
}

// Forget takes away what a Load put into an empty database. A SQLite file is thrown away
// by who made it.
func (d *DB) Forget(ctx context.Context) error {
	if d.engine == SQLite {
		return nil
	}
	return d.Clear(ctx)
}

// Loader puts rows into a database that is being loaded.
type Loader struct {
	Snapshot
	text   string
	insert *sql.Stmt
}

func (l *Loader) exec(ctx context.Context, text string) error {
	_, err := l.conn.ExecContext(ctx, text)
	return classify(err)
}

func (l *Loader) fill(ctx context.Context, f func(*Loader) error) error {
	links, err := l.unlink(ctx)
	if err != nil {
		return err
	}
	tables, err := l.Tables(ctx)
	if err != nil {
		return err
	}
	for _, t := range tables { // what the steps themselves put in
		if err := l.exec(ctx, `delete from `+quote(t.Name)); err != nil {
			return err
		}
	}
	if err := f(l); err != nil {
		return err
	}
	if l.insert != nil {
		_ = l.insert.Close() // everything is in
	}
	return l.link(ctx, links)
}

// unlink takes the references of a PostgreSQL away: they are made, and so checked, when
// everything is in. On SQLite they are off.
func (l *Loader) unlink(ctx context.Context) ([]string, error) {
	if l.engine == SQLite {
		return nil, nil
	}
	rows, err := l.conn.QueryContext(ctx, `select conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) from pg_constraint
		where contype = 'f' and connamespace = current_schema()::regnamespace order by 1, 2`)
	if err != nil {
		return nil, classify(err)
	}
	defer rows.Close()
	var drop, again []string
	for rows.Next() {
		var table, name, def string
		if err := rows.Scan(&table, &name, &def); err != nil {
			return nil, classify(err)
		}
		drop = append(drop, `alter table `+table+` drop constraint `+name)
		again = append(again, `alter table `+table+` add constraint `+name+` `+def)
	}
	if err := rows.Err(); err != nil {
		return nil, classify(err)
	}
	for _, text := range drop {
		if err := l.exec(ctx, text); err != nil {
			return nil, err
		}
	}
	return again, nil
}

func (l *Loader) link(ctx context.Context, links []string) error {
	if l.engine == Postgres {
		for _, text := range links {
			if err := l.exec(ctx, text); err != nil {
				return err
			}
		}
		return l.exec(ctx, `select setval(pg_get_serial_sequence('journal', 'seq'), (select coalesce(max(seq), 1) from journal), (select count(*) > 0 from journal))`)
	}
	var table string
	switch err := l.conn.QueryRowContext(ctx, `select "table" from pragma_foreign_key_check limit 1`).Scan(&table); err {
	case sql.ErrNoRows:
		return nil
	case nil:
		return fmt.Errorf("a row of %s points at something that is not there", table)
	default:
		return classify(err)
	}
}

// Insert puts rows into a table. Values are as Rows gives them.
func (l *Loader) Insert(ctx context.Context, t Table, rows [][]any) error {
	if l.engine == Postgres {
		return l.copyIn(ctx, t, rows)
	}
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(t.Columns)), ", ")
	text := `insert into ` + quote(t.Name) + ` (` + columnList(t) + `) values (` + marks + `)`
	if l.text != text {
		if l.insert != nil {
			_ = l.insert.Close() // of the table before
		}
		st, err := l.conn.PrepareContext(ctx, text)
		if err != nil {
			return classify(err)
		}
		l.text, l.insert = text, st
	}
	for _, row := range rows {
		if _, err := l.insert.ExecContext(ctx, row...); err != nil {
			return classify(err)
		}
	}
	return nil
}

func (l *Loader) copyIn(ctx context.Context, t Table, rows [][]any) error {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return classify(l.conn.Raw(func(c any) error {
		_, err := c.(*stdlib.Conn).Conn().CopyFrom(ctx, pgx.Identifier{t.Name}, names, pgx.CopyFromRows(rows))
		return err
	}))
}
