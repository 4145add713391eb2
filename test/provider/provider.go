package provider

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// User is somebody with an account at the login.
type User struct {
	ID, Name, Password string
	Email              string
	Verified           bool
	More               map[string]any // claims of one kind of login: hd, oid, tid …
}

// Provider is the login of a school.
type Provider struct {
	Issuer string
	Roots  *x509.CertPool

	bend   *Bend
	server *httptest.Server
	key    *rsa.PrivateKey
	mu     sync.Mutex
	users  map[string]*User
	client map[string]client
	calls  map[string]int
}

type client struct {
	*storage.Client
	secret string
}

// keys are made once: making one takes long. Two logins of one test have different ones.
var keys = sync.OnceValue(func() []*rsa.PrivateKey {
	out := make([]*rsa.PrivateKey, 3)
	for i := range out {
		var err error
		if out[i], err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
			panic(err)
		}
	}
	return out
})

var made atomic.Int64

// New serves a login until the test ends.
func New(t testing.TB) *Provider {
	t.Helper()
	p := &Provider{users: map[string]*User{}, client: map[string]client{}, calls: map[string]int{}, Roots: x509.NewCertPool()}
	p.key = keys()[int(made.Add(1))%len(keys())]
	inner := http.NewServeMux()
	p.server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { p.outward(w, r, inner) }))
	p.server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	p.server.StartTLS()
	t.Cleanup(p.server.Close)
	p.Issuer = p.server.URL
	p.Roots.AddCert(p.server.Certificate())
	kept := &keep{Storage: storage.NewStorage(p), p: p}
	var secret [32]byte
	if _, err := rand.Read(secret[:]); err != nil {
		t.Fatal(err)
	}
	open, err := op.NewProvider(&op.Config{CryptoKey: secret, CodeMethodS256: true, AuthMethodPost: true}, kept, op.StaticIssuer(p.Issuer), op.WithLogger(slog.New(slog.DiscardHandler)))
	if err != nil {
		t.Fatal(err)
	}
	back := op.AuthCallbackURL(open)
	inner.HandleFunc("GET /login/username", func(w http.ResponseWriter, r *http.Request) { p.ask(w, r.URL.Query().Get("authRequestID"), "") })
	inner.HandleFunc("POST /login/username", func(w http.ResponseWriter, r *http.Request) {
		id := r.FormValue("id")
		if err := kept.CheckUsernamePassword(r.FormValue("username"), r.FormValue("password"), id); err != nil {
			p.ask(w, id, "Wrong user name or password.")
			return
		}
		http.Redirect(w, r, back(op.ContextWithIssuer(r.Context(), p.Issuer), id), http.StatusFound)
	})
	inner.Handle("/", open)
	return p
}

const form = `<!doctype html><html lang="en"><meta charset="utf-8"><title>School login</title><main><h1>School login</h1>
<p role="alert">%s</p><form method="post" action="/login/username"><input type="hidden" name="id" value="%s">
<p><label>Username <input name="username"></label></p><p><label>Password <input name="password" type="password"></label></p><button>Sign in</button></form></main></html>`

func (p *Provider) ask(w http.ResponseWriter, id, wrong string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, form, html.EscapeString(wrong), html.EscapeString(id))
}

// Add gives somebody an account, or changes it.
func (p *Provider) Add(u User) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.users[u.ID] = &u
}

// Client registers a program that may send people here, with the addresses they go back to.
func (p *Provider) Client(id, secret string, redirects ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.client[id] = client{storage.WebClient(id, secret, redirects...), secret}
}

// Calls tells how often a path was asked for.
func (p *Provider) Calls(path string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.calls[path]
}

// CertFile writes the certificate of the login to a file, for SSL_CERT_FILE.
func (p *Provider) CertFile(t testing.TB) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "login.pem")
	raw := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.server.Certificate().Raw})
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// Visit goes to an address of the login as somebody and gives the address that the login
// sends back to; ctx bounds it.
func (p *Provider) Visit(ctx context.Context, address, name, password string) (string, error) {
	hand := p.server.Client()
	own := &http.Client{Transport: hand.Transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for range 6 {
		method, body := http.MethodGet, ""
		if id, ok := loginPage(address); ok {
			method, body = http.MethodPost, url.Values{"id": {id}, "username": {name}, "password": {password}}.Encode()
			address = p.Issuer + "/login/username"
		}
		next, err := hop(ctx, own, method, address, body)
		if err != nil {
			return "", err
		}
		if !p.mine(next) {
			return next, nil
		}
		address = p.full(next)
	}
	return "", fmt.Errorf("the login goes round in circles")
}

// hop makes one request and returns where it leads.
func hop(ctx context.Context, c *http.Client, method, address, body string) (string, error) {
	req, err := request(ctx, method, address, body)
	if err != nil {
		return "", err
	}
	resp, err := c.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	to := resp.Header.Get("Location")
	if to == "" {
		text, _ := io.ReadAll(io.LimitReader(resp.Body, 500))
		return "", fmt.Errorf("%s %s: %s: %s", method, address, resp.Status, text)
	}
	return to, nil
}
