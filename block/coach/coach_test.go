package coach_test

import (
	"maps"
	"strconv"
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
}

func TestTheCardThatSpeaksMostOfNowGoesFirst(t *testing.T) {
	t.Parallel()
	words := method.Text{NL: "Doe dit.", EN: "Do this."}
	card := func(id string, when method.Fact, atLeast int, phases ...string) method.Card {
		return method.Card{ID: id, Role: "lead", When: when, AtLeast: atLeast, Phases: phases, Text: words, Because: words}
	}
	state := trajectory.Facts{"objection_open": trajectory.Count(3), "result_rises": trajectory.Is(true)}
	for _, c := range []struct {
		name  string
		days  int
		cards []method.Card
		want  string
	}{
		{"what was seen before what only lasts", 21, []method.Card{card("time", "stage_begun_days", 7, "plan"), card("seen", "result_rises", 0)}, "seen"},
		{"this stage before any stage", 0, []method.Card{card("any", "result_rises", 0), card("here", "result_rises", 0, "plan")}, "here"},
		{"one stage before two", 0, []method.Card{card("two", "result_rises", 0, "plan", "do"), card("one", "objection_open", 1, "plan")}, "one"},
		{"the higher number of the same", 0, []method.Card{card("low", "objection_open", 1), card("high", "objection_open", 3)}, "high"},
		{"a number that is not there", 0, []method.Card{card("low", "objection_open", 1), card("high", "objection_open", 4)}, "low"},
		{"of the days the last that came", 22, []method.Card{card("first", "stage_begun_days", 1, "plan"), card("third", "stage_begun_days", 21), card("second", "stage_begun_days", 14, "plan")}, "third"},
		{"the day that comes is never passed over", 12, []method.Card{card("day-10", "stage_begun_days", 10), card("day-3", "stage_begun_days", 3), card("day-30", "stage_begun_days", 30)}, "day-10"},
		{"before its day none", 2, []method.Card{card("day-3", "stage_begun_days", 3)}, ""},
		{"nothing else to say", 3, []method.Card{card("time", "stage_begun_days", 3), card("seen", "parked_list", 0)}, "time"},
		{"nothing at all", 2, []method.Card{card("time", "stage_begun_days", 3), card("seen", "parked_list", 0)}, ""},
	} {
		facts := maps.Clone(state)
		facts["stage_begun_days"] = trajectory.Count(c.days)
		got, _ := coach.Choose(c.cards, "plan", []method.Audience{"lead"}, facts, nil, nil)
		if got.ID != c.want {
			t.Errorf("%s: %q, want %q", c.name, got.ID, c.want)
		}
	}
}

func TestNoCardStaysForWeeks(t *testing.T) {
	t.Parallel()
	words := method.Text{NL: "Doe dit.", EN: "Do this."}
	var cards []method.Card
	for i := range 12 {
		cards = append(cards, method.Card{ID: "c" + strconv.Itoa(i), Role: "lead", When: "result_rises", Text: words, Because: words})
	}
	for _, many := range [][]method.Card{cards[:1], cards[:2], cards} {
		seen, last, stays := map[string]bool{}, "", 0
		for week := range 60 {
			facts := trajectory.Facts{"result_rises": trajectory.Is(true), "stage_begun_days": trajectory.Count(7 * week)}
			shown := map[string]bool{}
			for day := range 7 {
				facts["stage_begun_days"] = trajectory.Count(7*week + day)
				got, ok := coach.Choose(many, "plan", []method.Audience{"lead"}, facts, nil, nil)
				if week == 0 && !ok {
					t.Errorf("of %d cards none in the first week", len(many))
				}
				shown[got.ID] = true
			}
			if len(shown) != 1 {
				t.Errorf("another card in the same week: %v", shown)
			}
			for id := range shown {
				if id == last && id != "" {
					stays++
				} else {
					last, stays = id, 1
				}
				seen[id] = true
			}
			if stays > 2 {
				t.Errorf("%d cards: %s stays %d weeks, the last is %d", len(many), last, stays, week)
			}
		}
		delete(seen, "")
		if len(seen) != len(many) {
			t.Errorf("of %d equal cards %d had a turn", len(many), len(seen))
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
