//go:build browser

package journey

import (
	"crypto/tls"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"leerkring/test/provider"
)

// visitor is a browser without a screen, for the fifty colleagues whom nobody watches.
type visitor struct {
	t    *testing.T
	base string
	http *http.Client
	body string
}

func visits(t *testing.T, base string, login *provider.Provider) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	trust := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: login.Roots, MinVersion: tls.VersionTLS12}}
	t.Cleanup(trust.CloseIdleConnections)
	return &visitor{t: t, base: base, http: &http.Client{Jar: jar, Timeout: 20 * time.Second, Transport: trust}}
}

var (
	formOf   = regexp.MustCompile(`(?s)<form[^>]*action="([^"]+)"[^>]*>(.*?)</form>`)
	hidden   = regexp.MustCompile(`<input[^>]*type="hidden"[^>]*>`)
	buttonOf = regexp.MustCompile(`formaction="([^"]+)"`)
	named    = regexp.MustCompile(`name="([^"]*)"`)
	valued   = regexp.MustCompile(`value="([^"]*)"`)
	refresh  = regexp.MustCompile(`url=(.+)$`)
)

// get opens a page, and goes on where a page in between leads by itself.
func (v *visitor) get(address string) {
	v.t.Helper()
	res, err := v.http.Get(v.at(address))
	v.read(res, err)
}

func (v *visitor) at(address string) string {
	if strings.HasPrefix(address, "/") {
		return v.base + address
	}
	return address
}

func (v *visitor) read(res *http.Response, err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		v.t.Fatalf("%s: %d %v %s", res.Request.URL, res.StatusCode, err, body)
	}
	v.body = string(body)
	if m := refresh.FindStringSubmatch(res.Header.Get("Refresh")); m != nil {
		v.get(m[1])
	}
}

// send presses the form whose address begins so, with what is hidden in it and more.
func (v *visitor) send(action string, more url.Values) {
	v.t.Helper()
	for _, m := range formOf.FindAllStringSubmatch(v.body, -1) {
		if own := buttonOf.FindStringSubmatch(m[2]); own != nil && strings.HasPrefix(own[1], action) {
			m[1] = own[1] // a button with an address of its own
		}
		if !strings.HasPrefix(m[1], action) {
			continue
		}
		fields := url.Values{}
		for _, in := range hidden.FindAllString(m[2], -1) {
			name, value := named.FindStringSubmatch(in), valued.FindStringSubmatch(in)
			if name != nil && value != nil {
				fields.Set(name[1], html.UnescapeString(value[1]))
			}
		}
		for k := range more {
			fields.Set(k, more.Get(k))
		}
		to := v.at(m[1])
		if strings.HasPrefix(action, "/login/") {
			to = more.Get("at") + m[1]
			fields.Del("at")
		}
		r, err := http.NewRequest(http.MethodPost, to, strings.NewReader(fields.Encode()))
		if err != nil {
			v.t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", v.base)
		res, err := v.http.Do(r)
		v.read(res, err)
		return
	}
	v.t.Fatalf("no form to %s on the page", action)
}

// comesByLogin follows an invitation and comes in by the login of the school.
func (v *visitor) comesByLogin(invitation string, login *provider.Provider, name string) error {
	v.t.Helper()
	v.get(invitation)
	v.send("/sign-in/school/", url.Values{})
	v.send("/login/username", url.Values{"at": {login.Issuer}, "username": {name}, "password": {"open"}})
	if !strings.Contains(v.body, "Welkom") {
		return fmt.Errorf("%s is not in: %.300s", name, v.body)
	}
	return nil
}
