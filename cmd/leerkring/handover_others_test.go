package main

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/task"
	"leerkring/trajectory"
)

// Who stands in takes over with one press, what is asked of the trajectory and no more; who led sees
// it and takes it back with one press. Nobody else may, and who may not read is told nothing.
func TestProofF_AStandInTakesOver(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		w := r.carries()
		r.leader("colleague")
		people, take := "/trajectories/"+r.at+"/people", "/trajectories/"+r.at+"/take-over"
		for name, want := range map[string]int{"member": http.StatusConflict, "colleague": http.StatusNotFound, "admin": http.StatusNotFound} {
			if r.offers(name, people, take) {
				t.Errorf("%s may take over", name)
			}
			if code := r.send(name, http.MethodPost, take, nil).Code; code != want {
				t.Errorf("%s takes over: %d", name, code)
			}
		}
		r.allWith(w, "lead")
		r.pressed = 0
		if code := r.presses("anna", people, take); code != http.StatusSeeOther || r.pressed != 1 {
			t.Fatalf("%d after %d presses", code, r.pressed)
		}
		r.allWith(w, "lead", "leads", "anna")
		r.tells("lead", "/week", "anna leidt nu iets voor jou")
		r.tells("member", people, "anna leidt dit nu voor lead")
		if n := r.one(`select kind from journal where trajectory_id = $1 and actor_id = $2 and object_id = $2 order by seq desc limit 1`, r.at, r.people["anna"]); n != "participant.joined" {
			t.Errorf("the journal of the trajectory says %s", n)
		}
		if code := r.send("anna", http.MethodPost, take, nil).Code; code != http.StatusSeeOther {
			t.Errorf("pressed twice: %d", code)
		}
		item := r.one(`select id from handover_item where kind = 'lead' and item_id = $1`, r.at)
		r.presses("lead", people, "/handover/items/"+item+"/take-back")
		r.allWith(w, "lead")
		r.hides("member", people, "leidt dit nu voor")
	})
}

// What a stand-in took while the lead is away goes back on the day that the lead is back.
func TestProofF_AStandInTakesOverUntilTheLeadIsBack(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		w := r.carries()
		r.isAway("lead", "2026-03-30")
		r.presses("anna", "/trajectories/"+r.at+"/people", "/trajectories/"+r.at+"/take-over")
		r.tells("member", "/trajectories/"+r.at+"/people", "anna leidt dit nu voor lead, tot ma 30 maart")
		r.presses("member", "/trajectories/"+r.at+"/agreement", "/trajectories/"+r.at+"/agreement/take-over")
		r.allWith(w, "lead", "leads", "anna", "care", "member")
		r.turn(time.Date(2026, 3, 29, 21, 0, 0, 0, time.UTC))
		r.allWith(w, "lead", "leads", "anna", "care", "member")
		r.turn(time.Date(2026, 3, 29, 22, 0, 0, 0, time.UTC))
		r.allWith(w, "lead")
	})
}

// When all who lead or stand in are away or closed, a member may lead for now; of two who press at
// once one does. A leader sees that nobody leads, and neither who is away nor until when.
func TestProofF_NobodyLeads(t *testing.T) {
	for how, gone := range map[string]func(r *hands, name string){
		"away": func(r *hands, name string) { r.isAway(name, "2026-03-30") },
		"suspended": func(r *hands, name string) {
			r.ok(r.h.accounts.Suspend(r.t.Context(), r.known("admin").Who, r.people[name]))
		},
	} {
		t.Run(how, func(t *testing.T) {
			eachHands(t, func(t *testing.T, r *hands) {
				r.carries()
				r.leader("colleague")
				for _, name := range []string{"bas", "cato"} {
					_, err := r.h.trajectories.Invite(t.Context(), r.known("lead").Who, r.at, trajectory.Invitation{PersonID: r.people[name], Role: trajectory.Member}, r.h.schools)
					r.ok(err)
				}
				at, take := "/trajectories/"+r.at, "/trajectories/"+r.at+"/take-over"
				gone(r, "lead")
				r.hides("member", at, "niemand die dit leidt") // who stands in is there
				gone(r, "anna")
				for _, page := range []string{at, at + "/people"} {
					for _, name := range []string{"member", "colleague"} {
						r.tells(name, page, "Er is nu niemand die dit leidt.")
					}
					r.hides("colleague", page, "30 maart")
					r.hides("dirk", page, "niemand die dit leidt") // it would only tell that somebody is away
					if r.offers("colleague", page, take) || !r.offers("member", page, take) {
						t.Errorf("%s: the leader may lead, or a member may not", page)
					}
				}
				r.tells("colleague", "/trajectories", "nu zonder kartrekker")
				r.hides("dirk", "/trajectories", "nu zonder kartrekker")
				for _, name := range []string{"colleague", "admin", "dirk"} {
					if code := r.send(name, http.MethodPost, take, nil).Code; code != http.StatusNotFound {
						t.Errorf("%s takes over: %d", name, code)
					}
				}
				took := r.atOnce("bas", "cato")
				leads := r.leads()
				if len(took) != 1 || len(leads) != 1 || leads[0] != took[0] {
					t.Fatalf("%v took, %v lead", took, leads)
				}
				r.tells("member", at+"/people", took[0]+" leidt dit nu voor")
				r.hides("colleague", at, "niemand die dit leidt")
				if how == "away" {
					r.turn(time.Date(2026, 3, 30, 6, 0, 0, 0, time.UTC))
					if now := r.leads(); len(now) != 1 || now[0] != "lead" {
						t.Errorf("back, and %v lead", now)
					}
				}
			})
		})
	}
}

