package errs

import (
	"errors"
	"fmt"
	"testing"
)

func TestKinds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		err  error
		want Kind
	}{
		{"a plain error is a fault of ours", errors.New("x"), KindInternal},
		{"a wrapped refusal keeps its kind", fmt.Errorf("plan 1: %w", Invalid("plan.empty")), KindInvalid},
		{"absent", Absent(), KindAbsent},
		{"a conflict", Conflict("writing.changed"), KindConflict},
		{"a joined refusal of fields is invalid", Join(nil, Invalid("a").On("x"), Invalid("b").On("y")), KindInvalid},
		{"an absence among refused fields wins", Join(Invalid("a"), Absent()), KindAbsent},
	} {
		if got := KindOf(c.err); got != c.want {
			t.Errorf("%s: kind %v, want %v", c.name, got, c.want)
		}
	}
	if Join(nil, nil) != nil {
		t.Error("joining nothing must be nil")
	}
	if Is(nil, KindInternal) {
		t.Error("nil is no refusal")
	}
}

func TestFieldsKeepTheirNames(t *testing.T) {
	t.Parallel()
	err := Because(Join(Invalid("a", "n", 3).On("x"), Invalid("b").On("y")), "plan %s", "p1")
	fields := FieldsOf(err)
	if len(fields) != 2 || fields[0].Name != "x" || fields[1].Key != "b" || fields[0].Args[1] != 3 {
		t.Fatalf("fields %+v", fields)
	}
}
