package ics_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"leerkring/internal/clock"
	"leerkring/internal/ics"
)

func calendar(events ...ics.Event) ics.Calendar {
	return ics.Calendar{Name: "Leerkring, Noor", Lang: "nl", Host: "leerkring.school.example", Events: events}
}

// unfold gives the lines as they were before folding.
func unfold(t *testing.T, raw []byte) []string {
	t.Helper()
	for _, line := range strings.Split(strings.TrimSuffix(string(raw), "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
	return strings.Split(strings.ReplaceAll(string(raw), "\r\n ", ""), "\r\n")
}

func TestAnEventAsItIsWritten(t *testing.T) {
	t.Parallel()
	ams := clock.Zone("Europe/Amsterdam")
	for name, c := range map[string]struct {
		event ics.Event
		want  []string
		not   string
	}{
		"in winter, in UTC": {ics.Event{UID: "a", Start: clock.Date("2026-03-27").At(15, 10, ams), End: clock.Date("2026-03-27").At(16, 10, ams), Title: "Rekenen; deel 1, met \\"},
			[]string{"UID:a@leerkring.school.example", "DTSTART:20260327T141000Z", "DTEND:20260327T151000Z", `SUMMARY:Rekenen\; deel 1\, met \\`, "STATUS:CONFIRMED", "SEQUENCE:0", "TRANSP:OPAQUE", "CLASS:PUBLIC"}, ""},
		"after the clock change": {ics.Event{UID: "a", Start: clock.Date("2026-03-30").At(15, 10, ams), End: clock.Date("2026-03-30").At(16, 10, ams), Title: "x"}, []string{"DTSTART:20260330T131000Z"}, ""},
		"in the hour that is there twice": {ics.Event{UID: "a", Start: time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC), End: time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC), Title: "x"},
			[]string{"DTSTART:20261025T003000Z", "DTEND:20261025T013000Z"}, ""},
		"a day":       {ics.Event{UID: "a", On: "2026-03-29", Title: "x"}, []string{"DTSTART;VALUE=DATE:20260329", "DTEND;VALUE=DATE:20260330"}, ""},
		"days":        {ics.Event{UID: "a", On: "2026-04-27", Last: "2026-05-03", Title: "x", Free: true}, []string{"DTSTART;VALUE=DATE:20260427", "DTEND;VALUE=DATE:20260504", "TRANSP:TRANSPARENT"}, ""},
		"cancelled":   {ics.Event{UID: "a", Sequence: 4, On: "2026-03-29", Title: "x", Cancelled: true}, []string{"STATUS:CANCELLED", "SEQUENCE:4"}, "CONFIRMED"},
		"private":     {ics.Event{UID: "a", On: "2026-03-29", Title: "Bezet", Private: true}, []string{"CLASS:PRIVATE", "SUMMARY:Bezet"}, "URL"},
		"hostile":     {ics.Event{UID: "a", On: "2026-03-29", Title: "x\r\nATTENDEE:mailto:evil@example.com\nEND:VEVENT\u2028BEGIN:VALARM"}, []string{"SUMMARY:x ATTENDEE:mailto:evil@example.com END:VEVENT BEGIN:VALARM"}, "\nATTENDEE"},
		"long":        {ics.Event{UID: "a", On: "2026-03-29", Title: strings.Repeat("é", 300)}, []string{"SUMMARY:" + strings.Repeat("é", 300)}, ""},
		"many words":  {ics.Event{UID: "a", On: "2026-03-29", Title: strings.Repeat("twee woorden ", 30) + "einde"}, []string{"SUMMARY:" + strings.Repeat("twee woorden ", 30) + "einde"}, ""},
		"with a link": {ics.Event{UID: "a", On: "2026-03-29", Title: "x", Link: "https://leerkring.school.example/trajectories/06eb5v7pg1h2wtk7q855kdymfc/meetings/06eb5v7pg1h2wtk7q855kdymfc", Place: "lokaal 1.08", Note: "neem mee: werk"}, []string{"URL:https://leerkring.school.example/trajectories/06eb5v7pg1h2wtk7q855kdymfc/meetings/06eb5v7pg1h2wtk7q855kdymfc", "LOCATION:lokaal 1.08", "DESCRIPTION:neem mee: werk"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			raw := calendar(c.event).Bytes()
			lines := unfold(t, raw)
			for _, want := range append(c.want, "BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:PUBLISH", "END:VEVENT", "END:VCALENDAR") {
				if !slices.Contains(lines, want) {
					t.Errorf("no line %q in\n%s", want, raw)
				}
			}
			if c.not != "" && bytes.Contains(raw, []byte(c.not)) {
				t.Errorf("%q stands in\n%s", c.not, raw)
			}
			if n := strings.Count("\n"+string(raw), "\nBEGIN:"); n != 2 {
				t.Errorf("%d begins", n)
			}
		})
	}
}

func TestTheSameEventsGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	a, b := ics.Event{UID: "a", On: "2026-03-29", Title: "x"}, ics.Event{UID: "b", On: "2026-03-28", Title: "y"}
	one, two := calendar(a, b).Bytes(), calendar(b, a).Bytes()
	if !bytes.Equal(one, two) || ics.Tag(one) != ics.Tag(two) {
		t.Error("the order of reading changes the calendar")
	}
	b.Sequence++
	if ics.Tag(calendar(a, b).Bytes()) == ics.Tag(one) {
		t.Error("a change keeps the tag")
	}
}

func FuzzLine(f *testing.F) {
	for _, s := range []string{"x\r\nBEGIN:VALARM", "\x00", "\u2028", "a;b,c\\n", strings.Repeat("é", 80)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		raw := calendar(ics.Event{UID: "a", On: "2026-03-29", Title: s}).Bytes()
		if n := strings.Count(string(raw), "\nBEGIN:") + strings.Count(string(raw), "\nEND:"); n != 3 {
			t.Errorf("%q makes %d lines of structure", s, n)
		}
	})
}
