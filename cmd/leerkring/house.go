package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/sync/errgroup"

	"leerkring/access"
	"leerkring/access/register"
	"leerkring/account"
	"leerkring/block/coach"
	"leerkring/block/contribution"
	"leerkring/instance"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/i18n"
	"leerkring/internal/job"
	"leerkring/internal/live"
	"leerkring/internal/mail"
	"leerkring/internal/page"
	"leerkring/internal/serve"
	"leerkring/journal"
	"leerkring/method"
	"leerkring/migrations"
	"leerkring/school"
	"leerkring/task"
	"leerkring/trajectory"
	"leerkring/web"
	accountweb "leerkring/web/account"
	"leerkring/web/assets"
	exploreweb "leerkring/web/explore"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
	weekweb "leerkring/web/week"
	"leerkring/week"
	"leerkring/why"
	"leerkring/writing"
)

// settings are what an installation decides.
type settings struct {
	Database string
	BaseURL  string
	Demo     bool
	Hosts    []string // when not empty: other Host headers are refused
	Proxies  string
	Clock    clock.Clock
	Log      *slog.Logger
	LogKey   []byte // of the security log's chain
}

// house is the whole product, wired: every room gets what it needs through its
// constructor, and rooms that may not know each other meet here.
type house struct {
	set          settings
	db           *db.DB
	clock        clock.Clock
	library      *method.Library
	catalog      *i18n.Catalog
	schools      *school.Service
	accounts     *account.Service
	trajectories *trajectory.Service
	blocks       blocks
	weeks        *week.Service
	hub          *live.Hub
	tail         *live.Tail
	jobs         *job.Runner
	metrics      *serve.Metrics
	handler      *serve.House
}

// blocks are the building blocks of methods.
type blocks struct {
	contributions *contribution.Service
	coach         *coach.Service
}

// texts are the sentences of all rooms.
func texts() (*i18n.Catalog, error) {
	return i18n.New(page.Texts, ui.TextFiles, access.Texts, register.Texts, school.Texts, trajectory.Texts, account.Texts, contribution.Texts,
		instance.Texts, writing.Texts, why.Texts, task.Texts, week.Texts, coach.Texts,
		room.Texts, accountweb.Texts, weekweb.Texts, trajectoryweb.Texts, exploreweb.Texts)
}

// build opens the database, brings it up to date, and wires the rooms.
func build(ctx context.Context, set settings) (*house, error) {
	if set.Clock == nil {
		set.Clock = clock.System{}
	}
	d, err := db.Open(ctx, set.Database)
	if err != nil {
		return nil, err
	}
	h, err := wire(ctx, d, set)
	if err != nil {
		return nil, closing(d, err)
	}
	return h, nil
}

func closing(d *db.DB, err error) error {
	if e := d.Close(); e != nil {
		return fmt.Errorf("%w (and closing: %v)", err, e)
	}
	return err
}

func wire(ctx context.Context, d *db.DB, set settings) (*house, error) {
	if err := d.Migrate(ctx, migrations.Files); err != nil {
		return nil, err
	}
	library, err := method.Builtin()
	if err != nil {
		return nil, err
	}
	catalog, err := texts()
	if err != nil {
		return nil, err
	}
	catalog.LogTo(set.Log)
	h := &house{set: set, db: d, clock: set.Clock, library: library, catalog: catalog, hub: live.NewHub(), metrics: serve.NewMetrics()}
	h.schools = school.NewService(d, h.clock)
	h.trajectories = trajectory.NewService(d, h.clock, library)
	h.accounts, err = account.NewService(d, h.clock, &post{catalog: catalog}, account.NewLog(h.clock, set.LogKey), account.Config{BaseURL: set.BaseURL, Demo: set.Demo})
	if err != nil {
		return nil, err
	}
	h.blocks.contributions = contribution.NewService(d, h.clock, h.trajectories)
	h.blocks.coach = coach.NewService(d, h.clock, h.trajectories)
	h.trajectories.Tells(h.blocks.contributions)
	h.weeks = week.NewService(d, h.clock, h.schools, h.weekSources()...)
	h.tail = live.NewTail(h.hub, web.JournalSource(d), set.Log)
	d.OnCommit(h.tail.Wake)
	h.jobs = job.NewRunner(d, h.clock, set.Log, 2)
	return h, h.doors()
}

