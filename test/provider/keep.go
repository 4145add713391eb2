package provider

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// keep is the memory of the login: that of the library, with our people, clients and key.
type keep struct {
	*storage.Storage
	p *Provider
}

// GetUserByID and the two below make the provider the user store of the library.
func (p *Provider) GetUserByID(id string) *storage.User {
	p.mu.Lock()
	defer p.mu.Unlock()
	u, ok := p.users[id]
	if !ok {
		return nil
	}
	return &storage.User{ID: u.ID, Username: u.Name, Password: u.Password, Email: u.Email, EmailVerified: u.Verified}
}

// GetUserByUsername finds somebody by the name that is typed.
func (p *Provider) GetUserByUsername(name string) *storage.User {
	p.mu.Lock()
	id := ""
	for _, u := range p.users {
		if u.Name == name {
			id = u.ID
		}
	}
	p.mu.Unlock()
	return p.GetUserByID(id)
}

// ExampleClientID is asked for by the library and used for nothing here.
func (p *Provider) ExampleClientID() string { return "nobody" }

// GetClientByClientID finds a client.
func (k *keep) GetClientByClientID(_ context.Context, id string) (op.Client, error) {
	k.p.mu.Lock()
	defer k.p.mu.Unlock()
	c, ok := k.p.client[id]
	if !ok {
		return nil, oidc.ErrInvalidClient().WithDescription("no such client")
	}
	return c.Client, nil
}

// AuthorizeClientIDSecret checks the secret of a client.
func (k *keep) AuthorizeClientIDSecret(_ context.Context, id, secret string) error {
	k.p.mu.Lock()
	defer k.p.mu.Unlock()
	if c, ok := k.p.client[id]; !ok || c.secret != secret {
		return fmt.Errorf("wrong secret")
	}
	return nil
}

// SetUserinfoFromRequest puts what a kind of login tells into the id token.
func (k *keep) SetUserinfoFromRequest(ctx context.Context, info *oidc.UserInfo, request op.IDTokenRequest, scopes []string) error {
	if err := k.Storage.SetUserinfoFromRequest(ctx, info, request, scopes); err != nil {
		return err
	}
	k.more(info, request.GetSubject())
	return nil
}

// SetUserinfoFromToken puts the same into the answer about a person.
func (k *keep) SetUserinfoFromToken(ctx context.Context, info *oidc.UserInfo, tokenID, subject, origin string) error {
	if err := k.Storage.SetUserinfoFromToken(ctx, info, tokenID, subject, origin); err != nil {
		return err
	}
	k.more(info, subject)
	return nil
}

func (k *keep) more(info *oidc.UserInfo, id string) {
	k.p.mu.Lock()
	defer k.p.mu.Unlock()
	if u, ok := k.p.users[id]; ok {
		for name, value := range u.More {
			info.AppendClaims(name, value)
		}
	}
}

type signing struct{ p *Provider }

// The key of the login, as the library asks for it.
func (s signing) ID() string                                  { return "key-1" }
func (s signing) SignatureAlgorithm() jose.SignatureAlgorithm { return jose.RS256 }
func (s signing) Key() any                                    { return s.p.key }

type public struct{ p *Provider }

// The public half of it.
func (s public) ID() string                         { return "key-1" }
func (s public) Algorithm() jose.SignatureAlgorithm { return jose.RS256 }
func (s public) Use() string                        { return "sig" }
func (s public) Key() any                           { return &s.p.key.PublicKey }

// SigningKey is the key that tokens are signed with.
func (k *keep) SigningKey(context.Context) (op.SigningKey, error) { return signing{k.p}, nil }

// KeySet is what anybody may see of it.
func (k *keep) KeySet(context.Context) ([]op.Key, error) { return []op.Key{public{k.p}}, nil }

func request(ctx context.Context, method, address, body string) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(body))
	if err == nil && body != "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return req, err
}

// loginPage is the id of the request that a login page is for.
func loginPage(address string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil || u.Path != "/login/username" {
		return "", false
	}
	return u.Query().Get("authRequestID"), true
}

func (p *Provider) mine(address string) bool {
	return strings.HasPrefix(address, p.Issuer+"/") || strings.HasPrefix(address, "/")
}

func (p *Provider) full(address string) string {
	if strings.HasPrefix(address, "/") {
		return p.Issuer + address
	}
	return address
}
