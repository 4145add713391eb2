package plan

import (
	"slices"
	"strings"

	"leerkring/block/contribution"
	"leerkring/internal/ident"
	"leerkring/web/room"
	"leerkring/why"
	"leerkring/writing"
)

// draftsOf are what a person was typing in the forms of a page.
type draftsOf = map[string]writing.Body

// Remark says something beside a section.
func (rm *Room) Remark(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	sec, body := f.Choice("section", sections...), f.Text("body", 8000)
	kind, about, _ := strings.Cut(f.Line("about", 80), "/")
	if !slices.Contains([]string{"plan", "goal", "action_item"}, kind) || !ident.Valid(about) {
		f.Refuse("about", "form.choice")
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	reaction := contribution.Reaction{About: why.Ref{Kind: kind, ID: about}, Words: contribution.Words{Body: body}, DraftKey: remarkDraft(id, sec)}
	if _, err := rm.Contributions.React(r.Ctx(), r.Who(), id, reaction); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(at(id)+"#beside-"+sec, "plan_remark")
}

// Reply answers what somebody said beside a section.
func (rm *Room) Reply(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	said, err := r.ID("remark")
	if err != nil {
		return err
	}
	f := r.Form()
	body := f.Text("body", 4000)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if _, err := rm.Contributions.Reply(r.Ctx(), r.Who(), id, said, body, "reply/"+said); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(at(id)+"#said-"+said, "plan_reply")
}
