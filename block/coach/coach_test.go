package coach_test

import (
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/coach"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
)

func TestChoose(t *testing.T) {
	t.Parallel()
	words := func(s string) method.Text { return method.Text{NL: s, EN: s} }
	card := func(id string, change func(*method.Card)) method.Card {
		c := method.Card{ID: id, Role: "lead", When: "rating_open", Text: words("Doe dit."), Because: words("Het helpt.")}
		if change != nil {
			change(&c)
		}
		return c
	}
	there := trajectory.Facts{"rating_open": trajectory.Is(true), "voices": trajectory.Count(3)}
	for _, c := range []struct {
		name    string
		card    method.Card
		stage   string
		readers []method.Audience
		facts   trajectory.Facts
		away    string
		fill    map[string]string
		want    bool
	}{
		{"the state is there", card("a", nil), "explore", []method.Audience{"lead"}, there, "", nil, true},
		{"the state is not there", card("a", nil), "explore", []method.Audience{"lead"}, trajectory.Facts{"rating_open": trajectory.Is(false)}, "", nil, false},
		{"nobody tells the state", card("a", nil), "explore", []method.Audience{"lead"}, nil, "", nil, false},
		{"put away", card("a", nil), "explore", []method.Audience{"lead"}, there, "a", nil, false},
		{"another card put away", card("a", nil), "explore", []method.Audience{"lead"}, there, "b", nil, true},
		{"for another reader", card("a", nil), "explore", []method.Audience{"participant", "leader"}, there, "", nil, false},
		{"for nobody here", card("a", nil), "explore", nil, there, "", nil, false},
		{"in its stage", card("a", func(c *method.Card) { c.Phases = []string{"explore", "plan"} }), "plan", []method.Audience{"lead"}, there, "", nil, true},
		{"in another stage", card("a", func(c *method.Card) { c.Phases = []string{"plan"} }), "explore", []method.Audience{"lead"}, there, "", nil, false},
		{"enough of it", card("a", func(c *method.Card) { c.When, c.AtLeast = "voices", 3 }), "explore", []method.Audience{"lead"}, there, "", nil, true},
		{"not enough of it", card("a", func(c *method.Card) { c.When, c.AtLeast = "voices", 4 }), "explore", []method.Audience{"lead"}, there, "", nil, false},
		{"a value that nobody gives", card("a", func(c *method.Card) { c.Because = words("Er zijn er [number].") }), "explore", []method.Audience{"lead"}, there, "", nil, false},
		{"a value that is given", card("a", func(c *method.Card) { c.Because = words("Er zijn er [number].") }), "explore", []method.Audience{"lead"}, there, "", map[string]string{"number": "3"}, true},
		{"a value in one language only", card("a", func(c *method.Card) { c.Text = method.Text{NL: "Doe dit.", EN: "Ask [team]."} }), "explore", []method.Audience{"lead"}, there, "", nil, false},
	} {
		got, ok := coach.Choose([]method.Card{c.card}, c.stage, c.readers, c.facts, map[string]bool{c.away: true}, c.fill)
		if ok != c.want || ok && got.ID != "a" {
			t.Errorf("%s: %v", c.name, ok)
		}
	}
	if got, ok := coach.Choose([]method.Card{card("first", nil), card("second", nil)}, "x", []method.Audience{"lead"}, there, nil, nil); !ok || got.ID != "first" {
		t.Errorf("one card, the first: %v", got.ID)
	}
	day := func(id string, n int) method.Card {
		return card(id, func(c *method.Card) { c.When, c.AtLeast = "stage_begun_days", n })
	}
	cards := []method.Card{day("day-3", 3), day("day-10", 10), day("also-10", 10), day("day-30", 30), card("called", nil)}
	for _, c := range []struct {
		name  string
		facts trajectory.Facts
		away  map[string]bool
		want  string
	}{
		{"what the work calls goes before what time calls", trajectory.Facts{"rating_open": trajectory.Is(true), "stage_begun_days": trajectory.Count(12)}, nil, "called"},
		{"of those that time calls, the last whose day came", trajectory.Facts{"stage_begun_days": trajectory.Count(12)}, nil, "day-10"},
		{"put away, the next of that day", trajectory.Facts{"stage_begun_days": trajectory.Count(12)}, map[string]bool{"day-10": true}, "also-10"},
		{"and then an earlier one", trajectory.Facts{"stage_begun_days": trajectory.Count(12)}, map[string]bool{"day-10": true, "also-10": true}, "day-3"},
		{"before its day none", trajectory.Facts{"stage_begun_days": trajectory.Count(2)}, nil, ""},
	} {
		if got, ok := coach.Choose(cards, "x", []method.Audience{"lead"}, c.facts, c.away, nil); got.ID != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q", c.name, got.ID)
		}
	}
}

