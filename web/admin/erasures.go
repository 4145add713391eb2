package admin

import (
	"leerkring/access"
	"leerkring/internal/errs"
	"leerkring/leaving"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

type erasureRow struct {
	ID, Who, State string
	Tone           ui.Tone
	Icon           string
	Confirm        bool
	Goes, Stays    []countRow
}

type countRow struct{ What, N string }

type erasuresPage struct {
	desk
	Waits   []erasureRow
	Past    []erasureRow
	Stopped string // why the run of what is over waits for a word; "" when it does not
	MayGo   bool
	Officer bool // somebody can confirm here
}

// Erasures shows whose data is to be erased, and what waits for a second person. Of what is
// only somebody's own nothing is counted here.
func (rm *Room) Erasures(r *room.Request) error {
	d, err := rm.at(r, "erasures")
	if err != nil {
		return err
	}
	list, err := rm.Leaving.List(r.Ctx(), r.Who())
	if err != nil {
		return err
	}
	var ids []string
	for _, e := range list {
		ids = append(ids, e.AskedBy)
	}
	names, err := rm.Schools.Named(r.Ctx(), r.Who(), ids)
	if err != nil {
		return err
	}
	p := erasuresPage{desk: d}
	for _, e := range list {
		row := d.erasure(e, names)
		if e.State == "done" || e.State == "withdrawn" {
			p.Past = append(p.Past, row)
		} else {
			p.Waits = append(p.Waits, row)
		}
		p.Officer = p.Officer || e.MayConfirm
	}
	last, err := rm.Leaving.LastRun(r.Ctx(), r.Who())
	if err != nil {
		return err
	}
	if last.Stopped() {
		p.Stopped = r.T.T("admin.erasures_stopped_"+last.Why, "n", last.People)
		p.MayGo = last.MayGo
	}
	return r.Page(d.head(r.T.T("admin.erasures_title"), r.T.T("admin.erasures_lead")), erasures(p))
}

func (d desk) erasure(e leaving.Listed, names map[string]school.Person) erasureRow {
	t := d.r.T
	row := erasureRow{ID: e.ID, Who: e.Name, Confirm: e.MayConfirm, Tone: ui.Mind, Icon: "hourglass"}
	switch {
	case e.Waits():
		row.State = t.T("admin.erasure_waits", "actor", names[e.AskedBy].Name, "date", t.Date(t.Day(e.AskedAt)))
	case e.State == "asked" && e.Own():
		row.State = t.T("admin.erasure_own", "date", t.DateLong(t.Day(e.RunsAt)))
	case e.State == "done":
		row.Tone, row.Icon, row.State = ui.Good, "check", t.T("admin.erasure_done", "date", t.DateLong(t.Day(e.EndedAt)))
	case e.State == "withdrawn":
		row.Tone, row.Icon, row.State = ui.Calm, "undo-2", t.T("admin.erasure_withdrawn", "date", t.DateLong(t.Day(e.EndedAt)))
	default:
		row.State = t.T("admin.erasure_runs")
	}
	for _, l := range e.Report {
		x := countRow{t.T(l.Purpose), t.Number(l.N)}
		if l.Goes {
			row.Goes = append(row.Goes, x)
		} else {
			row.Stays = append(row.Stays, x)
		}
	}
	return row
}

// ConfirmErasure lets an erasure run. Who: a privacy officer, who did not ask it.
func (rm *Room) ConfirmErasure(r *room.Request) error {
	d, err := rm.at(r, "erasures")
	if err != nil {
		return err
	}
	id, err := r.ID("erasure")
	if err != nil {
		return err
	}
	back := d.path("/admin/erasures")
	if err := rm.Door.Confirmed(r); err != nil {
		return rm.Door.Refused(r, err, back, rm.Erasures)
	}
	if err := rm.Leaving.Confirm(r.Ctx(), r.Who(), id); err != nil {
		return r.Refused(err, rm.Erasures)
	}
	return r.Said(back, "admin_erasure_confirmed")
}

// AllowErasing lets a run go on that stopped because it would take more than usual.
func (rm *Room) AllowErasing(r *room.Request) error {
	d, err := rm.at(r, "erasures")
	if err != nil {
		return err
	}
	back := d.path("/admin/erasures")
	if err := rm.Door.Confirmed(r); err != nil {
		return rm.Door.Refused(r, err, back, rm.Erasures)
	}
	if err := rm.Leaving.Allow(r.Ctx(), r.Who()); err != nil {
		return err
	}
	return r.Said(back, "admin_erasing_goes_on")
}

// StartErasure asks that somebody is erased who has left.
func (rm *Room) StartErasure(r *room.Request) error {
	d, a, err := rm.account(r, access.Manage)
	if err != nil {
		return err
	}
	back := d.path("/admin/people/" + a.ID)
	if err := rm.Door.Confirmed(r); err != nil {
		return rm.Door.Refused(r, err, back, rm.Person)
	}
	if _, err := rm.Leaving.Start(r.Ctx(), r.Who(), a.ID); err != nil {
		if errs.Is(err, errs.KindInvalid) {
			return r.Refused(err, rm.Person)
		}
		return err
	}
	return r.Said(back, "admin_erasure_asked")
}
