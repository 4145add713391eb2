package school_test

import (
	"slices"
	"testing"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/school"
)

func TestFoundMakesABoardWithItsSchoolAndAdmin(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		k := w.known("admin")
		if k.Home().Name != "Het Baken" || k.Home().Sector != school.Secondary || k.Home().Zone != "Europe/Amsterdam" || k.Person.State != school.Active {
			t.Errorf("%+v", k)
		}
		if len(k.Who.Roles) != 1 || k.Who.Roles[0] != (access.Role{Kind: access.RoleAdmin, SchoolID: w.id}) {
			t.Errorf("roles %v", k.Who.Roles)
		}
		if other := w.known("outsider"); other.Home().Zone != "Europe/Brussels" || other.Who.BoardID == k.Who.BoardID {
			t.Errorf("the other board: %+v", other.Home())
		}
		if e := w.last("school", w.id); e.Kind != "school.founded" || e.ActorID != "house" || e.To != 1 {
			t.Errorf("journal %+v", e)
		}
		for _, f := range []school.Founding{
			{Board: "x", School: school.School{Name: "H"}, AdminName: "Bea Heer", AdminEmail: "b@baken.example"},
			{Board: "x", School: school.School{Name: "Het Baken", Sector: "hbo"}, AdminName: "Bea Heer", AdminEmail: "b@baken.example"},
			{Board: "x", School: school.School{Name: "Het Baken"}, AdminName: "Admin", AdminEmail: "b@baken.example"},
			{Board: "x", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "nowhere"},
		} {
			before := w.state()
			if _, err := w.schools.Found(t.Context(), f); err == nil || w.state() != before {
				t.Errorf("%+v was founded", f)
			}
		}
	})
}

func TestFirstAdminServesAnEmptyHouseAndAnOldOne(t *testing.T) {
	t.Parallel()
	f := school.Founding{Board: "Bestuur", School: school.School{Name: "De Brug", Sector: school.Primary}, AdminName: "Mies Boom", AdminEmail: " Mies@Brug.example "}
	each := func(t *testing.T, w *town) {
		// an old house: one more admin of the oldest school, however often it is asked
		for range 2 {
			id, err := w.schools.FirstAdmin(t.Context(), f)
			w.ok(err)
			w.people["mies"] = id
		}
		k := w.known("mies")
		if k.Home().ID != w.id || len(k.Who.Roles) != 1 || k.Who.Roles[0].Kind != access.RoleAdmin || k.Person.Email != "mies@brug.example" {
			t.Errorf("%+v %+v", k.Who, k.Person)
		}
		if n := w.count(`select count(*) from school where name = 'De Brug'`); n != 0 {
			t.Error("a second school was made")
		}
	}
	runEach(t, each)
	runEmpty(t, func(t *testing.T, d *db.DB, s *school.Service) {
		id, err := s.FirstAdmin(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		k, err := school.Knows(t.Context(), d, id)
		if err != nil || k.Home().Name != "De Brug" || len(k.Who.Roles) != 1 {
			t.Errorf("%+v %v", k, err)
		}
	})
}

func TestAddStaffTwiceIsOnePerson(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		add := func(n school.NewStaff) string {
			id, err := w.schools.AddStaff(t.Context(), w.who("admin"), w.id, n)
			w.ok(err)
			return id
		}
		team, err := w.schools.AddTeam(t.Context(), w.who("admin"), w.id, school.Department, "Talen")
		w.ok(err)
		first := add(school.NewStaff{Name: "Leyla Kaya", Email: "leyla@baken.example", Subject: "Engels"})
		again := add(school.NewStaff{Name: "Leyla K.", Email: " LEYLA@baken.example", Subject: "Duits", TeamIDs: []string{team, newID()}})
		if first != again {
			t.Fatal("one address is one person")
		}
		people, teams, err := w.schools.People(t.Context(), w.who("noor"), w.id)
		w.ok(err)
		i := slices.IndexFunc(people, func(s school.Staff) bool { return s.ID == first })
		if i < 0 || people[i].Name != "Leyla Kaya" || people[i].Subject != "Duits" || !slices.Equal(people[i].TeamIDs, []string{team}) || people[i].State != school.Invited {
			t.Errorf("%+v", people)
		}
		if len(people) != 5 || len(teams) != 1 { // admin, leader, noor, sem, leyla
			t.Errorf("%d people, %d teams", len(people), len(teams))
		}
		if e := w.last("person", first); e.Kind != "person.added" || e.SchoolID != w.id || e.ActorID != w.people["admin"] {
			t.Errorf("journal %+v", e)
		}
		for name, n := range map[string]school.NewStaff{
			"school.name_length":   {Name: "L", Email: "l@baken.example"},
			"school.name_unseen":   {Name: "Noor\u202eHaddad", Email: "l@baken.example"},
			"school.name_reserved": {Name: "Béheerder.", Email: "l@baken.example"},
			"school.email_shape":   {Name: "Leyla Kaya", Email: "l@baken"},
		} {
			w.refused(name, func() error { _, err := w.schools.AddStaff(t.Context(), w.who("admin"), w.id, n); return err })
		}
		for _, name := range []string{"noor", "leader", "outsider"} {
			w.refused("absent", func() error {
				_, err := w.schools.AddStaff(t.Context(), w.who(name), w.id, school.NewStaff{Name: "Leyla Kaya", Email: "x@baken.example"})
				return err
			})
		}
	})
}

