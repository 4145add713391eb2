package method

import (
	"github.com/goccy/go-yaml/token"
)

// guard walks the tokens of a file once, before the parser sees them. It
// refuses what a pack has no use for (anchors, aliases, tags, merge keys) and
// what would make the parser recurse or search without end.
func guard(name, text string, tokens token.Tokens) *Problem {
	if len(tokens) > maxTokens {
		p := problem(name, "too_much_in_file")
		return &p
	}
	g := width{}
	for _, tk := range tokens {
		key := refused(tk)
		if key == "" {
			key = g.see(tk)
		}
		if key != "" {
			p := problem(name, key).at(text, tk.Position.Line, tk.Position.Column)
			return &p
		}
	}
	return nil
}

// refused names the problem of a token that a pack may not hold.
func refused(tk *token.Token) string {
	switch tk.Type {
	case token.AnchorType, token.AliasType, token.MergeKeyType:
		return "no_aliases"
	case token.TagType, token.DirectiveType, token.MappingKeyType:
		return "plain_yaml_only"
	case token.DocumentEndType, token.DocumentHeaderType:
		return "one_document"
	case token.InvalidType:
		return "not_yaml_here"
	}
	return ""
}

// width counts how deep the tokens nest and how many keys a mapping has.
// In block style the column stands for the level, so one counter for each
// column is enough; it starts anew when a shallower line appears.
type width struct {
	flow    []int       // keys of each open bracket
	columns map[int]int // keys at each column of block style
	deepest int
	line    int
	dashes  int // list marks on this line
	last    *token.Token
}

func (w *width) see(tk *token.Token) string {
	if w.columns == nil {
		w.columns = map[int]int{}
	}
	if tk.Position.Line != w.line {
		w.line, w.dashes = tk.Position.Line, 0
	}
	last := w.last
	w.last = tk
	switch tk.Type {
	case token.SequenceStartType, token.MappingStartType:
		w.flow = append(w.flow, 0)
		if len(w.flow) > maxDepth {
			return "too_deep"
		}
	case token.SequenceEndType, token.MappingEndType:
		w.flow = w.flow[:max(0, len(w.flow)-1)]
	case token.SequenceEntryType:
		w.dashes++
		return w.level(tk.Position.Column, false)
	case token.MappingValueType:
		if n := len(w.flow); n > 0 {
			if w.flow[n-1]++; w.flow[n-1] > maxKeys {
				return "too_many_keys"
			}
			return ""
		}
		if last != nil {
			return w.level(last.Position.Column, true)
		}
	}
	return ""
}

// level notes a key or a list mark of block style at a column.
func (w *width) level(column int, key bool) string {
	for deeper := column + 1; deeper <= w.deepest; deeper++ {
		delete(w.columns, deeper)
	}
	if w.deepest = column; column > 4*maxDepth || w.dashes > maxDepth {
		return "too_deep"
	}
	if !key {
		return ""
	}
	if w.columns[column]++; w.columns[column] > maxKeys {
		return "too_many_keys"
	}
	return ""
}
