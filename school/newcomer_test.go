package school_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/ledger"
	"leerkring/school"
)

// autumn is a calendar with an autumn break, a summer, and two years.
func autumn() school.Calendar {
	return school.Calendar{
		Periods: []school.Period{
			{Kind: school.Holiday, Name: "herfst", From: "2026-10-17", To: "2026-10-25"},
			{Kind: school.Holiday, Name: "zomer", From: "2027-07-10", To: "2027-08-22"},
			{Kind: school.Busy, Name: "toetsweek", From: "2026-11-09", To: "2026-11-13"},
		},
		Years: []school.Year{{ID: "a", Name: "2026–2027", Starts: "2026-08-01", Ends: "2027-07-31"}, {ID: "b", Name: "2027–2028", Starts: "2027-08-01", Ends: "2028-07-31"}},
	}
}

func TestHowLongSomebodyIsNew(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name         string
		since, day   clock.Date
		isNew        bool
		withoutYears bool
	}{
		{"on the first day", "2026-10-05", "2026-10-05", true, false},
		{"not before it", "2026-10-05", "2026-10-04", false, false},
		{"without a day", "", "2026-10-04", false, false},
		{"the holiday does not count: the Saturday of the sixth week", "2026-10-05", "2026-11-21", true, false},
		{"the Monday after it", "2026-10-05", "2026-11-23", false, false},
		{"who begins on a Thursday has that week for nothing", "2026-10-08", "2026-11-28", true, false},
		{"and no more than that", "2026-10-08", "2026-11-30", false, false},
		{"who begins in a holiday begins after it", "2026-10-19", "2026-12-05", true, false},
		{"six weeks from there", "2026-10-19", "2026-12-07", false, false},
		{"a busy week counts", "2026-11-02", "2026-12-14", false, false},
		{"in June one is new now", "2027-06-14", "2027-06-14", true, false},
		{"and through the summer", "2027-06-14", "2027-08-01", true, false},
		{"until six weeks into the new year", "2027-06-14", "2027-10-02", true, false},
		{"and then no more", "2027-06-14", "2027-10-04", false, false},
		{"who came in May is not new again in August", "2027-05-17", "2027-08-30", false, false},
		{"who is put in for August begins in August", "2027-07-20", "2027-10-02", true, false},
		{"a school that named no next year", "2027-06-14", "2027-08-29", true, true},
		{"has the weeks on both sides of summer", "2027-06-14", "2027-09-06", false, true},
		{"a holiday without end makes nobody new for ever", "2026-10-05", "2027-05-01", false, false},
	} {
		cal := autumn()
		if c.withoutYears {
			cal.Years = nil
		}
		if got := cal.NewOn(c.since, c.day); got != c.isNew {
			t.Errorf("%s: new is %v", c.name, got)
		}
	}
}