func TestAGuestWhoIsAddedIsAColleagueFromThenOn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		here, err := school.Read(t.Context(), w.d, w.id)
		w.ok(err)
		var id string
		w.ok(w.d.Write(t.Context(), func(tx *db.Tx) error {
			id, err = w.schools.AddGuest(t.Context(), tx, w.who("noor"), here, "Gijs Vreemd", "gijs@elders.example")
			return err
		}))
		w.exec(`update person set state = 'active' where id = $1`, id)
		w.people["gijs"] = id
		if k := w.known("gijs"); k.Who.Kind != access.Guest || len(k.Schools) != 0 || k.Home().ID != "" {
			t.Errorf("a guest: %+v", k)
		}
		if _, _, err := w.schools.People(t.Context(), w.who("gijs"), w.id); refusal(err) != "absent" {
			t.Errorf("a guest saw the list of people: %v", err)
		}
		w.refused("absent", func() error {
			return w.schools.Appoint(t.Context(), w.who("admin"), w.id, id, access.Role{Kind: access.RoleAdmin, SchoolID: w.id})
		})
		same, err := w.schools.AddStaff(t.Context(), w.who("admin"), w.id, school.NewStaff{Name: "Gijs Vreemd", Email: "gijs@elders.example"})
		w.ok(err)
		if k := w.known("gijs"); same != id || k.Who.Kind != access.Staff || k.Home().ID != w.id {
			t.Errorf("a colleague: %+v", k.Who)
		}
		w.ok(w.d.Write(t.Context(), func(tx *db.Tx) error {
			again, err := w.schools.AddGuest(t.Context(), tx, w.who("noor"), here, "Gijs Vreemd", "gijs@elders.example")
			if again != id {
				t.Error("inviting somebody who is known makes no second account")
			}
			return err
		}))
		if k := w.known("gijs"); k.Person.Guest {
			t.Error("an invitation made a guest of a colleague")
		}
	})
}

