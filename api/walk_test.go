package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"leerkring/access"
	"leerkring/api"
	"leerkring/internal/dbtest"
)

// ground is a trajectory of the lead with one of everything in it.
type ground struct {
	w     *town
	open  bool
	ended bool
	at    string
	parts map[string]string // the names in curly braces of the routes
}

func (w *town) ground(open bool) *ground {
	w.t.Helper()
	id := w.begin(open)
	g := &ground{w: w, open: open, at: "/trajectories/" + id, parts: map[string]string{"id": id, "method": "verbetercyclus", "element": "f1.g1", "number": "1"}}
	make := func(path, body string) string { return w.ask("lead", "POST", g.at+path, body).id() }
	g.parts["contribution"] = make("/contributions", oneAnswer)
	g.parts["round"] = make("/rounds", `{"element_id":"f1.q2","form":"named","audience":"plg","closes_on":"2026-03-26"}`)
	g.parts["focus"] = make("/focus-points", `{"title":"Zelf beginnen"}`)
	g.parts["finding"] = make("/evidence", `{"finding":{"text":"Ze wachten."}}`)
	g.parts["source"] = make("/evidence", `{"source":{"of":"own_data","title":"Telling"}}`)
	g.parts["condition"] = make("/conditions", fmt.Sprintf(`{"kind":"time","text":"Een uur.","essential":true,"asked_id":%q}`, w.ids["member"]))
	g.parts["goal"] = make("/plan/items", `{"goal":{"text":"Ze beginnen zelf."}}`)
	w.ask("lead", "POST", g.at+"/plan/put-up", `{"to":"discussed"}`).is(204)
	g.parts["decision"] = make("/decisions", `{"title":"Doen we dit?","audience":"plg","closes_on":"2026-04-02"}`)
	w.ask("lead", "PUT", g.at+"/decisions/"+g.parts["decision"]+"/reaction", `{"choice":"objection","text":"Te veel in april."}`, "If-Match", "0").is(204)
	var d api.Decision
	w.ask("lead", "GET", g.at+"/decisions/"+g.parts["decision"], "").into(&d)
	g.parts["reaction"] = d.Reactions[0].ID
	g.parts["meeting"] = make("/meetings", `{"starts_at":"2026-03-26T15:10:00+01:00","minutes":50,"items":[{"part":"learn","question":"Wat zagen we?","minutes":20},{"part":"share","question":"En verder?","minutes":10}]}`)
	w.ask("lead", "POST", g.at+"/meetings/"+g.parts["meeting"]+"/ready", "").is(204)
	var h api.Hour
	w.ask("lead", "GET", g.at+"/meetings/"+g.parts["meeting"], "").into(&h)
	g.parts["agenda"] = h.Items[1].ID
	g.parts["note"] = make("/meetings/"+g.parts["meeting"]+"/notes", fmt.Sprintf(`{"item_id":%q,"body":"Zes van acht."}`, h.Items[0].ID))
	w.ask("lead", "POST", g.at+"/meetings/"+g.parts["meeting"]+"/tasks", fmt.Sprintf(`{"owner_id":%q,"body":"Delen.","due_on":"2026-04-01"}`, w.ids["lead"])).is(204)
	var tasks api.List[api.Task]
	w.ask("lead", "GET", g.at+"/tasks", "").into(&tasks)
	g.parts["task"] = tasks.Items[0].ID
	g.parts["indicator"] = make("/indicators", `{"kind":"carried_out","text":"Er staat een vraag."}`)
	g.parts["moment"] = make("/moments", `{"on":"2026-03-19"}`)
	g.parts["agreement"] = make("/agreements", `{"kind":"core","text":"We beginnen met een vraag."}`)
	g.parts["session"] = circleID
	g.parts["person"] = w.ids["member"]
	return g
}

