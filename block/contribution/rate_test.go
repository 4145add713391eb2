package contribution

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/school"
	"leerkring/trajectory"
)

// staffed is a trajectory of n who take part and two candidates, with a round of ratings.
func (h *schoolhouse) staffed(n int) (round string, people []string, candidates [2]string) {
	h.t.Helper()
	people = append(people, members...)
	for i := len(people); i < n; i++ {
		name := fmt.Sprintf("lid%d", i)
		h.staff(name)
		h.joins(h.walk, name, trajectory.Member, "")
		people = append(people, name)
	}
	people = people[:n]
	candidates = [2]string{h.cluster("Lezen"), h.cluster("Huiswerk")}
	return h.opens(NewRound{Form: Rating}), people, candidates
}

func (h *schoolhouse) rates(name, round string, rates ...Rate) {
	h.t.Helper()
	h.ok(h.said.Rate(h.ctx, h.who(name), h.walk, round, rates))
}

func TestRatingIsHiddenUntilTheFiguresStand(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		round, people, c := h.staffed(10)
		if v := h.round("noor", round); v.Shows != MiddleAndSpread || v.Of != 10 || !v.Asked || v.Mine {
			t.Errorf("before the first rating %+v", v)
		}
		blank := h.explore("kim")
		h.rates("joost", round, Rate{c[0], 2, 2})
		h.rates("joost", round, Rate{c[0], 5, 1}, Rate{c[1], 1, 5})
		if v := h.round("joost", round); !v.Mine || v.Answered != 0 {
			t.Errorf("joost has answered and sees %+v", v)
		}
		mine := h.explore("joost").Candidates
		if *mine[0].Mine != (Rate{c[0], 5, 1}) || *mine[1].Mine != (Rate{c[1], 1, 5}) {
			t.Errorf("joost finds back %+v %+v", mine[0].Mine, mine[1].Mine)
		}
		if got, want := sees(t, h.explore("kim")), sees(t, blank); got != want {
			t.Errorf("kim can tell that joost rated:\n%s\n%s", want, got)
		}
		for i, name := range people {
			if name != "joost" {
				h.rates(name, round, Rate{c[0], 4 + i%2, 2 + i%2}, Rate{c[1], 1 + 4*(i%2), 3})
			}
			if v := h.round("noor", round); v.IsOpen && v.Answered%5 != 0 {
				t.Errorf("the count of ratings says %d", v.Answered)
			}
		}
		x := h.explore("leyla")
		if x.Rating.Closed != ByAnswer || x.Rating.Answered != 10 || x.Rating.IsOpen {
			t.Fatalf("the round is %+v", x.Rating)
		}
		lezen, huiswerk := *x.Candidates[0].Figure, *x.Candidates[1].Figure
		if want := (Figure{Spread{10, 4.5, 4, 4.8, false}, Spread{10, 2, 2, 3, false}}); lezen != want {
			t.Errorf("the figure of the first is %+v", lezen)
		}
		if !huiswerk.Disagree() || !huiswerk.Importance.Apart || huiswerk.Effort.Apart || huiswerk.Importance.Low != 1.2 || huiswerk.Importance.High != 4.8 {
			t.Errorf("the figure of the second is %+v", huiswerk)
		}
		left, err := db.One(h.ctx, d, `select count(*) from rating`, db.Int)
		h.ok(err)
		if left != 0 {
			t.Errorf("%d single ratings are still kept", left)
		}
		for _, line := range h.log() {
			if strings.HasPrefix(line, "rating.given") && line != "rating.given by house" {
				t.Errorf("the journal names who rated: %s", line)
			}
		}
		h.refusedConflict("rating after closing", "contribution.round_closed", func() error {
			return h.said.Rate(h.ctx, h.who("kim"), h.walk, round, []Rate{{c[0], 1, 1}})
		})
		h.refused("weighing again", "contribution.rated_already", func() error {
			_, err := h.said.Open(h.ctx, h.who("noor"), h.walk, NewRound{Form: Rating, Audience: Team, ClosesOn: h.today()})
			return err
		})
	})
}

