package whole

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

var built struct {
	sync.Once
	path string
	err  error
}

// Binary builds the program once for all tests of a run.
func Binary(t testing.TB) string {
	t.Helper()
	built.Do(func() {
		dir, err := os.MkdirTemp("", "leerkring-whole-")
		if err != nil {
			built.err = err
			return
		}
		built.path = filepath.Join(dir, "leerkring")
		out, err := exec.Command("go", "build", "-o", built.path, "leerkring/cmd/leerkring").CombinedOutput()
		if err != nil {
			built.err = fmt.Errorf("build: %w: %s", err, out)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.path
}

// Person is somebody of the demo.
type Person struct {
	Role   string `json:"role"`
	Name   string `json:"name"`
	Email  string `json:"email"`
	SignIn string `json:"sign_in"`
	Token  string `json:"token"`
}

// Program is a running demo.
type Program struct {
	t       testing.TB
	cmd     *exec.Cmd
	Address string
	People  []Person
	Started time.Duration // until it said that it was ready
	log     *strings.Builder
}

// Demo starts the demo with more arguments, and waits until it is ready.
func Demo(t testing.TB, args ...string) *Program {
	t.Helper()
	p := &Program{t: t, log: &strings.Builder{}}
	p.cmd = exec.Command(Binary(t), append([]string{"demo", "--addr", "127.0.0.1:0", "--json"}, args...)...)
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.cmd.Stderr = p.log
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Kill)
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		t.Fatalf("the demo did not get ready: %v\n%s", err, p.log)
	}
	p.Started = time.Since(began)
	if err := json.Unmarshal(line, p); err != nil {
		t.Fatalf("%v: %s", err, line)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }() // nothing more is expected
	return p
}

// UnmarshalJSON reads the one line that the demo prints.
func (p *Program) UnmarshalJSON(b []byte) error {
	var said struct {
		Address string   `json:"address"`
		People  []Person `json:"people"`
	}
	err := json.Unmarshal(b, &said)
	p.Address, p.People = said.Address, said.People
	return err
}

// Kill ends the program at once, as a power cut does for a process.
func (p *Program) Kill() {
	if p.cmd.ProcessState != nil {
		return
	}
	_ = p.cmd.Process.Kill() // it may have ended by itself
	_ = p.cmd.Wait()
}

// Log is what the program wrote on stderr.
func (p *Program) Log() string { return p.log.String() }

// Role returns the person who stands for a role.
func (p *Program) Role(role string) Person {
	p.t.Helper()
	for _, x := range p.People {
		if x.Role == role {
			return x
		}
	}
	p.t.Fatalf("the demo has no %s", role)
	return Person{}
}

// Client is a browser without a screen.
type Client struct {
	t    testing.TB
	base string
	http *http.Client
}

// SignedIn signs somebody in by the link, as a browser does.
func (p *Program) SignedIn(role string) *Client {
	p.t.Helper()
	c := p.Stranger()
	if status, _, _ := c.Post(strings.TrimPrefix(p.Role(role).SignIn, p.Address), url.Values{"device": {"own"}}); status != http.StatusOK {
		p.t.Fatalf("sign in as %s: %d", role, status)
	}
	return c
}

// Stranger is a browser that nobody is signed in with.
func (p *Program) Stranger() *Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	return &Client{t: p.t, base: p.Address, http: &http.Client{Jar: jar, Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}}
}

// Get opens a page.
func (c *Client) Get(path string) (status int, body string, err error) {
	return c.do(http.MethodGet, path, nil)
}

// File asks for a file, and returns how it came.
func (c *Client) File(path string) (int, http.Header, []byte) {
	c.t.Helper()
	res, err := c.http.Get(c.base + path)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return res.StatusCode, res.Header, body
}

// Post sends a form and follows to the page that it leads to.
func (c *Client) Post(path string, form url.Values) (status int, body string, err error) {
	return c.do(http.MethodPost, path, form)
}

func (c *Client) do(method, path string, form url.Values) (int, string, error) {
	var in io.Reader
	if form != nil {
		in = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequest(method, c.base+path, in)
	if err != nil {
		return 0, "", err
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", c.base)
	}
	res, err := c.http.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return res.StatusCode, string(body), err
}

var trajectoryID = regexp.MustCompile(`/trajectories/([0-9a-z]{26})`)

// Begin begins a trajectory by the form and returns its id.
func (c *Client) Begin(title, stage string) string {
	c.t.Helper()
	status, body, err := c.Post("/trajectories", url.Values{"method": {"verbetercyclus"}, "title": {title}, "question": {"Waar gaat het om?"}, "stage": {stage}})
	m := trajectoryID.FindStringSubmatch(body)
	if err != nil || status != http.StatusOK || m == nil {
		c.t.Fatalf("begin: %d %v", status, err)
	}
	return m[1]
}