// path is a route on this ground.
func (g *ground) path(r access.Route, parts map[string]string) string {
	out := strings.TrimPrefix(r.Pattern, api.Prefix)
	for name, value := range parts {
		if name == "item" {
			continue
		}
		out = strings.ReplaceAll(out, "{"+name+"}", value)
	}
	item := parts["finding"]
	switch {
	case strings.HasSuffix(r.Pattern, "/translation"):
		item = parts["source"]
	case strings.Contains(r.Pattern, "/plan/"):
		item = parts["goal"]
	case strings.Contains(r.Pattern, "/meetings/"):
		item = parts["agenda"]
	}
	out = strings.ReplaceAll(out, "{item}", item)
	switch out {
	case "/people", "/teams", "/focus-points", "/people/" + parts["person"]:
		if r.Method == "GET" {
			out += "?school=" + g.w.founded.SchoolID
		}
	}
	return out
}

// bodies are what somebody who may would send.
func (g *ground) body(r access.Route) string {
	w, p := g.w, g.parts
	if r.Method == "POST" && strings.HasSuffix(r.Pattern, "{id}/focus-points") {
		return fmt.Sprintf(`{"title":"Zelf kiezen","signal_ids":[%q]}`, p["contribution"])
	}
	key := r.Method + " " + strings.TrimPrefix(strings.TrimPrefix(r.Pattern, api.Prefix), "/trajectories/{id}")
	return map[string]string{
		"POST /focus-points":                                    fmt.Sprintf(`{"title":"Rust in de gang","school_id":%q}`, w.founded.SchoolID),
		"PUT /focus-points/{focus}":                             `{"title":"Zelf aan de slag"}`,
		"PUT /focus-points/{focus}/choice":                      `{"state":"chosen"}`,
		"POST /trajectories":                                    fmt.Sprintf(`{"title":"Nog een","method_id":"kleine-ronde","open":true,"school_id":%q}`, w.founded.SchoolID),
		"PUT ":                                                  fmt.Sprintf(`{"title":"Een ander woord","open":%v,"team_ids":[%q]}`, g.open, w.teamID),
		"POST /move":                                            `{"move":"forward","stage_id":"verdiep","reason":"Genoeg."}`,
		"PUT /state":                                            `{"state":"paused","reason":"Toetsweek.","until":"2026-04-10"}`,
		"PUT /gate/{element}":                                   `{"state":"met"}`,
		"POST /cycles":                                          `{"title":"De volgende"}`,
		"POST /contributions":                                   oneAnswer,
		"POST /reactions":                                       fmt.Sprintf(`{"body":"Herkenbaar.","about":{"kind":"goal","id":%q}}`, p["goal"]),
		"PUT /contributions/{contribution}":                     `{"body":"Anders gezegd."}`,
		"POST /contributions/{contribution}/replies":            `{"body":"Ja."}`,
		"PUT /contributions/{contribution}/outcome":             `{"outcome":"taken","note":"Gedaan."}`,
		"PUT /contributions/{contribution}/candidate":           fmt.Sprintf(`{"focus_point_id":%q}`, p["focus"]),
		"POST /rounds":                                          `{"element_id":"f1.q1","form":"named","audience":"plg","closes_on":"2026-03-26"}`,
		"POST /evidence":                                        `{"source":{"of":"interview","title":"Een gesprek"}}`,
		"PUT /evidence/{item}":                                  `{"finding":{"text":"Ze wachten vaak."}}`,
		"PUT /evidence/{item}/sources":                          fmt.Sprintf(`{"for":[%q],"against":[]}`, p["source"]),
		"PUT /evidence/{item}/translation":                      `{"sentence":"Bij ons ook."}`,
		"PUT /evidence/{item}/shared":                           `{"shared":false}`,
		"POST /conditions":                                      `{"kind":"budget","text":"Boeken."}`,
		"PUT /conditions/{condition}":                           `{"kind":"time","text":"Twee uur."}`,
		"POST /conditions/{condition}/ask":                      fmt.Sprintf(`{"asked_id":%q}`, w.ids["member"]),
		"POST /conditions/{condition}/answer":                   `{"answer":"promised","due":"2026-05-01"}`,
		"POST /conditions/{condition}/kept":                     `{"kept":true}`,
		"POST /conditions/waivers":                              `{"reason":"We beginnen vast."}`,
		"PUT /plan":                                             `{"why":"Omdat ze wachten."}`,
		"POST /plan/draft":                                      `{"why":"Omdat."}`,
		"POST /plan/put-up":                                     `{"to":"to_decision"}`,
		"POST /plan/adjust":                                     `{"reason":"Anders.","decided_by":"de groep"}`,
		"POST /plan/items":                                      `{"core":{"text":"Een vraag op het bord."}}`,
		"PUT /plan/items/{item}":                                `{"goal":{"text":"Ze beginnen vanzelf."}}`,
		"PUT /plan/items/{item}/place":                          `{"place":1}`,
		"PUT /plan/items/{item}/answers":                        `{"answers":[]}`,
		"POST /decisions":                                       `{"title":"En dit?","audience":"plg","closes_on":"2026-04-02"}`,
		"PUT /decisions/{decision}/reaction":                    `{"choice":"agree"}`,
		"PUT /decisions/{decision}/reactions/{reaction}/answer": `{"text":"We wachten tot mei."}`,
		"PUT /decisions/{decision}/reactions/{reaction}/owner":  fmt.Sprintf(`{"owner_id":%q,"due_on":"2026-03-26"}`, w.ids["member"]),
		"POST /decisions/{decision}/close":                      `{"outcome":"not_now","reason":"Later."}`,
		"POST /meetings":                                        `{"starts_at":"2026-04-09T15:10:00+02:00","minutes":50}`,
		"PUT /meetings/{meeting}":                               `{"starts_at":"2026-03-26T15:10:00+01:00","minutes":40}`,
		"POST /meetings/{meeting}/close":                        `{}`,
		"POST /meetings/{meeting}/items":                        `{"part":"decide","question":"Doen we dit?","minutes":10}`,
		"PUT /meetings/{meeting}/items/{item}":                  `{"part":"share","question":"En nog iets?","minutes":10,"was":"En verder?"}`,
		"POST /meetings/{meeting}/notes":                        fmt.Sprintf(`{"item_id":%q,"body":"Vier van zes."}`, p["agenda"]),
		"POST /meetings/{meeting}/agreements":                   `{"body":"We delen altijd."}`,
		"POST /meetings/{meeting}/tasks":                        fmt.Sprintf(`{"owner_id":%q,"body":"Kopiëren.","due_on":"2026-04-01"}`, w.ids["member"]),
		"POST /indicators":                                      `{"kind":"result","text":"Toetsen gaan beter."}`,
		"PUT /indicators/{indicator}":                           `{"kind":"carried_out","text":"De vraag staat er."}`,
		"PUT /indicators/{indicator}/followed":                  `{"followed":false}`,
		"POST /moments":                                         `{"on":"2026-03-27"}`,
		"PUT /moments/{moment}":                                 `{"on":"2026-03-20"}`,
		"PUT /moments/{moment}/telling":                         `{"seen":"Ze begonnen."}`,
		"POST /moments/{moment}/skip":                           `{"word":"vrije dag"}`,
		"POST /agreements":                                      `{"kind":"room","text":"De vraag kies je zelf."}`,
		"PUT /agreements/{agreement}":                           `{"kind":"core","text":"Altijd een vraag."}`,
		"PUT /agreements/{agreement}/place":                     `{"on_page":false}`,
		"POST /agreements/{agreement}/retire":                   `{"reason":"Niet meer nodig."}`,
		"PUT /agreement-page":                                   `{"title":"Zo beginnen wij"}`,
		"PUT /agreement-page/care":                              fmt.Sprintf(`{"caretaker_id":%q}`, w.ids["lead"]),
		"POST /agreement-page/fix":                              `{}`,
		"POST /agreement-page/checks":                           `{"yes":4,"almost":1,"no":0,"wanted":"yes"}`,
		"PUT /tasks/{task}/state":                               `{"state":"done"}`,
	}[key]
}

