package backup

import (
	"fmt"
	"regexp"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/ident"
)

// Head is what a backup says of itself.
type Head struct {
	ID      string     `json:"id"`
	MadeAt  time.Time  `json:"made_at"` // the moment that it shows
	Program string     `json:"program"`
	Schema  int64      `json:"schema"` // the newest step of the schema
	Engine  string     `json:"engine"`
	Whole   bool       `json:"whole"` // false: only the database, such as before an upgrade
	Tables  []db.Table `json:"tables"`
}

// Sum is what a table held: how many rows, and the hash of their lines.
type Sum struct {
	Name string `json:"name"`
	Rows int64  `json:"rows"`
	Hash string `json:"hash"`
}

// FileSum is what the files were, together.
type FileSum struct {
	Count int64  `json:"count"`
	Bytes int64  `json:"bytes"`
	Hash  string `json:"hash"`
}

// End is what must have been read when a backup is whole.
type End struct {
	Tables []Sum   `json:"tables"`
	Files  FileSum `json:"files"`
}

// Rows is how many rows there are in all tables.
func (e End) Rows() (n int64) {
	for _, t := range e.Tables {
		n += t.Rows
	}
	return n
}

// Limits of what a backup may unfold to; our own stay far below.
const (
	mostTables  = 1000
	mostColumns = 500
	largestHead = 4 << 20
	largestPart = 64 << 20
	mostRatio   = 100
	ratioFrom   = 16 << 20 // bytes from which the ratio counts
	part        = 1 << 20  // from so many bytes on, rows go into a next piece
)

var name = regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}$`)

// check refuses a header that cannot be ours.
func (h Head) check() error {
	if !ident.Valid(h.ID) || h.MadeAt.IsZero() || h.Schema < 1 || len(h.Tables) == 0 || len(h.Tables) > mostTables {
		return fmt.Errorf("%w: its header says too little", ErrDamaged)
	}
	before := ""
	for _, t := range h.Tables {
		if !name.MatchString(t.Name) || t.Name <= before || len(t.Columns) == 0 || len(t.Columns) > mostColumns {
			return fmt.Errorf("%w: its list of tables is none", ErrDamaged)
		}
		before = t.Name
		last := ""
		for _, c := range t.Columns {
			if !name.MatchString(c.Name) || c.Name <= last || c.Kind != db.TextKind && c.Kind != db.IntKind && c.Kind != db.BoolKind {
				return fmt.Errorf("%w: its list of columns is none", ErrDamaged)
			}
			last = c.Name
		}
	}
	return nil
}
