package publish

import (
	"context"
	"strconv"
	"strings"

	"leerkring/access"
	"leerkring/block/condition"
	"leerkring/block/plan"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/i18n"
	"leerkring/internal/paper"
	"leerkring/school"
	"leerkring/trajectory"
)

// planSheet puts a plan into words.
type planSheet struct {
	t    *i18n.Texts
	page plan.Page
	year int
}

// Plan is the plan of a trajectory as it stands. Absent for who may not take it along.
func (p *Press) Plan(ctx context.Context, q db.Queryer, seen trajectory.Seen, say Say) (paper.Document, error) {
	if err := seen.Must(access.Export, access.Plan, ""); err != nil {
		return paper.Document{}, err
	}
	page, err := p.Plans.Page(ctx, q, seen)
	if err != nil {
		return paper.Document{}, err
	}
	needs, err := p.Conditions.Read(ctx, q, seen)
	if err != nil {
		return paper.Document{}, err
	}
	t := say.T
	x := planSheet{t: t, page: page, year: seen.Today().Time().Year()}
	d := p.sheet(seen, say, t.T("publish.plan_title", "title", seen.Title), t.T("publish.plan"))
	d.Foot.Left = x.version()
	d.Blocks = []paper.Block{
		paper.Paragraph{Style: paper.Small, Line: paper.Text(x.state())},
		paper.Heading{Level: 1, Text: seen.Title},
		paper.Paragraph{Style: paper.Lead, Line: paper.Text(seen.Question)},
	}
	for _, part := range [][]paper.Block{x.why(), x.goals(), x.actions(), x.fixed(), x.needs(needs), x.told(), x.looks(), x.from()} {
		d.Blocks = append(d.Blocks, part...)
	}
	return d, nil
}

// state says where the plan is on its way.
func (x planSheet) state() string {
	kind := x.t.T("publish.plan")
	switch x.page.Plan.State {
	case plan.Settled:
		return x.t.T("publish.state_settled", "kind", kind, "date", x.t.DateLong(x.t.Day(x.page.Plan.SettledAt)))
	case plan.ToDecision:
		return x.t.T("publish.state_to_decision", "kind", kind)
	case plan.Discussed:
		return x.t.T("publish.state_discussed", "kind", kind)
	}
	return x.t.T("publish.state_concept", "kind", kind)
}

// version says which one somebody holds in their hands.
func (x planSheet) version() string {
	last := x.page.Last()
	switch {
	case last.Number == 0:
		return x.t.T("publish.version_none")
	case len(x.page.Changes) > 0:
		return x.t.T("publish.version_changed", "number", last.Number, "date", x.day(x.t.Day(last.MadeAt)))
	}
	return x.t.T("publish.version", "number", last.Number, "date", x.day(x.t.Day(last.MadeAt)))
}

func (x planSheet) why() []paper.Block {
	why, keep := voices(x.page.Plan.Head.Why), voices(x.page.Plan.Head.Keep)
	if len(why)+len(keep) == 0 {
		return nil
	}
	out := append([]paper.Block{paper.Heading{Level: 2, Text: x.t.T("publish.why")}}, why...)
	if len(keep) > 0 {
		box := append([]paper.Block{paper.Heading{Level: 3, Text: x.t.T("publish.keep")}}, keep...)
		out = append(out, paper.Columns{Framed: true, Columns: []paper.Column{{Tone: paper.Pale, Blocks: box}}})
	}
	return out
}

func (x planSheet) goals() []paper.Block {
	if len(x.page.Goals) == 0 {
		return nil
	}
	out := []paper.Block{paper.Heading{Level: 2, Text: x.t.T("publish.goals")}}
	for _, g := range x.page.Goals {
		out = append(out, paper.Heading{Level: 3, Text: x.t.T("publish.goal", "number", g.Number)}, paper.Paragraph{Style: paper.Voice, Line: paper.Text(g.Is.Text)})
		if g.Is.NoticedBy != "" {
			out = append(out, paper.Paragraph{Line: paper.Line{{Text: x.t.T("publish.noticed") + " ", Bold: true}, {Text: g.Is.NoticedBy}}})
		}
		var chain []paper.Line
		for _, l := range g.Is.Chain() {
			if l.Text != "" {
				chain = append(chain, paper.Line{{Text: x.link(l.Name) + " ", Bold: true}, {Text: l.Text}})
			}
		}
		if len(chain) > 0 {
			out = append(out, paper.List{Mark: paper.Number, Items: chain})
		}
	}
	return out
}

