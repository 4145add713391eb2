package account

import (
	"leerkring/access"
	"leerkring/web/room"
)

// helpItem is how one page works, in a sentence or two.
type helpItem struct{ ID, Title, Text, Href string }

type helpPage struct {
	r        *room.Request
	Items    []helpItem
	Promises []string
}

// promises is how many promises the house makes; each has its sentence.
const promises = 12

// Help is one page that says how each page works, and what is promised.
func (rm *Room) Help(r *room.Request) error {
	p := helpPage{r: r}
	item := func(id, href string) {
		p.Items = append(p.Items, helpItem{ID: id, Title: r.T.T("help." + id + "_title"), Text: r.T.T("help." + id), Href: href})
	}
	item("week", "/week")
	item("trajectories", "/trajectories")
	if access.May(r.Who(), access.List, access.Object{Kind: access.Method, BoardID: r.Who().BoardID}) {
		item("methods", "/methods")
		item("words", "/words")
		item("coach", "/coach")
		item("further", "/further-reading")
	}
	if len(r.Known.Schools) > 0 {
		item("people", "/people")
		item("school", "/school")
	}
	item("account", "/account")
	item("security", "/account/security")
	for i := 1; i <= promises; i++ {
		p.Promises = append(p.Promises, r.T.T("help.promise_"+twoDigits(i)))
	}
	h := r.Head(r.T.T("help.title"), "")
	h.Lead = r.T.T("help.lead")
	r.Style(&h, "account")
	return r.Page(h, help(p))
}

func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
