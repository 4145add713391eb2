package plan

import (
	"slices"

	"leerkring/block/plan"
	"leerkring/internal/errs"
	"leerkring/web/room"
)

// Add puts something new in the plan.
func (rm *Room) Add(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	kind := plan.Kind(f.Line("kind", 20))
	if !slices.Contains(plan.Kinds, kind) {
		return errs.Absent()
	}
	body, grounds, again := read(f, kind), readGrounds(f), f.Line("then", 10) == "again"
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.NewItem)
	}
	if _, err := rm.Plans.Add(r.Ctx(), r.Who(), id, plan.ItemOf(kind, body), grounds...); err != nil {
		return r.Refused(err, rm.NewItem)
	}
	if again {
		return r.Said(at(id)+"/items/new?kind="+string(kind), "plan_added")
	}
	return r.Said(at(id)+"#"+sectionOf(kind), "plan_added")
}

// Edit keeps the changed words of an item. When somebody else wrote at the same time, both
// texts are kept and the form comes back with the two side by side.
func (rm *Room) Edit(r *room.Request) error {
	id, item, err := rm.ids(r)
	if err != nil {
		return err
	}
	past, err := rm.Plans.Past(r.Ctx(), r.Who(), id, item)
	if err != nil {
		return err
	}
	if past.Entry.ID == "" {
		return errs.Absent()
	}
	f := r.Form()
	body, base := read(f, past.Entry.Kind), f.Int("version", 0, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.EditItem)
	}
	clash, err := rm.Plans.Edit(r.Ctx(), r.Who(), id, item, base, plan.ItemOf(past.Entry.Kind, body))
	if err != nil {
		return r.Refused(err, rm.EditItem)
	}
	if clash != nil {
		return r.Said(at(id)+"/items/"+item+"/edit", "plan_beside")
	}
	return r.Said(at(id)+"#"+sectionOf(past.Entry.Kind), "plan_changed")
}

// EditWords keeps the changed words of the plan itself.
func (rm *Room) EditWords(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	body, base := read(f, ""), f.Int("version", 0, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.WordsForm)
	}
	clash, err := rm.Plans.EditHead(r.Ctx(), r.Who(), id, base, plan.HeadOf(body))
	if err != nil {
		return r.Refused(err, rm.WordsForm)
	}
	if clash != nil {
		return r.Said(at(id)+"/words/form", "plan_beside")
	}
	return r.Said(at(id)+"#"+secWhy, "plan_changed")
}

// LetGo leaves the text that stands: the own one stays in the history.
func (rm *Room) LetGo(r *room.Request) error {
	id, item, err := rm.ids(r)
	if err != nil {
		return err
	}
	if err := rm.Plans.LetGo(r.Ctx(), r.Who(), id, item); err != nil {
		return err
	}
	return r.Said(at(id), "plan_let_go")
}

func (rm *Room) ids(r *room.Request) (id, item string, err error) {
	if id, err = r.ID("id"); err == nil {
		item, err = r.ID("item")
	}
	return id, item, err
}

// Ground sets what a goal rests on.
func (rm *Room) Ground(r *room.Request) error {
	id, item, err := rm.ids(r)
	if err != nil {
		return err
	}
	f := r.Form()
	refs := readGrounds(f)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.EditItem)
	}
	if err := rm.Plans.Answers(r.Ctx(), r.Who(), id, item, refs); err != nil {
		return r.Refused(err, rm.EditItem)
	}
	return r.Said(at(id)+"#item-"+item, "plan_grounded")
}
