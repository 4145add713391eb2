package publish

import (
	"cmp"
	"context"
	"strings"

	"leerkring/access"
	"leerkring/block/agreement"
	"leerkring/internal/db"
	"leerkring/internal/i18n"
	"leerkring/internal/paper"
	"leerkring/school"
	"leerkring/trajectory"
)

// Agreement is the page 'Zo werken wij' on one A4. Absent for who may not take it along.
func (p *Press) Agreement(ctx context.Context, q db.Queryer, seen trajectory.Seen, say Say) (paper.Document, error) {
	if err := seen.Must(access.Export, access.AgreementPage, ""); err != nil {
		return paper.Document{}, err
	}
	v, err := p.Agreements.Show(ctx, q, seen)
	if err != nil {
		return paper.Document{}, err
	}
	t, s := say.T, v.Now()
	title := cmp.Or(s.Words.Title, seen.Title)
	d := p.sheet(seen, say, t.T("publish.agreement_title", "title", title), "")
	d.OnePage, d.Pages, d.Head = true, paper.Numbering{}, paper.Running{}
	d.Foot.Left = pageVersion(t, v)
	if s.ReviewOn != "" {
		d.Foot.Right = t.T("publish.review", "date", t.DateLong(s.ReviewOn))
	}
	d.Blocks = []paper.Block{
		paper.Paragraph{Style: paper.Small, Line: paper.Text(t.T("publish.how_at", "school", seen.School.Name))},
		paper.Heading{Level: 1, Text: title},
		paper.Paragraph{Style: paper.Lead, Line: paper.Text(s.Words.Sentence)},
		paper.Divider{},
	}
	if len(s.Words.Steps) > 0 {
		d.Blocks = append(d.Blocks, paper.Heading{Level: 2, Text: t.T("publish.why_short")}, paper.Paragraph{Line: paper.Text(strings.Join(s.Words.Steps, "  ›  "))})
	}
	d.Blocks = append(d.Blocks, halves(t, paper.Tinted, 2, shown(s.Core), shown(s.Room)))
	if care := carers(t, s, v.People); len(care) > 0 {
		d.Blocks = append(d.Blocks, paper.Columns{Columns: care})
	}
	if s.Meeting != "" {
		d.Blocks = append(d.Blocks, paper.Paragraph{Line: paper.Line{{Text: t.T("publish.comes_back") + " ", Bold: true}, {Text: joined(s.Meeting, s.Often)}}})
	}
	d.Blocks = append(d.Blocks, paper.Heading{Level: 2, Text: t.T("publish.sign")}, paper.WriteOn{Lines: 4})
	return d, nil
}

func pageVersion(t *i18n.Texts, v agreement.View) string {
	n := v.Number()
	switch {
	case n == 0:
		return t.T("publish.page_none")
	case v.Changed:
		return t.T("publish.page_changed", "number", n, "date", t.DateLong(v.Versions[0].On))
	}
	return t.T("publish.page_version", "number", n, "date", t.DateLong(v.Versions[0].On))
}

func shown(list []agreement.Shown) []paper.Line {
	out := make([]paper.Line, len(list))
	for i, s := range list {
		out[i] = paper.Text(s.Body)
		if s.Quality != "" {
			out[i] = append(out[i], paper.Span{Text: "\n" + s.Quality, Quiet: true})
		}
	}
	return out
}

// carers are who keeps the page alive, and who stands in.
func carers(t *i18n.Texts, s agreement.Snapshot, people map[string]school.Person) []paper.Column {
	p, ok := people[s.Caretaker]
	if !ok {
		return nil
	}
	blocks := []paper.Block{
		paper.Paragraph{Line: paper.Line{{Text: p.Name, Bold: true}, {Text: "\n" + t.T("publish.cares"), Quiet: true}}},
		paper.Paragraph{Style: paper.Small, Line: paper.Text(s.Doing)},
	}
	if s.Hours != "" {
		blocks = append(blocks, paper.Paragraph{Style: paper.Small, Line: paper.Text(t.T("publish.hours", "hours", s.Hours))})
	}
	out := []paper.Column{{Blocks: blocks}}
	if in, ok := people[s.StandIn]; ok {
		out = append(out, paper.Column{Blocks: []paper.Block{paper.Paragraph{Line: paper.Line{{Text: in.Name, Bold: true}, {Text: "\n" + t.T("publish.stands_in", "name", school.FirstName(p.Name)), Quiet: true}}}}})
	}
	return out
}
