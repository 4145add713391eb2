package api_test

import (
	"fmt"
	"strings"
	"testing"

	"leerkring/api"
)

func TestATeamOnItsWay(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.begin(true)
		at := "/trajectories/" + id
		var p api.TrajectoryPage
		version := w.ask("lead", "GET", at, "").into(&p).version()
		if p.Title != "Lezen in elk vak" || p.MyRole != "lead" || p.StageID != "verken" || len(p.Steps) == 0 || len(p.Gate) == 0 || len(p.Visits) != 1 || p.TeamIDs[0] != w.teamID {
			t.Fatalf("%+v", p)
		}
		w.ask("lead", "PUT", at, `{"title":"Lezen in elke les","open":true}`, "If-Match", version).is(204)
		old := w.ask("lead", "PUT", at, `{"title":"Te laat","open":true}`, "If-Match", version).problem(409)
		if old.Type != "urn:leerkring:problem:changed" || old.Detail == "" {
			t.Errorf("%+v", old)
		}
		if p := w.ask("lead", "POST", at+"/move", `{"move":"forward","stage_id":"verdiep"}`, "If-Match", w.ask("lead", "GET", at, "").version()).problem(422); p.Errors[0].Location != "body.reason" {
			t.Errorf("going on with open criteria asks for a reason: %+v", p)
		}
		w.ask("lead", "POST", at+"/move", `{"move":"forward","stage_id":"verdiep","reason":"We weten genoeg."}`, "If-Match", w.ask("lead", "GET", at, "").version()).is(204)
		w.ask("lead", "POST", at+"/move", `{"move":"back","stage_id":"verken","reason":"Toch nog een vraag."}`, "If-Match", w.ask("lead", "GET", at, "").version()).is(204)
		w.ask("member", "PUT", at+"/gate/"+p.Gate[0].ID, `{"state":"partly","note":"Bijna."}`).is(204)
		w.ask("lead", "GET", at, "").into(&p)
		if len(p.Visits) != 3 || p.Visits[2].Move != "back" || p.Visits[1].LeftAt.IsZero() || !p.Gate[0].Called || p.Gate[0].State != "partly" {
			t.Errorf("%+v", p)
		}
		w.ask("lead", "PUT", at+"/state", `{"state":"paused","reason":"Toetsweek.","until":"2026-04-10"}`, "If-Match", w.ask("lead", "GET", at, "").version()).is(204)
		w.ask("lead", "PUT", at+"/state", `{"state":"active"}`, "If-Match", w.ask("lead", "GET", at, "").version()).is(204)
		next := w.ask("lead", "POST", at+"/cycles", `{"title":"De volgende ronde"}`).id()
		w.ask("member", "GET", "/trajectories/"+next, "").into(&p)
		if p.PredecessorID != id || p.Round != 2 {
			t.Errorf("%+v", p)
		}
		var people api.List[api.Participant]
		w.ask("member", "GET", at+"/people", "").into(&people)
		if len(people.Items) != 4 {
			t.Errorf("%+v", people)
		}
	})
}

