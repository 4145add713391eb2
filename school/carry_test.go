package school_test

import (
	"testing"
	"time"

	"leerkring/carry"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// Whom somebody helps on the way goes along to a colleague who could be named, as long as the
// newcomer is new and does not know the way; nobody comes to help by it who could not be named.
func TestHelpingOnTheWayGoesAlong(t *testing.T) {
	eachArrivals(t, func(t *testing.T, a *arrivals) {
		ctx, sara := t.Context(), a.people["sara"]
		a.joins("nieuw", a.team)
		carried := func(names ...string) []carry.Item {
			t.Helper()
			var of carry.Of
			for _, name := range names {
				of.People = append(of.People, a.people[name])
			}
			list, err := a.schools.Carried(ctx, a.d, of)
			a.ok(err)
			return list
		}
		item := carry.Item{Kind: carry.Helper, ID: a.id + "/" + sara, SchoolID: a.id, OwnerID: a.people["mo"], Text: "Naam sara"}
		pass := func(m carry.Move, from, to string) (moved bool, err error) {
			t.Helper()
			m.Kind, m.From, m.To, m.At = carry.Helper, a.people[from], a.people[to], a.clock.Now()
			if m.ID == "" {
				m.ID = item.ID
			}
			err = a.d.Write(ctx, func(tx *db.Tx) error {
				_, moved, err = a.schools.Pass(ctx, tx, m)
				return err
			})
			return moved, err
		}
		by := carry.Move{ByID: a.people["mo"]}
		if moved, err := pass(by, "mo", "ellen"); moved || err != nil {
			t.Errorf("before anybody helps: %v %v", moved, err)
		}
		a.ok(a.schools.OfferHelp(ctx, a.who("mo"), a.id, sara))
		if got := carried("mo", "ellen"); len(got) != 1 || got[0] != item {
			t.Errorf("carried: %+v", got)
		}
		if got, err := a.schools.Carried(ctx, a.d, carry.Of{People: []string{a.people["mo"]}, TrajectoryID: "t"}); err != nil || len(got) != 0 {
			t.Errorf("in a trajectory: %+v %v", got, err)
		}
		for _, to := range []string{"sara", "nieuw", "outsider", "board", "nobody"} {
			if _, err := pass(by, "mo", to); !errs.Is(err, errs.KindInvalid) || len(carried("mo")) != 1 {
				t.Errorf("to %s: %v", to, err)
			}
		}
		if moved, err := pass(by, "ellen", "stranger"); moved || err != nil {
			t.Errorf("of who does not help: %v %v", moved, err)
		}
		if moved, err := pass(carry.Move{ByID: a.people["mo"], ID: a.id + "/" + a.people["noor"]}, "mo", "ellen"); moved || !errs.IsAbsent(err) {
			t.Errorf("of who is not new: %v %v", moved, err)
		}
		if moved, err := pass(by, "mo", "stranger"); !moved || err != nil || a.one("sara").Helper.ID != a.people["stranger"] {
			t.Errorf("to a colleague of another team: %v %v", moved, err)
		}
		if e := a.last("person", sara); e.Kind != "newcomer.helper_passed" || e.ActorID != a.people["mo"] {
			t.Errorf("the journal ends with %+v", e)
		}
		if moved, err := pass(carry.Move{ByID: carry.House, Back: true}, "stranger", "mo"); !moved || err != nil || a.one("sara").Helper.ID != a.people["mo"] {
			t.Errorf("a day gives it back: %v %v", moved, err)
		}
		if n := a.count(`select count(*) from newcomer where named_by = $1`, a.people["stranger"]); n != 1 {
			t.Error("the day is named as who did it")
		}

		a.ok(a.schools.StopHelp(ctx, a.who("sara"), a.id, sara))
		if moved, err := pass(by, "mo", "ellen"); moved || err != nil || len(carried("mo")) != 0 {
			t.Errorf("of who knows the way: %v %v", moved, err)
		}
		a.ok(a.schools.HelpAgain(ctx, a.who("sara"), a.id))
		if len(carried("mo")) != 1 {
			t.Error("whoever helps again does not carry it")
		}
		a.exec(`update person set state = 'left' where id = $1`, a.people["mo"])
		if len(carried("mo")) != 0 {
			t.Error("it lies under the name of who left")
		}
		a.exec(`update person set state = 'active' where id = $1`, a.people["mo"])
		a.clock.Set(time.Date(2026, 12, 14, 7, 0, 0, 0, time.UTC))
		if moved, err := pass(by, "mo", "ellen"); moved || !errs.IsAbsent(err) || len(carried("mo")) != 0 {
			t.Errorf("after the weeks of being new: %v %v", moved, err)
		}
	})
}

// Who could take it over is of the same teams first; who is new is not among them, nor the two themselves.
func TestWhoCouldTakeOverHelping(t *testing.T) {
	eachArrivals(t, func(t *testing.T, a *arrivals) {
		a.joins("nieuw", a.team)
		a.ok(a.schools.OfferHelp(t.Context(), a.who("mo"), a.id, a.people["sara"]))
		if list, err := a.schools.Helped(t.Context(), a.known("ellen")); err != nil || len(list) != 0 {
			t.Errorf("of who helps nobody: %+v %v", list, err)
		}
		list, err := a.schools.Helped(t.Context(), a.known("mo"))
		a.ok(err)
		if len(list) != 1 || list[0].Carries() != a.id+"/"+a.people["sara"] || list[0].Proposed != a.people["ellen"] {
			t.Fatalf("%+v", list)
		}
		got := ""
		for _, c := range list[0].Could {
			got += c.Name + ", "
		}
		if got != "Naam ellen, Naam teamlead, Bea Heer, Naam leader, Naam noor, Naam sem, Naam stranger, " {
			t.Errorf("could: %s", got)
		}
	})
}
