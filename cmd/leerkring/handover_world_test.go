package main

import (
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/account"
	"leerkring/block/agreement"
	"leerkring/block/condition"
	"leerkring/block/meeting"
	"leerkring/block/plan"
	"leerkring/block/session"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/method"
	"leerkring/school"
	"leerkring/task"
	"leerkring/trajectory"
	"leerkring/web"
)

// hands is a round whose people use their pages: they see them, and press what stands on them.
type hands struct {
	*round
	forms   *siege // reads forms out of a page
	cookies map[string]string
	pressed int // how often somebody pressed something
}

// eachHands runs f against the whole program on both engines. It is a Monday in March.
func eachHands(t *testing.T, f func(t *testing.T, r *hands)) {
	t.Parallel()
	on := func(t *testing.T, database string) {
		t.Parallel()
		r := &hands{round: newRoundOn(t, database), cookies: map[string]string{}}
		r.forms = &siege{t: t, base: &url.URL{Scheme: "http", Host: "localhost:1"}, known: http.NewServeMux(), routes: map[string]web.Route{}}
		for _, p := range pages() {
			r.forms.routes[p.Method+" "+p.Pattern] = p
			r.forms.known.Handle(p.Method+" "+p.Pattern, http.NotFoundHandler())
		}
		for _, name := range []string{"dirk", "eva"} { // enough for a circle of which nobody else knows
			id, err := r.h.schools.AddStaff(t.Context(), r.known("admin").Who, r.school, school.NewStaff{Name: name, Email: name + "@baken.example", Active: true})
			r.ok(err)
			r.people[name] = id
		}
		f(t, r)
	}
	t.Run("sqlite", func(t *testing.T) { on(t, "sqlite:"+dbtest.SQLiteFile(t)) })
	t.Run("postgres", func(t *testing.T) { on(t, dbtest.PostgresURL(t)) })
}

