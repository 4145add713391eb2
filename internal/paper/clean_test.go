package paper

import (
	"testing"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"Feedback in elke les":           "Feedback in elke les",
		"a\x00b\x1bc\x7fd":               "abcd",
		"one\r\ntwo\rthree\u2028four":    "one\ntwo\nthree\nfour",
		"tab\tthere":                     "tab there",
		"\u202eabc\u202c\u2066d\u200f":   "abcd",
		"cafe\u0301":                     "café",
		"zero\u200bwidth\ufeff":          "zerowidth",
		"👩‍👧":                            "👩‍👧",
		"broken \xff\xfe":                "broken \ufffd",
		"never \ufffe \ufdd0 \U0001ffff": "never   ",
		"own \ue000":                     "own ",
	} {
		if got := Clean(typed); got != want || !utf8.ValidString(got) {
			t.Errorf("%q becomes %q, not %q", typed, got, want)
		}
	}
}

func TestOnlyHonestAddressesAreLinks(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"https://example.org/a?b=c": "https://example.org/a?b=c", " http://example.org ": "http://example.org", "mailto:daan@baken.example": "mailto:daan@baken.example",
		"javascript:alert(1)": "", "JavaScript:alert(1)": "", "file:///etc/passwd": "", "data:text/html,x": "", "/plan": "", "//example.org": "", "https://": "", "ht tp://x": "",
	} {
		if got := Address(typed); got != want {
			t.Errorf("%q becomes %q", typed, got)
		}
	}
}

func TestWhatSaysNothingIsLeftOut(t *testing.T) {
	t.Parallel()
	d := Document{Blocks: []Block{
		Heading{Level: 9, Text: " \x00 "}, Heading{Level: 9, Text: "Doelen\n en  meer"}, Paragraph{Line: Text(" \n ")}, List{Items: []Line{nil, Text("één")}}, List{},
		Table{Head: []string{"Wat", "Wie"}}, Table{Head: []string{"Wat", "Wie"}, Shares: []int{3}, Rows: []Row{{Cells: []Line{Text("a"), Text("b"), Text("c")}}, {}}},
		Moments{}, Circle{}, Columns{},
	}}.Tidy()
	if len(d.Blocks) != 3 {
		t.Fatalf("%d blocks are left: %+v", len(d.Blocks), d.Blocks)
	}
	if h := d.Blocks[0].(Heading); h.Level != 3 || h.Text != "Doelen en meer" {
		t.Errorf("%+v", h)
	}
	if l := d.Blocks[1].(List); len(l.Items) != 1 {
		t.Errorf("%+v", l)
	}
	if x := d.Blocks[2].(Table); len(x.Rows[0].Cells) != 2 || len(x.Rows[1].Cells) != 2 || x.Shares[1] != 1 {
		t.Errorf("%+v", x)
	}
	if d.Sheet != A4 || d.Scale != 1 || d.Language == "" {
		t.Errorf("%+v", d)
	}
}
