package contribution

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/trajectory"
	"leerkring/why"
	"leerkring/writing"
)

func TestAnAnswerIsKeptAndShown(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		id, err := h.said.Add(h.ctx, h.who("joost"), h.walk, Answer{ElementID: "f1.q2", Words: Words{Kind: Fact, Chip: "cijfers", Body: " Een op de drie. ", Source: "leestoets", Link: "https://example.org/toets", OtherSound: true}})
		h.ok(err)
		c := h.one("noor", id)
		if c.Kind != Fact || c.Chip != "cijfers" || c.Body != "Een op de drie." || c.Source != "leestoets" || c.Link != "https://example.org/toets" || !c.OtherSound {
			t.Errorf("kept %+v", c)
		}
		want := Author{ID: h.ids["joost"], Name: "joost Jansen", Initials: "JJ", Hue: c.By.Hue, Subject: "vak van joost"}
		if diff := cmp.Diff(want, c.By); diff != "" || c.By.Hue == 0 {
			t.Error(diff)
		}
		if c.Mine || !h.one("joost", id).Mine || c.MadeOn != "2026-03-02" || !c.MadeAt.Equal(start) || c.Version != 1 || c.Late || c.Sealed || c.Outside {
			t.Errorf("shown %+v", c)
		}
		log := h.log()
		if log[len(log)-1] != "contribution.added by joost" {
			t.Errorf("journal %v", log)
		}
	})
}

func TestAnswersThatAreRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		add := func(a Answer) func() error {
			return func() error { _, err := h.said.Add(h.ctx, h.who("joost"), h.walk, a); return err }
		}
		words := Words{Body: "x"}
		h.absent("an unknown question", add(Answer{ElementID: "f9.q9", Words: words}))
		h.absent("a question of another stage", add(Answer{ElementID: "f2.q2", Words: words}))
		h.absent("a candidate that is not there", add(Answer{ElementID: "f1.q1", FocusPointID: "nowhere", Words: words}))
		h.absent("a trajectory that is not there", func() error {
			_, err := h.said.Add(h.ctx, h.who("joost"), "nowhere", Answer{ElementID: "f1.q1", Words: words})
			return err
		})
		h.refused("a label of another question", "form.choose", add(Answer{ElementID: "f1.q1", Words: Words{Body: "x", Chip: "cijfers"}}))
		h.refused("an empty answer", "contribution.body_empty", add(Answer{ElementID: "f1.q1"}))
		h.refused("a question that is blind first", "contribution.round_first", add(Answer{ElementID: "f1.q3", Words: words}))
	})
}

func TestADraftEndsWhereTheAnswerBegins(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		drafts := writing.NewDrafts(d, h.clock)
		_, err := drafts.Save(h.ctx, h.ids["kim"], "answer f1.q1", writing.Body{"body": "half"})
		h.ok(err)
		_, err = h.said.Add(h.ctx, h.who("kim"), h.walk, Answer{ElementID: "f1.q1", Words: Words{Body: "heel"}, DraftKey: "answer f1.q1"})
		h.ok(err)
		left, err := drafts.Of(h.ctx, h.ids["kim"], "answer f1.q1")
		h.ok(err)
		if len(left.Body) > 0 {
			t.Errorf("the draft is still there: %v", left)
		}
	})
}

