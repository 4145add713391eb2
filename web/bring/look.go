package bring

import (
	"leerkring/bring"
	"leerkring/web/room"
	"leerkring/web/room/firstlook"
	"leerkring/web/ui"
)

// look is what a board would become, as the page shows it.
type look struct {
	Board, Sum string
	Left       []string // what stays where it is, and why
	Names      []firstlook.Choice
	Days       *firstlook.Choice
	Ticks      []tick
	Columns    []column
	Hidden     []ui.Pair
	Button     string // "" when nothing comes in
}

type tick struct {
	Name, Text string
	On         bool
}

// column is a list with what it becomes.
type column struct {
	ID, Name string
	Into     firstlook.Choice
	Notes    []string
	Rows     []row
}

// row is a card.
type row struct {
	Body, Due string
	Choose    firstlook.Choice
	Words     *ui.Field
	Rest      string
	Note      string
}

func lookOf(r *room.Request, s sent, found bring.Look, people []bring.Person) (*look, error) {
	packed, err := s.Board.Pack()
	if err != nil {
		return nil, err
	}
	t := r.T
	v := viewer{r: r, s: s, found: found, people: people, names: map[string]string{}}
	for _, p := range people {
		v.names[p.ID] = p.Name
	}
	l := &look{Board: s.Board.Name, Hidden: r.Hidden(ui.Pair{Name: "board", Value: packed}, ui.Pair{Name: "digest", Value: found.Digest})}
	if l.Board == "" {
		l.Board = t.T("bringing.the_board")
	}
	tasks, agreements := found.Coming()
	if l.Sum = counted(r, "bringing.sum", tasks, agreements); l.Sum == "" {
		l.Sum = t.T("bringing.sum_nothing")
	} else {
		l.Button = counted(r, "bringing.do", tasks, agreements)
	}
	l.Left, l.Ticks, l.Days = v.left(), v.ticks(), v.days()
	for _, n := range found.Names {
		l.Names = append(l.Names, v.name(n))
	}
	for _, c := range found.Columns {
		l.Columns = append(l.Columns, v.column(c))
	}
	return l, nil
}

// viewer makes the page of a look.
type viewer struct {
	r      *room.Request
	s      sent
	found  bring.Look
	people []bring.Person
	names  map[string]string
}

// left tells what does not come along, with its number: nothing is passed over in silence.
func (v viewer) left() []string {
	var out []string
	say := func(key string, n int) {
		if n > 0 {
			out = append(out, v.r.T.T(key, "n", n))
		}
	}
	lists := 0
	for _, c := range v.found.Columns {
		if c.Into == bring.Out {
			lists += c.Cards
		}
	}
	say("bringing.left_there", v.found.There)
	say("bringing.left_lists", lists)
	say("bringing.left_done", v.found.Done)
	say("bringing.left_archived", v.found.Old)
	say("bringing.left_wait", v.found.Wait)
	if names := v.found.Board.Unread; len(names) > 0 {
		out = append(out, v.r.T.T("bringing.unread", "names", v.r.T.List(names)))
	}
	return out
}

func (v viewer) ticks() []tick {
	t, c := v.r.T, v.s.Choices
	var out []tick
	if v.found.Done > 0 || c.Done {
		out = append(out, tick{"done", t.T("bringing.also_done"), c.Done})
	}
	if v.found.Old > 0 || c.Archived {
		out = append(out, tick{"archived", t.T("bringing.also_archived"), c.Archived})
	}
	if v.found.Steps > 0 || c.Steps {
		out = append(out, tick{"steps", t.T("bringing.also_steps", "n", v.found.Steps), c.Steps})
	}
	return out
}

// days asks how the days of the file are written, when the file leaves it open.
func (v viewer) days() *firstlook.Choice {
	if !v.s.Board.Doubt {
		return nil
	}
	at := v.s.Choices.Days
	if at != bring.DayFirst && at != bring.MonthFirst {
		at = v.s.Board.Days
	}
	x := &firstlook.Choice{Field: ui.Field{Name: "days", Label: v.r.T.T("bringing.days"), Hint: v.r.T.T("bringing.days_hint")}}
	for _, d := range []bring.Days{bring.DayFirst, bring.MonthFirst} {
		x.Options = append(x.Options, ui.Option{Value: string(d), Text: v.r.T.T("bringing.days_" + string(d)), On: d == at})
	}
	return x
}

