package monitor

import (
	"cmp"
	"slices"
	"strings"

	"leerkring/access"
	"leerkring/block/monitor"
	"leerkring/internal/clock"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
	"leerkring/writing"
)

type showPage struct {
	r        *room.Request
	cal      school.Calendar
	Seen     trajectory.Seen
	Base     string // address of the page
	Tabs     []ui.Tab
	Sentence string
	Audience ui.Audience

	MayEdit  bool
	Next     *momentRow
	Planned  []momentRow // after the next one
	First    *chart
	FirstOf  monitor.Series
	Others   []otherChart
	Changes  []change
	Honest   honest
	Seens    []seen
	Past     []momentRow
	Plan     planForm
	Follow   []indicatorRow
	Add      indicatorForm
	Let      []indicatorRow // let go
	Ideas    []Idea
	NoneYet  bool // nothing was held yet
	AnyThree bool // three moments are planned already
}

// momentRow is a moment in a list.
type momentRow struct {
	Href, Day, Note, Question, Word string
	State                           monitor.State
	Late                            bool // its day has passed
}

type otherChart struct {
	Kind, Title string
	Chart       chart
}

type change struct{ Letter, Day, Text, Href string }

// honest is what a line cannot tell.
type honest struct {
	Few      bool // small numbers
	Convince string
	Rivals   []seen
}

// seen is what the group wrote at a moment: its words and the day, and nobody's name.
type seen struct{ Text, Day, Href string }

type indicatorRow struct {
	Indicator monitor.Indicator
	Kind      string
	Form      indicatorForm
	MayRetire bool
}

// Show is the page of what a group follows.
func (rm *Room) Show(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	q := rm.Trajectories.DB()
	seen, err := rm.Trajectories.Reach(r.Ctx(), q, r.Who(), id)
	if err != nil {
		return err
	}
	page, err := rm.Monitor.Page(r.Ctx(), q, seen)
	if err != nil {
		return err
	}
	p := &showPage{r: r, Seen: seen, Base: base(id), Tabs: trajectoryweb.Tabs(r, seen, "monitor"), MayEdit: page.MayEdit, NoneYet: page.Held() == 0, AnyThree: len(page.Coming()) >= 3}
	if err := rm.around(p); err != nil {
		return err
	}
	if err := rm.draw(p, page); err != nil {
		return err
	}
	if err := rm.moments(p, page); err != nil {
		return err
	}
	h := trajectoryweb.Head(r, seen, r.T.T("monitor.title"))
	r.Style(&h, "monitor")
	return r.Page(h, show(p))
}

func base(id string) string { return "/trajectories/" + id + "/monitor" }

// around is who can see this.
func (rm *Room) around(p *showPage) error {
	people, err := rm.Trajectories.Participants(p.r.Ctx(), rm.Trajectories.DB(), p.Seen)
	p.Sentence, p.Audience = trajectoryweb.WhoSees(p.r, p.Seen, access.Count, people)
	return err
}

// draw makes the charts, with the changes of the plan and what a line cannot tell.
func (rm *Room) draw(p *showPage, page monitor.Page) error {
	cal, err := rm.Schools.Calendar(p.r.Ctx(), p.Seen.SchoolID)
	if err != nil {
		return err
	}
	p.cal = cal
	d := drawing{r: p.r, cal: cal}
	if rm.Changes != nil {
		if d.changes, err = rm.Changes(p.r.Ctx(), rm.Trajectories.DB(), p.Seen); err != nil {
			return err
		}
	}
	slices.SortStableFunc(d.changes, func(a, b monitor.Change) int { return cmp.Compare(a.On, b.On) }) // A is the first
	for i, c := range d.changes {
		p.Changes = append(p.Changes, change{Letter: letter(i), Day: p.r.T.Date(c.On), Text: c.Text, Href: c.Href})
	}
	lead := leading(page.Series)
	for i, s := range page.Series {
		switch {
		case len(s.Points) == 0:
		case i == lead:
			c := d.chart(s, large, false)
			p.First, p.FirstOf = &c, s
		default:
			p.Others = append(p.Others, otherChart{Kind: p.r.T.T("monitor.kind_" + string(s.Indicator.Kind)), Title: s.Indicator.Body, Chart: d.chart(s, small, true)})
		}
	}
	p.Honest = p.honest(page)
	return nil
}

// leading is the series that is drawn large: the first that is followed as carried out and
// was counted, else the first that was counted.
func leading(series []monitor.Series) int {
	first := -1
	for i, s := range series {
		if len(s.Points) == 0 {
			continue
		}
		if s.Indicator.Kind == monitor.CarriedOut {
			return i
		}
		if first < 0 {
			first = i
		}
	}
	return first
}

// fewCounted is under how many one more or less is seen in the line.
const fewCounted = 20

