package api_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"leerkring/api"
	"leerkring/block/contribution"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/school"
	"leerkring/writing"
)

// crawl reads everything that somebody can reach, without what differs per request.
func (g *ground) crawl(name string) string {
	var out strings.Builder
	for _, r := range api.Routes() {
		if r.Method != "GET" || r.Public {
			continue
		}
		a := g.w.ask(name, "GET", g.path(r, g.parts), "")
		out.WriteString(r.String() + " " + a.Body + "\n")
	}
	return out.String()
}

// TestPrivateThingsLeaveNoTrace: what others keep to themselves changes no byte of what a
// leader, an admin or a colleague can read.
func TestPrivateThingsLeaveNoTrace(t *testing.T) {
	t.Parallel()
	w := newTown(t, dbtest.SQLite(t))
	g := w.ground(true)
	others := []string{"lead", "leader", "admin", "privacy", "board", "colleague", "coach", "stranger"}
	before := map[string]string{}
	for _, name := range others {
		before[name] = g.crawl(name)
	}
	drafts := writing.NewDrafts(w.d, w.clock)
	_, err := drafts.Save(t.Context(), w.ids["member"], "plan/goal/"+g.parts["goal"], writing.Body{"text": "Een geheim concept."})
	w.ok(err)
	_, err = drafts.Save(t.Context(), w.ids["member"], "decision/reaction/"+g.parts["decision"], writing.Body{"text": "Een geheim bezwaar."})
	w.ok(err)
	id := w.ask("member", "POST", "/trajectories", `{"title":"Een geheim begin","method_id":"kleine-ronde","open":true,"draft":true}`).id()
	for _, name := range others {
		if after := g.crawl(name); after != before[name] {
			t.Errorf("%s sees a difference", name)
		}
		w.ask(name, "GET", "/trajectories/"+id, "").problem(404)
	}
	if mine := g.crawl("member"); strings.Contains(mine, "geheim concept") || strings.Contains(mine, "geheim bezwaar") {
		t.Error("a draft has no API, also not for its writer")
	}
}

func TestNoProgramSeesARating(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.begin(true)
		at := "/trajectories/" + id
		raters := []string{"lead", "member"}
		for _, name := range []string{"ria", "rob", "roos"} {
			w.staff(name)
			raters = append(raters, name)
			w.exec(`insert into participant (trajectory_id, person_id, role, joined_at) values ($1, $2, 'member', $3)`, id, w.ids[name], start)
		}
		var rates []contribution.Rate
		for _, title := range []string{"Zelf beginnen", "Rust in de gang"} {
			focus := w.ask("lead", "POST", at+"/focus-points", `{"title":"`+title+`"}`).id()
			rates = append(rates, contribution.Rate{FocusPointID: focus, Importance: 5, Effort: 1})
		}
		round := w.ask("lead", "POST", at+"/rounds", `{"form":"rating","audience":"plg","closes_on":"2026-03-26"}`).id()
		empty := w.ask("member", "GET", at+"/focus-points", "").is(200).Body
		for i, name := range raters[:4] {
			w.ok(w.rooms.Contributions.Rate(t.Context(), w.who(name), id, round, rates))
			var r api.Round
			w.ask("lead", "GET", at+"/rounds/"+round, "").into(&r)
			if r.Answered != 0 {
				t.Errorf("after %d it tells %d", i+1, r.Answered)
			}
		}
		if now := w.ask("member", "GET", at+"/focus-points", "").Body; now != empty {
			t.Errorf("a rating shows: %s", now)
		}
		w.ok(w.rooms.Contributions.Rate(t.Context(), w.who(raters[4]), id, round, rates)) // the last one closes the round
		figures := w.ask("member", "GET", at+"/focus-points", "").Body
		var list api.List[api.Candidate]
		w.ask("leader", "GET", at+"/focus-points", "").into(&list)
		if f := list.Items[0].Figure; f == nil || f.Importance.Shown != "middle" || f.Importance.Middle != 4.5 || f.Importance.High != 0 {
			t.Errorf("%+v", f)
		}
		if leader := w.ask("leader", "GET", at+"/focus-points", "").Body; leader != figures {
			t.Errorf("the leader sees something else:\n%s\n%s", leader, figures)
		}
	})
}

