package openid

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"leerkring/internal/errs"
)

// Kind is a make of school login.
type Kind string

// The kinds.
const (
	Entra       Kind = "entra"
	Google      Kind = "google"
	SURFconext  Kind = "surfconext"
	Entree      Kind = "entree"
	Smartschool Kind = "smartschool"
	Other       Kind = "other"
)

// Kinds are all of them, the most used first.
var Kinds = []Kind{Entra, Google, SURFconext, Entree, Smartschool, Other}

// Settings are what a school decided about its login.
type Settings struct {
	Kind     Kind
	Issuer   string
	ClientID string
	Secret   string
	Redirect string   // where the login sends people back to
	Allowed  []string // mail domains or organisations; others are turned away
}

const (
	entraHost  = "https://login.microsoftonline.com/"
	googleIs   = "https://accounts.google.com"
	surfIs     = "https://connect.surfconext.nl"
	surfTestIs = "https://connect.test.surfconext.nl"
	wellKnown  = "/.well-known/openid-configuration"
)

// privateTenant is where Microsoft keeps everybody's own accounts: no school.
const privateTenant = "9188040d-6c67-4c5b-b112-36a304b66dad"

var guid = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// Issuer tidies what somebody typed as the address of a login: a pasted discovery address,
// a bare tenant, or nothing where there is only one answer.
func Issuer(k Kind, typed string) (string, error) {
	s := strings.TrimSpace(typed)
	s = strings.TrimSuffix(s, wellKnown)
	switch k {
	case Entra:
		return entraIssuer(s)
	case Google:
		if s != "" && strings.TrimSuffix(s, "/") != googleIs {
			return "", errs.Invalid("account.login_issuer_google").On("issuer")
		}
		return googleIs, nil
	case SURFconext:
		if s = strings.TrimSuffix(s, "/"); s != "" && s != surfIs && s != surfTestIs {
			return "", errs.Invalid("account.login_issuer_surfconext").On("issuer")
		}
		if s == "" {
			s = surfIs
		}
		return s, nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Opaque != "" || len(s) > 300 || strings.ContainsAny(s, " \t\\") {
		return "", errs.Invalid("account.login_issuer").On("issuer")
	}
	return s, nil
}

// entraIssuer wants the tenant of the school. The common addresses stand for every tenant
// in the world, and so for every stranger.
func entraIssuer(s string) (string, error) {
	tenant := strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(s, entraHost), "/"), "/v2.0"))
	switch {
	case tenant == "common", tenant == "organizations", tenant == "consumers", tenant == privateTenant:
		return "", errs.Invalid("account.login_issuer_common").On("issuer")
	case !guid.MatchString(tenant):
		return "", errs.Invalid("account.login_issuer_entra").On("issuer")
	}
	return entraHost + tenant + "/v2.0", nil
}

// NeedsAllowed reports a login that serves many schools at one issuer: without a list of
// who is ours it would let in the whole country.
func (k Kind) NeedsAllowed() bool { return k == Google || k == SURFconext || k == Entree }

// Reauthenticates reports a login that asks for the password again when we ask it to, and
// tells when it did.
func (k Kind) Reauthenticates() bool { return k != Google }

// Check refuses settings that cannot work or are not safe, and returns them tidied.
func (s Settings) Check() (Settings, error) {
	var refused []error
	if !slices.Contains(Kinds, s.Kind) {
		return s, errs.Invalid("account.login_kind").On("kind")
	}
	issuer, err := Issuer(s.Kind, s.Issuer)
	if err != nil {
		refused = append(refused, err)
	}
	s.Issuer = issuer
	if s.ClientID = strings.TrimSpace(s.ClientID); s.ClientID == "" || len(s.ClientID) > 300 {
		refused = append(refused, errs.Invalid("account.login_client").On("client_id"))
	}
	var allowed []string
	for _, a := range s.Allowed {
		if a = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(a), "@")); a != "" && !slices.Contains(allowed, a) {
			allowed = append(allowed, a)
		}
	}
	s.Allowed = allowed
	if s.Kind.NeedsAllowed() && len(allowed) == 0 {
		refused = append(refused, errs.Invalid("account.login_allowed").On("allowed"))
	}
	return s, errs.Join(refused...)
}

func (s Settings) scopes() []string {
	if s.Kind == SURFconext {
		return []string{"openid"} // what it tells is settled in its own dashboard
	}
	return []string{"openid", "profile", "email"}
}

// allows reports whether one of these values is on the list.
func (s Settings) allows(values ...string) bool {
	return slices.ContainsFunc(values, func(v string) bool { return v != "" && slices.Contains(s.Allowed, strings.ToLower(v)) })
}
