package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"leerkring/internal/db"
	"leerkring/internal/dbtest"
)

// TestProofC1_CommandsOnARealSchool: a demo, which lets everybody in, is not made where a
// school lives, nor for others than this machine; nothing takes a school out.
func TestProofC1_CommandsOnARealSchool(t *testing.T) {
	t.Parallel()
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			data, keys := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "keys")
			address, where := "sqlite:"+filepath.Join(data, "leerkring.db"), []string{"--data", data}
			if engine == db.Postgres {
				address = dbtest.Empty(t, engine)
				where = append(where, "--database", address)
			}
			run := func(args ...string) (code int, out, line string) {
				var o, e bytes.Buffer
				code = Main(t.Context(), args, nil, &o, &e)
				return code, o.String(), e.String()
			}
			code, link, said := run(append([]string{"admin", "create", "--email", "ada@school.example", "--name", "Ada Vos", "--keys", keys}, where...)...)
			if code != 0 || !strings.Contains(link, "/sign-in/link/") {
				t.Fatalf("%d %q %q", code, link, said)
			}
			before := rowsOf(t, address)
			demo := append([]string{"demo", "--addr", "127.0.0.1:0"}, where...)
			if engine == db.Postgres { // a directory of its own, and somebody else's database
				demo = []string{"demo", "--addr", "127.0.0.1:0", "--data", t.TempDir(), "--database", address}
			}
			for name, x := range map[string]struct {
				args []string
				exit int
				says string
			}{
				"a demo in the house of a school":    {demo, exitRefused, ""},
				"a demo for everybody":               {[]string{"demo", "--addr", "0.0.0.0:0", "--data", t.TempDir()}, exitUsage, "this machine only"},
				"a demo for the neighbours":          {[]string{"demo", "--addr", ":0", "--data", t.TempDir()}, exitUsage, "this machine only"},
				"taking out a school":                {append([]string{"export", "--school", "x"}, where...), exitUsage, ""},
				"a token for somebody who is not":    {append([]string{"token", "create", "--email", "nobody@school.example", "--keys", keys}, where...), exitRefused, "nobody has that mail address"},
				"a token that opens what is private": {append([]string{"token", "create", "--email", "ada@school.example", "--private", "--keys", keys}, where...), exitUsage, ""},
			} {
				code, out, line := run(x.args...)
				last := line[strings.LastIndex(strings.TrimSpace(line), "\n")+1:]
				if code != x.exit || !strings.HasPrefix(last, "leerkring: ") || !strings.Contains(line, x.says) || strings.Contains(out, "lk_") || strings.Contains(line, "goroutine") {
					t.Errorf("%s: exit %d, %q, %q", name, code, out, line)
				}
			}
			if after := rowsOf(t, address); after != before {
				t.Errorf("something changed:\n%s\n%s", before, after)
			}
		})
	}
}

// rowsOf tells how much stands in the tables of people.
func rowsOf(t *testing.T, address string) string {
	t.Helper()
	d, err := db.Open(t.Context(), address)
	ok(t, err)
	defer func() { ok(t, d.Close()) }()
	n, err := db.One(t.Context(), d, `select (select count(*) from board) || ' boards, ' || (select count(*) from person) || ' people, ' || (select count(*) from api_token) || ' tokens, ' ||
		(select count(*) from sign_in) || ' sign-ins, ' || (select count(*) from journal) || ' acts'`, db.Str)
	ok(t, err)
	return n
}
