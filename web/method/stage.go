package method

import (
	"slices"

	"leerkring/method"
	"leerkring/web/ui"
)

// stage is one phase or step as the preview shows it.
type stage struct {
	ID, Name, Aim, Asks string
	Number              int
	Part                string // the name of the part that begins here
	Badge               string // the colour of a phase; none for a step by the clock
	Minutes             string
	How                 []string // who has the floor, who listens, what the clock does
	Prompts             []string
	Fields              []field
	Form                []field // an observation form: many lines of the same fields
	Shows               string  // what lies on the table again
	Marks               string  // what is chosen here
	Questions           []question
	Statements          []statement
	Gate                []said
	Folded              folded
	Back                string
}

// folded is what a team needs only sometimes.
type folded struct {
	Questions  []question
	Activities []said
	Checklists []checklist
	Notes      []said
	Gate       []said
	Outside    []outside
}

func (f folded) empty() bool {
	return len(f.Questions)+len(f.Activities)+len(f.Checklists)+len(f.Notes)+len(f.Gate)+len(f.Outside) == 0
}

// question is one question with its reason.
type question struct {
	Text, Why, Further, How string
	Chips                   []string
}

// statement is one line of an instrument.
type statement struct {
	Text     string
	Reversed bool
}

type checklist struct {
	Name, Why string
	Items     []string
}

// field is a place to write in, with who reads it.
type field struct {
	Text, Hint, Sees string
	Audience         ui.Audience
	Choices          []string
	Most             int
}

// piece is one stage in the bar of time.
type piece struct{ X, Width string }

// walk makes the stages in order.
func (p *previewPage) walk() {
	total, part := p.Pack.Minutes(), ""
	for _, s := range p.Pack.Stages {
		one := p.stage(s)
		if s.Part != part {
			part = s.Part
			one.Part = p.partName(part)
		}
		p.Stages = append(p.Stages, one)
	}
	switch {
	case total > 0:
		p.Bar, p.BarSays = bar(p.Pack.Stages, total), p.barSays(total)
	case len(p.Stages) > 1 && p.Pack.Kind == method.KindMethod:
		for _, s := range p.Stages {
			p.Ribbon = append(p.Ribbon, ui.Segment{Number: s.Number, Name: s.Name, Href: "#" + s.ID, Says: p.r.T.T("method.to_stage", "name", s.Name)})
		}
	}
}

func (p *previewPage) partName(id string) string {
	i := slices.IndexFunc(p.Pack.Parts, func(c method.Chip) bool { return c.ID == id })
	if i < 0 {
		return ""
	}
	return p.r.Pack(p.Pack.Parts[i].Text)
}

func (p *previewPage) stage(s method.Stage) stage {
	r := p.r
	out := stage{ID: "stage-" + s.ID, Name: r.Pack(s.Name), Aim: r.Pack(s.Aim), Asks: r.Pack(s.Asks), Number: s.Number, Prompts: p.lines(s.Live.Prompts)}
	if p.Pack.Shape == method.ShapeCycle {
		out.Badge = ui.PhaseClass(s.Number, len(p.Pack.Stages))
	}
	if s.Live.Minutes > 0 {
		out.Minutes = r.T.T("method.minutes", "n", s.Live.Minutes)
	}
	out.How = p.how(s.Live)
	if fields := p.fields(s.Fields); isForm(s.Fields) {
		out.Form = fields
	} else {
		out.Fields = fields
	}
	var shows []string
	for _, id := range s.Live.Shows {
		if _, f, ok := p.Pack.Field(id); ok {
			shows = append(shows, r.Pack(f.Text))
		}
	}
	if len(shows) > 0 {
		out.Shows = r.T.T("method.shows", "what", r.T.List(shows))
	}
	out.Marks = p.marks(s.Live.Mark)
	for _, x := range s.Statements {
		out.Statements = append(out.Statements, statement{r.Pack(x.Text), x.Reversed})
	}
	for _, q := range s.Questions {
		if q.Weight == method.Core {
			out.Questions = append(out.Questions, p.question(q))
		} else {
			out.Folded.Questions = append(out.Folded.Questions, p.question(q))
		}
	}
	for _, c := range s.Gate {
		line := said{Text: r.Pack(c.Text), Why: r.Pack(c.Why)}
		if c.Weight == method.Core {
			out.Gate = append(out.Gate, line)
		} else {
			out.Folded.Gate = append(out.Folded.Gate, line)
		}
	}
	p.fold(&out, s)
	var back []string
	for _, id := range s.BackTo {
		back = append(back, p.stageName(id))
	}
	if len(back) > 0 {
		out.Back = r.T.T("method.back_to", "stages", r.T.List(back))
	}
	return out
}

// fold puts in what waits behind one press.
func (p *previewPage) fold(out *stage, s method.Stage) {
	r := p.r
	out.Folded.Outside = outsideOf(r, s.Resources)
	for _, a := range s.Activities {
		line := said{Name: r.Pack(a.Name), Text: r.Pack(a.Text), Why: r.Pack(a.Why)}
		if a.Minutes > 0 {
			line.Note = r.T.T("method.minutes", "n", a.Minutes)
		}
		out.Folded.Activities = append(out.Folded.Activities, line)
	}
	for _, a := range s.Artefacts {
		out.Folded.Notes = append(out.Folded.Notes, said{Name: r.Pack(a.Name), Text: r.Pack(a.Text), Why: r.Pack(a.Why)})
	}
	out.Folded.Notes = append(out.Folded.Notes, p.notes(s.Notes)...)
	for _, l := range s.Checklists {
		c := checklist{Name: r.Pack(l.Name), Why: r.Pack(l.Why)}
		for _, i := range l.Items {
			c.Items = append(c.Items, r.Pack(i.Text))
		}
		out.Folded.Checklists = append(out.Folded.Checklists, c)
	}
}

