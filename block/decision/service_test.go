package decision_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/decision"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/trajectory"
	"leerkring/why"
	"leerkring/writing"
)

// Who works none of the days on which people are asked is not called unheard, and blocks no closing.
func TestWhoWorksOnOtherDaysHoldsNothingUp(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.exec(`update person set working_days = '[1]' where id = $1`, w.people["second"]) // asked from Thursday to Friday
		p := proposal(decision.PLG)
		p.ClosesOn = "2026-03-20"
		id := w.open(p)
		if v := w.view("lead", id); slices.Contains(v.Unheard, w.people["second"]) || v.Tally.NotYet != 2 {
			t.Errorf("%+v, unheard %v", v.Tally, v.Unheard)
		}
		w.react("lead", id, decision.Agree, "")
		w.react("member", id, decision.Agree, "")
		w.close(id, decision.Closing{Outcome: decision.Agreed})
		if v := w.view("second", id); v.Tally != (decision.Tally{Agree: 2}) {
			t.Errorf("%+v", v.Tally)
		}
	})
}

func TestFromProposalToAgreed(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.open(proposal(decision.Teams))
		w.react("lead", id, decision.Agree, "")
		w.react("colleague", id, decision.Objection, "Zonder inval haal ik dat lesbezoek niet.")
		w.react("member", id, decision.Wish, "Ook op een kaartje")
		v := w.view("colleague", id)
		if !v.Whole || !v.Asked || !v.MayReact || v.MayClose || v.Tally != (decision.Tally{Agree: 1, Wish: 1, Objection: 1, NotYet: 1}) || v.Mine.Choice != decision.Objection || len(v.Reactions) != 3 || v.Unheard != nil {
			t.Fatalf("a colleague who was asked: %+v", v)
		}
		m := w.view("member", id)
		if !slices.Equal(m.Unheard, []string{w.people["second"]}) {
			t.Errorf("those who take part see who is not heard, and never who is away: %v", m.Unheard)
		}
		if f := w.facts(); f["objection_open"].Number != 1 || f["everyone_concerned_asked"].State != trajectory.Partly {
			t.Errorf("%v", f)
		}
		objection, wish := w.reaction(id, "colleague"), w.reaction(id, "member")
		if err := w.decisions.TakeUp(t.Context(), w.who("lead"), w.id, id, objection.ID, w.people["member"], "2026-03-27"); err != nil {
			t.Fatal(err)
		}
		w.answer("member", id, objection, "Terecht. Petra regelt inval.")
		w.answer("lead", id, wish, "Komt bij vrij.")
		if f := w.facts(); f["objection_open"].Number != 0 || f["everyone_concerned_asked"].State != trajectory.Met {
			t.Errorf("%v", f)
		}
		if r := w.reaction(id, "colleague"); r.Open() || r.OwnerID != w.people["member"] || r.DueOn != "2026-03-27" || r.AnsweredBy != w.people["member"] {
			t.Errorf("%+v", r)
		}
		w.later()
		w.close(id, decision.Closing{Outcome: decision.AgreedSubjectTo, SubjectTo: "Er is inval bij lesbezoek", SubjectWho: "Petra, roosters"})
		if got := w.plan.told; len(got) != 1 || got[0] != (settled{why.Ref{Kind: "plan", ID: w.id}, 1, "agreed_subject_to"}) {
			t.Errorf("the plan is told: %+v", got)
		}
		links := must(why.All(t.Context(), w.d, w.id))(t)
		if len(links) != 1 || links[0].Relation != why.Settles || links[0].From.ID != id || links[0].To != (why.Ref{Kind: "plan", ID: w.id}) {
			t.Errorf("%+v", links)
		}
		v = w.view("colleague", id)
		if !v.Closed() || !v.Agreed() || v.MayReact || v.End.Tally != v.Tally || v.Tally.Reacted() != 3 || v.End.SubjectWho != "Petra, roosters" {
			t.Errorf("after closing: %+v", v)
		}
		want := []string{"decision.opened", "decision.reacted", "decision.reacted", "decision.reacted", "decision.objection_taken_up", "decision.answered", "decision.answered", "decision.closed"}
		if got := w.kinds(); !slices.Equal(got[len(got)-len(want):], want) {
			t.Errorf("journal: %v", got)
		}
	})
}

func (w *town) facts() trajectory.Facts {
	w.t.Helper()
	return must(w.decisions.Facts(w.t.Context(), w.d, w.seen("lead")))(w.t)
}

func (w *town) reaction(id, name string) decision.Reaction {
	w.t.Helper()
	for _, r := range w.view("lead", id).Reactions {
		if r.PersonID == w.people[name] {
			return r
		}
	}
	w.t.Fatalf("%s said nothing", name)
	return decision.Reaction{}
}

