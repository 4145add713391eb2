package backup

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"time"

	"leerkring/internal/blob"
	"leerkring/internal/db"
	"leerkring/internal/ident"
)

// Steps that progress is told of.
const (
	StepTables = "tables"
	StepFiles  = "files"
	StepCheck  = "check"
)

// Progress hears how far a step is.
type Progress func(step string, done, total int64)

// Source is what is copied.
type Source struct {
	DB      *db.DB
	Files   *blob.Dir // nil: only the database
	Program string
	At      time.Time
	Tell    Progress
}

// writer writes the parts of a backup in their order.
type writer struct {
	src  Source
	tar  *tar.Writer
	head Head
	end  End
	done int64 // rows
}

// write writes everything to w as it is at one moment.
func write(ctx context.Context, w io.Writer, keys []byte, src Source) (Head, End, error) {
	out := &writer{src: src, head: Head{ID: ident.At(src.At), MadeAt: src.At, Program: src.Program, Engine: string(src.DB.Engine()), Whole: src.Files != nil}}
	sealed, err := seal(w, keys)
	if err != nil {
		return Head{}, End{}, err
	}
	zip, err := gzip.NewWriterLevel(sealed, gzip.BestSpeed)
	if err != nil {
		return Head{}, End{}, err
	}
	out.tar = tar.NewWriter(zip)
	if src.Files != nil {
		release := src.Files.Hold()      // a row of the snapshot keeps its file until it is copied
		defer func() { _ = release() }() // what could not go is swept
	}
	if err := src.DB.Snapshot(ctx, func(s *db.Snapshot) error { return out.tables(ctx, s) }); err != nil {
		return Head{}, End{}, err
	}
	if src.Files != nil {
		if err := out.files(ctx); err != nil {
			return Head{}, End{}, err
		}
	}
	if err := out.json("end.json", out.end); err != nil {
		return Head{}, End{}, err
	}
	for _, c := range []io.Closer{out.tar, zip, sealed} {
		if err := c.Close(); err != nil {
			return Head{}, End{}, err
		}
	}
	return out.head, out.end, nil
}

func (w *writer) tell(step string, done, total int64) {
	if w.src.Tell != nil {
		w.src.Tell(step, done, total)
	}
}

func (w *writer) tables(ctx context.Context, s *db.Snapshot) error {
	var err error
	if w.head.Schema, err = s.Version(ctx); err != nil {
		return err
	}
	if w.head.Tables, err = s.Tables(ctx); err != nil {
		return err
	}
	total := int64(0)
	for _, t := range w.head.Tables {
		n, err := s.Count(ctx, t)
		if err != nil {
			return err
		}
		total += n
	}
	if err := w.json("header.json", w.head); err != nil {
		return err
	}
	for _, t := range w.head.Tables {
		sum, err := w.table(ctx, s, t, total)
		if err != nil {
			return fmt.Errorf("copy %s: %w", t.Name, err)
		}
		w.end.Tables = append(w.end.Tables, sum)
	}
	return nil
}

func (w *writer) table(ctx context.Context, s *db.Snapshot, t db.Table, total int64) (Sum, error) {
	sum := newSum(t)
	var b bytes.Buffer
	n := 0
	flush := func() error {
		if b.Len() == 0 {
			return nil
		}
		n++
		w.tell(StepTables, w.done, total)
		err := w.entry(fmt.Sprintf("tables/%s/%06d", t.Name, n), int64(b.Len()), &b)
		b.Reset()
		return err
	}
	err := s.Rows(ctx, t, func(row []any) error {
		from := b.Len()
		if err := encode(&b, row); err != nil {
			return err
		}
		sum.line(b.Bytes()[from:])
		w.done++
		if b.Len() < part {
			return nil
		}
		return flush()
	})
	if err == nil {
		err = flush()
	}
	return sum.sum(), err
}

func (w *writer) files(ctx context.Context) error {
	names, err := namesOf(ctx, w.src.Files)
	if err != nil {
		return err
	}
	sum := newFileSum()
	for i, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.file(name, sum); err != nil {
			return err
		}
		w.tell(StepFiles, int64(i+1), int64(len(names)))
	}
	w.end.Files = sum.sum()
	return nil
}

func (w *writer) file(name string, sum *fileSum) error {
	size, err := w.src.Files.Size(name)
	if err != nil {
		return err
	}
	f, err := w.src.Files.Get(name)
	if err != nil {
		return err
	}
	defer f.Close()
	h := sha256.New()
	if err := w.entry("files/"+name, size, io.TeeReader(f, h)); err != nil {
		return fmt.Errorf("copy file %s: %w", name, err)
	}
	sum.file(name, size, h)
	return nil
}

func (w *writer) json(name string, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return w.entry(name, int64(len(raw)), bytes.NewReader(raw))
}

func (w *writer) entry(name string, size int64, r io.Reader) error {
	if err := w.tar.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, Format: tar.FormatUSTAR}); err != nil {
		return err
	}
	_, err := io.Copy(w.tar, r)
	return err
}

// tableSum adds up the lines of a table.
type tableSum struct {
	Sum
	hash hash.Hash
}

func newSum(t db.Table) *tableSum { return &tableSum{Sum{Name: t.Name}, sha256.New()} }

func (s *tableSum) line(line []byte) {
	s.Rows++
	s.hash.Write(line)
}

func (s *tableSum) sum() Sum {
	s.Hash = hex.EncodeToString(s.hash.Sum(nil))
	return s.Sum
}

// fileSum adds up files, which come by name.
type fileSum struct {
	FileSum
	hash hash.Hash
}

func newFileSum() *fileSum { return &fileSum{hash: sha256.New()} }

func (s *fileSum) file(name string, size int64, content hash.Hash) {
	s.Count++
	s.Bytes += size
	fmt.Fprintf(s.hash, "%s %d %x\n", name, size, content.Sum(nil))
}

func (s *fileSum) sum() FileSum {
	s.Hash = hex.EncodeToString(s.hash.Sum(nil))
	return s.FileSum
}
