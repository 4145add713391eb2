// Package handover shows what somebody carries and lets them give it to colleagues when they
// are ill, away or leaving; what they gave and have of others; and what a group or a page is
// told about who carries it.
//
// Promise: why somebody is away is asked nowhere. What is somebody's own stands on none of these
// pages, not as a count either.
package handover

import (
	"embed"
	"strings"
	"time"

	"leerkring/carry"
	"leerkring/handover"
	"leerkring/internal/clock"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// Texts are the sentences of these pages.
//
//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds the acts that these pages call.
type Room struct {
	Handovers *handover.Service
}

// Path is where somebody hands over what they carry.
const Path = "/handover"

type ownPage struct {
	r      *room.Request
	Groups []group
	Lasts  ui.Set
	Until  ui.Field
	Gave   []given
	Got    []given
	Stands []standing
}

// group are the things of one trajectory, each with the choice of who gets it.
type group struct {
	Title string
	Lines []line
}

type line struct {
	What, Note string
	To         ui.Field
	Options    []ui.Option
}

// given is what went over at one time.
type given struct {
	ID, Title string
	Things    []thing
}

// thing is one of them, with what can be done with it.
type thing struct {
	ID, What, Note string
	People         []ui.Option
}

// standing is a substitute, seen by both.
type standing struct {
	ID, Text string
	Mine     bool // somebody stands in for the person asking
	Begun    bool
}

// away is how many days ahead the day of coming back is proposed.
const away = 14

// Own is the page of the person asking.
func (rm *Room) Own(r *room.Request) error {
	of, err := rm.Handovers.Of(r.Ctx(), r.Known)
	if err != nil {
		return err
	}
	p := ownPage{r: r, Groups: groups(r, of.Lines), Gave: gave(r, of), Got: got(r, of), Stands: stands(r, of)}
	lasts := r.Was("lasts", string(handover.Away))
	p.Lasts = ui.Set{Name: "lasts", Legend: r.T.T("handover.lasts"), Error: r.Error("lasts"), Wide: true, Options: []ui.Option{
		{Value: string(handover.Away), Text: r.T.T("handover.lasts_away"), Note: r.T.T("handover.lasts_away_note"), On: lasts == string(handover.Away)},
		{Value: string(handover.Good), Text: r.T.T("handover.lasts_good"), Note: r.T.T("handover.lasts_good_note"), On: lasts == string(handover.Good)},
	}}
	until := r.Today().Add(away)
	for until.Weekday() == time.Saturday || until.Weekday() == time.Sunday {
		until = until.Add(1)
	}
	if r.Known.Person.Away(r.Today()) {
		until = r.Known.Person.AwayUntil
	}
	p.Until = r.Field("until", "handover.until", string(until))
	p.Until.Type, p.Until.Hint = "date", r.T.T("handover.until_hint")
	h := r.Head(r.T.T("handover.title"), "")
	h.Lead = r.T.T("handover.lead")
	return r.Page(h, own(p))
}

// groups puts things below their trajectory, what belongs to none last.
func groups(r *room.Request, lines []handover.Line) []group {
	var out []group
	at := map[string]int{}
	for _, l := range lines {
		n, ok := at[l.TrajectoryID]
		if !ok {
			n = len(out)
			at[l.TrajectoryID] = n
			title := l.Trajectory
			if title == "" {
				title = r.T.T("handover.elsewhere")
			}
			out = append(out, group{Title: title})
		}
		out[n].Lines = append(out[n].Lines, lineOf(r, l))
	}
	if n, ok := at[""]; ok && n < len(out)-1 {
		none := out[n]
		out = append(append(out[:n:n], out[n+1:]...), none)
	}
	return out
}

func lineOf(r *room.Request, l handover.Line) line {
	name := "to-" + l.Key()
	x := line{What: What(r, l.Item), Note: when(r, l.On)}
	x.To = ui.Field{Name: name, Label: r.T.T("handover.to_of", "what", x.What), Quiet: true, Error: r.Error(name)}
	chosen := r.Was(name, l.Proposed)
	x.Options = append([]ui.Option{{Text: r.T.T("handover.stays_mine")}}, options(r, l.Could, chosen)...)
	return x
}

func options(r *room.Request, people []handover.Person, chosen string) []ui.Option {
	var out []ui.Option
	for _, p := range people {
		out = append(out, ui.Option{Value: p.ID, Text: nameOf(r, p), On: p.ID == chosen})
	}
	return out
}

// nameOf says why somebody stands first.
func nameOf(r *room.Request, p handover.Person) string {
	switch {
	case p.Away:
		return r.T.T("handover.person_away", "name", p.Name)
	case p.Why != "":
		return r.T.T("handover.person_"+string(p.Why), "name", p.Name)
	}
	return p.Name
}

// What is a thing in one line.
func What(r *room.Request, i carry.Item) string {
	if i.Text == "" || i.Kind == carry.Lead || i.Kind == carry.StandIn || i.Kind == carry.Caretaker || i.Kind == carry.CareStandIn || i.Kind == carry.Buddy {
		return r.T.T("handover.kind_" + string(i.Kind))
	}
	return r.T.T("handover.kind_of", "kind", r.T.T("handover.kind_"+string(i.Kind)), "text", i.Text)
}

func when(r *room.Request, on clock.Date) string {
	if on == "" {
		return ""
	}
	return r.T.Date(on)
}

// until says how long something lasts.
func until(r *room.Request, h handover.Handover) string {
	switch d := h.Until(); {
	case h.Lasts == handover.Good:
		return r.T.T("handover.for_good")
	case d == "":
		return r.T.T("handover.until_back")
	default:
		return r.T.T("handover.until_date", "date", r.T.Date(d))
	}
}

// Give hands over what was chosen.
func (rm *Room) Give(r *room.Request) error {
	f := r.Form()
	g := handover.Giving{Lasts: handover.Lasts(f.Choice("lasts", string(handover.Away), string(handover.Good))), Until: f.Date("until"), To: map[string]string{}}
	for _, name := range f.Names() {
		if key, ok := strings.CutPrefix(name, "to-"); ok {
			g.To[key] = f.ID(name)
		}
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Own)
	}
	if _, err := rm.Handovers.Give(r.Ctx(), r.Known, g); err != nil {
		return r.Refused(err, rm.Own)
	}
	return r.Said(Path+"#gave", "handover_given")
}

