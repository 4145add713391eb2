package main

import (
	"bytes"
	"context"
	"fmt"
	"hash/fnv"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/account"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web"
)

// siege is the whole program, with Het Baken College in it, and a small cast of people who
// try its doors. target is a trajectory that is not open, with everything in it; own is
// another one, of the colleague.
type siege struct {
	t           *testing.T
	h           *house
	base        *url.URL
	client      *http.Client
	database    string
	clock       *clock.Fake
	log         *lockedBuffer
	cast        []*caller
	target, own string
	boardID     string
	schoolID    string
	known       *http.ServeMux      // finds the route of an address
	walked      map[string][]string // the pages that somebody can walk to
	routes      map[string]web.Route
}

// caller is one of the cast; id is empty for somebody who is not signed in.
type caller struct {
	name, id, cookie string
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// eachSiege runs f against the whole program on both engines.
func eachSiege(t *testing.T, f func(t *testing.T, s *siege)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); f(t, newSiege(t, "sqlite:"+dbtest.SQLiteFile(t))) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); f(t, newSiege(t, dbtest.PostgresURL(t))) })
}

func newSiege(t *testing.T, database string) *siege {
	t.Helper()
	key := []byte("a key of thirty-two bytes, or so")
	files := t.TempDir()
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	teller, err := build(t.Context(), settings{Database: database, Data: files, BaseURL: "http://localhost", Demo: true, Log: quiet, LogKey: key})
	if err == nil {
		_, err = teller.demoActs().Make(t.Context(), true, io.Discard)
		err = closing2(teller, err)
	}
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &siege{t: t, database: database, clock: clock.NewFake(clock.System{}.Now()), log: &lockedBuffer{}, known: http.NewServeMux(), routes: map[string]web.Route{}, walked: map[string][]string{}}
	// https, as in a school: what is served here stands behind a proxy.
	s.base = &url.URL{Scheme: "https", Host: l.Addr().String()}
	s.h, err = build(t.Context(), settings{Database: database, Data: files, BaseURL: s.base.String(), Clock: s.clock, Log: slog.New(slog.NewTextHandler(s.log, nil)), LogKey: key})
	if err != nil {
		t.Fatal(err)
	}
	server := &httptest.Server{Listener: l, Config: &http.Server{Handler: s.h.handler, ReadHeaderTimeout: time.Minute}}
	server.Start()
	s.client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	t.Cleanup(func() {
		s.h.hub.Close()
		server.Close()
		if err := s.h.db.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, r := range pages() {
		s.routes[r.Method+" "+r.Pattern] = r
		s.known.Handle(r.Method+" "+r.Pattern, http.NotFoundHandler())
	}
	s.people()
	return s
}

func closing2(h *house, err error) error {
	if e := h.db.Close(); err == nil {
		return e
	}
	return err
}

// people finds the cast in the demo school, adds those from outside, and signs all in.
func (s *siege) people() {
	t, ctx := s.t, s.t.Context()
	t.Helper()
	list := func(sql string, args ...any) []string {
		out, err := db.All(ctx, s.h.db, sql, db.Str, args...)
		if err != nil || len(out) == 0 {
			t.Fatalf("%s: %d rows, %v", sql, len(out), err)
		}
		return out
	}
	s.target = s.fullest()
	s.schoolID = list(`select school_id from trajectory where id = $1`, s.target)[0]
	s.boardID = list(`select board_id from school where id = $1`, s.schoolID)[0]
	lead := list(`select person_id from participant where trajectory_id = $1 and role = 'lead' and left_at is null`, s.target)[0]
	member := list(`select person_id from participant where trajectory_id = $1 and role = 'member' and left_at is null
		and not exists (select 1 from role r where r.person_id = participant.person_id) order by person_id`, s.target)[0]
	staff := list(`select f.person_id from staff f join person p on p.id = f.person_id where f.school_id = $1 and p.state = 'active'
		and not exists (select 1 from participant x where x.trajectory_id = $2 and x.person_id = f.person_id)
		and not exists (select 1 from role r where r.person_id = f.person_id) order by f.person_id`, s.schoolID, s.target)[0]
	role := func(kind string) string {
		return list(`select person_id from role where kind = $1 order by person_id`, kind)[0]
	}
	other, err := s.h.schools.Found(ctx, school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"})
	s.ok(err)
	for name, id := range map[string]string{"lead": lead, "member": member, "staff": staff, "leader": role("leader"), "admin": role("admin"), "board": role("board"), "privacy": role("privacy"), "other": other.AdminID} {
		s.cast = append(s.cast, &caller{name: name, id: id})
	}
	s.own, err = s.h.trajectories.Begin(ctx, s.who(staff), trajectory.Start{SchoolID: s.schoolID, MethodID: "kleine-ronde", Title: "Een ander traject", Open: true})
	s.ok(err)
	guest, err := s.h.trajectories.Invite(ctx, s.who(staff), s.own, trajectory.Invitation{Name: "Gijs Vreemd", Email: "gijs@elders.example", Role: trajectory.Guest}, s.h.schools)
	s.ok(err)
	s.exec(`update person set state = 'active' where id = $1`, guest)
	s.cast = append(s.cast, &caller{name: "guest", id: guest})
	s.exec(`update trajectory set open = false where id = $1`, s.target)
	slices.SortFunc(s.cast, func(a, b *caller) int { return strings.Compare(a.name, b.name) })
	for _, c := range s.cast {
		c.cookie = s.signIn(c.id)
	}
	s.cast = append(s.cast, &caller{name: "anonymous"})
}

// fullest is the running trajectory below which most is kept.
func (s *siege) fullest() string {
	s.t.Helper()
	best, most := "", 0
	ids, err := db.All(s.t.Context(), s.h.db, `select id from trajectory where state = 'active' order by id`, db.Str)
	s.ok(err)
	for _, id := range ids {
		if n := len(s.children(id, 1000)); n > most {
			best, most = id, n
		}
	}
	if most < 20 {
		s.t.Fatalf("the demo tells too little to attack: %d things below a trajectory", most)
	}
	return best
}

// children are the ids of what is kept below a trajectory, of every table that says so: so
// many of each.
func (s *siege) children(trajectoryID string, most int) []string {
	s.t.Helper()
	has := map[string]map[string]bool{}
	for _, c := range columnsOf(s.t, s.h.db) {
		if has[c.Table] == nil {
			has[c.Table] = map[string]bool{}
		}
		has[c.Table][c.Column] = true
	}
	var out []string
	for table, columns := range has {
		if !columns["id"] || !columns["trajectory_id"] {
			continue
		}
		ids, err := db.All(s.t.Context(), s.h.db, `select id from "`+table+`" where trajectory_id = $1 order by id`, db.Str, trajectoryID)
		s.ok(err)
		out = append(out, ids[:min(most, len(ids))]...)
	}
	slices.Sort(out)
	return out
}

func (s *siege) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *siege) exec(sql string, args ...any) {
	s.t.Helper()
	s.ok(s.h.db.Write(s.t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(s.t.Context(), tx, sql, args...)
		return err
	}))
}

func (s *siege) who(id string) access.Who {
	s.t.Helper()
	if id == "" {
		return access.Who{}
	}
	k, err := school.Knows(s.t.Context(), s.h.db, id)
	s.ok(err)
	return k.Who
}

// signIn spends a link for somebody and returns the secret of the cookie.
func (s *siege) signIn(id string) string {
	s.t.Helper()
	link, err := s.h.accounts.LinkFor(s.t.Context(), id)
	s.ok(err)
	in, err := s.h.accounts.SpendLink(s.t.Context(), link[strings.LastIndexByte(link, '/')+1:], account.Browser{Device: account.Own, Name: "Firefox"})
	s.ok(err)
	return in.Secret
}

func (s *siege) caller(name string) *caller {
	s.t.Helper()
	i := slices.IndexFunc(s.cast, func(c *caller) bool { return c.name == name })
	if i < 0 {
		s.t.Fatalf("nobody called %s", name)
	}
	return s.cast[i]
}

// answer is what came back: a stream is closed after its head.
type answer struct {
	status int
	header http.Header
	body   string
}

// ask sends one request as somebody, the way a browser of ours does; change makes it otherwise.
func (s *siege) ask(c *caller, method, address, form string, change ...func(r *http.Request)) answer {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 2*time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, "http://"+s.base.Host+address, strings.NewReader(form))
	s.ok(err)
	if c.cookie != "" {
		req.Header.Set("Cookie", "__Host-leerkring="+c.cookie)
	}
	req.Header.Set("Accept-Language", "nl")
	if method != http.MethodGet && method != http.MethodHead {
		req.Header.Set("Origin", s.base.String())
		req.Header.Set("Sec-Fetch-Site", "same-origin")
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, f := range change {
		f(req)
	}
	resp, err := s.client.Do(req)
	if err != nil {
		s.t.Fatalf("%s %s as %s: %v", method, address, c.name, err)
	}
	defer resp.Body.Close()
	a := answer{status: resp.StatusCode, header: resp.Header}
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "text/event-stream") {
		return a
	}
	raw, err := io.ReadAll(resp.Body)
	s.ok(err)
	a.body = string(raw)
	return a
}

