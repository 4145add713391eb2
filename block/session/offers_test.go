package session_test

import (
	"slices"
	"testing"
	"time"

	"leerkring/block/session"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
)

// day plans a study day for the whole school, with a workshop of one place in the first round and one
// of two places in both.
func (w *town) day() (id, small, large string) {
	w.t.Helper()
	id = must(w.sessions.Plan(w.ctx(), w.who("host"), session.Plan{SchoolID: w.schoolID, MethodID: "studiedag", Title: "Feedback", StartsAt: afternoon.AddDate(0, 1, 0), Everyone: true}))(w.t)
	small = must(w.sessions.Propose(w.ctx(), w.who("anna"), id, w.workshop("Kijken", 1, "workshop-een")))(w.t)
	large = must(w.sessions.Propose(w.ctx(), w.who("bas"), id, w.workshop("Doen", 2, "workshop-een", "workshop-twee")))(w.t)
	if n := must(w.sessions.OpenReady(w.ctx(), w.who("host"), id))(w.t); n != 2 {
		w.t.Fatalf("%d workshops opened", n)
	}
	return id, small, large
}

func (w *town) workshop(title string, places int, rounds ...string) session.Offer {
	pack, _ := w.trajectories.Library().Latest("studiedag")
	o := session.Offer{Title: title, Places: places, Rounds: rounds, Answers: map[string]string{}, FollowOn: "2026-06-01", FollowText: "Tien minuten in het overleg"}
	for _, f := range pack.Session.Offers.Asks {
		o.Answers[f.ID] = "Zo doen we dat"
	}
	return o
}

func (w *town) programme(name, id string) session.Programme {
	w.t.Helper()
	return must(w.sessions.Programme(w.ctx(), w.who(name), id))(w.t)
}

func TestPeopleChooseAndNobodyIsLost(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id, small, large := w.day()
		choose := func(name string, want session.Outcome, wishes ...string) {
			t.Helper()
			if got := must(w.sessions.Choose(w.ctx(), w.who(name), id, "", "workshop-een", wishes))(t); got != want {
				t.Errorf("%s has %+v, want %+v", name, got, want)
			}
		}
		choose("cato", session.Outcome{OfferID: small, Wish: 1}, small, large)
		choose("daan", session.Outcome{OfferID: large, Wish: 2}, small, large)
		choose("eva", session.Outcome{OfferID: large, Wish: 2}, small, large)
		choose("member", session.Outcome{}, large)
		if p := w.programme("eva", id); p.MyLine(small, "workshop-een") != 2 || p.MyLine(large, "workshop-een") != 0 {
			t.Errorf("eva stands at %d for the small one, %d for the large", p.MyLine(small, "workshop-een"), p.MyLine(large, "workshop-een"))
		}
		choose("cato", session.Outcome{}) // she withdraws: daan goes up, and member gets what he leaves
		for name, want := range map[string]string{"daan": small, "eva": large, "member": large, "cato": ""} {
			if got := w.programme(name, id).MyPlace("workshop-een").OfferID; got != want {
				t.Errorf("%s is at %q, want %q", name, got, want)
			}
		}
		w.refused(w.sessions.DropOffer(w.ctx(), w.who("cato"), id, small), "absent")
		w.ok(w.sessions.DropOffer(w.ctx(), w.who("anna"), id, small))
		if p := w.programme("daan", id); p.MyPlace("workshop-een").OfferID != "" || p.MyLine(large, "workshop-een") != 1 {
			t.Error("daan lost his workshop and does not wait for his next wish")
		}
		if p := w.programme("eva", id); p.MyPlace("workshop-een").OfferID != large {
			t.Error("eva lost her place to somebody else")
		}
	})
}

