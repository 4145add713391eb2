package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"leerkring/access"
	"leerkring/access/register"
	"leerkring/account"
	"leerkring/api"
	"leerkring/authoring"
	"leerkring/backup"
	"leerkring/block/agreement"
	"leerkring/block/coach"
	"leerkring/block/condition"
	"leerkring/block/contribution"
	"leerkring/block/decision"
	"leerkring/block/evidence"
	"leerkring/block/meeting"
	"leerkring/block/monitor"
	"leerkring/block/plan"
	"leerkring/block/session"
	"leerkring/bring"
	"leerkring/handover"
	"leerkring/instance"
	"leerkring/internal/blob"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/i18n"
	"leerkring/internal/job"
	"leerkring/internal/live"
	"leerkring/internal/mail"
	"leerkring/internal/page"
	"leerkring/internal/serve"
	"leerkring/journal"
	"leerkring/leaving"
	"leerkring/ledger"
	"leerkring/media"
	"leerkring/method"
	"leerkring/migrations"
	"leerkring/notify"
	"leerkring/publish"
	"leerkring/roster"
	"leerkring/school"
	"leerkring/task"
	"leerkring/trajectory"
	"leerkring/web"
	accountweb "leerkring/web/account"
	adminweb "leerkring/web/admin"
	agreementweb "leerkring/web/agreement"
	"leerkring/web/assets"
	authorweb "leerkring/web/author"
	bringweb "leerkring/web/bring"
	conditionweb "leerkring/web/condition"
	decisionweb "leerkring/web/decision"
	evidenceweb "leerkring/web/evidence"
	exploreweb "leerkring/web/explore"
	handoverweb "leerkring/web/handover"
	keptweb "leerkring/web/kept"
	meetingweb "leerkring/web/meeting"
	methodweb "leerkring/web/method"
	monitorweb "leerkring/web/monitor"
	newcomerweb "leerkring/web/newcomer"
	peopleweb "leerkring/web/people"
	planweb "leerkring/web/plan"
	publishweb "leerkring/web/publish"
	"leerkring/web/room"
	schoolweb "leerkring/web/school"
	sessionweb "leerkring/web/session"
	takeoverweb "leerkring/web/takeover"
	taskweb "leerkring/web/task"
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
	Data     string // directory of files; beside the embedded database when empty
	BaseURL  string
	Demo     bool
	Hosts    []string // when not empty: other Host headers are refused
	Proxies  string
	Clock    clock.Clock
	Log      *slog.Logger
	LogKey   []byte       // of the security log's chain, of what is sealed in the database, and of backups
	KeysAt   string       // the file that it lies in
	Outgoing *http.Client // calls logins of schools; nil calls public addresses only
}

// house is the whole product, wired: every room gets what it needs through its
// constructor, and rooms that may not know each other meet here.
type house struct {
	set          settings
	db           *db.DB
	files        *blob.Dir
	clock        clock.Clock
	travel       *clock.Traveller // of a demo: its story happened before today
	library      *method.Library
	catalog      *i18n.Catalog
	schools      *school.Service
	accounts     *account.Service
	rosters      *roster.Service
	trajectories *trajectory.Service
	own          *authoring.Service // the packs that schools made themselves
	pictures     *media.Service
	blocks       blocks
	weeks        *week.Service
	handovers    *handover.Service
	ledger       *ledger.Copy // beside the data; nil in a demo
	notify       *notify.Service
	leaving      *leaving.Service
	hub          *live.Hub
	happened     *journal.Reader
	tail         *live.Tail
	jobs         *job.Runner
	many         *job.Runner    // mail that goes to many at the same moment; nil without a mail server
	transport    mail.Transport // nil without a mail server
	metrics      *serve.Metrics
	handler      *serve.House
}

// blocks are the building blocks of methods.
type blocks struct {
	contributions *contribution.Service
	coach         *coach.Service
	evidence      *evidence.Service
	conditions    *condition.Service
	monitors      *monitor.Service
	plans         *plan.Service
	decisions     *decision.Service
	agreements    *agreement.Service
	meetings      *meeting.Service
	sessions      *session.Service
	tasks         *task.Service
}

