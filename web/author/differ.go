package author

import (
	"cmp"
	"strings"

	"leerkring/authoring"
	"leerkring/method"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// difference is one thing that differs, as a reader sees it.
type difference struct {
	What, Where, Tone, Icon string
	Before, After           string
}

type differPage struct {
	r      *room.Request
	Title  string
	All    []difference
	Since  []difference // since the last version
	Edit   ui.Link
	Origin string
}

// Differences shows in what a pack differs from the one that it was made from, and from what
// was published last.
func (rm *Room) Differences(r *room.Request) error {
	own, err := rm.one(r)
	if err != nil {
		return err
	}
	last, err := rm.Own.Last(r.Ctx(), own)
	if err != nil {
		return err
	}
	return DifferPage(r, Read{Own: own, Last: last})
}

// DifferPage is that page as it was read.
func DifferPage(r *room.Request, x Read) error {
	own := x.Own
	p := differPage{r: r, Edit: ui.Link{Text: r.Pack(own.Draft.Name), Href: address(own.ID, authoring.PackPart)}}
	if from := own.Base(); from != nil {
		p.Origin = r.Pack(from.Name)
		p.All = differences(r, from, own.Draft, method.Differences(from, own.Draft))
	}
	if x.Last != nil {
		p.Since = differences(r, x.Last, own.Draft, method.Differences(x.Last, own.Draft))
	}
	h := r.Head(r.T.T("author.differ_title"), "trajectories")
	h.Crumbs = []ui.Link{{Text: r.T.T("author.title"), Href: "/own-methods"}, p.Edit}
	r.Style(&h, "author")
	return r.Page(h, differ(p))
}

var icons = map[method.Change]string{method.Added: "plus", method.Removed: "minus", method.Changed: "pencil", method.Moved: "arrow-down"}

func differences(r *room.Request, from, to *method.Pack, all []method.Difference) []difference {
	var out []difference
	for _, d := range all {
		x := difference{Icon: icons[d.Change], What: r.T.T("author.change_"+string(d.Change), "kind", r.T.T("author.kind_"+d.Kind))}
		x.Where = where(r, from, to, d)
		switch d.Change {
		case method.Changed:
			x.What = r.T.T("author.change_changed", "kind", fieldName(r, d.Field))
			x.Before, x.After = said(r, d.Before), said(r, d.After)
			if x.Before == x.After { // only the other language changed
				x.What = r.T.T("author.change_other", "kind", fieldName(r, d.Field))
				other := "en"
				if r.T.Lang() == "en" {
					other = "nl"
				}
				x.Before, x.After = d.Before.In(other), d.After.In(other)
			}
			x.Before, x.After = cmp.Or(x.Before, "–"), cmp.Or(x.After, "–")
		case method.Added:
			x.After = said(r, d.Label)
		case method.Removed:
			x.Before = said(r, d.Label)
		}
		out = append(out, x)
	}
	return out
}

func said(r *room.Request, t method.Text) string { return r.Words.Render(t) }

// where says in which stage something stands, and by which words it is known.
func where(r *room.Request, from, to *method.Pack, d method.Difference) string {
	var parts []string
	if d.Stage != "" {
		s, ok := to.Stage(d.Stage)
		if !ok {
			s, ok = from.Stage(d.Stage)
		}
		if ok {
			parts = append(parts, r.Pack(s.Name))
		}
	}
	if d.Kind != "stage" && d.Kind != "pack" && (d.Change == method.Changed && d.Field != "text" || d.Change == method.Moved) {
		parts = append(parts, said(r, d.Label))
	}
	return strings.Join(parts, " · ")
}

// fieldName is the name of a value: that of its form, or the key of the format.
func fieldName(r *room.Request, field string) string {
	key := "author.label_" + strings.ReplaceAll(field, ".", "_")
	if r.T.Has(key) {
		return r.T.T(key)
	}
	return field
}
