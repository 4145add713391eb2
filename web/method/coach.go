package method

import (
	"slices"
	"strings"

	"leerkring/access"
	"leerkring/method"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// tip is one card of the coach.
type tip struct{ ID, Text, Because string }

// tipsAt are the tips of one moment.
type tipsAt struct {
	ID, Name string
	Tips     []tip
}

type coachPage struct {
	r     *room.Request
	For   []ui.Tab
	Title string
	At    []tipsAt
}

// Coach shows all tips, for one part that people play at a time, by the moment at which they
// come up.
func (*Room) Coach(r *room.Request) error {
	if err := must(r, access.List); err != nil {
		return err
	}
	library, err := r.Library()
	if err != nil {
		return err
	}
	cards := library.Cards()
	count := map[method.Audience]int{}
	for _, c := range cards {
		count[c.Role]++
	}
	role := method.Audience(r.R.URL.Query().Get("for"))
	p := coachPage{r: r}
	for _, a := range method.Audiences {
		if count[a] == 0 {
			continue
		}
		if count[role] == 0 {
			role = a // nobody asked for a part that we know: the first
		}
		p.For = append(p.For, ui.Tab{Text: r.T.T("method.for_" + string(a)), Note: r.T.T("method.tips_n", "n", count[a]), Href: "/coach?for=" + string(a), Current: a == role})
	}
	p.Title = r.T.T("method.tips_for", "who", r.T.T("method.for_"+string(role)))
	p.At = tips(r, library, role)
	h := r.Head(r.T.T("method.coach_title"), "trajectories")
	h.Lead = r.T.T("method.coach_lead")
	r.Style(&h, "method")
	return r.Page(h, coach(p))
}

// tips lays the tips of a part by when they come up: by stage in the order of the packs,
// then by what is being worked on, then at any time.
func tips(r *room.Request, library *method.Library, role method.Audience) []tipsAt {
	names, place := stages(r, library)
	fills := map[string]string{}
	for _, f := range method.Fills {
		fills[f] = "[" + r.T.T("method.fill_"+f) + "]"
	}
	at := map[string]*tipsAt{}
	rank := map[string]int{}
	var order []string
	for _, c := range library.Cards() {
		if c.Role != role {
			continue
		}
		key, name, where := "any", r.T.T("method.at_any_moment"), 1<<30
		switch {
		case len(c.Phases) > 0:
			var said []string
			for _, id := range c.Phases {
				said = append(said, names[id])
			}
			key, name, where = "in-"+strings.Join(c.Phases, "-"), r.T.List(slices.Compact(said)), place[c.Phases[0]]*100+len(c.Phases)
		case c.Block != "":
			key, name, where = "on-"+string(c.Block), r.T.T("method.block_"+string(c.Block)), 1<<29+slices.Index(method.Blocks, c.Block)
		}
		if at[key] == nil {
			at[key] = &tipsAt{ID: key, Name: name}
			rank[key] = where
			order = append(order, key)
		}
		at[key].Tips = append(at[key].Tips, tip{ID: c.ID, Text: r.Words.RenderWith(c.Text, fills), Because: r.Words.RenderWith(c.Because, fills)})
	}
	slices.SortStableFunc(order, func(a, b string) int { return rank[a] - rank[b] })
	var out []tipsAt
	for _, key := range order {
		out = append(out, *at[key])
	}
	return out
}

// stages are the names of all stages and their place, in the order in which people meet them.
func stages(r *room.Request, library *method.Library) (names map[string]string, place map[string]int) {
	names, place = map[string]string{}, map[string]int{}
	for _, s := range library.Shelves() {
		for _, p := range s.Packs {
			for _, stage := range p.Stages {
				if _, known := names[stage.ID]; !known {
					names[stage.ID], place[stage.ID] = r.Pack(stage.Name), len(place)
				}
			}
		}
	}
	return names, place
}