func TestWhoCouldHelpANewcomer(t *testing.T) {
	t.Parallel()
	sara := school.Newcomer{Person: school.Person{ID: "sara", Name: "Sara", WorkingDays: []int{1, 2, 4}}, TeamIDs: []string{"taal", "onder"}}
	colleague := func(name string, days []int, teams ...string) school.Colleague {
		return school.Colleague{Staff: school.Staff{Person: school.Person{ID: name, Name: name, Email: name, State: school.Active, WorkingDays: days}, TeamIDs: teams}}
	}
	with := func(c school.Colleague, f func(*school.Colleague)) school.Colleague { f(&c); return c }
	all := []int{1, 2, 3, 4, 5}
	for _, c := range []struct {
		name string
		list []school.Colleague
		want string
	}{
		{"nobody", nil, ""},
		{"nobody of another team", []school.Colleague{colleague("Mo", all, "exact")}, ""},
		{"nobody who never works on the same day", []school.Colleague{colleague("Mo", []int{3, 5}, "taal")}, ""},
		{"most days in common", []school.Colleague{colleague("Anna", []int{1, 3}, "taal"), colleague("Mo", []int{1, 2}, "taal")}, "Mo"},
		{"no days said is every school day", []school.Colleague{colleague("Anna", []int{1, 2}, "taal"), colleague("Mo", nil, "taal")}, "Mo"},
		{"then most teams", []school.Colleague{colleague("Anna", all, "taal"), colleague("Mo", all, "taal", "onder")}, "Mo"},
		{"then the name, not the order", []school.Colleague{colleague("Mo", all, "taal"), colleague("Anna", all, "taal")}, "Anna"},
		{"whom a page names goes before more days", []school.Colleague{colleague("Anna", all, "taal"), with(colleague("Mo", []int{1}, "taal"), func(c *school.Colleague) { c.Buddy = true })}, "Mo"},
		{"but not when there is no day in common", []school.Colleague{colleague("Anna", all, "taal"), with(colleague("Mo", []int{5}, "taal"), func(c *school.Colleague) { c.Buddy = true })}, "Anna"},
		{"whoever helps nobody goes first", []school.Colleague{with(colleague("Anna", all, "taal"), func(c *school.Colleague) { c.Helps, c.Buddy = 1, true }), colleague("Mo", []int{1}, "taal")}, "Mo"},
		{"who helps already is better than nobody", []school.Colleague{with(colleague("Anna", all, "taal"), func(c *school.Colleague) { c.Helps = 2 })}, "Anna"},
		{"nobody who is away", []school.Colleague{with(colleague("Anna", all, "taal"), func(c *school.Colleague) { c.AwayUntil = "2026-10-07" })}, ""},
		{"who is back today", []school.Colleague{with(colleague("Anna", all, "taal"), func(c *school.Colleague) { c.AwayUntil = "2026-10-06" })}, "Anna"},
		{"nobody who is new", []school.Colleague{with(colleague("Anna", all, "taal"), func(c *school.Colleague) { c.New = true })}, ""},
		{"nobody who leads", []school.Colleague{with(colleague("Anna", all, "taal"), func(c *school.Colleague) { c.Leads = true })}, ""},
		{"nobody who was only invited", []school.Colleague{with(colleague("Anna", all, "taal"), func(c *school.Colleague) { c.State = school.Invited })}, ""},
		{"nobody from outside", []school.Colleague{with(colleague("Anna", all, "taal"), func(c *school.Colleague) { c.Guest = true })}, ""},
		{"not the newcomer", []school.Colleague{{Staff: school.Staff{Person: school.Person{ID: "sara", Name: "Sara", State: school.Active}, TeamIDs: []string{"taal"}}}}, ""},
	} {
		got, ok := school.ProposeHelper(sara, c.list, "2026-10-06")
		if got.ID != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q is proposed", c.name, got.ID)
		}
		slices.Reverse(c.list)
		if again, _ := school.ProposeHelper(sara, c.list, "2026-10-06"); again.ID != c.want {
			t.Errorf("%s: %q the other way round", c.name, again.ID)
		}
	}
}

// arrivals is a town in which a school works for months, with a team, its leader, a
// colleague of it, and Sara who is new in it.
type arrivals struct {
	*town
	team, other string
}

func newArrivals(w *town) *arrivals {
	w.t.Helper()
	a := &arrivals{town: w}
	for name, to := range map[string]*string{"Sectie talen": &a.team, "Sectie exact": &a.other} {
		id, err := w.schools.AddTeam(w.t.Context(), w.who("admin"), w.id, school.Department, name)
		w.ok(err)
		*to = id
	}
	a.joins("mo", a.team)
	a.joins("ellen", a.team)
	a.joins("teamlead", a.team)
	a.joins("stranger", a.other)
	w.ok(w.schools.Appoint(w.t.Context(), w.who("admin"), w.id, w.people["teamlead"], access.Role{Kind: access.RoleTeamLeader, SchoolID: w.id, TeamID: a.team}))
	board, err := w.schools.AddStaff(w.t.Context(), w.who("admin"), w.id, school.NewStaff{Name: "Naam bestuur", Email: "bestuur@baken.example", Active: true, OfBoard: true})
	w.ok(err)
	w.people["board"] = board
	cal := autumn()
	for _, y := range cal.Years {
		w.ok(w.schools.AddYear(w.t.Context(), w.who("admin"), w.id, y))
	}
	w.ok(w.schools.AddPeriods(w.t.Context(), w.who("admin"), w.id, cal.Periods))
	w.clock.Set(time.Date(2026, 10, 5, 7, 0, 0, 0, time.UTC))
	a.joins("sara", a.team)
	return a
}

