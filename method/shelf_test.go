package method

import (
	"slices"
	"testing"
	"testing/fstest"
)

func TestShelfOf(t *testing.T) {
	t.Parallel()
	held := func(c Circle) Pack {
		return Pack{Kind: KindMethod, Shape: ShapeSession, Session: Session{Circle: c}}
	}
	for _, c := range []struct {
		name string
		pack Pack
		want ShelfID
	}{
		{"an instrument", Pack{Kind: KindInstrument, Shape: ShapePage}, ShelfMeasure},
		{"a cycle", Pack{Kind: KindMethod, Shape: ShapeCycle}, ShelfSolve},
		{"a page", Pack{Kind: KindMethod, Shape: ShapePage}, ShelfSolve},
		{"a closed circle", held(CircleClosed), ShelfThink},
		{"a team", held(CircleTeam), ShelfChoose},
		{"the whole school", held(CircleSchool), ShelfGather},
	} {
		if got := shelfOf(&c.pack); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestEveryPackStandsOnOneShelf(t *testing.T) {
	t.Parallel()
	l, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	on := map[string]int{}
	var order []string
	for _, s := range l.Shelves() {
		if s.ID == ShelfOften || len(s.Packs) == 0 || s.Name.Empty() {
			t.Errorf("shelf %s: %d packs", s.ID, len(s.Packs))
		}
		order = append(order, string(s.ID))
		for _, p := range s.Packs {
			on[p.ID]++
		}
	}
	for _, p := range l.List() {
		if on[p.ID] != 1 {
			t.Errorf("%s stands on %d shelves", p.ID, on[p.ID])
		}
	}
	if slices.Contains(order, "") || len(l.Often()) < 7 {
		t.Errorf("%v, often %d", order, len(l.Often()))
	}
	for _, p := range l.Often()[:7] {
		if p.Begins() == BeginsLater {
			t.Errorf("%s is among the common ones and cannot be started", p.ID)
		}
	}
}

func TestShelvesAreChecked(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"an unknown shelf":       "- {id: cellar, name: {nl: kelder, en: cellar}}\n",
		"a shelf without a name": "- {id: often}\n",
		"one language":           "- {id: often, name: {nl: vaak}}\n",
		"a strange id":           "- {id: often, name: {nl: vaak, en: often}, packs: [No Pack]}\n",
	} {
		_, problems := Open(fstest.MapFS{"shelves.yaml": {Data: []byte(text)}})
		if len(Faults(problems)) != 1 {
			t.Errorf("%s: %v", name, problems)
		}
	}
	l, problems := Open(fstest.MapFS{"shelves.yaml": {Data: []byte("- {id: often, name: {nl: vaak, en: often}, packs: [not-here]}\n")}})
	if len(problems) > 0 || len(l.Often()) != 0 {
		t.Errorf("a pack that is not here is passed over: %v", problems)
	}
}
