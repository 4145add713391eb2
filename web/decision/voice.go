package decision

import (
	"strconv"

	"github.com/a-h/templ"

	"leerkring/block/decision"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/writing"
)

// talk is one decision on its way to a page, for one person.
type talk struct {
	r      *room.Request
	id     string // of the trajectory
	v      decision.View
	people map[string]school.Person
	drafts map[string]writing.Body
}

func (x talk) t(key string, args ...any) string { return x.r.T.T("decision."+key, args...) }

func (x talk) base() string { return at(x.id) + "/" + x.v.ID }

func (x talk) person(id string) ui.Person {
	p := x.people[id]
	return ui.Person{Name: p.Name, Hue: p.Hue}
}

// tally counts how people stand; it never names anybody.
func (x talk) tally() (string, []ui.Count) {
	n := x.v.Tally
	title := x.t("reacted", "n", n.Reacted(), "of", n.Of())
	var counts []ui.Count
	for _, c := range []ui.Count{
		{Stand: ui.Agrees, N: n.Agree, Text: x.t("n_agree", "n", n.Agree)}, {Stand: ui.Wishes, N: n.Wish, Text: x.t("n_wish", "n", n.Wish)},
		{Stand: ui.Objects, N: n.Objection, Text: x.t("n_objection", "n", n.Objection)}, {Stand: ui.Silent, N: n.NotYet, Text: x.t("n_not_yet", "n", n.NotYet)},
	} {
		if c.N > 0 {
			counts = append(counts, c)
		}
	}
	return title, counts
}

// ready reports whether everybody was heard, or had the time for it: then the lead can
// close.
func (x talk) ready() bool {
	return x.v.MayClose && (x.v.Tally.NotYet == 0 || x.r.Today() >= x.v.ClosesOn)
}

// voiceView is a wish or an objection with what was done with it.
type voiceView struct {
	ID     string
	Remark ui.Remark
	Care   string // who takes it up, and by when
	State  string
	Tone   ui.Tone
	Icon   string
	Past   string // where its earlier wordings are

	Answer *answerForm
	TakeUp *takeUpForm
}

type answerForm struct {
	Action, Draft string
	Hidden        []ui.Pair
	Text          ui.Field
	Open          bool
	Title         string
}

type takeUpForm struct {
	Action string
	Who    ui.Field
	People []ui.Option
	Due    ui.Field
	Open   bool
	Title  string
}

// voice makes a wish or an objection ready to show.
func (x talk) voice(v decision.Reaction) voiceView {
	r := x.r
	out := voiceView{ID: v.ID, Tone: ui.Mind, Icon: "clock"}
	person := x.person(v.PersonID)
	person.Initials, person.Name = ui.InitialsOf(person.Name), school.FirstName(person.Name)
	out.Remark = ui.Remark{ID: "reaction-" + v.ID, Person: person, When: r.T.Date(r.T.Day(v.ChangedAt)), Text: v.Text}
	if v.Choice == decision.Objection {
		out.Remark.Objection = x.t("objection")
	}
	if v.Answer != "" {
		out.Remark.Replies = append(out.Remark.Replies, ui.Reply{Name: school.FirstName(x.people[v.AnsweredBy].Name), When: r.T.Date(r.T.Day(v.AnsweredAt)), Text: v.Answer})
	}
	switch {
	case !v.SolvedAt.IsZero():
		out.State, out.Tone, out.Icon = x.t("solved"), ui.Good, "check"
	case !v.UnsolvedAt.IsZero():
		out.State = x.t("unsolved", "name", person.Name)
	case v.AsksWriter() && !x.v.Closed():
		out.State, out.Tone, out.Icon = x.t("asks_back", "name", person.Name), ui.Calm, "reply"
	case v.Answered():
		out.State, out.Tone, out.Icon = x.t("answered"), ui.Good, "check"
	case v.Answer != "":
		out.State = x.t("answer_older")
	default:
		out.State = x.t("waits")
	}
	if v.OwnerID != "" {
		out.Care = x.t("taken_up", "name", x.people[v.OwnerID].Name, "day", v.DueOn)
	}
	if v.Version > 1 || v.AnswerVersion > 1 {
		out.Past = x.base() + "/reactions/" + v.ID
	}
	return out
}

