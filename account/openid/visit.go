package openid

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Visit is one trip of one browser to a login. Nonce and Verifier come from the secret of
// that browser and are nowhere else.
type Visit struct {
	State, Nonce, Verifier string
	Fresh                  bool      // the login must ask who it is again
	Since                  time.Time // when the browser was sent there
}

// Address is where the browser is sent.
func (p *Provider) Address(v Visit) string {
	options := []oauth2.AuthCodeOption{oidc.Nonce(v.Nonce), oauth2.S256ChallengeOption(v.Verifier)}
	if v.Fresh {
		options = append(options, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	}
	if p.settings.Kind == Google && len(p.settings.Allowed) == 1 {
		options = append(options, oauth2.SetAuthURLParam("hd", p.settings.Allowed[0]))
	}
	return p.oauth.AuthCodeURL(v.State, options...)
}

const (
	skew      = 5 * time.Minute // how far two clocks may be apart
	freshness = time.Minute
)

// Return is what the browser brought back.
type Return struct {
	Code, Issuer string
}

// Finish asks the login who came back, and believes it only when all of it fits: issuer,
// client, visit, moment and signature.
func (p *Provider) Finish(ctx context.Context, v Visit, r Return) (Identity, error) {
	if r.Issuer != "" && r.Issuer != p.settings.Issuer || r.Issuer == "" && p.about.SaysIssuer {
		return Identity{}, fail(BadIssuer, errors.New("another login answered"))
	}
	ctx = oidc.ClientContext(ctx, p.client)
	token, err := p.oauth.Exchange(ctx, r.Code, oauth2.VerifierOption(v.Verifier))
	if err != nil {
		return Identity{}, exchanged(err)
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return Identity{}, fail(BadToken, errors.New("no id token"))
	}
	c, err := p.verify(ctx, v, raw)
	if err != nil {
		return Identity{}, err
	}
	if err := p.complete(ctx, token, c); err != nil {
		return Identity{}, err
	}
	id, err := p.settings.identity(c)
	if err != nil {
		return Identity{}, err
	}
	now := p.clock.Now()
	if id.At.After(now) {
		id.At = now
	}
	if v.Fresh && id.At.Before(v.Since.Add(-freshness)) {
		return Identity{}, fail(NotFresh, nil)
	}
	return id, nil
}

// verify checks an id token and returns what it tells.
func (p *Provider) verify(ctx context.Context, v Visit, raw string) (claims, error) {
	verifier := p.oidc.VerifierContext(ctx, &oidc.Config{ClientID: p.settings.ClientID, SupportedSigningAlgs: algorithms, Now: p.clock.Now})
	token, err := verifier.Verify(ctx, raw)
	if err != nil {
		return nil, fail(unverified(err), err)
	}
	c := claims{}
	if err := token.Claims(&c); err != nil {
		return nil, fail(BadToken, err)
	}
	party := c.text("azp")
	switch {
	case token.Nonce == "" || token.Nonce != v.Nonce:
		return nil, fail(BadNonce, nil)
	case token.IssuedAt.After(p.clock.Now().Add(skew)):
		return nil, fail(BadClock, errors.New("issued in the future"))
	case party != "" && party != p.settings.ClientID, party == "" && len(token.Audience) > 1:
		return nil, fail(NotForUs, nil)
	}
	return c, nil
}

// unverified tells why a token was refused. The library tells most of it in words only.
func unverified(err error) Reason {
	var over *oidc.TokenExpiredError
	text := err.Error()
	switch {
	case errors.As(err, &over), strings.Contains(text, "before the nbf"):
		return BadClock
	case strings.Contains(text, "issued by a different provider"):
		return BadIssuer
	case strings.Contains(text, "expected audience"):
		return NotForUs
	case strings.Contains(text, "malformed"), strings.Contains(text, "unmarshal"):
		return BadToken
	}
	if r := called(err); r != Down {
		return r
	}
	return Unsigned
}

// complete asks for what an id token leaves out: some logins tell the address and the
// school elsewhere. What it says counts only for the same person.
func (p *Provider) complete(ctx context.Context, token *oauth2.Token, c claims) error {
	if p.about.UserInfo == "" || c["email"] != nil && (p.settings.Kind == Entra || p.settings.Kind == Google || p.settings.Kind == Other && c["email_verified"] != nil) {
		return nil
	}
	info, err := p.oidc.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		if r := called(err); r != Down {
			return fail(r, err)
		}
		return fail(BadToken, err)
	}
	more := claims{}
	if err := info.Claims(&more); err != nil {
		return fail(BadToken, err)
	}
	if more.text("sub") != c.text("sub") {
		return fail(NoSubject, errors.New("told of somebody else"))
	}
	for name, value := range more {
		if _, known := c[name]; !known {
			c[name] = value
		}
	}
	return nil
}
