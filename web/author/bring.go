package author

import (
	"strconv"

	"leerkring/authoring"
	"leerkring/internal/errs"
	"leerkring/web/room"
)

// lookPage is what a file would do.
type lookPage struct {
	Name, Need  string
	Stages      int
	Says        string
	Same        bool
	Wrong       []slip
	More        string
	Differences []difference
	Source      string
	Digest      string
}

// slip is one thing in the file to mend.
type slip struct{ Place, Text, Excerpt string }

// mostShown is how many slips, and differences, a page tells at once.
const mostShown = 20

// Look tells what a file would do; nothing changes.
func (rm *Room) Look(r *room.Request) error {
	f := r.Form()
	file, ok := f.File("file")
	source := string(file.Data)
	switch {
	case f.Err() != nil:
	case !ok:
		f.Refuse("file", "authoring.file_missing")
	case file.TooBig:
		f.Refuse("file", "authoring.file_too_large")
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.New)
	}
	return rm.look(r, source)
}

func (rm *Room) look(r *room.Request, source string) error {
	found, err := rm.Own.LookAt(r.Ctx(), r.Who(), r.School().ID, []byte(source))
	if err != nil {
		return r.Refused(err, rm.New)
	}
	l := &lookPage{Source: source, Digest: found.Digest, Same: found.Same}
	for i, p := range found.Problems {
		if i == mostShown {
			l.More = r.T.T("author.more_slips", "n", len(found.Problems)-mostShown)
			break
		}
		x := slip{Place: p.File, Text: p.In(r.T.Lang()), Excerpt: p.Excerpt}
		if p.Line > 0 {
			x.Place += ", " + r.T.T("author.line", "n", strconv.Itoa(p.Line))
		}
		l.Wrong = append(l.Wrong, x)
	}
	if len(found.Problems) > 0 {
		r.Err = errs.Invalid("author.file_wrong").On("file")
		return rm.begin(r, l)
	}
	l.Name, l.Need, l.Stages = r.Pack(found.Pack.Name), r.Pack(found.Pack.Need), len(found.Pack.Stages)
	switch {
	case found.Same:
		l.Says = r.T.T("author.look_same")
	case found.Into != "":
		l.Says = r.T.T("author.look_changes", "n", len(found.Differences))
	default:
		l.Says = r.T.T("author.look_new")
	}
	l.Differences = differences(r, found.Pack, found.Pack, found.Differences)
	return rm.begin(r, l)
}

// BringIn does what was shown.
func (rm *Room) BringIn(r *room.Request) error {
	f := r.Form()
	source, digest := f.Typed("source"), f.Line("digest", 100)
	if err := f.Err(); err != nil {
		return err
	}
	id, changed, err := rm.Own.BringIn(r.Ctx(), r.Who(), r.School().ID, []byte(source), digest)
	if errs.Is(err, errs.KindConflict) {
		r.Err = err
		return rm.look(r, source)
	}
	if err != nil {
		return r.Refused(err, rm.New)
	}
	if !changed {
		return r.Said(address(id, authoring.PackPart), "author_same")
	}
	return r.Said(address(id, authoring.PackPart), "author_brought")
}