func TestWhatPeopleSay(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/trajectories/" + w.begin(true)
		one := w.ask("member", "POST", at+"/contributions", `{"element_id":"f1.q1","body":"Drie leerlingen wachtten tot ik kwam.","kind":"fact","source":"mijn les","other_sound":true}`).id()
		here := at + "/contributions/" + one
		w.ask("lead", "POST", here+"/replies", `{"body":"Dat zag ik ook.\nIn 3 vwo."}`).id()
		w.ask("colleague", "POST", here+"/replies", `{"body":"Bij ons niet."}`).id()
		var c api.Contribution
		version := w.ask("colleague", "GET", here, "").into(&c).version()
		if c.By.Name != "Naam van member" || len(c.Replies) != 2 || !c.OtherSound || c.Replies[0].Body != "Dat zag ik ook.\nIn 3 vwo." || version != `"1.0"` {
			t.Fatalf("%+v", c)
		}
		w.ask("lead", "PUT", here+"/outcome", `{"outcome":"taken","note":"Dit werd onze vraag."}`, "If-Match", version).is(204)
		if p := w.ask("lead", "PUT", here+"/outcome", `{"outcome":"kept","note":"Iets anders."}`, "If-Match", version).problem(409); p.Version != "1.1" || p.Theirs["outcome"] != "taken" || p.Yours["note"] != "Iets anders." {
			t.Errorf("%+v", p)
		}
		w.ask("member", "GET", here, "").into(&c)
		if c.Outcome == nil || c.Outcome.Note != "Dit werd onze vraag." || c.Outcome.By.Name != "Naam van lead" || c.Version != "1.1" {
			t.Errorf("%+v", c.Outcome)
		}
		focus := w.ask("lead", "POST", at+"/focus-points", fmt.Sprintf(`{"title":"Zelf beginnen","signal_ids":[%q]}`, one)).id()
		w.ask("lead", "PUT", at+"/focus-points/"+focus, `{"title":"Zelf aan de slag"}`, "If-Match", w.ask("lead", "GET", "/focus-points/"+focus, "").version()).is(204)
		var candidates api.List[api.Candidate]
		w.ask("member", "GET", at+"/focus-points", "").into(&candidates)
		if len(candidates.Items) != 1 || candidates.Items[0].Title != "Zelf aan de slag" || candidates.Items[0].Signals[0] != one || candidates.Items[0].Facts != 1 {
			t.Errorf("%+v", candidates)
		}
		w.ask("leader", "PUT", "/focus-points/"+focus+"/choice", `{"state":"parked","parked_for":"2026-2027","reason":"Eerst dit."}`, "If-Match", w.ask("leader", "GET", "/focus-points/"+focus, "").version()).is(204)
		w.ask("member", "PUT", here+"/candidate", `{}`).is(204)
		w.ask("member", "DELETE", here, "").is(204)
		w.ask("member", "GET", here, "").into(&c)
		if c.Withdrawn != "author" || c.Body != "" || len(c.Replies) != 2 {
			t.Errorf("%+v", c)
		}
	})
}

func TestABlindRound(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/trajectories/" + w.begin(true)
		if p := w.ask("member", "POST", at+"/contributions", `{"element_id":"f1.q3","body":"Eerst?"}`).problem(422); p.Detail == "" {
			t.Errorf("%+v", p)
		}
		round := w.ask("lead", "POST", at+"/rounds", `{"element_id":"f1.q3","form":"blind","audience":"plg","closes_on":"2026-03-26"}`).id()
		mine := w.ask("member", "POST", at+"/contributions", `{"element_id":"f1.q3","body":"Een geheim tot donderdag."}`).id()
		for name, want := range map[string]int{"member": 200, "lead": 404, "colleague": 404, "leader": 404} {
			w.ask(name, "GET", at+"/contributions/"+mine, "").is(want)
			if list := w.ask(name, "GET", at+"/contributions", "").is(200); strings.Contains(list.Body, "geheim") != (want == 200) {
				t.Errorf("%s sees %s", name, list.Body)
			}
		}
		var r api.Round
		if body := w.ask("lead", "GET", at+"/rounds/"+round, "").into(&r).Body; strings.Contains(body, w.ids["member"]) || strings.Contains(body, "Naam") {
			t.Errorf("a round tells who: %s", body)
		}
		if !r.Open || r.Form != "blind" || r.Answered != 1 {
			t.Errorf("%+v", r)
		}
		w.ask("lead", "POST", at+"/rounds/"+round+"/close", "").is(204)
		w.ask("colleague", "GET", at+"/contributions/"+mine, "").is(200)
		w.ask("lead", "POST", at+"/rounds/"+round+"/close", "").problem(409)
		var rounds api.List[api.Round]
		w.ask("member", "GET", at+"/rounds", "").into(&rounds)
		if len(rounds.Items) != 1 || rounds.Items[0].Closed != "lead" {
			t.Errorf("%+v", rounds)
		}
	})
}

