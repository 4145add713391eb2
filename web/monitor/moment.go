package monitor

import (
	"strconv"

	"leerkring/access"
	"leerkring/block/monitor"
	"leerkring/internal/errs"
	"leerkring/trajectory"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
	"leerkring/writing"
)

type momentPage struct {
	r        *room.Request
	Seen     trajectory.Seen
	Base     string // of the moment
	Monitor  string // of the monitor
	View     monitor.View
	Question string
	Day      string
	Sentence string
	Audience ui.Audience
	Status   string // how the moment stands
	Told     []told // what the group said, for who only reads
	Counts   []counted
	Form     *tellingForm
	Plan     *planForm
	Skip     ui.Field
	Add      *indicatorForm // when nothing is followed yet
	Waiting  []waitingText
	Versions []waitingText
}

// told is one answer of a telling.
type told struct{ Label, Text string }

// counted is one total as it is read.
type counted struct{ Body, Total string }

// waitingText is a telling beside the one that stands, or before it.
type waitingText struct {
	Title  string
	Told   []told
	Counts []counted
}

// counter is one thing that the group counts in the form.
type counter struct {
	ID, Body, Kind, Unit string
	Yes, Of              ui.Field
	Steps                string // what its buttons are called by
	Stands               string // the total that is kept, when the form shows another
}

// tellingForm is the form of a moment, to be filled in while the group talks.
type tellingForm struct {
	Of       ui.FormOf
	Step     string // where the plain buttons of the counters are sent
	Counters []counter
	Helped   text
	Seen     text
	Hindered text
	Follows  ui.Set
	Next     text
	Rival    text
	Convince text
	Found    ui.Set
	On       ui.Field
	More     bool // what stands behind the fold has something in it
}

// text is a box with what stands in it now, when the form shows something else.
type text struct {
	ui.Field
	Stands string
}

// Moment shows one moment: the form to hold it with the group, or what was said.
func (rm *Room) Moment(r *room.Request) error {
	id, mid, err := rm.ids(r)
	if err != nil {
		return err
	}
	q := rm.Trajectories.DB()
	seen, err := rm.Trajectories.Reach(r.Ctx(), q, r.Who(), id)
	if err != nil {
		return err
	}
	v, err := rm.Monitor.One(r.Ctx(), q, seen, mid)
	if err != nil {
		return err
	}
	people, err := rm.Trajectories.Participants(r.Ctx(), q, seen)
	if err != nil {
		return err
	}
	p := &momentPage{r: r, Seen: seen, Monitor: base(id), Base: base(id) + "/moments/" + mid, View: v, Question: v.Question, Day: r.T.Date(v.Day())}
	p.Sentence, p.Audience = trajectoryweb.WhoSees(r, seen, access.Count, people)
	if p.Question == "" {
		pack, err := rm.Trajectories.PackOf(r.Ctx(), q, seen.Trajectory)
		if err != nil {
			return err
		}
		p.Question = r.Pack(monitor.Asks(pack))
	}
	p.said()
	if v.MayEdit {
		drafts, err := r.House.Drafts.Under(r.Ctx(), r.Who().ID, "monitor/")
		if err != nil {
			return err
		}
		p.forms(drafts)
	}
	h := trajectoryweb.Head(r, seen, r.T.T("monitor.moment_title", "day", p.Day))
	h.Crumbs = append(h.Crumbs, ui.Link{Text: r.T.T("monitor.title"), Href: p.Monitor})
	h.Heading, h.Lead = h.Title, ""
	r.Style(&h, "monitor")
	return r.Page(h, momentOf(p))
}

func (rm *Room) ids(r *room.Request) (id, mid string, err error) {
	if id, err = r.ID("id"); err == nil {
		mid, err = r.ID("moment")
	}
	return id, mid, err
}

// said fills in what is read.
func (p *momentPage) said() {
	t := p.r.T
	switch p.View.State {
	case monitor.Held:
		p.Status = t.T("monitor.status_held", "date", t.Date(p.View.HeldOn))
		if p.View.TellingAt > 1 {
			p.Status = t.T("monitor.status_corrected", "date", t.Date(p.View.HeldOn), "n", p.View.TellingAt)
		}
	case monitor.Skipped:
		p.Status = t.T("monitor.status_skipped", "word", p.View.Word)
	default:
		p.Status = t.T("monitor.status_planned", "minutes", p.View.Minutes, "how", t.T("monitor.how_"+string(p.View.How)))
	}
	if p.View.State == monitor.Held {
		p.Told, p.Counts = p.reads(p.View.Told)
	}
	for _, v := range p.View.Waiting {
		w := waitingText{Title: t.T("monitor.waiting_title", "moment", t.Moment(v.MadeAt))}
		w.Told, w.Counts = p.reads(v.Telling)
		p.Waiting = append(p.Waiting, w)
	}
	for _, v := range p.View.Versions {
		w := waitingText{Title: t.T("monitor.version_title", "number", v.Number, "moment", t.Moment(v.MadeAt))}
		w.Told, w.Counts = p.reads(v.Telling)
		p.Versions = append(p.Versions, w)
	}
}

// reads is a telling as answers to read.
func (p *momentPage) reads(t monitor.Telling) (said []told, counts []counted) {
	say := func(key, text string) {
		if text != "" {
			said = append(said, told{p.r.T.T(key), text})
		}
	}
	for _, i := range p.View.Indicators {
		if total, ok := t.Totals[i.ID]; ok {
			counts = append(counts, counted{i.Body, totalText(p.r, total, i.Unit)})
		}
	}
	say("monitor.label_helped", t.Helped)
	say("monitor.label_seen", t.Seen)
	say("monitor.label_hindered", t.Hindered)
	if t.Follows != "" {
		say("monitor.label_follows", p.r.T.T("monitor.follows_"+string(t.Follows)))
	}
	say("monitor.label_next", t.Next)
	say("monitor.label_rival", t.Rival)
	say("monitor.label_convince", t.Convince)
	if t.Found != "" {
		say("monitor.label_found", p.r.T.T("monitor.found_"+string(t.Found)))
	}
	return said, counts
}

