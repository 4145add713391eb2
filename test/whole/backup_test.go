package whole

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"leerkring/internal/blob"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/ident"
)

// place is where an installation lives.
type place struct {
	engine               db.Engine
	data, keys, database string
}

func newPlace(t *testing.T, engine db.Engine) place {
	dir := t.TempDir()
	p := place{engine: engine, data: filepath.Join(dir, "data"), keys: filepath.Join(dir, "keys")}
	if engine == db.Postgres {
		p.database = dbtest.Empty(t, engine)
	}
	return p
}

// args are the flags of a place behind those of a command.
func (p place) args(more ...string) []string {
	out := append(more, "--data", p.data, "--keys", p.keys)
	if p.database != "" {
		out = append(out, "--database", p.database)
	}
	return out
}

func (p place) address() string {
	if p.database != "" {
		return p.database
	}
	return "sqlite:" + filepath.Join(p.data, "leerkring.db")
}

func (p place) ledger() string { return p.data + ".ledger" }

// school is a house that is in use: the story of the demo, lived in by a school.
type school struct {
	place
	t         *testing.T
	program   *Program
	log       func() string
	lead, two *Client
	id        string
}

func live(t *testing.T, engine db.Engine) *school {
	s := &school{place: newPlace(t, engine), t: t}
	args := []string{"--data", s.data}
	if s.database != "" {
		args = append(args, "--database", s.database)
	}
	p := Demo(t, args...)
	s.lead, s.two = p.SignedIn("kartrekker"), p.SignedIn("kartrekker")
	s.id = s.lead.Begin("Een kopie van alles", "verken")
	p.Kill()
	must(t, os.Remove(filepath.Join(s.data, "leerkring.demo"))) // from here on it is a school
	s.ownLog()
	files, err := blob.Open(filepath.Join(s.data, "files"))
	must(t, err)
	for i := range 3 {
		must(t, files.Put(ident.At(time.Now()), strings.NewReader(strings.Repeat("photo", 10_000*i))))
	}
	must(t, files.Close())
	s.program, s.log = Serve(t, s.args()...)
	s.lead, s.two = s.lead.At(s.program), s.two.At(s.program)
	return s
}

// ownLog lets the security log begin anew: that of a demo is sealed with no key of a school.
func (s *school) ownLog() {
	d, err := db.Open(s.t.Context(), s.address())
	must(s.t, err)
	must(s.t, d.Write(s.t.Context(), func(tx *db.Tx) error {
		if _, err := db.Exec(s.t.Context(), tx, `delete from security_log`); err != nil {
			return err
		}
		_, err := db.Exec(s.t.Context(), tx, `update security_head set erased_seq = 0, erased = '', seq = 0, hash = '', mac = ''`)
		return err
	}))
	must(s.t, d.Close())
}

func (s *school) answers() string { return "/trajectories/" + s.id + "/answers" }

// say puts an answer and reports whether it was acknowledged.
func (s *school) say(c *Client, text string) bool {
	status, _, err := c.Post(s.answers(), url.Values{"element": {"f1.q1"}, "kind": {"voice"}, "body": {text}})
	return err == nil && status == http.StatusOK
}

// busy lets people write until stop is called.
func (s *school) busy() (acknowledged func() []string, stop func()) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	var done []string
	end := make(chan struct{})
	for w := range 8 {
		wg.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-end:
					return
				default:
				}
				if text := fmt.Sprintf("schrijver %d, nummer %d", w, n); s.say(s.lead, text) {
					mu.Lock()
					done = append(done, text)
					mu.Unlock()
				}
			}
		})
	}
	return func() []string { mu.Lock(); defer mu.Unlock(); return slices.Clone(done) }, func() { close(end); wg.Wait() }
}

// TestProofF_BackupDrill is the drill: a school at work is copied, its machine is lost, and
// on an empty one, with either engine, everything is there again and people come in.
func TestProofF_BackupDrill(t *testing.T) {
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(string(engine), func(t *testing.T) { t.Parallel(); drill(t, live(t, engine)) })
	}
}

