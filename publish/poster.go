package publish

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"leerkring/access"
	"leerkring/block/plan"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/paper"
	"leerkring/school"
	"leerkring/trajectory"
)

// What a poster has room for: who stands in a corridor reads for half a minute.
const (
	posterGoals   = 4
	posterLines   = 5
	posterMoments = 5
	posterWhy     = 240 // characters
	posterSpots   = 5
)

// Poster is the plan for the wall, on one A3. Absent for who may not take the plan along.
func (p *Press) Poster(ctx context.Context, q db.Queryer, seen trajectory.Seen, say Say) (paper.Document, error) {
	if err := seen.Must(access.Export, access.Plan, ""); err != nil {
		return paper.Document{}, err
	}
	page, err := p.Plans.Page(ctx, q, seen)
	if err != nil {
		return paper.Document{}, err
	}
	people, err := p.Trajectories.Participants(ctx, q, seen)
	if err != nil {
		return paper.Document{}, err
	}
	circle, err := p.circle(ctx, q, seen, say)
	if err != nil {
		return paper.Document{}, err
	}
	t := say.T
	x := planSheet{t: t, page: page, year: seen.Today().Time().Year()}
	d := p.sheet(seen, say, t.T("publish.poster_title", "title", seen.Title), "")
	d.Sheet, d.OnePage, d.Pages, d.Head = paper.A3, true, paper.Numbering{}, paper.Running{}
	d.Foot = paper.Running{Left: askThem(t.T, t.List, people), Right: x.version()}
	title := []paper.Block{
		paper.Paragraph{Style: paper.Small, Line: paper.Line{{Text: seen.School.Name, Bold: true}}},
		paper.Heading{Level: 1, Text: seen.Title},
		paper.Paragraph{Style: paper.Lead, Line: paper.Text(short(cmp.Or(page.Plan.Head.Why, seen.Question), posterWhy))},
	}
	if len(circle.Stages) > 1 {
		title = []paper.Block{paper.Columns{Columns: []paper.Column{{Share: 13, Blocks: title}, {Share: 9, Blocks: []paper.Block{circle}}}}}
	}
	d.Blocks = append(append(title, paper.Divider{}), x.posterGoals()...)
	if len(page.Core)+len(page.Room) > 0 {
		d.Blocks = append(d.Blocks, halves(t, paper.Strong, 2, firstOf(x.core(), posterLines), firstOf(x.room(), posterLines)))
	}
	d.Blocks = append(d.Blocks, x.posterMoments()...)
	d.Blocks = append(d.Blocks, paper.Columns{Framed: true, Columns: []paper.Column{{Tone: paper.Pale, Blocks: []paper.Block{
		paper.Heading{Level: 2, Text: t.T("publish.spots")}, paper.Paragraph{Style: paper.Small, Line: paper.Text(t.T("publish.spots_hint"))}, paper.Spots{Count: posterSpots},
	}}}})
	return d, nil
}

// circle is the way of the method, with where the team is.
func (p *Press) circle(ctx context.Context, q db.Queryer, seen trajectory.Seen, say Say) (paper.Circle, error) {
	c := paper.Circle{Now: -1}
	pack, err := p.Trajectories.PackOf(ctx, q, seen.Trajectory)
	if err != nil {
		return c, err
	}
	for i, s := range pack.Stages {
		c.Stages = append(c.Stages, say.Pack(s.Name))
		if s.ID == seen.StageID {
			c.Now = i
		}
	}
	if c.Now >= 0 {
		c.Middle = say.T.T("publish.stage_now", "n", c.Now+1, "of", len(c.Stages))
		c.Says = say.T.T("publish.stage_says", "n", c.Now+1, "of", len(c.Stages), "name", c.Stages[c.Now], "all", say.T.List(c.Stages))
	}
	return c, nil
}

// posterGoals stand two beside each other.
func (x planSheet) posterGoals() []paper.Block {
	goals := firstOf(x.page.Goals, posterGoals)
	var out []paper.Block
	for pair := range slices.Chunk(goals, 2) {
		c := paper.Columns{}
		for _, g := range pair {
			blocks := []paper.Block{paper.Heading{Level: 2, Text: x.t.T("publish.goal", "number", g.Number)}, paper.Paragraph{Style: paper.Lead, Line: paper.Text(g.Is.Text)}}
			if g.Is.NoticedBy != "" {
				blocks = append(blocks, paper.Paragraph{Style: paper.Small, Line: paper.Text(x.t.T("publish.noticed") + " " + short(g.Is.NoticedBy, 140))})
			}
			c.Columns = append(c.Columns, paper.Column{Blocks: blocks})
		}
		out = append(out, c)
	}
	return out
}

// posterMoments are the days that matter: when the team looks back, and what begins while
// there is room.
func (x planSheet) posterMoments() []paper.Block {
	type dated struct {
		on clock.Date
		m  paper.Moment
	}
	var all []dated
	for _, l := range x.page.Looks {
		if l.Is.On != "" {
			all = append(all, dated{l.Is.On, paper.Moment{When: x.day(l.Is.On), What: short(l.Is.Question, 70), Note: short(joined(l.Is.How, l.Is.Who), 60), Look: true}})
		}
	}
	all = firstOf(all, posterMoments)
	begin := slices.DeleteFunc(slices.Clone(x.page.Actions), func(a plan.Placed[plan.Action]) bool { return a.Is.FromOn == "" })
	slices.SortStableFunc(begin, func(a, b plan.Placed[plan.Action]) int { return cmp.Compare(a.Is.FromOn, b.Is.FromOn) })
	for _, a := range firstOf(begin, posterMoments-len(all)) {
		all = append(all, dated{a.Is.FromOn, paper.Moment{When: x.day(a.Is.FromOn), What: short(a.Is.Text, 70), Note: short(x.who(a.Is), 60)}})
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b dated) int { return cmp.Compare(a.on, b.on) })
	var m paper.Moments
	for _, d := range all {
		m.Items = append(m.Items, d.m)
	}
	return []paper.Block{m}
}

// askThem says to whom one can turn: who leads.
func askThem(t func(string, ...any) string, list func([]string) string, people []trajectory.Participant) string {
	var names []string
	for _, p := range people {
		if p.Role == trajectory.Lead {
			names = append(names, school.FirstName(p.Name))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return t("publish.ask", "names", list(names))
}

// short cuts a text where a sentence ends, else at a word.
func short(text string, most int) string {
	text = strings.Join(strings.Fields(paper.Clean(text)), " ")
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	cut := string([]rune(text)[:most])
	if i := strings.LastIndexAny(cut, ".!?"); i > most/3 {
		return cut[:i+1]
	}
	if i := strings.LastIndexByte(cut, ' '); i > most/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,.;:") + "…"
}

func firstOf[T any](list []T, n int) []T { return list[:max(0, min(n, len(list)))] }
