package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"leerkring/access"
)

// route is one line of the map: the door, the row of the matrix that guards it, and how
// it is answered.
type route struct {
	access.Route
	id, says  string
	versioned bool   // changes what was read: needs If-Match
	moves     int    // the part of the version that it changes
	home      string // where what it makes can be read; below its own address when empty
	mount     func(h huma.API, rt route)
}

// Routes is the map of this door, for tests that walk it.
func Routes() []access.Route {
	var out []access.Route
	for _, rt := range new(API).table() {
		out = append(out, rt.Route)
	}
	return out
}

// Versioned names the routes that need If-Match, as method and pattern.
func Versioned() []string {
	var out []string
	for _, rt := range new(API).table() {
		if rt.versioned {
			out = append(out, rt.String())
		}
	}
	return out
}

func (a *API) table() []route {
	return slices.Concat(
		[]route{{Route: access.Route{Method: "GET", Pattern: Prefix + "/openapi.json", Public: true, Note: "how to ask holds nothing of anybody"}}},
		a.ofPeople(), a.ofFocus(), a.ofMethods(), a.ofTrajectories(), a.ofContributions(), a.ofRounds(), a.ofCandidates(),
		a.ofEvidence(), a.ofConditions(), a.ofPlan(), a.ofPlanItems(), a.ofDecisions(), a.ofMeetings(), a.ofHour(),
		a.ofIndicators(), a.ofMoments(), a.ofAgreements(), a.ofPage(), a.ofTasks(), a.ofSessions(),
	)
}

// onVersion marks a write that changes what was read.
func (rt route) onVersion() route { rt.versioned = true; return rt }

// part says which part of the version it changes, of a thing that is changed in two ways.
func (rt route) part(n int) route { rt.moves = n; return rt }

// below says where what it makes can be read, when that is elsewhere.
func (rt route) below(pattern string) route { rt.home = Prefix + pattern; return rt }

// href is the address of what a write of this route made.
func (rt route) href(c *call, id string) string {
	home := rt.home
	if home == "" {
		home = rt.Pattern
	}
	parts := strings.Split(home, "/")
	for i, part := range parts {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			parts[i] = c.param(strings.TrimSuffix(name, "}"))
		}
	}
	return strings.Join(append(parts, id), "/")
}

// own marks a list of one's own things: everybody has one, and nobody another's.
func (rt route) own() route { rt.Note = "only one's own"; return rt }

func lineOf(method, path string, action access.Action, kind access.Kind, id, says string) route {
	return route{Route: access.Route{Method: method, Pattern: Prefix + path, Action: action, Kind: kind}, id: id, says: says}
}

// get is a reading route.
func get[I, O any](path string, action access.Action, kind access.Kind, id, says string, h func(c *call, in *I) (O, error)) route {
	type output struct {
		ETag string `header:"ETag" doc:"Version of what was read: send it back as If-Match."`
		Body O
	}
	rt := lineOf(http.MethodGet, path, action, kind, id, says)
	rt.mount = func(api huma.API, rt route) {
		huma.Register(api, rt.operation(http.StatusOK), func(ctx context.Context, in *I) (*output, error) {
			c := callOf(ctx)
			body, err := h(c, in)
			if err != nil {
				return nil, c.problem(err)
			}
			out := &output{Body: body}
			if v, ok := any(body).(interface{ tag() string }); ok {
				out.ETag = `"` + v.tag() + `"`
			}
			return out, nil
		})
		if _, ok := any(*new(O)).(interface{ tag() string }); !ok {
			delete(api.OpenAPI().Paths[rt.Pattern].Get.Responses["200"].Headers, "ETag")
		}
	}
	return rt
}

// Made is what a write answers that made something.
type Made struct {
	ID   string `json:"id" doc:"What was made."`
	Href string `json:"href" doc:"Where it can be read."`
}

// makes is a writing route that makes something.
func makes[I any](path string, action access.Action, kind access.Kind, id, says string, h func(c *call, in *I) (receipt, error)) route {
	type output struct {
		Location string `header:"Location"`
		Body     Made
	}
	rt := lineOf(http.MethodPost, path, action, kind, id, says)
	rt.mount = func(api huma.API, rt route) {
		huma.Register(api, rt.operation(http.StatusCreated), func(ctx context.Context, in *I) (*output, error) {
			r, err := write(callOf(ctx), rt, in, h)
			if err != nil {
				return nil, callOf(ctx).problem(err)
			}
			href := rt.href(callOf(ctx), r.id)
			return &output{Location: href, Body: Made{ID: r.id, Href: href}}, nil
		})
	}
	return rt
}

// does is a writing route that changes something and has nothing to tell.
func does[I any](method, path string, action access.Action, kind access.Kind, id, says string, h func(c *call, in *I) (receipt, error)) route {
	rt := lineOf(method, path, action, kind, id, says)
	rt.mount = func(api huma.API, rt route) {
		huma.Register(api, rt.operation(http.StatusNoContent), func(ctx context.Context, in *I) (*struct{}, error) {
			if _, err := write(callOf(ctx), rt, in, h); err != nil {
				return nil, callOf(ctx).problem(err)
			}
			return nil, nil
		})
	}
	return rt
}

// most bytes of any body.
const maxBody = 256 << 10

// operation describes a route.
func (rt route) operation(status int) huma.Operation {
	tag, _, _ := strings.Cut(strings.TrimPrefix(rt.Pattern, Prefix+"/"), "/")
	if below := strings.Split(strings.TrimPrefix(rt.Pattern, Prefix+"/trajectories/{id}/"), "/")[0]; strings.Contains(rt.Pattern, "/trajectories/{id}/") {
		tag = below
	}
	op := huma.Operation{OperationID: rt.id, Method: rt.Method, Path: rt.Pattern, Summary: rt.says, Tags: []string{tag}, DefaultStatus: status, MaxBodyBytes: maxBody}
	if rt.Method != http.MethodGet {
		op.Parameters = append(op.Parameters, &huma.Param{Name: "Idempotency-Key", In: "header", Schema: &huma.Schema{Type: "string"},
			Description: "8 to 100 letters, digits, - or _. Sent again within a day, the write is done once and answered the same."})
	}
	if rt.versioned {
		op.Parameters = append(op.Parameters, &huma.Param{Name: "If-Match", In: "header", Required: true, Schema: &huma.Schema{Type: "string"},
			Description: "The version that you read."})
	}
	return op
}
