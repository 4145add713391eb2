package api

import (
	"leerkring/access"
	"leerkring/school"
)

func (a *API) ofPeople() []route {
	return []route{
		get("/me", access.Read, access.Account, "me", "The person of this token.", a.me).own(),
		get("/people", access.List, access.PersonList, "list-people", "Colleagues at a school.", a.people),
		get("/people/{person}", access.Read, access.PersonList, "read-person", "A colleague.", a.person),
		get("/teams", access.List, access.Team, "list-teams", "Teams of a school.", a.teams),
	}
}

// Me is the person of a token, for themselves.
type Me struct {
	ID       string      `json:"id"`
	Name     string      `json:"name"`
	Email    string      `json:"email"`
	Language string      `json:"language" enum:"nl,en"`
	Guest    bool        `json:"guest"`
	Schools  []MySchool  `json:"schools"`
	Teams    []string    `json:"team_ids"`
	Roles    []MyRole    `json:"roles"`
	Token    MyTokenInfo `json:"token"`
}

// MySchool is a school where the person works.
type MySchool struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Sector string `json:"sector" enum:"po,vo,mbo,vl"`
	Zone   string `json:"zone"`
}

// MyRole is what the person answers for.
type MyRole struct {
	Role     string `json:"role" enum:"leader,team_leader,board,admin,privacy,timetabler"`
	SchoolID string `json:"school_id,omitempty"`
	TeamID   string `json:"team_id,omitempty"`
}

// MyTokenInfo is what this token can do. Its secret is never shown again.
type MyTokenInfo struct {
	Name      string `json:"name"`
	Scope     string `json:"scope" enum:"read,write"`
	ExpiresAt string `json:"expires_at" format:"date-time"`
}

func (a *API) me(c *call, _ *struct{}) (Me, error) {
	p := c.known.Person
	m := Me{ID: p.ID, Name: p.Name, Email: p.Email, Language: c.lang(), Guest: p.Guest, Schools: []MySchool{}, Teams: all(c.who.Teams), Roles: []MyRole{}}
	if p.Language != "" {
		m.Language = p.Language
	}
	for _, s := range c.known.Schools {
		m.Schools = append(m.Schools, MySchool{s.ID, s.Name, string(s.Sector), s.Location().String()})
	}
	for _, r := range c.who.Roles {
		m.Roles = append(m.Roles, MyRole{school.RoleName(r.Kind), r.SchoolID, r.TeamID})
	}
	m.Token = MyTokenInfo{c.token.Name, string(c.token.Scope), c.token.ExpiresAt.Format("2006-01-02T15:04:05Z07:00")}
	return m, nil
}

// Colleague is somebody at a school: name and teams, and no more than that.
type Colleague struct {
	ID    string   `json:"id"`
	Name  string   `json:"name"`
	Teams []string `json:"team_ids"`
}

type inSchool struct {
	Paged
	School string `query:"school" maxLength:"26" doc:"Id of the school; your own when you name none."`
}

func colleague(s school.Staff) Colleague { return Colleague{s.ID, s.Name, all(s.TeamIDs)} }

func (a *API) people(c *call, in *inSchool) (List[Colleague], error) {
	staff, _, err := a.Schools.People(c.ctx, c.who, c.school(in.School))
	if err != nil {
		return List[Colleague]{}, err
	}
	return piece(in.Paged, staff, func(s school.Staff) string { return s.ID }, colleague)
}

type inPerson struct {
	Person string `path:"person"`
	School string `query:"school" maxLength:"26" doc:"Id of the school; your own when you name none."`
}

func (a *API) person(c *call, in *inPerson) (Colleague, error) {
	staff, _, err := a.Schools.People(c.ctx, c.who, c.school(in.School))
	if err != nil {
		return Colleague{}, err
	}
	s, err := one(staff, func(s school.Staff) bool { return s.ID == in.Person })
	return colleague(s), err
}

// Team is a group inside a school.
type Team struct {
	ID       string `json:"id"`
	SchoolID string `json:"school_id"`
	Kind     string `json:"kind" enum:"department,year,stream,plc,support,leadership,other"`
	Name     string `json:"name"`
}

func (a *API) teams(c *call, in *inSchool) (List[Team], error) {
	teams, err := a.Schools.Teams(c.ctx, c.who, c.school(in.School))
	if err != nil {
		return List[Team]{}, err
	}
	return piece(in.Paged, teams, func(t school.Team) string { return t.ID }, func(t school.Team) Team {
		return Team{t.ID, t.SchoolID, string(t.Kind), t.Name}
	})
}

// all is a list that is never null.
func all(list []string) []string { return append([]string{}, list...) }
