package main

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/ident"
)

// page is a page to measure.
type page struct {
	name, path string
}

// scene is what is measured: pages, and who opens them.
type scene struct {
	lead    *client   // who opens the pages that are compared with the floor
	people  []*client // everybody who can sign in at the demo and works at the school
	writer  *client   // takes part in the trajectories that are written to
	pages   []page
	others  []string // ids of trajectories that are written to
	schools int      // how many were loaded
}

// The size of one school: about 150 staff and 200 trajectories with what was said in them.
const (
	staffPerSchool        = 150
	trajectoriesPerSchool = 200
	saidPerTrajectory     = 12
	writtenTo             = 64 // over how many trajectories the writers spread, as at a school
)

// roles of the demo who work at the school, and the two with a part of their own here.
const (
	leads  = "kartrekker"
	writes = "docent"
)

var workers = []string{leads, writes, "schoolleider", "beheerder"}

// load puts schools of data beside the demo's own until there are so many. It writes to the
// database itself, through the same door as the program, while the program is stopped.
func (s *scene) load(ctx context.Context, dir string, p *program, o options, schools int) error {
	address := o.database
	if address == "" {
		address = "sqlite:" + filepath.Join(dir, "data", "leerkring.db")
	}
	d, err := db.Open(ctx, address)
	if err != nil {
		return err
	}
	defer d.Close()
	type row struct{ id, school, board string }
	t, err := db.One(ctx, d, `select t.id, t.school_id, s.board_id from trajectory t join school s on s.id = t.school_id
		join participant x on x.trajectory_id = t.id and x.role = 'lead' join person p on p.id = x.person_id where p.email = $1`,
		func(x *row) []any { return []any{&x.id, &x.school, &x.board} }, p.emails[leads])
	if err != nil {
		return err
	}
	if s.schools == 0 {
		s.pages = []page{{"home", "/week"}, {"trajectory", "/trajectories/" + t.id}, {"plan", "/trajectories/" + t.id + "/plan"}}
		if err := s.own(ctx, d, t.id, t.school, p.emails[writes]); err != nil {
			return err
		}
	}
	for ; s.schools < schools; s.schools++ {
		if err := oneSchool(ctx, d, t.id, t.school, t.board, s.schools); err != nil {
			return fmt.Errorf("school %d: %w", s.schools, err)
		}
	}
	return nil
}

// own adds the trajectories that the writer leads.
func (s *scene) own(ctx context.Context, d *db.DB, like, school, email string) error {
	now := clock.System{}.Now()
	writer, err := db.One(ctx, d, `select id from person where email = $1`, db.Str, email)
	if err != nil {
		return err
	}
	return d.Write(ctx, func(tx *db.Tx) error {
		for n := range writtenTo {
			id, err := copyTrajectory(ctx, tx, like, school, fmt.Sprintf("Beschreven %d", n), []string{writer}, now)
			if err != nil {
				return err
			}
			s.others = append(s.others, id)
		}
		return nil
	})
}

// oneSchool adds people and trajectories of the shape of real work. The first school is the
// demo's own.
func oneSchool(ctx context.Context, d *db.DB, like, own, board string, number int) error {
	now := clock.System{}.Now()
	return d.Write(ctx, func(tx *db.Tx) error {
		school := own
		if number > 0 {
			school = ident.At(now)
			if _, err := db.Exec(ctx, tx, `insert into school (id, board_id, name, sector, language, zone, made_at) values ($1, $2, $3, 'vo', 'nl', 'Europe/Amsterdam', $4)`, school, board, fmt.Sprintf("School %d", number), now); err != nil {
				return err
			}
		}
		people := make([]string, staffPerSchool)
		for i := range people {
			people[i] = ident.At(now)
			if _, err := db.Exec(ctx, tx, `insert into person (id, board_id, name, email, state, made_at) values ($1, $2, $3, $4, 'active', $5)`, people[i], board, fmt.Sprintf("Collega %d", i), fmt.Sprintf("p%d.%d@bench.example", number, i), now); err != nil {
				return err
			}
			if _, err := db.Exec(ctx, tx, `insert into staff (person_id, school_id) values ($1, $2)`, people[i], school); err != nil {
				return err
			}
		}
		for i := range trajectoriesPerSchool {
			team := make([]string, 5)
			for n := range team {
				team[n] = people[(i+n)%len(people)]
			}
			if _, err := copyTrajectory(ctx, tx, like, school, fmt.Sprintf("Traject %d", i), team, now); err != nil {
				return err
			}
		}
		return nil
	})
}

// copyTrajectory makes a trajectory in its first stage with what a team said there. The
// first of the team leads it.
func copyTrajectory(ctx context.Context, tx *db.Tx, like, school, title string, team []string, now time.Time) (string, error) {
	id, visit := ident.At(now), ident.At(now)
	if _, err := db.Exec(ctx, tx, `insert into trajectory (id, school_id, method_id, method_version, title, question, state, open, round, stage_id, visit_id, started_on, made_by, made_at)
		select $1, $2, method_id, method_version, $3, question, 'active', open, 1, 'verken', $4, started_on, $5, $6 from trajectory where id = $7`,
		id, school, title, visit, team[0], now, like); err != nil {
		return "", err
	}
	if _, err := db.Exec(ctx, tx, `insert into stage_visit (id, trajectory_id, number, stage_id, round, move, decided_by, entered_at) values ($1, $2, 1, 'verken', 1, 'start', $3, $4)`, visit, id, team[0], now); err != nil {
		return "", err
	}
	role := "lead"
	for _, person := range team {
		if _, err := db.Exec(ctx, tx, `insert into participant (trajectory_id, person_id, role, joined_at) values ($1, $2, $3, $4)`, id, person, role, now); err != nil {
			return "", err
		}
		role = "member"
	}
	for n := range saidPerTrajectory {
		if err := copySaid(ctx, tx, id, visit, school, team[n%len(team)], now); err != nil {
			return "", err
		}
	}
	return id, nil
}

// copySaid adds one contribution with the shape of a real one.
func copySaid(ctx context.Context, tx *db.Tx, trajectory, visit, school, person string, now time.Time) error {
	id := ident.At(now)
	if _, err := db.Exec(ctx, tx, `insert into contribution (id, trajectory_id, visit_id, element_id, kind, body, author_id, made_at, made_on)
		values ($1, $2, $3, 'f1.q1', 'voice', 'Vandaag zag ik dat zeven leerlingen niet wisten wat ze moesten doen, terwijl het op het bord stond.', $4, $5, $6)`,
		id, trajectory, visit, person, now, clock.On(now, time.UTC)); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `insert into journal (at, actor_id, kind, object_kind, object_id, school_id, trajectory_id, to_version) values ($1, $2, 'contribution.added', 'contribution', $3, $4, $5, 1)`,
		now, person, id, school, trajectory)
	return err
}

// signIn signs everybody in at a program that was started again.
func (s *scene) signIn(p *program, o options) error {
	s.people = nil
	for _, role := range workers {
		c, err := p.client(p.links[role], o)
		if err != nil {
			return fmt.Errorf("%s: %w", role, err)
		}
		s.people = append(s.people, c)
	}
	s.lead, s.writer = s.people[0], s.people[1]
	return nil
}

// visit opens a page once and returns its size.
func (s *scene) visit(path string) (int, error) {
	status, size, err := s.lead.send(http.MethodGet, path, nil)
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("%s: status %d", path, status)
	}
	return size, err
}