// name asks who somebody on the board is here.
func (v viewer) name(n bring.Asked) firstlook.Choice {
	t := v.r.T
	f := ui.Field{Name: "n-" + n.Key, Label: t.T("bringing.who_is", "name", n.Name), Error: v.r.Error("n-" + n.Key)}
	switch {
	case n.Name == "":
		f.Label = t.T("bringing.who_takes_rest", "n", n.Cards)
	case n.Sure:
		f.Hint = t.T("bringing.same_name", "n", n.Cards)
	default:
		f.Hint = t.T("bringing.no_name", "n", n.Cards)
	}
	return firstlook.Choice{Field: f, Options: v.takers(n.Owner)}
}

func (v viewer) takers(at string) []ui.Option {
	out := make([]ui.Option, 0, len(v.people)+2)
	for _, p := range v.people {
		text := p.Name
		if p.ID == v.r.Who().ID {
			text = v.r.T.T("bringing.me", "name", p.Name)
		}
		out = append(out, ui.Option{Value: p.ID, Text: text, On: p.ID == at})
	}
	return out
}

func (v viewer) column(c bring.Column) column {
	t := v.r.T
	x := column{ID: "list-" + c.Key, Name: c.Name}
	if x.Name == "" {
		x.Name = t.T("bringing.no_list")
	}
	x.Into = firstlook.Choice{Field: ui.Field{Name: "l-" + c.Key, Label: t.T("bringing.becomes", "list", x.Name), Quiet: true}}
	for _, into := range bring.Intos {
		x.Into.Options = append(x.Into.Options, ui.Option{Value: string(into), Text: t.T("bringing.into_" + string(into)), On: into == c.Into})
	}
	say := func(key string, n int) {
		if n > 0 {
			x.Notes = append(x.Notes, t.T(key, "n", n))
		}
	}
	if c.Into == bring.Out {
		say("bringing.cards_left", c.Cards)
	}
	say("bringing.left_there", c.There)
	say("bringing.left_done", c.Done)
	say("bringing.left_archived", c.Archived)
	say("bringing.left_wait", c.Wait)
	for _, i := range c.Items {
		x.Rows = append(x.Rows, v.row(i))
	}
	return x
}

func (v viewer) row(i bring.Item) row {
	t := v.r.T
	x := row{Body: i.Body, Rest: i.Rest}
	if i.Due != "" {
		x.Due = t.T("bringing.due", "date", t.DateLong(i.Due))
	}
	if i.Rest != "" {
		x.Note = t.T("bringing.kept_beside")
	}
	most := bring.MaxTask
	chosen := v.s.Choices.Cards[i.Key]
	if i.Into == bring.Agreement {
		most = bring.MaxAgreement
		x.Choose = firstlook.Choice{Field: ui.Field{Name: "c-" + i.Key, Label: t.T("bringing.take_this", "card", i.Body), Quiet: true}, Options: []ui.Option{{Value: "", Text: t.T("bringing.take_over")}}}
	} else {
		owner := v.names[i.Owner]
		x.Choose = firstlook.Choice{Field: ui.Field{Name: "c-" + i.Key, Label: t.T("bringing.who_does", "card", i.Body), Quiet: true, Error: v.r.Error("c-" + i.Key)}}
		if chosen != "" && chosen != bring.NotThis || owner == "" {
			owner = t.T("bringing.as_name")
		}
		x.Choose.Options = append([]ui.Option{{Value: "", Text: owner}}, v.others(i, chosen)...)
	}
	x.Choose.Options = append(x.Choose.Options, ui.Option{Value: bring.NotThis, Text: t.T("bringing.not_this"), On: i.Away})
	if i.Mend {
		x.Words = &ui.Field{Name: "w-" + i.Key, Label: t.T("bringing.words", "n", most), Value: i.Body, Max: most, Wide: true, Error: v.r.Error("w-" + i.Key)}
	}
	return x
}

// others are those who can take a card instead of who is proposed.
func (v viewer) others(i bring.Item, chosen string) []ui.Option {
	var out []ui.Option
	for _, p := range v.people {
		if p.ID != i.Owner || chosen == p.ID {
			out = append(out, ui.Option{Value: p.ID, Text: p.Name, On: chosen == p.ID})
		}
	}
	return out
}
