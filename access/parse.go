package access

import (
	"fmt"
	"strings"
)

// parse reads the text form described at the top of matrix.txt.
func parse(text string) (*rules, error) {
	p := parser{rules: &rules{}, groups: map[string][]Kind{}}
	for i, line := range strings.Split(text, "\n") {
		p.line = i + 1
		if err := p.read(strings.TrimSpace(line)); err != nil {
			return nil, fmt.Errorf("line %d: %w", p.line, err)
		}
	}
	if err := p.compile(); err != nil {
		return nil, err
	}
	return p.rules, nil
}

type parser struct {
	*rules
	line   int
	groups map[string][]Kind
	last   []Kind // the kinds of the row before
}

func (p *parser) read(line string) error {
	switch {
	case line == "" || strings.HasPrefix(line, "#"):
		return nil
	case strings.HasPrefix(line, "kind "):
		return p.readKind(strings.Fields(line)[1:])
	case strings.HasPrefix(line, "group "):
		return p.readGroup(strings.TrimPrefix(line, "group "))
	default:
		return p.readRow(line)
	}
}

func (p *parser) readKind(words []string) error {
	if len(words) < 3 || len(words) > 4 {
		return fmt.Errorf("a kind has a name, a class, a scope and perhaps frozen")
	}
	k, ok := KindByName(words[0])
	switch {
	case !ok:
		return fmt.Errorf("unknown kind %q", words[0])
	case p.kinds[k].class != 0:
		return fmt.Errorf("%s stands twice", k)
	case len(words[1]) != 1 || !strings.Contains("VPOT", words[1]):
		return fmt.Errorf("unknown class %q", words[1])
	case words[2] != "school" && words[2] != "board":
		return fmt.Errorf("unknown scope %q", words[2])
	case len(words) == 4 && words[3] != "frozen":
		return fmt.Errorf("%q is not frozen", words[3])
	}
	p.kinds[k] = kindFacts{class: Class(words[1][0]), boardWide: words[2] == "board", frozen: len(words) == 4}
	return nil
}

func (p *parser) readGroup(text string) error {
	name, list, ok := strings.Cut(text, "=")
	if !ok {
		return fmt.Errorf("a group is NAME = KIND KIND")
	}
	kinds, err := p.kindsOf(strings.Fields(list))
	if err != nil {
		return err
	}
	p.groups[strings.TrimSpace(name)] = kinds
	return nil
}

func (p *parser) kindsOf(names []string) (kinds []Kind, err error) {
	for _, name := range names {
		if group, ok := p.groups[name]; ok {
			kinds = append(kinds, group...)
			continue
		}
		k, ok := KindByName(name)
		if !ok {
			return nil, fmt.Errorf("unknown kind %q", name)
		}
		kinds = append(kinds, k)
	}
	return kinds, nil
}

func (p *parser) readRow(line string) error {
	cells := strings.Split(line, "|")
	if len(cells) != int(columnCount)+1 {
		return fmt.Errorf("%d cells instead of %d", len(cells)-1, columnCount)
	}
	head, actText, hasActs := strings.Cut(cells[0], "·")
	if names := strings.FieldsFunc(head, func(r rune) bool { return r == ',' || r == ' ' }); len(names) > 0 {
		kinds, err := p.kindsOf(names)
		if err != nil {
			return err
		}
		p.last = kinds
	}
	if len(p.last) == 0 {
		return fmt.Errorf("a row without a kind")
	}
	r := row{line: p.line}
	if hasActs {
		for _, name := range strings.Fields(actText) {
			a, ok := actionByName(name)
			if !ok {
				return fmt.Errorf("unknown act %q", name)
			}
			r.acts = append(r.acts, a)
		}
		if r.acts == nil {
			return fmt.Errorf("a dot without acts")
		}
	}
	for col := range columnCount {
		if err := r.readCell(col, strings.TrimSpace(cells[col+1])); err != nil {
			return fmt.Errorf("column %s: %w", columnNames[col], err)
		}
	}
	for _, k := range p.last {
		r.kind = k
		p.rows = append(p.rows, r)
	}
	return nil
}

// readCell reads "-", "-! unless X, Y; GRANTS" or "GRANTS".
func (r *row) readCell(col column, text string) error {
	r.cells[col] = text
	if text == "-" {
		return nil
	}
	if strings.HasPrefix(text, "-!") {
		banText, rest, more := strings.Cut(text, ";")
		if err := r.readBan(col, strings.TrimSpace(strings.TrimPrefix(banText, "-!"))); err != nil || !more {
			return err
		}
		text = rest
	}
	for _, part := range strings.Split(text, ",") {
		if err := r.readGrant(col, part); err != nil {
			return err
		}
	}
	return nil
}

func (r *row) readBan(col column, text string) error {
	b := &ban{col: col}
	if text != "" {
		list, ok := strings.CutPrefix(text, "unless ")
		if !ok {
			return fmt.Errorf("%q after a ban", text)
		}
		for _, alternative := range strings.Split(list, ",") {
			f, err := factsOf(alternative)
			if err != nil {
				return err
			}
			b.unless = append(b.unless, f)
		}
	}
	r.banned[col] = b
	return nil
}

func (r *row) readGrant(col column, text string) error {
	what, condition, conditional := strings.Cut(text, " if ")
	acts, need, err := actsOf(strings.Fields(what), r, col)
	if err != nil {
		return err
	}
	if conditional {
		f, err := factsOf(condition)
		if err != nil {
			return err
		}
		need |= f
	}
	switch {
	case col == participantColumn && need&ties == 0:
		need |= isJoined
	case col == guestColumn && need&ties == 0:
		need |= isHosted
	case col == linkColumn && need&(isPupil|isForm) == 0:
		return fmt.Errorf("the link's cell names neither pupil nor form")
	}
	r.granted[col] = append(r.granted[col], clause{acts: acts, need: need})
	return nil
}
