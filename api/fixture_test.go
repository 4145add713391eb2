package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/account"
	"leerkring/api"
	"leerkring/block/agreement"
	"leerkring/block/condition"
	"leerkring/block/contribution"
	"leerkring/block/decision"
	"leerkring/block/evidence"
	"leerkring/block/meeting"
	"leerkring/block/monitor"
	"leerkring/block/plan"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/internal/i18n"
	"leerkring/internal/ident"
	"leerkring/internal/page"
	"leerkring/internal/serve"
	"leerkring/method"
	"leerkring/school"
	"leerkring/task"
	"leerkring/trajectory"
	"leerkring/why"
	"leerkring/writing"
)

// town is a board with two schools, and another board; a person for every role; and the
// door behind which they ask.
type town struct {
	t       testing.TB
	d       *db.DB
	clock   *clock.Fake
	rooms   api.Rooms
	door    http.Handler
	log     *book
	founded school.Founded
	second  string // another school of the board
	teamID  string
	ids     map[string]string // by name
	tokens  map[string]string
}

// book is a log that a test can read.
type book struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *book) Write(p []byte) (int, error) { b.mu.Lock(); defer b.mu.Unlock(); return b.buf.Write(p) }
func (b *book) String() string              { b.mu.Lock(); defer b.mu.Unlock(); return b.buf.String() }

type nopost struct{}

func (nopost) Queue(context.Context, *db.Tx, account.Letter) error { return nil }

// agreed lets an hour settle agreements, as cmd does.
type agreed struct{ page *agreement.Service }

func (a agreed) Agree(ctx context.Context, tx *db.Tx, seen trajectory.Seen, meetingID, body string, now time.Time) (string, error) {
	return a.page.Agree(ctx, tx, seen, meetingID, body, now)
}

func (a agreed) CountOf(ctx context.Context, q db.Queryer, trajectoryID, meetingID string) (int, error) {
	return a.page.CountOf(ctx, q, trajectoryID, meetingID)
}

func (a agreed) OfMeetings(ctx context.Context, q db.Queryer, seen trajectory.Seen, ids []string) ([]meeting.Agreed, error) {
	list, err := a.page.OfMeetings(ctx, q, seen, ids)
	out := make([]meeting.Agreed, len(list))
	for i, x := range list {
		out[i] = meeting.Agreed{ID: x.ID, MeetingID: x.MeetingID, Body: x.Body, Kept: string(x.Kept)}
	}
	return out, err
}

// circle is a session of the lead, as cmd would tell of it. The real ones are tried in cmd, where the
// block is at hand.
type circle struct{ w *town }

const circleID = "06h00000000000000000000c1r"

func (c circle) Between(ctx context.Context, who access.Who, from, until time.Time) ([]api.Session, error) {
	one, err := c.One(ctx, who, circleID)
	if err != nil || one.StartsAt.Before(from) || !one.StartsAt.Before(until) {
		return nil, nil
	}
	return []api.Session{one}, nil
}

func (c circle) One(_ context.Context, who access.Who, id string) (api.Session, error) {
	if who.ID != c.w.ids["lead"] || id != circleID {
		return api.Session{}, errs.Absent()
	}
	return api.Session{ID: circleID, MethodID: "incidentmethode", State: "planned", StartsAt: start.Add(time.Hour)}, nil
}

func each(t *testing.T, f func(t *testing.T, w *town)) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, newTown(t, d)) })
}

// Thursday morning at school.
var start = time.Date(2026, 3, 19, 8, 0, 0, 0, time.UTC)

const today = clock.Date("2026-03-19")

func newTown(t testing.TB, d *db.DB) *town {
	t.Helper()
	w := &town{t: t, d: d, clock: clock.NewFake(start), log: &book{}, ids: map[string]string{}, tokens: map[string]string{}}
	w.wire()
	w.people()
	return w
}

