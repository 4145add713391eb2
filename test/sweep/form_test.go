//go:build browser

package sweep

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// form is one form of a page with what stands in it, as somebody sends it who changes nothing.
type form struct {
	action string
	fields url.Values
	free   []string // what people type in
	empty  []string // what they left open
}

var (
	parts    = regexp.MustCompile(`(?s)<(/?)(form|input|button|textarea|select|option)\b((?:[^>"]|"[^"]*")*)>`)
	property = regexp.MustCompile(`([a-z-]+)(?:="([^"]*)")?`)
)

// forms are those of a page that post. A form with several buttons is sent with the first.
func forms(body string) []form {
	var out []form
	var f *form
	selecting, pressed := "", false
	set := func(name, value string) {
		if name != "" && !f.fields.Has(name) {
			f.fields.Set(name, value)
		}
	}
	for _, m := range parts.FindAllStringSubmatchIndex(body, -1) {
		closing, name, p := body[m[2]:m[3]] == "/", body[m[4]:m[5]], map[string]string{}
		for _, x := range property.FindAllStringSubmatch(body[m[6]:m[7]], -1) {
			p[x[1]] = html.UnescapeString(x[2])
		}
		_, on := p["checked"]
		switch {
		case name == "form" && !closing:
			f, pressed = nil, false
			if p["method"] == "post" {
				f = &form{action: p["action"], fields: url.Values{}}
			}
		case name == "form":
			if f != nil {
				out = append(out, *f)
			}
			f = nil
		case f == nil:
		case name == "button" && !closing:
			if p["name"] != "" && !pressed {
				f.fields.Set(p["name"], p["value"])
			}
			pressed = true
		case name == "textarea" && !closing:
			words, _, _ := strings.Cut(body[m[1]:], "</textarea>")
			set(p["name"], strings.TrimSpace(html.UnescapeString(words)))
			f.free = append(f.free, p["name"])
		case name == "select":
			selecting = ""
			if !closing {
				selecting = p["name"]
			}
		case name == "option" && selecting != "":
			if _, chosen := p["selected"]; chosen {
				f.fields.Set(selecting, p["value"])
			} else {
				set(selecting, p["value"])
			}
		case name == "input":
			switch p["type"] {
			case "radio", "checkbox":
				if on {
					f.fields.Add(p["name"], p["value"])
				} else if p["type"] == "radio" {
					f.empty = append(f.empty, p["name"]+"="+p["value"])
				}
			case "hidden":
				f.fields.Add(p["name"], p["value"])
			case "submit", "button":
			default:
				set(p["name"], p["value"])
				if p["type"] == "" || p["type"] == "text" || p["type"] == "search" {
					f.free = append(f.free, p["name"])
				}
			}
		}
	}
	return out
}

// sends fills in the form of a page whose address ends so, and sends it.
func (p *somebody) sends(t testing.TB, page, action string, pairs ...string) answer {
	t.Helper()
	got := p.get(t, page)
	all := forms(got.body)
	i := slices.IndexFunc(all, func(f form) bool { return strings.HasSuffix(f.action, action) })
	if i < 0 {
		var there []string
		for _, f := range all {
			there = append(there, f.action)
		}
		t.Fatalf("%s as %s (%d): no form to %s; there is %v", page, p.name, got.status, action, there)
	}
	for n := 0; n < len(pairs); n += 2 {
		all[i].fields.Set(pairs[n], pairs[n+1])
	}
	sent := p.post(t, all[i].action, all[i].fields)
	if sent.status != http.StatusOK {
		t.Fatalf("%s as %s: %s answers %d", page, p.name, all[i].action, sent.status)
	}
	return sent
}

// finds is the first address on a page that fits.
func (p *somebody) finds(t testing.TB, page, pattern string) string {
	t.Helper()
	got := p.get(t, page)
	found := regexp.MustCompile(`href="(` + pattern + `)"`).FindStringSubmatch(got.body)
	if found == nil {
		t.Fatalf("%s as %s (%d) leads to nothing like %s", page, p.name, got.status, pattern)
	}
	return html.UnescapeString(found[1])
}