// send is one request of somebody's browser.
func (r *hands) send(name, method, path string, fields url.Values) *httptest.ResponseRecorder {
	r.t.Helper()
	if r.cookies[name] == "" {
		link, err := r.h.accounts.LinkFor(r.t.Context(), r.people[name])
		r.ok(err)
		in, err := r.h.accounts.SpendLink(r.t.Context(), link[strings.LastIndexByte(link, '/')+1:], account.Browser{Device: account.Own, Name: "Firefox"})
		r.ok(err)
		r.cookies[name] = in.Secret
	}
	q := httptest.NewRequest(method, "http://localhost:1"+path, strings.NewReader(fields.Encode())).WithContext(r.t.Context())
	q.Header.Set("Cookie", "leerkring="+r.cookies[name])
	q.Header.Set("Accept-Language", "nl")
	if method == http.MethodPost {
		q.Header.Set("Origin", "http://localhost:1")
		q.Header.Set("Sec-Fetch-Site", "same-origin")
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	out := httptest.NewRecorder()
	r.h.handler.ServeHTTP(out, q)
	if out.Code >= http.StatusInternalServerError {
		r.t.Errorf("%s %s as %s: %d %s", method, path, name, out.Code, out.Body)
	}
	return out
}

// sees is what stands on a page, as words.
func (r *hands) sees(name, path string) string {
	r.t.Helper()
	out := r.send(name, http.MethodGet, path, nil)
	if out.Code != http.StatusOK {
		r.t.Fatalf("%s as %s: %d %s", path, name, out.Code, out.Header().Get("Location"))
	}
	return out.Body.String()
}

// follows presses a link of a page.
func (r *hands) follows(name, path, href string) string {
	r.t.Helper()
	if !strings.Contains(r.sees(name, path), `href="`+href+`"`) {
		r.t.Fatalf("%s as %s leads not to %s", path, name, href)
	}
	r.pressed++
	return href
}

// presses sends a form of a page as it stands there, with some fields otherwise.
func (r *hands) presses(name, path, action string, change ...string) int {
	r.t.Helper()
	for _, f := range r.forms.formsOf(r.sees(name, path)) {
		if f.action != action {
			continue
		}
		r.pressed++
		for i := 0; i+1 < len(change); i += 2 {
			f.fields.Set(change[i], change[i+1])
		}
		return r.send(name, http.MethodPost, action, f.fields).Code
	}
	r.t.Fatalf("%s as %s has no form for %s", path, name, action)
	return 0
}

// offers reports whether a page lets somebody do something.
func (r *hands) offers(name, path, action string) bool {
	r.t.Helper()
	return strings.Contains(r.sees(name, path), `action="`+action+`"`)
}

var spaces = regexp.MustCompile(`(?s)<[^>]*>|\s+`)

// spoken are the words of a page without its marks.
func spoken(body string) string {
	return strings.Join(strings.Fields(html.UnescapeString(spaces.ReplaceAllString(body, " "))), " ")
}

func (r *hands) tells(name, path, want string) {
	r.t.Helper()
	if !strings.Contains(spoken(r.sees(name, path)), want) {
		r.t.Errorf("%s as %s does not tell %q", path, name, want)
	}
}

func (r *hands) hides(name, path, word string) {
	r.t.Helper()
	if strings.Contains(spoken(r.sees(name, path)), word) {
		r.t.Errorf("%s as %s tells %q", path, name, word)
	}
}

// work is what lead carries, by what it is.
type work struct{ hour, task, action, promise, session string }

// carries gives lead something of each kind in their trajectory, with anna as who stands in.
func (r *hands) carries() work {
	r.t.Helper()
	ctx, b, lead := r.t.Context(), r.h.blocks, r.known("lead").Who
	var w work
	var err error
	must := func() { r.t.Helper(); r.ok(err) }
	r.ok(r.h.trajectories.HandOver(ctx, lead, r.at, lead.ID, trajectory.Lead, r.people["anna"]))
	w.hour, err = b.meetings.Make(ctx, lead, r.at, meeting.Plan{StartsAt: time.Date(2026, 4, 2, 13, 0, 0, 0, time.UTC), Minutes: 50}, nil)
	must()
	w.action, err = b.plans.Add(ctx, lead, r.at, plan.Action{Text: "Drie lessen bekijken", OwnerID: lead.ID, ToOn: "2026-12-18"})
	must()
	w.promise, err = b.conditions.Add(ctx, lead, r.at, condition.New{Words: condition.Words{Kind: condition.Kinds[0], Text: "Een lokaal op dinsdag"}, AskedID: lead.ID})
	must()
	r.ok(b.conditions.Promise(ctx, lead, w.promise, 1, condition.Answer{To: condition.Promised, Due: "2026-12-01"}))
	clash, err := b.agreements.Arrange(ctx, lead, r.at, 0, agreement.Care{CaretakerID: lead.ID, StandInID: r.people["member"], BuddyID: lead.ID})
	if must(); clash != nil {
		r.t.Fatal("the page was changed by another")
	}
	_, err = b.agreements.Propose(ctx, lead, r.at, agreement.Line{Kind: agreement.Core, Body: "Wij beginnen met een succes."})
	must()
	w.session, err = b.sessions.Plan(ctx, lead, session.Plan{SchoolID: r.school, MethodID: "weekbord", TrajectoryID: r.at, StartsAt: time.Date(2026, 4, 9, 14, 0, 0, 0, time.UTC), People: []string{r.people["member"]}})
	must()
	w.task = r.task("lead", "Voorbeelden ophalen", "meeting", w.hour)
	return w
}

// task gives somebody something to do.
func (r *hands) task(owner, body, kind, source string) (id string) {
	r.t.Helper()
	r.ok(r.h.db.Write(r.t.Context(), func(tx *db.Tx) error {
		x, err := task.Add(r.t.Context(), tx, r.known(owner).Who, task.New{SchoolID: r.school, TrajectoryID: r.at, SourceKind: kind, SourceID: source, OwnerID: r.people[owner], Body: body, DueOn: "2026-03-27"}, r.clock.Now())
		id = x.ID
		return err
	}))
	return id
}

// has is who has each thing now, by name.
func (r *hands) has(w work) map[string]string {
	r.t.Helper()
	out := map[string]string{}
	for what, q := range map[string][2]string{
		"task": {`select owner_id from task where id = $1`, w.task}, "hour": {`select host_id from meeting where id = $1`, w.hour},
		"action": {`select owner_id from plan_item where id = $1`, w.action}, "promise": {`select answered_by from condition where id = $1`, w.promise},
		"session": {`select host_id from session where id = $1`, w.session}, "care": {`select caretaker_id from agreement_page where trajectory_id = $1`, r.at},
		"buddy": {`select buddy_id from agreement_page where trajectory_id = $1`, r.at}} {
		out[what] = r.name(r.one(q[0], q[1]))
	}
	out["leads"] = strings.Join(r.leads(), " ")
	return out
}

// one is one word of the database.
func (r *hands) one(sql string, args ...any) string {
	r.t.Helper()
	s, err := db.One(r.t.Context(), r.h.db, sql, db.Str, args...)
	r.ok(err)
	return s
}

// names are people of the database, by name.
func (r *hands) names(sql string, args ...any) []string {
	r.t.Helper()
	list, err := db.All(r.t.Context(), r.h.db, sql, db.Str, args...)
	r.ok(err)
	for i, id := range list {
		list[i] = r.name(id)
	}
	return list
}

// teamsOf are the teams of somebody.
func (r *hands) teamsOf(name string) string {
	r.t.Helper()
	return strings.Join(r.names(`select team_id from team_member where person_id = $1 order by team_id`, r.people[name]), " ")
}

func (r *hands) exec(sql string, args ...any) {
	r.t.Helper()
	r.ok(r.h.db.Write(r.t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(r.t.Context(), tx, sql, args...)
		return err
	}))
}

