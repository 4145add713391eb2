package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/mail"
)

// shell is a school as the command line sees it.
type shell struct {
	t       *testing.T
	address string
	where   []string
}

func (s *shell) run(args ...string) (code int, out, line string) {
	s.t.Helper()
	var o, e bytes.Buffer
	code = Main(s.t.Context(), append(args, s.where...), nil, &o, &e)
	return code, o.String(), e.String()
}

func (s *shell) count(sql string) int {
	s.t.Helper()
	d, err := db.Open(s.t.Context(), s.address)
	ok(s.t, err)
	defer func() { ok(s.t, d.Close()) }()
	n, err := db.One(s.t.Context(), d, sql, db.Int)
	ok(s.t, err)
	return n
}

// letters are the letters to an address, as they wait.
func (s *shell) letters(email string) (out []mail.Own) {
	s.t.Helper()
	d, err := db.Open(s.t.Context(), s.address)
	ok(s.t, err)
	defer func() { ok(s.t, d.Close()) }()
	who, err := db.One(s.t.Context(), d, `select id || ' ' || board_id from person where email = $1`, db.Str, email)
	ok(s.t, err)
	id, board, _ := strings.Cut(who, " ")
	out, err = mail.Of(s.t.Context(), d, board, id, 10)
	ok(s.t, err)
	return out
}

func inShell(t *testing.T, f func(t *testing.T, s *shell, data string)) {
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			data, keys := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "keys")
			s := &shell{t, "sqlite:" + filepath.Join(data, "leerkring.db"), []string{"--data", data, "--keys", keys}}
			if engine == db.Postgres {
				s.address = dbtest.Empty(t, engine)
				s.where = append(s.where, "--database", s.address)
			}
			if code, _, line := s.run("admin", "create", "--email", "ada@baken.example", "--name", "Ada Vos", "--school", "Het Baken"); code != 0 {
				t.Fatal(line)
			}
			f(t, s, data)
		})
	}
}

// files writes a directory of OneRoster files with these users.
func files(t *testing.T, users ...string) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) { ok(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600)) }
	write("orgs.csv", "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\no1,,,Het Baken,school,,\n")
	write("users.csv", "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email\n"+strings.Join(users, "\n")+"\n")
	return dir
}

const (
	bo  = "u1,,,true,o1,teacher,bo,,Bo,Berg,,,bo@baken.example"
	cas = "u2,,,true,o1,administrator,cas,,Cas,Bos,,,cas@baken.example"
	jan = "u3,,,true,o1,student,jan,,Jan,Jansen,,,jan@baken.example"
)

// TestProofF_RosterCommand: the command looks first, does all of it when asked, and a second time nothing; it
// gives no right, and says everything in clean lines.
func TestProofF_RosterCommand(t *testing.T) {
	t.Parallel()
	inShell(t, func(t *testing.T, s *shell, _ string) {
		dir := files(t, bo, cas, jan, "u4,,,true,o1,teacher,x,,\"Dirk \x1b[31m\",\"Rood\nBcc: x@y.example\",,,dirk@baken.example", "u5,,,true,o1,aide,x,,Eva,Vos,,,")
		before := s.count(`select count(*) from person`)
		code, out, line := s.run("import", "roster", dir)
		for _, part := range []string{"Het Baken: 2 unclear or refused, 0 changed, 0 leaving, 2 new, 0 the same", "left out: 1 pupils", "new; line 2; Bo Berg; bo@baken.example", "stays a word here", "There is no mail address", "characters that cannot be seen", "Nothing has changed."} {
			if !strings.Contains(out, part) {
				t.Errorf("no %q in\n%s", part, out)
			}
		}
		if code != 0 || line != "" || strings.ContainsAny(out, "\x1b\r") || strings.Contains(out, "Jansen") || s.count(`select count(*) from person`) != before {
			t.Errorf("exit %d, %q, %q", code, out, line)
		}
		code, out, line = s.run("import", "roster", dir, "--apply", "--invite")
		if code != 0 || !strings.HasSuffix(strings.TrimSpace(out), "Done: 2 new, 0 changed, 0 came back, 0 left, 2 wait.") {
			t.Fatalf("exit %d, %s, %s", code, out, line)
		}
		if n := s.count(`select count(*) from role`); n != 1 {
			t.Errorf("%d roles: a file gave a right", n)
		}
		letters := s.letters("bo@baken.example")
		if len(letters) != 1 || !strings.Contains(letters[0].Text, "Je krijgt dit omdat je op Het Baken werkt.") || letters[0].Address != "bo@baken.example" {
			t.Errorf("%+v", letters)
		}
		acts := s.count(`select count(*) from journal`)
		if code, out, _ = s.run("import", "roster", dir, "--apply", "--invite"); code != 0 || !strings.Contains(out, "Done: 0 new, 0 changed, 0 came back, 0 left, 2 wait.") || s.count(`select count(*) from journal`) != acts {
			t.Errorf("a second time: %d %s", code, out)
		}
		less := files(t, cas)
		if _, out, _ = s.run("import", "roster", less, "--apply"); !strings.Contains(out, "leaving; Bo Berg; bo@baken.example; stays, unless --leave names the address") || !strings.Contains(out, "0 left") {
			t.Errorf("%s", out)
		}
		if _, out, _ = s.run("import", "roster", less, "--apply", "--leave", "BO@baken.example", "--leave", "ada@baken.example"); !strings.Contains(out, "1 left") || s.count(`select count(*) from person where state = 'suspended'`) != 1 {
			t.Errorf("%s", out)
		}
		if _, out, _ = s.run("import", "roster", files(t, bo, cas), "--apply"); !strings.Contains(out, "1 came back") {
			t.Errorf("%s", out)
		}
	})
}