// before brings the ground to where an act makes sense.
func (g *ground) before(r access.Route) {
	lead := func(method, path, body string, headers ...string) {
		g.w.ask("lead", method, g.at+path, body, headers...).is(204)
	}
	switch strings.TrimPrefix(r.Method+" "+strings.TrimPrefix(r.Pattern, api.Prefix+"/trajectories/{id}"), "POST ") {
	case "/plan/draft":
		lead("DELETE", "/plan/items/"+g.parts["goal"], "", "If-Match", "1")
	case "/plan/adjust":
		lead("POST", "/plan/put-up", `{"to":"to_decision"}`)
		id := g.w.ask("lead", "POST", g.at+"/decisions", `{"title":"Het plan","audience":"plg","closes_on":"2026-04-02","plan_number":1}`).id()
		lead("POST", "/decisions/"+id+"/close", `{"outcome":"agreed","knowingly":true,"reason":"Iedereen was er."}`)
		lead("PUT", "/plan", `{"why":"Nieuw."}`, "If-Match", "0")
	case "/decisions/{decision}/reaction/unsolved":
		lead("PUT", "/decisions/"+g.parts["decision"]+"/reactions/"+g.parts["reaction"]+"/answer", `{"text":"We beginnen in mei."}`, "If-Match", "1.0")
	case "/meetings/{meeting}/close", "/meetings/{meeting}/items/{item}/go":
		lead("POST", "/meetings/"+g.parts["meeting"]+"/begin", "")
	case "/meetings/{meeting}/ready":
		g.parts["meeting"] = g.w.ask("lead", "POST", g.at+"/meetings", `{"starts_at":"2026-04-09T15:10:00+02:00","minutes":50,"items":[{"part":"learn","question":"Wat zagen we?","minutes":20}]}`).id()
	case "/agreement-page/fix", "/agreement-page/checks":
		lead("PUT", "/agreement-page", `{"title":"Zo beginnen wij"}`, "If-Match", "0")
		lead("POST", "/agreements/"+g.parts["agreement"]+"/settle", "")
	case "PUT /agreements/{agreement}/place":
		lead("POST", "/agreements/"+g.parts["agreement"]+"/settle", "")
	case "/evidence/{item}/restore":
		lead("DELETE", "/evidence/"+g.parts["finding"], "", "If-Match", "1")
	case "/plan/items/{item}/restore":
		lead("DELETE", "/plan/items/"+g.parts["goal"], "", "If-Match", "1")
	case "/conditions/{condition}/restore":
		lead("DELETE", "/conditions/"+g.parts["condition"], "", "If-Match", "1.1")
	}
}

