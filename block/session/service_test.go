package session_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/block/session"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/trajectory"
)

func TestACircleIsHeldFromTheFirstStepToTheOwnCard(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.circle()
		w.clock.Set(afternoon)
		if _, err := w.sessions.Write(w.ctx(), w.who("anna"), id, "vertellen.deed", "", 0, "Ik liep weg, en kwam terug.", ""); err != nil {
			t.Fatal("the ending is written down beforehand:", err)
		}
		w.ok(w.sessions.Begin(w.ctx(), w.who("host"), id))
		w.to(id, "opschrijven")
		for _, name := range []string{"host", "bas", "cato", "daan"} {
			must(w.sessions.Write(w.ctx(), w.who(name), id, "opschrijven.standpunt", "", 0, "Ik zou blijven, zegt "+name+".", ""))(t)
		}
		_, err := w.sessions.Write(w.ctx(), w.who("anna"), id, "opschrijven.standpunt", "", 0, "Ik ook.", "")
		w.refused(err, "absent")
		if n := len(w.view("anna", id).In("opschrijven.standpunt")); n != 0 {
			t.Errorf("%d cards opened before all were done", n)
		}
		w.to(id, "voorlezen")
		if n := len(w.view("anna", id).In("opschrijven.standpunt")); n != 4 {
			t.Errorf("the presenter has %d cards", n)
		}
		if n := len(w.view("bas", id).In("vertellen.deed")); n != 0 {
			t.Error("the ending came too early")
		}
		w.to(id, "onthullen")
		if n := len(w.view("bas", id).In("vertellen.deed")); n != 1 {
			t.Error("the ending did not come")
		}
		w.to(id, "vergelijken")
		card := w.view("anna", id).In("opschrijven.standpunt")[0]
		w.ok(w.sessions.Mark(w.ctx(), w.who("anna"), id, card.ID, "bewaren"))
		w.refused(w.sessions.Mark(w.ctx(), w.who("bas"), id, card.ID, "bewaren"), "absent")
		w.to(id, "afronden")
		must(w.sessions.Write(w.ctx(), w.who("bas"), id, "afronden.eigen", "", 0, "Eerst tellen, dan praten.", ""))(t)
		w.ok(w.sessions.Close(w.ctx(), w.who("host"), id))
		w.ok(w.sessions.Close(w.ctx(), w.who("host"), id)) // twice is no mistake
		if got := w.view("bas", id).Own("afronden.eigen"); len(got) != 1 {
			t.Error("the own card is gone")
		}
		if got := w.view("anna", id).In("afronden.eigen"); len(got) != 0 {
			t.Error("somebody else reads an own card")
		}
		_, err = w.sessions.Write(w.ctx(), w.who("bas"), id, "vertellen.deed", "", 0, "x", "")
		w.refused(err, "session.over")
	})
}

// What is said in a closed circle stays with it: nobody else finds the session, its words, or its
// traces in the journal.
func TestAClosedCircleStaysClosed(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.circle()
		w.clock.Set(afternoon)
		must(w.sessions.Write(w.ctx(), w.who("anna"), id, "vertellen.deed", "", 0, "Geheim van Anna", ""))(t)
		w.ok(w.sessions.Begin(w.ctx(), w.who("host"), id))
		for _, name := range []string{"leader", "admin", "colleague", "outsider", "member"} {
			_, err := w.sessions.View(w.ctx(), w.who(name), id)
			w.refused(err, "absent")
			w.refused(w.sessions.Join(w.ctx(), w.who(name), id, true), "absent")
			w.refused(w.sessions.TakeOver(w.ctx(), w.who(name), id), "absent")
			list := must(w.sessions.Mine(w.ctx(), w.who(name)))(t)
			if len(list) != 0 {
				t.Errorf("%s finds %d sessions", name, len(list))
			}
		}
		// A leader who is asked may be there from the start only.
		w.ok(w.sessions.Ask(w.ctx(), w.who("host"), id, w.ids("leader")))
		w.refused(w.sessions.Join(w.ctx(), w.who("leader"), id, true), "session.leader_late")
		if n := len(w.view("leader", id).Texts); n != 0 {
			t.Error("who was asked and is not in reads words")
		}
		w.to(id, "informatie")
		// A colleague who comes later reads what is written from then on.
		w.ok(w.sessions.Ask(w.ctx(), w.who("host"), id, w.ids("colleague")))
		w.refused(w.sessions.Join(w.ctx(), w.who("colleague"), id, false), "session.confirm")
		w.ok(w.sessions.Join(w.ctx(), w.who("colleague"), id, true))
		w.to(id, "vergelijken")
		for _, x := range w.view("colleague", id).Texts {
			t.Errorf("who came later reads %q", x.Body)
		}
		type row struct{ actor, kind, trajectory string }
		rows := must(db.All(t.Context(), w.d, `select actor_id, kind, coalesce(trajectory_id, '') from journal where object_id = $1`, func(r *row) []any { return []any{&r.actor, &r.kind, &r.trajectory} }, id))(t)
		for _, r := range rows {
			if r.kind == "session.changed" && r.actor != "house" && r.actor != w.people["host"] {
				t.Errorf("the journal names who did something: %+v", r)
			}
			if r.trajectory != "" {
				t.Error("a closed circle is told below a trajectory")
			}
		}
	})
}

