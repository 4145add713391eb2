package mail

import (
	"crypto/tls"
	"crypto/x509"

	gomail "github.com/wneessen/go-mail"
)

// Describe tells which server it is, and whether it must begin TLS itself.
func (s *SMTP) Describe() string {
	client, err := gomail.NewClient(s.host, s.options...)
	if err != nil {
		return err.Error()
	}
	return client.ServerAddr() + " " + client.TLSPolicy()
}

// Trust lets a server of a test show its own certificate.
func (s *SMTP) Trust(roots *x509.CertPool) {
	s.dial = (&tls.Dialer{Config: &tls.Config{ServerName: "example.com", RootCAs: roots, MinVersion: tls.VersionTLS12}}).DialContext
}