// versions are what was read, for the things on this ground.
func (g *ground) version(r access.Route) string {
	switch {
	case strings.Contains(r.Pattern, "/reactions/"):
		return "1.0"
	case strings.HasSuffix(r.Pattern, "/reaction"):
		return "1.0"
	}
	for path := g.path(r, g.parts); path != ""; path = path[:strings.LastIndexByte(path, '/')] {
		path := strings.Replace(path, g.at+"/focus-points/", "/focus-points/", 1)
		if a := g.w.ask("lead", "GET", path, ""); a.Status == 200 && a.Header.Get("ETag") != "" {
			return a.Header.Get("ETag")
		}
	}
	return "1"
}

// ties are what the people of the cast are to the ground.
var ties = map[string]access.Relation{"lead": access.AsLead | access.AsAddressee, "member": access.AsMember | access.AsAddressee, "coach": access.AsCoach, "guest": access.AsGuest}

// may asks the matrix what somebody may do with a route on this ground.
func (g *ground) may(name string, r access.Route) bool {
	if r.Note != "" { // one's own
		return true
	}
	who := g.w.who(name)
	o := access.Object{Kind: r.Kind, BoardID: g.w.founded.BoardID, SchoolID: g.w.founded.SchoolID, OwnerID: g.w.ids["lead"], TeamIDs: []string{g.w.teamID}, Open: g.open, MyRole: ties[name], PresentFromStart: true}
	switch {
	case r.Kind == access.Method: // those of the own school
		o = access.Object{Kind: r.Kind, BoardID: who.BoardID}
		if len(who.Schools) > 0 {
			o.SchoolID = who.Schools[0]
		}
	case r.Kind == access.Trajectory && r.Action == access.List: // there are open ones too
		o.Open = true
	case !strings.Contains(r.Pattern, "{id}"): // of the school: nobody's own
		o.MyRole, o.Open = 0, true
	}
	asked := strings.Contains(r.Pattern, "{decision}") || strings.Contains(r.Pattern, "{condition}") && name == "member"
	if !asked {
		o.MyRole &^= access.AsAddressee
	}
	if strings.Contains(r.Pattern, "{id}") {
		o.Closed = g.ended
	}
	if strings.HasSuffix(r.Pattern, "/ready") && g.ended { // an hour still in the making is there for who can make it: nobody any more
		return false
	}
	if r.Kind == access.DecisionResult { // or the decision itself, for who is in it
		whole := o
		whole.Kind, o.Closed = access.Decision, false
		return access.May(who, r.Action, o) || access.May(who, r.Action, whole)
	}
	return access.May(who, r.Action, o)
}