// link names one link of the chain.
func (x planSheet) link(name string) string {
	switch name {
	case "approach":
		return x.t.T("publish.chain_approach")
	case "teachers":
		return x.t.T("publish.chain_teachers")
	case "pupils":
		return x.t.T("publish.chain_pupils")
	}
	return x.t.T("publish.chain_result")
}

func (x planSheet) actions() []paper.Block {
	if len(x.page.Actions) == 0 {
		return nil
	}
	t := paper.Table{Caption: x.t.T("publish.actions_caption"), Head: []string{x.t.T("publish.what"), x.t.T("publish.who"), x.t.T("publish.when")}, Shares: []int{10, 6, 5}}
	add := func(title string, list []plan.Placed[plan.Action]) {
		if len(list) > 0 && title != "" {
			t.Rows = append(t.Rows, paper.Row{Group: title})
		}
		for _, a := range list {
			t.Rows = append(t.Rows, paper.Row{Cells: []paper.Line{x.what(a), paper.Text(x.orOpen(x.who(a.Is), "publish.who_open")), paper.Text(x.orOpen(x.when(a.Is), "publish.when_open"))}})
		}
	}
	for _, g := range x.page.Goals {
		add(x.t.T("publish.for_goal", "number", g.Number), x.page.Serving(g.ID))
	}
	loose := x.page.Serving("")
	if len(t.Rows) > 0 {
		add(x.t.T("publish.for_no_goal"), loose)
	} else {
		add("", loose)
	}
	out := []paper.Block{paper.Heading{Level: 2, Text: x.t.T("publish.actions")}}
	if start := x.start(); start != "" {
		out = append(out, paper.Paragraph{Line: paper.Text(start)})
	}
	return append(out, t)
}

// what is the first cell of an action: its number and words, below them time and pilot.
func (x planSheet) what(a plan.Placed[plan.Action]) paper.Line {
	l := paper.Line{{Text: strconv.Itoa(a.Number) + ". ", Bold: true}, {Text: a.Is.Text}}
	if a.Is.Hours != "" {
		l = append(l, paper.Span{Text: "\n" + x.t.T("publish.hours", "hours", a.Is.Hours), Quiet: true})
	}
	if a.Is.Pilot != "" {
		l = append(l, paper.Span{Text: "\n" + x.t.T("publish.pilot", "pilot", a.Is.Pilot), Quiet: true})
	}
	return l
}

func (x planSheet) orOpen(s, key string) string {
	if s == "" {
		return x.t.T(key)
	}
	return s
}

func (x planSheet) who(a plan.Action) string { return joined(x.page.People[a.OwnerID].Name, a.Who) }

func (x planSheet) when(a plan.Action) string {
	days := x.dated(a.FromOn)
	switch {
	case a.FromOn != "" && a.ToOn != "" && a.FromOn != a.ToOn:
		days = x.between(a.FromOn, a.ToOn)
	case a.FromOn != "" && a.ToOn == "":
		days = x.t.T("publish.from_day", "day", x.dated(a.FromOn))
	case a.FromOn == "" && a.ToOn != "":
		days = x.t.T("publish.until_day", "day", x.dated(a.ToOn))
	}
	return joined(days, a.When)
}

// dated is a day with its year: a plan on paper is read years later, and comes back as a file.
func (x planSheet) dated(d clock.Date) string {
	if d == "" {
		return ""
	}
	at := d.Time()
	return x.t.T("date.pattern.in_month", "day", strconv.Itoa(at.Day()), "month", x.t.Month(at.Month())) + " " + strconv.Itoa(at.Year())
}

