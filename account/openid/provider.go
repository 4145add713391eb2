package openid

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"leerkring/internal/clock"
)

// algorithms are those that count. «none», and a secret that both sides share, never do.
var algorithms = []string{oidc.RS256, oidc.ES256}

// Provider is a login that was looked up.
type Provider struct {
	settings Settings
	about    about
	client   *http.Client
	clock    clock.Clock
	oidc     *oidc.Provider
	oauth    oauth2.Config
}

// about is what a login says of itself.
type about struct {
	Issuer     string   `json:"issuer"`
	Authorize  string   `json:"authorization_endpoint"`
	Token      string   `json:"token_endpoint"`
	UserInfo   string   `json:"userinfo_endpoint"`
	Keys       string   `json:"jwks_uri"`
	Algorithms []string `json:"id_token_signing_alg_values_supported"`
	Methods    []string `json:"token_endpoint_auth_methods_supported"`
	SaysIssuer bool     `json:"authorization_response_iss_parameter_supported"`
}

// Discover looks a login up. The client must be a guarded one: the address was typed in.
func Discover(ctx context.Context, c *http.Client, k clock.Clock, s Settings) (*Provider, error) {
	p := &Provider{settings: s, client: c, clock: k}
	if err := fetch(ctx, c, strings.TrimSuffix(s.Issuer, "/")+wellKnown, &p.about); err != nil {
		return nil, err
	}
	if p.about.Issuer != s.Issuer {
		return nil, fail(BadIssuer, errors.New("it calls itself "+p.about.Issuer))
	}
	for _, address := range []string{p.about.Authorize, p.about.Token, p.about.Keys, p.about.UserInfo} {
		if address != "" && !strings.HasPrefix(address, "https://") {
			return nil, fail(NotHTTPS, errors.New(address))
		}
	}
	if p.about.Authorize == "" || p.about.Token == "" || p.about.Keys == "" {
		return nil, fail(NotOpenID, errors.New("it does not tell its addresses"))
	}
	if len(p.about.Algorithms) > 0 && !slices.ContainsFunc(p.about.Algorithms, func(a string) bool { return slices.Contains(algorithms, a) }) {
		return nil, fail(OldCrypto, errors.New(strings.Join(p.about.Algorithms, " ")))
	}
	config := oidc.ProviderConfig{IssuerURL: s.Issuer, AuthURL: p.about.Authorize, TokenURL: p.about.Token, UserInfoURL: p.about.UserInfo, JWKSURL: p.about.Keys, Algorithms: algorithms}
	p.oidc = config.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), c))
	endpoint := p.oidc.Endpoint()
	endpoint.AuthStyle = oauth2.AuthStyleInHeader
	if len(p.about.Methods) > 0 && !slices.Contains(p.about.Methods, "client_secret_basic") {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	p.oauth = oauth2.Config{ClientID: s.ClientID, ClientSecret: s.Secret, Endpoint: endpoint, RedirectURL: s.Redirect, Scopes: s.scopes()}
	return p, nil
}

// LookAtKeys asks whether the login shows a key that can sign for it.
func (p *Provider) LookAtKeys(ctx context.Context) error {
	var set struct {
		Keys []struct {
			Type string `json:"kty"`
			Use  string `json:"use"`
		} `json:"keys"`
	}
	if err := fetch(ctx, p.client, p.about.Keys, &set); err != nil {
		if ReasonOf(err) == NotOpenID {
			return fail(BadKeys, err)
		}
		return err
	}
	for _, k := range set.Keys {
		if (k.Type == "RSA" || k.Type == "EC") && k.Use != "enc" {
			return nil
		}
	}
	return fail(BadKeys, errors.New("no key"))
}

// fetch reads a JSON document of a login.
func fetch(ctx context.Context, c *http.Client, address string, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return fail(NotOpenID, err)
	}
	req.Header.Set("Accept", "application/json")
	resp, err := c.Do(req)
	if err != nil {
		return fail(called(err), err)
	}
	defer resp.Body.Close()
	if resp.StatusCode >= http.StatusInternalServerError {
		return fail(Down, errors.New(resp.Status))
	}
	if resp.StatusCode != http.StatusOK {
		return fail(NotOpenID, errors.New(resp.Status))
	}
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil {
		if r := called(err); r != Down {
			return fail(r, err)
		}
		return fail(NotOpenID, err)
	}
	return nil
}

// Host is where the browser is sent, for a page that says so before it goes.
func (p *Provider) Host() string {
	u, err := url.Parse(p.about.Authorize)
	if err != nil {
		return ""
	}
	return u.Host
}

// Knock asks the login for its page as a browser would, and hears whether it knows our
// client and our way back. Most logins say so at once, on their own page.
func (p *Provider) Knock(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.Address(Visit{State: "knock", Nonce: "knock", Verifier: strings.Repeat("k", 64)}), nil)
	if err != nil {
		return fail(NotOpenID, err)
	}
	req.Header.Set("Accept", "text/html")
	c := *p.client
	c.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		if strings.HasPrefix(req.URL.String(), p.settings.Redirect) {
			return http.ErrUseLastResponse // it knows the way back; nobody is to go there now
		}
		return p.client.CheckRedirect(req, via)
	}
	resp, err := c.Do(req)
	if err != nil {
		if r := called(err); r == BadAddress || r == NoTLS || r == NoHost || r == Slow {
			return fail(r, err)
		}
		return nil // what only a browser can do is for the browser to find out
	}
	defer resp.Body.Close()
	if to, err := resp.Location(); err == nil && strings.HasPrefix(to.String(), p.settings.Redirect) && to.Query().Get("error") != "" {
		return Refused(to.Query().Get("error"))
	}
	raw, err := io.ReadAll(io.LimitReader(resp.Body, 200_000))
	if err != nil {
		return nil
	}
	return heard(resp.StatusCode, string(raw))
}

// heard reads the page of a login that does not want us. The codes are those of Microsoft.
func heard(status int, page string) error {
	page = strings.ToLower(page)
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(page, w) })
	}
	switch {
	case has("redirect_uri_mismatch", "aadsts50011"), status >= 400 && has("redirect_uri", "redirect uri"):
		return fail(BadRedirect, nil)
	case has("aadsts700016", "aadsts90002"), status >= 400 && has("client"):
		return fail(BadClient, nil)
	}
	return nil
}
