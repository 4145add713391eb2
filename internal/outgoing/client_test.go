package outgoing

import (
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"
)

// outside serves what a test needs, over TLS, and gives a client that may call this machine.
func outside(t *testing.T, h http.HandlerFunc) (*httptest.Server, *http.Client, *x509.CertPool) {
	t.Helper()
	s := httptest.NewTLSServer(h)
	t.Cleanup(s.Close)
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	return s, New(Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Roots: roots}), roots
}

func get(t *testing.T, c *http.Client, address string) (string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := c.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	return string(raw), err
}

func TestThisMachineIsNotCalledUnlessAllowed(t *testing.T) {
	t.Parallel()
	called := false
	s, allowed, roots := outside(t, func(w http.ResponseWriter, _ *http.Request) { called = true; _, _ = io.WriteString(w, "here") })
	for _, c := range []*http.Client{New(Options{Roots: roots}), New(Options{Roots: roots, Allow: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}})} {
		for _, address := range []string{s.URL, strings.Replace(s.URL, "127.0.0.1", "localhost", 1), strings.Replace(s.URL, "127.0.0.1", "[::ffff:127.0.0.1]", 1)} {
			if _, err := get(t, c, address); !errors.Is(err, ErrAddress) {
				t.Errorf("%s: %v", address, err)
			}
		}
	}
	if called {
		t.Error("somebody was called all the same")
	}
	if got, err := get(t, allowed, s.URL); err != nil || got != "here" {
		t.Errorf("allowed: %q, %v", got, err)
	}
}

func TestOnlyHTTPS(t *testing.T) {
	t.Parallel()
	plain := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plain.Close)
	s, c, _ := outside(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, plain.URL, http.StatusFound) })
	for _, address := range []string{plain.URL, s.URL, "file:///etc/passwd", "gopher://127.0.0.1/"} {
		if _, err := get(t, c, address); !errors.Is(err, ErrScheme) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestRedirectsAreCountedAndGuarded(t *testing.T) {
	t.Parallel()
	hops := 0
	s, c, _ := outside(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/inside" {
			http.Redirect(w, r, "https://169.254.169.254/latest/meta-data", http.StatusFound)
			return
		}
		hops++
		http.Redirect(w, r, "/"+strings.Repeat("x", hops), http.StatusFound)
	})
	if _, err := get(t, c, s.URL); !errors.Is(err, ErrRedirects) || hops != Redirects+1 {
		t.Errorf("after %d hops: %v", hops, err)
	}
	if _, err := get(t, c, s.URL+"/inside"); !errors.Is(err, ErrAddress) {
		t.Errorf("into the metadata: %v", err)
	}
}

func TestAnAnswerHasAnEnd(t *testing.T) {
	t.Parallel()
	s, c, _ := outside(t, func(w http.ResponseWriter, r *http.Request) {
		n := Largest
		if r.URL.Path == "/more" {
			n++
		}
		_, _ = io.WriteString(w, strings.Repeat("x", n))
	})
	if got, err := get(t, c, s.URL); err != nil || len(got) != Largest {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if got, err := get(t, c, s.URL+"/more"); !errors.Is(err, ErrLarge) || len(got) != Largest {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

func TestACertificateOfAStrangerIsRefused(t *testing.T) {
	t.Parallel()
	s, _, _ := outside(t, func(http.ResponseWriter, *http.Request) {})
	c := New(Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	var unknown x509.UnknownAuthorityError
	if _, err := get(t, c, s.URL); !errors.As(err, &unknown) {
		t.Errorf("%v", err)
	}
}

func TestNobodyWaitsForLong(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	s, c, _ := outside(t, func(http.ResponseWriter, *http.Request) { <-release })
	defer close(release)
	if c.Timeout != Timeout {
		t.Fatalf("waits for %v", c.Timeout)
	}
	c.Timeout = 50 * time.Millisecond
	var late interface{ Timeout() bool }
	if _, err := get(t, c, s.URL); !errors.As(err, &late) || !late.Timeout() {
		t.Errorf("%v", err)
	}
}
