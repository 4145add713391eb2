package pdf

import (
	"fmt"
	"hash/fnv"
	"strings"
	"unicode/utf16"
)

// resources puts the fonts of the document into the file.
func (w *layout) resources(f *file) (int, error) {
	var list strings.Builder
	for _, u := range w.t.fonts {
		if u == nil || len(u.signs) == 0 {
			continue
		}
		n, err := u.write(f)
		if err != nil {
			return 0, fmt.Errorf("pdf: font %s: %w", u.face.name, err)
		}
		fmt.Fprintf(&list, "/%s %d 0 R ", u.name, n)
	}
	return f.add("<< /Font << " + list.String() + ">> >>"), nil
}

// write puts one font into the file, and returns its object.
func (u *used) write(f *file) (int, error) {
	raw, err := u.subset()
	if err != nil {
		return 0, err
	}
	program, err := f.stream(fmt.Sprintf("/Length1 %d", len(raw)), raw)
	if err != nil {
		return 0, err
	}
	name := u.tag(raw) + "+" + u.face.name
	flags, slant := 4, 0
	if strings.Contains(u.face.name, "Italic") {
		flags, slant = flags|64, -11
	}
	b, err := u.face.font.Bounds(nil, 1000*64, 0)
	if err != nil {
		return 0, err
	}
	m := u.face.metrics
	descriptor := f.add(fmt.Sprintf("<< /Type /FontDescriptor /FontName /%s /Flags %d /FontBBox [%d %d %d %d] /ItalicAngle %d /Ascent %d /Descent %d /CapHeight %d /StemV 80 /FontFile2 %d 0 R >>",
		name, flags, b.Min.X.Round(), -b.Max.Y.Round(), b.Max.X.Round(), -b.Min.Y.Round(), slant, m.Ascent.Round(), -m.Descent.Round(), m.CapHeight.Round(), program))
	var widths strings.Builder
	for _, s := range u.signs {
		fmt.Fprintf(&widths, "%d ", s.width)
	}
	below := f.add(fmt.Sprintf("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R /DW %d /W [1 [%s]] /CIDToGIDMap /Identity >>",
		name, descriptor, frame, strings.TrimSpace(widths.String())))
	words, err := f.stream("", []byte(u.unicode()))
	if err != nil {
		return 0, err
	}
	return f.add(fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", name, below, words)), nil
}

// tag are the six letters by which two subsets of one font differ.
func (u *used) tag(raw []byte) string {
	h := fnv.New64a()
	h.Write(raw)
	n := h.Sum64()
	var out [6]byte
	for i := range out {
		out[i] = byte('A' + n%26)
		n /= 26
	}
	return string(out[:])
}

// unicode tells which sign each number is, so that words can be copied and read out.
func (u *used) unicode() string {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for from := 0; from < len(u.signs); from += 100 {
		part := u.signs[from:min(from+100, len(u.signs))]
		fmt.Fprintf(&b, "%d beginbfchar\n", len(part))
		for i, s := range part {
			fmt.Fprintf(&b, "<%04X> <", from+i+1)
			for _, c := range utf16.Encode([]rune{s.r}) {
				fmt.Fprintf(&b, "%04X", c)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.String()
}
