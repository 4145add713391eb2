package school_test

import (
	"context"
	"testing"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/school"
)

func (w *town) account(name string) school.Account {
	w.t.Helper()
	a, err := w.schools.AccountByID(w.t.Context(), w.who("admin"), w.id, w.people[name])
	w.ok(err)
	return a
}

func TestAccountsAreForWhoLooksAfterThem(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		team, err := w.schools.AddTeam(t.Context(), w.who("admin"), w.id, school.Department, "Sectie wiskunde")
		w.ok(err)
		w.ok(w.schools.ChangeStaff(t.Context(), w.who("admin"), w.id, w.people["noor"], 1, school.StaffChange{Name: "Noor Haddad", Email: "Noor@baken.example", Subject: "wiskunde", TeamIDs: []string{team}}, nil))
		w.exec(`update person set state = 'suspended' where id = $1`, w.people["sem"])
		w.ok(w.schools.Appoint(t.Context(), w.who("admin"), w.id, w.people["noor"], access.Role{Kind: access.RolePrivacy, SchoolID: w.id}))
		for _, who := range []string{"admin", "noor"} { // noor is privacy officer by now
			list, err := w.schools.Accounts(t.Context(), w.who(who), w.id)
			w.ok(err)
			states := map[school.State]int{}
			for _, a := range list {
				states[a.State]++
			}
			if len(list) != 4 || states[school.Suspended] != 1 {
				t.Errorf("%s sees %d accounts: %v", who, len(list), states)
			}
		}
		a := w.account("noor")
		if a.Name != "Noor Haddad" || a.Subject != "wiskunde" || len(a.TeamIDs) != 1 || !a.Holds(access.Role{Kind: access.RolePrivacy, SchoolID: w.id}) {
			t.Errorf("%+v", a)
		}
		for _, who := range []string{"leader", "outsider"} {
			w.refused("absent", func() error { _, err := w.schools.Accounts(t.Context(), w.who(who), w.id); return err })
			w.refused("absent", func() error {
				_, err := w.schools.AccountByID(t.Context(), w.who(who), w.id, w.people["noor"])
				return err
			})
		}
		w.refused("absent", func() error {
			_, err := w.schools.AccountByID(t.Context(), w.who("outsider"), w.otherID, w.people["noor"])
			return err
		})
		mine, err := w.schools.Schools(t.Context(), w.who("admin"))
		w.ok(err)
		if len(mine) != 1 || mine[0].ID != w.id {
			t.Errorf("%+v", mine)
		}
		if none, err := w.schools.Schools(t.Context(), w.who("leader")); err != nil || len(none) != 0 {
			t.Errorf("a leader looks after %v, %v", none, err)
		}
	})
}

func TestChangingAColleague(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		var old string
		moved := func(_ context.Context, _ *db.Tx, before string) error { old = before; return nil }
		change := func(who, schoolID, person string, version int, c school.StaffChange) error {
			return w.schools.ChangeStaff(t.Context(), w.who(who), schoolID, w.people[person], version, c, moved)
		}
		c := school.StaffChange{Name: "Sem Dijk", Email: "sem@baken.example", Subject: "Frans"}
		w.ok(change("admin", w.id, "sem", 1, c))
		if old != "" {
			t.Error("the address is the same, and somebody was told")
		}
		c.Email = "s.dijk@baken.example"
		w.ok(change("admin", w.id, "sem", 2, c))
		if old != "sem@baken.example" {
			t.Errorf("told %q", old)
		}
		w.refused("form.changed_meanwhile", func() error { return change("admin", w.id, "sem", 2, c) })
		w.refused("school.email_taken", func() error {
			return change("admin", w.id, "sem", 3, school.StaffChange{Name: "Sem Dijk", Email: "noor@baken.example"})
		})
		w.refused("school.name_length", func() error { return change("admin", w.id, "sem", 3, school.StaffChange{Name: "S", Email: c.Email}) })
		w.refused("absent", func() error { return change("admin", w.id, "outsider", 1, c) })
		w.refused("absent", func() error { return change("outsider", w.otherID, "sem", 3, c) })
		for _, who := range []string{"leader", "noor", "outsider"} {
			w.refused("absent", func() error { return change(who, w.id, "sem", 3, c) })
		}
	})
}

