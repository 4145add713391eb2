package admin

import (
	"context"
	"strconv"

	"leerkring/access"
	"leerkring/account"
	"leerkring/internal/db"
	"leerkring/method"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

type teamRow struct {
	ID, Name, Kind string
	People         string
	Field          ui.Field
	Kinds          []ui.Option
	Open           bool
}

type teamsPage struct {
	desk
	Rows     []teamRow
	MayEdit  bool
	Name     ui.Field
	Kinds    []ui.Option
	Mistakes []ui.Mistake
}

// Teams shows the teams of the school, and makes and renames them.
func (rm *Room) Teams(r *room.Request) error {
	d, err := rm.at(r, "teams")
	if err != nil {
		return err
	}
	teams, err := rm.Schools.Teams(r.Ctx(), r.Who(), d.School.ID)
	if err != nil {
		return err
	}
	all, err := rm.Schools.Accounts(r.Ctx(), r.Who(), d.School.ID)
	if err != nil {
		return err
	}
	size := map[string]int{}
	for _, a := range all {
		for _, t := range a.TeamIDs {
			size[t]++
		}
	}
	p := teamsPage{desk: d, MayEdit: d.may(access.Edit, access.Team)}
	at := r.R.PathValue("id")
	for _, t := range teams {
		row := teamRow{ID: t.ID, Name: t.Name, Kind: r.T.T("admin.kind_" + string(t.Kind)), People: r.T.T("admin.team_people", "n", size[t.ID]), Open: r.Err != nil && at == t.ID,
			Field: ui.Field{Name: "name", ID: "name-" + t.ID, Label: r.T.T("admin.team_name"), Value: t.Name, Max: 80}}
		kept := string(t.Kind)
		if row.Open {
			row.Field.Value, row.Field.Error, kept = r.Was("name", t.Name), r.Error("name"), r.Was("kind", kept)
		}
		row.Kinds = kinds(r, kept)
		p.Rows = append(p.Rows, row)
	}
	p.Name = ui.Field{Name: "name", Label: r.T.T("admin.team_name"), Max: 80}
	kept := string(school.Department)
	if r.Err != nil && at == "" {
		p.Name.Value, p.Name.Error, kept = r.Was("name", ""), r.Error("name"), r.Was("kind", kept)
	}
	p.Kinds = kinds(r, kept)
	p.Mistakes = r.Mistakes()
	for i := range p.Mistakes {
		if at != "" && p.Mistakes[i].Field != "main" {
			p.Mistakes[i].Field = "name-" + at
		}
	}
	return r.Page(d.head(r.T.T("admin.teams_title"), r.T.T("admin.teams_lead")), teamsOf(p))
}

func kinds(r *room.Request, kept string) []ui.Option {
	var out []ui.Option
	for _, k := range school.TeamKinds {
		out = append(out, ui.Option{Value: string(k), Text: r.T.T("admin.kind_" + string(k)), On: kept == string(k)})
	}
	return out
}

func readTeam(r *room.Request) (name string, kind school.TeamKind, err error) {
	f := r.Form()
	name, kind = f.Line("name", 80), school.TeamKind(f.Line("kind", 20))
	return name, kind, f.Err()
}

// AddTeam makes a team.
func (rm *Room) AddTeam(r *room.Request) error {
	d, err := rm.at(r, "teams")
	if err != nil {
		return err
	}
	name, kind, err := readTeam(r)
	if err == nil {
		_, err = rm.Schools.AddTeam(r.Ctx(), r.Who(), d.School.ID, kind, name)
	}
	if err != nil {
		return r.Refused(err, rm.Teams)
	}
	return r.Said(d.path("/admin/teams"), "admin_team_added")
}

// RenameTeam gives a team another name or kind.
func (rm *Room) RenameTeam(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	d, err := rm.at(r, "teams")
	if err != nil {
		return err
	}
	name, kind, err := readTeam(r)
	if err == nil {
		err = rm.Schools.RenameTeam(r.Ctx(), r.Who(), school.Team{ID: id, SchoolID: d.School.ID, Kind: kind, Name: name})
	}
	if err != nil {
		return r.Refused(err, rm.Teams)
	}
	return r.Said(d.path("/admin/teams"), "admin_team_saved")
}

type settingsPage struct {
	desk
	Name      ui.Field
	Sectors   []ui.Option
	Languages []ui.Option
	Cap       ui.Field
	Colour    ui.Field
	Colours   []ui.Option
	Words     []ui.Field
	WordsOpen bool
	Version   string
}

// Settings shows what is decided about the school.
func (rm *Room) Settings(r *room.Request) error {
	d, err := rm.at(r, "school")
	if err != nil {
		return err
	}
	sc := d.School
	p := settingsPage{desk: d, Name: r.Field("name", "admin.school_name", sc.Name), Cap: r.Field("change_cap", "admin.change_cap", strconv.Itoa(sc.ChangeCap)), Version: strconv.Itoa(sc.Version)}
	p.Name.Max, p.Cap.Type, p.Cap.InputMode, p.Cap.Hint = 120, "number", "numeric", r.T.T("admin.change_cap_hint")
	p.Cap.Attrs = map[string]any{"min": "1", "max": "9"}
	for _, s := range school.Sectors {
		p.Sectors = append(p.Sectors, ui.Option{Value: string(s), Text: r.T.T("admin.sector_" + string(s)), On: r.Was("sector", string(sc.Sector)) == string(s)})
	}
	for _, l := range []string{"nl", "en"} {
		p.Languages = append(p.Languages, ui.Option{Value: l, Text: r.T.T("account.language_" + l), On: r.Was("language", sc.Language) == l})
	}
	p.Colour = ui.Field{Name: "colour", Label: r.T.T("admin.colour"), Hint: r.T.T("admin.colour_hint"), Error: r.Error("colour")}
	for _, c := range school.Colours {
		p.Colours = append(p.Colours, ui.Option{Value: string(c), Text: r.T.T("admin.colour_" + string(c)), On: r.Was("colour", string(sc.Colour)) == string(c)})
	}
	usual := r.House.Library.Words(method.Sector(sc.Sector), sc.Language, nil).All()
	for _, token := range method.Tokens {
		f := ui.Field{Name: "word-" + string(token), Label: usual[string(token)], Value: r.Was("word-"+string(token), sc.Words[string(token)]), Error: r.Error("word-" + string(token)), Max: 30}
		p.WordsOpen = p.WordsOpen || f.Value != "" || f.Error != ""
		p.Words = append(p.Words, f)
	}
	return r.Page(d.head(r.T.T("admin.school_title"), r.T.T("admin.school_lead")), settings(p))
}

// SaveSettings keeps it, and notes it in the security log.
func (rm *Room) SaveSettings(r *room.Request) error {
	d, err := rm.at(r, "school")
	if err != nil {
		return err
	}
	f := r.Form()
	n := school.Settings{Name: f.Line("name", 120), Sector: school.Sector(f.Line("sector", 10)), Language: f.Line("language", 5), ChangeCap: f.Int("change_cap", 1, 9), Colour: school.Colour(f.Line("colour", 20)), Words: map[string]string{}}
	for _, token := range method.Tokens {
		n.Words[string(token)] = f.Line("word-"+string(token), 60)
	}
	version := f.Int("version", 1, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Settings)
	}
	err = rm.Schools.Settle(r.Ctx(), r.Who(), d.School.ID, version, n, func(ctx context.Context, tx *db.Tx) error {
		return rm.Log.Append(ctx, tx, account.Event{ActorID: r.Who().ID, Kind: "school.changed", ObjectKind: "school", ObjectID: d.School.ID, BoardID: d.School.BoardID, Reach: account.OfWork})
	})
	if err != nil {
		return r.Refused(err, rm.Settings)
	}
	return r.Said(d.path("/admin/school/form"), "admin_school_saved")
}
