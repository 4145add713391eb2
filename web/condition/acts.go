package condition

import (
	"leerkring/block/condition"
	"leerkring/internal/errs"
	"leerkring/web/room"
	"leerkring/writing"
)

// Add names what is needed, and asks somebody for it when somebody was chosen.
func (rm *Room) Add(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	n := condition.New{Words: read(f), AskedID: f.ID("asked"), Says: f.Text("words", 2400)}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if _, err := rm.Conditions.Add(r.Ctx(), r.Who(), id, n); err != nil {
		return r.Refused(err, rm.Show)
	}
	if n.AskedID != "" {
		return r.Said(page(id), "condition_asked")
	}
	return r.Said(page(id), "condition_added")
}

// Waive lets the plan begin although something essential is open.
func (rm *Room) Waive(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	reason := f.Text("reason", 2400)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if err := rm.Conditions.Waive(r.Ctx(), r.Who(), id, reason); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(page(id), "condition_waived")
}

// Edit changes the words. When somebody else changed them meanwhile, both are shown.
func (rm *Room) Edit(r *room.Request) error {
	id, err := r.ID("condition")
	if err != nil {
		return err
	}
	f := r.Form()
	words, base := read(f), f.Int("version", 0, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.One)
	}
	clash, err := rm.Conditions.Edit(r.Ctx(), r.Who(), id, base, words)
	if err != nil {
		return r.Refused(err, rm.One)
	}
	if clash != nil {
		return rm.settle(r, id, base, clash)
	}
	return r.Said(address(id), "condition_kept")
}

// settle goes on after a clash: what only one of two people changed is taken over, and
// what both changed is shown side by side.
func (rm *Room) settle(r *room.Request, id string, base int, clash *writing.Clash) error {
	o, err := rm.Conditions.One(r.Ctx(), rm.Trajectories.DB(), r.Who(), id)
	if err != nil {
		return err
	}
	both := false
	clash.Yours, both = join(bodyAt(o.History, base), clash.Theirs, clash.Yours)
	if !both {
		again, err := rm.Conditions.Edit(r.Ctx(), r.Who(), id, clash.Current, condition.WordsOf(clash.Yours))
		if err != nil {
			return r.Refused(err, rm.One)
		}
		if again == nil {
			return r.Said(address(id), "condition_kept")
		}
		clash = again
	}
	r.Err = errs.Conflict("form.changed_meanwhile")
	return rm.one(r, clash)
}

// join makes one text of two, with the person's own words where both changed something.
func join(base, theirs, yours writing.Body) (out writing.Body, both bool) {
	out = writing.Body{}
	for _, k := range []string{"kind", "text", "by", "essential", "shared_time"} {
		switch {
		case yours[k] == base[k]:
			out[k] = theirs[k]
		default:
			out[k] = yours[k]
			both = both || theirs[k] != base[k] && theirs[k] != yours[k]
		}
	}
	return out, both
}

func bodyAt(history []writing.Version, version int) writing.Body {
	for _, v := range history {
		if v.Version == version && v.Kept == "current" {
			return v.Body
		}
	}
	return nil
}

// Ask asks somebody, for the first time or again.
func (rm *Room) Ask(r *room.Request) error {
	id, err := r.ID("condition")
	if err != nil {
		return err
	}
	f := r.Form()
	whom, words, step := f.ID("asked"), f.Text("words", 2400), f.Int("step", 0, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.One)
	}
	if err := rm.Conditions.Ask(r.Ctx(), r.Who(), id, step, whom, words); err != nil {
		return r.Refused(err, rm.One)
	}
	return r.Said(address(id), "condition_asked")
}

// Promise answers: yes, no, or later.
func (rm *Room) Promise(r *room.Request) error {
	id, err := r.ID("condition")
	if err != nil {
		return err
	}
	f := r.Form()
	a := condition.Answer{To: condition.State(f.Choice("to", string(condition.Promised), string(condition.Refused), string(condition.Later))), Words: f.Text("words", 2400), Due: f.Date("due")}
	step := f.Int("step", 0, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.One)
	}
	if err := rm.Conditions.Promise(r.Ctx(), r.Who(), id, step, a); err != nil {
		return r.Refused(err, rm.One)
	}
	return r.Said(address(id), "condition_"+string(a.To))
}

// Mark says whether it came, as the group sees it.
func (rm *Room) Mark(r *room.Request) error {
	id, err := r.ID("condition")
	if err != nil {
		return err
	}
	f := r.Form()
	kept, words, step := f.Choice("kept", "yes", "no"), f.Text("words", 2400), f.Int("step", 0, 1<<30)
	if kept == "" {
		f.Refuse("", "form.choice")
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.One)
	}
	if err := rm.Conditions.Mark(r.Ctx(), r.Who(), id, step, kept == "yes", words); err != nil {
		return r.Refused(err, rm.One)
	}
	return r.Said(address(id), "condition_marked_"+kept)
}

// Remove takes a condition away.
func (rm *Room) Remove(r *room.Request) error {
	id, err := r.ID("condition")
	if err != nil {
		return err
	}
	f := r.Form()
	version := f.Int("version", 0, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.One)
	}
	o, err := rm.Conditions.One(r.Ctx(), rm.Trajectories.DB(), r.Who(), id) // it has no page any more afterwards
	if err != nil {
		return err
	}
	if err := rm.Conditions.Remove(r.Ctx(), r.Who(), id, version); err != nil {
		return r.Refused(err, rm.One)
	}
	return r.Said(page(o.TrajectoryID)+"#taken", "condition_removed")
}

// Restore puts it back.
func (rm *Room) Restore(r *room.Request) error {
	id, err := r.ID("condition")
	if err != nil {
		return err
	}
	if err := rm.Conditions.Restore(r.Ctx(), r.Who(), id); err != nil {
		return err
	}
	return r.Said(address(id), "condition_restored")
}
