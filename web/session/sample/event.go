package sample

import (
	"time"

	"leerkring/access"
	"leerkring/block/session"
	"leerkring/internal/clock"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/room/sample"
	sessionweb "leerkring/web/session"
)

// market is an event with four tables in three rounds, two places each.
func market(r *room.Request) (*scene, []session.Offer) {
	s := circle(r, "kennismarkt", "", marieke, joost, samira, noor, thijs, esra, sample.Wim)
	s.x.Title, s.x.StartsAt = s.says("market"), sample.Now.AddDate(0, 0, 7)
	s.now = sample.Now
	day := clock.On(s.x.StartsAt, s.seen(noor.ID).Zone)
	rounds := s.pack.Session.Offers.Rounds
	table := func(n string, host school.Person, state session.OfferState, rounds ...string) session.Offer {
		o := session.Offer{ID: sample.ID("f" + n), SessionID: s.x.ID, Title: s.says("offer_" + n), About: s.says("offer_about"), Room: "1.0" + n, Rounds: rounds, Places: 2, Answers: map[string]string{}, State: state, Hosts: []string{host.ID}, MadeBy: host.ID, MadeAt: s.now, Version: 1}
		if state == session.Open {
			o.FollowOn, o.FollowText = day.Add(21), s.says("offer_follow")
			for _, f := range s.pack.Session.Offers.Asks {
				o.Answers[f.ID] = s.says("offer_answer")
			}
		}
		return o
	}
	return s, []session.Offer{table("1", joost, session.Open, rounds[0], rounds[1]), table("2", samira, session.Open, rounds[0], rounds[2]), table("3", thijs, session.Open, rounds[1]), table("4", noor, session.Proposed, rounds[2])}
}

// wishes let people choose, one after the other.
func wishes(offers []session.Offer, round string, at ...[2]int) []session.Choice {
	people := []school.Person{esra, sample.Wim, thijs, noor, noor}
	var out []session.Choice
	for i, x := range at {
		out = append(out, session.Choice{OfferID: offers[x[0]].ID, Round: round, PersonID: people[i].ID, Wish: x[1], Line: i + 1})
	}
	return session.Fill(offers, out)
}

func offered(state string, who school.Person, choose func(s *scene, offers []session.Offer) []session.Choice) {
	book.Page("session/event", state, who, func(r *room.Request) error {
		s, offers := market(r)
		var choices []session.Choice
		if choose != nil {
			choices = choose(s, offers)
		}
		s.read.View = s.view(r.Who().ID)
		s.read.Programme = s.seen(r.Who().ID).Programme(offers, choices)
		return sessionweb.OffersPage(r, s.read)
	})
}

func init() {
	offered("nothing chosen", noor, nil)
	offered("my route, a waiting line", noor, func(s *scene, offers []session.Offer) []session.Choice {
		rounds := s.pack.Session.Offers.Rounds
		// The first table is full: Noor waits for it and has a place at the second.
		first := wishes(offers, rounds[0], [2]int{0, 1}, [2]int{0, 1}, [2]int{1, 1}, [2]int{0, 1}, [2]int{1, 2})
		return append(first, wishes(offers, rounds[1], [2]int{2, 1}, [2]int{2, 1})...)
	})
	offered("hosts a table", joost, nil)
	book.Page("session/event", "before it begins", noor, func(r *room.Request) error {
		s, _ := market(r)
		return s.is(noor, session.In, "").page()
	})
}

func init() {
	book.Page("session/list", "empty", noor, func(r *room.Request) error {
		return sessionweb.ListPage(r, nil)
	})
	book.Page("session/list", "coming, running and past", noor, func(r *room.Request) error {
		list := func(s *scene, me session.Attends) session.Listed {
			return session.Listed{Session: s.x, Pack: s.pack, Me: me}
		}
		soon, _ := market(r)
		asked := incident(r)
		asked.x.StartsAt = sample.Now.Add(48 * time.Hour)
		return sessionweb.ListPage(r, []session.Listed{list(board(r, "lukte"), session.In), list(asked, session.Invited), list(soon, session.In), list(held(r), session.In)})
	})
	book.Page("session/list", "empty, works at no school", sample.Wim, func(r *room.Request) error {
		r.Known.Schools, r.Known.Who = nil, access.Who{ID: sample.Wim.ID, BoardID: sample.BoardID, Kind: access.Guest}
		return sessionweb.ListPage(r, nil)
	})
}
