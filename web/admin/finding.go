package admin

import (
	"slices"
	"strconv"
	"strings"

	"leerkring/roster"
	"leerkring/web/ui"
)

// viewer makes rows of a page out of findings.
type viewer struct {
	d                             desk
	s                             sent
	look                          roster.Look
	wait, changed, leaving, fresh []roster.Finding
	leads                         map[string][]string // titles of what somebody leads
}

// sort puts the findings in their groups.
func (v *viewer) sort() {
	for _, f := range v.look.Findings {
		switch f.Verdict {
		case roster.Unclear, roster.Refused:
			v.wait = append(v.wait, f)
		case roster.Changed, roster.Back:
			v.changed = append(v.changed, f)
		case roster.Leaving:
			v.leaving = append(v.leaving, f)
		case roster.New:
			v.fresh = append(v.fresh, f)
		}
	}
}

// leads finds what the people lead who would leave, as far as the admin may see it.
func (rm *Room) leads(v *viewer) error {
	if rm.Leads == nil || len(v.leaving) == 0 {
		return nil
	}
	var ids []string
	for _, f := range v.leaving {
		ids = append(ids, f.PersonID)
	}
	var err error
	v.leads, err = rm.Leads(v.d.r.Ctx(), v.d.r.Who(), ids)
	return err
}

// group makes a group, with the first of its rows unless all were asked for.
func (v *viewer) group(id string, list []roster.Finding) group {
	t := v.d.r.T
	g := group{ID: id, Title: t.T("admin.group_" + id), Folded: id == "leaving" && len(list) > 5}
	if id == "unclear" {
		g.Note = t.T("admin.mend_here")
	}
	if id == "leaving" {
		g.Note = t.T("admin.leaving_note")
	}
	show := list
	if len(list) > mostShown && !slices.Contains(v.s.Show, id) {
		show, g.All = list[:mostShown], t.T("admin.show_all_rows", "n", len(list))
	}
	for i, f := range show {
		g.Rows = append(g.Rows, v.row(f, i < mostAsked))
	}
	return g
}

func (v *viewer) row(f roster.Finding, asks bool) found {
	r := v.d.r
	x := found{Name: f.Name, Email: f.Email}
	if f.Line > 0 {
		x.Line = strconv.Itoa(f.Line)
	}
	if x.Name == "" {
		x.Name = r.T.T("admin.no_name")
	}
	for _, w := range f.Why {
		x.Why = append(x.Why, r.Say(w))
	}
	for _, n := range f.Notes {
		x.Notes = append(x.Notes, r.Say(n))
	}
	if f.PersonID != "" && f.Known != "" {
		x.Href = v.d.path("/admin/people/" + f.PersonID)
	}
	for _, c := range f.Changes {
		x.Changes = append(x.Changes, v.change(c))
	}
	switch f.Verdict {
	case roster.New:
		x.Note = strings.Join(slices.DeleteFunc([]string{v.teamsOf(f), daysText(r, f.Set.Days), strings.Join(f.Set.Functions, ", "), f.Set.Subject}, func(s string) bool { return s == "" }), ", ")
	case roster.Back:
		x.Note = r.T.T("admin.comes_back")
	case roster.Leaving:
		v.leave(&x, f)
	}
	if asks {
		v.ask(&x, f)
	}
	return x
}

func (v *viewer) teamsOf(f roster.Finding) string {
	names := teamNames(f.Set.Join, v.look.Teams)
	return strings.Join(append(names, f.Set.Make...), ", ")
}

func (v *viewer) change(c roster.Change) change {
	r := v.d.r
	from, to := c.From, c.To
	if c.What == roster.TheDays {
		from, to = daysText(r, digitsOf(from)), daysText(r, digitsOf(to))
	}
	return change{r.T.T("admin.change_" + c.What), orDash(from), orDash(to)}
}

func digitsOf(s string) []int {
	var out []int
	for _, x := range strings.Fields(s) {
		n, _ := strconv.Atoi(x) // written by roster.DaysText
		out = append(out, n)
	}
	return out
}

