package backup

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"leerkring/internal/db"
	"leerkring/internal/ident"
)

// visitor gets what stands in a backup, in its order. It is told before the end, and with
// it the hashes, were seen: what it makes counts only when read returns nil.
type visitor struct {
	head func(Head) error
	rows func(t db.Table, rows [][]any) error
	file func(name string, size int64, content io.Reader) error
	far  func(read int64) // bytes of the backup so far
}

// reader reads a backup from front to back.
type reader struct {
	ctx context.Context
	v   visitor
	in  *counter // what came out of the file
	bad bool     // reading failed: what a visitor made of that is not its own
	out int64    // what it unfolded to
	tar *tar.Reader

	head  Head
	at    int // table
	piece int
	sum   *tableSum
	last  string // file
	files *fileSum
	seen  End
}

// read reads a whole backup and refuses one that is not whole.
func read(ctx context.Context, r io.Reader, keys []byte, v visitor) (Head, End, error) {
	in := &counter{r: r}
	clear, err := unseal(in, keys)
	if err != nil {
		return Head{}, End{}, err
	}
	rd := &reader{ctx: ctx, v: v, in: in, files: newFileSum()}
	head, end, err := rd.all(clear)
	if err == nil || ctx.Err() != nil || errors.Is(err, ErrDamaged) {
		return head, end, errors.Join(err, ctx.Err())
	}
	var own *visitError
	if errors.As(err, &own) && !rd.bad {
		return head, end, own.err
	}
	return head, end, fmt.Errorf("%w (at %d bytes)", ErrDamaged, in.n)
}

// visitError is an error of who visits; all others are of the file.
type visitError struct{ err error }

func (e *visitError) Error() string { return e.err.Error() }

func visited(err error) error {
	if err == nil {
		return nil
	}
	return &visitError{err}
}

func (r *reader) all(clear io.Reader) (Head, End, error) {
	b := bufio.NewReader(clear)
	zip, err := gzip.NewReader(b)
	if err != nil {
		return Head{}, End{}, err
	}
	zip.Multistream(false)
	r.tar = tar.NewReader(&unfolded{zip, r})
	if err := r.header(); err != nil {
		return Head{}, End{}, err
	}
	for {
		h, err := r.next()
		if err != nil {
			return Head{}, End{}, err
		}
		if h.Name == "end.json" {
			break
		}
		if err := r.entry(h); err != nil {
			return Head{}, End{}, err
		}
	}
	if err := r.ending(); err != nil {
		return Head{}, End{}, err
	}
	if _, err := r.tar.Next(); err != io.EOF {
		return Head{}, End{}, fmt.Errorf("%w: something comes after its end", ErrDamaged)
	}
	if _, err := io.Copy(io.Discard, &unfolded{zip, r}); err != nil { // to the checksum
		return Head{}, End{}, err
	}
	if _, err := b.ReadByte(); err != io.EOF {
		return Head{}, End{}, fmt.Errorf("%w: something comes after its end", ErrDamaged)
	}
	return r.head, r.seen, nil
}

// next is the next part; only plain files with a plain header are ours.
func (r *reader) next() (*tar.Header, error) {
	if err := r.ctx.Err(); err != nil {
		return nil, err
	}
	h, err := r.tar.Next()
	if err == io.EOF {
		return nil, io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, err
	}
	if h.Typeflag != tar.TypeReg || h.Format != tar.FormatUSTAR || len(h.PAXRecords) > 0 || h.Size < 0 {
		return nil, fmt.Errorf("%w: it holds something that is no part of a backup", ErrDamaged)
	}
	if r.v.far != nil {
		r.v.far(r.in.n)
	}
	return h, nil
}

func (r *reader) header() error {
	h, err := r.next()
	if err != nil {
		return err
	}
	if h.Name != "header.json" {
		return fmt.Errorf("%w: it has no header", ErrDamaged)
	}
	if err := r.json(h, &r.head); err != nil {
		return err
	}
	if err := r.head.check(); err != nil {
		return err
	}
	r.sum = newSum(r.head.Tables[0])
	if r.v.head == nil {
		return nil
	}
	return visited(r.v.head(r.head))
}