func (w *town) answer(name, id string, to decision.Reaction, text string) {
	w.t.Helper()
	clash, err := w.decisions.Answer(w.t.Context(), w.who(name), w.id, id, decision.Reply{ReactionID: to.ID, To: to.Version, Base: to.AnswerVersion, Text: text})
	if err != nil || clash != nil {
		w.t.Fatal(name, err, clash)
	}
}

// Who is asked is fixed at the opening, by audience; guests only when they are named.
func TestWhoIsAsked(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		asked := func(audience decision.Audience, guests ...string) string {
			t.Helper()
			p := proposal(audience)
			p.PlanNumber = 0
			for _, g := range guests {
				p.GuestIDs = append(p.GuestIDs, w.people[g])
			}
			id := w.open(p)
			rows := must(db.All(t.Context(), w.d, `select person_id from decision_asked where decision_id = $1`, db.Str, id))(t)
			var names []string
			for name, person := range w.people {
				if slices.Contains(rows, person) {
					names = append(names, name)
				}
			}
			slices.Sort(names)
			if len(rows) != len(names) {
				t.Errorf("%d asked, %d known", len(rows), len(names))
			}
			return strings.Join(names, " ")
		}
		for _, c := range []struct {
			got, want string
		}{
			{asked(decision.PLG), "lead member second"},
			{asked(decision.PLG, "guest", "guest"), "guest lead member second"},
			{asked(decision.Teams), "away colleague lead member second"},
			{asked(decision.School), "admin away coach colleague elsewhere lead leader member second"},
		} {
			if c.got != c.want {
				t.Errorf("asked %q, want %q", c.got, c.want)
			}
		}
		before := w.state()
		for name, p := range map[string]decision.Proposal{
			"a guest of nobody":     {Title: "Doen we het?", Audience: decision.PLG, ClosesOn: until, GuestIDs: []string{w.people["stranger"]}},
			"a colleague as guest":  {Title: "Doen we het?", Audience: decision.PLG, ClosesOn: until, GuestIDs: []string{w.people["elsewhere"]}},
			"a version not frozen":  {Title: "Doen we het?", Audience: decision.PLG, ClosesOn: until, PlanNumber: 2},
			"less than no version":  {Title: "Doen we het?", Audience: decision.PLG, ClosesOn: until, PlanNumber: -1},
			"a predecessor of none": {},
		} {
			var err error
			if p.Title == "" {
				_, err = w.decisions.Succeed(t.Context(), w.who("lead"), w.id, "nothing", decision.Proposal{Title: "Doen we het?", Audience: decision.PLG, ClosesOn: until})
			} else {
				_, err = w.decisions.Open(t.Context(), w.who("lead"), w.id, p)
			}
			if !errs.IsAbsent(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := w.decisions.Open(t.Context(), w.who("lead"), w.id, decision.Proposal{Title: "Doen we het?", Audience: decision.PLG, ClosesOn: until, Form: decision.Secret}); key(err) != "decision.secret_later" {
			t.Errorf("%v", err)
		}
		w.exec(`delete from trajectory_team where trajectory_id = $1`, w.id)
		if _, err := w.decisions.Open(t.Context(), w.who("lead"), w.id, proposal(decision.Teams)); key(err) != "decision.no_teams" {
			t.Errorf("%v", err)
		}
		w.exec(`insert into trajectory_team (trajectory_id, team_id) values ($1, $2)`, w.id, w.teamID)
		w.closeIn()
		for _, a := range []decision.Audience{decision.Teams, decision.School} {
			if _, err := w.decisions.Open(t.Context(), w.who("lead"), w.id, proposal(a)); key(err) != "decision.audience_closed" {
				t.Errorf("%s: %v", a, err)
			}
		}
		if got := strings.ReplaceAll(before, "trajectory.closed_in", ""); len(w.state()) < len(got) {
			t.Error("a refusal took something away")
		}
		if n := must(db.One(t.Context(), w.d, `select count(*) from decision`, db.Int))(t); n != 4 {
			t.Errorf("%d decisions, four were opened", n)
		}
		asked(decision.PLG)
	})
}

func TestOneProposalAboutThePlanAtATime(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		var wg sync.WaitGroup
		var mu sync.Mutex
		opened := 0
		for range 6 {
			who := w.who("lead")
			wg.Go(func() {
				_, err := w.decisions.Open(t.Context(), who, w.id, proposal(decision.PLG))
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					opened++
				case key(err) != "decision.one_open":
					t.Errorf("%v", err)
				}
			})
		}
		wg.Wait()
		if opened != 1 {
			t.Errorf("%d proposals about one plan", opened)
		}
		free := proposal(decision.PLG)
		free.PlanNumber = 0
		w.open(free)
		w.freeze(w.other, 1)
		if _, err := w.decisions.Open(t.Context(), w.who("lead"), w.other, proposal(decision.PLG)); err != nil {
			t.Errorf("another team's plan is another matter: %v", err)
		}
	})
}