func (w *town) wire() {
	w.t.Helper()
	lib, err := method.Builtin()
	w.ok(err)
	catalog, err := i18n.New(page.Texts, access.Texts, school.Texts, trajectory.Texts, account.Texts, contribution.Texts, evidence.Texts, condition.Texts, monitor.Texts,
		plan.Texts, decision.Texts, agreement.Texts, meeting.Texts, task.Texts, writing.Texts, why.Texts, api.Texts)
	w.ok(err)
	log := slog.New(slog.NewTextHandler(w.log, nil))
	catalog.LogTo(log)
	r := api.Rooms{DB: w.d, Clock: w.clock, Catalog: catalog, Library: lib, Log: log}
	r.Schools = school.NewService(w.d, w.clock)
	r.Trajectories = trajectory.NewService(w.d, w.clock, lib)
	accounts, err := account.NewService(w.d, w.clock, nopost{}, account.NewLog(w.clock, []byte("a key of a test")), account.Config{BaseURL: "http://localhost:8080"})
	w.ok(err)
	r.Tokens = accounts
	r.Contributions = contribution.NewService(w.d, w.clock, r.Trajectories)
	r.Evidence = evidence.NewService(r.Trajectories, w.clock, r.Contributions)
	r.Conditions = condition.NewService(r.Trajectories, w.clock)
	r.Plans = plan.NewService(r.Trajectories, w.clock)
	r.Decisions = decision.NewService(r.Trajectories, w.clock, r.Plans)
	r.Agreements = agreement.NewService(r.Trajectories, w.clock)
	r.Meetings = meeting.NewService(w.d, w.clock, r.Trajectories, agreed{r.Agreements})
	r.Monitor = monitor.NewService(r.Trajectories, r.Schools, w.clock)
	r.Tasks = task.NewService(w.d, w.clock)
	r.Sessions = circle{w}
	r.Plans.Cites("contribution", r.Contributions.Belong)
	r.Plans.Cites("finding", func(ctx context.Context, q db.Queryer, seen trajectory.Seen, ids []string) error {
		var refs []why.Ref
		for _, id := range ids {
			refs = append(refs, why.Ref{Kind: "finding", ID: id})
		}
		return r.Evidence.Belong(ctx, q, seen, refs)
	})
	for _, kind := range []string{"plan", "goal", "action_item"} {
		r.Contributions.About(kind, r.Plans.There(kind))
	}
	r.Trajectories.Tells(r.Contributions, r.Evidence, r.Conditions, r.Plans, r.Decisions, r.Monitor, r.Agreements, r.Meetings)
	w.rooms = r
	w.door = serve.API(api.New(r).Mux(), serve.Options{Log: log})
}

// cast are the people, one for each way in which somebody can stand towards a trajectory.
var cast = []string{"lead", "member", "coach", "guest", "colleague", "leader", "team_leader", "timetabler", "elsewhere", "board", "admin", "privacy", "stranger"}

