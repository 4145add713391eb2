package register

import (
	"cmp"
	"embed"
	"slices"
	"strings"

	"leerkring/access"
)

// Texts holds the sentences of classes, periods and erasing, in every language.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Section is all that is kept of one class of data.
type Section struct {
	Class access.Class
	Lines []Line
}

// Key is the text that heads the section.
func (s Section) Key() string { return "register.class." + strings.ToLower(s.Class.String()) }

// Line is one purpose with everything that serves it and is kept and erased in
// the same way: a teacher reads purposes, not columns.
type Line struct {
	Owner     string
	Purpose   string
	Retention Retention
	Erase     Erase
	Where     []string // tables with their columns, files, fields of logs
}

// PerClass returns the register as the public page shows it: very private
// first, secrets last.
func (l List) PerClass() []Section {
	var sections []Section
	for _, class := range []access.Class{access.VeryPrivate, access.Personal, access.Organisation, access.Secret} {
		if lines := l.lines(class); len(lines) > 0 {
			sections = append(sections, Section{Class: class, Lines: lines})
		}
	}
	return sections
}

func (l List) lines(class access.Class) []Line {
	var lines []Line
	for _, e := range Join(l) {
		if e.Class != class {
			continue
		}
		like := func(x Line) bool {
			return x.Owner == e.Owner && x.Purpose == e.Purpose && x.Retention == e.Retention && x.Erase == e.Erase
		}
		i := slices.IndexFunc(lines, like)
		if i < 0 {
			i = len(lines)
			lines = append(lines, Line{Owner: e.Owner, Purpose: e.Purpose, Retention: e.Retention, Erase: e.Erase})
		}
		lines[i].Where = append(lines[i].Where, e.place())
	}
	slices.SortStableFunc(lines, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.Purpose, b.Purpose), cmp.Compare(a.Retention, b.Retention), cmp.Compare(a.Erase, b.Erase))
	})
	return lines
}

// Render writes the register as Markdown, one table per class, with the
// sentences that text returns for a key.
func (l List) Render(text func(key string, args ...any) string) string {
	var b strings.Builder
	for i, s := range l.PerClass() {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString("## " + text(s.Key()) + "\n\n")
		row(&b, text("register.head.what"), text("register.head.how_long"), text("register.head.erase"), text("register.head.where"))
		row(&b, "---", "---", "---", "---")
		for _, x := range s.Lines {
			row(&b, text(x.Purpose), text(x.Retention.Key()), text(x.Erase.Key()), strings.Join(x.Where, ", "))
		}
	}
	return b.String()
}

func row(b *strings.Builder, cells ...string) {
	for _, c := range cells {
		b.WriteString("| " + strings.ReplaceAll(c, "|", "\\|") + " ")
	}
	b.WriteString("|\n")
}
