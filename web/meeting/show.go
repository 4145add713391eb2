package meeting

import (
	"slices"
	"time"

	"github.com/a-h/templ"

	"leerkring/access"
	"leerkring/block/meeting"
	"leerkring/internal/clock"
	"leerkring/internal/i18n"
	"leerkring/task"
	"leerkring/web/room"
	"leerkring/web/ui"
)

type showPage struct {
	*hourPage
	Tabs  []ui.Tab
	Parts []part
	Last  []settled
	Draft string // what somebody was typing to bring in
}

// Show is the page of one hour: before it the agenda, during it the place to write along,
// after it the minutes.
func (rm *Room) Show(r *room.Request) error {
	base, err := rm.open(r)
	if err != nil {
		return err
	}
	p := &showPage{hourPage: base, Tabs: base.tabs("show"), Parts: base.told(), Last: base.lastTime()}
	if base.saysNow() {
		d, err := r.House.Drafts.Of(r.Ctx(), r.Who().ID, meeting.DraftKey(base.Hour.ID))
		if err != nil {
			return err
		}
		p.Draft = d.Body["note"]
	}
	h := base.head(base.title())
	h.Heading, h.Crumbs = "", nil
	if base.Hour.State == meeting.Closed {
		h.Title = r.T.T("meeting.minutes_of", "date", r.T.Date(base.day()))
	}
	return r.Page(h, show(p))
}

// told are the parts with what was brought in.
func (p *hourPage) told() []part {
	parts := p.parts(nil)
	for i := range parts {
		parts[i].Notes = p.notes(parts[i].Item.ID)
	}
	return parts
}

// saysNow reports whether the person asking can bring something in now.
func (p *hourPage) saysNow() bool {
	return p.Hour.MaySay && (p.Hour.State == meeting.Live || p.Hour.State == meeting.Closed) && p.Hour.Takes(p.r.Now())
}

// settlesNow reports whether agreements and tasks can be added now.
func (p *hourPage) settlesNow() bool { return p.Hour.MayWrite && p.saysNow() }

// now is the place of the item that is going on, -1 when there is none.
func (p *hourPage) now() int {
	for i, x := range p.Hour.Items {
		if x.ID == p.Hour.CurrentID {
			return i
		}
	}
	return -1
}

// ring is the clock of the hour, the same second on every screen.
func (p *hourPage) ring() ui.Clock {
	c := ui.Clock{Current: p.now(), Compact: true, Now: p.r.Now()}
	for _, i := range p.Hour.Items {
		c.Minutes = append(c.Minutes, i.Minutes)
	}
	if c.Current < 0 {
		c.Says = p.r.T.T("meeting.clock_rests")
		if p.Hour.State == meeting.Closed {
			c.Current = len(c.Minutes)
		}
		return c
	}
	i := p.Hour.Items[c.Current]
	c.Left, c.Started = i.Left(c.Now), i.Since()
	left := max(0, int((c.Left+time.Minute-1)/time.Minute))
	says := func(minutes any) string {
		return p.r.T.T("meeting.clock_says", "n", c.Current+1, "of", len(c.Minutes), "minutes", minutes)
	}
	c.Says, c.Running = says(left), says("{minutes}")
	return c
}

// next is the part that comes after the present one.
func (p *hourPage) next(parts []part) *part {
	at := p.now()
	if at < 0 || at+1 >= len(parts) {
		return nil
	}
	return &parts[at+1]
}

// jobs are the tasks of this hour, with what their owner can do about them.
func (p *hourPage) jobs() []ui.Job {
	var out []ui.Job
	for _, t := range p.Hour.Tasks {
		j := ui.Job{Person: p.who(t.OwnerID), What: t.Body}
		if t.DueOn != "" {
			j.By = p.r.T.T("meeting.before", "date", p.r.T.Date(t.DueOn))
		}
		if t.State != task.Open || p.Hour.State == meeting.Closed {
			j.Right = p.jobState(t)
		}
		out = append(out, j)
	}
	return out
}

// agreed are the agreements of this hour.
func (p *hourPage) agreed() []string {
	var out []string
	for _, a := range p.Hour.Agreed {
		out = append(out, a.Body)
	}
	return out
}

