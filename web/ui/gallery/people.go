package gallery

import (
	"sync/atomic"

	"leerkring/internal/i18n"
	"leerkring/web/ui"
)

// The people of Het Baken College, as far as the samples need them.
var (
	noor    = ui.Person{Name: "Noor Haddad", Hue: 25, Note: "docent"}
	marieke = ui.Person{Name: "Marieke de Wit", Hue: 300, Note: "wiskunde, trekt de PLG"}
	joost   = ui.Person{Name: "Joost Verbeek", Hue: 235, Note: "natuurkunde"}
	samira  = ui.Person{Name: "Samira El Idrissi", Hue: 160, Note: "biologie"}
	thijs   = ui.Person{Name: "Thijs Kamp", Hue: 85, Note: "aardrijkskunde"}
	esra    = ui.Person{Name: "Esra Okur", Hue: 110}
	wim     = ui.Person{Name: "Wim Hoekstra", Hue: 285}
	pupil   = ui.Person{Name: "Leerling", Pupil: true}
)

// first gives somebody by first name, as colleagues speak of each other.
func first(p ui.Person, name string) ui.Person {
	p.Initials = ui.InitialsOf(p.Name)
	p.Name = name
	return p
}

// Dutch are the words of the frame, in Dutch.
var Dutch ui.Texts = i18n.Must(ui.TextFiles).Texts("nl", nil, nil)

// PageHead is the head of an invented ordinary page, for samples of whole pages.
// Room is the name of the current one.
func PageHead(title, room, theme string) ui.PageHead {
	h := ui.PageHead{
		Texts: Dutch, Title: title, Theme: theme, Styles: Styles(), Home: "#", Search: "#",
		Rooms: []ui.Room{
			{Name: "Mijn week", Href: "#", Icon: "calendar-days"}, {Name: "Trajecten", Href: "#", Icon: "orbit"},
			{Name: "Feedback", Href: "#", Icon: "messages-square"}, {Name: "Agenda", Href: "#", Icon: "users-round"},
			{Name: "School", Href: "#", Icon: "school"},
		},
		Menu: &ui.Menu{Person: noor, Items: []ui.MenuItem{
			{Text: "Je account", Icon: "user", Href: "#"},
			{Text: "English", Icon: "languages", Action: "#", Name: "language", Value: "en"},
			{Text: "Donker", Icon: "moon", Action: "#", Name: "theme", Value: "dark"},
			{Text: "Meld je af", Icon: "log-out", Action: "#"},
		}},
	}
	for i := range h.Rooms {
		h.Rooms[i].Current = h.Rooms[i].Name == room
	}
	return h
}

var styles atomic.Pointer[[]string]

// SetStyles tells where the style of the samples is; the command does so once.
func SetStyles(addresses ...string) { styles.Store(&addresses) }

// Styles are the addresses of the style that samples load.
func Styles() []string {
	if s := styles.Load(); s != nil {
		return *s
	}
	return nil
}
