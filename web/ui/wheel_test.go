package ui

import (
	"strings"
	"testing"

	"leerkring/web/ui/ring"
)

func TestNamesOnTheWheelFit(t *testing.T) {
	t.Parallel()
	for n := ring.Fewest; n <= ring.Most; n++ {
		for _, name := range []string{"Borg", "Doe & monitor", "Kwaliteit van de gegevens", strings.Repeat("lang ", 20)} {
			w := WheelOf{Segments: StagesAt(1, n)}
			for i := range w.Segments {
				w.Segments[i].Name = name
				text, class := w.label(i)
				size := 18.0
				if strings.Contains(class, "lbl-sm") {
					size = 15.5
				} else if strings.Contains(class, "lbl-xs") {
					size = 13.5
				}
				if ring.TextWidth(text, size) > ring.LabelRoom(n, i) {
					t.Errorf("%d stages: %q does not fit", n, text)
				}
			}
		}
	}
}

func TestTheNameInTheMiddleFits(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		room  float64
		lines int
		class string
	}{
		"Borg":                         {128, 1, "c2"},
		"Doe & monitor":                {86, 1, "c2"},
		"Doe & monitor ":               {65, 2, "c2 c2-sm"},
		"Kwaliteit van de gegevens":    {65, 2, "c2 c2-sm"},
		"Kwaliteit van de gegevens ":   {52, 2, "c2 c2-xs"},
		"Onderwijsontwikkelingsproces": {65, 1, "c2 c2-xs"},
		"":                             {65, 1, "c2"},
	} {
		lines, class := WheelOf{Name: strings.TrimSpace(name)}.middle(c.room)
		if len(lines) != c.lines || class != c.class {
			t.Errorf("%q in %v: got %q as %s", name, c.room, lines, class)
		}
	}
}

func TestTwoWheelsOnAPageDoNotMeet(t *testing.T) {
	t.Parallel()
	one, two := WheelOf{ID: "one", Segments: StagesAt(2, 5)}, WheelOf{Segments: StagesAt(2, 5)}
	html := render(t, Wheel(one)) + render(t, Wheel(two))
	has(t, html, `id="one-title"`, `id="wheel-title"`, `href="#one-name-3"`, `href="#wheel-name-3"`)
}

func TestMoreOrFewerStagesAreARibbon(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 2, 8, 12} {
		html := render(t, Wheel(WheelOf{Segments: StagesAt(1, n), Title: "De kring"}))
		lacks(t, html, "<svg")
		has(t, html, `aria-label="De kring"`, `aria-current="step"`)
	}
}

func TestAMoveToAnUnknownStageIsLeftOut(t *testing.T) {
	t.Parallel()
	w := WheelOf{Segments: StagesAt(2, 5), Path: []Move{{To: 1}, {To: 77}, {To: 2}}}
	if got := len(w.line().Strands); got != 1 {
		t.Errorf("%d strands", got)
	}
}
