package sample

import (
	"fmt"

	"leerkring/authoring"
	"leerkring/internal/errs"
	"leerkring/web/author"
	"leerkring/web/room"
	"leerkring/web/room/sample"
	"leerkring/writing"
)

func page(name, state string, draw func(r *room.Request) error) {
	book.Page("author/"+name, state, sample.Noor, draw)
}

// onChanged draws something of a copy with changes in it.
func onChanged(draw func(r *room.Request, x author.Read) error) func(r *room.Request) error {
	return func(r *room.Request) error {
		x, err := changed(r)
		if err != nil {
			return err
		}
		return draw(r, x)
	}
}

func part(part string) func(r *room.Request, x author.Read) error {
	return func(r *room.Request, x author.Read) error { return author.PartPage(r, x, part, author.Sent{}) }
}

// sent draws a form that comes back.
func sent(name string, change func(b writing.Body)) func(r *room.Request, x author.Read) error {
	return func(r *room.Request, x author.Read) error {
		back := refused(x, name, change)
		if len(back.Problems) == 0 {
			return fmt.Errorf("the form of %s is not refused", name)
		}
		r.Err = errs.Invalid("authoring.still_faults")
		return author.PartPage(r, x, name, back)
	}
}

func init() {
	page("list", "empty", func(r *room.Request) error { return author.ListPage(r, nil) })
	page("list", "a draft and one published", onChanged(func(r *room.Request, x author.Read) error {
		return author.ListPage(r, []authoring.Pack{x.Own, copied("kleine-ronde").Own})
	}))
	page("pack", "just copied", func(r *room.Request) error {
		return author.PartPage(r, copied("incidentmethode"), authoring.PackPart, author.Sent{})
	})
	page("pack", "changed, teams walk it", onChanged(part(authoring.PackPart)))
	page("pack", "refused", onChanged(sent(authoring.PackPart, func(b writing.Body) {
		b["name.nl"], b["name.en"], b["need.nl"] = "", "", "{nobody}"
	})))
	page("stage", "of a session", onChanged(part("kiezen")))
	page("stage", "of a path", func(r *room.Request) error { return author.PartPage(r, copied("kleine-ronde"), "begin", author.Sent{}) })
	page("stage", "refused", onChanged(sent("kiezen", func(b writing.Body) { b["aim.nl"], b["aim.en"] = "", "" })))
	page("stage", "goes on with what was typed", onChanged(func(r *room.Request, x author.Read) error {
		x.Typed = map[string]authoring.Typed{"kiezen": {Base: 1, Was: authoring.Fill(x.Own.Draft, "kiezen"), Fields: writing.Body{"aim." + r.T.Lang(): r.T.T("sample.aim_more"), "live.minutes": "12"}}}
		return author.PartPage(r, x, "kiezen", author.Sent{})
	}))
	page("stage", "two people wrote", onChanged(func(r *room.Request, x author.Read) error {
		body, theirs := authoring.Fill(x.Own.Draft, "kiezen"), writing.Body{}
		says(r, theirs, "aim", "aim_more")
		r.Err = errs.Conflict("form.changed_meanwhile")
		return author.PartPage(r, x, "kiezen", author.Sent{Body: body, Theirs: theirs, Base: 1})
	}))
	page("differences", "since the last version", onChanged(author.DifferPage))
	page("differences", "none", func(r *room.Request) error { return author.DifferPage(r, copied("incidentmethode")) })
}
