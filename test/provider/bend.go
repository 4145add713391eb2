package provider

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/go-jose/go-jose/v4"
)

// Bend makes a login lie.
type Bend struct {
	// Claims changes what an id token says, before it is signed again.
	Claims func(claims map[string]any)
	// Sign makes a token of it; nil signs with the key of the login.
	Sign func(p *Provider, claims []byte) string
	// About changes what the login says of itself.
	About func(about map[string]any)
	// UserInfo changes what it says of somebody.
	UserInfo func(claims map[string]any)
}

// outward lets a request through and bends the answer.
func (p *Provider) outward(w http.ResponseWriter, r *http.Request, inner http.Handler) {
	p.mu.Lock()
	p.calls[r.URL.Path]++
	bend := p.bend
	p.mu.Unlock()
	if bend == nil {
		inner.ServeHTTP(w, r)
		return
	}
	rec := httptest.NewRecorder()
	inner.ServeHTTP(rec, r)
	body := rec.Body.Bytes()
	if rec.Code == http.StatusOK {
		body = p.bent(bend, r.URL.Path, body)
	}
	maps.Copy(w.Header(), rec.Header())
	w.Header().Del("Content-Length")
	w.WriteHeader(rec.Code)
	_, _ = w.Write(body)
}

func (p *Provider) bent(b *Bend, path string, body []byte) []byte {
	change := func(f func(map[string]any)) []byte {
		doc := map[string]any{}
		if f == nil || json.Unmarshal(body, &doc) != nil {
			return body
		}
		f(doc)
		out, err := json.Marshal(doc)
		if err != nil {
			return body
		}
		return out
	}
	switch path {
	case "/.well-known/openid-configuration":
		return change(b.About)
	case "/userinfo":
		return change(b.UserInfo)
	case "/oauth/token":
		return change(func(doc map[string]any) {
			if raw, ok := doc["id_token"].(string); ok {
				doc["id_token"] = p.again(b, raw)
			}
		})
	}
	return body
}

// again opens a token, lets its claims be changed, and signs it once more.
func (p *Provider) again(b *Bend, raw string) string {
	parts := strings.Split(raw, ".")
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return raw
	}
	claims := map[string]any{}
	d := json.NewDecoder(bytes.NewReader(payload))
	d.UseNumber()
	if d.Decode(&claims) != nil {
		return raw
	}
	if b.Claims != nil {
		b.Claims(claims)
	}
	payload, err = json.Marshal(claims)
	if err != nil {
		return raw
	}
	if b.Sign != nil {
		return b.Sign(p, payload)
	}
	return Signed(payload, jose.RS256, p.key)
}

// Signed makes a token with a key of one's own choice.
func Signed(claims []byte, algorithm jose.SignatureAlgorithm, key any) string {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: algorithm, Key: key}, (&jose.SignerOptions{}).WithType("JWT").WithHeader("kid", "key-1"))
	if err != nil {
		panic(err)
	}
	token, err := signer.Sign(claims)
	if err != nil {
		panic(err)
	}
	out, err := token.CompactSerialize()
	if err != nil {
		panic(err)
	}
	return out
}

// Unsigned makes a token that says it needs no signature.
func Unsigned(_ *Provider, claims []byte) string {
	e := base64.RawURLEncoding.EncodeToString
	return e([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + e(claims) + "."
}

// SharedSecret signs with the public key as if it were a secret that both sides know.
func SharedSecret(p *Provider, claims []byte) string {
	der, err := x509.MarshalPKIXPublicKey(p.public())
	if err != nil {
		panic(err)
	}
	return Signed(claims, jose.HS256, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

func (p *Provider) public() *rsa.PublicKey { return &p.key.PublicKey }

// Lie bends the login from now on; nil makes it honest again.
func (p *Provider) Lie(b *Bend) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bend = b
}

// Sign makes a token with the key of the login and an algorithm of one's own choice.
func (p *Provider) Sign(claims []byte, algorithm jose.SignatureAlgorithm) string {
	return Signed(claims, algorithm, p.key)
}
