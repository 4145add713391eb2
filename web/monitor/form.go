package monitor

import (
	"strconv"

	"leerkring/block/monitor"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/writing"
)

// planForm is the form to plan a moment, or to move it.
type planForm struct {
	Of       ui.FormOf
	Open     bool
	On       ui.Field
	Minutes  ui.Field
	Question ui.Field
	How      ui.Set
}

func newPlanForm(r *room.Request, action, name, id string, kept writing.Body, hidden ...ui.Pair) planForm {
	f := room.Filling{R: r, Form: name, ID: name + id + "-", Kept: kept}
	p := planForm{Of: ui.FormOf{Action: action, Class: "stack g-4", Label: r.T.T("monitor.plan_title"), Hidden: f.Hidden(hidden...)}, Open: f.Back()}
	p.On = f.Field("on", r.T.T("monitor.label_on"))
	p.On.Type = "date"
	p.Minutes = f.Field("minutes", r.T.T("monitor.label_minutes"))
	p.Minutes.Type, p.Minutes.InputMode, p.Minutes.Attrs = "number", "numeric", numbers(60)
	p.Question = f.Field("question", r.T.T("monitor.label_question"))
	p.Question.Hint, p.Question.Max = r.T.T("monitor.hint_question"), 200
	p.How = f.Set("how", r.T.T("monitor.label_how"), options(r, "monitor.how_", monitor.Hows))
	return p
}

// options are the values of a closed list with their words.
func options[T ~string](r *room.Request, words string, values []T) []ui.Option {
	out := make([]ui.Option, len(values))
	for i, v := range values {
		out[i] = ui.Option{Value: string(v), Text: r.T.T(words + string(v))}
	}
	return out
}

// numbers are the bounds of a field for a whole number.
func numbers(most int) map[string]any {
	return map[string]any{"min": "0", "max": strconv.Itoa(most), "step": "1"}
}

// indicatorForm is the form to follow something, or to change its words.
type indicatorForm struct {
	Of   ui.FormOf
	Open bool
	Kind ui.Set
	Body ui.Field
	Unit ui.Field
}

func newIndicatorForm(r *room.Request, action, name, draftKey string, draft, kept writing.Body, version int) indicatorForm {
	f := room.Filling{R: r, Form: name, ID: name + "-", Draft: draft, Kept: kept}
	label := kept["body"] // who hears the form of one that is followed, hears which one
	if label == "" {
		label = r.T.T("monitor.follow_title")
	}
	i := indicatorForm{Of: ui.FormOf{Action: action, Class: "stack g-4", Label: label, Draft: draftKey, Hidden: f.Hidden(versionPair(version))}, Open: f.Open()}
	i.Body = f.Field("body", r.T.T("monitor.label_body"))
	i.Body.Hint, i.Body.Max = r.T.T("monitor.hint_body"), 140
	if stands := f.Stands("body"); stands != "" && version > 0 {
		i.Body.Hint = r.T.T("monitor.stands_now", "text", stands)
	}
	i.Unit = f.Field("unit", r.T.T("monitor.label_unit"))
	i.Unit.Hint, i.Unit.Max = r.T.T("monitor.hint_unit"), 24
	i.Kind = f.Set("kind", r.T.T("monitor.label_kind"), options(r, "monitor.kind_", monitor.Kinds))
	return i
}

func versionPair(n int) ui.Pair { return ui.Pair{Name: "version", Value: strconv.Itoa(n)} }