// leader makes somebody a leader of the school.
func (r *hands) leader(name string) {
	r.t.Helper()
	r.ok(r.h.schools.Appoint(r.t.Context(), r.known("admin").Who, r.school, r.people[name], access.Role{Kind: access.RoleLeader, SchoolID: r.school}))
}

func (r *hands) name(id string) string {
	for name, is := range r.people {
		if is == id {
			return name
		}
	}
	return id
}

// allWith asserts that everything is with one person.
func (r *hands) allWith(w work, name string, but ...string) {
	r.t.Helper()
	want := map[string]string{}
	for i := 0; i+1 < len(but); i += 2 {
		want[but[i]] = but[i+1]
	}
	for what, is := range r.has(w) {
		if also, ok := want[what]; ok && is != also || !ok && is != name {
			r.t.Errorf("%s is with %s", what, is)
		}
	}
}

// turn lets the days do their work at a moment.
func (r *hands) turn(at time.Time) {
	r.t.Helper()
	r.clock.Set(at)
	_, err := r.h.handovers.Turn(r.t.Context())
	r.ok(err)
}

// private gives somebody what is theirs alone: a closed circle that they will lead, one that was
// held, with their own words in it, and a task that they made of those.
func (r *hands) private(name string, others ...string) {
	r.t.Helper()
	ctx, sessions, who := r.t.Context(), r.h.blocks.sessions, r.known(name).Who
	var people []string
	for _, other := range others {
		people = append(people, r.people[other])
	}
	ahead, err := sessions.Plan(ctx, who, session.Plan{SchoolID: r.school, MethodID: "incidentmethode", Title: "De ruzie in 3h", StartsAt: r.clock.Now().AddDate(0, 0, 3), PresenterID: people[0], People: people})
	r.ok(err)
	if circle := r.one(`select circle from session where id = $1`, ahead); circle != string(method.CircleClosed) {
		r.t.Fatal("no closed circle: ", circle)
	}
	held, err := sessions.Plan(ctx, who, session.Plan{SchoolID: r.school, MethodID: "incidentmethode", StartsAt: r.clock.Now(), PresenterID: people[0], People: people})
	r.ok(err)
	for _, x := range append(others, name) {
		r.ok(sessions.Join(ctx, r.known(x).Who, held, true))
	}
	r.ok(sessions.Begin(ctx, who, held))
	r.ok(sessions.Close(ctx, who, held))
	text, err := sessions.Write(ctx, who, held, "afronden.eigen", "", 0, "Eerst tellen", "")
	r.ok(err)
	r.ok(sessions.TaskOf(ctx, who, held, text, session.NewTask{Body: "Eerst tot tien tellen", DueOn: clock.On(r.clock.Now(), clock.Zone("")).Add(3)}))
}
