package bring

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

// dictionary is what boards call things.
type dictionary struct {
	Columns, Above, Progress, Lists, Days map[string][]string
}

var words = readWords()

func readWords() dictionary {
	var d dictionary
	if _, err := toml.Decode(wordsFile, &d); err != nil {
		panic("bring: words.toml: " + err.Error()) // carried in the program: a mistake of ours
	}
	return d
}

// fold is a word as it is compared: small, without accents, signs and spaces.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKD.String(s))
}

// named finds the list that has a word, or "".
func named(lists map[string][]string, word string) string {
	for name, list := range lists {
		if slices.Contains(list, word) {
			return name
		}
	}
	return ""
}

// Guess proposes what the cards of a list become, by its name.
func Guess(list string) Into {
	folded := fold(list)
	for _, into := range []Into{Agreement, AsDone, Out, AsBusy, AsTask} {
		if slices.ContainsFunc(words.Lists[string(into)], func(part string) bool { return strings.Contains(folded, part) }) {
			if into == AsDone { // what is done is left where it is, unless somebody wants it along
				return Out
			}
			return into
		}
	}
	return AsTask
}