// forms adds what the person asking can do with it.
func (x talk) forms(out *voiceView, v decision.Reaction, people []trajectory.Participant) {
	r := x.r
	back := func(what string) bool { return r.Err != nil && r.Path("reaction") == v.ID && r.Typed.Has(what) }
	if v.MayAnswer {
		f := &answerForm{Action: x.base() + "/reactions/" + v.ID + "/answer", Draft: decision.DraftKey("answer", v.ID), Open: back("text"), Title: x.t("answer")}
		f.Hidden = []ui.Pair{{Name: "to", Value: strconv.Itoa(v.Version)}, {Name: "version", Value: strconv.Itoa(v.AnswerVersion)}}
		f.Text = ui.Field{Name: "text", ID: "answer-" + v.ID, Label: x.t("answer_label"), Hint: x.t("answer_hint"), Value: v.Answer, Voice: true, Rows: 2, Max: 2000, Wide: true}
		if v.Answer != "" {
			f.Title = x.t("answer_change")
		}
		if kept := x.drafts[f.Draft]["text"]; kept != "" {
			f.Text.Value, f.Open = kept, true
		}
		if f.Open && r.Err != nil && back("text") {
			f.Text.Value, f.Text.Error = r.Typed.Typed("text"), r.Error("text")
		}
		out.Answer = f
	}
	if x.v.MayTakeUp && v.Choice == decision.Objection {
		f := &takeUpForm{Action: x.base() + "/reactions/" + v.ID + "/owner", Open: back("owner"), Title: x.t("take_up")}
		owner, due := v.OwnerID, string(v.DueOn)
		if f.Open {
			owner, due = r.Typed.Typed("owner"), r.Typed.Typed("due_on")
		}
		f.Who = ui.Field{Name: "owner", ID: "owner-" + v.ID, Label: x.t("take_up_who")}
		f.People = x.takers(people, owner)
		f.Due = ui.Field{Name: "due_on", ID: "due-" + v.ID, Label: x.t("take_up_when"), Type: "date", Value: due}
		if f.Open {
			f.Who.Error, f.Due.Error = r.Error("owner"), r.Error("due_on")
		}
		if v.OwnerID != "" {
			f.Title = x.t("take_up_other")
		}
		out.TakeUp = f
	}
}

// takers are those who can take up an objection: the group, and whoever reacted.
func (x talk) takers(people []trajectory.Participant, owner string) []ui.Option {
	out := []ui.Option{{Text: x.t("nobody_yet"), On: owner == ""}}
	known := map[string]bool{"": true}
	add := func(id, name string) {
		if !known[id] {
			known[id] = true
			out = append(out, ui.Option{Value: id, Text: name, On: id == owner})
		}
	}
	for _, p := range people {
		if p.Role != trajectory.Guest {
			add(p.PersonID, p.Name)
		}
	}
	for _, v := range x.v.Reactions {
		add(v.PersonID, x.people[v.PersonID].Name)
	}
	add(owner, x.people[owner].Name)
	return out
}

// reactForm asks whether one can go on with a proposal. Nothing is chosen beforehand.
type reactForm struct {
	Action, Draft string
	Hidden        []ui.Pair
	Set           ui.Set
	Text          ui.Field
	Said          *voiceView // what this person said before
	Agreed        bool       // and that it was a plain yes
	Open          bool
	Judge         *judgeForm
}

// judgeForm asks who objected whether the answer solves it.
type judgeForm struct {
	Title, Lead  string
	Solved       string // address
	Unsolved     string // "" while there is no answer to say that about
	Hidden       []ui.Pair
	StillMissing bool // it was said already that it does not
}

