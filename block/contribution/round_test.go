package contribution

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
)

var clockZone = clock.Zone("")

func changeOpen(open bool) trajectory.Change {
	return trajectory.Change{Title: "Lezen in elk vak", Open: open}
}

func names(people []Author) (out []string) {
	for _, p := range people {
		first, _, _ := strings.Cut(p.Name, " ")
		out = append(out, first)
	}
	slices.Sort(out)
	return out
}

func TestANamedRoundShowsWhoIsStillToBeHeard(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.guests()
		h.away("thijs", h.today().Add(7))
		round := h.opens(NewRound{ElementID: "f1.q1", Form: Named})
		answer := h.says("joost", "f1.q1", "Ik.")
		for name, want := range map[string][]string{
			"noor": {"eva", "kim", "noor", "samira"}, "joost": {"eva", "kim", "noor", "samira"},
			"leyla": nil, "ilse": nil, "coen": nil, "eva": nil, // colleagues, the leader, a coach and a guest see no such list
		} {
			v := h.round(name, round)
			if got := names(v.Unheard); !slices.Equal(got, want) {
				t.Errorf("%s sees still to be heard %v, want %v", name, got, want)
			}
			if v.Answered != 1 || v.Of != 5 || !v.IsOpen || v.MayClose != (name == "noor") || v.Mine != (name == "joost") {
				t.Errorf("%s sees %+v", name, v)
			}
		}
		if h.one("leyla", answer).Body != "Ik." {
			t.Error("a named answer is not seen at once")
		}
		if v := h.round("coen", round); v.Asked {
			t.Error("a process coach is asked")
		}
		h.ok(h.said.Withdraw(h.ctx, h.who("joost"), h.walk, answer))
		if v := h.round("noor", round); v.Answered != 0 || !slices.Contains(names(v.Unheard), "joost") {
			t.Errorf("who took the words back counts as heard: %+v", v)
		}
		h.ok(h.said.Close(h.ctx, h.who("noor"), h.walk, round))
		if v := h.round("noor", round); v.IsOpen || v.Unheard != nil || v.Closed != ByHand || v.MayClose {
			t.Errorf("after closing %+v", v)
		}
		h.refusedConflict("closing twice", "contribution.round_closed", func() error { return h.said.Close(h.ctx, h.who("noor"), h.walk, round) })
	})
}

// Who works none of the days on which a question is asked holds nobody up, and is welcome to answer.
func TestWhoWorksOnOtherDaysIsNotUnheard(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		today := h.today()
		day := int(today.Weekday())
		h.ok(h.schools.Update(h.ctx, h.who("thijs"), school.Details{Name: "thijs Jansen", WorkingDays: []int{(day+1)%5 + 1}}, today)) // two days on
		short := h.opens(NewRound{ElementID: "f1.q1", Form: Named, ClosesOn: today})
		if v := h.round("noor", short); slices.Contains(names(v.Unheard), "thijs") || v.Of != 4 {
			t.Errorf("asked on a day of others, and called unheard: %d, %v", v.Of, names(v.Unheard))
		}
		h.says("thijs", "f1.q1", "Ik keek toch even.")
		if v := h.round("noor", short); v.Answered != 1 || v.Of != 5 {
			t.Errorf("an answer counts on any day: %+v", v)
		}
		h.ok(h.said.Close(h.ctx, h.who("noor"), h.walk, short))
		long := h.opens(NewRound{ElementID: "f1.q2", Form: Named, ClosesOn: today.Add(7)})
		if v := h.round("noor", long); !slices.Contains(names(v.Unheard), "thijs") || v.Of != 5 {
			t.Errorf("a week has a day of everybody: %+v", v)
		}
	})
}

func (h *schoolhouse) refusedConflict(what, key string, act func() error) {
	h.t.Helper()
	h.refused(what, key, func() error {
		err := act()
		if !errs.Is(err, errs.KindConflict) {
			h.t.Errorf("%s: %v is no conflict", what, err)
		}
		return err
	})
}

func TestABlindRoundOpensAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		round := h.opens(NewRound{ElementID: "f1.q3", Form: Named}) // its method asks it blind
		if v := h.round("noor", round); v.Form != Blind {
			t.Fatalf("a question that is blind first opened %s", v.Form)
		}
		var ids []string
		for i, name := range members {
			ids = append(ids, h.says(name, "f1.q3", "Lezen, zegt "+name))
			last := i == len(members)-1
			for _, reader := range append([]string{"leyla", "ilse"}, members...) {
				all, err := h.said.All(h.ctx, d, h.seen(reader), h.seen("noor").VisitID, "f1.q3")
				h.ok(err)
				own := slices.Index(members, reader) >= 0 && slices.Index(members, reader) <= i
				switch {
				case last && len(all) != len(members):
					t.Errorf("all answered and %s sees %d", reader, len(all))
				case !last && own && (len(all) != 1 || !all[0].Mine || !all[0].Sealed):
					t.Errorf("%s sees of a sealed round %+v", reader, all)
				case !last && !own && len(all) != 0:
					t.Errorf("%s sees of a sealed round %+v", reader, all)
				}
			}
			v := h.round("noor", round)
			if v.Answered != i+1 || v.Of != 5 || v.IsOpen == last || v.Unheard != nil {
				t.Errorf("after %d answers the round is %+v", i+1, v)
			}
		}
		v := h.round("noor", round)
		if v.Closed != ByAnswer || v.Answered != 5 || v.Of != 5 {
			t.Errorf("closed as %+v", v)
		}
		log := h.log()
		want := []string{"round.opened by noor", "contribution.added by house", "contribution.added by house", "contribution.added by house", "contribution.added by house", "contribution.added by house", "round.closed by house"}
		if !slices.Equal(log[len(log)-len(want):], want) {
			t.Errorf("journal %v", log)
		}
		h.clock.Move(time.Hour)
		late := h.says("kim", "f1.q3", "Nu ik dit lees …")
		if c := h.one("noor", late); !c.Late || c.Sealed || c.EditedLate {
			t.Errorf("a later answer is %+v", c)
		}
		_, err := h.said.Edit(h.ctx, h.who("joost"), h.walk, ids[1], 1, Words{Body: "Bij nader inzien."})
		h.ok(err)
		if c := h.one("noor", ids[1]); c.Late || !c.EditedLate {
			t.Errorf("an answer changed afterwards is %+v", c)
		}
		if log := h.log(); !strings.HasSuffix(log[len(log)-1], "by joost") {
			t.Errorf("once open the journal names who acts: %v", log)
		}
	})
}

func TestASealedAnswerIsItsWritersAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.opens(NewRound{ElementID: "f1.q3", Form: Blind})
		id := h.says("joost", "f1.q3", "Huiswerk.")
		noor, joost := h.who("noor"), h.who("joost")
		for what, act := range map[string]func() error{
			"read":   func() error { _, err := h.said.One(h.ctx, d, h.seen("noor"), id); return err },
			"reply":  func() error { _, err := h.said.Reply(h.ctx, noor, h.walk, id, "x", ""); return err },
			"settle": func() error { _, err := h.said.Settle(h.ctx, noor, h.walk, id, 0, Taken, "x"); return err },
			"cluster": func() error {
				_, err := h.said.Cluster(h.ctx, noor, h.walk, "Huiswerk", "", "", []string{id})
				return err
			},
			"take up":      func() error { return h.said.Belong(h.ctx, d, h.seen("noor"), []string{id}) },
			"reply to own": func() error { _, err := h.said.Reply(h.ctx, joost, h.walk, id, "x", ""); return err },
			"settle own":   func() error { _, err := h.said.Settle(h.ctx, joost, h.walk, id, 0, Taken, "x"); return err },
			"cluster of own": func() error {
				_, err := h.said.Cluster(h.ctx, joost, h.walk, "Huiswerk", "", "", []string{id})
				return err
			},
		} {
			h.absent(what, act)
		}
		_, err := h.said.Edit(h.ctx, joost, h.walk, id, 1, Words{Body: "Toch lezen.", Kind: Solution})
		h.ok(err)
		h.ok(h.said.Withdraw(h.ctx, joost, h.walk, id))
		if log := h.log(); !slices.Equal(log[len(log)-3:], []string{"contribution.added by house", "contribution.changed by house", "contribution.withdrawn by house"}) {
			t.Errorf("the journal betrays who wrote: %v", log)
		}
	})
}

