// Package ics writes calendars as other programs read them (RFC 5545).
//
// Times are in UTC, days have no hour. The same events give the same bytes, so that a
// program that asks again is told when nothing changed. Text is one line without control
// characters before it is escaped and folded: nothing in it can begin a line of its own.
package ics

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode"

	ical "github.com/arran4/golang-ical"

	"leerkring/internal/clock"
)

// Calendar is what one address gives.
type Calendar struct {
	Name   string
	Lang   string // nl, en
	Host   string // after the @ of every UID
	Events []Event
}

// Event is one thing on a day. It has an hour (Start, End) or a day (On, Last).
type Event struct {
	UID       string // stays the same for as long as the thing does
	Sequence  int    // goes up when it changes
	Start     time.Time
	End       time.Time
	On        clock.Date
	Last      clock.Date // the last day; On when empty
	Title     string
	Note      string
	Place     string
	Link      string
	Made      time.Time // when this version was made, as far as we know
	Cancelled bool
	Free      bool // the person is not taken up by it
	Private   bool
}

// Refresh is how often a program is asked to look again.
const Refresh = "PT1H"

// Bytes writes the calendar.
func (c Calendar) Bytes() []byte {
	cal := ical.NewCalendarFor("Leerkring")
	cal.SetProductId("-//Leerkring//Leerkring//" + strings.ToUpper(c.Lang))
	cal.SetMethod(ical.MethodPublish)
	cal.SetName(Line(c.Name))
	cal.SetXWRCalName(Line(c.Name))
	cal.SetXPublishedTTL(Refresh)
	cal.SetRefreshInterval(Refresh, ical.WithValue("DURATION"))
	events := slices.Clone(c.Events)
	slices.SortStableFunc(events, func(a, b Event) int { return strings.Compare(a.UID, b.UID) })
	for _, e := range events {
		e.write(cal.AddEvent(Line(e.UID) + "@" + c.Host))
	}
	return []byte(cal.Serialize(ical.WithNewLineWindows))
}

// Tag names these bytes, for programs that ask whether anything changed.
func Tag(raw []byte) string {
	sum := sha256.Sum256(raw)
	return `"` + hex.EncodeToString(sum[:16]) + `"`
}

func (e Event) write(v *ical.VEvent) {
	v.SetSequence(e.Sequence)
	made := e.Made
	if made.IsZero() {
		made = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC) // the moment of asking would change the bytes each time
	}
	v.SetDtStampTime(made)
	if e.On != "" {
		last := e.Last
		if last == "" {
			last = e.On
		}
		v.SetAllDayStartAt(e.On.Time())
		v.SetAllDayEndAt(last.Add(1).Time()) // the end is the first day after it
	} else {
		v.SetStartAt(e.Start)
		v.SetEndAt(e.End)
	}
	v.SetSummary(Line(e.Title))
	if e.Note != "" {
		v.SetDescription(Line(e.Note))
	}
	if e.Place != "" {
		v.SetLocation(Line(e.Place))
	}
	if e.Link != "" {
		v.SetURL(e.Link)
	}
	status, shown, class := ical.ObjectStatusConfirmed, ical.TransparencyOpaque, ical.ClassificationPublic
	if e.Cancelled {
		status = ical.ObjectStatusCancelled
	}
	if e.Free || e.Cancelled {
		shown = ical.TransparencyTransparent
	}
	if e.Private {
		class = ical.ClassificationPrivate
	}
	v.SetStatus(status)
	v.SetTimeTransparency(shown)
	v.SetClass(class)
}

// Line makes one line of a text, without what cannot be seen.
func Line(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.Is(unicode.Cc, r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(s), " ")
}
