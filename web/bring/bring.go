package bring

import (
	"leerkring/bring"
	"leerkring/internal/errs"
	"leerkring/internal/page"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/room/firstlook"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
)

// bringPage is where a board comes in.
type bringPage struct {
	r      *room.Request
	Seen   trajectory.Seen
	Base   string
	Tabs   []ui.Tab
	Ended  bool
	File   ui.Field
	Look   *look
	Before bring.Before
	Came   string // what came in before, in a sentence
	Moved  bool   // a text was just put away or taken back: the list stays open
}

// Show is the page before anything was chosen.
func (rm *Room) Show(r *room.Request) error { return rm.show(r, nil) }

func (rm *Room) show(r *room.Request, l *look) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	seen, before, err := rm.Boards.Desk(r.Ctx(), r.Who(), id)
	if err != nil {
		return err
	}
	p := bringPage{r: r, Seen: seen, Base: base(id), Tabs: trajectoryweb.Tabs(r, seen, ""), Ended: seen.State.Ended(), Look: l, Before: before}
	p.File = firstlook.File(r, r.T.T("bringing.file"), r.T.T("bringing.file_hint"))
	if l != nil {
		p.File = firstlook.File(r, r.T.T("bringing.other_file"), "")
	}
	said := r.R.URL.Query().Get("said")
	p.Moved = said == "board_away" || said == "board_back"
	p.Came = counted(r, "bringing.came", before.Tasks, before.Agreements)
	h := trajectoryweb.Head(r, seen, r.T.T("bringing.title"))
	h.Lead, h.Live = r.T.T("bringing.lead"), "" // what is being chosen stays as it is
	r.Style(&h, "bring")
	return r.Page(h, show(p))
}

// counted says a number of tasks and of agreements, and only what there is.
func counted(r *room.Request, key string, tasks, agreements int) string {
	var what []string
	if tasks > 0 {
		what = append(what, r.T.T("bringing.n_tasks", "n", tasks))
	}
	if agreements > 0 {
		what = append(what, r.T.T("bringing.n_agreements", "n", agreements))
	}
	if len(what) == 0 {
		return ""
	}
	return r.T.T(key, "what", r.T.List(what))
}

// sent is the board that a form brings, with what was chosen about it.
type sent struct {
	Board   bring.Board
	Choices bring.Choices
	Digest  string
}

// read reads a new file, or else the board that goes along with the choices.
func read(r *room.Request) (sent, error) {
	f := r.Form()
	var s sent
	var err error
	switch from, file := firstlook.Came(f, f.Typed("board") != "", "bringing.too_large", "bringing.file_missing"); from {
	case firstlook.FromFile:
		s.Board, err = bring.ReadFile(file)
	case firstlook.Along:
		s.Board, err = bring.Unpack(f.Typed("board"))
	}
	f.Has("board")
	s.Digest = f.Line("digest", 60)
	s.Choices = chosenIn(f)
	return s, errs.Join(f.Err(), err)
}

func chosenIn(f *page.Form) bring.Choices {
	c := bring.Choices{Lists: map[string]bring.Into{}, Names: map[string]string{}, Cards: map[string]string{}, Words: map[string]string{},
		Done: f.Bool("done"), Archived: f.Bool("archived"), Steps: f.Bool("steps"), Days: bring.Days(f.Line("days", 20))}
	for key, name := range f.Keyed("c") {
		c.Cards[key] = f.Line(name, 40)
	}
	for key, name := range f.Keyed("l") {
		c.Lists[key] = bring.Into(f.Line(name, 20))
	}
	for key, name := range f.Keyed("n") {
		c.Names[key] = f.Line(name, 40)
	}
	for key, name := range f.Keyed("w") {
		c.Words[key] = f.Line(name, 2*bring.MaxTask)
	}
	return c
}

func (rm *Room) desk() firstlook.Desk[sent] {
	return firstlook.Desk[sent]{May: rm.may, Read: read, Page: rm.Show, Look: rm.look}
}

func (rm *Room) may(r *room.Request) error {
	id, err := r.ID("id")
	if err == nil {
		_, _, err = rm.Boards.Desk(r.Ctx(), r.Who(), id)
	}
	return err
}

// LookAt tells what a board would become; nothing changes.
func (rm *Room) LookAt(r *room.Request) error { return rm.desk().LookAt(r) }

func (rm *Room) look(r *room.Request, s sent) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	found, people, err := rm.Boards.LookAt(r.Ctx(), r.Who(), id, s.Board, s.Choices)
	if err != nil {
		return r.Refused(err, rm.Show)
	}
	l, err := lookOf(r, s, found, people)
	if err != nil {
		return r.Refused(err, rm.Show)
	}
	return rm.show(r, l)
}

// Bring does what was shown.
func (rm *Room) Bring(r *room.Request) error {
	return rm.desk().Do(r, func(s sent) error { return rm.bring(r, s) })
}

func (rm *Room) bring(r *room.Request, s sent) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	out, err := rm.Boards.Bring(r.Ctx(), r.Who(), id, s.Board, s.Choices, s.Digest)
	switch {
	case err != nil:
		return rm.desk().Again(r, s, err)
	case out.Tasks+out.Agreements == 0:
		return r.Said(base(id)+"/form", "board_nothing")
	case out.Wait > 0:
		return r.Said(base(id)+"/form", "board_more")
	}
	return r.Said(base(id)+"/form", "board_brought")
}

// Beside puts a text that did not fit away, or takes it back.
func (rm *Room) Beside(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	thing, err := r.ID("thing")
	if err != nil {
		return err
	}
	f := r.Form()
	back := f.Bool("back")
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	said := "board_away"
	if back {
		said, err = "board_back", rm.Boards.TakeBack(r.Ctx(), r.Who(), id, thing)
	} else {
		err = rm.Boards.PutAway(r.Ctx(), r.Who(), id, thing)
	}
	if err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(base(id)+"/form#before", said)
}
