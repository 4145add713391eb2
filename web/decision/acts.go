package decision

import (
	"context"

	"leerkring/access"
	"leerkring/block/decision"
	"leerkring/internal/errs"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
	"leerkring/writing"
)

// React gives or changes one's own reaction. Written on two devices at once, both texts
// are shown.
func (rm *Room) React(r *room.Request) error {
	id, did, err := ids(r)
	if err != nil {
		return err
	}
	f := r.Form()
	say := decision.Say{Choice: decision.Choice(f.Line("choice", 20)), Text: f.Text("text", 4000)}
	base, from := f.Int("version", 0, 1<<30), f.Choice("from", "", "plan")
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	clash, err := rm.Decisions.React(r.Ctx(), r.Who(), id, did, base, say)
	if err != nil {
		return r.Refused(err, rm.Show)
	}
	if clash != nil {
		return rm.merge(r, clash, at(id)+"/"+did+"/reaction", ui.Pair{Name: "choice", Value: string(say.Choice)}, ui.Pair{Name: "from", Value: from})
	}
	to := at(id) + "/" + did
	if from == "plan" {
		to = "/trajectories/" + id + "/plan#standing"
	}
	return r.Said(to, "decision_"+string(say.Choice))
}

// Solved says that the own objection is solved.
func (rm *Room) Solved(r *room.Request) error {
	return rm.judge(r, rm.Decisions.Solved, "decision_solved")
}

// Unsolved says that the answer does not solve the own objection yet.
func (rm *Room) Unsolved(r *room.Request) error {
	return rm.judge(r, rm.Decisions.Unsolved, "decision_unsolved")
}

// judge is what who objected says of the answer, on the page where it was read.
func (rm *Room) judge(r *room.Request, say func(ctx context.Context, who access.Who, trajectoryID, id string) error, said string) error {
	id, did, err := ids(r)
	if err != nil {
		return err
	}
	f := r.Form()
	from := f.Choice("from", "", "plan")
	if err := f.Err(); err != nil {
		return err
	}
	if err := say(r.Ctx(), r.Who(), id, did); err != nil {
		return r.Refused(err, rm.Show)
	}
	if from == "plan" {
		return r.Said("/trajectories/"+id+"/plan#standing", said)
	}
	return r.Said(at(id)+"/"+did, said)
}

// Answer says what was done with a wish or an objection.
func (rm *Room) Answer(r *room.Request) error {
	id, did, reaction, err := reactionIDs(r)
	if err != nil {
		return err
	}
	f := r.Form()
	reply := decision.Reply{ReactionID: reaction, To: f.Int("to", 0, 1<<30), Base: f.Int("version", 0, 1<<30), Text: f.Text("text", 4000)}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	clash, err := rm.Decisions.Answer(r.Ctx(), r.Who(), id, did, reply)
	if err != nil {
		return r.Refused(err, rm.Show)
	}
	if clash != nil {
		return rm.merge(r, clash, at(id)+"/"+did+"/reactions/"+reaction+"/answer", ui.Pair{Name: "to", Value: f.Typed("to")})
	}
	return r.Said(at(id)+"/"+did+"#reaction-"+reaction, "decision_answered")
}

// TakeUp says who takes up an objection, and by when.
func (rm *Room) TakeUp(r *room.Request) error {
	id, did, reaction, err := reactionIDs(r)
	if err != nil {
		return err
	}
	f := r.Form()
	owner, due := f.ID("owner"), f.Date("due_on")
	if owner == "" {
		f.Refuse("owner", "decision.choose_owner")
	}
	if due == "" {
		f.Refuse("due_on", "decision.choose_day")
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if err := rm.Decisions.TakeUp(r.Ctx(), r.Who(), id, did, reaction, owner, due); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(at(id)+"/"+did+"#reaction-"+reaction, "decision_taken_up")
}

// Close ends a decision.
func (rm *Room) Close(r *room.Request) error {
	id, did, err := ids(r)
	if err != nil {
		return err
	}
	f := r.Form()
	c := decision.Closing{Outcome: decision.Outcome(f.Line("outcome", 30)), Reason: f.Text("reason", 1200), SubjectTo: f.Text("subject_to", 1200), SubjectWho: f.Line("subject_who", 240), Knowingly: f.Bool("knowingly")}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if err := rm.Decisions.Close(r.Ctx(), r.Who(), id, did, c); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said(at(id)+"/"+did, "decision_closed")
}

func reactionIDs(r *room.Request) (id, did, reaction string, err error) {
	if id, did, err = ids(r); err == nil {
		reaction, err = r.ID("reaction")
	}
	return id, did, reaction, err
}

// merge shows two texts of one reaction or answer, to make one of. Both are kept.
func (rm *Room) merge(r *room.Request, clash *writing.Clash, action string, also ...ui.Pair) error {
	r.Err = errs.Conflict("form.changed_meanwhile")
	m := trajectoryweb.Merge(r, clash, "text", action)
	m.Merged.Value = clash.Yours["text"]
	m.Form.Hidden = append(m.Form.Hidden, also...)
	h := r.Head(r.T.T("decision.merge_title"), "trajectories")
	r.Style(&h, "plan")
	return r.Page(h, mergeOf(r, *m))
}
