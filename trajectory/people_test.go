package trajectory_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/school"
	"leerkring/trajectory"
)

func (w *town) invite(name string, inv trajectory.Invitation) (string, error) {
	w.t.Helper()
	return w.walks.Invite(w.t.Context(), w.who(name), w.id, inv, w.schools)
}

func TestWhoIsAskedIn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := must(w.invite("lead", trajectory.Invitation{PersonID: w.people["colleague"], Role: trajectory.Member, Constituency: "bovenbouw"}))(t)
		p := w.participants()[id]
		if p.Role != trajectory.Member || p.Constituency != "bovenbouw" || p.EndsOn != "" || p.Name != "Naam colleague" || !p.JoinedAt.Equal(w.clock.Now()) {
			t.Errorf("%+v", p)
		}
		if e := w.newest(); e.Kind != "participant.joined" || e.ObjectID != id || e.ActorID != w.people["lead"] {
			t.Errorf("journal %+v", e)
		}
		if got := w.participants()[w.people["coach"]]; got.EndsOn != "2027-03-19" {
			t.Errorf("a coach is asked again after a year at most: %+v", got)
		}
		invite := func(name string, inv trajectory.Invitation) func() error {
			return func() error { _, err := w.invite(name, inv); return err }
		}
		for name, c := range map[string]struct {
			who, want string
			inv       trajectory.Invitation
		}{
			"by a member":                         {"member", "absent", trajectory.Invitation{PersonID: w.people["admin"], Role: trajectory.Member}},
			"by a leader":                         {"leader", "absent", trajectory.Invitation{PersonID: w.people["admin"], Role: trajectory.Member}},
			"by a guest":                          {"guest", "absent", trajectory.Invitation{PersonID: w.people["admin"], Role: trajectory.Member}},
			"a member from another school":        {"lead", "absent", trajectory.Invitation{PersonID: w.people["elsewhere"], Role: trajectory.Member}},
			"a guest who would be a member":       {"lead", "absent", trajectory.Invitation{PersonID: w.people["guest"], Role: trajectory.Member}},
			"a coach from another board":          {"lead", "absent", trajectory.Invitation{PersonID: w.people["outsider"], Role: trajectory.Coach}},
			"nobody":                              {"lead", "absent", trajectory.Invitation{PersonID: ident.At(w.clock.Now()), Role: trajectory.Member}},
			"somebody new as a lead":              {"lead", "trajectory.guest_role", trajectory.Invitation{Name: "Eva Vos", Email: "eva@x.example", Role: trajectory.Lead}},
			"with an unknown part":                {"lead", "form.choose", trajectory.Invitation{PersonID: w.people["admin"], Role: "owner"}},
			"until yesterday":                     {"lead", "trajectory.guest_until", trajectory.Invitation{Name: "Eva Vos", Email: "eva@x.example", Role: trajectory.Guest, EndsOn: "2026-03-18"}},
			"for longer than a year":              {"lead", "trajectory.guest_until", trajectory.Invitation{Name: "Eva Vos", Email: "eva@x.example", Role: trajectory.Guest, EndsOn: "2027-04-01"}},
			"without an address":                  {"lead", "school.email_shape", trajectory.Invitation{Name: "Eva Vos", Role: trajectory.Guest}},
			"the last lead, who would not lead":   {"lead", "trajectory.in_already", trajectory.Invitation{PersonID: w.people["lead"], Role: trajectory.Guest}},
			"a member, who would become a guest":  {"lead", "trajectory.in_already", trajectory.Invitation{PersonID: w.people["member"], Role: trajectory.Guest}},
			"a member once more, by mail address": {"lead", "trajectory.in_already", trajectory.Invitation{Name: "Naam member", Email: "member@baken.example", Role: trajectory.Guest}},
		} {
			t.Run(name, func(t *testing.T) { w.refused(c.want, invite(c.who, c.inv)) })
		}
	})
}

