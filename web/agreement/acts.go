package agreement

import (
	"strconv"
	"strings"

	"leerkring/block/agreement"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/web/room"
	"leerkring/writing"
)

const maxText = 3000 // the room says the limit of each text

// Words keeps title, sentence and the line of why.
func (rm *Room) Words(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	w := agreement.Words{Title: f.Line("title", 300), Sentence: f.Line("sentence", 600)}
	for i := range agreement.MostSteps {
		w.Steps = append(w.Steps, f.Line("step-"+strconv.Itoa(i+1), 300))
	}
	version := f.Int("version", 0, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Edit)
	}
	clash, err := rm.Agreements.Say(r.Ctx(), r.Who(), id, version, w)
	return rm.kept(r, clash, err, base(id)+"/edit#keep-alive", "agreement_kept")
}

// kept goes on after an edit, or shows the form again: with both texts when two people
// wrote at once.
func (rm *Room) kept(r *room.Request, clash *writing.Clash, err error, to, said string) error {
	if err == nil && clash != nil {
		err = errs.Conflict("agreement.two_wrote")
	}
	if err != nil {
		return r.Refused(err, rm.Edit)
	}
	return r.Said(to, said)
}

// Arrange keeps who cares for it and when it comes back.
func (rm *Room) Arrange(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	c := agreement.Care{CaretakerID: f.ID("caretaker"), StandInID: f.ID("stand_in"), BuddyID: f.ID("buddy"), Hours: f.Line("hours", 300), Doing: f.Line("doing", 300),
		ReviewOn: f.Date("review_on"), Meeting: f.Line("meeting", 300), Often: f.Line("often", 300)}
	for i := range agreement.MostReading {
		n := strconv.Itoa(i + 1)
		c.Reading = append(c.Reading, agreement.Reading{Text: f.Line("reading-"+n, 300), Link: f.Line("link-"+n, 600)})
	}
	version := f.Int("version", 0, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Edit)
	}
	clash, err := rm.Agreements.Arrange(r.Ctx(), r.Who(), id, version, c)
	return rm.kept(r, clash, err, base(id), "agreement_kept")
}

func lineOf(r *room.Request) agreement.Line {
	f := r.Form()
	return agreement.Line{Kind: agreement.Kind(f.Line("kind", 20)), Body: f.Line("body", 600), Quality: f.Line("quality", 300)}
}

// Propose writes a line for the page.
func (rm *Room) Propose(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	l := lineOf(r)
	if err := r.Form().Err(); err != nil {
		return r.Refused(err, rm.Edit)
	}
	_, err = rm.Agreements.Propose(r.Ctx(), r.Who(), id, l)
	return rm.kept(r, nil, err, base(id)+"/edit#lines", "line_proposed")
}

func (rm *Room) lineIDs(r *room.Request) (id, lid string, err error) {
	if id, err = r.ID("id"); err == nil {
		lid, err = r.ID("line")
	}
	return id, lid, err
}

// Reword changes a line, with the reason.
func (rm *Room) Reword(r *room.Request) error {
	id, lid, err := rm.lineIDs(r)
	if err != nil {
		return err
	}
	f, l := r.Form(), lineOf(r)
	reason, version := f.Line("reason", 600), f.Int("version", 0, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Edit)
	}
	clash, err := rm.Agreements.Reword(r.Ctx(), r.Who(), id, lid, version, l, reason)
	return rm.kept(r, clash, err, base(id)+"/edit#line-"+lid, "agreement_kept")
}

// Settle makes a proposed line stand.
func (rm *Room) Settle(r *room.Request) error {
	id, lid, err := rm.lineIDs(r)
	if err != nil {
		return err
	}
	if err := rm.Agreements.Settle(r.Ctx(), r.Who(), id, lid); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(base(id), "line_settled")
}

// Retire lets a line go.
func (rm *Room) Retire(r *room.Request) error {
	id, lid, err := rm.lineIDs(r)
	if err != nil {
		return err
	}
	f := r.Form()
	reason := f.Line("reason", 600)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Edit)
	}
	if err := rm.Agreements.Retire(r.Ctx(), r.Who(), id, lid, reason); err != nil {
		return r.Refused(err, rm.Edit)
	}
	return r.Said(base(id), "line_retired")
}

// Place puts a line on the page or takes it off.
func (rm *Room) Place(r *room.Request) error {
	id, lid, err := rm.lineIDs(r)
	if err != nil {
		return err
	}
	f := r.Form()
	on, kind := f.Bool("on"), agreement.Kind(f.Line("kind", 20))
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if err := rm.Agreements.Place(r.Ctx(), r.Who(), id, lid, on, kind); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(base(id), "agreement_kept")
}

// Kept keeps how it went with what was agreed.
func (rm *Room) Kept(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	kept := map[string]agreement.Kept{}
	for _, name := range f.Names() {
		if line, ok := strings.CutPrefix(name, "kept-"); ok && ident.Valid(line) && f.Typed(name) != "" {
			kept[line] = agreement.Kept(f.Line(name, 20))
		}
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if err := rm.Agreements.HowItWent(r.Ctx(), r.Who(), id, "", kept); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(base(id), "agreement_kept")
}
