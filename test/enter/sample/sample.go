// Package sample makes the documents with which the proofs of coming in work.
package sample

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"fmt"
	"html"
	"strings"
	"testing"
)

// Office and Open are one small plan as LibreOffice wrote it, for Word and in its own format.
var (
	//go:embed office.docx
	Office []byte
	//go:embed office.odt
	Open []byte
)

const space = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// Heading, Para, Item and Table are the parts of a document.
func Heading(level int, text string) string {
	return fmt.Sprintf(`<w:p><w:pPr><w:pStyle w:val="Heading%d"/></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>`, level, html.EscapeString(text))
}

// Para is a paragraph.
func Para(text string) string {
	return `<w:p><w:r><w:t>` + html.EscapeString(text) + `</w:t></w:r></w:p>`
}

// Item is one of a list.
func Item(text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>` + html.EscapeString(text) + `</w:t></w:r></w:p>`
}

// Table is a table of rows.
func Table(rows ...[]string) string {
	var b strings.Builder
	b.WriteString(`<w:tbl>`)
	for _, row := range rows {
		b.WriteString(`<w:tr>`)
		for _, c := range row {
			b.WriteString(`<w:tc>` + Para(c) + `</w:tc>`)
		}
		b.WriteString(`</w:tr>`)
	}
	return b.String() + `</w:tbl>`
}

// Docx is a Word document with these parts.
func Docx(t testing.TB, parts ...string) []byte {
	t.Helper()
	return Packed(t, map[string]string{"word/document.xml": `<?xml version="1.0" encoding="UTF-8"?><w:document ` + space + `><w:body>` + strings.Join(parts, "") + `</w:body></w:document>`})
}

// Packed is a document of files as they are given; what a Word document needs beside them is there.
func Packed(t testing.TB, files map[string]string) []byte {
	t.Helper()
	all := map[string]string{
		"[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
		"_rels/.rels":         `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/styles.xml": `<?xml version="1.0"?><w:styles ` + space + `>` + func() string {
			var b strings.Builder
			for i := 1; i < 5; i++ {
				fmt.Fprintf(&b, `<w:style w:type="paragraph" w:styleId="Heading%d"><w:name w:val="heading %d"/></w:style>`, i, i)
			}
			return b.String()
		}() + `</w:styles>`,
	}
	for name, body := range files {
		all[name] = body
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range all {
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write([]byte(body))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Plan is a plan such as a school has in its drawer: three goals, eight actions in a table, and
// what belongs nowhere.
func Plan(t testing.TB) []byte { return Docx(t, PlanParts()...) }

// PlanParts are the parts of that plan.
func PlanParts() []string {
	return []string{
		Heading(1, "Leesplezier in de onderbouw"),
		Para("Waarom lezen onze brugklassers thuis zo weinig?"),
		Heading(2, "Aanleiding"),
		Para("In september zei de helft van klas 1 thuis nooit een boek open te slaan."),
		Heading(2, "Doelen"),
		Item("Brugklassers lezen elke week uit een boek naar keuze."),
		Item("Docenten praten in hun vak over teksten."),
		Item("Ouders weten welke boeken er in de mediatheek staan."),
		Heading(2, "Actiepunten"),
		Table(
			[]string{"Wat", "Wie", "Gereed", "Uren"},
			[]string{"Leeskwartier in het rooster zetten", "Fatima", "12-01-2026", "4"},
			[]string{"Boekenkisten per klas vullen", "mediatheek", "voor de kerst", "10"},
			[]string{"Voorbeeldles lezen opnemen", "sectie Nederlands", "februari", ""},
			[]string{"Leesmaatjes koppelen", "Wim en Joke", "week 6", "3"},
			[]string{"Vragenlijst afnemen", "mentoren", "30-01-2026", "2"},
			[]string{"Boekenpitch in de aula", "klas 2", "maart", ""},
			[]string{"Schrijver uitnodigen", "Fatima", "mei", "5"},
			[]string{"Uitleenpas regelen", "administratie", "15-12-2025", "1"},
		),
		Heading(2, "Afspraken"),
		Item("Wie klaar is met een toets, pakt een boek."),
		Heading(2, "Communicatie"),
		Item("Ouders van klas 1: nieuwsbrief over het leeskwartier"),
		Heading(2, "Evaluatie"),
		Item("20 april 2026: lezen ze thuis vaker?"),
		Heading(2, "Begroting"),
		Para("Boeken: 1200 euro uit het NPO-potje."),
		Heading(2, "Bijlagen"),
		Para("Zie de map op de schijf van de sectie."),
	}
}