// asked is what a row asks, and what was answered on it: an answer can be changed.
func (v *viewer) asked(f roster.Finding) []roster.Ask {
	c, out := v.s.Proposal.Choices, slices.Clone(f.Asks)
	add := func(yes bool, a roster.Ask) {
		if yes && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	add(c.Emails[f.Key] != "", roster.AskEmail)
	add(len(c.Days[f.Key]) > 0, roster.AskDays)
	add(c.Same[f.Key] != "" && len(f.Likely) > 0, roster.AskSame)
	add(c.Yes[f.Key] && f.Verdict == roster.Back, roster.AskBack)
	add(c.Yes[f.Key] && f.Verdict == roster.New, roster.AskHere)
	return out
}

func when(yes bool, s string) string {
	if yes {
		return s
	}
	return ""
}

// ask puts the fields on a row by which it becomes clear.
func (v *viewer) ask(x *found, f roster.Finding) {
	r, c := v.d.r, v.s.Proposal.Choices
	options := func(chosen string, pairs ...ui.Pair) []ui.Option {
		var out []ui.Option
		for _, p := range pairs {
			out = append(out, ui.Option{Value: p.Name, Text: p.Value, On: p.Name == chosen})
		}
		return out
	}
	for _, a := range v.asked(f) {
		switch a {
		case roster.AskEmail:
			x.Mail = &ui.Field{Name: "e-" + f.Key, Label: r.T.T("admin.email_of", "name", x.Name), Type: "email", Max: 200, Value: c.Emails[f.Key]}
		case roster.AskDays:
			set := ui.Set{Name: "d-" + f.Key, Legend: r.T.T("admin.days_of", "name", x.Name), Many: true, Quiet: true}
			for day := 1; day <= 5; day++ {
				set.Options = append(set.Options, ui.Option{Value: strconv.Itoa(day), Text: r.T.T("admin.day_" + strconv.Itoa(day)), On: slices.Contains(f.Week.Days, day)})
			}
			x.Days, x.DaysOK, x.DaysSure = &set, "k-"+f.Key, len(c.Days[f.Key]) > 0
		case roster.AskSame:
			pairs := []ui.Pair{}
			for _, who := range f.Likely {
				pairs = append(pairs, ui.Pair{Name: who.ID, Value: r.T.T("admin.same_as", "name", who.Name, "email", who.Email)})
			}
			x.Choose = &ui.Set{Name: "s-" + f.Key, Legend: r.T.T("admin.who_is", "name", x.Name), Options: options(c.Same[f.Key], append(pairs, ui.Pair{Name: roster.AnotherOne, Value: r.T.T("admin.another")})...)}
		case roster.AskHere, roster.AskBack:
			x.Choose = &ui.Set{Name: "y-" + f.Key, Legend: r.T.T("admin.choose_for", "name", x.Name), Options: options(when(c.Yes[f.Key], "true"), ui.Pair{Name: "true", Value: r.T.T("admin.yes_" + string(a))}, ui.Pair{Name: "false", Value: r.T.T("admin.not_now")})}
		}
	}
}

// leave lets the admin say that somebody leaves, and tells what is handed over first.
func (v *viewer) leave(x *found, f roster.Finding) {
	r := v.d.r
	if f.Left == "gone" {
		x.Notes = append(x.Notes, r.T.T("admin.left_by_source"))
	}
	if titles := v.leads[f.PersonID]; len(titles) > 0 {
		x.Notes = append(x.Notes, r.T.T("admin.leads_still", "titles", r.T.List(titles)))
	}
	if !f.Mayleave {
		return
	}
	goes := v.s.Proposal.Choices.Leave[f.PersonID]
	x.Leave = &ui.Set{Name: "l-" + f.PersonID, Legend: x.Name, Quiet: true, Options: []ui.Option{
		{Value: "stays", Text: r.T.T("admin.stays"), On: !goes}, {Value: "leaves", Text: r.T.T("admin.leaves"), On: goes}}}
}

// missing are the teams that are not there, each once, with how many rows name it.
func (v *viewer) missing() []missing {
	r, n, names := v.d.r, map[string]int{}, map[string]string{}
	var order []string
	count := func(list []string) {
		for _, name := range list {
			k := roster.TeamKey(name)
			if n[k] == 0 {
				order, names[k] = append(order, k), name
			}
			n[k]++
		}
	}
	for _, f := range v.look.Findings {
		count(f.Missing)
	}
	var out []missing
	for _, k := range order {
		if len(out) == mostAsked {
			break
		}
		chosen := v.s.Proposal.Choices.Teams[k]
		m := missing{Field: ui.Field{Name: "t-" + k, Label: names[k]}, Note: r.T.T("admin.team_rows", "n", n[k])}
		m.Options = []ui.Option{{Text: r.T.T("admin.team_choose"), On: chosen == ""}, {Value: roster.MakeIt, Text: r.T.T("admin.team_make"), On: chosen == roster.MakeIt}, {Value: roster.LeaveIt, Text: r.T.T("admin.team_leave"), On: chosen == roster.LeaveIt}}
		for _, t := range v.look.Teams {
			m.Options = append(m.Options, ui.Option{Value: t.ID, Text: t.Name, On: chosen == t.ID, Group: r.T.T("admin.team_is")})
		}
		out = append(out, m)
	}
	return out
}
