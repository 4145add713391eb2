package plan

import (
	"strings"

	"leerkring/block/plan"
	"leerkring/internal/page"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/writing"
)

// as is how a field of an item is filled in.
type as int

const (
	line1    as = iota // one line
	box                // a few lines in one's own words
	day                // a day
	goal               // one of the goals
	person             // one of the group
	strategy           // with whom to begin
	detail             // how exactly
	tick               // a box
)

// spec is one field of the form of an item, under the name that its versions know it by.
type spec struct {
	Name string
	As   as
	Max  int
	Hint bool
	Row  int    // fields with the same number stand side by side
	Head string // key of a heading above it
}

// specs are the forms, by kind of item; the plan's own text is the kind "".
var specs = map[plan.Kind][]spec{
	"": {
		{Name: "why", As: box, Max: 4000, Hint: true}, {Name: "keep", As: box, Max: 4000, Hint: true},
		{Name: "strategy", As: strategy, Head: "form_begin"}, {Name: "with", As: line1, Max: 300, Hint: true}, {Name: "detail", As: detail},
	},
	plan.GoalKind: {
		{Name: "text", As: box, Max: 300, Hint: true},
		{Name: "approach", As: box, Max: 600, Head: "form_chain"}, {Name: "teachers", As: box, Max: 600}, {Name: "pupils", As: box, Max: 600},
		{Name: "result", As: box, Max: 600, Hint: true}, {Name: "noticed_by", As: box, Max: 600, Hint: true},
	},
	plan.ActionKind: {
		{Name: "text", As: box, Max: 300}, {Name: "goal", As: goal},
		{Name: "owner", As: person, Row: 1}, {Name: "who", As: line1, Max: 120, Hint: true, Row: 1},
		{Name: "from_on", As: day, Row: 2}, {Name: "to_on", As: day, Row: 2}, {Name: "when", As: line1, Max: 120, Hint: true, Row: 2},
		{Name: "hours", As: line1, Max: 120, Hint: true}, {Name: "pilot", As: line1, Max: 300, Hint: true},
	},
	plan.CoreKind:    {{Name: "text", As: box, Max: 300, Hint: true}},
	plan.RoomKind:    {{Name: "text", As: box, Max: 300, Hint: true}, {Name: "pace", As: tick}},
	plan.HearingKind: {{Name: "who", As: line1, Max: 120, Hint: true}, {Name: "what", As: box, Max: 300}, {Name: "on", As: day, Row: 1}, {Name: "when", As: line1, Max: 120, Hint: true, Row: 1}},
	plan.LookKind:    {{Name: "question", As: box, Max: 300, Hint: true}, {Name: "on", As: day, Row: 1}, {Name: "how", As: line1, Max: 300, Row: 1}, {Name: "who", As: line1, Max: 120}},
}

// mainField is the field of a kind that says what it is.
func mainField(k plan.Kind) string { return specs[k][0].Name }

// read takes what was sent for an item of a kind.
func read(f *page.Form, k plan.Kind) writing.Body {
	b := writing.Body{}
	for _, s := range specs[k] {
		value := ""
		switch s.As {
		case line1:
			value = f.Line(s.Name, 2*s.Max)
		case box:
			value = f.Text(s.Name, 2*s.Max)
		case day:
			value = string(f.Date(s.Name))
		case goal, person:
			value = f.ID(s.Name)
		case strategy:
			value = f.Choice(s.Name, "", string(plan.Pilot), string(plan.Whole))
		case detail:
			value = f.Choice(s.Name, "", string(plan.MainLines), string(plan.InDetail))
		case tick:
			if f.Bool(s.Name) {
				value = "own"
			}
		}
		if value = strings.TrimSpace(value); value != "" {
			b[s.Name] = value
		}
	}
	return b
}

// control is a field ready to show.
type control struct {
	spec
	Field   ui.Field
	Options []ui.Option
	Head    string
	HeadSub string
}

// choices are the goals and people that forms offer.
type choices struct{ Goals, People []ui.Option }

func label(r *room.Request, k plan.Kind, name string) string {
	return r.T.T("plan.field_" + kindWord(k) + "_" + name)
}

// kindWord is the kind in text keys.
func kindWord(k plan.Kind) string {
	if k == "" {
		return "head"
	}
	return string(k)
}

// controls are the fields of a form, filled with what is kept or was typed.
func controls(r *room.Request, k plan.Kind, kept writing.Body, c choices) []control {
	var out []control
	for _, s := range specs[k] {
		v := control{spec: s, Field: r.Field(s.Name, "plan.field_"+kindWord(k)+"_"+s.Name, kept[s.Name])}
		v.Field.Max, v.Field.Voice, v.Field.Wide = s.Max, s.As == box || s.As == line1, true
		if s.Hint {
			v.Field.Hint = r.T.T("plan.hint_" + kindWord(k) + "_" + s.Name)
		}
		if s.Head != "" {
			v.Head, v.HeadSub = r.T.T("plan."+s.Head), r.T.T("plan."+s.Head+"_sub")
		}
		switch s.As {
		case box:
			v.Field.Rows = 2
		case day:
			v.Field.Type = "date"
		case goal:
			v.Options = chosen(c.Goals, v.Field.Value)
		case person:
			v.Options = chosen(c.People, v.Field.Value)
		case tick:
			v.Field.Value = ""
			if r.WasOn(s.Name, "on", kept[s.Name] != "") {
				v.Field.Value = "on"
			}
		case strategy:
			v.Options = words(r, v.Field.Value, "strategy_", "", string(plan.Pilot), string(plan.Whole))
		case detail:
			v.Options = words(r, v.Field.Value, "detail_", "", string(plan.MainLines), string(plan.InDetail))
		}
		out = append(out, v)
	}
	return out
}

func chosen(options []ui.Option, value string) []ui.Option {
	out := make([]ui.Option, len(options))
	for i, o := range options {
		o.On = o.Value == value
		out[i] = o
	}
	return out
}

func words(r *room.Request, value, prefix string, values ...string) []ui.Option {
	var out []ui.Option
	for _, v := range values {
		key := v
		if key == "" {
			key = "open"
		}
		out = append(out, ui.Option{Value: v, Text: r.T.T("plan." + prefix + key), On: v == value})
	}
	return out
}

// rows puts fields that stand side by side together.
func rows(list []control) [][]control {
	var out [][]control
	for _, c := range list {
		if last := len(out) - 1; last >= 0 && c.Row > 0 && out[last][0].Row == c.Row {
			out[last] = append(out[last], c)
			continue
		}
		out = append(out, []control{c})
	}
	return out
}
