// Package sealed keeps small secrets in the database so that the database alone does not
// give them away: they are sealed with a key that lies outside it.
//
// Promises: what was sealed for one purpose and thing opens for no other; what was changed
// does not open; the key itself is used for nothing but making other keys.
package sealed

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
)

// ErrNotOurs is what Open says of a text that was not sealed by this key for this thing.
var ErrNotOurs = errors.New("sealed with another key, for something else, or changed")

// Box seals and opens. It is safe for many at once.
type Box struct {
	aead cipher.AEAD
	mark []byte
}

// New returns the box of a key.
func New(key []byte) (*Box, error) {
	of := func(what string) ([]byte, error) { return hkdf.Key(sha256.New, key, nil, "leerkring "+what, 32) }
	lock, err := of("sealed secrets")
	if err != nil {
		return nil, fmt.Errorf("key to seal with: %w", err)
	}
	mark, err := of("marks of codes")
	if err != nil {
		return nil, fmt.Errorf("key to mark with: %w", err)
	}
	block, err := aes.NewCipher(lock)
	if err != nil {
		return nil, fmt.Errorf("cipher: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("cipher: %w", err)
	}
	return &Box{aead, mark}, nil
}

// Seal closes a secret for one thing, such as «login provider» and its id.
func (b *Box) Seal(purpose, id, secret string) string {
	nonce := make([]byte, b.aead.NonceSize())
	_, _ = rand.Read(nonce) // never fails: the program ends without a random source
	return base64.RawStdEncoding.EncodeToString(b.aead.Seal(nonce, nonce, []byte(secret), about(purpose, id)))
}

// Open gives the secret back.
func (b *Box) Open(purpose, id, closed string) (string, error) {
	raw, err := base64.RawStdEncoding.DecodeString(closed)
	n := b.aead.NonceSize()
	if err != nil || len(raw) < n {
		return "", ErrNotOurs
	}
	secret, err := b.aead.Open(nil, raw[:n], raw[n:], about(purpose, id))
	if err != nil {
		return "", ErrNotOurs
	}
	return string(secret), nil
}

// Mark is a hash of a short code that nobody can try out without the key.
func (b *Box) Mark(purpose, id, code string) string {
	m := hmac.New(sha256.New, b.mark)
	m.Write(about(purpose, id))
	m.Write([]byte(code))
	return hex.EncodeToString(m.Sum(nil))
}

// about is what a secret belongs to; the lengths keep two lists of parts apart.
func about(purpose, id string) []byte {
	return fmt.Appendf(nil, "%d:%s%d:%s", len(purpose), purpose, len(id), id)
}
