package session_test

import (
	"testing"
	"time"

	"leerkring/block/session"
	"leerkring/internal/clock"
	"leerkring/internal/db"
)

func TestWhenACardIsAskedAfter(t *testing.T) {
	t.Parallel()
	ended := time.Date(2026, 3, 19, 23, 30, 0, 0, time.UTC) // already the 20th on the wall of the school
	held := func(change ...func(c *session.Card)) session.Card {
		c := session.Card{Ask: true, Zone: "Europe/Amsterdam", Session: session.Session{State: session.Closed, ClosedAt: ended}}
		c.MadeAt = ended.Add(-time.Minute)
		for _, f := range change {
			f(&c)
		}
		return c
	}
	told := func(on clock.Date) func(c *session.Card) {
		return func(c *session.Card) { c.Tried, c.TriedOn = session.TriedNotYet, on }
	}
	for name, x := range map[string]struct {
		card  session.Card
		today clock.Date
		want  session.Question
	}{
		"the day before":                   {held(), "2026-04-02", session.AsksNothing},
		"fourteen days after":              {held(), "2026-04-03", session.AsksTried},
		"after a summer holiday":           {held(), "2026-05-30", session.AsksTried},
		"in the end it is left in peace":   {held(), "2026-06-26", session.AsksNothing},
		"switched off":                     {held(func(c *session.Card) { c.Ask = false }), "2026-04-03", session.AsksNothing},
		"the session runs":                 {held(func(c *session.Card) { c.Session.State = session.Running }), "2026-04-03", session.AsksNothing},
		"it was cancelled":                 {held(func(c *session.Card) { c.Session.State = session.Cancelled }), "2026-04-03", session.AsksNothing},
		"written a week later":             {held(func(c *session.Card) { c.MadeAt = ended.AddDate(0, 0, 7) }), "2026-04-09", session.AsksNothing},
		"written a week later, then":       {held(func(c *session.Card) { c.MadeAt = ended.AddDate(0, 0, 7) }), "2026-04-10", session.AsksTried},
		"told, before six weeks":           {held(told("2026-04-03")), "2026-04-30", session.AsksNothing},
		"told, six weeks after":            {held(told("2026-04-03")), "2026-05-01", session.AsksUseful},
		"not told yet, six weeks after":    {held(), "2026-05-01", session.AsksTried},
		"told late: some rest in between":  {held(told("2026-04-28")), "2026-05-04", session.AsksNothing},
		"told late, after the rest":        {held(told("2026-04-28")), "2026-05-05", session.AsksUseful},
		"told, kept":                       {held(told("2026-04-03"), func(c *session.Card) { c.Useful = session.UsefulKept }), "2026-05-01", session.AsksNothing},
		"told, then switched off":          {held(told("2026-04-03"), func(c *session.Card) { c.Ask = false }), "2026-05-01", session.AsksNothing},
		"told, and in the end in peace":    {held(told("2026-04-03")), "2026-07-24", session.AsksNothing},
		"told, on the last day that it is": {held(told("2026-04-03")), "2026-07-23", session.AsksUseful},
	} {
		if got := x.card.Asks(x.today); got != x.want {
			t.Errorf("%s: asks %q, want %q", name, got, x.want)
		}
	}
}

// held holds a circle in which bas writes an own card, and returns its session and the card.
func (w *town) held() (id, card string) {
	w.t.Helper()
	id = w.circle()
	w.clock.Set(afternoon)
	w.ok(w.sessions.Begin(w.ctx(), w.who("host"), id))
	w.to(id, "afronden")
	card = must(w.sessions.Write(w.ctx(), w.who("bas"), id, "afronden.eigen", "", 0, "Eerst tellen, dan praten.", ""))(w.t)
	w.ok(w.sessions.Close(w.ctx(), w.who("host"), id))
	return id, card
}

