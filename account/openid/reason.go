package openid

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"strings"

	"golang.org/x/oauth2"

	"leerkring/internal/outgoing"
)

// Reason is why a visit or a look at a login failed: a word, to be said in a sentence.
type Reason string

// The reasons.
const (
	Fine Reason = "fine"

	// Before anybody is sent there.
	BadAddress Reason = "address"    // private, or this very network
	NoHost     Reason = "no_host"    // nobody knows the name
	NoTLS      Reason = "tls"        // the certificate is not trusted
	Slow       Reason = "slow"       // no answer in time
	Down       Reason = "down"       // no answer at all
	NotOpenID  Reason = "not_openid" // an answer, but not of such a login
	BadIssuer  Reason = "issuer"     // it calls itself otherwise
	BadKeys    Reason = "keys"       // it shows no keys that we can use
	NotHTTPS   Reason = "not_https"  // one of its addresses is not https
	OldCrypto  Reason = "crypto"     // it does not sign as we ask

	// At the login.
	Left      Reason = "left"      // somebody went there and did not come back
	Denied    Reason = "denied"    // somebody said no there, or may not use it
	BadClient Reason = "client"    // it does not know our client id
	Unwilling Reason = "unwilling" // it refuses for a reason of its own

	// When somebody comes back.
	BadSecret   Reason = "secret"    // wrong client secret
	BadRedirect Reason = "redirect"  // the way back is not registered
	BadCode     Reason = "code"      // the code is over or was used
	BadToken    Reason = "token"     // what it sent cannot be read
	Unsigned    Reason = "signature" // not signed by it, or not as it should
	NotForUs    Reason = "audience"  // meant for another client
	BadClock    Reason = "clock"     // over already, or from the future
	BadNonce    Reason = "nonce"     // of another visit
	NoSubject   Reason = "subject"   // does not say who
	Outside     Reason = "outside"   // somebody of another school
	NotFresh    Reason = "not_fresh" // did not ask who it is again
	NoEmail     Reason = "no_email"  // no address that it vouches for
)

// Failure is an error with its reason.
type Failure struct {
	Reason Reason
	cause  error
}

func (f *Failure) Error() string {
	if f.cause == nil {
		return "school login: " + string(f.Reason)
	}
	return "school login: " + string(f.Reason) + ": " + f.cause.Error()
}

func (f *Failure) Unwrap() error { return f.cause }

func fail(r Reason, cause error) error { return &Failure{r, cause} }

// ReasonOf returns why something failed; an error that says nothing about it is Down.
func ReasonOf(err error) Reason {
	if err == nil {
		return Fine
	}
	var f *Failure
	if errors.As(err, &f) {
		return f.Reason
	}
	return called(err)
}

// called tells why a call did not come through.
func called(err error) Reason {
	var dns *net.DNSError
	var slow interface{ Timeout() bool }
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case errors.Is(err, outgoing.ErrAddress):
		return BadAddress
	case errors.Is(err, outgoing.ErrScheme):
		return NotHTTPS
	case errors.Is(err, outgoing.ErrLarge), errors.Is(err, outgoing.ErrRedirects):
		return NotOpenID
	case errors.As(err, &unknown), errors.As(err, &name), errors.As(err, &invalid), errors.As(err, &certificate), errors.As(err, &record):
		return NoTLS
	case errors.As(err, &dns) && dns.IsNotFound:
		return NoHost
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		return Slow
	}
	return Down
}

// exchanged tells why a code was not taken.
func exchanged(err error) error {
	var refused *oauth2.RetrieveError
	if !errors.As(err, &refused) {
		if r := called(err); r != Down {
			return fail(r, err)
		}
		return fail(BadToken, err)
	}
	text := strings.ToLower(refused.ErrorDescription)
	switch {
	case refused.ErrorCode == "invalid_client", refused.Response != nil && refused.Response.StatusCode == 401:
		return fail(BadSecret, err)
	case strings.Contains(text, "redirect_uri"), refused.ErrorCode == "redirect_uri_mismatch":
		return fail(BadRedirect, err)
	case refused.ErrorCode == "invalid_grant":
		return fail(BadCode, err)
	case refused.ErrorCode == "unauthorized_client":
		return fail(BadClient, err)
	}
	return fail(BadToken, err)
}

// Refused tells why the login sent somebody back without a code.
func Refused(code string) error {
	switch code {
	case "access_denied", "interaction_required", "consent_required", "login_required", "account_selection_required":
		return fail(Denied, nil)
	case "unauthorized_client", "invalid_client":
		return fail(BadClient, nil)
	}
	return fail(Unwilling, nil)
}
