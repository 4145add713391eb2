package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/textproto"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// SMTP is a mail server.
type SMTP struct {
	host    string
	dial    gomail.DialContextFunc
	options []gomail.Option
	from    netmail.Address
	domain  string
}

// SMTPSettings say which server, and who we are there.
type SMTPSettings struct {
	Server   string // smtp://user@host:587, smtps://user@host:465
	Password string
	From     string // leerkring@school.example
	FromName string // Leerkring
}

const patience = 30 * time.Second

// NewSMTP reads the settings; it does not connect yet. Every server but one on this
// machine must speak TLS.
func NewSMTP(s SMTPSettings) (*SMTP, error) {
	u, err := url.Parse(s.Server)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" || strings.Trim(u.Path, "/") != "" {
		return nil, fmt.Errorf("mail server must look like smtp://user@host:587") // it may hold a password: it is not repeated
	}
	from, err := Address(s.From)
	if err != nil {
		return nil, fmt.Errorf("sender of mail must be one address")
	}
	_, domain, _ := strings.Cut(from, "@")
	options, err := s.options(u)
	if err != nil {
		return nil, err
	}
	out := &SMTP{
		host: u.Hostname(), dial: new(net.Dialer).DialContext, from: netmail.Address{Name: line(s.FromName), Address: from}, domain: domain,
		options: append(options, gomail.WithHELO(domain), gomail.WithTimeout(patience)),
	}
	if u.Scheme == "smtps" {
		out.dial = (&tls.Dialer{Config: &tls.Config{ServerName: u.Hostname(), MinVersion: tls.VersionTLS12}}).DialContext
	}
	if _, err := gomail.NewClient(out.host, out.options...); err != nil {
		return nil, fmt.Errorf("mail server: %w", err)
	}
	return out, nil
}

func (s SMTPSettings) options(u *url.URL) ([]gomail.Option, error) {
	port := map[string]int{"smtp": 587, "smtps": 465}[u.Scheme]
	if p := u.Port(); p != "" {
		n, err := strconv.Atoi(p)
		if err != nil {
			return nil, fmt.Errorf("port of the mail server is no number")
		}
		port = n
	}
	policy := gomail.TLSMandatory
	if ip := net.ParseIP(u.Hostname()); u.Hostname() == "localhost" || ip != nil && ip.IsLoopback() || u.Scheme == "smtps" {
		policy = gomail.TLSOpportunistic // smtps speaks TLS from its first byte
	}
	options := []gomail.Option{gomail.WithTLSPolicy(policy), gomail.WithPort(port)}
	password := s.Password
	if p, ok := u.User.Password(); ok && password == "" {
		password = p
	}
	if name := u.User.Username(); name != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(name), gomail.WithPassword(password))
	}
	return options, nil
}

// Deliver sends one message; a nil ready is always ready.
func (s *SMTP) Deliver(ctx context.Context, m Message, ready func() error) error {
	msg, err := s.compose(m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	// The library leaves a connection open when the server answers unkindly: we close it.
	var line net.Conn
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := s.dial(ctx, network, address)
		line = conn
		return conn, err
	}
	client, err := gomail.NewClient(s.host, append(slices.Clone(s.options), gomail.WithDialContextFunc(dial))...)
	if err != nil {
		return fmt.Errorf("mail server: %w", err)
	}
	defer func() {
		if line != nil {
			_ = line.Close() // mostly closed already
		}
	}()
	open, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return refusedEntry(err)
	}
	if ready != nil {
		if err := ready(); err != nil {
			_ = client.CloseWithSMTPClient(open) // nothing was said that needs an answer
			return err
		}
	}
	err = client.SendWithSMTPClient(open, msg)
	if err == nil || msg.IsDelivered() { // what goes wrong afterwards is not the message's fault
		_ = client.CloseWithSMTPClient(open)
		return nil
	}
	return verdict(err)
}

// refusedEntry tells why we did not come in.
func refusedEntry(err error) error {
	var told *textproto.Error
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var record tls.RecordHeaderError
	switch {
	case errors.As(err, &told) && told.Code >= 530 && told.Code < 540:
		return &fault{FaultAuth, told.Code}
	case errors.As(err, &told) && told.Code < 500:
		return &fault{FaultBusy, told.Code}
	case errors.As(err, &told):
		return &fault{FaultOther, told.Code}
	case errors.Is(err, gomail.ErrNoPreferredAuthMechanism), errors.Is(err, smtp.ErrUnencrypted):
		return &fault{FaultAuth, 0}
	case errors.As(err, &unknown), errors.As(err, &host), errors.As(err, &invalid), errors.As(err, &record), strings.Contains(err.Error(), "STARTTLS"):
		return &fault{FaultTLS, 0} // that there is no STARTTLS has no value of its own in the library
	}
	return &fault{FaultAway, 0}
}

// verdict tells what a failure means, without the address that the server repeats.
func verdict(err error) error {
	var failed *gomail.SendError
	if !errors.As(err, &failed) {
		return &fault{FaultAway, 0}
	}
	code := failed.ErrorCode()
	final := code >= 500 && code < 600
	switch failed.Reason {
	case gomail.ErrSMTPRcptTo, gomail.ErrSMTPData, gomail.ErrSMTPDataClose:
		if final {
			return errors.Join(ErrRefused, &fault{FaultOther, code})
		}
		if failed.Reason == gomail.ErrSMTPDataClose && code == 0 {
			return errors.Join(ErrUnsure, &fault{FaultAway, 0})
		}
	case gomail.ErrSMTPMailFrom:
		if final {
			return &fault{FaultSender, code}
		}
	}
	if code == 0 {
		return &fault{FaultAway, 0}
	}
	return &fault{FaultBusy, code}
}

func (s *SMTP) compose(m Message) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(&s.from)
	msg.ToMailAddress(&netmail.Address{Name: line(m.Name), Address: m.Address})
	msg.Subject(line(m.Subject))
	msg.SetDateWithValue(m.At)
	msg.SetMessageIDWithValue(m.ID + "@" + s.domain)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")
	if m.Unsubscribe != "" {
		if err := msg.SetListUnsubscribeOneClick(m.Unsubscribe); err != nil {
			return nil, errors.Join(ErrRefused, errors.New("the address to unsubscribe is none"))
		}
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	return msg, nil
}
