package trajectory

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"leerkring/internal/i18n"
	"leerkring/internal/page"
	"leerkring/method"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/web/ui/markup"
)

// Every pack that a team may walk can be drawn from each of its stages, large and small, in
// both languages, with all that it asks and tells there.
func TestEveryPackOfTheLibraryDraws(t *testing.T) {
	t.Parallel()
	library, err := method.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	catalog := i18n.Must(Texts, page.Texts, ui.TextFiles, room.Texts)
	walked := 0
	for _, lang := range []string{"nl", "en"} {
		words := library.Words("vo", lang, nil)
		r := &room.Request{R: httptest.NewRequest("GET", "/", nil), House: &room.House{Library: library}, T: catalog.Texts(lang, words.All(), time.UTC), Words: words}
		for _, pack := range library.List() {
			if pack.Kind != method.KindMethod || pack.Shape == method.ShapeSession {
				continue
			}
			for i := range pack.Stages {
				walked++
				drawStage(t, r, pack, &pack.Stages[i])
			}
		}
	}
	if walked < 40 {
		t.Errorf("only %d stages were drawn", walked)
	}
}

func drawStage(t *testing.T, r *room.Request, pack *method.Pack, stage *method.Stage) {
	t.Helper()
	seen := trajectory.Seen{Trajectory: trajectory.Trajectory{ID: "t", Title: "Een traject", MethodID: pack.ID, StageID: stage.ID, VisitID: "v2", State: trajectory.Active, Round: 1}, Role: trajectory.Lead}
	visits := []trajectory.Visit{{ID: "v1", StageID: pack.Stages[0].ID}, {ID: "v2", StageID: stage.ID}}
	p := &showPage{r: r, Seen: seen, Pack: pack, Stage: stage, Wheel: wheel(r, pack, seen, visits), Steps: steps(r, pack, seen), CanLead: true, Fair: "2026-03-20", AWeekOn: "2026-03-26", Audience: ui.School, Sentence: "–"}
	p.Gate, p.GateMore = gate(r, trajectory.Gate(stage, trajectory.Facts{}, nil))
	small := miniWheel(r, pack, seen)
	m := morePage{r: r, Seen: seen, Pack: pack, Stage: stage}
	for what, c := range map[string]templ.Component{"page": show(p), "more": moreOfStage(m), "sheet": sheetPage(m, sheetOf(stage)), "mini": ui.Mini(small.Segments)} {
		var b strings.Builder
		if err := c.Render(t.Context(), &b); err != nil {
			t.Fatalf("%s, %s, %s: %v", pack.ID, stage.ID, what, err)
		}
		if html := b.String(); strings.Contains(html, "trajectory.") || strings.Contains(html, "{leerling") || strings.Contains(html, "%!") {
			t.Errorf("%s, %s, %s has words that are missing: %.80s", pack.ID, stage.ID, what, html[max(0, strings.Index(html, "trajectory.")):])
		}
		for _, wrong := range markup.Check(b.String()) {
			t.Errorf("%s, %s, %s: %s", pack.ID, stage.ID, what, wrong)
		}
		if what == "page" && strings.Count(b.String(), `aria-current="step"`) == 0 {
			t.Errorf("%s, %s: the page does not say where the team is", pack.ID, stage.ID)
		}
	}
}
