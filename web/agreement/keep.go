package agreement

import (
	"leerkring/block/agreement"
	"leerkring/internal/errs"
	"leerkring/web/room"
)

// Fix gives the page a number.
func (rm *Room) Fix(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	reason := f.Line("reason", 600)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if _, err := rm.Agreements.Fix(r.Ctx(), r.Who(), id, reason); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(base(id), "page_fixed")
}

// Read puts the own name below the page, or takes it away.
func (rm *Room) Read(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	back := f.Bool("back")
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if err := rm.Agreements.Sign(r.Ctx(), r.Who(), id, back); err != nil {
		return r.Refused(err, rm.Show)
	}
	if back {
		return r.Said(base(id)+"#new-h", "page_unsigned")
	}
	return r.Said(base(id)+"#new-h", "page_signed")
}

// Remark says that something pinches.
func (rm *Room) Remark(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	body := f.Text("remark", maxText)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if _, err := rm.Agreements.Remark(r.Ctx(), r.Who(), id, body); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(base(id)+"#holds-h", "remark_added")
}

func (rm *Room) remarkIDs(r *room.Request) (id, rid string, err error) {
	if id, err = r.ID("id"); err == nil {
		rid, err = r.ID("remark")
	}
	return id, rid, err
}

// Answer says what is done with a remark.
func (rm *Room) Answer(r *room.Request) error {
	id, rid, err := rm.remarkIDs(r)
	if err != nil {
		return err
	}
	f := r.Form()
	body, version := f.Line("answer", maxText), f.Int("version", 0, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	clash, err := rm.Agreements.Answer(r.Ctx(), r.Who(), id, rid, version, body)
	if err == nil && clash != nil {
		err = errs.Conflict("agreement.two_wrote")
	}
	if err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(base(id)+"#holds-h", "remark_answered")
}

// Withdraw takes the own remark away.
func (rm *Room) Withdraw(r *room.Request) error {
	id, rid, err := rm.remarkIDs(r)
	if err != nil {
		return err
	}
	if err := rm.Agreements.Withdraw(r.Ctx(), r.Who(), id, rid); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(base(id)+"#holds-h", "remark_withdrawn")
}

// CareDone notes that one of the caretaker's tasks was done.
func (rm *Room) CareDone(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := rm.Agreements.CareDone(r.Ctx(), r.Who(), id, r.Path("item")); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(base(id)+"#care-h", "care_done")
}

// Check keeps how the team answered whether it still holds.
func (rm *Room) Check(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	h := agreement.Held{Yes: f.Int("yes", 0, 999), Almost: f.Int("almost", 0, 999), No: f.Int("no", 0, 999), Wanted: agreement.Wanted(f.Line("wanted", 20)), Note: f.Text("note", maxText), NextOn: f.Date("next_on")}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if _, err := rm.Agreements.Check(r.Ctx(), r.Who(), id, h); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(base(id)+"#holds-h", "page_checked")
}

// LetGo leaves what stands as it is.
func (rm *Room) LetGo(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	which := f.Line("which", 60)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Edit)
	}
	if err := rm.Agreements.LetGo(r.Ctx(), r.Who(), id, which); err != nil {
		return r.Refused(err, rm.Edit)
	}
	if which == "evaluation" {
		return r.Said(base(id)+"/evaluation", "text_let_go")
	}
	return r.Said(base(id)+"/edit", "text_let_go")
}