func (w *town) people() {
	w.t.Helper()
	var err error
	w.founded, err = w.rooms.Schools.Found(w.t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Ad Min", AdminEmail: "ad@baken.example"})
	w.ok(err)
	w.ids["admin"] = w.founded.AdminID
	w.second = "0000000000000000000000000z"
	w.exec(`insert into school (id, board_id, name, sector, language, zone, made_at) values ($1, $2, 'De Kreek', 'vo', 'nl', 'Europe/Amsterdam', $3)`, w.second, w.founded.BoardID, start)
	w.teamID, err = w.rooms.Schools.AddTeam(w.t.Context(), w.who("admin"), w.founded.SchoolID, school.Department, "Frans")
	w.ok(err)
	for _, name := range cast {
		if name != "admin" && name != "stranger" {
			w.staff(name)
		}
	}
	for _, name := range []string{"coach", "elsewhere"} { // colleagues of the other school
		w.exec(`update staff set school_id = $2 where person_id = $1`, w.ids[name], w.second)
	}
	for _, name := range []string{"guest", "board", "privacy"} { // work at no school
		w.exec(`delete from staff where person_id = $1`, w.ids[name])
	}
	w.exec(`update person set guest = true where id = $1`, w.ids["guest"])
	w.exec(`delete from staff where person_id = $1`, w.ids["admin"])
	for name, kind := range map[string]access.RoleKind{"leader": access.RoleLeader, "team_leader": access.RoleTeamLeader, "timetabler": access.RoleTimetabler, "board": access.RoleBoard, "privacy": access.RolePrivacy} {
		r := access.Role{Kind: kind, SchoolID: w.founded.SchoolID}
		if kind == access.RoleTeamLeader {
			r.TeamID = w.teamID
		}
		w.exec(`insert into role (id, person_id, kind, board_id, school_id, team_id, made_at) values ($1, $2, $3, $4, $5, $6, $7)`, "role-"+name, w.ids[name], school.RoleName(kind), w.founded.BoardID,
			db.Null(r.SchoolID), db.Null(r.TeamID), start)
	}
	other, err := w.rooms.Schools.Found(w.t.Context(), school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"})
	w.ok(err)
	w.ids["stranger"] = other.AdminID
	for _, name := range cast {
		w.tokens[name] = w.token(name, account.ScopeWrite)
	}
}

func (w *town) staff(name string) {
	w.t.Helper()
	id, err := w.rooms.Schools.AddStaff(w.t.Context(), w.who("admin"), w.founded.SchoolID, school.NewStaff{Name: "Naam van " + name, Email: name + "@baken.example", Active: true})
	w.ok(err)
	w.ids[name] = id
}

func (w *town) token(name string, scope account.Scope) string {
	w.t.Helper()
	secret, _, err := w.rooms.Tokens.(*account.Service).TokenFor(w.t.Context(), w.ids[name], account.NewToken{Name: "test", Scope: scope, ExpiresAt: start.Add(200 * 24 * time.Hour)})
	w.ok(err)
	return secret
}

func (w *town) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) exec(sql string, args ...any) {
	w.t.Helper()
	w.ok(w.d.Write(w.t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(w.t.Context(), tx, sql, args...)
		return err
	}))
}

func (w *town) count(sql string, args ...any) int {
	w.t.Helper()
	n, err := db.One(w.t.Context(), w.d, sql, db.Int, args...)
	w.ok(err)
	return n
}

func (w *town) who(name string) access.Who {
	w.t.Helper()
	k, err := school.Knows(w.t.Context(), w.d, w.ids[name])
	w.ok(err)
	return k.Who
}

// answer is what the door said.
type answer struct {
	t      testing.TB
	asked  string
	Status int
	Body   string
	Header http.Header
}