func drill(t *testing.T, s *school) {
	dir := t.TempDir()
	underWay, quiet := filepath.Join(dir, "under-way.backup"), filepath.Join(dir, "quiet.backup")
	acknowledged, stop := s.busy()
	for range 500 {
		if len(acknowledged()) > 20 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	before := acknowledged()
	said := Command(t, s.args("backup", underWay)...).Done(t)
	during := len(acknowledged()) - len(before)
	stop()
	if len(before) < 20 || during < 1 {
		t.Fatalf("nobody wrote while it was copied: %d before, %d during", len(before), during)
	}
	if !strings.Contains(said.Out, "written and read back") || !strings.Contains(said.Err, s.keys) {
		t.Errorf("it says %q %q", said.Out, said.Err)
	}
	const secret = "Dit neem ik terug na de kopie."
	if !s.say(s.two, secret) {
		t.Fatal("an answer is not taken")
	}
	Command(t, s.args("backup", quiet)...).Done(t)
	want := content(t, s.address())

	// Since then: something is withdrawn, and somebody signs out.
	s.withdraw(secret)
	if status, _, err := s.two.Post("/sign-out", url.Values{}); err != nil || status != http.StatusOK {
		t.Fatalf("sign out: %d %v", status, err)
	}
	waitFor(t, "the ledger beside the data", func() bool {
		raw, err := os.ReadFile(s.ledger())
		return err == nil && strings.Contains(string(raw), "words.withdrawn") && strings.Contains(string(raw), "sign_in.ended")
	})
	s.program.Kill()

	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		again := newPlace(t, engine)
		again.keys = s.keys
		Command(t, again.args("restore", underWay, "--ledger", filepath.Join(dir, "none"))...).Done(t)
		missing(t, again.address(), s.id, before)
		signInAnew(t, again)

		full := newPlace(t, engine)
		full.keys = s.keys
		said := Command(t, full.args("restore", quiet, "--ledger", s.ledger())...).Done(t)
		if !strings.Contains(said.Out, "every hash is right") || !strings.Contains(said.Err, "From the ledger, ") {
			t.Errorf("it says %q %q", said.Out, said.Err)
		}
		differ(t, want, content(t, full.address()))
		s.opens(full, secret)
	}
}

// withdraw takes an answer back, by its writer.
func (s *school) withdraw(text string) {
	s.t.Helper()
	d, err := db.Open(s.t.Context(), s.address())
	must(s.t, err)
	id, err := db.One(s.t.Context(), d, `select id from contribution where body = $1`, db.Str, text)
	must(s.t, err)
	must(s.t, d.Close())
	if status, _, err := s.two.Post("/trajectories/"+s.id+"/contributions/"+id+"/withdraw", url.Values{}); err != nil || status != http.StatusOK {
		s.t.Fatalf("withdraw: %d %v", status, err)
	}
}

// opens shows that people go on where they were, and that nothing comes back.
func (s *school) opens(at place, secret string) {
	t := s.t
	t.Helper()
	p, log := Serve(t, at.args()...)
	defer p.Kill()
	if status, body, err := s.lead.At(p).Get("/trajectories/" + s.id); err != nil || status != http.StatusOK || !strings.Contains(body, "Een kopie van alles") {
		t.Errorf("who was signed in does not go on: %d %v", status, err)
	}
	if !s.say(s.lead.At(p), "Het gaat verder.") {
		t.Error("nothing can be written")
	}
	if _, body, err := s.two.At(p).Get("/trajectories/" + s.id); err != nil || strings.Contains(body, "Een kopie van alles") {
		t.Errorf("who signed out is in again: %v", err)
	}
	d, err := db.Open(t.Context(), at.address())
	must(t, err)
	defer func() { must(t, d.Close()) }()
	for _, question := range []string{`select count(*) from contribution where body = $1`, `select count(*) from text_version where body like '%' || $1 || '%'`} {
		if n, err := db.One(t.Context(), d, question, db.Int, secret); err != nil || n != 0 {
			t.Errorf("what was withdrawn is back: %d %v", n, err)
		}
	}
	if said := Command(t, at.args("log", "verify")...); said.Code != 0 || !strings.Contains(said.Out, "is whole") || strings.Contains(said.Out, " 0 entries") {
		t.Errorf("the security log: %s %s", said.Out, said.Err)
	}
	if strings.Contains(log(), "level=ERROR") {
		t.Errorf("the log: %s", log())
	}
}

