package account

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"leerkring/internal/errs"
)

func TestPasswords(t *testing.T) {
	t.Parallel()
	for password, want := range map[string]string{
		"paarse fiets op zolder":                     "",
		"paarsefietsopzolder":                        "",
		"k8$vT2!qLm9#":                               "",
		"ijsberg trompet maandag":                    "",
		"Ⓤ tien keer door de duinen":                 "",
		strings.Repeat("pannenkoek ", 11) + "zeven!": "",
		"kort":                       "account.password_short",
		"elf tekens.":                "account.password_short",
		strings.Repeat("é", 11):      "account.password_short",
		strings.Repeat("woord ", 22): "account.password_long",
		"aaaaaaaaaaaa":               "account.password_common",
		"ababababab12":               "account.password_common",
		"123456789012":               "account.password_common",
		"098765432109":               "account.password_common",
		"qwertyuiop12":               "account.password_common",
		"qwertyuiopasdfghjkl":        "account.password_common",
		"azertyuiop123":              "account.password_common",
		"Welkom2026!!":               "account.password_common",
		"welkomwelkom":               "account.password_common",
		"Wachtwoord123":              "account.password_common",
		"w@chtw00rd!!!":              "account.password_common",
		"P@ssw0rd2026":               "account.password_common",
		"zomervakantie1":             "account.password_common",
		"Leerkring2026":              "account.password_common",
		"administrator":              "account.password_common",
		"noorhaddad2026":             "account.password_common",
		"n.haddad@hetbaken.nl":       "account.password_common",
		"StichtingBaken1":            "account.password_common",
		"correcthorsebatterystaple":  "account.password_common",
	} {
		err := checkPassword(password, "Noor Haddad", "n.haddad@hetbaken.nl", "Stichting Baken")
		got := ""
		for _, f := range errs.FieldsOf(err) {
			got = f.Key
		}
		if got != want {
			t.Errorf("%q: %q, want %q", password, got, want)
		}
	}
}

func TestFourPasswordsAtOnce(t *testing.T) {
	t.Parallel()
	h := newHasher()
	ctx := context.Background()
	hash, err := h.make(ctx, "e\u0301\u00e9n twee drie vier")
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%q, %v", hash, err)
	}
	for password, want := range map[string]bool{"\u00e9\u00e9n twee drie vier": true, "\u00e9\u00e9n twee drie vijf": false, "": false} {
		if got, err := h.fits(ctx, hash, password); err != nil || got != want {
			t.Errorf("%q: %v, %v", password, got, err)
		}
	}
	if got, err := h.fits(ctx, h.nobody, "x"); err != nil || got {
		t.Errorf("nobody's: %v, %v", got, err)
	}
	for _, bad := range []string{"", "x", "$argon2i$v=19$m=1,t=1,p=1$a$b", "$argon2id$v=19$m=99999999,t=2,p=1$AAAA$AAAA", "$argon2id$v=19$m=19456,t=2,p=1$AAAA$AA", "$argon2id$v=16$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA"} {
		if got, err := h.fits(ctx, bad, "x"); err == nil || got {
			t.Errorf("%q: %v, %v", bad, got, err)
		}
	}
	var at, most atomic.Int32
	for range hashAtOnce {
		h.places <- struct{}{}
	}
	short, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
	defer cancel()
	if _, err := h.make(short, "x"); err == nil {
		t.Error("a fifth came in")
	}
	for range hashAtOnce {
		<-h.places
	}
	var wg sync.WaitGroup
	for range 12 {
		wg.Go(func() {
			if err := h.enter(ctx); err != nil {
				t.Error(err)
				return
			}
			most.Store(max(most.Load(), at.Add(1)))
			time.Sleep(2 * time.Millisecond)
			at.Add(-1)
			<-h.places
		})
	}
	wg.Wait()
	if most.Load() > hashAtOnce {
		t.Errorf("%d at once", most.Load())
	}
}

func TestOneTimeCodes(t *testing.T) {
	t.Parallel()
	key, now := newFactor(), time.Date(2026, 3, 19, 12, 0, 10, 0, time.UTC)
	at := func(d time.Duration) string {
		c, err := totp.GenerateCode(key, now.Add(d))
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	step := now.Unix() / factorStep
	for _, c := range []struct {
		name string
		code string
		last int64
		want int64
	}{
		{"now", at(0), 0, step},
		{"one before", at(-30 * time.Second), 0, step - 1},
		{"one after", at(30 * time.Second), 0, step + 1},
		{"two before", at(-time.Minute), 0, 0},
		{"two after", at(time.Minute), 0, 0},
		{"used already", at(0), step, 0},
		{"one before the last", at(-30 * time.Second), step, 0},
		{"the next after the last", at(30 * time.Second), step, step + 1},
	} {
		got, err := stepOf(key, c.code, now, c.last)
		if got != c.want || (err == nil) != (c.want != 0) {
			t.Errorf("%s: %d, %v", c.name, got, err)
		}
	}
	for typed, want := range map[string]string{"123 456": "123456", "12-34-56": "123456", "ktrm bwsx": "KTRMBWSX", "12345": "", "1234567": "", "abcdefgh": "", "": "", "１２３４５６": ""} {
		code, recovery, err := parseFactor(typed)
		if code != want || (err == nil) != (want != "") || recovery != (len(want) == CodeLength) {
			t.Errorf("%q: %q %v %v", typed, code, recovery, err)
		}
	}
	if u := factorURL(key, "n.haddad@hetbaken.nl"); u != "otpauth://totp/Leerkring:n.haddad@hetbaken.nl?issuer=Leerkring&secret="+key {
		t.Error(u)
	}
}
