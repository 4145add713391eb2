package plan

import (
	"strconv"
	"strings"

	"leerkring/access"
	"leerkring/block/contribution"
	"leerkring/block/plan"
	"leerkring/school"
	"leerkring/trajectory"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
	"leerkring/why"
	"leerkring/writing"
)

// margin is what is said beside one section.
type margin struct {
	ID, Label string
	Shown     []remark // what is still open first
	More      []remark
	Form      *remarkForm
}

// remark is a comment with the form to answer it.
type remark struct {
	Remark ui.Remark
	Reply  *replyForm
}

type replyForm struct {
	Action, Href string
	Draft        string
	Body         ui.Field
	Open         bool
}

// remarkForm is the form below a margin, empty or as it was typed.
type remarkForm struct {
	Section, Action, Draft, Sees string
	About                        *ui.Field // which of several things it is about
	Options                      []ui.Option
	Only                         string // the one thing it can be about
	Body                         ui.Field
	Open                         bool
}

// remarks shown beside a section before the rest folds away.
const remarksShown = 3

// target is something in a section that one can say something about.
type target struct {
	Ref  why.Ref
	Name string
}

// targets are what a section offers to react to. What has no name of its own is the plan.
func (x reader) targets(sec string) []target {
	var out []target
	switch sec {
	case secWhy:
		out = append(out, target{why.Ref{Kind: "plan", ID: x.seen.ID}, ""})
	case secGoals:
		for _, g := range x.page.Goals {
			out = append(out, target{ref(plan.GoalKind, g.ID), x.t("goal_n", "number", g.Number)})
		}
	case secActions:
		for _, a := range x.page.Actions {
			out = append(out, target{ref(plan.ActionKind, a.ID), x.t("action_n", "number", strconv.Itoa(a.Number))})
		}
	case secFixed:
		for _, c := range x.page.Core {
			out = append(out, x.lineTarget(c.ID, "core_short", c.Is.Text))
		}
		for _, c := range x.page.Room {
			out = append(out, x.lineTarget(c.ID, "room_short", c.Is.Text))
		}
	case secTold:
		for _, h := range x.page.Hearings {
			out = append(out, target{why.Ref{Kind: "plan", ID: h.ID}, short(h.Is.Who, 40)})
		}
	case secLooks:
		for _, l := range x.page.Looks {
			out = append(out, target{why.Ref{Kind: "plan", ID: l.ID}, short(l.Is.Question, 40)})
		}
	}
	return out
}

func (x reader) lineTarget(id, key, text string) target {
	return target{why.Ref{Kind: "plan", ID: id}, x.t(key, "text", strings.TrimRight(short(text, 40), ".!?;:, "))}
}

// remarks reads what was said about anything in the plan: one read per kind.
func (rm *Room) remarks(x reader) (map[why.Ref][]contribution.Contribution, error) {
	ids := map[string][]string{}
	for _, sec := range sections {
		for _, t := range x.targets(sec) {
			ids[t.Ref.Kind] = append(ids[t.Ref.Kind], t.Ref.ID)
		}
	}
	out := map[why.Ref][]contribution.Contribution{}
	for _, kind := range []string{"plan", "goal", "action_item"} {
		if len(ids[kind]) == 0 {
			continue
		}
		said, err := rm.Contributions.Reactions(x.r.Ctx(), rm.Trajectories.DB(), x.seen, kind, ids[kind]...)
		if err != nil {
			return nil, err
		}
		for id, list := range said {
			out[why.Ref{Kind: kind, ID: id}] = list
		}
	}
	return out, nil
}

// margins puts what was said beside the sections of the paper.
func (rm *Room) margins(x reader, p *paper, people []trajectory.Participant, drafts map[string]writing.Body) error {
	said, err := rm.remarks(x)
	if err != nil {
		return err
	}
	mayAdd := x.seen.May(access.Create, access.Reaction, "") && x.seen.May(access.React, access.Plan, "")
	sees, _ := trajectoryweb.WhoSees(x.r, x.seen, access.Reaction, people)
	for _, s := range p.Sections {
		targets := x.targets(s.ID)
		if len(targets) == 0 {
			continue
		}
		m := &margin{ID: "beside-" + s.ID, Label: x.t("beside", "section", s.Title)}
		var open, settled []remark
		for _, t := range targets {
			for _, c := range said[t.Ref] {
				v := x.remark(c, t, len(targets) > 1, s.ID)
				if v.Remark.Settled == "" {
					open = append(open, v)
				} else {
					settled = append(settled, v)
				}
			}
		}
		all := append(open, settled...)
		m.Shown, m.More = all[:min(len(all), remarksShown)], all[min(len(all), remarksShown):]
		if mayAdd {
			m.Form = x.remarkForm(s.ID, targets, drafts, sees)
		}
		if len(all) > 0 || m.Form != nil {
			s.Margin = m
		}
	}
	return nil
}

