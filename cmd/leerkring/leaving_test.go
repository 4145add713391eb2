package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/access/register"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	running "leerkring/test/whole"
)

// leaver is a house at work with the story of the demo in it, and somebody who leaves it.
type leaver struct {
	t                           *testing.T
	data, keys, database        string
	log                         func() string
	program                     *running.Program
	noor, privacy, admin, other *running.Client
	leader                      *running.Client
	ids                         map[string]string // by role
	id, name                    string
}

func eachLeaver(t *testing.T, f func(t *testing.T, l *leaver)) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); f(t, newLeaver(t, "")) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); f(t, newLeaver(t, dbtest.PostgresURL(t))) })
}

func newLeaver(t *testing.T, database string) *leaver {
	t.Helper()
	dir := t.TempDir()
	l := &leaver{t: t, data: filepath.Join(dir, "data"), keys: filepath.Join(dir, "keys"), database: database}
	p := running.Demo(t, l.args()[:len(l.args())-2]...)
	l.noor, l.privacy, l.admin, l.other = p.SignedIn("docent"), p.SignedIn("privacy"), p.SignedIn("beheerder"), p.SignedIn("kartrekker")
	l.leader, l.name = p.SignedIn("schoolleider"), p.Role("docent").Name
	p.Kill()
	l.ok(os.Remove(filepath.Join(l.data, "leerkring.demo"))) // from here on it is a school
	l.exec(`delete from security_log`)                       // that of a demo is sealed with no key of a school
	l.exec(`update security_head set erased_seq = 0, erased = '', seq = 0, hash = '', mac = ''`)
	l.ids = map[string]string{}
	for _, role := range []string{"docent", "kartrekker", "schoolleider", "beheerder"} {
		l.ids[role] = l.str(`select id from person where email = $1`, p.Role(role).Email)
	}
	l.id = l.ids["docent"]
	l.serve()
	return l
}

func (l *leaver) serve() {
	l.program, l.log = running.Serve(l.t, l.args()...)
	l.noor, l.privacy, l.admin, l.other = l.noor.At(l.program), l.privacy.At(l.program), l.admin.At(l.program), l.other.At(l.program)
	if l.leader != nil {
		l.leader = l.leader.At(l.program)
	}
}

func (l *leaver) args(more ...string) []string {
	out := append(more, "--data", l.data)
	if l.database != "" {
		out = append(out, "--database", l.database)
	}
	return append(out, "--keys", l.keys)
}

func (l *leaver) address() string {
	if l.database != "" {
		return l.database
	}
	return "sqlite:" + filepath.Join(l.data, "leerkring.db")
}

func (l *leaver) ok(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

func (l *leaver) open() (d *db.DB, closes func()) {
	l.t.Helper()
	d, err := db.Open(l.t.Context(), l.address())
	l.ok(err)
	return d, func() { l.ok(d.Close()) }
}

func (l *leaver) exec(sql string, args ...any) {
	l.t.Helper()
	l.ok(l.try(sql, args...))
}

func (l *leaver) try(sql string, args ...any) error {
	d, closes := l.open()
	defer closes()
	return d.Write(l.t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(l.t.Context(), tx, sql, args...)
		return err
	})
}

func (l *leaver) str(sql string, args ...any) string {
	l.t.Helper()
	d, closes := l.open()
	defer closes()
	out, err := db.One(l.t.Context(), d, sql, db.Str, args...)
	if err != nil {
		l.t.Fatalf("%s: %v", sql, err)
	}
	return out
}

func (l *leaver) n(sql string, args ...any) int {
	l.t.Helper()
	d, closes := l.open()
	defer closes()
	out, err := db.One(l.t.Context(), d, sql, db.Int, args...)
	if err != nil {
		l.t.Fatalf("%s: %v", sql, err)
	}
	return out
}