func TestWhoMayDoWhat(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.guests()
		other := h.elsewhere()
		id := h.says("joost", "f1.q1", "Ik zie het bij 3v.")
		type can struct{ add, reply, react, edit, withdraw, settle, open bool }
		part := can{add: true, reply: true, react: true, settle: true}
		lead := part
		lead.open = true
		colleague := can{reply: true, react: true}
		focus, err := h.said.Cluster(h.ctx, h.who("noor"), h.walk, "Lezen", "", "", nil)
		h.ok(err)
		for name, want := range map[string]can{
			"noor": lead, "samira": part, "leyla": colleague, "ilse": colleague,
			"coen": {add: true, reply: true, settle: true},
			"eva":  {add: true, reply: true}, // what was chosen of a school's focus points is not a guest's
		} {
			who := h.who(name)
			try := func(act string, may bool, f func() error) {
				t.Helper()
				if may {
					if err := f(); err != nil {
						t.Errorf("%s may %s: %v", name, act, err)
					}
					return
				}
				h.absent(name+" may not "+act, f)
			}
			try("add", want.add, func() error {
				_, err := h.said.Add(h.ctx, who, h.walk, Answer{ElementID: "f1.q1", Words: Words{Body: "ook"}})
				return err
			})
			try("reply", want.reply, func() error { _, err := h.said.Reply(h.ctx, who, h.walk, id, "Herkenbaar.", ""); return err })
			try("react", want.react, func() error {
				_, err := h.said.React(h.ctx, who, h.walk, Reaction{About: why.Ref{Kind: "focus_point", ID: focus}, Words: Words{Body: "Zijn wij dit?"}})
				return err
			})
			try("edit", want.edit, func() error {
				_, err := h.said.Edit(h.ctx, who, h.walk, id, 1, Words{Body: "anders"})
				return err
			})
			try("withdraw", want.withdraw, func() error { return h.said.Withdraw(h.ctx, who, h.walk, id) })
			try("settle", want.settle, func() error {
				c := h.one("joost", id)
				_, err := h.said.Settle(h.ctx, who, h.walk, id, c.Settled.Version, Taken, "Nemen we mee, zegt "+name)
				return err
			})
			try("open a round", want.open, func() error {
				_, err := h.said.Open(h.ctx, who, h.walk, NewRound{ElementID: "f1.q2", Form: Named, Audience: Team, ClosesOn: h.today()})
				return err
			})
		}
		for what, act := range map[string]func() error{
			"add": func() error {
				_, err := h.said.Add(h.ctx, other, h.walk, Answer{ElementID: "f1.q1", Words: Words{Body: "x"}})
				return err
			},
			"reply":    func() error { _, err := h.said.Reply(h.ctx, other, h.walk, id, "x", ""); return err },
			"withdraw": func() error { return h.said.Withdraw(h.ctx, other, h.walk, id) },
			"settle":   func() error { _, err := h.said.Settle(h.ctx, other, h.walk, id, 0, Taken, "x"); return err },
		} {
			h.absent("another board may not "+what, act)
		}
	})
}

func TestAClosedTrajectoryIsForThoseWhoTakePart(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.walk = h.begin("noor", false)
		id := h.says("joost", "f1.q1", "Alleen voor ons.")
		h.absent("a colleague of a closed trajectory", func() error {
			_, err := h.said.Reply(h.ctx, h.who("leyla"), h.walk, id, "x", "")
			return err
		})
		leader := h.seen("ilse") // a leader reads the trajectory, not what was said in it
		page, err := h.said.Stage(h.ctx, d, leader)
		h.ok(err)
		all, err := h.said.All(h.ctx, d, leader, leader.VisitID, "f1.q1")
		h.ok(err)
		x, err := h.said.Explore(h.ctx, d, leader, "")
		h.ok(err)
		if len(page.Questions) > 0 || len(all) > 0 || len(x.Signals) > 0 {
			t.Errorf("the leader of a closed trajectory reads %v %v %v", page, all, x.Signals)
		}
		if _, err := h.said.One(h.ctx, d, leader, id); !errs.IsAbsent(err) {
			t.Errorf("the leader of a closed trajectory opens one: %v", err)
		}
	})
}