func TestWhatATeamKnowsAndNeeds(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/trajectories/" + w.begin(true)
		said := w.ask("member", "POST", at+"/contributions", `{"element_id":"f1.q1","body":"Ze beginnen niet."}`).id()
		source := w.ask("member", "POST", at+"/evidence", `{"source":{"of":"own_data","title":"Telling in acht lessen","strength":"indication","appraisal":[{"aspect":"recent","verdict":"yes"}]}}`).id()
		finding := w.ask("lead", "POST", at+"/evidence", fmt.Sprintf(`{"finding":{"text":"Leerlingen wachten op een teken."},"from":[{"kind":"contribution","id":%q}],"for":[%q]}`, said, source)).id()
		var f api.Evidence
		version := w.ask("colleague", "GET", at+"/evidence/"+finding, "").into(&f).version()
		if f.Kind != "finding" || f.Finding.Text == "" || f.For[0] != source || f.From[0].ID != said || f.By.Name != "Naam van lead" {
			t.Fatalf("%+v", f)
		}
		w.ask("lead", "PUT", at+"/evidence/"+finding, `{"finding":{"text":"Leerlingen wachten.","for_whom":"3 vwo"}}`, "If-Match", version).is(204)
		p := w.ask("member", "PUT", at+"/evidence/"+finding, `{"finding":{"text":"Leerlingen kunnen niet beginnen."}}`, "If-Match", version).problem(409)
		if p.Type != "urn:leerkring:problem:clash" || p.Theirs["text"] != "Leerlingen wachten." || p.Yours["text"] != "Leerlingen kunnen niet beginnen." || p.Version != "2" || p.YoursID == "" {
			t.Fatalf("%+v", p)
		}
		w.ask("member", "PUT", at+"/evidence/"+finding, `{"finding":{"text":"Leerlingen wachten, of kunnen niet beginnen.","for_whom":"3 vwo"}}`, "If-Match", `"`+p.Version+`"`).is(204)
		w.ask("member", "PUT", at+"/evidence/"+finding+"/sources", fmt.Sprintf(`{"for":[],"against":[%q]}`, source)).is(204)
		w.ask("lead", "PUT", at+"/evidence/"+finding+"/shared", `{"shared":true}`).is(204)
		w.ask("member", "PUT", at+"/evidence/"+source+"/translation", `{"sentence":"Bij ons beginnen ze pas als ik er ben."}`, "If-Match", "1").is(204)
		w.ask("lead", "DELETE", at+"/evidence/"+finding, "", "If-Match", `"3"`).is(204)
		w.ask("lead", "GET", at+"/evidence/"+finding, "").problem(404)
		w.ask("lead", "POST", at+"/evidence/"+finding+"/restore", "").is(204)

		hour := w.ask("lead", "POST", at+"/conditions", fmt.Sprintf(`{"kind":"timetable","text":"Een vast uur.","essential":true,"shared_time":true,"asked_id":%q,"says":"Kan dat?"}`, w.ids["leader"])).id()
		var c api.Condition
		version = w.ask("leader", "GET", at+"/conditions/"+hour, "").into(&c).version()
		if c.State != "asked" || c.AskedOf.ID != w.ids["leader"] || version != `"1.1"` || len(c.Said) != 1 {
			t.Fatalf("%+v", c)
		}
		w.ask("leader", "POST", at+"/conditions/"+hour+"/answer", `{"answer":"promised","words":"Vanaf de meivakantie.","due":"2026-05-11"}`, "If-Match", version).is(204)
		w.ask("leader", "POST", at+"/conditions/"+hour+"/answer", `{"answer":"refused","words":"Toch niet."}`, "If-Match", version).problem(409)
		w.ask("member", "POST", at+"/conditions/"+hour+"/kept", `{"kept":true}`, "If-Match", w.ask("member", "GET", at+"/conditions/"+hour, "").version()).is(204)
		w.ask("member", "PUT", at+"/conditions/"+hour, `{"kind":"timetable","text":"Een vast uur op donderdag."}`, "If-Match", `"1.0"`).is(204)
		var list api.List[api.Condition]
		w.ask("colleague", "GET", at+"/conditions", "").into(&list)
		if list.Items[0].State != "kept" || list.Items[0].Version != "2.3" || list.Items[0].Text != "Een vast uur op donderdag." {
			t.Errorf("%+v", list.Items[0])
		}
	})
}