func (l *leaver) until(what string, ok func() bool) {
	l.t.Helper()
	for range 600 {
		if ok() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	l.t.Fatalf("%s did not come: %s\n%v", what, l.log(), l.str(`select coalesce(max('' || x), 'none') from (select kind || ' ' || state || ' ' || run_at || ' tries ' || tries || ' lease ' || lease as x from job where kind in ('retention.keep', 'person.erase')) y`))
}

// sends posts a form that the page shows, and says what came.
func (l *leaver) sends(c *running.Client, path string, form url.Values) (int, string) {
	l.t.Helper()
	status, body, err := c.Post(path, form)
	l.ok(err)
	return status, body
}

// due makes work of a kind due now, also work that a killed program had taken on.
func (l *leaver) due(kind string) {
	l.t.Helper()
	l.exec(`update job set run_at = '2026-01-01T00:00:00.000000Z', lease = '', lease_ends_at = null, state = 'waiting', ended_at = null where kind = $1 and state <> 'failed'`, kind)
}

// erased lets Noor ask, the privacy officer confirm, and waits until it is done.
func (l *leaver) erased() {
	l.t.Helper()
	if status, body := l.sends(l.noor, "/account/leave/erasure", url.Values{"sure": {"yes"}}); status != http.StatusOK || !strings.Contains(body, "worden gewist op") {
		l.t.Fatalf("ask: %d %.900s", status, body)
	}
	erasure := l.str(`select id from erasure where person_id = $1`, l.id)
	if status, _ := l.sends(l.privacy, "/admin/erasures/"+erasure+"/confirm", url.Values{}); status != http.StatusOK {
		l.t.Fatalf("confirm: %d", status)
	}
	l.until("the end of it", func() bool { return l.str(`select state from erasure where id = $1`, erasure) == "done" })
}

// readable are columns in which a word can be planted without breaking what a row is.
func readable(e register.Entry) bool {
	if e.Class == access.Secret || e.Erase == register.NothingPersonal {
		return false
	}
	return !regexp.MustCompile(`(^|_)(id|ids|at|on|hash|state|before|way|kind|form|key|lang|language|mac|seq|version|name|choice|role|chip|colour|theme|guest|days|functions)$`).MatchString(e.Column)
}

// seeds are rows that the story of the demo does not leave behind for everybody.
func (l *leaver) seeds(words map[string]string) {
	l.t.Helper()
	word := func(where string) string {
		w := fmt.Sprintf("plantzaad%dq", len(words))
		words[where] = w
		return w
	}
	id := func() string { return newID() }
	at := time.Now().UTC().Format("2006-01-02T15:04:05.000000Z")
	later := time.Now().UTC().AddDate(0, 1, 0).Format("2006-01-02T15:04:05.000000Z")
	l.exec(`insert into draft (person_id, key, body, saved_at) values ($1, $2, $3, $4)`, l.id, "answer/"+word("draft.key"), `{"body":"`+word("draft.body")+`"}`, at)
	l.exec(`insert into week_later (person_id, item, until_on) values ($1, $2, '2027-12-01')`, l.id, word("week_later.item"))
	l.exec(`insert into passkey (id, person_id, credential_id, credential, name, made_at) values ($1, $2, $3, $4, $5, $6)`, id(), l.id, word("passkey.credential_id"), word("passkey.credential"), word("passkey.name"), at)
	l.exec(`insert into api_token (id, person_id, hash, name, scope, made_at, expires_at) values ($1, $2, $3, $4, 'read', $5, $6)`, id(), l.id, word("api_token.hash"), word("api_token.name"), at, later)
	l.exec(`insert into login_identity (id, person_id, board_id, issuer, subject, made_at) select $1, id, board_id, 'https://login.example', $3, $4 from person where id = $2`, id(), l.id, word("login_identity.subject"), at)
	l.exec(`insert into idempotency (key, actor_id, made_at, status, location) values ($1, $2, $3, 303, $4)`, word("idempotency.key"), l.id, at, word("idempotency.location"))
	l.exec(`insert into password (person_id, ready, hash, factor, made_at) values ($1, $2, $3, $4, $5)`, l.id, true, word("password.hash"), word("password.factor"), at)
	l.exec(`insert into recovery_code (id, person_id, mark) values ($1, $2, $3)`, id(), l.id, word("recovery_code.mark"))
	l.exec(`insert into mail_choice (person_id, monday, changed_at) values ($1, $2, $3)`, l.id, false, at)
	l.exec(`insert into mail_stop (person_id, week_on, hash, expires_at) values ($1, '2026-11-30', $2, $3)`, l.id, word("mail_stop.hash"), later)
	l.exec(`insert into calendar_feed (id, person_id, hash, name, made_at) values ($1, $2, $3, $4, $5)`, id(), l.id, word("calendar_feed.hash"), word("calendar_feed.name"), at)
	trajectory := l.str(`select max(id) from trajectory where id in (select trajectory_id from agreement_page)`)
	l.exec(`insert into card_away (person_id, trajectory_id, card_id, until_on) values ($1, $2, $3, '2027-12-01')`, l.id, trajectory, word("card_away.card_id"))
	l.exec(`delete from agreement_read where person_id = $1`, l.id)
	l.exec(`insert into agreement_read (trajectory_id, person_id) values ($1, $2)`, trajectory, l.id)
	l.exec(`insert into agreement_remark (id, trajectory_id, person_id, body, made_at) values ($1, $2, $3, 'Kan dit korter?', $4)`, id(), trajectory, l.id, at)
	l.exec(`update agreement_page set buddy_id = $2 where trajectory_id = $1`, trajectory, l.id)
	l.exec(`insert into trajectory_goes_on (trajectory_id, year_id, said_by, said_at) values ($1, 'x', $2, $3)`, trajectory, l.id, at)
	l.exec(`insert into condition_waiver (id, trajectory_id, conditions, reason, made_by, made_at) values ($1, $2, '[]', 'Het kan zo ook.', $3, $4)`, id(), trajectory, l.id, at)
	l.exec(`insert into passkey_challenge (hash, purpose, person_id, ceremony, expires_at) values ($1, 'add', $2, $3, $4)`, word("passkey_challenge.hash"), l.id, word("passkey_challenge.ceremony"), later)
	l.exec(`insert into login_visit (hash, browser, provider_id, purpose, person_id, next, made_at, expires_at) values ($1, $2, 'x', 'link', $3, $4, $5, $6)`, word("login_visit.hash"), word("login_visit.browser"), l.id, word("login_visit.next"), at, later)
	l.exec(`insert into mail (id, key, board_id, person_id, kind, private, secret, address, subject, body_text, state, made_at) select $1, $2, board_id, id, 'account.link', $3, $3, $4, $5, $6, 'sent', $7 from person where id = $8`,
		id(), word("mail_with_a_key.key"), true, word("mail_with_a_key.address"), word("mail_with_a_key.subject"), word("mail_with_a_key.body_text"), at, l.id)
	l.exec(`insert into session_mark (session_id, text_id, person_id, step, mark) select session_id, id, person_id, 1, 'x' from session_note where person_id = $1`, l.id)
	paper, plan := id(), l.str(`select max(trajectory_id) from plan`)
	l.exec(`insert into plan_paper (id, trajectory_id, made_by, made_at) values ($1, $2, $3, $4)`, paper, plan, l.id, at)
	l.exec(`insert into plan_line (id, trajectory_id, paper_id, position, body, digest, state, made_by, made_at) values ($1, $2, $3, 1, 'Uit ons eigen plan', $1, 'waiting', $4, $5)`, id(), plan, paper, l.id, at)
	given, thing := id(), id()
	l.exec(`insert into handover (id, school_id, kind, from_id, lasts, made_by, made_at, begun_at) select $1, school_id, 'own', $2, 'good', $2, $3, $3 from trajectory where id = $4`, given, l.id, at, trajectory)
	l.exec(`insert into handover_item (id, handover_id, school_id, kind, item_id, position, to_id, was, state) select $1, $2, school_id, 'task', $1, 1, $3, $4, 'stays' from trajectory where id = $5`, thing, given, l.ids["kartrekker"], word("handed_over.was"), trajectory)
	stands, also := id(), id() // she will stand in for a colleague
	l.exec(`insert into handover (id, school_id, kind, from_id, to_id, lasts, from_on, until_on, made_by, made_at) select $1, school_id, 'substitute', $2, $3, 'days', '2099-01-05', '2099-02-05', $2, $4 from trajectory where id = $5`, stands, l.ids["kartrekker"], l.id, at, trajectory)
	l.exec(`insert into handover_item (id, handover_id, school_id, kind, item_id, position, to_id, state) select $1, $2, school_id, 'task', $1, 1, $3, 'stays' from trajectory where id = $4`, also, stands, l.id, trajectory)
	l.exec(`update sign_in set browser = $2 where person_id = $1`, l.id, word("sign_in.browser"))
}

// textual are the columns that hold text, by table.
func (l *leaver) textual() map[string]bool {
	l.t.Helper()
	d, closes := l.open()
	defer closes()
	list, err := db.All(l.t.Context(), d, `/*sqlite: select m.name || '.' || c.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' and lower(c.type) = 'text' */
		/*postgres: select table_name || '.' || column_name from information_schema.columns where table_schema = 'public' and data_type = 'text' */`, db.Str)
	l.ok(err)
	out := map[string]bool{}
	for _, c := range list {
		out[c] = true
	}
	return out
}

// plant writes a word of its own into every column of every row that erasing takes, as far as
// the schema lets it: where it came, and which word.
func (l *leaver) plant() (words map[string]string) {
	l.t.Helper()
	words = map[string]string{}
	text := l.textual()
	for _, m := range mine() {
		if !m.Erases(kept()) || m.Table == "person" || m.Table == "sign_in" || m.Table == "erasure" {
			continue
		}
		for i, e := range kept().Of(m.Table) {
			word := fmt.Sprintf("plantwoord%s%dq", strings.ReplaceAll(m.File(), "_", ""), i)
			if !readable(e) || !text[m.Table+"."+e.Column] || l.n(`select count(*) from `+m.Table+` where `+m.Whose, l.id) == 0 {
				continue
			}
			if l.try(`update `+m.Table+` set `+e.Column+` = $2 where `+m.Whose, l.id, word) == nil {
				words[m.File()+"."+e.Column] = word
			}
		}
	}
	l.seeds(words)
	return words
}

// bytesOf looks for words in every file below a directory, and in the files of the database on
// PostgreSQL, after its own checkpoint.
func (l *leaver) bytesOf(words map[string]string) (found []string) {
	l.t.Helper()
	dirs := []string{l.data}
	if l.database != "" {
		l.exec(`checkpoint`)
		dirs = append(dirs, filepath.Join(l.str(`select setting from pg_settings where name = 'data_directory'`), "base", l.str(`select oid::text from pg_database where datname = current_database()`)))
	}
	files := 0
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || !e.Type().IsRegular() {
				return err
			}
			raw, err := os.ReadFile(path)
			if os.IsNotExist(err) {
				return nil
			}
			files++
			for where, word := range words {
				if bytes.Contains(raw, []byte(word)) {
					found = append(found, where+" in "+filepath.Base(path))
				}
			}
			return err
		})
		l.ok(err)
	}
	if files < 2 {
		l.t.Fatalf("%d files read", files)
	}
	slices.Sort(found)
	return found
}