// What was written is erased at the end date, unless its writer keeps it. The own card is not the
// circle's: it stays until its writer erases it.
func TestWhatIsWrittenIsErasedUnlessItsWriterKeepsIt(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.circle()
		w.clock.Set(afternoon)
		w.ok(w.sessions.Begin(w.ctx(), w.who("host"), id))
		w.to(id, "opschrijven")
		keep := must(w.sessions.Write(w.ctx(), w.who("bas"), id, "opschrijven.standpunt", "", 0, "Dit houd ik.", ""))(t)
		must(w.sessions.Write(w.ctx(), w.who("cato"), id, "opschrijven.standpunt", "", 0, "Dit mag weg.", ""))(t)
		w.refused(w.sessions.Keep(w.ctx(), w.who("cato"), id, keep, true), "absent")
		w.ok(w.sessions.Keep(w.ctx(), w.who("bas"), id, keep, true))
		w.to(id, "afronden")
		card := must(w.sessions.Write(w.ctx(), w.who("daan"), id, "afronden.eigen", "", 0, "Dit neem ik mee.", ""))(t)
		w.refused(w.sessions.Keep(w.ctx(), w.who("daan"), id, card, true), "absent")
		w.ok(w.sessions.Close(w.ctx(), w.who("host"), id))
		w.clock.Set(afternoon.AddDate(0, 0, 29))
		if n := must(w.sessions.Erase(w.ctx()))(t); n != 0 {
			t.Error("too early")
		}
		w.clock.Set(afternoon.AddDate(0, 0, 30))
		if n := must(w.sessions.Erase(w.ctx()))(t); n != 1 {
			t.Errorf("%d sessions", n)
		}
		if n := must(w.sessions.Erase(w.ctx()))(t); n != 0 {
			t.Error("erased twice")
		}
		left := must(db.All(t.Context(), w.d, `select body from session_note where session_id = $1 union all select body from session_card where session_id = $1 order by 1`, db.Str, id))(t)
		if len(left) != 2 || left[0] != "Dit houd ik." || left[1] != "Dit neem ik mee." {
			t.Errorf("%q is left", left)
		}
	})
}

func TestTheCircleGoesOnWhenWhoLeadsFallsAway(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.circle()
		w.clock.Set(afternoon)
		w.refused(w.sessions.Begin(w.ctx(), w.who("bas"), id), "absent")
		w.ok(w.sessions.Begin(w.ctx(), w.who("host"), id))
		w.refused(w.sessions.TakeOver(w.ctx(), w.who("anna"), id), "session.host_presents")
		w.ok(w.sessions.TakeOver(w.ctx(), w.who("cato"), id))
		w.refused(w.sessions.Next(w.ctx(), w.who("host"), id, 0), "absent")
		w.ok(w.sessions.Next(w.ctx(), w.who("cato"), id, 0))
		// Somebody leaves in their turn: the turn goes on.
		for w.view("cato", id).At().Stage.ID != "informatie" {
			w.ok(w.sessions.Next(w.ctx(), w.who("cato"), id, w.view("cato", id).Step))
		}
		of := w.view("cato", id).Floor.Of
		for name, personID := range w.people {
			if personID == of && name != "cato" {
				w.ok(w.sessions.Leave(w.ctx(), w.who(name), id))
			}
		}
		if now := w.view("cato", id).Floor.Of; of != w.people["cato"] && (now == of || now == "") {
			t.Error("the turn stayed with who left")
		}
		// Stop is pressed: the clock rests, and nobody is named.
		w.ok(w.sessions.Stop(w.ctx(), w.who("anna"), id))
		v := w.view("cato", id)
		if !v.Stopped || v.PausedAt.IsZero() {
			t.Error("the clock runs on")
		}
		w.clock.Set(w.clock.Now().Add(20 * time.Minute))
		w.ok(w.sessions.Resume(w.ctx(), w.who("cato"), id))
	})
}

