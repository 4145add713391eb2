package plan

import (
	"context"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/why"
)

// Page is the plan as one person sees it.
type Page struct {
	Plan     Plan
	Goals    []Placed[Goal]
	Actions  []Placed[Action]
	Core     []Placed[Core]
	Room     []Placed[Room]
	Hearings []Placed[Hearing]
	Looks    []Placed[Look]
	Path     Path
	Versions []Version // the newest first
	Changes  []Change  // since the newest version; none before the first
	HeadMark Mark
	Grounds  map[string]Ground // of each goal and action
	People   map[string]school.Person
	MayEdit  bool
	MayLead  bool // put up, adjust
}

// Last is the newest version, zero when there is none.
func (p Page) Last() Version {
	if len(p.Versions) == 0 {
		return Version{}
	}
	return p.Versions[0]
}

// Serving returns the actions that serve a goal; "" gives those that serve none that stands.
func (p Page) Serving(goalID string) []Placed[Action] {
	stands := map[string]bool{}
	for _, g := range p.Goals {
		stands[g.ID] = true
	}
	var out []Placed[Action]
	for _, a := range p.Actions {
		if id := a.Is.GoalID; id == goalID && goalID != "" || goalID == "" && !stands[id] {
			out = append(out, a)
		}
	}
	return out
}

// Page reads the plan of a trajectory that is seen. Absent for who may not read a plan.
func (s *Service) Page(ctx context.Context, q db.Queryer, seen trajectory.Seen) (Page, error) {
	page := Page{Grounds: map[string]Ground{}, MayEdit: seen.May(access.Edit, access.Plan, ""), MayLead: seen.May(access.Lead, access.Plan, "")}
	if err := seen.Must(access.Read, access.Plan, ""); err != nil {
		return page, err
	}
	var err error
	if page.Plan, err = planOf(ctx, q, seen.ID); err != nil {
		return page, err
	}
	entries, err := entriesOf(ctx, q, seen.ID)
	if err != nil {
		return page, err
	}
	links, err := why.All(ctx, q, seen.ID)
	if err != nil {
		return page, err
	}
	versions, bodies, err := versionsOf(ctx, q, seen.ID)
	if err != nil {
		return page, err
	}
	page.Versions = versions
	marks := page.compare(bodies, snapshotOf(page.Plan.Head, entries, links))
	page.fill(seen, entries, marks, links)
	page.People, err = school.Names(ctx, q, seen.School.BoardID, page.people(entries))
	return page, err
}

// compare works out what is new; bodies are the newest snapshots, newest first.
func (p *Page) compare(bodies []Snapshot, stands Snapshot) map[string]Mark {
	if len(bodies) == 0 {
		return nil
	}
	var earlier *Snapshot
	if len(bodies) > 1 {
		earlier = &bodies[1]
	}
	p.Changes = Compare(bodies[0], stands)
	marks := Marks(earlier, bodies[0], p.Versions[0].Number, stands)
	p.HeadMark = marks[""]
	return marks
}

func (p *Page) fill(seen trajectory.Seen, entries []Entry, marks map[string]Mark, links why.Links) {
	p.Goals = placed[Goal](seen, entries, marks)
	p.Actions = placed[Action](seen, entries, marks)
	p.Core = placed[Core](seen, entries, marks)
	p.Room = placed[Room](seen, entries, marks)
	p.Hearings = placed[Hearing](seen, entries, marks)
	p.Looks = placed[Look](seen, entries, marks)
	p.Path = TimePath(p.Actions, p.Looks)
	for _, e := range entries {
		if e.Kind == GoalKind || e.Kind == ActionKind {
			p.Grounds[e.ID] = GroundOf(links, e.Ref())
		}
	}
}

func placed[T Item](seen trajectory.Seen, entries []Entry, marks map[string]Mark) []Placed[T] {
	var out []Placed[T]
	for _, e := range entries {
		item, ok := e.Item.(T)
		if !ok || !seen.May(access.Read, e.Kind.Access(), "") {
			continue
		}
		out = append(out, Placed[T]{ID: e.ID, Number: e.Position, Version: e.Version, MadeBy: e.MadeBy, MadeAt: e.MadeAt, Is: item, Mark: marks[e.ID], MayRemove: mayRemove(seen, e)})
	}
	return out
}

// people are the ids of everybody whose name the page shows.
func (p *Page) people(entries []Entry) []string {
	var out []string
	known := map[string]bool{"": true}
	add := func(id string) {
		if !known[id] {
			known[id] = true
			out = append(out, id)
		}
	}
	add(p.Plan.MadeBy)
	for _, e := range entries {
		add(e.MadeBy)
		add(e.Item.tie().ownerID)
	}
	for _, v := range p.Versions {
		add(v.MadeBy)
	}
	return out
}