// act does something with one thing or one handover of the address.
func (rm *Room) act(r *room.Request, said string, do func(id string) error) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := do(id); err != nil {
		return r.Refused(err, rm.Own)
	}
	return r.Said(Path, said)
}

// TakeBack takes one thing back.
func (rm *Room) TakeBack(r *room.Request) error {
	return rm.act(r, "handover_back", func(id string) error { return rm.Handovers.TakeBack(r.Ctx(), r.Who(), id) })
}

// TakeAllBack ends a handover, or a substitute.
func (rm *Room) TakeAllBack(r *room.Request) error {
	return rm.act(r, "handover_all_back", func(id string) error { return rm.Handovers.TakeAllBack(r.Ctx(), r.Who(), id) })
}

// GiveBack gives one thing back.
func (rm *Room) GiveBack(r *room.Request) error {
	return rm.act(r, "handover_gave_back", func(id string) error { return rm.Handovers.GiveBack(r.Ctx(), r.Who(), id) })
}

// PassOn gives one thing to somebody else.
func (rm *Room) PassOn(r *room.Request) error {
	to := r.Form().ID("to")
	if err := r.Form().Err(); err != nil {
		return r.Refused(err, rm.Own)
	}
	return rm.act(r, "handover_passed_on", func(id string) error { return rm.Handovers.PassOn(r.Ctx(), r.Who(), id, to) })
}
