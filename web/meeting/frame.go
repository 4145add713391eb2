package meeting

import (
	"slices"
	"time"

	"leerkring/access"
	"leerkring/block/meeting"
	"leerkring/internal/clock"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
)

// hourPage is what all pages of one hour show.
type hourPage struct {
	r      *room.Request
	Seen   trajectory.Seen
	Hour   meeting.Hour
	People []trajectory.Participant
	names  map[string]ui.Person
	Path   string // of the hour

	writing string // the form of the board that is being filled in
}

func listPath(seen trajectory.Seen) string { return "/trajectories/" + seen.ID + "/meetings" }

// reach reads the trajectory of the address.
func (rm *Room) reach(r *room.Request) (trajectory.Seen, error) {
	id, err := r.ID("id")
	if err != nil {
		return trajectory.Seen{}, err
	}
	return rm.Trajectories.Reach(r.Ctx(), rm.Trajectories.DB(), r.Who(), id)
}

// open reads the hour of the address with its people.
func (rm *Room) open(r *room.Request) (*hourPage, error) {
	seen, err := rm.reach(r)
	if err != nil {
		return nil, err
	}
	id, err := r.ID("meeting")
	if err != nil {
		return nil, err
	}
	q := rm.Trajectories.DB()
	p := &hourPage{r: r, Seen: seen, Path: listPath(seen) + "/" + id}
	if p.Hour, err = rm.Meetings.Hour(r.Ctx(), q, seen, id); err != nil {
		return nil, err
	}
	if p.People, err = rm.Trajectories.Participants(r.Ctx(), q, seen); err != nil {
		return nil, err
	}
	return p, rm.name(p)
}

// name gives everybody on the page the name that the group calls them by: the first one,
// unless two share it.
func (rm *Room) name(p *hourPage) error {
	full := map[string]ui.Person{}
	for _, x := range p.People {
		full[x.PersonID] = ui.Person{Name: x.Name, Hue: x.Hue}
	}
	var others []string
	for _, id := range p.mentioned() {
		if _, ok := full[id]; !ok && id != "" {
			others = append(others, id)
		}
	}
	left, err := school.Names(p.r.Ctx(), rm.Trajectories.DB(), p.Seen.School.BoardID, others)
	for id, x := range left {
		full[id] = ui.Person{Name: x.Name, Hue: x.Hue}
	}
	p.names = callNames(full)
	return err
}

// mentioned are the people that the page names beside those who take part.
func (p *hourPage) mentioned() []string {
	ids := append([]string{p.Hour.HostID, p.Hour.KeeperID, p.Hour.TimekeeperID}, p.Hour.Present...)
	for _, t := range p.Hour.Tasks {
		ids = append(ids, t.OwnerID)
	}
	if p.Hour.Previous != nil {
		for _, t := range p.Hour.Previous.Tasks {
			ids = append(ids, t.OwnerID)
		}
	}
	for _, n := range p.Hour.Notes {
		ids = append(ids, n.PersonID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// callNames shortens names to the first one where that tells people apart.
func callNames(full map[string]ui.Person) map[string]ui.Person {
	firsts := map[string]int{}
	for _, x := range full {
		firsts[school.FirstName(x.Name)]++
	}
	out := make(map[string]ui.Person, len(full))
	for id, x := range full {
		x.Initials = ui.InitialsOf(x.Name)
		if first := school.FirstName(x.Name); firsts[first] == 1 {
			x.Name = first
		}
		out[id] = x
	}
	return out
}

// who is somebody as the page names them.
func (p *hourPage) who(id string) ui.Person {
	if x, ok := p.names[id]; ok {
		return x
	}
	return ui.Person{Name: p.r.T.T("meeting.somebody")}
}

// day is the day of the hour on the wall of the school.
func (p *hourPage) day() clock.Date { return clock.On(p.Hour.StartsAt, p.Seen.School.Location()) }

// title names the hour by its weekday when that can be no other, else by its date.
func (p *hourPage) title() string { return titleOf(p.r, p.day(), p.Seen.Today()) }

func titleOf(r *room.Request, day, today clock.Date) string {
	if day == today {
		return r.T.T("meeting.title_today")
	}
	if n := today.Days(day); n > 0 && n < 7 {
		return r.T.T("meeting.title_day", "day", r.T.Weekday(day.Weekday()))
	}
	return r.T.T("meeting.title_date", "date", r.T.Date(day))
}

// short names the day of the hour inside a sentence.
func (p *hourPage) short() string {
	day, today := p.day(), p.Seen.Today()
	if day == today {
		return p.r.T.T("meeting.today")
	}
	if n := today.Days(day); n > 0 && n < 7 {
		return p.r.T.Weekday(day.Weekday())
	}
	return p.r.T.Date(day)
}

// when is day, time and place in one line.
func when(r *room.Request, m meeting.Meeting, seen trajectory.Seen) string {
	text := r.T.T("meeting.when_line", "date", r.T.Date(clock.On(m.StartsAt, seen.School.Location())), "hours", r.T.Range(m.StartsAt, m.Ends()))
	if m.Place != "" {
		text += ", " + m.Place
	}
	return text
}

func (p *hourPage) when() string { return when(p.r, p.Hour.Meeting, p.Seen) }

// sees is the line about who can read the hour, by the function that guards it. One that
// is still being made is the group's.
func (p *hourPage) sees() (string, ui.Audience) {
	seen := p.Seen
	if p.Hour.State == meeting.Draft {
		seen.Open = false
	}
	people := slices.DeleteFunc(slices.Clone(p.People), func(x trajectory.Participant) bool {
		return x.Role == trajectory.Guest && (p.Hour.State == meeting.Draft || !slices.Contains(p.Hour.Guests, x.PersonID))
	})
	return trajectoryweb.WhoSees(p.r, seen, access.Meeting, people)
}

// head begins the head of a page of an hour.
func (p *hourPage) head(title string) ui.PageHead {
	h := trajectoryweb.Head(p.r, p.Seen, title)
	h.Crumbs = append(h.Crumbs, ui.Link{Text: p.r.T.T("meeting.list_title"), Href: listPath(p.Seen)})
	h.Zone = p.Seen.School.Zone
	p.r.Style(&h, "meeting")
	return h
}

// tabs are the pages of one hour.
func (p *hourPage) tabs(current string) []ui.Tab {
	pages := []struct{ key, path string }{{"prepare", "/prepare"}, {"show", ""}, {"board", "/board"}}
	var out []ui.Tab
	for _, x := range pages {
		key := x.key
		switch {
		case key == "prepare" && !p.prepares(), key == "board" && p.Hour.State == meeting.Cancelled:
			continue
		case key == "show":
			key += "_" + string(p.Hour.State)
		}
		text := p.r.T.T("meeting.tab_" + key)
		out = append(out, ui.Tab{Text: text, Href: p.Path + x.path, Current: x.key == current})
	}
	return out
}

// prepares reports whether the person asking can still work on the agenda.
func (p *hourPage) prepares() bool {
	return p.Hour.MayWrite && (p.Hour.State == meeting.Draft || p.Hour.State == meeting.Ready)
}

func minutesOf(h meeting.Hour) time.Duration {
	return time.Duration(meeting.Planned(h.Items)) * time.Minute
}