func TestAGuestIsRenewedAndEndsOnTime(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		joined := w.participants()[w.people["guest"]].JoinedAt
		w.clock.Set(time.Date(2026, 5, 31, 21, 59, 59, 0, time.UTC)) // a second before midnight at school
		if _, err := w.reach("guest", w.id); err != nil {
			t.Error(err)
		}
		w.clock.Move(time.Second)
		if _, err := w.reach("guest", w.id); refusal(err) != "absent" {
			t.Errorf("after the last day: %v", err)
		}
		if list := must(w.walks.List(t.Context(), w.who("guest")))(t); len(list) != 0 {
			t.Errorf("listed after the last day: %+v", list)
		}
		again := must(w.invite("lead", trajectory.Invitation{Name: "Gijs Vreemd", Email: "GIJS@elders.example", Role: trajectory.Guest, EndsOn: "2026-07-01"}))(t)
		if again != w.people["guest"] || !w.participants()[again].JoinedAt.Equal(joined) || w.participants()[again].EndsOn != "2026-07-01" {
			t.Errorf("renewed: %+v", w.participants()[again])
		}
		if s, err := w.reach("guest", w.id); err != nil || s.Role != trajectory.Guest {
			t.Errorf("renewed: %v", err)
		}
	})
}

func TestLeavingEndsEverythingThatWasGiven(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		leave := func(who, whom string) error { return w.walks.Leave(t.Context(), w.who(who), w.id, w.people[whom]) }
		w.ok(w.walks.HandOver(t.Context(), w.who("lead"), w.id, w.people["lead"], trajectory.Lead, w.people["second"]))
		w.refused("trajectory.last_lead", func() error { return leave("lead", "lead") })
		w.refused("absent", func() error { return leave("member", "second") })
		w.refused("absent", func() error { return leave("colleague", "colleague") })
		w.refused("absent", func() error { return leave("lead", "colleague") })
		w.ok(leave("second", "second")) // the stand-in goes
		if e := w.newest(); e.Kind != "participant.left" || e.ObjectID != w.people["second"] {
			t.Errorf("journal %+v", e)
		}
		if s := w.seen("second"); s.Role != trajectory.NoOne || s.May(access.Lead, access.Trajectory, "") {
			t.Errorf("who left still leads: %q", s.Role)
		}
		w.ok(leave("lead", "member"))
		w.closeIn()
		for _, name := range []string{"member", "second"} {
			if _, err := w.reach(name, w.id); refusal(err) != "absent" {
				t.Errorf("%s left a closed one and still sees it: %v", name, err)
			}
		}
		w.clock.Move(48 * time.Hour)
		must(w.invite("lead", trajectory.Invitation{PersonID: w.people["member"], Role: trajectory.Member}))(t)
		if p := w.participants()[w.people["member"]]; !p.JoinedAt.Equal(w.clock.Now()) {
			t.Errorf("who comes back was not there in between: %v", p.JoinedAt)
		}
	})
}

func TestHandingOver(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		over := func(who, whom string, role trajectory.Role, standIn string) error {
			return w.walks.HandOver(t.Context(), w.who(who), w.id, w.people[whom], role, standIn)
		}
		w.refused("trajectory.last_lead", func() error { return over("lead", "lead", trajectory.Member, "") })
		w.refused("trajectory.stand_in_self", func() error { return over("lead", "lead", trajectory.Lead, w.people["lead"]) })
		w.refused("form.choose", func() error { return over("lead", "member", trajectory.Guest, "") })
		w.refused("absent", func() error { return over("lead", "colleague", trajectory.Lead, "") })           // takes no part
		w.refused("absent", func() error { return over("lead", "guest", trajectory.Lead, "") })               // a guest leads nothing
		w.refused("absent", func() error { return over("lead", "lead", trajectory.Lead, w.people["guest"]) }) // nor stands in
		w.refused("absent", func() error { return over("lead", "lead", trajectory.Lead, w.people["outsider"]) })
		w.refused("absent", func() error { return over("member", "member", trajectory.Lead, "") })
		w.ok(over("lead", "lead", trajectory.Lead, w.people["second"]))
		if e := w.newest(); e.Kind != "participant.changed" || e.ObjectID != w.people["lead"] {
			t.Errorf("journal %+v", e)
		}
		w.ok(over("second", "member", trajectory.Lead, "")) // the stand-in hands over
		w.ok(over("member", "lead", trajectory.Member, w.people["second"]))
		got := w.participants()
		if got[w.people["member"]].Role != trajectory.Lead || got[w.people["lead"]].Role != trajectory.Member || got[w.people["lead"]].StandInID != "" {
			t.Errorf("%+v", got)
		}
		if s := w.seen("second"); s.Role != trajectory.Member {
			t.Errorf("a stand-in of nobody: %q", s.Role)
		}
	})
}

