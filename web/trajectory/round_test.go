package trajectory_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"leerkring/block/coach"
	"leerkring/block/contribution"
	"leerkring/internal/clock"
	"leerkring/internal/dbtest"
	"leerkring/media"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room/roomtest"
	trajectoryweb "leerkring/web/trajectory"
)

// Behind the last step stands the next round, as a button; from the second on the list says which
// round it is, and leads to the others.
func TestTheNextRoundStandsBehindTheLastStep(t *testing.T) {
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
	begin := func(stage string) string {
		t.Helper()
		id, err := walks.Begin(ctx, noor.Who, trajectory.Start{SchoolID: found.SchoolID, MethodID: "lesson-study", Title: "Breuken delen", StageID: stage, Open: true})
		if err != nil {
			t.Fatal(err)
		}
		return "/trajectories/" + id
	}
	other, err := schools.AddStaff(ctx, noor.Who, found.SchoolID, school.NewStaff{Name: "Wim", Email: "wim@baken.example", Active: true})
	if err != nil {
		t.Fatal(err)
	}
	site := roomtest.New(t, d, c, library, trajectoryweb.Texts, contribution.Texts, coach.Texts)
	rooms := &trajectoryweb.Room{Trajectories: walks, Schools: schools, Contributions: contribution.NewService(d, c, walks), Coach: coach.NewService(d, c, walks), Media: media.NewService(d, c, nil)}
	site.Route("GET", "/trajectories/{id}", rooms.Show)
	site.Route("POST", "/trajectories/{id}/next", rooms.NextCycle)
	me := found.AdminID

	site.Get(me, begin("eerste-les")).Lacks(t, "Begin ronde", "Ronde 1")
	first := begin("vervolg")
	site.Get(other, first).Lacks(t, "Begin ronde")
	page := site.Get(me, first)
	page.Has(t, "Begin ronde 2", "Ronde 1 is rond", `action="`+first+`/next"`)
	page.Lacks(t, "Alle rondes")
	fields := []string{}
	for _, m := range regexp.MustCompile(`name="(next_title|stage)" value="([^"]+)"`).FindAllStringSubmatch(page.Body, -1) {
		fields = append(fields, m[1], m[2])
	}
	second, _, _ := strings.Cut(site.Post(me, first+"/next", fields...).Location, "?")
	page = site.Get(me, second)
	page.Has(t, `<h2 class="h3">Ronde 2</h2>`, `aria-label="Alle rondes"`, `href="`+first+`">Ronde 1</a>`, "Stap 1 van 15", "Breuken delen")
	page.Lacks(t, "Begin ronde")
	page = site.Get(me, first) // the old one leads on, and begins no second one
	page.Has(t, `href="`+second+`">Ronde 2</a>`)
	page.Lacks(t, "Begin ronde")
	site.Lang = "en"
	site.Get(me, second).Has(t, "Round 2", "All rounds")
}
