package odt

import (
	"archive/zip"
	"io"
	"strings"
	"time"

	"leerkring/internal/paper"
)

const (
	kind = "application/vnd.oasis.opendocument.text"
	head = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	ns   = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.3"`
)

// Write writes a document.
func Write(out io.Writer, d paper.Document) error {
	w := &writer{doc: d.Tidy(), styles: map[string]string{}}
	body := w.body()
	z := zip.NewWriter(out)
	parts := []struct {
		name, body string
		method     uint16
	}{
		{"mimetype", kind, zip.Store}, // first and not packed: so a file is known by its first bytes
		{"META-INF/manifest.xml", manifest, zip.Deflate},
		{"meta.xml", w.meta(), zip.Deflate},
		{"styles.xml", w.sheet(), zip.Deflate},
		{"content.xml", head + `<office:document-content ` + ns + `>` + fonts + `<office:automatic-styles>` + w.automatic.String() + `</office:automatic-styles><office:body><office:text>` + body + `</office:text></office:body></office:document-content>`, zip.Deflate},
	}
	for _, p := range parts {
		if err := put(z, p.name, p.body, p.method, w.doc.Made); err != nil {
			return err
		}
	}
	return z.Close()
}

func put(z *zip.Writer, name, body string, method uint16, made time.Time) error {
	h := &zip.FileHeader{Name: name, Method: method, Modified: made.UTC().Truncate(2 * time.Second)}
	if made.Year() < 1980 {
		h.Modified = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if method != zip.Store {
		f, err := z.CreateHeader(h)
		if err != nil {
			return err
		}
		_, err = io.WriteString(f, body)
		return err
	}
	// What tells the kind of file has no more before it than its name.
	h.Modified = time.Time{}
	h.CRC32, h.CompressedSize64, h.UncompressedSize64 = sum(body), uint64(len(body)), uint64(len(body))
	f, err := z.CreateRaw(h)
	if err != nil {
		return err
	}
	_, err = io.WriteString(f, body)
	return err
}

const manifest = head + `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">` +
	`<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="` + kind + `"/>` +
	`<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>`

const fonts = `<office:font-face-decls><style:font-face style:name="Sans" svg:font-family="'Atkinson Hyperlegible Next', Calibri, Carlito, Arial, sans-serif" style:font-family-generic="swiss" style:font-pitch="variable"/>` +
	`<style:font-face style:name="Serif" svg:font-family="Literata, Cambria, Caladea, 'Times New Roman', serif" style:font-family-generic="roman" style:font-pitch="variable"/></office:font-face-decls>`

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func (w *writer) meta() string {
	made := w.doc.Made.UTC().Format("2006-01-02T15:04:05")
	return head + `<office:document-meta ` + ns + `><office:meta><meta:generator>Leerkring</meta:generator><dc:title>` + escape.Replace(w.doc.Title) + `</dc:title>` +
		`<meta:initial-creator>` + escape.Replace(w.doc.Creator) + `</meta:initial-creator><dc:creator>` + escape.Replace(w.doc.Creator) + `</dc:creator><meta:creation-date>` + made + `</meta:creation-date><dc:date>` + made + `</dc:date><dc:language>` + escape.Replace(w.doc.Language) + `</dc:language></office:meta></office:document-meta>`
}

// words is text as this format keeps it: spaces beside each other are counted, line feeds
// are marks.
func words(s string) string {
	var b strings.Builder
	spaces := 0
	flush := func(end bool) {
		for i := range spaces {
			if i == 0 && !end && b.Len() > 0 {
				b.WriteByte(' ')
			} else {
				b.WriteString(`<text:s/>`)
			}
		}
		spaces = 0
	}
	for _, r := range s {
		switch r {
		case ' ':
			spaces++
		case '\n':
			flush(true)
			b.WriteString(`<text:line-break/>`)
		default:
			flush(false)
			b.WriteString(escape.Replace(string(r)))
		}
	}
	flush(true)
	return b.String()
}
