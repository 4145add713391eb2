package docx

import (
	"fmt"
	"strings"

	"leerkring/internal/paper"
)

// half is a size of letters in half points on this sheet.
func (w *writer) half(points float64) int {
	return int(points*2*w.doc.Sheet.Letters*w.doc.Scale + 0.5)
}

// twip is a measure in twentieths of a point, for millimetres.
func twip(mm float64) int { return int(mm*1440/25.4 + 0.5) }

func (w *writer) gap(mm float64) int { return twip(mm * w.doc.Sheet.Letters * w.doc.Scale) }

func (w *writer) styles() string {
	var b strings.Builder
	lang := escape.Replace(w.doc.Language)
	accent := w.doc.Accent.Hex()
	b.WriteString(head + `<w:styles ` + wordNS + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Atkinson Hyperlegible Next" w:hAnsi="Atkinson Hyperlegible Next" w:cs="Arial" w:eastAsia="Arial"/><w:color w:val="` + paper.Ink.Hex() + `"/>`)
	fmt.Fprintf(&b, `<w:sz w:val="%d"/><w:szCs w:val="%d"/><w:lang w:val="%s" w:eastAsia="%s" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>`, w.half(10.5), w.half(10.5), lang, lang)
	fmt.Fprintf(&b, `<w:pPrDefault><w:pPr><w:spacing w:after="%d" w:line="295" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`, w.gap(2))
	b.WriteString(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>`)
	b.WriteString(`<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>`)
	b.WriteString(`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	large := 1.0
	if w.doc.Sheet.Letters > 1 {
		large = 1.55
	}
	w.heading(&b, 1, 25*large, 0, 3, paper.Ink.Hex())
	w.heading(&b, 2, 15, 6, 2, accent)
	w.heading(&b, 3, 11.5, 4, 1, paper.Ink.Hex())
	own := func(id, name, based, p, r string) {
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:customStyle="1" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="%s"/><w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>`, id, name, based, p, r)
	}
	serif := `<w:rFonts w:ascii="Literata" w:hAnsi="Literata" w:cs="Times New Roman"/>`
	size := func(points float64) string {
		return fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, w.half(points), w.half(points))
	}
	own("Lead", "Lead", "Normal", fmt.Sprintf(`<w:spacing w:after="%d"/>`, w.gap(4)), serif+size(16))
	own("Voice", "Voice", "Normal", "", serif+size(11.3))
	own("SmallText", "Small text", "Normal", fmt.Sprintf(`<w:spacing w:after="%d"/>`, w.gap(1.4)), `<w:color w:val="`+paper.Quiet.Hex()+`"/>`+size(9.2))
	own("Cell", "Table text", "Normal", `<w:spacing w:before="50" w:after="50" w:line="270" w:lineRule="auto"/>`, size(9.8))
	own("CellHead", "Table head", "Cell", `<w:keepNext/>`, `<w:b/>`+size(9.2))
	fmt.Fprintf(&b, `<w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:after="%d"/></w:pPr></w:style>`, w.gap(1.2))
	right := twip(w.doc.Sheet.Width - 40)
	tab := fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs><w:spacing w:after="0"/>`, right)
	for _, id := range []string{"Header", "Footer"} {
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/><w:pPr>%s</w:pPr><w:rPr><w:color w:val="%s"/>%s</w:rPr></w:style>`, id, strings.ToLower(id), tab, paper.Quiet.Hex(), size(8.8))
	}
	b.WriteString(`<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:u w:val="single"/></w:rPr></w:style></w:styles>`)
	return b.String()
}

func (w *writer) heading(b *strings.Builder, level int, points, before, after float64, colour string) {
	fmt.Fprintf(b, `<w:style w:type="paragraph" w:styleId="Heading%d"><w:name w:val="heading %d"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/>`+
		`<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="%d" w:after="%d" w:line="260" w:lineRule="auto"/><w:outlineLvl w:val="%d"/></w:pPr>`+
		`<w:rPr><w:b/><w:bCs/><w:color w:val="%s"/><w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr></w:style>`, level, level, w.gap(before), w.gap(after), level-1, colour, w.half(points), w.half(points))
}

// Numbers of the kinds of list, as numbering.xml has them.
var kinds = []paper.Mark{paper.Dot, paper.Square, paper.Ring, paper.Number, onAccent}

// onAccent is the mark of what everybody does where the accent lies behind it.
const onAccent paper.Mark = "on accent"

func (w *writer) numbering() string {
	var b strings.Builder
	b.WriteString(head + `<w:numbering ` + wordNS + `>`)
	for i, m := range kinds {
		format, sign, run := "bullet", "•", ""
		switch m {
		case paper.Square:
			sign, run = "■", `<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:hint="default"/><w:color w:val="`+w.doc.Accent.Hex()+`"/></w:rPr>`
		case onAccent:
			sign, run = "■", `<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:hint="default"/><w:color w:val="`+paper.Stip.Hex()+`"/></w:rPr>`
		case paper.Ring:
			sign, run = "○", `<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:hint="default"/></w:rPr>`
		case paper.Number:
			format, sign, run = "decimal", "%1.", `<w:rPr><w:b/></w:rPr>`
		}
		in := w.gap(5.5)
		fmt.Fprintf(&b, `<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="%d" w:hanging="%d"/></w:pPr>%s</w:lvl></w:abstractNum>`, i, format, sign, in, in, run)
	}
	for i, k := range w.lists {
		again := ""
		if k == "3" {
			again = `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>`
		}
		fmt.Fprintf(&b, `<w:num w:numId="%d"><w:abstractNumId w:val="%s"/>%s</w:num>`, i+1, k, again)
	}
	return b.String() + `</w:numbering>`
}
