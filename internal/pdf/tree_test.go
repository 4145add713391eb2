package pdf

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"leerkring/internal/paper"
)

var update = flag.Bool("update", false, "write what is made into testdata")

// dump writes the tree as it is, one element a line.
func (e *element) dump(b *strings.Builder, depth int) {
	pieces := 0
	for _, k := range e.kids {
		if k.element == nil {
			pieces++
		}
	}
	fmt.Fprintf(b, "%s%s", strings.Repeat("  ", depth), e.kind)
	for _, s := range []string{e.title, e.attrs, e.says} {
		if s != "" {
			fmt.Fprintf(b, " | %s", s)
		}
	}
	if pieces > 0 {
		fmt.Fprintf(b, " | %d", pieces)
	}
	b.WriteByte('\n')
	for _, k := range e.kids {
		if k.element != nil {
			k.element.dump(b, depth+1)
		}
	}
}

// TestTheTreeThatIsFollowed holds what a screen reader follows against a file.
func TestTheTreeThatIsFollowed(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]paper.Document{"plan": sample(), "poster": poster()} {
		w := fit(d.Tidy())
		w.root.prune()
		var b strings.Builder
		fmt.Fprintf(&b, "pages %d\n", len(w.pages))
		w.root.dump(&b, 0)
		for _, h := range w.heads {
			fmt.Fprintf(&b, "outline %d %s\n", h.level, h.title)
		}
		file := "testdata/" + name + ".golden"
		if *update {
			if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if b.String() != string(want) {
			t.Errorf("%s differs; look at it, then -update:\n%s", name, b.String())
		}
	}
}

// TestEveryPieceHasItsPlace: what is drawn is of an element or is an artifact, and every
// piece of a page is known to the tree exactly once.
func TestEveryPieceHasItsPlace(t *testing.T) {
	t.Parallel()
	for _, d := range []paper.Document{sample(), poster()} {
		w := fit(d.Tidy())
		known := map[*page]map[int]int{}
		var walk func(e *element)
		walk = func(e *element) {
			for _, k := range e.kids {
				switch {
				case k.element != nil:
					walk(k.element)
				case k.link == nil:
					if known[k.page] == nil {
						known[k.page] = map[int]int{}
					}
					known[k.page][k.piece]++
				}
			}
		}
		walk(w.root)
		for i, p := range w.pages {
			for n := range p.pieces {
				if known[p][n] != 1 {
					t.Errorf("page %d: piece %d is known %d times", i+1, n, known[p][n])
				}
			}
			depth := 0
			for _, l := range strings.Split(p.body.String(), "\n") {
				switch {
				case strings.HasSuffix(l, "BDC"), strings.HasSuffix(l, "BMC"):
					depth++
				case l == "EMC":
					depth--
				case l != "" && depth == 0:
					t.Fatalf("page %d draws outside: %s", i+1, l)
				}
				if depth > 1 {
					t.Fatalf("page %d: a piece within a piece: %s", i+1, l)
				}
			}
			if depth != 0 {
				t.Errorf("page %d: %d pieces are open", i+1, depth)
			}
		}
	}
}

// FuzzWrite: whatever was typed, a file comes out, and it ends.
func FuzzWrite(f *testing.F) {
	f.Add("Feedback in elke les", "a\x00b\u202ec 😀\n\nlang")
	f.Add(strings.Repeat("w", 3000), "</w:t> (\\) \xff")
	f.Fuzz(func(t *testing.T, title, words string) {
		if len(title)+len(words) > 4000 {
			return
		}
		d := sample()
		d.Title = title
		l := paper.Line{{Text: words, Bold: true}, {Text: title, Link: words}, {Text: words, Link: "https://example.org/" + title}}
		d.Blocks = []paper.Block{
			paper.Heading{Level: 1, Text: title}, paper.Paragraph{Line: l}, paper.List{Items: []paper.Line{l, l}},
			paper.Table{Caption: words, Head: []string{title, words}, Rows: []paper.Row{{Group: words}, {Cells: []paper.Line{l, l}}}},
			paper.Columns{Framed: true, Columns: []paper.Column{{Blocks: []paper.Block{paper.Paragraph{Line: l}}}, {Tone: paper.Strong, Blocks: []paper.Block{paper.List{Items: []paper.Line{l}}}}}},
			paper.Moments{Items: []paper.Moment{{When: title, What: words, Note: title}}},
			paper.Circle{Stages: []string{title, words}, Now: 1, Middle: title, Says: words},
		}
		d.Foot.Left, d.Head.Right = words, title
		var out bytes.Buffer
		if err := Write(&out, d); err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(out.Bytes(), []byte("%PDF-1.7")) || !bytes.HasSuffix(out.Bytes(), []byte("%%EOF\n")) {
			t.Error("no whole file")
		}
	})
}