func TestAPlanAndItsDecision(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/trajectories/" + w.begin(true)
		w.ask("member", "POST", at+"/plan/draft", `{"why":"Omdat ze wachten.","goals":[{"text":"Ze beginnen zelf."}],"actions":[{"text":"Elke les een startvraag.","who":"iedereen","goal":1}],"core":["De vraag staat er als ze binnenkomen."]}`).is(204)
		w.ask("lead", "POST", at+"/plan/draft", `{"why":"Nog een keer."}`).problem(409)
		room := w.ask("lead", "POST", at+"/plan/items", `{"room":{"text":"Welke vraag kies je zelf.","pace":true}}`).id()
		var plan api.Plan
		version := w.ask("colleague", "GET", at+"/plan", "").into(&plan).version()
		if plan.Why != "Omdat ze wachten." || plan.State != "concept" || plan.Items != 4 || !plan.Begun {
			t.Fatalf("%+v", plan)
		}
		w.ask("lead", "PUT", at+"/plan", `{"why":"Omdat ze wachten.","keep":"De rust."}`, "If-Match", version).is(204)
		if p := w.ask("member", "PUT", at+"/plan", `{"why":"Omdat ze niet beginnen."}`, "If-Match", version).problem(409); p.Theirs["keep"] != "De rust." || p.Yours["why"] != "Omdat ze niet beginnen." {
			t.Errorf("%+v", p)
		}
		var items api.List[api.PlanItem]
		w.ask("guest", "GET", at+"/plan/items", "").into(&items)
		if len(items.Items) != 4 || items.Items[1].Action.GoalID != items.Items[0].ID || items.Items[1].Ground == nil || !items.Items[3].Room.Pace {
			t.Fatalf("%+v", items.Items)
		}
		w.ask("member", "PUT", at+"/plan/items/"+room, `{"room":{"text":"Je eigen vraag."}}`, "If-Match", w.ask("member", "GET", at+"/plan/items/"+room, "").version()).is(204)
		var texts api.List[api.TextVersion]
		w.ask("member", "GET", at+"/plan/items/"+room+"/versions", "").into(&texts)
		if len(texts.Items) != 2 || texts.Items[0].Text["text"] != "Welke vraag kies je zelf." {
			t.Errorf("%+v", texts)
		}
		w.ask("lead", "POST", at+"/plan/put-up", `{"to":"to_decision"}`).is(204)
		decision := w.ask("lead", "POST", at+"/decisions", `{"title":"Dit plan","audience":"school","closes_on":"2026-04-02","plan_number":1}`).id()
		here := at + "/decisions/" + decision
		w.ask("colleague", "PUT", here+"/reaction", `{"choice":"objection","text":"Te veel in april."}`, "If-Match", `"0"`).is(204)
		w.ask("member", "PUT", here+"/reaction", `{"choice":"agree"}`, "If-Match", `"0"`).is(204)
		var d api.Decision
		w.ask("colleague", "GET", here, "").into(&d)
		if d.Tally.Objection != 1 || d.Tally.Agree != 1 || d.Mine != "1.0" || len(d.Reactions) != 2 || d.End != nil {
			t.Fatalf("%+v", d)
		}
		var objection api.DecisionVoice
		for _, r := range d.Reactions {
			if r.Choice == "objection" {
				objection = r
			}
		}
		w.ask("lead", "PUT", here+"/reactions/"+objection.ID+"/answer", `{"text":"We beginnen in mei."}`, "If-Match", objection.Version).is(204)
		w.ask("colleague", "POST", here+"/reaction/unsolved", "").is(204)
		if w.ask("lead", "GET", here, "").into(&d); !d.Reactions[0].Open && !d.Reactions[1].Open {
			t.Errorf("who objected says that it stands: %+v", d.Reactions)
		}
		w.ask("member", "POST", here+"/reaction/unsolved", "").problem(422)
		w.ask("colleague", "POST", here+"/reaction/solved", "").is(204)
		if p := w.ask("lead", "POST", here+"/close", `{"outcome":"agreed"}`).problem(422); p.Errors[0].Location != "body.knowingly" {
			t.Errorf("too early: %+v", p)
		}
		w.ask("lead", "POST", here+"/close", `{"outcome":"agreed","knowingly":true,"reason":"Iedereen was er."}`).is(204)
		w.ask("lead", "POST", here+"/close", `{"outcome":"no","reason":"Toch niet."}`).problem(409)
		w.ask("member", "GET", at+"/plan", "").into(&plan)
		if plan.State != "settled" || plan.Standing != 1 {
			t.Errorf("%+v", plan)
		}
		w.ask("lead", "DELETE", at+"/plan/items/"+room, "", "If-Match", w.ask("lead", "GET", at+"/plan/items/"+room, "").version()).is(204)
		w.ask("lead", "POST", at+"/plan/adjust", `{"reason":"Het werkte niet.","decided_by":"de groep"}`).is(204)
		var versions api.List[api.PlanVersion]
		w.ask("colleague", "GET", at+"/plan/versions", "").into(&versions)
		var first api.FrozenPlan
		w.ask("colleague", "GET", at+"/plan/versions/1", "").into(&first)
		if len(versions.Items) != 2 || versions.Items[1].Adjusts != 1 || len(first.Items) != 4 || first.Items[3].Room.Text != "Je eigen vraag." {
			t.Errorf("%+v %+v", versions, first)
		}
		w.ask("colleague", "GET", at+"/plan/versions/9", "").problem(404)
		if body := w.ask("colleague", "GET", here, "").is(200).Body; strings.Contains(body, "unheard") {
			t.Errorf("who was not heard is no matter of programs: %s", body)
		}
	})
}

