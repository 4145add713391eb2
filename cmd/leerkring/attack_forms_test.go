package main

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"leerkring/web"
)

// form is one form of a page, filled in as somebody would.
type form struct {
	route  web.Route
	action string
	fields url.Values
	free   []string // fields in which people type what they like
}

var (
	tagged   = regexp.MustCompile(`(?s)<(/?)(form|input|button|textarea|select|option|a)\b((?:[^>"]|"[^"]*")*)>`)
	property = regexp.MustCompile(`([a-z-]+)(?:="([^"]*)")?`)
)

func properties(text string) map[string]string {
	out := map[string]string{}
	for _, m := range property.FindAllStringSubmatch(text, -1) {
		out[m[1]] = html.UnescapeString(m[2])
	}
	return out
}

// linksOf are the pages of ours that a page leads to.
func linksOf(body string) []string {
	var out []string
	for _, m := range tagged.FindAllStringSubmatch(body, -1) {
		if href := properties(m[3])["href"]; m[2] == "a" && m[1] == "" && strings.HasPrefix(href, "/") {
			address, _, _ := strings.Cut(href, "#")
			out = append(out, address)
		}
	}
	return out
}

// formsOf are the forms of a page, one for each of their buttons.
func (s *siege) formsOf(body string) []form {
	var out []form
	var action string
	var fields url.Values
	var free []string
	var buttons [][2]string
	open, choice := false, ""
	set := func(name, value string) {
		if name != "" && !fields.Has(name) {
			fields.Set(name, value)
		}
	}
	for _, m := range tagged.FindAllStringSubmatchIndex(body, -1) {
		closing, name, p := body[m[2]:m[3]] == "/", body[m[4]:m[5]], properties(body[m[6]:m[7]])
		switch {
		case name == "form" && !closing:
			open, action, fields, buttons = p["method"] == "post", p["action"], url.Values{}, nil
			free = nil
		case name == "form" && open:
			open = false
			if r, ok := s.routeOf(http.MethodPost, action); ok {
				for _, b := range append(buttons, [2]string{})[:max(1, len(buttons))] {
					filled := url.Values{}
					for k, v := range fields {
						filled[k] = v
					}
					if b[0] != "" {
						filled.Set(b[0], b[1])
					}
					out = append(out, form{r, action, filled, free})
				}
			}
		case !open:
		case name == "button" && p["name"] != "":
			buttons = append(buttons, [2]string{p["name"], p["value"]})
		case name == "textarea" && !closing:
			words, _, _ := strings.Cut(body[m[1]:], "</textarea>")
			if words = strings.TrimSpace(html.UnescapeString(words)); words == "" {
				words = "Een zin die iets zegt."
			}
			set(p["name"], words)
			free = append(free, p["name"])
		case name == "select" && !closing:
			choice = p["name"]
		case name == "option" && choice != "":
			if _, on := p["selected"]; on {
				fields.Set(choice, p["value"])
			} else if p["value"] != "" {
				set(choice, p["value"])
			}
		case name == "select":
			choice = ""
		case name == "input":
			typed(fields, set, p)
			if p["name"] != "" && (p["type"] == "" || p["type"] == "text" || p["type"] == "search") {
				free = append(free, p["name"])
			}
		}
	}
	return out
}

// typed fills in one input the way somebody would.
func typed(fields url.Values, set func(name, value string), p map[string]string) {
	_, on := p["checked"]
	switch p["type"] {
	case "hidden":
		fields.Add(p["name"], p["value"])
	case "radio":
		if on {
			fields.Set(p["name"], p["value"])
		} else {
			set(p["name"], p["value"])
		}
	case "checkbox":
		if on {
			fields.Add(p["name"], p["value"])
		}
	case "submit", "button":
	default:
		v := p["value"]
		if v == "" {
			v = map[string]string{"date": "2036-03-19", "email": "nieuw@elders.example", "number": "1", "time": "15:10", "url": "https://bron.example/x"}[p["type"]]
		}
		if v == "" {
			v = "Een zin die iets zegt."
		}
		set(p["name"], v)
	}
}

// walk are the pages that somebody can reach by links, a few of each kind.
func (s *siege) walk(c *caller) []string {
	s.t.Helper()
	if done, ok := s.walked[c.name]; ok {
		return done
	}
	const ofEach, most = 3, 150
	queue, seen, times := []string{"/week", "/trajectories", "/trajectories/" + s.target, "/trajectories/" + s.own}, map[string]bool{}, map[string]int{}
	var out []string
	for len(queue) > 0 && len(out) < most {
		address := queue[0]
		queue = queue[1:]
		r, ok := s.routeOf(http.MethodGet, address)
		if seen[address] || !ok || strings.HasPrefix(r.Pattern, "/live/") || times[r.Pattern+elsewhere(s, address)] >= ofEach {
			continue
		}
		seen[address] = true
		got := s.get(c, address)
		if got.status != http.StatusOK {
			continue
		}
		times[r.Pattern+elsewhere(s, address)]++
		out = append(out, address)
		queue = append(queue, linksOf(got.body)...)
	}
	s.walked[c.name] = out
	return out
}