// A reaction changes until the closing; each wording stays, and the last one counts.
func TestAReactionMayChange(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.open(proposal(decision.PLG))
		w.react("member", id, decision.Objection, "Te veel tegelijk")
		r := w.reaction(id, "member")
		w.answer("lead", id, r, "We halen actie 3 eruit.")
		w.react("member", id, decision.Objection, "En het rooster?")
		r = w.reaction(id, "member")
		if !r.Open() || r.Version != 2 || r.Answer == "" {
			t.Errorf("a new objection is open, the old answer stays to read: %+v", r)
		}
		if _, err := w.decisions.Answer(ctx, w.who("lead"), w.id, id, decision.Reply{ReactionID: r.ID, To: 1, Base: 1, Text: "Antwoord op het oude"}); key(err) != "decision.reaction_changed" {
			t.Errorf("%v", err)
		}
		for range 2 {
			if err := w.decisions.Solved(ctx, w.who("member"), w.id, id); err != nil {
				t.Fatal(err)
			}
		}
		if r := w.reaction(id, "member"); r.Open() || r.SolvedAt.IsZero() {
			t.Errorf("%+v", r)
		}
		w.react("member", id, decision.Agree, "")
		if err := w.decisions.Solved(ctx, w.who("member"), w.id, id); key(err) != "decision.no_objection" {
			t.Errorf("%v", err)
		}
		if v := w.view("member", id); v.Tally != (decision.Tally{Agree: 1, NotYet: 2}) || v.Mine.Version != 3 {
			t.Errorf("%+v", v)
		}
		past := must(w.decisions.Past(ctx, w.who("second"), w.id, id, r.ID))(t)
		if len(past.Reaction) != 3 || past.Reaction[0].Body["choice"] != "objection" || past.Reaction[2].Body["choice"] != "agree" || len(past.Answer) != 1 {
			t.Errorf("%+v", past)
		}
		rows := must(db.One(ctx, w.d, `select count(*) from decision_reaction where decision_id = $1`, db.Int, id))(t)
		if rows != 1 {
			t.Errorf("%d reactions of one person", rows)
		}
	})
}

// Who objected is asked whether the answer solves it, in the week too; the answer «not
// yet» opens the objection, and only who wrote it can say so.
func TestWhoObjectedIsAskedBack(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.open(proposal(decision.PLG))
		asks := func(name string) []bool {
			t.Helper()
			var out []bool
			for _, a := range must(w.decisions.Asked(ctx, w.who(name), "2026-03-20"))(t) {
				out = append(out, a.Back)
			}
			return out
		}
		w.react("member", id, decision.Objection, "Te veel tegelijk")
		if got := asks("member"); len(got) != 0 {
			t.Errorf("nothing to judge yet: %v", got)
		}
		if err := w.decisions.Unsolved(ctx, w.who("member"), w.id, id); key(err) != "decision.no_answer_yet" {
			t.Errorf("%v", err)
		}
		w.answer("lead", id, w.reaction(id, "member"), "We halen actie 3 eruit.")
		if got := asks("member"); !slices.Equal(got, []bool{true}) {
			t.Errorf("who objected is asked: %v", got)
		}
		if err := w.decisions.Unsolved(ctx, w.who("lead"), w.id, id); key(err) != "decision.no_objection" {
			t.Errorf("the lead cannot say it for another: %v", err)
		}
		for range 2 {
			if err := w.decisions.Unsolved(ctx, w.who("member"), w.id, id); err != nil {
				t.Fatal(err)
			}
		}
		if r := w.reaction(id, "member"); !r.Open() || r.UnsolvedAt.IsZero() || len(asks("member")) != 0 {
			t.Errorf("it stands again, and is asked once: %+v", r)
		}
		w.later()
		closing := decision.Closing{Outcome: decision.Agreed}
		if err := w.decisions.Close(ctx, w.who("lead"), w.id, id, closing); key(err) != "decision.objection_open" {
			t.Errorf("no decision closes quietly over it: %v", err)
		}
		w.answer("lead", id, w.reaction(id, "member"), "En actie 4 begint pas in juni.")
		if got := asks("member"); !slices.Equal(got, []bool{true}) {
			t.Errorf("another answer asks again: %v", got)
		}
		if err := w.decisions.Solved(ctx, w.who("member"), w.id, id); err != nil {
			t.Fatal(err)
		}
		if err := w.decisions.Close(ctx, w.who("lead"), w.id, id, closing); err != nil {
			t.Error(err)
		}
	})
}

