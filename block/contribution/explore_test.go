package contribution

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/why"
)

func (h *schoolhouse) explore(name string) Explored {
	h.t.Helper()
	x, err := h.said.Explore(h.ctx, h.db, h.seen(name), "")
	h.ok(err)
	return x
}

func (h *schoolhouse) cluster(title string, signals ...string) string {
	h.t.Helper()
	id, err := h.said.Cluster(h.ctx, h.who("noor"), h.walk, title, "", "", signals)
	h.ok(err)
	return id
}

func (h *schoolhouse) vision(body string) string {
	h.t.Helper()
	id, err := h.schools.AddVisionLine(h.ctx, h.who("ilse"), h.founded.SchoolID, body)
	h.ok(err)
	return id
}

func TestSignalsBecomeCandidates(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		line := h.vision("Taal opent deuren")
		a := h.says("joost", "f1.q1", "Ze lezen de vraag niet.")
		b, err := h.said.Add(h.ctx, h.who("samira"), h.walk, Answer{ElementID: "f1.q2", Words: Words{Kind: Fact, Body: "Een op de drie.", Source: "toets"}})
		h.ok(err)
		h.ok(h.said.AddByLink(h.ctx, h.link("f1.q2"), "", "Ik lees het drie keer."))
		p := h.all("noor", "f1.q2")[1].ID
		loose := h.says("kim", "f1.q1", "De start van de les.")
		id, err := h.said.Cluster(h.ctx, h.who("samira"), h.walk, "Lezen in elk vak", "Bij vijf vakken", line, []string{a, b, p})
		h.ok(err)
		x := h.explore("leyla")
		if len(x.Signals) != 4 || x.Loose != 1 || len(x.Candidates) != 1 {
			t.Fatalf("explored %+v", x)
		}
		c := x.Candidates[0]
		slices.Sort(c.Signals)
		want := []string{a, b, p}
		slices.Sort(want)
		if c.ID != id || c.Letter != "A" || c.Title != "Lezen in elk vak" || c.Body != "Bij vijf vakken" || c.VisionLine != "Taal opent deuren" || c.State != school.Proposed ||
			!slices.Equal(c.Signals, want) || c.Pupils != 1 || c.Facts != 1 || c.Subjects != 2 || c.Figure != nil || c.Mine != nil {
			t.Errorf("candidate %+v", c)
		}
		other := h.cluster("De start van de les", a)
		x = h.explore("noor")
		if got := x.Candidates[1]; got.ID != other || !slices.Equal(got.Signals, []string{a}) || got.Letter != "B" || len(x.Candidates[0].Signals) != 2 {
			t.Errorf("a signal lies with two candidates: %+v", x.Candidates)
		}
		h.ok(h.said.MoveSignal(h.ctx, h.who("joost"), h.walk, loose, other))
		h.ok(h.said.MoveSignal(h.ctx, h.who("joost"), h.walk, a, ""))
		x = h.explore("noor")
		if got := x.Candidates[1]; !slices.Equal(got.Signals, []string{loose}) || x.Loose != 1 {
			t.Errorf("moved into %+v, loose %d", got, x.Loose)
		}
		h.ok(h.said.Withdraw(h.ctx, h.who("kim"), h.walk, loose))
		if x := h.explore("noor"); len(x.Candidates[1].Signals) != 0 || len(x.Signals) != 3 {
			t.Errorf("withdrawn words still carry a candidate: %+v", x.Candidates[1])
		}
		if log := h.log(); !slices.Contains(log, "focus_point.proposed by samira") || !slices.Contains(log, "contribution.moved by joost") {
			t.Errorf("journal %v", log)
		}
	})
}

func TestRewordingACandidate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		id := h.cluster("Huiswerk")
		line := h.vision("Leerlingen sturen zelf")
		reword := func(name string, version int, line string) func() error {
			return func() error {
				return h.said.RewordFocus(h.ctx, h.who(name), h.walk, id, version, school.FocusWords{Title: "Huiswerk met een doel", VisionLineID: line})
			}
		}
		h.absent("by a colleague", reword("leyla", 1, ""))
		h.absent("with a sentence of no vision", reword("joost", 1, "nowhere"))
		h.ok(reword("joost", 1, line)())
		if c := h.explore("noor").Candidates[0]; c.Title != "Huiswerk met een doel" || c.VisionLine != "Leerlingen sturen zelf" || c.Version != 2 {
			t.Errorf("reworded %+v", c)
		}
		h.refusedConflict("on an old version", "form.changed_meanwhile", reword("noor", 1, ""))
		h.ok(h.schools.ChooseFocus(h.ctx, h.who("ilse"), id, 2, school.FocusChoice{State: school.Parked, ParkedFor: "2026–2027", KeeperID: h.ids["leyla"], Reason: "Eerst een gesprek."}))
		if c := h.explore("noor").Candidates[0]; c.State != school.Parked || c.Keeper != "leyla Jansen" || c.ParkedFor != "2026–2027" || c.Reason != "Eerst een gesprek." {
			t.Errorf("chosen %+v", c)
		}
		h.refusedConflict("after the choice", "contribution.focus_chosen", reword("noor", 3, ""))
	})
}

func TestAVisionOfAnotherSchoolIsAbsent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		other, err := h.schools.Found(h.ctx, school.Founding{Board: "Ander", School: school.School{Name: "De Kreek"}, AdminName: "Vera Vos", AdminEmail: "vera@kreek.example"})
		h.ok(err)
		h.ok(d.Write(h.ctx, func(tx *db.Tx) error {
			_, err := db.Exec(h.ctx, tx, `insert into vision_line (id, school_id, position, body) values ('line', $1, 1, 'Van een ander')`, other.SchoolID)
			return err
		}))
		h.absent("clustering below it", func() error {
			_, err := h.said.Cluster(h.ctx, h.who("noor"), h.walk, "Lezen", "", "line", nil)
			return err
		})
		focus := h.cluster("Lezen")
		reaction, err := h.said.React(h.ctx, h.who("leyla"), h.walk, Reaction{About: why.Ref{Kind: "focus_point", ID: focus}, Words: Words{Body: "Zijn wij dit?"}})
		h.ok(err)
		h.absent("a reaction as a signal", func() error { return h.said.MoveSignal(h.ctx, h.who("noor"), h.walk, reaction, focus) })
	})
}

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

func TestAnAnswerMayChooseACandidate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		c := h.cluster("Lezen")
		id, err := h.said.Add(h.ctx, h.who("kim"), h.walk, Answer{ElementID: "f1.q1", FocusPointID: c, Words: Words{Body: "Want bij mij stranden ze op de vraag."}})
		h.ok(err)
		if got := h.explore("noor").Signals[0]; got.ID != id || got.FocusPointID != c {
			t.Errorf("chosen %+v", got)
		}
	})
}

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
