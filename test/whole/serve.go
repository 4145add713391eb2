package whole

import (
	"bufio"
	"bytes"
	"errors"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// Said is what a command wrote, and how it ended.
type Said struct {
	Code     int
	Out, Err string
}

// Command runs a command of the program to its end.
func Command(t testing.TB, args ...string) Said {
	t.Helper()
	return start(t, args...).wait(t)
}

// child is a command that runs.
type child struct {
	cmd      *exec.Cmd
	out, err bytes.Buffer
}

func start(t testing.TB, args ...string) *child {
	t.Helper()
	c := &child{cmd: command(t, args...)}
	c.cmd.Stdout, c.cmd.Stderr = &c.out, &c.err
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

func command(t testing.TB, args ...string) *exec.Cmd { return exec.Command(Binary(t), args...) }

func (c *child) wait(t testing.TB) Said {
	t.Helper()
	err := c.cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return Said{c.cmd.ProcessState.ExitCode(), c.out.String(), c.err.String()}
}

// Refused fails unless the command was refused with one clear line.
func (s Said) Refused(t testing.TB, what, line string) {
	t.Helper()
	if s.Code != 1 || strings.Count(s.Err, "\n") != 1 || !strings.HasPrefix(s.Err, "leerkring: ") || !strings.Contains(s.Err, line) || strings.Contains(s.Err, "goroutine") {
		t.Errorf("%s: exit %d, %q, want %q", what, s.Code, s.Err, line)
	}
}

// Done fails unless the command did what it was asked.
func (s Said) Done(t testing.TB) Said {
	t.Helper()
	if s.Code != 0 {
		t.Fatalf("exit %d: %s", s.Code, s.Err)
	}
	return s
}

var readyAt = regexp.MustCompile(`msg=ready address=(\S+)`)

// lines keeps what a program writes while it runs.
type lines struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lines) add(s string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.b.WriteString(s + "\n")
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// Serve starts the program as a school does, and waits until it is ready.
func Serve(t testing.TB, args ...string) (p *Program, log func() string) {
	t.Helper()
	p = &Program{t: t, log: &strings.Builder{}}
	p.cmd = exec.Command(Binary(t), append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
	pipe, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Kill)
	said := &lines{}
	ready := make(chan string, 1)
	go func() {
		s := bufio.NewScanner(pipe)
		for s.Scan() {
			said.add(s.Text())
			if m := readyAt.FindStringSubmatch(s.Text()); m != nil {
				ready <- m[1]
			}
		}
		close(ready)
	}()
	select {
	case p.Address = <-ready:
	case <-time.After(time.Minute):
	}
	if p.Address == "" {
		t.Fatalf("it did not get ready:\n%s", said)
	}
	return p, said.String
}

// At is the same browser, at another address of the same house.
func (c *Client) At(p *Program) *Client { return &Client{t: c.t, base: p.Address, http: c.http} }