func TestTwoDevicesOfOnePersonAndTwoWhoAnswer(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.open(proposal(decision.PLG))
		say := func(base int, text string) *writing.Clash {
			t.Helper()
			return must(w.decisions.React(ctx, w.who("member"), w.id, id, base, decision.Say{Choice: decision.Wish, Text: text}))(t)
		}
		first, again := say(0, "op de telefoon"), say(0, "op de telefoon")
		if first != nil || again != nil {
			t.Error("sent twice is said once")
		}
		c := say(0, "op de laptop")
		if c == nil || c.Theirs["text"] != "op de telefoon" || c.Yours["text"] != "op de laptop" {
			t.Fatalf("%+v", c)
		}
		r := w.reaction(id, "member")
		if past := must(w.decisions.Past(ctx, w.who("second"), w.id, id, r.ID))(t); len(past.Reaction) != 1 {
			t.Errorf("what was not put in is not for others: %+v", past.Reaction)
		}
		if say(1, "samen") != nil {
			t.Error("saving on what stands merges")
		}
		r = w.reaction(id, "member")
		w.answer("lead", id, r, "een")
		c = must(w.decisions.Answer(ctx, w.who("second"), w.id, id, decision.Reply{ReactionID: r.ID, To: r.Version, Base: 0, Text: "twee"}))(t)
		if c == nil || c.Theirs["text"] != "een" || w.reaction(id, "member").Answer != "een" {
			t.Errorf("%+v", c)
		}
	})
}

func TestTwoCloseAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.exec(`update participant set role = 'lead' where trajectory_id = $1 and person_id = $2`, w.id, w.people["second"])
		id := w.open(proposal(decision.PLG))
		w.later()
		closings := map[string]decision.Closing{"lead": {Outcome: decision.Agreed}, "second": {Outcome: decision.No, Reason: "te veel tegelijk"}}
		var wg sync.WaitGroup
		var mu sync.Mutex
		var won []decision.Outcome
		for name, c := range closings {
			who := w.who(name)
			wg.Go(func() {
				err := w.decisions.Close(t.Context(), who, w.id, id, c)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					won = append(won, c.Outcome)
				case !errs.Is(err, errs.KindConflict) || key(err) != "decision.closed":
					t.Errorf("%s: %v", name, err)
				}
			})
		}
		wg.Wait()
		if len(won) != 1 || w.view("lead", id).End.Outcome != won[0] || len(w.plan.told) != 1 || w.plan.told[0].outcome != string(won[0]) {
			t.Errorf("one of two ends it: %v, %+v", won, w.plan.told)
		}
	})
}

// Voices and the closing at once: every voice that was accepted is in the tally, and came
// before the closing on the database's own clock.
func TestVoicesWhileItCloses(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.open(proposal(decision.School))
		w.later()
		var wg sync.WaitGroup
		var mu sync.Mutex
		accepted := 0
		for _, name := range []string{"member", "second", "colleague", "elsewhere", "leader", "coach", "admin"} {
			who := w.who(name)
			wg.Go(func() {
				_, err := w.decisions.React(t.Context(), who, w.id, id, 0, decision.Say{Choice: decision.Agree})
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					accepted++
				case key(err) != "decision.closed":
					t.Errorf("%s: %v", name, err)
				}
			})
		}
		lead := w.who("lead")
		wg.Go(func() {
			if err := w.decisions.Close(t.Context(), lead, w.id, id, decision.Closing{Outcome: decision.Agreed}); err != nil {
				t.Error(err)
			}
		})
		wg.Wait()
		if v := w.view("member", id); v.Tally.Agree != accepted || len(v.Reactions) != accepted || v.End.Tally.Agree != accepted {
			t.Errorf("%d accepted, counted %+v", accepted, v.Tally)
		}
		late := must(db.One(t.Context(), w.d, `select count(*) from decision_reaction r join decision d on d.id = r.decision_id where r.put_at > d.sealed_at or length(d.sealed_at) <> 27 or length(r.put_at) <> 27`, db.Int))(t)
		sealed := must(db.One(t.Context(), w.d, `select sealed_at from decision where id = $1`, func(x *time.Time) []any { return []any{x} }, id))(t)
		if late != 0 || sealed.IsZero() {
			t.Errorf("%d voices after the closing at %v", late, sealed)
		}
	})
}

// After closing nobody changes anything: not who was asked, not the lead, not a guest.
func TestAClosedDecisionStays(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		p := proposal(decision.Teams)
		p.GuestIDs = []string{w.people["guest"]}
		id := w.open(p)
		w.react("colleague", id, decision.Objection, "Te veel tegelijk")
		w.react("guest", id, decision.Agree, "")
		r := w.reaction(id, "colleague")
		w.later()
		if err := w.decisions.Close(ctx, w.who("lead"), w.id, id, decision.Closing{Outcome: decision.Agreed}); key(err) != "decision.objection_open" {
			t.Errorf("%v", err)
		}
		if err := w.decisions.TakeUp(ctx, w.who("lead"), w.id, id, r.ID, w.people["colleague"], "2026-05-01"); err != nil {
			t.Fatal(err)
		}
		w.close(id, decision.Closing{Outcome: decision.Agreed, Knowingly: true, Reason: "We beginnen klein en kijken na drie weken."})
		before := w.state()
		for _, name := range []string{"lead", "member", "colleague", "guest"} {
			who := w.who(name)
			for act, try := range w.acts(id, r) {
				if err := try(ctx, who); !errs.Is(err, errs.KindConflict) || key(err) != "decision.closed" {
					t.Errorf("%s, %s: %v", name, act, err)
				}
			}
		}
		if w.state() != before {
			t.Error("a closed decision changed")
		}
		next := must(w.decisions.Succeed(ctx, w.who("lead"), w.id, id, proposal(decision.PLG)))(t)
		if v := w.view("lead", next); v.PredecessorID != id {
			t.Errorf("%+v", v)
		}
		if v := w.view("lead", id); v.SuccessorID != next || v.MayFollow {
			t.Errorf("%+v", v)
		}
		free := proposal(decision.PLG)
		free.PlanNumber = 0
		if _, err := w.decisions.Succeed(ctx, w.who("lead"), w.id, id, free); key(err) != "decision.succeeded" {
			t.Errorf("%v", err)
		}
		if _, err := w.decisions.Succeed(ctx, w.who("lead"), w.id, next, free); key(err) != "decision.succeed_open" {
			t.Errorf("%v", err)
		}
	})
}

