// Package sample shows the pages of the ways of working, for the gallery: the list by need, one of
// them as it is chosen, and one that a school is still writing. The packs are those of the house.
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
		{"a closed circle", "incidentmethode"}, {"a board of a team", "weekbord"}, {"an event with tables", "kennismarkt"}, {"rounds that come back", "consentronde"},
		{"a path of months", "verbetercyclus"}, {"an instrument", "voorwaarden-samen-leren"},
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
	book.Page("method/coach", "tips", sample.Noor, pages.Coach)
	book.Page("method/further", "what lies outside", sample.Noor, pages.Further)
}