// fieldsOf are the fields of the form as a telling fills them.
func fieldsOf(t monitor.Telling) writing.Body {
	b := writing.Body{"helped": t.Helped, "seen": t.Seen, "hindered": t.Hindered, "follows": string(t.Follows), "next": t.Next, "rival": t.Rival, "convince": t.Convince, "found": string(t.Found), "on": string(t.On)}
	for id, total := range t.Totals {
		b["yes-"+id], b["of-"+id] = strconv.Itoa(total.Yes), strconv.Itoa(total.Of)
	}
	return b
}

func (p *momentPage) forms(drafts map[string]writing.Body) {
	r, v := p.r, p.View
	f := room.Filling{R: r, Form: "hold", Draft: drafts[monitor.DraftKey("moment", v.ID)], Kept: fieldsOf(v.Told)}
	form := &tellingForm{Of: ui.FormOf{Action: p.Base, Class: "sheet sheet--lg stack g-6 tellen", Draft: monitor.DraftKey("moment", v.ID), Hidden: f.Hidden(versionPair(v.TellingAt))}, Step: p.Base + "/step"}
	for _, i := range v.Indicators {
		form.Counters = append(form.Counters, p.counter(f, i))
	}
	form.Helped = p.box(f, "helped", "monitor.label_helped", "monitor.hint_helped", 2)
	form.Seen = p.box(f, "seen", "monitor.label_seen", "monitor.hint_seen", 3)
	form.Hindered = p.box(f, "hindered", "monitor.label_hindered", "monitor.hint_hindered", 2)
	form.Next = p.box(f, "next", "monitor.label_next", "", 2)
	form.Rival = p.box(f, "rival", "monitor.label_rival", "monitor.hint_rival", 2)
	form.Convince = p.box(f, "convince", "monitor.label_convince", "monitor.hint_convince", 2)
	form.Follows = f.Set("follows", r.T.T("monitor.label_follows"), options(r, "monitor.follows_", monitor.AllFollows))
	form.Found = f.Set("found", r.T.T("monitor.label_found"), options(r, "monitor.found_", monitor.AllFound))
	form.Found.Hint = r.T.T("monitor.hint_found")
	form.On = f.Field("on", r.T.T("monitor.label_held_on"))
	form.On.Type = "date"
	form.More = f.Value("rival")+f.Value("convince")+f.Value("found") != "" || f.Error("rival")+f.Error("convince")+f.Error("found")+f.Error("on") != ""
	p.Form = form
	if v.State != monitor.Held {
		plan := newPlanForm(r, p.Base+"/plan", "replan", "", writing.Body{"on": string(v.On), "minutes": strconv.Itoa(v.Minutes), "how": string(v.How), "question": v.Question}, versionPair(v.Version))
		p.Plan = &plan
		s := room.Filling{R: r, Form: "skip", ID: "skip-"}
		p.Skip = s.Field("word", r.T.T("monitor.label_word"))
		p.Skip.Hint, p.Skip.Max = r.T.T("monitor.hint_word"), 200
	}
	if len(v.Indicators) == 0 {
		add := newIndicatorForm(r, p.Monitor+"/indicators", "follow", monitor.DraftKey("indicator", p.Seen.ID), drafts[monitor.DraftKey("indicator", p.Seen.ID)], writing.Body{"kind": string(monitor.CarriedOut)}, 0)
		add.Of.Hidden = append(add.Of.Hidden, ui.Pair{Name: "moment", Value: v.ID})
		p.Add = &add
	}
}

// box is one text of the telling. What two people wrote stands below it, until one saves.
func (p *momentPage) box(f room.Filling, name, label, hint string, rows int) text {
	x := f.Field(name, p.r.T.T(label))
	x.Voice, x.Wide, x.Rows, x.Max = true, true, rows, 1000
	if hint != "" {
		x.Hint = p.r.T.T(hint)
	}
	return text{x, f.Stands(name)}
}

// mostCounted is what fits in the big numbers.
const mostCounted = 999

func (p *momentPage) counter(f room.Filling, i monitor.Indicator) counter {
	t := p.r.T
	c := counter{ID: i.ID, Body: i.Body, Kind: t.T("monitor.kind_" + string(i.Kind)), Unit: i.Unit}
	number := func(name, label string) ui.Field {
		x := f.Field(name, label)
		x.Type, x.InputMode, x.Attrs, x.Autocomplete = "number", "numeric", numbers(mostCounted), "off"
		x.ID = "f-" + name
		return x
	}
	c.Yes = number("yes-"+i.ID, t.T("monitor.label_yes"))
	c.Of = number("of-"+i.ID, t.T("monitor.label_of"))
	if yes, of := f.Stands("yes-"+i.ID), f.Stands("of-"+i.ID); yes+of != "" {
		if total, ok := p.View.Told.Totals[i.ID]; ok {
			c.Stands = totalText(p.r, total, i.Unit)
		}
	}
	return c
}

// waiting are the texts beside the one that stands; a form that came back shows them itself.
func (p *momentPage) waiting() []waitingText {
	if p.r.Err != nil {
		return nil
	}
	return p.Waiting
}

// two tells that somebody else filled it in too, on the form with both.
func (rm *Room) two(r *room.Request) error {
	r.Err = errs.Conflict("monitor.two_wrote")
	return rm.Moment(r)
}
