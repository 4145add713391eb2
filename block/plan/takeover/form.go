package takeover

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"leerkring/internal/docread"
)

// Form are the words of our own plan on paper, in one language. Where something differs from
// plan to plan there is a sign: Value for what people wrote, Number for a number, Word for a
// word of a sector. publish makes it of the very texts that the paper is made of.
type Form struct {
	Value, Number, Word string

	State, Around, From, Open                   []string // a line above, lines around the pages, where it came from, words for what is open
	Why, Keep, Goals, Goal, Actions, Fixed      string   // headings
	Core, Room, Needs, Told, Looks              string
	Noticed, Approach, Teachers, Pupils, Result string // labels of a goal
	ForGoal, ForNone, What, Who, When, Stands   string // of tables
	Hours, Pilot, LookHow, LookWho              string
	StartFew, StartAll, StartWith               []string // who begins; the more exact one first
}

// matcher compares lines with a form.
type matcher struct {
	Form
	made map[string]*regexp.Regexp
}

func newMatcher(f Form) *matcher { return &matcher{f, map[string]*regexp.Regexp{}} }

// match reports whether a line is what a form says, and gives what stands at its first sign.
func (m *matcher) match(pattern, text string) (string, bool) {
	if pattern == "" {
		return "", false
	}
	found := m.compiled(pattern, "$").FindStringSubmatch(strings.TrimSpace(text))
	if found == nil {
		return "", false
	}
	return strings.TrimSpace(strings.Join(found[1:min(len(found), 2)], "")), true
}

// behind gives what stands behind a label, when a line begins with it.
func (m *matcher) behind(label, text string) (string, bool) {
	if label == "" {
		return "", false
	}
	text = strings.TrimSpace(text)
	at := m.compiled(label, `\s*`).FindStringIndex(text)
	if at == nil {
		return "", false
	}
	return text[at[1]:], true
}

// is reports whether a line is one of these.
func (m *matcher) is(text string, patterns ...string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { _, ok := m.match(p, text); return ok })
}

// compiled is a pattern as it is compared: capitals and kinds of spaces and apostrophes do not
// count, since an office program changes them by itself.
func (m *matcher) compiled(pattern, end string) *regexp.Regexp {
	key := pattern + end
	if re := m.made[key]; re != nil {
		return re
	}
	re := regexp.QuoteMeta(strings.TrimSpace(pattern))
	re = strings.NewReplacer(" ", `\s+`, "’", "['’‘`]", "'", "['’‘`]", m.Value, `(.+?)`, m.Number, `(\d{1,4})`, m.Word, `[\pL’' -]{1,40}?`).Replace(re)
	m.made[key] = regexp.MustCompile(`(?is)^` + re + end)
	return m.made[key]
}

// part is a part of our own paper.
type part string

const (
	above     part = ""
	partWhy   part = "why"
	partKeep  part = "keep"
	partGoals part = "goals"
	partDoes  part = "actions"
	partFixed part = "fixed"
	partCore  part = "core"
	partRoom  part = "room"
	partNeeds part = "needs"
	partTold  part = "told"
	partLooks part = "looks"
	partElse  part = "else" // what somebody added in between: read as any other plan
)

// head is the heading of a part, with what stands below it.
type head struct {
	text string
	part part
	to   Target
}

func (m *matcher) heads() []head {
	return []head{
		{m.Why, partWhy, Why}, {m.Keep, partKeep, Keep}, {m.Goals, partGoals, Goal}, {m.Actions, partDoes, Action}, {m.Fixed, partFixed, Core},
		{m.Core, partCore, Core}, {m.Room, partRoom, Room}, {m.Needs, partNeeds, Beside}, {m.Told, partTold, Hearing}, {m.Looks, partLooks, Look},
	}
}

const (
	enough  = 4     // headings of ours make a paper ours, when the line that says so was taken away
	looksAt = 2_000 // blocks are looked at for that: no plan of ours is longer
)

// recognised is the form that a text was written in, or nil when it is not ours.
func recognised(blocks []docread.Block, forms []Form) *matcher {
	var best *matcher
	most := enough - 1
	for _, f := range forms {
		m := newMatcher(f)
		n, heads := 0, m.heads() // each counts once
		for i, b := range blocks[:min(len(blocks), looksAt)] {
			switch {
			case b.Kind == docread.Table, b.Kind == docread.Item, utf8.RuneCountInString(b.Text) > longTitle:
			case i < 5 && m.is(b.Text, m.State...):
				n += enough
			default:
				if at := slices.IndexFunc(heads, func(h head) bool { return m.is(b.Text, h.text) }); at >= 0 {
					heads = slices.Delete(heads, at, at+1)
					n++
				}
			}
		}
		if n > most {
			best, most = m, n
		}
	}
	return best
}