func TestARoundEndsWithItsDay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		round := h.opens(NewRound{ElementID: "f1.q3", Form: Blind, ClosesOn: h.today()})
		id := h.says("joost", "f1.q3", "Lezen.")
		h.clock.Set(h.today().At(23, 59, clockZone))
		if _, err := h.said.One(h.ctx, d, h.seen("noor"), id); !errs.IsAbsent(err) {
			t.Errorf("a minute before midnight it is open: %v", err)
		}
		n, err := h.said.CloseDue(h.ctx)
		h.ok(err)
		if n != 0 {
			t.Errorf("%d rounds closed a minute early", n)
		}
		h.clock.Move(time.Minute)
		if h.one("noor", id).Body != "Lezen." || h.round("noor", round).IsOpen {
			t.Error("at midnight at school it is not open") // also before any job has come by
		}
		midnight := h.clock.Now()
		h.clock.Move(time.Hour)
		late := h.says("kim", "f1.q3", "Ik ook.") // the act closes the round on its way
		if c := h.one("noor", late); !c.Late {
			t.Errorf("an answer after midnight is not marked: %+v", c)
		}
		v := h.round("noor", round)
		if v.Closed != ByDate || v.Answered != 1 || v.Of != 5 || !v.OpensAt(h.seen("noor")).Equal(midnight) {
			t.Errorf("closed as %+v, open to all at %v", v, v.OpensAt(h.seen("noor")))
		}
		n, err = h.said.CloseDue(h.ctx)
		h.ok(err)
		if n != 0 {
			t.Errorf("closed again, %d", n)
		}
	})
}

func TestTheHouseClosesWhatNobodyCanAnswerAnyMore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		due := h.opens(NewRound{ElementID: "f1.q1", Form: Named, ClosesOn: h.today()})
		waits := h.opens(NewRound{ElementID: "f1.q2", Form: Named})
		blind := h.opens(NewRound{ElementID: "f1.q3", Form: Blind})
		id := h.says("joost", "f1.q3", "Lezen.")
		for _, name := range []string{"samira", "thijs", "kim"} {
			h.says(name, "f1.q3", "Rekenen.")
		}
		h.clock.Move(24 * time.Hour)
		h.away("noor", h.today().Add(3)) // the last one who was awaited falls ill
		n, err := h.said.CloseDue(h.ctx)
		h.ok(err)
		if n != 2 || h.round("kim", due).Closed != ByDate || h.round("kim", blind).Closed != ByAnswer || !h.round("kim", waits).IsOpen {
			t.Errorf("%d closed: %v %v %v", n, h.round("kim", due), h.round("kim", blind), h.round("kim", waits))
		}
		if h.one("kim", id).Sealed {
			t.Error("the blind round is closed and still sealed")
		}
	})
}

func TestTwoLastAnswersAtOnceCloseOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		for range 6 {
			h.walk = h.begin("noor", true)
			round := h.opens(NewRound{ElementID: "f1.q3", Form: Blind})
			for _, name := range members[:3] {
				h.says(name, "f1.q3", "Al klaar.")
			}
			thijs, kim := h.who("thijs"), h.who("kim")
			var wg sync.WaitGroup
			for _, who := range []string{thijs.ID, kim.ID} {
				wg.Add(1)
				go func() {
					defer wg.Done()
					w := thijs
					if who == kim.ID {
						w = kim
					}
					if _, err := h.said.Add(h.ctx, w, h.walk, Answer{ElementID: "f1.q3", Words: Words{Body: "Samen."}}); err != nil {
						t.Error(err)
					}
				}()
			}
			wg.Wait()
			events, err := journal.Of(h.ctx, d, "round", round)
			h.ok(err)
			closed := 0
			for _, e := range events {
				closed += one(e.Kind == eventClosed)
			}
			v := h.round("noor", round)
			if closed != 1 || v.Closed != ByAnswer || v.Answered != 5 {
				t.Fatalf("closed %d times: %+v", closed, v)
			}
			all, err := h.said.All(h.ctx, d, h.seen("leyla"), v.VisitID, "f1.q3")
			h.ok(err)
			for _, c := range all {
				if c.Late || c.Sealed {
					t.Errorf("of the last two one is %+v", c)
				}
			}
			if len(all) != 5 {
				t.Errorf("%d answers", len(all))
			}
		}
	})
}

