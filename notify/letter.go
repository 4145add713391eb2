package notify

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/internal/i18n"
	"leerkring/internal/ics"
	"leerkring/internal/mail"
	"leerkring/school"
)

// most is how many things the mail names; whatever more there is stands in Mijn week.
const most = 5

// Letter is the mail of one person, in words: plain text and HTML are both made of it.
type Letter struct {
	Lang     string
	Subject  string
	Greeting string
	Lead     string
	Parts    []Part
	Beside   []string // a line each: the first weeks of somebody new, and whom they help
	Private  string   // that something is ready, "" when nothing is
	Open     Link     // to Mijn week
	Last     string
	Why      string // why this mail comes
	Stop     Link
	Choose   Link
}

// Part is some things under one heading.
type Part struct {
	Title string
	Items []Item
}

// Item is one thing.
type Item struct {
	Text, Cost, Voice, Why, When string
	Link                         Link
}

// Link is an address with what it says.
type Link struct{ Text, URL string }

// Write makes the mail of a week; nil says that there is nothing to write about. base is
// where people reach the house, stop the address below the mail.
func Write(w Week, name string, now time.Time, base, stop string) *Letter {
	w.Asked = thisWeek(w)
	if len(w.Asked) == 0 && !w.Private && (w.Start == nil || len(w.Start.Read) == 0) {
		return nil
	}
	asked := w.Asked[:min(len(w.Asked), most)]
	t := w.Texts
	l := &Letter{Lang: t.Lang(), Subject: subject(t, asked, w.Busy), Greeting: greeting(t, name, now), Lead: lead(t, asked, w.Busy),
		Open: Link{t.T("notify.open"), base + "/week"}, Last: t.T("notify.last"), Why: t.T("notify.why"),
		Stop: Link{t.T("notify.stop"), stop}, Choose: Link{t.T("notify.choose"), base + "/account/mail"}}
	var ours, own Part
	ours.Title, own.Title = t.T("notify.asked"), t.T("notify.took_on")
	for _, a := range asked {
		if a.Task {
			own.Items = append(own.Items, item(t, a, w.Today, base))
		} else {
			ours.Items = append(ours.Items, item(t, a, w.Today, base))
		}
	}
	for _, p := range []Part{ours, own} {
		if len(p.Items) > 0 {
			l.Parts = append(l.Parts, p)
		}
	}
	l.Beside = beside(w)
	if w.Private {
		l.Private = t.T("notify.ready")
	}
	return l
}

// thisWeek leaves out what somebody took on for later: of tasks the mail only reminds of
// those that are due by Sunday, or were, and those whose last working day of the person is this week.
func thisWeek(w Week) []Asked {
	sunday := w.Today.Monday().Add(6)
	var out []Asked
	for _, a := range w.Asked {
		if a.Task && (a.DueOn == "" || cmp.Or(a.LastOn, a.DueOn) > sunday) {
			continue
		}
		out = append(out, a)
	}
	return out
}

func item(t *i18n.Texts, a Asked, today clock.Date, base string) Item {
	x := Item{Text: a.Text, Cost: t.T("notify.cost", "minutes", minutes(t, a.Minutes)), Voice: ics.Line(a.Voice), Why: a.Why, Link: Link{a.Do, base + orWeek(a.Link)}}
	switch {
	case a.Task && a.DueOn != "" && a.DueOn < today:
		x.When = t.T("notify.was_for", "date", t.Date(a.DueOn))
	case a.LastOn != "":
		x.When = t.T("notify.before_own", "date", t.Date(a.DueOn), "last", t.Date(a.LastOn))
	case a.DueOn != "":
		x.When = t.T("notify.before", "date", t.Date(a.DueOn))
	}
	if a.Task && x.Voice != "" { // one's own words say it; «you took this on» is the heading
		x.Text, x.Voice = x.Voice, ""
	}
	return x
}

// beside is a line for who is new, and one for who helps somebody on the way. A page to read is something
// open; who helps is said only beside that, or beside what is asked.
func beside(w Week) []string {
	t := w.Texts
	var out []string
	if s := w.Start; s != nil {
		line := t.T("notify.start_open")
		if s.Helper != "" {
			line = t.T("notify.start_helped", "name", ics.Line(s.Helper))
		}
		if len(s.Read) > 0 {
			line += " " + t.T("notify.start_read", "pages", t.List(titles(s.Read)))
		}
		out = append(out, line)
	}
	if len(w.Helps) > 0 {
		out = append(out, t.T("notify.helps", "names", ics.Line(t.List(w.Helps))))
	}
	return out
}

// titles puts each title between its marks.
func titles(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = "‘" + ics.Line(s) + "’"
	}
	return out
}

func orWeek(path string) string {
	if path == "" {
		return "/week"
	}
	return path
}

func subject(t *i18n.Texts, asked []Asked, busy string) string {
	switch {
	case len(asked) == 0:
		return t.T("notify.subject_bare")
	case busy != "" && len(asked) == 1 && asked[0].Decides && asked[0].DueOn != "":
		return t.T("notify.subject_decision", "day", t.Weekday(asked[0].DueOn.Weekday()))
	}
	return t.T("notify.subject", "n", len(asked), "things", things(t, len(asked)), "minutes", minutes(t, sum(asked)))
}