// acts are all that can be done with an open decision.
func (w *town) acts(id string, r decision.Reaction) map[string]func(ctx context.Context, who access.Who) error {
	return map[string]func(ctx context.Context, who access.Who) error{
		"react": func(ctx context.Context, who access.Who) error {
			_, err := w.decisions.React(ctx, who, w.id, id, 1, decision.Say{Choice: decision.Agree, Text: "van " + who.ID})
			return err
		},
		"take up": func(ctx context.Context, who access.Who) error {
			return w.decisions.TakeUp(ctx, who, w.id, id, r.ID, w.people["lead"], "2026-05-01")
		},
		"answer": func(ctx context.Context, who access.Who) error {
			_, err := w.decisions.Answer(ctx, who, w.id, id, decision.Reply{ReactionID: r.ID, To: r.Version, Base: 99, Text: "van " + who.ID})
			return err
		},
		"close": func(ctx context.Context, who access.Who) error {
			return w.decisions.Close(ctx, who, w.id, id, decision.Closing{Outcome: decision.Withdrawn, Reason: "we beginnen opnieuw"})
		},
	}
}

// Every act and every read against every role. Each refusal leaves everything as it was.
func TestWhoMayDoWhat(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.open(proposal(decision.Teams))
		w.react("second", id, decision.Objection, "Te veel tegelijk")
		r := w.reaction(id, "second")
		acts := w.acts(id, r)
		delete(acts, "close")
		acts["open"] = func(ctx context.Context, who access.Who) error {
			free := proposal(decision.PLG)
			free.PlanNumber = 0
			_, err := w.decisions.Open(ctx, who, w.id, free)
			return err
		}
		acts["read"] = func(ctx context.Context, who access.Who) error {
			_, _, err := w.decisions.One(ctx, who, w.id, id)
			return err
		}
		acts["past"] = func(ctx context.Context, who access.Who) error {
			_, err := w.decisions.Past(ctx, who, w.id, id, r.ID)
			return err
		}
		check := func(state string, rights map[string]string) {
			t.Helper()
			for name, may := range rights {
				who := w.who(name)
				for act, try := range acts {
					before := w.state()
					err := try(ctx, who)
					if slices.Contains(strings.Split(may, ", "), act) {
						if err != nil {
							t.Errorf("%s, %s: %s must be allowed: %v", state, name, act, err)
						}
						continue
					}
					if !errs.IsAbsent(err) {
						t.Errorf("%s, %s: %s must be absent: %v", state, name, act, err)
					}
					if w.state() != before {
						t.Errorf("%s, %s: refused %s changed something", state, name, act)
					}
				}
			}
		}
		rights := map[string]string{
			"lead": "read, past, react, take up, answer, open", "member": "read, past, react, answer", "coach": "read, past, answer",
			"colleague": "read, past, react", "away": "read, past, react",
			"elsewhere": "", "leader": "", "guest": "", "admin": "", "outsider": "", "stranger": "",
		}
		check("open", rights)
		w.closeIn() // who was asked keeps the voice, whatever the lead does with the trajectory
		check("closed in after the opening", rights)
		w.exec(`delete from staff where person_id = $1`, w.people["colleague"])
		rights["colleague"] = "" // who has left the school is asked nothing any more
		check("left the school", rights)
	})
}

