package trajectory

import (
	"leerkring/method"
	"leerkring/trajectory"
)

// doing are the things to do that a team meets without asking for more.
func doing(stage *method.Stage) []method.Activity {
	var out []method.Activity
	for _, a := range stage.Activities {
		if a.Weight == method.Core {
			out = append(out, a)
		}
	}
	return out
}

// lists are the short lists that belong to them.
func listsFor(stage *method.Stage) []method.Checklist {
	var out []method.Checklist
	for _, c := range stage.Checklists {
		if c.Weight == method.Core {
			out = append(out, c)
		}
	}
	return out
}

func minutesOf(list []method.Activity) int {
	n := 0
	for _, a := range list {
		n += a.Minutes
	}
	return n
}

// sessionHref is where the session of an activity is planned; empty when the house does not
// have it, or when nobody works here now.
func (p *showPage) sessionHref(a method.Activity) string {
	if a.Session == "" || p.Earlier || p.Seen.State != trajectory.Active || p.Seen.Role == trajectory.NoOne {
		return ""
	}
	if _, ok := p.r.House.Library.Latest(a.Session); !ok {
		return ""
	}
	return "/sessions/new?method=" + a.Session + "&trajectory=" + p.Seen.ID
}

// sheet is a form to look or to write with, as it is printed: what is filled in on each
// line, and what stands above and below once.
type sheet struct {
	Above   []method.Field
	Columns []method.Field
	Lines   []int
	Below   []method.Field
	Self    bool // for whoever writes it alone
}

// mostLines is what fits on one page beside the rest.
const mostLines = 8

func sheetOf(stage *method.Stage) sheet {
	s := sheet{}
	lines := 0
	for _, f := range stage.Fields {
		switch {
		case f.Most > 1:
			s.Columns = append(s.Columns, f)
			lines = max(lines, min(f.Most, mostLines))
		case len(s.Columns) == 0:
			s.Above = append(s.Above, f)
		default:
			s.Below = append(s.Below, f)
		}
		s.Self = s.Self || f.For == method.ForSelf
	}
	if lines == 0 { // no columns: everything stands under each other
		s.Above, s.Below = nil, s.Above
	}
	s.Lines = make([]int, lines)
	return s
}
