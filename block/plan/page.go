package plan

import (
	"context"
	"maps"
	"slices"

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
	Beside   []Piece   // what waits, from a plan that the team had already
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
	st, err := s.stands(ctx, q, seen.ID)
	if err != nil {
		return page, err
	}
	page.Plan, page.Versions, page.Changes, page.HeadMark = st.plan, slices.Clone(st.versions), slices.Clone(st.changes), st.marks[""]
	page.Beside = slices.Clone(st.beside)
	page.fill(seen, st)
	page.People, err = school.Names(ctx, q, seen.School.BoardID, page.people(st.entries))
	return page, err
}

// stand is a plan as it stands, for everybody: who may read which part is not in it. Pages
// share it, so that nobody changes it.
type stand struct {
	plan     Plan
	entries  []Entry
	beside   []Piece
	versions []Version // the newest first
	changes  []Change
	marks    map[string]Mark
	grounds  map[string]Ground
}

func (s *Service) stands(ctx context.Context, q db.Queryer, trajectoryID string) (stand, error) {
	return db.Worked(ctx, q, "a plan as it stands", []any{trajectoryID}, func(ctx context.Context) (stand, error) {
		st := stand{grounds: map[string]Ground{}}
		var err error
		if st.plan, err = planOf(ctx, q, trajectoryID); err != nil {
			return st, err
		}
		if st.entries, err = entriesOf(ctx, q, trajectoryID); err != nil {
			return st, err
		}
		if st.beside, err = piecesOf(ctx, q, trajectoryID); err != nil {
			return st, err
		}
		links, err := why.All(ctx, q, trajectoryID)
		if err != nil {
			return st, err
		}
		versions, bodies, err := versionsOf(ctx, q, trajectoryID)
		if err != nil {
			return st, err
		}
		st.versions = versions
		st.compare(bodies, snapshotOf(st.plan.Head, st.entries, links))
		for _, e := range st.entries {
			if e.Kind == GoalKind || e.Kind == ActionKind {
				st.grounds[e.ID] = GroundOf(links, e.Ref())
			}
		}
		return st, st.name(ctx, q, trajectoryID)
	})
}

// name gives what came from papers of the team their names, in one query; in none when nothing did.
func (st *stand) name(ctx context.Context, q db.Queryer, trajectoryID string) error {
	var titles map[string]string
	for id, g := range st.grounds {
		if !g.Paper.Is() {
			continue
		}
		if titles == nil {
			var err error
			if titles, err = papersOf(ctx, q, trajectoryID); err != nil {
				return err
			}
		}
		g.Paper.Title = titles[g.Paper.ID]
		st.grounds[id] = g
	}
	return nil
}

// compare works out what is new; bodies are the newest snapshots, newest first.
func (st *stand) compare(bodies []Snapshot, now Snapshot) {
	if len(bodies) == 0 {
		return
	}
	var earlier *Snapshot
	if len(bodies) > 1 {
		earlier = &bodies[1]
	}
	st.changes = Compare(bodies[0], now)
	st.marks = Marks(earlier, bodies[0], st.versions[0].Number, now)
}

func (p *Page) fill(seen trajectory.Seen, st stand) {
	p.Goals = placed[Goal](seen, st.entries, st.marks)
	p.Actions = placed[Action](seen, st.entries, st.marks)
	p.Core = placed[Core](seen, st.entries, st.marks)
	p.Room = placed[Room](seen, st.entries, st.marks)
	p.Hearings = placed[Hearing](seen, st.entries, st.marks)
	p.Looks = placed[Look](seen, st.entries, st.marks)
	p.Path = TimePath(p.Actions, p.Looks)
	maps.Copy(p.Grounds, st.grounds)
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
