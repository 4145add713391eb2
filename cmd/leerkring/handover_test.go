package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"leerkring/task"
)

// A lead who falls ill presses twice, out of their own week: once to the page, once to give all to
// who stands in. Everybody sees who leads now; on the day of coming back it returns, except for
// what was settled; nobody is asked why, and who is away is asked nothing.
func TestProofF_ALeadWhoFallsIllHandsOverInTwoClicks(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		w := r.carries()
		extra := r.task("lead", "De zaal vragen", "meeting", w.hour)
		r.allWith(w, "lead")
		for _, name := range []string{"anna", "member", "colleague", "admin"} {
			r.hides(name, "/handover", "Voorbeelden ophalen")
		}
		people := "/trajectories/" + r.at + "/people"
		r.follows("lead", "/account", "/handover")
		r.follows("lead", people, "/handover")
		r.pressed = 0
		path := r.follows("lead", "/week", "/handover")
		if strings.Contains(strings.ToLower(spoken(r.sees("lead", path))), "reden") || strings.Contains(r.sees("lead", path), "<textarea") {
			t.Error("somebody is asked why")
		}
		if code := r.presses("lead", path, "/handover", "until", "2026-03-30"); code != http.StatusSeeOther || r.pressed != 2 {
			t.Fatalf("%d after %d clicks", code, r.pressed)
		}
		r.allWith(w, "anna")
		r.tells("lead", "/handover", "nu bij anna")
		r.hides("lead", "/handover", "Draag alles over")
		r.tells("anna", "/week", "lead gaf je werk door")
		r.tells("anna", "/week", "Van lead, tot ma 30 maart")
		r.tells("anna", "/handover", "Voorbeelden ophalen")
		r.tells("member", people, "anna leidt dit nu voor lead")
		r.tells("member", "/trajectories/"+r.at, "anna leidt dit nu voor lead")
		r.hides("admin", "/admin/people/"+r.people["lead"], "Voorbeelden ophalen")
		if asks := r.week("lead").Asks; len(asks) != 0 {
			t.Errorf("who is away is asked %+v", asks)
		}

		r.ok(r.h.blocks.tasks.Settle(t.Context(), r.known("anna").Who, extra, task.Done))
		r.turn(time.Date(2026, 3, 29, 21, 59, 0, 0, time.UTC)) // a minute before midnight, in summer time since that morning
		r.allWith(w, "anna")
		r.turn(time.Date(2026, 3, 29, 22, 0, 0, 0, time.UTC))
		r.allWith(w, "lead")
		r.turn(time.Date(2026, 3, 29, 22, 10, 0, 0, time.UTC)) // a second turn does nothing
		r.turn(time.Date(2026, 3, 29, 20, 0, 0, 0, time.UTC))  // nor does a clock that is put back
		r.allWith(w, "lead")
		r.tells("lead", "/handover", "Voorbeelden ophalen")
		r.hides("lead", "/handover", "De zaal vragen")
		r.hides("member", people, "leidt dit nu voor")
		r.hides("anna", "/handover", "Voorbeelden ophalen")
	})
}

// The same across the night in autumn in which the clock goes back.
func TestProofF_ALeadWhoFallsIllComesBackAfterTheClockWentBack(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		w := r.carries()
		r.ok(r.h.blocks.meetings.Cancel(t.Context(), r.known("lead").Who, r.at, w.hour))
		r.ok(r.h.blocks.sessions.Cancel(t.Context(), r.known("lead").Who, w.session))
		r.turn(time.Date(2026, 10, 23, 8, 0, 0, 0, time.UTC))
		r.cookies = map[string]string{} // signed in long ago
		r.presses("lead", "/handover", "/handover", "until", "2026-10-26")
		r.turn(time.Date(2026, 10, 25, 22, 59, 0, 0, time.UTC))
		if got := r.has(w); got["task"] != "anna" || got["leads"] != "anna" {
			t.Errorf("an hour too early: %v", got)
		}
		r.turn(time.Date(2026, 10, 25, 23, 0, 0, 0, time.UTC))
		if got := r.has(w); got["task"] != "lead" || got["leads"] != "lead" {
			t.Errorf("the day came: %v", got)
		}
	})
}

// Who received something gives it back or passes it on; who gave takes it back; what the one
// pressed is not undone by the other. Nobody else may.
func TestProofF_ALeadWhoFallsIllTakesBackAndIsGivenBack(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		w := r.carries()
		r.presses("lead", "/handover", "/handover")
		item := func(what, id string) string {
			t.Helper()
			return "/handover/items/" + r.one(`select id from handover_item where kind = $1 and item_id = $2`, what, id)
		}
		own, hour := item("task", w.task), item("meeting", w.hour)
		for _, name := range []string{"member", "colleague", "admin"} {
			for _, act := range []string{own + "/take-back", own + "/give-back", own + "/pass-on"} {
				if code := r.send(name, http.MethodPost, act, url.Values{"to": {r.people[name]}}).Code; code != http.StatusNotFound {
					t.Errorf("%s presses %s: %d", name, act, code)
				}
			}
		}
		if code := r.send("anna", http.MethodPost, own+"/take-back", nil).Code; code != http.StatusNotFound {
			t.Errorf("who received takes back: %d", code)
		}
		r.presses("anna", "/handover", own+"/give-back")
		r.presses("anna", "/handover", hour+"/pass-on", "to", r.people["member"])
		r.allWith(w, "anna", "task", "lead", "hour", "member")
		r.tells("member", "/handover", "Van lead")
		r.presses("lead", "/handover", hour+"/take-back")
		r.allWith(w, "anna", "task", "lead", "hour", "lead")
		r.turn(r.clock.Now().AddDate(0, 0, 20))
		r.allWith(w, "lead")
	})
}

// The pages of who receives, of the leader and of the admin are the same, byte for byte, whether or
// not who is away has things of their own; and nothing of those goes anywhere.
func TestProofF_ALeadWhoFallsIllKeepsWhatIsPrivate(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		w := r.carries()
		r.leader("colleague")
		r.presses("lead", "/handover", "/handover", "until", "2026-03-30")
		look := func() map[string]string {
			out := map[string]string{}
			for name, paths := range map[string][]string{
				"anna":      {"/handover", "/week", "/trajectories/" + r.at, "/trajectories/" + r.at + "/people", "/trajectories/" + r.at + "/agreement"},
				"member":    {"/handover", "/trajectories/" + r.at + "/people"},
				"colleague": {"/trajectories", "/trajectories/" + r.at, "/trajectories/" + r.at + "/people", "/people/" + r.people["lead"]},
				"admin":     {"/admin", "/admin/people/" + r.people["lead"], "/trajectories/" + r.at + "/people"},
			} {
				for _, path := range paths {
					out[name+" "+path] = same(r.sees(name, path))
				}
			}
			return out
		}
		look() // what is seen for the first time is kept
		before := look()
		r.private("lead", "bas", "cato", "dirk", "eva")
		for page, is := range look() {
			if is != before[page] {
				t.Errorf("%s differs", page)
			}
		}
		r.turn(time.Date(2026, 3, 30, 8, 0, 0, 0, time.UTC))
		r.allWith(w, "lead")
		r.presses("lead", "/handover", "/handover", "lasts", "good")
		r.allWith(w, "anna")
		r.hides("lead", "/handover", "3h")
		r.hides("lead", "/handover", "tot tien tellen")
		r.hides("anna", "/handover", "tot tien tellen")
		if r.one(`select owner_id from task where body = 'Eerst tot tien tellen'`) != r.people["lead"] {
			t.Error("a task that somebody made of their own words went along")
		}
	})
}
