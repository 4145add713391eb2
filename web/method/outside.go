package method

import (
	"leerkring/access"
	"leerkring/method"
	"leerkring/web/room"
)

// outside is something to read, hear or use elsewhere. The product fetches nothing.
type outside struct{ Name, Text, URL string }

func outsideOf(r *room.Request, list []method.Resource) []outside {
	var out []outside
	for _, x := range list {
		out = append(out, outside{r.Pack(x.Name), r.Pack(x.Text), x.URL})
	}
	return out
}

// outsideAt is what lies outside for one moment: a stage, or a whole way of working.
type outsideAt struct {
	Name string
	List []outside
}

// outsideIn is what lies outside for one way of working.
type outsideIn struct {
	ID, Href, Name, Need string
	At                   []outsideAt
}

type outsidePage struct {
	r  *room.Request
	In []outsideIn
}

// Further shows everything that lies outside, by the moment at which it helps.
func (*Room) Further(r *room.Request) error {
	if err := must(r, access.List); err != nil {
		return err
	}
	library, err := r.Library()
	if err != nil {
		return err
	}
	p := outsidePage{r: r}
	for _, s := range library.Shelves() {
		for _, pack := range s.Packs {
			in := outsideIn{ID: "of-" + pack.ID, Href: "/methods/" + pack.ID, Name: r.Pack(pack.Name), Need: r.Pack(pack.Need)}
			if list := outsideOf(r, pack.Resources); len(list) > 0 {
				in.At = append(in.At, outsideAt{r.T.T("method.at_any"), list})
			}
			for _, stage := range pack.Stages {
				if list := outsideOf(r, stage.Resources); len(list) > 0 {
					in.At = append(in.At, outsideAt{r.T.T("method.at_stage", "n", stage.Number, "name", r.Pack(stage.Name)), list})
				}
			}
			if len(in.At) > 0 {
				p.In = append(p.In, in)
			}
		}
	}
	h := r.Head(r.T.T("method.further_title"), "trajectories")
	h.Lead = r.T.T("method.further_lead")
	r.Style(&h, "method")
	return r.Page(h, further(p))
}