// elsewhere counts the pages of the target apart from those of other trajectories.
func elsewhere(s *siege, address string) string {
	if strings.Contains(address, s.target) {
		return ""
	}
	return " elsewhere"
}

// forms are those that somebody meets, at most two for one route.
func (s *siege) forms(c *caller) []form {
	s.t.Helper()
	var out []form
	times := map[string]int{}
	for _, page := range s.walk(c) {
		for _, f := range s.formsOf(s.get(c, page).body) {
			key := f.route.Pattern + elsewhere(s, f.action)
			if times[key] < 2 {
				times[key]++
				out = append(out, f)
			}
		}
	}
	return out
}

// everyActForEveryRole sends what the people of the target can send, as everybody who may not.
func everyActForEveryRole(t *testing.T, s *siege) {
	before, tried := s.digest(), 0
	met := map[string]bool{}
	for _, name := range []string{"lead", "member", "leader"} {
		for _, f := range s.forms(s.caller(name)) {
			met[f.route.Pattern] = true
			if f.route.Door != web.SignedIn {
				continue
			}
			for _, c := range s.cast {
				if c.name == name || s.may(c, f.route, f.action) {
					continue
				}
				tried++
				s.judge(c, f.route, f.action, s.ask(c, http.MethodPost, f.action, f.fields.Encode()))
			}
		}
	}
	if tried < 100 {
		t.Errorf("only %d acts were tried", tried)
	}
	if s.unchanged(before, "an act that nobody may") {
		t.Logf("%d acts refused, of %d routes", tried, len(met))
	}
	for _, r := range pages() { // and with nothing filled in, where no page shows the form
		if r.Method == http.MethodPost && r.Door == web.SignedIn && !met[r.Pattern] {
			for _, c := range s.cast {
				if address := fill(r.Pattern, s.target, newID()); !s.may(c, r, address) {
					s.judge(c, r, address, s.ask(c, http.MethodPost, address, ""))
				}
			}
		}
	}
	s.unchanged(before, "an empty act")
}

// formsAreWhole sends the forms of the pages as those who met them: what the house offers
// can be done, or is refused with a sentence; nothing breaks.
func formsAreWhole(t *testing.T, s *siege) {
	done, refused := map[string]bool{}, map[string]int{}
	for _, name := range []string{"member", "leader", "staff", "guest", "lead"} {
		c := s.caller(name)
		for _, f := range s.forms(c) {
			if strings.HasPrefix(f.route.Pattern, "/sign-out") || strings.HasPrefix(f.route.Pattern, "/account/sign-ins") {
				continue
			}
			got := s.ask(c, http.MethodPost, f.action, f.fields.Encode())
			switch {
			case got.status == http.StatusSeeOther || got.status == http.StatusOK || got.status == http.StatusNoContent:
				done[f.route.Pattern] = true
				s.twice(c, f, got)
			case got.status >= http.StatusInternalServerError || got.status == http.StatusForbidden || got.status == http.StatusUnauthorized:
				t.Errorf("POST %s as %s: %d with %v", f.action, name, got.status, f.fields)
			default:
				refused[f.route.Pattern] = got.status
			}
		}
	}
	if len(done) < 15 {
		t.Errorf("only %d kinds of form could be sent", len(done))
	}
	names := []string{}
	for pattern, status := range refused {
		if !done[pattern] {
			names = append(names, pattern+" "+http.StatusText(status))
		}
	}
	slices.Sort(names)
	t.Logf("%d kinds of form done; only refused: %v", len(done), names)
}

// twice sends a form that was done once more: the same reply, and nothing happens again.
func (s *siege) twice(c *caller, f form, first answer) {
	s.t.Helper()
	if f.fields.Get("idempotency_key") == "" || first.status != http.StatusSeeOther {
		return
	}
	before := s.digest()
	again := s.ask(c, http.MethodPost, f.action, f.fields.Encode())
	if again.status != first.status || again.header.Get("Location") != first.header.Get("Location") {
		s.t.Errorf("POST %s twice as %s: %d to %q, then %d to %q", f.action, c.name, first.status, first.header.Get("Location"), again.status, again.header.Get("Location"))
	}
	s.unchanged(before, "POST "+f.action+" sent twice")
}
