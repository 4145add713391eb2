package admin

import (
	"context"

	"leerkring/account"
	"leerkring/internal/db"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// addPage is where people come in: as a list that is looked at first, or one by one.
type addPage struct {
	desk
	Name, Email, Subject ui.Field
	Teams                []ui.Option
	Of                   ui.Set // a colleague, or somebody of the board; without options where only colleagues can be added
	List                 ui.Field
	File                 ui.Field
	Columns              []column
	Look                 *look
	Letter               []string
	Invite               bool // of one colleague
	Mistakes             []ui.Mistake
	Open                 bool // the form for one colleague came back
}

// Add is where people come in.
func (rm *Room) Add(r *room.Request) error { return rm.add(r, nil) }

func (rm *Room) add(r *room.Request, l *look) error {
	d, err := rm.at(r, "add")
	if err != nil {
		return err
	}
	teams, err := rm.Schools.Teams(r.Ctx(), r.Who(), d.School.ID)
	if err != nil {
		return err
	}
	p := addPage{desk: d, Look: l, Invite: r.Err == nil || r.Typed.Typed("invite") != ""}
	one := r.R.Method != "POST" || r.R.URL.Path == "/admin/people"
	if err := rm.single(&p, teams, one); err != nil {
		return err
	}
	p.List = ui.Field{Name: "people", Label: r.T.T("admin.your_list"), Hint: r.T.T("admin.list_hint"), Value: r.Was("people", ""), Rows: 6, Wide: true,
		Placeholder: r.T.T("admin.list_example"), Attrs: map[string]any{"wrap": "off", "spellcheck": "false"}}
	p.File = ui.Field{Name: "file", Label: r.T.T("admin.list_file"), Hint: r.T.T("admin.list_file_hint"), Wide: true}
	if !one {
		p.List.Error, p.File.Error = r.Error("people"), r.Error("file")
	}
	if l == nil {
		p.Columns = expected(r)
	} else {
		p.List.Value, p.List.Hint, p.Columns = l.Text, l.Read, l.Columns
	}
	p.Mistakes = r.Mistakes()
	if err := rm.letter(&p); err != nil {
		return err
	}
	h := d.head(r.T.T("admin.add_title"), r.T.T("admin.add_lead"))
	r.Style(&h, "roster")
	return r.Page(h, add(p))
}

// single is the form for one colleague; came tells that it is the form that came back.
func (rm *Room) single(p *addPage, teams []school.Team, came bool) error {
	r := p.r
	field := func(name, key string) ui.Field {
		if came {
			return r.Field(name, key, "")
		}
		return ui.Field{Name: name, Label: r.T.T(key)}
	}
	p.Name, p.Email, p.Subject = field("name", "admin.name"), field("email", "admin.email"), field("subject", "admin.subject")
	p.Name.Max, p.Email.Max, p.Email.Type, p.Subject.Max = 80, 200, "email", 80
	p.Open = came && r.Err != nil
	for _, t := range teams {
		p.Teams = append(p.Teams, ui.Option{Value: t.ID, Text: t.Name, On: came && r.WasOn("teams", t.ID, false)})
	}
	whole, err := rm.Schools.ForBoard(r.Ctx(), r.Who(), p.School)
	if err != nil || !whole {
		return err
	}
	board := came && r.Was("of", ofStaff) == ofBoard
	p.Of = ui.Set{Name: "of", Legend: r.T.T("admin.of"), Wide: true, Options: []ui.Option{
		{Value: ofStaff, Text: r.T.T("admin.of_staff"), On: !board},
		{Value: ofBoard, Text: r.T.T("admin.of_board"), Note: r.T.T("admin.of_board_note"), On: board},
	}}
	if came {
		p.Of.Error = r.Error("of")
	}
	return nil
}

// What somebody who is added is of.
const (
	ofStaff = "staff"
	ofBoard = "board"
)

// letter is what the invitation says, so that nobody sends what they have not read.
func (rm *Room) letter(p *addPage) error {
	r := p.r
	board, err := rm.Schools.BoardName(r.Ctx(), r.Who())
	name, because := r.T.T("admin.letter_name"), "account.mail.invitation.because"
	teams := ""
	if p.Look != nil && p.Look.FirstNew != "" {
		if name, teams = p.Look.FirstNew, p.Look.FirstTeams; teams != "" {
			because += "_teams"
		}
	}
	args := []any{"name", name, "by", r.Known.Person.Name, "board", board, "school", p.School.Name, "teams", teams}
	for _, key := range []string{"account.mail.invitation.intro_school", because, "account.mail.invitation.more", "account.mail.invitation.after"} {
		p.Letter = append(p.Letter, r.T.T(key, args...))
	}
	return err
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
	if f.Choice("of", "", ofStaff, ofBoard) == ofBoard {
		n.OfBoard, n.TeamIDs = true, nil
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Add)
	}
	if n.OfBoard { // it gives a right
		if err := rm.Door.Confirmed(r); err != nil {
			return rm.Door.Refused(r, err, d.path("/admin/people/new"), rm.Add)
		}
	}
	var send school.Invite
	if invite {
		send = func(ctx context.Context, tx *db.Tx, personID string) error {
			asked := account.Asking{Why: account.AsStaff, School: d.School.Name}
			if n.OfBoard { // the letter says that the board asks, and not that they work at the school
				asked.School = ""
			}
			_, err := rm.Accounts.InviteTo(ctx, tx, personID, r.Who().ID, asked)
			return err
		}
	}
	id, err := rm.Schools.AddColleague(r.Ctx(), r.Who(), d.School.ID, n, send)
	if err != nil {
		return r.Refused(err, rm.Add)
	}
	if invite {
		return r.Said(d.path("/admin/people/"+id), "admin_added_invited")
	}
	return r.Said(d.path("/admin/people/"+id), "admin_added")
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