// texts are the sentences of all rooms.
func texts() (*i18n.Catalog, error) {
	return i18n.New(page.Texts, ui.TextFiles, access.Texts, register.Texts, school.Texts, roster.Texts, media.Texts, authoring.Texts, trajectory.Texts, account.Texts, contribution.Texts,
		evidence.Texts, condition.Texts, monitor.Texts, plan.Texts, decision.Texts, planweb.Texts, decisionweb.Texts,
		instance.Texts, backup.Texts, writing.Texts, why.Texts, task.Texts, notify.Texts, week.Texts, coach.Texts, agreement.Texts, meeting.Texts, session.Texts,
		room.Texts, accountweb.Texts, peopleweb.Texts, schoolweb.Texts, adminweb.Texts, weekweb.Texts, trajectoryweb.Texts, exploreweb.Texts, meetingweb.Texts, taskweb.Texts, sessionweb.Texts,
		evidenceweb.Texts, methodweb.Texts, conditionweb.Texts, monitorweb.Texts, agreementweb.Texts, bring.Texts, bringweb.Texts, takeoverweb.Texts, authorweb.Texts, handoverweb.Texts, newcomerweb.Texts, keptweb.Texts, publish.Texts, publishweb.Texts, leaving.Texts, api.Texts)
}

// build opens the database, brings it up to date, and wires the rooms.
func build(ctx context.Context, set settings) (*house, error) {
	if set.Clock == nil {
		set.Clock = clock.System{}
	}
	if err := halfFiles(set); err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, set.Database)
	if err != nil {
		return nil, err
	}
	if err := whole(ctx, d, set.Data); err != nil {
		return nil, closing(d, err)
	}
	before, err := copyFirst(ctx, d, set)
	if err != nil {
		return nil, closing(d, err)
	}
	h, err := wire(ctx, d, set)
	if err == nil && before != nil {
		err = backup.Note(ctx, d, backup.Upgrade, *before, h.clock.Now())
	}
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
	if err := d.Keep(ctx); err != nil {
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
	travel := &clock.Traveller{}
	posted := set.Clock
	if set.Demo {
		set.Clock, posted = travel, clock.System{} // letters of the story lie in the mailboxes of today
	}
	h := &house{set: set, db: d, clock: set.Clock, travel: travel, library: library, catalog: catalog, hub: live.NewHub(), metrics: serve.NewMetrics()}
	h.schools = school.NewService(d, h.clock)
	h.own = authoring.NewService(d, h.clock, library)
	h.trajectories = trajectory.NewService(d, h.clock, library)
	h.trajectories.ShelvedBy(h.own)
	h.accounts, err = account.NewService(d, h.clock, &post{catalog: catalog, clock: posted}, account.NewLog(h.clock, set.LogKey), account.Config{BaseURL: set.BaseURL, Demo: set.Demo, Key: set.LogKey, Outgoing: set.Outgoing})
	if err != nil {
		return nil, err
	}
	h.schools.OnRights(h.accounts.RightsChanged)
	h.rosters = roster.NewService(d, h.clock, h.schools, h.accounts)
	h.trajectories.InvitesBy(func(ctx context.Context, tx *db.Tx, personID, by string) error {
		_, err := h.accounts.Invite(ctx, tx, personID, by, account.AsGuest)
		return err
	})
	if h.files, err = openFiles(set); err != nil {
		return nil, err
	}
	h.pictures = media.NewService(d, h.clock, h.files)
	h.blocks.contributions = contribution.NewService(d, h.clock, h.trajectories)
	h.blocks.coach = coach.NewService(d, h.clock, h.trajectories)
	h.blocks.agreements = agreement.NewService(h.trajectories, h.clock)
	h.blocks.meetings = meeting.NewService(d, h.clock, h.trajectories, agreed{h.blocks.agreements})
	h.blocks.sessions = session.NewService(d, h.clock, h.trajectories, counted{h})
	h.blocks.tasks = task.NewService(d, h.clock)
	h.blocks.evidence = evidence.NewService(h.trajectories, h.clock, h.blocks.contributions)
	h.blocks.conditions = condition.NewService(h.trajectories, h.clock)
	h.blocks.monitors = monitor.NewService(h.trajectories, h.schools, h.clock)
	h.planning()
	h.trajectories.Tells(h.blocks.contributions, h.blocks.evidence, h.blocks.conditions, h.blocks.plans, h.blocks.decisions, h.blocks.monitors, h.blocks.agreements, h.blocks.meetings, h.blocks.sessions)
	h.handing()
	h.weeks = week.NewService(d, h.clock, h.schools, h.weekSources()...)
	h.notify = notify.NewService(d, h.clock, h.schools, ownWeek{h}, diary{h}, set.BaseURL)
	h.goodbye()
	h.happened = journal.NewReader(d)
	h.tail = live.NewTail(h.hub, web.JournalSource(h.happened), set.Log)
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
		return fmt.Errorf("trusted proxy: %w", err)
	}
	secure := base.Scheme == "https"
	shared := &room.House{Clock: h.clock, Drafts: writing.NewDrafts(h.db, h.clock), Catalog: h.catalog, Library: h.library, Shelf: h.trajectories.LibraryOf, DB: h.db, Rooms: rooms(), Demo: h.set.Demo, Secure: secure, BaseURL: h.set.BaseURL}
	server := &web.Server{DB: h.db, House: shared, SignIns: signIns{h.accounts}, Log: h.set.Log, Secure: secure}
	routes := web.Routes(h.webRooms(server))
	mux := server.Mux(routes)
	mux.Handle("GET "+assets.Prefix, assets.Handler())
	h.floor(mux, server)
	options := serve.Options{Log: h.set.Log, Metrics: h.metrics, Base: base, Proxies: proxies, Rule: web.RuleOf(routes), Fail: server.Fail, Hosts: h.set.Hosts}
	h.handler = &serve.House{Browser: serve.Browser(mux, options), API: h.programs(options), Ready: h.db.Ping}
	return nil
}

