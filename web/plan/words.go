package plan

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"leerkring/block/plan"
	"leerkring/internal/clock"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// who is who does an action: a person, and what is said of others.
func (x reader) who(a plan.Action) string {
	return joined(x.page.People[a.OwnerID].Name, a.Who)
}

// when is the time of an action, in days and in words.
func (x reader) when(a plan.Action) string { return joined(x.days(a.FromOn, a.ToOn), a.When) }

func (x reader) days(from, to clock.Date) string {
	switch {
	case from != "" && to != "" && from != to:
		return x.r.T.Days(from, to)
	case from != "" && to == "":
		return x.t("from_day", "day", dayOf(x.r, from))
	case from == "" && to != "":
		return x.t("until_day", "day", dayOf(x.r, to))
	}
	return dayOf(x.r, from)
}

// dayOf is a day without its weekday, as it stands in tables and in the margin; with its
// year when that is another one.
func dayOf(r *room.Request, d clock.Date) string {
	if d == "" {
		return ""
	}
	t := d.Time()
	text := r.T.T("date.pattern.in_month", "day", strconv.Itoa(t.Day()), "month", r.T.Month(t.Month()))
	if year := t.Year(); year != r.Today().Time().Year() {
		text += " " + strconv.Itoa(year)
	}
	return text
}

func joined(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	for i := range max(len(out)-1, 0) { // a sentence that goes on has no full stop
		out[i] = strings.TrimRight(out[i], ".")
	}
	return strings.Join(out, ", ")
}

// short cuts a text at a word, for the name of a lane and for choosing from a list.
func short(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	cut := string([]rune(text)[:most])
	if i := strings.LastIndexByte(cut, ' '); i > most/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,.;:") + "…"
}

// lane is how long the name of a lane of the time path may be.
const lane = 30

// timeline draws actions and looks in time; nil while nothing has a day.
func (x reader) timeline() *ui.Timeline {
	path := x.page.Path
	if len(path.Months) == 0 {
		return nil
	}
	t := &ui.Timeline{Caption: x.t("path_caption"), Corner: x.t("col_what")}
	for _, m := range path.Months {
		t.Months = append(t.Months, ui.Span{Name: x.r.T.Month(m.Time().Month()), Units: 2})
	}
	actions := map[string]plan.Placed[plan.Action]{}
	for _, a := range x.page.Actions {
		actions[a.ID] = a
	}
	for _, b := range path.Bars {
		a := actions[b.ID]
		number := strconv.Itoa(b.Number)
		bar := ui.Bar{From: b.From, Length: b.Length, Text: number, Light: x.lesser(a.Is.GoalID), Says: x.t("path_says", "number", b.Number, "when", x.when(a.Is))}
		if who := first(x.who(a.Is)); b.Length > 2 && who != "" {
			bar.Text += "\u2002" + short(who, 9*b.Length)
		}
		t.Lanes = append(t.Lanes, ui.Lane{Name: short(a.Is.Text, lane), Bars: []ui.Bar{bar}})
	}
	var moments []ui.Bar
	for _, m := range path.Moments {
		moments = append(moments, ui.Bar{From: m.At, Says: dayOf(x.r, m.On)})
	}
	if len(moments) > 0 {
		t.Lanes = append(t.Lanes, ui.Lane{Name: x.t("section_looks"), Strong: true, Bars: moments})
	}
	return t
}

func first(list string) string {
	s, _, _ := strings.Cut(list, ",")
	return s
}

// lesser: actions for the second goal are drawn open, so that goals differ without colour.
func (x reader) lesser(goalID string) bool {
	for _, g := range x.page.Goals {
		if g.ID == goalID {
			return g.Number%2 == 0
		}
	}
	return false
}

// loose are the actions that have no day, with their time in words.
func (x reader) loose() []string {
	var out []string
	for _, id := range x.page.Path.Loose {
		for _, a := range x.page.Actions {
			if a.ID != id {
				continue
			}
			text := strconv.Itoa(a.Number) + "\u2002" + a.Is.Text
			if a.Is.When != "" {
				text += " (" + a.Is.When + ")"
			}
			out = append(out, text)
		}
	}
	return out
}

// start says with whom the team begins.
func (x reader) start() string {
	h := x.page.Plan.Head
	if h.Strategy == "" {
		if h.With == "" {
			return ""
		}
		return x.t("start_with", "who", h.With)
	}
	if h.With == "" {
		return x.t("start_" + string(h.Strategy))
	}
	return x.t("start_"+string(h.Strategy)+"_with", "who", h.With)
}

// moments are the days on which the team looks back.
func (x reader) moments() []ui.Moment {
	var out []ui.Moment
	for _, l := range x.page.Looks {
		m := ui.Moment{Date: x.t("day_open"), Question: l.Is.Question, Note: joined(l.Is.How, l.Is.Who)}
		if l.Is.On != "" {
			m.Date = dayOf(x.r, l.Is.On)
		}
		if changed := x.mark(l.Mark); changed != "" {
			m.Right = ui.Changed(changed)
		}
		out = append(out, m)
	}
	return out
}

// told is who hears what, as a table.
func (x reader) told() ui.Tabular {
	t := ui.Tabular{Caption: x.t("section_told"), Head: []string{x.t("col_who"), x.t("col_what"), x.t("col_when")}}
	for _, h := range x.page.Hearings {
		what := ui.Cell{Text: h.Is.What}
		if changed := x.mark(h.Mark); changed != "" {
			what.Body = ui.Changed(changed)
		}
		t.Rows = append(t.Rows, ui.Line{Name: ui.Cell{Text: h.Is.Who}, Cells: []ui.Cell{what, {Text: joined(dayOf(x.r, h.Is.On), h.Is.When)}}})
	}
	return t
}

// line is something fixed or free.
type line struct{ Text, Changed string }

func (x reader) core() []line {
	var out []line
	for _, c := range x.page.Core {
		out = append(out, line{c.Is.Text, x.mark(c.Mark)})
	}
	return out
}

func (x reader) free() []line {
	var out []line
	for _, c := range x.page.Room {
		out = append(out, line{c.Is.Text, x.mark(c.Mark)})
	}
	return out
}

// authors are those who wrote the plan, in the order in which they came in.
func (x reader) authors() []ui.Person {
	var out []ui.Person
	known := map[string]bool{"": true}
	add := func(id string) {
		if !known[id] && x.page.People[id].Name != "" {
			known[id] = true
			out = append(out, personOf(x.page, id))
		}
	}
	add(x.page.Plan.MadeBy)
	for _, g := range x.page.Goals {
		add(g.MadeBy)
	}
	for _, a := range x.page.Actions {
		add(a.MadeBy)
	}
	for _, c := range x.page.Core {
		add(c.MadeBy)
	}
	for _, c := range x.page.Room {
		add(c.MadeBy)
	}
	for _, h := range x.page.Hearings {
		add(h.MadeBy)
	}
	for _, l := range x.page.Looks {
		add(l.MadeBy)
	}
	return out
}

// firstNames are what colleagues call each other.
func firstNames(people []ui.Person) []string {
	out := make([]string, len(people))
	for i, p := range people {
		out[i] = school.FirstName(p.Name)
	}
	return out
}
