package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"leerkring/block/decision"
)

// An objection that the lead takes up goes to who stands in and comes back on the day. Outside those
// who were asked or take part nobody reads what was objected, also not by handing it over.
func TestProofF_AnObjectionGoesAlongWithWhoTakesItUp(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		r.carries()
		ctx, b, lead := t.Context(), r.h.blocks, r.known("lead").Who
		id, err := b.decisions.Open(ctx, lead, r.at, decision.Proposal{Title: "Beginnen we na de meivakantie?", Body: "Op dinsdag.", Audience: decision.PLG, ClosesOn: "2026-04-30"})
		r.ok(err)
		const words = "Zonder inval lukt dat lesbezoek niet."
		_, err = b.decisions.React(ctx, r.known("member").Who, r.at, id, 0, decision.Say{Choice: decision.Objection, Text: words})
		r.ok(err)
		objection := r.one(`select id from decision_reaction where decision_id = $1`, id)
		r.ok(b.decisions.TakeUp(ctx, lead, r.at, id, objection, lead.ID, "2026-04-20"))
		const kind = "Pakt een bezwaar op"
		has := func(want string) {
			t.Helper()
			if got := r.name(r.one(`select owner_id from decision_reaction where id = $1`, objection)); got != want {
				t.Errorf("%s takes it up, want %s", got, want)
			}
		}
		r.tells("lead", "/handover", kind)
		if strings.Contains(r.sees("lead", "/handover"), words) {
			t.Error("the page of handing over tells what was objected")
		}
		if code := r.presses("lead", "/handover", "/handover", "until", "2026-03-30"); code != http.StatusSeeOther {
			t.Fatal(code)
		}
		has("anna")
		r.tells("anna", "/handover", kind)
		r.tells("anna", "/week", "Beginnen we na de meivakantie?")
		r.hides("lead", "/week", kind)
		r.hides("admin", "/admin/people/"+r.people["lead"], words)
		r.turn(time.Date(2026, 3, 29, 22, 0, 0, 0, time.UTC))
		has("lead")
		r.hides("anna", "/handover", kind)
	})
}