func TestAnHourAndItsTasks(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/trajectories/" + w.begin(true)
		hour := w.ask("lead", "POST", at+"/meetings", `{"starts_at":"2026-03-26T15:10:00+01:00","minutes":50,"place":"B12","items":[{"part":"learn","question":"Wat zagen we?","minutes":30}]}`).id()
		here := at + "/meetings/" + hour
		w.ask("colleague", "GET", here, "").problem(404) // still being made
		var h api.Hour
		version := w.ask("member", "GET", here, "").into(&h).version()
		if h.StartsAt.Hour() != 14 || len(h.Items) != 1 || h.HostID != w.ids["lead"] {
			t.Fatalf("%+v", h)
		}
		w.ask("member", "PUT", here, `{"starts_at":"2026-03-26T15:10:00+01:00","minutes":60}`, "If-Match", version).is(204)
		w.ask("member", "PUT", here, `{"starts_at":"2026-03-26T15:10:00+01:00","minutes":70}`, "If-Match", version).problem(409)
		w.ask("lead", "POST", here+"/ready", "").is(204)
		w.ask("colleague", "GET", here, "").is(200)
		w.ask("lead", "POST", here+"/begin", "").is(204)
		note := w.ask("member", "POST", here+"/notes", fmt.Sprintf(`{"item_id":%q,"body":"Zes van de acht begonnen."}`, h.Items[0].ID)).id()
		w.ask("lead", "DELETE", here+"/notes/"+note, "").problem(404) // not the lead's words
		w.ask("member", "POST", here+"/agreements", `{"body":"We beginnen altijd met een vraag."}`).is(204)
		w.ask("lead", "POST", here+"/tasks", fmt.Sprintf(`{"owner_id":%q,"body":"De vragen delen.","due_on":"2026-04-01"}`, w.ids["member"])).is(204)
		w.ask("lead", "POST", here+"/close", fmt.Sprintf(`{"present_ids":[%q,%q]}`, w.ids["lead"], w.ids["member"])).is(204)
		w.ask("colleague", "GET", here, "").into(&h)
		if h.State != "closed" || len(h.Notes) != 1 || h.Notes[0].By.Name != "Naam van member" || len(h.Agreed) != 1 || len(h.Tasks) != 1 || len(h.PresentIDs) != 2 {
			t.Fatalf("%+v", h)
		}
		var mine api.List[api.Meeting]
		w.ask("member", "GET", "/meetings", "").into(&mine)
		if len(mine.Items) != 1 || mine.Items[0].Title != "Lezen in elk vak" {
			t.Errorf("%+v", mine)
		}
		var tasks api.List[api.Task]
		w.ask("lead", "GET", "/tasks", "").into(&tasks)
		if len(tasks.Items) != 0 {
			t.Errorf("somebody else's: %+v", tasks)
		}
		w.ask("member", "GET", "/tasks", "").into(&tasks)
		task := tasks.Items[0].ID
		w.ask("lead", "PUT", "/tasks/"+task+"/state", `{"state":"done"}`).problem(404)
		w.ask("member", "PUT", "/tasks/"+task+"/state", `{"state":"done"}`).is(204)
		w.ask("colleague", "GET", at+"/tasks", "").into(&tasks)
		if tasks.Items[0].State != "done" || tasks.Items[0].Source.ID != hour {
			t.Errorf("%+v", tasks)
		}
	})
}

