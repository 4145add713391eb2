package condition

import (
	"leerkring/block/condition"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/writing"

	internal "leerkring/internal/page"
)

// wordsForm is the form with the words of a condition: new, as it stands, or as it came
// back.
type wordsForm struct {
	Of         ui.FormOf
	Open       bool
	Text       ui.Field
	Kind       ui.Field
	Kinds      []ui.Option
	By         ui.Field
	Essential  bool
	SharedTime bool
}

func makeForm(r *room.Request, back bool, draft writing.Body, kept condition.Words) wordsForm {
	f := wordsForm{Essential: kept.Essential, SharedTime: kept.SharedTime}
	f.Text = ui.Field{Name: "text", Label: r.T.T("condition.label_text"), Hint: r.T.T("condition.hint_text"), Value: valueOf(r, back, "text", draft, kept.Text), Error: errorOf(r, back, "text"), Max: 300, Rows: 2, Voice: true, Wide: true}
	f.By = ui.Field{Name: "by", Label: r.T.T("condition.label_by"), Type: "date", Value: valueOf(r, back, "by", draft, string(kept.By)), Error: errorOf(r, back, "by")}
	kind := valueOf(r, back, "kind", nil, string(kept.Kind))
	f.Kind = ui.Field{Name: "kind", Label: r.T.T("condition.label_kind"), Error: errorOf(r, back, "kind")}
	for _, k := range condition.Kinds {
		f.Kinds = append(f.Kinds, ui.Option{Value: string(k), Text: r.T.T("condition.kind_" + string(k)), On: string(k) == kind})
	}
	if back {
		f.Essential, f.SharedTime = r.Typed.Typed("essential") != "", r.Typed.Typed("shared_time") != ""
		return f
	}
	f.Text.ID, f.Kind.ID, f.By.ID = "words-text", "words-kind", "words-by"
	return f
}

// valueOf is what stands in a field: as typed when its form came back, else a draft, else
// what is kept.
func valueOf(r *room.Request, back bool, name string, draft writing.Body, kept string) string {
	if back {
		return r.Typed.Typed(name)
	}
	if d, ok := draft[name]; ok {
		return d
	}
	return kept
}

// errorOf is the sentence of a refused field of the form that came back.
func errorOf(r *room.Request, back bool, name string) string {
	if !back {
		return ""
	}
	return r.Error(name)
}

// read takes the words of a condition out of a form.
func read(f *internal.Form) condition.Words {
	kinds := make([]string, len(condition.Kinds))
	for i, k := range condition.Kinds {
		kinds[i] = string(k)
	}
	return condition.Words{Kind: condition.Kind(f.Choice("kind", kinds...)), Text: f.Text("text", 1200), Essential: f.Bool("essential"), SharedTime: f.Bool("shared_time"), By: f.Date("by")}
}