func TestTheTakerAnswersWithoutTakingPart(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.open(proposal(decision.Teams))
		w.react("second", id, decision.Objection, "Te veel tegelijk")
		w.react("member", id, decision.Agree, "")
		r := w.reaction(id, "second")
		before := w.state()
		for name, try := range map[string]func() error{
			"decision.no_objection": func() error {
				return w.decisions.TakeUp(ctx, w.who("lead"), w.id, id, w.reaction(id, "member").ID, w.people["lead"], until)
			},
			"decision.due_on": func() error {
				return w.decisions.TakeUp(ctx, w.who("lead"), w.id, id, r.ID, w.people["lead"], "2026-03-18")
			},
			"form.date": func() error { return w.decisions.TakeUp(ctx, w.who("lead"), w.id, id, r.ID, w.people["lead"], "") },
			"decision.nothing_to_answer": func() error {
				m := w.reaction(id, "member")
				_, err := w.decisions.Answer(ctx, w.who("lead"), w.id, id, decision.Reply{ReactionID: m.ID, To: m.Version, Text: "dank"})
				return err
			},
			"decision.answer_empty": func() error {
				_, err := w.decisions.Answer(ctx, w.who("lead"), w.id, id, decision.Reply{ReactionID: r.ID, To: 1})
				return err
			},
		} {
			if err := try(); key(err) != name {
				t.Errorf("%v, want %s", err, name)
			}
		}
		if err := w.decisions.TakeUp(ctx, w.who("lead"), w.id, id, r.ID, w.people["elsewhere"], until); !errs.IsAbsent(err) {
			t.Errorf("somebody who cannot read it cannot take it up: %v", err)
		}
		if w.state() != before {
			t.Error("a refusal changed something")
		}
		if v := w.view("colleague", id); slices.ContainsFunc(v.Reactions, func(r decision.Reaction) bool { return r.MayAnswer }) {
			t.Error("a colleague who takes nothing up answers nothing")
		}
		if err := w.decisions.TakeUp(ctx, w.who("lead"), w.id, id, r.ID, w.people["colleague"], until); err != nil {
			t.Fatal(err)
		}
		w.answer("colleague", id, w.reaction(id, "second"), "Ik heb het rooster nagevraagd.")
	})
}

// A child of another parent does not exist, and what nobody gave is nobody's.
func TestForeignThingsAreAbsent(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx, lead := t.Context(), w.who("lead")
		id := w.open(proposal(decision.PLG))
		w.react("member", id, decision.Wish, "Ook op een kaartje")
		free := proposal(decision.PLG)
		free.PlanNumber = 0
		second := w.open(free)
		r := w.reaction(id, "member")
		before := w.state()
		for name, try := range map[string]func() error{
			"react under another parent": func() error {
				_, err := w.decisions.React(ctx, lead, w.other, id, 0, decision.Say{Choice: decision.Agree})
				return err
			},
			"close under another parent": func() error {
				return w.decisions.Close(ctx, lead, w.other, id, decision.Closing{Outcome: decision.No, Reason: "omdat"})
			},
			"read under another parent":   func() error { _, _, err := w.decisions.One(ctx, lead, w.other, id); return err },
			"succeed from another parent": func() error { _, err := w.decisions.Succeed(ctx, lead, w.other, id, free); return err },
			"a reaction of another one": func() error {
				_, err := w.decisions.Answer(ctx, lead, w.id, second, decision.Reply{ReactionID: r.ID, To: 1, Text: "ja hoor"})
				return err
			},
			"the past of another one":       func() error { _, err := w.decisions.Past(ctx, lead, w.id, second, r.ID); return err },
			"take up in another one":        func() error { return w.decisions.TakeUp(ctx, lead, w.id, second, r.ID, w.people["lead"], until) },
			"no such decision":              func() error { return w.decisions.Solved(ctx, lead, w.id, "") },
			"no such trajectory":            func() error { return w.decisions.Solved(ctx, lead, "", id) },
			"a plan version of other teams": func() error { _, err := w.decisions.Open(ctx, lead, w.other, proposal(decision.PLG)); return err },
		} {
			if err := try(); !errs.IsAbsent(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if w.state() != before {
			t.Error("a refusal changed something")
		}
	})
}

// What colleagues, leaders and people outside see, while it is open and after.
func TestWhatIsSeen(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.open(proposal(decision.Teams))
		w.react("second", id, decision.Objection, "Te veel tegelijk")
		sees := func(name string) string {
			page := must(w.decisions.Page(t.Context(), w.d, w.seen(name)))(t)
			v := page.AboutPlan()
			switch {
			case v == nil:
				return "nothing"
			case v.Whole:
				if page.People[w.people["second"]].Name == "" {
					t.Errorf("%s: names stand beside reactions", name)
				}
				return "all"
			}
			if len(v.Reactions)+len(v.Unheard) > 0 || v.Mine != nil || v.Tally != (decision.Tally{}) || v.End.Tally != (decision.Tally{}) || page.People[w.people["second"]].Name != "" {
				t.Errorf("%s sees who said what: %+v", name, v)
			}
			return "result " + string(v.End.Outcome)
		}
		check := func(want map[string]string) {
			t.Helper()
			for name, x := range want {
				if got := sees(name); got != x {
					t.Errorf("%s sees %q, want %q", name, got, x)
				}
			}
		}
		check(map[string]string{"lead": "all", "member": "all", "coach": "all", "colleague": "all", "elsewhere": "nothing", "leader": "nothing", "guest": "nothing", "admin": "nothing"})
		for name, want := range map[string]bool{"lead": true, "member": true, "coach": false, "colleague": false, "away": false} {
			if got := len(w.view(name, id).Unheard) > 0; got != want {
				t.Errorf("%s sees who is not heard: %v", name, got)
			}
		}
		w.later()
		w.close(id, decision.Closing{Outcome: decision.No, Reason: "Eerst het rooster."})
		check(map[string]string{"lead": "all", "colleague": "all", "elsewhere": "result no", "leader": "result no", "guest": "nothing", "admin": "result no"})
		if v := w.view("lead", id); v.Unheard != nil {
			t.Errorf("after closing the list is gone: %v", v.Unheard)
		}
		w.closeIn()
		check(map[string]string{"leader": "result no"})
		if _, _, err := w.decisions.One(t.Context(), w.who("elsewhere"), w.id, id); !errs.IsAbsent(err) {
			t.Errorf("the result of a trajectory that is closed in: %v", err)
		}
		if v := w.view("colleague", id); !v.Whole {
			t.Error("who was asked sees how it ended")
		}
	})
}

