package plan

import (
	"context"

	"leerkring/block/plan"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
)

func versionHref(base string, number int) string { return base + "/versions/" + itoa(number) }

// compareHref leads from one version to a later one; 0 is the plan as it stands.
func compareHref(base string, from, to int) string {
	return base + "/compare?from=" + itoa(from) + "&to=" + itoa(to)
}

// versionsPage is the list of what the plan was.
type versionsPage struct {
	r    *room.Request
	Seen trajectory.Seen
	Base string
	Rows []versionRow
}

type versionRow struct {
	Name, For, By, Reason, DecidedBy string
	Href, Compare, CompareText       string
	Stands                           bool
}

// Versions lists the versions of the plan, the newest first.
func (rm *Room) Versions(r *room.Request) error {
	seen, err := rm.reach(r)
	if err != nil {
		return err
	}
	page, err := rm.Plans.Page(r.Ctx(), rm.Trajectories.DB(), seen)
	if err != nil {
		return err
	}
	p := versionsPage{r: r, Seen: seen, Base: at(seen.ID)}
	for _, v := range page.Versions {
		row := versionRow{Name: r.T.T("plan.version_n", "number", v.Number), For: r.T.T("plan.frozen_for_"+string(v.FrozenFor), "date", dayOf(r, r.T.Day(v.MadeAt))), By: page.People[v.MadeBy].Name,
			Reason: v.Reason, Href: versionHref(p.Base, v.Number), Stands: v.Number == page.Plan.Standing}
		if v.DecidedBy != "" {
			row.DecidedBy = r.T.T("plan.decided_by", "who", v.DecidedBy)
		}
		if v.Number > 1 {
			row.Compare, row.CompareText = compareHref(p.Base, v.Number-1, v.Number), r.T.T("plan.compare_with", "number", v.Number-1)
		}
		p.Rows = append(p.Rows, row)
	}
	return rm.showVersion(r, seen, r.T.T("plan.versions"), "", versions(p))
}

func (rm *Room) showVersion(r *room.Request, seen trajectory.Seen, title, lead string, body templComponent) error {
	h := trajectoryweb.Head(r, seen, title)
	h.Crumbs = append(h.Crumbs, ui.Link{Text: r.T.T("trajectory.tab_plan"), Href: at(seen.ID)})
	h.Lead = lead
	r.Style(&h, "plan")
	return r.Page(h, body)
}

// frozenPage is one version as it was.
type frozenPage struct {
	r       *room.Request
	Base    string
	Version plan.Version
	Paper   *paper
	Stands  bool
}

// Version shows the plan as it was under one number.
func (rm *Room) Version(r *room.Request) error {
	seen, err := rm.reach(r)
	if err != nil {
		return err
	}
	number := versionIn(r.Path("number"))
	if number == 0 {
		return errs.Absent()
	}
	frozen, err := rm.Plans.Version(r.Ctx(), r.Who(), seen.ID, number)
	if err != nil {
		return err
	}
	page := pageOf(frozen.Plan)
	if page.People, err = rm.namesOf(r.Ctx(), seen, owners(page)); err != nil {
		return err
	}
	x := reader{r: r, seen: seen, base: at(seen.ID), page: page}
	p := frozenPage{r: r, Base: x.base, Version: frozen.Version, Paper: x.paper(nil)}
	title := r.T.T("plan.version_title", "number", number, "title", seen.Title)
	return rm.showVersion(r, seen, title, r.T.T("plan.frozen_for_"+string(frozen.FrozenFor), "date", dayOf(r, r.T.Day(frozen.MadeAt))), frozenOf(p))
}

func (rm *Room) namesOf(ctx context.Context, seen trajectory.Seen, ids []string) (map[string]school.Person, error) {
	return school.Names(ctx, rm.Trajectories.DB(), seen.School.BoardID, ids)
}

// pageOf reads a version as if it stood.
func pageOf(s plan.Snapshot) plan.Page {
	p := plan.Page{Plan: plan.Plan{Head: s.HeadOf()}}
	p.Goals, p.Actions = frozenItems[plan.Goal](s), frozenItems[plan.Action](s)
	p.Core, p.Room = frozenItems[plan.Core](s), frozenItems[plan.Room](s)
	p.Hearings, p.Looks = frozenItems[plan.Hearing](s), frozenItems[plan.Look](s)
	p.Path = plan.TimePath(p.Actions, p.Looks)
	return p
}

func frozenItems[T plan.Item](s plan.Snapshot) []plan.Placed[T] {
	var out []plan.Placed[T]
	for _, f := range s.Items {
		if item, ok := f.Item().(T); ok {
			out = append(out, plan.Placed[T]{ID: f.ID, Number: f.Position, Version: f.Version, Is: item})
		}
	}
	return out
}

func owners(p plan.Page) []string {
	var out []string
	for _, a := range p.Actions {
		if a.Is.OwnerID != "" {
			out = append(out, a.Is.OwnerID)
		}
	}
	return out
}

// Talk puts the plan on the table for everybody to talk about.
func (rm *Room) Talk(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	reason := f.Text("reason", 1200)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if _, err := rm.Plans.PutUp(r.Ctx(), r.Who(), id, plan.Discussed, reason); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(at(id), "plan_put_up")
}

// Adjust makes what changed the plan in force.
func (rm *Room) Adjust(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	reason, by := f.Text("reason", 1200), f.Line("decided_by", 240)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if _, err := rm.Plans.Adjust(r.Ctx(), r.Who(), id, reason, by); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(at(id), "plan_adjusted")
}