func TestAnEndedTrajectoryStaysAsItIs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		id := h.says("joost", "f1.q1", "Dit blijft.")
		h.ok(h.walks.SetState(h.ctx, h.who("noor"), h.walk, h.seen("noor").Version, trajectory.Done, "", ""))
		h.absent("an answer", func() error {
			_, err := h.said.Add(h.ctx, h.who("joost"), h.walk, Answer{ElementID: "f1.q1", Words: Words{Body: "x"}})
			return err
		})
		h.absent("a change", func() error {
			_, err := h.said.Edit(h.ctx, h.who("joost"), h.walk, id, 1, Words{Body: "x"})
			return err
		})
		h.absent("a reply", func() error { _, err := h.said.Reply(h.ctx, h.who("noor"), h.walk, id, "x", ""); return err })
		h.absent("a round", func() error {
			_, err := h.said.Open(h.ctx, h.who("noor"), h.walk, NewRound{ElementID: "f1.q1", Form: Named, Audience: Team, ClosesOn: h.today()})
			return err
		})
		h.ok(h.said.Withdraw(h.ctx, h.who("joost"), h.walk, id)) // one's own words are one's own, also later
	})
}

func TestAForeignChildIsAbsent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		theirs := h.says("noor", "f1.q1", "In het eerste traject.")
		focus, err := h.said.Cluster(h.ctx, h.who("noor"), h.walk, "Lezen", "", "", []string{theirs})
		h.ok(err)
		round := h.opens(NewRound{ElementID: "f1.q2", Form: Named})
		first := h.walk
		h.walk = h.begin("noor", true)
		mine := h.says("noor", "f1.q1", "In het tweede.")
		noor, seen := h.who("noor"), h.seen("noor")
		for what, act := range map[string]func() error{
			"edit":     func() error { _, err := h.said.Edit(h.ctx, noor, h.walk, theirs, 1, Words{Body: "x"}); return err },
			"withdraw": func() error { return h.said.Withdraw(h.ctx, noor, h.walk, theirs) },
			"reply":    func() error { _, err := h.said.Reply(h.ctx, noor, h.walk, theirs, "x", ""); return err },
			"settle":   func() error { _, err := h.said.Settle(h.ctx, noor, h.walk, theirs, 0, Kept, "x"); return err },
			"cluster": func() error {
				_, err := h.said.Cluster(h.ctx, noor, h.walk, "Meer", "", "", []string{mine, theirs})
				return err
			},
			"move":        func() error { return h.said.MoveSignal(h.ctx, noor, h.walk, mine, focus) },
			"move theirs": func() error { return h.said.MoveSignal(h.ctx, noor, h.walk, theirs, "") },
			"choose": func() error {
				_, err := h.said.Add(h.ctx, noor, h.walk, Answer{ElementID: "f1.q1", FocusPointID: focus, Words: Words{Body: "x"}})
				return err
			},
			"react": func() error {
				_, err := h.said.React(h.ctx, noor, h.walk, Reaction{About: why.Ref{Kind: "focus_point", ID: focus}, Words: Words{Body: "x"}})
				return err
			},
			"close":   func() error { return h.said.Close(h.ctx, noor, h.walk, round) },
			"rate":    func() error { return h.said.Rate(h.ctx, noor, h.walk, round, nil) },
			"one":     func() error { _, err := h.said.One(h.ctx, d, seen, theirs); return err },
			"round":   func() error { _, err := h.said.Round(h.ctx, d, seen, round); return err },
			"history": func() error { _, err := h.said.History(h.ctx, d, seen, theirs); return err },
			"belong":  func() error { return h.said.Belong(h.ctx, d, seen, []string{mine, theirs}) },
		} {
			h.absent(what, act)
		}
		all, err := h.said.All(h.ctx, d, seen, h.visitOf(first), "f1.q1")
		h.ok(err)
		page, err := h.said.Stage(h.ctx, d, seen, h.visitOf(first))
		h.ok(err)
		if len(all) > 0 || len(page.Questions) > 0 {
			t.Errorf("another trajectory's visit shows %v %v", all, page.Questions)
		}
	})
}

func (h *schoolhouse) visitOf(trajectoryID string) string {
	h.t.Helper()
	v, err := db.One(h.ctx, h.db, `select visit_id from trajectory where id = $1`, db.Str, trajectoryID)
	h.ok(err)
	return v
}