func (p *previewPage) question(q method.Question) question {
	r := p.r
	out := question{Text: r.Pack(q.Text), Why: r.Pack(q.Why), Further: r.Pack(q.AskFurther)}
	switch {
	case q.Form == method.FormBlind, q.Form == method.FormCount:
		out.How = r.T.T("method.form_" + string(q.Form))
	case q.Names == method.NamesHidden, q.Names == method.NamesAnonymous:
		out.How = r.T.T("method.names_" + string(q.Names))
	}
	for _, c := range q.Chips {
		out.Chips = append(out.Chips, r.Pack(c.Text))
	}
	return out
}

// how says who has the floor, who listens, and what the clock does.
func (p *previewPage) how(l method.Live) []string {
	r := p.r
	var out []string
	switch {
	case l.Turns == "":
		return nil
	case l.Speaker != "" && (l.Turns == method.TurnsOne || l.Turns == method.TurnsRound || l.Turns == method.TurnsQueue):
		out = append(out, r.T.T("method.turns_"+string(l.Turns)+"_role", "role", p.role(l.Speaker)))
	default:
		out = append(out, r.T.T("method.turns_"+string(l.Turns)))
	}
	if l.Silent != "" {
		key := "method.listens"
		if l.Turned {
			key = "method.listens_turned"
		}
		out = append(out, r.T.T(key, "role", p.role(l.Silent)))
	}
	if l.TurnSeconds > 0 {
		out = append(out, r.T.T("method.turn_seconds", "n", l.TurnSeconds))
	}
	if l.Timer == method.TimerHard {
		out = append(out, r.T.T("method.timer_hard"))
	}
	if l.Board != "" {
		out = append(out, r.T.T("method.board_"+string(l.Board)))
	}
	return out
}

// role is the name of a role; of one that the pack does not name, its id.
func (p *previewPage) role(id string) string {
	i := slices.IndexFunc(p.Pack.Roles, func(x method.Role) bool { return x.ID == id })
	if i < 0 {
		return id
	}
	return p.r.Pack(p.Pack.Roles[i].Name)
}

func (p *previewPage) marks(m method.Mark) string {
	if m.Field == "" {
		return ""
	}
	_, f, ok := p.Pack.Field(m.Field)
	if !ok {
		return ""
	}
	r, what := p.r, p.r.Pack(f.Text)
	by := r.T.T("method.by_all")
	if m.By != "" {
		by = r.T.T("method.by_role", "role", p.role(m.By))
	}
	switch {
	case m.Votes > 0:
		return r.T.T("method.mark_votes", "by", by, "n", m.Votes, "what", what)
	case len(m.Options) > 0:
		var words []string
		for _, o := range m.Options {
			words = append(words, r.T.T("method.quoted", "text", r.Pack(o.Text)))
		}
		return r.T.T("method.mark_options", "by", by, "what", what, "options", r.T.List(words))
	}
	return r.T.T("method.mark", "by", by, "what", what)
}

func (p *previewPage) fields(list []method.Field) []field {
	r := p.r
	var out []field
	for _, f := range list {
		x := field{Text: r.Pack(f.Text), Hint: r.Pack(f.Hint), Most: max(1, f.Most)}
		for _, c := range f.Choices {
			x.Choices = append(x.Choices, r.Pack(c.Text))
		}
		if p.Pack.Kind == method.KindMethod {
			x.Sees, x.Audience = p.sees(f)
		} else if f.By != "" {
			x.Sees, x.Audience = r.T.T("method.writes_role", "role", p.role(f.By)), ui.OnlyMe
		}
		out = append(out, x)
	}
	return out
}

// sees says who writes in a field and who reads it, and when.
func (p *previewPage) sees(f method.Field) (string, ui.Audience) {
	r := p.r
	writes := r.T.T("method.writes_all")
	if f.By != "" {
		writes = r.T.T("method.writes_role", "role", p.role(f.By))
	}
	key, audience := "method.reads_now", ui.Circle
	switch {
	case f.For == method.ForSelf:
		return writes + " " + r.T.T("method.reads_self"), ui.OnlyMe
	case f.For == method.ForPresenter:
		key, audience = "method.reads_presenter", ui.TwoOfUs
	case f.Reveal == method.RevealAllIn:
		key = "method.reads_all_in"
	case f.Reveal == method.RevealLater:
		return writes + " " + r.T.T("method.reads_later", "stage", p.stageName(f.Opens)), ui.Circle
	}
	return writes + " " + r.T.T(key), audience
}

// isForm reports whether fields are a sheet of many lines, such as a timeline of a lesson.
func isForm(list []method.Field) bool {
	return len(list) > 1 && !slices.ContainsFunc(list, func(f method.Field) bool { return f.Most < 2 })
}