func (a *arrivals) joins(name string, teams ...string) {
	a.t.Helper()
	id, err := a.schools.AddStaff(a.t.Context(), a.who("admin"), a.id, school.NewStaff{Name: "Naam " + name, Email: name + "@baken.example", Active: true, TeamIDs: teams})
	a.ok(err)
	a.people[name] = id
}

// sees is who is new as somebody sees it, with what that person may do.
func (a *arrivals) sees(name string) []school.Newcomer {
	a.t.Helper()
	k := a.known(name)
	cal, err := a.schools.Calendar(a.t.Context(), k.Home().ID)
	a.ok(err)
	list, err := a.schools.Newcomers(a.t.Context(), k, cal)
	a.ok(err)
	return list
}

// one is the one newcomer that somebody sees.
func (a *arrivals) one(name string) school.Newcomer {
	a.t.Helper()
	list := a.sees(name)
	if len(list) != 1 {
		a.t.Fatalf("%s sees %d newcomers", name, len(list))
	}
	return list[0]
}

func (a *arrivals) refused(err error, key string) {
	a.t.Helper()
	for _, f := range errs.FieldsOf(err) {
		if f.Key == key {
			return
		}
	}
	a.t.Fatalf("refused by %v, not %s", err, key)
}

func eachArrivals(t *testing.T, f func(t *testing.T, a *arrivals)) {
	each(t, func(t *testing.T, w *town) { f(t, newArrivals(w)) })
}

