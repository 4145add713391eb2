package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
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
	link   string // of the lead who opens them
	lead   *client
	pages  []page
	others []string // ids of trajectories that are written to
}

// The size of one school: about 150 staff and 200 trajectories with what was said in them.
const (
	staffPerSchool        = 150
	trajectoriesPerSchool = 200
	saidPerTrajectory     = 12
)

// load puts schools of data beside the demo's own, and picks the pages. It writes to the
// database itself, through the same door as the program, while the program is stopped or
// before it serves.
func load(ctx context.Context, p *program, dir string, o options) (*scene, error) {
	address := o.database
	if address == "" {
		address = "sqlite:" + filepath.Join(dir, "data", "leerkring.db")
	}
	lead, err := p.client(p.people["kartrekker"])
	if err != nil {
		return nil, err
	}
	status, _, err := lead.send(http.MethodPost, "/trajectories", url.Values{"method": {"verbetercyclus"}, "title": {"Gemeten traject"}, "question": {"Hoe snel gaat het?"}, "stage": {"verken"}})
	if err != nil || status != http.StatusSeeOther {
		return nil, fmt.Errorf("begin: %d %w", status, err)
	}
	d, err := db.Open(ctx, address)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	type own struct{ id, school, board, visit string }
	t, err := db.One(ctx, d, `select t.id, t.school_id, s.board_id, t.visit_id from trajectory t join school s on s.id = t.school_id where t.title = 'Gemeten traject' order by t.made_at desc limit 1`, func(x *own) []any { return []any{&x.id, &x.school, &x.board, &x.visit} })
	if err != nil {
		return nil, err
	}
	for n := 0; n < 6; n++ {
		if _, _, err := lead.send(http.MethodPost, "/trajectories/"+t.id+"/answers", url.Values{"element": {"f1.q1"}, "kind": {"voice"}, "body": {fmt.Sprintf("Iets dat ik zag in les %d, en dat vaker gebeurt.", n)}}); err != nil {
			return nil, err
		}
	}
	for n := range o.schools {
		if err := oneSchool(ctx, d, t.id, t.board, n); err != nil {
			return nil, fmt.Errorf("school %d: %w", n, err)
		}
	}
	s := &scene{}
	for n := range writtenTo {
		if err := oneOfOwn(ctx, d, t.id, t.school, n); err != nil {
			return nil, err
		}
	}
	if s.others, err = db.All(ctx, d, `select id from trajectory where school_id = $1 and title like 'Beschreven %'`, db.Str, t.school); err != nil {
		return nil, err
	}
	s.pages = []page{{name: "home", path: "/week"}, {name: "trajectory", path: "/trajectories/" + t.id}, {name: "plan", path: "/trajectories/" + t.id + "/plan"}}
	return s, nil
}

// writtenTo is over how many trajectories the writers spread, as at a school.
const writtenTo = 64

// oneOfOwn adds a trajectory that the lead takes part in, for writing to.
func oneOfOwn(ctx context.Context, d *db.DB, like, school string, n int) error {
	now := clock.System{}.Now()
	lead, err := db.One(ctx, d, `select made_by from trajectory where id = $1`, db.Str, like)
	if err != nil {
		return err
	}
	return d.Write(ctx, func(tx *db.Tx) error {
		id, visit := ident.At(now), ident.At(now)
		if _, err := db.Exec(ctx, tx, `insert into trajectory (id, school_id, method_id, method_version, title, question, state, open, round, stage_id, visit_id, started_on, made_by, made_at)
			select $1, $2, method_id, method_version, $3, question, state, open, round, stage_id, $4, started_on, $5, $6 from trajectory where id = $7`, id, school, fmt.Sprintf("Beschreven %d", n), visit, lead, now, like); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `insert into stage_visit (id, trajectory_id, number, stage_id, round, move, decided_by, entered_at) values ($1, $2, 1, 'verken', 1, 'start', $3, $4)`, visit, id, lead, now); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `insert into participant (trajectory_id, person_id, role, joined_at) values ($1, $2, 'lead', $3)`, id, lead, now)
		return err
	})
}

// oneSchool copies the measured trajectory's rows under new ids: the same shape as real work.
func oneSchool(ctx context.Context, d *db.DB, like, board string, number int) error {
	now := clock.System{}.Now()
	school := ident.At(now)
	return d.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `insert into school (id, board_id, name, sector, language, zone, made_at) values ($1, $2, $3, 'vo', 'nl', 'Europe/Amsterdam', $4)`, school, board, fmt.Sprintf("School %d", number), now); err != nil {
			return err
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
			if err := oneTrajectory(ctx, tx, like, school, people, i, now); err != nil {
				return err
			}
		}
		return nil
	})
}

func oneTrajectory(ctx context.Context, tx *db.Tx, like, school string, people []string, n int, now time.Time) error {
	id, visit := ident.At(now), ident.At(now)
	if _, err := db.Exec(ctx, tx, `insert into trajectory (id, school_id, method_id, method_version, title, question, state, open, round, stage_id, visit_id, started_on, made_by, made_at)
		select $1, $2, method_id, method_version, $3, question, state, open, round, stage_id, $4, started_on, $5, $6 from trajectory where id = $7`,
		id, school, fmt.Sprintf("Traject %d", n), visit, people[n%len(people)], now, like); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `insert into stage_visit (id, trajectory_id, number, stage_id, round, move, decided_by, entered_at) values ($1, $2, 1, 'verken', 1, 'start', $3, $4)`, visit, id, people[n%len(people)], now); err != nil {
		return err
	}
	for i := range 5 {
		role := "member"
		if i == 0 {
			role = "lead"
		}
		if _, err := db.Exec(ctx, tx, `insert into participant (trajectory_id, person_id, role, joined_at) values ($1, $2, $3, $4)`, id, people[(n+i)%len(people)], role, now); err != nil {
			return err
		}
	}
	for range saidPerTrajectory {
		if err := copySaid(ctx, tx, like, id, visit, school, people[n%len(people)], now); err != nil {
			return err
		}
	}
	return nil
}

// signIn signs the lead in at a program that was started again.
func (s *scene) signIn(p *program) (err error) {
	s.link = p.people["kartrekker"]
	s.lead, err = p.client(s.link)
	return err
}

// visit opens a page once and returns its size.
func (s *scene) visit(path string) (int, error) {
	status, size, err := s.lead.send(http.MethodGet, path, nil)
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("%s: status %d", path, status)
	}
	return size, err
}