func TestChangingOnesWords(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		id := h.says("joost", "f1.q2", "Een.")
		joost := h.who("joost")
		h.clock.Move(time.Hour)
		clash, err := h.said.Edit(h.ctx, joost, h.walk, id, 1, Words{Body: "Twee.", Chip: "ouders", Kind: Worry})
		h.ok(err)
		c := h.one("noor", id)
		if clash != nil || c.Body != "Twee." || c.Chip != "ouders" || c.Kind != Worry || c.Version != 2 || !c.EditedAt.Equal(start.Add(time.Hour)) || c.EditedLate {
			t.Fatalf("changed into %+v, clash %v", c, clash)
		}
		clash, err = h.said.Edit(h.ctx, joost, h.walk, id, 1, Words{Body: "Drie, van mijn telefoon."})
		h.ok(err)
		if clash == nil || clash.Theirs["body"] != "Twee." || clash.Yours["body"] != "Drie, van mijn telefoon." {
			t.Fatalf("a save on an old version gave %+v", clash)
		}
		if c := h.one("noor", id); c.Body != "Twee." || c.Version != 2 {
			t.Errorf("the old version overwrote: %+v", c)
		}
		clash, err = h.said.Edit(h.ctx, joost, h.walk, id, 2, Words{Body: "Twee en drie."})
		h.ok(err)
		history, err := h.said.History(h.ctx, d, h.seen("joost"), id)
		h.ok(err)
		var kept []string
		for _, v := range history {
			kept = append(kept, v.Kept+": "+v.Body["body"])
		}
		if want := []string{"current: Een.", "current: Twee.", "merged: Drie, van mijn telefoon.", "current: Twee en drie."}; clash != nil || !sameSet(kept, want) {
			t.Errorf("kept %v, want %v", kept, want)
		}
		h.absent("the history of somebody else's words", func() error { _, err := h.said.History(h.ctx, d, h.seen("noor"), id); return err })
		if log := h.log(); !cmp.Equal(log[len(log)-4:], []string{"contribution.added by joost", "contribution.changed by joost", "contribution.kept by joost", "contribution.changed by joost"}) {
			t.Errorf("journal %v", log)
		}
	})
}

func sameSet(a, b []string) bool {
	count := map[string]int{}
	for _, x := range a {
		count[x]++
	}
	for _, x := range b {
		count[x]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}

func TestWithdrawnWordsAreGoneAndTheirPlaceStays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		id := h.says("joost", "f1.q1", "geheimwoord een")
		_, err := h.said.Edit(h.ctx, h.who("joost"), h.walk, id, 1, Words{Kind: Fact, Body: "geheimwoord twee", Source: "geheimwoord", Link: "https://example.org/geheimwoord"})
		h.ok(err)
		_, err = h.said.Edit(h.ctx, h.who("joost"), h.walk, id, 1, Words{Body: "geheimwoord drie"})
		h.ok(err)
		reply, err := h.said.Reply(h.ctx, h.who("samira"), h.walk, id, "Dat herken ik.", "")
		h.ok(err)
		h.ok(h.said.Withdraw(h.ctx, h.who("joost"), h.walk, id))
		if strings.Contains(h.dump(), "geheimwoord") {
			t.Error("withdrawn words are still in the database")
		}
		seen := h.seen("noor")
		all, err := h.said.All(h.ctx, d, seen, seen.VisitID, "f1.q1")
		h.ok(err)
		if len(all) != 1 || all[0].Withdrawn != ByAuthor || all[0].Body != "" || len(all[0].Replies) != 1 || all[0].Replies[0].ID != reply {
			t.Fatalf("in its place stands %+v", all)
		}
		page, err := h.said.Stage(h.ctx, d, seen)
		h.ok(err)
		if len(page.Questions) > 0 {
			t.Errorf("withdrawn words count: %+v", page.Questions)
		}
		joost := h.who("joost")
		h.absent("withdrawing twice", func() error { return h.said.Withdraw(h.ctx, joost, h.walk, id) })
		h.absent("writing over it", func() error { _, err := h.said.Edit(h.ctx, joost, h.walk, id, 4, Words{Body: "x"}); return err })
		h.absent("replying to it", func() error { _, err := h.said.Reply(h.ctx, h.who("noor"), h.walk, id, "x", ""); return err })
		h.absent("settling it", func() error { _, err := h.said.Settle(h.ctx, h.who("noor"), h.walk, id, 0, Taken, "x"); return err })
	})
}

