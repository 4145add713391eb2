package ident

import (
	"testing"
	"time"
)

func TestIDsSortByTheirTime(t *testing.T) {
	base := time.Date(2030, 3, 19, 14, 0, 0, 0, time.UTC)
	before := At(base)
	for i := range 2000 {
		id := At(base.Add(time.Duration(i+1) * time.Millisecond))
		if !Valid(id) {
			t.Fatalf("not valid: %q", id)
		}
		if id <= before {
			t.Fatalf("%q does not come after %q", id, before)
		}
		before = id
	}
}

func TestIDsOfOneMomentKeepTheirOrder(t *testing.T) {
	now := time.Date(2031, 3, 19, 14, 0, 0, 0, time.UTC)
	before := At(now)
	for range 2000 {
		id := At(now)
		if id <= before {
			t.Fatalf("%q does not come after %q", id, before)
		}
		before = id
	}
}

func TestValidRefusesOtherShapes(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "x", "0123456789abcdefghjkmnpqr", "0123456789ABCDEFGHJKMNPQRS", "0123456789abcdefghijklmnop", "../../../../etc/passwd0000"} {
		if Valid(s) {
			t.Errorf("%q must not be valid", s)
		}
	}
}

func TestSecretsAndCodes(t *testing.T) {
	t.Parallel()
	if a, b := Secret(), Secret(); a == b || len(a) != 43 {
		t.Errorf("secrets %q %q", a, b)
	}
	if c := Code(8); len(c) != 8 {
		t.Errorf("code %q", c)
	}
	if Hash("a") == Hash("b") || len(Hash("a")) != 64 {
		t.Error("hash")
	}
}
