package evidence

import (
	"context"
	"slices"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/why"
	"leerkring/writing"
)

// Held is something that stands, as a page shows it.
type Held[T Item] struct {
	ID        string
	Version   int // to send back with an edit
	MadeBy    string
	MadeAt    time.Time
	Is        T
	For       []string  // ids of the sources that speak for it
	Against   []string  // and against
	From      []why.Ref // what it was made of
	InPlan    bool      // a goal rests on it
	SharedBy  string
	SharedAt  time.Time // of a finding; zero while it stays in the group
	MayRemove bool
}

// Taken is something that was taken away and can be put back.
type Taken struct {
	Kind Kind
	ID   string
	Text string
	By   string
	At   time.Time
}

// Page is everything of one trajectory, as one person sees it; the newest first, but
// explanations and attempts in the order in which they came.
type Page struct {
	Sources      []Held[Source]
	Explanations []Held[Explanation]
	Findings     []Held[Finding]
	Attempts     []Held[Attempt]
	Taken        []Taken
	People       map[string]school.Person
	MayAdd       bool // and edit, cite
	MayShare     bool
}

// Empty reports whether nothing stands here yet.
func (p Page) Empty() bool {
	return len(p.Sources)+len(p.Explanations)+len(p.Findings)+len(p.Attempts) == 0
}

// Source returns a source by its id, and whether it stands.
func (p Page) Source(id string) (Held[Source], bool) { return pick(p.Sources, id) }

// Explanation returns an explanation by its id, and whether it stands.
func (p Page) Explanation(id string) (Held[Explanation], bool) { return pick(p.Explanations, id) }

// Finding returns a finding by its id, and whether it stands.
func (p Page) Finding(id string) (Held[Finding], bool) { return pick(p.Findings, id) }

// Attempt returns an attempt by its id, and whether it stands.
func (p Page) Attempt(id string) (Held[Attempt], bool) { return pick(p.Attempts, id) }

func pick[T Item](list []Held[T], id string) (Held[T], bool) {
	i := slices.IndexFunc(list, func(h Held[T]) bool { return h.ID == id })
	if i < 0 {
		return Held[T]{}, false
	}
	return list[i], true
}

// Read returns everything of a trajectory that is seen, in three queries. Absent for who
// may not read it.
func (s *Service) Read(ctx context.Context, q db.Queryer, seen trajectory.Seen) (Page, error) {
	p := Page{MayAdd: seen.May(access.Create, access.Evidence, ""), MayShare: seen.May(access.Settle, access.Finding, "")}
	if err := seen.Must(access.Read, access.Evidence, ""); err != nil {
		return p, err
	}
	list, err := listOf(ctx, q, seen.ID)
	if err != nil {
		return p, err
	}
	links, err := why.All(ctx, q, seen.ID)
	if err != nil {
		return p, err
	}
	p.fill(seen, list, links)
	p.People, err = school.Names(ctx, q, seen.School.BoardID, people(list))
	return p, err
}

func (p *Page) fill(seen trajectory.Seen, list []entry, links why.Links) {
	p.Sources = held[Source](seen, list, links)
	p.Explanations = held[Explanation](seen, list, links)
	p.Findings = held[Finding](seen, list, links)
	p.Attempts = held[Attempt](seen, list, links)
	slices.Reverse(p.Explanations)
	slices.Reverse(p.Attempts)
	for _, e := range list {
		if !e.RemovedAt.IsZero() && seen.May(access.Edit, e.Kind.Access(), "") {
			p.Taken = append(p.Taken, Taken{e.Kind, e.ID, titleOf(e.Item), e.RemovedBy, e.RemovedAt})
		}
	}
}

func held[T Item](seen trajectory.Seen, list []entry, links why.Links) []Held[T] {
	stands := map[string]bool{}
	for _, e := range list {
		stands[e.ID] = e.RemovedAt.IsZero()
	}
	var out []Held[T]
	for _, e := range list {
		item, ok := e.Item.(T)
		if !ok || !stands[e.ID] || !seen.May(access.Read, e.Kind.Access(), "") {
			continue
		}
		h := Held[T]{ID: e.ID, Version: e.Version, MadeBy: e.MadeBy, MadeAt: e.MadeAt, Is: item, SharedBy: e.SharedBy, SharedAt: e.SharedAt, MayRemove: mayRemove(seen, e)}
		for _, l := range links.To(string(e.Kind), e.ID) {
			switch {
			case l.Relation == why.Supports && stands[l.From.ID]:
				h.For = append(h.For, l.From.ID)
			case l.Relation == why.Opposes && stands[l.From.ID]:
				h.Against = append(h.Against, l.From.ID)
			case l.Relation == why.Became:
				h.From = append(h.From, l.From)
			case l.Relation == why.Answers:
				h.InPlan = true
			}
		}
		out = append(out, h)
	}
	return out
}