func TestTeamsGetOtherNames(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id, err := w.schools.AddTeam(t.Context(), w.who("admin"), w.id, school.Department, "Wiskunde")
		w.ok(err)
		_, err = w.schools.AddTeam(t.Context(), w.who("admin"), w.id, school.Department, "Talen")
		w.ok(err)
		team := school.Team{ID: id, SchoolID: w.id, Kind: school.Stream, Name: "Exact"}
		w.ok(w.schools.RenameTeam(t.Context(), w.who("admin"), team))
		if n := w.count(`select count(*) from team where id = $1 and name = 'Exact' and kind = 'stream'`, id); n != 1 {
			t.Error("it has its old name")
		}
		taken := team
		taken.Name = "Talen"
		w.refused("school.team_name_taken", func() error { return w.schools.RenameTeam(t.Context(), w.who("admin"), taken) })
		w.refused("absent", func() error { return w.schools.RenameTeam(t.Context(), w.who("leader"), team) })
		elsewhere := team
		elsewhere.SchoolID = w.otherID
		w.refused("absent", func() error { return w.schools.RenameTeam(t.Context(), w.who("outsider"), elsewhere) })
	})
}

func TestRolesAreGivenAndTaken(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		told := 0
		w.schools.OnRights(func(context.Context, *db.Tx, string, string, string) error { told++; return nil })
		timetabler := access.Role{Kind: access.RoleTimetabler, SchoolID: w.id}
		admin := access.Role{Kind: access.RoleAdmin, SchoolID: w.id}
		w.ok(w.schools.Appoint(t.Context(), w.who("admin"), w.id, w.people["sem"], timetabler))
		w.refused("school.role_held", func() error {
			return w.schools.Appoint(t.Context(), w.who("admin"), w.id, w.people["sem"], timetabler)
		})
		w.refused("school.last_admin", func() error {
			return w.schools.Relieve(t.Context(), w.who("admin"), w.id, w.people["admin"], admin)
		})
		for _, who := range []string{"leader", "noor", "sem", "outsider"} {
			w.refused("absent", func() error {
				return w.schools.Appoint(t.Context(), w.who(who), w.id, w.people[who], admin)
			})
			w.refused("absent", func() error {
				return w.schools.Relieve(t.Context(), w.who(who), w.id, w.people["admin"], admin)
			})
		}
		w.refused("absent", func() error {
			return w.schools.Appoint(t.Context(), w.who("admin"), w.id, w.people["outsider"], timetabler)
		})
		w.refused("form.choose", func() error {
			return w.schools.Appoint(t.Context(), w.who("admin"), w.id, w.people["sem"], access.Role{Kind: access.RoleTeamLeader, SchoolID: w.id})
		})
		w.refused("form.choose", func() error {
			return w.schools.Appoint(t.Context(), w.who("admin"), w.id, w.people["sem"], access.Role{Kind: access.RoleTimetabler, SchoolID: w.otherID})
		})
		w.ok(w.schools.Relieve(t.Context(), w.who("admin"), w.id, w.people["sem"], timetabler))
		if told != 2 || len(w.account("sem").Roles) != 0 || w.last("person", w.people["sem"]).Kind != "role.taken" {
			t.Errorf("told %d times; roles %v", told, w.account("sem").Roles)
		}
		w.ok(w.schools.Appoint(t.Context(), w.who("admin"), w.id, w.people["sem"], admin))
		w.ok(w.schools.Relieve(t.Context(), w.who("sem"), w.id, w.people["admin"], admin))
		before := told
		for range 2 { // by the command line: once it is given, the second time nothing changes
			_, err := w.schools.FirstAdmin(t.Context(), school.Founding{AdminName: "Noor", AdminEmail: "noor@baken.example"})
			w.ok(err)
		}
		if told != before+1 {
			t.Errorf("one role was given, and told %d times", told-before)
		}
		w.refused("absent", func() error { _, err := w.schools.Accounts(t.Context(), w.who("admin"), w.id); return err })
	})
}

