package api

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"leerkring/account"
	"leerkring/block/agreement"
	"leerkring/block/condition"
	"leerkring/block/contribution"
	"leerkring/block/decision"
	"leerkring/block/evidence"
	"leerkring/block/meeting"
	"leerkring/block/monitor"
	"leerkring/block/plan"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/i18n"
	"leerkring/method"
	"leerkring/school"
	"leerkring/task"
	"leerkring/trajectory"
)

// Prefix is where the door stands; a change that breaks programs gets another number.
const Prefix = "/api/v1"

// Tokens knows the keys of programs.
type Tokens interface {
	// AuthenticateToken returns the token of a secret; absent when it opens nothing.
	AuthenticateToken(ctx context.Context, secret string) (account.Token, error)
}

// Rooms are the rooms whose acts this door offers, and what a request needs besides.
type Rooms struct {
	DB            *db.DB
	Clock         clock.Clock
	Catalog       *i18n.Catalog
	Library       *method.Library
	Tokens        Tokens
	Log           *slog.Logger
	Schools       *school.Service
	Trajectories  *trajectory.Service
	Contributions *contribution.Service
	Evidence      *evidence.Service
	Conditions    *condition.Service
	Plans         *plan.Service
	Decisions     *decision.Service
	Meetings      *meeting.Service
	Monitor       *monitor.Service
	Agreements    *agreement.Service
	Tasks         *task.Service
	Sessions      Sessions
}

// API answers programs.
type API struct {
	Rooms
	mux         *http.ServeMux
	description []byte
}

// New returns the door, ready to answer.
func New(r Rooms) *API {
	a := &API{Rooms: r, mux: http.NewServeMux()}
	h := humago.New(a.mux, config())
	h.UseMiddleware(a.enter)
	for _, rt := range a.table() {
		if rt.mount != nil {
			rt.mount(h, rt)
		}
	}
	raw, err := json.Marshal(h.OpenAPI())
	if err != nil {
		panic("api: the description cannot be written: " + err.Error())
	}
	a.description = raw
	a.mux.HandleFunc("GET "+Prefix+"/openapi.json", a.describe)
	return a
}

// Mux is the door's own mux, to put behind serve.API.
func (a *API) Mux() *http.ServeMux { return a.mux }

// describe needs no token: how to ask is no secret.
func (a *API) describe(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/openapi+json")
	_, _ = w.Write(a.description) // the reader went away: nobody is left to tell
}

func config() huma.Config {
	c := huma.DefaultConfig("Leerkring", "1")
	c.OpenAPIPath, c.DocsPath, c.SchemasPath, c.CreateHooks = "", "", "", nil
	c.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", nameOf)
	c.RejectUnknownQueryParameters = true
	c.Formats = map[string]huma.Format{"application/json": strictJSON, "json": strictJSON}
	c.Info.Description = "The acts of the pages, with the rights of the pages, for programs. See docs/api.md."
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token": {Type: "http", Scheme: "bearer", Description: "A token of a person: lk_… It can do what that person can, with the scope read or write."},
	}
	c.Security = []map[string][]string{{"token": {}}}
	return c
}

// nameOf names a shape in the description: what a write takes goes by the act.
func nameOf(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	if act, ok := strings.CutPrefix(strings.TrimSuffix(name, "Body"), "In"); ok && name == "In"+act+"Body" {
		return act + "Request"
	}
	return name
}

// What the library keeps for the whole process: names of fields are exact, lists are
// never null, and its refusals are written as ours.
func init() {
	huma.ValidateStrictCasing = true
	huma.DefaultArrayNullable = false
	huma.NewError = func(status int, msg string, found ...error) huma.StatusError { return foundBy(nil, status, msg, found) }
	huma.NewErrorWithContext = func(ctx huma.Context, status int, msg string, found ...error) huma.StatusError {
		return foundBy(callOf(ctx.Context()), status, msg, found)
	}
}
