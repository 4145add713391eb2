package condition

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"leerkring/access"
	"leerkring/block/condition"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
	"leerkring/writing"
)

// showPage is all that a trajectory needs.
type showPage struct {
	r        *room.Request
	Seen     trajectory.Seen
	Tabs     []ui.Tab
	Sentence string
	Audience ui.Audience
	Needs    []need
	Taken    []condition.Condition
	WaitsFor []string // what is essential and open
	Waived   string   // who let the plan begin all the same
	Reason   string   // and why
	MayAdd   bool
	MayWaive bool
	Form     wordsForm
	Ask      askFields
	Why      ui.Field // of a waiver
}

// Show is the page of what is needed.
func (rm *Room) Show(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	q := rm.Trajectories.DB()
	seen, err := rm.Trajectories.Reach(r.Ctx(), q, r.Who(), id)
	if err != nil {
		return err
	}
	all, err := rm.Conditions.Read(r.Ctx(), q, seen)
	if err != nil {
		return err
	}
	people, err := rm.Trajectories.Participants(r.Ctx(), q, seen)
	if err != nil {
		return err
	}
	p := &showPage{r: r, Seen: seen, Tabs: trajectoryweb.Tabs(r, seen, "plan"), Taken: all.Taken, MayAdd: all.MayAdd, MayWaive: all.MayWaive && !all.Activation.Yes()}
	p.Sentence, p.Audience = trajectoryweb.WhoSees(r, seen, access.Condition, people)
	if !seen.Open {
		p.Sentence += " " + r.T.T("condition.sees_part")
	}
	p.fill(all)
	if p.MayAdd {
		if err := rm.addForm(p, people); err != nil {
			return err
		}
	}
	p.Why = ui.Field{Name: "reason", Label: r.T.T("condition.label_reason"), Hint: r.T.T("condition.hint_reason"), Value: r.Was("reason", ""), Error: r.Error("reason"), Voice: true, Rows: 2, Max: 600, Wide: true}
	h := trajectoryweb.Head(r, seen, r.T.T("condition.title"))
	h.Lead = r.T.T("condition.lead")
	r.Style(&h, "evidence")
	return r.Page(h, show(p))
}

func (p *showPage) fill(all condition.Page) {
	for _, v := range all.Conditions {
		p.Needs = append(p.Needs, needOf(p.r, v, all.People))
	}
	if w := all.Activation.Waiver; w.ID != "" {
		p.Waived = p.r.T.T("condition.waived_by", "name", nameOf(p.r, all.People, w.By), "date", p.r.T.Date(p.r.T.Day(w.At)))
		p.Reason = w.Reason
	}
	for _, c := range all.Activation.Open {
		p.WaitsFor = append(p.WaitsFor, strings.TrimRight(c.Text, "."))
	}
}

// addForm is the form for something new, with whom it can be asked of.
func (rm *Room) addForm(p *showPage, people []trajectory.Participant) error {
	r := p.r
	drafts, err := r.House.Drafts.Under(r.Ctx(), r.Who().ID, condition.DraftKey(p.Seen.ID, ""))
	if err != nil {
		return err
	}
	draft := drafts[condition.DraftKey(p.Seen.ID, "")]
	back := r.Err != nil && r.Typed != nil && r.Typed.Typed("form") == "add"
	p.Form = makeForm(r, back, draft, condition.Words{Kind: condition.Time})
	p.Form.Open = back || len(draft) > 0 || len(p.Needs) == 0
	p.Form.Of = ui.FormOf{Action: page(p.Seen.ID), Class: "stack g-4", Draft: condition.DraftKey(p.Seen.ID, ""), Label: r.T.T("condition.add"), Hidden: r.Hidden(ui.Pair{Name: "form", Value: "add"})}
	p.Ask, err = rm.askFields(r, p.Seen, people, back, "", draft)
	return err
}

// askFields is whom somebody asks, and with which words.
type askFields struct {
	Whom    ui.Field
	Options []ui.Option
	Words   ui.Field
}

// askFields lists whom one can ask: the leaders first, then colleagues, then who takes part
// from elsewhere.
func (rm *Room) askFields(r *room.Request, seen trajectory.Seen, people []trajectory.Participant, back bool, kept string, draft writing.Body) (askFields, error) {
	leaders, err := rm.Schools.Leaders(r.Ctx(), r.Who(), seen.SchoolID)
	if err != nil && !errs.IsAbsent(err) { // a guest may ask who takes part, and sees no others
		return askFields{}, err
	}
	staff, _, err := rm.Schools.People(r.Ctx(), r.Who(), seen.SchoolID)
	if err != nil && !errs.IsAbsent(err) {
		return askFields{}, err
	}
	if back {
		kept = r.Typed.Typed("asked")
	}
	a := askFields{Options: []ui.Option{{Text: r.T.T("condition.ask_nobody")}}}
	add := func(id, name, group string) {
		if !slices.ContainsFunc(a.Options, func(o ui.Option) bool { return o.Value == id }) {
			a.Options = append(a.Options, ui.Option{Value: id, Text: name, Group: group, On: id == kept})
		}
	}
	for _, l := range leaders {
		add(l.ID, l.Name, r.T.T("condition.group_leaders"))
	}
	for _, s := range sorted(staff) {
		add(s.ID, s.Name, r.T.T("condition.group_staff"))
	}
	for _, x := range people {
		add(x.PersonID, x.Name, r.T.T("condition.group_part"))
	}
	a.Whom = ui.Field{Name: "asked", Label: r.T.T("condition.label_asked"), Hint: r.T.T("condition.hint_asked"), Error: errorOf(r, back, "asked")}
	a.Words = ui.Field{Name: "words", Label: r.T.T("condition.label_ask_words"), Value: valueOf(r, back, "words", draft, ""), Error: errorOf(r, back, "words"), Voice: true, Rows: 2, Max: 600, Wide: true}
	if !back {
		a.Whom.ID, a.Words.ID = "ask-asked", "ask-words"
	}
	return a, nil
}

func sorted(staff []school.Staff) []school.Staff {
	slices.SortStableFunc(staff, func(a, b school.Staff) int {
		switch {
		case a.Name < b.Name:
			return -1
		case a.Name > b.Name:
			return 1
		}
		return 0
	})
	return staff
}

// Part is what the plan's page shows of what is needed: the rows, in the queries of one
// read. Nil when nothing is named yet, and for who may not read it.
func (rm *Room) Part(r *room.Request, seen trajectory.Seen) (templ.Component, error) {
	if !seen.May(access.Read, access.Condition, "") {
		return nil, nil
	}
	all, err := rm.Conditions.Read(r.Ctx(), rm.Trajectories.DB(), seen)
	if err != nil || len(all.Conditions) == 0 && !all.MayAdd {
		return nil, err
	}
	var rows []need
	for _, v := range all.Conditions {
		rows = append(rows, needOf(r, v, all.People))
	}
	return part(r, page(seen.ID), rows), nil
}
