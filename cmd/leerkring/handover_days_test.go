package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"leerkring/block/meeting"
	"leerkring/carry"
	"leerkring/handover"
	"leerkring/internal/clock"
	"leerkring/internal/job"
	"leerkring/task"
	"leerkring/trajectory"
)

// stands lets somebody stand in for another from one day of 2026 until another.
func (r *hands) stands(forWhom, who, from, until string) string {
	r.t.Helper()
	id, err := r.h.handovers.Announce(r.t.Context(), r.known("admin").Who, r.school, r.people[forWhom], handover.Standing{ToID: r.people[who], FromOn: clock.Date("2026-" + from), UntilOn: clock.Date("2026-" + until)})
	r.ok(err)
	return id
}

// morning turns at nine of a day, as the job does, and some more times: nothing may move by that.
func (r *hands) morning(month time.Month, day int) {
	r.t.Helper()
	for n := range 4 {
		r.turn(time.Date(2026, month, day, 7, 10*n, 0, 0, time.UTC))
	}
}

// owner is who has a task now.
func (r *hands) owner(id string) string {
	r.t.Helper()
	return r.name(r.one(`select owner_id from task where id = $1`, id))
}

// role is the part that somebody has in the trajectory, "" for none.
func (r *hands) role(at, name string) string {
	r.t.Helper()
	return r.one(`select coalesce(min(role), '') from participant where trajectory_id = $1 and person_id = $2 and left_at is null`, at, r.people[name])
}

// closes closes an account, and erases it when that is asked.
func (r *hands) closes(name string, erased bool) {
	r.t.Helper()
	ctx := r.t.Context()
	r.ok(r.h.accounts.Suspend(ctx, r.known("admin").Who, r.people[name]))
	if !erased {
		return
	}
	r.clock.Set(r.clock.Now().AddDate(0, 0, 1))
	r.exec(`update person set left_at = $2 where id = $1`, r.people[name], r.clock.Now().AddDate(0, 0, -40))
	r.ok(r.h.leaving.Keep(ctx, job.Job{}))
	r.h.letGo()
	_, err := r.h.jobs.RunDue(ctx)
	r.ok(err)
	if is := r.one(`select state from person where id = $1`, r.people[name]); is != "left" {
		r.t.Fatal("not erased but ", is)
	}
}

// The account of who is away is closed while somebody stands in. The days run until the last one, as
// it was agreed. Then the substitute is out of what they came into by it; what they carried lies with
// the group, and who has to know is told in their own week. Nothing goes to nobody in silence.
func TestProofF_ASubstituteGoesThoughTheOtherLeft(t *testing.T) {
	for how, erased := range map[string]bool{"closed": false, "erased": true} {
		t.Run(how, func(t *testing.T) {
			eachHands(t, func(t *testing.T, r *hands) {
				w := r.carries()
				r.ok(r.h.trajectories.HandOver(t.Context(), r.known("lead").Who, r.at, r.people["lead"], trajectory.Lead, "")) // nobody stands in
				r.leader("colleague")
				loose := r.task("lead", "De sleutels terugbrengen", "meeting", w.hour)
				r.exec(`update task set trajectory_id = null where id = $1`, loose)
				teams := r.teams("lead", "dirk")
				people := "/trajectories/" + r.at + "/people"
				r.stands("lead", "dirk", "03-23", "03-30")
				r.morning(3, 23)
				r.closes("lead", erased)
				r.morning(3, 29)
				r.allWith(w, "dirk")
				r.hides("member", people, "Van niemand")
				if erased {
					r.tells("dirk", "/week", "Je valt in voor voormalig medewerker")
				}

				r.morning(3, 30)
				for what, is := range r.has(w) {
					if is != "lead" && (what != "leads" || !erased) && (what != "session" || !erased) {
						t.Errorf("%s is with %q", what, is)
					}
				}
				if strings.Contains(strings.Join(r.leads(), " "), "dirk") || r.role(r.at, "dirk") != "" || r.teamsOf("dirk") != teams[1] {
					t.Errorf("dirk leads or takes part still: %v, %s, %s", r.leads(), r.role(r.at, "dirk"), r.teamsOf("dirk"))
				}
				if r.owner(loose) != "dirk" {
					t.Error("what belongs to no group stays not with the substitute, and nobody would find it")
				}
				for _, name := range []string{"member", "colleague"} {
					r.tells(name, "/week", "Niemand leidt nu Aansluiting")
				}
				for _, name := range []string{"dirk", "eva", "admin"} {
					r.hides(name, "/week", "Niemand leidt nu")
					r.hides(name, "/week", "van niemand")
				}
				r.tells("member", people, "Van niemand")
				r.tells("member", people, "Voorbeelden ophalen")

				take := "/trajectories/" + r.at + "/take-over"
				for _, name := range []string{"colleague", "dirk", "eva"} {
					if code := r.send(name, http.MethodPost, take, nil).Code; code != http.StatusNotFound {
						t.Errorf("%s takes over: %d", name, code)
					}
				}
				if code := r.presses("member", people, take); code != http.StatusSeeOther {
					t.Fatalf("a member takes over: %d", code)
				}
				if now := r.leads(); len(now) != 1 || now[0] != "member" {
					t.Errorf("%v lead", now)
				}
				r.hides("colleague", "/week", "Niemand leidt nu")
				r.tells("member", "/week", "dingen in Aansluiting zijn nu van niemand")
				for range 12 { // one press for each thing, as they stand on the page
					if !r.offers("member", people, "/trajectories/"+r.at+"/take-up") {
						break
					}
					r.presses("member", people, "/trajectories/"+r.at+"/take-up")
				}
				if got := r.has(w); got["task"] != "member" || got["action"] != "member" || got["promise"] != "member" || got["hour"] != "member" || got["care"] != "member" {
					t.Errorf("taken up: %v", got)
				}
				r.hides("member", "/week", "zijn nu van niemand")
				r.hides("member", people, "Van niemand")
				r.morning(5, 4)
				if n := r.one(`select count(*) || '' from handover where kind = 'substitute'`); n != "0" {
					t.Errorf("%s are remembered after a month", n)
				}
			})
		})
	}
}