// What somebody wrote for themselves, what was being typed, the account and all that hangs from
// it: after an erasure no file of the house holds it, and a backup does not bring it back.
func TestProofF_P3_ErasedIsGoneFromTheDisk(t *testing.T) {
	eachLeaver(t, func(t *testing.T, l *leaver) {
		words := l.plant()
		t.Logf("%d words planted", len(words))
		if len(words) < 20 {
			t.Fatalf("only %d words could be planted: %v", len(words), words)
		}
		for _, table := range []string{"draft", "session_card", "session_note", "mail"} {
			if !slices.ContainsFunc(wheres(words), func(w string) bool { return strings.HasPrefix(w, table+".") }) {
				t.Errorf("no word of %s", table)
			}
		}
		if found := l.bytesOf(words); len(found) == 0 {
			t.Fatal("the scan finds nothing even before")
		}
		copied := filepath.Join(t.TempDir(), "before.backup")
		running.Command(t, l.args("backup", copied)...).Done(t)
		words["name"] = l.name
		l.erased()
		if found := l.bytesOf(words); len(found) > 0 {
			t.Errorf("still there: %v", found)
		}
		l.isGone()
		l.until("the ledger beside the data", func() bool {
			raw, err := os.ReadFile(l.data + ".ledger")
			return err == nil && strings.Contains(string(raw), "person.erased")
		})
		l.program.Kill()

		again := &leaver{t: t, data: filepath.Join(t.TempDir(), "data"), keys: l.keys, id: l.id, name: l.name, noor: l.noor, privacy: l.privacy, admin: l.admin, other: l.other}
		if l.database != "" {
			again.database = dbtest.Empty(t, db.Postgres)
		}
		running.Command(t, again.args("restore", copied, "--ledger", l.data+".ledger")...).Done(t)
		again.serve()
		again.isGone()
		d, closes := again.open()
		defer closes()
		for where, word := range words {
			table, column, ok := strings.Cut(where, ".")
			if !ok || !slices.ContainsFunc(kept(), func(e register.Entry) bool { return e.Table == table }) {
				continue
			}
			if n, err := db.One(t.Context(), d, `select count(*) from `+table+` where `+column+` like $1`, db.Int, "%"+word+"%"); err != nil || n > 0 {
				t.Errorf("%s is back by a restore: %d %v", where, n, err)
			}
		}
	})
}

