package demo

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"

	"github.com/goccy/go-yaml"

	"leerkring/access"
	"leerkring/content"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/school"
)

// schoolFile is content/demo/school.yaml: the school with its people, teams and year.
type schoolFile struct {
	Board    string       `yaml:"board"`
	Name     string       `yaml:"name"`
	Sector   string       `yaml:"sector"`
	Region   string       `yaml:"region"`
	Vision   []string     `yaml:"vision"`
	Teams    []teamFile   `yaml:"teams"`
	People   []personFile `yaml:"people"`
	Helped   []helpedFile `yaml:"helped"`
	Years    []yearFile   `yaml:"years"`
	Holidays []periodFile `yaml:"holidays"`
	Busy     []periodFile `yaml:"busy"`
}

type teamFile struct {
	Key  string `yaml:"key"`
	Kind string `yaml:"kind"`
	Name string `yaml:"name"`
}

type personFile struct {
	Key     string   `yaml:"key"`
	Name    string   `yaml:"name"`
	Subject string   `yaml:"subject"`
	Teams   []string `yaml:"teams"`
	Days    []int    `yaml:"days"`
	Began   int      `yaml:"began"` // days ago; most are there for long
	Role    string   `yaml:"role"`  // what the person answers for
	Leads   string   `yaml:"leads"`
	Shows   string   `yaml:"shows"` // the role that this person stands for in the list of the demo
}

// helpedFile is somebody new with the colleague who helps them, named by a leader.
type helpedFile struct {
	Who    string `yaml:"who"`
	Helper string `yaml:"helper"`
	By     string `yaml:"by"`
}

// longAgo is since how many days most people of the demo work at the school.
const longAgo = 190

type yearFile struct {
	Name   string `yaml:"name"`
	Starts string `yaml:"starts"`
	Ends   string `yaml:"ends"`
}

type periodFile struct {
	Name string `yaml:"name"`
	From string `yaml:"from"`
	To   string `yaml:"to"`
}

func readSchool() (schoolFile, error) {
	var f schoolFile
	raw, err := fs.ReadFile(content.FS, "demo/school.yaml")
	if err != nil {
		return f, err
	}
	return f, yaml.UnmarshalWithOptions(raw, &f, yaml.Strict())
}

// made is what the demo made so far, by the keys of its files.
type made struct {
	school school.School
	admin  access.Who
	people map[string]Person
	teams  map[string]string
	vision []string
}

// who returns somebody as the rights see them now.
func (a *Acts) who(ctx context.Context, m *made, key string) (access.Who, error) {
	p, ok := m.people[key]
	if !ok {
		return access.Who{}, fmt.Errorf("the demo knows nobody called %q", key)
	}
	k, err := school.Knows(ctx, a.DB, p.ID)
	return k.Who, err
}

// School makes the school with its people. One that lived already has people who are there for
// long, and a few who are new; in one that begins everybody begins.
func (a *Acts) School(ctx context.Context, lived bool) (*made, schoolFile, error) {
	f, err := readSchool()
	if err != nil {
		return nil, f, fmt.Errorf("read the demo school: %w", err)
	}
	m := &made{people: map[string]Person{}, teams: map[string]string{}}
	admin := f.People[0]
	founded, err := a.Schools.Found(ctx, school.Founding{Board: f.Board, School: school.School{Name: f.Name, Sector: school.Sector(f.Sector), Region: f.Region}, AdminName: admin.Name, AdminEmail: email(admin)})
	if err != nil {
		return nil, f, err
	}
	m.people[admin.Key] = Person{Role: admin.Shows, Name: admin.Name, Email: email(admin), ID: founded.AdminID}
	if m.admin, err = a.who(ctx, m, admin.Key); err != nil {
		return nil, f, err
	}
	if m.school, err = a.Schools.School(ctx, m.admin, founded.SchoolID); err != nil {
		return nil, f, err
	}
	if err := a.teamsAndPeople(ctx, m, f, lived); err != nil {
		return nil, f, err
	}
	return m, f, a.yearAndVision(ctx, m, f)
}

