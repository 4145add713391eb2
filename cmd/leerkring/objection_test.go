package main

import (
	"net/http"
	"strings"
	"testing"

	"leerkring/block/decision"
)

// Who takes up an objection by a day finds it in their own week, and one press further the words and
// the form for an answer. After that it is the turn of who objected.
func TestWhoTakesUpAnObjectionFindsItInTheirWeek(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		ctx, decisions := t.Context(), r.h.blocks.decisions
		id, err := decisions.Open(ctx, r.known("lead").Who, r.at, decision.Proposal{Title: "Beginnen we na de meivakantie?", Audience: decision.School, ClosesOn: "2026-04-02"})
		r.ok(err)
		_, err = decisions.React(ctx, r.known("colleague").Who, r.at, id, 0, decision.Say{Choice: decision.Objection, Text: "Zonder inval haal ik dat niet."})
		r.ok(err)
		_, err = decisions.React(ctx, r.known("member").Who, r.at, id, 0, decision.Say{Choice: decision.Agree})
		r.ok(err)
		const asks = "Jij pakt een bezwaar op bij ‘Aansluiting’"
		r.hides("member", "/week", asks)
		reaction := r.one(`select id from decision_reaction where choice = 'objection'`)
		r.ok(decisions.TakeUp(ctx, r.known("lead").Who, r.at, id, reaction, r.people["member"], "2026-03-20"))
		r.tells("member", "/week", asks)
		r.tells("member", "/week", "Wie het bezwaar heeft, wacht op wat jij ermee doet.")
		for _, name := range []string{"lead", "colleague", "anna", "admin"} {
			r.hides(name, "/week", asks)
		}
		page := "/trajectories/" + r.at + "/decisions/" + id
		r.pressed = 0
		r.follows("member", "/week", page+"#reaction-"+reaction)
		if body := r.sees("member", page); !strings.Contains(body, `id="reaction-`+reaction+`"`) || !strings.Contains(body, "Zonder inval haal ik dat niet.") {
			t.Error("the link leads to no objection")
		}
		if code := r.presses("member", page, page+"/reactions/"+reaction+"/answer", "text", "Petra regelt inval."); code != http.StatusSeeOther || r.pressed != 2 {
			t.Errorf("%d after %d clicks", code, r.pressed)
		}
		r.hides("member", "/week", asks)
		r.tells("colleague", "/week", "Er is een antwoord op je bezwaar bij ‘Aansluiting’")
	})
}