func (s *siege) get(c *caller, address string) answer {
	s.t.Helper()
	return s.ask(c, http.MethodGet, address, "")
}

// routeOf finds which route an address belongs to.
func (s *siege) routeOf(method, address string) (web.Route, bool) {
	u, err := url.Parse(address)
	if err != nil {
		return web.Route{}, false
	}
	_, pattern := s.known.Handler(&http.Request{Method: method, URL: u, Host: s.base.Host})
	r, ok := s.routes[pattern]
	return r, ok
}

// may tells what the matrix says of a route and an address: for a thing of anybody or of
// one's own, still open or closed, asked by name or not. What is no in all of these is no.
func (s *siege) may(c *caller, r web.Route, address string) bool {
	s.t.Helper()
	who := s.who(c.id)
	o := access.Object{Kind: r.Kind, BoardID: s.boardID, SchoolID: s.schoolID}
	if below(r) {
		if o = s.object(who, trajectoryIn(address)); o.Kind == access.NoKind {
			return false
		}
		o.Kind = r.Kind
	}
	if strings.HasPrefix(r.Pattern, "/sessions/{id}") || strings.HasPrefix(r.Pattern, "/live/sessions/") {
		if o = s.circle(who, address); o.Kind == access.NoKind {
			return false
		}
		o.Kind = r.Kind
	}
	if r.Pattern == "/methods/{id}" { // what the program brings along is every board's; a school's own is in no other's library
		if _, ours := s.h.library.Latest(address[strings.LastIndexByte(address, '/')+1:]); ours {
			o.BoardID = who.BoardID
			o.SchoolID = ""
		}
	}
	places := []string{o.SchoolID}
	if !below(r) { // a page of one's own, of the school or of the board
		places = append(places, "")
		if len(parameters(r.Pattern)) == 0 {
			places, o.BoardID = append(places, who.Schools...), who.BoardID
		}
	}
	for _, place := range places {
		for _, owner := range []string{"", who.ID} {
			for _, closed := range []bool{o.Closed, true} {
				for _, role := range []access.Relation{o.MyRole, o.MyRole | access.AsAddressee} {
					x := o
					x.SchoolID, x.OwnerID, x.Closed, x.MyRole = place, owner, closed, role
					if access.May(who, r.Action, x) {
						return true
					}
				}
			}
		}
	}
	return false
}

