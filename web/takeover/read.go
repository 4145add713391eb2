package takeover

import (
	"errors"
	"strings"

	"leerkring/block/plan/takeover"
	"leerkring/internal/clock"
	"leerkring/internal/docread"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/internal/page"
	"leerkring/publish"
	"leerkring/web/room"
	"leerkring/web/room/firstlook"
)

// sent is the plan that a form brings, with what was chosen about it.
type sent struct {
	Text    string // in its plain form: what was uploaded and what was pasted go one way
	Choices map[string]takeover.Target
	Looked  bool // this text is the one that was looked at
}

// refusals are what a file can be that is not read.
var refusals = []struct {
	is  error
	key string
}{
	{docread.ErrEmpty, "takeover.empty"}, {docread.ErrOld, "takeover.old"}, {docread.ErrLocked, "takeover.locked"}, {docread.ErrPDF, "takeover.pdf"},
	{docread.ErrPicture, "takeover.picture"}, {docread.ErrKind, "takeover.kind"}, {docread.ErrBomb, "takeover.harm"}, {docread.ErrLong, "takeover.long"},
}

// read reads a new file, or else the text that was pasted or looked at.
func read(r *room.Request) (sent, error) {
	f := r.Form()
	s := sent{Choices: map[string]takeover.Target{}}
	text := f.Text("text", docread.MaxText)
	switch from, file := firstlook.Came(f, strings.TrimSpace(text) != "", "takeover.too_large", "takeover.missing"); from {
	case firstlook.FromFile:
		var err error
		if s.Text, err = docread.File(file); err != nil {
			f.Refuse("file", refusal(err))
		}
		if !f.Has("looked") { // what was pasted beside it comes along
			s.Text = strings.TrimSpace(s.Text + "\n\n" + text)
		}
	case firstlook.Along:
		s.Text = text
	}
	s.Looked = f.Line("looked", 80) == digest(s.Text)
	for key, name := range f.Keyed("to") {
		s.Choices[key] = takeover.Target(f.Line(name, 20))
	}
	return s, f.Err()
}

func refusal(err error) string {
	for _, r := range refusals {
		if errors.Is(err, r.is) {
			return r.key
		}
	}
	return "takeover.damaged"
}

func digest(s string) string { return ident.Hash(page.CleanText(s))[:24] }

// propose reads where everything in a text would go.
func propose(s sent, today clock.Date) (takeover.Proposal, error) {
	p := takeover.Place(docread.FromPlain(page.CleanText(s.Text)), today, publish.Forms()...)
	switch {
	case len(p.Lines) == 0:
		return p, errs.Invalid("takeover.empty").On("text")
	case len(p.Lines) > takeover.MaxLines:
		return p, errs.Invalid("takeover.too_many", "n", takeover.MaxLines).On("text")
	}
	return p, nil
}