// Sources returns the sources that stand in a trajectory that is seen, the newest first, in
// one query and without what cites them. Absent for who may not read them.
func (s *Service) Sources(ctx context.Context, q db.Queryer, seen trajectory.Seen) ([]Held[Source], error) {
	if err := seen.Must(access.Read, access.Evidence, ""); err != nil {
		return nil, err
	}
	list, err := listOf(ctx, q, seen.ID)
	return held[Source](seen, list, nil), err
}

// titleOf is the line by which a thing is known.
func titleOf(item Item) string {
	if s, ok := item.(Source); ok {
		return s.Title
	}
	return item.body()["text"]
}

// people are the ids of everybody whose name the page shows.
func people(list []entry) []string {
	var out []string
	for _, e := range list {
		out = append(out, e.MadeBy, e.Item.person(), e.SharedBy, e.RemovedBy)
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(id string) bool { return id == "" })
}

// Past is what a thing was before.
type Past struct {
	History []writing.Version // oldest first, texts that were kept beside it included
	Waiting []writing.Version // what the person asking wrote beside it and has not merged
}

// Past returns the versions of one thing. Absent when it belongs to another trajectory, or
// to nobody who asks.
func (s *Service) Past(ctx context.Context, q db.Queryer, seen trajectory.Seen, kind Kind, id string) (Past, error) {
	var p Past
	if err := seen.Must(access.Read, kind.Access(), ""); err != nil {
		return p, err
	}
	e, err := find(ctx, q, seen.ID, kind, id)
	if err != nil {
		return p, errs.Because(err, "%s %s", kind, id)
	}
	if p.History, err = writing.History(ctx, q, e.text()); err != nil {
		return p, err
	}
	for _, v := range p.History {
		if v.Kept == "conflict" && v.AuthorID == seen.Who.ID {
			p.Waiting = append(p.Waiting, v)
		}
	}
	return p, nil
}

// Belong refuses with absent unless all of these stand in the trajectory and may be read
// by the person asking. Rooms that rest something on them ask it through their own
// interface, in their act.
func (s *Service) Belong(ctx context.Context, q db.Queryer, seen trajectory.Seen, refs []why.Ref) error {
	byKind := map[Kind][]string{}
	for _, r := range refs {
		kind := Kind(r.Kind)
		if !slices.Contains(Kinds, kind) {
			return errs.Absent()
		}
		byKind[kind] = append(byKind[kind], r.ID)
	}
	for kind, ids := range byKind { // four at most
		if err := seen.Must(access.Read, kind.Access(), ""); err != nil {
			return err
		}
		ids = slices.Compact(slices.Sorted(slices.Values(ids)))
		n, err := standing(ctx, q, seen.ID, kind, ids)
		if err != nil {
			return err
		}
		if n != len(ids) {
			return errs.Absent()
		}
	}
	return nil
}

// FindingThere answers whether the person asking can react to a finding: those who take
// part to each, a colleague outside to one that was shared.
func (s *Service) FindingThere(ctx context.Context, q db.Queryer, seen trajectory.Seen, id string) error {
	if err := seen.Must(access.Read, access.Finding, ""); err != nil {
		return err
	}
	e, err := find(ctx, q, seen.ID, FindingKind, id)
	if err != nil {
		return err
	}
	if !e.RemovedAt.IsZero() || seen.Role == trajectory.NoOne && e.SharedAt.IsZero() {
		return errs.Absent()
	}
	return nil
}

// Title is a thing as another page names it.
type Title struct {
	Text     string
	Of       SourceType // of a source
	Strength Strength
}

// Titles returns the names of everything that stands in a trajectory, in one query: for
// pages that show what a goal rests on. Nothing for who may not read it.
func (s *Service) Titles(ctx context.Context, q db.Queryer, seen trajectory.Seen) (map[why.Ref]Title, error) {
	list, err := listOf(ctx, q, seen.ID)
	out := map[why.Ref]Title{}
	for _, e := range list {
		if !e.RemovedAt.IsZero() || !seen.May(access.Read, e.Kind.Access(), "") {
			continue
		}
		t := Title{Text: titleOf(e.Item)}
		if source, ok := e.Item.(Source); ok {
			t.Of, t.Strength = source.Of, source.Strength
		}
		out[e.ref()] = t
	}
	return out, err
}