func TestOfADecisionOutsidersSeeTheEnd(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/trajectories/" + w.begin(true)
		id := w.ask("lead", "POST", at+"/decisions", `{"title":"Doen we dit?","audience":"plg","closes_on":"2026-04-02"}`).id()
		w.ask("lead", "PUT", at+"/decisions/"+id+"/reaction", `{"choice":"wish","text":"Alleen van ons."}`, "If-Match", "0").is(204)
		w.ask("colleague", "GET", at+"/decisions/"+id, "").problem(404)
		w.ask("lead", "POST", at+"/decisions/"+id+"/close", `{"outcome":"withdrawn","reason":"Later."}`).is(204)
		var d api.Decision
		a := w.ask("colleague", "GET", at+"/decisions/"+id, "").into(&d)
		if d.End == nil || d.End.Outcome != "withdrawn" || d.Whole || d.Tally != nil || len(d.Reactions) != 0 || strings.Contains(a.Body, "van ons") {
			t.Errorf("%s", a.Body)
		}
	})
}

// TestWhatIsKnownOfPeople: name and teams, for a leader as for a colleague, and no more.
func TestWhatIsKnownOfPeople(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.exec(`update person set away_until_on = '2026-06-01' where id = $1`, w.ids["member"])
		for _, name := range []string{"colleague", "leader", "timetabler"} {
			var list struct{ Items []map[string]any }
			w.ask(name, "GET", "/people?limit=200", "").into(&list)
			if len(list.Items) < 6 {
				t.Errorf("%s sees %d people", name, len(list.Items))
			}
			for _, p := range list.Items {
				if keys := slices.Sorted(maps.Keys(p)); !slices.Equal(keys, []string{"id", "name", "team_ids"}) {
					t.Errorf("%s sees %v", name, keys)
				}
			}
		}
		w.ask("guest", "GET", "/people?school="+w.founded.SchoolID, "").problem(404)
		w.ask("colleague", "GET", "/people?school="+w.second, "").problem(404)
		w.ask("colleague", "GET", "/people/"+w.ids["stranger"], "").problem(404)
		var me api.Me
		raw := w.ask("leader", "GET", "/me", "").into(&me).Body
		if me.ID != w.ids["leader"] || me.Email != "leader@baken.example" || len(me.Roles) != 1 || me.Roles[0].Role != "leader" || me.Token.Scope != "write" || strings.Contains(raw, "lk_") {
			t.Errorf("%s", raw)
		}
	})
}

// TestASponsorAndAFocusPointAreOfTheSchool: a body cannot tie a trajectory to another board.
func TestASponsorAndAFocusPointAreOfTheSchool(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		other, err := w.rooms.Schools.Suggest(t.Context(), w.who("stranger"), school.NewFocus{SchoolID: w.otherSchool(), Title: "Van een ander bestuur"})
		w.ok(err)
		for field, id := range map[string]string{"sponsor_id": w.ids["stranger"], "focus_point_id": other.ID} {
			w.ask("lead", "POST", "/trajectories", `{"title":"Van ons","method_id":"kleine-ronde","open":true,"`+field+`":"`+id+`"}`).problem(404)
		}
		at := "/trajectories/" + w.begin(true)
		w.ask("lead", "PUT", at, `{"title":"Van ons","open":true,"sponsor_id":"`+w.ids["colleague"]+`"}`, "If-Match", "1").problem(404)
		w.ask("lead", "PUT", at, `{"title":"Van ons","open":true,"sponsor_id":"`+w.ids["leader"]+`"}`, "If-Match", "1").is(204)
		var p api.Trajectory
		w.ask("lead", "GET", at, "").into(&p)
		if p.SponsorID != w.ids["leader"] {
			t.Errorf("%+v", p)
		}
	})
}

// TestNoVersionOfOthers: what somebody kept beside the text is theirs alone.
func TestNoVersionOfOthers(t *testing.T) {
	t.Parallel()
	w := newTown(t, dbtest.SQLite(t))
	at := "/trajectories/" + w.begin(true)
	item := w.ask("lead", "POST", at+"/plan/items", `{"core":{"text":"Een."}}`).id()
	w.ask("lead", "PUT", at+"/plan/items/"+item, `{"core":{"text":"Twee."}}`, "If-Match", "1").is(204)
	w.ask("member", "PUT", at+"/plan/items/"+item, `{"core":{"text":"Van member, ernaast."}}`, "If-Match", "1").problem(409)
	for name, want := range map[string]int{"member": 3, "lead": 2, "colleague": 2} {
		var list struct{ Items []json.RawMessage }
		w.ask(name, "GET", at+"/plan/items/"+item+"/versions", "").into(&list)
		if len(list.Items) != want {
			t.Errorf("%s sees %d texts", name, len(list.Items))
		}
	}
}

// otherSchool is the school of the other board.
func (w *town) otherSchool() string {
	w.t.Helper()
	id, err := db.One(w.t.Context(), w.d, `select school_id from staff where person_id = $1`, db.Str, w.ids["stranger"])
	w.ok(err)
	return id
}
