package leaving

import (
	"archive/zip"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"leerkring/internal/blob"
	"leerkring/internal/db"
	"leerkring/internal/i18n"
)

// maker writes the archive of one person.
type maker struct {
	db       *db.DB
	plan     Plan
	pictures *blob.Dir
	personID string
	others   map[string]bool // ids of the other people of the board
	t        *i18n.Texts
	at       time.Time
	tell     func(done int) error // hears how many parts are written

	zip   *zip.Writer
	files []written
}

// written is one part as the index tells of it.
type written struct {
	part
	Rows int
}

// steps is how many parts an archive has: the tables, and the pictures.
func (m *maker) steps() int { return len(m.plan.parts) + 1 }

// write writes the whole archive. Each part is read in pages and goes out as it comes.
func (m *maker) write(ctx context.Context, w io.Writer) error {
	m.zip = zip.NewWriter(w)
	for i, x := range m.plan.parts {
		if err := m.table(ctx, x); err != nil {
			return err
		}
		if err := m.tell(i + 1); err != nil {
			return err
		}
	}
	n, err := m.images(ctx)
	if err != nil {
		return err
	}
	if err := m.tell(m.steps()); err != nil {
		return err
	}
	f, err := m.file("index.html")
	if err != nil {
		return err
	}
	if err := m.index(ctx, f, n); err != nil {
		return err
	}
	return m.zip.Close()
}

// file begins a file of the archive. Names are of the program, never of a person.
func (m *maker) file(name string) (io.Writer, error) {
	return m.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: m.at})
}

// table writes a part twice: as JSON, whole, and as CSV, for a spreadsheet.
func (m *maker) table(ctx context.Context, x part) error {
	rows, err := m.json(ctx, x)
	if err != nil || rows == 0 {
		return err
	}
	m.files = append(m.files, written{x, rows})
	f, err := m.file("csv/" + x.File() + ".csv")
	if err != nil {
		return err
	}
	if _, err := io.WriteString(f, "\ufeff"); err != nil { // spreadsheets know by this how letters are written
		return err
	}
	out := csv.NewWriter(f)
	if err := out.Write(x.columns); err != nil {
		return err
	}
	err = x.each(ctx, m.db, m.personID, func(r row) error {
		cells := make([]string, len(r))
		for i, v := range r {
			cells[i] = cell(m.hide(v))
		}
		return out.Write(cells)
	})
	out.Flush()
	return errors.Join(err, out.Error())
}

// json writes a part as JSON, and nothing at all when there is nothing in it.
func (m *maker) json(ctx context.Context, x part) (rows int, err error) {
	var f io.Writer
	put := func(parts ...string) error {
		for _, s := range parts {
			if _, err := io.WriteString(f, s); err != nil {
				return err
			}
		}
		return nil
	}
	err = x.each(ctx, m.db, m.personID, func(r row) error {
		for i, v := range r {
			r[i] = m.hide(v)
		}
		line, err := x.object(r)
		if err != nil {
			return err
		}
		before := ",\n"
		if rows++; rows == 1 {
			if f, err = m.file("json/" + x.File() + ".json"); err != nil {
				return err
			}
			before = "[\n"
		}
		return put(before, string(line))
	})
	if err != nil || rows == 0 {
		return rows, err
	}
	return rows, put("\n]\n")
}

// images adds the pictures that the person put somewhere. One that is lost is left out; the
// table says that it was there.
func (m *maker) images(ctx context.Context) (int, error) {
	ids, err := db.All(ctx, m.db, `select id from picture where author_id = $1 order by id`, db.Str, m.personID)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, id := range ids {
		src, err := m.pictures.Get(id)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return n, err
		}
		f, err := m.zip.CreateHeader(&zip.FileHeader{Name: "pictures/" + id + ".jpg", Method: zip.Store, Modified: m.at})
		if err == nil {
			_, err = io.Copy(f, src)
		}
		if err := errors.Join(err, src.Close()); err != nil {
			return n, fmt.Errorf("picture %s: %w", id, err)
		}
		n++
	}
	return n, nil
}
