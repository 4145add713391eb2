package main

import (
	"context"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/contribution"
	"leerkring/block/decision"
	"leerkring/block/plan"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/why"
	"leerkring/writing"
)

// table is the plan and the decisions of one team as the house connects them.
type table struct {
	t            *testing.T
	h            *house
	clock        *clock.Fake
	id           string
	lead, member access.Who
}

func newTable(t *testing.T, d *db.DB) *table {
	t.Helper()
	ctx := t.Context()
	hands := clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC))
	h := &house{db: d, clock: hands}
	h.schools = school.NewService(d, hands)
	packs, err := method.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	h.trajectories = trajectory.NewService(d, hands, packs)
	h.blocks.contributions = contribution.NewService(d, hands, h.trajectories)
	h.planning()
	h.trajectories.Tells(h.blocks.plans, h.blocks.decisions)
	found, err := h.schools.Found(ctx, school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"})
	if err != nil {
		t.Fatal(err)
	}
	w := &table{t: t, h: h, clock: hands}
	admin := w.who(found.AdminID)
	people := map[string]string{}
	for _, name := range []string{"Daan Peters", "Noor Haddad"} {
		if people[name], err = h.schools.AddStaff(ctx, admin, found.SchoolID, school.NewStaff{Name: name, Email: name[:4] + "@baken.example", Active: true}); err != nil {
			t.Fatal(err)
		}
	}
	w.lead, w.member = w.who(people["Daan Peters"]), w.who(people["Noor Haddad"])
	if w.id, err = h.trajectories.Begin(ctx, w.lead, trajectory.Start{SchoolID: found.SchoolID, MethodID: "verbetercyclus", Title: "Feedback in elke les", Open: true}); err != nil {
		t.Fatal(err)
	}
	if _, err = h.trajectories.Invite(ctx, w.lead, w.id, trajectory.Invitation{PersonID: w.member.ID, Role: trajectory.Member}, h.schools); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *table) who(id string) access.Who {
	w.t.Helper()
	known, err := school.Knows(w.t.Context(), w.h.db, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return known.Who
}

func (w *table) plan() plan.Page {
	w.t.Helper()
	seen, err := w.h.trajectories.Reach(w.t.Context(), w.h.db, w.lead, w.id)
	if err != nil {
		w.t.Fatal(err)
	}
	page, err := w.h.blocks.plans.Page(w.t.Context(), w.h.db, seen)
	if err != nil {
		w.t.Fatal(err)
	}
	return page
}

func (w *table) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *table) kept(clash *writing.Clash, err error) {
	w.t.Helper()
	if err != nil || clash != nil {
		w.t.Fatal(err, clash)
	}
}

// ask freezes the plan and puts it to the group.
func (w *table) ask(ctx context.Context, reason string) string {
	w.t.Helper()
	number, err := w.h.blocks.plans.PutUp(ctx, w.lead, w.id, plan.ToDecision, reason)
	w.ok(err)
	id, err := w.h.blocks.decisions.Open(ctx, w.lead, w.id, decision.Proposal{Title: "Beginnen we na de meivakantie?", PlanNumber: number, Audience: decision.PLG, ClosesOn: "2026-04-02"})
	w.ok(err)
	return id
}

func TestADecisionSettlesThePlanThatItIsAbout(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := newTable(t, d), t.Context()
		plans, decisions := w.h.blocks.plans, w.h.blocks.decisions
		w.ok(plans.Draft(ctx, w.member, w.id, plan.QuickPlan{Why: "Vier van de tien weten het niet.", Goals: []plan.QuickGoal{{Text: "Elke leerling hoort één volgende stap."}}}))
		goal := w.plan().Goals[0]

		first := w.ask(ctx, "")
		asked, err := decisions.Asked(ctx, w.member, "2026-03-19")
		w.ok(err)
		if len(asked) != 1 || !asked[0].AboutPlan || decisionAsk(asked[0], true).Link != "/trajectories/"+w.id+"/plan#decide" || decisionAsk(asked[0], false).Link != "/trajectories/"+w.id+"/decisions/"+first {
			t.Fatalf("asked: %+v", asked)
		}
		for _, who := range []access.Who{w.lead, w.member} {
			w.kept(decisions.React(ctx, who, w.id, first, 0, decision.Say{Choice: decision.Agree}))
		}
		w.kept(plans.Edit(ctx, w.member, w.id, goal.ID, goal.Version, plan.Goal{Text: "Elke leerling kent de volgende stap."}))
		w.ok(decisions.Close(ctx, w.lead, w.id, first, decision.Closing{Outcome: decision.Agreed}))
		page := w.plan()
		if p := page.Plan; p.State != plan.Settled || p.Standing != 1 || len(page.Changes) != 1 {
			t.Errorf("the version that people agreed to holds, what came later waits: %+v, %d changes", p, len(page.Changes))
		}
		links, err := why.All(ctx, d, w.id)
		w.ok(err)
		if n := len(links.From("decision", first).Is(why.Settles)); n != 1 {
			t.Errorf("%d links from the decision to the plan", n)
		}

		second := w.ask(ctx, "Het doel is scherper.")
		w.kept(decisions.React(ctx, w.member, w.id, second, 0, decision.Say{Choice: decision.Objection, Text: "Dat is te veel tegelijk."}))
		w.kept(decisions.React(ctx, w.lead, w.id, second, 0, decision.Say{Choice: decision.Agree}))
		w.ok(decisions.Close(ctx, w.lead, w.id, second, decision.Closing{Outcome: decision.No, Reason: "Eerst laten landen wat er staat."}))
		if p := w.plan().Plan; p.State != plan.Settled || p.Standing != 1 {
			t.Errorf("a no leaves in force what held: %+v", p)
		}

		third, err := decisions.Succeed(ctx, w.lead, w.id, second, decision.Proposal{Title: "En nu?", PlanNumber: 2, Audience: decision.PLG, ClosesOn: "2026-04-10"})
		w.ok(err)
		w.clock.Set(time.Date(2026, 4, 10, 14, 0, 0, 0, time.UTC))
		w.ok(decisions.Close(ctx, w.lead, w.id, third, decision.Closing{Outcome: decision.AgreedSubjectTo, SubjectTo: "Alleen in leerjaar 3.", SubjectWho: "Noor"}))
		page = w.plan()
		if p := page.Plan; p.State != plan.Settled || p.Standing != 2 || page.Versions[0].Adjusts != 1 {
			t.Errorf("version 2 takes the place of version 1: %+v, %+v", p, page.Versions[0])
		}
	})
}
