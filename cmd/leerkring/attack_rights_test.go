package main

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"leerkring/web"
)

// The whole house is tried on every door by everybody of the cast. New routes are tried
// as soon as they stand in web/routes.go, new things as soon as the demo has them.
func TestProofA_TheWholeHouse(t *testing.T) {
	t.Parallel()
	eachSiege(t, func(t *testing.T, s *siege) {
		step := func(name string, f func(t *testing.T, s *siege)) {
			t.Run(name, func(t *testing.T) { s.t = t; f(t, s) })
		}
		step("C1 every page for every role", everyPageForEveryRole)
		step("C1 what is not on the map", whatIsNotOnTheMap)
		step("C2 a foreign child below an own trajectory", foreignChildren)
		step("C1 every act for every role", everyActForEveryRole)
		step("C4 leader and admin see nothing of what is private", privateThingsLeaveNoTrace)
		step("C6 two boards share nothing", twoBoards)
		step("C5 a guest knows one trajectory", aGuestKnowsOneTrajectory)
		step("A1 every way in which a sign-in ends", signInsEnd)
		step("A4 a pending sign-in opens nothing", aPendingSignInOpensNothing)
		step("I6 the way back is a path of ours", theWayBackIsOurs)
		step("I7 headers and other origins", headersAndOrigins)
		step("C1 the door for programs", theDoorForPrograms)
		step("L1 somebody from outside comes in by a letter", aLetterBringsAGuestIn)
		step("R6 what is sent twice is done once", sentAgain)
		step("L2 tokens are nowhere, and another Host changes nothing", noTokenAnywhere)
		step("C3 fields that nobody asked for", fieldsNobodyAskedFor)
		step("forms of the house are refused or done, never broken", formsAreWhole)
		step("I1 I5 hostile words break nothing", hostileWordsBreakNothing)
		s.t = t
		s.noErrors()
		step("R3 nothing can be kept any more", nothingCanBeKept)
	})
}

// noErrors reads what the program wrote down: nothing broke.
func (s *siege) noErrors() {
	s.t.Helper()
	for _, line := range strings.Split(s.log.String(), "\n") {
		if strings.Contains(line, "level=ERROR") {
			s.t.Errorf("logged: %s", line)
		}
	}
}

// addresses are what a GET route is tried with: the target itself, and where a thing below
// it or beside it is asked for, a real one that somebody of the cast can open.
func (s *siege) addresses(r web.Route) []string {
	names := parameters(r.Pattern)
	switch {
	case len(names) == 0:
		return append(s.asked(r), fill(r.Pattern, ""))
	case below(r) && len(names) == 1:
		return append(s.asked(r), fill(r.Pattern, s.target))
	case r.Door == web.ByLink:
		return []string{fill(r.Pattern, strings.Repeat("a", 43))}
	}
	return s.opened(r)
}

// asked are addresses of a page with a question in them, as links have it.
func (s *siege) asked(r web.Route) []string {
	for _, page := range s.walk(s.caller("lead")) {
		if got, ok := s.routeOf(http.MethodGet, page); ok && got.Pattern == r.Pattern && strings.Contains(page, "?") {
			return []string{page}
		}
	}
	return nil
}

