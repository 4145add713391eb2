package agreement

import (
	"strconv"

	"leerkring/access"
	"leerkring/block/agreement"
	"leerkring/internal/clock"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
	"leerkring/writing"
)

type showPage struct {
	r        *room.Request
	Seen     trajectory.Seen
	View     agreement.View
	Base     string
	Tabs     []ui.Tab
	Paper    paper
	Sentence string
	Audience ui.Audience
	Empty    bool

	Proposed []proposed
	Also     []agreement.Agreement
	Kept     []keptRow
	KeptForm []ui.Pair
	Check    checkBox
	New      newcomers
	Remarks  []remarkRow
	Remark   ui.Field
	RemarkOf ui.FormOf
	Tasks    []taskRow
	TaskWhy  string
	Versions []versionRow
	Fix      ui.Field
	CanFix   bool
	Looked   lookedBox
}

// proposed is a line that the group has still to settle.
type proposed struct {
	ID, Body, Quality, Kind string
	Mine                    bool
}

// keptRow asks how it went with one agreement.
type keptRow struct {
	Body, Last string
	Set        ui.Set
}

type checkBox struct {
	Last   *agreement.Held
	When   string
	Wanted string
	Form   *checkForm
}

type checkForm struct {
	Of              ui.FormOf
	Open            bool
	Yes, Almost, No ui.Field
	Wanted          ui.Set
	Note            ui.Field
	NextOn          ui.Field
}

// newcomers is what somebody new gets: something to read, a colleague, and their own name
// below it.
type newcomers struct {
	Reading  []agreement.Reading
	Buddy    *ui.Person
	MaySign  bool
	Signed   bool
	Sees     string // who sees that somebody signed
	SignedBy []ui.Person
	Keeps    bool
}

type remarkRow struct {
	ID      string
	Saying  ui.Saying
	Answer  string
	Mine    bool
	Form    *ui.FormOf
	Field   ui.Field
	Answers bool // the form is open
}

type taskRow struct {
	ID, Text, Last, Due string
	Now                 bool
}

type versionRow struct{ Day, Title, Reason, Href string }

// lookedBox is how the group looked back.
type lookedBox struct {
	Has                   bool
	Well, Otherwise, Rest string
	Problem, Outcome      string
	Href, Next, NextText  string
	MayEdit               bool
}

func base(id string) string { return "/trajectories/" + id + "/agreement" }

// Show is the page itself, with what keeps it alive beside it.
func (rm *Room) Show(r *room.Request) error {
	p, err := rm.open(r, "agreement")
	if err != nil {
		return err
	}
	pack, err := rm.Trajectories.PackOf(r.Ctx(), rm.Trajectories.DB(), p.Seen.Trajectory)
	if err != nil {
		return err
	}
	drafts, err := r.House.Drafts.Under(r.Ctx(), r.Who().ID, "agreement/")
	if err != nil {
		return err
	}
	p.Empty = !p.View.Ready.Any() && len(p.View.Proposed) == 0
	p.paper()
	p.lines()
	p.check(drafts)
	p.newcomers()
	p.remarks(drafts)
	p.tasks(pack)
	p.versions()
	p.looked(pack)
	h := trajectoryweb.Head(r, p.Seen, r.T.T("agreement.title"))
	h.Heading = ""
	r.Style(&h, "agreement")
	return r.Page(h, show(p))
}

// open reads the page of a trajectory for whoever may read it.
func (rm *Room) open(r *room.Request, tab string) (*showPage, error) {
	id, err := r.ID("id")
	if err != nil {
		return nil, err
	}
	q := rm.Trajectories.DB()
	seen, err := rm.Trajectories.Reach(r.Ctx(), q, r.Who(), id)
	if err != nil {
		return nil, err
	}
	v, err := rm.Agreements.Show(r.Ctx(), q, seen)
	if err != nil {
		return nil, err
	}
	people, err := rm.Trajectories.Participants(r.Ctx(), q, seen)
	if err != nil {
		return nil, err
	}
	p := &showPage{r: r, Seen: seen, View: v, Base: base(id), Tabs: trajectoryweb.Tabs(r, seen, tab)}
	p.Sentence, p.Audience = trajectoryweb.WhoSees(r, seen, access.AgreementPage, people)
	return p, nil
}

func (p *showPage) paper() {
	t := p.r.T
	p.Paper = paperOf(p.r, p.Seen.School, p.View.Now(), p.View.People)
	if p.Paper.Title == "" {
		p.Paper.Title = p.Seen.Title
	}
	switch n := p.View.Number(); {
	case n == 0:
		p.Paper.Version = t.T("agreement.version_none")
	case p.View.Changed:
		p.Paper.Version = t.T("agreement.version_changed", "number", n, "date", t.DateLong(p.View.Versions[0].On))
	default:
		p.Paper.Version = t.T("agreement.version", "number", n, "date", t.DateLong(p.View.Versions[0].On))
		p.Paper.Secured = p.View.Ready.All()
	}
}

// lines are what is proposed, what stands beside the page, and how it went.
func (p *showPage) lines() {
	t := p.r.T
	for _, a := range p.View.Proposed {
		p.Proposed = append(p.Proposed, proposed{ID: a.ID, Body: a.Body, Quality: a.Quality, Kind: t.T("agreement." + string(a.Kind)), Mine: a.MadeBy == p.r.Who().ID})
	}
	p.Also = p.View.Also
	if !p.View.MayEdit {
		return
	}
	f := filling{r: p.r, form: "kept", id: "kept-"}
	p.KeptForm = f.hidden()
	for _, a := range p.View.Standing() {
		row := keptRow{Body: a.Body, Set: f.set("kept-"+a.ID, a.Body, options(p.r, "agreement.kept_", agreement.AllKept))}
		row.Set.Wide = false
		if a.Kept != "" {
			row.Last = t.T("agreement.kept_last", "word", t.T("agreement.kept_"+string(a.Kept)), "date", t.Date(a.KeptOn))
		}
		p.Kept = append(p.Kept, row)
	}
}

