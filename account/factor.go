package account

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"leerkring/internal/errs"
)

// The one-time codes of an app: six digits, a new one each half minute. One step to either
// side is borne, for clocks that differ.
const (
	factorStep   = 30
	factorBorne  = 1
	factorDigits = 6
	factorBytes  = 20
)

func newFactor() string {
	raw := make([]byte, factorBytes)
	_, _ = rand.Read(raw) // never fails: the program ends without a random source
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw)
}

// factorURL is what an app reads from the picture.
func factorURL(secret, name string) string {
	q := url.Values{"secret": {secret}, "issuer": {"Leerkring"}}
	return "otpauth://totp/" + url.PathEscape("Leerkring:"+name) + "?" + q.Encode()
}

// stepOf returns which half minute a code belongs to, after the last one that was used: a
// code that was seen over a shoulder works for nobody any more.
func stepOf(secret, code string, now time.Time, last int64) (int64, error) {
	at := now.Unix() / factorStep
	found := int64(0)
	for step := at - factorBorne; step <= at+factorBorne; step++ {
		want, err := totp.GenerateCodeCustom(secret, time.Unix(step*factorStep, 0), totp.ValidateOpts{Period: factorStep, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0, err
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && step > last {
			found = step
		}
	}
	if found == 0 {
		return 0, errs.Invalid("account.factor_wrong").On("code")
	}
	return found, nil
}

// parseFactor reads a typed code: six digits of an app, or the letters of a recovery code.
func parseFactor(typed string) (code string, recovery bool, err error) {
	if len(typed) > 200 {
		return "", false, errs.Invalid("account.factor_shape").On("code")
	}
	code = strings.Map(func(r rune) rune {
		if r == '-' || r == '–' || unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, typed)
	if len(code) == factorDigits && strings.Trim(code, "0123456789") == "" {
		return code, false, nil
	}
	if len(code) == CodeLength && strings.Trim(code, codeLetters) == "" {
		return code, true, nil
	}
	return "", false, errs.Invalid("account.factor_shape").On("code")
}
