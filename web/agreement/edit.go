package agreement

import (
	"strconv"

	"leerkring/block/agreement"
	"leerkring/internal/errs"
	"leerkring/trajectory"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
	"leerkring/writing"
)

type editPage struct {
	*showPage
	Words   wordsForm
	Care    careForm
	Add     lineForm
	Lines   []lineRow
	Waiting []waitingText
}

// wordsForm is what stands above the lines.
type wordsForm struct {
	Of       ui.FormOf
	Title    ui.Field
	Sentence ui.Field
	Steps    []ui.Field
}

// careForm is who keeps it alive, when it comes back, and what newcomers get.
type careForm struct {
	Of        ui.FormOf
	Open      bool
	Caretaker ui.Field
	StandIn   ui.Field
	Buddy     ui.Field
	People    map[string][]ui.Option
	Hours     ui.Field
	Doing     ui.Field
	ReviewOn  ui.Field
	Meeting   ui.Field
	Often     ui.Field
	Reading   []readingFields
}

type readingFields struct{ Text, Link ui.Field }

// lineForm is one agreement to write or to change.
type lineForm struct {
	Of      ui.FormOf
	Open    bool
	Kind    ui.Set
	Body    ui.Field
	Quality ui.Field
	Reason  ui.Field
	Asks    bool // one that stands asks for the reason
}

type lineRow struct {
	ID, Body, Kind, State string
	Form                  lineForm
	OnPage                bool
	Standing              bool
	Retire                ui.Field
	MayRetire             bool
}

// waitingText is what a person wrote beside what stands.
type waitingText struct{ Which, Title, Text string }

// Edit is the page with all its forms.
func (rm *Room) Edit(r *room.Request) error {
	sp, err := rm.open(r, "agreement")
	if err != nil {
		return err
	}
	if !sp.View.MayEdit {
		return errs.Absent()
	}
	drafts, err := r.House.Drafts.Under(r.Ctx(), r.Who().ID, "agreement/")
	if err != nil {
		return err
	}
	people, err := rm.people(r, sp.Seen)
	if err != nil {
		return err
	}
	p := &editPage{showPage: sp}
	kept := sp.View.Words
	if !sp.View.Begun() || sp.View.WordsVersion == 0 {
		if kept, err = rm.suggested(r, sp.Seen); err != nil {
			return err
		}
	}
	p.Words = p.words(drafts, kept)
	p.Care = p.care(drafts, people)
	p.Add = p.line(drafts, agreement.DraftKey("line", sp.Seen.ID), "add", p.Base+"/lines", agreement.Agreement{Kind: agreement.Core, OnPage: true})
	for _, a := range append(sp.View.Standing(), sp.View.Proposed...) {
		p.Lines = append(p.Lines, p.row(drafts, a))
	}
	p.waiting()
	h := trajectoryweb.Head(r, sp.Seen, r.T.T("agreement.edit_title"))
	h.Crumbs = append(h.Crumbs, ui.Link{Text: r.T.T("agreement.title"), Href: sp.Base})
	h.Heading, h.Lead = h.Title, r.T.T("agreement.edit_lead")
	r.Style(&h, "agreement")
	return r.Page(h, edit(p))
}

// suggested are the words of a page that nobody wrote yet: the trajectory's own name and
// question, and the first goal of the plan.
func (rm *Room) suggested(r *room.Request, seen trajectory.Seen) (agreement.Words, error) {
	w := agreement.Words{Title: cut(seen.Title, 60), Sentence: cut(seen.Question, 120)}
	if rm.Goals == nil {
		return w, nil
	}
	goals, err := rm.Goals(r.Ctx(), rm.Trajectories.DB(), seen)
	if len(goals) > 0 {
		w.Sentence = cut(goals[0], 120)
	}
	return w, err
}

func cut(s string, n int) string {
	letters := []rune(s)
	return string(letters[:min(len(letters), n)])
}

// people are those who can keep the page alive: who takes part, and when all staff may
// read along, everybody at the school.
func (rm *Room) people(r *room.Request, seen trajectory.Seen) ([]ui.Option, error) {
	in, err := rm.Trajectories.Participants(r.Ctx(), rm.Trajectories.DB(), seen)
	if err != nil {
		return nil, err
	}
	var out []ui.Option
	there := map[string]bool{}
	for _, x := range in {
		if x.Role == trajectory.Lead || x.Role == trajectory.Member {
			out = append(out, ui.Option{Value: x.PersonID, Text: x.Name, Group: r.T.T("agreement.from_group")})
			there[x.PersonID] = true
		}
	}
	if !seen.Open || r.School().ID != seen.SchoolID {
		return out, nil
	}
	staff, _, err := rm.Schools.People(r.Ctx(), r.Who(), seen.SchoolID)
	for _, s := range staff {
		if !there[s.ID] {
			out = append(out, ui.Option{Value: s.ID, Text: s.Name, Group: r.T.T("agreement.from_school")})
		}
	}
	return out, err
}

