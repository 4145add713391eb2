package enter

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"leerkring/internal/docread"
	"leerkring/test/cost"
	"leerkring/test/enter/sample"
)

const open, closed = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`, `</w:body></w:document>`

func laughs() string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">`)
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&b, `<!ENTITY a%d "&a%d;&a%d;">`, i, i-1, i-1)
	}
	return b.String() + `]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&a29;</w:t></w:r></w:p></w:body></w:document>`
}

// slipped is a document with one more file, under a name that leads out of it.
func slipped(t *testing.T) []byte {
	t.Helper()
	raw := sample.Plan(t)
	old, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range old.File {
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Create("../../etc/passwd.xml"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Files that were put together to do harm are refused fast and in little memory, and nothing is
// fetched for a file that asks for it.
func TestProofF_APlanFromWordHostile(t *testing.T) {
	var zeros, nested, boxes strings.Builder
	zeros.WriteString(open)
	for range 80 {
		zeros.WriteString(strings.Repeat(" ", 1<<20))
	}
	zeros.WriteString(closed)
	nested.WriteString(open + strings.Repeat("<w:tbl><w:tr><w:tc>", 20_000))
	boxes.WriteString(open + strings.Repeat("<w:p>", 3_000_000) + closed)
	files := map[string][]byte{
		"a bomb":            sample.Packed(t, map[string]string{"word/document.xml": zeros.String()}),
		"laughs":            sample.Packed(t, map[string]string{"word/document.xml": laughs()}),
		"laughs in styles":  sample.Packed(t, map[string]string{"word/document.xml": open + closed, "word/styles.xml": laughs()}),
		"deep":              sample.Packed(t, map[string]string{"word/document.xml": nested.String()}),
		"many":              sample.Packed(t, map[string]string{"word/document.xml": boxes.String()}),
		"out of the folder": slipped(t),
		"cut off":           sample.Plan(t)[:400],
	}
	for name, raw := range files {
		t.Run(name, func(t *testing.T) {
			var text string
			var err error
			took, asked := cost.Of(t, func() { text, err = docread.File(raw) })
			if err == nil {
				t.Fatalf("it was read: %d bytes", len(text))
			}
			if !errors.Is(err, docread.ErrBomb) && !errors.Is(err, docread.ErrDamaged) && !errors.Is(err, docread.ErrLong) {
				t.Error(err)
			}
			used := asked >> 20
			t.Logf("%v in %s, %d MB asked for in all", err, took.Round(time.Millisecond), used)
			if took > cost.Most || used > 256 {
				t.Errorf("%s and %d MB", took, used)
			}
		})
	}
}

func TestProofF_APlanFromWordFetchesNothing(t *testing.T) {
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	called := make(chan struct{}, 1)
	go func() {
		if c, err := door.Accept(); err == nil {
			called <- struct{}{}
			_ = c.Close() // it was only counted
		}
	}()
	away := "http://" + door.Addr().String()
	rels := func(kind string) string {
		return `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + kind + `" Target="` + away + `/x" TargetMode="External"/></Relationships>`
	}
	raw := sample.Packed(t, map[string]string{
		"word/document.xml":            open + sample.Heading(2, "Doelen") + sample.Item("Elke leerling leest.") + closed,
		"word/_rels/document.xml.rels": rels("image"), "word/_rels/settings.xml.rels": rels("attachedTemplate"),
	})
	if p := reads(t, raw); len(p.Lines) != 1 || p.Lines[0].Text != "Elke leerling leest." {
		t.Errorf("%+v", p.Lines)
	}
	if err := door.Close(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-called:
		t.Error("something was fetched")
	default:
	}
}