func TestARoleAtTheBoardIsTheBoardsToGive(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		board := access.Role{Kind: access.RoleBoard}
		w.ok(w.schools.Appoint(t.Context(), w.who("admin"), w.id, w.people["sem"], board)) // the only school
		w.ok(w.schools.Relieve(t.Context(), w.who("admin"), w.id, w.people["sem"], board))
		w.exec(`insert into school (id, board_id, name, sector, language, zone, made_at) values ($1, $2, 'Tweede', 'vo', 'nl', 'Europe/Amsterdam', '2026-01-01T00:00:00.000000Z')`, newID(), w.board)
		w.refused("school.role_board", func() error {
			return w.schools.Appoint(t.Context(), w.who("admin"), w.id, w.people["sem"], board)
		})
	})
}

// Of two schools of one board, each with an admin: neither gives or takes what reaches the other school,
// by whatever name it is asked, and who looks after the whole board does.
func TestAnAdminOfOneSchoolGivesNoRoleOfTheBoard(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		second := newID()
		w.exec(`insert into school (id, board_id, name, sector, language, zone, made_at) values ($1, $2, 'Tweede', 'vo', 'nl', 'Europe/Amsterdam', '2026-01-01T00:00:00.000000Z')`, second, w.board)
		team, err := w.schools.AddTeam(t.Context(), w.who("admin"), w.id, school.YearTeam, "Onderbouw")
		w.ok(err)
		w.people["whole"] = w.add("whole")
		w.exec(`insert into role (id, person_id, kind, board_id, made_at) values ($1, $2, 'admin', $3, '2026-01-01T00:00:00.000000Z')`, newID(), w.people["whole"], w.board)
		wide := map[string]access.Role{
			"the board's own":                      {Kind: access.RoleBoard},
			"the board's own, as if of a school":   {Kind: access.RoleBoard, SchoolID: w.id},
			"admin of the whole board":             {Kind: access.RoleAdmin},
			"leader of the whole board":            {Kind: access.RoleLeader},
			"timetabler of the whole board":        {Kind: access.RoleTimetabler},
			"privacy officer of the whole board":   {Kind: access.RolePrivacy},
			"leader of a team, of the whole board": {Kind: access.RoleTeamLeader, TeamID: team},
		}
		roles := func() int {
			return w.count(`select count(*) from role where person_id in ($1, $2)`, w.people["sem"], w.people["admin"])
		}
		acts := map[string]func(who, person string, r access.Role) error{
			"give": func(who, person string, r access.Role) error {
				return w.schools.Appoint(t.Context(), w.who(who), w.id, w.people[person], r)
			},
			"take": func(who, person string, r access.Role) error {
				return w.schools.Relieve(t.Context(), w.who(who), w.id, w.people[person], r)
			},
		}
		was, entries := roles(), w.count(`select count(*) from journal`)
		for name, r := range wide {
			for act, do := range acts {
				for _, person := range []string{"sem", "admin"} { // to oneself neither
					if err := do("admin", person, r); refusal(err) != "school.role_board" {
						t.Errorf("%s %s of %s: %v", act, name, person, err)
					}
				}
				for _, who := range []string{"leader", "noor", "outsider"} {
					if err := do(who, "sem", r); refusal(err) != "absent" {
						t.Errorf("%s %s by %s: %v", act, name, who, err)
					}
				}
			}
		}
		w.refused("absent", func() error { // nor at the school beside it
			return w.schools.Appoint(t.Context(), w.who("admin"), second, w.people["sem"], access.Role{Kind: access.RoleLeader, SchoolID: second})
		})
		w.refused("school.role_board", func() error {
			_, err := w.schools.AddStaff(t.Context(), w.who("admin"), w.id, school.NewStaff{Name: "Hans Bestuur", Email: "hans@kust.example", OfBoard: true})
			return err
		})
		if roles() != was || w.count(`select count(*) from journal`) != entries || w.count(`select count(*) from person where email = 'hans@kust.example'`) != 0 {
			t.Error("a refusal wrote something")
		}
		w.ok(acts["give"]("admin", "sem", access.Role{Kind: access.RoleLeader, SchoolID: w.id})) // of the own school
		for name, r := range wide {
			if name == "the board's own, as if of a school" {
				continue // the same one
			}
			w.ok(acts["give"]("whole", "sem", r))
			if r.Kind == access.RoleBoard {
				r = wide["the board's own, as if of a school"]
			}
			w.ok(acts["take"]("whole", "sem", r))
		}
	})
}
