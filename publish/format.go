package publish

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"leerkring/internal/docx"
	"leerkring/internal/errs"
	"leerkring/internal/odt"
	"leerkring/internal/paper"
	"leerkring/internal/pdf"
)

// Format is a kind of file.
type Format string

// The formats.
const (
	PDF  Format = "pdf"
	Word Format = "docx"
	ODT  Format = "odt"
)

// Formats are all formats, in the order in which they are offered.
var Formats = []Format{PDF, Word, ODT}

// kinds are the media types.
var kinds = map[Format]string{
	PDF: "application/pdf", Word: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ODT: "application/vnd.oasis.opendocument.text",
}

// FormatOf reads a format from an address. What is none is absent.
func FormatOf(s string) (Format, error) {
	if _, ok := kinds[Format(s)]; !ok {
		return "", errs.Absent()
	}
	return Format(s), nil
}

// Kind is the media type of a format.
func (f Format) Kind() string { return kinds[f] }

// other is how much smaller letters are where a file does not bring its own: what stands in
// for them is wider.
const other = 0.9

// Make makes the file.
func (f Format) Make(d paper.Document) ([]byte, error) {
	var out bytes.Buffer
	var err error
	switch f {
	case PDF:
		err = pdf.Write(&out, d)
	case Word:
		err = docx.Write(&out, fitted(d))
	default:
		err = odt.Write(&out, fitted(d))
	}
	return out.Bytes(), errs.Because(err, "make a %s", string(f))
}

// fitted gives a document for one page the letters with which it stands on one.
func fitted(d paper.Document) paper.Document {
	if d.OnePage {
		d.Scale = pdf.Fit(d) * other
	}
	return d
}

const longestName = 60

// FileName is the name under which a document is kept: letters, figures and strokes only, so
// that every computer takes it.
func FileName(d paper.Document, f Format) string {
	var b strings.Builder
	stroke := false
	for _, r := range norm.NFD.String(strings.ToLower(paper.Clean(d.Title))) {
		switch {
		case unicode.Is(unicode.Mn, r):
			continue
		case r < utf8.RuneSelf && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9'):
			if stroke && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			stroke = false
		default:
			stroke = true
		}
		if b.Len() >= longestName {
			break
		}
	}
	name := strings.Trim(b.String(), "-")
	if name == "" {
		name = "leerkring"
	}
	return name + "." + string(f)
}
