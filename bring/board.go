package bring

import (
	"strings"
	"unicode"

	"leerkring/internal/errs"
	"leerkring/internal/ident"
)

// Origin is where a board was kept.
type Origin string

// The origins.
const (
	Trello  Origin = "trello"
	Planner Origin = "planner"
)

// Board is what a team kept elsewhere, as it was read: words, with nothing of ours in it.
type Board struct {
	Origin Origin   `json:"o"`
	Name   string   `json:"n"`
	Days   Days     `json:"d,omitempty"` // how its days are written, as far as the file tells
	Doubt  bool     `json:"q,omitempty"` // it does not tell: somebody has to say
	Unread []string `json:"x,omitempty"` // columns of the file that nobody here knows
	Lists  []List   `json:"l"`
}

// List is a column of the board.
type List struct {
	Name     string `json:"n"`
	Archived bool   `json:"a,omitempty"`
	Cards    []Card `json:"c,omitempty"`
}

// Card is one card.
type Card struct {
	ID       string   `json:"i"` // by which the source knows it
	Name     string   `json:"n"`
	Text     string   `json:"t,omitempty"`
	Due      string   `json:"u,omitempty"` // as the file writes it
	Done     bool     `json:"d,omitempty"`
	Busy     bool     `json:"b,omitempty"`
	Archived bool     `json:"a,omitempty"`
	People   []string `json:"p,omitempty"` // names, or mail addresses
	Labels   []string `json:"m,omitempty"`
	Steps    []Step   `json:"s,omitempty"`
	Links    []string `json:"k,omitempty"` // words: nothing ever follows them
}

// Step is a line of a checklist.
type Step struct {
	ID   string `json:"i,omitempty"`
	Text string `json:"t"`
	Done bool   `json:"d,omitempty"`
}

// Limits of what is read.
const (
	MaxEntries = 10_000
	maxDepth   = 50
	maxLists   = 200
	maxText    = 20_000 // characters of one text; a card of Trello holds 16,384
	maxWithin  = 100    // names, labels and links of one card
)

// source is by which a card is known again, whatever board or list it hangs in later.
func (b Board) source(card string) string { return ident.Hash(string(b.Origin) + "\x1f" + card) }

// check refuses a board without cards, or one that nobody can look through.
func (b Board) check() error {
	n, steps := 0, 0
	for _, l := range b.Lists {
		n += len(l.Cards)
		for _, c := range l.Cards {
			steps += len(c.Steps)
		}
	}
	switch {
	case len(b.Lists) > maxLists:
		return errs.Invalid("bring.many_lists", "n", maxLists).On("file")
	case n > MaxEntries, steps > MaxEntries:
		return errs.Invalid("bring.too_many", "n", MaxEntries).On("file")
	case n == 0:
		return errs.Invalid("bring.no_cards").On("file")
	}
	return nil
}

// line makes one clean line of a text.
func line(s string) string { return strings.Join(strings.Fields(text(s)), " ") }

// text cleans a text of what is invisible, and cuts what no card can hold.
func text(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r == '\r', r == unicode.ReplacementChar, unicode.IsControl(r), turns(r):
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(cut(s, maxText))
}

// turns reports signs that turn the direction of a text, or that nobody sees.
func turns(r rune) bool {
	return r == 0x061C || r >= 0x200B && r <= 0x200F && r != 0x200D || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x206F || r == 0xFEFF
}

// cut is a text of at most so many characters, with a mark where something was left off.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	letters := []rune(s)
	if len(letters) <= most {
		return s
	}
	short := string(letters[:most-1])
	if at := strings.LastIndexByte(short, ' '); at > len(short)*2/3 {
		short = short[:at]
	}
	return strings.TrimRight(short, " ,;:.") + "…"
}