var mailed = regexp.MustCompile(`/sign-in/link/[A-Za-z0-9_-]+`)

// signInAnew asks a link by mail, and comes in by it.
func signInAnew(t *testing.T, at place) {
	t.Helper()
	p, _ := Serve(t, at.args()...)
	defer p.Kill()
	d, err := db.Open(t.Context(), at.address())
	must(t, err)
	defer func() { must(t, d.Close()) }()
	if n, err := db.One(t.Context(), d, `select (select count(*) from sign_in) + (select count(*) from api_token) + (select count(*) from mail where state = 'waiting')`, db.Int); err != nil || n != 0 {
		t.Errorf("without a ledger %d things are still open: %v", n, err)
	}
	email, err := db.One(t.Context(), d, `select p.email from person p join role r on r.person_id = p.id where r.kind = 'leader' and p.state = 'active' order by p.id`, db.Str)
	must(t, err)
	c := p.Stranger()
	if status, _, err := c.Post("/sign-in", url.Values{"email": {email}, "device": {"own"}}); err != nil || status != http.StatusOK {
		t.Fatalf("ask a link: %d %v", status, err)
	}
	link := ""
	waitFor(t, "a letter", func() bool {
		body, err := db.One(t.Context(), d, `select body_text from mail where state = 'waiting' and kind = 'account.link'`, db.Str)
		link = mailed.FindString(body)
		return err == nil && link != ""
	})
	if status, body, err := c.Post(link, url.Values{"device": {"own"}}); err != nil || status != http.StatusOK || strings.Contains(body, `action="/sign-in"`) {
		t.Fatalf("come in by the link: %d %v", status, err)
	}
	if status, body, err := c.Get("/week"); err != nil || status != http.StatusOK || strings.Contains(html.UnescapeString(body), "goroutine") {
		t.Errorf("the own week: %d %v", status, err)
	}
}