func TestTwoLeadsCannotBothStepDown(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.ok(w.walks.HandOver(t.Context(), w.who("lead"), w.id, w.people["member"], trajectory.Lead, ""))
		both := []string{"lead", "member"}
		whos := map[string]access.Who{"lead": w.who("lead"), "member": w.who("member")}
		results := make([]error, 2)
		var wg sync.WaitGroup
		for i, name := range both {
			wg.Go(func() { results[i] = w.walks.Leave(t.Context(), whos[name], w.id, w.people[name]) })
		}
		wg.Wait()
		if a, b := refusal(results[0]), refusal(results[1]); a == b || (a != "done" && b != "done") || (a != "trajectory.last_lead" && b != "trajectory.last_lead") {
			t.Errorf("%s and %s", a, b)
		}
	})
}

func TestPeopleWhoAreGoneAreNotShown(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.exec(`update person set state = 'suspended' where id = $1`, w.people["member"])
		got := must(w.walks.Participants(t.Context(), w.d, w.seen("lead")))(t)
		if len(got) != 4 || got[0].PersonID != w.people["lead"] || got[1].PersonID != w.people["second"] {
			t.Errorf("%+v", got)
		}
		if got := trajectory.Unheard(got, map[string]bool{w.people["lead"]: true}, "2026-03-19"); len(got) != 2 { // second and guest; a coach walks along
			t.Errorf("unheard: %+v", got)
		}
	})
}

