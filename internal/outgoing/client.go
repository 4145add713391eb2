package outgoing

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// What a call may take.
const (
	Timeout   = 5 * time.Second
	Largest   = 1 << 20
	Redirects = 3
)

// The refusals of the guard; errors.Is finds them through everything that wraps them.
var (
	ErrAddress   = errors.New("the address is not in the open internet")
	ErrScheme    = errors.New("only https leaves the house")
	ErrRedirects = errors.New("too many redirects")
	ErrLarge     = errors.New("the answer is too large")
)

// Options are what the keeper of the server decides.
type Options struct {
	Allow []netip.Prefix // networks that may be called though they are not public
	Roots *x509.CertPool // whom to trust instead of what the system trusts
}

// New returns a client that goes through the guard.
func New(o Options) *http.Client {
	dialer := &net.Dialer{Timeout: Timeout, ControlContext: func(_ context.Context, _, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil || !may(at.Addr(), o.Allow) {
			return fmt.Errorf("dial %s: %w", address, ErrAddress)
		}
		return nil
	}}
	transport := &http.Transport{
		DialContext:            dialer.DialContext, // no proxy: it would look names up out of our sight
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: o.Roots},
		TLSHandshakeTimeout:    Timeout,
		ResponseHeaderTimeout:  Timeout,
		MaxResponseHeaderBytes: 64 << 10,
		MaxIdleConns:           20,
		IdleConnTimeout:        30 * time.Second,
		ForceAttemptHTTP2:      true,
	}
	return &http.Client{Timeout: Timeout, Transport: guarded{transport}, CheckRedirect: func(_ *http.Request, via []*http.Request) error {
		if len(via) > Redirects {
			return ErrRedirects
		}
		return nil
	}}
}

// guarded refuses what is not https, at the first call and at each redirect, and bounds
// what comes back.
type guarded struct{ next http.RoundTripper }

func (g guarded) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme != "https" {
		return nil, fmt.Errorf("%s: %w", r.URL.Scheme, ErrScheme)
	}
	resp, err := g.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	resp.Body = &bounded{ReadCloser: resp.Body, left: Largest}
	return resp, nil
}

// bounded reads so much and not a byte more. What is cut off is an error, never an end.
type bounded struct {
	io.ReadCloser
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, ErrLarge
	}
	if len(p) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.ReadCloser.Read(p)
	if b.left -= n; b.left < 0 {
		return n - 1, ErrLarge
	}
	return n, err
}