func TestWhoIsAskedByAWideRound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		add := func(name, element string) func() error {
			return func() error {
				_, err := h.said.Add(h.ctx, h.who(name), h.walk, Answer{ElementID: element, Words: Words{Body: "van " + name}})
				return err
			}
		}
		h.absent("a colleague whom no round asks", add("leyla", "f1.q1"))
		teams := h.opens(NewRound{ElementID: "f1.q1", Form: Named, Audience: Teams, TeamIDs: []string{h.teamID}})
		h.ok(add("leyla", "f1.q1")())
		h.absent("a colleague of another team", add("wim", "f1.q1"))
		if v := h.round("noor", teams); v.Of != 6 || v.Answered != 1 || slices.Contains(names(v.Unheard), "leyla") {
			t.Errorf("the teams' round is %+v", v)
		}
		whole := h.opens(NewRound{ElementID: "f1.q2", Form: Named, Audience: School})
		h.ok(add("wim", "f1.q2")())
		h.ok(add("ilse", "f1.q2")())
		v := h.round("noor", whole)
		if got := names(v.Unheard); v.Of != 10 || v.Answered != 2 || !slices.Equal(got, []string{"joost", "kim", "noor", "samira", "thijs"}) {
			t.Errorf("the school's round is %d of %d, still to be heard %v", v.Answered, v.Of, got)
		}
		if c, err := h.said.All(h.ctx, d, h.seen("noor"), v.VisitID, "f1.q2"); err != nil || len(c) != 2 || !c[0].Outside {
			t.Errorf("colleagues' answers: %+v, %v", c, err)
		}
		other := h.elsewhere()
		h.absent("another board's colleague", func() error {
			_, err := h.said.Add(h.ctx, other, h.walk, Answer{ElementID: "f1.q2", Words: Words{Body: "x"}})
			return err
		})
	})
}

func TestRoundsThatAreRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		open := func(n NewRound) func() error {
			if n.Audience == "" {
				n.Audience = Team
			}
			if n.ClosesOn == "" {
				n.ClosesOn = h.today().Add(3)
			}
			return func() error { _, err := h.said.Open(h.ctx, h.who("noor"), h.walk, n); return err }
		}
		h.absent("on a question of another stage", open(NewRound{ElementID: "f2.q2", Form: Named}))
		h.absent("for a team that is not there", open(NewRound{ElementID: "f1.q1", Form: Named, Audience: Teams, TeamIDs: []string{"nowhere"}}))
		h.refused("on a day that is over", "contribution.closes_on", open(NewRound{ElementID: "f1.q1", Form: Named, ClosesOn: h.today().Add(-1)}))
		h.refused("of ratings without candidates", "contribution.candidates_two", open(NewRound{Form: Rating}))
		h.opens(NewRound{ElementID: "f1.q1", Form: Named})
		h.refusedConflict("on a question that is open", "contribution.round_open_already", open(NewRound{ElementID: "f1.q1", Form: Blind}))
		for _, name := range members[1:] {
			h.away(name, h.today().Add(30))
		}
		h.refused("blind for one person", "contribution.blind_two", open(NewRound{ElementID: "f1.q3", Form: Blind}))
		h.walk = h.begin("noor", false)
		h.refused("of colleagues who cannot see it", "contribution.audience_closed", open(NewRound{ElementID: "f1.q1", Form: Named, Audience: School}))
	})
}

