package account

import (
	"slices"

	"leerkring/access"
	"leerkring/web/room"
)

// helpItem is how one page works, in a sentence or two; without Href it stands in a trajectory.
type helpItem struct{ ID, Title, Text, Href string }

type helpGroup struct {
	ID, Title string
	Items     []helpItem
}

type helpPage struct {
	r        *room.Request
	Groups   []helpGroup
	Promises []string
}

// promises is how many promises the house makes; each has its sentence.
const promises = 12

// Help is one page that says how each page works, and what is promised. Every page leads to
// its own place on it.
func (rm *Room) Help(r *room.Request) error {
	p := helpPage{r: r}
	for _, group := range room.HelpGroups {
		g := helpGroup{ID: "group-" + group, Title: r.T.T("help.group_" + group)}
		for _, t := range room.Topics {
			if t.Group == group && helps(r, t) {
				g.Items = append(g.Items, helpItem{ID: t.ID, Title: r.T.T("help." + t.ID + "_title"), Text: r.T.T("help." + t.ID), Href: t.Href})
			}
		}
		if len(g.Items) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	for i := 1; i <= promises; i++ {
		p.Promises = append(p.Promises, r.T.T("help.promise_"+twoDigits(i)))
	}
	h := r.Head(r.T.T("help.title"), "")
	h.Lead = r.T.T("help.lead")
	r.Style(&h, "account")
	return r.Page(h, help(p))
}

// helps leaves out what this person has no page for.
func helps(r *room.Request, t room.Topic) bool {
	may := func(k access.Kind) bool {
		return access.May(r.Who(), access.List, access.Object{Kind: k, BoardID: r.Who().BoardID, SchoolID: r.School().ID})
	}
	switch {
	case t.Group == room.HelpAdmin:
		return may(access.Account)
	case t.Group == room.HelpSchool:
		return len(r.Known.Schools) > 0
	case slices.Contains([]string{"methods", "own_methods", "words", "coach", "further"}, t.ID):
		return may(access.Method)
	}
	return true
}

func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
