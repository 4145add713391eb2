package agreement

import (
	"strings"
	"testing"

	"leerkring/block/agreement"
)

func words(n int) string { return strings.Repeat("wij doen ", n/9+1)[:n] }

func half(n, body, quality int) []agreement.Shown {
	out := make([]agreement.Shown, n)
	for i := range out {
		out[i] = agreement.Shown{Body: words(body), Quality: words(quality)}
	}
	return out
}

// What the limits of the page allow fits on one A4 in its last setting.
func TestTheFullestPageFitsOnOneSheet(t *testing.T) {
	t.Parallel()
	full := agreement.Snapshot{
		Words: agreement.Words{Title: words(60), Sentence: words(120), Steps: []string{words(40), words(40), words(40), words(40)}},
		Core:  half(7, 90, 40), Room: half(5, 90, 40), Caretaker: "x", StandIn: "y", Hours: words(30), Doing: words(90), Meeting: words(40), Often: words(30), ReviewOn: "2026-06-12",
	}
	if err := full.Words.Check(); err != nil {
		t.Errorf("the words are longer than the page allows: %v", err)
	}
	if err := (agreement.Line{Kind: agreement.Core, Body: words(90), Quality: words(40)}).Check(true); err != nil {
		t.Errorf("the lines are longer than the page allows: %v", err)
	}
	care := agreement.Care{Hours: full.Hours, Doing: full.Doing, Meeting: full.Meeting, Often: full.Often}
	if err := care.Check("2026-03-19", ""); err != nil {
		t.Errorf("the care is longer than the page allows: %v", err)
	}
	if (agreement.Line{Kind: agreement.Core, Body: words(91)}).Check(true) == nil || (agreement.Line{Kind: agreement.Core, Body: words(9), Quality: words(41)}).Check(true) == nil {
		t.Error("the page allows more than this test fills in")
	}
	last := settings[len(settings)-1]
	if got := settingFor(full); got.class != last.class {
		t.Errorf("the fullest page is set %q", got.class)
	}
	if h := last.height(full); h > sheetHeight {
		t.Errorf("the fullest page is %.0f of %.0f high", h, sheetHeight)
	}
}

func TestALittleIsSetRoomy(t *testing.T) {
	t.Parallel()
	little := agreement.Snapshot{Words: agreement.Words{Title: words(16), Sentence: words(70), Steps: []string{words(18), words(18)}}, Core: half(3, 60, 0), Room: half(3, 40, 0), Caretaker: "x", Doing: words(50)}
	if got := settingFor(little); got.class != "" {
		t.Errorf("set %q at %.0f of %.0f", got.class, settings[0].height(little), sheetHeight)
	}
	more := little
	more.Core = half(5, 55, 20)
	if a, b := settings[0].height(little), settings[0].height(more); a >= b {
		t.Errorf("more is higher: %.0f, %.0f", a, b)
	}
	if got := settingFor(more); got.class != "a4--ruim" {
		t.Errorf("five lines are set %q", got.class)
	}
}
