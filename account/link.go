package account

import (
	"crypto/rand"
	"math/big"
	"net/url"
	"strings"
	"time"
	"unicode"

	"leerkring/internal/errs"
	"leerkring/internal/ident"
)

const (
	linkLasts = 30 * time.Minute
	// InvitationLasts is how long an invitation opens the door.
	InvitationLasts = 14 * 24 * time.Hour
	demoLasts       = 365 * 24 * time.Hour
)

// secretLength is the length of a reference, a link's secret and a ticket.
const secretLength = 43

// isSecret reports whether s has the shape of a secret of ident.Secret: only then is it
// worth asking the database.
func isSecret(s string) bool {
	if len(s) != secretLength {
		return false
	}
	for _, c := range []byte(s) {
		switch {
		case c >= '0' && c <= '9', c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c == '-', c == '_':
		default:
			return false
		}
	}
	return true
}

// codeLetters has one class of characters, so that a telephone need not change its
// keyboard, and no vowels, so that no code is a word. In capitals b, d, p and q differ.
const codeLetters = "BCDFGHJKMNPQRSTVWXYZ"

// CodeLength is the number of letters of a code.
const CodeLength = 8

func newCode() string {
	code := make([]byte, CodeLength)
	for i := range code {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(codeLetters))))
		if err != nil {
			panic("account: the system has no random source: " + err.Error())
		}
		code[i] = codeLetters[n.Int64()]
	}
	return string(code)
}

// ShowCode returns a code as people read it: KTRM BWSX.
func ShowCode(code string) string { return code[:CodeLength/2] + " " + code[CodeLength/2:] }

// ParseCode reads a typed code: small letters, spaces and dashes are fine.
func ParseCode(typed string) (string, error) {
	if len(typed) > 200 {
		return "", errs.Invalid("account.code_shape").On("code")
	}
	code := strings.Map(func(r rune) rune {
		if r == '-' || r == '–' || unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, typed)
	if len(code) != CodeLength || strings.Trim(code, codeLetters) != "" {
		return "", errs.Invalid("account.code_shape").On("code")
	}
	return code, nil
}

// codeHash ties a code to the browser that asked for it. The ticket is not in the
// database, so that a copy of the database is no help in guessing codes.
func codeHash(ticket, code string) string { return ident.Hash(ticket + " " + code) }

const longestNext = 500

// CleanNext returns a path of this house to go to after signing in, and "" for anything
// that could lead elsewhere.
func CleanNext(next string) string {
	if len(next) > longestNext || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\") {
		return ""
	}
	for _, r := range next {
		if r <= ' ' || r == 0x7f || !unicode.IsPrint(r) {
			return ""
		}
	}
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" || strings.Contains(u.Path, "\\") || strings.HasPrefix(u.Path, "//") {
		return ""
	}
	for _, part := range strings.Split(u.Path, "/") {
		if part == ".." || part == "." {
			return ""
		}
	}
	return next
}