func TestAsked(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		p := proposal(decision.Teams)
		p.Minutes, p.GuestIDs = 5, []string{w.people["guest"]}
		id := w.open(p)
		asks := func(name string) int {
			t.Helper()
			return len(must(w.decisions.Asked(ctx, w.who(name), today))(t))
		}
		for name, n := range map[string]int{"lead": 1, "member": 1, "colleague": 1, "guest": 1, "away": 0, "elsewhere": 0, "leader": 0, "coach": 0, "outsider": 0} {
			if got := asks(name); got != n {
				t.Errorf("%s is asked %d, want %d", name, got, n)
			}
		}
		a := must(w.decisions.Asked(ctx, w.who("colleague"), today))(t)[0]
		if a != (decision.Ask{DecisionID: id, TrajectoryID: w.id, TrajectoryTitle: "Feedback in elke les", SchoolID: w.schoolID, Title: p.Title, ClosesOn: until, Minutes: 5, AboutPlan: true}) {
			t.Errorf("%+v", a)
		}
		if got := len(must(w.decisions.Asked(ctx, w.who("away"), "2026-06-01"))(t)); got != 1 {
			t.Errorf("back on that day, still open: %d", got)
		}
		w.react("colleague", id, decision.Agree, "")
		w.exec(`update participant set ends_on = $2 where person_id = $1`, w.people["guest"], today)
		if asks("colleague") != 0 || asks("guest") != 0 {
			t.Error("who reacted, and whose time is over, is not asked")
		}
		w.exec(`update trajectory set state = 'paused' where id = $1`, w.id)
		if asks("member") != 0 {
			t.Error("a trajectory that rests asks nothing")
		}
		w.exec(`update trajectory set state = 'active' where id = $1`, w.id)
		w.later()
		w.close(id, decision.Closing{Outcome: decision.NotNow, Reason: "Na de zomer"})
		if asks("member") != 0 {
			t.Error("a closed decision asks nothing")
		}
	})
}

// Who takes up an objection is asked for an answer by its day: as long as it stands, the decision is
// open and the person is there.
func TestWhoTakesUpAnObjectionIsAsked(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := w.open(proposal(decision.Teams))
		for _, name := range []string{"lead", "member"} {
			w.react(name, id, decision.Agree, "")
		}
		w.react("colleague", id, decision.Objection, "Zonder inval haal ik dat lesbezoek niet.")
		o := w.reaction(id, "colleague")
		asked := func(name string) []decision.Ask {
			t.Helper()
			return must(w.decisions.Asked(ctx, w.who(name), today))(t)
		}
		if len(asked("member")) != 0 {
			t.Fatal("nobody took it up yet")
		}
		takes := func(name string) {
			t.Helper()
			if err := w.decisions.TakeUp(ctx, w.who("lead"), w.id, id, o.ID, w.people[name], "2026-03-27"); err != nil {
				t.Fatal(err)
			}
		}
		takes("member")
		want := decision.Ask{DecisionID: id, TrajectoryID: w.id, TrajectoryTitle: "Feedback in elke les", SchoolID: w.schoolID, Title: proposal(decision.Teams).Title, ClosesOn: "2026-03-27", Minutes: 5, AboutPlan: true, TakenUp: o.ID}
		if got := asked("member"); len(got) != 1 || got[0] != want {
			t.Errorf("who takes it up: %+v", got)
		}
		for _, name := range []string{"lead", "colleague", "guest", "outsider", "leader"} {
			for _, a := range asked(name) {
				if a.TakenUp != "" {
					t.Errorf("%s is asked for it as well", name)
				}
			}
		}
		still := func(name string, want int, why string) {
			t.Helper()
			if got := len(asked(name)); got != want {
				t.Errorf("%s: %s is asked %d, want %d", why, name, got, want)
			}
		}
		w.exec(`update trajectory set state = 'paused' where id = $1`, w.id)
		still("member", 0, "a trajectory that rests")
		w.exec(`update trajectory set state = 'active' where id = $1`, w.id)
		w.exec(`update person set away_until_on = $2 where id = $1`, w.people["member"], "2026-06-01")
		still("member", 0, "away")
		w.exec(`update person set away_until_on = null where id = $1`, w.people["member"])

		w.answer("member", id, o, "Petra regelt inval.")
		still("member", 0, "answered")
		if got := asked("colleague"); len(got) != 1 || !got[0].Back || got[0].TakenUp != "" {
			t.Errorf("then who objected is asked: %+v", got)
		}
		if err := w.decisions.Unsolved(ctx, w.who("colleague"), w.id, id); err != nil {
			t.Fatal(err)
		}
		still("member", 1, "not solved yet")
		takes("lead")
		still("member", 0, "another takes it up")
		still("lead", 1, "another takes it up")
		if err := w.decisions.Solved(ctx, w.who("colleague"), w.id, id); err != nil {
			t.Fatal(err)
		}
		still("lead", 0, "solved")
	})
}