// circle is a session as the matrix sees it for one person, read here from the tables; without a
// kind when they may not know of it.
func (s *siege) circle(who access.Who, address string) access.Object {
	s.t.Helper()
	_, rest, _ := strings.Cut(address, "/sessions/")
	id, _, _ := strings.Cut(strings.TrimSuffix(rest, "?"), "/")
	type row struct{ board, state, circle, host, attends, part string }
	r, err := db.One(s.t.Context(), s.h.db, `select x.board_id, x.state, x.circle, x.host_id, coalesce(p.state, ''), coalesce(t.role, '')
		from session x left join session_person p on p.session_id = x.id and p.person_id = $2
			left join participant t on t.trajectory_id = x.trajectory_id and t.person_id = $2 and t.left_at is null
		where x.id = $1`, func(r *row) []any { return []any{&r.board, &r.state, &r.circle, &r.host, &r.attends, &r.part} }, id, who.ID)
	if errs.IsAbsent(err) {
		return access.Object{}
	}
	s.ok(err)
	o := access.Object{Kind: access.Session, BoardID: r.board, Closed: r.state == "closed" || r.state == "cancelled", PresentFromStart: r.attends == "in"}
	if r.attends == "in" || r.attends == "invited" || (r.circle != "closed" && (r.part == "lead" || r.part == "member" || r.part == "begeleider")) {
		o.MyRole = access.AsMember
	}
	if r.host == who.ID && who.ID != "" {
		o.MyRole |= access.AsLead
	}
	if !access.May(who, access.Read, o) {
		return access.Object{}
	}
	return o
}