// isAway says for somebody that they are away, as they do on their account.
func (r *hands) isAway(name, until string) {
	r.t.Helper()
	p := r.known(name).Person
	r.ok(r.h.schools.Update(r.t.Context(), r.known(name).Who, school.Details{Name: p.Name, Language: p.Language, Theme: p.Theme, WorkingDays: p.WorkingDays, AwayUntil: clock.Date(until)}, "2026-03-16"))
}

// Who leads for another falls ill too: the page tells that nobody leads, and nothing that is not so.
// Who gave it first takes it back, also by leading for now; it is then theirs as before.
func TestProofF_NobodyLeadsWhenWhoTookItIsAwayToo(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		w := r.carries()
		people := "/trajectories/" + r.at + "/people"
		r.isAway("lead", "2026-03-30")
		r.presses("anna", people, "/trajectories/"+r.at+"/take-over")
		r.isAway("anna", "2026-04-20")
		r.tells("member", people, "Er is nu niemand die dit leidt.")
		r.hides("member", people, "leidt dit nu voor")
		r.presses("lead", people, "/trajectories/"+r.at+"/take-over")
		r.allWith(w, "lead")
		if n := r.one(`select count(*) || '' from handover where ended_at is null and not exists (select 1 from handover_item i where i.handover_id = handover.id and i.state = 'with')`); n != "0" {
			t.Errorf("%s stay open with nothing in them", n)
		}
		r.turn(time.Date(2026, 4, 21, 6, 0, 0, 0, time.UTC))
		r.allWith(w, "lead")
	})
}

// leads are who leads the trajectory now.
func (r *hands) leads() []string {
	r.t.Helper()
	return r.names(`select person_id from participant where trajectory_id = $1 and role = 'lead' and left_at is null order by person_id`, r.at)
}

// atOnce lets people take over at the same moment, and tells who did.
func (r *hands) atOnce(names ...string) (took []string) {
	r.t.Helper()
	var wg sync.WaitGroup
	results := make([]error, len(names))
	for i, name := range names {
		who := r.known(name).Who
		wg.Go(func() { results[i] = r.h.handovers.TakeOver(r.t.Context(), who, r.at) })
	}
	wg.Wait()
	for i, err := range results {
		if err == nil {
			took = append(took, names[i])
		} else if !errs.Is(err, errs.KindConflict) {
			r.t.Error(err)
		}
	}
	return took
}

// A leaver gives everything for good, and can think better of it for two weeks. The admin is told to
// let it be offered before an account is closed.
func TestProofF_ALeaverHandsOver(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		w := r.carries()
		r.tells("admin", "/admin/people/"+r.people["lead"], "Draagt lead nog werk?")
		r.tells("lead", "/account/leave", "Doe eerst dit") // nobody else leads
		r.presses("lead", "/handover", "/handover", "lasts", "good")
		r.allWith(w, "anna")
		r.tells("anna", "/week", "Van lead, voor altijd")
		r.hides("lead", "/account/leave", "Draag eerst je werk over")
		r.hides("lead", "/account/leave", "Doe eerst dit")
		r.tells("anna", "/account/leave", "Doe eerst dit")
		h := r.one(`select id from handover where from_id = $1`, r.people["lead"])
		r.turn(r.clock.Now().AddDate(0, 0, 13))
		r.allWith(w, "anna")
		r.presses("lead", "/handover", "/handover/"+h+"/end")
		r.allWith(w, "lead")
		r.presses("lead", "/handover", "/handover", "lasts", "good")
		r.turn(r.clock.Now().AddDate(0, 0, 15))
		r.allWith(w, "anna")
		r.hides("lead", "/handover", "Neem alles terug")
		r.ok(r.h.accounts.Suspend(t.Context(), r.known("admin").Who, r.people["lead"]))
		r.hides("member", "/trajectories/"+r.at+"/people", "Van niemand")
	})
}

