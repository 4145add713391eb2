package contribution

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/ident"
	"leerkring/trajectory"
	"leerkring/writing"
)

func (h *schoolhouse) stage(name string, visits ...string) Page {
	h.t.Helper()
	p, err := h.said.Stage(h.ctx, h.db, h.seen(name), visits...)
	h.ok(err)
	return p
}

func TestAStagePage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		var ids []string
		for i := range 5 {
			h.clock.Move(time.Minute)
			id, err := h.said.Add(h.ctx, h.who(members[i]), h.walk, Answer{ElementID: "f1.q1", Words: Words{Body: fmt.Sprint("nummer ", i), OtherSound: i == 1}})
			h.ok(err)
			ids = append(ids, id)
		}
		_, err := h.said.Reply(h.ctx, h.who("leyla"), h.walk, ids[4], "Bij ons ook.", "")
		h.ok(err)
		h.clock.Move(time.Minute)
		h.ok(h.said.Withdraw(h.ctx, h.who(members[3]), h.walk, ids[3]))
		h.ok(h.said.AddByLink(h.ctx, h.link("f1.q2"), "", "Ik zie het ook."))
		_, err = writing.NewDrafts(d, h.clock).Save(h.ctx, h.ids["kim"], "answer f1.q2", writing.Body{"body": "nog niet af"})
		h.ok(err)
		round := h.opens(NewRound{ElementID: "f1.q2", Form: Named})

		p := h.stage("leyla")
		if len(p.Questions) != 2 || p.Earlier != nil {
			t.Fatalf("the page shows %+v", p)
		}
		q := p.Questions["f1.q1"]
		var shown []string
		for _, c := range q.Newest {
			shown = append(shown, c.Body)
		}
		if q.ElementID != "f1.q1" || q.Count != 4 || q.OtherSound != 1 || q.Pupils != 0 || q.Round != nil || !slices.Equal(shown, []string{"nummer 4", "nummer 2", "nummer 1"}) {
			t.Errorf("the first question shows %v of %+v", shown, q)
		}
		if len(q.Newest[0].Replies) != 1 || q.Newest[0].Replies[0].By.Name != "leyla Jansen" || len(q.Newest[1].Replies) != 0 || !q.Newest[2].OtherSound {
			t.Errorf("with replies %+v", q.Newest)
		}
		if q := p.Questions["f1.q2"]; q.Count != 1 || q.Pupils != 1 || q.Round == nil || q.Round.ID != round || !q.Newest[0].By.Pupil {
			t.Errorf("the second question shows %+v", q)
		}
	})
}

func TestEarlierVisitsStayWithinReach(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		first := h.seen("noor").VisitID
		h.says("joost", "f1.q1", "De eerste keer.")
		move := func(m trajectory.Move, stage string) {
			h.clock.Move(time.Hour)
			seen := h.seen("noor")
			h.ok(h.walks.Move(h.ctx, h.who("noor"), h.walk, seen.Version, trajectory.Step{Move: m, StageID: stage}, "We missen nog iets."))
		}
		move(trajectory.MoveForward, "verdiep")
		h.says("kim", "f2.q2", "In de tweede fase.")
		h.absent("an answer to a question that the team has left", func() error {
			_, err := h.said.Add(h.ctx, h.who("kim"), h.walk, Answer{ElementID: "f1.q1", Words: Words{Body: "x"}})
			return err
		})
		move(trajectory.MoveBack, "verken")
		h.says("joost", "f1.q1", "De tweede keer.")
		p := h.stage("noor")
		if q := p.Questions["f1.q1"]; len(p.Questions) != 1 || q.Count != 1 || q.Newest[0].Body != "De tweede keer." {
			t.Errorf("now %+v", p.Questions)
		}
		if len(p.Earlier) != 2 || p.Earlier[0].Visit.ID != first || p.Earlier[0].Visit.StageID != "verken" || p.Earlier[0].Count != 1 || p.Earlier[1].Visit.StageID != "verdiep" || p.Earlier[1].Visit.Number != 2 {
			t.Errorf("earlier %+v", p.Earlier)
		}
		if q := h.stage("noor", first).Questions["f1.q1"]; q.Count != 1 || q.Newest[0].Body != "De eerste keer." {
			t.Errorf("the first visit shows %+v", q)
		}
		if q := h.stage("noor", first, h.seen("noor").VisitID).Questions["f1.q1"]; q.Count != 2 {
			t.Errorf("both visits together show %+v", q)
		}
		if x := h.explore("noor"); len(x.Signals) != 2 {
			t.Errorf("exploring twice gave %d signals", len(x.Signals))
		}
	})
}

