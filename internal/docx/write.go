package docx

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"
	"time"

	"leerkring/internal/paper"
)

// part is one file of the package.
type part struct{ name, body string }

// writer makes the parts of one document.
type writer struct {
	doc   paper.Document
	b     strings.Builder
	links []string // outside addresses, by their number
	lists []string // kinds of lists that are numbered anew, by their number
}

const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// Names of the parts' vocabularies.
const (
	wordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relNS  = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	relOf  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// Write writes a document.
func Write(out io.Writer, d paper.Document) error {
	w := &writer{doc: d.Tidy()}
	body := w.document()
	parts := []part{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRels},
		{"docProps/core.xml", w.core()},
		{"docProps/app.xml", head + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Leerkring</Application></Properties>`},
		{"word/document.xml", body},
		{"word/styles.xml", w.styles()},
		{"word/numbering.xml", w.numbering()},
		{"word/settings.xml", w.settings()},
		{"word/fontTable.xml", fontTable},
		{"word/header1.xml", w.running("hdr", "Header", w.doc.Head, false)},
		{"word/footer1.xml", w.running("ftr", "Footer", w.doc.Foot, true)},
		{"word/_rels/document.xml.rels", w.rels()},
	}
	z := zip.NewWriter(out)
	for _, p := range parts {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: stamp(w.doc.Made)})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, p.body); err != nil {
			return err
		}
	}
	return z.Close()
}

// stamp is a moment that every archive can keep.
func stamp(at time.Time) time.Time {
	if at.Year() < 1980 {
		return time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return at.UTC().Truncate(2 * time.Second)
}

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

const contentTypes = head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
	`<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>` +
	`<Override PartName="/word/fontTable.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/>` +
	`<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
	`<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
	`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>`

const packageRels = head + `<Relationships ` + relNS + `><Relationship Id="rId1" Type="` + relOf + `officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
	`<Relationship Id="rId3" Type="` + relOf + `extended-properties" Target="docProps/app.xml"/></Relationships>`

// fontTable says what to take where a computer has not our letters.
const fontTable = head + `<w:fonts ` + wordNS + `><w:font w:name="Atkinson Hyperlegible Next"><w:altName w:val="Calibri"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>` +
	`<w:font w:name="Literata"><w:altName w:val="Cambria"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`

func (w *writer) core() string {
	made := w.doc.Made.UTC().Format(time.RFC3339)
	return head + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escape.Replace(w.doc.Title) + `</dc:title><dc:creator>` + escape.Replace(w.doc.Creator) + `</dc:creator><dc:language>` + escape.Replace(w.doc.Language) + `</dc:language>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + made + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + made + `</dcterms:modified></cp:coreProperties>`
}

func (w *writer) settings() string {
	return head + `<w:settings ` + wordNS + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/><w:characterSpacingControl w:val="doNotCompress"/>` +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
		`<w:themeFontLang w:val="` + escape.Replace(w.doc.Language) + `"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>`
}

func (w *writer) rels() string {
	var b strings.Builder
	b.WriteString(head + `<Relationships ` + relNS + `>`)
	for i, t := range []string{"styles", "numbering", "settings", "fontTable"} {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s%s" Target="%s.xml"/>`, i+1, relOf, t, t)
	}
	b.WriteString(`<Relationship Id="rIdH" Type="` + relOf + `header" Target="header1.xml"/><Relationship Id="rIdF" Type="` + relOf + `footer" Target="footer1.xml"/>`)
	for i, to := range w.links {
		fmt.Fprintf(&b, `<Relationship Id="rIdL%d" Type="%shyperlink" Target="%s" TargetMode="External"/>`, i+1, relOf, escape.Replace(to))
	}
	return b.String() + `</Relationships>`
}

// running is what stands above or below each page.
func (w *writer) running(kind, style string, r paper.Running, pages bool) string {
	var b strings.Builder
	b.WriteString(head + `<w:` + kind + ` ` + wordNS + `><w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`)
	bold := ""
	if kind == "hdr" {
		bold = `<w:rPr><w:b/><w:color w:val="` + w.doc.Accent.Hex() + `"/></w:rPr>`
	}
	b.WriteString(`<w:r>` + bold + words(r.Left) + `</w:r><w:r><w:tab/></w:r>`)
	if pages && w.doc.Pages.Before != "" {
		field := func(name string) string {
			return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + name + ` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
		}
		b.WriteString(`<w:r>` + words(w.doc.Pages.Before) + `</w:r>` + field("PAGE") + `<w:r>` + words(w.doc.Pages.Between) + `</w:r>` + field("NUMPAGES"))
	} else {
		b.WriteString(`<w:r>` + words(r.Right) + `</w:r>`)
	}
	return b.String() + `</w:p></w:` + kind + `>`
}

// words is text, with line feeds as breaks of the line.
func words(s string) string {
	var b strings.Builder
	for i, l := range strings.Split(s, "\n") {
		if i > 0 {
			b.WriteString(`<w:br/>`)
		}
		if l != "" {
			b.WriteString(`<w:t xml:space="preserve">` + escape.Replace(l) + `</w:t>`)
		}
	}
	return b.String()
}
