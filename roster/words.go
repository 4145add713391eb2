package roster

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/unicode/norm"
)

//go:embed words.toml
var wordsFile string

// dictionary is what lists call things.
type dictionary struct {
	Columns   map[string][]string
	Days      map[string][]string
	Say       map[string][]string
	Roles     map[string][]string
	OneRoster map[string][]string
}

var words = readWords()

func readWords() dictionary {
	var d dictionary
	if _, err := toml.Decode(wordsFile, &d); err != nil {
		panic("roster: words.toml: " + err.Error()) // carried in the program: a mistake of ours
	}
	return d
}

// fold is a word as it is compared: small, without accents, signs and spaces.
func fold(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 || (r < 'a' || r > 'z') && (r < '0' || r > '9') }) < 0 {
		return s // as most words of a large list
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKD.String(s))
}

// named finds the list that has a word.
func named(lists map[string][]string, word string) (string, bool) {
	for name, list := range lists {
		if slices.Contains(list, word) {
			return name, true
		}
	}
	return "", false
}

// isRole reports a function that is also the name of a role here.
func isRole(function string) bool { return slices.Contains(words.Roles["words"], fold(function)) }
