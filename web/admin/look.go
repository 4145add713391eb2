package admin

import (
	"slices"
	"strconv"
	"strings"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/roster"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// look is what a list would do, as the page shows it.
type look struct {
	Text, Digest, Read string
	Columns            []column
	Org                *ui.Field
	Orgs               []ui.Option
	Sums               []sum
	Teams              []missing
	Groups             []group
	Leaving            group
	Same, Ready, Wait  int
	HasNew             bool
	FirstNew           string
	FirstTeams         string
	Whens              ui.Set
	On                 ui.Field
	Hidden             []ui.Pair
	Confirm            bool
}

// column says how a column of the list is read, and lets it be chosen.
type column struct {
	Name, Text string
	Off        bool
	Field      ui.Field
	Options    []ui.Option
}

// sum is how many share a verdict.
type sum struct {
	ID, Text string
	N        int
	Mind     bool
}

// group are the findings of one kind, the first of them.
type group struct {
	ID, Title, Note string
	Rows            []found
	All             string // to show the others too
	Folded          bool
}

// found is a row as the page shows it.
type found struct {
	Line        string
	Name, Email string
	Why         []string
	Changes     []change
	Note        string
	Notes       []string
	Href        string
	Mail        *ui.Field
	Days        *ui.Set
	DaysOK      string
	DaysSure    bool
	Choose      *ui.Set
	Leave       *ui.Set
}

// change is one thing that would become another; From is empty where something is added.
type change struct{ What, From, To string }

// missing is a team that is not there, with what can be done.
type missing struct {
	Field   ui.Field
	Options []ui.Option
	Note    string
}

// groups are the kinds of findings, in the order in which they stand on the page.
var groups = []string{"unclear", "changed", "leaving", "new"}

const (
	mostShown = 50   // of each kind, until all are asked for
	mostAsked = 300  // rows with fields: a form stays a form
	manyRows  = 1000 // from here on it takes longer than a page does
)

// expected are the columns that a list has, before there is one.
func expected(r *room.Request) []column {
	var out []column
	for _, c := range []string{"name", "email", "teams", "days", "function"} {
		out = append(out, column{Name: r.T.T("admin.column_" + c), Text: r.T.T("admin.column_" + c + "_text")})
	}
	return out
}

func (rm *Room) lookOf(d desk, s sent, found roster.Look) (*look, error) {
	r := d.r
	l := &look{Text: s.Proposal.Text, Digest: found.Digest, Confirm: slices.ContainsFunc(errs.FieldsOf(r.Err), func(f errs.Field) bool { return f.Key == "admin.list_confirm" })}
	l.Columns = d.columns(found.Layout)
	if len(found.Orgs) > 1 {
		f := ui.Field{Name: "org", Label: r.T.T("admin.which_org", "school", d.School.Name)}
		l.Org, l.Orgs = &f, []ui.Option{{Text: r.T.T("admin.choose_org")}}
		for _, o := range found.Orgs {
			l.Orgs = append(l.Orgs, ui.Option{Value: o, Text: o, On: o == found.Org})
		}
	}
	v := viewer{d: d, s: s, look: found}
	v.sort()
	if err := rm.leads(&v); err != nil {
		return nil, err
	}
	l.Teams = v.missing()
	l.Groups = []group{v.group("unclear", v.wait), v.group("changed", v.changed), v.group("leaving", v.leaving), v.group("new", v.fresh)}
	l.Same = roster.Count(found.Findings, roster.Same)
	l.Ready, l.Wait = len(v.changed)+len(v.fresh), len(v.wait)
	l.HasNew = len(v.fresh) > 0
	if l.HasNew {
		l.FirstNew, l.FirstTeams = v.fresh[0].Name, v.teamsOf(v.fresh[0])
	}
	for i, n := range []int{len(v.wait), len(v.changed), len(v.leaving), len(v.fresh)} {
		l.Sums = append(l.Sums, sum{groups[i], r.T.T("admin.sum_" + groups[i]), n, i == 0 && n > 0})
	}
	l.Sums = append(l.Sums, sum{"look", r.T.T("admin.sum_same"), l.Same, false})
	l.Read = d.reading(s, found)
	l.Whens, l.On = d.whens(s)
	l.Hidden = d.hidden(ui.Pair{Name: "digest", Value: l.Digest}, ui.Pair{Name: "pupils", Value: strconv.Itoa(s.LeftOut.Pupils)}, ui.Pair{Name: "parents", Value: strconv.Itoa(s.LeftOut.Parents)}, ui.Pair{Name: "others", Value: strconv.Itoa(s.LeftOut.Others)})
	l.Hidden = append(l.Hidden, l.unseen(r)...)
	for _, g := range s.Show {
		l.Hidden = append(l.Hidden, ui.Pair{Name: "show", Value: g})
	}
	return l, nil
}

// reading says how many rows were read, and who was left out.
func (d desk) reading(s sent, found roster.Look) string {
	out := d.r.T.T("admin.rows_read", "n", len(found.Findings)-roster.Count(found.Findings, roster.Leaving))
	if n := s.LeftOut.Pupils + s.LeftOut.Parents + s.LeftOut.Others; n > 0 {
		out += " " + d.r.T.T("admin.left_out", "n", n)
	}
	return out
}

// columns are the columns of a list with what they are taken for.
func (d desk) columns(l roster.Layout) []column {
	t := d.r.T
	var out []column
	for i, c := range l.Columns {
		title := l.Titles[i]
		if title == "" {
			title = t.T("admin.column_nth", "n", i+1)
		}
		x := column{Name: title, Off: c == roster.Nothing, Field: ui.Field{Name: "col-" + strconv.Itoa(i), Label: title, Quiet: true}}
		x.Options = append(x.Options, ui.Option{Value: "nothing", Text: t.T("admin.holds_nothing"), On: c == roster.Nothing})
		for _, o := range roster.Choosable {
			x.Options = append(x.Options, ui.Option{Value: string(o), Text: t.T("admin.holds_" + string(o)), On: o == c})
		}
		out = append(out, x)
	}
	return out
}

func (d desk) whens(s sent) (ui.Set, ui.Field) {
	t := d.r.T
	at := s.When
	if at == "" {
		at = "now"
	}
	monday := clock.On(nextMonday(d.r.Now(), d.School.Location()), d.School.Location())
	set := ui.Set{Name: "when", Legend: t.T("admin.when"), Wide: true}
	for _, w := range whens {
		set.Options = append(set.Options, ui.Option{Value: w, Text: t.T("admin.when_"+w, "day", t.Date(monday)), On: w == at})
	}
	on := ui.Field{Name: "on", Label: t.T("admin.when_on"), Hint: t.T("admin.when_on_hint"), Type: "date", Value: string(s.On), Error: d.r.Error("on")}
	return set, on
}

// daysText is working days in words.
func daysText(r *room.Request, days []int) string {
	parts := make([]string, len(days))
	for i, x := range days {
		parts[i] = r.T.T("admin.day_" + strconv.Itoa(x))
	}
	return strings.Join(parts, " ")
}

// unseen are the answers about rows that the page does not show now: they go along.
func (l *look) unseen(r *room.Request) []ui.Pair {
	seen := map[string]bool{}
	for _, m := range l.Teams {
		seen[m.Field.Name] = true
	}
	for _, g := range l.Groups {
		for _, x := range g.Rows {
			if x.Mail != nil {
				seen[x.Mail.Name] = true
			}
			for _, set := range []*ui.Set{x.Days, x.Choose, x.Leave} {
				if set != nil {
					seen[set.Name] = true
				}
			}
			seen[x.DaysOK] = true
		}
	}
	var out []ui.Pair
	f := r.Form()
	for _, name := range f.Names() {
		kind, _, _ := strings.Cut(name, "-")
		if seen[name] || !slices.Contains([]string{"e", "d", "k", "s", "y", "t", "l"}, kind) {
			continue
		}
		if kind == "d" {
			for _, d := range f.Choices(name, "1", "2", "3", "4", "5") {
				out = append(out, ui.Pair{Name: name, Value: d})
			}
			continue
		}
		out = append(out, ui.Pair{Name: name, Value: f.Typed(name)})
	}
	return out
}
