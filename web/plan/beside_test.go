package plan_test

import (
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"leerkring/block/plan"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/web/room/roomtest"
	"leerkring/why"
)

// waiting puts lines beside the plan, and returns their ids.
func (w *desk) waiting(texts ...string) []string {
	w.t.Helper()
	var p plan.OwnPaper
	p.Title = "Leesplan"
	for _, s := range texts {
		p.Beside = append(p.Beside, plan.OwnText{Digest: s, Head: "Begroting", Text: s})
	}
	must(w.plans.TakeOver(w.t.Context(), w.who("lead"), w.id, p))(w.t)
	var ids []string
	for _, x := range must(w.plans.Page(w.t.Context(), w.d, w.seen("lead")))(w.t).Beside {
		ids = append(ids, x.ID)
	}
	return ids
}

func (w *desk) piece(name, id string, fields ...string) roomtest.Reply {
	w.t.Helper()
	return w.post(name, "/beside/"+id, fields...)
}

// kinds are how many of each kind stand in the plan, how many lines wait and how many are away.
func (w *desk) kinds(kind string) int {
	w.t.Helper()
	return must(db.One(w.t.Context(), w.d, `select (select count(*) from plan_item where kind = $1 and removed_at is null) + (select count(*) from plan_line where state = $1)`, db.Int, kind))(w.t)
}

func TestALineBesideGetsItsPlace(t *testing.T) {
	w := newDesk(t)
	for to, want := range map[string]string{"action": "action", "goal": "goal", "core": "core", "room": "room", "hearing": "hearing", "look": "look", "why": ""} {
		text := "Ouders: een regel voor " + to
		id := w.waiting(text)[0]
		page := w.get("member", "")
		page.Has(t, text, "Begroting", "Zet erin", "Leg weg", "Pas de woorden aan", "Wat is dit?")
		if r := w.piece("member", id, "to", to); r.Status != 303 {
			t.Fatalf("%s: %d %v", to, r.Status, r.Err)
		} else {
			said(t, r, "plan_piece_placed")
		}
		if want != "" && w.kinds(want) != 1 {
			t.Errorf("%d of kind %s", w.kinds(want), want)
		}
		w.get("member", "").Lacks(t, `id="beside"`)
		said(t, w.piece("lead", id, "to", to), "plan_piece_placed") // a second press, by anybody
		if r := w.piece("lead", id, "away", "true"); r.Status != http.StatusConflict {
			t.Errorf("%s, put away afterwards: %d %v", to, r.Status, r.Err)
		}
		if want != "" && w.kinds(want) != 1 {
			t.Errorf("twice: %d of kind %s", w.kinds(want), want)
		}
	}
	w.get("lead", "").Has(t, "Komt uit", "Jullie eigen plan ‘Leesplan’, overgenomen op donderdag 19 maart 2026")
	w.get("leader", "").Has(t, "Jullie eigen plan ‘Leesplan’")
	w.Lang = "en"
	w.get("lead", "").Has(t, "Comes from", "Your own plan ‘Leesplan’, taken over on Thursday 19 March 2026")
}

func TestALineBesideIsPutAway(t *testing.T) {
	w := newDesk(t)
	id := w.waiting("Twaalfhonderd euro")[0]
	for range 2 {
		said(t, w.piece("lead", id, "away", "true"), "plan_piece_away")
	}
	w.get("lead", "").Lacks(t, "Twaalfhonderd euro")
	if r := w.piece("lead", id, "to", "action"); r.Status != http.StatusConflict || w.kinds("action") != 0 {
		t.Errorf("a place afterwards: %d", r.Status)
	} else {
		r.Has(t, "Een collega gaf deze regel net een plek, of legde hem weg.")
	}
}

