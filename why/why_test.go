package why_test

import (
	"testing"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/why"
)

var (
	now    = time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC)
	voice  = why.Ref{Kind: "contribution", ID: "c"}
	source = why.Ref{Kind: "evidence", ID: "e"}
	goal   = why.Ref{Kind: "goal", ID: "g"}
	action = why.Ref{Kind: "action_item", ID: "a"}
)

func write(t *testing.T, d *db.DB, f func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func link(from why.Ref, r why.Relation, to why.Ref, trajectory string) why.Link {
	return why.Link{From: from, To: to, Relation: r, TrajectoryID: trajectory, MadeBy: "noor", MadeAt: now}
}

func all(t *testing.T, d *db.DB, trajectory string) why.Links {
	t.Helper()
	list, err := why.All(t.Context(), d, trajectory)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestTheChainOfATrajectory(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, l := range []why.Link{
			link(voice, why.Became, goal, "t"), link(source, why.Supports, goal, "t"), link(source, why.Supports, goal, "t"), // twice is no mistake
			link(goal, why.Serves, action, "t"), link(voice, why.Became, why.Ref{Kind: "goal", ID: "other"}, "other"),
		} {
			write(t, d, func(tx *db.Tx) error { return why.Add(t.Context(), tx, l) })
		}
		links := all(t, d, "t")
		if len(links) != 3 {
			t.Fatalf("%d links: of another trajectory or twice: %+v", len(links), links)
		}
		if got := links.To("goal", "g"); len(got) != 2 || len(got.OfKind("evidence")) != 1 || len(got.Is(why.Became)) != 1 || got.Is(why.Became)[0].From != voice {
			t.Errorf("%+v", got)
		}
		if got := links.From("goal", "g"); len(got) != 1 || got[0].To != action || got[0].MadeBy != "noor" || !got[0].MadeAt.Equal(now) {
			t.Errorf("%+v", got)
		}
		if got := links.To("goal", "other"); got != nil {
			t.Errorf("%+v", got)
		}
	})
}

func TestLinksAreTakenAwayExactly(t *testing.T) {
	t.Parallel()
	second := why.Ref{Kind: "contribution", ID: "c2"}
	base := []why.Link{
		link(voice, why.Became, goal, "t"), link(second, why.Became, goal, "t"), link(voice, why.Supports, goal, "t"),
		link(source, why.Supports, goal, "t"), link(voice, why.Became, action, "t"),
	}
	for _, c := range []struct {
		name string
		act  func(t *testing.T, tx *db.Tx) error
		left int
	}{
		{"one", func(t *testing.T, tx *db.Tx) error {
			return why.Remove(t.Context(), tx, link(voice, why.Became, goal, "t"))
		}, 4},
		{"of another relation", func(t *testing.T, tx *db.Tx) error {
			return why.Remove(t.Context(), tx, link(voice, why.Answers, goal, "t"))
		}, 5},
		{"under another trajectory", func(t *testing.T, tx *db.Tx) error {
			return why.Remove(t.Context(), tx, link(voice, why.Became, goal, "other"))
		}, 5},
		{"all voices that became the goal", func(t *testing.T, tx *db.Tx) error {
			return why.RemoveTo(t.Context(), tx, "t", goal, why.Became, "contribution")
		}, 3},
		{"all that the voice became of a kind", func(t *testing.T, tx *db.Tx) error {
			return why.RemoveFrom(t.Context(), tx, "t", voice, why.Became, "goal")
		}, 4},
		{"of another trajectory's", func(t *testing.T, tx *db.Tx) error {
			return why.RemoveTo(t.Context(), tx, "other", goal, why.Became, "contribution")
		}, 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				for _, l := range base {
					write(t, d, func(tx *db.Tx) error { return why.Add(t.Context(), tx, l) })
				}
				write(t, d, func(tx *db.Tx) error { return c.act(t, tx) })
				if got := all(t, d, "t"); len(got) != c.left {
					t.Errorf("%d left, want %d: %+v", len(got), c.left, got)
				}
			})
		})
	}
}