// between are two days, with the year once when it is the same.
func (x planSheet) between(from, to clock.Date) string {
	if year := to.Time().Year(); from.Time().Year() == year {
		return x.t.Days(from, to) + " " + strconv.Itoa(year)
	}
	return x.dated(from) + " – " + x.dated(to)
}

// day is a day without its weekday, with its year when that is another one.
func (x planSheet) day(d clock.Date) string {
	if d == "" {
		return ""
	}
	at := d.Time()
	text := x.t.T("date.pattern.in_month", "day", strconv.Itoa(at.Day()), "month", x.t.Month(at.Month()))
	if at.Year() != x.year {
		text += " " + strconv.Itoa(at.Year())
	}
	return text
}

// start says with whom the team begins.
func (x planSheet) start() string {
	h := x.page.Plan.Head
	switch {
	case h.Strategy == "" && h.With == "":
		return ""
	case h.Strategy == "":
		return x.t.T("publish.start_with", "who", h.With)
	case h.Strategy == plan.Pilot && h.With == "":
		return x.t.T("publish.start_pilot")
	case h.Strategy == plan.Pilot:
		return x.t.T("publish.start_pilot_with", "who", h.With)
	case h.With == "":
		return x.t.T("publish.start_whole")
	}
	return x.t.T("publish.start_whole_with", "who", h.With)
}

func (x planSheet) fixed() []paper.Block {
	if len(x.page.Core)+len(x.page.Room) == 0 {
		return nil
	}
	return []paper.Block{paper.Heading{Level: 2, Text: x.t.T("publish.fixed")}, halves(x.t, paper.Tinted, 3, x.core(), x.room())}
}

func (x planSheet) core() []paper.Line {
	var out []paper.Line
	for _, c := range x.page.Core {
		out = append(out, paper.Text(c.Is.Text))
	}
	return out
}

func (x planSheet) room() []paper.Line {
	var out []paper.Line
	for _, c := range x.page.Room {
		out = append(out, paper.Text(c.Is.Text))
	}
	return out
}

// halves are what everybody does, beside what one chooses.
func halves(t *i18n.Texts, tone paper.Tone, level int, core, room []paper.Line) paper.Block {
	half := func(title, none string, m paper.Mark, list []paper.Line) []paper.Block {
		out := []paper.Block{paper.Heading{Level: level, Text: title}}
		if len(list) == 0 {
			return append(out, paper.Paragraph{Line: paper.Text(none)})
		}
		return append(out, paper.List{Mark: m, Items: list})
	}
	return paper.Columns{Framed: true, Columns: []paper.Column{
		{Share: 11, Tone: tone, Blocks: half(t.T("publish.core"), t.T("publish.core_none"), paper.Square, core)},
		{Share: 10, Blocks: half(t.T("publish.room"), t.T("publish.room_none"), paper.Ring, room)},
	}}
}

func (x planSheet) needs(page condition.Page) []paper.Block {
	if len(page.Conditions) == 0 {
		return nil
	}
	t := paper.Table{Caption: x.t.T("publish.needs"), Head: []string{x.t.T("publish.what"), x.t.T("publish.who"), x.t.T("publish.stands")}, Shares: []int{10, 6, 5}}
	for _, c := range page.Conditions {
		who := page.People[c.AnsweredBy].Name
		if who == "" {
			who = page.People[c.AskedID].Name
		}
		stands := x.needState(c.State)
		if c.Due != "" && (c.State == condition.Promised || c.State == condition.Later) {
			stands = joined(stands, x.t.T("publish.until_day", "day", x.dated(c.Due)))
		}
		t.Rows = append(t.Rows, paper.Row{Cells: []paper.Line{paper.Text(c.Text), paper.Text(x.orOpen(who, "publish.who_open")), paper.Text(stands)}})
	}
	return []paper.Block{paper.Heading{Level: 2, Text: x.t.T("publish.needs")}, t}
}

func (x planSheet) needState(s condition.State) string {
	switch s {
	case condition.Asked:
		return x.t.T("publish.need_asked")
	case condition.Promised:
		return x.t.T("publish.need_promised")
	case condition.Refused:
		return x.t.T("publish.need_refused")
	case condition.Later:
		return x.t.T("publish.need_later")
	case condition.Kept:
		return x.t.T("publish.need_kept")
	case condition.NotKept:
		return x.t.T("publish.need_not_kept")
	}
	return x.t.T("publish.need_spotted")
}

