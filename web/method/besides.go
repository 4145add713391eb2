package method

import (
	"leerkring/web/room"
	"leerkring/web/ui"
)

// neighbours are the pages that lie beside each other here: no room of the main menu.
func neighbours(r *room.Request, current string) []ui.Tab {
	var out []ui.Tab
	for _, x := range []struct{ key, href string }{
		{"methods", "/methods"}, {"words", "/words"}, {"further", "/further-reading"}, {"coach", "/coach"},
	} {
		out = append(out, ui.Tab{Text: r.T.T("method.tab_" + x.key), Href: x.href, Current: x.href == current})
	}
	return out
}
