// Package firstlook is what the pages share on which something from elsewhere comes in: a file
// is chosen, the page shows what everything in it would become, and one press does it.
//
// Nothing is kept between the look and the press: what was read goes along in the form, each
// room in its own way, and so does what was chosen about it.
package firstlook

import (
	"leerkring/internal/page"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// Desk is a page on which something comes in. S is what its form brings.
type Desk[S any] struct {
	May  func(*room.Request) error // whether who asks may be here
	Read func(*room.Request) (S, error)
	Page room.Handler                     // before anything was chosen
	Look func(r *room.Request, s S) error // what it would become; nothing changes
}

// LookAt shows what a form would become.
func (d Desk[S]) LookAt(r *room.Request) error {
	return d.Do(r, func(s S) error { return d.Look(r, s) })
}

// Do reads a form and acts on it. Nobody's file is read before it is known that they may be
// here; a form that cannot be read comes back on the first page.
func (d Desk[S]) Do(r *room.Request, act func(s S) error) error {
	if err := d.May(r); err != nil {
		return err
	}
	s, err := d.Read(r)
	if err != nil {
		return r.Refused(err, d.Page)
	}
	return act(s)
}

// Again shows the look once more, with why the act was refused.
func (d Desk[S]) Again(r *room.Request, s S, why error) error {
	return r.Refused(why, func(r *room.Request) error { return d.Look(r, s) })
}

// Origin is where what a form brings comes from.
type Origin int

// What a form brings: nothing that can be read, a new file, or what went along with a look.
const (
	Nothing Origin = iota
	FromFile
	Along
)

// fileField is the name of the field in which a file is chosen.
const fileField = "file"

// Came tells where what a form brings comes from, with the file when it is a new one: that goes
// before what went along. The two texts refuse a file that is too large, and a form with neither.
func Came(f *page.Form, along bool, tooLarge, missing string) (Origin, []byte) {
	file, chosen := f.File(fileField)
	switch {
	case file.TooBig:
		f.Refuse(fileField, tooLarge)
	case chosen:
		return FromFile, file.Data
	case along:
		return Along, nil
	default:
		f.Refuse(fileField, missing)
	}
	return Nothing, nil
}

// File is the field in which a file is chosen.
func File(r *room.Request, label, hint string) ui.Field {
	return ui.Field{Name: fileField, Label: label, Hint: hint, Error: r.Error(fileField), Wide: true}
}

// Choice is a field with what can be chosen in it.
type Choice struct {
	Field   ui.Field
	Options []ui.Option
}
