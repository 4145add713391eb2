package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/page"
	"leerkring/writing"
)

// Problem is a refusal as RFC 9457 writes it. What is absent has no detail: it is the
// same for what is not there and for what is not allowed.
type Problem struct {
	Type   string    `json:"type" doc:"about:blank, or urn:leerkring:problem: with a word for what a program can act on."`
	Title  string    `json:"title"`
	Status int       `json:"status"`
	Detail string    `json:"detail,omitempty" doc:"A sentence for people, in their language."`
	Errors []Mistake `json:"errors,omitempty" doc:"What cannot be accepted, and where."`

	Version string            `json:"version,omitempty" doc:"Of a clash: the version that stands; send again on it to merge."`
	Theirs  map[string]string `json:"theirs,omitempty" doc:"Of a clash: the text that stands."`
	Yours   map[string]string `json:"yours,omitempty" doc:"Of a clash: the text that was sent. It is kept."`
	YoursID string            `json:"yours_id,omitempty" doc:"Of a clash: the name under which the text that was sent is kept."`
}

// Mistake is one thing that cannot be accepted.
type Mistake struct {
	Detail   string `json:"detail"`
	Location string `json:"location,omitempty" doc:"Where it stands: body.title, query.limit, header.If-Match."`
}

// The kinds of problem that a program can do something about.
const (
	typeClash   = "urn:leerkring:problem:clash"      // two texts: merge and send again
	typeChanged = "urn:leerkring:problem:changed"    // read again first
	typeReused  = "urn:leerkring:problem:key-reused" // this key was for something else
)

func (p *Problem) Error() string  { return p.Title }
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is what refusals are sent as.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// write sends a problem outside the library.
func (p *Problem) write(w http.ResponseWriter) {
	raw, err := json.Marshal(p)
	if err != nil {
		panic("api: a problem cannot be written: " + err.Error())
	}
	w.Header().Set("Content-Type", p.ContentType(""))
	w.Header().Set("Content-Length", strconv.Itoa(len(raw)))
	w.WriteHeader(p.Status)
	_, _ = w.Write(raw) // the reader went away: nobody is left to tell
}

func newProblem(status int) *Problem {
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status}
}

// refusal is a refusal of the door itself.
type refusal struct {
	status    int
	key, kind string
	at        string
}

func (r *refusal) Error() string { return r.key }

func refuse(status int, key string) *refusal { return &refusal{status: status, key: key} }

// clashed tells that two people wrote at once. part is which part of the version moved on.
type clashed struct {
	*writing.Clash
	part int
}

func (c *clashed) Error() string { return "clash on " + c.Ref.Kind + " " + c.Ref.ID }

// problem makes a refusal of any room into what is sent.
func (c *call) problem(err error) *Problem {
	var door *refusal
	var clash *clashed
	switch {
	case errors.As(err, &clash):
		return c.clash(clash)
	case errors.As(err, &door):
		p := newProblem(door.status)
		p.Detail = c.texts().T(door.key)
		if door.kind != "" {
			p.Type = door.kind
		}
		if door.at != "" {
			p.Errors = []Mistake{{p.Detail, door.at}}
		}
		return p
	case errors.Is(err, db.ErrRepeated): // only when a room writes twice
		return newProblem(http.StatusConflict)
	}
	return c.refused(err)
}

// refused makes a problem of one of our kinds of refusal. A fault of ours is written down;
// what a person sent is not.
func (c *call) refused(err error) *Problem {
	p := newProblem(page.Refused(c.w, err))
	switch kind := errs.KindOf(err); kind {
	case errs.KindAbsent:
		return p
	case errs.KindInternal, errs.KindUnavailable:
		c.Log.Error("request failed", "error", err.Error())
		p.Detail = c.texts().T("api." + kind.String())
		return p
	case errs.KindConflict:
		p.Type = typeChanged
	}
	t := c.texts()
	for _, f := range errs.FieldsOf(err) {
		m := Mistake{Detail: t.T(f.Key, f.Args...)}
		if f.Name != "" {
			m.Location = "body." + f.Name
		}
		p.Errors = append(p.Errors, m)
	}
	if len(p.Errors) > 0 {
		p.Detail = p.Errors[0].Detail
	}
	return p
}

func (c *call) clash(x *clashed) *Problem {
	p := newProblem(http.StatusConflict)
	p.Type, p.Detail = typeClash, c.texts().T("api.clash")
	p.Version, p.Theirs, p.Yours, p.YoursID = c.moved(x.part, x.Current), x.Theirs, x.Yours, x.YoursID
	return p
}

// foundBy makes what the library found wrong into a problem. What was sent is not sent
// back: it may be long, and it may be private.
func foundBy(c *call, status int, msg string, found []error) *Problem {
	if status == http.StatusInternalServerError && strings.HasPrefix(msg, "cannot read") {
		status = http.StatusBadRequest // the connection broke off, or the body did
	}
	p := newProblem(status)
	for _, e := range found {
		var d huma.ErrorDetailer
		if !errors.As(e, &d) {
			continue
		}
		p.Errors = append(p.Errors, Mistake{Detail: d.ErrorDetail().Message, Location: d.ErrorDetail().Location})
	}
	if c != nil && c.API != nil && status < 500 {
		p.Detail = c.texts().T("api.unreadable")
	}
	if c != nil && c.API != nil && status >= 500 {
		c.Log.Error("request failed", "error", msg)
	}
	return p
}