func (a *Acts) teamsAndPeople(ctx context.Context, m *made, f schoolFile, lived bool) error {
	for _, t := range f.Teams {
		id, err := a.Schools.AddTeam(ctx, m.admin, m.school.ID, school.TeamKind(t.Kind), t.Name)
		if err != nil {
			return fmt.Errorf("team %s: %w", t.Key, err)
		}
		m.teams[t.Key] = id
	}
	today := a.Schools.Today(m.school)
	for i, p := range f.People {
		var teams []string
		for _, t := range p.Teams {
			teams = append(teams, m.teams[t])
		}
		since := today
		if lived {
			since = weekday(today.Add(-cmp.Or(p.Began, longAgo)))
		}
		id, err := a.Schools.AddStaff(ctx, m.admin, m.school.ID, school.NewStaff{Name: p.Name, Email: email(p), Subject: p.Subject, TeamIDs: teams, WorkingDays: p.Days, Active: true, OfBoard: p.Role == "bestuur", Since: since})
		if err != nil {
			return fmt.Errorf("person %s: %w", p.Key, err)
		}
		m.people[p.Key] = Person{Role: p.Shows, Name: p.Name, Email: email(p), ID: id}
		if kind, ok := roleKinds[p.Role]; ok && i > 0 {
			if err := a.Schools.Appoint(ctx, m.admin, m.school.ID, id, access.Role{Kind: kind, SchoolID: m.school.ID, TeamID: m.teams[p.Leads]}); err != nil {
				return fmt.Errorf("role of %s: %w", p.Key, err)
			}
		}
	}
	return nil
}

// welcome names who helps those who began of late.
func (a *Acts) welcome(ctx context.Context, m *made, f schoolFile) error {
	for _, h := range f.Helped {
		by, err := a.who(ctx, m, h.By)
		if err == nil {
			err = a.Schools.NameHelper(ctx, by, m.school.ID, m.people[h.Who].ID, m.people[h.Helper].ID, "")
		}
		if err != nil {
			return fmt.Errorf("%s helps %s: %w", h.Helper, h.Who, err)
		}
	}
	return nil
}

func (a *Acts) yearAndVision(ctx context.Context, m *made, f schoolFile) error {
	leader, err := a.leader(ctx, m)
	if err != nil {
		return err
	}
	for _, line := range f.Vision {
		id, err := a.Schools.AddVisionLine(ctx, leader, m.school.ID, line)
		if err != nil {
			return err
		}
		m.vision = append(m.vision, id)
	}
	for _, y := range f.Years {
		if err := a.Schools.AddYear(ctx, m.admin, m.school.ID, school.Year{Name: y.Name, Starts: clock.Date(y.Starts), Ends: clock.Date(y.Ends)}); err != nil {
			return err
		}
	}
	var periods []school.Period
	for _, p := range f.Holidays {
		periods = append(periods, school.Period{Kind: school.Holiday, Name: p.Name, From: clock.Date(p.From), To: clock.Date(p.To)})
	}
	for _, p := range f.Busy {
		periods = append(periods, school.Period{Kind: school.Busy, Name: p.Name, From: clock.Date(p.From), To: clock.Date(p.To)})
	}
	return a.Schools.AddPeriods(ctx, m.admin, m.school.ID, periods)
}

// leader is the first person who leads the school.
func (a *Acts) leader(ctx context.Context, m *made) (access.Who, error) {
	f, err := readSchool()
	if err != nil {
		return access.Who{}, err
	}
	for _, p := range f.People {
		if p.Role == "schoolleider" {
			return a.who(ctx, m, p.Key)
		}
	}
	return access.Who{}, fmt.Errorf("the demo school has no leader")
}

// Known returns the people of a demo that was made before, for its sign-in links.
func (a *Acts) Known(ctx context.Context) ([]Person, error) {
	f, err := readSchool()
	if err != nil {
		return nil, err
	}
	var out []Person
	for _, p := range f.People {
		if p.Shows == "" {
			continue
		}
		id, err := db.One(ctx, a.DB, `select id from person where email = $1`, db.Str, email(p))
		if err != nil {
			return nil, fmt.Errorf("person %s of the demo: %w", p.Key, err)
		}
		out = append(out, Person{Role: p.Shows, Name: p.Name, Email: email(p), ID: id})
	}
	guests, err := a.guests(ctx)
	return append(out, guests...), err
}

// guests are who was invited into a case and stands for a role; none in an empty school.
func (a *Acts) guests(ctx context.Context) ([]Person, error) {
	cases, err := readCases()
	if err != nil {
		return nil, err
	}
	var out []Person
	for _, c := range cases {
		for _, p := range c.People {
			if p.Shows == "" {
				continue
			}
			ids, err := db.All(ctx, a.DB, `select id from person where email = $1`, db.Str, p.Email)
			if err != nil {
				return nil, err
			}
			for _, id := range ids {
				out = append(out, Person{Role: p.Shows, Name: p.Name, Email: p.Email, ID: id})
			}
		}
	}
	return out, nil
}
