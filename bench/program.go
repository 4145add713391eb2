package main

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
	"strconv"
	"strings"
	"time"
)

// program is a running demo that was built for measuring.
type program struct {
	cmd     *exec.Cmd
	address string
	links   map[string]string // role → where to sign in
	emails  map[string]string // role → address
	started time.Duration
}

func start(binary, dir string, o options) (*program, error) {
	args := []string{"demo", "--addr", "127.0.0.1:0", "--json", "--data", dir + "/data"}
	if o.database != "" {
		args = append(args, "--database", o.database)
	}
	p := &program{cmd: exec.Command(binary, args...), links: map[string]string{}, emails: map[string]string{}}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.cmd.Stderr = os.Stderr
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("the program did not get ready: %w", err)
	}
	p.started = time.Since(began)
	var said struct {
		Address string
		People  []struct {
			Role   string
			Email  string
			SignIn string `json:"sign_in"`
		}
	}
	if err := json.Unmarshal(line, &said); err != nil {
		return nil, err
	}
	p.address = said.Address
	for _, x := range said.People {
		p.links[x.Role], p.emails[x.Role] = strings.TrimPrefix(x.SignIn, said.Address), x.Email
	}
	return p, nil
}

func (p *program) stop() {
	if p.cmd.ProcessState == nil {
		_ = p.cmd.Process.Kill() // the measurement is over
		_ = p.cmd.Wait()
	}
}

// memory is what the program holds now, in bytes.
func (p *program) memory() int64 { return p.status("VmRSS:") }

// highest is the most that it held.
func (p *program) highest() int64 { return p.status("VmHWM:") }

// cpu is how long the program has kept processors busy.
func (p *program) cpu() time.Duration {
	raw, err := os.ReadFile("/proc/" + strconv.Itoa(p.cmd.Process.Pid) + "/stat")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(raw), ") ") // the name before it may hold anything
	f := strings.Fields(rest)
	if len(f) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(f[11], 10, 64) // the kernel writes numbers
	system, _ := strconv.ParseInt(f[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond
}

func (p *program) status(key string) int64 {
	raw, err := os.ReadFile("/proc/" + strconv.Itoa(p.cmd.Process.Pid) + "/status")
	if err != nil {
		return 0
	}
	for line := range strings.SplitSeq(string(raw), "\n") {
		if f := strings.Fields(line); len(f) > 1 && f[0] == key {
			n, _ := strconv.ParseInt(f[1], 10, 64) // the kernel writes a number
			return n << 10
		}
	}
	return 0
}

// client is a browser of somebody who is signed in.
type client struct {
	base string
	http *http.Client
	gzip bool
}

func (p *program) client(link string, o options) (*client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	c := &client{base: p.address, gzip: o.gzip, http: &http.Client{Jar: jar, Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 1024, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	status, _, err := c.send(http.MethodPost, link, url.Values{"device": {"own"}})
	if err == nil && status != http.StatusSeeOther {
		err = fmt.Errorf("sign in: status %d", status)
	}
	return c, err
}

// send makes one request and returns its status and how many bytes came back.
func (c *client) send(method, path string, form url.Values) (status, size int, err error) {
	var in io.Reader
	if form != nil {
		in = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequest(method, c.base+path, in)
	if err != nil {
		return 0, 0, err
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", c.base)
	}
	if c.gzip {
		r.Header.Set("Accept-Encoding", "gzip")
	}
	res, err := c.http.Do(r)
	if err != nil {
		return 0, 0, err
	}
	defer res.Body.Close()
	n, err := io.Copy(io.Discard, res.Body)
	return res.StatusCode, int(n), err
}
