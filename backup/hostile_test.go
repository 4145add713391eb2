package backup

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"leerkring/internal/db"
)

// forged is a plain backup that somebody made by hand.
type forged struct {
	b   bytes.Buffer
	zip *gzip.Writer
	tar *tar.Writer
}

func forge() *forged {
	f := &forged{}
	f.b.WriteString(first + plainly + "\n")
	f.zip, _ = gzip.NewWriterLevel(&f.b, gzip.BestSpeed) // the level is one
	f.tar = tar.NewWriter(f.zip)
	return f
}

func (f *forged) add(h tar.Header, content string) *forged {
	if h.Format == 0 {
		h.Format = tar.FormatUSTAR
	}
	if h.Size == 0 {
		h.Size = int64(len(content))
	}
	h.Mode = 0o600
	_ = f.tar.WriteHeader(&h) // what cannot be written is not in it
	_, _ = f.tar.Write([]byte(content))
	return f
}

func (f *forged) done() []byte {
	_ = f.tar.Close() // some are cut off on purpose
	_ = f.zip.Close()
	return f.b.Bytes()
}

const someID = "06h25zrz68n8tkbp5cem3x13v0"

func headOf(tables ...db.Table) string {
	if tables == nil {
		tables = []db.Table{{Name: "board", Columns: []db.Column{{Name: "id", Kind: db.TextKind}, {Name: "made_at", Kind: db.TextKind}, {Name: "name", Kind: db.TextKind}}}}
	}
	raw, _ := json.Marshal(map[string]any{"id": someID, "made_at": "2026-11-28T12:00:00Z", "schema": 2, "whole": true, "tables": tables}) // it always marshals
	return string(raw)
}

func entry(name string) tar.Header { return tar.Header{Typeflag: tar.TypeReg, Name: name} }

// TestProofF1_F2_AForgedBackup: no path is followed, nothing unfolds without an end, and
// nothing lands anywhere.
func TestProofF1_F2_AForgedBackup(t *testing.T) {
	t.Parallel()
	head := func() *forged { return forge().add(entry("header.json"), headOf()) }
	row := `["b1","","x"]` + "\n"
	column := func(name string) db.Table {
		return db.Table{Name: "board", Columns: []db.Column{{Name: name, Kind: db.TextKind}}}
	}
	for what, raw := range map[string][]byte{
		"a path out":          head().add(entry("../../evil"), "x").done(),
		"an absolute path":    head().add(entry("/etc/evil"), "x").done(),
		"a file out":          head().add(entry("files/../../../evil"), "x").done(),
		"a name in capitals":  head().add(entry("files/"+strings.ToUpper(someID)), "x").done(),
		"a file twice":        head().add(entry("files/"+someID), "x").add(entry("files/"+someID), "y").done(),
		"a link":              head().add(tar.Header{Typeflag: tar.TypeSymlink, Name: "files/" + someID, Linkname: "/etc/passwd"}, "").done(),
		"a hard link":         head().add(tar.Header{Typeflag: tar.TypeLink, Name: "files/" + someID, Linkname: "header.json"}, "").done(),
		"a folder":            head().add(tar.Header{Typeflag: tar.TypeDir, Name: "files/"}, "").done(),
		"a long name by PAX":  head().add(tar.Header{Typeflag: tar.TypeReg, Name: "files/" + someID, Format: tar.FormatPAX, PAXRecords: map[string]string{"path": "../evil"}}, "x").done(),
		"no header":           forge().add(entry("tables/board/000001"), row).done(),
		"two headers":         head().add(entry("header.json"), headOf()).done(),
		"an unknown table":    head().add(entry("tables/nothing/000001"), row).done(),
		"a piece left out":    head().add(entry("tables/board/000002"), row).done(),
		"rows behind files":   head().add(entry("files/"+someID), "x").add(entry("tables/board/000001"), row).done(),
		"a row too short":     head().add(entry("tables/board/000001"), `["b1"]`+"\n").done(),
		"a number as a name":  head().add(entry("tables/board/000001"), `["b1","",7]`+"\n").done(),
		"a list in a row":     head().add(entry("tables/board/000001"), `["b1","",["x"]]`+"\n").done(),
		"two rows in a line":  head().add(entry("tables/board/000001"), `["b1","","x"]["b2","","x"]`+"\n").done(),
		"no end":              head().add(entry("tables/board/000001"), row).done(),
		"an end that lies":    head().add(entry("tables/board/000001"), row).add(entry("end.json"), `{"tables":[{"name":"board","rows":1,"hash":"00"}]}`).done(),
		"a table with quotes": forge().add(entry("header.json"), headOf(db.Table{Name: `x"; drop table board; --`, Columns: column("id").Columns})).add(entry("end.json"), "{}").done(),
		"a column with more":  forge().add(entry("header.json"), headOf(column(`id") values ('x'); --`))).add(entry("end.json"), "{}").done(),
		"a table of ours not": forge().add(entry("header.json"), headOf(db.Table{Name: "sqlite_master", Columns: column("sql").Columns})).add(entry("end.json"), "{}").done(),
		"a header too large":  forge().add(entry("header.json"), strings.Repeat(" ", largestHead+1)).done(),
		"a deep header":       forge().add(entry("header.json"), strings.Repeat("[", 200_000)).done(),
		"a bomb of zeros":     bomb(),
	} {
		root := t.TempDir()
		to := target(t, db.SQLite)
		to.Data = filepath.Join(root, "a", "b", "data")
		must(t, os.MkdirAll(to.Data, 0o700))
		path := filepath.Join(t.TempDir(), "x.backup")
		must(t, os.WriteFile(path, raw, 0o600))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Restore(t.Context(), path, nil, to)
		runtime.ReadMemStats(&after)
		if err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", what, err)
		}
		to.untouched(t)
		if list, err := os.ReadDir(root); err != nil || len(list) != 1 {
			t.Errorf("%s: something landed outside: %v", what, list)
		}
	}
}

