// Package week shows Mijn week: at most five things that are asked, each with its minutes
// and its reason, and what happens on which day.
package week

import (
	"embed"

	"github.com/a-h/templ"

	"leerkring/access"
	"leerkring/internal/ident"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/week"
)

//go:embed text.nl.toml text.en.toml
var Texts embed.FS

// Room holds the acts that this page calls.
type Room struct {
	Weeks   *week.Service
	Schools *school.Service
	// Beside is what other rooms put beside a week, nil for nothing; home is the calendar of the first school.
	Beside func(r *room.Request, home school.Calendar) (templ.Component, error)
}

type weekPage struct {
	r    *room.Request
	Week week.Week
	Days []ui.Day
	Asks []askRow
	Next *nextHour
	None emptyWeek
	New  bool            // may begin something
	More templ.Component // of other rooms, nil for nothing
}

// emptyWeek is what stands there when nobody asks anything.
type emptyWeek struct{ Title, Text, Do, Href string }

// nextHour is when the person comes together with others next.
type nextHour struct {
	Title, Href, When, Note string
}

// askRow is one ask; a task can be settled where it stands.
type askRow struct {
	ui.Ask
	Settle string    // address of a task, "" for other asks
	Look   string    // where the task came from
	Key    []ui.Pair // of the form that settles it
	Own    string    // for what is the person's own: that only they see it
}

// Show is the home page of somebody who is signed in.
func (rm *Room) Show(r *room.Request) error {
	w, err := rm.Weeks.Of(r.Ctx(), r.Known)
	if err != nil {
		return err
	}
	p := weekPage{r: r, Week: w}
	for _, d := range w.Days {
		p.Days = append(p.Days, dayOf(r, d))
	}
	p.Next, p.New = nextOf(r, w.Next), len(r.Known.Schools) > 0
	for i, a := range w.Asks {
		p.Asks = append(p.Asks, row(r, a, rm.ask(r, a, i == 0)))
	}
	if rm.Beside != nil {
		if p.More, err = rm.Beside(r, w.Calendar); err != nil {
			return err
		}
	}
	if len(p.Asks) == 0 {
		if p.None, err = rm.none(r); err != nil {
			return err
		}
	}
	h := r.Head(r.T.T("week.title"), "week")
	h.Lead = rm.lead(r, w)
	undo(r, &h)
	h.Live = "/live/week"
	r.Style(&h, "week")
	return r.Page(h, show(p))
}

// none is the next step of an empty week: for who looks after a school with nobody else
// in it yet, that is to bring people in.
func (rm *Room) none(r *room.Request) (emptyWeek, error) {
	t := r.T
	e := emptyWeek{t.T("week.empty"), t.T("week.empty_text"), t.T("week.empty_do"), "/trajectories"}
	sc := r.School()
	if !access.May(r.Who(), access.Create, access.Object{Kind: access.Account, BoardID: sc.BoardID, SchoolID: sc.ID}) {
		return e, nil
	}
	people, _, err := rm.Schools.People(r.Ctx(), r.Who(), sc.ID)
	if err != nil || len(people) > 1 {
		return e, err
	}
	return emptyWeek{t.T("week.alone"), t.T("week.alone_text"), t.T("week.alone_do"), "/admin/people/new"}, nil
}

// dayOf is a day of the strip.
func dayOf(r *room.Request, d week.Day) ui.Day {
	day := ui.Day{Name: r.T.Date(d.On), Today: d.Today}
	if d.Today {
		day.Name = r.T.T("week.today", "date", r.T.Date(d.On))
	}
	if d.Free != "" {
		day.Items = append(day.Items, ui.DayItem{Title: d.Free})
	}
	for _, e := range d.Events {
		note := ""
		if !e.At.IsZero() {
			note = r.T.Time(e.At)
		}
		note = joined(note, e.Place)
		day.Items = append(day.Items, ui.DayItem{Title: e.Title, Note: joined(note, noteOf(r, e)), Href: e.Link})
	}
	return day
}

