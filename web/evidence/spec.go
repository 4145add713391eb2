package evidence

import (
	"leerkring/block/evidence"
	internal "leerkring/internal/page"
	"leerkring/web/ui"
	"leerkring/writing"
)

// shape is how a field of a form is filled in.
type shape int

const (
	line    shape = iota // one line
	area                 // a box in one's own words
	pick                 // one of many
	parts                // two to four short options
	choices              // options with an explanation
	tick                 // a box that is ticked or not
	person               // somebody who takes part
)

// spec is one field of a form: its name, how it is filled in, and what can be chosen.
// Labels, hints and options are texts that go by these names.
type spec struct {
	name   string
	shape  shape
	most   int // characters
	rows   int
	values []string
	words  string // what the texts of the values begin with
	label  string // when it is not that of the kind and the name
	hint   bool
	voice  bool
}

// specs are the fields of each kind, in the order of its form.
var specs = map[evidence.Kind][]spec{
	evidence.SourceKind: append([]spec{
		{name: "title", most: 160, hint: true},
		{name: "says", shape: area, most: 2000, rows: 2, voice: true, hint: true},
		{name: "of", shape: pick, values: list(evidence.SourceTypes), words: "type_"},
		{name: "translation", shape: area, most: 300, rows: 2, voice: true, hint: true},
		{name: "strength", shape: choices, values: []string{"", "first_impression", "indication", "firm"}, words: "strength_"},
		{name: "stance", shape: parts, values: append(list(evidence.Stances), ""), words: "stance_", hint: true},
		{name: "where", most: 500, hint: true},
		{name: "brought_by", shape: person},
	}, judged()...),
	evidence.ExplanationKind: {
		{name: "text", shape: area, most: 800, rows: 2, voice: true, hint: true},
		{name: "whose", most: 160, hint: true},
		{name: "whose_id", shape: person},
		{name: "lies", shape: parts, values: append(list(evidence.Places), ""), words: "lies_"},
		{name: "present", shape: tick},
		{name: "behind", shape: area, most: 800, rows: 2, voice: true},
		{name: "status", shape: parts, values: list(evidence.Statuses), words: "status_"},
		{name: "reason", shape: area, most: 800, rows: 2, voice: true},
	},
	evidence.FindingKind: {
		{name: "text", shape: area, most: 800, rows: 2, voice: true, hint: true},
		{name: "for_whom", most: 300, voice: true},
		{name: "how_often", most: 300, voice: true},
		{name: "tried", most: 300, voice: true},
		{name: "keep", most: 300, voice: true},
		{name: "proud", most: 300, voice: true},
	},
	evidence.AttemptKind: {
		{name: "text", shape: area, most: 800, rows: 2, voice: true},
		{name: "when", most: 200},
		{name: "result", shape: area, most: 800, rows: 2, voice: true},
	},
}

// judged are the five questions of the light form, each with room for a few words.
func judged() []spec {
	var out []spec
	for _, a := range evidence.Aspects {
		out = append(out, spec{name: string(a), shape: parts, values: list(evidence.Verdicts), words: "verdict_"},
			spec{name: string(a) + "_note", most: 200, voice: true, label: "label_note"})
	}
	return out
}

func list[S ~string](values []S) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// read takes the words of a thing out of a form.
func read(f *internal.Form, kind evidence.Kind) evidence.Item {
	b := writing.Body{}
	for _, s := range specs[kind] {
		switch s.shape {
		case line:
			b[s.name] = f.Line(s.name, 4*s.most)
		case area:
			b[s.name] = f.Text(s.name, 4*s.most)
		case tick:
			if f.Bool(s.name) {
				b[s.name] = "yes"
			}
		case person:
			b[s.name] = f.ID(s.name)
		default:
			b[s.name] = f.Choice(s.name, s.values...)
		}
	}
	return evidence.ItemOf(kind, b)
}

// field is one field, ready to show.
type field struct {
	Shape   shape
	F       ui.Field
	Set     ui.Set
	Options []ui.Option
	On      bool
}
