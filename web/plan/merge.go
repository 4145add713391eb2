package plan

import (
	"strconv"
	"strings"

	"leerkring/block/plan"
	"leerkring/school"
	"leerkring/web/ui"
	"leerkring/writing"
)

// mergeForm puts two texts that were written at once side by side. Both are kept.
type mergeForm struct {
	Of     ui.MergeOf
	Rest   []control // the other fields in which they differ
	Notice string
	LetGo  string // leaves the text that stands

	differ map[string]bool
}

// merge takes the last text that waits, beside the one that stands, and returns what the
// form begins with: of each field the side that changed it, and the own one of what both did.
func (p *itemPage) merge(past plan.Past, theirs writing.Body, page plan.Page, people map[string]school.Person) writing.Body {
	waiting := past.Waiting[len(past.Waiting)-1]
	base := textAt(past.History, waiting.Base)
	kept, differ := writing.Body{}, map[string]bool{}
	for _, s := range specs[p.Kind] {
		mine, stands, was := waiting.Body[s.Name], theirs[s.Name], base[s.Name]
		kept[s.Name] = mine
		if mine == was {
			kept[s.Name] = stands
		}
		differ[s.Name] = mine != stands
	}
	author := ""
	for _, v := range past.History {
		if v.Version == past.Version && v.Kept == "current" {
			author = people[v.AuthorID].Name
		}
	}
	t := func(key string, args ...any) string { return p.r.T.T("plan."+key, args...) }
	c := comparer{r: p.r, page: page, people: people}
	p.Merge = &mergeForm{Notice: t("merge_notice", "name", author), LetGo: p.Base + "/let-go/" + p.ID, differ: differ, Of: ui.MergeOf{
		Note:   t("merge_note"),
		Mine:   ui.Version{Title: t("merge_mine"), By: p.r.T.Moment(waiting.MadeAt), Text: c.text(p.Kind, waiting.Body, differ)},
		Theirs: ui.Version{Title: t("merge_theirs", "name", author), Text: c.text(p.Kind, theirs, differ)},
		Form:   ui.FormOf{Action: p.Action, Label: t("merge_form"), Draft: p.Draft},
	}}
	return kept
}

// text is a body as one text: the fields in which it differs from another.
func (c comparer) text(k plan.Kind, b writing.Body, differ map[string]bool) string {
	var parts []string
	n := 0
	for _, s := range specs[k] {
		if !differ[s.Name] {
			continue
		}
		n++
		value := c.value(s.Name, b)
		if value == "" {
			value = c.r.T.T("plan.still_empty")
		}
		parts = append(parts, label(c.r, k, s.Name)+"\n"+value)
	}
	if n == 1 {
		_, only, _ := strings.Cut(parts[0], "\n")
		return only
	}
	return strings.Join(parts, "\n\n")
}

// split gives each field its place: the main one in the middle, those that differ under
// it, and those on which both agree sent along unseen.
func (m *mergeForm) split(p *itemPage) {
	m.Of.Form.Hidden = p.Hidden
	for i, c := range p.Fields {
		switch {
		case i == 0:
			m.Of.Merged = c.Field
			m.Of.Merged.Hint = p.r.T.T("plan.merge_hint")
		case m.differ[c.Name]:
			c.Head, c.Field.Hint, c.Row = "", "", 0
			m.Rest = append(m.Rest, c)
		default:
			m.Of.Form.Hidden = append(m.Of.Form.Hidden, ui.Pair{Name: c.Name, Value: c.sent()})
		}
	}
}

// sent is the value that a field would send.
func (c control) sent() string {
	for _, o := range c.Options {
		if o.On {
			return o.Value
		}
	}
	if c.As == goal || c.As == person || c.As == strategy || c.As == detail {
		return ""
	}
	return c.Field.Value
}

func itoa(n int) string { return strconv.Itoa(n) }
