package trajectory_test

import (
	"strings"
	"testing"
	"time"

	"leerkring/block/contribution"
	"leerkring/internal/clock"
	"leerkring/internal/dbtest"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room/roomtest"
	trajectoryweb "leerkring/web/trajectory"
)

// What a stage has beside its questions stands under a name that says what it is for:
// to do, to go through, to know, or to read elsewhere.
func TestMoreOfAStageKeepsItsKindsApart(t *testing.T) {
	t.Parallel()
	ctx, d, c := t.Context(), dbtest.SQLite(t), clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC))
	library, err := method.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	schools, walks := school.NewService(d, c), trajectory.NewService(d, c, library)
	found, err := schools.Found(ctx, school.Founding{Board: "Kust", School: school.School{Name: "Het Baken"}, AdminName: "Noor Haddad", AdminEmail: "noor@baken.example"})
	if err != nil {
		t.Fatal(err)
	}
	noor, err := school.Knows(ctx, d, found.AdminID)
	if err != nil {
		t.Fatal(err)
	}
	id, err := walks.Begin(ctx, noor.Who, trajectory.Start{SchoolID: found.SchoolID, MethodID: "verbetercyclus", Title: "Feedback", Open: true})
	if err != nil {
		t.Fatal(err)
	}
	site := roomtest.New(t, d, c, library, trajectoryweb.Texts, contribution.Texts)
	rooms := &trajectoryweb.Room{Trajectories: walks, Schools: schools}
	site.Route("GET", "/trajectories/{id}/stages/{stage}", rooms.More)
	page := site.Get(found.AdminID, "/trajectories/"+id+"/stages/verken")
	page.Has(t, "Rollen", "Worden wij een PLG?", "Leidraad onderwijsverbetering vo")
	at := -1
	for _, name := range []string{"Wat je kunt doen", "Goed om te weten", "Elders te vinden"} {
		next := strings.Index(page.Body, name)
		if next <= at {
			t.Errorf("%q has its own place, after what came before", name)
		}
		at = next
	}
	site.Lang = "en"
	site.Get(found.AdminID, "/trajectories/"+id+"/stages/verken").Has(t, "Are we becoming a PLC?")
}