// noteOf is what to know about something that happens, such as what to bring.
func noteOf(r *room.Request, e week.Happening) string {
	if e.NoteKey == "" {
		return ""
	}
	return r.T.T(e.NoteKey, e.Args...)
}

func nextOf(r *room.Request, e *week.Happening) *nextHour {
	if e == nil {
		return nil
	}
	return &nextHour{Title: e.Title, Href: e.Link, When: joined(r.T.Moment(e.At), e.Place), Note: noteOf(r, *e)}
}

// joined puts two things with a comma between; either may be missing.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}

func (rm *Room) ask(r *room.Request, a week.Ask, first bool) ui.Ask {
	v := ui.Ask{ID: "ask-" + a.Item, Cost: r.T.T("week.minutes", "n", a.Minutes), Title: r.T.T(a.TextKey, a.Args...), Quote: a.Voice, Why: r.T.T(a.WhyKey, a.WhyArgs...),
		Href: a.Link, Do: r.T.T(a.DoKey, a.DoArgs...), Primary: first, NotNow: r.T.T("week.not_now")}
	if a.DueOn != "" {
		v.By = r.T.T("week.before", "date", r.T.Date(a.DueOn))
		if a.LastOn != "" {
			v.By = r.T.T("week.before_own", "date", r.T.Date(a.DueOn), "last", r.T.Date(a.LastOn))
		}
	}
	if a.LaterOK {
		v.Later = "/week/later"
		v.Hidden = r.Hidden(ui.Pair{Name: "item", Value: a.Item})
	}
	return v
}

// row lets a task be settled on the spot: its own button stands in place of the link.
func row(r *room.Request, a week.Ask, v ui.Ask) askRow {
	x := askRow{Ask: v}
	if a.Private {
		x.Own, _ = r.Sees(access.VisibleTo(access.Object{Kind: access.PrivateNote, BoardID: r.Who().BoardID, OwnerID: r.Who().ID}, access.Audience{}))
	}
	if a.SettleURL != "" {
		x.Settle, x.Look, x.Key = a.SettleURL, v.Href, r.Hidden()
		x.Href = ""
	}
	return x
}

// undo lets a task that was just settled be put back: a thumb slips on a phone.
func undo(r *room.Request, h *ui.PageHead) {
	q := r.R.URL.Query()
	said, id := q.Get("said"), q.Get("task")
	if h.Flash == nil || (said != "task_done" && said != "task_dropped") || !ident.Valid(id) {
		return
	}
	h.Flash.Undo, h.Flash.Button = "/tasks/"+id, r.T.T("week.undo")
	h.Flash.Hidden = r.Hidden(ui.Pair{Name: "state", Value: "open"})
}

func (rm *Room) lead(r *room.Request, w week.Week) string {
	switch {
	case w.Quiet == "away":
		return r.T.T("week.lead_away", "date", r.T.DateLong(w.Until))
	case w.Quiet != "" && len(w.Asks) == 0:
		return r.T.T("week.lead_"+w.Quiet, "name", w.Name, "date", r.T.DateLong(w.Until))
	case len(w.Asks) == 0:
		return r.T.T("week.lead_none")
	}
	if len(w.Asks) == 1 && w.Minutes() == 1 {
		return r.T.T("week.lead_one_minute")
	}
	return r.T.T("week.lead", "n", len(w.Asks), "minutes", w.Minutes())
}

// Later puts something off until next Monday.
func (rm *Room) Later(r *room.Request) error {
	f := r.Form()
	item := f.Line("item", 120)
	if err := f.Err(); err != nil {
		return err
	}
	if err := rm.Weeks.NotNow(r.Ctx(), r.Known, item); err != nil {
		return err
	}
	return r.Said("/week", "later")
}

// full is the line that says nothing more is asked.
func (p weekPage) full() string {
	if p.Week.Waiting > 0 {
		return p.r.T.T("week.full_waiting", "n", p.Week.Waiting)
	}
	return p.r.T.T("week.full")
}