func (p *editPage) words(drafts map[string]writing.Body, kept agreement.Words) wordsForm {
	t := p.r.T
	key := agreement.DraftKey("words", p.Seen.ID)
	body := writing.Body{"title": kept.Title, "sentence": kept.Sentence}
	for i, s := range kept.Steps {
		body["step-"+strconv.Itoa(i+1)] = s
	}
	f := room.Filling{R: p.r, Form: "words", ID: "words-", Draft: drafts[key], Kept: body}
	w := wordsForm{Of: ui.FormOf{Action: p.Base + "/words", Class: "sheet sheet--lg stack g-5", Draft: key, Hidden: f.Hidden(versionPair(p.View.WordsVersion))}}
	w.Title = p.withStands(f, "title", f.Field("title", t.T("agreement.label_title")))
	w.Title.Max = 60
	w.Sentence = p.withStands(f, "sentence", f.Field("sentence", t.T("agreement.label_sentence")))
	w.Sentence.Voice, w.Sentence.Rows, w.Sentence.Max = true, 2, 120
	if w.Sentence.Hint == "" {
		w.Sentence.Hint = t.T("agreement.hint_sentence")
	}
	for i := range agreement.MostSteps {
		name := "step-" + strconv.Itoa(i+1)
		x := p.withStands(f, name, f.Field(name, t.T("agreement.label_step", "number", i+1)))
		x.Max, x.Placeholder = 40, t.T("agreement.example_step_"+strconv.Itoa(i+1))
		w.Steps = append(w.Steps, x)
	}
	return w
}

// withStands says below the label what stands now, when the field shows something else.
func (p *editPage) withStands(f room.Filling, name string, x ui.Field) ui.Field {
	if stands := f.Stands(name); stands != "" {
		x.Hint = p.r.T.T("agreement.stands_now", "text", stands)
	}
	return x
}

func (p *editPage) care(drafts map[string]writing.Body, people []ui.Option) careForm {
	t, c := p.r.T, p.View.Care
	key := agreement.DraftKey("care", p.Seen.ID)
	review := c.ReviewOn
	if p.View.CareVersion == 0 && review == "" {
		review = agreement.HalfYear(p.Seen.Today())
	}
	body := writing.Body{"caretaker": c.CaretakerID, "stand_in": c.StandInID, "buddy": c.BuddyID, "hours": c.Hours, "doing": c.Doing, "review_on": string(review), "meeting": c.Meeting, "often": c.Often}
	for i, x := range c.Reading {
		n := strconv.Itoa(i + 1)
		body["reading-"+n], body["link-"+n] = x.Text, x.Link
	}
	f := room.Filling{R: p.r, Form: "care", ID: "care-", Draft: drafts[key], Kept: body}
	form := careForm{Of: ui.FormOf{Action: p.Base + "/care", Class: "sheet sheet--lg stack g-5", Draft: key, Hidden: f.Hidden(versionPair(p.View.CareVersion))}, Open: f.Open(), People: map[string][]ui.Option{}}
	pick := func(name, label, hint string) ui.Field {
		x := p.withStands(f, name, f.Field(name, t.T(label)))
		if x.Hint == "" {
			x.Hint = t.T(hint)
		} else {
			x.Hint = t.T("agreement.stands_now", "text", p.nameOf(people, f.Stands(name)))
		}
		form.People[name] = choose(people, x.Value, t.T("agreement.nobody"))
		return x
	}
	form.Caretaker = pick("caretaker", "agreement.label_caretaker", "agreement.hint_caretaker")
	form.StandIn = pick("stand_in", "agreement.label_stand_in", "agreement.hint_stand_in")
	form.Buddy = pick("buddy", "agreement.label_buddy", "agreement.hint_buddy")
	line := func(name, label string, most int, args ...any) ui.Field {
		x := p.withStands(f, name, f.Field(name, t.T(label, args...)))
		x.Max = most
		return x
	}
	form.Hours, form.Doing = line("hours", "agreement.label_hours", 30), line("doing", "agreement.label_doing", 90)
	form.Hours.Placeholder, form.Doing.Placeholder = t.T("agreement.example_hours"), t.T("agreement.example_doing")
	form.Meeting, form.Often = line("meeting", "agreement.label_meeting", 40), line("often", "agreement.label_often", 30)
	form.Meeting.Placeholder, form.Often.Placeholder = t.T("agreement.example_meeting"), t.T("agreement.example_often")
	form.ReviewOn = line("review_on", "agreement.label_review", 0)
	form.ReviewOn.Type = "date"
	for i := range agreement.MostReading {
		n := strconv.Itoa(i + 1)
		x := readingFields{line("reading-"+n, "agreement.label_reading", 60, "number", i+1), line("link-"+n, "agreement.label_link", 300, "number", i+1)}
		x.Link.Type, x.Link.Placeholder = "url", "https://"
		form.Reading = append(form.Reading, x)
	}
	return form
}

