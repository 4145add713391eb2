package method

import (
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
)

// Limits of what is read. They are far above any honest pack and far below
// what keeps a server busy.
const (
	maxFileBytes = 1 << 20 // one file
	maxPackBytes = 4 << 20 // all files of one pack
	maxFiles     = 200     // files of one pack
	maxLine      = 16_000  // bytes of one line
	maxDepth     = 24      // mappings and lists inside each other
	maxKeys      = 400     // keys of one mapping
	maxTokens    = 200_000 // of one file
	maxProblems  = 200     // told about one pack
)

// position is a place in a file, counted from one.
type position struct{ line, column int }

// file is one YAML file after reading: its canonical text and where each path
// such as questions[0].text.nl stands in it.
type file struct {
	name   string
	text   string
	places map[string]position
}

// where gives the place of a path, or of the nearest parent that has one.
func (f *file) where(path string) position {
	for path != "" {
		if at, ok := f.places[path]; ok {
			return at
		}
		path = parentPath(path)
	}
	return f.places[""]
}

func parentPath(path string) string {
	return path[:max(strings.LastIndexAny(path, ".["), 0)]
}

// readYAML makes text canonical, refuses what a pack may not hold, and decodes
// it strictly into target. It answers with every place for the check.
func readYAML(name string, raw []byte, target any) (file, []Problem) {
	f := file{name: name}
	text, bad := canonical(name, raw)
	if bad != nil {
		return f, []Problem{*bad}
	}
	f.text = text
	body, bad := parse(name, text)
	if bad != nil {
		return f, []Problem{*bad}
	}
	if all := misfits(&f, body, target); len(all) > 0 {
		return f, all
	}
	f.places = map[string]position{}
	mark(body, "", f.places)
	if bad := decode(&f, body, target); bad != nil {
		return f, []Problem{*bad}
	}
	return f, nil
}

// canonical is the text that is stored and hashed: valid UTF-8 with plain line
// ends, no byte order mark, no spaces at line ends and one line end at the end.
func canonical(name string, raw []byte) (string, *Problem) {
	if len(raw) > maxFileBytes {
		p := problem(name, "file_too_large", "limit", strconv.Itoa(maxFileBytes>>10))
		return "", &p
	}
	text := strings.TrimPrefix(string(raw), "\ufeff")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "---") || strings.HasPrefix(line, "...") {
			p := problem(name, "one_document").at(text, i+1, 1)
			return "", &p
		}
		if len(line) > maxLine {
			p := problem(name, "line_too_long", "limit", strconv.Itoa(maxLine))
			p.Line, p.Column = i+1, 1
			return "", &p
		}
		if at := unreadable(line); at >= 0 {
			p := problem(name, "bad_character")
			p.Line, p.Column = i+1, utf8.RuneCountInString(line[:at])+1
			return "", &p
		}
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n", nil
}

// unreadable finds the first byte that is no text: broken UTF-8, a control
// character, or one that reorders or hides what a reader sees.
func unreadable(line string) int {
	for i, r := range line {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(line[i:]); size <= 1 {
				return i
			}
		}
		if (unicode.IsControl(r) && r != '\t') || invisible(r) {
			return i
		}
	}
	return -1
}

// invisible characters have no place in a text that people must trust; the
// joiners inside emoji and the soft hyphen may stay.
func invisible(r rune) bool {
	return r == 0x2028 || r == 0x2029 ||
		(unicode.Is(unicode.Cf, r) && r != 0x00ad && r != 0x200c && r != 0x200d)
}

// parse gives the one document of a text. The tokens are looked through first:
// the parser recurses and searches, so depth and width are capped before it.
func parse(name, text string) (body ast.Node, bad *Problem) {
	defer func() {
		// The parser has stopped on odd input before; a pack may not stop a server.
		if r := recover(); r != nil {
			p := problem(name, "not_yaml", "what", "")
			body, bad = nil, &p
		}
	}()
	tokens := lexer.Tokenize(text)
	if p := guard(name, text, tokens); p != nil {
		return nil, p
	}
	tree, err := parser.Parse(tokens, 0)
	if err != nil {
		p := fromYAML(name, text, err)
		return nil, &p
	}
	if len(tree.Docs) != 1 || tree.Docs[0].Body == nil {
		p := problem(name, "one_document")
		return nil, &p
	}
	return tree.Docs[0].Body, nil
}

// decode fills target strictly: an unknown key is a problem.
func decode(f *file, body ast.Node, target any) (bad *Problem) {
	defer func() {
		if r := recover(); r != nil {
			p := problem(f.name, "not_yaml", "what", "")
			bad = &p
		}
	}()
	if err := yaml.NodeToValue(body, target, yaml.Strict()); err != nil {
		p := fromYAML(f.name, f.text, err)
		return &p
	}
	return nil
}

// fromYAML says in our words what the YAML library found.
func fromYAML(name, text string, err error) Problem {
	var what yaml.Error
	if !errors.As(err, &what) {
		return problem(name, "not_yaml", "what", err.Error())
	}
	tk := what.GetToken()
	p := problem(name, "not_yaml", "what", what.GetMessage())
	var twice *yaml.DuplicateKeyError
	if tk != nil && (errors.As(err, &twice) || strings.Contains(what.GetMessage(), "already defined")) {
		p = problem(name, "key_twice", "key", tk.Value)
	}
	if tk != nil && tk.Position != nil {
		return p.at(text, tk.Position.Line, tk.Position.Column)
	}
	return p
}
