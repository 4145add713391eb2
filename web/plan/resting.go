package plan

import (
	"slices"
	"strings"

	"leerkring/block/contribution"
	"leerkring/block/evidence"
	"leerkring/internal/i18n"
	"leerkring/internal/ident"
	"leerkring/internal/page"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/why"
)

// groundForm chooses what a goal rests on.
type groundForm struct {
	Action string // "" when it is part of the form of a new goal
	Sets   []groundSet
}

// groundSet are things of one sort; what is not chosen yet may be folded away.
type groundSet struct {
	Set    ui.Set
	Folded bool
}

const (
	mostVoices  = 40 // voices offered to choose from, the newest
	mostGrounds = 30 // things that a goal can rest on
	oneVoice    = 160
)

// groundForm offers what the group found and heard. item is "" for a new goal.
func (rm *Room) groundForm(r *room.Request, seen trajectory.Seen, item string) (*groundForm, error) {
	f := &groundForm{}
	q := rm.Trajectories.DB()
	var chosen []why.Ref
	if item != "" {
		f.Action = at(seen.ID) + "/items/" + item + "/grounds"
		links, err := why.All(r.Ctx(), q, seen.ID)
		if err != nil {
			return nil, err
		}
		for _, l := range links.From("goal", item).Is(why.Answers) {
			chosen = append(chosen, l.To)
		}
	}
	titles, err := rm.Evidence.Titles(r.Ctx(), q, seen)
	if err != nil {
		return nil, err
	}
	voices, err := rm.voices(r, seen, chosen)
	if err != nil {
		return nil, err
	}
	f.add(r, "findings", things(r, titles, evidence.FindingKind), chosen, false)
	f.add(r, "sources", things(r, titles, evidence.SourceKind), chosen, true)
	f.add(r, "voices", voices, chosen, true)
	return f, nil
}

func (f *groundForm) add(r *room.Request, name string, options []ui.Option, chosen []why.Ref, fold bool) {
	if len(options) == 0 {
		return
	}
	any := false
	for i, o := range options {
		kind, id, _ := strings.Cut(o.Value, "/")
		options[i].On = r.WasOn("grounds", o.Value, slices.Contains(chosen, why.Ref{Kind: kind, ID: id}))
		any = any || options[i].On
	}
	place := "grounds-" + name
	if len(f.Sets) == 0 {
		place = "f-grounds" // where the summary of mistakes leads
	}
	f.Sets = append(f.Sets, groundSet{ui.Set{Name: "grounds", ID: place, Legend: r.T.T("plan.grounds_" + name), Options: options, Many: true, Wide: true}, fold && !any})
}

func things(r *room.Request, titles map[why.Ref]evidence.Title, kind evidence.Kind) []ui.Option {
	var out []ui.Option
	for ref, t := range titles {
		if ref.Kind == string(kind) {
			out = append(out, ui.Option{Value: ref.Kind + "/" + ref.ID, Text: short(t.Text, oneVoice)})
		}
	}
	i18n.Sort(r.T, out, func(o ui.Option) string { return o.Text })
	return out
}

// voices are the newest answers that the group can build on, and those that it chose.
func (rm *Room) voices(r *room.Request, seen trajectory.Seen, chosen []why.Ref) ([]ui.Option, error) {
	list, err := rm.Contributions.List(r.Ctx(), rm.Trajectories.DB(), seen, "", 600)
	if err != nil {
		return nil, err
	}
	var out []ui.Option
	offered := 0
	for _, c := range slices.Backward(list) {
		ref := why.Ref{Kind: "contribution", ID: c.ID}
		if c.ParentID != "" || c.Withdrawn != "" || c.Sealed || c.ElementID == "" {
			continue
		}
		if offered++; offered <= mostVoices || slices.Contains(chosen, ref) {
			out = append(out, ui.Option{Value: ref.Kind + "/" + ref.ID, Text: short(c.Body, oneVoice), Note: voiceBy(r, c)})
		}
	}
	return out, nil
}

func voiceBy(r *room.Request, c contribution.Contribution) string {
	if c.By.Pupil {
		return r.T.T("plan.pupil")
	}
	return c.By.Name
}

// readGrounds reads what a goal rests on, each as its kind and its id.
func readGrounds(f *page.Form) []why.Ref {
	var out []why.Ref
	for _, v := range f.Lines("grounds", mostGrounds, 80) {
		kind, id, _ := strings.Cut(v, "/")
		if !slices.Contains([]string{"finding", "evidence", "contribution"}, kind) || !ident.Valid(id) {
			f.Refuse("grounds", "form.choice")
			continue
		}
		out = append(out, why.Ref{Kind: kind, ID: id})
	}
	return out
}
