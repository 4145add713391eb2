package trajectory

import (
	"net/url"

	"leerkring/access"
	"leerkring/block/contribution"
	"leerkring/internal/errs"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// Answer adds a contribution to a question.
func (rm *Room) Answer(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	a := contribution.Answer{ElementID: f.Line("element", 60), Words: contribution.Words{
		Kind: contribution.Kind(f.Line("kind", 20)), Chip: f.Line("chip", 60), Body: f.Text("body", 8000), Source: f.Line("source", 400), Link: f.Line("link", 1000), OtherSound: f.Bool("other")}}
	a.DraftKey = "answer/" + id + "/" + a.ElementID
	again := func(r *room.Request) error { return rm.allOf(r, a.ElementID) }
	if err := f.Err(); err != nil {
		return r.Refused(err, again)
	}
	seen, err := rm.Trajectories.Reach(r.Ctx(), rm.Trajectories.DB(), r.Who(), id)
	if err == nil {
		err = mayWrite(seen)
	}
	if err != nil {
		return err
	}
	a.Pictures, err = rm.photo(r, f, seen.SchoolID)
	_, wrong := a.Tidy()
	if err := errs.Join(wrong, err, f.Err()); err != nil {
		return rm.refusedWith(r, err, again)
	}
	if _, err := rm.Contributions.Add(r.Ctx(), r.Who(), id, a); err != nil {
		return rm.refusedWith(r, err, again)
	}
	return r.Said("/trajectories/"+id+"?q="+url.QueryEscape(a.ElementID)+"#q-"+a.ElementID, "answer_added") // opened there, behind «more questions» as well
}

// OpenRound asks everybody concerned one question, by name or blind first.
func (rm *Room) OpenRound(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	n := contribution.NewRound{ElementID: f.Line("element", 60), Form: contribution.Form(f.Choice("form", "named", "blind")), Audience: contribution.Audience(f.Choice("audience", "plg", "school", "teams")), ClosesOn: f.Date("closes_on")}
	again := func(r *room.Request) error { return rm.allOf(r, n.ElementID) }
	if err := f.Err(); err != nil {
		return r.Refused(err, again)
	}
	if n.Audience == contribution.Teams {
		seen, err := rm.Trajectories.Reach(r.Ctx(), rm.Trajectories.DB(), r.Who(), id)
		if err != nil {
			return err
		}
		n.TeamIDs = seen.TeamIDs
	}
	if _, err := rm.Contributions.Open(r.Ctx(), r.Who(), id, n); err != nil {
		return r.Refused(err, again)
	}
	return r.Said("/trajectories/"+id+"/questions/"+n.ElementID, "round_opened") // where the round stands, with who was heard
}

// CloseRound ends a round at once.
func (rm *Room) CloseRound(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	roundID, err := r.ID("round")
	if err != nil {
		return err
	}
	if err := rm.Contributions.Close(r.Ctx(), r.Who(), id, roundID); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said("/trajectories/"+id, "round_closed")
}

// All shows everything that was said to one question in one visit, and takes an answer.
func (rm *Room) All(r *room.Request) error { return rm.allOf(r, r.Path("element")) }

func (rm *Room) allOf(r *room.Request, element string) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	q := rm.Trajectories.DB()
	seen, err := rm.Trajectories.Reach(r.Ctx(), q, r.Who(), id)
	if err != nil {
		return err
	}
	pack, err := rm.Trajectories.PackOf(r.Ctx(), q, seen.Trajectory)
	if err != nil {
		return err
	}
	stage, asked, ok := pack.Question(element)
	if !ok {
		return errs.Absent()
	}
	visits, err := rm.Trajectories.Visits(r.Ctx(), q, seen)
	if err != nil {
		return err
	}
	people, err := rm.Trajectories.Participants(r.Ctx(), q, seen)
	if err != nil {
		return err
	}
	p := &showPage{r: r, Seen: seen, Pack: pack, Stage: stage}
	p.visitShown(visits, r.R.URL.Query().Get("visit"))
	p.rights()
	if err := rm.fairDays(p, people); err != nil {
		return err
	}
	page, err := rm.Contributions.Stage(r.Ctx(), q, seen, p.Visit.ID)
	if err != nil {
		return err
	}
	list, err := rm.Contributions.All(r.Ctx(), q, seen, p.Visit.ID, asked.ID)
	if err != nil {
		return err
	}
	drafts, err := r.House.Drafts.Under(r.Ctx(), r.Who().ID, "answer/"+seen.ID+"/"+asked.ID)
	if err != nil {
		return err
	}
	sees, _ := WhoSees(r, seen, access.Contribution, people)
	shownQuestion := p.question(*asked, page.Questions[asked.ID], drafts, sees)
	var shown []said
	for _, c := range list {
		shown = append(shown, Said(r, seen, c, chipText(r, *asked, c.Chip)))
	}
	return r.Page(head(r, seen, shownQuestion.Text), all(p, shownQuestion, shown))
}

type onePage struct {
	r          *room.Request
	Seen       trajectory.Seen
	C          contribution.Contribution
	Said       said
	Question   string
	CanEdit    bool
	CanReply   bool
	CanRemove  bool
	CanSettle  bool
	CanPicture bool
	Body       ui.Field
	Reply      ui.Field
	Outcomes   []ui.Option
	Note       ui.Field
	Photo      photoForm
	Clash      *ui.MergeOf
}

// One shows one contribution with its replies: to reply, to change one's own words, and
// to say what was done with it.
func (rm *Room) One(r *room.Request) error { return rm.one(r, nil) }

