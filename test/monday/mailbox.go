package monday

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/mail"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Letter is a message as a mail program reads it.
type Letter struct {
	*mail.Message
	Raw string
}

var literal = regexp.MustCompile(`\{(\d+)\}$`)

// Read reads everything in a mailbox over IMAP.
func (s *Servers) Read(name string) []Letter {
	s.t.Helper()
	conn, err := net.DialTimeout("tcp", "127.0.0.1:"+strconv.Itoa(s.imap), 5*time.Second)
	s.fail(err)
	defer conn.Close()
	s.fail(conn.SetDeadline(time.Now().Add(20 * time.Second)))
	in := bufio.NewReader(conn)
	if _, err := in.ReadString('\n'); err != nil {
		s.t.Fatal(err)
	}
	var out []Letter
	for i, command := range []string{"LOGIN " + name + " " + Password, "SELECT INBOX", "FETCH 1:* (BODY.PEEK[])", "LOGOUT"} {
		tag := fmt.Sprintf("a%d ", i)
		_, err := fmt.Fprint(conn, tag+command+"\r\n")
		s.fail(err)
		for {
			line, err := in.ReadString('\n')
			s.fail(err)
			line = strings.TrimRight(line, "\r\n")
			if m := literal.FindStringSubmatch(line); m != nil {
				size, err := strconv.Atoi(m[1])
				s.fail(err)
				raw := make([]byte, size)
				_, err = io.ReadFull(in, raw)
				s.fail(err)
				letter, err := mail.ReadMessage(strings.NewReader(string(raw)))
				s.fail(err)
				out = append(out, Letter{letter, string(raw)})
			}
			if rest, ok := strings.CutPrefix(line, tag); ok {
				empty := strings.HasPrefix(command, "FETCH") && strings.HasPrefix(rest, "BAD") // «1:*» of nothing
				if !strings.HasPrefix(rest, "OK") && !empty {
					s.t.Fatalf("imap %s: %s", strings.Fields(command)[0], rest)
				}
				break
			}
		}
	}
	return out
}