func (p *editPage) nameOf(people []ui.Option, id string) string {
	for _, o := range people {
		if o.Value == id {
			return o.Text
		}
	}
	return p.View.People[id].Name
}

func choose(people []ui.Option, at, nobody string) []ui.Option {
	out := append([]ui.Option{{Text: nobody}}, people...)
	for i := range out {
		out[i].On = out[i].Value == at
	}
	return out
}

func (p *editPage) line(drafts map[string]writing.Body, key, name, action string, a agreement.Agreement) lineForm {
	t := p.r.T
	f := room.Filling{R: p.r, Form: name, ID: name + "-", Draft: drafts[key], Kept: writing.Body{"kind": string(a.Kind), "body": a.Body, "quality": a.Quality}}
	label := a.Body // who hears the form of one line among more, hears which one
	if label == "" {
		label = t.T("agreement.label_line")
	}
	l := lineForm{Of: ui.FormOf{Action: action, Class: "stack g-4", Label: label, Draft: key, Hidden: f.Hidden(versionPair(a.Version))}, Open: f.Open(), Asks: a.State == agreement.Standing}
	l.Body = f.Field("body", t.T("agreement.label_line"))
	l.Body.Hint, l.Body.Rows, l.Body.Max, l.Body.Wide = t.T("agreement.hint_line"), 2, 90, true
	if !a.OnPage {
		l.Body.Max = 240
	}
	l.Quality = f.Field("quality", t.T("agreement.label_quality"))
	l.Quality.Max, l.Quality.Hint = 40, t.T("agreement.hint_quality")
	if a.ID != "" {
		l.Body = p.withStands(f, "body", l.Body)
		l.Quality = p.withStands(f, "quality", l.Quality)
	}
	kinds := []ui.Option{{Value: "core", Text: t.T("agreement.core")}, {Value: "room", Text: t.T("agreement.room")}}
	l.Kind = f.Set("kind", t.T("agreement.label_kind"), kinds)
	l.Reason = f.Field("reason", t.T("agreement.label_reason"))
	l.Reason.Max, l.Reason.Voice = 160, true
	return l
}

func (p *editPage) row(drafts map[string]writing.Body, a agreement.Agreement) lineRow {
	t := p.r.T
	row := lineRow{ID: a.ID, Body: a.Body, Kind: t.T("agreement." + string(a.Kind)), OnPage: a.OnPage, Standing: a.State == agreement.Standing,
		Form: p.line(drafts, agreement.DraftKey("line", a.ID), "line-"+a.ID, p.Base+"/lines/"+a.ID, a)}
	switch {
	case a.State == agreement.Proposed:
		row.State = t.T("agreement.state_proposed")
	case !a.OnPage:
		row.State = t.T("agreement.state_off_page")
	}
	row.MayRetire = p.View.MayLead || (a.State == agreement.Proposed && a.MadeBy == p.r.Who().ID)
	f := room.Filling{R: p.r, Form: "retire-" + a.ID, ID: "retire-" + a.ID + "-"}
	row.Retire = f.Field("reason", t.T("agreement.label_retire"))
	row.Retire.Max, row.Retire.Voice = 160, true
	return row
}

// waiting are the texts that this person wrote beside those that stand.
func (p *editPage) waiting() {
	add := func(which, title, text string) {
		p.Waiting = append(p.Waiting, waitingText{which, title, text})
	}
	if b, ok := p.View.Waiting["words"]; ok {
		w := agreement.WordsOf(b)
		add("words", p.r.T.T("agreement.waiting_words"), w.Title+". "+w.Sentence)
	}
	if b, ok := p.View.Waiting["care"]; ok {
		c := agreement.CareOf(b)
		add("care", p.r.T.T("agreement.waiting_care"), p.nameOf(nil, c.CaretakerID)+" "+c.Hours+" "+c.Doing)
	}
	for _, l := range p.Lines {
		if b, ok := p.View.Waiting[l.ID]; ok {
			add(l.ID, p.r.T.T("agreement.waiting_line"), agreement.LineOf(b).Body)
		}
	}
}
