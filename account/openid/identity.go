package openid

import (
	"slices"
	"strings"
	"time"
)

// Identity is who came back from a login.
type Identity struct {
	Issuer, Subject string
	Email           string
	Vouched         bool // the login stands for the address, by the rules of its kind
	At              time.Time
	Told            []string // names of what else it told, for whoever sets it up
}

// claims are what a login tells of somebody.
type claims map[string]any

func (c claims) text(names ...string) string {
	for _, n := range names {
		switch v := c[n].(type) {
		case string:
			if v = strings.TrimSpace(v); v != "" {
				return v
			}
		case []any: // a federation sends some values as a list of one
			if len(v) == 1 {
				if s, ok := v[0].(string); ok && s != "" {
					return strings.TrimSpace(s)
				}
			}
		}
	}
	return ""
}

// yes reads a claim that is true, and not merely there.
func (c claims) yes(name string) bool {
	switch v := c[name].(type) {
	case bool:
		return v
	case string:
		return v == "true" || v == "1"
	case float64:
		return v == 1
	}
	return false
}

func (c claims) list(names ...string) []string {
	var out []string
	for _, n := range names {
		switch v := c[n].(type) {
		case string:
			out = append(out, v)
		case []any:
			for _, x := range v {
				if s, ok := x.(string); ok {
					out = append(out, s)
				}
			}
		}
	}
	return out
}

// moment reads a time in seconds.
func (c claims) moment(name string) time.Time {
	if v, ok := c[name].(float64); ok && v > 0 {
		return time.Unix(int64(v), 0).UTC()
	}
	return time.Time{}
}

// told are the names of the claims that matter to whoever sets a login up.
var told = []string{"sub", "oid", "tid", "hd", "email", "email_verified", "xms_edov", "schac_home_organization", "nlEduPersonHomeOrganizationId", "auth_time"}

const longestSubject = 255

// identity reads who somebody is from what the login told. It trusts nothing but the habits
// of this kind of login.
func (s Settings) identity(c claims) (Identity, error) {
	id := Identity{Issuer: s.Issuer, Subject: c.text("sub"), Email: strings.ToLower(c.text("email")), At: c.moment("auth_time")}
	for _, n := range told {
		if c[n] != nil {
			id.Told = append(id.Told, n)
		}
	}
	var ours bool
	switch s.Kind {
	case Entra:
		// The object id is the same for every client of the tenant; sub differs for each.
		id.Subject = c.text("oid")
		ours = c.text("tid") != "" && entraHost+strings.ToLower(c.text("tid"))+"/v2.0" == s.Issuer
		visitor := c.yes("acct") || c.text("idp") != "" && c.text("idp") != s.Issuer
		// An address that the tenant does not own is whatever somebody typed there.
		id.Vouched = c.yes("xms_edov") && !visitor
	case Google:
		ours = s.allows(c.text("hd"))
		id.Vouched = c.yes("email_verified")
	case SURFconext:
		home := strings.ToLower(c.text("schac_home_organization"))
		ours = s.allows(home)
		id.Vouched = c.yes("email_verified") || home != "" && strings.HasSuffix(id.Email, "@"+home)
	case Entree:
		ours = s.allows(c.list("nlEduPersonHomeOrganizationId", "nleduperson_home_organization_id")...)
		id.Vouched = c.yes("email_verified")
	default:
		id.Vouched = c.yes("email_verified")
		ours = len(s.Allowed) == 0 || id.Vouched && s.allows(domain(id.Email))
	}
	if pupil(c) || id.Email == "" {
		id.Vouched = false
	}
	switch {
	case id.Subject == "", len(id.Subject) > longestSubject:
		return Identity{}, fail(NoSubject, nil)
	case !ours:
		return Identity{}, fail(Outside, nil)
	}
	return id, nil
}

// pupil reports that a federation calls somebody a pupil and nothing besides.
func pupil(c claims) bool {
	roles := c.list("eduperson_affiliation", "eduPersonAffiliation")
	if len(roles) == 0 {
		return false
	}
	return !slices.ContainsFunc(roles, func(r string) bool {
		return slices.Contains([]string{"employee", "staff", "faculty"}, strings.ToLower(r))
	})
}

func domain(email string) string {
	_, d, ok := strings.Cut(email, "@")
	if !ok || strings.Contains(d, "@") {
		return ""
	}
	return d
}
