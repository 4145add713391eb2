package account

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"leerkring/internal/errs"
)

// Bounds of a password, in characters. There is no rule about what kinds of characters.
const (
	PasswordShortest = 12
	PasswordLongest  = 128
)

// common are words that passwords are made of again and again, in Dutch and English, one a
// line. A line of twelve letters or more is such a password by itself.
//
//go:embed password_common.txt
var common string

var commonWords = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(common) {
		out[w] = true
	}
	return out
}()

// plainPassword is a password as it is kept and compared: two ways to type one letter are
// the same.
func plainPassword(s string) string { return norm.NFC.String(s) }

// checkPassword refuses a password that is too short, too long, or among the first that
// anybody would try: a common word with a number behind it, a row of keys, one's own name.
func checkPassword(s string, own ...string) error {
	s = plainPassword(s)
	n := utf8.RuneCountInString(s)
	switch {
	case n < PasswordShortest:
		return errs.Invalid("account.password_short", "n", PasswordShortest).On("password")
	case n > PasswordLongest:
		return errs.Invalid("account.password_long", "n", PasswordLongest).On("password")
	case easy(s, own):
		return errs.Invalid("account.password_common").On("password")
	}
	return nil
}

func easy(s string, own []string) bool {
	s = strings.ToLower(s)
	if few(s) || inRow(s) || commonWords[s] {
		return true
	}
	for _, core := range []string{letters(s), letters(spelled.Replace(s))} {
		if core != "" && madeOf(core, own) {
			return true
		}
	}
	return false
}

// few reports a password with hardly any different characters in it.
func few(s string) bool {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen) < 5
}

const rows = "qwertyuiop asdfghjkl zxcvbnm azertyuiop qsdfghjklm wxcvbn abcdefghijklmnopqrstuvwxyz 01234567890123456789 098765432109876543210"

// inRow reports a password that is a walk along the keys, or the alphabet, or counting.
func inRow(s string) bool {
	rest := s
	for rest != "" {
		longest := 0
		for _, row := range strings.Fields(rows) {
			for _, way := range []string{row, reversed(row)} {
				n := longest
				for n < len(rest) && strings.Contains(way, rest[:n+1]) {
					n++
				}
				longest = max(longest, n)
			}
		}
		if longest < 3 {
			return false
		}
		rest = rest[longest:]
	}
	return true
}

func reversed(s string) string {
	out := []byte(s)
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return string(out)
}

// spelled reads digits and signs that stand for letters.
var spelled = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, s)
}

// madeOf reports whether hardly anything is left of a word when the common words and what
// belongs to this person are taken out.
func madeOf(core string, own []string) bool {
	words := map[string]bool{}
	for _, o := range own {
		for _, w := range strings.FieldsFunc(strings.ToLower(o), func(r rune) bool { return !unicode.IsLetter(r) }) {
			words[w] = utf8.RuneCountInString(w) > 2
		}
	}
	taken, used := 0, map[string]bool{}
	for at := 0; at < len(core); {
		n := 0
		for end := len(core); end > at+2; end-- {
			if w := core[at:end]; words[w] || commonWords[w] {
				n = len(w)
				used[w] = true
				break
			}
		}
		if n == 0 {
			_, n = utf8.DecodeRuneInString(core[at:])
			taken -= n
		}
		taken += n
		at += n
	}
	left := utf8.RuneCountInString(core) - taken
	return left < 4 && len(used) < 3 // three words or more in a row are a sentence of one's own
}