func (h *house) webRooms(server *web.Server) web.Rooms {
	door := &accountweb.Room{Accounts: h.accounts, Schools: h.schools, Cookies: server, Notify: h.notify, Log: account.NewLog(h.clock, h.set.LogKey), Leaving: h.leaving, Carries: h.handovers.Carries}
	hours := &meetingweb.Room{Trajectories: h.trajectories, Meetings: h.blocks.meetings, Agreements: h.blocks.agreements, Contributions: h.blocks.contributions, Schools: h.schools}
	circles := &sessionweb.Room{Sessions: h.blocks.sessions, Trajectories: h.trajectories, Schools: h.schools, Door: door}
	hands := &handoverweb.Room{Handovers: h.handovers}
	starts := &newcomerweb.Room{Schools: h.schools, Pages: h.blocks.agreements}
	learn := &evidenceweb.Room{Trajectories: h.trajectories, Evidence: h.blocks.evidence, Contributions: h.blocks.contributions}
	return web.Rooms{
		Account:    door,
		People:     &peopleweb.Room{Schools: h.schools, Trajectories: h.trajectories},
		School:     h.schoolRoom(),
		Admin:      &adminweb.Room{DB: h.db, Schools: h.schools, Accounts: h.accounts, Roster: h.rosters, Leads: h.trajectories.LedBy, Log: account.NewLog(h.clock, h.set.LogKey), Leaving: h.leaving, Door: door, Visits: door, Handovers: h.handovers, Test: h.testMail, Mails: func() bool { return h.transport != nil }},
		Week:       &weekweb.Room{Weeks: h.weeks, Schools: h.schools, Beside: starts.Beside},
		Trajectory: &trajectoryweb.Room{Trajectories: h.trajectories, Schools: h.schools, Contributions: h.blocks.contributions, Coach: h.blocks.coach, Media: h.pictures, OnPeople: hands.OnPeople, WithoutLead: h.handovers.WithoutLead, Sections: []trajectoryweb.Section{hands.Section, hours.Section, circles.Section, learn.Section}},
		Method:     &methodweb.Room{},
		Explore:    &exploreweb.Room{Trajectories: h.trajectories, Schools: h.schools, Contributions: h.blocks.contributions},
		Meeting:    hours,
		Task:       &taskweb.Room{Tasks: h.blocks.tasks},
		Plan:       h.planRoom(),
		Decision:   &decisionweb.Room{Trajectories: h.trajectories, Decisions: h.blocks.decisions, Plans: h.blocks.plans},
		Evidence:   learn,
		Condition:  &conditionweb.Room{Trajectories: h.trajectories, Conditions: h.blocks.conditions, Schools: h.schools},
		Monitor:    h.monitorRoom(),
		Agreement:  h.agreementRoom(hands),
		Bring:      &bringweb.Room{Boards: bring.NewService(h.trajectories, h.blocks.agreements)},
		Handover:   hands,
		Newcomer:   starts,
		Takeover:   &takeoverweb.Room{Trajectories: h.trajectories, Plans: h.blocks.plans, Schools: h.schools, Needs: h.blocks.conditions.Needs},
		Session:    circles,
		Author:     &authorweb.Room{Own: h.own, Trajectories: h.trajectories, Preview: (&methodweb.Room{}).Draft},
		Kept:       &keptweb.Room{Kept: kept()},
		Publish:    &publishweb.Room{Press: h.press()},
		Live:       &web.Live{Hub: h.hub, DB: h.db, Trajectories: h.trajectories, Sessions: h.blocks.sessions, SignIns: server.SignIns, Cookie: server.Secret},
	}
}