// waits offers again what somebody wrote on an older version and left unmerged.
func (rm *Room) waits(r *room.Request, seen trajectory.Seen, c contribution.Contribution) (*ui.MergeOf, error) {
	clash, err := rm.Contributions.Unmerged(r.Ctx(), rm.Trajectories.DB(), seen, c)
	if err != nil || clash == nil {
		return nil, err
	}
	return Merge(r, clash, "body", "/trajectories/"+seen.ID+"/contributions/"+c.ID+"/edit"), nil
}

func (rm *Room) one(r *room.Request, clash *ui.MergeOf) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	cid, err := r.ID("contribution")
	if err != nil {
		return err
	}
	q := rm.Trajectories.DB()
	seen, err := rm.Trajectories.Reach(r.Ctx(), q, r.Who(), id)
	if err != nil {
		return err
	}
	c, err := rm.Contributions.One(r.Ctx(), q, seen, cid)
	if err != nil {
		return err
	}
	if clash == nil && r.Err == nil {
		if clash, err = rm.waits(r, seen, c); err != nil {
			return err
		}
	}
	p := onePage{r: r, Seen: seen, C: c, CanEdit: c.MayEdit(seen), CanReply: c.MayReply(seen), CanRemove: c.MayWithdraw(seen), CanSettle: c.MaySettle(seen) && seen.May(access.Settle, access.Contribution, c.By.ID), CanPicture: c.MayPicture(seen), Clash: clash}
	chip := ""
	if pack, err := rm.Trajectories.PackOf(r.Ctx(), q, seen.Trajectory); err != nil {
		return err
	} else if _, asked, ok := pack.Question(c.ElementID); ok {
		p.Question, chip = r.Pack(asked.Text), chipText(r, *asked, c.Chip)
	}
	p.Said = Said(r, seen, c, chip)
	p.Body = r.Field("body", "trajectory.your_answer", c.Body)
	p.Body.Voice, p.Body.Rows, p.Body.Max = true, 4, 4000
	p.Reply = r.Field("reply", "trajectory.reply", "")
	p.Reply.Voice, p.Reply.Rows, p.Reply.Max = true, 3, 2000
	p.Note = r.Field("note", "trajectory.settle_note", c.Settled.Note)
	p.Note.Voice, p.Note.Rows, p.Note.Max = true, 2, 1000
	p.Photo = photoFields(r, func(name string) string { return "f-" + name }, func(name string) string { return r.Was(name, "") }, r.Error)
	for _, o := range []contribution.Outcome{contribution.Taken, contribution.Partly, contribution.Kept} {
		p.Outcomes = append(p.Outcomes, ui.Option{Value: string(o), Text: r.T.T("trajectory.outcome_" + string(o)), On: r.Was("outcome", string(c.Settled.Outcome)) == string(o)})
	}
	title := p.Question
	if title == "" {
		title = r.T.T("trajectory.one_title")
	}
	return r.Page(head(r, seen, title), one(p))
}

// Reply answers a contribution.
func (rm *Room) Reply(r *room.Request) error {
	id, cid, err := rm.ids(r)
	if err != nil {
		return err
	}
	f := r.Form()
	text := f.Text("reply", 4000)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.One)
	}
	if _, err := rm.Contributions.Reply(r.Ctx(), r.Who(), id, cid, text, "reply/"+cid); err != nil {
		return r.Refused(err, rm.One)
	}
	return r.Said("/trajectories/"+id+"/contributions/"+cid, "answer_added")
}

// Edit changes one's own words. When they moved on in between, both are shown.
func (rm *Room) EditAnswer(r *room.Request) error {
	id, cid, err := rm.ids(r)
	if err != nil {
		return err
	}
	f := r.Form()
	base, body, other := f.Int("version", 0, 1<<30), f.Text("body", 8000), f.Bool("other")
	words := contribution.Words{Kind: contribution.Kind(f.Line("kind", 20)), Chip: f.Line("chip", 60), Body: body, Source: f.Line("source", 400), Link: f.Line("link", 1000), OtherSound: other}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.One)
	}
	clash, err := rm.Contributions.Edit(r.Ctx(), r.Who(), id, cid, base, words)
	if err != nil {
		return r.Refused(err, rm.One)
	}
	if clash != nil {
		r.Err = errs.Conflict("form.changed_meanwhile")
		return rm.one(r, Merge(r, clash, "body", "/trajectories/"+id+"/contributions/"+cid+"/edit"))
	}
	return r.Said("/trajectories/"+id+"/contributions/"+cid, "answer_changed")
}

// Withdraw takes words away.
func (rm *Room) Withdraw(r *room.Request) error {
	id, cid, err := rm.ids(r)
	if err != nil {
		return err
	}
	if err := rm.Contributions.Withdraw(r.Ctx(), r.Who(), id, cid); err != nil {
		return r.Refused(err, rm.One)
	}
	return r.Said("/trajectories/"+id, "answer_withdrawn")
}

// Settle says what was done with words.
func (rm *Room) Settle(r *room.Request) error {
	id, cid, err := rm.ids(r)
	if err != nil {
		return err
	}
	f := r.Form()
	base, outcome, note := f.Int("version", 0, 1<<30), contribution.Outcome(f.Line("outcome", 20)), f.Text("note", 2000)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.One)
	}
	clash, err := rm.Contributions.Settle(r.Ctx(), r.Who(), id, cid, base, outcome, note)
	if err != nil {
		return r.Refused(err, rm.One)
	}
	if clash != nil {
		r.Err = errs.Conflict("form.changed_meanwhile")
		return rm.one(r, Merge(r, clash, "note", "/trajectories/"+id+"/contributions/"+cid+"/settle"))
	}
	return r.Said("/trajectories/"+id+"/contributions/"+cid, "answer_settled")
}

func (rm *Room) ids(r *room.Request) (id, cid string, err error) {
	if id, err = r.ID("id"); err == nil {
		cid, err = r.ID("contribution")
	}
	return id, cid, err
}
