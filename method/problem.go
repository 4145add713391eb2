package method

import (
	_ "embed"
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

// Problem is one thing in a file that its writer should mend, or with Hint set
// one that is worth another look. It never holds more of the file than the one
// line in Excerpt.
type Problem struct {
	// File is the path inside the pack or content folder.
	File string `json:"file"`
	// Line and Column count from one; zero when the file as a whole is meant.
	Line   int `json:"line,omitempty"`
	Column int `json:"column,omitempty"`
	// Element is the id of the nearest element, when there is one.
	Element string `json:"element,omitempty"`
	// Path is the value that is meant, such as questions[0].text.nl, when the check knows it.
	Path string `json:"-"`
	// Key names the sentence and Args its values; In makes it in a language.
	Key  string            `json:"key"`
	Args map[string]string `json:"args,omitempty"`
	// Sentence is the English one, for logs and tests.
	Sentence string `json:"sentence"`
	// Excerpt is the line, and below it a mark under the place.
	Excerpt string `json:"excerpt,omitempty"`
	// Hint is advice on style: the pack works without it.
	Hint bool `json:"hint,omitempty"`
}

// In gives the sentence in a language.
func (p Problem) In(lang string) string { return say(lang, p.Key, p.Args) }

// String is the problem as one line in English: place, element, sentence.
func (p Problem) String() string { return p.place() + p.Sentence }

func (p Problem) place() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", p.Line, p.Column)
	}
	b.WriteString(": ")
	if p.Element != "" {
		b.WriteString(p.Element + ": ")
	}
	return b.String()
}

// Faults keeps what must be mended and leaves the hints out.
func Faults(all []Problem) []Problem {
	var out []Problem
	for _, p := range all {
		if !p.Hint {
			out = append(out, p)
		}
	}
	return out
}

//go:embed problems.yaml
var sentenceSource []byte

// sentences are the texts of this package: they belong to the command line and
// to the page where a school edits its pack, in both languages.
var sentences = func() map[string]Text {
	out := map[string]Text{}
	if err := yaml.UnmarshalWithOptions(sentenceSource, &out, yaml.Strict()); err != nil {
		panic("method: problems.yaml: " + err.Error())
	}
	return out
}()

// say fills a sentence in; an unknown key is said as it is, so that a slip in
// the code never hides a slip in a pack.
func say(lang, key string, args map[string]string) string {
	text, ok := sentences[strings.TrimPrefix(key, "method.")]
	if !ok {
		return key
	}
	pairs := make([]string, 0, 2*len(args))
	for name, value := range args {
		pairs = append(pairs, "<"+name+">", value)
	}
	return strings.NewReplacer(pairs...).Replace(text.In(lang))
}

// problem makes one with its English sentence; args are name, value pairs.
func problem(file, key string, args ...string) Problem {
	p := Problem{File: file, Key: "method." + key, Args: map[string]string{}}
	for i := 0; i+1 < len(args); i += 2 {
		p.Args[args[i]] = clip(args[i+1], 120)
	}
	p.Sentence = say("en", p.Key, p.Args)
	return p
}

// at adds the place and the line of the source.
func (p Problem) at(source string, line, column int) Problem {
	if line < 1 {
		return p
	}
	p.Line, p.Column = line, max(column, 1)
	p.Excerpt = excerpt(source, p.Line, p.Column)
	return p
}

// excerpt is one line of the source with a mark under the column. A long line
// is cut around the column, so that the mark stays in sight.
func excerpt(source string, line, column int) string {
	for ; line > 1; line-- {
		_, rest, found := strings.Cut(source, "\n")
		if !found {
			return ""
		}
		source = rest
	}
	text, _, _ := strings.Cut(source, "\n")
	runes := []rune(strings.ReplaceAll(text, "\t", " "))
	column = min(column, len(runes)+1)
	from := max(0, column-60)
	shown := string(runes[from:min(len(runes), from+100)])
	return shown + "\n" + strings.Repeat(" ", column-1-from) + "^"
}

// clip shortens a value for a sentence and takes line ends and control
// characters out, so that a hostile name cannot forge a line of output.
func clip(s string, limit int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError || invisible(r) {
			return ' '
		}
		return r
	}, s)
	if runes := []rune(s); len(runes) > limit {
		return string(runes[:limit]) + "…"
	}
	return s
}

// sortProblems puts problems in reading order.
func sortProblems(list []Problem) []Problem {
	sort.SliceStable(list, func(i, j int) bool {
		a, b := list[i], list[j]
		if a.File != b.File {
			return a.File < b.File
		}
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Column < b.Column
	})
	return list
}