func (p *showPage) honest(page monitor.Page) honest {
	var h honest
	if last, ok := p.FirstOf.Last(); ok {
		h.Few = last.Total.Of < fewCounted
	}
	for _, m := range page.Past() {
		if m.State != monitor.Held {
			continue
		}
		if h.Convince == "" {
			h.Convince = m.Told.Convince
		}
		if m.Told.Rival != "" && len(h.Rivals) < 4 && !said(h.Rivals, m.Told.Rival) {
			h.Rivals = append(h.Rivals, p.seen(m, m.Told.Rival))
		}
	}
	return h
}

// honestTitle says that something changed only when the newest moment says so.
func (p *showPage) honestTitle() string {
	if p.First != nil && p.First.Signal {
		return p.r.T.T("monitor.signal_title")
	}
	return p.r.T.T("monitor.honest_title")
}

// said reports whether the group named the same already.
func said(list []seen, text string) bool {
	return slices.ContainsFunc(list, func(s seen) bool { return strings.EqualFold(s.Text, text) })
}

func (p *showPage) seen(m monitor.Moment, text string) seen {
	return seen{Text: text, Day: p.r.T.Date(m.HeldOn), Href: p.Base + "/moments/" + m.ID}
}

// moments fills in what comes, what was, and the forms.
func (rm *Room) moments(p *showPage, page monitor.Page) error {
	next, has := page.Next()
	for _, m := range page.Moments {
		switch {
		case m.State != monitor.Planned:
		case has && m.ID == next.ID:
			row := p.row(m, page.Today)
			p.Next = &row
		default:
			p.Planned = append(p.Planned, p.row(m, page.Today))
		}
	}
	for _, m := range page.Past() {
		p.Past = append(p.Past, p.row(m, page.Today))
		if m.Told.Seen != "" && len(p.Seens) < 3 {
			p.Seens = append(p.Seens, p.seen(m, m.Told.Seen))
		}
	}
	if p.Next != nil && p.Next.Question == "" {
		pack, err := rm.Trajectories.PackOf(p.r.Ctx(), rm.Trajectories.DB(), p.Seen.Trajectory)
		if err != nil {
			return err
		}
		p.Next.Question = p.r.Pack(monitor.Asks(pack))
	}
	if !p.MayEdit {
		return nil
	}
	return rm.forms(p, page)
}

func (p *showPage) row(m monitor.Moment, today clock.Date) momentRow {
	t := p.r.T
	row := momentRow{Href: p.Base + "/moments/" + m.ID, Day: t.Date(m.Day()), Question: m.Question, State: m.State, Word: m.Word, Late: m.State == monitor.Planned && m.On < today,
		Note: t.T("monitor.row_note", "minutes", m.Minutes, "how", t.T("monitor.how_"+string(m.How)))}
	if m.State == monitor.Held {
		row.Note = p.heldNote(m)
	}
	return row
}

// heldNote is the first total of a moment, for the list of what was.
func (p *showPage) heldNote(m monitor.Moment) string {
	if total, ok := m.Told.Totals[p.FirstOf.Indicator.ID]; ok {
		return totalText(p.r, total, p.FirstOf.Indicator.Unit)
	}
	return p.r.T.T("monitor.held_words")
}

// forms are those with which the group plans and says what it follows.
func (rm *Room) forms(p *showPage, page monitor.Page) error {
	drafts, err := p.r.House.Drafts.Under(p.r.Ctx(), p.r.Who().ID, "monitor/")
	if err != nil {
		return err
	}
	p.Plan = newPlanForm(p.r, p.Base+"/moments", "plan", "", writing.Body{"on": string(nextDay(p.cal, page.Today)), "minutes": "5", "how": string(monitor.ByCount)})
	p.Add = newIndicatorForm(p.r, p.Base+"/indicators", "follow", monitor.DraftKey("indicator", p.Seen.ID), drafts[monitor.DraftKey("indicator", p.Seen.ID)], writing.Body{"kind": string(monitor.CarriedOut)}, 0)
	for _, s := range page.Series {
		p.Follow = append(p.Follow, p.indicator(page, s.Indicator, drafts))
	}
	for _, i := range page.Retired {
		p.Let = append(p.Let, p.indicator(page, i, drafts))
	}
	if rm.Ideas != nil && len(p.Follow) == 0 {
		p.Ideas, err = rm.Ideas(p.r.Ctx(), rm.Trajectories.DB(), p.Seen)
	}
	return err
}

func (p *showPage) indicator(page monitor.Page, i monitor.Indicator, drafts map[string]writing.Body) indicatorRow {
	key := monitor.DraftKey("indicator", i.ID)
	return indicatorRow{Indicator: i, Kind: p.r.T.T("monitor.kind_" + string(i.Kind)), MayRetire: page.MayRetire(i),
		Form: newIndicatorForm(p.r, p.Base+"/indicators/"+i.ID, "reword-"+i.ID, key, drafts[key], writing.Body{"kind": string(i.Kind), "body": i.Body, "unit": i.Unit}, i.Version)}
}

// nextDay is the day that is proposed for one moment: a week from now, with school.
func nextDay(cal school.Calendar, today clock.Date) clock.Date {
	return cal.NextSchoolDay(today.Add(7))
}
