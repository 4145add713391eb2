package spread

import (
	"testing"

	"leerkring/web/ui/ring"
)

// The five topics of the drawing that was agreed on.
func agreed() []Topic {
	return []Topic{
		{"A", "Lezen in elk vak", Answer{3.4, 3, 3.8}, Answer{4.5, 4.2, 4.8}},
		{"B", "Huiswerk met een doel", Answer{2.6, 1.5, 4.1}, Answer{3.3, 2.1, 4.4}},
		{"C", "De start van de les", Answer{1.7, 1.4, 2.1}, Answer{4.1, 3.8, 4.4}},
		{"D", "Ouders eerder spreken", Answer{3.7, 3.3, 4.2}, Answer{2.5, 2.1, 2.9}},
		{"E", "Nieuw lokalenplan", Answer{4.4, 4.1, 4.7}, Answer{1.7, 1.4, 2}},
	}
}

func TestMarksAreTheAgreedDrawing(t *testing.T) {
	t.Parallel()
	want := []string{
		"410.8 84 354 467.6 57.6 110.4 start", "297.2 189.6 141 510.2 92.8 295.2 start",
		"169.4 119.2 126.8 226.2 92.8 145.6 middle", "453.4 260 396.6 524.4 224.8 295.2 start",
		"552.8 330.4 510.2 595.4 304 356.8 middle",
	}
	for i, m := range Marks(agreed()) {
		got := m.At.String() + " " + ring.Num(m.WestX) + " " + ring.Num(m.EastX) + " " + ring.Num(m.NorthY) + " " + ring.Num(m.SouthY) + " " + string(m.NameAnchor)
		if got != want[i] {
			t.Errorf("%s: got %s, want %s", m.Letter, got, want[i])
		}
	}
}

func TestNamesCoverNothing(t *testing.T) {
	t.Parallel()
	for name, topics := range map[string][]Topic{
		"the agreed drawing": agreed(),
		"one in each corner": {
			{"A", "Linksboven een lange naam", Answer{1, 1, 1.2}, Answer{5, 4.8, 5}},
			{"B", "Rechtsboven een lange naam", Answer{5, 4.8, 5}, Answer{5, 4.8, 5}},
			{"C", "Linksonder een lange naam", Answer{1, 1, 1.2}, Answer{1, 1, 1.2}},
			{"D", "Rechtsonder een lange naam", Answer{5, 4.8, 5}, Answer{1, 1, 1.2}},
		},
		"two close together": {
			{"A", "Rust in de klas", Answer{3, 2.8, 3.2}, Answer{3, 2.8, 3.2}},
			{"B", "Rust op de gang", Answer{3.3, 3.2, 3.4}, Answer{3.2, 3.1, 3.3}},
		},
	} {
		marks := Marks(topics)
		for i, m := range marks {
			r := m.nameRect(chosen(t, m))
			if outside(r) > 0 {
				t.Errorf("%s: the name of %s leaves the picture", name, m.Letter)
			}
			for k, o := range marks {
				for _, d := range o.drawn() {
					if r.meets(d) {
						t.Errorf("%s: the name of %s covers %s", name, m.Letter, o.Letter)
					}
				}
				if k > i && r.meets(o.nameRect(chosen(t, o))) {
					t.Errorf("%s: the names of %s and %s cover each other", name, m.Letter, o.Letter)
				}
			}
		}
	}
}

func chosen(t *testing.T, m Mark) int {
	t.Helper()
	for k, p := range places {
		if m.At.X+p.dx == m.NameAt.X && m.At.Y+p.dy == m.NameAt.Y && p.anchor == m.NameAnchor {
			return k
		}
	}
	t.Fatalf("the name of %s stands nowhere", m.Letter)
	return 0
}

func TestAnswersOutsideTheScaleStayInThePicture(t *testing.T) {
	t.Parallel()
	m := Marks([]Topic{{"A", "x", Answer{9, -3, 12}, Answer{0, -1, 7}}})[0]
	if m.At.String() != "638 392" || m.WestX != 70 || m.EastX != 638 || m.NorthY != 40 || m.SouthY != 392 {
		t.Errorf("got %+v", m)
	}
}
