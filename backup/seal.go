package backup

import (
	"bufio"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/tink-crypto/tink-go/v2/streamingaead/subtle"
)

// The refusals of reading a backup.
var (
	ErrNotOurs   = errors.New("this is no backup of Leerkring")
	ErrNeedsKeys = errors.New("this backup is encrypted: its keys are needed")
	ErrDamaged   = errors.New("this backup is damaged or was cut off")
)

// first is how every backup begins; the line goes on with how it is encrypted.
const (
	first     = "LEERKRING BACKUP 1 "
	plainly   = "plain"
	encrypted = "aes256-gcm-hkdf-1mb "
	longest   = 200 // of that line
	segment   = 1 << 20
	keyBytes  = 32
)

// Mark tells which keys a backup was made with, and nothing about them.
func Mark(keys []byte) (string, error) {
	b, err := hkdf.Key(sha256.New, keys, nil, "leerkring backup mark 1", 4)
	return hex.EncodeToString(b), err
}

func cipherOf(keys []byte) (*subtle.AESGCMHKDF, error) {
	key, err := hkdf.Key(sha256.New, keys, nil, "leerkring backup 1", keyBytes)
	if err != nil {
		return nil, err
	}
	return subtle.NewAESGCMHKDF(key, "SHA256", keyBytes, segment, 0)
}

// seal writes the first line and returns what encrypts the rest; without keys nothing is
// encrypted.
func seal(w io.Writer, keys []byte) (io.WriteCloser, error) {
	if len(keys) == 0 {
		_, err := io.WriteString(w, first+plainly+"\n")
		return open{w}, err
	}
	mark, err := Mark(keys)
	if err != nil {
		return nil, err
	}
	line := first + encrypted + mark + "\n"
	if _, err := io.WriteString(w, line); err != nil {
		return nil, err
	}
	c, err := cipherOf(keys)
	if err != nil {
		return nil, err
	}
	return c.NewEncryptingWriter(w, []byte(line))
}

// open is a stream that nothing encrypts.
type open struct{ io.Writer }

func (open) Close() error { return nil }

// unseal reads the first line and returns what decrypts the rest.
func unseal(r io.Reader, keys []byte) (io.Reader, error) {
	b := bufio.NewReaderSize(r, 64<<10)
	line, err := firstLine(b)
	if err != nil {
		return nil, err
	}
	how := strings.TrimSuffix(strings.TrimPrefix(line, first), "\n")
	if how == plainly {
		return b, nil
	}
	made, ok := strings.CutPrefix(how, encrypted)
	if !ok {
		return nil, fmt.Errorf("%w: its first line is not known here", ErrDamaged)
	}
	if len(keys) == 0 {
		return nil, ErrNeedsKeys
	}
	mark, err := Mark(keys)
	if err != nil {
		return nil, err
	}
	if made != mark {
		return nil, fmt.Errorf("this backup was made with other keys (%s; these are %s)", clean(made), mark)
	}
	c, err := cipherOf(keys)
	if err != nil {
		return nil, err
	}
	return c.NewDecryptingReader(b, []byte(line))
}

func firstLine(b *bufio.Reader) (string, error) {
	var line []byte
	for len(line) < longest {
		c, err := b.ReadByte()
		if err != nil {
			break
		}
		if line = append(line, c); c == '\n' {
			break
		}
	}
	if !strings.HasPrefix(string(line), first) || line[len(line)-1] != '\n' {
		return "", ErrNotOurs
	}
	return string(line), nil
}

// clean keeps a mark from a file readable in a sentence.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'f' {
			return r
		}
		return -1
	}, s)
}