func (r *reader) json(h *tar.Header, v any) error {
	raw, err := r.small(h, largestHead)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, v)
}

// small reads a part that fits in memory.
func (r *reader) small(h *tar.Header, most int64) ([]byte, error) {
	if h.Size > most {
		return nil, fmt.Errorf("%w: a part of it is too large", ErrDamaged)
	}
	return io.ReadAll(r.tar)
}

func (r *reader) entry(h *tar.Header) error {
	if id, ok := strings.CutPrefix(h.Name, "files/"); ok {
		return r.file(id, h.Size)
	}
	rest, ok := strings.CutPrefix(h.Name, "tables/")
	table, piece, two := strings.Cut(rest, "/")
	if !ok || !two || r.last != "" {
		return fmt.Errorf("%w: it holds something that is no part of a backup", ErrDamaged)
	}
	for r.head.Tables[r.at].Name != table {
		if err := r.nextTable(); err != nil {
			return err
		}
	}
	if r.piece++; piece != fmt.Sprintf("%06d", r.piece) {
		return fmt.Errorf("%w: a piece of %s is not there", ErrDamaged, table)
	}
	return r.rows(h)
}

// nextTable closes a table; what comes later is of a later one.
func (r *reader) nextTable() error {
	r.seen.Tables = append(r.seen.Tables, r.sum.sum())
	if r.at++; r.at >= len(r.head.Tables) {
		r.at = len(r.head.Tables) - 1
		return fmt.Errorf("%w: a table is not in its place", ErrDamaged)
	}
	r.piece, r.sum = 0, newSum(r.head.Tables[r.at])
	return nil
}

func (r *reader) rows(h *tar.Header) error {
	raw, err := r.small(h, largestPart)
	if err != nil {
		return err
	}
	t := r.head.Tables[r.at]
	var rows [][]any
	for line := range bytes.Lines(raw) {
		row, err := decode(line, t)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		r.sum.line(line)
		rows = append(rows, row)
	}
	if r.v.rows == nil {
		return nil
	}
	return visited(r.v.rows(t, rows))
}

func (r *reader) file(id string, size int64) error {
	if !ident.Valid(id) || id <= r.last || !r.head.Whole {
		return fmt.Errorf("%w: a file in it has no name of ours", ErrDamaged)
	}
	r.last = id
	content := sha256.New()
	var in io.Reader = io.TeeReader(&watched{r.tar, r}, content)
	if r.v.file != nil {
		if err := r.v.file(id, size, in); err != nil {
			return visited(err)
		}
	}
	if _, err := io.Copy(io.Discard, in); err != nil {
		return err
	}
	r.files.file(id, size, content)
	return nil
}

// ending holds what was read against what was written.
func (r *reader) ending() error {
	var end End
	raw, err := io.ReadAll(io.LimitReader(r.tar, largestHead+1))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, &end); err != nil {
		return err
	}
	for r.at < len(r.head.Tables)-1 {
		if err := r.nextTable(); err != nil {
			return err
		}
	}
	r.seen.Tables = append(r.seen.Tables, r.sum.sum())
	if r.head.Whole {
		r.seen.Files = r.files.sum()
	}
	if !slices.Equal(end.Tables, r.seen.Tables) || end.Files != r.seen.Files {
		return fmt.Errorf("%w: its parts are not those that were written", ErrDamaged)
	}
	return nil
}

// watched notes that reading failed.
type watched struct {
	io.Reader
	of *reader
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	w.of.bad = w.of.bad || err != nil && err != io.EOF
	return n, err
}

// counter counts what is read from the file itself.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// unfolded refuses a file that unfolds to far more than it is.
type unfolded struct {
	r  io.Reader
	of *reader
}

func (u *unfolded) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	u.of.out += int64(n)
	if u.of.out > ratioFrom && u.of.out > mostRatio*u.of.in.n {
		return 0, fmt.Errorf("%w: it would become far too large", ErrDamaged)
	}
	return n, err
}