func TestWhatIsFollowedAndAgreed(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/trajectories/" + w.begin(true)
		lessons := w.ask("member", "POST", at+"/indicators", `{"kind":"carried_out","text":"De startvraag staat er.","unit":"lessen"}`).id()
		w.ask("lead", "PUT", at+"/indicators/"+lessons, `{"kind":"carried_out","text":"Er staat een startvraag.","unit":"lessen"}`, "If-Match", `"1"`).is(204)
		moment := w.ask("member", "POST", at+"/moments", `{"on":"2026-03-19"}`).id()
		w.ask("lead", "POST", at+"/moments/three", "").is(204)
		here := at + "/moments/" + moment
		telling := fmt.Sprintf(`{"totals":[{"indicator_id":%q,"yes":7,"of":12}],"seen":"Ze pakten zelf hun boek."}`, lessons)
		w.ask("member", "PUT", here+"/telling", telling, "If-Match", `"1.0"`).is(204)
		p := w.ask("lead", "PUT", here+"/telling", `{"seen":"Het was druk."}`, "If-Match", `"1.0"`).problem(409)
		if p.Version != "1.1" || p.Yours["seen"] != "Het was druk." || p.Theirs["seen"] != "Ze pakten zelf hun boek." {
			t.Errorf("%+v", p)
		}
		var m api.MonitorMoment
		w.ask("colleague", "GET", here, "").into(&m)
		if m.State != "held" || m.Told.Totals[0] != (api.Total{IndicatorID: lessons, Yes: 7, Of: 12}) || m.HeldOn != today {
			t.Errorf("%+v", m)
		}
		var i api.Indicator
		w.ask("colleague", "GET", at+"/indicators/"+lessons, "").into(&i)
		if i.Version != "2" || len(i.Points) != 1 || i.Points[0].Yes != 7 {
			t.Errorf("%+v", i)
		}
		w.ask("member", "PUT", at+"/indicators/"+lessons+"/followed", `{"followed":false}`).is(204)
		w.ask("colleague", "GET", at+"/indicators/"+lessons, "").into(&i)
		if i.RetiredAt.IsZero() || len(i.Points) != 1 {
			t.Errorf("%+v", i)
		}

		always := w.ask("member", "POST", at+"/agreements", `{"kind":"core","text":"We beginnen met een vraag."}`).id()
		w.ask("member", "POST", at+"/agreements/"+always+"/settle", "").problem(404) // for the lead
		w.ask("lead", "POST", at+"/agreements/"+always+"/settle", "").is(204)
		w.ask("member", "PUT", at+"/agreements/"+always, `{"kind":"core","text":"Elke les begint met een vraag."}`, "If-Match", `"1"`).problem(422)
		w.ask("member", "PUT", at+"/agreements/"+always, `{"kind":"core","text":"Elke les begint met een vraag.","reason":"Korter."}`, "If-Match", `"1"`).is(204)
		w.ask("lead", "PUT", at+"/agreement-page", `{"title":"Zo beginnen wij","steps":["vraag","zelf beginnen"]}`, "If-Match", w.ask("lead", "GET", at+"/agreement-page", "").version()).is(204)
		w.ask("lead", "PUT", at+"/agreement-page/care", fmt.Sprintf(`{"caretaker_id":%q,"hours":"een uur per maand","review_on":"2026-09-01"}`, w.ids["member"]), "If-Match", w.ask("lead", "GET", at+"/agreement-page", "").version()).is(204)
		w.ask("lead", "POST", at+"/agreement-page/fix", `{}`).is(204)
		w.ask("lead", "POST", at+"/agreement-page/checks", `{"yes":5,"almost":1,"no":0,"wanted":"yes"}`).is(204)
		var page api.AgreementPage
		w.ask("colleague", "GET", at+"/agreement-page", "").into(&page)
		if page.Title != "Zo beginnen wij" || len(page.Core) != 1 || page.Core[0].Text != "Elke les begint met een vraag." || page.Number != 1 || page.Care.CaretakerID != w.ids["member"] || !page.Ready {
			t.Errorf("%+v", page)
		}
		var checks api.List[api.PageCheck]
		w.ask("colleague", "GET", at+"/agreement-page/checks", "").into(&checks)
		if len(checks.Items) != 1 || checks.Items[0].Yes != 5 {
			t.Errorf("%+v", checks)
		}
	})
}
