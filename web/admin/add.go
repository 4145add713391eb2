package admin

import (
	"context"
	"slices"
	"strings"

	"leerkring/account"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// found is a line of a list as the page shows it.
type found struct {
	Line    int
	Name    string
	Email   string
	Why     []string // of a refused line
	Changes []change
	Note    string // what somebody new would be
}

// change is one thing that would become another; From is empty where something is added.
type change struct{ What, From, To string }

// sum is how many lines share a verdict.
type sum struct {
	ID, Text string
	N        int
	Mind     bool
}

// look is what a pasted list would do.
type look struct {
	Digest                    string
	Sums                      []sum
	Refused, Changed, Joining []found
	Ready, Same               int
}

type addPage struct {
	desk
	Name, Email, Subject ui.Field
	Teams                []ui.Option
	List                 ui.Field
	Columns              []column
	Look                 *look
	Text                 string
	Letter               []string
	Invite               bool
	Mistakes             []ui.Mistake
	Open                 bool // the form for one colleague came back
}

// column says how a column of the list is read.
type column struct{ Name, Text string }

// largestList is the most that is pasted, in characters.
const largestList = 200_000

// Add is where people come in: one by one, or as a list that is looked at first.
func (rm *Room) Add(r *room.Request) error { return rm.add(r, nil, "") }

func (rm *Room) add(r *room.Request, l *look, text string) error {
	d, err := rm.at(r, "add")
	if err != nil {
		return err
	}
	teams, err := rm.Schools.Teams(r.Ctx(), r.Who(), d.School.ID)
	if err != nil {
		return err
	}
	one := r.R.Method != "POST" || r.R.URL.Path == "/admin/people"
	p := addPage{desk: d, Look: l, Text: text, Invite: r.Err == nil || r.Typed.Typed("invite") != ""}
	if one {
		p.Name, p.Email, p.Subject = r.Field("name", "admin.name", ""), r.Field("email", "admin.email", ""), r.Field("subject", "admin.subject", "")
		p.Open = r.Err != nil
	} else {
		p.Name, p.Email, p.Subject = ui.Field{Name: "name", Label: r.T.T("admin.name")}, ui.Field{Name: "email", Label: r.T.T("admin.email")}, ui.Field{Name: "subject", Label: r.T.T("admin.subject")}
	}
	p.Name.Max, p.Email.Max, p.Email.Type, p.Subject.Max = 80, 200, "email", 80
	for _, t := range teams {
		p.Teams = append(p.Teams, ui.Option{Value: t.ID, Text: t.Name, On: one && r.WasOn("teams", t.ID, false)})
	}
	p.List = ui.Field{Name: "people", Label: r.T.T("admin.your_list"), Hint: r.T.T("admin.list_hint"), Value: r.Was("people", text), Rows: 6, Wide: true,
		Placeholder: r.T.T("admin.list_example"), Attrs: map[string]any{"wrap": "off", "spellcheck": "false"}}
	if !one {
		p.List.Error = r.Error("people")
	}
	for _, c := range []string{"name", "email", "subject", "teams"} {
		p.Columns = append(p.Columns, column{r.T.T("admin.column_" + c), r.T.T("admin.column_" + c + "_text")})
	}
	p.Mistakes = r.Mistakes()
	if err := rm.letter(&p); err != nil {
		return err
	}
	h := d.head(r.T.T("admin.add_title"), r.T.T("admin.add_lead"))
	r.Style(&h, "roster")
	return r.Page(h, add(p))
}

// letter is what the invitation says, so that nobody sends what they have not read.
func (rm *Room) letter(p *addPage) error {
	r := p.r
	board, err := rm.Schools.BoardName(r.Ctx(), r.Who())
	name := r.T.T("admin.letter_name")
	if p.Look != nil && len(p.Look.Joining) > 0 {
		name = p.Look.Joining[0].Name
	}
	p.Letter = []string{r.T.T("account.mail.invitation.intro_by", "name", name, "by", r.Known.Person.Name, "board", board), r.T.T("account.mail.invitation.more"), r.T.T("account.mail.invitation.after")}
	return err
}

// invitation invites somebody in the act that adds them, unless that is left for later.
func (rm *Room) invitation(r *room.Request, now bool) school.Invite {
	if !now {
		return nil
	}
	return func(ctx context.Context, tx *db.Tx, personID string) error {
		_, err := rm.Accounts.Invite(ctx, tx, personID, r.Who().ID, account.AsStaff)
		return err
	}
}

// AddOne brings one colleague in.
func (rm *Room) AddOne(r *room.Request) error {
	d, err := rm.at(r, "add")
	if err != nil {
		return err
	}
	f := r.Form()
	n := school.NewStaff{Name: f.Line("name", 80), Email: f.Line("email", 200), Subject: f.Line("subject", 80), TeamIDs: f.IDs("teams", 200)}
	invite := f.Bool("invite")
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Add)
	}
	id, err := rm.Schools.AddColleague(r.Ctx(), r.Who(), d.School.ID, n, rm.invitation(r, invite))
	if err != nil {
		return r.Refused(err, rm.Add)
	}
	if invite {
		return r.Said(d.path("/admin/people/"+id), "admin_added_invited")
	}
	return r.Said(d.path("/admin/people/"+id), "admin_added")
}