func (x reader) remark(c contribution.Contribution, t target, many bool, sec string) remark {
	r := x.r
	author := trajectoryweb.Author(r, c.By)
	if !author.Pupil {
		author.Name = school.FirstName(author.Name)
	}
	v := ui.Remark{ID: "said-" + c.ID, Person: author, When: dayOf(r, c.MadeOn), Text: c.Body}
	if many && t.Name != "" {
		v.When = x.t("about_when", "what", t.Name, "date", v.When)
	}
	if c.Withdrawn != "" {
		v.Text = r.T.T("trajectory.withdrawn_" + string(c.Withdrawn))
	}
	for _, reply := range c.Replies {
		text := reply.Body
		if reply.Withdrawn != "" {
			text = r.T.T("trajectory.withdrawn_" + string(reply.Withdrawn))
		}
		v.Replies = append(v.Replies, ui.Reply{Name: school.FirstName(trajectoryweb.Author(r, reply.By).Name), When: dayOf(r, reply.MadeOn), Text: text})
	}
	if c.Settled.Version > 0 {
		v.Settled = r.T.T("trajectory.outcome_" + string(c.Settled.Outcome))
		if c.Settled.Note != "" {
			v.Replies = append(v.Replies, ui.Reply{Name: school.FirstName(c.Settled.By.Name), When: dayOf(r, r.T.Day(c.Settled.At)), Text: c.Settled.Note})
		}
	}
	out := remark{Remark: v}
	if c.MayReply(x.seen) && c.Withdrawn == "" {
		out.Reply = x.replyForm(c, sec)
	}
	return out
}

func (x reader) replyForm(c contribution.Contribution, sec string) *replyForm {
	r := x.r
	f := &replyForm{Action: x.base + "/remarks/" + c.ID, Href: "/trajectories/" + x.seen.ID + "/contributions/" + c.ID, Draft: "reply/" + c.ID}
	f.Body = ui.Field{Name: "body", ID: "reply-" + c.ID, Label: x.t("reply"), Quiet: true, Voice: true, Rows: 2, Max: 2000, Wide: true}
	if r.Err != nil && r.Path("remark") == c.ID {
		f.Open, f.Body.Value, f.Body.Error = true, r.Typed.Typed("body"), r.Error("body")
	}
	return f
}

func (x reader) remarkForm(sec string, targets []target, drafts map[string]writing.Body, sees string) *remarkForm {
	r := x.r
	f := &remarkForm{Section: sec, Action: x.base + "/remarks", Draft: remarkDraft(x.seen.ID, sec), Sees: sees}
	f.Body = ui.Field{Name: "body", ID: "remark-" + sec, Label: x.t("remark"), Quiet: true, Voice: true, Rows: 3, Max: 4000, Wide: true, Value: drafts[f.Draft]["body"]}
	about := ""
	if r.Err != nil && r.Typed != nil && r.Typed.Typed("section") == sec {
		f.Open, f.Body.Value, f.Body.Error, about = true, r.Typed.Typed("body"), r.Error("body"), r.Typed.Typed("about")
	}
	f.Open = f.Open || f.Body.Value != ""
	if len(targets) == 1 {
		f.Only = targets[0].Ref.Kind + "/" + targets[0].Ref.ID
		return f
	}
	f.About = &ui.Field{Name: "about", ID: "about-" + sec, Label: x.t("remark_about")}
	for _, t := range targets {
		value := t.Ref.Kind + "/" + t.Ref.ID
		f.Options = append(f.Options, ui.Option{Value: value, Text: t.Name, On: value == about})
	}
	return f
}

// remarkDraft is the key under which what is typed beside a section is kept.
func remarkDraft(id, sec string) string { return "plan/remark/" + id + "/" + sec }