// former is what stands where her name stood; it does not break, so that it is nobody's first name.
const former = "voormalig\u00a0medewerker"

// isGone looks for what is left of Noor in the running house, as she and others see it.
func (l *leaver) isGone() {
	t := l.t
	t.Helper()
	if n := l.n(`select count(*) from sign_in where person_id = $1`, l.id); n != 0 {
		t.Errorf("%d sign-ins are left", n)
	}
	if n := l.n(`select count(*) from newcomer where helper_id = $1`, l.id); n != 1 {
		t.Errorf("of the one whom she helped on the way %d rows are left", n)
	}
	if status, body, err := l.noor.Get("/week"); err != nil || strings.Contains(body, "Mijn week") {
		t.Errorf("she is in: %d %v", status, err)
	}
	if name := l.str(`select name from person where id = $1`, l.id); name != former {
		t.Errorf("she is called %q", name)
	}
	if status, body, err := l.other.Get("/people"); err != nil || status != http.StatusOK || strings.Contains(body, l.name) {
		t.Errorf("colleagues find her: %d %v", status, err)
	}
	at := l.str(`select min(trajectory_id) from contribution where author_id = $1`, l.id)
	one := l.str(`select min(id) from contribution where author_id = $1 and withdrawn = '' and trajectory_id = $2`, l.id, at)
	if status, body, err := l.other.Get("/trajectories/" + at + "/contributions/" + one); err != nil || status != http.StatusOK || !strings.Contains(body, former) || strings.Contains(body, l.name) {
		t.Errorf("what she said in a trajectory stands without her name: %d %v", status, err)
	}
}

