package decision

import (
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
)

// listPage is what a team decided, and what it is deciding now.
type listPage struct {
	r       *room.Request
	Tabs    []ui.Tab
	MayOpen bool
	New     string
	Rows    []listRow
}

type listRow struct {
	Title, Href, Note, Reason string
	State                     state
}

// List shows the decisions of a trajectory, each as far as the person asking may see it.
func (rm *Room) List(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	q := rm.Trajectories.DB()
	seen, err := rm.Trajectories.Reach(r.Ctx(), q, r.Who(), id)
	if err != nil {
		return err
	}
	page, err := rm.Decisions.Page(r.Ctx(), q, seen)
	if err != nil {
		return err
	}
	p := listPage{r: r, Tabs: trajectoryweb.Tabs(r, seen, "plan"), MayOpen: page.MayOpen, New: at(id) + "/new"}
	for _, v := range page.Views {
		one := showPage{talk: talk{r: r, id: id, v: v, people: page.People}}
		row := listRow{Title: v.Title, Href: at(id) + "/" + v.ID, State: one.state(), Reason: v.End.Reason}
		row.Note = one.t("opened", "name", page.People[v.OpenedBy].Name, "date", r.T.Day(v.OpenedAt))
		if v.Closed() {
			row.Note = row.State.By
		}
		p.Rows = append(p.Rows, row)
	}
	h := trajectoryweb.Head(r, seen, r.T.T("decision.list_title"))
	h.Lead = r.T.T("decision.list_lead")
	r.Style(&h, "plan")
	return r.Page(h, list(p))
}
