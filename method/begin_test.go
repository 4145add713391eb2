package method

import "testing"

func TestBegins(t *testing.T) {
	t.Parallel()
	asks := func(b Block) []Stage { return []Stage{{Questions: []Question{{Block: "plan"}, {Block: b}}}} }
	leaves := func(b Block) []Stage { return []Stage{{}, {Artefacts: []Artefact{{Block: b}}}} }
	for _, c := range []struct {
		name string
		pack Pack
		want Beginning
	}{
		{"a cycle is walked", Pack{Kind: KindMethod, Shape: ShapeCycle, Stages: asks("evidence")}, BeginsTrajectory},
		{"a page is walked", Pack{Kind: KindMethod, Shape: ShapePage, Stages: asks("contribution")}, BeginsTrajectory},
		{"steps are walked", Pack{Kind: KindMethod, Shape: ShapeSteps, Stages: asks("task")}, BeginsTrajectory},
		{"a session is held", Pack{Kind: KindMethod, Shape: ShapeSession, Stages: []Stage{{}}}, BeginsSession},
		{"an instrument is looked at", Pack{Kind: KindInstrument, Shape: ShapeSteps, Stages: asks("contribution")}, BeginsLater},
		{"an instrument is never a session", Pack{Kind: KindInstrument, Shape: ShapeSession, Stages: []Stage{{}}}, BeginsLater},
		{"no shape that we know", Pack{Kind: KindMethod, Shape: "spiral", Stages: []Stage{{}}}, BeginsLater},
		{"no stage to begin in", Pack{Kind: KindMethod, Shape: ShapeCycle}, BeginsLater},
		{"a question about a lesson visit", Pack{Kind: KindMethod, Shape: ShapeCycle, Stages: asks("visit")}, BeginsLater},
		{"a question of an anonymous scan", Pack{Kind: KindMethod, Shape: ShapeSteps, Stages: asks("scan")}, BeginsLater},
		{"a question about one’s own growth", Pack{Kind: KindMethod, Shape: ShapePage, Stages: asks("growth")}, BeginsLater},
		{"a session that asks for growth", Pack{Kind: KindMethod, Shape: ShapeSession, Stages: asks("growth")}, BeginsLater},
		{"something for the library", Pack{Kind: KindMethod, Shape: ShapeCycle, Stages: leaves("knowledge")}, BeginsLater},
		{"something about who knows what", Pack{Kind: KindMethod, Shape: ShapeCycle, Stages: leaves("expertise")}, BeginsLater},
		{"an activity keeps nothing back", Pack{Kind: KindMethod, Shape: ShapeCycle, Stages: []Stage{{Activities: []Activity{{Block: "visit"}}}}}, BeginsTrajectory},
	} {
		if got := c.pack.Begins(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestOnlyAWayWithPhasesIsBegunHalfway(t *testing.T) {
	t.Parallel()
	two := []Stage{{}, {}}
	for shape, want := range map[Shape]bool{ShapeCycle: true, ShapeSteps: true, ShapePage: false, ShapeSession: false} {
		if p := (Pack{Shape: shape, Stages: two}); p.HasPhases() != want {
			t.Errorf("%s: %v", shape, p.HasPhases())
		}
	}
	if p := (Pack{Shape: ShapeCycle, Stages: two[:1]}); p.HasPhases() {
		t.Error("of one stage nobody chooses")
	}
}