// What somebody left without handing it over stands with the group, and is taken up there; of what
// was theirs alone nothing does.
func TestProofF_ALeaverHandsOverNothing(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		w := r.carries()
		r.leader("colleague")
		r.ok(r.h.trajectories.HandOver(t.Context(), r.known("lead").Who, r.at, r.people["member"], trajectory.Lead, ""))
		r.private("lead", "bas", "cato", "dirk", "eva")
		r.tells("lead", "/account/leave", "Draag eerst je werk over")
		r.ok(r.h.accounts.Suspend(t.Context(), r.known("admin").Who, r.people["lead"]))
		people := "/trajectories/" + r.at + "/people"
		r.tells("member", people, "Van niemand")
		for _, words := range []string{"Voorbeelden ophalen", "Drie lessen bekijken", "Een lokaal op dinsdag"} {
			r.tells("member", people, words)
			r.hides("colleague", people, words)
			r.hides("admin", people, words)
		}
		r.hides("member", people, "tellen")
		r.hides("member", people, "3h")
		up := "/trajectories/" + r.at + "/take-up"
		for _, name := range []string{"colleague", "admin", "dirk"} {
			if code := r.send(name, http.MethodPost, up, url.Values{"what": {"task:" + w.task}}).Code; code != http.StatusNotFound {
				t.Errorf("%s takes it up: %d", name, code)
			}
		}
		own := r.one(`select id from task where body = 'Eerst tot tien tellen'`)
		if code := r.send("member", http.MethodPost, up, url.Values{"what": {"task:" + own}}).Code; code == http.StatusSeeOther {
			t.Errorf("what was somebody's own is taken up: %d", code)
		}
		for what, id := range map[string]string{"task": w.task, "action": w.action, "promise": w.promise, "meeting": w.hour, "session": w.session, "caretaker": r.at} {
			if code := r.send("member", http.MethodPost, up, url.Values{"what": {what + ":" + id}}).Code; code != http.StatusSeeOther {
				t.Errorf("%s is taken up: %d", what, code)
			}
		}
		if got := r.has(w); got["task"] != "member" || got["action"] != "member" || got["promise"] != "member" || got["hour"] != "member" || got["session"] != "member" || got["care"] != "member" {
			t.Errorf("%v", got)
		}
		if r.one(`select owner_id from task where id = $1`, own) != r.people["lead"] {
			t.Error("what was theirs alone went along")
		}
	})
}

