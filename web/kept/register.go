package kept

import (
	"leerkring/web/room"
	"leerkring/web/ui"
)

type part struct {
	ID    string
	Table ui.Tabular
}

type registerPage struct {
	r     *room.Request
	Parts []part
}

// Register shows everything that is kept: why, how long, and what erasing does to it.
func (rm *Room) Register(r *room.Request) error {
	p := registerPage{r: r}
	for _, s := range rm.Kept.PerClass() {
		t := ui.Tabular{Caption: r.T.T(s.Key()), Head: []string{r.T.T("register.head.what"), r.T.T("register.head.how_long"), r.T.T("register.head.erase")}}
		seen := map[string]bool{}
		for _, l := range s.Lines {
			what, long, erase := r.T.T(l.Purpose), r.T.T(l.Retention.Key()), r.T.T(l.Erase.Key())
			if key := what + "\n" + long + "\n" + erase; !seen[key] {
				seen[key] = true
				t.Rows = append(t.Rows, ui.Line{Name: ui.Cell{Text: what}, Cells: []ui.Cell{{Text: long}, {Text: erase}}})
			}
		}
		p.Parts = append(p.Parts, part{"klasse-" + s.Class.String(), t})
	}
	h := r.Head(r.T.T("kept.title"), "")
	h.Lead = r.T.T("kept.lead")
	r.Style(&h, "kept")
	return r.Page(h, all(p))
}
