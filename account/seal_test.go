package account

import "testing"

func TestNoTwoEntriesHaveOneSeal(t *testing.T) {
	t.Parallel()
	seen := map[string][]string{}
	for _, parts := range [][]string{{"a", "b"}, {"ab", ""}, {"", "ab"}, {"a:b", "c"}, {"a", "b:c"}, {"a", "b", "c"}, {"1:a", "b"}, {"a1:b"}, {}} {
		s := seal([]byte("key"), parts...)
		if before, ok := seen[s]; ok {
			t.Errorf("%q and %q have one seal", before, parts)
		}
		seen[s] = parts
	}
	if seal([]byte("key"), "a") == seal([]byte("other"), "a") {
		t.Error("the key does not count")
	}
}
