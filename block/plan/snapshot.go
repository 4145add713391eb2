package plan

import (
	"slices"

	"leerkring/why"
	"leerkring/writing"
)

// Snapshot is the whole plan at one moment, as a version keeps it.
type Snapshot struct {
	Head  writing.Body `json:"head"`
	Items []Frozen     `json:"items"`
}

// Frozen is one item of a snapshot.
type Frozen struct {
	ID       string       `json:"id"`
	Kind     Kind         `json:"kind"`
	Position int          `json:"position"`
	Version  int          `json:"version"`
	Body     writing.Body `json:"body"`
	Answers  []why.Ref    `json:"answers,omitempty"` // what a goal answers
}

// Item reads the item out.
func (f Frozen) Item() Item { return ItemOf(f.Kind, f.Body) }

// HeadOf reads the head out.
func (s Snapshot) HeadOf() Head { return HeadOf(s.Head) }

// Of returns the items of a kind, in their order.
func (s Snapshot) Of(k Kind) []Frozen {
	var out []Frozen
	for _, f := range s.Items {
		if f.Kind == k {
			out = append(out, f)
		}
	}
	return out
}

// Empty reports whether there is nothing to talk about yet.
func (s Snapshot) Empty() bool { return len(s.Items) == 0 && s.Head["why"] == "" }

// snapshotOf freezes a plan as it stands.
func snapshotOf(head Head, entries []Entry, links why.Links) Snapshot {
	s := Snapshot{Head: head.body()}
	sorted := slices.Clone(entries)
	slices.SortFunc(sorted, byKindAndPlace)
	for _, e := range sorted {
		if !e.RemovedAt.IsZero() {
			continue
		}
		f := Frozen{ID: e.ID, Kind: e.Kind, Position: e.Position, Version: e.Version, Body: e.Item.body()}
		if e.Kind == GoalKind {
			for _, l := range links.From("goal", e.ID).Is(why.Answers) {
				f.Answers = append(f.Answers, l.To)
			}
		}
		s.Items = append(s.Items, f)
	}
	return s
}

// What tells how an item of a later plan relates to an earlier one.
type What string

// The ways in which an item can differ.
const (
	Same    What = ""
	New     What = "new"
	Changed What = "changed"
	Gone    What = "gone"
)

// Change is one difference between two versions.
type Change struct {
	ID     string // "" for the head
	Kind   Kind   // "" for the head
	What   What
	Fields []string // which parts differ: names of the body, and answers
	Before writing.Body
	After  writing.Body
}

// Compare tells what is new, changed and gone from one version to a later one: the head
// first, then item by item in the order of the later plan, then what is gone. A move to
// another place alone is no change.
func Compare(before, after Snapshot) []Change {
	var out []Change
	if fields := differing(before.Head, after.Head); len(fields) > 0 {
		out = append(out, Change{What: Changed, Fields: fields, Before: before.Head, After: after.Head})
	}
	was := make(map[string]Frozen, len(before.Items))
	for _, f := range before.Items {
		was[f.ID] = f
	}
	for _, f := range after.Items {
		old, there := was[f.ID]
		delete(was, f.ID)
		if !there {
			out = append(out, Change{ID: f.ID, Kind: f.Kind, What: New, Fields: differing(nil, f.Body), After: f.Body})
			continue
		}
		fields := differing(old.Body, f.Body)
		if !sameRefs(old.Answers, f.Answers) {
			fields = append(fields, "answers")
		}
		if len(fields) > 0 {
			out = append(out, Change{ID: f.ID, Kind: f.Kind, What: Changed, Fields: fields, Before: old.Body, After: f.Body})
		}
	}
	for _, f := range before.Items {
		if _, gone := was[f.ID]; gone {
			out = append(out, Change{ID: f.ID, Kind: f.Kind, What: Gone, Fields: differing(f.Body, nil), Before: f.Body})
		}
	}
	return out
}

// differing names the parts in which two bodies differ, in the order of the alphabet.
func differing(a, b writing.Body) []string {
	var out []string
	for name, v := range a {
		if b[name] != v {
			out = append(out, name)
		}
	}
	for name, v := range b {
		if _, both := a[name]; !both && v != "" {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

func sameRefs(a, b []why.Ref) bool {
	if len(a) != len(b) {
		return false
	}
	for _, r := range a {
		if !slices.Contains(b, r) {
			return false
		}
	}
	return true
}

// Mark says of an item that it is new or changed in a version; Number 0 means: since the
// last version, and not put up yet.
type Mark struct {
	What   What
	Number int
}

// Marks tells for every item what is new: since the last version, or else in it. The
// head is under "". A first version marks nothing: then everything is new.
func Marks(earlier *Snapshot, last Snapshot, number int, now Snapshot) map[string]Mark {
	marks := map[string]Mark{}
	if earlier != nil {
		for _, c := range Compare(*earlier, last) {
			marks[c.ID] = Mark{c.What, number}
		}
	}
	for _, c := range Compare(last, now) {
		marks[c.ID] = Mark{c.What, 0}
	}
	for id, m := range marks {
		if m.What == Gone {
			delete(marks, id)
		}
	}
	return marks
}
