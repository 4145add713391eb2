package school

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"leerkring/internal/errs"
)

// reserved names could be taken for the house or for a pupil.
var reserved = []string{"leerkring", "leerling", "student", "pupil", "beheerder", "admin"}

// CheckName checks a name that colleagues will see: no control or invisible characters,
// and not one that could be taken for the house or for a pupil.
func CheckName(name string) error {
	name = strings.TrimSpace(name)
	if n := utf8.RuneCountInString(name); n < 2 || n > 80 {
		return errs.Invalid("school.name_length").On("name")
	}
	if strings.ContainsFunc(name, unseen) {
		return errs.Invalid("school.name_unseen").On("name")
	}
	for _, r := range reserved {
		if look(name) == r {
			return errs.Invalid("school.name_reserved").On("name")
		}
	}
	return nil
}

// unseen reports characters that turn, hide or join others.
func unseen(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) || r == utf8.RuneError
}

// look is what a name looks like at a glance: its words without case, accents and
// signs. Two people may share a name; nobody gives themselves a colleague's look.
func look(name string) string {
	words := strings.FieldsFunc(norm.NFKD.String(name), unicode.IsSpace)
	for i, w := range words {
		words[i] = strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, w)
	}
	return strings.Join(words, " ")
}
