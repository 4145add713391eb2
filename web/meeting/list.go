package meeting

import (
	"strconv"

	"leerkring/access"
	"leerkring/block/meeting"
	"leerkring/internal/clock"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
)

// row is one hour in the list.
type row struct {
	Href, When, Note string
	Tone             ui.Tone
	Icon, State      string
}

type listPage struct {
	r        *room.Request
	Seen     trajectory.Seen
	Tabs     []ui.Tab
	Next     *row // the nearest hour that is not over
	NextDo   string
	NextHref string
	Coming   []row
	Past     []row
	MayPlan  bool
	MayBring bool // in a board from elsewhere
	Plan     *planForm
}

// List shows the hours of a trajectory, the coming ones first, and plans the next.
func (rm *Room) List(r *room.Request) error {
	seen, err := rm.reach(r)
	if err != nil {
		return err
	}
	all, err := rm.Meetings.List(r.Ctx(), rm.Trajectories.DB(), seen)
	if err != nil {
		return err
	}
	p := listPage{r: r, Seen: seen, Tabs: trajectoryweb.Tabs(r, seen, "meetings"), MayPlan: rm.mayPlan(seen)}
	p.MayBring = !seen.State.Ended() && seen.May(access.Create, access.Task, "")
	near, _ := meeting.Coming(all, r.Now())
	for _, m := range all {
		x := rowOf(r, seen, m)
		switch {
		case m.ID == near.ID:
			p.Next = &x
			p.NextDo, p.NextHref = nextDo(r, m, x.Href)
		case m.State.Over(), m.Missed(r.Now()):
			p.Past = append(p.Past, x)
		default:
			p.Coming = append(p.Coming, x)
		}
	}
	if p.MayPlan {
		if p.Plan, err = rm.planForm(r, seen, all); err != nil {
			return err
		}
	}
	h := trajectoryweb.Head(r, seen, r.T.T("meeting.list_title"))
	h.Lead = r.T.T("meeting.list_lead")
	r.Style(&h, "meeting")
	return r.Page(h, list(p))
}

func (rm *Room) mayPlan(seen trajectory.Seen) bool {
	return seen.May(access.Create, access.Meeting, "") && seen.May(access.Edit, access.Trajectory, "")
}

func rowOf(r *room.Request, seen trajectory.Seen, m meeting.Listed) row {
	x := row{Href: listPath(seen) + "/" + m.ID, When: when(r, m.Meeting, seen), State: r.T.T("meeting.state_" + string(m.State))}
	if m.Missed(r.Now()) {
		x.Tone, x.Icon, x.State = ui.Calm, "minus", r.T.T("meeting.state_missed")
		return x
	}
	switch m.State {
	case meeting.Draft:
		x.Tone, x.Icon = ui.Calm, "pencil"
	case meeting.Live:
		x.Tone, x.Icon = ui.Fresh, "circle-play"
	case meeting.Closed:
		x.State = "" // the list says it already
	default:
		x.Tone, x.Icon = ui.Good, "check"
	}
	if n := len(m.Questions); n > 0 {
		x.Note = m.Questions[0]
		if n > 1 {
			x.Note = r.T.T("meeting.and_more", "question", m.Questions[0], "n", n-1)
		}
	}
	return x
}

// nextDo is what somebody does now with the nearest hour.
func nextDo(r *room.Request, m meeting.Listed, href string) (text, to string) {
	switch {
	case m.State == meeting.Live:
		return r.T.T("meeting.do_join"), href
	case m.Mine && m.State == meeting.Draft:
		return r.T.T("meeting.do_prepare"), href + "/prepare"
	}
	return r.T.T("meeting.do_look"), href
}

// planForm asks when and where the next hour is.
type planForm struct {
	r      *room.Request
	Action string
	Date   ui.Field
	Time   ui.Field
	Length ui.Field
	Place  ui.Field
	Like   string // why these are filled in
}

// usual is when an hour begins that nothing is known of: after the last lesson.
const usual = "15:30"

