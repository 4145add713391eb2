package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"leerkring/account"
	"leerkring/backup"
	"leerkring/instance"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/migrations"
)

// saved is a school year as an older version would have left it: the tables of so many
// steps, filled with what is in another database and fits in them.
type saved struct {
	t       *testing.T
	tables  map[string][]string // its columns, as they were at that step
	address string
}

// steps are the first n steps of the schema.
func steps(t *testing.T, n int) (fs.FS, string) {
	t.Helper()
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	some := fstest.MapFS{}
	for _, name := range names[:n] {
		raw, err := fs.ReadFile(migrations.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		some[name] = &fstest.MapFile{Data: raw}
	}
	return some, strings.TrimSuffix(names[n-1], ".sql")
}

func save(t *testing.T, from *db.DB, n int) *saved {
	t.Helper()
	s := &saved{t: t, tables: map[string][]string{}, address: dbtest.Empty(t, from.Engine())}
	d, err := db.Open(t.Context(), s.address)
	ok(t, err)
	defer func() { ok(t, d.Close()) }()
	some, _ := steps(t, n)
	ok(t, d.Migrate(t.Context(), some))
	for _, c := range columnsOf(t, d) {
		if c.Table != "goose_db_version" && c.Column != "txid" {
			s.tables[c.Table] = append(s.tables[c.Table], c.Column)
		}
	}
	ok(t, d.Write(t.Context(), func(tx *db.Tx) error {
		if _, err := db.Exec(t.Context(), tx, `/*sqlite: pragma defer_foreign_keys = 1 *//*postgres: set local session_replication_role = replica */`); err != nil {
			return err
		}
		for table, columns := range s.tables {
			list := strings.Join(columns, ", ")
			rows := s.rows(from, table)
			if _, err := db.Exec(t.Context(), tx, `delete from `+table); err != nil { // what the step itself puts in
				return err
			}
			if _, err := db.Exec(t.Context(), tx, `insert into `+table+` (`+list+`)
				/*sqlite: select `+values(columns)+` from json_each($1) */
				/*postgres: overriding system value select `+list+` from json_populate_recordset(null::`+table+`, $1::json) */`, rows); err != nil {
				return fmt.Errorf("%s: %w", table, err)
			}
		}
		_, err := db.Exec(t.Context(), tx, `select 1 /*postgres: , setval(pg_get_serial_sequence('journal', 'seq'), (select coalesce(max(seq), 1) from journal)) */`)
		return err
	}))
	return s
}

func values(columns []string) string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = `json_extract(value, '$.` + c + `')`
	}
	return strings.Join(out, ", ")
}

// rows are all rows of a table in the columns of then, as one text of JSON.
func (s *saved) rows(d *db.DB, table string) string {
	s.t.Helper()
	pairs := make([]string, 0, 2*len(s.tables[table]))
	for _, c := range s.tables[table] {
		pairs = append(pairs, `'`+c+`', `+c)
	}
	list, err := db.All(s.t.Context(), d, `select /*sqlite: json_object *//*postgres: json_build_object */(`+strings.Join(pairs, ", ")+`) /*postgres: ::text */ from `+table, db.Str)
	ok(s.t, err)
	slices.Sort(list)
	return "[" + strings.Join(list, ",\n") + "]"
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestProofR8_EverySavedDatabaseComesAlong: for each step of the schema, a database that
// stopped there is opened by the program of today. Nothing in it is lost or changed, people
// come in, their pages open, and they can go on.
func TestProofR8_EverySavedDatabaseComesAlong(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, full *db.DB) {
		address := "sqlite:" + dbtest.SQLiteFile(t)
		if full.Engine() == db.Postgres {
			address = dbtest.PostgresURL(t)
		}
		quiet := slog.New(slog.DiscardHandler)
		teller, err := build(t.Context(), settings{Database: address, Data: t.TempDir(), BaseURL: "http://localhost", Demo: true, Log: quiet, LogKey: []byte("k")})
		ok(t, err)
		_, err = teller.demoActs().Make(t.Context(), true, &bytes.Buffer{})
		ok(t, closing2(teller, err))
		from, err := db.Open(t.Context(), address)
		ok(t, err)
		defer func() { ok(t, from.Close()) }()
		names, err := fs.Glob(migrations.Files, "*.sql")
		ok(t, err)
		for n := 1; n <= len(names); n++ {
			_, name := steps(t, n)
			t.Run(name, func(t *testing.T) { comesAlong(t, save(t, from, n)) })
		}
	})
}

