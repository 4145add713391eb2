// Package ident makes the names of things: ids that sort by the time they were
// made, and secrets that nobody can guess.
package ident

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"sync"
	"time"
)

// alphabet is Crockford's base32 in lower case: no i, l, o or u, so that an id read aloud survives.
var alphabet = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// Length is the number of characters of an id.
const Length = 26

// newest is the last id that this process made.
var newest struct {
	sync.Mutex
	ms   uint64
	tail [10]byte
}

// At returns a new id for something made at the given moment: 48 bits of milliseconds,
// then 80 random bits. Within one process ids only go up, also within a millisecond: the
// next one is then the last one and one more.
func At(now time.Time) string {
	ms := uint64(now.UnixMilli())
	var raw [16]byte
	newest.Lock()
	defer newest.Unlock()
	if ms > newest.ms {
		newest.ms = ms
		if _, err := rand.Read(newest.tail[:]); err != nil {
			panic("ident: the system has no random source: " + err.Error())
		}
		newest.tail[0] &= 0x7f // room to count up
	} else {
		for i := len(newest.tail) - 1; i >= 0; i-- {
			newest.tail[i]++
			if newest.tail[i] != 0 {
				break
			}
		}
	}
	binary.BigEndian.PutUint64(raw[:8], newest.ms<<16)
	copy(raw[6:], newest.tail[:])
	return alphabet.EncodeToString(raw[:])
}

// Valid reports whether s has the shape of an id. It says nothing about existence.
func Valid(s string) bool {
	if len(s) != Length {
		return false
	}
	for _, c := range []byte(s) {
		switch {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z' && c != 'i' && c != 'l' && c != 'o' && c != 'u':
		default:
			return false
		}
	}
	return true
}

// Secret returns 256 random bits in base64url, for links and sign-in cookies.
func Secret() string {
	var raw [32]byte
	if _, err := rand.Read(raw[:]); err != nil {
		panic("ident: the system has no random source: " + err.Error())
	}
	return base64.RawURLEncoding.EncodeToString(raw[:])
}

// Code returns n characters of the id alphabet that a person can type.
func Code(n int) string {
	raw := make([]byte, n)
	if _, err := rand.Read(raw); err != nil {
		panic("ident: the system has no random source: " + err.Error())
	}
	const letters = "0123456789abcdefghjkmnpqrstvwxyz" // 32: no bias
	for i := range raw {
		raw[i] = letters[raw[i]&31]
	}
	return string(raw)
}

// Hash is how a secret is kept at rest.
func Hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// ValidCode reports whether s has the shape of a code of n characters.
func ValidCode(s string, n int) bool {
	if len(s) != n {
		return false
	}
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}