// bomb is a file of half a gigabyte of nothing, a thousand times smaller than that.
func bomb() []byte {
	f := forge().add(entry("header.json"), headOf())
	_ = f.tar.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: "files/" + someID, Size: 512 << 20, Mode: 0o600, Format: tar.FormatUSTAR})
	_, _ = io.CopyN(f.tar, zeros{}, 512<<20) // it is cut off when it is long enough
	return f.done()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestProofF1_ABombIsStoppedEarly(t *testing.T) {
	t.Parallel()
	got := int64(0)
	_, _, err := read(t.Context(), bytes.NewReader(bomb()), nil, visitor{file: func(_ string, _ int64, r io.Reader) error {
		n, err := io.Copy(io.Discard, r)
		got = n
		return err
	}})
	if !errors.Is(err, ErrDamaged) || got > 2*ratioFrom {
		t.Errorf("%d bytes came out: %v", got, err)
	}
}

// FuzzRead reads what anybody made: it ends, and what it takes is whole.
func FuzzRead(f *testing.F) {
	good := forge().add(entry("header.json"), headOf()).add(entry("tables/board/000001"), `["b1","","x"]`+"\n")
	t := newSum(db.Table{Name: "board"})
	t.line([]byte(`["b1","","x"]` + "\n"))
	end, _ := json.Marshal(End{Tables: []Sum{t.sum()}, Files: newFileSum().sum()}) // it always marshals
	f.Add(good.add(entry("end.json"), string(end)).done())
	f.Add(forge().add(entry("header.json"), headOf()).done())
	f.Add([]byte(first + encrypted + "00000000\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		rows := int64(0)
		_, end, err := read(context.Background(), bytes.NewReader(raw), nil, visitor{rows: func(_ db.Table, list [][]any) error { rows += int64(len(list)); return nil }})
		if err == nil && (len(end.Tables) == 0 || end.Rows() != rows) {
			t.Errorf("%d rows, and it says %d", rows, end.Rows())
		}
	})
}
