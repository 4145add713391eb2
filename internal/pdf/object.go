package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// file collects the numbered objects of a PDF.
type file struct {
	objects [][]byte // by number, from 1
}

// reserve gives a number for an object that is written later.
func (f *file) reserve() int {
	f.objects = append(f.objects, nil)
	return len(f.objects)
}

func (f *file) set(n int, body string) { f.objects[n-1] = []byte(body) }

func (f *file) add(body string) int {
	n := f.reserve()
	f.set(n, body)
	return n
}

// stream adds an object with bytes behind it, packed.
func (f *file) stream(dict string, data []byte) (int, error) {
	var packed bytes.Buffer
	z, err := zlib.NewWriterLevel(&packed, zlib.BestCompression)
	if err != nil {
		return 0, err
	}
	if _, err := z.Write(data); err != nil {
		return 0, err
	}
	if err := z.Close(); err != nil {
		return 0, err
	}
	return f.bare(dict+" /Filter /FlateDecode", packed.Bytes()), nil
}

// bare adds an object with bytes behind it, as they are.
func (f *file) bare(dict string, data []byte) int {
	n := f.reserve()
	body := fmt.Appendf(nil, "<< %s /Length %d >>\nstream\n", strings.TrimSpace(dict), len(data))
	f.objects[n-1] = append(append(body, data...), "\nendstream"...)
	return n
}

// bytes is the whole file. id tells one document from another.
func (f *file) bytes(root, info int, id string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	at := make([]int, len(f.objects))
	for i, body := range f.objects {
		at[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n", i+1)
		out.Write(body)
		out.WriteString("\nendobj\n")
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(f.objects)+1)
	for _, n := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>] >>\nstartxref\n%d\n%%%%EOF\n", len(f.objects)+1, root, info, id, id, start)
	return out.Bytes()
}

// text is a text of the file itself, such as a title: in plain letters when it has no others.
func text(s string) string {
	for _, r := range s {
		if r < ' ' || r > '~' {
			var b strings.Builder
			b.WriteString("<FEFF")
			for _, u := range utf16.Encode([]rune(s)) {
				fmt.Fprintf(&b, "%04X", u)
			}
			b.WriteString(">")
			return b.String()
		}
	}
	return "(" + strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(s) + ")"
}

// num writes a measure with no more digits than a printer can show.
func num(x float64) string {
	s := strconv.FormatFloat(x, 'f', 3, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" || s == "" {
		return "0"
	}
	return s
}

func nums(xs ...float64) string {
	out := make([]string, len(xs))
	for i, x := range xs {
		out[i] = num(x)
	}
	return strings.Join(out, " ")
}
