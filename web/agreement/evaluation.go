package agreement

import (
	"strings"

	"leerkring/block/agreement"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
	"leerkring/writing"
)

type evaluationPage struct {
	*showPage
	Question  string // the trajectory's own, to read again
	Of        ui.FormOf
	Problem   ui.Set
	Well      box
	Otherwise box
	Rest      box
	Outcome   ui.Set
	RestOpen  bool
	Waiting   string
}

// box is a text with what stands now, when the field shows something else.
type box struct {
	ui.Field
	Stands string
}

// Evaluation is the form with which a group looks back on a cycle, together.
func (rm *Room) Evaluation(r *room.Request) error {
	sp, err := rm.open(r, "agreement")
	if err != nil {
		return err
	}
	if !sp.View.MayEdit {
		return errs.Absent()
	}
	pack, err := rm.Trajectories.PackOf(r.Ctx(), rm.Trajectories.DB(), sp.Seen.Trajectory)
	if err != nil {
		return err
	}
	drafts, err := r.House.Drafts.Under(r.Ctx(), r.Who().ID, "agreement/")
	if err != nil {
		return err
	}
	e, t := sp.View.Looked, r.T
	key := agreement.DraftKey("evaluation", sp.Seen.ID)
	f := room.Filling{R: r, Form: "evaluation", ID: "evaluation-", Draft: drafts[key], Kept: writing.Body{"well": e.Well, "otherwise": e.Otherwise, "rest": e.Rest, "problem": string(e.Problem), "outcome": way(e)}}
	p := &evaluationPage{showPage: sp, Question: sp.Seen.Question, Of: ui.FormOf{Action: sp.Base + "/evaluation", Class: "sheet sheet--lg stack g-6", Draft: key, Hidden: f.Hidden(versionPair(e.Version))}}
	text := func(name, hint string) box {
		x := f.Field(name, t.T("agreement.label_"+name))
		x.Voice, x.Rows, x.Max, x.Wide, x.Hint = true, 3, 1500, true, hint
		return box{x, f.Stands(name)}
	}
	p.Problem = f.Set("problem", t.T("agreement.label_problem"), options(r, "agreement.problem_", agreement.Problems))
	p.Rest = text("rest", t.T("agreement.hint_rest"))
	p.Well, p.Otherwise = text("well", ""), text("otherwise", t.T("agreement.hint_otherwise"))
	p.RestOpen = f.Value("rest") != ""
	p.Outcome = f.Set("outcome", t.T("agreement.label_outcome"), p.ways(pack))
	if b, ok := sp.View.Waiting["evaluation"]; ok {
		was := agreement.EvaluationOf(b)
		p.Waiting = was.Well + "\n\n" + was.Otherwise + "\n\n" + was.Rest
	}
	h := trajectoryweb.Head(r, sp.Seen, t.T("agreement.evaluation_title"))
	h.Crumbs = append(h.Crumbs, ui.Link{Text: t.T("agreement.title"), Href: sp.Base})
	h.Heading, h.Lead = h.Title, t.T("agreement.evaluation_lead")
	r.Style(&h, "agreement")
	return r.Page(h, evaluation(p))
}

// backPrefix stands before the stage in the value of «we go back to …».
const backPrefix = "back:"

// way is what follows as one value of the form.
func way(e agreement.Evaluation) string {
	if e.Outcome == agreement.GoBack {
		return backPrefix + e.BackTo
	}
	return string(e.Outcome)
}

// ways are all that can follow, side by side and of equal weight.
func (p *evaluationPage) ways(pack *method.Pack) []ui.Option {
	t := p.r.T
	option := func(o agreement.Outcome) ui.Option {
		return ui.Option{Value: string(o), Text: t.T("agreement.outcome_" + string(o)), Note: t.T("agreement.outcome_" + string(o) + "_note")}
	}
	out := []ui.Option{option(agreement.KeepIt)}
	for _, id := range agreement.BackStages(pack, p.Seen.StageID) {
		if s, ok := pack.Stage(id); ok {
			out = append(out, ui.Option{Value: backPrefix + id, Text: t.T("agreement.outcome_back_to", "stage", p.r.Pack(s.Name)), Note: t.T("agreement.outcome_back_note")})
		}
	}
	return append(out, option(agreement.NewCycle))
}

// Evaluate keeps how the group looked back.
func (rm *Room) Evaluate(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	e := agreement.Evaluation{Well: f.Text("well", maxText), Otherwise: f.Text("otherwise", maxText), Rest: f.Text("rest", maxText), Problem: agreement.Problem(f.Line("problem", 20)),
		Outcome: agreement.Outcome(f.Line("outcome", 80))}
	if stage, ok := strings.CutPrefix(string(e.Outcome), backPrefix); ok {
		e.Outcome, e.BackTo = agreement.GoBack, stage
	}
	version := f.Int("version", 0, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Evaluation)
	}
	clash, err := rm.Agreements.Evaluate(r.Ctx(), r.Who(), id, version, e)
	if err == nil && clash != nil {
		err = errs.Conflict("agreement.two_wrote")
	}
	if err != nil {
		return r.Refused(err, rm.Evaluation)
	}
	return r.Said(base(id)+"#looked-h", "looked_back")
}