// LookAtList tells what a list would do; nothing changes.
func (rm *Room) LookAtList(r *room.Request) error {
	d, err := rm.at(r, "add")
	if err != nil {
		return err
	}
	f := r.Form()
	text := f.Text("people", largestList)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Add)
	}
	l, err := rm.look(d, text)
	if err != nil {
		return r.Refused(err, rm.Add)
	}
	return rm.add(r, l, text)
}

// BringIn does what was shown, all of it or nothing.
func (rm *Room) BringIn(r *room.Request) error {
	d, err := rm.at(r, "add")
	if err != nil {
		return err
	}
	f := r.Form()
	text, digest, invite := f.Text("people", largestList), f.Line("digest", 100), f.Bool("invite")
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Add)
	}
	out, err := rm.Schools.BringIn(r.Ctx(), r.Who(), d.School.ID, text, digest, rm.invitation(r, invite))
	if errs.Is(err, errs.KindConflict) {
		r.Err = err
		l, e := rm.look(d, text)
		if e != nil {
			return e
		}
		return rm.add(r, l, text)
	}
	if err != nil {
		return r.Refused(err, rm.Add)
	}
	if invite && out.New > 0 {
		return r.Said(d.path("/admin"), "admin_brought_invited")
	}
	return r.Said(d.path("/admin"), "admin_brought")
}

func (rm *Room) look(d desk, text string) (*look, error) {
	r := d.r
	findings, err := rm.Schools.LookAtList(r.Ctx(), r.Who(), d.School.ID, text)
	if err != nil {
		return nil, err
	}
	teams, err := rm.Schools.Teams(r.Ctx(), r.Who(), d.School.ID)
	if err != nil {
		return nil, err
	}
	l := &look{Digest: school.Digest(findings)}
	for _, f := range findings {
		x := found{Line: f.Line, Name: f.Name, Email: f.Email}
		if x.Name == "" {
			x.Name = r.T.T("admin.no_name")
		}
		switch f.Verdict {
		case school.Refused:
			for _, w := range f.Why {
				x.Why = append(x.Why, r.Say(w))
			}
			l.Refused = append(l.Refused, x)
		case school.Changes:
			x.Changes = changes(r, f, teams)
			l.Changed = append(l.Changed, x)
		case school.Joins:
			x.Note = strings.Join(slices.DeleteFunc(append([]string{f.Subject}, teamNames(f.TeamIDs, teams)...), func(s string) bool { return s == "" }), ", ")
			l.Joining = append(l.Joining, x)
		default:
			l.Same++
		}
	}
	l.Ready = len(l.Changed) + len(l.Joining)
	l.Sums = []sum{{"refused", r.T.T("admin.sum_refused"), len(l.Refused), len(l.Refused) > 0}, {"changed", r.T.T("admin.sum_changed"), len(l.Changed), false},
		{"joining", r.T.T("admin.sum_new"), len(l.Joining), false}, {"look", r.T.T("admin.sum_same"), l.Same, false}}
	return l, nil
}

func changes(r *room.Request, f school.Finding, teams []school.Team) []change {
	var out []change
	if f.Subject != f.Before {
		out = append(out, change{r.T.T("admin.subject"), orDash(f.Before), f.Subject})
	}
	if len(f.TeamIDs) != len(f.Had) {
		more := slices.DeleteFunc(slices.Clone(f.TeamIDs), func(id string) bool { return slices.Contains(f.Had, id) })
		out = append(out, change{What: r.T.T("admin.also_in"), To: strings.Join(teamNames(more, teams), ", ")})
	}
	return out
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