// opened are addresses with real things in them: from the pages that the cast can walk
// to, and else any thing below the trajectory that fits.
func (s *siege) opened(r web.Route) []string {
	var out []string
	for _, name := range []string{"lead", "member", "leader", "admin"} {
		for _, page := range s.walk(s.caller(name)) {
			page, _, _ = strings.Cut(page, "?")
			if got, ok := s.routeOf(http.MethodGet, page); ok && got.Pattern == r.Pattern && len(out) < 4 && !slices.Contains(out, page) {
				out = append(out, page)
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	things := append(s.children(s.target, 20), s.caller("member").id, s.caller("staff").id)
	for _, thing := range things {
		values := []string{s.target, thing}
		if !below(r) {
			values = values[1:]
		}
		for _, name := range []string{"lead", "admin"} {
			if address := fill(r.Pattern, values...); s.get(s.caller(name), address).status == http.StatusOK {
				return []string{address}
			}
		}
	}
	return []string{fill(r.Pattern, s.target, newID())}
}

func everyPageForEveryRole(t *testing.T, s *siege) {
	before, tried, opened := s.digest(), 0, map[string]int{}
	for _, r := range pages() {
		if r.Method != http.MethodGet {
			continue
		}
		for _, address := range s.addresses(r) {
			for _, c := range s.cast {
				got := s.get(c, address)
				tried++
				s.judge(c, r, address, got)
				if got.status == http.StatusOK {
					opened[r.Pattern]++
				}
				if below(r) && got.status == http.StatusNotFound {
					nothing := s.get(c, fill(r.Pattern, newID()))
					if nothing.status != http.StatusNotFound || same(nothing.body) != same(got.body) {
						t.Errorf("%s as %s: not the same as what does not exist (%d)", r.Pattern, c.name, nothing.status)
					}
				}
			}
		}
	}
	s.unchanged(before, "reading")
	shut, all := []string{}, 0
	for _, r := range pages() {
		if r.Method == http.MethodGet && r.Door == web.SignedIn {
			all++
			if opened[r.Pattern] == 0 {
				shut = append(shut, r.Pattern)
			}
		}
	}
	if len(shut) > all/3 {
		t.Errorf("too few pages open for anybody: the proof is hollow")
	}
	t.Logf("%d pages asked; of %d, these opened for nobody, for the demo has nothing for them now: %v", tried, all, shut)
}

// judge holds one answer to the matrix.
func (s *siege) judge(c *caller, r web.Route, address string, got answer) {
	s.t.Helper()
	fail := func(why string) { s.t.Errorf("%s %s as %s: %d, %s", r.Method, address, c.name, got.status, why) }
	stream := strings.HasPrefix(r.Pattern, "/live/")
	switch {
	case got.status >= http.StatusInternalServerError:
		fail("broken")
	case r.Door != web.SignedIn:
	case c.id == "" && (r.Method != http.MethodGet || stream):
		if r.Method == http.MethodGet && got.status == http.StatusSeeOther { // a stream that no browser asked for
			return
		}
		if got.status != http.StatusUnauthorized {
			fail("nobody is signed in")
		}
	case c.id == "":
		if to := got.header.Get("Location"); got.status != http.StatusSeeOther || !strings.HasPrefix(to, "/sign-in") {
			fail("must sign in first")
		}
	case got.status == http.StatusUnauthorized || got.status == http.StatusForbidden:
		fail("is signed in: what is not allowed does not exist")
	case !s.may(c, r, address):
		if got.status == http.StatusUnprocessableEntity && r.Method == http.MethodPost && s.reads(c, address) {
			return // a form that says nothing, on a page that one may read
		}
		if got.status != http.StatusNotFound {
			fail("the matrix says no")
		}
	case got.status == http.StatusNotFound && below(r) && r.Method == http.MethodGet && len(parameters(r.Pattern)) == 1 && s.surely(c, r, address) && !s.asksFirst(c, r, address):
		fail("the matrix says yes")
	}
}

// asksFirst reports a page that shows the form of an act, or of making something: whether
// that can be done now, and by whom, is more than the right to read.
func (s *siege) asksFirst(c *caller, r web.Route, address string) bool {
	for _, end := range []string{"/new", "/edit", "/form"} {
		if strings.HasSuffix(r.Pattern, end) {
			return true
		}
	}
	act, ok := s.routes["POST "+r.Pattern]
	return ok && !s.surely(c, act, address)
}

func whatIsNotOnTheMap(t *testing.T, s *siege) {
	before := s.digest()
	colleague := s.caller("lead")
	nothing := s.get(colleague, "/trajectories/"+newID())
	for _, address := range []string{
		"/no-such-page", "/admin", "/debug/pprof/", "/debug/vars", "/metrics", "/.env", "/trajectories/" + s.target + "/view-as", "/sign-in-as/" + colleague.id,
		"/trajectories/" + s.target + "/no-such-part", "/trajectories/x", "/trajectories/" + strings.ToUpper(s.target), "/trajectories/" + s.target + "x",
		"/trajectories/" + colleague.id, "/trajectories/undefined", "/trajectories/%00", "/trajectories/..%2f..%2fetc%2fpasswd",
		"/trajectories/" + s.target + "/", "//trajectories/" + s.target, "/trajectories//people", "/./trajectories/" + s.target, "/trajectories/" + s.target + "/../" + s.target,
		"/trajectories/" + s.target + "%2Fpeople", "/TRAJECTORIES/" + s.target, "/trajectories/" + s.target + "/people;x=1",
	} {
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions, "TRACE", "PROPFIND"} {
			got := s.ask(colleague, method, address, "", func(r *http.Request) {
				r.URL.Opaque = address // as it is written, not as a client would tidy it
				if strings.HasPrefix(address, "//") {
					r.URL.Opaque = "http://" + s.base.Host + address
				}
			})
			if got.status != http.StatusNotFound && got.status != http.StatusBadRequest {
				t.Errorf("%s %s: %d", method, address, got.status)
			}
			if method == http.MethodGet && got.status == http.StatusNotFound && same(got.body) != same(nothing.body) {
				t.Errorf("GET %s: not the page of what does not exist", address)
			}
		}
	}
	for _, r := range pages() { // a page is not changed by other words than its own
		for _, method := range []string{http.MethodPut, http.MethodPatch, http.MethodDelete} {
			if got := s.ask(colleague, method, fill(r.Pattern, s.target, newID()), ""); got.status != http.StatusNotFound {
				t.Errorf("%s %s: %d", method, r.Pattern, got.status)
			}
		}
		if r.Method == http.MethodPost && !slices.ContainsFunc(pages(), func(x web.Route) bool { return x.Method == http.MethodGet && x.Pattern == r.Pattern }) {
			got := s.ask(colleague, http.MethodGet, fill(r.Pattern, s.target, newID()), "", func(q *http.Request) { q.Header.Set("X-HTTP-Method-Override", "POST") })
			if got.status != http.StatusNotFound {
				if _, other := s.routeOf(http.MethodGet, fill(r.Pattern, s.target, newID())); !other {
					t.Errorf("GET %s: %d", r.Pattern, got.status)
				}
			}
		}
	}
	s.unchanged(before, "what is not on the map")
}

// foreignChildren are things of the target, asked for below a trajectory that the asker leads.
func foreignChildren(t *testing.T, s *siege) {
	before, staff, tried := s.digest(), s.caller("staff"), 0
	kinds := s.children(s.target, 2)
	for _, r := range pages() {
		names := parameters(r.Pattern)
		if !below(r) || len(names) < 2 || names[1] == "element" || names[1] == "card" || names[1] == "stage" { // those are names in a pack
			continue
		}
		for _, child := range kinds {
			got := s.ask(staff, r.Method, fill(r.Pattern, s.own, child), "version=1&body=Anders&reason=Zo&title=Anders&idempotency_key="+strings.Repeat("a", 20))
			tried++
			if got.status != http.StatusNotFound && got.status != http.StatusUnprocessableEntity {
				t.Errorf("%s %s: %d", r.Method, fill(r.Pattern, "OWN", child), got.status)
			}
			if r.Method == http.MethodGet && got.status != http.StatusNotFound {
				t.Errorf("GET %s: %d", fill(r.Pattern, "OWN", child), got.status)
			}
		}
	}
	// and what people may do with a thing of the target, moved below another trajectory or none
	for _, name := range []string{"lead", "member", "leader"} {
		for _, f := range s.forms(s.caller(name)) {
			names := parameters(f.route.Pattern)
			if !strings.Contains(f.action, s.target) || len(names) < 2 || names[1] == "element" || names[1] == "card" || names[1] == "stage" {
				continue
			}
			for _, parent := range []string{s.own, newID()} {
				tried++
				got := s.ask(s.caller(name), http.MethodPost, strings.Replace(f.action, s.target, parent, 1), f.fields.Encode())
				if got.status != http.StatusNotFound && got.status != http.StatusUnprocessableEntity {
					t.Errorf("POST %s below another trajectory as %s: %d", f.route.Pattern, name, got.status)
				}
			}
		}
	}
	s.unchanged(before, "a foreign child")
	t.Logf("%d foreign things asked for", tried)
}
