package odt

import (
	"fmt"
	"strconv"
	"strings"

	"leerkring/internal/paper"
)

// margin is what is left free around a page, in millimetres.
const margin = 20

// points is a size of letters on this sheet.
func (w *writer) points(p float64) string {
	return strconv.FormatFloat(p*w.doc.Sheet.Letters*w.doc.Scale, 'f', 1, 64) + "pt"
}

func (w *writer) gap(mm float64) string { return cm(mm * w.doc.Sheet.Letters * w.doc.Scale) }

func cm(mm float64) string { return strconv.FormatFloat(mm/10, 'f', 3, 64) + "cm" }

// sheet are the styles that a colleague finds under their names, and the page.
func (w *writer) sheet() string {
	var b strings.Builder
	lang, country, _ := strings.Cut(w.doc.Language, "-")
	b.WriteString(head + `<office:document-styles ` + ns + `>` + fonts + `<office:styles>`)
	fmt.Fprintf(&b, `<style:default-style style:family="paragraph"><style:paragraph-properties fo:margin-top="0cm" fo:margin-bottom="%s" fo:line-height="125%%" fo:orphans="2" fo:widows="2"/><style:text-properties style:font-name="Sans" fo:font-size="%s" fo:color="#%s" fo:language="%s" fo:country="%s"/></style:default-style>`,
		w.gap(2), w.points(10.5), paper.Ink.Hex(), escape.Replace(lang), escape.Replace(country))
	b.WriteString(`<style:default-style style:family="table"><style:table-properties table:border-model="collapsing"/></style:default-style><style:style style:name="Standard" style:family="paragraph" style:class="text"/>`)
	own := func(name, shown, parent, para, text string) {
		fmt.Fprintf(&b, `<style:style style:name="%s" style:display-name="%s" style:family="paragraph" style:parent-style-name="%s"><style:paragraph-properties %s/><style:text-properties %s/></style:style>`, name, shown, parent, para, text)
	}
	large := 1.0
	if w.doc.Sheet.Letters > 1 {
		large = 1.55
	}
	for i, h := range []struct {
		size, before, after float64
		colour              paper.Colour
	}{{25 * large, 0, 3, paper.Ink}, {15, 6, 2, w.doc.Accent}, {11.5, 4, 1, paper.Ink}} {
		n := strconv.Itoa(i + 1)
		fmt.Fprintf(&b, `<style:style style:name="Heading_20_%s" style:display-name="Heading %s" style:family="paragraph" style:parent-style-name="Standard" style:next-style-name="Standard" style:default-outline-level="%s" style:class="text"><style:paragraph-properties fo:margin-top="%s" fo:margin-bottom="%s" fo:line-height="112%%" fo:keep-with-next="always"/><style:text-properties fo:font-size="%s" fo:font-weight="bold" fo:color="#%s"/></style:style>`,
			n, n, n, w.gap(h.before), w.gap(h.after), w.points(h.size), h.colour.Hex())
	}
	own("Lead", "Lead", "Standard", `fo:margin-bottom="`+w.gap(4)+`"`, `style:font-name="Serif" fo:font-size="`+w.points(16)+`"`)
	own("Voice", "Voice", "Standard", "", `style:font-name="Serif" fo:font-size="`+w.points(11.3)+`"`)
	own("Small", "Small text", "Standard", `fo:margin-bottom="`+w.gap(1.4)+`"`, `fo:font-size="`+w.points(9.2)+`" fo:color="#`+paper.Quiet.Hex()+`"`)
	own("Cell", "Table text", "Standard", `fo:margin-top="0.08cm" fo:margin-bottom="0.08cm" fo:line-height="112%"`, `fo:font-size="`+w.points(9.8)+`"`)
	own("CellHead", "Table head", "Cell", `fo:keep-with-next="always"`, `fo:font-size="`+w.points(9.2)+`" fo:font-weight="bold"`)
	own("Item", "List item", "Standard", `fo:margin-bottom="`+w.gap(1.2)+`"`, "")
	own("Apart", "Apart", "Standard", `fo:margin-bottom="0cm" fo:line-height="0.28cm"`, `fo:font-size="4pt"`)
	own("Rule", "Rule", "Standard", `fo:border-bottom="1.3pt solid #`+w.doc.Accent.Hex()+`" fo:margin-bottom="0.2cm"`, `fo:font-size="4pt"`)
	own("Break", "Break", "Standard", `fo:break-before="page"`, "")
	right := cm(w.doc.Sheet.Width - 2*margin)
	own("Running", "Running", "Standard", `fo:margin-bottom="0cm"`, `fo:font-size="`+w.points(8.8)+`" fo:color="#`+paper.Quiet.Hex()+`"`)
	b.WriteString(`<style:style style:name="White" style:family="text"><style:text-properties fo:color="#FFFFFF"/></style:style>`)
	w.lists(&b)
	b.WriteString(`<text:outline-style style:name="Outline">`)
	for i := range 3 {
		fmt.Fprintf(&b, `<text:outline-level-style text:level="%d" style:num-format=""/>`, i+1)
	}
	turn := "portrait"
	if w.doc.Sheet.Width > w.doc.Sheet.Height {
		turn = "landscape"
	}
	b.WriteString(`</text:outline-style></office:styles><office:automatic-styles>`)
	fmt.Fprintf(&b, `<style:style style:name="Line" style:family="paragraph" style:parent-style-name="Running"><style:paragraph-properties><style:tab-stops><style:tab-stop style:position="%s" style:type="right"/></style:tab-stops></style:paragraph-properties></style:style>`, right)
	fmt.Fprintf(&b, `<style:style style:name="Name" style:family="text"><style:text-properties fo:font-weight="bold" fo:color="#%s"/></style:style>`, w.doc.Accent.Hex())
	fmt.Fprintf(&b, `<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="%s" fo:page-height="%s" style:print-orientation="%s" fo:margin-top="1cm" fo:margin-bottom="0.9cm" fo:margin-left="%s" fo:margin-right="%s"/><style:header-style><style:header-footer-properties fo:min-height="1.1cm" fo:margin-bottom="0.5cm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="1cm" fo:margin-top="0.5cm"/></style:footer-style></style:page-layout>`,
		cm(w.doc.Sheet.Width), cm(w.doc.Sheet.Height), turn, cm(margin), cm(margin))
	b.WriteString(`</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page"><style:header>`)
	b.WriteString(`<text:p text:style-name="Line"><text:span text:style-name="Name">` + words(w.doc.Head.Left) + `</text:span><text:tab/>` + words(w.doc.Head.Right) + `</text:p></style:header><style:footer><text:p text:style-name="Line">` + words(w.doc.Foot.Left) + `<text:tab/>`)
	if w.doc.Pages.Before != "" {
		b.WriteString(words(w.doc.Pages.Before) + `<text:page-number text:select-page="current">1</text:page-number>` + words(w.doc.Pages.Between) + `<text:page-count>1</text:page-count>`)
	} else {
		b.WriteString(words(w.doc.Foot.Right))
	}
	b.WriteString(`</text:p></style:footer></style:master-page></office:master-styles></office:document-styles>`)
	return b.String()
}

// listNames are the styles of lists.
var listNames = map[paper.Mark]string{paper.Dot: "Dots", paper.Square: "Squares", paper.Ring: "Rings", paper.Number: "Numbers"}

func (w *writer) lists(b *strings.Builder) {
	in := w.gap(5.5)
	level := `<style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="` + in + `" fo:text-indent="-` + in + `" fo:margin-left="` + in + `"/></style:list-level-properties>`
	for _, x := range []struct{ name, sign string }{{"Dots", "•"}, {"Squares", "■"}, {"Rings", "○"}} {
		fmt.Fprintf(b, `<text:list-style style:name="%s"><text:list-level-style-bullet text:level="1" text:bullet-char="%s">%s</text:list-level-style-bullet></text:list-style>`, x.name, x.sign, level)
	}
	fmt.Fprintf(b, `<text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix=".">%s</text:list-level-style-number></text:list-style>`, level)
}
