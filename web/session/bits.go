package session

import (
	"slices"
	"strconv"
	"strings"

	"leerkring/block/session"
	"leerkring/method"
	"leerkring/web/room"
	"leerkring/web/ui"
)

func kindIf(filled bool) ui.Kind {
	if filled {
		return ui.Primary
	}
	return ui.Secondary
}

// needsPresenter reports whether somebody must bring something in before a step can begin.
func needsPresenter(p *circlePage, to session.Step) bool {
	return to.Stage.Live.Speaker == method.RolePresenter && p.V.Holding(p.V.Pack, p.V.People, to, method.RolePresenter) == ""
}

// presenterOptions are those who can bring something in: not who leads.
func presenterOptions(p *circlePage) []ui.Option {
	out := []ui.Option{{Value: "", Text: p.r.T.T("session.choose_somebody")}}
	for _, x := range p.V.People.There() {
		if x.PersonID != p.V.HostID {
			out = append(out, ui.Option{Value: x.PersonID, Text: p.name(x.PersonID)})
		}
	}
	return out
}

func thereNames(p *circlePage) []string {
	var out []string
	for _, x := range p.V.People.There() {
		name := p.name(x.PersonID)
		if role := p.role(x.PersonID); role != "" {
			name += " (" + role + ")"
		}
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// textHidden goes along with the form of a text.
func textHidden(p *circlePage, x room.Filling, f *method.Field, t *session.Shown) []ui.Pair {
	pairs := []ui.Pair{{Name: "field", Value: f.ID}, {Name: "step", Value: strconv.Itoa(p.V.Step)}}
	if t != nil {
		pairs = append(pairs, ui.Pair{Name: "text", Value: t.ID}, ui.Pair{Name: "version", Value: strconv.Itoa(t.Version)})
	}
	return x.Hidden(pairs...)
}

func choicesOf(p *circlePage, f *method.Field) []ui.Option {
	var out []ui.Option
	for _, c := range f.Choices {
		out = append(out, ui.Option{Value: c.ID, Text: p.r.Pack(c.Text)})
	}
	return out
}

// bodyField is the box of a field. With choices above it, it asks why.
func bodyField(p *circlePage, x room.Filling, f *method.Field) ui.Field {
	b := x.Field("body", p.r.Pack(f.Text))
	if len(f.Choices) > 0 {
		b.Label = p.r.T.T("session.because")
	}
	b.Hint, b.Voice, b.Wide, b.Rows, b.Max = p.r.Pack(f.Hint), true, true, 3, 2000
	return b
}

// cssID is an id inside a selector: the dots of a field's id would begin a class.
func cssID(id string) string { return strings.ReplaceAll(id, ".", `\.`) }

// errorOf is what is wrong with the line that somebody just wrote in this column.
func errorOf(w *wallPage, c column) string {
	if w.r.Err == nil || w.r.Typed == nil || w.r.Typed.Typed("form") != "text-"+c.Field.ID {
		return ""
	}
	return w.r.Error("body")
}