func TestALaptopThatWasFoldedClosesTheSession(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := must(w.sessions.Plan(w.ctx(), w.who("lead"), session.Plan{SchoolID: w.schoolID, MethodID: "weekbord", TrajectoryID: w.trajectory, StartsAt: afternoon, People: w.ids("member")}))(t)
		for _, name := range []string{"lead", "member"} {
			w.ok(w.sessions.Join(w.ctx(), w.who(name), id, false))
		}
		w.clock.Set(afternoon)
		w.ok(w.sessions.Begin(w.ctx(), w.who("lead"), id))
		must(w.sessions.Write(w.ctx(), w.who("member"), id, "lukte.kaart", "", 0, "Twee leerlingen hielpen elkaar.", ""))(t)
		w.clock.Set(afternoon.Add(29 * time.Minute))
		if n := must(w.sessions.CloseForgotten(w.ctx()))(t); n != 0 {
			t.Error("closed while it runs")
		}
		w.clock.Set(afternoon.Add(31 * time.Minute))
		if n := must(w.sessions.CloseForgotten(w.ctx()))(t); n != 1 {
			t.Errorf("%d closed", n)
		}
		v := w.view("member", id)
		if v.State != session.Closed || len(v.In("lukte.kaart")) != 1 {
			t.Error(v.State, len(v.Texts))
		}
		seen := must(w.trajectories.Reach(w.ctx(), w.d, w.who("lead"), w.trajectory))(t)
		facts := must(w.trajectories.Facts(w.ctx(), w.d, seen))(t)
		if facts["session_held"].State != trajectory.Is(true).State {
			t.Error("nothing was held")
		}
		// What belongs to the work of a team stays, and the team reads it.
		w.clock.Set(afternoon.AddDate(0, 2, 0))
		must(w.sessions.Erase(w.ctx()))(t)
		if n := len(w.view("lead", id).In("lukte.kaart")); n != 1 {
			t.Error("the minutes are gone")
		}
		_, err := w.sessions.View(w.ctx(), w.who("colleague"), id)
		w.refused(err, "absent")
	})
}

func TestFivePhonesAtOnceLoseNothing(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.circle()
		w.clock.Set(afternoon)
		w.ok(w.sessions.Begin(w.ctx(), w.who("host"), id))
		w.to(id, "opschrijven")
		names := []string{"host", "bas", "cato", "daan"}
		whos := map[string]func() error{}
		for _, name := range names {
			who := w.who(name)
			whos[name] = func() error {
				_, err := w.sessions.Write(w.ctx(), who, id, "opschrijven.standpunt", "", 0, "Van "+name, "")
				return errs.Join(err, w.sessions.Ready(w.ctx(), who, id, true))
			}
		}
		var wg sync.WaitGroup
		for _, name := range names {
			wg.Go(func() {
				if err := whos[name](); err != nil {
					t.Error(name, err)
				}
			})
		}
		wg.Wait()
		v := w.view("anna", id)
		if len(v.In("opschrijven.standpunt")) != 4 || len(v.Floor.Done) != 4 {
			t.Errorf("%d cards, %d done", len(v.In("opschrijven.standpunt")), len(v.Floor.Done))
		}
	})
}

