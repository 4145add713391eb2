// Package provider is the login of a school for tests: a real OpenID provider, that of
// github.com/zitadel/oidc, over TLS on this machine, with people who have a password there.
//
//	login := provider.New(t)
//	login.Client("leerkring", "a secret", redirect)
//	login.Add(provider.User{ID: "u-1", Name: "noor", Password: "open", Email: "noor@school.example", Verified: true})
//
// A program under test trusts it with Roots (or SSL_CERT_FILE and CertFile), and must be
// allowed to call 127.0.0.1. A person signs in with the fields «Username» and «Password» and
// the button «Sign in»; Visit does the same without a browser.
//
// For attacks, Lie changes what it sends: tokens are signed again with its own key, or
// with whatever the Bend says.
package provider