// owners are who can take on a task.
func (p *hourPage) owners(form string) []ui.Option {
	was := ""
	if p.refused(form) {
		was = p.r.Was("owner", "")
	}
	first := p.r.T.T("meeting.task_who") // on the board the field says it itself
	if form == "close" {
		first = p.r.T.T("meeting.task_who_choose")
	}
	out := []ui.Option{{Text: first, On: was == ""}}
	for _, x := range p.People {
		out = append(out, ui.Option{Value: x.PersonID, Text: p.who(x.PersonID).Name, On: x.PersonID == was})
	}
	return out
}

// speakers are who said what the keeper of the board writes down: nobody by name unless
// the keeper says so.
func (p *hourPage) speakers() []ui.Option {
	was := meeting.ByGroup
	if p.refused("note") {
		was = p.r.Was("said_by", was)
	}
	out := []ui.Option{{Value: meeting.ByGroup, Text: p.r.T.T("meeting.said_by_group")}, {Value: meeting.ByPupil, Text: p.r.T.T("meeting.said_by_pupil")}}
	for _, x := range p.People {
		out = append(out, ui.Option{Value: x.PersonID, Text: p.who(x.PersonID).Name})
	}
	for i := range out {
		out[i].On = out[i].Value == was
	}
	return out
}

// due is the day that a new task begins with: the next hour is mostly two weeks on.
func (p *hourPage) due() clock.Date { return p.Seen.Today().Add(7) }

// here is the hidden field that brings an act back to the page it was sent from.
func (p *hourPage) here(page string, more ...ui.Pair) []ui.Pair {
	return p.r.Hidden(append([]ui.Pair{{Name: "from", Value: page}}, more...)...)
}

// spent are the minutes of the hour by what they went to.
func (p *hourPage) spent() []ui.TimePart {
	spent := meeting.Spent(p.Hour.Items)
	var out []ui.TimePart
	for _, k := range meeting.Parts {
		if n := spent[k]; n > 0 {
			out = append(out, ui.TimePart{Minutes: n, Kind: kinds[k], Text: p.r.T.T("meeting.spent_on", "n", n, "part", p.r.T.T("meeting.part_"+string(k)))})
		}
	}
	return out
}

// content says how many minutes went to the content, against arranging.
func (p *hourPage) content() string {
	spent, all := meeting.Spent(p.Hour.Items), 0
	for _, n := range spent {
		all += n
	}
	if all == 0 {
		return ""
	}
	return p.r.T.T("meeting.content", "n", all-spent[meeting.Organise], "rest", spent[meeting.Organise])
}

// there are the people who were at the hour, in the order in which one looks up a name.
func (p *hourPage) there() string {
	var names []string
	for _, id := range p.Hour.Present {
		names = append(names, p.who(id).Name)
	}
	i18n.Sort(p.r.T, names, func(name string) string { return name })
	return p.r.T.List(names)
}

// onPaper offers the agenda to take along, or the minutes.
func (p *hourPage) onPaper() templ.Component {
	what, address := p.r.T.T("meeting.on_paper"), p.Path+"/paper"
	if p.Hour.State == meeting.Closed {
		what = p.r.T.T("meeting.on_paper_closed")
	}
	if !p.Seen.May(access.Export, access.Meeting, "") {
		address = ""
	}
	return p.r.OnPaper(address, what)
}

// begins reports whether the person asking can begin the hour.
func (p *hourPage) begins() bool {
	return p.Hour.MayLead && len(p.Hour.Items) > 0 && (p.Hour.State == meeting.Draft || p.Hour.State == meeting.Ready)
}

// today reports that it is the day of the hour: only then beginning it is the thing to do.
func (p *hourPage) today() bool { return p.day() == p.Seen.Today() }

// takesOver reports whether the person asking can take the hour over.
func (p *hourPage) takesOver() bool {
	return p.Hour.MayWrite && !p.Hour.State.Over() && p.Hour.HostID != p.r.Who().ID && !p.Hour.MayLead
}

// newestFirst turns a list around: what came last is what the group talks about.
func newestFirst(list []said) []said {
	out := slices.Clone(list)
	slices.Reverse(out)
	return out
}

func closeClass(p *hourPage) string {
	if p.Hour.Settled() {
		return "with-aside hour"
	}
	return "narrow hour"
}
