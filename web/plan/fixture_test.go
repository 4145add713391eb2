package plan_test

import (
	"context"
	"regexp"
	"testing"
	"time"

	"github.com/a-h/templ"

	"leerkring/access"
	"leerkring/block/contribution"
	"leerkring/block/decision"
	"leerkring/block/evidence"
	"leerkring/block/plan"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	decisionweb "leerkring/web/decision"
	planweb "leerkring/web/plan"
	"leerkring/web/room"
	"leerkring/web/room/roomtest"
	takeoverweb "leerkring/web/takeover"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/why"
)

// desk is a school with a trajectory in the stage of deciding, its people, and the pages.
type desk struct {
	*roomtest.Site
	t             *testing.T
	d             *db.DB
	clock         *clock.Fake
	schools       *school.Service
	trajectories  *trajectory.Service
	contributions *contribution.Service
	evidence      *evidence.Service
	plans         *plan.Service
	decisions     *decision.Service
	id            string
	people        map[string]string
}

var names = map[string]string{"lead": "Daan Peters", "member": "Noor Haddad", "second": "Kees Bakker", "colleague": "Wim Hofman", "leader": "Ilse Brandsma"}

func must[T any](x T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

func newDesk(t *testing.T) *desk { return newDeskIn(t, "besluit") }

func newDeskIn(t *testing.T, stage string) *desk {
	t.Helper()
	t.Parallel()
	ctx := t.Context()
	library := must(method.Builtin())(t)
	w := &desk{t: t, d: dbtest.SQLite(t), clock: clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC)), people: map[string]string{}}
	w.trajectories = trajectory.NewService(w.d, w.clock, library)
	w.schools = school.NewService(w.d, w.clock)
	found := must(w.schools.Found(ctx, school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"}))(t)
	admin := must(school.Knows(ctx, w.d, found.AdminID))(t).Who
	for name, full := range names {
		w.people[name] = must(w.schools.AddStaff(ctx, admin, found.SchoolID, school.NewStaff{Name: full, Email: name + "@baken.example", Active: true}))(t)
	}
	if err := w.schools.Appoint(ctx, admin, found.SchoolID, w.people["leader"], access.Role{Kind: access.RoleLeader, SchoolID: found.SchoolID}); err != nil {
		t.Fatal(err)
	}
	elsewhere := must(w.schools.Found(ctx, school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"}))(t)
	w.people["outsider"] = elsewhere.AdminID
	w.id = must(w.trajectories.Begin(ctx, w.who("lead"), trajectory.Start{SchoolID: found.SchoolID, MethodID: "verbetercyclus", Title: "Feedback in elke les", StageID: stage, Open: true}))(t)
	for _, name := range []string{"member", "second"} {
		must(w.trajectories.Invite(ctx, w.who("lead"), w.id, trajectory.Invitation{PersonID: w.people[name], Role: trajectory.Member}, w.schools))(t)
	}
	w.people["guest"] = must(w.trajectories.Invite(ctx, w.who("lead"), w.id, trajectory.Invitation{Name: "Gijs Vreemd", Email: "gijs@elders.example", Role: trajectory.Guest, EndsOn: "2026-07-01"}, w.schools))(t)
	must(0, w.d.Write(ctx, func(tx *db.Tx) error { // the guest came in
		_, err := db.Exec(ctx, tx, `update person set state = 'active' where id = $1`, w.people["guest"])
		return err
	}))(t)
	w.wire(library)
	return w
}

// wire connects the blocks as the house does, and puts the pages under their routes.
func (w *desk) wire(library *method.Library) {
	w.contributions = contribution.NewService(w.d, w.clock, w.trajectories)
	w.evidence = evidence.NewService(w.trajectories, w.clock, w.contributions)
	w.plans = plan.NewService(w.trajectories, w.clock)
	w.decisions = decision.NewService(w.trajectories, w.clock, w.plans)
	w.plans.Cites("contribution", w.contributions.Belong)
	w.plans.Cites("finding", w.found("finding"))
	w.plans.Cites("evidence", w.found("evidence"))
	for _, kind := range []string{"plan", "goal", "action_item"} {
		w.contributions.About(kind, w.plans.There(kind))
	}
	p := &planweb.Room{Trajectories: w.trajectories, Plans: w.plans, Decisions: w.decisions, Contributions: w.contributions, Evidence: w.evidence, Deciding: decisionweb.Beside, Needs: needed}
	w.Site = roomtest.New(w.t, w.d, w.clock, library, plan.Texts, decision.Texts, contribution.Texts, evidence.Texts, trajectoryweb.Texts, planweb.Texts, decisionweb.Texts, takeoverweb.Texts)
	for _, r := range []struct {
		method, pattern string
		handler         room.Handler
	}{
		{"GET", "", p.Show}, {"POST", "", p.Draft}, {"GET", "/edit", p.Arrange}, {"GET", "/words/form", p.WordsForm}, {"POST", "/words", p.EditWords},
		{"GET", "/items/new", p.NewItem}, {"POST", "/items", p.Add}, {"GET", "/items/{item}/edit", p.EditItem}, {"POST", "/items/{item}", p.Edit},
		{"POST", "/items/{item}/grounds", p.Ground}, {"POST", "/items/{item}/move", p.Move}, {"POST", "/items/{item}/remove", p.Remove}, {"POST", "/items/{item}/restore", p.Restore},
		{"POST", "/beside/{line}", p.Piece}, {"POST", "/let-go/{item}", p.LetGo}, {"POST", "/remarks", p.Remark}, {"POST", "/remarks/{remark}", p.Reply},
		{"GET", "/versions", p.Versions}, {"GET", "/versions/{number}", p.Version}, {"GET", "/compare", p.Compare}, {"POST", "/talk", p.Talk}, {"POST", "/adjust", p.Adjust},
	} {
		w.Route(r.method, "/trajectories/{id}/plan"+r.pattern, r.handler)
	}
}

func (w *desk) found(kind string) plan.Belong {
	return func(ctx context.Context, q db.Queryer, seen trajectory.Seen, ids []string) error {
		refs := make([]why.Ref, len(ids))
		for i, id := range ids {
			refs[i] = why.Ref{Kind: kind, ID: id}
		}
		return w.evidence.Belong(ctx, q, seen, refs)
	}
}

// needed stands in for the room of what is needed.
func needed(_ *room.Request, _ trajectory.Seen) (templ.Component, error) {
	return templ.Raw(`<p>Inval bij lesbezoek</p>`), nil
}

func (w *desk) who(name string) access.Who {
	w.t.Helper()
	return must(school.Knows(w.t.Context(), w.d, w.people[name]))(w.t).Who
}

func (w *desk) seen(name string) trajectory.Seen {
	w.t.Helper()
	return must(w.trajectories.Reach(w.t.Context(), w.d, w.who(name), w.id))(w.t)
}

// page is the address of the plan, or of something below it.
func (w *desk) page(below string) string { return "/trajectories/" + w.id + "/plan" + below }

func (w *desk) get(name, below string) roomtest.Reply {
	w.t.Helper()
	return w.Get(w.people[name], w.page(below))
}

func (w *desk) post(name, below string, fields ...string) roomtest.Reply {
	w.t.Helper()
	return w.Post(w.people[name], w.page(below), fields...)
}

func (w *desk) add(name string, item plan.Item, grounds ...why.Ref) string {
	w.t.Helper()
	return must(w.plans.Add(w.t.Context(), w.who(name), w.id, item, grounds...))(w.t)
}

// written is a plan with something in every part; it returns a goal, an action and a core line.
func (w *desk) written() (goal, action, core string) {
	w.t.Helper()
	goal = w.add("lead", plan.Goal{Text: "Elke leerling hoort één volgende stap.", Approach: "We sluiten af met één vraag.", NoticedBy: "leerlingen die het zelf kunnen zeggen"})
	other := w.add("member", plan.Goal{Text: "Leerlingen stellen zelf een vraag."})
	action = w.add("lead", plan.Action{Text: "Elke les eindigt met een stap", Who: "Iedereen in leerjaar 3", FromOn: "2026-04-13", GoalID: goal})
	w.add("member", plan.Action{Text: "Voorbeelden verzamelen", OwnerID: w.people["second"], ToOn: "2026-04-10", Hours: "geen extra tijd", Pilot: "3A", GoalID: goal})
	w.add("lead", plan.Action{Text: "Vragen oefenen", FromOn: "2026-05-04", ToOn: "2026-05-29", When: "in de mentorles", GoalID: other})
	w.add("lead", plan.Action{Text: "Bij elkaar kijken", When: "in mei"})
	core = w.add("lead", plan.Core{Text: "Feedback gaat over het werk."})
	w.add("member", plan.Room{Text: "De vorm kies je zelf.", Pace: true})
	w.add("lead", plan.Hearing{Who: "Ouders", What: "Een kort stuk", On: "2026-04-20"})
	w.add("lead", plan.Look{Question: "Lukt het?", On: "2026-05-07", How: "weekpuls"})
	w.add("lead", plan.Look{Question: "Houden of stoppen?"})
	head := plan.Head{Why: "Vier van de tien weten het niet.", Keep: "Fouten maken mag hier.", Strategy: plan.Pilot, With: "Kees, in 3A", Detail: plan.MainLines}
	if _, err := w.plans.EditHead(w.t.Context(), w.who("lead"), w.id, 0, head); err != nil {
		w.t.Fatal(err)
	}
	return goal, action, core
}

func (w *desk) version(name, item string) string {
	w.t.Helper()
	return w.hidden(w.get(name, "/items/"+item+"/edit"), "version")
}

// hidden is what a form sends along unseen.
func (w *desk) hidden(r roomtest.Reply, name string) string {
	w.t.Helper()
	found := regexp.MustCompile(`type="hidden" name="` + name + `" value="([^"]*)"`).FindStringSubmatch(r.Body)
	if found == nil {
		w.t.Fatalf("no hidden %s (status %d, %v)", name, r.Status, r.Err)
	}
	return found[1]
}

func (w *desk) closeIn() {
	w.t.Helper()
	seen := w.seen("lead")
	if err := w.trajectories.Edit(w.t.Context(), w.who("lead"), w.id, seen.Version, trajectory.Change{Title: seen.Title}); err != nil {
		w.t.Fatal(err)
	}
}

// said fails unless a form went through and the next page tells so.
func said(t *testing.T, r roomtest.Reply, key string) {
	t.Helper()
	if r.Status != 303 || !regexp.MustCompile(`[?&]said=`+key+`(#|$)`).MatchString(r.Location) {
		t.Errorf("want %s, got %d %s %v", key, r.Status, r.Location, r.Err)
	}
}
