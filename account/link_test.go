package account

import (
	"net/url"
	"strings"
	"testing"

	"leerkring/internal/ident"
)

func TestCodesAreReadAsPeopleTypeThem(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"KTRMBWSX", "ktrm bwsx", " KTRM-BWSX ", "k t r m b w s x", "ktrm–bwsx", "KTRM\u00a0BWSX"} {
		if got, err := ParseCode(typed); err != nil || got != "KTRMBWSX" {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", "KTRMBWS", "KTRMBWSXX", "KTRMBWSA", "12345678", "ＫＴＲＭＢＷＳＸ", strings.Repeat(" ", 300) + "KTRMBWSX"} {
		if got, err := ParseCode(typed); err == nil {
			t.Errorf("%q is no code: %q", typed, got)
		}
	}
	seen := map[string]bool{}
	for range 200 {
		c := newCode()
		if back, err := ParseCode(ShowCode(c)); err != nil || back != c {
			t.Fatalf("%q does not come back: %q, %v", c, back, err)
		}
		seen[c] = true
	}
	if len(seen) != 200 {
		t.Errorf("200 codes, %d different", len(seen))
	}
}

func TestOnlyPathsOfThisHouseAreFollowed(t *testing.T) {
	t.Parallel()
	for _, next := range []string{"/", "/week", "/trajectories/01h/plan?tab=goals#g1", "/search?q=//x", "/zoek?q=%C3%A9%C3%A9n", "/a:b"} {
		if got := CleanNext(next); got != next {
			t.Errorf("%q is a path of this house, got %q", next, got)
		}
	}
	for _, next := range []string{"", "week", "//evil.nl", "///evil.nl", "/\\evil.nl", "\\\\evil.nl", "/%5cevil.nl", "/%2fevil.nl", "https://evil.nl", "javascript:alert(1)",
		"/a\nb", "/a\tb", " /a", "/a b", "/../evil", "/a/../../b", "/%2e%2e/b", "/\u202e", "/\u2028", "/a%", "/" + strings.Repeat("a", 600)} {
		if got := CleanNext(next); got != "" {
			t.Errorf("%q could lead elsewhere, got %q", next, got)
		}
	}
}

func FuzzNext(f *testing.F) {
	for _, s := range []string{"/week", "//evil", "/\\evil", "/a?b#c", "/%2f%2fevil", "http://x", "/\x00"} {
		f.Add(s)
	}
	base, err := url.Parse("https://leerkring.hetbaken.nl/here")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		next := CleanNext(s)
		if next == "" {
			return
		}
		u, err := base.Parse(next)
		if err != nil || u.Host != base.Host || u.Scheme != base.Scheme || u.User != nil {
			t.Fatalf("%q leads to %v, %v", s, u, err)
		}
		if strings.ContainsAny(next, "\\\r\n\t\x00") || strings.HasPrefix(next, "//") {
			t.Fatalf("%q", next)
		}
		if CleanNext(next) != next {
			t.Fatalf("%q changes when it is cleaned again", next)
		}
	})
}

func FuzzCode(f *testing.F) {
	for _, s := range []string{"KTRM BWSX", "ktrmbwsx", "ſſſſſſſſ", "ﬀﬀﬀﬀ", "KTRM\xffBWSX", "12345678"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		code, err := ParseCode(s)
		if err != nil {
			if code != "" {
				t.Fatalf("%q is refused and read as %q", s, code)
			}
			return
		}
		if len(code) != CodeLength || strings.Trim(code, codeLetters) != "" {
			t.Fatalf("%q gives %q", s, code)
		}
		if again, err := ParseCode(ShowCode(code)); err != nil || again != code {
			t.Fatalf("%q: %q, %v", code, again, err)
		}
	})
}

func FuzzSecret(f *testing.F) {
	f.Add(ident.Secret())
	f.Add("lk_" + ident.Secret())
	f.Add(strings.Repeat("\xff", 43))
	f.Add("' or 1=1 --")
	f.Fuzz(func(t *testing.T, s string) {
		if isSecret(s) && (len(s) != secretLength || url.PathEscape(s) != s) {
			t.Fatalf("%q is no secret", s)
		}
	})
}