func TestAThreadIsOneLevelDeep(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		id := h.says("joost", "f1.q1", "Werkt dit voor iedereen?")
		first, err := h.said.Reply(h.ctx, h.who("leyla"), h.walk, id, "Bij Frans niet.", "")
		h.ok(err)
		h.clock.Move(time.Minute)
		second, err := h.said.Reply(h.ctx, h.who("noor"), h.walk, first, "Vertel.", "")
		h.ok(err)
		c := h.one("joost", id)
		if len(c.Replies) != 2 || c.Replies[0].ID != first || c.Replies[1].ID != second || c.Replies[1].ParentID != id || !c.Replies[0].Outside || c.Replies[1].Outside {
			t.Errorf("the thread is %+v", c.Replies)
		}
		_, err = h.said.Edit(h.ctx, h.who("leyla"), h.walk, first, 1, Words{Body: "Bij Frans wel.", Kind: Worry, Chip: "x"})
		h.ok(err)
		if r := h.one("joost", id).Replies[0]; r.Body != "Bij Frans wel." || r.Kind != Voice || r.Chip != "" {
			t.Errorf("the reply became %+v", r)
		}
		h.refused("a long reply", "form.too_long_max", func() error {
			_, err := h.said.Reply(h.ctx, h.who("noor"), h.walk, id, strings.Repeat("a", maxReply+1), "")
			return err
		})
	})
}

func TestWhatWasDoneWithWords(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		id := h.says("joost", "f1.q1", "Eerst het rooster.")
		clash, err := h.said.Settle(h.ctx, h.who("samira"), h.walk, id, 0, Kept, "Het rooster ligt vast. We beginnen kleiner.")
		h.ok(err)
		c := h.one("joost", id)
		if clash != nil || c.Settled.Outcome != Kept || c.Settled.Note != "Het rooster ligt vast. We beginnen kleiner." || c.Settled.By.Name != "samira Jansen" || !c.Settled.At.Equal(start) || c.Settled.Version != 1 {
			t.Fatalf("settled %+v", c.Settled)
		}
		clash, err = h.said.Settle(h.ctx, h.who("noor"), h.walk, id, 0, Taken, "Toch gelukt.")
		h.ok(err)
		if clash == nil || h.one("joost", id).Settled.Outcome != Kept {
			t.Errorf("a second answer on an old version overwrote the first: %v", clash)
		}
		_, err = h.said.Settle(h.ctx, h.who("noor"), h.walk, id, 1, Taken, "Toch gelukt.")
		h.ok(err)
		if c := h.one("joost", id); c.Settled.Outcome != Taken || c.Settled.Version != 2 || c.Version != 1 {
			t.Errorf("settled again %+v", c.Settled)
		}
		h.ok(d.Write(h.ctx, func(tx *db.Tx) error {
			return why.Add(h.ctx, tx, why.Link{From: why.Ref{Kind: "contribution", ID: id}, To: why.Ref{Kind: "goal", ID: "g1"}, Relation: why.Became, TrajectoryID: h.walk, MadeBy: h.ids["noor"], MadeAt: start})
		}))
		if c := h.one("joost", id); !cmp.Equal(c.Became, []why.Ref{{Kind: "goal", ID: "g1"}}) {
			t.Errorf("became %v", c.Became)
		}
		links, err := why.All(h.ctx, d, h.walk)
		h.ok(err)
		if !cmp.Equal(Became(links, id), []why.Ref{{Kind: "goal", ID: "g1"}}) {
			t.Errorf("the links say %v", Became(links, id))
		}
	})
}
