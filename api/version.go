package api

import (
	"net/http"
	"strconv"
	"strings"
)

// version writes what a program sends back as If-Match. A thing that is changed in two
// ways (its words, and what was answered to them) counts both: a change of one asks
// nothing about the other.
func version(parts ...int) string {
	out := make([]string, len(parts))
	for i, n := range parts {
		out[i] = strconv.Itoa(n)
	}
	return strings.Join(out, ".")
}

// Tagged is what a thing that can be changed carries.
type Tagged struct {
	Version string `json:"version" doc:"Send it back as If-Match when you change this."`
}

func (t Tagged) tag() string { return t.Version }

func tagged(parts ...int) Tagged { return Tagged{version(parts...)} }

// base is a part of the version that the program read. Any version («*») would overwrite
// unseen what others wrote, so it is none.
func (c *call) base(part int) (int, error) {
	if c.ifMatch == "" {
		return 0, &refusal{status: http.StatusPreconditionRequired, key: "api.version_missing", at: "header.If-Match"}
	}
	parts := c.parts()
	if part < len(parts) {
		if n, err := strconv.ParseUint(parts[part], 10, 31); err == nil {
			return int(n), nil
		}
	}
	return 0, &refusal{status: http.StatusUnprocessableEntity, key: "api.version_unknown", at: "header.If-Match"}
}

func (c *call) parts() []string { return strings.Split(strings.Trim(c.ifMatch, `"`), ".") }

// moved is the version that was sent, with one part as it stands now.
func (c *call) moved(part, now int) string {
	parts := c.parts()
	if part < len(parts) {
		parts[part] = strconv.Itoa(now)
	}
	return strings.Join(parts, ".")
}
