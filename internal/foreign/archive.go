// Package foreign opens files that others made: a zip file after a look at what it claims, its
// XML without entities, and text in whatever letters it was written.
//
// Promises: nothing is written to a disk, nothing is fetched, and nothing is unpacked before
// its size, its name and its place were looked at. The rooms that use it know what a file is
// for; here nobody does.
package foreign

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
)

// What can be wrong with a file. A room says it in its own words.
var (
	ErrDamaged = errors.New("foreign: the file cannot be read")
	ErrBomb    = errors.New("foreign: the file is put together to do harm")
	ErrPaths   = errors.New("foreign: the file has names that lead elsewhere")
)

// Limits are how much a room wants to unpack at most.
type Limits struct {
	Entries  int
	Unpacked int64                  // of one entry, and of all together
	Ratio    uint64                 // how far one entry may be packed
	Reads    func(name string) bool // the entries that are ever read, when that is not all; only their size is looked at
}

const smallEntry = 1 << 20 // under this size a ratio says nothing

// Open opens a zip file after looking at what it claims: how many files, how large, how far
// packed, whether their places overlap, and whether their names lead elsewhere.
func Open(raw []byte, l Limits) (*zip.Reader, error) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, ErrDamaged
	}
	if len(z.File) > l.Entries {
		return nil, ErrBomb
	}
	var places []place
	var total uint64
	names := map[string]bool{}
	for _, f := range z.File {
		if !safeName(f, names) {
			return nil, ErrPaths
		}
		if l.Reads == nil || l.Reads(f.Name) {
			total += f.UncompressedSize64
			if f.UncompressedSize64 > uint64(l.Unpacked) || total > uint64(l.Unpacked) || f.UncompressedSize64 > smallEntry && f.UncompressedSize64/max(f.CompressedSize64, 1) > l.Ratio {
				return nil, ErrBomb
			}
		}
		at, err := f.DataOffset()
		if err != nil || f.CompressedSize64 > uint64(len(raw)) {
			return nil, ErrDamaged
		}
		places = append(places, place{at, at + int64(f.CompressedSize64)})
	}
	if overlap(places, int64(len(raw))) {
		return nil, ErrBomb
	}
	return z, nil
}

// place is where an entry lies in the file.
type place struct{ from, to int64 }

func overlap(places []place, size int64) bool {
	slices.SortFunc(places, func(a, b place) int { return int(a.from - b.from) })
	for i := range places {
		if i > 0 && places[i].from < places[i-1].to || places[i].to > size {
			return true
		}
	}
	return false
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

// Read unpacks an entry. Its size was looked at before; more than most is damage.
func Read(f *zip.File, most int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, ErrDamaged
	}
	defer r.Close() // it is only read
	raw, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil || int64(len(raw)) > most {
		return nil, ErrDamaged
	}
	return raw, nil
}

// PlainXML refuses an archive with XML that declares entities: no office program writes them.
func PlainXML(z *zip.Reader) error {
	for _, f := range z.File {
		if !strings.HasSuffix(strings.ToLower(f.Name), ".xml") && !strings.HasSuffix(strings.ToLower(f.Name), ".rels") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return ErrDamaged
		}
		head := make([]byte, 2048)
		n, _ := io.ReadFull(r, head) // less is there when the file is short; damage shows when it is opened
		_ = r.Close()                // it is only read
		low := bytes.ToLower(head[:n])
		if bytes.Contains(low, []byte("<!doctype")) || bytes.Contains(low, []byte("<!entity")) || bytes.HasPrefix(head, []byte{0xFE, 0xFF}) || bytes.HasPrefix(head, []byte{0xFF, 0xFE}) {
			return ErrBomb
		}
	}
	return nil
}