func comesAlong(t *testing.T, s *saved) {
	before := map[string]string{}
	d, err := db.Open(t.Context(), s.address)
	ok(t, err)
	for table := range s.tables {
		before[table] = s.rows(d, table)
	}
	ok(t, d.Close())

	h, err := build(t.Context(), settings{Database: s.address, Data: t.TempDir(), BaseURL: "http://localhost", Log: slog.New(slog.DiscardHandler), LogKey: []byte("k")})
	ok(t, err)
	defer func() { h.hub.Close(); ok(t, h.db.Close()) }()
	for _, table := range slices.Sorted(maps.Keys(before)) {
		after := s.rows(h.db, table)
		if table == "backup" && strings.Count(after, string(backup.Upgrade)) == strings.Count(before[table], string(backup.Upgrade))+1 {
			continue // the copy that is made before an upgrade is noted there
		}
		if after != before[table] {
			t.Errorf("%s is not what it was: %d bytes, then %d", table, len(before[table]), len(after))
		}
	}
	if people := s.tables["person"]; len(people) == 0 {
		return // before there were people
	}
	if strings.Count(before["person"], "\n") < 50 {
		t.Fatalf("the saved database is all but empty")
	}
	who, err := db.One(t.Context(), h.db, `select min(r.person_id) from role r join person p on p.id = r.person_id where r.kind = 'leader' and p.state = 'active'`, db.Str)
	ok(t, err)
	link, err := h.accounts.LinkFor(t.Context(), who)
	ok(t, err)
	in, err := h.accounts.SpendLink(t.Context(), link[strings.LastIndexByte(link, '/')+1:], account.Browser{Device: account.Own, Name: "Firefox"})
	ok(t, err)
	ask := func(method, path, form string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(form))
		r.AddCookie(&http.Cookie{Name: "leerkring", Value: in.Secret})
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", "http://localhost")
		w := httptest.NewRecorder()
		h.handler.ServeHTTP(w, r)
		return w
	}
	pages := []string{"/week", "/trajectories", "/people", "/school", "/account"}
	if len(s.tables["trajectory"]) > 0 {
		ids, err := db.All(t.Context(), h.db, `select id from trajectory where open and state = 'active' order by id`, db.Str)
		ok(t, err)
		if len(ids) < 3 {
			t.Fatalf("%d trajectories", len(ids))
		}
		for _, id := range ids {
			for _, part := range []string{"", "/plan", "/evidence", "/explore", "/meetings", "/monitor", "/agreement", "/decisions", "/conditions", "/people", "/history"} {
				if _, known := routes["GET /trajectories/{id}"+part]; known {
					pages = append(pages, "/trajectories/"+id+part)
				}
			}
		}
	}
	for _, page := range pages {
		if got := ask(http.MethodGet, page, ""); got.Code != http.StatusOK {
			t.Errorf("%s: %d", page, got.Code)
		}
	}
	begun := ask(http.MethodPost, "/trajectories", url.Values{"method": {"kleine-ronde"}, "title": {"Na de nieuwe versie"}, "question": {"Gaat het verder?"}}.Encode())
	if begun.Code != http.StatusSeeOther {
		t.Errorf("beginning something: %d", begun.Code)
	}
	if bad, err := db.All(t.Context(), h.db, `/*sqlite: select "table" from pragma_foreign_key_check *//*postgres: select 'x' where false */`, db.Str); err != nil || len(bad) > 0 {
		t.Errorf("loose ends: %v %v", bad, err)
	}
}

// routes are the pages that exist, so that a page which moves does not go untested in silence.
var routes = func() map[string]bool {
	out := map[string]bool{}
	for _, r := range pages() {
		out[r.Method+" "+r.Pattern] = true
	}
	return out
}()

// TestProofR8_AnOlderProgramRefusesANewerDatabase: exit 1, one clear line, nothing changed.
func TestProofR8_AnOlderProgramRefusesANewerDatabase(t *testing.T) {
	t.Parallel()
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			data := t.TempDir()
			address := "sqlite:" + instance.File(data)
			if engine == db.Postgres {
				address = dbtest.Empty(t, engine)
			}
			d, err := db.Open(t.Context(), address)
			ok(t, err)
			later, _ := steps(t, 1)
			later.(fstest.MapFS)["9999_later.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\ncreate table later (id text);\ninsert into later values ('from later');\n")}
			ok(t, d.Migrate(t.Context(), later))
			ok(t, d.Close())
			keys := filepath.Join(t.TempDir(), "keys")
			for _, args := range [][]string{
				{"serve", "--addr", "127.0.0.1:0", "--data", data, "--keys", keys, "--base-url", "http://localhost:1"},
				{"admin", "create", "--email", "a@b.example", "--name", "A", "--data", data, "--keys", keys},
			} {
				if engine == db.Postgres {
					args = append(args, "--database", address)
				}
				var out, errOut bytes.Buffer
				code := Main(t.Context(), args, nil, &out, &errOut)
				line := errOut.String()
				if code != exitRefused || strings.Count(line, "\n") != 1 || !strings.HasPrefix(line, "leerkring: ") || !strings.Contains(line, "newer version of Leerkring (9999, this is ") || out.Len() > 0 {
					t.Errorf("%v: exit %d, %q, %q", args[:2], code, out.String(), line)
				}
			}
			d, err = db.Open(t.Context(), address)
			ok(t, err)
			tables := map[string]bool{}
			for _, c := range columnsOf(t, d) {
				tables[c.Table] = true
			}
			if kept, err := db.One(t.Context(), d, `select id from later`, db.Str); err != nil || kept != "from later" || tables["board"] {
				t.Errorf("something was changed: %q %v %v", kept, err, tables)
			}
			ok(t, d.Close())
		})
	}
}
