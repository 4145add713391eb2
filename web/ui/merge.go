package ui

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"leerkring/web/ui/worddiff"
)

// Version is one of two versions of a text.
type Version struct {
	Title string // "Your version"
	By    string // who and when
	Text  string
}

// MergeOf puts two versions of one text side by side. Both are kept; the person
// makes one of them.
type MergeOf struct {
	Note   string // how the differences are marked
	Mine   Version
	Theirs Version
	Form   FormOf
	Merged Field // with the text to begin from
}

// compared writes a version with the words that only it has marked. It writes
// itself, because a template would put spaces where the text has none.
func compared(pieces []worddiff.Piece) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		for _, p := range pieces {
			text := templ.EscapeString(p.Text)
			if p.Own {
				text = "<mark>" + text + "</mark>"
			}
			if _, err := io.WriteString(w, text); err != nil {
				return err
			}
		}
		return nil
	})
}