func TestWhatAsksMe(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.guests()
		first := h.opens(NewRound{ElementID: "f1.q1", Form: Named, ClosesOn: h.today().Add(9)})
		teams := h.opens(NewRound{ElementID: "f1.q2", Form: Named, Audience: Teams, TeamIDs: []string{h.teamID}, ClosesOn: h.today().Add(5)})
		one := h.walk
		h.walk = h.begin("joost", true)
		blind, err := h.said.Open(h.ctx, h.who("joost"), h.walk, NewRound{ElementID: "f1.q3", Form: Blind, Audience: Team, ClosesOn: h.today().Add(2)})
		h.ok(err)
		asked := func(name string) (ids []string) {
			t.Helper()
			list, err := h.said.Asked(h.ctx, h.who(name), h.today())
			h.ok(err)
			for _, a := range list {
				if a.TrajectoryTitle != "Lezen in elk vak" || a.ElementID == "" || a.StageID != "verken" || a.MethodID != "verbetercyclus" || a.ClosesOn == "" || a.VisitID == "" {
					t.Errorf("asked %+v", a)
				}
				ids = append(ids, a.RoundID)
			}
			return ids
		}
		for name, want := range map[string][]string{
			"kim": {blind, teams, first}, "leyla": {teams}, "wim": nil, "ilse": nil, "coen": nil, "eva": {teams, first}, "admin": nil,
		} {
			if got := asked(name); !slices.Equal(got, want) {
				t.Errorf("%s is asked %v, want %v", name, got, want)
			}
		}
		h.says("kim", "f1.q3", "Gezegd.")
		if got := asked("kim"); !slices.Equal(got, []string{teams, first}) {
			t.Errorf("after answering kim is asked %v", got)
		}
		h.away("kim", h.today().Add(3))
		if got := asked("kim"); got != nil {
			t.Errorf("while away kim is asked %v", got)
		}
		h.clock.Move(6 * 24 * time.Hour) // the teams' round is over, kim is back
		if got := asked("kim"); !slices.Equal(got, []string{first}) {
			t.Errorf("after six days kim is asked %v", got)
		}
		h.walk = one
		h.ok(h.walks.Edit(h.ctx, h.who("noor"), h.walk, h.seen("noor").Version, changeOpen(false)))
		if got := asked("leyla"); got != nil {
			t.Errorf("of a trajectory that closed leyla is asked %v", got)
		}
		h.ok(h.walks.SetState(h.ctx, h.who("noor"), h.walk, h.seen("noor").Version, "paused", "Even niet.", h.today().Add(9)))
		if got := asked("samira"); slices.Contains(got, first) {
			t.Errorf("a trajectory that rests asks samira %v", got)
		}
	})
}

func TestARoundOfThoseWhoLeftAsksNobody(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		round := h.opens(NewRound{ElementID: "f1.q1", Form: Named})
		h.ok(h.walks.Leave(h.ctx, h.who("kim"), h.walk, h.ids["kim"]))
		if v := h.round("noor", round); v.Of != 4 || slices.Contains(names(v.Unheard), "kim") {
			t.Errorf("the round still waits: %+v", v)
		}
		k, err := school.Knows(h.ctx, d, h.ids["kim"])
		h.ok(err)
		if asked, err := h.said.Asked(h.ctx, k.Who, h.today()); err != nil || asked != nil {
			t.Errorf("who left is asked %v, %v", asked, err)
		}
	})
}

func TestThePageKnowsWhoMayAnswerAndWhoWillSee(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		lib, err := method.Builtin()
		h.ok(err)
		pack, _ := lib.Latest("verbetercyclus")
		_, open, _ := pack.Question("f1.q1")
		_, blind, _ := pack.Question("f1.q3")
		if kim := h.seen("kim"); !MayAnswer(kim, open, nil) || MayAnswer(kim, blind, nil) {
			t.Error("without a round kim may answer the blind question, or not the open one")
		}
		if MayAnswer(h.seen("leyla"), open, nil) {
			t.Error("a colleague whom nobody asked may answer")
		}
		if s := access.VisibleTo(ToWrite(h.seen("kim"), nil), access.Audience{}); s.Icon != access.IconSchool {
			t.Errorf("an open answer says %+v", s)
		}
		v := h.round("leyla", h.opens(NewRound{ElementID: "f1.q3", Form: Blind, Audience: School}))
		if !MayAnswer(h.seen("leyla"), blind, &v) || !MayAnswer(h.seen("kim"), blind, &v) {
			t.Error("who is asked may not answer")
		}
		if s := access.VisibleTo(ToWrite(h.seen("kim"), &v), access.Audience{}); s.Icon != access.IconBlind {
			t.Errorf("a blind answer says %+v", s)
		}
		id := h.says("kim", "f1.q3", "Lezen.")
		for name, want := range map[string]int{"kim": 1, "noor": 0} {
			got, err := h.said.ByID(h.ctx, d, h.seen(name), []string{id, "nowhere"})
			h.ok(err)
			if len(got) != want {
				t.Errorf("%s finds %v", name, got)
			}
		}
		h.ok(h.said.Close(h.ctx, h.who("noor"), h.walk, v.ID))
		got, err := h.said.ByID(h.ctx, d, h.seen("noor"), []string{id})
		h.ok(err)
		if got[id].Body != "Lezen." {
			t.Errorf("after closing %v", got)
		}
	})
}
