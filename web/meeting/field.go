package meeting

import (
	"strconv"
	"time"
	"unicode"

	"github.com/a-h/templ"

	"leerkring/block/meeting"
	"leerkring/web/ui"
)

// field is one of a form that the page holds for each item: only the form that was
// refused shows what was typed and what is wrong.
func (p *hourPage) field(form, name, label, kept string) ui.Field {
	f := ui.Field{Name: name, ID: "f-" + form + "-" + name, Label: label, Value: kept}
	if p.refused(form) {
		f.ID, f.Value, f.Error = "", p.r.Was(name, kept), p.r.Error(name)
	}
	return f
}

// refused reports whether this form of the page came back.
func (p *hourPage) refused(form string) bool {
	return p.r.Err != nil && p.r.Typed != nil && p.r.Typed.Typed("form") == form
}

// kindOptions are the parts that an item can be.
func (p *hourPage) kindOptions(form string, kept string) []ui.Option {
	if p.refused(form) {
		kept = p.r.Was("part", kept)
	}
	var out []ui.Option
	for _, k := range []string{"learn", "decide", "share", "organise"} {
		out = append(out, ui.Option{Value: k, Text: p.r.T.T("meeting.part_" + k), On: k == kept})
	}
	return out
}

func itoa(n int) string { return strconv.Itoa(n) }

// The kinds of fields that the forms of an hour use.
func wide(f ui.Field, most int) ui.Field {
	f.Wide, f.Max = true, most
	return f
}

func hinted(f ui.Field, hint string, most int) ui.Field {
	f.Hint, f.Max = hint, most
	return f
}

func typed(f ui.Field, kind string) ui.Field {
	f.Type = kind
	return f
}

func number(f ui.Field) ui.Field {
	f.Type, f.InputMode = "number", "numeric"
	return f
}

func voiced(f ui.Field) ui.Field {
	f.Voice, f.Wide, f.Rows, f.Max = true, true, 3, 1200
	return f
}

// line is a person's words on one line.
func line(f ui.Field) ui.Field {
	f.Voice, f.Max = true, 1200
	return f
}

// bare is a field whose place says what it is for: its label is for screen readers.
func (p *hourPage) bare(form, name, label, like string) ui.Field {
	f := p.field(form, name, label, "")
	f.Quiet, f.Wide, f.Placeholder = true, true, like
	if p.writing == form && name == form {
		f.Attrs = templ.Attributes{"autofocus": true}
	}
	return f
}

// dated is the day before which a task is done.
func (p *hourPage) dated(form string) ui.Field {
	f := p.field(form, "due", p.r.T.T("meeting.task_when"), string(p.due()))
	f.Quiet = true
	return f
}

// itemOptions are the items that something can be added to.
func (p *hourPage) itemOptions() []ui.Option {
	var out []ui.Option
	for _, i := range p.Hour.Items {
		out = append(out, ui.Option{Value: i.ID, Text: i.Question, On: i.ID == p.r.Was("item", "")})
	}
	return out
}

// spentOn is how many minutes an item took.
func spentOn(i meeting.Item) int { return int(i.Spent.Round(time.Minute).Minutes()) }

// lower is a name inside a sentence.
func lower(s string) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = unicode.ToLower(r[0])
	}
	return string(r)
}

func kindIf(filled bool) ui.Kind {
	if filled {
		return ui.Primary
	}
	return ui.Secondary
}
