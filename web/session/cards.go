package session

import (
	"leerkring/access"
	"leerkring/block/session"
	"leerkring/internal/clock"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/writing"
)

// Door asks somebody to show once more who they are, before what is somebody's own opens.
type Door interface {
	// Private refuses when private areas are closed to this browser.
	Private(r *room.Request) error
	// Refused shows a form again, or leads to the page that asks, and back.
	Refused(r *room.Request, err error, back string, again room.Handler) error
}

const cardsPath = "/cards"

type cardsPage struct {
	r            *room.Request
	Cards        []cardView
	Trajectories []trajectory.Seen
	drafts       map[string]writing.Body
	sees         string
}

// cardView is somebody's own card as its writer sees it.
type cardView struct {
	session.Card
	From string // which session, and when
	Asks session.Question
}

// Cards shows somebody what they took along, and asks after what has come of it.
func (rm *Room) Cards(r *room.Request) error {
	if err := rm.Door.Private(r); err != nil {
		return rm.Door.Refused(r, err, cardsPath, rm.Cards)
	}
	list, err := rm.Sessions.Cards(r.Ctx(), r.Who())
	if err != nil {
		return err
	}
	p := &cardsPage{r: r}
	p.sees = ownSentence(r)
	var asked, other []cardView
	useful := false
	for _, c := range list {
		x := cardView{Card: c, Asks: c.Asks(r.Today()), From: r.T.T("session.card_from", "method", r.Pack(c.Pack.Name), "date", r.T.Date(clock.On(c.Session.HeldAt(), clock.Zone(c.Zone))))}
		useful = useful || x.Asks == session.AsksUseful
		if x.Asks == session.AsksNothing {
			other = append(other, x)
		} else {
			asked = append(asked, x)
		}
	}
	p.Cards = append(asked, other...)
	if useful {
		if p.Trajectories, err = rm.Trajectories.Mine(r.Ctx(), r.Who()); err != nil {
			return err
		}
	}
	if p.drafts, err = r.House.Drafts.Under(r.Ctx(), r.Who().ID, session.CardDraft("")); err != nil {
		return err
	}
	h := r.Head(r.T.T("session.cards_title"), "")
	h.Crumbs = []ui.Link{{Text: r.T.T("session.list_title"), Href: "/sessions"}}
	h.Lead = r.T.T("session.cards_lead")
	r.Style(&h, "session")
	return r.Page(h, cards(p))
}

// ownSentence says who sees what is the person's own.
func ownSentence(r *room.Request) string {
	text, _ := r.Sees(access.VisibleTo(access.Object{Kind: access.PrivateNote, BoardID: r.Who().BoardID, OwnerID: r.Who().ID}, access.Audience{}))
	return text
}

// onCard carries out one act on a card, behind the same door as the page.
func (rm *Room) onCard(r *room.Request, said string, act func(id string) error) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err = rm.Door.Private(r); err == nil {
		err = act(id)
	}
	if err != nil {
		return rm.Door.Refused(r, err, cardsPath, rm.Cards)
	}
	return r.Said(cardsPath, said)
}

// TellCard keeps how it went with what somebody took along.
func (rm *Room) TellCard(r *room.Request) error {
	return rm.onCard(r, "session_card_told", func(id string) error {
		f := r.Form()
		tried, body := f.Line("tried", 20), f.Text("body", 4000)
		if err := f.Err(); err != nil {
			return err
		}
		return rm.Sessions.Tell(r.Ctx(), r.Who(), id, session.Tried(tried), body)
	})
}

// ShareCard lets words about a card go further.
func (rm *Room) ShareCard(r *room.Request) error {
	return rm.onCard(r, "session_let_go", func(id string) error {
		f := r.Form()
		kind, body, to := f.Choice("kind", "insight", "agreement"), f.Text("body", 4000), f.ID("trajectory")
		if err := f.Err(); err != nil {
			return err
		}
		return rm.Sessions.ShareCard(r.Ctx(), r.Who(), id, kind, body, to)
	})
}

// KeepCard says that a card stays somebody's own.
func (rm *Room) KeepCard(r *room.Request) error {
	return rm.onCard(r, "session_card_kept", func(id string) error { return rm.Sessions.KeepCard(r.Ctx(), r.Who(), id) })
}

// EraseCard erases a card.
func (rm *Room) EraseCard(r *room.Request) error {
	return rm.onCard(r, "session_card_erased", func(id string) error { return rm.Sessions.EraseCard(r.Ctx(), r.Who(), id) })
}

// AskCard lets a card be asked after, or not. It stands on the page of the session too: there it
// opens nothing, so it asks for no proof.
func (rm *Room) AskCard(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	back, ask := f.ID("session"), f.Typed("ask") == "yes"
	if err := f.Err(); err != nil {
		return err
	}
	if err := rm.Sessions.AskAfter(r.Ctx(), r.Who(), id, ask); err != nil {
		return err
	}
	if back != "" {
		return r.Go("/sessions/" + back)
	}
	return r.Go(cardsPath)
}

func (p *cardsPage) filling(form string, c cardView) room.Filling {
	return room.Filling{R: p.r, Form: form + "-" + c.ID, ID: form + "-" + c.ID + "-", Draft: p.drafts[session.CardDraft(c.ID)]}
}

// answers are how it can have gone.
func (p *cardsPage) answers() []ui.Option {
	var out []ui.Option
	for _, t := range []session.Tried{session.TriedYes, session.TriedPartly, session.TriedNotYet, session.TriedOther} {
		out = append(out, ui.Option{Value: string(t), Text: p.r.T.T("session.tried_" + string(t))})
	}
	return out
}

// kinds are what words that go further can be.
func (p *cardsPage) kinds() []ui.Option {
	return []ui.Option{{Value: "insight", Text: p.r.T.T("session.kind_insight")}, {Value: "agreement", Text: p.r.T.T("session.kind_agreement")}}
}

// places are where words about a card can go: where its writer takes part, the work of the session first.
func (p *cardsPage) places(c cardView) []ui.Option {
	if !c.There {
		return nil
	}
	return placesOf(p.Trajectories, c.Session.TrajectoryID)
}

func placesOf(list []trajectory.Seen, first string) []ui.Option {
	out := []ui.Option{}
	for _, t := range list {
		if !t.State.Ended() {
			out = append(out, ui.Option{Value: t.ID, Text: t.Title, On: t.ID == first})
		}
	}
	return out
}

// later says when a card is asked after, "" when it is not.
func (p *cardsPage) later(c cardView) string {
	switch {
	case !c.Ask:
		return p.r.T.T("session.card_not_asked")
	case c.Tried == "" && c.Session.State == session.Closed && p.r.Today() < c.TriedFrom():
		return p.r.T.T("session.card_asked_on", "date", p.r.T.Date(c.TriedFrom()))
	}
	return ""
}
