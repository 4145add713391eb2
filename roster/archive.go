package roster

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"slices"
	"strings"

	"leerkring/internal/errs"
)

// Limits of a zip file. A sheet of ten thousand people is a few megabytes.
const (
	mostEntries  = 1_000
	mostUnpacked = 24 << 20
	mostRatio    = 100
	smallEntry   = 1 << 20 // under this size a ratio says nothing
)

// openArchive opens a zip file after looking at what it claims: how many files, how large, how
// far packed, whether their places overlap, and whether their names lead elsewhere. Nothing
// has been unpacked then, and nothing is ever written to a disk.
func openArchive(raw []byte) (*zip.Reader, error) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, errs.Invalid("roster.file_damaged").On("file")
	}
	if len(z.File) > mostEntries {
		return nil, errs.Invalid("roster.file_bomb").On("file")
	}
	type place struct{ from, to int64 }
	var places []place
	var total uint64
	names := map[string]bool{}
	for _, f := range z.File {
		if !safeName(f, names) {
			return nil, errs.Invalid("roster.file_paths").On("file")
		}
		total += f.UncompressedSize64
		if f.UncompressedSize64 > mostUnpacked || total > mostUnpacked || f.UncompressedSize64 > smallEntry && f.UncompressedSize64/max(f.CompressedSize64, 1) > mostRatio {
			return nil, errs.Invalid("roster.file_bomb").On("file")
		}
		at, err := f.DataOffset()
		if err != nil || f.CompressedSize64 > uint64(len(raw)) {
			return nil, errs.Invalid("roster.file_damaged").On("file")
		}
		places = append(places, place{at, at + int64(f.CompressedSize64)})
	}
	slices.SortFunc(places, func(a, b place) int { return int(a.from - b.from) })
	for i := range places {
		if i > 0 && places[i].from < places[i-1].to || places[i].to > int64(len(raw)) {
			return nil, errs.Invalid("roster.file_bomb").On("file")
		}
	}
	return z, nil
}

// safeName refuses names that lead out of their folder, links, and two names that are one on
// some disks.
func safeName(f *zip.File, names map[string]bool) bool {
	n := f.Name
	switch {
	case n == "", strings.ContainsAny(n, "\x00\\:"), strings.HasPrefix(n, "/"), !f.Mode().IsRegular() && !f.Mode().IsDir():
		return false
	case path.Clean(n) != strings.TrimSuffix(n, "/"), strings.HasPrefix(path.Clean(n), ".."):
		return false
	}
	low := strings.ToLower(n)
	if names[low] {
		return false
	}
	names[low] = true
	return true
}

// unpack reads a file of an archive. Its size was looked at before; more than that is damage.
func unpack(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, errs.Invalid("roster.file_damaged").On("file")
	}
	defer r.Close() // it is only read
	raw, err := io.ReadAll(io.LimitReader(r, mostUnpacked+1))
	if err != nil || len(raw) > mostUnpacked {
		return nil, errs.Invalid("roster.file_damaged").On("file")
	}
	return raw, nil
}

// ReadFile reads a file by what is in it, whatever its name says.
func ReadFile(raw []byte) (Sheet, error) {
	switch {
	case len(bytes.TrimSpace(raw)) == 0:
		return Sheet{}, errs.Invalid("roster.file_empty").On("file")
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")), bytes.HasPrefix(raw, []byte("PK\x05\x06")):
		return readArchive(raw)
	case bytes.HasPrefix(raw, []byte{0xD0, 0xCF, 0x11, 0xE0}):
		return Sheet{}, errs.Invalid("roster.file_old").On("file")
	case strange(raw):
		return Sheet{}, errs.Invalid("roster.file_kind").On("file")
	}
	s, err := ReadText(decode(raw))
	return s, onFile(err)
}

// strange reports what is neither a zip file nor text.
func strange(raw []byte) bool {
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

func readArchive(raw []byte) (Sheet, error) {
	z, err := openArchive(raw)
	if err != nil {
		return Sheet{}, err
	}
	files := map[string]*zip.File{}
	for _, f := range z.File {
		files[strings.ToLower(path.Base(f.Name))] = f
		if f.Name == "xl/workbook.xml" {
			return readWorkbook(raw, z)
		}
	}
	if files["users.csv"] == nil {
		return Sheet{}, errs.Invalid("roster.file_kind").On("file")
	}
	return ReadFiles(func(name string) ([]byte, error) {
		if f := files[name]; f != nil {
			return unpack(f)
		}
		return nil, nil
	})
}

// onFile says a refusal beside the field of the file.
func onFile(err error) error {
	if fields := errs.FieldsOf(err); len(fields) > 0 {
		return errs.Invalid(fields[0].Key, fields[0].Args...).On("file")
	}
	return err
}