// A substitute is announced to the groups first, comes in on the first day, does the work, and is
// gone again on the last one; what they settled and where they were before stays. The admin who
// says so sees nothing of the work; the substitute nothing of what is the other's alone.
func TestProofF_ASubstituteStandsIn(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		w := r.carries()
		done := r.task("lead", "De zaal vragen", "meeting", w.hour)
		teams := r.teams("lead", "dirk")
		people, page := "/trajectories/"+r.at+"/people", "/admin/people/"+r.people["lead"]
		begin := page + "/substitute"
		for _, name := range []string{"lead", "member", "colleague", "dirk"} {
			if code := r.send(name, http.MethodPost, begin, url.Values{"substitute": {r.people["dirk"]}, "from_on": {"2026-03-23"}, "until_on": {"2026-03-30"}}).Code; code != http.StatusNotFound {
				t.Errorf("%s announces: %d", name, code)
			}
		}
		for _, wrong := range [][]string{{"2026-03-16", "2026-03-30"}, {"2026-03-23", "2026-03-23"}, {"2026-03-23", "2027-04-20"}} {
			if code := r.presses("admin", page, begin, "substitute", r.people["dirk"], "from_on", wrong[0], "until_on", wrong[1]); code != http.StatusUnprocessableEntity {
				t.Errorf("%v: %d", wrong, code)
			}
		}
		refused := r.send("admin", http.MethodPost, begin, url.Values{"substitute": {""}}).Body.String()
		if strings.Count(refused, " checked") != strings.Count(r.sees("admin", page), " checked") {
			t.Error("a mistake here changes what is chosen in the other form of the page")
		}
		r.presses("admin", page, begin, "substitute", r.people["dirk"], "from_on", "2026-03-23", "until_on", "2026-03-30")
		r.tells("member", people, "Vanaf ma 23 maart valt dirk in voor lead")
		r.tells("lead", "/week", "dirk valt voor je in")
		r.turn(time.Date(2026, 3, 22, 22, 59, 0, 0, time.UTC))
		r.allWith(w, "lead")
		r.turn(time.Date(2026, 3, 22, 23, 0, 0, 0, time.UTC))
		r.allWith(w, "dirk")
		r.tells("member", people, "dirk valt in voor lead")
		r.tells("dirk", "/week", "Je valt in voor lead")
		r.hides("admin", page, "Voorbeelden ophalen")
		if r.teamsOf("dirk") != teams[0]+" "+teams[1] {
			t.Errorf("dirk is in %s", r.teamsOf("dirk"))
		}
		part := r.one(`select id from handover_item where kind = 'member' limit 1`)
		for name, path := range map[string]string{"dirk": "/pass-on", "lead": "/take-back"} { // nobody brings a colleague in by it
			if code := r.send(name, http.MethodPost, "/handover/items/"+part+path, url.Values{"to": {r.people["colleague"]}}).Code; code != http.StatusNotFound {
				t.Errorf("%s of taking part: %d", path, code)
			}
		}
		look := func() string {
			r.sees("dirk", "/week")
			return same(r.sees("dirk", "/handover")) + same(r.sees("dirk", "/week")) + same(r.sees("dirk", people)) + same(r.sees("admin", page))
		}
		before := look()
		r.private("lead", "bas", "cato", "colleague", "eva")
		if look() != before {
			t.Error("what is the other's alone shows with the substitute or the admin")
		}
		r.ok(r.h.blocks.tasks.Settle(t.Context(), r.known("dirk").Who, done, task.Done))
		r.turn(time.Date(2026, 3, 29, 21, 59, 0, 0, time.UTC))
		r.allWith(w, "dirk")
		r.turn(time.Date(2026, 3, 29, 22, 0, 0, 0, time.UTC))
		r.allWith(w, "lead")
		if r.one(`select owner_id from task where id = $1`, done) != r.people["dirk"] {
			t.Error("what was settled does not stay")
		}
		if n := r.names(`select person_id from participant where trajectory_id = $1 and person_id = $2 and left_at is null`, r.at, r.people["dirk"]); len(n) != 0 {
			t.Error("dirk takes part still")
		}
		if r.teamsOf("dirk") != teams[1] {
			t.Errorf("afterwards dirk is in %s", r.teamsOf("dirk"))
		}
	})
}

// Who is back early ends it with one press; who took part before, takes part after.
func TestProofF_ASubstituteGoesWhenTheOtherIsBack(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		w := r.carries()
		page := "/admin/people/" + r.people["lead"]
		r.presses("admin", page, page+"/substitute", "substitute", r.people["member"], "from_on", "2026-03-23", "until_on", "2026-06-01")
		r.turn(time.Date(2026, 3, 23, 6, 0, 0, 0, time.UTC))
		r.allWith(w, "member")
		h := r.one(`select id from handover where kind = 'substitute'`)
		if code := r.send("member", http.MethodPost, "/handover/"+h+"/end", nil).Code; code != http.StatusNotFound {
			t.Errorf("the substitute ends it: %d", code)
		}
		r.presses("lead", "/handover", "/handover/"+h+"/end")
		r.allWith(w, "lead")
		if n := r.one(`select role from participant where trajectory_id = $1 and person_id = $2 and left_at is null`, r.at, r.people["member"]); n != "member" {
			t.Errorf("who took part before is now %q", n)
		}
	})
}

// teams puts two people in teams: one of the first, and one of both.
func (r *hands) teams(first, also string) (ids []string) {
	r.t.Helper()
	for _, name := range []string{"Team van " + first, "Team van beiden"} {
		id, err := r.h.schools.AddTeam(r.t.Context(), r.known("admin").Who, r.school, school.TeamKinds[0], name)
		r.ok(err)
		ids = append(ids, id)
	}
	for _, m := range [][2]string{{ids[0], first}, {ids[1], first}, {ids[1], also}} {
		r.exec(`insert into team_member (team_id, person_id) values ($1, $2)`, m[0], r.people[m[1]])
	}
	return ids
}
