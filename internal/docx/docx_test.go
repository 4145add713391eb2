package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"leerkring/internal/paper"
)

func made(title, words string) paper.Document {
	l := paper.Line{{Text: words, Bold: true}, {Text: title, Italic: true, Quiet: true}, {Text: words, Link: "https://example.org/?a=1&b=2"}}
	return paper.Document{Title: title, Language: "nl-NL", Creator: words, Made: time.Date(2026, 4, 2, 9, 0, 0, 0, time.UTC), Head: paper.Running{Left: words}, Foot: paper.Running{Left: title},
		Pages: paper.Numbering{Before: "Pagina ", Between: " van "},
		Blocks: []paper.Block{
			paper.Heading{Level: 1, Text: title}, paper.Heading{Level: 2, Text: "Acties"}, paper.Paragraph{Line: l, Style: paper.Lead},
			paper.List{Mark: paper.Number, Items: []paper.Line{l}}, paper.List{Mark: paper.Number, Items: []paper.Line{l}},
			paper.Table{Caption: words, Head: []string{"Wat", "Wie"}, Rows: []paper.Row{{Group: words}, {Cells: []paper.Line{l, nil}}}},
			paper.Columns{Framed: true, Columns: []paper.Column{{Tone: paper.Strong, Blocks: []paper.Block{paper.List{Mark: paper.Square, Items: []paper.Line{l}}}}, {}}},
			paper.Moments{Items: []paper.Moment{{When: title, What: words, Note: words, Look: true}}}, paper.Circle{Stages: []string{title, words}, Middle: words},
			paper.WriteOn{Lines: 3}, paper.Spots{Count: 2}, paper.Divider{}, paper.PageBreak{},
		}}
}

// parts reads the files of a package; each must be XML as it should be.
func parts(t *testing.T, raw []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(bytes.NewReader(body)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
		out[f.Name] = string(body)
	}
	return out
}

func TestWordFindsItsWay(t *testing.T) {
	t.Parallel()
	var a, b bytes.Buffer
	d := made("Feedback & elke <les>", "één\nregel")
	for _, out := range []*bytes.Buffer{&a, &b} {
		if err := Write(out, d); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two files of one document differ")
	}
	p := parts(t, a.Bytes())
	for part, wants := range map[string][]string{
		"word/document.xml":            {`<w:pStyle w:val="Heading1"/>`, `<w:tblHeader/>`, `<w:br/>`, `<w:hyperlink r:id="rIdL1"`, "Feedback &amp; elke &lt;les&gt;", `w:w="11906" w:h="16838"`, `<w:tblCaption w:val="één regel"/>`},
		"word/styles.xml":              {`<w:outlineLvl w:val="0"/>`, `<w:outlineLvl w:val="2"/>`, `<w:lang w:val="nl-NL"`},
		"word/numbering.xml":           {`<w:startOverride w:val="1"/>`},
		"word/footer1.xml":             {` PAGE `, ` NUMPAGES `, "Pagina "},
		"word/_rels/document.xml.rels": {`Target="https://example.org/?a=1&amp;b=2" TargetMode="External"`},
		"docProps/core.xml":            {"<dc:language>nl-NL</dc:language>", "2026-04-02T09:00:00Z"},
	} {
		for _, w := range wants {
			if !strings.Contains(p[part], w) {
				t.Errorf("%s lacks %s", part, w)
			}
		}
	}
	// Each list that counts begins at one.
	if n := strings.Count(p["word/numbering.xml"], "<w:startOverride"); n != 3 { // two lists, and the circle in words
		t.Errorf("%d lists begin anew", n)
	}
}

// FuzzWrite: whatever was typed, Word gets XML as it should be.
func FuzzWrite(f *testing.F) {
	f.Add("Feedback", "</w:t> ]]> \x00 \u202e 😀 \xff\n&lt;")
	f.Fuzz(func(t *testing.T, title, words string) {
		var out bytes.Buffer
		if err := Write(&out, made(title, words)); err != nil {
			t.Fatal(err)
		}
		parts(t, out.Bytes())
	})
}
