// Package publish gives out the papers of a team: files to keep, and the page of the poster.
// What stands in them is made by the press; who may have them is asked there, at that moment.
package publish

import (
	"context"
	"embed"
	"net/http"

	"leerkring/internal/db"
	"leerkring/internal/page"
	"leerkring/internal/paper"
	"leerkring/publish"
	"leerkring/trajectory"
	"leerkring/web/room"
)

// Texts are the sentences of these pages.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds the acts that these pages call.
type Room struct {
	Press *publish.Press
}

// maker is how the press makes one kind of document.
type maker func(ctx context.Context, q db.Queryer, seen trajectory.Seen, say publish.Say) (paper.Document, error)

// say is how documents speak to the person asking.
func say(r *room.Request) publish.Say { return publish.Say{T: r.T, Pack: r.Pack} }

// Plan gives the plan.
func (rm *Room) Plan(r *room.Request) error { return rm.file(r, rm.Press.Plan) }

// Poster gives the poster.
func (rm *Room) Poster(r *room.Request) error { return rm.file(r, rm.Press.Poster) }

// Agreement gives the page 'Zo werken wij'.
func (rm *Room) Agreement(r *room.Request) error { return rm.file(r, rm.Press.Agreement) }

// Hour gives the agenda of an hour, or its minutes.
func (rm *Room) Hour(r *room.Request) error {
	id, err := r.ID("meeting")
	if err != nil {
		return err
	}
	return rm.file(r, func(ctx context.Context, q db.Queryer, seen trajectory.Seen, s publish.Say) (paper.Document, error) {
		return rm.Press.Hour(ctx, q, seen, id, s)
	})
}

func (rm *Room) reach(r *room.Request) (trajectory.Seen, error) {
	id, err := r.ID("id")
	if err != nil {
		return trajectory.Seen{}, err
	}
	t := rm.Press.Trajectories
	return t.Reach(r.Ctx(), t.DB(), r.Who(), id)
}

// file makes a document and sends it to be kept. Nobody between keeps a copy.
func (rm *Room) file(r *room.Request, of maker) error {
	format, err := publish.FormatOf(r.Path("format"))
	if err != nil {
		return err
	}
	seen, err := rm.reach(r)
	if err != nil {
		return err
	}
	d, err := of(r.Ctx(), rm.Press.Trajectories.DB(), seen, say(r))
	if err != nil {
		return err
	}
	raw, err := format.Make(d)
	if err != nil {
		return err
	}
	h := r.W.Header()
	h.Set("Content-Disposition", `attachment; filename="`+publish.FileName(d, format)+`"`)
	h.Set("Cache-Control", "private, no-store")
	page.Send(r.W, r.R, http.StatusOK, format.Kind(), raw)
	return nil
}
