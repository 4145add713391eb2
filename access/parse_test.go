package access

import (
	"strings"
	"testing"
)

func TestAMistakeInTheMatrixIsRefusedWithItsLine(t *testing.T) {
	t.Parallel()
	planRow := "plan | RW | RW | R if open | RW | R | A | - | - | R | R if pupil & open"
	for _, c := range []struct{ name, add, says string }{
		{"an unknown kind", "plans | - | - | - | - | - | - | - | - | - | -", `unknown kind "plans"`},
		{"a second content row", planRow, "a second content row for plan"},
		{"an act twice", "plan · lead | - | - | - | + | - | - | - | - | - | -", "plan · lead stands twice"},
		{"an unknown act", "plan · polish | - | - | - | + | - | - | - | - | - | -", `unknown act "polish"`},
		{"a cell too few", "plan · ask | - | - | - | + | - | - | - | - | -", "9 cells instead of 10"},
		{"an unknown right", "plan · ask | X | - | - | - | - | - | - | - | - | -", `"X" is no right here`},
		{"an act's name in a row with acts", "plan · ask | react | - | - | - | - | - | - | - | - | -", `"react" is no right here`},
		{"an unknown condition", "plan · ask | + if rich | - | - | - | - | - | - | - | - | -", `"rich" is no condition`},
		{"a ban with more", "plan · ask | - | - | -! but | - | - | - | - | - | - | -", `"but" after a ban`},
		{"an unknown exception", "plan · ask | - | - | -! unless rich | - | - | - | - | - | - | -", `"rich" is no condition`},
		{"an empty cell", "plan · ask |  | - | - | - | - | - | - | - | - | -", "an empty grant"},
		{"a link without a tie", "plan · ask | - | - | - | - | - | - | - | - | - | +", "neither pupil nor form"},
		{"a dot without acts", "plan · | - | - | - | - | - | - | - | - | - | -", "a dot without acts"},
		{"a kind line twice", "kind plan O school", "plan stands twice"},
		{"an unknown class", "kind plan X school", "plan stands twice"},
		{"a group without kinds", "group many", "a group is"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := parse(matrixText + "\n" + c.add + "\n")
			if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "line ") {
				t.Errorf("got %v, want a line and %q", err, c.says)
			}
		})
	}
}

func TestAMatrixWithGapsIsRefused(t *testing.T) {
	t.Parallel()
	var withoutRow, withoutKind []string
	for _, l := range strings.Split(matrixText, "\n") {
		if !strings.HasPrefix(l, "outbox ") {
			withoutRow = append(withoutRow, l)
		}
		if !strings.HasPrefix(l, "kind outbox ") {
			withoutKind = append(withoutKind, l)
		}
	}
	for says, lines := range map[string][]string{"no content row for outbox": withoutRow, "no kind line for outbox": withoutKind} {
		if _, err := parse(strings.Join(lines, "\n")); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("got %v, want %q", err, says)
		}
	}
	for _, bad := range []string{"kind", "kind nothing V board", "kind plan VV board", "kind plan V planet", "kind plan V board solid", "| - | - | - | - | - | - | - | - | - | -"} {
		if _, err := parse(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func TestEveryKindAndActionHasAName(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, k := range Kinds() {
		if back, ok := KindByName(k.String()); !ok || back != k || seen[k.String()] {
			t.Errorf("kind %d is called %q", k, k)
		}
		seen[k.String()] = true
	}
	for _, a := range Actions() {
		if back, ok := actionByName(a.String()); !ok || back != a || seen[a.String()] {
			t.Errorf("action %d is called %q", a, a)
		}
		used := false
		for _, k := range Kinds() {
			used = used || Guarded(k, a)
		}
		if !used {
			t.Errorf("nobody may ever %s", a)
		}
	}
	if Kind(200).String() != "no_kind" || Action(200).String() != "no_action" {
		t.Error("what is not on the list has no name")
	}
}