// A choice is known to who made it and to who makes the programme, and to nobody by leading the day.
func TestAChoiceIsForWhoMakesTheProgramme(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id, small, large := w.day()
		must(w.sessions.Choose(w.ctx(), w.who("cato"), id, "", "workshop-een", []string{small}))(t)
		w.ok(w.sessions.TakeOver(w.ctx(), w.who("daan"), id))
		w.refused(w.sessions.TakeRole(w.ctx(), w.who("daan"), id, w.people["daan"], session.RoleOrganiser), "absent")
		w.refused(w.sessions.Organise(w.ctx(), w.who("daan"), id, w.people["daan"], true), "absent")
		for _, name := range []string{"daan", "eva", "leader", "anna"} {
			if p := w.programme(name, id); len(p.Choices) > 0 || len(p.Seated(small, "workshop-een")) > 0 || p.Nowhere("workshop-een") != nil {
				t.Errorf("%s sees who chose what", name)
			}
		}
		_, err := w.sessions.Programme(w.ctx(), w.who("outsider"), id)
		w.refused(err, "absent")
		if p := w.programme("host", id); !slices.Equal(p.Seated(small, "workshop-een"), w.ids("cato")) {
			t.Error("who planned the day does not see its rooms")
		}
		w.ok(w.sessions.Organise(w.ctx(), w.who("host"), id, w.people["eva"], true))
		if p := w.programme("eva", id); len(p.Seated(small, "workshop-een")) != 1 {
			t.Error("who organises too does not see the rooms")
		}
		_, err = w.sessions.Choose(w.ctx(), w.who("bas"), id, w.people["member"], "workshop-een", []string{large})
		w.refused(err, "absent")
		must(w.sessions.Choose(w.ctx(), w.who("eva"), id, w.people["member"], "workshop-een", []string{large}))(t)
		if w.programme("member", id).MyPlace("workshop-een").OfferID != large {
			t.Error("a colleague without a phone got no place")
		}
		w.ok(w.sessions.Cancel(w.ctx(), w.who("daan"), id))
		w.clock.Move(40 * 24 * time.Hour)
		must(w.sessions.Erase(w.ctx()))(t)
		if p := w.programme("host", id); len(p.Choices) > 0 || len(p.Offers) != 2 {
			t.Error("after thirty days choices are gone, and what was offered stays")
		}
	})
}

func TestAnOfferIsNotOpenedWithoutWhatFollows(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id, small, _ := w.day()
		o := w.workshop("Zonder vervolg", 4, "workshop-twee")
		o.FollowOn = ""
		late := must(w.sessions.Propose(w.ctx(), w.who("daan"), id, o))(t)
		w.refused(w.sessions.OpenOffer(w.ctx(), w.who("host"), id, late), "session.offer_not_ready")
		if _, ok := w.programme("eva", id).Offer(late); ok {
			t.Error("a proposal is seen by everybody")
		}
		o.FollowOn, o.Hosts = "2026-06-02", w.ids("daan")
		w.refused(w.sessions.ChangeOffer(w.ctx(), w.who("eva"), id, late, 1, o), "absent")
		w.ok(w.sessions.ChangeOffer(w.ctx(), w.who("daan"), id, late, 1, o))
		w.refused(w.sessions.OpenOffer(w.ctx(), w.who("daan"), id, late), "absent")
		w.ok(w.sessions.OpenOffer(w.ctx(), w.who("host"), id, late))
		must(w.sessions.Choose(w.ctx(), w.who("eva"), id, "", "workshop-een", []string{small}))(t)
		for _, c := range []struct {
			name, round, want string
			wishes            []string
		}{
			{"eva", "workshop-een", "session.wish_twice", []string{small, small}},
			{"eva", "workshop-twee", "session.offer_gone", []string{small}},
			{"daan", "workshop-twee", "session.hosts_then", []string{late}},
			{"eva", "lunch", "absent", []string{small}},
			{"outsider", "workshop-een", "absent", []string{small}},
		} {
			_, err := w.sessions.Choose(w.ctx(), w.who(c.name), id, "", c.round, c.wishes)
			w.refused(err, c.want)
		}
	})
}

// Teams are asked as a whole, everybody once.
func TestTeamsAreAskedAsAWhole(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for _, team := range []string{"exact", "talen"} {
			w.exec(`insert into team (id, school_id, kind, name, made_at) values ($1, $2, 'department', $1, $3)`, team, w.schoolID, w.clock.Now())
			for _, id := range w.ids("anna", "bas") {
				w.exec(`insert into team_member (team_id, person_id) values ($1, $2)`, team, id)
			}
		}
		id := must(w.sessions.Plan(w.ctx(), w.who("host"), session.Plan{SchoolID: w.schoolID, MethodID: "kennismarkt", StartsAt: afternoon, Teams: []string{"exact", "talen"}, People: w.ids("cato")}))(t)
		if n := len(w.view("host", id).People); n != 4 {
			t.Errorf("%d people are asked, want two of the teams, one by name and the host", n)
		}
	})
}

// The database itself refuses a seat that is had twice.
func TestASeatIsHadOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newTown(t, d)
		id, small, large := w.day()
		must(w.sessions.Choose(w.ctx(), w.who("cato"), id, "", "workshop-een", []string{small}))(t)
		for name, args := range map[string][]any{
			"one seat for two people":  {id, small, w.people["eva"], 1, 1},
			"two seats for one person": {id, large, w.people["cato"], 2, 1},
		} {
			err := d.Write(t.Context(), func(tx *db.Tx) error {
				_, err := db.Exec(t.Context(), tx, `insert into session_choice (session_id, offer_id, round, person_id, wish, seat, line) values ($1, $2, 'workshop-een', $3, $4, $5, 9)`, args...)
				return err
			})
			if err == nil {
				t.Errorf("%s is kept", name)
			}
		}
	})
}