// surely tells what the matrix gives below a trajectory as it stands, for what is not one's own.
func (s *siege) surely(c *caller, r web.Route, address string) bool {
	s.t.Helper()
	o := s.object(s.who(c.id), trajectoryIn(address))
	if o.Kind == access.NoKind {
		return false
	}
	o.Kind = r.Kind
	return access.May(s.who(c.id), r.Action, o)
}

// object is a trajectory as the matrix sees it for one person, read here from the tables
// and not by the code that is under attack; without a kind when it may not be read.
func (s *siege) object(who access.Who, id string) access.Object {
	s.t.Helper()
	type row struct {
		school, board, state, maker, sponsor, role, ends string
		open                                             bool
		standIn                                          int
	}
	r, err := db.One(s.t.Context(), s.h.db, `select t.school_id, s.board_id, t.state, t.made_by, t.sponsor_id, t.open, x.role, x.ends_on,
			(select count(*) from participant l where l.trajectory_id = t.id and l.role = 'lead' and l.stand_in_id = $2 and l.left_at is null)
		from trajectory t join school s on s.id = t.school_id left join participant x on x.trajectory_id = t.id and x.person_id = $2 and x.left_at is null
		where t.id = $1`, func(r *row) []any {
		return []any{&r.school, &r.board, &r.state, &r.maker, &r.sponsor, &r.open, &r.role, &r.ends, &r.standIn}
	}, id, who.ID)
	if errs.IsAbsent(err) || err == nil && r.state == "draft" && r.maker != who.ID && r.role == "" {
		return access.Object{}
	}
	s.ok(err)
	o := access.Object{Kind: access.Trajectory, BoardID: r.board, SchoolID: r.school, Open: r.open && r.state != "draft", Closed: r.state == "stopped" || r.state == "done",
		Ended:  r.ends != "" && r.ends <= string(clock.On(s.h.clock.Now(), clock.Zone(""))),
		MyRole: map[string]access.Relation{"lead": access.AsLead, "member": access.AsMember, "guest": access.AsGuest, "begeleider": access.AsCoach}[r.role]}
	if r.standIn > 0 && r.role != "lead" {
		o.MyRole = access.AsStandIn
	}
	if r.sponsor == who.ID && who.ID != "" {
		o.MyRole |= access.AsSponsor
	}
	o.TeamIDs, err = db.All(s.t.Context(), s.h.db, `select team_id from trajectory_team where trajectory_id = $1`, db.Str, id)
	s.ok(err)
	if !access.May(who, access.Read, o) {
		return access.Object{}
	}
	return o
}