// react makes the form of somebody who was asked. from is "plan" on the page of the plan.
func (x talk) react(from string) *reactForm {
	if !x.v.MayReact {
		return nil
	}
	r := x.r
	f := &reactForm{Action: x.base() + "/reaction", Draft: decision.DraftKey("reaction", x.v.ID)}
	version, choice, kept := 0, "", ""
	if m := x.v.Mine; m != nil {
		version, choice, kept = m.Version, string(m.Choice), m.Text
		said := x.voice(*m)
		said.Remark.ID = "" // the list of reactions has it
		f.Said, f.Agreed = &said, m.Choice == decision.Agree
		f.Judge = x.judge(*m, from)
	}
	if d := x.drafts[f.Draft]["text"]; d != "" {
		kept = d
	}
	f.Open = r.Err != nil && r.Typed != nil && (r.Typed.Has("choice") || r.Error("choice") != "") || f.Judge != nil && f.Judge.StillMissing
	f.Hidden = []ui.Pair{{Name: "version", Value: strconv.Itoa(version)}, {Name: "from", Value: from}}
	f.Set = ui.Set{Name: "choice", Legend: x.t("can_you", "name", school.FirstName(r.Known.Person.Name)), Hint: x.t("can_you_hint"), Error: r.Error("choice"), Row: true, Wide: true}
	for _, c := range decision.Choices {
		f.Set.Options = append(f.Set.Options, ui.Option{Value: string(c), Text: x.t("choice_" + string(c)), On: r.Was("choice", choice) == string(c)})
	}
	f.Text = r.Field("text", "decision.react_text", kept)
	f.Text.Hint, f.Text.Voice, f.Text.Rows, f.Text.Max, f.Text.Wide = x.t("react_hint"), true, 2, 2000, true
	return f
}

// judge is nil where there is nothing to ask: no objection, or it is solved.
func (x talk) judge(m decision.Reaction, from string) *judgeForm {
	if m.Choice != decision.Objection || !m.SolvedAt.IsZero() {
		return nil
	}
	j := &judgeForm{Solved: x.base() + "/solved", Hidden: []ui.Pair{{Name: "from", Value: from}}}
	switch {
	case m.AsksWriter():
		j.Title, j.Lead, j.Unsolved = x.t("solves_it"), x.t("solves_it_lead"), x.base()+"/unsolved"
	case !m.UnsolvedAt.IsZero():
		j.Lead, j.StillMissing = x.t("unsolved_lead"), true
	}
	return j
}

// Beside is what the page of the plan shows of the decision about it: how it stands, and
// the form in which the person asking can react. Each is nil when there is nothing to show.
func Beside(r *room.Request, seen trajectory.Seen, page decision.Page, v decision.View) (templ.Component, templ.Component, error) {
	x := talk{r: r, id: seen.ID, v: v, people: page.People}
	var standing, form templ.Component
	if v.Whole {
		standing = standingOf(x, x.waiting(besideShown))
	}
	if !v.MayReact {
		return standing, form, nil
	}
	var err error
	if x.drafts, err = r.House.Drafts.Under(r.Ctx(), r.Who().ID, "decision/reaction/"); err != nil {
		return standing, form, err
	}
	return standing, reactOf(x, x.react("plan")), nil
}

// besideShown is how many wishes and objections stand beside the plan.
const besideShown = 2

// waiting are the wishes and objections that nobody replied to yet, objections first.
func (x talk) waiting(most int) []voiceView {
	var out []voiceView
	for _, choice := range []decision.Choice{decision.Objection, decision.Wish} {
		for _, v := range x.v.Reactions {
			mine := v.PersonID == x.r.Who().ID && x.v.MayReact // it stands in the form already
			if v.Choice == choice && v.Waits() && !mine && len(out) < most {
				out = append(out, x.voice(v))
			}
		}
	}
	return out
}