func TestReadingPageByPage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		for i := range 7 {
			h.says("joost", "f1.q1", fmt.Sprint(i))
		}
		h.opens(NewRound{ElementID: "f1.q3", Form: Blind})
		h.says("joost", "f1.q3", "verzegeld")
		seen, after := h.seen("noor"), ""
		got := map[string]bool{}
		for range 9 {
			part, err := h.said.List(h.ctx, d, seen, after, 3)
			h.ok(err)
			for _, c := range part {
				got[c.Body] = true
				after = c.ID
			}
		}
		if len(got) != 7 || got["verzegeld"] {
			t.Errorf("page by page %v", got)
		}
	})
}

// A page does the same number of queries for one voice and for hundreds.
func TestQueriesDoNotGrow(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.opens(NewRound{ElementID: "f1.q2", Form: Named})
		a, b := h.cluster("Lezen"), h.cluster("Huiswerk")
		h.says("joost", "f1.q1", "Eén.")
		reads := func() (out []int) {
			t.Helper()
			seen, noor := h.seen("noor"), h.who("noor")
			for _, read := range []func(context.Context) error{
				func(ctx context.Context) error { _, err := h.said.Stage(ctx, d, seen); return err },
				func(ctx context.Context) error { _, err := h.said.Explore(ctx, d, seen, ""); return err },
				func(ctx context.Context) error {
					_, err := h.said.All(ctx, d, seen, seen.VisitID, "f1.q1")
					return err
				},
				func(ctx context.Context) error {
					_, err := h.said.Reactions(ctx, d, seen, "focus_point", a, b)
					return err
				},
				func(ctx context.Context) error { _, err := h.said.Facts(ctx, d, seen); return err },
				func(ctx context.Context) error { _, err := h.said.Asked(ctx, noor, h.today()); return err },
			} {
				counting, n := db.Counting(h.ctx)
				h.ok(read(counting))
				out = append(out, n())
			}
			return out
		}
		few := reads()
		h.ok(d.Write(h.ctx, func(tx *db.Tx) error {
			for i := range 300 {
				c := Contribution{ID: ident.At(start), TrajectoryID: h.walk, VisitID: h.seen("noor").VisitID, ElementID: fmt.Sprintf("f1.q%d", i%9+1), Kind: Voice,
					Body: "stem", By: Author{ID: h.ids[members[i%5]]}, MadeAt: start.Add(time.Duration(i) * time.Second), MadeOn: "2026-03-02"}
				if err := insert(h.ctx, tx, c); err != nil {
					return err
				}
				if err := lay(h.ctx, tx, h.seen("noor"), c.ID, []string{a, b}[i%2], start); err != nil {
					return err
				}
			}
			return nil
		}))
		for _, element := range []string{"f1.q1", "f1.q4", "f1.q5", "f1.q6"} {
			h.opens(NewRound{ElementID: element, Form: Named})
		}
		many := reads()
		if !slices.Equal(few, many) {
			t.Errorf("queries: %v for a few voices, %v for many", few, many)
		}
		if want := []int{7, 9, 3, 3, 1, 1}; slices.Compare(few, want) > 0 {
			t.Errorf("queries: %v, at most %v", few, want)
		}
	})
}
