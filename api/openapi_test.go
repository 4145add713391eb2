package api_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"leerkring/access"
	"leerkring/api"
	"leerkring/block/condition"
	"leerkring/block/contribution"
	"leerkring/block/decision"
	"leerkring/block/evidence"
	"leerkring/block/meeting"
	"leerkring/block/monitor"
	"leerkring/block/plan"
	"leerkring/school"
)

var renew = flag.Bool("renew", false, "write testdata/openapi.json anew; read the difference before committing it")

const golden = "testdata/openapi.json"

// description is the description as it is served.
func description(t *testing.T) []byte {
	t.Helper()
	w := &town{t: t, log: &book{}}
	w.door = api.New(api.Rooms{}).Mux()
	a := w.ask("", "GET", "/openapi.json", "").is(200)
	if ct := a.Header.Get("Content-Type"); ct != "application/openapi+json" {
		t.Errorf("served as %s", ct)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, []byte(a.Body), "", "  "); err != nil {
		t.Fatal(err)
	}
	return append(out.Bytes(), '\n')
}

// TestTheDescription: what programs rely on changes only when a person has read the difference.
func TestTheDescription(t *testing.T) {
	t.Parallel()
	now := description(t)
	if *renew {
		if err := os.WriteFile(golden, now, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	was, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(was, now) {
		t.Errorf("the description changed; run go test ./api -run TheDescription -renew and read the difference of %s", golden)
	}
}

type described struct {
	OpenAPI string
	Paths   map[string]map[string]struct {
		OperationID string
		Summary     string
		Parameters  []struct{ Name, In string }
		Responses   map[string]any
	}
	Components struct {
		Schemas map[string]struct {
			AdditionalProperties any
			Properties           map[string]any
		}
	}
}

func readDescription(t *testing.T) described {
	t.Helper()
	var d described
	if err := json.Unmarshal(description(t), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestEveryRouteIsGuardedAndDescribed(t *testing.T) {
	t.Parallel()
	for _, err := range access.CheckRoutes(api.Routes()) {
		t.Error(err)
	}
	d := readDescription(t)
	if d.OpenAPI != "3.1.0" {
		t.Errorf("OpenAPI %s", d.OpenAPI)
	}
	ids := map[string]bool{}
	n := 0
	for _, r := range api.Routes() {
		if r.Public {
			continue
		}
		n++
		op, ok := d.Paths[r.Pattern][strings.ToLower(r.Method)]
		if !ok || op.Summary == "" || op.OperationID == "" || ids[op.OperationID] {
			t.Errorf("%s: described as %+v", r, op)
		}
		ids[op.OperationID] = true
		key := false
		for _, p := range op.Parameters {
			key = key || p.Name == "Idempotency-Key" && p.In == "header"
		}
		if key == (r.Method == "GET") {
			t.Errorf("%s: Idempotency-Key described: %v", r, key)
		}
	}
	described := 0
	for _, path := range d.Paths {
		described += len(path)
	}
	if described != n || n < 80 {
		t.Errorf("%d operations described, %d routes", described, n)
	}
}

// TestNothingVeryPrivateHasARoute: class V has no API, and neither has what a page shows
// for a moment to those in the room.
func TestNothingVeryPrivateHasARoute(t *testing.T) {
	t.Parallel()
	for _, r := range api.Routes() {
		if !r.Public && (r.Kind.Private() || r.Kind == access.Unheard) {
			t.Errorf("%s: %s is of class %s", r, r.Kind, r.Kind.Class())
		}
		for _, word := range []string{"draft", "rating", "feedback", "reflection", "ballot", "video", "note", "unheard", "search"} {
			switch r.Pattern {
			case api.Prefix + "/trajectories/{id}/plan/draft", api.Prefix + "/trajectories/{id}/meetings/{meeting}/notes", api.Prefix + "/trajectories/{id}/meetings/{meeting}/notes/{note}":
				continue // a first plan, and what is said in an hour: of the group
			}
			if strings.Contains(r.Pattern, word) {
				t.Errorf("%s: %s", r, word)
			}
		}
	}
	for name, s := range readDescription(t).Components.Schemas {
		for _, word := range []string{"unheard", "signed", "signed_by", "working_days", "away_until", "mine", "rate", "last_seen", "drafts", "secret", "hue", "importance_mine"} {
			if _, there := s.Properties[word]; there {
				t.Errorf("%s shows %s", name, word)
			}
		}
		if _, mail := s.Properties["email"]; mail && name != "Me" {
			t.Errorf("%s shows an address", name)
		}
		if s.AdditionalProperties != false && len(s.Properties) > 0 {
			t.Errorf("%s takes fields that nobody asked for", name)
		}
	}
}

// TestChoicesAreThoseOfTheRooms: what the description offers is what the rooms know.
func TestChoicesAreThoseOfTheRooms(t *testing.T) {
	t.Parallel()
	var d struct {
		Components struct {
			Schemas map[string]struct {
				Properties map[string]struct{ Enum []string }
			}
		}
	}
	if err := json.Unmarshal(description(t), &d); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]string{
		"ContributionWords kind":  words(contribution.Kinds),
		"Source of":               words(evidence.SourceTypes),
		"Source strength":         words(evidence.Strengths),
		"Source stance":           words(evidence.Stances),
		"Judgement aspect":        words(evidence.Aspects),
		"Judgement verdict":       words(evidence.Verdicts),
		"Explanation lies":        words(evidence.Places),
		"ConditionWords kind":     words(condition.Kinds),
		"Condition state":         words(condition.States),
		"PlanItem kind":           words(plan.Kinds),
		"DecisionVoice choice":    words(decision.Choices),
		"DecisionOutcome outcome": words(decision.Outcomes),
		"Decision audience":       words(decision.Audiences),
		"AgendaWords part":        words(meeting.Parts),
		"IndicatorWords kind":     words(monitor.Kinds),
		"MomentPlan how":          words(monitor.Hows),
		"Telling follows":         words(monitor.AllFollows),
		"Telling found":           words(monitor.AllFound),
		"Team kind":               words(school.TeamKinds),
		"MySchool sector":         words(school.Sectors),
		"Explanation status":      {string(evidence.Holds), string(evidence.Fell)},
	} {
		schema, field, _ := strings.Cut(name, " ")
		got := d.Components.Schemas[schema].Properties[field].Enum
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: offers %v, the room knows %v", name, got, want)
		}
	}
}

func words[S ~string](list []S) []string {
	var out []string
	for _, s := range list {
		out = append(out, string(s))
	}
	return out
}