func TestWhatGoesFurtherIsWhatSomebodyLetsGo(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := must(w.sessions.Plan(w.ctx(), w.who("lead"), session.Plan{SchoolID: w.schoolID, MethodID: "incidentmethode", TrajectoryID: w.trajectory, StartsAt: afternoon,
			PresenterID: w.people["anna"], People: w.ids("bas", "cato", "member")}))(t)
		for _, name := range []string{"lead", "anna", "bas", "cato", "member"} {
			w.ok(w.sessions.Join(w.ctx(), w.who(name), id, true))
		}
		w.clock.Set(afternoon)
		w.ok(w.sessions.Begin(w.ctx(), w.who("lead"), id))
		gone := must(w.sessions.LetGo(w.ctx(), w.who("member"), id, "insight", "Eerst vragen, dan pas helpen.", w.trajectory))(t)
		_, err := w.sessions.LetGo(w.ctx(), w.who("bas"), id, "insight", "Iets", w.trajectory)
		w.refused(err, "absent") // bas takes no part in that trajectory
		seen := must(w.trajectories.Reach(w.ctx(), w.d, w.who("colleague"), w.trajectory))(t)
		list := must(w.sessions.Released(w.ctx(), w.d, seen))(t)
		if len(list) != 1 || !strings.HasPrefix(list[0].Body, "Eerst vragen") {
			t.Errorf("%+v", list)
		}
		w.refused(w.sessions.TakeBack(w.ctx(), w.who("anna"), id, gone), "absent")
		w.ok(w.sessions.TakeBack(w.ctx(), w.who("member"), id, gone))
		if list := must(w.sessions.Released(w.ctx(), w.d, seen))(t); len(list) != 0 {
			t.Error("taken back and still there")
		}
		// That the circle is held shows only to who is in it.
		if list := must(w.sessions.OfTrajectory(w.ctx(), w.d, seen))(t); len(list) != 0 {
			t.Error("a colleague sees a closed circle")
		}
	})
}

func TestALeaderDoesNotLeadAClosedCircle(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		plan := session.Plan{SchoolID: w.schoolID, MethodID: "incidentmethode", StartsAt: afternoon, People: w.ids("bas", "cato", "daan")}
		_, err := w.sessions.Plan(w.ctx(), w.who("leader"), plan)
		w.refused(err, "session.leader_hosts")
		plan.HostID = w.people["bas"]
		id := must(w.sessions.Plan(w.ctx(), w.who("leader"), plan))(t)
		w.ok(w.sessions.Join(w.ctx(), w.who("leader"), id, true)) // from the start, as one of them
		plan.HostID = w.people["leader"]
		_, err = w.sessions.Plan(w.ctx(), w.who("host"), plan)
		w.refused(err, "session.leader_hosts")
		plan.HostID, plan.SchoolID = "", "s-elsewhere"
		_, err = w.sessions.Plan(w.ctx(), w.who("host"), plan)
		w.refused(err, "absent")
		plan.SchoolID, plan.People = w.schoolID, w.ids("outsider")
		_, err = w.sessions.Plan(w.ctx(), w.who("host"), plan)
		w.refused(err, "session.not_here")
		plan.People, plan.MethodID = nil, "verbetercyclus"
		_, err = w.sessions.Plan(w.ctx(), w.who("host"), plan)
		w.refused(err, "session.method_unknown")
	})
}

// Going out and coming in again is no way around having been there.
func TestGoingOutAndInOpensNothing(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.circle()
		w.ok(w.sessions.Ask(w.ctx(), w.who("host"), id, w.ids("leader", "colleague")))
		w.ok(w.sessions.Join(w.ctx(), w.who("leader"), id, true))
		w.ok(w.sessions.Leave(w.ctx(), w.who("leader"), id)) // before the start
		w.clock.Set(afternoon)
		must(w.sessions.Write(w.ctx(), w.who("anna"), id, "vertellen.deed", "", 0, "Geheim van Anna", ""))(t)
		w.ok(w.sessions.Begin(w.ctx(), w.who("host"), id))
		w.to(id, "informatie")
		w.refused(w.sessions.TakeRole(w.ctx(), w.who("host"), id, w.people["bas"], "presenter"), "session.presenter_stays")
		w.refused(w.sessions.DropRole(w.ctx(), w.who("host"), id, "presenter"), "session.presenter_stays")
		w.refused(w.sessions.Here(w.ctx(), w.who("host"), id, w.people["leader"], true, true), "session.leader_late")
		w.ok(w.sessions.Leave(w.ctx(), w.who("colleague"), id)) // asked, never there
		w.ok(w.sessions.Here(w.ctx(), w.who("host"), id, w.people["colleague"], true, true))
		w.ok(w.sessions.Close(w.ctx(), w.who("host"), id)) // early: the ending was not told yet
		for _, name := range []string{"colleague", "bas", "host"} {
			for _, x := range w.view(name, id).Texts {
				t.Errorf("%s reads %q", name, x.Body)
			}
		}
	})
}