// rooms is the main menu: only rooms that exist.
func rooms() []room.Entry {
	return []room.Entry{
		{Key: "week", Href: "/week", Icon: "calendar"},
		{Key: "trajectories", Href: "/trajectories", Icon: "orbit"},
		{Key: "people", Href: "/people", Icon: "users", May: worksHere},
		{Key: "school", Href: "/school", Icon: "school", May: worksHere},
		{Key: "admin", Href: "/admin", Icon: "user-cog", May: looksAfter},
	}
}

// worksHere is whom the pages of a school are for: no guest finds them.
func worksHere(k school.Known) bool { return len(k.Schools) > 0 }

// looksAfter is whom the pages of accounts are for.
func looksAfter(k school.Known) bool {
	return slices.ContainsFunc(k.Who.Roles, func(r access.Role) bool { return r.Kind == access.RoleAdmin || r.Kind == access.RolePrivacy })
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
	if err := h.happened.Skip(ctx); err != nil {
		return err
	}
	beside := func(f func(context.Context)) { g.Go(func() error { f(ctx); return nil }) }
	beside(h.tail.Run)
	if h.db.Engine() == db.Postgres {
		teller := live.NewTeller(h.db.Address(), h.set.Log)
		h.db.OnCommit(teller.Wake)
		beside(teller.Run)
		beside(func(ctx context.Context) { live.Listen(ctx, h.db.Address(), h.tail.Wake, h.set.Log) })
	}
	if h.ledger != nil {
		beside(h.ledger.Run)
	}
	h.upkeep()
	if !h.set.Demo {
		h.mondays()
	}
	if h.many != nil {
		beside(h.many.Run)
	}
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
	h.jobs.Handle("session.close", func(ctx context.Context, _ job.Job) error {
		_, err := h.blocks.sessions.CloseForgotten(ctx)
		return err
	})
	h.jobs.Repeat("session.close", job.Every(time.Minute))
	h.jobs.Handle("session.erase", func(ctx context.Context, _ job.Job) error {
		if _, err := h.blocks.sessions.Erase(ctx); err != nil {
			return err
		}
		return h.blocks.sessions.EndProcess(ctx)
	})
	h.jobs.Repeat("session.erase", job.Every(time.Hour))
	h.turning()
	h.forgetting()
	h.jobs.Handle(media.KindRemove, h.pictures.Remove)
	h.jobs.Handle(media.KindSweep, h.pictures.Sweep)
	h.jobs.Repeat(media.KindSweep, job.Every(time.Hour))
	h.jobs.Handle("reply.forget", func(ctx context.Context, _ job.Job) error { return db.ForgetReplies(ctx, h.db, h.clock.Now()) })
	h.jobs.Repeat("reply.forget", job.Every(time.Hour))
	h.jobs.Handle("backup.clean", func(ctx context.Context, _ job.Job) error {
		return errors.Join(h.oldCopies(h.clock.Now()), ledger.Clean(ctx, h.db, h.clock.Now()))
	})
	h.jobs.Repeat("backup.clean", job.Every(time.Hour))
	h.letGo()
}

func (h *house) metricsHandler() http.Handler { return h.metrics.Handler() }