// Whatever people say and change, in any order, the tally is their last reactions.
func TestTheTallyIsTheLastReactionsOfThoseAsked(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		seed := uint64(time.Now().UnixNano())
		rnd := rand.New(rand.NewPCG(seed, 2))
		id := w.open(proposal(decision.Teams))
		last := map[string]decision.Choice{}
		asked := []string{"lead", "member", "second", "colleague", "away"}
		for i := range 40 {
			name := []string{"lead", "member", "second", "colleague", "away", "elsewhere", "leader"}[rnd.IntN(7)]
			choice := decision.Choices[rnd.IntN(3)]
			base := 0
			if slices.Contains(asked, name) {
				if v := w.view(name, id); v.Mine != nil {
					base = v.Mine.Version
				}
			}
			_, err := w.decisions.React(t.Context(), w.who(name), w.id, id, base, decision.Say{Choice: choice, Text: fmt.Sprint("reden ", i)})
			if slices.Contains(asked, name) != (err == nil) {
				t.Fatalf("seed %d: %s: %v", seed, name, err)
			}
			if err == nil {
				last[name] = choice
			}
			want := decision.Tally{NotYet: 4}
			for who, c := range last {
				switch c {
				case decision.Agree:
					want.Agree++
				case decision.Wish:
					want.Wish++
				default:
					want.Objection++
				}
				if who != "away" {
					want.NotYet--
				}
			}
			if got := w.view("lead", id).Tally; got != want {
				t.Fatalf("seed %d, step %d: %+v, want %+v", seed, i, got, want)
			}
		}
	})
}

// When the plan cannot take over the outcome, the decision is not closed either.
func TestClosingIsWholeOrNotAtAll(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.open(proposal(decision.PLG))
		w.later()
		before := w.state()
		w.plan.err = errs.Conflict("plan.changed_meanwhile")
		if err := w.decisions.Close(t.Context(), w.who("lead"), w.id, id, decision.Closing{Outcome: decision.Agreed}); key(err) != "plan.changed_meanwhile" {
			t.Errorf("%v", err)
		}
		if w.state() != before {
			t.Error("half a closing was kept")
		}
		w.plan.err = nil
		w.close(id, decision.Closing{Outcome: decision.NotNow, Reason: "Na de zomer"})
		if links := must(why.All(t.Context(), w.d, w.id))(t); len(links) != 0 {
			t.Errorf("only a yes settles a plan: %+v", links)
		}
	})
}

func TestThePageAsksAConstantNumberOfQueries(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		count := func() int {
			seen := w.seen("member")
			ctx, asked := db.Counting(t.Context())
			must(w.decisions.Page(ctx, w.d, seen))(t)
			must(w.decisions.Facts(ctx, w.d, seen))(t)
			return asked()
		}
		w.react("lead", w.open(proposal(decision.PLG)), decision.Agree, "")
		few := count()
		free := proposal(decision.School)
		free.PlanNumber = 0
		for range 6 {
			id := w.open(free)
			for _, name := range []string{"member", "colleague", "leader"} {
				w.react(name, id, decision.Wish, "wens van "+name)
			}
		}
		if many := count(); many != few || few != 4 {
			t.Errorf("%d queries for one decision, %d for many", few, many)
		}
	})
}

func TestADraftEndsWhenItIsSaid(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.open(proposal(decision.PLG))
		drafts := writing.NewDrafts(w.d, w.clock)
		must(drafts.Save(t.Context(), w.people["member"], decision.DraftKey("reaction", id), writing.Body{"text": "half"}))(t)
		w.react("member", id, decision.Wish, "een hele wens")
		if d := must(drafts.Of(t.Context(), w.people["member"], decision.DraftKey("reaction", id)))(t); len(d.Body) != 0 {
			t.Errorf("%v", d.Body)
		}
	})
}