func TestKnowsIsReadAtTheMomentOfUse(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for state, there := range map[school.State]bool{school.Active: true, school.Invited: false, school.Suspended: false, school.Left: false} {
			w.exec(`update person set state = $2 where id = $1`, w.people["noor"], string(state))
			if _, err := school.Knows(t.Context(), w.d, w.people["noor"]); (err == nil) != there {
				t.Errorf("%s: %v", state, err)
			}
		}
		if _, err := school.Knows(t.Context(), w.d, newID()); refusal(err) != "absent" {
			t.Errorf("nobody: %v", err)
		}
		found, err := school.ByEmail(t.Context(), w.d, "SEM@baken.example")
		w.ok(err)
		if len(found) != 1 || found[0].ID != w.people["sem"] {
			t.Errorf("by address: %v", found)
		}
		w.exec(`update person set state = 'suspended' where id = $1`, w.people["sem"])
		if found, err = school.ByEmail(t.Context(), w.d, "sem@baken.example"); err != nil || len(found) != 0 {
			t.Errorf("somebody suspended: %v %v", found, err)
		}
	})
}

func TestHomeIsTheSchoolWithMostTeams(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.exec(`insert into school (id, board_id, name, sector, language, zone, made_at) values ($1, $2, 'Tweede', 'vo', 'nl', 'Europe/Amsterdam', $3)`, "00second", w.board, w.clock.Now())
		w.exec(`insert into staff (person_id, school_id) values ($1, '00second')`, w.people["noor"])
		if got := w.known("noor"); got.Home().ID != "00second" || len(got.Who.Schools) != 2 {
			t.Errorf("without teams the order is fixed: %+v", got.Home())
		}
		team, err := w.schools.AddTeam(t.Context(), w.who("admin"), w.id, school.YearTeam, "Onderbouw")
		w.ok(err)
		w.exec(`insert into team_member (team_id, person_id) values ($1, $2)`, team, w.people["noor"])
		if got := w.known("noor"); got.Home().ID != w.id || !slices.Equal(got.Who.Teams, []string{team}) {
			t.Errorf("%+v", got.Home())
		}
	})
}

func TestRoles(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		admin := w.who("admin")
		team, err := w.schools.AddTeam(t.Context(), admin, w.id, school.YearTeam, "Onderbouw")
		w.ok(err)
		theirs, err := w.schools.AddTeam(t.Context(), w.who("outsider"), w.otherID, school.YearTeam, "Onderbouw")
		w.ok(err)
		lead := access.Role{Kind: access.RoleTeamLeader, SchoolID: w.id, TeamID: team}
		w.ok(w.schools.Appoint(t.Context(), admin, w.id, w.people["sem"], lead))
		w.refused("school.role_held", func() error { return w.schools.Appoint(t.Context(), admin, w.id, w.people["sem"], lead) })
		if got := w.who("sem").Roles; len(got) != 1 || got[0] != lead {
			t.Errorf("roles %v", got)
		}
		if e := w.last("person", w.people["sem"]); e.Kind != "role.given" || e.ActorID != admin.ID {
			t.Errorf("journal %+v", e)
		}
		w.ok(w.schools.Appoint(t.Context(), admin, w.id, w.people["noor"], access.Role{Kind: access.RoleBoard}))
		if got := w.who("noor").Roles; len(got) != 1 || got[0].SchoolID != "" {
			t.Errorf("a board member reaches the board: %v", got)
		}
		leader := access.Role{Kind: access.RoleLeader}
		for _, c := range []struct {
			name, who, school, person string
			role                      access.Role
			want                      string
		}{
			{"a teacher gives no roles", "noor", w.id, w.people["sem"], leader, "absent"},
			{"a leader gives no roles", "leader", w.id, w.people["sem"], leader, "absent"},
			{"an admin elsewhere", "outsider", w.id, w.people["sem"], leader, "absent"},
			{"to somebody of another board", "admin", w.id, w.people["outsider"], leader, "absent"},
			{"at a school of another board", "admin", w.otherID, w.people["sem"], leader, "absent"},
			{"to nobody", "admin", w.id, newID(), leader, "absent"},
			{"over a team of another school", "admin", w.id, w.people["sem"], access.Role{Kind: access.RoleTeamLeader, TeamID: theirs}, "absent"},
			{"over no team", "admin", w.id, w.people["sem"], access.Role{Kind: access.RoleTeamLeader}, "form.choose"},
			{"of an unknown kind", "admin", w.id, w.people["sem"], access.Role{Kind: 99}, "form.choose"},
		} {
			t.Run(c.name, func(t *testing.T) {
				c.role.SchoolID = c.school
				w.refused(c.want, func() error { return w.schools.Appoint(t.Context(), w.who(c.who), c.school, c.person, c.role) })
			})
		}
		leaders, err := w.schools.Leaders(t.Context(), w.who("noor"), w.id)
		w.ok(err)
		if len(leaders) != 2 || leaders[0].ID != w.people["leader"] || leaders[1].ID != w.people["sem"] {
			t.Errorf("leaders %v", leaders)
		}
	})
}