// reads reports whether somebody may read the trajectory of an address at all.
func (s *siege) reads(c *caller, address string) bool {
	id := trajectoryIn(address)
	if strings.Contains(address, "/sessions/0") {
		return s.circle(s.who(c.id), address).Kind != access.NoKind
	}
	if id == "" {
		return true
	}
	return s.object(s.who(c.id), id).Kind != access.NoKind
}

// trajectoryIn is the trajectory that an address is below, or "".
func trajectoryIn(address string) string {
	address, _, _ = strings.Cut(address, "?")
	_, rest, _ := strings.Cut(address, "/trajectories/")
	id, _, _ := strings.Cut(rest, "/")
	return id
}

var parameter = regexp.MustCompile(`\{(\w+)\}`)

// parameters are the names in a pattern, in order.
func parameters(pattern string) []string {
	var out []string
	for _, m := range parameter.FindAllStringSubmatch(pattern, -1) {
		out = append(out, m[1])
	}
	return out
}

// fill puts values in a pattern, in order; the last one fills all that follow.
func fill(pattern string, values ...string) string {
	i := -1
	return strings.ReplaceAll(parameter.ReplaceAllStringFunc(pattern, func(string) string {
		i++
		return values[min(i, len(values)-1)]
	}), "{$}", "")
}

func below(r web.Route) bool { return strings.Contains(r.Pattern, "/trajectories/{id}") }

func newID() string { return ident.At(clock.System{}.Now()) }

// once are the keys of forms and of what is still to be written, different in every page.
var (
	once    = regexp.MustCompile(`(name="idempotency_key" value=")[0-9a-z]+`)
	unborn  = regexp.MustCompile(`(value=")[a-z]-x[0-9a-z]{7}"`)
	wayBack = regexp.MustCompile(`value="[^"]*/sign-in/school/([0-9a-z]{26})"`) // of a login that is not kept yet
)

// same is a page without what differs each time.
func same(body string) string {
	for _, m := range wayBack.FindAllStringSubmatch(body, -1) {
		body = strings.ReplaceAll(body, m[1], "")
	}
	return unborn.ReplaceAllString(once.ReplaceAllString(body, "$1"), `$1"`)
}

// digest is a fingerprint of every table, so that a test sees that nothing changed. The
// moment at which a sign-in was last used is no change of ours.
func (s *siege) digest() map[string]string {
	s.t.Helper()
	tables := map[string][]string{}
	for _, c := range columnsOf(s.t, s.h.db) {
		if c.Table != "sign_in" && c.Table != "goose_db_version" {
			tables[c.Table] = append(tables[c.Table], `coalesce(cast("`+c.Column+`" as text), '-')`)
		}
	}
	out := map[string]string{}
	for table, columns := range tables {
		rows, err := db.All(s.t.Context(), s.h.db, `select `+strings.Join(columns, ` || '|' || `)+` from "`+table+`"`, db.Str)
		s.ok(err)
		slices.Sort(rows)
		sum := fnv.New64a()
		for _, r := range rows {
			_, _ = io.WriteString(sum, r+"\n") // a hash always takes it
		}
		out[table] = fmt.Sprintf("%d rows %x", len(rows), sum.Sum64())
	}
	return out
}

// unchanged compares two fingerprints and names the tables that differ.
func (s *siege) unchanged(before map[string]string, what string) bool {
	s.t.Helper()
	after := s.digest()
	ok := true
	for table, sum := range before {
		if after[table] != sum {
			s.t.Errorf("%s changed %s: %s, then %s", what, table, sum, after[table])
			ok = false
		}
	}
	return ok
}
