package api

import (
	"context"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"leerkring/access"
	"leerkring/account"
	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/internal/i18n"
	"leerkring/internal/ident"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
)

// call is one request of a program, with the person whose token it carries. What the
// person may do is read anew for each.
type call struct {
	*API
	ctx     context.Context
	w       http.ResponseWriter // for headers that go with a refusal
	known   school.Known
	who     access.Who
	token   account.Token
	accept  string // the language that the program asks for
	key     string // Idempotency-Key
	ifMatch string
	param   func(name string) string // of the address
}

type callKey struct{}

// callOf is the call of a request; one without a person before anybody was known.
func callOf(ctx context.Context) *call {
	if c, ok := ctx.Value(callKey{}).(*call); ok {
		return c
	}
	return nil
}

// enter lets a program in: its token first, then what it may do at all, then whether the
// address can be one of ours. Only after that the library reads fields and body.
func (a *API) enter(ctx huma.Context, next func(huma.Context)) {
	c := &call{API: a, accept: ctx.Header("Accept-Language"), key: ctx.Header("Idempotency-Key"), ifMatch: ctx.Header("If-Match"), param: ctx.Param}
	_, c.w = humago.Unwrap(ctx)
	c.ctx = context.WithValue(ctx.Context(), callKey{}, c)
	ctx = huma.WithContext(ctx, c.ctx)
	if err := c.admit(ctx); err != nil {
		p := c.problem(err)
		if p.Status == http.StatusUnauthorized {
			c.w.Header().Set("WWW-Authenticate", `Bearer realm="leerkring"`)
		}
		p.write(c.w)
		return
	}
	next(ctx)
}

func (c *call) admit(ctx huma.Context) error {
	secret, ok := bearer(ctx)
	if !ok {
		return refuse(http.StatusUnauthorized, "api.no_token")
	}
	var err error
	if c.token, err = c.Tokens.AuthenticateToken(c.ctx, secret); err == nil {
		c.known, err = school.Knows(c.ctx, c.DB, c.token.PersonID)
	}
	if errs.IsAbsent(err) {
		return refuse(http.StatusUnauthorized, "api.token_ended")
	}
	if err != nil {
		return err
	}
	c.who = c.known.Who
	if ctx.Method() != http.MethodGet && ctx.Method() != http.MethodHead && c.token.Scope != account.ScopeWrite {
		return refuse(http.StatusForbidden, "api.read_only")
	}
	return c.sensible(ctx)
}

// bearer is the one token of a request. Two headers are two readings: neither counts.
func bearer(ctx huma.Context) (string, bool) {
	r, _ := humago.Unwrap(ctx)
	sent := r.Header.Values("Authorization")
	if len(sent) != 1 {
		return "", false
	}
	scheme, secret, ok := strings.Cut(sent[0], " ")
	return strings.TrimSpace(secret), ok && strings.EqualFold(scheme, "Bearer")
}

// words of an address that are no ids: they name something of a pack, or a number.
var named = map[string]bool{"method": true, "element": true, "number": true}

// sensible refuses an address that names nothing, before it comes near the database.
func (c *call) sensible(ctx huma.Context) error {
	for _, part := range strings.Split(ctx.Operation().Path, "/") {
		name, ok := strings.CutPrefix(part, "{")
		if name = strings.TrimSuffix(name, "}"); ok && !named[name] && !ident.Valid(ctx.Param(name)) {
			return errs.Absent()
		}
	}
	u := ctx.URL()
	for name, values := range u.Query() {
		if !legible(name) || !legible(strings.Join(values, "")) {
			return &refusal{status: http.StatusBadRequest, key: "api.unreadable", at: "query"}
		}
	}
	return nil
}

// legible reports a word that can be looked up: real UTF-8, and no signs that steer.
func legible(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

// texts are the sentences in the language that the program asks for, else in that of the
// person.
func (c *call) texts() *i18n.Texts {
	sc := c.known.Home()
	return c.Catalog.Texts(c.lang(), c.words().All(), sc.Location())
}

func (c *call) lang() string {
	return c.Catalog.Match(c.accept, c.known.Person.Language, c.known.Home().Language)
}

// words are those of the person's school, for texts of packs.
func (c *call) words() *method.Words {
	sc := c.known.Home()
	own := map[method.Token]method.Text{}
	for token, word := range sc.Words {
		own[method.Token(token)] = method.Text{NL: word, EN: word}
	}
	return c.Library.Words(method.Sector(sc.Sector), c.lang(), own)
}

// seen is the trajectory of the address as the person meets it.
func (c *call) seen(id string) (trajectory.Seen, error) {
	return c.Trajectories.Reach(c.ctx, c.DB, c.who, id)
}

// school is the school that was asked for, else the person's own.
func (c *call) school(id string) string {
	if id == "" {
		return c.known.Home().ID
	}
	return id
}

func (c *call) today() clock.Date { return clock.On(c.Clock.Now(), c.known.Home().Location()) }
