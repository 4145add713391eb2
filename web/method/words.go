package method

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"leerkring/access"
	"leerkring/internal/i18n"
	"leerkring/method"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// word is one entry of the glossary, in the words of the reader's school.
type word struct {
	ID, Term, Meaning, Elsewhere string
	See                          []ui.Link
}

type letter struct {
	Name  string
	Words []word
}

type wordsPage struct {
	r       *room.Request
	Asked   string
	Letters []letter
	Found   string
}

// longest is how much of what somebody looks for is read.
const longest = 60

// Words shows the glossary, or what in it holds the words that somebody looks for.
func (*Room) Words(r *room.Request) error {
	if err := must(r, access.List); err != nil {
		return err
	}
	p := wordsPage{r: r, Asked: strings.TrimSpace(first(r.R.URL.Query().Get("q"), longest))}
	library, err := r.Library()
	if err != nil {
		return err
	}
	all, n := entries(r, library), 0
	for _, w := range all {
		if !holds(w, p.Asked) {
			continue
		}
		n++
		name := initial(w.Term)
		if last := len(p.Letters) - 1; last >= 0 && p.Letters[last].Name == name {
			p.Letters[last].Words = append(p.Letters[last].Words, w)
		} else {
			p.Letters = append(p.Letters, letter{name, []word{w}})
		}
	}
	h := r.Head(r.T.T("method.words_title"), "trajectories")
	h.Lead = r.T.T("method.words_lead", "n", len(all))
	switch {
	case p.Asked != "" && n == 0:
		p.Found = r.T.T("method.words_none", "word", p.Asked)
	case p.Asked != "":
		p.Found = r.T.T("method.words_found", "n", n, "word", p.Asked)
	}
	r.Style(&h, "method")
	return r.Page(h, words(p))
}

// entries are all words, as somebody looks them up.
func entries(r *room.Request, library *method.Library) []word {
	sector := method.Sector(r.School().Sector)
	var out []word
	for _, g := range library.Glossary() {
		w := word{ID: g.ID, Term: r.Pack(g.TermFor(sector)), Meaning: r.Pack(g.Meaning)}
		for _, id := range g.See {
			if to, ok := library.Entry(id); ok {
				w.See = append(w.See, ui.Link{Text: r.Pack(to.TermFor(sector)), Href: "/words#" + to.ID})
			}
		}
		var other []string
		for _, s := range method.Sectors {
			if term := r.Pack(g.TermFor(s)); s != sector && term != w.Term {
				other = append(other, r.T.T("method.words_in", "term", term, "sector", r.T.T("method.sector_"+string(s))))
			}
		}
		if len(other) > 0 {
			w.Elsewhere = r.T.T("method.words_elsewhere", "list", r.T.List(other))
		}
		out = append(out, w)
	}
	i18n.Sort(r.T, out, func(w word) string { return w.Term })
	return out
}

// holds reports whether an entry says something about what somebody looks for.
func holds(w word, asked string) bool {
	asked = plain(asked)
	return asked == "" || strings.Contains(plain(w.Term), asked) || strings.Contains(plain(w.Meaning), asked) || strings.Contains(plain(w.Elsewhere), asked)
}

// plain is a text as people type it when they look for it: small, without accents.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

// initial is the letter under which a term stands.
func initial(term string) string {
	for _, r := range norm.NFD.String(term) {
		if unicode.IsLetter(r) {
			return string(unicode.ToUpper(r))
		}
		if unicode.IsDigit(r) {
			return "0–9"
		}
	}
	return "…"
}

// first cuts a text to so many signs.
func first(s string, n int) string {
	r := []rune(strings.ToValidUTF8(s, ""))
	return string(r[:min(n, len(r))])
}
