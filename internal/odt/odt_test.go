package odt

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
		out[f.Name] = string(body)
		if f.Name == "mimetype" {
			continue
		}
		for d := xml.NewDecoder(bytes.NewReader(body)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	return out
}

func TestAnOfficeProgramFindsItsWay(t *testing.T) {
	t.Parallel()
	var a, b bytes.Buffer
	d := made("Feedback & elke <les>", "één\nregel  verder")
	for _, out := range []*bytes.Buffer{&a, &b} {
		if err := Write(out, d); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two files of one document differ")
	}
	// Programs know the file by its first bytes.
	if !bytes.HasPrefix(a.Bytes(), []byte("PK")) || string(a.Bytes()[30:38]) != "mimetype" || !bytes.HasPrefix(a.Bytes()[38:], []byte("application/vnd.oasis.opendocument.text")) {
		t.Errorf("the file begins with %q", a.Bytes()[:80])
	}
	p := parts(t, a.Bytes())
	for part, wants := range map[string][]string{
		"content.xml": {`text:outline-level="1"`, `<table:table-header-rows>`, `<text:line-break/>`, `regel <text:s/>verder`, `xlink:href="https://example.org/?a=1&amp;b=2"`, "Feedback &amp; elke &lt;les&gt;"},
		"styles.xml":  {`style:default-outline-level="2"`, `fo:language="nl" fo:country="NL"`, `<text:page-count>`, `fo:page-width="21.000cm"`},
		"meta.xml":    {"<dc:language>nl-NL</dc:language>", "2026-04-02T09:00:00"},
	} {
		for _, w := range wants {
			if !strings.Contains(p[part], w) {
				t.Errorf("%s lacks %s", part, w)
			}
		}
	}
}

// FuzzWrite: whatever was typed, an office program gets XML as it should be.
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
