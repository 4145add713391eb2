package plan

import (
	"leerkring/block/contribution"
	"leerkring/block/evidence"
	"leerkring/block/plan"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/why"
)

// cited are the words of what a plan rests on, as far as the person asking may read them.
type cited struct {
	titles map[why.Ref]evidence.Title
	voices map[string]contribution.Contribution
}

// groundView is what stands behind a goal or an action.
type groundView struct {
	Fold   string // what opens it
	Groups []groundGroup
	Hidden bool // something is behind it that this person may not read
	None   bool // nothing yet
}

type groundGroup struct {
	Title string
	Items []citation
}

// citation is one thing that something rests on.
type citation struct{ Text, Href string }

// cite reads the words of all that the plan rests on, in two queries.
func (rm *Room) cite(r *room.Request, seen trajectory.Seen, page plan.Page) (cited, error) {
	var c cited
	things, voices := 0, []string{}
	for _, g := range page.Grounds {
		things += len(g.Findings) + len(g.For) + len(g.Against)
		for _, v := range g.Voices {
			voices = append(voices, v.ID)
		}
	}
	var err error
	if things > 0 {
		if c.titles, err = rm.Evidence.Titles(r.Ctx(), rm.Trajectories.DB(), seen); err != nil {
			return c, err
		}
	}
	if len(voices) > 0 {
		c.voices, err = rm.Contributions.ByID(r.Ctx(), rm.Trajectories.DB(), seen, voices)
	}
	return c, err
}

// ground shows what stands behind an item.
func (x reader) ground(id string) groundView {
	g, ok := x.page.Grounds[id]
	v := groundView{}
	if !ok {
		return v
	}
	refs := 0
	group := func(key string, list []why.Ref, word func(why.Ref) (citation, bool)) {
		refs += len(list)
		var items []citation
		for _, ref := range list {
			if c, ok := word(ref); ok {
				items = append(items, c)
			}
		}
		if len(items) > 0 {
			v.Groups = append(v.Groups, groundGroup{x.t("ground_" + key), items})
		}
	}
	group("goals", g.Goals, x.goalCited)
	group("findings", g.Findings, x.thingCited)
	group("for", g.For, x.thingCited)
	group("against", g.Against, x.thingCited)
	group("voices", g.Voices, x.voiceCited)
	v.None = refs == 0
	v.Hidden = refs > 0 && len(v.Groups) == 0
	if g.Paper.Is() { // tells where it came from, not on what it rests
		v.Groups = append(v.Groups, groundGroup{x.t("ground_paper"), []citation{{Text: x.ownPlan(g.Paper)}}})
	}
	return v
}

// ownPlan names the plan that the team had already.
func (x reader) ownPlan(p plan.PaperRef) string {
	date := x.r.T.DateLong(x.r.T.Day(p.At))
	if p.Title == "" {
		return x.t("ground_paper_plain", "date", date)
	}
	return x.t("ground_paper_named", "title", p.Title, "date", date)
}

func (x reader) goalCited(ref why.Ref) (citation, bool) {
	for _, g := range x.page.Goals {
		if g.ID == ref.ID {
			return citation{Text: x.t("goal_n", "number", g.Number) + ": " + g.Is.Text}, true
		}
	}
	return citation{}, false
}

func (x reader) thingCited(ref why.Ref) (citation, bool) {
	title, ok := x.cited.titles[ref]
	return citation{Text: title.Text, Href: "/trajectories/" + x.seen.ID + "/sources"}, ok
}

func (x reader) voiceCited(ref why.Ref) (citation, bool) {
	c, ok := x.cited.voices[ref.ID]
	if !ok || c.Withdrawn != "" {
		return citation{}, false
	}
	return citation{Text: short(c.Body, 160), Href: "/trajectories/" + x.seen.ID + "/contributions/" + c.ID}, true
}

// rests says on how much the whole plan rests, as the parts of one sentence.
func (x reader) rests() string {
	findings, sources, voices := map[why.Ref]bool{}, map[why.Ref]bool{}, map[why.Ref]bool{}
	put := func(into map[why.Ref]bool, list ...why.Ref) {
		for _, ref := range list {
			into[ref] = true
		}
	}
	for _, g := range x.page.Grounds {
		put(findings, g.Findings...)
		put(sources, g.For...)
		put(sources, g.Against...)
		put(voices, g.Voices...)
	}
	var parts []string
	for _, p := range []struct {
		key string
		n   int
	}{{"rests_findings", len(findings)}, {"rests_sources", len(sources)}, {"rests_voices", len(voices)}} {
		if p.n > 0 {
			parts = append(parts, x.t(p.key, "n", p.n))
		}
	}
	return x.r.T.List(parts)
}
