package mail

import (
	"net/mail"
	"strings"
	"time"
	"unicode"

	"leerkring/internal/errs"
)

// Message is one mail to one person.
type Message struct {
	ID          string    // given by Queue
	Key         string    // what it is about: a second message with this key is not queued
	Kind        string    // "account.sign_in", "notify.week"
	BoardID     string    // whose list it stands in
	PersonID    string    // "" for somebody without an account
	At          time.Time // the moment of the act
	Address     string
	Name        string
	Subject     string
	Text        string
	HTML        string // may be empty
	Unsubscribe string // an https address, may be empty
	Private     bool   // that it exists is nobody else's business
	Secret      bool   // it holds a link or code that opens something

	Once  bool      // never twice is stronger than always once: see doc.go
	Later bool      // what it says is made at the moment of sending, by the builder of its kind
	Until time.Time // after this it is no longer true, and is not sent; zero for a message that stays true

	handedAt time.Time // when it was about to be given to the server, of a message that is sent once
}

// States of a message.
const (
	Waiting   = "waiting"
	Sent      = "sent"
	Failed    = "failed"
	Withdrawn = "withdrawn"
)

const longestAddress = 254

// Address gives the one address in s, in the form in which we keep it: the part after
// the @ in small letters. It refuses everything else with mail.address.
func Address(s string) (string, error) {
	refused := errs.Invalid("mail.address")
	s = strings.TrimSpace(s)
	if len(s) > longestAddress || strings.ContainsFunc(s, func(c rune) bool { return c <= ' ' || c > '~' || strings.ContainsRune(`"(),:;<>[\]`, c) }) {
		return "", refused
	}
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s {
		return "", refused
	}
	local, domain, _ := strings.Cut(s, "@")
	if strings.Contains(domain, "@") || !strings.Contains(domain, ".") && domain != "localhost" {
		return "", refused
	}
	return local + "@" + strings.ToLower(domain), nil
}

// line makes one line of what goes into a header: nothing in it can begin another one.
func line(s string) string {
	s = strings.Map(func(c rune) rune {
		switch {
		case unicode.IsSpace(c), unicode.Is(unicode.Cc, c), unicode.Is(unicode.Zl, c), unicode.Is(unicode.Zp, c):
			return ' '
		case unicode.Is(unicode.Cf, c):
			return -1
		}
		return c
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(s), " ")
}

// clean checks a message and puts its headers in order.
func clean(m Message) (Message, error) {
	if m.Later {
		if m.Key == "" || m.Kind == "" || m.BoardID == "" || m.PersonID == "" || m.At.IsZero() {
			return m, errs.Invalid("mail.incomplete")
		}
		m.Address, m.Name, m.Subject, m.Text, m.HTML, m.Unsubscribe = "", "", "", "", "", ""
		return m, nil
	}
	address, err := Address(m.Address)
	if err != nil {
		return m, err
	}
	m.Address, m.Name, m.Subject, m.Unsubscribe = address, line(m.Name), line(m.Subject), line(m.Unsubscribe)
	if m.Key == "" || m.Kind == "" || m.BoardID == "" || m.At.IsZero() || m.Subject == "" || m.Text == "" {
		return m, errs.Invalid("mail.incomplete")
	}
	if m.Unsubscribe != "" && !strings.HasPrefix(m.Unsubscribe, "https://") {
		m.Unsubscribe = "" // a demo on loopback
	}
	return m, nil
}
