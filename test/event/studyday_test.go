package event

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/session"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
)

const (
	crowd  = 60
	places = 10 // at each of the two workshops that all want
	room   = 35 // at the third
	first  = "workshop-een"
)

func must[T any](x T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

// TestProofB_StudyDayPlaces lets sixty people press at the same moment for the last places, on both
// engines: no workshop gets one person too many, and each of the sixty has a place or a place in line.
// Then those who have one give it back, all at once, and it goes to who waits.
func TestProofB_StudyDayPlaces(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, now := t.Context(), clock.NewFake(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
		schools, trajectories := school.NewService(d, now), trajectory.NewService(d, now, must(method.Builtin())(t))
		sessions := session.NewService(d, now, trajectories, nil)
		found := must(schools.Found(ctx, school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"}))(t)
		who := func(id string) access.Who { return must(school.Knows(ctx, d, id))(t).Who }
		admin := who(found.AdminID)
		team := must(schools.AddTeam(ctx, admin, found.SchoolID, school.TeamKind("stream"), "Onderbouw"))(t)
		var people []access.Who
		for i := range crowd {
			id := must(schools.AddStaff(ctx, admin, found.SchoolID, school.NewStaff{Name: fmt.Sprintf("Collega %c%d", 'A'+i%26, i), Email: fmt.Sprintf("c%d@baken.example", i), Active: true, TeamIDs: []string{team}}))(t)
			people = append(people, who(id))
		}
		// One tick for a team of sixty.
		day := must(sessions.Plan(ctx, admin, session.Plan{SchoolID: found.SchoolID, MethodID: "studiedag", Title: "Feedback", StartsAt: now.Now().AddDate(0, 1, 0), Teams: []string{team}}))(t)
		pack, _ := trajectories.Library().Latest("studiedag")
		offer := func(title string, n int) string {
			o := session.Offer{Title: title, Places: n, Rounds: []string{first}, Answers: map[string]string{}, FollowOn: "2026-06-01", FollowText: "Tien minuten in het overleg"}
			for _, f := range pack.Session.Offers.Asks {
				o.Answers[f.ID] = "Dit"
			}
			return must(sessions.Propose(ctx, admin, day, o))(t)
		}
		a, b, c := offer("Kijken", places), offer("Vragen", places), offer("Doen", room)
		if n := must(sessions.OpenReady(ctx, admin, day))(t); n != 3 {
			t.Fatalf("%d workshops are open, want 3", n)
		}

		// all press at the same moment
		at := func(press func(i int) error) {
			t.Helper()
			var ready, done sync.WaitGroup
			start, wrong := make(chan struct{}), make([]error, crowd)
			for i := range crowd {
				ready.Add(1)
				done.Go(func() {
					ready.Done()
					<-start
					wrong[i] = press(i)
				})
			}
			ready.Wait()
			close(start)
			done.Wait()
			for i, err := range wrong {
				if err != nil {
					t.Errorf("person %d: %v", i, err)
				}
			}
		}
		outcome := make([]session.Outcome, crowd)
		at(func(i int) (err error) {
			wishes := []string{a, b, c}
			if i%2 == 1 {
				wishes = []string{b, a, c}
			}
			outcome[i], err = sessions.Choose(ctx, people[i], day, "", first, wishes)
			return err
		})
		check := func(limits map[string]int, seated int) {
			t.Helper()
			p := must(sessions.Programme(ctx, admin, day))(t)
			if !p.Organises() {
				t.Fatal("who planned it does not organise")
			}
			sum := 0
			for id, limit := range limits {
				n := len(p.Seated(id, first))
				if sum += n; n > limit {
					t.Errorf("%d people in a workshop for %d", n, limit)
				}
			}
			if sum != seated {
				t.Errorf("%d people have a place, want %d", sum, seated)
			}
		}
		limits := map[string]int{a: places, b: places, c: room}
		check(limits, 2*places+room)
		waiting, glad := 0, 0
		for i, w := range people {
			p := must(sessions.Programme(ctx, w, day))(t)
			if place := p.MyPlace(first); place != outcome[i] {
				t.Errorf("person %d was told %+v, and has %+v", i, outcome[i], place)
			}
			if outcome[i].Wish == 1 {
				glad++
			}
			if outcome[i].OfferID == "" {
				waiting++
				if p.MyLine(a, first) == 0 || p.MyLine(b, first) == 0 || p.MyLine(c, first) == 0 {
					t.Errorf("person %d has no place and stands in no line: lost", i)
				}
			}
		}
		if want := crowd - 2*places - room; waiting != want {
			t.Errorf("%d people wait, want %d", waiting, want)
		}

		// Everybody with their first wish gives it back at once.
		at(func(i int) error {
			if outcome[i].Wish != 1 {
				return nil
			}
			_, err := sessions.Choose(ctx, people[i], day, "", first, nil)
			return err
		})
		check(limits, crowd-glad)
		for i, w := range people {
			if outcome[i].Wish == 1 {
				continue
			}
			if place := must(sessions.Programme(ctx, w, day))(t).MyPlace(first); place.OfferID == "" {
				t.Errorf("person %d waited, places came free, and they have none", i)
			}
		}
	})
}
