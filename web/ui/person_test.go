package ui

import (
	"slices"
	"testing"
)

func TestInitials(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Marieke de Wit": "MW", "Samira El Idrissi": "SE", "Petra van Loon": "PL", "Noor": "N",
		"jan jansen": "J", "Jan 't Hoen": "JH", "Jan 't hart": "J", "Zoë Éclair": "ZÉ", "  ": "", "K. Bruins": "KB", "王 小明": "王小",
	} {
		if got := InitialsOf(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

func TestHueStaysTheSameAndIsOneOfTheSixteen(t *testing.T) {
	t.Parallel()
	seen := map[int]bool{}
	for _, id := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", ""} {
		hue := HueOf(id)
		if hue != HueOf(id) || !slices.Contains(Hues, hue) {
			t.Errorf("%q: %d", id, hue)
		}
		seen[hue] = true
	}
	if len(seen) < 6 {
		t.Errorf("twelve people have only %d colours", len(seen))
	}
}

func TestPupilHasNoNameOrInitials(t *testing.T) {
	t.Parallel()
	html := render(t, Avatar(Person{Name: "Sem Bakker", Initials: "SB", Hue: 25, Pupil: true}, Medium))
	lacks(t, html, "SB", "Sem", "a25")
	has(t, html, "av--ll")
}

func TestParagraphs(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"":                      nil,
		" \n ":                  nil,
		"een":                   {"een"},
		"een\r\n\r\ntwee":       {"een", "twee"},
		"een\ntwee\n\n\n\ndrie": {"een\ntwee", "drie"},
	} {
		if got := Paragraphs(text); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestPhaseColours(t *testing.T) {
	t.Parallel()
	for of, want := range map[int]string{1: "f1", 2: "f1f5", 3: "f1f3f5", 4: "f1f2f4f5", 5: "f1f2f3f4f5", 6: "f1f2f3f3f4f5", 7: "f1f2f2f3f4f4f5"} {
		got := ""
		for n := 1; n <= of; n++ {
			got += PhaseClass(n, of)
		}
		if got != want {
			t.Errorf("%d stages: got %s, want %s", of, got, want)
		}
	}
	if PhaseClass(0, 5) != "f1" || PhaseClass(9, 5) != "f5" {
		t.Error("a number outside the stages has no colour of its own")
	}
}
