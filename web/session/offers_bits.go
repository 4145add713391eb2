package session

import (
	"strconv"

	"leerkring/block/session"
	"leerkring/web/ui"
)

func toneOf(o session.Offer) ui.Tone {
	if o.State == session.Open {
		return ui.Good
	}
	return ui.Calm
}

// dash makes the ids of the second form and those after it differ from the first.
func dash(i int) string {
	if i == 0 {
		return ""
	}
	return "-" + strconv.Itoa(i)
}

func (p *eventPage) roundNames(o session.Offer) []string {
	var out []string
	for _, round := range o.Rounds {
		out = append(out, p.roundName(round))
	}
	return out
}

func (p *offerPage) action() string {
	if p.Offer.ID == "" {
		return p.Path + "/offers"
	}
	return p.Path + "/offers/" + p.Offer.ID
}

func (p *offerPage) titled() ui.Field {
	f := p.text("title", p.r.T.T("session.offer_name"), p.Offer.Title)
	f.Max, f.Required = 120, true
	return f
}

func (p *offerPage) area(name, label, kept, hint string) ui.Field {
	f := p.text(name, label, kept)
	f.Hint, f.Rows, f.Max = hint, 2, 600
	return f
}

func (p *offerPage) number() ui.Field {
	f := p.text("places", p.r.T.T("session.offer_places"), strconv.Itoa(p.Offer.Places))
	f.Type, f.InputMode, f.Required = "number", "numeric", true
	return f
}

func (p *offerPage) followOn() ui.Field {
	f := p.text("follow_on", p.r.T.T("session.offer_follow_on"), string(p.Offer.FollowOn))
	f.Type, f.Wide = "date", false
	return f
}