func TestWhoIsNotHeardYet(t *testing.T) {
	t.Parallel()
	const today = clock.Date("2026-03-19")
	for name, c := range map[string]struct {
		p    trajectory.Participant
		want bool
	}{
		"a member":                 {trajectory.Participant{Role: trajectory.Member}, true},
		"who was heard":            {trajectory.Participant{PersonID: "heard"}, false},
		"who is away":              {trajectory.Participant{AwayUntil: "2026-03-20"}, false},
		"who is back today":        {trajectory.Participant{AwayUntil: "2026-03-19"}, true},
		"a guest whose time is up": {trajectory.Participant{Role: trajectory.Guest, EndsOn: "2026-03-19"}, false},
		"a guest":                  {trajectory.Participant{Role: trajectory.Guest, EndsOn: "2026-03-20"}, true},
		"a coach":                  {trajectory.Participant{Role: trajectory.Coach}, false},
	} {
		if got := trajectory.Unheard([]trajectory.Participant{c.p}, map[string]bool{"heard": true}, today); (len(got) == 1) != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if got := trajectory.WithoutMember([]string{"a", "b"}, map[string]bool{"a": true}); len(got) != 1 || got[0] != "b" {
		t.Errorf("%v", got)
	}
}

func TestLinksForPupils(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		make := func(name, element string) (string, error) {
			return w.walks.MakeLink(t.Context(), w.who(name), w.id, element)
		}
		first := must(make("lead", "f1.q1"))(t)
		l, s, err := w.walks.ByLink(t.Context(), w.d, first)
		w.ok(err)
		if l.ElementID != "f1.q1" || s.ID != w.id || s.Who.Kind != access.LinkHolder || s.May(access.Read, access.Trajectory, "") || !s.May(access.Create, access.PupilContribution, "") {
			t.Errorf("%+v %+v", l, s.Who)
		}
		if e := w.newest(); e.Kind != "pupil_link.made" || e.ObjectID != l.ID {
			t.Errorf("journal %+v", e)
		}
		for name, want := range map[string]int{"lead": 1, "member": 0, "colleague": 0, "guest": 0, "leader": 0} {
			if got := must(w.walks.Links(t.Context(), w.d, w.seen(name)))(t); len(got) != want {
				t.Errorf("%s sees %d links", name, len(got))
			}
		}
		for _, name := range []string{"member", "colleague", "leader", "guest", "coach", "outsider", "elsewhere"} {
			w.refused("absent", func() error { _, err := make(name, "f1.q1"); return err })
			w.refused("absent", func() error { return w.walks.CloseLink(t.Context(), w.who(name), w.id, l.ID) })
		}
		w.refused("absent", func() error { _, err := make("lead", "kr.1"); return err }) // of another method
		w.refused("absent", func() error { _, err := make("lead", ""); return err })

		other := w.begin("lead", trajectory.Start{})
		w.refused("absent", func() error { return w.walks.CloseLink(t.Context(), w.who("lead"), other, l.ID) }) // a foreign child

		second := must(make("lead", "f1.q1"))(t) // the earlier link to the same question ends
		gone := func(secret string) {
			t.Helper()
			if _, _, err := w.walks.ByLink(t.Context(), w.d, secret); refusal(err) != "absent" {
				t.Errorf("still open: %v", err)
			}
		}
		gone(first)
		for _, wrong := range []string{"", "x", strings.Repeat("a", 101), second + "x", "\x00"} {
			gone(wrong)
		}
		l, _, err = w.walks.ByLink(t.Context(), w.d, second)
		w.ok(err)
		w.ok(w.walks.CloseLink(t.Context(), w.who("lead"), w.id, l.ID))
		gone(second)
		w.refused("absent", func() error { return w.walks.CloseLink(t.Context(), w.who("lead"), w.id, l.ID) })

		third := must(make("lead", "f1.q2"))(t)
		w.ok(w.walks.SetState(t.Context(), w.who("lead"), w.id, w.seen("lead").Version, trajectory.Paused, "Toetsweek", "2026-04-01"))
		gone(third)
		w.refused("trajectory.not_active", func() error { _, err := make("lead", "f1.q2"); return err })
		w.ok(w.walks.SetState(t.Context(), w.who("lead"), w.id, w.seen("lead").Version, trajectory.Active, "", ""))
		w.clock.Move(14*24*time.Hour - time.Second)
		if _, _, err := w.walks.ByLink(t.Context(), w.d, third); err != nil {
			t.Errorf("in its last second: %v", err)
		}
		w.clock.Move(time.Second)
		gone(third)
		if got := must(w.walks.Links(t.Context(), w.d, w.seen("lead")))(t); len(got) != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// T-C6: a guest account of one board is nobody at another, also with the same address.
func TestProofC6_AGuestOfOneBoardIsNobodyElsewhere(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		there := must(w.walks.Begin(t.Context(), w.who("outsider"), trajectory.Start{SchoolID: w.otherID, MethodID: "kleine-ronde", Title: "Elders", Open: true}))(t)
		id := must(w.walks.Invite(t.Context(), w.who("outsider"), there, trajectory.Invitation{Name: "Gijs Vreemd", Email: "gijs@elders.example", Role: trajectory.Guest}, w.schools))(t)
		if id == w.people["guest"] {
			t.Fatal("one account at two boards")
		}
		w.exec(`update person set state = 'active' where id = $1`, id)
		w.people["guest there"] = id
		for name, want := range map[string]map[string]bool{"guest": {w.id: true, there: false}, "guest there": {w.id: false, there: true}, "lead": {there: false}, "outsider": {w.id: false}} {
			for trajectoryID, ok := range want {
				if _, err := w.reach(name, trajectoryID); (err == nil) != ok {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
		names := must(school.Names(t.Context(), w.d, w.board, []string{id, w.people["guest"]}))(t)
		if len(names) != 1 {
			t.Errorf("names cross boards: %v", names)
		}
	})
}

func TestSomebodyFromOutsideGetsALetter(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		var letters []string
		w.walks.InvitesBy(func(_ context.Context, tx *db.Tx, personID, by string) error {
			tx.AfterCommit(func() { letters = append(letters, personID+" by "+by) })
			return nil
		})
		eva := trajectory.Invitation{Name: "Eva Vos", Email: "eva@x.example", Role: trajectory.Guest}
		id := must(w.invite("lead", eva))(t)
		must(w.invite("lead", eva))(t)                                                                             // asked again before she came
		must(w.invite("lead", trajectory.Invitation{PersonID: w.people["colleague"], Role: trajectory.Member}))(t) // a colleague is in the house already
		must(w.invite("lead", trajectory.Invitation{Name: "Gijs Vreemd", Email: "gijs@elders.example", Role: trajectory.Guest}))(t)
		if want := id + " by " + w.people["lead"]; len(letters) != 2 || letters[0] != want || letters[1] != want {
			t.Errorf("letters %v", letters)
		}
		w.refused("absent", func() error {
			_, err := w.invite("member", trajectory.Invitation{Name: "Piet Post", Email: "p@x.example", Role: trajectory.Guest})
			return err
		})
		w.walks.InvitesBy(func(context.Context, *db.Tx, string, string) error { return errs.Unavailable("db.disk", nil) })
		w.refused("db.disk", func() error {
			_, err := w.invite("lead", trajectory.Invitation{Name: "Piet Post", Email: "p@x.example", Role: trajectory.Guest})
			return err
		})
	})
}