func TestReadersArePartsAndNeverPeople(t *testing.T) {
	t.Parallel()
	leads := access.Who{Roles: []access.Role{{Kind: access.RoleLeader, SchoolID: "s"}}}
	elsewhere := access.Who{Roles: []access.Role{{Kind: access.RoleLeader, SchoolID: "other"}, {Kind: access.RoleAdmin, SchoolID: "s"}}}
	for _, c := range []struct {
		name string
		role trajectory.Role
		who  access.Who
		want int
	}{
		{"a lead", trajectory.Lead, access.Who{}, 3}, {"a stand-in", trajectory.StandIn, access.Who{}, 3}, {"a member", trajectory.Member, access.Who{}, 1},
		{"a guest", trajectory.Guest, access.Who{}, 0}, {"a leader who does not take part", trajectory.NoOne, leads, 1}, {"a leader who takes part", trajectory.Member, leads, 2},
		{"a leader of another school", trajectory.NoOne, elsewhere, 0},
	} {
		seen := trajectory.Seen{Trajectory: trajectory.Trajectory{SchoolID: "s"}, Role: c.role, Who: c.who}
		if got := coach.Readers(seen); len(got) != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestAPutAwayCardStaysAwayForThisPerson(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		c := clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC))
		lib := must(method.Builtin())(t)
		walks, schools := trajectory.NewService(d, c, lib), school.NewService(d, c)
		coaches := coach.NewService(d, c, walks)
		found := must(schools.Found(ctx, school.Founding{Board: "Kust", School: school.School{Name: "Het Baken"}, AdminName: "Noor Haddad", AdminEmail: "noor@baken.example"}))(t)
		other := must(schools.Found(ctx, school.Founding{Board: "Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"}))(t)
		noor := must(school.Knows(ctx, d, found.AdminID))(t).Who
		sem := must(school.Knows(ctx, d, must(schools.AddStaff(ctx, noor, found.SchoolID, school.NewStaff{Name: "Sem Bakker", Email: "sem@baken.example", Active: true}))(t)))(t).Who
		stranger := must(school.Knows(ctx, d, other.AdminID))(t).Who
		id := must(walks.Begin(ctx, noor, trajectory.Start{SchoolID: found.SchoolID, MethodID: "verbetercyclus", Title: "Feedback", Open: true}))(t)
		if err := walks.HandOver(ctx, noor, id, noor.ID, trajectory.Lead, sem.ID); err != nil { // both read as lead
			t.Fatal(err)
		}
		facts, fill := everything(lib), map[string]string{}
		for _, f := range method.Fills {
			fill[f] = "x"
		}
		card := func(who access.Who) string {
			seen := must(walks.Reach(ctx, d, who, id))(t)
			got, ok, err := coaches.Card(ctx, d, seen, facts, fill)
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				return ""
			}
			return got.ID
		}
		first := card(noor)
		if first == "" || card(sem) != first {
			t.Fatalf("lead %q, stand-in %q", first, card(sem))
		}
		if err := coaches.PutAway(ctx, noor, id, first, false); err != nil {
			t.Fatal(err)
		}
		second := card(noor)
		if second == first || card(sem) != first {
			t.Errorf("put away by one: %q for her, %q for him", second, card(sem))
		}
		if err := coaches.PutAway(ctx, noor, id, second, true); err != nil {
			t.Fatal(err)
		}
		c.Move(14 * 24 * time.Hour)
		if got := card(noor); got != first {
			t.Errorf("after two weeks it is back: %q", got)
		}
		c.Move(3000 * 24 * time.Hour)
		if err := coaches.PutAway(ctx, noor, id, first, false); err != nil {
			t.Fatal(err)
		}
		if got := card(noor); got == first || got == second {
			t.Errorf("for good is for good: %q", got)
		}
		for name, err := range map[string]error{
			"an unknown card":    coaches.PutAway(ctx, noor, id, "no-such-card", false),
			"another board":      coaches.PutAway(ctx, stranger, id, first, false),
			"another trajectory": coaches.PutAway(ctx, noor, ident.At(c.Now()), first, false),
		} {
			if !errs.IsAbsent(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := must(db.One(ctx, d, `select count(*) from card_away where person_id = $1`, db.Int, stranger.ID))(t); n != 0 {
			t.Error("a refusal was kept")
		}
	})
}

// everything says that every state a card asks for is there.
func everything(lib *method.Library) trajectory.Facts {
	f := trajectory.Facts{}
	for _, c := range lib.Cards() {
		f[c.When] = trajectory.Value{State: trajectory.Met, Number: 1000}
	}
	return f
}

func must[T any](x T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}
