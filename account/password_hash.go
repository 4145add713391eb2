package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// What a password costs to try: 19 MiB, twice over. Four at once, so that a crowd at the door
// does not take the memory of the house.
const (
	hashMemory = 19 * 1024
	hashTimes  = 2
	hashLength = 32
	saltLength = 16
	hashAtOnce = 4
)

// hasher makes and compares hashes of passwords.
type hasher struct {
	places chan struct{}
	nobody string // what is compared when there is nobody: that takes as long
}

func newHasher() hasher {
	h := hasher{places: make(chan struct{}, hashAtOnce)}
	h.nobody = written(salt(), make([]byte, hashLength))
	return h
}

func salt() []byte {
	s := make([]byte, saltLength)
	_, _ = rand.Read(s) // never fails: the program ends without a random source
	return s
}

func written(salt, key []byte) string {
	e := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, hashMemory, hashTimes, e(salt), e(key))
}

// enter waits for a place.
func (h hasher) enter(ctx context.Context) error {
	select {
	case h.places <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h hasher) make(ctx context.Context, password string) (string, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer func() { <-h.places }()
	s := salt()
	return written(s, argon2.IDKey([]byte(plainPassword(password)), s, hashTimes, hashMemory, 1, hashLength)), nil
}

// fits compares a password with a hash. A hash that cannot be read fits nothing.
func (h hasher) fits(ctx context.Context, hash, password string) (bool, error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, fmt.Errorf("a hash of another kind: %q", parts[min(1, len(parts)-1)])
	}
	var version, memory, times uint32
	var lanes uint8
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &memory, &times, &lanes); err != nil || version != argon2.Version || memory > 1<<20 || times > 20 || lanes == 0 || times == 0 {
		return false, fmt.Errorf("the costs of a hash: %s %s", parts[2], parts[3])
	}
	s, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, fmt.Errorf("the salt of a hash: %w", err)
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(want) < 16 {
		return false, fmt.Errorf("a hash that is cut off")
	}
	if err := h.enter(ctx); err != nil {
		return false, err
	}
	defer func() { <-h.places }()
	got := argon2.IDKey([]byte(plainPassword(password)), s, times, memory, lanes, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}