func TestWhoSeesThatSomebodyIsNew(t *testing.T) {
	eachArrivals(t, func(t *testing.T, a *arrivals) {
		for name, want := range map[string]string{"sara": "mine", "leader": "name", "teamlead": "name offer", "mo": "offer", "stranger": "", "noor": "", "board": "", "admin": "", "outsider": ""} {
			got := ""
			for _, n := range a.sees(name) {
				for _, x := range []struct {
					is   bool
					word string
				}{{n.Mine, "mine"}, {n.Helps, "helps"}, {n.MayName, "name"}, {n.MayOffer, "offer"}} {
					if x.is && got != "" {
						got += " "
					}
					if x.is {
						got += x.word
					}
				}
			}
			if got != want {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
		a.ok(a.schools.NameHelper(t.Context(), a.who("teamlead"), a.id, a.people["sara"], a.people["mo"], ""))
		if n := a.one("sara"); n.Helper.ID != a.people["mo"] || n.Helper.Name != "Naam mo" {
			t.Errorf("sara is helped by %+v", n.Helper)
		}
		if n := a.one("mo"); !n.Helps || n.MayOffer {
			t.Errorf("mo sees %+v", n)
		}
		if list := a.sees("ellen"); len(list) != 0 {
			t.Error("a colleague of the team still sees who helps")
		}
		if e := a.last("person", a.people["sara"]); e.Kind != "newcomer.helper_named" || e.ActorID != a.people["teamlead"] {
			t.Errorf("the journal ends with %+v", e)
		}
	})
}

func TestWhoMayNameAndOffer(t *testing.T) {
	eachArrivals(t, func(t *testing.T, a *arrivals) {
		sara, mo := a.people["sara"], a.people["mo"]
		a.joins("nieuw", a.team)
		for _, name := range []string{"mo", "sara", "stranger", "noor", "board", "admin", "outsider"} {
			if err := a.schools.NameHelper(t.Context(), a.who(name), a.id, sara, mo, ""); !errs.Is(err, errs.KindAbsent) {
				t.Errorf("%s names: %v", name, err)
			}
		}
		for _, name := range []string{"sara", "stranger", "noor", "leader", "board", "admin", "outsider"} {
			if err := a.schools.OfferHelp(t.Context(), a.who(name), a.id, sara); !errs.Is(err, errs.KindAbsent) {
				t.Errorf("%s offers: %v", name, err)
			}
			if name == "sara" {
				continue
			}
			if err := a.schools.StopHelp(t.Context(), a.who(name), a.id, sara); !errs.Is(err, errs.KindAbsent) {
				t.Errorf("%s stops: %v", name, err)
			}
		}
		if err := a.schools.NameHelper(t.Context(), a.who("leader"), a.id, a.people["noor"], mo, ""); !errs.Is(err, errs.KindAbsent) {
			t.Errorf("somebody who is not new: %v", err)
		}
		if err := a.schools.NameHelper(t.Context(), a.who("leader"), a.otherID, sara, mo, ""); !errs.Is(err, errs.KindAbsent) {
			t.Errorf("by another school: %v", err)
		}
		for helper, key := range map[string]string{"": "form.choose", sara: "form.choose", a.people["outsider"]: "school.newcomer_helper_gone", a.people["board"]: "school.newcomer_helper_gone", a.people["nieuw"]: "school.newcomer_helper_new"} {
			a.refused(a.schools.NameHelper(t.Context(), a.who("leader"), a.id, sara, helper, ""), key)
		}
		a.refused(a.schools.OfferHelp(t.Context(), a.who("nieuw"), a.id, sara), "school.newcomer_you_new")
		if a.count(`select count(*) from newcomer`) != 0 {
			t.Error("a refusal left something behind")
		}
	})
}

func TestOfTwoWhoOfferOneIsFirst(t *testing.T) {
	eachArrivals(t, func(t *testing.T, a *arrivals) {
		var all sync.WaitGroup
		said := make([]error, 2)
		for i, who := range []access.Who{a.who("mo"), a.who("ellen")} {
			all.Add(1)
			go func() {
				defer all.Done()
				said[i] = a.schools.OfferHelp(t.Context(), who, a.id, a.people["sara"])
			}()
		}
		all.Wait()
		first, second := said[0], said[1]
		if first != nil {
			first, second = second, first
		}
		a.ok(first)
		a.refused(second, "school.newcomer_first")
		helper := a.one("sara").Helper.ID
		if (said[0] == nil) != (helper == a.people["mo"]) {
			t.Error("the one who was told to be first does not help")
		}
		for name := range map[string]bool{"mo": true, "ellen": true} {
			if a.people[name] == helper {
				a.ok(a.schools.OfferHelp(t.Context(), a.who(name), a.id, a.people["sara"])) // pressed twice
			}
		}
		if n := a.count(`select count(*) from journal where kind = 'newcomer.helper_offered'`); n != 1 {
			t.Errorf("the journal tells it %d times", n)
		}
	})
}

func TestHelpIsChangedAndEnds(t *testing.T) {
	eachArrivals(t, func(t *testing.T, a *arrivals) {
		ctx, sara, mo, ellen := t.Context(), a.people["sara"], a.people["mo"], a.people["ellen"]
		a.ok(a.schools.OfferHelp(ctx, a.who("mo"), a.id, sara))
		a.refused(a.schools.NameHelper(ctx, a.who("leader"), a.id, sara, ellen, ""), "school.newcomer_helped") // on a page of before
		a.ok(a.schools.NameHelper(ctx, a.who("leader"), a.id, sara, ellen, mo))
		if err := a.schools.StopHelp(ctx, a.who("mo"), a.id, sara); !errs.Is(err, errs.KindAbsent) {
			t.Errorf("whoever helped before stops it: %v", err)
		}
		a.ok(a.schools.StopHelp(ctx, a.who("ellen"), a.id, sara))
		if n := a.one("mo"); !n.MayOffer || !n.Open() {
			t.Errorf("it is not open again: %+v", n)
		}
		a.refused(a.schools.NameHelper(ctx, a.who("leader"), a.id, sara, mo, ellen), "school.newcomer_open_again")

		a.ok(a.schools.NameHelper(ctx, a.who("leader"), a.id, sara, mo, ""))
		a.exec(`update person set state = 'left' where id = $1`, mo)
		if n := a.one("leader"); !n.Open() {
			t.Errorf("whoever left still helps: %+v", n.Helper)
		}
		a.ok(a.schools.OfferHelp(ctx, a.who("ellen"), a.id, sara))

		a.ok(a.schools.StopHelp(ctx, a.who("sara"), a.id, sara))
		a.ok(a.schools.StopHelp(ctx, a.who("sara"), a.id, sara))
		if n := a.one("sara"); !n.Settled {
			t.Errorf("sara does not know the way: %+v", n)
		}
		for _, name := range []string{"leader", "ellen", "teamlead"} {
			if list := a.sees(name); len(list) != 0 {
				t.Errorf("%s is still asked for sara", name)
			}
		}
		a.refused(a.schools.NameHelper(ctx, a.who("leader"), a.id, sara, ellen, ""), "school.newcomer_settled")
		a.refused(a.schools.OfferHelp(ctx, a.who("teamlead"), a.id, sara), "school.newcomer_first")
		a.ok(a.schools.HelpAgain(ctx, a.who("sara"), a.id))
		if n := a.one("ellen"); !n.Helps {
			t.Error("whoever helped does not help again")
		}
		if err := a.schools.HelpAgain(ctx, a.who("ellen"), a.id); !errs.Is(err, errs.KindAbsent) {
			t.Errorf("somebody who is not new: %v", err)
		}
	})
}

func TestBeingNewGoesByItself(t *testing.T) {
	eachArrivals(t, func(t *testing.T, a *arrivals) {
		a.ok(a.schools.OfferHelp(t.Context(), a.who("mo"), a.id, a.people["sara"]))
		a.clock.Set(time.Date(2026, 11, 20, 7, 0, 0, 0, time.UTC))
		if !a.one("mo").Helps {
			t.Error("it ends too soon: the holiday week counted")
		}
		a.clock.Set(time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC))
		for _, name := range []string{"sara", "mo", "leader"} {
			if list := a.sees(name); len(list) != 0 {
				t.Errorf("%s still sees %+v", name, list)
			}
		}
		if err := a.schools.StopHelp(t.Context(), a.who("mo"), a.id, a.people["sara"]); !errs.Is(err, errs.KindAbsent) {
			t.Errorf("what is over is stopped: %v", err)
		}
		a.clock.Set(time.Date(2027, 9, 6, 7, 0, 0, 0, time.UTC))
		a.joins("later", a.team)
		a.ok(a.schools.OfferHelp(t.Context(), a.who("mo"), a.id, a.people["later"]))
		if n := a.count(`select count(*) from newcomer where person_id = $1`, a.people["sara"]); n != 0 {
			t.Error("who helped whom a year ago is still kept")
		}
	})
}

func TestASchoolThatComesInHasNoNewcomers(t *testing.T) {
	eachArrivals(t, func(t *testing.T, a *arrivals) {
		crowd := func(day string, n int) (isNew bool) {
			t.Helper()
			on, err := time.Parse(time.DateOnly, day)
			a.ok(err)
			a.clock.Set(on.Add(8 * time.Hour))
			for range n {
				a.joins("crowd-"+day+"-"+newID()+string(rune('a'+a.count(`select count(*) from person`)%26)), a.other)
			}
			return slices.ContainsFunc(a.sees("leader"), func(n school.Newcomer) bool { return n.Since == clock.Date(day) })
		}
		if crowd("2027-01-12", 6) { // eleven were there
			t.Error("six who come at once to eleven are new")
		}
		if !crowd("2027-03-16", 5) {
			t.Error("five who come at once are not new")
		}
		if crowd("2027-09-07", 60) {
			t.Error("a school of sixty is new")
		}
		if !crowd("2027-11-09", 20) {
			t.Error("twenty in a school of eighty are not new")
		}
	})
	runEmpty(t, func(t *testing.T, d *db.DB, s *school.Service) {
		found, err := s.Found(t.Context(), school.Founding{Board: "Kust", School: school.School{Name: "Zee"}, AdminName: "Bea Heer", AdminEmail: "bea@zee.example"})
		if err != nil {
			t.Fatal(err)
		}
		k, err := school.Knows(t.Context(), d, found.AdminID)
		if err != nil {
			t.Fatal(err)
		}
		id, err := s.AddStaff(t.Context(), k.Who, found.SchoolID, school.NewStaff{Name: "Mo Bakker", Email: "mo@zee.example", Active: true})
		if err != nil {
			t.Fatal(err)
		}
		if k, err = school.Knows(t.Context(), d, id); err != nil {
			t.Fatal(err)
		}
		if list, err := s.Newcomers(t.Context(), k, school.Calendar{}); err != nil || len(list) != 0 {
			t.Errorf("in a school that begins %v is new (%v)", list, err)
		}
	})
}

func TestWhoIsNoNewcomer(t *testing.T) {
	eachArrivals(t, func(t *testing.T, a *arrivals) {
		roles := map[string]access.RoleKind{"beheer": access.RoleAdmin, "privacy": access.RolePrivacy, "bestuurder": access.RoleBoard}
		for name, kind := range roles {
			a.joins(name)
			a.ok(a.schools.Appoint(t.Context(), a.who("admin"), a.id, a.people[name], access.Role{Kind: kind, SchoolID: a.id}))
		}
		a.joins("conrector")
		a.ok(a.schools.Appoint(t.Context(), a.who("admin"), a.id, a.people["conrector"], access.Role{Kind: access.RoleLeader, SchoolID: a.id}))
		a.ok(a.d.Write(t.Context(), func(tx *db.Tx) error {
			id, err := a.schools.AddGuest(t.Context(), tx, a.who("admin"), school.School{ID: a.id, BoardID: a.board}, "Gast Vos", "gast@elders.example")
			a.people["gast"] = id
			return err
		}))
		a.exec(`update person set state = 'active' where id = $1`, a.people["gast"])
		for name, want := range map[string]bool{"beheer": false, "privacy": false, "bestuurder": false, "gast": false, "conrector": true, "sara": true} {
			got := slices.ContainsFunc(a.sees(name), func(n school.Newcomer) bool { return n.Mine })
			if got != want {
				t.Errorf("%s is new: %v", name, got)
			}
		}
	})
}

func TestAColleagueOfBeforeIsNew(t *testing.T) {
	eachArrivals(t, func(t *testing.T, a *arrivals) {
		a.exec(`update staff set since_on = null`) // kept by an older version
		if n := a.one("sara"); n.Since != "2026-10-05" {
			t.Errorf("sara came on %s", n.Since)
		}
		a.exec(`update person set made_at = '2025-09-01T08:00:00.000000Z' where id = $1`, a.people["noor"])
		a.ok(a.d.Write(t.Context(), func(tx *db.Tx) error {
			sc, err := school.Read(t.Context(), tx, a.id)
			if err == nil {
				err = a.schools.Depart(t.Context(), tx, sc, a.people["noor"])
			}
			if err == nil {
				_, err = a.schools.Enter(t.Context(), tx, sc, school.NewStaff{Name: "Naam noor", Email: "noor@baken.example", TeamIDs: []string{a.team}}, a.clock.Now())
			}
			return err
		}))
		if !slices.ContainsFunc(a.sees("noor"), func(n school.Newcomer) bool { return n.Mine }) {
			t.Error("who comes back after having left is not new")
		}
	})
}

func TestWhatEndedStaysEndedAfterARestore(t *testing.T) {
	eachArrivals(t, func(t *testing.T, a *arrivals) {
		ctx, sara := t.Context(), a.people["sara"]
		a.ok(a.schools.OfferHelp(ctx, a.who("mo"), a.id, sara))
		a.ok(a.schools.StopHelp(ctx, a.who("mo"), a.id, sara))
		a.ok(a.schools.StopHelp(ctx, a.who("sara"), a.id, sara))
		entries, err := ledger.Since(ctx, a.d, a.clock.Now().Add(-time.Hour))
		a.ok(err)
		a.exec(`update newcomer set helper_id = $1, settled_at = null`, a.people["mo"]) // as the copy of before had it
		rules, done := school.Replays(), 0
		a.ok(a.d.Write(ctx, func(tx *db.Tx) error {
			for _, e := range entries {
				if f, ok := rules[e.Kind]; ok {
					done++
					if err := f(ctx, tx, e); err != nil {
						return err
					}
				}
			}
			return nil
		}))
		if n := a.one("sara"); done != 2 || n.Helper.ID != "" || !n.Settled {
			t.Errorf("after %d entries: %+v", done, n)
		}
	})
}

func TestColleaguesWhoCouldHelp(t *testing.T) {
	eachArrivals(t, func(t *testing.T, a *arrivals) {
		a.ok(a.schools.OfferHelp(t.Context(), a.who("mo"), a.id, a.people["sara"]))
		sc, err := school.Read(t.Context(), a.d, a.id)
		a.ok(err)
		list, err := a.schools.Colleagues(t.Context(), sc, map[string][]string{a.team: {a.people["ellen"]}, a.other: {a.people["mo"]}})
		a.ok(err)
		for _, c := range list {
			want := school.Colleague{Staff: c.Staff, New: c.Name == "Naam sara", Leads: c.Name == "Naam leader" || c.Name == "Naam teamlead", Buddy: c.Name == "Naam ellen"}
			if c.Name == "Naam mo" {
				want.Helps = 1
			}
			if c.New != want.New || c.Leads != want.Leads || c.Buddy != want.Buddy || c.Helps != want.Helps {
				t.Errorf("%s: %+v", c.Name, c)
			}
		}
	})
}
