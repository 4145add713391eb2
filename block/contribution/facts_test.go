package contribution

import (
	"context"
	"testing"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/trajectory"
	"leerkring/why"
)

func TestFacts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.said.About("finding", func(_ context.Context, _ db.Queryer, seen trajectory.Seen, id string) error {
			if id != "finding of "+seen.ID {
				return errs.Absent()
			}
			return nil
		})
		facts := func() (solutions, outside, days int) {
			t.Helper()
			f, err := h.said.Facts(h.ctx, d, h.seen("noor"))
			h.ok(err)
			return f["solutions_without_explanation"].Number, f["reactions_from_outside"].Number, f["concern_unanswered_days"].Number
		}
		check := func(what string, solutions, outside, days int) {
			t.Helper()
			if s, o, n := facts(); s != solutions || o != outside || n != days {
				t.Errorf("%s: %d solutions, %d from outside, %d days; want %d, %d, %d", what, s, o, n, solutions, outside, days)
			}
		}
		check("nothing said", 0, 0, 0)
		solve := Words{Kind: Solution, Body: "Leesuur."}
		s1, err := h.said.Add(h.ctx, h.who("joost"), h.walk, Answer{ElementID: "f1.q1", Words: solve})
		h.ok(err)
		round := h.opens(NewRound{ElementID: "f1.q3", Form: Blind})
		for _, name := range []string{"joost", "kim"} {
			_, err := h.said.Add(h.ctx, h.who(name), h.walk, Answer{ElementID: "f1.q3", Words: Words{Kind: Worry, Body: "Te druk."}})
			h.ok(err)
			_, err = h.said.Add(h.ctx, h.who(name), h.walk, Answer{ElementID: "f1.q3", Words: solve})
			h.ok(err)
		}
		h.clock.Move(2 * 24 * time.Hour)
		check("sealed words", 1, 0, 0)
		h.ok(h.said.Close(h.ctx, h.who("noor"), h.walk, round))
		check("the round opened", 3, 0, 2)
		h.ok(h.said.Withdraw(h.ctx, h.who("joost"), h.walk, s1))
		check("one taken back", 2, 0, 2)

		about := why.Ref{Kind: "finding", ID: "finding of " + h.walk}
		react := func(name string, kind Kind) string {
			t.Helper()
			id, err := h.said.React(h.ctx, h.who(name), h.walk, Reaction{About: about, Words: Words{Kind: kind, Body: "Bij ons ook."}})
			h.ok(err)
			h.clock.Move(time.Second)
			return id
		}
		react("noor", Voice)
		react("leyla", Voice)
		react("leyla", Voice)
		worry := react("wim", Worry)
		check("two from outside", 2, 2, 2)

		h.clock.Move(24 * time.Hour)
		for _, c := range h.all("noor", "f1.q3") {
			if c.Kind == Worry {
				_, err := h.said.Reply(h.ctx, h.who(h.name(c.By.ID)), h.walk, c.ID, "Nog steeds.", "") // the writer's own reply answers nothing
				h.ok(err)
				check("the writer replied", 2, 2, 3)
				_, err = h.said.Settle(h.ctx, h.who("noor"), h.walk, c.ID, 0, Kept, "Het rooster ligt vast.")
				h.ok(err)
			}
		}
		check("the old worries settled", 2, 2, 1)
		_, err = h.said.Reply(h.ctx, h.who("noor"), h.walk, worry, "Kom erbij zitten.", "")
		h.ok(err)
		check("the last worry has a reply", 2, 2, 0)
		again := react("wim", Worry)
		h.clock.Move(9 * 24 * time.Hour)
		check("nine days", 2, 2, 9)
		h.ok(d.Write(h.ctx, func(tx *db.Tx) error {
			return why.Add(h.ctx, tx, why.Link{From: why.Ref{Kind: "contribution", ID: again}, To: why.Ref{Kind: "action_item", ID: "a"}, Relation: why.Became, TrajectoryID: h.walk, MadeBy: h.ids["noor"], MadeAt: start})
		}))
		check("it became an action", 2, 2, 0)
		all, err := h.walks.Facts(h.ctx, d, h.seen("noor"))
		h.ok(err)
		if all["solutions_without_explanation"].Number != 2 {
			t.Errorf("the trajectory gathers %+v", all["solutions_without_explanation"])
		}
		h.absent("a finding of another trajectory", func() error {
			_, err := h.said.React(h.ctx, h.who("leyla"), h.walk, Reaction{About: why.Ref{Kind: "finding", ID: "finding of another"}, Words: Words{Body: "x"}})
			return err
		})
		h.absent("a kind that nobody told of", func() error {
			_, err := h.said.React(h.ctx, h.who("leyla"), h.walk, Reaction{About: why.Ref{Kind: "goal", ID: "g"}, Words: Words{Body: "x"}})
			return err
		})
		h.absent("a kind that is no kind", func() error {
			_, err := h.said.React(h.ctx, h.who("leyla"), h.walk, Reaction{About: why.Ref{Kind: "secret", ID: "g"}, Words: Words{Body: "x"}})
			return err
		})
		got, err := h.said.Reactions(h.ctx, d, h.seen("leyla"), "finding", about.ID)
		h.ok(err)
		if list := got[about.ID]; len(list) != 5 || list[0].By.Name != "noor Jansen" || list[0].Outside || !list[1].Outside || len(list[3].Replies) != 1 {
			t.Errorf("in the margin stands %+v", list)
		}
	})
}
