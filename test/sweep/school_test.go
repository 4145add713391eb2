//go:build browser

package sweep

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"leerkring/internal/db"
	"leerkring/test/browser"
	"leerkring/test/whole"
)

func TestMain(m *testing.M) { browser.Main(m) }

// school is a running demo.
type school struct {
	t        *testing.T
	program  *whole.Program
	database string
	people   []*somebody
}

// somebody reads pages, with or without a screen.
type somebody struct {
	name   string
	base   string
	cookie *url.URL
	http   *http.Client
}

// open starts a demo, and lets in everybody who stands for a role in it.
func open(t *testing.T, args ...string) *school {
	t.Helper()
	dir := t.TempDir()
	program := whole.Demo(t, append(args, "--data", dir)...)
	s := &school{t: t, program: program, database: "sqlite:" + filepath.Join(dir, "leerkring.db")}
	for _, role := range program.People {
		s.enters(role.Role, role.SignIn)
	}
	return s
}

// stranger is somebody whom nobody has let in.
func (s *school) stranger(name string) *somebody {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	base, err := url.Parse(browser.Localhost(s.program.Address))
	if err != nil {
		s.t.Fatal(err)
	}
	return &somebody{name, base.String(), base, &http.Client{Jar: jar, Timeout: 30 * time.Second}}
}

// enters lets somebody in by a link.
func (s *school) enters(name, link string) *somebody {
	s.t.Helper()
	p := s.stranger(name)
	at, err := url.Parse(link)
	if err != nil {
		s.t.Fatal(err)
	}
	if got := p.post(s.t, at.Path, url.Values{"device": {"own"}}); got.status != http.StatusOK {
		s.t.Fatalf("%s comes in: %d", name, got.status)
	}
	s.people = append(s.people, p)
	return p
}

// byMail lets in somebody for whom the demo keeps no link: by the letter that they ask for.
func (s *school) byMail(key string) *somebody {
	s.t.Helper()
	address := key + "@hetbaken.example"
	if got := s.stranger(key).post(s.t, "/sign-in", url.Values{"email": {address}}); got.status != http.StatusOK {
		s.t.Fatalf("%s asks for a link: %d", key, got.status)
	}
	return s.enters(key, s.letter(address))
}

// person is who stands for a role, or leads something.
func (s *school) person(name string) *somebody {
	s.t.Helper()
	i := slices.IndexFunc(s.people, func(p *somebody) bool { return p.name == name })
	if i < 0 {
		s.t.Fatalf("nobody is %s", name)
	}
	return s.people[i]
}

// letter is where the last letter to an address leads, as soon as it lies ready to be sent.
func (s *school) letter(address string) string {
	s.t.Helper()
	d := s.db()
	defer closing(s.t, d)
	for range 100 {
		text, err := db.One(s.t.Context(), d, `select body_text from mail where address = $1 order by made_at desc, id desc limit 1`, db.Str, address)
		if m := inLetter.FindStringSubmatch(text); err == nil && m != nil {
			return m[1]
		}
		<-time.After(50 * time.Millisecond)
	}
	s.t.Fatalf("there is no letter to %s with a link in it", address)
	return ""
}

func (s *school) exec(sql string, args ...any) {
	s.t.Helper()
	d := s.db()
	defer closing(s.t, d)
	err := d.Write(s.t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(s.t.Context(), tx, sql, args...)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *school) db() *db.DB {
	s.t.Helper()
	d, err := db.Open(s.t.Context(), s.database)
	if err != nil {
		s.t.Fatal(err)
	}
	return d
}

func closing(t *testing.T, d *db.DB) {
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}

// answer is a page as it came over the line.
type answer struct {
	status int
	path   string // where it came from in the end
	kind   string
	body   string
}

func (p *somebody) get(t testing.TB, path string) answer {
	t.Helper()
	return p.ask(t, http.MethodGet, path, "")
}

func (p *somebody) post(t testing.TB, path string, form url.Values) answer {
	t.Helper()
	return p.ask(t, http.MethodPost, path, form.Encode())
}

func (p *somebody) ask(t testing.TB, method, path, form string) answer {
	t.Helper()
	r, err := http.NewRequest(method, p.base+path, strings.NewReader(form))
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	r.Header.Set("Accept-Language", "nl")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", p.base)
	}
	res, err := p.http.Do(r)
	if err != nil {
		t.Fatalf("%s %s as %s: %v", method, path, p.name, err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatalf("%s %s as %s: %v", method, path, p.name, err)
	}
	return answer{res.StatusCode, res.Request.URL.RequestURI(), res.Header.Get("Content-Type"), string(body)}
}

// cookies are what a browser would carry.
func (p *somebody) cookies() []*http.Cookie {
	return p.http.Jar.Cookies(&url.URL{Scheme: p.cookie.Scheme, Host: p.cookie.Host, Path: "/sign-in/code"})
}
