package docread

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
	"unicode/utf16"

	"leerkring/internal/foreign"
)

// limits of a document. Only XML is ever read: pictures in it may be as large as they are.
var limits = foreign.Limits{Entries: 3_000, Unpacked: 24 << 20, Ratio: 200, Reads: isXML}

func isXML(name string) bool {
	low := strings.ToLower(name)
	return strings.HasSuffix(low, ".xml") || strings.HasSuffix(low, ".rels") || low == "mimetype"
}

// File reads a file by what is in it, whatever its name says, into its plain form.
func File(raw []byte) (string, error) {
	blocks, err := blocksOf(raw)
	if err != nil {
		return "", err
	}
	text := Plain(blocks)
	switch {
	case strings.TrimSpace(text) == "":
		return "", ErrEmpty
	case len(text) > MaxText:
		return "", ErrLong
	}
	return text, nil
}

func blocksOf(raw []byte) ([]Block, error) {
	start := bytes.TrimSpace(raw[:min(len(raw), 1024)])
	switch {
	case len(bytes.TrimSpace(raw)) == 0:
		return nil, ErrEmpty
	case foreign.IsZip(raw):
		return archive(raw)
	case foreign.IsCompound(raw):
		if bytes.Contains(raw, wide("EncryptedPackage")) {
			return nil, ErrLocked
		}
		return nil, ErrOld
	case bytes.HasPrefix(start, []byte("%PDF")):
		return nil, ErrPDF
	case isPicture(raw):
		return nil, ErrPicture
	case foreign.Strange(raw):
		return nil, ErrKind
	case len(raw) > 2*MaxText:
		return nil, ErrLong
	}
	return FromPlain(foreign.Decode(raw)), nil
}

// wide is a word in the letters of an old office file.
func wide(s string) []byte {
	var out []byte
	for _, c := range utf16.Encode([]rune(s)) {
		out = append(out, byte(c), byte(c>>8))
	}
	return out
}

func isPicture(raw []byte) bool {
	for _, sign := range []string{"\x89PNG", "\xff\xd8\xff", "GIF8", "BM", "II*\x00", "MM\x00*"} {
		if bytes.HasPrefix(raw, []byte(sign)) && (sign != "BM" || bytes.IndexByte(raw[:min(len(raw), 64)], 0) >= 0) {
			return true
		}
	}
	return len(raw) > 12 && (string(raw[4:8]) == "ftyp" || string(raw[:4]) == "RIFF" && string(raw[8:12]) == "WEBP")
}

// archive reads a document that is a zip file.
func archive(raw []byte) ([]Block, error) {
	z, err := foreign.Open(raw, limits)
	if err == nil {
		err = foreign.PlainXML(z)
	}
	switch {
	case errors.Is(err, foreign.ErrDamaged):
		return nil, ErrDamaged
	case err != nil:
		return nil, ErrBomb
	}
	files := map[string]*zip.File{}
	for _, f := range z.File {
		files[f.Name] = f
	}
	if main := files[mainPart(files)]; main != nil {
		return word(main, files)
	}
	if f := files["content.xml"]; f != nil && strings.Contains(small(files["mimetype"]), "opendocument.text") {
		if strings.Contains(small(files["META-INF/manifest.xml"]), "encryption-data") {
			return nil, ErrLocked
		}
		return open(f)
	}
	return nil, ErrKind
}

// small is the text of a small file; nothing when it is not there.
func small(f *zip.File) string {
	if f == nil {
		return ""
	}
	raw, err := foreign.Read(f, 1<<20)
	if err != nil {
		return ""
	}
	return string(raw)
}

// mainPart is the name of the part with the words of a Word document: as its table of parts
// says, if it says one inside the file.
func mainPart(files map[string]*zip.File) string {
	const usual = "word/document.xml"
	var table struct {
		Relationship []struct {
			Type, Target, TargetMode string `xml:",attr"`
		}
	}
	if xml.Unmarshal([]byte(small(files["_rels/.rels"])), &table) != nil {
		return usual
	}
	for _, r := range table.Relationship {
		name := strings.TrimPrefix(path.Clean(r.Target), "/")
		if strings.HasSuffix(r.Type, "/officeDocument") && r.TargetMode != "External" && strings.HasPrefix(name, "word/") {
			return name
		}
	}
	return usual
}

// walk goes through the XML of a part. start tells whether it wants what is inside.
func walk(f *zip.File, start func(at trail, e xml.StartElement) (skip bool), end func(name string), words func(at trail, s string)) error {
	r, err := f.Open()
	if err != nil {
		return ErrDamaged
	}
	defer r.Close() // it is only read
	d := xml.NewDecoder(io.LimitReader(r, limits.Unpacked))
	var at trail
	skipped := 0 // how deep the part lies that is left out
	for n := 0; ; n++ {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return ErrDamaged
		}
		if n > maxTokens {
			return ErrLong
		}
		switch x := token.(type) {
		case xml.Directive:
			return ErrBomb
		case xml.StartElement:
			if at = append(at, x.Name.Local); len(at) > maxDepth {
				return ErrBomb
			}
			if skipped == 0 && start(at, x) {
				skipped = len(at)
			}
		case xml.EndElement:
			if skipped == 0 {
				end(x.Name.Local)
			} else if skipped == len(at) {
				skipped = 0
			}
			at = at[:len(at)-1]
		case xml.CharData:
			if skipped == 0 && len(at) > 0 {
				words(at, string(x))
			}
		}
	}
}

// trail are the names of the parts that are open, the innermost last.
type trail []string

// up is the name of the part so many around the innermost.
func (t trail) up(n int) string {
	if n >= len(t) {
		return ""
	}
	return t[len(t)-1-n]
}

// attr is a value of a part, by its name without its space.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
