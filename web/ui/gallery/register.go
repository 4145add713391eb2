package gallery

import (
	"strconv"

	"github.com/a-h/templ"

	"leerkring/web/ui"
)

// part registers a part that looks after its own colours.
func part(name, state string, make func() templ.Component) {
	Register("parts/"+name, state, func(string) templ.Component { return make() })
}

func init() {
	part("button", "all kinds", buttons)
	part("icon", "all", icons)
	part("label", "all kinds", labels)
	part("person", "sizes and shapes", people)
	part("says", "opinions, paragraphs, sizes", sayings)
	part("field", "filled", fields)
	part("field", "refused", refusedForm)
	part("field", "search", searching)
	part("choice", "all kinds", choices)
	part("list", "rows", rows)
	part("list", "navigation", navigation)
	part("fold", "questions, private", folds)
	part("comment", "thread", comments)
	part("week", "strip", week)
	part("week", "asks", asks)
	part("week", "minutes", minutes)
	part("status", "notices", notices)
	part("status", "empty, absent, loading", emptiness)
	part("plan", "halves", halves)
	part("plan", "agreements and tasks", settled)
	part("plan", "table", table)
	part("plan", "timeline", timeline)
	part("plan", "moments", moments)
	part("plan", "tally", tally)
	part("plan", "two versions", merge)
	part("chart", "weighing", func() templ.Component { return ui.WeighingChart(weighing()) })
}

func init() {
	part("wheel", "mini", minis)
	part("wheel", "ribbon", ribbons)
	part("wheel", "steps", stepLists)
	part("wheel", "loops told", loops)
	part("clock", "running", clocks)
	part("clock", "not begun, over, live", restingClocks)
	for _, s := range []struct {
		state string
		wheel ui.WheelOf
	}{
		{"agreed drawing", wheel("w", phaseNames, 4, "1 2 3 2a 3 4 3b 4")},
		{"just begun", wheel("w", phaseNames, 1, "1")},
		{"no line yet", wheel("w", phaseNames, 1, "")},
		{"gone back", wheel("w", phaseNames, 2, "1 2 3 2a")},
		{"three loops", wheel("w", phaseNames, 4, "1 2 1a 2 3 2b 3 4 3c 4")},
		{"last phase", wheel("w", phaseNames, 5, "3 4 5")},
		{"nine is ribbon", wheel("w", methods[9], 4, "1 2 3 4")},
	} {
		part("wheel", s.state, func() templ.Component { return ui.Wheel(s.wheel) })
	}
	for n, route := range []string{3: "1 2 3 2a", 4: "1 2 3 2a 3", 6: "1 2 3 2a 3 4 5", 7: "1 2 3 2a 3 4 5 6"} {
		if route == "" {
			continue
		}
		w := wheel("w", methods[n], n-1, route)
		part("wheel", strconv.Itoa(n)+" stages", func() templ.Component { return ui.Wheel(w) })
	}
}

func init() {
	Register("frame/page", "trajectory", func(theme string) templ.Component {
		return ui.Layout(PageHead("Aansluiting klas 3–4", "Trajecten", theme), trajectoryBody())
	})
	Register("frame/page", "week", func(theme string) templ.Component {
		h := PageHead("Mijn week", "Mijn week", theme)
		h.Heading, h.Lead = "Mijn week", "Vier dingen vragen je aandacht. Bij elkaar kost dat je ongeveer een kwartier."
		h.Flash = &ui.Flash{Text: "Niet nu. We vragen het volgende week.", Undo: "/x", Button: "Maak ongedaan"}
		h.Live = "/live/week"
		return ui.Layout(h, weekBody())
	})
	Register("frame/bare", "sign in", func(theme string) templ.Component {
		return ui.BarePage(outside("Open Leerkring", theme), signInBody())
	})
	Register("frame/bare", "not here", func(theme string) templ.Component {
		return ui.BarePage(outside("Niet hier", theme), ui.NotHere("Deze pagina is er niet, of niet voor jou.", "Vraag het aan wie je de link stuurde."))
	})
	Register("frame/board", "meeting", func(theme string) templ.Component {
		return ui.BoardPage(outside("Het uur op het bord", theme), ui.Board{
			Title: "Het PLG-uur", Where: "PLG Aansluiting klas 3–4", Foot: boardFoot(),
			Parts: []ui.Step{{Name: "1 Delen", Passage: ui.Past}, {Name: "2 Vraag 1", Passage: ui.Past}, {Name: "3 Vraag 2", Passage: ui.Here}, {Name: "4 Besluiten"}},
		}, boardBody())
	})
}

func outside(title, theme string) ui.PageHead {
	return ui.PageHead{
		Texts: Dutch, Title: title, Theme: theme, Styles: Styles(), Home: "#main", Place: "Het Baken College",
		Languages: []ui.Language{{Tag: "en", Name: "English", Action: "/x"}},
	}
}