// Who leads beside the one who left is told how much lies there, and nobody is told that nobody leads.
func TestProofF_ASubstituteGoesAndWhoLeadsIsTold(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		w := r.carries()
		r.leader("colleague")
		r.ok(r.h.trajectories.HandOver(t.Context(), r.known("lead").Who, r.at, r.people["member"], trajectory.Lead, ""))
		r.stands("lead", "dirk", "03-23", "03-30")
		r.morning(3, 23)
		r.closes("lead", false)
		r.morning(3, 30)
		if r.owner(w.task) != "lead" {
			t.Errorf("the task is with %s", r.owner(w.task))
		}
		r.tells("member", "/week", "dingen in Aansluiting zijn nu van niemand")
		for _, name := range []string{"colleague", "dirk", "eva"} {
			r.hides(name, "/week", "van niemand")
			r.hides(name, "/week", "Niemand leidt")
		}
		r.ok(r.h.accounts.Restore(t.Context(), r.known("admin").Who, r.people["lead"]))
		r.hides("member", "/week", "van niemand") // they came back: it is theirs
	})
}

// What comes to somebody while a colleague stands in goes to that colleague, and back on the last day;
// but what they took or were given back stays where it is.
func TestProofF_ASubstituteGetsWhatComesMeanwhile(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		ctx, w := t.Context(), r.carries()
		early := r.task("lead", "Eerder gegeven", "meeting", w.hour)
		r.stands("lead", "dirk", "03-23", "03-30")
		r.morning(3, 22)
		r.morning(3, 23)
		r.allWith(w, "dirk")
		late := r.task("lead", "Later gegeven", "meeting", w.hour)
		settled := r.task("lead", "Later gegeven en gedaan", "meeting", w.hour)
		hour, err := r.h.blocks.meetings.Make(ctx, r.known("member").Who, r.at, meeting.Plan{StartsAt: time.Date(2026, 4, 16, 13, 0, 0, 0, time.UTC), Minutes: 50, HostID: r.people["lead"]}, nil)
		r.ok(err)
		other, err := r.h.trajectories.Begin(ctx, r.known("bas").Who, trajectory.Start{SchoolID: r.school, MethodID: "verbetercyclus", Title: "Toetsen", Open: true})
		r.ok(err)
		_, err = r.h.trajectories.Invite(ctx, r.known("bas").Who, other, trajectory.Invitation{PersonID: r.people["lead"], Role: trajectory.Member}, r.h.schools)
		r.ok(err)
		r.tells("bas", "/trajectories/"+other, "dirk valt in voor lead") // the group is told who comes before they come
		if r.role(other, "dirk") != "" || r.owner(late) != "lead" {
			t.Error("something went before a turn")
		}
		r.morning(3, 24)
		if r.owner(late) != "dirk" || r.owner(settled) != "dirk" || r.role(other, "dirk") != "member" || r.name(r.one(`select host_id from meeting where id = $1`, hour)) != "dirk" {
			t.Errorf("late with %s, part %q", r.owner(late), r.role(other, "dirk"))
		}
		r.tells("dirk", "/handover", "Later gegeven")
		r.tells("lead", "/handover", "Later gegeven")

		// What one of the two gives back or takes back stays where it is.
		item := func(id string) string {
			return "/handover/items/" + r.one(`select id from handover_item where item_id = $1`, id)
		}
		r.presses("dirk", "/handover", item(early)+"/give-back")
		r.presses("lead", "/handover", item(w.task)+"/take-back")
		r.morning(3, 25)
		if r.owner(early) != "lead" || r.owner(w.task) != "lead" {
			t.Errorf("given back is with %s, taken back with %s", r.owner(early), r.owner(w.task))
		}
		r.ok(r.h.blocks.tasks.Settle(ctx, r.known("dirk").Who, settled, task.Done))
		r.ok(r.h.trajectories.Leave(ctx, r.known("lead").Who, other, r.people["lead"])) // out of it again, of their own will

		r.morning(3, 30)
		r.allWith(w, "lead")
		if r.owner(late) != "lead" || r.owner(settled) != "dirk" || r.role(other, "dirk") != "" || r.role(other, "lead") != "" || r.name(r.one(`select host_id from meeting where id = $1`, hour)) != "lead" {
			t.Errorf("late with %s, settled with %s, in the other are dirk %q and lead %q", r.owner(late), r.owner(settled), r.role(other, "dirk"), r.role(other, "lead"))
		}
		after := r.task("lead", "Na de laatste dag", "meeting", w.hour)
		r.morning(3, 31)
		if r.owner(after) != "lead" {
			t.Error("the substitute gets something after the last day")
		}
	})
}

