package mail_test

import (
	"bufio"
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// server is a small mail server in this process.
type server struct {
	address string
	mu      sync.Mutex
	refuse  map[string]string // command → answer instead of the usual one
	got     []letter
	auth    []string // what was shown as proof of who we are

	extension string
}

// letter is what the server took in.
type letter struct {
	from, to string
	data     string
}

func newServer(t *testing.T) *server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return serverOn(t, l)
}

// newTLSServer speaks TLS from the first byte, and asks who we are.
func newTLSServer(t *testing.T) (*server, *x509.CertPool) {
	t.Helper()
	lender := httptest.NewTLSServer(nil) // for its certificate
	defer lender.Close()
	roots := x509.NewCertPool()
	roots.AddCert(lender.Certificate())
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: lender.TLS.Certificates})
	if err != nil {
		t.Fatal(err)
	}
	s := serverOn(t, l)
	s.extension = "AUTH PLAIN"
	return s, roots
}

func serverOn(t *testing.T, l net.Listener) *server {
	t.Helper()
	s := &server{address: l.Addr().String(), refuse: map[string]string{}}
	var open sync.WaitGroup
	open.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return // the test is over
			}
			open.Go(func() { s.talk(conn) })
		}
	})
	t.Cleanup(func() { l.Close(); open.Wait() })
	return s
}

func (s *server) answer(command, answer string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse[command] = answer
}

func (s *server) letters() []letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]letter(nil), s.got...)
}

// proofs are what was shown as proof of who we are.
func (s *server) proofs() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.auth...)
}

func (s *server) talk(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewScanner(conn)
	say := func(line string) { fmt.Fprint(conn, line+"\r\n") }
	say("220 test")
	var now letter
	for in.Scan() {
		command, rest, _ := strings.Cut(in.Text(), " ")
		command = strings.ToUpper(command)
		s.mu.Lock()
		other := s.refuse[command]
		s.mu.Unlock()
		switch {
		case other != "":
			say(other)
		case command == "EHLO":
			say("250-test\r\n250-8BITMIME\r\n250 " + cmp.Or(s.extension, "SIZE"))
		case command == "AUTH":
			s.mu.Lock()
			s.auth = append(s.auth, rest)
			s.mu.Unlock()
			say("235 welcome")
		case command == "MAIL":
			now = letter{from: rest}
			say("250 ok")
		case command == "RCPT":
			now.to += rest
			say("250 ok")
		case command == "DATA":
			say("354 go on")
			now.data = text(in)
			s.mu.Lock()
			s.got = append(s.got, now)
			s.mu.Unlock()
			say("250 taken")
		case command == "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// text reads until the line with one dot.
func text(in *bufio.Scanner) string {
	var b strings.Builder
	for in.Scan() && in.Text() != "." {
		b.WriteString(strings.TrimPrefix(in.Text(), ".") + "\r\n")
	}
	return b.String()
}
