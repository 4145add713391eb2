package handover

import (
	"leerkring/handover"
	"leerkring/internal/i18n"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// gave is what the person gave and what was taken over from them.
func gave(r *room.Request, of handover.Page) []given {
	var out []given
	for _, g := range of.Gave {
		if len(g.Items) == 0 {
			continue
		}
		x := given{ID: g.ID, Title: r.T.T("handover.gave_"+string(g.Kind), "name", school.FirstName(of.Names[g.MadeBy].Name), "until", until(r, g.Handover))}
		for _, i := range g.Items {
			x.Things = append(x.Things, thing{ID: i.Item.ID, What: What(r, i.Item), Note: joined(i.Trajectory, r.T.T("handover.is_with", "name", of.Names[i.OwnerID].Name))})
		}
		out = append(out, x)
	}
	return out
}

// got is what they have of others.
func got(r *room.Request, of handover.Page) []given {
	var people []ui.Option
	for _, p := range of.People {
		if p.ID != r.Who().ID {
			people = append(people, ui.Option{Value: p.ID, Text: p.Name})
		}
	}
	i18n.Sort(r.T, people, func(o ui.Option) string { return o.Text })
	could := func(l handover.Line) []ui.Option {
		if len(l.Could) == 0 {
			return people
		}
		return options(r, l.Could, "")
	}
	var out []given
	for _, g := range of.Got {
		if len(g.Items) == 0 {
			continue
		}
		x := given{ID: g.ID, Title: r.T.T("handover.got_from", "name", g.Giver.Called(), "until", until(r, g.Handover))}
		for _, i := range g.Items {
			x.Things = append(x.Things, thing{ID: i.Item.ID, What: What(r, i.Item), Note: joined(i.Trajectory, when(r, i.On)), People: could(i)})
		}
		out = append(out, x)
	}
	return out
}

// joined puts two things with a comma between; either may be missing.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}

func stands(r *room.Request, of handover.Page) []standing {
	var out []standing
	for _, h := range of.Stands {
		x := standing{ID: h.ID, Mine: h.FromID == r.Who().ID, Begun: !h.BegunAt.IsZero()}
		key, other := "handover.you_stand_in", h.FromID
		if x.Mine {
			key, other = "handover.stands_in_for_you", h.ToID
		}
		x.Text = r.T.T(key, "name", of.Names[other].Name, "from", r.T.Date(h.FromOn), "until", r.T.Date(h.UntilOn))
		out = append(out, x)
	}
	return out
}