// options are the values of a closed list with their words.
func options[T ~string](r *room.Request, words string, values []T) []ui.Option {
	out := make([]ui.Option, len(values))
	for i, v := range values {
		out[i] = ui.Option{Value: string(v), Text: r.T.T(words + string(v))}
	}
	return out
}

func (p *showPage) check(drafts map[string]writing.Body) {
	t := p.r.T
	if len(p.View.Checks) > 0 {
		last := p.View.Checks[0]
		p.Check.Last, p.Check.When, p.Check.Wanted = &last, t.T("agreement.check_when", "date", t.Date(last.On), "n", last.Hands()), t.T("agreement.wanted_"+string(last.Wanted))
	}
	if !p.View.MayEdit || !p.View.Begun() {
		return
	}
	key := agreement.DraftKey("check", p.Seen.ID)
	f := filling{r: p.r, form: "check", id: "check-", draft: drafts[key]}
	c := checkForm{Of: ui.FormOf{Action: p.Base + "/check", Class: "stack g-4", Label: t.T("agreement.check_title"), Draft: key, Hidden: f.hidden()}, Open: f.open()}
	hands := func(name string) ui.Field {
		x := f.field(name, t.T("agreement.hands_"+name))
		x.Type, x.InputMode, x.Attrs = "number", "numeric", map[string]any{"min": "0", "max": "999"}
		return x
	}
	c.Yes, c.Almost, c.No = hands("yes"), hands("almost"), hands("no")
	c.Wanted = f.set("wanted", t.T("agreement.label_wanted"), options(p.r, "agreement.wanted_", agreement.AllWanted))
	c.Note = f.field("note", t.T("agreement.label_note"))
	c.Note.Voice, c.Note.Rows, c.Note.Max = true, 2, 600
	f.kept = writing.Body{"next_on": string(agreement.HalfYear(p.Seen.Today()))}
	c.NextOn = f.field("next_on", t.T("agreement.label_next_on"))
	c.NextOn.Type, c.NextOn.Hint = "date", t.T("agreement.hint_next_on")
	p.Check.Form = &c
}

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
	f := filling{r: r, form: "remark", id: "remark-", draft: drafts[key]}
	p.Remark = f.field("remark", t.T("agreement.label_remark"))
	p.Remark.Voice, p.Remark.Rows, p.Remark.Max, p.Remark.Hint = true, 2, 400, t.T("agreement.hint_remark")
	p.RemarkOf = ui.FormOf{Action: p.Base + "/remarks", Class: "stack g-3", Label: t.T("agreement.label_remark"), Draft: key, Hidden: f.hidden()}
	for _, m := range p.View.Remarks {
		who := p.View.People[m.PersonID]
		row := remarkRow{ID: m.ID, Answer: m.Answer, Mine: m.PersonID == r.Who().ID,
			Saying: ui.Saying{Person: room.Person(who), Text: m.Body, By: t.T("agreement.remark_by", "name", who.Name, "date", t.Date(t.Day(m.MadeAt))), Small: true, Size: ui.Small}}
		if p.View.MayLead {
			akey := agreement.DraftKey("answer", m.ID)
			a := filling{r: r, form: "answer-" + m.ID, id: "answer-" + m.ID + "-", draft: drafts[akey], kept: writing.Body{"answer": m.Answer}}
			row.Field = a.field("answer", t.T("agreement.label_answer"))
			row.Field.Max = 400
			if stands := a.stands("answer"); stands != "" {
				row.Field.Hint = t.T("agreement.stands_now", "text", stands)
			}
			row.Form = &ui.FormOf{Action: p.Base + "/remarks/" + m.ID + "/answer", Class: "stack g-2", Label: t.T("agreement.label_answer"), Draft: akey, Hidden: a.hidden(versionPair(m.AnswerVersion))}
			row.Answers = a.open()
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
	f := filling{r: p.r, form: "fix", id: "fix-"}
	p.Fix = f.field("reason", t.T("agreement.label_version_reason"))
	p.Fix.Max, p.Fix.Voice = 160, true
	p.CanFix = p.View.MayLead && p.View.Ready.Title && p.View.Ready.Core && (p.View.Number() == 0 || p.View.Changed)
}

// looked is how the group looked back, and the way on that belongs to what it said.
func (p *showPage) looked(pack *method.Pack) {
	e, t := p.View.Looked, p.r.T
	box := lookedBox{Has: e.Version > 0, Href: p.Base + "/evaluation", MayEdit: p.View.MayEdit, Well: e.Well, Otherwise: e.Otherwise, Rest: e.Rest}
	if box.Has {
		box.Problem, box.Outcome = t.T("agreement.problem_"+string(e.Problem)), t.T("agreement.outcome_"+string(e.Outcome))
		walk := "/trajectories/" + p.Seen.ID
		switch e.Outcome {
		case agreement.GoBack:
			stage, _ := pack.Stage(e.BackTo)
			if stage != nil {
				box.Outcome = t.T("agreement.outcome_back_to", "stage", p.r.Pack(stage.Name))
			}
			box.Next, box.NextText = walk+"/move?to="+e.BackTo, t.T("agreement.do_back")
		case agreement.NewCycle:
			box.Next, box.NextText = walk+"/settings#next", t.T("agreement.do_cycle")
		default:
			box.Next, box.NextText = walk+"/settings#rest", t.T("agreement.do_keep")
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
