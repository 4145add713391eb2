package sample

import (
	"time"

	"leerkring/block/session"
	"leerkring/method"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/room/sample"
)

var noor, marieke, joost, samira, thijs, esra = sample.Noor, sample.Marieke, sample.Joost, sample.Samira, sample.Thijs, sample.Esra

// incident is the circle that most samples are about: Marieke leads, Joost brings something in.
func incident(r *room.Request) *scene {
	s := circle(r, "incidentmethode", "", marieke, joost, samira, noor, thijs, esra)
	s.x.Title = s.says("about")
	return s.is(joost, session.Invited, method.RolePresenter)
}

// at is that circle, begun and at a stage.
func at(r *room.Request, stage string) *scene { return incident(r).begin().to(stage) }

// choosing is its first step, in which all write one line.
func choosing(r *room.Request) *scene {
	return at(r, "kiezen").writes(marieke, "kiezen.zin", "moment_5").writes(joost, "kiezen.zin", "moment_1").writes(samira, "kiezen.zin", "moment_2").
		writes(thijs, "kiezen.zin", "moment_3").writes(esra, "kiezen.zin", "moment_4")
}

// views is the step in which all write what they would do.
func views(r *room.Request) *scene {
	return at(r, "opschrijven").writes(samira, "opschrijven.standpunt", "view_1").writes(thijs, "opschrijven.standpunt", "view_2").writes(noor, "opschrijven.standpunt", "view_3")
}

func one(state string, who school.Person, play func(r *room.Request) *scene) {
	book.Page("session/circle", state, who, func(r *room.Request) error { return play(r).page() })
}

func init() {
	one("waiting, asked", noor, func(r *room.Request) *scene {
		return incident(r).is(marieke, session.In, "").is(joost, session.In, method.RolePresenter)
	})
	one("waiting, in", noor, func(r *room.Request) *scene {
		return incident(r).is(marieke, session.In, "").is(noor, session.In, "").is(esra, session.Out, "")
	})
	one("waiting, brings something in", joost, func(r *room.Request) *scene {
		return incident(r).is(marieke, session.In, "").is(joost, session.In, method.RolePresenter).drafts("vertellen.deed", "did")
	})
	one("waiting, too few, leads", marieke, func(r *room.Request) *scene {
		return incident(r).is(marieke, session.In, "").is(noor, session.In, "").is(esra, session.Out, "")
	})
	one("cards not open yet", esra, func(r *room.Request) *scene { return choosing(r).ready(joost, samira).later(2 * time.Minute) })
	one("cards open together", noor, func(r *room.Request) *scene {
		return choosing(r).ready(marieke, joost, samira, noor, thijs, esra).votes(1, samira).later(3 * time.Minute)
	})
	one("tells, the ending hidden", joost, func(r *room.Request) *scene {
		return at(r, "vertellen").writes(joost, "vertellen.deed", "did").later(time.Minute)
	})
	one("silent writing", thijs, func(r *room.Request) *scene {
		return at(r, "noteren").writes(thijs, "noteren.vraag", "question").ready(samira).later(time.Minute)
	})
	one("silent writing, a draft", esra, func(r *room.Request) *scene {
		return views(r).drafts("opschrijven.standpunt", "draft").ready(samira, thijs).later(2 * time.Minute)
	})
	one("round, your turn", noor, func(r *room.Request) *scene { return at(r, "informatie").turnOf(noor).later(3 * time.Minute) })
	one("round, leads", marieke, func(r *room.Request) *scene { return at(r, "informatie").turnOf(thijs).later(5 * time.Minute) })
	one("round is done", samira, func(r *room.Request) *scene {
		s := at(r, "informatie")
		for range 4 {
			s.do(func() (session.Session, error) { return s.x.PassOn(s.x.Floor.Of, false, s.now) })
		}
		return s.later(11 * time.Minute)
	})
	one("listens with the back turned", joost, func(r *room.Request) *scene { return at(r, "analyse").later(4 * time.Minute) })
	one("views for the presenter", joost, func(r *room.Request) *scene {
		return views(r).ready(samira, noor, thijs, esra, marieke).to("voorlezen").later(2 * time.Minute)
	})
	one("the ending, told", samira, func(r *room.Request) *scene {
		return at(r, "vertellen").writes(joost, "vertellen.deed", "did").to("onthullen").later(2 * time.Minute)
	})
	one("paused, leads", marieke, func(r *room.Request) *scene { return at(r, "analyse").later(4 * time.Minute).pause(false) })
	one("stopped", noor, func(r *room.Request) *scene { return at(r, "analyse").later(4 * time.Minute).pause(true) })
	one("last minute", noor, func(r *room.Request) *scene { return at(r, "analyse").later(9*time.Minute + 20*time.Second) })
	one("run out of time, leads", marieke, func(r *room.Request) *scene { return at(r, "analyse").later(13 * time.Minute) })
	one("late comer", esra, func(r *room.Request) *scene {
		s := incident(r).is(esra, session.Out, "").begin().to("analyse")
		return s.is(esra, session.Invited, "").later(2 * time.Minute)
	})
	one("who leads is gone", noor, func(r *room.Request) *scene {
		return at(r, "analyse").is(marieke, session.Out, "").later(2 * time.Minute)
	})
	one("on one big screen", marieke, func(r *room.Request) *scene {
		s := at(r, "informatie").turnOf(thijs).later(5 * time.Minute)
		s.read.Big = true
		return s
	})
	one("own card at the end", noor, func(r *room.Request) *scene { return at(r, "afronden").turnOf(samira).later(2 * time.Minute) })
	one("last step, leads", marieke, func(r *room.Request) *scene { return at(r, "afronden").later(4 * time.Minute) })
}

// consult is a circle in which people raise a hand.
func consult(r *room.Request) *scene {
	s := circle(r, "consultancy", "", marieke, joost, samira, noor, thijs, esra).is(joost, session.Invited, method.RolePresenter).begin()
	return s.writes(joost, "dilemma.vraag", "dilemma").to("feiten").hands(samira, thijs, esra)
}

func init() {
	one("queue of hands", noor, func(r *room.Request) *scene { return consult(r).later(3 * time.Minute) })
	one("queue, a hand up", esra, func(r *room.Request) *scene { return consult(r).later(3 * time.Minute) })
	one("queue, leads", marieke, func(r *room.Request) *scene { return consult(r).later(3 * time.Minute) })
}

// held is that circle when it is over.
func held(r *room.Request) *scene {
	return at(r, "vertellen").writes(joost, "vertellen.deed", "did").to("opschrijven").writes(samira, "opschrijven.standpunt", "view_1").
		writes(thijs, "opschrijven.standpunt", "view_2").to("afronden").writes(noor, "afronden.eigen", "own_step").close().later(2 * time.Minute)
}

func init() {
	one("closed, was in it", noor, held)
	one("closed, brought it in", joost, held)
	one("closed, was not in it", esra, func(r *room.Request) *scene { return held(r).is(esra, session.Out, "") })
	one("cancelled", noor, func(r *room.Request) *scene {
		s := incident(r)
		s.x.State = session.Cancelled
		return s
	})
	book.Page("session/circle", "closed, let go further", samira, func(r *room.Request) error {
		s := held(r)
		s.read.Trajectories = mine(s)
		return s.page(session.Release{ID: sample.ID("r1"), PersonID: samira.ID, Kind: "insight", Body: s.says("insight")})
	})
}