func TestTeamsHaveNamesOfTheirOwn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		_, err := w.schools.AddTeam(t.Context(), w.who("admin"), w.id, school.Department, " Talen ")
		w.ok(err)
		w.refused("school.team_name_taken", func() error {
			_, err := w.schools.AddTeam(t.Context(), w.who("admin"), w.id, school.PLC, "Talen")
			return err
		})
		w.refused("form.choose", func() error {
			_, err := w.schools.AddTeam(t.Context(), w.who("admin"), w.id, "club", "Schaken")
			return err
		})
		w.refused("absent", func() error {
			_, err := w.schools.AddTeam(t.Context(), w.who("noor"), w.id, school.PLC, "Rekenen")
			return err
		})
		if _, err = w.schools.AddTeam(t.Context(), w.who("outsider"), w.otherID, school.Department, "Talen"); err != nil {
			t.Errorf("another school has names of its own: %v", err)
		}
		teams, err := w.schools.Teams(t.Context(), w.who("sem"), w.id)
		w.ok(err)
		if len(teams) != 1 || teams[0].Name != "Talen" || teams[0].Kind != school.Department {
			t.Errorf("%v", teams)
		}
	})
}

func TestDetailsOfTheOwnAccount(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		today := clock.Date("2026-03-19")
		w.ok(w.schools.Update(t.Context(), w.who("noor"), school.Details{Name: " Noor Haddad ", Language: "en", Theme: "dark", WorkingDays: []int{1, 3}, AwayUntil: "2026-04-01"}, today))
		p := w.known("noor").Person
		if p.Name != "Noor Haddad" || p.Language != "en" || p.Theme != "dark" || !slices.Equal(p.WorkingDays, []int{1, 3}) || p.AwayUntil != "2026-04-01" || p.Version != 2 || p.Email != "noor@baken.example" {
			t.Errorf("%+v", p)
		}
		if e := w.last("person", p.ID); e.Kind != "person.changed" || e.From != 1 || e.To != 2 {
			t.Errorf("journal %+v", e)
		}
		for want, d := range map[string]school.Details{
			"school.name_of_colleague": {Name: "NAAM  Sém"},
			"school.name_unseen":       {Name: "Noor\u200bHaddad"},
			"school.day_unknown":       {Name: "Noor Haddad", WorkingDays: []int{6}},
			"school.away_until_day":    {Name: "Noor Haddad", AwayUntil: "2026-03-19"},
			"school.language_unknown":  {Name: "Noor Haddad", Language: "fr"},
			"school.theme_unknown":     {Name: "Noor Haddad", Theme: "pink"},
		} {
			w.refused(want, func() error { return w.schools.Update(t.Context(), w.who("noor"), d, today) })
		}
		w.ok(w.schools.Update(t.Context(), w.who("noor"), school.Details{Name: "noor haddad"}, today)) // the own name, written otherwise
		names, err := school.Names(t.Context(), w.d, w.board, []string{p.ID, w.people["outsider"], newID()})
		w.ok(err)
		if len(names) != 1 || names[p.ID].Name != "noor haddad" {
			t.Errorf("names of a board: %v", names)
		}
	})
}
