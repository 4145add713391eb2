package decision

import (
	"leerkring/block/decision"
	"leerkring/internal/clock"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// wordForm writes down what those said who had to agree to a decision.
type wordForm struct {
	Action string
	Set    ui.Set
	Text   ui.Field
	On     ui.Field
	Open   bool
}

func (p *showPage) wordForm() *wordForm {
	r := p.r
	f := &wordForm{Action: p.base() + "/word", Open: r.Err != nil && r.Typed != nil && r.Typed.Has("heard_on")}
	f.Set = ui.Set{Name: "agreed", Legend: p.t("word_which"), Error: r.Error("agreed"), Wide: true}
	for _, o := range []string{"yes", "no"} {
		f.Set.Options = append(f.Set.Options, ui.Option{Value: o, Text: p.t("word_is_" + o), On: r.Was("agreed", "") == o})
	}
	f.Text = r.Field("text", "decision.word_text", "")
	f.Text.Hint, f.Text.Rows, f.Text.Max = p.t("word_text_hint"), 2, 600
	f.On = r.Field("heard_on", "decision.word_on", string(r.Today()))
	f.On.Type = "date"
	return f
}

// Hear keeps what others said who had to agree.
func (rm *Room) Hear(r *room.Request) error {
	id, did, err := ids(r)
	if err != nil {
		return err
	}
	f := r.Form()
	word := decision.Word{Agreed: f.Choice("agreed", "yes", "no") == "yes", Text: f.Text("text", 4000), On: clock.Date(f.Line("heard_on", 10))}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if err := rm.Decisions.Hear(r.Ctx(), r.Who(), id, did, word); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(at(id)+"/"+did, "decision_heard")
}
