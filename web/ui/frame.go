package ui

import (
	"strings"

	"github.com/a-h/templ"
)

// PageHead is all that the frame of a page needs to know.
type PageHead struct {
	Texts  Texts
	Title  string // of the document; the name of the product is put behind it
	Theme  string // "light" or "dark"; empty follows the device
	Zone   string // of the school's clock, for times that a script writes
	Styles []string
	// Scripts are modules; the page reads and its forms work before they come.
	Scripts []string
	Fonts   []string // loaded at once, so that text does not jump
	Mark    string   // address of the picture in the tab of the browser

	Home   string // where the brand leads; "/" when empty
	Rooms  []Room
	Search string // address of the search page; empty shows no search
	Menu   *Menu  // nobody signed in when nil
	Help   *Link  // where it is said how this page works

	Live     string // address of the stream that keeps this page up to date
	LiveKind string // what kind of page it is; when that changes the page is loaded anew
	LiveNote string // said to screen readers after a change
	Flash    *Flash

	// Heading, Lead and Crumbs make the head of an ordinary page. A page that
	// needs more leaves Heading empty and begins with the part Heading.
	Crumbs  []Link
	Heading string
	Lead    string

	// Place and Languages stand above a page outside: sign-in, welcome, errors.
	Place     string // name of the school or of the installation
	Languages []Language
}

// Room is one entry of the main menu: a bar at the bottom of a phone. There are
// at most five.
type Room struct {
	Name, Href, Icon string
	Current          bool
}

// Menu is what somebody finds under their own picture.
type Menu struct {
	Person Person
	Items  []MenuItem
}

// MenuItem leads to a page, or with Action sends a form.
type MenuItem struct {
	Text, Icon, Href string
	Action           string
	Name, Value      string
}

// Language is one to change to.
type Language struct {
	Tag    string // "en"
	Name   string // in that language itself
	Action string // the form that changes it
}

// Product is the name that stands in the tab of the browser and beside the mark.
const Product = "Leerkring"

func (h PageHead) docTitle() string {
	if h.Title == "" || h.Title == Product {
		return Product
	}
	return h.Title + " – " + Product
}

func (h PageHead) home() string {
	if h.Home == "" {
		return "/"
	}
	return h.Home
}

// bodyAttrs are the marks for the script: the stream of the page, and what to say
// when a form cannot be sent.
func (h PageHead) bodyAttrs() templ.Attributes {
	a := templ.Attributes{"data-unsent": h.Texts.T("ui.unsent")}
	if h.Live != "" {
		a["data-live"] = h.Live
	}
	if h.LiveKind != "" {
		a["data-live-kind"] = h.LiveKind
	}
	if h.LiveNote != "" {
		a["data-live-note"] = h.LiveNote
	}
	return a
}

func (h PageHead) htmlAttrs() templ.Attributes {
	a := templ.Attributes{}
	if h.Theme != "" {
		a["data-theme"] = h.Theme
	}
	if h.Zone != "" {
		a["data-zone"] = h.Zone
	}
	return a
}

func (h PageHead) menuLabel() string {
	p := h.Menu.Person
	return h.Texts.T("ui.menu", "initials", p.initials(), "name", p.Name)
}

// fontType gives the type of a font address for its preload.
func fontType(address string) string {
	if strings.HasSuffix(address, ".woff2") {
		return "font/woff2"
	}
	return ""
}

// Board is the head and foot of a page for the big screen.
type Board struct {
	Title string // "Week board"
	Where string // which group, which day
	Parts []Step
	Foot  templ.Component
}
