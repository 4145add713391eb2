package foreign

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Decode makes text of what a file holds: UTF-8 with or without its mark, UTF-16 with its
// mark, else what Windows in Western Europe writes.
func Decode(raw []byte) string {
	switch {
	case bytes.HasPrefix(raw, []byte{0xEF, 0xBB, 0xBF}):
		return strings.ToValidUTF8(string(raw[3:]), "\uFFFD")
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}), bytes.HasPrefix(raw, []byte{0xFE, 0xFF}):
		out, _, err := transform.Bytes(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder(), raw)
		if err == nil {
			return string(out)
		}
	case utf8.Valid(raw):
		return string(raw)
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil {
		return strings.ToValidUTF8(string(raw), "\uFFFD")
	}
	return string(out)
}

// Strange reports what is neither a zip file nor text.
func Strange(raw []byte) bool {
	head := raw[:min(len(raw), 4096)]
	if bytes.HasPrefix(head, []byte{0xFF, 0xFE}) || bytes.HasPrefix(head, []byte{0xFE, 0xFF}) {
		return false
	}
	start := bytes.TrimSpace(head)
	for _, sign := range []string{"%PDF", "<!doctype", "<html", "<?xml", "{\\rtf", "\x89PNG", "\xff\xd8\xff", "\x1f\x8b"} {
		if len(start) >= len(sign) && (string(start[:len(sign)]) == sign || strings.EqualFold(string(start[:len(sign)]), sign)) {
			return true
		}
	}
	return bytes.ContainsFunc(head, func(r rune) bool { return r < '\t' })
}

// IsZip reports the beginning of a zip file, also of an empty one.
func IsZip(raw []byte) bool {
	return bytes.HasPrefix(raw, []byte("PK\x03\x04")) || bytes.HasPrefix(raw, []byte("PK\x05\x06"))
}

// IsCompound reports the box in which old office programs keep their files, and newer ones
// what has a password.
func IsCompound(raw []byte) bool { return bytes.HasPrefix(raw, []byte{0xD0, 0xCF, 0x11, 0xE0}) }