// A substitute who is away too is stood in for: what they do for another goes on under that one's
// name, comes back to them on their own last day, and to the first one on theirs.
func TestProofF_ASubstituteOfASubstitute(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		w := r.carries()
		r.stands("lead", "dirk", "03-23", "04-20")
		r.stands("dirk", "eva", "03-30", "04-06")
		r.morning(3, 23)
		r.allWith(w, "dirk")
		r.morning(3, 30)
		r.allWith(w, "eva")
		late := r.task("lead", "Later gegeven", "meeting", w.hour)
		r.morning(3, 31)
		r.allWith(w, "eva")
		if r.owner(late) != "eva" {
			t.Errorf("late is with %s", r.owner(late))
		}
		r.tells("lead", "/handover", "nu bij eva")
		r.morning(4, 6)
		r.allWith(w, "dirk")
		if r.owner(late) != "dirk" || r.role(r.at, "eva") != "" {
			t.Errorf("late is with %s, eva is %q", r.owner(late), r.role(r.at, "eva"))
		}
		r.morning(4, 20)
		r.allWith(w, "lead")
		if r.owner(late) != "lead" || r.role(r.at, "dirk") != "" || r.role(r.at, "eva") != "" {
			t.Errorf("late is with %s, dirk is %q, eva %q", r.owner(late), r.role(r.at, "dirk"), r.role(r.at, "eva"))
		}
	})
}

// Three who stand in for each other in a ring, and two beside it: a thing goes round once at most, and
// nobody loses it.
func TestProofF_SubstitutesInARing(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		w := r.carries()
		r.stands("lead", "dirk", "03-23", "03-30")
		r.stands("dirk", "eva", "03-23", "03-30")
		r.stands("eva", "dirk", "03-23", "03-30")
		r.stands("member", "lead", "03-23", "03-30")
		own, members := r.task("dirk", "Van dirk zelf", "meeting", w.hour), r.task("member", "Van het lid", "meeting", w.hour)
		r.morning(3, 23)
		late := r.task("lead", "Later gegeven", "meeting", w.hour)
		moved := func() string { return r.one(`select count(*) || '' from journal where kind in ('task.passed')`) }
		r.morning(3, 24)
		before := moved()
		r.morning(3, 25)
		if moved() != before {
			t.Error("things go round")
		}
		if is := r.owner(late); is != "dirk" && is != "eva" {
			t.Errorf("late is with %s", is)
		}
		r.morning(3, 30)
		if r.owner(late) != "lead" || r.owner(own) != "dirk" || r.owner(members) != "member" {
			t.Errorf("late with %s, dirk's own with %s, the member's with %s", r.owner(late), r.owner(own), r.owner(members))
		}
		r.allWith(w, "lead")
		if r.role(r.at, "dirk") != "" || r.role(r.at, "eva") != "" || r.role(r.at, "member") != "member" {
			t.Errorf("dirk is %q, eva %q, member %q", r.role(r.at, "dirk"), r.role(r.at, "eva"), r.role(r.at, "member"))
		}
		if n := r.one(`select count(*) || '' from handover_item where state = $1`, string(handover.With)); n != "0" {
			t.Errorf("%s things are with somebody still", n)
		}
	})
}

// A substitute whose own account is closed meanwhile: what they had stands with the group, and on the
// last day it is the other's again.
func TestProofF_ASubstituteLeaves(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		w := r.carries()
		people := "/trajectories/" + r.at + "/people"
		r.stands("lead", "dirk", "03-23", "03-30")
		r.morning(3, 23)
		r.closes("dirk", true)
		r.tells("member", people, "Voorbeelden ophalen")
		up := r.send("member", http.MethodPost, "/trajectories/"+r.at+"/take-up", url.Values{"what": {string(carry.Task) + ":" + w.task}})
		if up.Code != http.StatusSeeOther || r.owner(w.task) != "member" {
			t.Fatalf("%d, and with %s", up.Code, r.owner(w.task))
		}
		r.morning(3, 30)
		for what, is := range r.has(w) {
			if is != "lead" {
				t.Errorf("%s is with %s", what, is)
			}
		}
	})
}