// sees is everything that a person sees, as one text.
func sees(t *testing.T, x any) string {
	t.Helper()
	raw, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestFewRatingsShowLittle(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		round, people, c := h.staffed(5)
		for i, name := range people[:4] {
			h.rates(name, round, Rate{c[0], 1 + i, 1}, Rate{c[1], 5, 5})
		}
		h.rates("kim", round, Rate{c[0], 5, 5}) // one candidate only: the round still waits
		if !h.round("noor", round).IsOpen {
			t.Fatal("closed before everybody had rated everything")
		}
		h.ok(h.said.Close(h.ctx, h.who("noor"), h.walk, round))
		x := h.explore("noor")
		if x.Rating.Answered != 0 {
			t.Errorf("an exact count of fewer than five: %d", x.Rating.Answered)
		}
		first, second := *x.Candidates[0].Figure, *x.Candidates[1].Figure
		if first.Importance != (Spread{Answers: 5, Middle: 3}) || first.Effort != (Spread{Answers: 5, Middle: 1.5}) || first.Importance.Shown() != MiddleOnly {
			t.Errorf("five answers show %+v", first)
		}
		if second != (Figure{}) || second.Effort.Shown() != TooFew {
			t.Errorf("four answers show %+v", second)
		}
	})
}

func TestARoundWithNothingToShowMayBeHeldAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		round, _, c := h.staffed(5)
		h.rates("noor", round, Rate{c[0], 3, 3})
		h.ok(h.said.Close(h.ctx, h.who("noor"), h.walk, round))
		again := h.opens(NewRound{Form: Rating})
		h.rates("noor", again, Rate{c[0], 4, 4})
		if x := h.explore("noor"); x.Rating.ID != again || x.Candidates[0].Figure != nil || x.Candidates[0].Mine.Importance != 4 {
			t.Errorf("the second round shows %+v", x)
		}
	})
}

func TestWhoRates(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.guests()
		h.joins(h.walk, "ilse", trajectory.Member, "")
		h.cluster("Lezen")
		c := h.cluster("Huiswerk")
		h.away("kim", h.today().Add(9))
		h.refused("with fewer than five", "contribution.rating_five", func() error {
			_, err := h.said.Open(h.ctx, h.who("noor"), h.walk, NewRound{Form: Rating, Audience: Team, ClosesOn: h.today()})
			return err
		})
		round := h.opens(NewRound{Form: Rating, Audience: Teams, TeamIDs: []string{h.teamID}})
		if v := h.round("noor", round); v.Of != 5 || v.Shows != MiddleOnly || v.Unheard != nil {
			t.Errorf("the round is %+v", v)
		}
		rate := func(name string, r Rate) func() error {
			return func() error { return h.said.Rate(h.ctx, h.who(name), h.walk, round, []Rate{r}) }
		}
		for _, name := range []string{"eva", "coen", "ilse", "wim"} { // a guest, a coach, the leader who chooses, somebody not asked
			h.absent(name+" rates", rate(name, Rate{c, 3, 3}))
		}
		h.ok(rate("leyla", Rate{c, 3, 3})())
		h.ok(rate("kim", Rate{c, 3, 3})()) // away, and welcome
		h.refused("outside the scale", "contribution.rating_scale", rate("noor", Rate{c, 6, 3}))
		h.absent("a candidate that is not rated", rate("noor", Rate{"nowhere", 3, 3}))
		named := h.opens(NewRound{ElementID: "f1.q1", Form: Named})
		h.absent("in a round of answers", func() error { return h.said.Rate(h.ctx, h.who("noor"), h.walk, named, []Rate{{c, 3, 3}}) })
		signal := h.says("joost", "f1.q1", "x")
		h.refusedConflict("a new candidate while rating", "contribution.rating_open", func() error {
			_, err := h.said.Cluster(h.ctx, h.who("noor"), h.walk, "Nog een", "", "", nil)
			return err
		})
		h.refusedConflict("other words while rating", "contribution.rating_open", func() error {
			return h.said.RewordFocus(h.ctx, h.who("noor"), h.walk, c, 1, school.FocusWords{Title: "Anders"})
		})
		h.refusedConflict("a signal moved while rating", "contribution.rating_open", func() error { return h.said.MoveSignal(h.ctx, h.who("noor"), h.walk, signal, c) })
		asked, err := h.said.Asked(h.ctx, h.who("noor"), h.today())
		h.ok(err)
		if len(asked) != 2 || asked[0].Form != Rating && asked[1].Form != Rating {
			t.Errorf("noor is asked %+v", asked)
		}
		if asked, err := h.said.Asked(h.ctx, h.who("ilse"), h.today()); err != nil || len(asked) != 1 || asked[0].Form != Named {
			t.Errorf("the leader is asked %+v, %v", asked, err)
		}
		if x := h.explore("eva"); x.Candidates != nil {
			t.Errorf("a guest sees the focus points of a school: %+v", x.Candidates)
		}
	})
}
