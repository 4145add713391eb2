package openid_test

import (
	"crypto/rand"
	"crypto/rsa"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"leerkring/account/openid"
	"leerkring/internal/clock"
	"leerkring/internal/outgoing"
	"leerkring/test/provider"
)

const back = "https://leerkring.school.nl/sign-in/school/p1"

var here = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

type trip struct {
	t      *testing.T
	login  *provider.Provider
	client *http.Client
	set    openid.Settings
	clock  *clock.Fake
}

func journey(t *testing.T) *trip {
	t.Helper()
	p := provider.New(t)
	p.Client("leerkring", "hush", back)
	p.Add(provider.User{ID: "u1", Name: "noor", Password: "open", Email: "n@school.nl", Verified: true})
	return &trip{t, p, outgoing.New(outgoing.Options{Allow: here, Roots: p.Roots}),
		openid.Settings{Kind: openid.Other, Issuer: p.Issuer, ClientID: "leerkring", Secret: "hush", Redirect: back}, clock.NewFake(clock.System{}.Now())}
}

// make goes to the login and comes back; change turns what comes back.
func (j *trip) make(v openid.Visit, change func(v *openid.Visit, r *openid.Return)) (openid.Identity, error) {
	j.t.Helper()
	p, err := openid.Discover(j.t.Context(), j.client, j.clock, j.set)
	if err != nil {
		return openid.Identity{}, err
	}
	got, err := j.login.Visit(j.t.Context(), p.Address(v), "noor", "open")
	if err != nil {
		j.t.Fatal(err)
	}
	u, err := url.Parse(got)
	if err != nil || !strings.HasPrefix(got, back+"?") || u.Query().Get("state") != v.State {
		j.t.Fatalf("back at %s: %v", got, err)
	}
	r := openid.Return{Code: u.Query().Get("code"), Issuer: u.Query().Get("iss")}
	if change != nil {
		change(&v, &r)
	}
	return p.Finish(j.t.Context(), v, r)
}

func visit() openid.Visit {
	return openid.Visit{State: "state-1", Nonce: "nonce-1", Verifier: strings.Repeat("v", 64), Since: clock.System{}.Now()}
}

func TestSomebodyComesBack(t *testing.T) {
	t.Parallel()
	j := journey(t)
	id, err := j.make(visit(), nil)
	if err != nil || id.Issuer != j.login.Issuer || id.Subject != "u1" || id.Email != "n@school.nl" || !id.Vouched || id.At.IsZero() {
		t.Fatalf("%+v, %v", id, err)
	}
	p, err := openid.Discover(t.Context(), j.client, j.clock, j.set)
	if err != nil || p.LookAtKeys(t.Context()) != nil {
		t.Fatalf("keys: %v", err)
	}
}

// T-A5: nothing that a liar sends gets through, and each lie has its reason.
func TestLiesAreRefused(t *testing.T) {
	t.Parallel()
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	say := func(name string, value any) *provider.Bend {
		return &provider.Bend{Claims: func(c map[string]any) { c[name] = value }}
	}
	now := func() int64 { return clock.System{}.Now().Unix() }
	for name, c := range map[string]struct {
		bend *provider.Bend
		want openid.Reason
	}{
		"not signed":                 {&provider.Bend{Sign: provider.Unsigned}, openid.BadToken},
		"signed with the public key": {&provider.Bend{Sign: provider.SharedSecret}, openid.BadToken},
		"signed with the client secret": {&provider.Bend{Sign: func(_ *provider.Provider, c []byte) string {
			return provider.Signed(c, jose.HS256, []byte(strings.Repeat("hush", 8)))
		}}, openid.BadToken},
		"signed by a stranger":                {&provider.Bend{Sign: func(_ *provider.Provider, c []byte) string { return provider.Signed(c, jose.RS256, stranger) }}, openid.Unsigned},
		"another algorithm of the same key":   {&provider.Bend{Sign: func(p *provider.Provider, c []byte) string { return p.Sign(c, jose.PS512) }}, openid.BadToken},
		"no token at all":                     {&provider.Bend{Sign: func(*provider.Provider, []byte) string { return "a.b" }}, openid.BadToken},
		"another issuer":                      {say("iss", "https://evil.example"), openid.BadIssuer},
		"another client":                      {say("aud", []string{"another"}), openid.NotForUs},
		"two clients, and who asked unsaid":   {&provider.Bend{Claims: func(c map[string]any) { c["aud"] = []string{"leerkring", "another"}; delete(c, "azp") }}, openid.NotForUs},
		"asked by another client":             {say("azp", "another"), openid.NotForUs},
		"over":                                {&provider.Bend{Claims: func(c map[string]any) { c["exp"] = now() - 1 }}, openid.BadClock},
		"not yet":                             {&provider.Bend{Claims: func(c map[string]any) { c["nbf"] = now() + 3600 }}, openid.BadClock},
		"from the future":                     {&provider.Bend{Claims: func(c map[string]any) { c["iat"] = now() + 3600 }}, openid.BadClock},
		"another nonce":                       {say("nonce", "nonce-2"), openid.BadNonce},
		"no nonce":                            {&provider.Bend{Claims: func(c map[string]any) { delete(c, "nonce") }}, openid.BadNonce},
		"nobody":                              {say("sub", ""), openid.NoSubject},
		"tells of somebody else":              {&provider.Bend{Claims: func(c map[string]any) { delete(c, "email") }, UserInfo: func(c map[string]any) { c["sub"] = "u2" }}, openid.NoSubject},
		"calls itself otherwise":              {&provider.Bend{About: func(c map[string]any) { c["issuer"] = "https://evil.example" }}, openid.BadIssuer},
		"sends on without a lock":             {&provider.Bend{About: func(c map[string]any) { c["token_endpoint"] = "http://127.0.0.1/token" }}, openid.NotHTTPS},
		"signs with a secret only":            {&provider.Bend{About: func(c map[string]any) { c["id_token_signing_alg_values_supported"] = []string{"HS256"} }}, openid.OldCrypto},
		"promises to name itself and doesn't": {&provider.Bend{About: func(c map[string]any) { c["authorization_response_iss_parameter_supported"] = true }}, openid.BadIssuer},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := journey(t)
			j.login.Lie(c.bend)
			if id, err := j.make(visit(), nil); openid.ReasonOf(err) != c.want || id.Subject != "" {
				t.Errorf("%+v, %v: want %s", id, err, c.want)
			}
		})
	}
}

func TestWhatBelongsToAnotherVisitIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(v *openid.Visit, r *openid.Return)
		want   openid.Reason
	}{
		"another browser":  {func(v *openid.Visit, _ *openid.Return) { v.Verifier = strings.Repeat("w", 64) }, openid.BadCode},
		"another code":     {func(_ *openid.Visit, r *openid.Return) { r.Code += "x" }, openid.BadCode},
		"another nonce":    {func(v *openid.Visit, _ *openid.Return) { v.Nonce = "nonce-2" }, openid.BadNonce},
		"an empty nonce":   {func(v *openid.Visit, _ *openid.Return) { v.Nonce = "" }, openid.BadNonce},
		"another login":    {func(_ *openid.Visit, r *openid.Return) { r.Issuer = "https://evil.example" }, openid.BadIssuer},
		"asked after that": {func(v *openid.Visit, _ *openid.Return) { v.Fresh, v.Since = true, v.Since.Add(time.Hour) }, openid.NotFresh},
	} {
		j := journey(t)
		if id, err := j.make(visit(), c.change); openid.ReasonOf(err) != c.want || id.Subject != "" {
			t.Errorf("%s: %+v, %v", name, id, err)
		}
	}
	j := journey(t)
	var code string
	if _, err := j.make(visit(), func(_ *openid.Visit, r *openid.Return) { code = r.Code }); err != nil {
		t.Fatal(err)
	}
	if _, err := j.make(visit(), func(_ *openid.Visit, r *openid.Return) { r.Code = code }); openid.ReasonOf(err) != openid.BadCode {
		t.Errorf("a code that was used: %v", err)
	}
}

// A login that is asked to ask again says so, and one that does not say when is not believed.
func TestAskedAgain(t *testing.T) {
	t.Parallel()
	j := journey(t)
	v := visit()
	v.Fresh = true
	if id, err := j.make(v, nil); err != nil || id.At.Before(v.Since.Add(-time.Minute)) {
		t.Errorf("%+v, %v", id, err)
	}
	for _, at := range []any{nil, v.Since.Add(-time.Hour).Unix()} {
		j.login.Lie(&provider.Bend{Claims: func(c map[string]any) {
			if c["auth_time"] = at; at == nil {
				delete(c, "auth_time")
			}
		}})
		if _, err := j.make(v, nil); openid.ReasonOf(err) != openid.NotFresh {
			t.Errorf("signed in at %v: %v", at, err)
		}
	}
}

func TestWhatIsWrongWithALogin(t *testing.T) {
	t.Parallel()
	j := journey(t)
	look := func(c *http.Client, issuer string) openid.Reason {
		s := j.set
		s.Issuer = issuer
		_, err := openid.Discover(t.Context(), c, j.clock, s)
		return openid.ReasonOf(err)
	}
	for _, c := range []struct {
		name   string
		client *http.Client
		issuer string
		want   openid.Reason
	}{
		{"all is well", j.client, j.login.Issuer, openid.Fine},
		{"inside the house", outgoing.New(outgoing.Options{Roots: j.login.Roots}), j.login.Issuer, openid.BadAddress},
		{"a certificate that nobody knows", outgoing.New(outgoing.Options{Allow: here}), j.login.Issuer, openid.NoTLS},
		{"another name than on the certificate", j.client, strings.Replace(j.login.Issuer, "127.0.0.1", "localhost", 1), openid.NoTLS},
		{"no such place", j.client, j.login.Issuer + "/elsewhere", openid.NotOpenID},
		{"a slash too many", j.client, j.login.Issuer + "/", openid.BadIssuer},
		{"nobody there", j.client, "https://127.0.0.1:1", openid.Down},
		{"no such name", j.client, "https://no-such-school.invalid", openid.NoHost},
	} {
		if got := look(c.client, c.issuer); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	j.set.Secret = "another"
	if _, err := j.make(visit(), nil); openid.ReasonOf(err) != openid.BadSecret {
		t.Errorf("wrong secret: %v", err)
	}
	for code, want := range map[string]openid.Reason{"access_denied": openid.Denied, "unauthorized_client": openid.BadClient, "server_error": openid.Unwilling, "": openid.Unwilling} {
		if got := openid.ReasonOf(openid.Refused(code)); got != want {
			t.Errorf("%q: %s, want %s", code, got, want)
		}
	}
}
