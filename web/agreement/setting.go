package agreement

import (
	"math"

	"leerkring/block/agreement"
)

// setting is one of three ways in which the sheet is set on paper, from roomy to full. The
// numbers are those of agreement.css, in pixels of a printed page.
type setting struct {
	class                       string
	title, sentence, text, fine float64 // sizes of letters
	head, white, row            float64 // of headings, between parts, between lines
	leading                     float64
	inline                      bool // when it is done well stands in the line itself
}

const (
	pt = 4.0 / 3
	mm = 96 / 25.4
)

var settings = []setting{
	{"", 30 * pt, 17 * pt, 12.5 * pt, 11 * pt, 13.5 * pt, 7.5 * mm, 3 * mm, 1.45, false},
	{"a4--ruim", 24 * pt, 14 * pt, 11 * pt, 9.5 * pt, 12 * pt, 5.5 * mm, 2.2 * mm, 1.38, false},
	{"a4--vol", 19 * pt, 12 * pt, 9 * pt, 8.5 * pt, 10.5 * pt, 4 * mm, 1.5 * mm, 1.3, true},
}

// Sizes of a printed A4 within its margins.
const (
	sheetWidth  = 178 * mm
	sheetHeight = 259 * mm
	coreWidth   = sheetWidth*1.1/2.1 - 12*mm - 24
	roomWidth   = sheetWidth*1.0/2.1 - 12*mm - 24
)

// settingFor is the roomiest setting in which all that stands on the page fits on one A4.
// What the limits of the page allow always fits in the last.
func settingFor(s agreement.Snapshot) setting {
	for _, x := range settings {
		if x.height(s) <= sheetHeight {
			return x
		}
	}
	return settings[len(settings)-1]
}

// rows is how many lines a text takes in a width, estimated on the wide side.
func rows(letters int, width, size float64) float64 {
	if letters == 0 {
		return 0
	}
	return math.Ceil(float64(letters) * size * 0.5 / width)
}

// height is about how high the sheet becomes.
func (x setting) height(s agreement.Snapshot) float64 {
	small := x.fine + 0.5*pt
	h := 24 + rows(count(s.Words.Title), sheetWidth, x.title*1.05)*x.title*1.2 + rows(count(s.Words.Sentence), sheetWidth, x.sentence)*x.sentence*1.4 + x.white*1.4
	if len(s.Words.Steps) > 0 {
		letters := 0
		for _, step := range s.Words.Steps {
			letters += count(step) + 5
		}
		h += x.white + x.head*1.2 + 8 + rows(letters, sheetWidth*0.85, small)*(small*1.4+6)
	}
	h += x.white + x.head*1.2 + 12 + x.white*1.7 + max(x.half(s.Core, coreWidth), x.half(s.Room, roomWidth))
	if s.Caretaker != "" {
		h += x.white + max(44, small*2.8+(rows(count(s.Doing), sheetWidth/2-70, x.fine)+rows(count(s.Hours)+20, sheetWidth/2-70, x.fine))*x.fine*1.5+4)
	}
	const signing = 2*16 + 2
	h += x.white*1.5 + x.head*1.2 + x.white*2 + signing
	return h + x.white + 16 + math.Max(1, rows(90+count(s.Meeting)+count(s.Often), sheetWidth, small))*(small*1.5+5)
}

// half is how high one half of the page becomes.
func (x setting) half(list []agreement.Shown, width float64) float64 {
	h := 0.0
	for _, l := range list {
		if x.inline {
			h += rows(count(l.Body)+count(l.Quality)+3, width, x.text)*x.text*x.leading + x.row
			continue
		}
		h += rows(count(l.Body), width, x.text)*x.text*x.leading + rows(count(l.Quality), width, x.fine)*x.fine*1.45 + x.row
	}
	return h
}

func count(s string) int { return len([]rune(s)) }
