// Package sample shows the pages of the ways of working, for the gallery: the list by need,
// those that are held as a session, and one that a school is still writing. The packs are those of
// the house; the pages of other packs are looked at in the sweep.
package sample

import (
	"leerkring/web/method"
	"leerkring/web/room"
	"leerkring/web/room/sample"
)

var book = sample.NewBook(method.Texts)

func init() {
	pages := &method.Room{}
	book.Page("method/list", "all by need", sample.Noor, pages.List)
	for _, x := range []struct{ state, id string }{
		{"a closed circle", "incidentmethode"}, {"a board of a team", "weekbord"}, {"an event with tables", "kennismarkt"},
	} {
		book.Page("method/one", x.state, sample.Noor, func(r *room.Request) error {
			r.R.SetPathValue("id", x.id)
			return pages.One(r)
		})
	}
	book.Page("method/one", "a draft of a school", sample.Noor, func(r *room.Request) error {
		pack, _ := sample.Library().Latest("laatste-woord")
		return pages.Draft(r, pack)
	})
}
