package agreement

import (
	"github.com/a-h/templ"

	"leerkring/access"
	"leerkring/block/agreement"
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
	TakeOver templ.Component
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
	if rm.TakeOver != nil {
		if p.TakeOver, err = rm.TakeOver(r, p.Seen); err != nil {
			return err
		}
	}
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

// brings reports whether this person may bring a board from elsewhere.
func (p *showPage) brings() bool {
	return p.View.MayEdit && !p.Seen.State.Ended() && p.Seen.May(access.Create, access.Task, "")
}

// onPaper offers the page to take along.
func (p *showPage) onPaper() templ.Component {
	if !p.Seen.May(access.Export, access.AgreementPage, "") {
		return p.r.OnPaper("", p.r.T.T("agreement.on_paper"))
	}
	return p.r.OnPaper(p.Base+"/paper", p.r.T.T("agreement.on_paper"))
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
	f := room.Filling{R: p.r, Form: "kept", ID: "kept-"}
	p.KeptForm = f.Hidden()
	for _, a := range p.View.Standing() {
		row := keptRow{Body: a.Body, Set: f.Set("kept-"+a.ID, a.Body, options(p.r, "agreement.kept_", agreement.AllKept))}
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
	f := room.Filling{R: p.r, Form: "check", ID: "check-", Draft: drafts[key]}
	c := checkForm{Of: ui.FormOf{Action: p.Base + "/check", Class: "stack g-4", Label: t.T("agreement.check_title"), Draft: key, Hidden: f.Hidden()}, Open: f.Open()}
	hands := func(name string) ui.Field {
		x := f.Field(name, t.T("agreement.hands_"+name))
		x.Type, x.InputMode, x.Attrs = "number", "numeric", map[string]any{"min": "0", "max": "999"}
		return x
	}
	c.Yes, c.Almost, c.No = hands("yes"), hands("almost"), hands("no")
	c.Wanted = f.Set("wanted", t.T("agreement.label_wanted"), options(p.r, "agreement.wanted_", agreement.AllWanted))
	c.Note = f.Field("note", t.T("agreement.label_note"))
	c.Note.Voice, c.Note.Rows, c.Note.Max = true, 2, 600
	f.Kept = writing.Body{"next_on": string(agreement.HalfYear(p.Seen.Today()))}
	c.NextOn = f.Field("next_on", t.T("agreement.label_next_on"))
	c.NextOn.Type, c.NextOn.Hint = "date", t.T("agreement.hint_next_on")
	p.Check.Form = &c
}
