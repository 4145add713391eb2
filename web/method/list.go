package method

import (
	"leerkring/access"
	"leerkring/method"
	"leerkring/web/room"
)

// kind is one way of working in the list: what it is for, and what it asks in short.
type kind struct {
	Href, Need, Name, Note, Lasts string
	Look                          bool
}

type shelf struct {
	ID, Name string
	Kinds    []kind
	Look     bool // none of them can be started yet
}

type listPage struct {
	r       *room.Request
	Shelves []shelf
}

// List shows every way of working, by need.
func (*Room) List(r *room.Request) error {
	if err := must(r, access.List); err != nil {
		return err
	}
	library, err := r.Library()
	if err != nil {
		return err
	}
	p := listPage{r: r}
	n := 0
	for _, s := range library.Shelves() {
		one := shelf{ID: string(s.ID), Name: r.Pack(s.Name), Look: true}
		for _, x := range s.Packs {
			n++
			one.Look = one.Look && x.Begins() == method.BeginsLater
			one.Kinds = append(one.Kinds, kind{Href: "/methods/" + x.ID, Need: r.Pack(x.Need), Name: r.Pack(x.Name), Note: r.Pack(x.Summary), Lasts: r.Pack(x.Duration), Look: x.Begins() == method.BeginsLater})
		}
		p.Shelves = append(p.Shelves, one)
	}
	h := r.Head(r.T.T("method.list_title"), "trajectories")
	h.Lead = r.T.T("method.list_lead", "n", n)
	r.Style(&h, "method")
	return r.Page(h, list(p))
}