// An own card comes back to its writer after two weeks and after six, and to nobody else; nobody else
// finds, changes or erases it, whoever they are.
func TestAnOwnCardComesBackToItsWriterAlone(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id, card := w.held()
		day := clock.On(afternoon, clock.Zone(""))
		ready := func(name string, days int) bool {
			return must(w.sessions.CardReady(w.ctx(), w.who(name), day.Add(days)))(t)
		}
		if ready("bas", 13) || !ready("bas", 14) {
			t.Error("asked on another day than the fourteenth")
		}
		for _, name := range []string{"host", "anna", "cato", "eva", "leader", "admin", "colleague", "member", "outsider"} {
			if ready(name, 14) || len(must(w.sessions.Cards(w.ctx(), w.who(name)))(t)) != 0 {
				t.Errorf("%s finds a card", name)
			}
			w.refused(w.sessions.AskAfter(w.ctx(), w.who(name), card, false), "absent")
			w.refused(w.sessions.Tell(w.ctx(), w.who(name), card, session.TriedYes, ""), "absent")
			w.refused(w.sessions.KeepCard(w.ctx(), w.who(name), card), "absent")
			w.refused(w.sessions.ShareCard(w.ctx(), w.who(name), card, "insight", "Van een ander.", w.trajectory), "absent")
			w.refused(w.sessions.EraseCard(w.ctx(), w.who(name), card), "absent")
		}
		w.clock.Set(afternoon.AddDate(0, 0, 14))
		version := w.view("cato", id).Version
		w.refused(w.sessions.Tell(w.ctx(), w.who("bas"), card, "heel goed", ""), "form.choose")
		w.ok(w.sessions.Tell(w.ctx(), w.who("bas"), card, session.TriedPartly, " Het kostte tijd. "))
		if w.view("cato", id).Version != version {
			t.Error("the circle is told that something about a card was written")
		}
		w.clock.Set(afternoon.AddDate(0, 0, 30))
		must(w.sessions.Erase(w.ctx()))(t)
		if ready("bas", 41) || !ready("bas", 42) {
			t.Error("asked on another day than after six weeks")
		}
		c := must(w.sessions.Cards(w.ctx(), w.who("bas")))(t)[0]
		if c.Body != "Eerst tellen, dan praten." || c.Tried != session.TriedPartly || c.TriedBody != "Het kostte tijd." || !c.There {
			t.Errorf("%+v", c)
		}
		w.ok(w.sessions.KeepCard(w.ctx(), w.who("bas"), card))
		if ready("bas", 60) {
			t.Error("asked after it was kept")
		}
		w.ok(w.sessions.EraseCard(w.ctx(), w.who("bas"), card))
		if n := must(db.One(w.ctx(), w.d, `select count(*) from session_card`, db.Int))(t); n != 0 {
			t.Error("it is not erased")
		}
		named := must(db.One(w.ctx(), w.d, `select count(*) from journal where object_kind = 'session_card' and (actor_id <> 'house' or school_id is not null or trajectory_id is not null)`, db.Int))(t)
		if written := must(db.One(w.ctx(), w.d, `select count(*) from journal where object_kind = 'session_card'`, db.Int))(t); named != 0 || written != 3 {
			t.Errorf("%d entries of the journal name somebody, of %d", named, written)
		}
	})
}

func TestWhatOfACardIsUsefulIsSharedWordForWord(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		_, card := w.held()
		w.clock.Set(afternoon.AddDate(0, 0, 14))
		w.ok(w.sessions.Tell(w.ctx(), w.who("bas"), card, session.TriedYes, "Dit is van mij."))
		w.clock.Set(afternoon.AddDate(0, 0, 42))
		w.exec(`insert into participant (trajectory_id, person_id, role, joined_at) values ($1, $2, 'member', $3)`, w.trajectory, w.people["bas"], w.clock.Now())
		share := func(kind, body, to string) error {
			return w.sessions.ShareCard(w.ctx(), w.who("bas"), card, kind, body, to)
		}
		w.refused(share("insight", "Tel eerst.", ""), "form.choose")
		w.refused(share("insight", " ", w.trajectory), "session.empty")
		w.refused(share("geheim", "Tel eerst.", w.trajectory), "form.choose")
		w.ok(share("insight", "Tel eerst.", w.trajectory))
		seen := must(w.trajectories.Reach(w.ctx(), w.d, w.who("lead"), w.trajectory))(t)
		heard := must(w.sessions.Released(w.ctx(), w.d, seen))(t)
		if len(heard) != 1 || heard[0].Body != "Tel eerst." || heard[0].PersonID != w.people["bas"] {
			t.Errorf("%+v", heard)
		}
		if c := must(w.sessions.Cards(w.ctx(), w.who("bas")))(t)[0]; c.Useful != session.UsefulShared || c.TriedBody != "Dit is van mij." {
			t.Errorf("%+v", c)
		}
		// The words stand by themselves: they stay when the card goes.
		w.ok(w.sessions.EraseCard(w.ctx(), w.who("bas"), card))
		if n := len(must(w.sessions.Released(w.ctx(), w.d, seen))(t)); n != 1 {
			t.Error("what was shared went with the card")
		}
	})
}

// Who left the circle keeps the own card, and can say no to being asked.
func TestACardOutlivesTheCircle(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.circle()
		w.clock.Set(afternoon)
		w.ok(w.sessions.Begin(w.ctx(), w.who("host"), id))
		w.to(id, "afronden")
		card := must(w.sessions.Write(w.ctx(), w.who("cato"), id, "afronden.eigen", "", 0, "Rustig beginnen.", ""))(t)
		w.ok(w.sessions.Leave(w.ctx(), w.who("cato"), id))
		w.ok(w.sessions.Close(w.ctx(), w.who("host"), id))
		day := clock.On(afternoon, clock.Zone("")).Add(14)
		if !must(w.sessions.CardReady(w.ctx(), w.who("cato"), day))(t) {
			t.Error("who left is not asked")
		}
		w.refused(w.sessions.ShareCard(w.ctx(), w.who("cato"), card, "insight", "Rustig beginnen.", w.trajectory), "absent")
		w.ok(w.sessions.AskAfter(w.ctx(), w.who("cato"), card, false))
		if must(w.sessions.CardReady(w.ctx(), w.who("cato"), day))(t) {
			t.Error("asked all the same")
		}
		if list := must(w.sessions.Cards(w.ctx(), w.who("cato")))(t); len(list) != 1 || list[0].There {
			t.Errorf("%d cards", len(list))
		}
	})
}