func TestEveryRouteForEverybody(t *testing.T) {
	t.Parallel()
	w := newTown(t, dbtest.SQLite(t))
	nothing := w.ask("lead", "GET", "/trajectories/"+strings.Repeat("0", 26), "").is(404).Body
	versioned := api.Versioned()
	for _, r := range api.Routes() {
		if r.Public {
			continue
		}
		for _, state := range []struct{ open, ended bool }{{true, false}, {false, false}, {true, true}} {
			g := w.ground(state.open)
			g.before(r)
			if g.ended = state.ended; g.ended {
				w.ask("lead", "PUT", g.at+"/state", `{"state":"stopped","reason":"Het is klaar."}`, "If-Match", w.ask("lead", "GET", g.at, "").version()).is(204)
			}
			g.walk(r, slices.Contains(versioned, r.String()), nothing)
		}
	}
}

// walk asks one route as everybody: first those who may not, and nothing may change; then
// those who may, and one of them must succeed.
func (g *ground) walk(r access.Route, versioned bool, nothing string) {
	w := g.w
	where := fmt.Sprintf("%s (open %v, ended %v)", r, g.open, g.ended)
	send := func(name string) answer {
		var headers []string
		if versioned {
			headers = []string{"If-Match", g.version(r)}
		}
		return w.ask(name, r.Method, g.path(r, g.parts), g.body(r), headers...)
	}
	entries := w.count(`select count(*) from journal`)
	texts := w.count(`select count(*) from text_version`)
	var those []string
	for _, name := range cast {
		if g.may(name, r) {
			those = append(those, name)
			continue
		}
		a := send(name)
		switch {
		case a.Status == 404 && a.Body == nothing:
		case a.Status == 200 && r.Action == access.List && strings.HasPrefix(a.Body, `{"items":[]`): // a list of what one may read
		default:
			w.t.Errorf("%s: %s may not, and got %d %.200s", where, name, a.Status, a.Body)
		}
	}
	if w.count(`select count(*) from journal`) != entries || w.count(`select count(*) from text_version`) != texts {
		w.t.Errorf("%s: a refusal left something behind", where)
	}
	g.foreign(r, versioned, nothing)
	worked := false
	for _, name := range those {
		a := send(name)
		worked = worked || a.Status < 300
		if a.Status == 404 && !worked {
			w.t.Errorf("%s: %s may, and got nothing", where, name)
		}
	}
	if !worked && len(those) > 0 && !g.ended { // one that has ended also refuses by its rules
		w.t.Errorf("%s: nobody succeeded: %s", where, send(those[0]).Body)
	}
}

// foreign asks for what lies below another trajectory of the same lead: allowed parent,
// foreign child.
func (g *ground) foreign(r access.Route, versioned bool, nothing string) {
	if strings.Count(r.Pattern, "{") < 2 || !strings.Contains(r.Pattern, "{id}") || strings.Contains(r.Pattern, "{number}") || strings.Contains(r.Pattern, "{element}") {
		return
	}
	other := g.w.ask("lead", "POST", "/trajectories", `{"title":"Een andere","method_id":"verbetercyclus","open":true}`).id()
	path := strings.Replace(g.path(r, g.parts), g.parts["id"], other, 1)
	var headers []string
	if versioned {
		headers = []string{"If-Match", g.version(r)}
	}
	if a := g.w.ask("lead", r.Method, path, g.body(r), headers...); a.Status != 404 || a.Body != nothing {
		g.w.t.Errorf("%s: a foreign child gave %d %.200s", r, a.Status, a.Body)
	}
}