// planForm begins where the last hour left off: two weeks later, same time, same place.
// The first one is a week from now. It is always a day with school.
func (rm *Room) planForm(r *room.Request, seen trajectory.Seen, all []meeting.Listed) (*planForm, error) {
	cal, err := rm.Schools.Calendar(r.Ctx(), seen.SchoolID)
	if err != nil {
		return nil, err
	}
	f := &planForm{r: r, Action: listPath(seen), Like: r.T.T("meeting.plan_first")}
	date, at, length, place := cal.NextSchoolDay(seen.Today().Add(7)), usual, 60, ""
	if like := latest(all); like != nil {
		zone := seen.School.Location()
		day := clock.On(like.StartsAt, zone)
		f.Like = r.T.T("meeting.plan_like", "date", r.T.Date(day))
		date, at, length, place = fortnight(cal, day, seen.Today()), like.StartsAt.In(zone).Format("15:04"), like.Minutes, like.Place
	}
	f.Date = r.Field("date", "meeting.plan_date", string(date))
	f.Date.Type, f.Date.Required = "date", true
	f.Time = r.Field("time", "meeting.plan_time", at)
	f.Time.Type, f.Time.Required = "time", true
	f.Length = r.Field("minutes", "meeting.plan_minutes", strconv.Itoa(length))
	f.Length.Type, f.Length.InputMode = "number", "numeric"
	f.Place = r.Field("place", "meeting.plan_place", place)
	f.Place.Max, f.Place.Placeholder = 80, r.T.T("meeting.plan_place_like")
	return f, nil
}

// fortnight is the same weekday two weeks on, or the first one after that with school.
func fortnight(cal school.Calendar, day, today clock.Date) clock.Date {
	day = day.Add(14)
	for range 30 {
		if day >= today && cal.SchoolDay(day) {
			return day
		}
		day = day.Add(7)
	}
	return cal.NextSchoolDay(today.Add(7))
}

// latest is the hour that lies furthest ahead, or else was last.
func latest(all []meeting.Listed) *meeting.Listed {
	var out *meeting.Listed
	for i := range all {
		if out == nil || all[i].StartsAt.After(out.StartsAt) {
			out = &all[i]
		}
	}
	return out
}

// planOf reads when and where from a form. A time that is missing is refused by the rule.
func planOf(r *room.Request, seen trajectory.Seen) (meeting.Plan, error) {
	f := r.Form()
	p := meeting.Plan{Minutes: f.Int("minutes", 0, 480), Place: f.Line("place", 200), Bring: f.Line("bring", 400),
		HostID: f.ID("host"), KeeperID: f.ID("keeper"), TimerID: f.ID("timer"), Guests: f.IDs("guests", 20)}
	day := f.Date("date")
	hour, minute, ok := f.Clock("time")
	if day != "" && !ok && f.Typed("time") == "" {
		f.Refuse("time", "form.time")
	}
	if day != "" {
		p.StartsAt = day.At(hour, minute, seen.School.Location())
	}
	return p, f.Err()
}

// Plan makes the next hour with what the product proposes for it.
func (rm *Room) Plan(r *room.Request) error {
	seen, err := rm.reach(r)
	if err != nil {
		return err
	}
	again := rm.List
	if r.Form().Typed("from") == "new" {
		again = rm.New
	}
	p, err := planOf(r, seen)
	if err != nil {
		return r.Refused(err, again)
	}
	items, err := rm.propose(r, seen, p.StartsAt, p.Minutes)
	if err != nil {
		return err
	}
	id, err := rm.Meetings.Make(r.Ctx(), r.Who(), seen.ID, p, items)
	if err != nil {
		return r.Refused(err, again)
	}
	return r.Said(listPath(seen)+"/"+id+"/prepare", "meeting_planned")
}

// New goes on with the hour that is being made, or asks when the next one is.
func (rm *Room) New(r *room.Request) error {
	seen, err := rm.reach(r)
	if err != nil {
		return err
	}
	all, err := rm.Meetings.List(r.Ctx(), rm.Trajectories.DB(), seen)
	if err != nil {
		return err
	}
	if next, ok := meeting.Coming(all, r.Now()); ok && r.Err == nil && rm.mayPlan(seen) && (next.State == meeting.Draft || next.State == meeting.Ready) {
		return r.Go(listPath(seen) + "/" + next.ID + "/prepare")
	}
	if err := seen.Must(access.Edit, access.Trajectory, ""); err != nil {
		return err
	}
	f, err := rm.planForm(r, seen, all)
	if err != nil {
		return err
	}
	h := trajectoryweb.Head(r, seen, r.T.T("meeting.plan_title"))
	h.Crumbs = append(h.Crumbs, ui.Link{Text: r.T.T("meeting.list_title"), Href: listPath(seen)})
	h.Lead = r.T.T("meeting.plan_lead")
	r.Style(&h, "meeting")
	return r.Page(h, planPage(f))
}