func wheres(m map[string]string) (out []string) {
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// takes asks for everything and gives the files that come.
func (l *leaver) takes(c *running.Client, personID string) map[string][]byte {
	l.t.Helper()
	if status, body := l.sends(c, "/account/leave/exports", url.Values{}); status != http.StatusOK || !strings.Contains(body, "We maken je bestand") {
		l.t.Fatalf("ask for everything: %d %.900s", status, body)
	}
	id := l.str(`select id from personal_export where person_id = $1 order by asked_at desc limit 1`, personID)
	l.until("the archive", func() bool { return l.str(`select state from personal_export where id = $1`, id) == "ready" })
	status, header, raw := c.File("/account/leave/exports/" + id)
	if status != http.StatusOK || header.Get("Content-Type") != "application/zip" || header.Get("Cache-Control") != "private, no-store" {
		l.t.Fatalf("%d %v", status, header)
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	l.ok(err)
	out := map[string][]byte{}
	for _, f := range z.File {
		if !filepath.IsLocal(f.Name) || out[f.Name] != nil {
			l.t.Errorf("a file called %q", f.Name)
		}
		r, err := f.Open()
		l.ok(err)
		out[f.Name], err = io.ReadAll(r)
		l.ok(errors.Join(err, r.Close()))
	}
	return out
}

// Everything that the register says is kept about somebody goes along, row for row and column for
// column, and nothing of anybody else.
func TestProofF_P1_TakeAlongIsCompleteAndNobodyElses(t *testing.T) {
	eachLeaver(t, func(t *testing.T, l *leaver) {
		words := l.plant()
		const theirs = "ditisvaneenander"
		for _, of := range []string{"session_card set body", "session_note set body", "draft set body", "passkey set name", "api_token set name"} {
			table, set, _ := strings.Cut(of, " ")
			if table == "draft" {
				l.exec(`insert into draft (person_id, key, body, saved_at) select id, 'x', '-', made_at from person where id <> $1 and state = 'active'`, l.id)
			}
			l.exec(`update `+table+` `+set+` = $2 where person_id <> $1`, l.id, theirs)
		}
		l.exec(`update draft set body = '=HYPERLINK("x")' where person_id = $1`, l.id)
		delete(words, "draft.body")
		files := l.takes(l.noor, l.id)
		if len(files["index.html"]) == 0 || bytes.Contains(files["index.html"], []byte("<script")) {
			t.Error("no page that says what is what")
		}
		given := l.complete(files, l.id)
		for role, c := range map[string]*running.Client{"kartrekker": l.other, "schoolleider": l.leader, "beheerder": l.admin} {
			given = append(given, l.complete(l.takes(c, l.ids[role]), l.ids[role])...)
		}
		for _, m := range mine() {
			if m.Whose != "" && !slices.Contains(given, m.File()) && !slices.Contains(nobodys, m.File()) {
				t.Errorf("%s: none of the four has any, so nothing is shown", m.File())
			}
		}
		all := bytes.Join(slices.Collect(maps.Values(files)), nil)
		for where, word := range words {
			table, column, _ := strings.Cut(where, ".")
			secret := slices.ContainsFunc(mine(), func(m register.Mine) bool {
				return m.File() == table && (m.Not[column] != "" || slices.ContainsFunc(kept().Of(m.Table), func(e register.Entry) bool { return e.Column == column && e.Class == access.Secret }))
			})
			if got := bytes.Contains(all, []byte(word)); got == secret {
				t.Errorf("%s goes along: %v", where, got)
			}
		}
		if bytes.Contains(all, []byte(theirs)) {
			t.Error("what is only of others goes along")
		}
		if !bytes.Contains(files["csv/draft.csv"], []byte("'=HYPERLINK")) {
			t.Error("a formula goes along as one")
		}

		// Whoever is not her finds nothing, and a closed account loses its file at once.
		id := l.str(`select id from personal_export where person_id = $1`, l.id)
		for name, c := range map[string]*running.Client{"admin": l.admin, "privacy officer": l.privacy, "colleague": l.other} {
			if status, _, _ := c.File("/account/leave/exports/" + id); status != http.StatusNotFound {
				t.Errorf("the %s gets %d", name, status)
			}
		}
		if status, _ := l.sends(l.admin, "/admin/people/"+l.id+"/suspend", url.Values{}); status != http.StatusOK {
			t.Fatalf("suspend: %d %s", status, l.log())
		}
		if status, _, raw := l.noor.File("/account/leave/exports/" + id); status == http.StatusOK && bytes.HasPrefix(raw, []byte("PK")) {
			t.Error("a closed account still gets its file")
		}
		l.until("the file goes", func() bool {
			files := 0 // those of the others stay
			err := filepath.WalkDir(filepath.Join(l.data, "exports"), func(_ string, e fs.DirEntry, err error) error {
				if err == nil && e.Type().IsRegular() {
					files++
				}
				return err
			})
			return err == nil && files == 3
		})
	})
}

// nobodys are kinds of which the story of the demo leaves nothing for these four: what goes along
// of them is held against the register only.
var nobodys = []string{"brought", "decision_word", "erasure", "ledger", "newcomer", "picture", "rating", "retention_run", "roster_entry", "session_choice", "session_process_mark", "year_opening"}

// wentOn are kinds that went on while an archive was made.
var wentOn = []string{"job", "security_log", "journal", "personal_export", "idempotency"}

// complete holds the archive of somebody against what is kept: row for row, column for column. It
// returns of which kinds there was something.
func (l *leaver) complete(files map[string][]byte, personID string) (given []string) {
	t := l.t
	t.Helper()
	d, closes := l.open()
	defer closes()
	for _, m := range mine() {
		if m.Whose == "" {
			continue
		}
		n, err := db.One(t.Context(), d, `select count(*) from `+m.Table+` where `+m.Whose, db.Int, personID)
		l.ok(err)
		var rows []map[string]any
		if raw := files["json/"+m.File()+".json"]; n > 0 && raw != nil {
			l.ok(json.Unmarshal(raw, &rows))
			given = append(given, m.File())
		}
		if len(rows) != n && !slices.Contains(wentOn, m.Table) {
			t.Errorf("%s: %d rows go along, %d are kept", m.File(), len(rows), n)
		}
		for _, e := range kept().Of(m.Table) {
			if _, has := first(rows)[e.Column]; len(rows) > 0 && !has && e.Class != access.Secret && m.Not[e.Column] == "" && len(m.Only) == 0 {
				t.Errorf("%s.%s stays behind", m.File(), e.Column)
			}
		}
		if len(rows) > 0 && len(files["csv/"+m.File()+".csv"]) == 0 {
			t.Errorf("%s: no file for a spreadsheet", m.File())
		}
	}
	return given
}

func first(rows []map[string]any) map[string]any {
	if len(rows) == 0 {
		return nil
	}
	return rows[0]
}

// Who left and comes back within a month finds everything as it was; whoever comes back later has an
// account, and what was only theirs is gone. What others see stays the same all the while.
func TestProofF_LeavingAndComingBack(t *testing.T) {
	eachLeaver(t, func(t *testing.T, l *leaver) {
		words := l.plant()
		own := func() int {
			return l.n(`select (select count(*) from draft where person_id = $1) + (select count(*) from session_card where person_id = $1)`, l.id)
		}
		before := own()
		leaves := func() {
			if status, _ := l.sends(l.admin, "/admin/people/"+l.id+"/suspend", url.Values{}); status != http.StatusOK {
				t.Fatalf("suspend: %d", status)
			}
			if status, body, err := l.noor.Get("/week"); err != nil || strings.Contains(body, "Mijn week") {
				t.Errorf("she is in: %d %v", status, err)
			}
		}
		returns := func() {
			if status, _ := l.sends(l.admin, "/admin/people/"+l.id+"/restore", url.Values{}); status != http.StatusOK {
				t.Fatalf("restore: %d", status)
			}
		}
		kept := func() {
			l.program.Kill()
			l.due("retention.keep")
			l.exec(`delete from retention_run`)
			l.serve()
			l.until("a run of what is over", func() bool { return l.n(`select count(*) from retention_run`) > 0 })
			l.until("its end", func() bool { return l.n(`select count(*) from retention_run where state = 'done'`) > 0 })
		}
		ago := func(days int) {
			l.exec(`update person set left_at = $2 where id = $1`, l.id, time.Now().UTC().AddDate(0, 0, -days).Format("2006-01-02T15:04:05.000000Z"))
		}
		leaves()
		ago(29)
		kept()
		if n := own(); n != before {
			t.Errorf("after twenty-nine days %d of %d are left", n, before)
		}
		returns()
		leaves()
		ago(31)
		kept()
		l.until("what was only hers to go", func() bool { return own() == 0 })
		hers := map[string]string{}
		for where, word := range words {
			if strings.HasPrefix(where, "session_card.") || strings.HasPrefix(where, "draft.") {
				hers[where] = word
			}
		}
		l.until("the bytes of it to go", func() bool { return len(l.bytesOf(hers)) == 0 })
		if name := l.str(`select name from person where id = $1`, l.id); name != l.name {
			t.Errorf("before the account goes she is called %q", name)
		}
		returns()
		if n := l.n(`select count(*) from person where id = $1 and state = 'active' and left_at is null`, l.id); n != 1 {
			t.Error("she is not back")
		}
		leaves()
		ago(36)
		kept()
		l.until("the account to go", func() bool { return l.str(`select name from person where id = $1`, l.id) == former })
		if status, body, err := l.admin.Get("/admin/people/" + l.id); err != nil || strings.Contains(body, l.name) {
			t.Errorf("the admin still finds her: %d %v", status, err)
		}
	})
}

// Who may ask, who may confirm, and who finds nothing; a run that is killed goes on.
func TestProofF_ErasingNeedsTwo(t *testing.T) {
	eachLeaver(t, func(t *testing.T, l *leaver) {
		erase := "/admin/people/" + l.id + "/erase"
		if status, _ := l.sends(l.other, erase, url.Values{}); status != http.StatusNotFound {
			t.Errorf("a colleague: %d", status)
		}
		if status, body := l.sends(l.admin, erase, url.Values{}); status == http.StatusOK && !strings.Contains(body, "Sluit dat eerst") || l.n(`select count(*) from erasure`) != 0 {
			t.Errorf("the admin erases somebody who works here: %d", status)
		}
		l.sends(l.admin, "/admin/people/"+l.id+"/suspend", url.Values{})
		if status, _ := l.sends(l.admin, erase, url.Values{}); status != http.StatusOK || l.n(`select count(*) from erasure where state = 'asked' and runs_at is null`) != 1 {
			t.Fatalf("the admin asks: %d", status)
		}
		id := l.str(`select id from erasure`)
		for name, c := range map[string]*running.Client{"admin who asked": l.admin, "colleague": l.other} {
			if status, _ := l.sends(c, "/admin/erasures/"+id+"/confirm", url.Values{}); status != http.StatusNotFound {
				t.Errorf("the %s confirms: %d", name, status)
			}
		}
		if status, body, err := l.privacy.Get("/admin/erasures"); err != nil || status != http.StatusOK || !strings.Contains(body, l.name) {
			t.Errorf("the privacy officer sees what waits: %d %v", status, err)
		}
		if status, _, _ := l.other.Get("/admin/erasures"); status != http.StatusNotFound {
			t.Errorf("a colleague sees the list: %d", status)
		}
		if n := l.n(`select count(*) from erasure where state = 'asked'`); n != 1 {
			t.Fatal("something ran")
		}
		if status, _ := l.sends(l.privacy, "/admin/erasures/"+id+"/confirm", url.Values{}); status != http.StatusOK {
			t.Fatalf("confirm: %d", status)
		}
		for range 3 { // it is cut off as soon as it is on its way
			for range 100 {
				if l.n(`select count(*) from erasure where state <> 'asked'`) == 1 {
					break
				}
				time.Sleep(2 * time.Millisecond)
			}
			l.program.Kill()
			l.due("person.erase")
			l.serve()
		}
		l.until("the end", func() bool { return l.str(`select state from erasure where id = $1`, id) == "done" })
		l.isGone()
	})
}

// A clock that jumped, or a run that would take more than usual, erases nothing and asks.
func TestProofF_ARunThatWouldTakeMuchStopsAndAsks(t *testing.T) {
	eachLeaver(t, func(t *testing.T, l *leaver) {
		run := func(at string) string {
			l.program.Kill()
			l.due("retention.keep")
			l.exec(`delete from retention_run`)
			if at != "" {
				l.exec(`insert into retention_run (board_id, at, state) select id, $1, 'done' from board`, at)
			}
			l.serve()
			l.until("a run of what is over", func() bool { return l.n(`select count(*) from retention_run where at <> $1`, at) > 0 })
			return l.str(`select state || why from retention_run limit 1`)
		}
		past := func(days int) string {
			return time.Now().UTC().AddDate(0, 0, -days).Format("2006-01-02T15:04:05.000000Z")
		}
		if got := run(past(3)); got != "done" {
			t.Errorf("a house that was off for three days, and nobody left: %s", got)
		}
		l.plant()
		l.exec(`update person set state = 'suspended', left_at = $2 where id = $1`, l.id, past(31))
		cards := l.n(`select count(*) from session_card`)
		if got := run(past(3)); got != "stoppedclock" || l.n(`select count(*) from session_card`) != cards {
			t.Errorf("the clock jumped: %s", got)
		}
		l.exec(`update person set state = 'suspended', left_at = $1 where id in (select person_id from staff where person_id not in (select person_id from role))`, past(36))
		if got := run(""); got != "stoppedmany" || l.n(`select count(*) from session_card`) != cards || l.n(`select count(*) from erasure`) != 0 {
			t.Errorf("half the school would go: %s", got)
		}
	})
}