func waitFor(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for range 400 {
		if ok() {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("%s did not come", what)
}

// lived are tables that change by restoring or by living on; all others must be the same.
var lived = []string{"ledger", "security_log", "security_head", "backup", "mail", "job", "sign_in", "account_link", "attempt", "idempotency", "passkey_challenge", "api_token",
	"goose_db_version", "contribution", "text_version", "journal", "journal_cursor"}

// content is every row of every table as text, by the engine itself.
func content(t *testing.T, address string) map[string][]string {
	t.Helper()
	d, err := db.Open(t.Context(), address)
	must(t, err)
	defer func() { must(t, d.Close()) }()
	type column struct{ table, name, kind string }
	columns, err := db.All(t.Context(), d, `/*sqlite: select m.name, c.name, lower(c.type) from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite\_%' escape '\' order by 1, 2 */
		/*postgres: select table_name, column_name, data_type from information_schema.columns where table_schema = 'public' order by 1, 2 */`,
		func(c *column) []any { return []any{&c.table, &c.name, &c.kind} })
	must(t, err)
	parts := map[string][]string{}
	for _, c := range columns {
		text := `cast(` + c.name + ` as text)`
		if c.kind == "boolean" {
			text = `case when ` + c.name + ` then 'yes' else 'no' end`
		}
		parts[c.table] = append(parts[c.table], `coalesce(`+text+`, '∅')`)
	}
	out := map[string][]string{}
	for table, list := range parts {
		if slices.Contains(lived, table) {
			continue
		}
		rows, err := db.All(t.Context(), d, `select `+strings.Join(list, ` || '|' || `)+` from `+table, db.Str)
		must(t, err)
		slices.Sort(rows)
		out[table] = rows
	}
	return out
}

func differ(t *testing.T, want, got map[string][]string) {
	t.Helper()
	rows := 0
	for table, list := range want {
		rows += len(list)
		if !slices.Equal(list, got[table]) {
			t.Errorf("%s is not the same: %d rows, then %d", table, len(list), len(got[table]))
		}
	}
	if len(want) < 40 || rows < 500 || len(got) != len(want) {
		t.Errorf("too little was compared: %d tables, %d rows", len(want), rows)
	}
}

// missing fails when something that was acknowledged before the copy is not in it.
func missing(t *testing.T, address, id string, texts []string) {
	t.Helper()
	d, err := db.Open(t.Context(), address)
	must(t, err)
	defer func() { must(t, d.Close()) }()
	rows, err := db.All(t.Context(), d, `select body from contribution where trajectory_id = $1 order by body`, db.Str, id)
	must(t, err)
	for _, text := range texts {
		if _, ok := slices.BinarySearch(rows, text); !ok {
			t.Errorf("%q was acknowledged and is not in the copy", text)
		}
	}
}

// TestProofF_BackupDrillBrokenOff: whatever goes wrong, there is no half backup and no half
// installation, one line says what it is, and it can be done again.
func TestProofF_BackupDrillBrokenOff(t *testing.T) {
	s := live(t, db.SQLite)
	dir := t.TempDir()
	good := filepath.Join(dir, "good.backup")
	Command(t, s.args("backup", good)...).Done(t)
	if said := Command(t, s.args("restore", good, "--try")...).Done(t); !strings.Contains(said.Out, "can be restored") {
		t.Errorf("it says %q", said.Out)
	}
	left, err := os.ReadDir(s.data)
	must(t, err)
	for _, e := range left {
		if e.Name() == "trying" || e.Name() == "restoring" {
			t.Errorf("a try leaves %s", e.Name())
		}
	}
	t.Run("refused", func(t *testing.T) { refusedFiles(t, s, good) })
	t.Run("killed", func(t *testing.T) { killed(t, s, good) })
	t.Run("full", func(t *testing.T) { noRoomFor(t, s, good) })
	t.Run("keys on paper", func(t *testing.T) { paperKeys(t, s, good) })
}

func refusedFiles(t *testing.T, s *school, good string) {
	raw, err := os.ReadFile(good)
	must(t, err)
	dir := t.TempDir()
	write := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		must(t, os.WriteFile(path, content, 0o600))
		return path
	}
	flipped := slices.Clone(raw)
	flipped[len(raw)/2] ^= 1
	other := write("other.keys", []byte(strings.Repeat("o", 32)))
	to := newPlace(t, db.SQLite)
	to.keys = s.keys
	for what, c := range map[string]struct {
		args []string
		says string
	}{
		"flipped":          {to.args("restore", write("flipped", flipped)), "damaged or was cut off"},
		"cut off":          {to.args("restore", write("cut", raw[:len(raw)/3])), "damaged or was cut off"},
		"something else":   {to.args("restore", write("photo.jpg", []byte("\xff\xd8\xff"))), "no backup of Leerkring"},
		"no file":          {to.args("restore", filepath.Join(dir, "none")), "no such file"},
		"other keys":       {[]string{"restore", good, "--data", to.data, "--keys", other}, "made with other keys"},
		"no keys":          {[]string{"restore", good, "--data", to.data, "--keys", filepath.Join(dir, "none.keys")}, "the keys are not here"},
		"a house in use":   {s.args("restore", good), "a server is running"},
		"over a backup":    {s.args("backup", good), "is there already"},
		"in no folder":     {s.args("backup", filepath.Join(dir, "no", "x")), "no such file"},
		"where nothing is": {to.args("backup", filepath.Join(dir, "y")), "nothing in"},
	} {
		Command(t, c.args...).Refused(t, what, c.says)
	}
	if list, err := os.ReadDir(to.data); err == nil && len(list) > 1 { // the lock alone
		t.Errorf("left: %v", list)
	}
	full := newPlace(t, db.SQLite)
	full.keys = s.keys
	must(t, os.MkdirAll(full.data, 0o700))
	must(t, os.WriteFile(filepath.Join(full.data, "diary.txt"), []byte("mine"), 0o600))
	Command(t, full.args("restore", good)...).Refused(t, "not empty", "is not empty (diary.txt is in it)")
}

// killed ends a backup and a restore at several moments, as a power cut does.
func killed(t *testing.T, s *school, good string) {
	whole := start(t, s.args("restore", good, "--try")...)
	began := time.Now()
	whole.wait(t).Done(t)
	takes := time.Since(began)
	to := newPlace(t, db.SQLite)
	to.keys = s.keys
	for i := range 6 {
		c := start(t, to.args("restore", good)...)
		time.Sleep(takes * time.Duration(i+1) / 8)
		_ = c.cmd.Process.Kill() // it may be ready already
		c.wait(t)
		if _, err := os.Stat(filepath.Join(to.data, "leerkring.db")); err == nil {
			must(t, os.RemoveAll(to.data)) // it was quicker: it is whole
			continue
		}
		if _, err := os.Stat(filepath.Join(to.data, "restoring")); err == nil {
			Command(t, to.args("serve", "--addr", "127.0.0.1:0")...).Refused(t, "serve on half of it", "do leerkring restore again")
		}
	}
	Command(t, to.args("restore", good)...).Done(t)
	p, _ := Serve(t, to.args()...)
	p.Kill()

	dir := t.TempDir()
	for i := range 4 {
		path := filepath.Join(dir, fmt.Sprintf("%d.backup", i))
		c := start(t, s.args("backup", path)...)
		time.Sleep(time.Duration(i) * 15 * time.Millisecond)
		_ = c.cmd.Process.Signal(syscall.SIGINT)
		if said := c.wait(t); said.Code != 0 {
			waitFor(t, "the end of what nobody waits for", func() bool { list, err := os.ReadDir(dir); return err == nil && len(list) == 0 })
		} else {
			must(t, os.Remove(path))
		}
	}
}

// noRoomFor fills the disk under a backup and under a restore.
func noRoomFor(t *testing.T, s *school, good string) {
	small := smallDisk(t, 64<<10)
	Command(t, s.args("backup", filepath.Join(small, "x.backup"))...).Refused(t, "a backup without room", "no space left")
	if list, err := os.ReadDir(small); err != nil || len(list) > 0 {
		t.Errorf("half a backup: %v %v", list, err)
	}
	disk := smallDisk(t, 1<<20)
	Command(t, "restore", good, "--data", disk, "--keys", s.keys).Refused(t, "a restore without room", "")
	list, err := os.ReadDir(disk)
	must(t, err)
	for _, e := range list {
		if e.Name() != "leerkring.lock" {
			t.Errorf("left: %s", e.Name())
		}
	}
}

// paperKeys shows that paper and a backup are enough.
func paperKeys(t *testing.T, s *school, good string) {
	shown := Command(t, s.args2("keys", "show")...).Done(t)
	to := newPlace(t, db.SQLite)
	must(t, os.MkdirAll(to.data, 0o700))
	c := start0(t, strings.ToLower(strings.ReplaceAll(shown.Out, "0", "o")), "keys", "recover", "--data", to.data, "--keys", to.keys)
	c.wait(t).Done(t)
	Command(t, to.args("restore", good)...).Done(t)
	slip := "Z"
	if shown.Out[0] == 'Z' {
		slip = "Y"
	}
	wrong := start0(t, slip+shown.Out[1:]+"\n", "keys", "recover", "--data", to.data, "--keys", to.keys+"2")
	if said := wrong.wait(t); said.Code != 1 || !strings.Contains(said.Err, "there is a slip in them") {
		t.Errorf("a slip: %d %q", said.Code, said.Err)
	}
}

// args2 are the flags of commands that know no database.
func (p place) args2(more ...string) []string {
	return append(more, "--data", p.data, "--keys", p.keys)
}

func start0(t *testing.T, typed string, args ...string) *child {
	t.Helper()
	c := &child{cmd: command(t, args...)}
	c.cmd.Stdin, c.cmd.Stdout, c.cmd.Stderr = strings.NewReader(typed), &c.out, &c.err
	must(t, c.cmd.Start())
	return c
}
