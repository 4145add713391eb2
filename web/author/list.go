package author

import (
	"net/http"

	"leerkring/authoring"
	"leerkring/internal/errs"
	"leerkring/internal/page"
	"leerkring/method"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// row is one pack of the school.
type row struct {
	Href, Name, Need, State string
}

type listPage struct {
	r    *room.Request
	Rows []row
}

// List shows what the school made itself.
func (rm *Room) List(r *room.Request) error {
	all, err := rm.Own.List(r.Ctx(), r.Who(), r.School().ID)
	if err != nil {
		return err
	}
	return ListPage(r, all)
}

// ListPage is that page as it was read.
func ListPage(r *room.Request, all []authoring.Pack) error {
	p := listPage{r: r}
	for _, own := range all {
		if own.Draft == nil {
			continue
		}
		x := row{Href: address(own.ID, authoring.PackPart), Name: r.Pack(own.Draft.Name), Need: r.Pack(own.Draft.Need)}
		switch {
		case own.Retired():
			x.State = r.T.T("author.state_retired")
		case own.Published == "":
			x.State = r.T.T("author.state_draft")
		default:
			x.State = r.T.T("author.state_published", "version", own.Published)
		}
		p.Rows = append(p.Rows, x)
	}
	h := r.Head(r.T.T("author.title"), "trajectories")
	h.Crumbs = []ui.Link{{Text: r.T.T("menu.trajectories"), Href: "/trajectories"}}
	h.Lead = r.T.T("author.lead")
	r.Style(&h, "author")
	return r.Page(h, listing(p))
}

// newPage is where something of one's own begins: a copy, or a file.
type newPage struct {
	r     *room.Request
	From  ui.Field
	Packs []ui.Option
	File  ui.Field
	Look  *lookPage
}

// New shows the ways to begin.
func (rm *Room) New(r *room.Request) error { return rm.begin(r, nil) }

func (rm *Room) begin(r *room.Request, l *lookPage) error {
	if !may(r) {
		return errs.Absent()
	}
	library, err := r.Library()
	if err != nil {
		return err
	}
	p := newPage{r: r, Look: l}
	want := r.R.URL.Query().Get("method")
	p.From = r.Field("method", "author.label_from", "")
	for _, x := range library.List() {
		p.Packs = append(p.Packs, ui.Option{Value: x.ID, Text: r.Pack(x.Name), On: x.ID == want, Group: r.T.T("author.group_" + groupOf(x))})
	}
	p.File = r.Field("file", "author.label_file", "")
	p.File.Hint = r.T.T("author.hint_file")
	h := r.Head(r.T.T("author.new_title"), "trajectories")
	h.Crumbs = []ui.Link{{Text: r.T.T("author.title"), Href: "/own-methods"}}
	r.Style(&h, "author")
	return r.Page(h, fresh(p))
}

func groupOf(p *method.Pack) string {
	switch {
	case p.Kind == method.KindInstrument:
		return "instrument"
	case p.Shape == method.ShapeSession:
		return "session"
	}
	return "method"
}

// Copy makes a draft of a pack, with a name that tells the two apart.
func (rm *Room) Copy(r *room.Request) error {
	f := r.Form()
	id := f.Line("method", 64)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.New)
	}
	library, err := r.Library()
	if err != nil {
		return err
	}
	from, ok := library.Latest(id)
	if !ok {
		return errs.Absent()
	}
	name := func(lang, of string) string {
		return r.House.Catalog.Texts(lang, r.Words.All(), r.School().Location()).T("author.copy_name", "name", of)
	}
	own, err := rm.Own.Copy(r.Ctx(), r.Who(), r.School().ID, id, method.Text{NL: name("nl", from.Name.NL), EN: name("en", from.Name.EN)})
	if err != nil {
		return r.Refused(err, rm.New)
	}
	return r.Said(address(own, authoring.PackPart), "author_copied")
}

// Publish gives the draft out: from now on people begin with it.
func (rm *Room) Publish(r *room.Request) error {
	own, err := rm.one(r)
	if err != nil {
		return err
	}
	f := r.Form()
	version := f.Int("version", 0, 1<<30)
	if err := f.Err(); err != nil {
		return err
	}
	typed, err := rm.typed(r, own)
	if err != nil {
		return err
	}
	if len(typed) > 0 { // what is given out is what was saved, and nobody finds that out afterwards
		return r.Refused(errs.Invalid("author.typed_waits"), rm.Edit)
	}
	if _, err := rm.Own.Publish(r.Ctx(), r.Who(), own.ID, version); err != nil {
		return r.Refused(err, rm.Edit)
	}
	return r.Said(address(own.ID, authoring.PackPart), "author_published")
}

// Retire takes a pack off the shelf; Return puts it back.
func (rm *Room) Retire(r *room.Request) error { return rm.retire(r, true, "author_retired") }

// Return puts a pack back on the shelf.
func (rm *Room) Return(r *room.Request) error { return rm.retire(r, false, "author_returned") }

func (rm *Room) retire(r *room.Request, off bool, said string) error {
	own, err := rm.one(r)
	if err != nil {
		return err
	}
	if err := rm.Own.Retire(r.Ctx(), r.Who(), own.ID, off); err != nil {
		return err
	}
	return r.Said(address(own.ID, authoring.PackPart), said)
}

// Show is the pack as teams will see it, before it is published.
func (rm *Room) Show(r *room.Request) error {
	own, err := rm.one(r)
	if err != nil {
		return err
	}
	if rm.Preview == nil {
		return errs.Absent()
	}
	return rm.Preview(r, own.Draft)
}

// File gives the draft as one file.
func (rm *Room) File(r *room.Request) error {
	own, err := rm.one(r)
	if err != nil {
		return err
	}
	name, source, err := rm.Own.Take(r.Ctx(), r.Who(), own.ID, "")
	if err != nil {
		return err
	}
	r.W.Header().Set("Content-Disposition", `attachment; filename="`+name+`.yaml"`)
	page.Send(r.W, r.R, http.StatusOK, "application/yaml; charset=utf-8", source)
	return nil
}