func (x planSheet) told() []paper.Block {
	if len(x.page.Hearings) == 0 {
		return nil
	}
	t := paper.Table{Caption: x.t.T("publish.told"), Head: []string{x.t.T("publish.who"), x.t.T("publish.what"), x.t.T("publish.when")}, Shares: []int{6, 10, 5}}
	for _, h := range x.page.Hearings {
		t.Rows = append(t.Rows, paper.Row{Cells: []paper.Line{paper.Text(h.Is.Who), paper.Text(h.Is.What), paper.Text(joined(x.dated(h.Is.On), h.Is.When))}})
	}
	return []paper.Block{paper.Heading{Level: 2, Text: x.t.T("publish.told")}, t}
}

func (x planSheet) looks() []paper.Block {
	if len(x.page.Looks) == 0 {
		return nil
	}
	m := paper.Moments{}
	for _, l := range x.page.Looks {
		m.Items = append(m.Items, paper.Moment{When: x.orOpen(x.dated(l.Is.On), "publish.day_open"), What: l.Is.Question, Note: x.lookNote(l.Is), Look: true})
	}
	return []paper.Block{paper.Heading{Level: 2, Text: x.t.T("publish.looks")}, m}
}

// lookNote says how a team looks back and who does: each with its name, or nobody could tell
// them apart.
func (x planSheet) lookNote(l plan.Look) string {
	var parts []string
	if l.How != "" {
		parts = append(parts, x.t.T("publish.look_how", "how", l.How))
	}
	if l.Who != "" {
		parts = append(parts, x.t.T("publish.look_who", "who", l.Who))
	}
	return strings.Join(parts, " · ")
}

// from says what was taken over from a plan that the team had already, a line for each paper.
func (x planSheet) from() []paper.Block {
	type taken struct{ goals, actions []int }
	var order []plan.PaperRef
	papers := map[string]*taken{}
	of := func(id string) *taken {
		p := x.page.Grounds[id].Paper
		if p.Is() && papers[p.ID] == nil {
			papers[p.ID] = &taken{}
			order = append(order, p)
		}
		return papers[p.ID]
	}
	for _, g := range x.page.Goals {
		if p := of(g.ID); p != nil {
			p.goals = append(p.goals, g.Number)
		}
	}
	for _, a := range x.page.Actions {
		if p := of(a.ID); p != nil {
			p.actions = append(p.actions, a.Number)
		}
	}
	var out []paper.Block
	for _, p := range order {
		var what []string
		if list := papers[p.ID].goals; len(list) > 0 {
			what = append(what, x.t.T("publish.from_goals", "n", len(list), "numbers", x.numbers(list)))
		}
		if list := papers[p.ID].actions; len(list) > 0 {
			what = append(what, x.t.T("publish.from_actions", "n", len(list), "numbers", x.numbers(list)))
		}
		key := "publish.from_plan"
		if p.Title != "" {
			key = "publish.from_plan_named"
		}
		said := x.t.T(key, "title", p.Title, "date", x.dated(x.t.Day(p.At)), "what", x.t.List(what))
		out = append(out, paper.Paragraph{Style: paper.Small, Line: paper.Text(said)})
	}
	return out
}

// numbers are figures in their order, those that follow each other as one stretch: 1–3 and 5.
func (x planSheet) numbers(list []int) string {
	var out []string
	for i := 0; i < len(list); {
		last := i
		for last+1 < len(list) && list[last+1] == list[last]+1 {
			last++
		}
		s := strconv.Itoa(list[i])
		if last > i {
			s += "–" + strconv.Itoa(list[last])
		}
		out = append(out, s)
		i = last + 1
	}
	return x.t.List(out)
}

// named are the names of people by their ids, without those who are not known.
func named(people map[string]school.Person, ids []string) []string {
	var out []string
	for _, id := range ids {
		if p, ok := people[id]; ok && p.Name != "" {
			out = append(out, p.Name)
		}
	}
	return out
}