// What is refused stays as it was typed, in the line that it belongs to and in no other.
func TestALineBesideThatDoesNotFitIsShortenedThere(t *testing.T) {
	w := newDesk(t)
	long := strings.TrimSpace(strings.Repeat("Te lang voor een veld. ", 20))
	ids := w.waiting(long, "Een andere regel")
	r := w.piece("member", ids[0], "to", "action", "version", "1", "text", long)
	if r.Status != http.StatusUnprocessableEntity {
		t.Fatal(r.Status, r.Err)
	}
	r.Has(t, "300", `id="f-text-`+ids[0]+`"`)
	if n := strings.Count(r.Body, `aria-invalid="true"`); n != 1 {
		t.Errorf("%d fields are marked", n)
	}
	row := regexp.MustCompile(`(?s)action="[^"]*/beside/` + ids[0] + `".*?</form>`).FindString(r.Body)
	if !strings.Contains(row, `<option value="action" selected>`) || !regexp.MustCompile(`<details[^>]* open`).MatchString(row) || strings.Count(r.Body, `value="action" selected`) != 1 {
		t.Error("the choice is lost, or the words are not open")
	}
	r = w.piece("member", ids[0], "to", "hearing", "version", "1", "text", "Zonder wie")
	if r.Status != http.StatusUnprocessableEntity || !strings.Contains(r.Body, "Zonder wie</textarea>") {
		t.Errorf("what was typed is lost: %d", r.Status)
	}
	for name, fields := range map[string][]string{"no place": {"to", ""}, "a place that is none": {"to", "leave"}, "nothing is left": {"keep", "true", "version", "1", "text", "  "}} {
		if r := w.piece("member", ids[0], fields...); r.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d %v", name, r.Status, r.Err)
		}
	}
	said(t, w.piece("member", ids[0], "keep", "true", "version", "1", "text", "Kort genoeg"), "plan_piece_kept")
	page := w.get("lead", "")
	page.Has(t, "Kort genoeg", "Een andere regel")
	page.Lacks(t, "Te lang voor een veld")

	// somebody who still saw the first words: theirs are in the field, the others above it
	r = w.piece("lead", ids[0], "keep", "true", "version", "1", "text", "Ook kort")
	if r.Status != http.StatusConflict {
		t.Fatal(r.Status, r.Err)
	}
	r.Has(t, ">Kort genoeg</p>", "Ook kort</textarea>", "Een collega veranderde deze regel net ook.")
	version := regexp.MustCompile(`(?s)beside/` + ids[0] + `".*?name="version" value="(\d+)"`).FindStringSubmatch(r.Body)
	if version == nil || version[1] != "2" {
		t.Fatalf("the form goes on from %v", version)
	}
	said(t, w.piece("lead", ids[0], "to", "core", "version", version[1], "text", "Ook kort"), "plan_piece_placed")
	if stands := must(w.plans.Page(t.Context(), w.d, w.seen("lead")))(t); len(stands.Core) != 1 || stands.Core[0].Is.Text != "Ook kort" {
		t.Errorf("%+v", stands.Core)
	}
}

func TestALineBesideIsForWhoTakesPart(t *testing.T) {
	w := newDesk(t)
	id := w.waiting("Een kast vullen")[0]
	for _, name := range []string{"colleague", "leader", "outsider"} {
		for _, fields := range [][]string{{"to", "action"}, {"away", "true"}, {"keep", "true", "version", "1", "text", "x"}} {
			if r := w.piece(name, id, fields...); !errs.IsAbsent(r.Err) {
				t.Errorf("%s %v: %d %v", name, fields, r.Status, r.Err)
			}
		}
	}
	seen := w.get("colleague", "")
	seen.Has(t, "Een kast vullen")
	seen.Lacks(t, "Zet erin", "Leg weg", "Pas de woorden aan")
	if r := w.piece("lead", "01K0000000000000000000000A", "to", "action"); !errs.IsAbsent(r.Err) {
		t.Errorf("a line that is not there: %d %v", r.Status, r.Err)
	}
	if w.kinds("waiting") != 1 || w.kinds("action") != 0 {
		t.Error("something changed")
	}
}

func TestTwoWhoPressAtOnceGiveALineOnePlace(t *testing.T) {
	w := newDesk(t)
	id := w.waiting("Een kast vullen")[0]
	replies := make([]roomtest.Reply, 4)
	var all sync.WaitGroup
	for i, x := range []struct{ who, name, value string }{{"lead", "to", "action"}, {"member", "to", "goal"}, {"second", "away", "true"}, {"lead", "to", "core"}} {
		all.Go(func() { replies[i] = w.piece(x.who, id, x.name, x.value) })
	}
	all.Wait()
	if n := w.kinds("action") + w.kinds("goal") + w.kinds("core") + w.kinds("away"); n != 1 || w.kinds("waiting") != 0 {
		t.Errorf("it became %d things", n)
	}
	for i, r := range replies {
		if r.Status != 303 && r.Status != http.StatusConflict {
			t.Errorf("%d: %d %v", i, r.Status, r.Err)
		}
	}
}

// A plan that was decided on takes a line as it takes anything else that is added: as a change
// that is seen, and the version that was agreed stays as it is.
func TestALineBesideADecidedPlanIsAChange(t *testing.T) {
	w := newDesk(t)
	w.written()
	ids := w.waiting("Een kast vullen", "Twaalfhonderd euro")
	number := must(w.plans.PutUp(t.Context(), w.who("lead"), w.id, plan.ToDecision, "Zo gaan we het doen"))(t)
	must(0, w.d.Write(t.Context(), func(tx *db.Tx) error {
		return w.plans.Settled(t.Context(), tx, w.seen("lead"), why.Ref{Kind: "plan", ID: w.id}, number, "agreed")
	}))(t)
	before := must(w.plans.Page(t.Context(), w.d, w.seen("lead")))(t)
	said(t, w.piece("lead", ids[0], "to", "core"), "plan_piece_placed")
	said(t, w.piece("lead", ids[1], "away", "true"), "plan_piece_away")
	after := must(w.plans.Page(t.Context(), w.d, w.seen("lead")))(t)
	if after.Plan.State != plan.Settled || len(after.Versions) != len(before.Versions) || len(after.Core) != len(before.Core)+1 || len(after.Changes) != 1 {
		t.Errorf("%s, %d versions, %d core, %d changes", after.Plan.State, len(after.Versions), len(after.Core), len(after.Changes))
	}
}