func lead(t *i18n.Texts, asked []Asked, busy string) string {
	switch {
	case len(asked) == 0:
		return ""
	case busy != "" && len(asked) == 1 && asked[0].Decides && asked[0].DueOn != "":
		return t.T("notify.lead_busy", "period", busy) + " " + t.T("notify.lead_decision", "day", t.Weekday(asked[0].DueOn.Weekday()), "minutes", minutes(t, asked[0].Minutes))
	case busy != "":
		return t.T("notify.lead_busy", "period", busy)
	}
	for _, a := range asked {
		if !a.Task {
			return t.T("notify.lead")
		}
	}
	return t.T("notify.lead_tasks")
}

func greeting(t *i18n.Texts, name string, now time.Time) string {
	first := school.FirstName(ics.Line(name))
	if now.In(t.Zone()).Hour() < 12 {
		return t.T("notify.morning", "name", first)
	}
	return t.T("notify.hello", "name", first)
}

func sum(asked []Asked) int {
	n := 0
	for _, a := range asked {
		n += a.Minutes
	}
	return n
}

// written are the numbers that are written out.
const written = 20

// number writes a small number out, as a letter does.
func number(t *i18n.Texts, n int) string {
	if n >= 1 && n <= written {
		return t.T("notify.number_" + strconv.Itoa(n))
	}
	return t.Number(n)
}

func things(t *i18n.Texts, n int) string { return t.T("notify.things", "n", n, "number", number(t, n)) }

func minutes(t *i18n.Texts, n int) string {
	return t.T("notify.minutes", "n", n, "number", number(t, n))
}

// Text is the letter as plain text.
func (l *Letter) Text() string {
	blocks := []string{strings.TrimSpace(l.Greeting + " " + l.Lead)}
	for _, p := range l.Parts {
		blocks = append(blocks, strings.ToUpper(p.Title[:1])+p.Title[1:]+":")
		for _, i := range p.Items {
			blocks = append(blocks, i.text())
		}
	}
	blocks = append(blocks, l.Beside...)
	if l.Private != "" {
		blocks = append(blocks, l.Private)
	}
	blocks = append(blocks, l.Open.Text+":\n"+l.Open.URL, l.Last, "-- \n"+l.Why+"\n"+l.Stop.Text+":\n"+l.Stop.URL+"\n"+l.Choose.Text+":\n"+l.Choose.URL)
	return strings.Join(blocks, "\n\n") + "\n"
}

func (i Item) text() string {
	lines := []string{"* " + i.Text}
	if i.Voice != "" {
		lines = append(lines, "  ‘"+i.Voice+"’")
	}
	for _, s := range []string{i.Why, strings.TrimSpace(i.Cost + " " + i.When)} {
		if s != "" {
			lines = append(lines, "  "+s)
		}
	}
	return strings.Join(append(lines, "  "+i.Link.Text+": "+i.Link.URL), "\n")
}

// HTML is the letter for mail programs that draw.
func (l *Letter) HTML(ctx context.Context) (string, error) {
	var b strings.Builder
	err := letterPage(l).Render(ctx, &b)
	return b.String(), err
}

// Build is the builder of KindWeek: it asks again, at the moment of sending, whether this
// person gets mail and what there is to say.
func (s *Service) Build(ctx context.Context, m mail.Message) (mail.Message, bool, error) {
	k, err := school.Knows(ctx, s.db, m.PersonID)
	if errs.IsAbsent(err) {
		return m, false, nil
	}
	if err != nil {
		return m, false, err
	}
	wants, err := s.WantsMonday(ctx, k.Person.ID)
	if err != nil || !wants {
		return m, false, err
	}
	w, still, err := s.week(ctx, k, m.At)
	if err != nil || !still {
		return m, false, err
	}
	now := s.now()
	if Write(w, k.Person.Name, now, s.base, "") == nil {
		return m, false, nil
	}
	stop, err := s.newStop(ctx, k.Person.ID, w.Today.Monday())
	if err != nil {
		return m, false, err
	}
	l := Write(w, k.Person.Name, now, s.base, stop)
	m.At, m.Address, m.Name, m.Subject, m.Text, m.Unsubscribe = now, k.Person.Email, k.Person.Name, l.Subject, l.Text(), stop
	m.HTML, err = l.HTML(ctx)
	return m, true, err
}

// week reads somebody's week, unless the day has become one on which nothing is said.
func (s *Service) week(ctx context.Context, k school.Known, planned time.Time) (Week, bool, error) {
	zone := k.Home().Location()
	day, today := clock.On(planned, zone), clock.On(s.now(), zone)
	var cal school.Calendar
	var err error
	if k.Home().ID != "" {
		if cal, err = s.schools.Calendar(ctx, k.Home().ID); err != nil {
			return Week{}, false, err
		}
	}
	if !Gets(k.Person, cal, day, today) {
		return Week{}, false, nil
	}
	w, err := s.weeks.Open(ctx, k)
	return w, err == nil, err
}
