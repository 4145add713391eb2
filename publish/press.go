package publish

import (
	"embed"
	"strings"

	"leerkring/block/agreement"
	"leerkring/block/condition"
	"leerkring/block/meeting"
	"leerkring/block/plan"
	"leerkring/internal/clock"
	"leerkring/internal/i18n"
	"leerkring/internal/paper"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
)

// Texts are the sentences on paper.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Press makes documents of what other rooms keep.
type Press struct {
	Trajectories *trajectory.Service
	Plans        *plan.Service
	Conditions   *condition.Service
	Meetings     *meeting.Service
	Agreements   *agreement.Service
	Clock        clock.Clock
}

// Say is how a document speaks.
type Say struct {
	T    *i18n.Texts
	Pack func(method.Text) string // texts of a way of working
}

// accents are the colours that a school can choose, as they are printed. Each is dark enough
// for white letters on it.
var accents = map[school.Colour]paper.Colour{
	school.Blue:   {R: 0x2A, G: 0x39, B: 0x85},
	school.Teal:   {R: 0x0F, G: 0x5B, B: 0x66},
	school.Green:  {R: 0x1F, G: 0x5F, B: 0x3F},
	school.Red:    {R: 0x9B, G: 0x1C, B: 0x31},
	school.Purple: {R: 0x5B, G: 0x2A, B: 0x86},
	school.Brown:  {R: 0x6B, G: 0x44, B: 0x23},
	school.Grey:   {R: 0x3A, G: 0x3F, B: 0x4B},
}

// sheet begins a document of a trajectory, in the name and the colour of its school.
func (p *Press) sheet(seen trajectory.Seen, say Say, title, kind string) paper.Document {
	t := say.T
	before, rest, _ := strings.Cut(t.T("publish.page", "page", "\x01", "pages", "\x02"), "\x01")
	between, _, _ := strings.Cut(rest, "\x02")
	return paper.Document{
		Title: title, Language: languageOf(t.Lang(), seen.School.Sector), Creator: seen.School.Name, Made: p.Clock.Now(),
		Sheet: paper.A4, Accent: Accent(seen.School.Colour),
		Head: paper.Running{Left: seen.School.Name, Right: kind}, Pages: paper.Numbering{Before: before, Between: between},
	}
}

// Accent is the colour of a school on paper.
func Accent(c school.Colour) paper.Colour {
	if a, ok := accents[c]; ok {
		return a
	}
	return accents[school.Blue]
}

func languageOf(lang string, sector school.Sector) string {
	switch {
	case lang == "en":
		return "en-GB"
	case sector == school.Flanders:
		return "nl-BE"
	}
	return "nl-NL"
}

// voices are what people wrote, a paragraph for each of theirs.
func voices(text string) []paper.Block {
	var out []paper.Block
	for _, part := range strings.Split(paper.Clean(text), "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, paper.Paragraph{Style: paper.Voice, Line: paper.Text(part)})
		}
	}
	return out
}

// joined are parts of a sentence after each other; one that goes on has no full stop.
func joined(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	for i := range max(len(out)-1, 0) {
		out[i] = strings.TrimRight(out[i], ".")
	}
	return strings.Join(out, ", ")
}
