package agreement

import (
	"strconv"

	"leerkring/access"
	"leerkring/block/agreement"
	"leerkring/internal/clock"
	"leerkring/method"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/writing"
)

func (p *showPage) newcomers() {
	v, t := p.View, p.r.T
	n := newcomers{Reading: v.Care.Reading, Buddy: person(v.People, v.Care.BuddyID), MaySign: v.MayReact && v.Ready.Core, Signed: v.Signed, Keeps: v.Keeps}
	var names []string
	for _, id := range v.Page.MaySeeSigned() {
		if id != p.r.Who().ID {
			names = append(names, v.People[id].Name)
		}
	}
	if n.Sees = t.T("agreement.signed_sees_none"); len(names) > 0 {
		n.Sees = t.T("agreement.signed_sees", "names", t.List(names))
	}
	for _, id := range v.SignedBy {
		if who := person(v.People, id); who != nil {
			n.SignedBy = append(n.SignedBy, *who)
		}
	}
	p.New = n
}

func (p *showPage) remarks(drafts map[string]writing.Body) {
	r, t := p.r, p.r.T
	key := agreement.DraftKey("remark", p.Seen.ID)
	f := room.Filling{R: r, Form: "remark", ID: "remark-", Draft: drafts[key]}
	p.Remark = f.Field("remark", t.T("agreement.label_remark"))
	p.Remark.Voice, p.Remark.Rows, p.Remark.Max, p.Remark.Hint = true, 2, 400, t.T("agreement.hint_remark")
	p.RemarkOf = ui.FormOf{Action: p.Base + "/remarks", Class: "stack g-3", Label: t.T("agreement.label_remark"), Draft: key, Hidden: f.Hidden()}
	for _, m := range p.View.Remarks {
		who := p.View.People[m.PersonID]
		row := remarkRow{ID: m.ID, Answer: m.Answer, Mine: m.PersonID == r.Who().ID,
			Saying: ui.Saying{Person: room.Person(who), Text: m.Body, By: t.T("agreement.remark_by", "name", who.Name, "date", t.Date(t.Day(m.MadeAt))), Small: true, Size: ui.Small}}
		if p.View.MayLead {
			akey := agreement.DraftKey("answer", m.ID)
			a := room.Filling{R: r, Form: "answer-" + m.ID, ID: "answer-" + m.ID + "-", Draft: drafts[akey], Kept: writing.Body{"answer": m.Answer}}
			row.Field = a.Field("answer", t.T("agreement.label_answer"))
			row.Field.Max = 400
			if stands := a.Stands("answer"); stands != "" {
				row.Field.Hint = t.T("agreement.stands_now", "text", stands)
			}
			row.Form = &ui.FormOf{Action: p.Base + "/remarks/" + m.ID + "/answer", Class: "stack g-2", Label: t.T("agreement.label_answer"), Draft: akey, Hidden: a.Hidden(versionPair(m.AnswerVersion))}
			row.Answers = a.Open()
		}
		p.Remarks = append(p.Remarks, row)
	}
}

func versionPair(n int) ui.Pair { return ui.Pair{Name: "version", Value: strconv.Itoa(n)} }

// tasks are the caretaker's; the days only for whoever keeps the page.
func (p *showPage) tasks(pack *method.Pack) {
	t := p.r.T
	list, ok := agreement.CareList(pack)
	if !ok {
		return
	}
	p.TaskWhy = p.r.Pack(list.Why)
	for _, task := range agreement.Tasks(pack, p.View.Page, p.View.Done) {
		row := taskRow{ID: task.Item.ID, Text: p.r.Pack(task.Item.Text)}
		if p.View.Keeps {
			if task.Last != "" {
				row.Last = t.T("agreement.task_last", "date", t.Date(task.Last))
			}
			if task.Due != "" {
				row.Due, row.Now = t.T("agreement.task_due", "date", t.Date(task.Due)), task.Due <= p.Seen.Today().Add(7)
			}
		}
		p.Tasks = append(p.Tasks, row)
	}
}

func (p *showPage) versions() {
	t := p.r.T
	for _, f := range p.View.Versions {
		p.Versions = append(p.Versions, versionRow{Day: t.Date(f.On), Title: t.T("agreement.version_short", "number", f.Number), Reason: f.Reason, Href: p.Base + "/versions/" + strconv.Itoa(f.Number)})
	}
	f := room.Filling{R: p.r, Form: "fix", ID: "fix-"}
	p.Fix = f.Field("reason", t.T("agreement.label_version_reason"))
	p.Fix.Max, p.Fix.Voice = 160, true
	p.CanFix = p.View.MayLead && p.View.Ready.Title && p.View.Ready.Core && (p.View.Number() == 0 || p.View.Changed)
}

// looked is how the group looked back, and the way on that belongs to what it said.
func (p *showPage) looked(pack *method.Pack) {
	e, t := p.View.Looked, p.r.T
	box := lookedBox{Has: e.Version > 0, Href: p.Base + "/evaluation", MayEdit: p.View.MayEdit, Well: e.Well, Otherwise: e.Otherwise, Rest: e.Rest}
	if box.Has {
		box.Problem = t.T("agreement.problem_" + string(e.Problem))
		walk := "/trajectories/" + p.Seen.ID
		switch e.Outcome {
		case agreement.GoBack:
			name := e.BackTo
			if stage, ok := pack.Stage(e.BackTo); ok {
				name = p.r.Pack(stage.Name)
			}
			box.Outcome = t.T("agreement.outcome_back_to", "stage", name)
			box.Next, box.NextText = walk+"/move/form?to="+e.BackTo, t.T("agreement.do_back")
		case agreement.NewCycle:
			box.Outcome = t.T("agreement.outcome_cycle")
			box.Next, box.NextText = walk+"/settings/form#next", t.T("agreement.do_cycle")
		default:
			box.Outcome = t.T("agreement.outcome_keep")
			box.Next, box.NextText = walk+"/settings/form#rest", t.T("agreement.do_keep")
		}
		if !p.Seen.May(access.Lead, access.Trajectory, "") || p.Seen.State.Ended() {
			box.Next = ""
		}
	}
	p.Looked = box
}

func first(name string) string { return school.FirstName(name) }

// day is a date as the pages write it.
func day(r *room.Request, d clock.Date) string { return r.T.Date(d) }