// TestProofF_RosterCommandRefuses: what cannot be read is one line, and exit 1; wrong usage is 2.
func TestProofF_RosterCommandRefuses(t *testing.T) {
	t.Parallel()
	inShell(t, func(t *testing.T, s *shell, _ string) {
		outside := filepath.Join(t.TempDir(), "users.csv")
		ok(t, os.WriteFile(outside, []byte("sourcedId,role,givenName,familyName,email\nu9,teacher,Van,Buiten,buiten@x.example\n"), 0o600))
		linked := t.TempDir()
		ok(t, os.Symlink(outside, filepath.Join(linked, "users.csv")))
		for name, x := range map[string]struct {
			args []string
			exit int
			says string
		}{
			"no directory":       {nil, exitUsage, ""},
			"nothing there":      {[]string{filepath.Join(t.TempDir(), "nee")}, exitRefused, "cannot be read"},
			"an empty directory": {[]string{t.TempDir()}, exitRefused, "must hold users.csv"},
			"a link out of it":   {[]string{linked}, exitRefused, ""},
			"no people":          {[]string{files(t, jan)}, exitRefused, "Paste a list first"},
			"no such school":     {[]string{files(t, bo), "--school", "Elders"}, exitRefused, "no school has that name"},
			"an unknown flag":    {[]string{files(t, bo), "--role", "admin"}, exitUsage, ""},
		} {
			code, out, line := s.run(append([]string{"import", "roster"}, x.args...)...)
			last := line[strings.LastIndex(strings.TrimSpace(line), "\n")+1:]
			if code != x.exit || !strings.HasPrefix(last, "leerkring: ") || !strings.Contains(line, x.says) || x.exit == exitRefused && out != "" {
				t.Errorf("%s: exit %d, %q, %q", name, code, out, line)
			}
		}
		if n := s.count(`select count(*) from person`); n != 1 {
			t.Errorf("%d people", n)
		}
	})
}

// TestProofF_RosterCommandAsksTheServer: while a server runs, the command goes through its socket.
func TestProofF_RosterCommandAsksTheServer(t *testing.T) {
	t.Parallel()
	inShell(t, func(t *testing.T, s *shell, data string) {
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan int, 1)
		go func() {
			var o, e bytes.Buffer
			ended <- Main(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, s.where...), nil, &o, &e)
		}()
		socket := filepath.Join(data, "leerkring.sock")
		for began := (clock.System{}).Now(); ; time.Sleep(20 * time.Millisecond) {
			info, err := os.Stat(socket)
			if err == nil {
				if info.Mode().Perm() != 0o600 {
					t.Errorf("the socket is open to others: %v", info.Mode())
				}
				break
			}
			if (clock.System{}).Now().Sub(began) > time.Minute {
				t.Fatal("the server did not start")
			}
		}
		code, out, line := s.run("import", "roster", files(t, bo, cas), "--apply")
		stop()
		if end := <-ended; code != 0 || end != 0 || !strings.Contains(out, "Done: 2 new") {
			t.Errorf("exit %d and %d: %s %s", code, end, out, line)
		}
	})
}
