package i18n

import (
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

//go:embed text.*.toml
var own embed.FS

// Default is the language in which Leerkring is written.
const Default = "nl"

// Catalog is every text in every language. It does not change after New and is
// safe for use by many goroutines.
type Catalog struct {
	langs   []*lang // Default first, then by name
	matcher language.Matcher
	missed  sync.Map // what was asked for and not there, once each
	log     *slog.Logger
}

// lang is all texts of one language.
type lang struct {
	name   string
	tag    language.Tag
	dutch  bool
	files  map[string]string // key → the file that has it
	one    map[string]text   // texts without plural forms
	many   map[string]forms
	sorter sorter
}

// forms is one text with its plural forms.
type forms [plural.Many + 1]*text

// New reads every text.<language>.toml in the given files, besides the names of days
// and months that are its own. A key that two files have is a mistake.
func New(files ...fs.FS) (*Catalog, error) {
	c := &Catalog{log: slog.Default()}
	for _, f := range append([]fs.FS{own}, files...) {
		if err := fs.WalkDir(f, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !isTextFile(d.Name()) {
				return err
			}
			return c.read(f, path)
		}); err != nil {
			return nil, err
		}
	}
	sort.Slice(c.langs, func(i, j int) bool {
		a, b := c.langs[i].name, c.langs[j].name
		return a == Default && b != Default || b != Default && a < b
	})
	tags := make([]language.Tag, len(c.langs))
	for i, l := range c.langs {
		tags[i] = l.tag
	}
	c.matcher = language.NewMatcher(tags)
	return c, nil
}

// Must is New for texts that are part of the program: a mistake in them is ours.
func Must(files ...fs.FS) *Catalog {
	c, err := New(files...)
	if err != nil {
		panic("i18n: " + err.Error())
	}
	return c
}

// LogTo says where a missing text is told. It is called once, before the first use.
func (c *Catalog) LogTo(log *slog.Logger) { c.log = log }

func isTextFile(name string) bool {
	return strings.HasPrefix(name, "text.") && strings.HasSuffix(name, ".toml") && strings.Count(name, ".") == 2
}

func (c *Catalog) read(files fs.FS, path string) error {
	raw, err := fs.ReadFile(files, path)
	if err != nil {
		return err
	}
	file, err := goi18n.ParseMessageFileBytes(raw, path, map[string]goi18n.UnmarshalFunc{"toml": toml.Unmarshal})
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	l := c.language(file.Tag)
	for _, m := range file.Messages {
		if err := l.add(path, m); err != nil {
			return fmt.Errorf("%s: %s: %w", path, m.ID, err)
		}
	}
	return nil
}

func (c *Catalog) language(tag language.Tag) *lang {
	for _, l := range c.langs {
		if l.tag == tag {
			return l
		}
	}
	l := &lang{
		name: tag.String(), tag: tag, dutch: tag.String() == "nl",
		files: map[string]string{}, one: map[string]text{}, many: map[string]forms{},
	}
	l.sorter.tag = tag
	c.langs = append(c.langs, l)
	return l
}

func (l *lang) add(path string, m *goi18n.Message) error {
	if other, ok := l.files[m.ID]; ok {
		return fmt.Errorf("this key is already in %s", other)
	}
	if m.Other == "" {
		// The parser takes id, description, hash and the names of plural forms for itself.
		return fmt.Errorf("no text: it is empty, or a key has a reserved name (id, description, hash, translation, zero, one, two, few, many)")
	}
	l.files[m.ID] = path
	written := [...]string{plural.Other: m.Other, plural.Zero: m.Zero, plural.One: m.One, plural.Two: m.Two, plural.Few: m.Few, plural.Many: m.Many}
	var f forms
	count := 0
	for form, s := range written {
		if s == "" {
			continue
		}
		t, err := compile(s)
		if err != nil {
			return err
		}
		f[form] = &t
		count++
	}
	if count == 1 {
		l.one[m.ID] = *f[plural.Other]
	} else {
		l.many[m.ID] = f
	}
	return nil
}

// Languages names the languages of the catalog, Default first.
func (c *Catalog) Languages() []string {
	out := make([]string, len(c.langs))
	for i, l := range c.langs {
		out[i] = l.name
	}
	return out
}

// Match returns the language of the catalog that suits best: each wish is a language
// or the value of an Accept-Language header, the strongest wish first.
func (c *Catalog) Match(wishes ...string) string {
	for _, w := range wishes {
		tags, _, err := language.ParseAcceptLanguage(w)
		if err != nil || len(tags) == 0 {
			continue // what a browser sends need not make sense
		}
		if _, i, sure := c.matcher.Match(tags...); sure != language.No {
			return c.langs[i].name
		}
	}
	return c.langs[0].name
}

// Missed lists what was asked for and not there since the start: keys, values and words.
func (c *Catalog) Missed() []string {
	var out []string
	c.missed.Range(func(k, _ any) bool { out = append(out, k.(string)); return true })
	slices.Sort(out)
	return out
}

func (c *Catalog) miss(what string) {
	if _, told := c.missed.LoadOrStore(what, true); !told {
		c.log.Warn("text is missing", "error", what)
	}
}