// ask asks as somebody. Of the headers each name is followed by its value.
func (w *town) ask(name, method, path, body string, headers ...string) answer {
	w.t.Helper()
	r := httptest.NewRequest(method, "http://localhost:8080"+path, strings.NewReader(body))
	if strings.HasPrefix(path, "/api/") == false {
		r = httptest.NewRequest(method, "http://localhost:8080"+api.Prefix+path, strings.NewReader(body))
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if name != "" {
		r.Header.Set("Authorization", "Bearer "+w.tokens[name])
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	if method == http.MethodGet || method == http.MethodHead || r.Header.Get("Idempotency-Key") != "" {
		return w.send(name+": "+method+" "+path, r)
	}
	return w.sendTwice(name+": "+method+" "+path, r, body)
}

// sendTwice sends a write of any test, and when it was done sends it again, as a program
// does that never got the answer: because the line broke, or because the house stopped
// between the commit and the reply. It is done once, and answered the same.
func (w *town) sendTwice(asked string, r *http.Request, body string) answer {
	w.t.Helper()
	if !strings.Contains(r.Header.Get("Authorization"), "lk_") {
		return w.send(asked, r)
	}
	r.Header.Set("Idempotency-Key", ident.Code(20))
	again := r.Clone(w.t.Context())
	again.Body = io.NopCloser(strings.NewReader(body))
	first := w.send(asked, r)
	if first.Status >= 300 && !strings.Contains(first.Body, "urn:leerkring:problem:clash") {
		return first
	}
	entries := w.count(`select count(*) from journal`)
	second := w.send(asked+", sent again", again)
	second.Header["X-Request-Id"] = first.Header["X-Request-Id"] // each request has its own name
	if second.Status != first.Status || second.Body != first.Body || !maps.EqualFunc(first.Header, second.Header, slices.Equal) {
		w.t.Errorf("%s: %d %s, and when it is sent again: %d %s", asked, first.Status, first.Body, second.Status, second.Body)
	}
	if n := w.count(`select count(*) from journal`); n != entries {
		w.t.Errorf("%s: sent again, it was done again", asked)
	}
	return first
}

func (w *town) send(asked string, r *http.Request) answer {
	w.t.Helper()
	out := httptest.NewRecorder()
	w.door.ServeHTTP(out, r)
	a := answer{w.t, asked, out.Code, out.Body.String(), out.Header()}
	if a.Status >= 500 {
		w.t.Errorf("%s: %d %s\n%s", a.asked, a.Status, a.Body, w.log)
	}
	return a
}

// is expects a status.
func (a answer) is(status int) answer {
	a.t.Helper()
	if a.Status != status {
		a.t.Fatalf("%s: %d, want %d: %s", a.asked, a.Status, status, a.Body)
	}
	return a
}

// into reads the body.
func (a answer) into(x any) answer {
	a.t.Helper()
	if err := json.Unmarshal([]byte(a.Body), x); err != nil {
		a.t.Fatalf("%s: %v: %s", a.asked, err, a.Body)
	}
	return a
}

// id is the id of what was made.
func (a answer) id() string {
	a.t.Helper()
	var m api.Made
	a.is(http.StatusCreated).into(&m)
	if m.ID == "" || m.Href != a.Header.Get("Location") || !strings.HasSuffix(m.Href, "/"+m.ID) {
		a.t.Fatalf("%s: %s, Location %q", a.asked, a.Body, a.Header.Get("Location"))
	}
	return m.ID
}

// version is what to send back.
func (a answer) version() string {
	a.t.Helper()
	var v struct{ Version string }
	a.is(http.StatusOK).into(&v)
	if v.Version == "" || a.Header.Get("ETag") != `"`+v.Version+`"` {
		a.t.Fatalf("%s: version %q, ETag %q", a.asked, v.Version, a.Header.Get("ETag"))
	}
	return a.Header.Get("ETag")
}

// problem expects a problem document.
func (a answer) problem(status int) api.Problem {
	a.t.Helper()
	var p api.Problem
	a.is(status).into(&p)
	if p.Status != status || p.Title != http.StatusText(status) || p.Type == "" || a.Header.Get("Content-Type") != "application/problem+json" {
		a.t.Fatalf("%s: no problem document: %s %s", a.asked, a.Header.Get("Content-Type"), a.Body)
	}
	return p
}

// begin makes a trajectory of the lead, with those who take part in it.
func (w *town) begin(open bool) string {
	w.t.Helper()
	id := w.ask("lead", "POST", "/trajectories", fmt.Sprintf(`{"title":"Lezen in elk vak","method_id":"verbetercyclus","open":%v,"team_ids":[%q]}`, open, w.teamID)).id()
	for name, role := range map[string]string{"member": "member", "coach": "begeleider", "guest": "guest"} {
		ends := any(nil)
		if role != "member" {
			ends = today.Add(100)
		}
		w.exec(`insert into participant (trajectory_id, person_id, role, ends_on, joined_at) values ($1, $2, $3, $4, $5)`, id, w.ids[name], role, ends, start)
	}
	return id
}
