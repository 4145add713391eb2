package plan

import (
	"leerkring/access"
	"leerkring/block/plan"
	"leerkring/internal/errs"
	"leerkring/trajectory"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
)

// arrangePage is one section as a list: to add, change, move, take away and put back.
type arrangePage struct {
	r     *room.Request
	Seen  trajectory.Seen
	Base  string
	ID    string
	Lists []arrangeList
	Gone  []goneRow
}

// arrangeList is one kind of item in its order.
type arrangeList struct {
	Kind    plan.Kind
	Title   string // where a section has more than one list
	AddText string
	AddHref string
	Rows    []arrangeRow
}

type arrangeRow struct {
	ID, Name, Text, Note string
	Edit                 string
	Version, Place       int
	First, Last          bool
	MayRemove            bool
}

// goneRow is something that was taken away.
type goneRow struct{ ID, Name, Text, Note string }

// Arrange shows one section as a list.
func (rm *Room) Arrange(r *room.Request) error {
	sec := r.R.URL.Query().Get("section")
	if r.Err != nil {
		sec = r.Typed.Typed("section")
	}
	kinds := kindsOf[sec]
	if sec == secWhy {
		id, err := r.ID("id")
		if err != nil {
			return err
		}
		return r.Go(at(id) + "/words/form")
	}
	if len(kinds) == 0 {
		return errs.Absent()
	}
	seen, err := rm.reach(r)
	if err != nil {
		return err
	}
	if err := seen.Must(access.Edit, access.Plan, ""); err != nil {
		return err
	}
	page, err := rm.Plans.Page(r.Ctx(), rm.Trajectories.DB(), seen)
	if err != nil {
		return err
	}
	x := reader{r: r, seen: seen, base: at(seen.ID), page: page, live: true}
	p := arrangePage{r: r, Seen: seen, Base: x.base, ID: sec}
	for _, k := range kinds {
		p.Lists = append(p.Lists, x.list(k, len(kinds) > 1))
	}
	if p.Gone, err = rm.gone(x, kinds); err != nil {
		return err
	}
	h := trajectoryweb.Head(r, seen, r.T.T("plan.arrange_"+sec))
	h.Crumbs = append(h.Crumbs, ui.Link{Text: r.T.T("trajectory.tab_plan"), Href: x.base + "#" + sec})
	h.Lead = r.T.T("plan.arrange_lead")
	r.Style(&h, "plan")
	return r.Page(h, arrange(p))
}

// list is what stands of a kind.
func (x reader) list(k plan.Kind, titled bool) arrangeList {
	l := arrangeList{Kind: k, AddText: x.t("add_" + string(k)), AddHref: x.base + "/items/new?kind=" + string(k)}
	if titled {
		l.Title = x.t(string(k) + "_title")
	}
	switch k {
	case plan.GoalKind:
		l.Rows = listed(x, x.page.Goals, func(g plan.Goal) (string, string) { return g.Text, g.NoticedBy })
	case plan.ActionKind:
		l.Rows = listed(x, x.page.Actions, func(a plan.Action) (string, string) { return a.Text, joined(x.who(a), x.when(a)) })
	case plan.CoreKind:
		l.Rows = listed(x, x.page.Core, func(c plan.Core) (string, string) { return c.Text, "" })
	case plan.RoomKind:
		l.Rows = listed(x, x.page.Room, func(c plan.Room) (string, string) { return c.Text, "" })
	case plan.HearingKind:
		l.Rows = listed(x, x.page.Hearings, func(h plan.Hearing) (string, string) {
			return h.Who + ": " + h.What, joined(dayOf(x.r, h.On), h.When)
		})
	case plan.LookKind:
		l.Rows = listed(x, x.page.Looks, func(k plan.Look) (string, string) { return k.Question, joined(dayOf(x.r, k.On), k.How, k.Who) })
	}
	return l
}

func listed[T plan.Item](x reader, items []plan.Placed[T], say func(T) (text, note string)) []arrangeRow {
	var out []arrangeRow
	for i, item := range items {
		text, note := say(item.Is)
		out = append(out, arrangeRow{ID: item.ID, Name: short(text, 60), Text: text, Note: note, Edit: x.base + "/items/" + item.ID + "/edit", Version: item.Version,
			Place: item.Number, First: i == 0, Last: i == len(items)-1, MayRemove: item.MayRemove})
	}
	return out
}

// gone is what was taken away of these kinds.
func (rm *Room) gone(x reader, kinds []plan.Kind) ([]goneRow, error) {
	list, err := rm.Plans.Removed(x.r.Ctx(), x.r.Who(), x.seen.ID)
	var out []goneRow
	for _, e := range list {
		for _, k := range kinds {
			if e.Kind == k {
				text := wordsOf(e.Item)
				out = append(out, goneRow{ID: e.ID, Name: short(text, 60), Text: text, Note: x.t("gone_on", "date", dayOf(x.r, x.r.T.Day(e.RemovedAt)))})
			}
		}
	}
	return out, err
}

// wordsOf is the line by which an item is known.
func wordsOf(item plan.Item) string {
	switch i := item.(type) {
	case plan.Goal:
		return i.Text
	case plan.Action:
		return i.Text
	case plan.Core:
		return i.Text
	case plan.Room:
		return i.Text
	case plan.Hearing:
		return i.Who + ": " + i.What
	case plan.Look:
		return i.Question
	}
	return ""
}

// Move puts an item in another place.
func (rm *Room) Move(r *room.Request) error {
	return rm.arranged(r, "", func(id, item string) error {
		to := r.Form().Int("to", 1, 1000)
		if err := r.Form().Err(); err != nil {
			return err
		}
		return rm.Plans.Move(r.Ctx(), r.Who(), id, item, to)
	})
}

// Remove takes an item away; it can be put back.
func (rm *Room) Remove(r *room.Request) error {
	return rm.arranged(r, "plan_removed", func(id, item string) error {
		version := r.Form().Int("version", 0, 1<<30)
		if err := r.Form().Err(); err != nil {
			return err
		}
		return rm.Plans.Remove(r.Ctx(), r.Who(), id, item, version)
	})
}

// Restore puts back what was taken away.
func (rm *Room) Restore(r *room.Request) error {
	return rm.arranged(r, "plan_restored", func(id, item string) error {
		return rm.Plans.Restore(r.Ctx(), r.Who(), id, item)
	})
}

// arranged does one thing with an item and goes back to its list.
func (rm *Room) arranged(r *room.Request, said string, act func(id, item string) error) error {
	id, item, err := rm.ids(r)
	if err != nil {
		return err
	}
	sec := r.Form().Choice("section", sections...)
	if err := act(id, item); err != nil {
		return r.Refused(err, rm.Arrange)
	}
	to := at(id) + "/edit?section=" + sec
	if said == "" {
		return r.Go(to)
	}
	return r.Said(to, said)
}