// doors wires what listens to the outside.
func (h *house) doors() error {
	base, err := url.Parse(h.set.BaseURL)
	if err != nil {
		return fmt.Errorf("base address: %w", err)
	}
	proxies, err := serve.Proxies(h.set.Proxies)
	if err != nil {
		return err
	}
	secure := base.Scheme == "https"
	shared := &room.House{Clock: h.clock, Drafts: writing.NewDrafts(h.db, h.clock), Catalog: h.catalog, Library: h.library, Rooms: rooms(), Demo: h.set.Demo, Secure: secure, BaseURL: h.set.BaseURL}
	server := &web.Server{DB: h.db, House: shared, SignIns: signIns{h.accounts}, Log: h.set.Log, Secure: secure}
	routes := web.Routes(h.webRooms(server))
	mux := server.Mux(routes)
	mux.Handle("GET "+assets.Prefix, assets.Handler())
	h.floor(mux, server)
	options := serve.Options{Log: h.set.Log, Metrics: h.metrics, Base: base, Proxies: proxies, Rule: web.RuleOf(routes), Fail: server.Fail, Hosts: h.set.Hosts}
	h.handler = &serve.House{Browser: serve.Browser(mux, options), Ready: h.db.Ping}
	return nil
}

func (h *house) webRooms(server *web.Server) web.Rooms {
	return web.Rooms{
		Account:    &accountweb.Room{Accounts: h.accounts, Schools: h.schools, Cookies: server},
		Week:       &weekweb.Room{Weeks: h.weeks},
		Trajectory: &trajectoryweb.Room{Trajectories: h.trajectories, Schools: h.schools, Contributions: h.blocks.contributions, Coach: h.blocks.coach},
		Explore:    &exploreweb.Room{Trajectories: h.trajectories, Schools: h.schools, Contributions: h.blocks.contributions},
		Live:       &web.Live{Hub: h.hub, DB: h.db, Trajectories: h.trajectories, SignIns: server.SignIns, Cookie: server.Secret},
	}
}

// rooms is the main menu: only rooms that exist.
func rooms() []room.Entry {
	return []room.Entry{
		{Key: "week", Href: "/week", Icon: "calendar"},
		{Key: "trajectories", Href: "/trajectories", Icon: "orbit"},
	}
}

// signIns tells the web who a cookie belongs to.
type signIns struct{ accounts *account.Service }

// Who returns the sign-in and the person behind a secret.
func (s signIns) Who(ctx context.Context, secret string) (string, string, error) {
	in, err := s.accounts.Authenticate(ctx, secret)
	return in.ID, in.PersonID, err
}

// start begins what runs beside requests: live pages, and jobs that come back. It ends
// with ctx.
func (h *house) start(ctx context.Context, g *errgroup.Group) error {
	after, err := journal.Last(ctx, h.db)
	if err != nil {
		return err
	}
	beside := func(f func(context.Context)) { g.Go(func() error { f(ctx); return nil }) }
	beside(func(ctx context.Context) { h.tail.Run(ctx, after) })
	if h.db.Engine() == db.Postgres {
		teller := live.NewTeller(h.db.Address(), h.set.Log)
		h.db.OnCommit(teller.Wake)
		beside(teller.Run)
		beside(func(ctx context.Context) { live.Listen(ctx, h.db.Address(), h.tail.Wake, h.set.Log) })
	}
	h.upkeep()
	beside(h.jobs.Run)
	return nil
}

// upkeep are the jobs that come back: what is over is closed, what is old is erased.
func (h *house) upkeep() {
	h.jobs.Handle(mail.KindClean, mail.Cleaner(h.db, h.clock))
	h.jobs.Repeat(mail.KindClean, job.Every(time.Hour))
	h.jobs.Handle("account.clean", func(ctx context.Context, _ job.Job) error {
		_, err := h.accounts.CleanUp(ctx)
		return err
	})
	h.jobs.Repeat("account.clean", job.Every(time.Hour))
	h.jobs.Handle("round.close", func(ctx context.Context, _ job.Job) error {
		_, err := h.blocks.contributions.CloseDue(ctx)
		return err
	})
	h.jobs.Repeat("round.close", job.Every(10*time.Minute))
	h.jobs.Handle("reply.forget", func(ctx context.Context, _ job.Job) error { return db.ForgetReplies(ctx, h.db, h.clock.Now()) })
	h.jobs.Repeat("reply.forget", job.Every(time.Hour))
}

func (h *house) metricsHandler() http.Handler { return h.metrics.Handler() }
